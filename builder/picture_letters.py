"""How large the smallest letters in a drawing are, so that a paper makes the drawing wide enough to read them.

In: the bytes of a picture. Out: the size of its smallest letters in its own units, 0 when it has none or is a photo.
Letters are drawn as shapes of our lettertype, a line of text in one path: how they are made tells them from others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

READABLE = 9.0  # points, as printed
EASY = 10.0  # and for who learns to read
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_LAST = re.compile(r"-?\d*\.?\d+\s*$")
_SCALE = re.compile(r"scale\(\s*(-?[\d.]+)")
# Heights, as parts of the size of our letters: of a capital or a digit, and of an e.
_CAPITAL, _SMALL = 0.668, 0.519
# Small letters (a, e, m, s and so on) by the numbers of curves and straight lines in their outlines: no capital has these.
_SMALL_LETTERS = frozenset(
    ((9, 8), (10, 8), (15, 2), (16, 0), (17, 2), (18, 4), (18, 10), (19, 4), (25, 4), (30, 4))
)


def width_to_read(
    data: bytes, size: tuple[int, int], least: int, most: tuple[int, int], points: float
) -> int:
    """Return how wide a picture of this size must be, in whole mm: `least`, or more for its letters; `most` is its room."""
    width, height = size
    letters = smallest_letters(data)
    wanted = max(least, points * width / letters * 25.4 / 72) if letters else least
    return round(min(wanted, most[0], most[1] * width / height))


@lru_cache(maxsize=512)
def smallest_letters(data: bytes) -> float:
    """Return the size of the smallest letters in a drawing, in its own units, or 0."""
    if b"<svg" not in data[:1000]:
        return 0.0
    try:
        return min(_sizes(ElementTree.fromstring(data), 1.0), default=0.0)
    except (ElementTree.ParseError, ValueError):
        return 0.0


def _sizes(element: ElementTree.Element, scale: float) -> Iterator[float]:
    """Yield the size of the letters in each line of text."""
    told = _SCALE.search(element.get("transform", ""))
    scale *= abs(float(told[1])) if told else 1.0
    if str(element.tag).endswith("}path"):
        outlines = _outlines(element.get("d", ""))
        if len(outlines) > 1:  # one outline may be any shape
            small = max((height for height, form in outlines if form in _SMALL_LETTERS), default=0.0)
            yield scale * (small / _SMALL if small else max(outlines)[0] / _CAPITAL)
    for child in element:
        yield from _sizes(child, scale)


def _outlines(path: str) -> list[tuple[float, tuple[int, int]]]:
    """Return height, and numbers of curves and lines, of each outline; nothing when these are not all as in letters."""
    found: list[tuple[float, tuple[int, int]]] = []
    rows: list[float] = []
    made = {"Q": 0, "L": 0}
    for command, told in _COMMAND.findall(path):
        if command not in "MLHVQZ":
            return []
        if command == "Z":
            found.append((max(rows, default=0.0) - min(rows, default=0.0), (made["Q"], made["L"])))
            rows, made = [], {"Q": 0, "L": 0}
            continue
        if command != "M":
            made["Q" if command == "Q" else "L"] += 1
        if command != "H":
            last = _LAST.search(told)
            rows.append(float(last[0]) if last else 0.0)
    return found if not rows and any(curves for _, (curves, _) in found) else []
