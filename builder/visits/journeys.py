"""The way there: minutes and kilometres, measured when the table knows them, else estimated.

In: a group, a place and the request. Out: a `Reis`. The estimate is the straight line (haversine) times a factor,
at a speed, plus fixed minutes; it is called an estimate wherever it is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from builder.visits.nouns import Aanvraag, Groep, Instellingen, Locatie, Punt

_EARTH = 6371.0
_SLOW = {"fiets": 15, "lopend": 5}
_ON_FOOT = (
    10  # minutes, an estimate: within one town the middles are the same point, but nobody is there at once
)


@dataclass(frozen=True, slots=True)
class Reis:
    """One way: minutes; the cost in cents of the way there and back for the whole group, None when not known."""

    minuten: int
    kosten: int | None
    schatting: bool


class Journeys:
    """The measured journeys of a request, ready to look up."""

    def __init__(self, request: Aanvraag) -> None:
        """Index the table by the names as they are written, without regard to case."""
        self._settings = request.instellingen
        self._measured = {(row.van.casefold(), row.naar.casefold()): row for row in request.reistijden}

    def of(self, groep: Groep, locatie: Locatie) -> Reis | None:
        """Return the journey of a group to a place, or None when nothing is known of it."""
        measured = self._measured.get((groep.plaats.casefold(), locatie.naam.casefold()))
        if measured is not None:
            return Reis(measured.minuten, measured.kosten, False)
        if groep.punt is None or locatie.punt is None:
            return None
        km = distance(groep.punt, locatie.punt) * self._settings.omweg
        return Reis(_minutes(groep.vervoer, km, self._settings), _cost(groep, km, self._settings), True)


def distance(a: Punt, b: Punt) -> float:
    """Return the kilometres between two points in a straight line over the earth."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH * math.asin(math.sqrt(half))


def _minutes(vervoer: str, km: float, settings: Instellingen) -> int:
    speed, fixed = {
        "ov": (settings.snelheid_ov, settings.vast_ov),
        "bus": (settings.snelheid_bus, settings.vast_bus),
    }.get(vervoer, (_SLOW.get(vervoer, 5), _ON_FOOT))
    return math.ceil(fixed + km / speed * 60)


def _cost(groep: Groep, km: float, settings: Instellingen) -> int | None:
    if groep.vervoer == "ov":
        if settings.ov_per_km is None:
            return None
        return round(settings.ov_per_km * km * 2 * (groep.deelnemers + groep.begeleiders))
    if groep.vervoer == "bus":
        if settings.bus_vast is None or settings.bus_per_km is None:  # a part that is not known is not zero
            return None
        return round(settings.bus_vast + settings.bus_per_km * km * 2)
    return 0
