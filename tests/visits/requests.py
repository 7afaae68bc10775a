"""Requests to plan, for tests: one group, one place, and as many as a benchmark wants. All names are invented."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from builder.visits.nouns import NIVEAUS, Aanvraag, Bezoek, Gids, Groep, Instellingen, Locatie, Sluiting

TODAY = date(2026, 7, 1)
CENTRE = (52.1, 5.2)


def groep(naam: str = "Groep 1", **values: Any) -> Groep:
    standard: dict[str, Any] = dict(
        aanbieder="Taalschool A", deelnemers=14, begeleiders=2, niveau="A2", plaats="Utrecht", punt=CENTRE,
        lesdagen=(0, 2, 3), regio="midden",
    )  # fmt: skip
    return Groep(naam, **(standard | values))


def locatie(naam: str = "Museum A", **values: Any) -> Locatie:
    standard: dict[str, Any] = dict(
        plaats="Utrecht", punt=CENTRE, dagen=(0, 1, 2, 3, 4), duur=90, max_groep=30, start_ochtend=600,
        start_middag=810, groepen_per_dagdeel=1, talen=("nederlands",), niveaus=NIVEAUS, prijs_persoon=700,
        ziet="foto's en brieven", toegang=("rolstoel", "toilet"), loopafstand=300, joodse_dagen="open",
    )  # fmt: skip
    return Locatie(naam, **(standard | values))


def instellingen(**values: Any) -> Instellingen:
    standard: dict[str, Any] = dict(
        van=date(2026, 9, 1), tot=date(2026, 10, 9), alternatief="wandeling", ov_per_km=0, docent_per_uur=0,
        tolk_per_bezoek=0,
    )  # fmt: skip
    return Instellingen(**(standard | values))


def aanvraag(
    groepen: Sequence[Groep] | None = None,
    locaties: Sequence[Locatie] | None = None,
    *,
    gidsen: Sequence[Gids] = (),
    sluitingen: Sequence[Sluiting] = (),
    bezoeken: Sequence[Bezoek] = (),
    **settings: Any,
) -> Aanvraag:
    return Aanvraag(
        tuple([groep()] if groepen is None else groepen),
        tuple([locatie()] if locaties is None else locaties),
        tuple(gidsen),
        tuple(sluitingen),
        (),
        instellingen(**settings),
        tuple(bezoeken),
    )


def large(groups: int, places: int, days: int, seed: int = 1) -> Aanvraag:
    """A region: groups with a window of some weeks and two visiting days, spread over a circle with the places."""
    rng = random.Random(seed)
    first = date(2026, 9, 7)

    def point() -> tuple[float, float]:
        return (round(52.1 + rng.uniform(-0.45, 0.45), 4), round(5.4 + rng.uniform(-0.7, 0.7), 4))

    made_places = [
        locatie(
            f"Museum {number + 1}", punt=point(), max_groep=rng.choice((20, 25, 30)), groepen_per_dagdeel=rng.choice((1, 1, 2)),
            dagen=tuple(sorted(rng.sample(range(5), rng.choice((3, 4))))),
            start_middag=rng.choice((None, 810)), prijs_persoon=rng.choice((0, 500, 700, 900)),
            niveaus=tuple(rng.sample(NIVEAUS, 3)), talen=("nederlands", "engels")[: rng.choice((1, 2))],
        )
        for number in range(places)
    ]  # fmt: skip
    made_groups = []
    for number in range(groups):
        start = first + timedelta(days=rng.randrange(0, max(1, days - 50)))
        made_groups.append(
            groep(
                f"Groep {number + 1:03}", aanbieder=f"Taalschool {chr(65 + number % 8)}", regio=f"regio {number % 4}",
                deelnemers=rng.randrange(8, 19), begeleiders=rng.choice((2, 2, 3)), niveau=rng.choice(NIVEAUS),
                punt=point(), lesdagen=tuple(sorted(rng.sample(range(5), 2))),
                dagen=tuple(sorted(rng.sample(range(5), 3))), vervoer=rng.choice(("ov", "bus", "bus")),
                dagdelen=rng.choice((("ochtend",), ("middag",), ("ochtend", "middag"))),
                van=start, tot=start + timedelta(days=rng.randrange(40, 60)),
            )
        )  # fmt: skip
    return Aanvraag(
        tuple(made_groups), tuple(made_places), (), (), (),
        instellingen(van=first, tot=first + timedelta(days=days - 1), ov_per_km=10, bus_vast=15000, bus_per_km=150),
    )  # fmt: skip
