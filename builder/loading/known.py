"""What earlier runs found: a file that is still the same need not be read again to say that nothing is wrong with it.

In: the cache folder of a project. Out: for each item and picture whose file the system calls unchanged, what linking must
know of it; the file itself is only opened when somebody asks for more, and must then hold what it held. Only what
gave no finding is kept, so the file has names and numbers and no text. It may be deleted, damaged, or come from another
machine at any moment: then everything is read as ever. Why so: `site/pages/besluiten/0018-known-files.md`.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from builder.loading.document import Document
from builder.loading.recalled import KnownDocument, KnownPicture, Signature
from builder.model.itembank import Picture
from builder.sealed import own_folder, read_plain, worth_keeping, write_plain

LEAST = 100  # with fewer items than this every check takes less than a second: then nothing is kept
# A file that changed this short before it was read may change again without a trace (FAT counts two seconds).
MARGIN = 3_000_000_000  # nanoseconds
_PACKAGE = Path(__file__).resolve().parents[1]
_SIGNED = (int, int, int, int, str)
_ITEM = (*_SIGNED, str, str, list, list, list, bool)
_PICTURE = (*_SIGNED, str, int, int)


class Known:
    """The files that earlier runs knew, and what this run learns. Never raises for what the folder holds."""

    def __init__(self, folder: Path, schemas: Path) -> None:
        """Read what is kept in `folder`, before the first file of the bank is read."""
        self._file = folder / "bekend"
        self._stamp = stamp(schemas)
        self._rows: Mapping[str, list[Any]] = _rows(self._file, self._stamp)
        self._kept: dict[str, list[Any]] = {}
        self._read: dict[str, tuple[Signature, str]] = {}
        self._before = self._clock()

    def _clock(self) -> int:
        """Return what time it is on the disk, 0 when nothing can be written there."""
        probe = self._file.with_name(f".klok.{os.getpid()}")
        try:
            if not own_folder(self._file.parent):
                return 0
            handle = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                os.write(handle, b"\n")
                return os.fstat(handle).st_mtime_ns
            finally:
                os.close(handle)
                probe.unlink()
        except OSError:
            return 0

    def item(self, path: str, entry: os.DirEntry[str]) -> KnownDocument | None:
        """Return the item at this path when its file did not change since it was found to be good."""
        row = self._row(path, entry, _ITEM)
        if row is None:
            return None
        _, _, _, _, content, eindterm, indicator, bronnen, pictures, others, in_set = row
        names = (tuple(bronnen), tuple(pictures), tuple(others))
        return KnownDocument(path, entry.path, content, eindterm, indicator, *names, in_set)

    def picture(self, path: str, entry: os.DirEntry[str]) -> KnownPicture | None:
        """Return the picture at this path when its file did not change since it was found to be fit."""
        row = self._row(path, entry, _PICTURE)
        return None if row is None else KnownPicture(path, entry.path, *row[4:])

    def _row(self, path: str, entry: os.DirEntry[str], shape: tuple[type, ...]) -> list[Any] | None:
        at = signature(entry.stat(follow_symlinks=False))
        row = self._rows.get(path)
        if row is not None and tuple(row[:4]) == at and tuple(map(type, row)) == shape:
            self._kept[path] = row
            return row
        self._read[path] = (at, "")
        return None

    def read(self, path: str, content: bytes) -> None:
        """Remember what was read at a path."""
        at, _ = self._read[path]  # the system was asked before the file was opened
        if max(at[1], at[2]) + MARGIN < self._before:
            self._read[path] = (at, digest(content))
        else:
            del self._read[path]

    def save(self, documents: Iterable[Document | KnownDocument], pictures: Mapping[str, Picture]) -> None:
        """Keep what these items and pictures were found to be. When the disk refuses, the next run is only slower."""
        fresh = dict(self._kept)
        for document in documents:
            if isinstance(document, Document) and document.path in self._read:
                facts = facts_of(document)
                at, content = self._read[document.path]
                if facts is not None and content:
                    fresh[document.path] = [*at, content, *facts]
        for path, (at, content) in self._read.items():
            if content and path in pictures:
                picture = pictures[path]
                fresh[path] = [*at, content, picture.media_type, picture.width, picture.height]
        if self._before and worth_keeping(self._rows, self._kept, fresh):
            write_plain(self._file, {"stamp": self._stamp, "files": fresh})


def facts_of(document: Document) -> list[Any] | None:
    """Return what linking must know of an item that holds: names and numbers. None when its id is not its file name."""
    data = document.data
    name = document.path.rpartition("/")[2].removesuffix(".yaml")
    if document.kind != "item" or data["id"] != name:
        return None
    pictures = [data.get("afbeelding"), *(optie.get("afbeelding") for optie in data.get("opties", ()))]
    others = [*data.get("vijanden", ()), data.get("variant_van"), data.get("vervangen_door")]
    return [
        data["eindterm"],
        data.get("indicator", ""),
        [bron["id"] for bron in data["bronnen"]],
        [picture["bestand"] for picture in pictures if picture],
        [other for other in others if other],
        bool(data.get("set")),
    ]


def enough(root: Path) -> bool:
    """Tell whether a project has so many items that keeping something saves time, on a system where it can be trusted."""
    if os.name == "nt":  # there st_ctime does not say when a file was last touched
        return False
    count = 0
    with suppress(OSError), os.scandir(root / "items") as folders:
        for folder in folders:
            if folder.is_dir(follow_symlinks=False):
                with os.scandir(folder) as entries:
                    count += sum(1 for _ in entries)
            if count >= LEAST:
                return True
    return False


def signature(found: os.stat_result) -> Signature:
    """Return what changes when a file changes: size, time of the content, time of any change, and which file it is."""
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def digest(content: bytes) -> str:
    """Return the digest of the content of a file."""
    return hashlib.sha256(content).hexdigest()


def stamp(schemas: Path) -> str:
    """Return the digest of all that decides what is found in a file: this program, its libraries, and the schemas."""
    # The libraries are looked for, not imported, which takes long. One names its version in this file, one beside it.
    yaml, gate = (Path(str(getattr(find_spec(name), "origin", ""))) for name in ("yaml", "jsonschema_rs"))
    versions = sorted(path.name for path in gate.parents[1].glob("jsonschema_rs-*"))
    known = hashlib.sha256(f"{platform.python_version()} {versions}".encode())
    files = [yaml, _PACKAGE / "pictures.py", *_PACKAGE.glob("loading/*.py"), *schemas.glob("*.schema.json")]
    for file in sorted(files):
        content = file.read_bytes()
        known.update(f"\0{file.name} {len(content)}\0".encode())
        known.update(content)
    return known.hexdigest()


def _rows(file: Path, wanted: str) -> Mapping[str, list[Any]]:
    """Return what is kept for this program and these schemas; nothing when it is not there, damaged, or of another."""
    kept = read_plain(file)
    rows = kept.get("files") if isinstance(kept, dict) and kept.get("stamp") == wanted else None
    if not isinstance(rows, dict) or not all(row.__class__ is list for row in rows.values()):
        return {}
    return rows
