"""Where each value of one text stands, found out only when somebody asks.

In: the text of a file that could be read. Out: line and column. Only the last places asked for stay in memory: those of
one file take ten times the room of its text, and in a large bank thousands of files have a finding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from builder.loading.plain import LINE, Line, data_of

Path = tuple[str | int, ...]
KEY = "\0key"  # (…, "stam", KEY) is where the word "stam" stands, (…, "stam") where its value starts


@dataclass(frozen=True, slots=True)
class LazyPositions:
    """Line and column of every value of one text."""

    text: str

    @property
    def digest(self) -> str:
        """The SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def at(self, path: Path) -> tuple[int, int]:
        """Return line and column of the value at `path`, or of the nearest parent that exists."""
        return place(self.text, path)

    def key_at(self, path: Path) -> tuple[int, int]:
        """Return line and column of the key (not the value) of a field."""
        return key_place(self.text, path)


def place(text: str, path: Path) -> tuple[int, int]:
    """Return line and column of a value of this text, or of the nearest parent that exists."""
    index = _index(text)
    while path and path not in index:
        path = path[:-1]
    return index.get(path, (1, 1))


def key_place(text: str, path: Path) -> tuple[int, int]:
    """Return line and column of the key of a field of this text."""
    return _index(text).get((*path, KEY)) or place(text, path)


@lru_cache(maxsize=2_000)
def _index(text: str) -> Mapping[Path, tuple[int, int]]:
    lines = LINE.findall(text)
    if data_of(lines):  # the text was read before, so each of its signs may be there
        return plain_index(lines)
    from builder.loading.composing import position_index  # the C parser, which most files can do without

    return position_index(text)


def plain_index(lines: list[Line]) -> dict[Path, tuple[int, int]]:
    """Return where everything stands in lines that `plain` accepts: what the C parser would say, sooner."""
    index: dict[Path, tuple[int, int]] = {}
    around: list[tuple[int, Path]] = []  # the columns and paths of what is open, the innermost last
    path: Path = ()  # of the innermost, with its column and the number of its last dash
    column, entry = 0, -1
    entries: list[int] = []
    waiting: Path | None = None
    for line, (indent, dash, key, value, _) in enumerate(lines, start=1):
        if not key and not dash:
            continue
        here = len(indent)
        if waiting is not None:
            index[waiting] = (line, here + 1)
            around.append((column, path))
            entries.append(entry)
            column, path, entry, waiting = here, waiting, -1, None
        else:
            if not index:
                index[()] = (line, here + 1)
            while column > here or (column == here and not dash and entry >= 0):
                (column, path), entry = around.pop(), entries.pop()
        if dash:
            entry += 1
            index[(*path, entry)] = (line, here + 3)
            if key:
                around.append((column, path))
                entries.append(entry)
                column, path, entry = here + 2, (*path, entry), -1
        if key:
            start = column + 1
            index[(*path, key, KEY)] = (line, start)
            if value:
                index[(*path, key)] = (line, start + len(key) + 2)
            else:
                waiting = (*path, key)
    return index
