"""A document: one YAML file as plain data, with a way to ask where each value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.diagnostics import Location, pointer_of
from builder.loading.recalled import KnownDocument, KnownPicture
from builder.model.itembank import Positions

# Kinds that are one file in `content`, and folders of `content` with one document per file.
LISTS = ("eindtermen", "bronnen", "begrippen", "domeinwoorden", "reeksen", "wegwijzer", "kernwaarden")
FOLDERS = {
    "toetsmatrijzen": "toetsmatrijs",
    "toetsen": "toets",
    "lesmateriaal": "lesmateriaal",
    "locaties": "locatie",
    "lastige-momenten": "lastig-moment",
    "statistiek": "statistiek",
}
KINDS = (*LISTS, "item", "les", *FOLDERS.values())


@dataclass(frozen=True, slots=True)
class Document:
    """One file that could be read: path from the root, kind, data, positions."""

    path: str
    kind: str
    data: dict[str, Any]
    positions: Positions

    def locate(self, *path: str | int) -> Location:
        """Return where the value at `path` stands."""
        line, column = self.positions.at(path)
        return Location(self.path, line, column, pointer_of(path))


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A file beside a document that is not YAML: its bytes, or why it was refused."""

    path: str
    data: bytes
    refused: str = ""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A hand-written page of the site: its front matter as a document, its text, and the line where that starts."""

    front: Document
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Readings:
    """All that reading found: documents, picture files, and the paths that exist but could not be read.

    A folder that could not be read ends in a slash.
    """

    documents: tuple[Document | KnownDocument, ...]
    pictures: Mapping[str, PictureFile | KnownPicture]
    unreadable: tuple[str, ...]
    pages: tuple[PageFile, ...] = ()


def kind_of(path: str) -> str | None:
    """Return the kind of document that belongs at this path (from the root), or None."""
    parts = path.split("/")
    if not parts[-1].endswith(".yaml"):
        return None
    if parts[0] == "items":
        return "item" if len(parts) == 3 else None
    if parts[0] != "content":
        return None
    if len(parts) == 2:
        name = parts[1].removesuffix(".yaml")
        return name if name in LISTS else None
    if parts[1] == "lessen":
        return "les" if len(parts) == 4 else None
    if len(parts) == 3:
        return FOLDERS.get(parts[1])
    return None
