"""The built site of the voorbeeldbank and that of the real bank; Chromium is in the conftest above."""

from __future__ import annotations

import dataclasses
import functools
import http.server
import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builder.loading.load import load
from builder.project import Project
from builder.website.plugin import build_site
from tests.conftest import ROOT, copy_of_the_site, copy_of_the_voorbeeldbank

DAY = date(2026, 11, 25)


def built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Return a folder that one of the workers of a run fills, while the others that want it wait; nobody writes in it."""
    shared = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    target, done = shared / name, shared / f"{name}.klaar"
    try:
        (shared / f"{name}.bezig").mkdir()
    except FileExistsError:  # another worker is at it, or was
        for _ in range(6000):
            if done.exists():
                return target
            time.sleep(0.1)
        pytest.fail(f"the other worker did not finish {name}")
    try:
        build(target)
    finally:  # without it the others would wait in vain
        done.touch()
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_once(tmp_path_factory, "site", _build_small) / "build/site"


def _build_small(root: Path) -> None:
    project: Project = copy_of_the_voorbeeldbank(root)
    copy_of_the_site(project.root)
    bank, found = load(project)
    assert not found
    build_site(project, bank, DAY, project.root / "build/site")


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of our own bank, with an address and a mail address: the largest that its pages get.

    Downloads come from `build/cache` when `make build` made them before.
    """
    return built_once(tmp_path_factory, "real-site", _build_real)


def _build_real(target: Path) -> None:
    settings = dataclasses.replace(
        Project(ROOT).settings,
        site_adres="https://www.een-school-met-een-lange-naam.example/inburgering/knm/",
        contact_mail="kennis-van-de-maatschappij@een-school-met-een-lange-naam.example",
    )
    project = dataclasses.replace(Project(ROOT), settings=settings)
    bank, _ = load(project)
    build_site(project, bank, DAY, target)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
