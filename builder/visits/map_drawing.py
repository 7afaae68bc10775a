"""The map of the overview: places, groups and lines, with labels that do not cover each other and stay in the frame.

In: a proposal. Out: points, lines and labels in the units of the drawing. It knows no page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from builder.visits.nouns import Punt
from builder.visits.plan import Voorstel

WIDE, HIGH = 420, 420
WIDE_DEGREE = 0.614  # a degree of longitude against one of latitude, at 52 degrees north
_LETTER, _LINE, _GAP = (
    6.6,
    13.0,
    7.0,
)  # of a text of 11 units: the width of a sign at most, the height, off the point
_EDGE = 2.0
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its point: where its text begins, ends or has its middle, and the box that it fills."""

    naam: str
    x: float
    y: float
    anker: str
    vak: Box


def drawing(proposal: Voorstel) -> dict[str, Any]:
    """Return points and lines in the units of the drawing; the map shows just what there is to see."""
    groups = {one.groep.plaats: one.groep.punt for one in proposal.gepland if one.groep.punt}
    places = {place.naam: place.punt for place in proposal.aanvraag.locaties if place.punt}
    spots = [*groups.values(), *places.values()]
    if not spots:
        return {"lijnen": [], "groepen": [], "locaties": [], "labels": []}
    frame = _frame(spots)
    lines = {
        (*_on_map(one.groep.punt, frame), *_on_map(one.locatie.punt, frame))
        for one in proposal.gepland
        if one.groep.punt and one.locatie.punt
    }
    circles = [(name, _on_map(spot, frame)) for name, spot in sorted(groups.items())]
    squares = [(name, _on_map(spot, frame)) for name, spot in sorted(places.items())]
    taken = [_around(point, 5) for _, point in (*circles, *squares)]
    labels = [(label, True) for label in placed(squares, taken)]
    labels += [(label, False) for label in placed(circles, taken)]
    return {
        "lijnen": sorted(lines),
        "groepen": circles,
        "locaties": squares,
        "labels": [(label.naam, label.x, label.y, label.anker, bold) for label, bold in labels],
    }


def placed(points: Sequence[tuple[str, tuple[float, float]]], taken: list[Box]) -> list[Label]:
    """Return a label for each point, at the first spot that is free, or else where least is covered.

    `taken` are boxes that are in use; those of the labels come to stand in it.
    """
    made = []
    for name, point in points:
        best = min(
            enumerate(_spots(name, point)),
            key=lambda spot: (sum(_shared(spot[1].vak, box) for box in taken), spot[0]),
        )[1]
        taken.append(best.vak)
        made.append(best)
    return made


def _spots(name: str, point: tuple[float, float]) -> Iterator[Label]:
    """Yield labels around a point, the nearest first, moved so that they stay within the frame."""
    x, y = point
    long = min(len(name) * _LETTER, WIDE - 2 * _EDGE)
    for away in (0, 1, 2, 3):
        step = away * _LINE
        for left, base, anchor in (
            (x + _GAP, y - 5 - step, "start"),
            (x + _GAP, y + 13 + step, "start"),
            (x - _GAP - long, y - 5 - step, "end"),
            (x - _GAP - long, y + 13 + step, "end"),
            (x - long / 2, y - 9 - step, "middle"),
            (x - long / 2, y + 18 + step, "middle"),
        ):
            left = min(max(left, _EDGE), WIDE - _EDGE - long)
            base = min(max(base, _LINE), HIGH - 4)
            start = {"start": left, "end": left + long, "middle": left + long / 2}[anchor]
            box = (left, base - _LINE + 3, left + long, base + 3)
            yield Label(name, round(start, 1), round(base, 1), anchor, box)


def _around(point: tuple[float, float], half: float) -> Box:
    return point[0] - half, point[1] - half, point[0] + half, point[1] + half


def _shared(one: Box, other: Box) -> float:
    """Return the surface that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _frame(spots: Sequence[Punt]) -> tuple[float, float, float]:
    """Return the north, the west and the degrees of latitude that the map shows, with room around it."""
    north, south = max(lat for lat, _ in spots), min(lat for lat, _ in spots)
    west, east = min(lon for _, lon in spots), max(lon for _, lon in spots)
    high = max(north - south, (east - west) * WIDE_DEGREE * HIGH / WIDE, 0.2) * 1.2
    wide = high * WIDE / HIGH / WIDE_DEGREE
    return (north + south + high) / 2, (west + east - wide) / 2, high


def _on_map(spot: Punt, frame: tuple[float, float, float]) -> tuple[float, float]:
    north, west, high = frame
    scale = HIGH / high
    return round((spot[1] - west) * WIDE_DEGREE * scale, 1), round((north - spot[0]) * scale, 1)
