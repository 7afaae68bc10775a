"""The map of places to visit: an SVG of the Netherlands with a numbered dot for each place.

In: names, addresses and coordinates. Out: SVG text for inside a page. The outline is Natural Earth (public domain).
Places in one town stand in a row above their dot. The drawing is in degrees, stretched for this latitude: good to
see where something lies, no map to measure on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from math import cos, radians

_WEST, _NORTH, _EAST, _SOUTH = 3.2, 53.65, 7.35, 50.65
_SCALE = 130.0  # pixels per degree of latitude
_SQUEEZE = cos(radians(52.2))
_RADIUS = 10


@dataclass(frozen=True, slots=True)
class Plek:
    """One place on the map: its number in the list, name, address as seen from the page, latitude and longitude."""

    nummer: int
    naam: str
    adres: str
    punt: tuple[float, float]


def _at(breedte: float, lengte: float) -> tuple[float, float]:
    return round((lengte - _WEST) * _SCALE * _SQUEEZE, 1), round((_NORTH - breedte) * _SCALE, 1)


@cache
def _outline() -> str:
    text = resources.files("builder.website").joinpath("data/nederland.txt").read_text(encoding="utf-8")
    rings = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        points = [tuple(map(float, pair.split(","))) for pair in line.split()]
        rings.append("M" + "L".join("{:g} {:g}".format(*_at(y, x)) for x, y in points) + "Z")
    return "".join(rings)


def svg(plekken: Iterable[Plek], titel: str) -> str:
    """Return the map; each number is a link with the name of its place."""
    width, height = _at(_SOUTH, _EAST)
    groups: dict[tuple[float, float], list[Plek]] = {}
    for plek in plekken:
        groups.setdefault(plek.punt, []).append(plek)
    drawn = [
        f'<svg class="knm-kaart" viewBox="0 0 {width:g} {height:g}" role="group" aria-label="{escape(titel)}">',
        f'<path class="knm-kaart__land" d="{_outline()}"/>',
    ]
    for punt, here in sorted(groups.items()):
        x, y = _at(*punt)
        top = y - 20 if len(here) > 1 else y
        if len(here) > 1:
            drawn.append(f'<path class="knm-kaart__lijn" d="M{x:g} {y:g}V{top:g}"/>')
            drawn.append(f'<circle class="knm-kaart__stip" cx="{x:g}" cy="{y:g}" r="3"/>')
        start = x - (len(here) - 1) * (_RADIUS + 1)
        for place, plek in enumerate(here):
            left = round(start + place * 2 * (_RADIUS + 1), 1)
            drawn.append(
                f'<a href="{escape(plek.adres)}" aria-label="{plek.nummer}. {escape(plek.naam)}">'
                f'<title>{escape(plek.naam)}</title><circle cx="{left:g}" cy="{top:g}" r="{_RADIUS}"/>'
                f'<text x="{left:g}" y="{top + 4.5:g}" text-anchor="middle">{plek.nummer}</text></a>'
            )
    drawn.append("</svg>")
    return "\n".join(drawn)
