"""The test cases of the planning rules (§5), with the places of `content/locaties` as the template writes them.

What a place has not told (start, length, capacity, level) is filled in here with any value that does not bear on the
case; it is in no file. Days, group limits, prices and closed days come from the bank.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from builder import sheets
from builder.loading.load import load
from builder.office import Properties
from builder.project import Project
from builder.visits.candidates import Terrain
from builder.visits.columns import LOCATIES
from builder.visits.costs import programme
from builder.visits.nouns import Aanvraag, Bezoek, Locatie
from builder.visits.read_request import read_request
from builder.visits.verify import verify
from builder.visits.workbook import template
from tests.conftest import ROOT
from tests.visits.requests import CENTRE, groep

TODAY = date(2026, 7, 1)
WESTERBORK = "Herinneringscentrum Kamp Westerbork"
AMERSFOORT = "Nationaal Monument Kamp Amersfoort"
HOLOCAUST_MUSEUM = "Nationaal Holocaustmuseum en Hollandsche Schouwburg"
ANNE_FRANK = "Anne Frank Huis"
RESISTANCE = "Verzetsmuseum Amsterdam"
# Only where the bank leaves the cell empty.
ANY = {
    "Open voor groepen": "ma-zo", "Start ochtend": "10:00", "Start middag": "13:30", "Duur": 90, "Grootste groep": 30,
    "Groepen per dagdeel": 2, "Taalniveaus": "alfa, A1, A2, B1+", "Wat je ziet": "foto's",
}  # fmt: skip


@cache
def places() -> dict[str, Locatie]:
    """Every place of the bank, through the template and the reader."""
    bank, _ = load(Project(ROOT))
    known = tuple(bank.locaties.values())
    content = sheets.write(template(known), Properties("proef", "knm", TODAY))
    book = openpyxl.load_workbook(BytesIO(content))
    at = {kolom.titel: number for number, kolom in enumerate(LOCATIES.kolommen, start=1)}
    sheet = book["Locaties"]
    rows = [
        row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value in {one.naam for one in known}
    ]
    assert len(rows) == len(known)
    for row in rows:
        for title, value in ANY.items():
            if sheet.cell(row, at[title]).value in (None, ""):
                sheet.cell(row, at[title], value)
    groups = book["Groepen"]
    for column, value in enumerate(
        ["Groep 1", "School", "", 14, 2, "ja", "A2", "Nederlands", "Utrecht"], start=1
    ):
        groups.cell(3, column, value)
    groups.cell(3, 12, "ma, do")
    settings = book["Instellingen"]
    for line in settings.iter_rows(min_row=2):
        line[1].value = {"Periode vanaf": "2026-09-01", "Periode tot en met": "2026-10-09"}.get(
            line[0].value, line[1].value
        )
    buffer = BytesIO()
    book.save(buffer)
    made, found = read_request("groepen.xlsx", buffer.getvalue())
    assert made is not None, found
    return {one.naam: one for one in made.locaties}


def request(name: str, group: dict[str, Any], place: dict[str, Any], first: date, last: date) -> Aanvraag:
    from tests.visits.requests import aanvraag

    there = replace(places()[name], punt=CENTRE, **place)
    spoken, level = there.talen or ("nederlands",), there.niveaus[0]
    return aanvraag(
        [groep(talen=spoken, niveau=level, lesdagen=(0, 1, 2, 3, 4), **group)], [there], van=first, tot=last
    )


def refused(
    name: str,
    day: date,
    group: dict[str, Any] | None = None,
    place: dict[str, Any] | None = None,
    part: str = "middag",
) -> set[str]:
    """The rules against a visit, by the model; the checker must refuse it too, or neither does."""
    made = request(name, group or {}, place or {}, date(day.year, 1, 4), date(day.year, 12, 20))
    visit = Bezoek("Groep 1", name, day, part)
    today = date(day.year - 1, 7, 1)
    found = {reason.regel for reason in Terrain(made, today).reason_against(visit)}
    assert bool(found) == bool(verify(made, today, [visit]))
    return found


MONDAY, YOM_KIPPUR = date(2026, 9, 14), date(2026, 9, 21)
PRICED = {"prijs_persoon": 0}  # for cases that are not about money, where the price is not known


def test_monday_at_westerbork_is_allowed_and_at_amersfoort_not() -> None:
    assert refused(WESTERBORK, MONDAY) == set()
    assert refused(AMERSFOORT, MONDAY, place=PRICED) == {"C4"}
    assert refused(AMERSFOORT, date(2026, 9, 15), place=PRICED) == set()


@pytest.mark.parametrize("name", [HOLOCAUST_MUSEUM, ANNE_FRANK])
def test_yom_kippur_2026_is_refused_where_the_place_shuts(name: str) -> None:
    place = {} if name == HOLOCAUST_MUSEUM else PRICED
    assert refused(name, YOM_KIPPUR, place=place) == {"C7"}
    assert refused(name, date(2026, 9, 28), place=place) == set()


def test_4_may_is_refused_at_every_place_unless_chosen() -> None:
    for name in places():
        day = next(
            date(year, 5, 4)
            for year in range(2027, 2034)
            if date(year, 5, 4).weekday() in places()[name].dagen
        )
        known = places()[name].prijs_persoon is not None or places()[name].prijs_groep is not None
        free = {} if known else PRICED
        weekdays = {"dagen": tuple(range(7))}
        assert refused(name, day, weekdays, free) == {"C5"}
        assert refused(name, day, weekdays, free | {"meidagen": True}) == set()


def test_51_at_westerbork_and_31_at_the_holocaust_museum_go_in_parts_or_not() -> None:
    for name, people, adults in ((WESTERBORK, 51, 4), (HOLOCAUST_MUSEUM, 31, 3)):
        big = {"deelnemers": people, "begeleiders": adults}
        assert refused(name, MONDAY, big) == {"C12"}
        assert refused(name, MONDAY, big | {"splitsen": True}) == set()
        assert refused(name, MONDAY, {"deelnemers": people - 1, "begeleiders": adults}) == set()


def test_16_people_with_1_adult_are_refused_everywhere() -> None:
    for name in places():
        assert "C13" in refused(name, MONDAY, {"deelnemers": 16, "begeleiders": 1})


def test_no_place_without_a_lesson_before() -> None:
    for name in (WESTERBORK, HOLOCAUST_MUSEUM, RESISTANCE):
        off = {"geen_les": tuple(date(2026, 9, n) for n in range(4, 14))}
        assert refused(name, MONDAY, off) == {"C1"}


def test_250_euro_for_15_people() -> None:
    """Programme only, before transport: 300 is refused; 176 (one adult, as the rules count) and 105 are not."""
    people = {"deelnemers": 15, "begeleiders": 2, "budget": 25000}
    assert refused(HOLOCAUST_MUSEUM, MONDAY, people) == {"C24"}
    assert refused(WESTERBORK, MONDAY, people) == set()
    assert refused(RESISTANCE, MONDAY, people) == set()
    fifteen = groep(deelnemers=15, begeleiders=1)
    assert [programme(fifteen, places()[name]) for name in (WESTERBORK, HOLOCAUST_MUSEUM, RESISTANCE)] == [
        17600,
        30000,
        10500,
    ]
