"""An empty bank: the files it begins with, and making one.

In: this program. Out: files by path, or a new folder. An installed program has the files with it; a checkout is the
source of them itself. What the bank was given is kept in it, so that a later program can tell what its owner changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from builder.artifacts import Artifact, WriteError, explain_failure, write_folder

# Content to begin with, and what the workshop reads from a project.
PARTS = (
    "content/*.yaml",
    "content/toetsmatrijzen/*.yaml",
    "schemas/*.json",
    "site/templates/**/*",
    "site/overrides/assets/knm.*",
    "site/overrides/assets/fonts/*",
)
SETTINGS = "knm.toml"
MARK = ".knm/programma.json"
_HERE = Path(__file__).parent
PACKED = _HERE / "templates" / "lege-bank"


class NoBeginning(Exception):
    """This program has no empty bank with it; the message is a Dutch sentence."""


def files(source: Path | None = None) -> dict[str, bytes]:
    """Return the files of an empty bank by path. Raises `NoBeginning`.

    `source` is where they are taken from: the package, or else the checkout that it stands in.
    """
    root = source or (PACKED if PACKED.is_dir() else _HERE.parent)
    if not (root / SETTINGS).is_file() or not (root / "schemas").is_dir():
        raise NoBeginning(
            "Dit programma heeft geen lege bank bij zich. Gebruik knm-starter.zip, of ga naar de map van een bank."
        )
    found = {SETTINGS: _without_values((root / SETTINGS).read_text(encoding="utf-8")).encode()}
    for pattern in PARTS:
        for path in sorted(root.glob(pattern)):
            if path.is_file():
                found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def _without_values(settings: str) -> str:
    """Return the settings without what is ours: another bank is not this one."""
    return re.sub(r'^(\w+ = )"[^"]*"', r'\1""', settings, flags=re.MULTILINE)


def make(folder: Path) -> None:
    """Make an empty bank in a new or empty folder; it is there as a whole, or not. Raises `NoBeginning`, `WriteError`."""
    given = files()
    made = [Artifact(path, content) for path, content in given.items()]
    write_folder(folder, [*made, Artifact(MARK, mark_of(given))])
    try:
        (folder / "items").mkdir(exist_ok=True)
    except OSError as error:
        raise WriteError(explain_failure(error)) from error


def own_version() -> str:
    """Return the version of this program."""
    try:
        return version("knm")
    except PackageNotFoundError:
        return "0"


def mark_of(given: Mapping[str, bytes]) -> bytes:
    """Return what a bank remembers of the files it was given: the version of the program, and a digest of each."""
    known = {"versie": own_version(), "bestanden": {path: digest(raw) for path, raw in sorted(given.items())}}
    return (json.dumps(known, indent=1) + "\n").encode()


def digest(raw: bytes) -> str:
    """Return the digest of a file; line ends do not count, since programs of Windows change them."""
    return hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()
