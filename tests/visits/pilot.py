"""The worked example: an invented pilot in invented places, written to `tests/voorbeeldpilot/`.

Names are neutral on purpose ("Taalschool A", "Museum A"): no real place gets an invented figure. The towns are real, so
that the estimate of the journey can be checked on a map.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from builder import sheets
from builder.office import Properties
from builder.visits.nouns import Aanvraag, Gids, Groep, Instellingen, Locatie, Reistijd, Sluiting
from builder.visits.places import find_place
from builder.visits.workbook import request_sheets
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "voorbeeldpilot"
FILE = FOLDER / "groepen.xlsx"
TODAY = date(2026, 8, 3)


def _point(name: str) -> tuple[float, float]:
    found = find_place(name)
    assert found and isinstance(found[0], float), name
    return found  # type: ignore[return-value]


def _group(naam: str, aanbieder: str, regio: str, deelnemers: int, niveau: str, plaats: str, lesdagen: tuple[int, ...], **more: object) -> Groep:  # fmt: skip
    standard: dict[str, object] = dict(
        begeleiders=2, punt=_point(plaats), dagen=(0, 1, 2, 3, 4), vakantieregio={"oost": "noord"}.get(regio, "midden"),
    )  # fmt: skip
    return Groep(
        naam,
        aanbieder,
        deelnemers,
        niveau=niveau,
        plaats=plaats,
        lesdagen=lesdagen,
        regio=regio,
        **(standard | more),
    )  # type: ignore[arg-type]


def request() -> Aanvraag:
    groups = (
        _group("A ochtend", "Taalschool A", "oost", 14, "A2", "Zwolle", (0, 3), dagen=(0, 1, 3), dagdelen=("ochtend",), vervoer="bus"),
        _group("A avond", "Taalschool A", "oost", 12, "B1+", "Zwolle", (1, 3), vervoer="bus", terug=15 * 60 + 30),
        _group("A start", "Taalschool A", "oost", 9, "A1", "Deventer", (0, 2), toegang=("geen trappen",)),
        _group("B1", "Taalschool B", "midden", 15, "A2", "Amersfoort", (1, 4), talen=("nederlands", "engels")),
        _group("B2", "Taalschool B", "midden", 16, "A2", "Amersfoort", (1, 4), begeleiders=1),
        _group("B3", "Taalschool B", "midden", 8, "alfa", "Utrecht", (0, 1, 3), toegang=("kort lopen", "toilet")),
        _group("B4", "Taalschool B", "midden", 31, "A2", "Utrecht", (0, 3), begeleiders=3),
        _group("C dag", "Taalschool C", "midden", 13, "A1", "Hilversum", (2, 4), liever_niet=(date(2026, 11, 6),)),
        _group("C extra", "Taalschool C", "midden", 11, "A2", "Hilversum", (0, 2), dagen=(2,), dagdelen=("ochtend",), locaties=("Museum A",), van=date(2026, 11, 9), tot=date(2026, 11, 13)),
        _group("C laat", "Taalschool C", "midden", 10, "A2", "Almere", (0, 2), dagen=(2,), dagdelen=("ochtend",), locaties=("Museum A",), van=date(2026, 11, 9), tot=date(2026, 11, 13)),
    )  # fmt: skip
    places = (
        Locatie(
            "Museum A", "Amersfoort", (1, 2, 3, 4), 90, 30, _point("Amersfoort"), 600, 810, 8, 1, personen_per_gids=15,
            talen=("nederlands", "engels"), niveaus=("A2", "B1+"), prijs_groep=15000,
            toegang=("rolstoel", "toilet", "rustruimte"), loopafstand=300, joodse_dagen="Rosj Hasjana en Jom Kipoer dicht",
            annuleren=7, optie=14, ziet="brieven en foto's van mensen die zijn weggevoerd", overslaan="de film", halte="Halte Plein",
        ),
        Locatie(
            "Kamp B", "Assen", (0, 1, 2, 3, 4), 150, 50, _point("Assen"), 600, None, 1, 2, talen=("nederlands",),
            niveaus=("A1", "A2", "B1+"), prijs_persoon=600, toeslag=300, toegang=("rolstoel", "toilet"), loopafstand=2500,
            pendel=30, buiten=True, joodse_dagen="open", aanvraag=60, annuleren=14, ziet="een barak en een spoorlijn",
        ),
        Locatie(
            "Huis C", "Utrecht", (0, 1, 2, 3), 60, 15, _point("Utrecht"), 570, 795, 1, None, reken_met_een=True,
            talen=("nederlands",), niveaus=("alfa", "A1", "A2"), prijs_persoon=400, toegang=("geen trappen", "toilet"),
            loopafstand=200, joodse_dagen="open", ziet="een kamer waar mensen zaten ondergedoken",
        ),
        Locatie(
            "Museum D", "Amsterdam", (0, 1, 2, 3, 4), 90, 25, _point("Amsterdam"), 600, 810, 1, None,
            talen=("nederlands",), niveaus=("A2",), toegang=(), ziet="",
        ),
    )  # fmt: skip
    guides = (
        Gids("Museum A", 1, ("nederlands",), ("A2", "B1+"), (1, 2, 3, 4), ("ochtend",)),
        Gids("Museum A", 1, ("engels", "nederlands"), ("A2",), (1, 3), ("middag",)),
    )
    closed = (
        Sluiting(
            "vakantieregio",
            "noord",
            date(2026, 10, 10),
            date(2026, 10, 18),
            "geen les",
            reden="schoolvakantie",
        ),
        Sluiting(
            "vakantieregio",
            "midden",
            date(2026, 10, 17),
            date(2026, 10, 25),
            "geen les",
            reden="schoolvakantie",
        ),
        Sluiting("locatie", "Museum A", date(2026, 11, 2), date(2026, 11, 6), "dicht", reden="nieuwe zaal"),
    )
    settings = Instellingen(
        date(2026, 10, 5), date(2026, 11, 27), "Voorbeeldpilot", ov_per_km=20, bus_vast=20000, bus_per_km=200,
        docent_per_uur=4500, budget_totaal=600000, alternatief="een wandeling langs monumenten in de buurt",
        beslisser="coördinator",
    )  # fmt: skip
    measured = (Reistijd("Hilversum", "Museum A", 45, None),)
    return Aanvraag(groups, places, guides, closed, measured, settings)


@cache
def content() -> bytes:
    return sheets.write(request_sheets(request()), Properties("Voorbeeldpilot", "knm", date(2026, 8, 1)))


def unnumbered(made: Aanvraag) -> Aanvraag:
    """The same request without the row numbers that reading gives it."""
    return replace(
        made,
        groepen=tuple(replace(one, rij=0) for one in made.groepen),
        locaties=tuple(replace(one, rij=0) for one in made.locaties),
        gidsen=tuple(replace(one, rij=0) for one in made.gidsen),
        sluitingen=tuple(replace(one, rij=0) for one in made.sluitingen),
        reistijden=tuple(replace(one, rij=0) for one in made.reistijden),
    )
