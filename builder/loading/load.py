"""read → validate → link, composed: the one call that gives a bank.

In: a project. Out: the bank and every finding, sorted. Never raises for what a file holds.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from builder.diagnostics import Diagnostic, sort_key
from builder.loading.known import Known, enough
from builder.loading.link import link
from builder.loading.read import NOTHING, read
from builder.loading.validate import load_schemas, validate
from builder.model.itembank import Itembank
from builder.project import Project


def load(project: Project, swapped: Mapping[str, bytes] = NOTHING) -> tuple[Itembank, tuple[Diagnostic, ...]]:
    """Load the whole bank of a project: what held, and every finding of reading, schema and linking.

    `swapped` are texts and pictures that stand in for files, or come on top, by path from the root: a
    document that is not saved yet, or a second bank beside this one.
    """
    with without_collector():
        return _load(project, swapped, None)


def load_known(project: Project) -> tuple[Itembank, tuple[Diagnostic, ...]]:
    """Load as `load` does, without opening items and pictures that an earlier run found to be good.

    The bank opens such a file when it is asked for the item, and raises `Changed` when it then holds something
    else: whoever uses the bank must load anew. For looking only; what is made for others comes from `load`.
    """
    if not enough(project.root):
        return load(project)
    with without_collector():
        return _load(project, NOTHING, Known(project.cache / "bank", project.schemas))


def _load(
    project: Project, swapped: Mapping[str, bytes], known: Known | None
) -> tuple[Itembank, tuple[Diagnostic, ...]]:
    readings, found = read(project.root, swapped, known)
    good, invalid = validate(readings.documents, load_schemas(project.schemas))
    paths = {document.path for document in good}
    fallen = [*readings.unreadable, *(doc.path for doc in readings.documents if doc.path not in paths)]
    closed = [path for path in fallen if path.endswith("/")]
    broken = {path.rpartition("/")[2].removesuffix(".yaml") for path in fallen if path not in closed}
    bank, unlinked = link(good, readings.pictures, broken, closed, readings.pages)
    if known:
        known.save(good, bank.pictures)
    return bank, tuple(sorted([*found, *invalid, *unlinked], key=sort_key))


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the garbage collector still: loading makes many objects that all stay, and it would walk them in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
