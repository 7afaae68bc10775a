"""Downloads of lessons, made once: what was made is kept under `build/` by the digest of all that went into it.

In: lessons, the bank, their addresses, a folder. Out: the artifacts of each les, and what keeps one from being made.
The folder may be deleted at any moment, and a damaged file in it is made anew; it never gives another answer,
because the name of a file is the digest of the content, of this program with its templates, and of the libraries.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from builder.artifacts import ZIP_DATE, Artifact, WriteError, write_file
from builder.diagnostics import Diagnostic, Severity
from builder.export.les_bundle import bundle, digest, excerpt
from builder.fingerprint import fingerprint
from builder.model.adressen import Adressen
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.sealed import seal, unseal

# The libraries whose work is in the files.
LIBRARIES = (
    "cattrs",
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "nh3",
    "openpyxl",
    "pillow",
    "python-docx",
    "python-pptx",
    "segno",
    "typst",
    "xlsxwriter",
)
FEW = 4  # lessons for a process of its own: to start one costs as much as two
MOST_PROCESSES = 8
Bundle = tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]


def downloads(
    bank: Itembank,
    lessen: Iterable[Les],
    addresses: Callable[[Les], Adressen],
    folder: Path,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Mapping[str, tuple[Artifact, ...]], tuple[Diagnostic, ...]]:
    """Return the downloads per les, and the findings that keep some from being made (these are left out).

    What other programs cannot hold is told in LEESMIJ, not here. `tell` hears of each les that is made anew.
    """
    lessen = tuple(lessen)
    keys = {
        les.id: hashlib.sha256(f"{fingerprint(LIBRARIES)} {digest(bank, les, addresses(les))}".encode()).hexdigest()
        for les in lessen
    }
    made = {les.id: kept for les in lessen if (kept := _read(folder / keys[les.id])) is not None}
    found: list[Diagnostic] = []
    wanted = [(les, addresses(les)) for les in lessen if les.id not in made]
    for les, (artifacts, findings) in _bundles(bank, wanted):
        tell(les.titel)
        blocking = [finding for finding in findings if finding.rule.severity is Severity.ERROR]
        found += blocking
        if blocking:
            continue
        made[les.id] = artifacts
        with suppress(WriteError):  # without a cache it is only slower
            write_file(folder / keys[les.id], _packed(artifacts))
    _forget(folder, set(keys.values()))
    return made, tuple(dict.fromkeys(found))


def _bundles(bank: Itembank, wanted: Sequence[tuple[Les, Adressen]]) -> Iterator[tuple[Les, Bundle]]:
    """Yield the bundle of each les, in order; many at once are made by a process on each core.

    The bytes are the same: a process gets the part of the bank that a bundle is made of, and nothing else.
    """
    left = list(wanted)
    cores = min(len(wanted) // FEW, _cores(), MOST_PROCESSES)
    if cores > 1:
        # started anew, not forked: the live preview and the tests have threads
        context = multiprocessing.get_context("spawn")
        with (
            suppress(BrokenProcessPool),  # no memory, or no way to start one: the rest is made here
            ProcessPoolExecutor(cores, mp_context=context, initializer=_end_with_parent) as pool,
        ):
            given = [(excerpt(bank, les), les, adressen) for les, adressen in wanted]
            for made in pool.map(_bundle, given):
                les, _ = left.pop(0)
                yield les, made
    for les, adressen in left:
        yield les, bundle(bank, les, adressen)


def _bundle(given: tuple[Itembank, Les, Adressen]) -> Bundle:
    return bundle(*given)


def _cores() -> int:
    """Return how many cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end_with_parent() -> None:
    """Let a process that makes bundles end when the program that wants them was killed."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _packed(artifacts: Iterable[Artifact]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for artifact in artifacts:
            archive.writestr(zipfile.ZipInfo(artifact.path, ZIP_DATE), artifact.content)
    return seal(buffer.getvalue())


def _read(file: Path) -> tuple[Artifact, ...] | None:
    """Return what was kept, None when it is not there or not whole."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    content = unseal(data)
    if content is None:
        return None
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return tuple(Artifact(name, archive.read(name)) for name in archive.namelist())


def _forget(folder: Path, used: set[str]) -> None:
    """Remove what nothing uses any more."""
    with suppress(OSError):
        for file in folder.iterdir():
            if file.name not in used and len(file.name) == 64:
                file.unlink(missing_ok=True)
