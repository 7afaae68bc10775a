"""Paths → documents.

In: the folders `content`, `items` and `site/pages`. Out: `Readings` and findings R001-R016. YAML is read with our own
rules for plain words (null, true/false, whole and decimal numbers; everything else is text), because the
stock rules turn `no` into False and `12:30` into 750. A file of plain lines is read by `plain.py`, every other one
by the C parser (`composing.py`). Reading knows no schema.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from builder.diagnostics import Diagnostic, Location, Severity
from builder.loading.document import Document, PageFile, PictureFile, Readings, kind_of
from builder.loading.known import Known
from builder.loading.plain import plain, scalar
from builder.loading.positions import LazyPositions
from builder.loading.reading_rules import (
    MAX_BYTES,
    MAX_PICTURE_BYTES,
    MEDIA_SUFFIXES,
    R001,
    R002,
    R003,
    R004,
    R009,
    R013,
    RULES,
)
from builder.loading.recalled import KnownDocument, KnownPicture
from builder.loading.walking import files

__all__ = [
    "MAX_BYTES",
    "MAX_PICTURE_BYTES",
    "MEDIA_SUFFIXES",
    "RULES",
    "LazyPositions",
    "parse",
    "read",
    "scalar",
]

NOTHING: Mapping[str, bytes] = MappingProxyType({})
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def parse(path: str, raw: bytes) -> tuple[dict[str, Any] | None, str, list[Diagnostic]]:
    """Return the data of one file (None when it cannot be read), its text, and the findings."""
    if len(raw) > MAX_BYTES:
        return None, "", [_too_large(path, len(raw))]
    if quick := plain(raw):
        return *quick, []
    found: list[Diagnostic] = []
    start = Location(path)
    if raw.startswith(b"\xef\xbb\xbf"):
        found.append(
            Diagnostic(
                R004,
                start,
                "Het bestand begint met een onzichtbaar teken (een BOM). We lezen het toch.",
                "Bewaar het in je editor als UTF-8 zonder BOM.",
            )
        )
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        at = Location(path, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        found.append(
            Diagnostic(
                R003,
                at,
                "Hier staat een teken dat geen UTF-8 is. Waarschijnlijk is het bestand bewaard als Latin-1 of Windows.",
                "Open het in je editor en bewaar het als UTF-8.",
            )
        )
        return None, "", found
    if not text.strip() or not any(
        line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()
    ):
        found.append(
            Diagnostic(
                R009,
                start,
                "Dit bestand is leeg.",
                "Vul het in, of haal het weg. `knm new item` maakt een begin.",
            )
        )
        return None, text, found
    from builder.loading.composing import Unreadable, compose  # the C parser, which most files can do without

    try:
        data = compose(path, text, found)
    except Unreadable as stop:
        return None, text, [*found, *stop.found]
    if any(finding.rule.severity is Severity.ERROR for finding in found):
        return None, text, found
    return data, text, found


def _too_large(path: str, size: int) -> Diagnostic:
    return Diagnostic(
        R002,
        Location(path),
        f"Dit bestand is {size / 1024:.0f} kB. Een YAML-bestand mag ten hoogste 256 kB zijn.",
        "Maak er meer bestanden van, of zet plaatjes in een eigen bestand.",
    )


def read(
    root: Path, swapped: Mapping[str, bytes] = NOTHING, known: Known | None = None
) -> tuple[Readings, list[Diagnostic]]:
    """Read everything under `content` and `items`, and the Markdown under `site/pages`.

    `swapped` holds texts and pictures that are not (yet) on disk, by path from the root: each stands in for
    the file on that path, or comes on top. What is `known` is not opened. Returns the readings (sorted by path) and the findings; never
    raises for what a file holds.
    """
    found: list[Diagnostic] = []
    documents: list[Document | KnownDocument] = []
    pictures: dict[str, PictureFile | KnownPicture] = {}
    unreadable: list[str] = []
    pages: list[PageFile] = []
    on_disk = ((path, entry) for path, entry in files(root, found, unreadable) if path not in swapped)
    for path, entry in chain(on_disk, ((path, None) for path in sorted(swapped))):
        file = entry.path if entry else str(root / path)
        suffix = os.path.splitext(path)[1].lower()
        if path.startswith("site/"):
            if suffix == ".md" and (page := _page(path, file, found)):
                pages.append(page)
            continue
        if suffix in MEDIA_SUFFIXES:
            pictures[path] = _picture(path, file, entry, swapped.get(path), known)
            continue
        kind = kind_of(path)
        if kind is None:
            if suffix in (".yaml", ".yml") or path.startswith("items/"):
                found.append(_misplaced(path))
            continue
        remembered = known if entry and kind == "item" else None
        try:
            if remembered and entry and (recalled := remembered.item(path, entry)):
                documents.append(recalled)
                continue
            raw = swapped[path] if path in swapped else bytes_of(file)
        except OSError:
            unreadable.append(path)
            found.append(_closed(path, "Dit bestand"))
            continue
        if len(raw) > MAX_BYTES:
            unreadable.append(path)
            found.append(_too_large(path, len(raw) if path in swapped else os.stat(file).st_size))
            continue
        data, text, findings = parse(path, raw)
        found.extend(findings)
        if data is None:
            unreadable.append(path)
            continue
        if remembered and not findings:
            remembered.read(path, raw)
        documents.append(Document(path, kind, data, LazyPositions(text)))
    documents.sort(key=lambda document: document.path)
    pages.sort(key=lambda page: page.front.path)
    return Readings(tuple(documents), pictures, tuple(sorted(unreadable)), tuple(pages)), found


def bytes_of(file: str) -> bytes:
    """Return what a file holds, but no more than shows that it is too large. Raises OSError."""
    handle = os.open(file, _READ)
    try:
        content = os.read(handle, MAX_BYTES + 1)
        while len(content) <= MAX_BYTES and (more := os.read(handle, MAX_BYTES + 1 - len(content))):
            content += more
        return content
    finally:
        os.close(handle)


def _closed(path: str, what: str) -> Diagnostic:
    return Diagnostic(
        R001, Location(path), f"{what} kunnen we niet openen.", "Geef jezelf leesrecht op het bestand."
    )


def _page(path: str, file: str, found: list[Diagnostic]) -> PageFile | None:
    """Return a page, or None when it cannot be read. Front matter is YAML between two lines of ---."""
    try:
        raw = Path(file).read_bytes()
    except OSError:
        found.append(_closed(path, "Deze pagina"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.extend(parse(path, raw)[2])
        return None
    lines = text.replace("\r\n", "\n").split("\n")
    end = lines.index("---", 1) if lines[0] == "---" and "---" in lines[1:] else 0
    # The line of --- stays as a comment, so that every place in the front matter is its place in the file.
    front = "\n".join(["#", *lines[1:end]])
    data: dict[str, Any] | None = {}
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines[1:end]):
        data, front, findings = parse(path, front.encode())
        found.extend(findings)
    first = end + 1 if end else 0
    document = Document(path, "pagina", data or {}, LazyPositions(front))
    return PageFile(document, "\n".join(lines[first:]), first + 1)


def _picture(
    path: str, file: str, entry: os.DirEntry[str] | None, swapped: bytes | None, known: Known | None
) -> PictureFile | KnownPicture:
    if swapped is not None:
        return PictureFile(path, swapped)
    try:
        if known and entry and (recalled := known.picture(path, entry)):
            return recalled
        if os.stat(file).st_size > MAX_PICTURE_BYTES:
            return PictureFile(path, b"", "het is groter dan 2 MB")
        data = Path(file).read_bytes()
    except OSError:
        return PictureFile(path, b"", "het kan niet geopend worden")
    if known and entry:
        known.read(path, data)
    return PictureFile(path, data)


def _misplaced(path: str) -> Diagnostic:
    if path.endswith(".yml"):
        return Diagnostic(
            R013, Location(path), "Dit bestand eindigt op .yml. Zo wordt het niet gelezen.", "Noem het .yaml."
        )
    hint = "Een vraag hoort in items/<thema>/, een les in content/lessen/<thema>/."
    return Diagnostic(
        R013, Location(path), "Op deze plaats verwachten we dit bestand niet. Het wordt niet gelezen.", hint
    )
