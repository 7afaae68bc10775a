"""The asserts of the tests, rewritten once for all workers of a run instead of once by each of them.

pytest rewrites every test file so that a failing assert shows its values, which costs more than importing them all. The
workers begin at the same moment with the same file, so what one of them keeps comes too late for the others, and where
`PYTHONDONTWRITEBYTECODE` is set nothing is kept at all. So each worker first does its own share and keeps that where
pytest looks for it. What is not there yet, or not any more, pytest makes as always; what is old it does not use.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

TESTS = Path(__file__).resolve().parent


def rewrite_a_share(config: pytest.Config) -> None:
    """Rewrite the files of this worker; without workers there is nothing to share."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker or config.getoption("assertmode", default="plain") != "rewrite":
        return
    count = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    files = sorted(TESTS.rglob("test_*.py"))
    for file in files[int(worker.removeprefix("gw")) :: count]:
        kept = rewrite.get_cache_dir(file) / f"{file.stem}{rewrite.PYC_TAIL}"
        if rewrite._read_pyc(file, kept) is None and rewrite.try_makedirs(kept.parent):
            source_hash, code = rewrite._rewrite_test(file, config)
            rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, source_hash, kept)
