"""The workbook: empty, wrong in every way, large, and written back."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from importlib import resources
from io import BytesIO
from typing import Any
from unittest import mock

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import sheets
from builder.diagnostics import Diagnostic, Severity
from builder.loading.load import load
from builder.office import Properties
from builder.project import Project
from builder.visits.candidates import Terrain
from builder.visits.journeys import distance
from builder.visits.nouns import Aanvraag
from builder.visits.places import find_place
from builder.visits.read_request import read_request
from builder.visits.values import CellFault, parse, show
from builder.visits.workbook import request_sheets, template
from tests.conftest import ROOT
from tests.visits import pilot
from tests.visits.requests import large

PROPERTIES = Properties("proef", "knm", date(2026, 8, 1))


def changed(cells: Mapping[str, Any], request: Aanvraag | None = None) -> bytes:
    """A good workbook with some cells changed: `Groepen!D2` → value; a whole column by its head: `Groepen!D1`."""
    content = pilot.content() if request is None else sheets.write(request_sheets(request), PROPERTIES)
    book = openpyxl.load_workbook(BytesIO(content))
    for where, value in cells.items():
        tab, _, cell = where.rpartition("!")
        if cell:
            book[tab][cell] = value
            if isinstance(value, str) and value.startswith("="):
                book[tab][cell].data_type = "f"
        else:
            del book[tab]
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(cells: Mapping[str, Any]) -> tuple[Aanvraag | None, tuple[Diagnostic, ...]]:
    return read_request("groepen.xlsx", changed(cells))


def codes(found: tuple[Diagnostic, ...]) -> set[str]:
    return {one.rule.code for one in found if one.rule.severity is Severity.ERROR}


def test_the_worked_example_is_up_to_date_and_reads_back(update_golden: bool) -> None:
    if update_golden:
        pilot.FILE.write_bytes(pilot.content())
    assert pilot.FILE.read_bytes() == pilot.content()
    made, found = read_request("groepen.xlsx", pilot.content())
    assert codes(found) == set()
    assert made is not None and pilot.unnumbered(made) == pilot.request()
    assert {one.message.split(": ")[1] for one in found} == {
        "Museum D"
    }  # what is unknown is told, three times


def test_an_empty_template_says_what_to_fill_in() -> None:
    content = sheets.write(template(), PROPERTIES)
    made, found = read_request("leeg.xlsx", content)
    assert made is None and codes(found) == {"V606", "V613"}
    book = openpyxl.load_workbook(BytesIO(content))
    assert [sheet.title for sheet in book] == ["Groepen", "Locaties", "Begeleiders", "Gesloten dagen", "Instellingen", "Reistijden", "Bezoeken", "Uitleg"]  # fmt: skip
    lists = {rule.formula1 for rule in book["Groepen"].data_validations.dataValidation}
    assert '"alfa,A1,A2,B1+"' in lists and '"ja,nee"' in lists
    assert book["Groepen"]["A2"].value == "(voorbeeld) A2 ochtend"


def test_all_faults_at_once_with_their_place() -> None:
    _, found = read({"Groepen!D2": "tien", "Groepen!G3": "B2", "Groepen!I4": "Zwole", "Groepen!J4": None, "Groepen!L5": None, "Locaties!G2": "half tien", "Locaties!V3": "acht"})  # fmt: skip
    assert [(one.rule.code, one.location.line, one.location.pointer) for one in found if one.rule.severity is Severity.ERROR] == [
        ("V607", 2, "/Groepen/D2"),
        ("V608", 3, "/Groepen/G3"),
        ("V611", 4, "/Groepen/4"),
        ("V606", 5, "/Groepen/L5"),
        ("V607", 2, "/Locaties/G2"),
        ("V607", 3, "/Locaties/V3"),
    ]  # fmt: skip
    text = " ".join(f"{one.message} {one.hint}" for one in found)
    assert "Tabblad Groepen, rij 2, kolom D (Deelnemers)" in text and "Bedoelde je Zwolle" in text


@pytest.mark.parametrize(
    "head",
    ["Naam deelnemer", "Namen cursisten", "Geboortedatum", "Leeftijd", "BSN", "E-mail", "Telefoon", "Mobiel nummer", "Adres",
     "Nationaliteit", "Land van herkomst", "Geloof", "Religie", "Trauma", "Gezondheid", "Diagnose", "Geslacht", "V-nummer",
     "Contactpersoon"],
)  # fmt: skip
def test_a_column_about_people_is_refused(head: str) -> None:
    made, found = read({"Groepen!AC1": head})
    assert made is None and codes(found) == {"V605"}


@pytest.mark.parametrize(
    ("where", "value"),
    [("Groepen!A2", "groep van iemand@school.nl"), ("Groepen!AA2", "moslims gaan niet mee"), ("Groepen!AA3", "geb. 12-03-1990"),
     ("Groepen!A3", "06-12345678"), ("Groepen!A4", "123456782"), ("Gesloten dagen!G2", "bel 0612345678"),
     ("Instellingen!B26", "jan@school.nl")],
)  # fmt: skip
def test_a_cell_about_people_is_refused(where: str, value: str) -> None:
    _, found = read({where: value})
    assert "V605" in codes(found)


def test_a_number_that_is_no_bsn_is_not_refused() -> None:
    _, found = read({"Groepen!A4": "123456789"})
    assert "V605" not in codes(found)


def test_a_telephone_of_a_place_is_allowed() -> None:
    made, found = read({"Locaties!D2": "033-1234567"})
    assert codes(found) == set() and made is not None and made.locaties[0].telefoon == "033-1234567"


def test_unknown_missing_and_double_columns() -> None:
    _, found = read({"Groepen!AC1": "Deelnmers"})
    assert [one.hint for one in found if one.rule.code == "V604"] == ["Bedoelde je Deelnemers? Haal hem weg of geef hem een naam uit het tabblad Uitleg."]  # fmt: skip
    assert codes(read({"Groepen!D1": "Aantal"})[1]) == {"V603"}
    assert codes(read({"Groepen!AC1": "Deelnemers"})[1]) == {"V609"}
    assert codes(read({"Locaties!": None})[1]) >= {"V602"}
    assert codes(read({"Instellingen!": None})[1]) == {"V602"}


def test_two_groups_of_the_same_name() -> None:
    _, found = read({"Groepen!A3": "a OCHTEND"})
    assert codes(found) == {"V609"}


def test_names_must_point_at_something() -> None:
    _, found = read({"Begeleiders!A2": "Musuem A"})
    wrong = [one for one in found if one.rule.severity is Severity.ERROR]
    assert codes(found) == {"V610"} and "Bedoelde je Museum A?" in wrong[0].hint
    assert codes(read({"Gesloten dagen!B2": "west"})[1]) == {"V610"}
    assert codes(read({"Gesloten dagen!B2": None})[1]) == {"V606"}
    assert codes(read({"Instellingen!A5": "Omwegfacter"})[1]) == {"V610"}
    assert codes(read({"Groepen!Z2": "Museum Z"})[1]) == {"V610"}


def test_what_cannot_be_true_together() -> None:
    cells = {
        "Groepen!O2": date(2026, 12, 1),
        "Groepen!P2": date(2026, 11, 1),
        "Locaties!I2": 0,
        "Locaties!K2": 90,
        "Groepen!D4": 0,
    }
    _, found = read(cells)
    assert codes(found) == {"V614"} and len([one for one in found if one.rule.code == "V614"]) == 4
    assert codes(read({"Instellingen!B4": date(2026, 1, 1)})[1]) == {"V614"}
    assert codes(read({"Instellingen!B4": date(2090, 1, 1)})[1]) == {"V614"}


def test_capacity_and_budget_of_zero_are_numbers() -> None:
    made, found = read({"Locaties!L2": 0, "Instellingen!B16": 0})
    assert made is not None and codes(found) == set()
    assert made.locaties[0].groepen_per_dagdeel == 0
    assert made.instellingen.budget_totaal == 0


def test_a_formula_counts_by_its_outcome_and_without_one_not() -> None:
    _, found = read({"Groepen!D2": "=7*2"})
    assert codes(found) == {"V612"}  # openpyxl saves no outcome, as a program that does not count
    content = changed({"Groepen!D2": "=7*2"})
    book = BytesIO()

    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(book, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(
                name,
                part.replace(b"<f>7*2</f><v></v>", b"<f>7*2</f><v>14</v>").replace(
                    b"<f>7*2</f><v/>", b"<f>7*2</f><v>14</v>"
                ),
            )
    made, found = read_request("groepen.xlsx", book.getvalue())
    assert codes(found) == set() and made is not None and made.groepen[0].deelnemers == 14


@pytest.mark.parametrize("content", [b"", b"geen rekenblad", b"PK\x03\x04kapot"])
def test_what_is_no_workbook(content: bytes) -> None:
    made, found = read_request("groepen.xlsx", content)
    assert made is None and [one.rule.code for one in found] == ["V601"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("datum", "2026-10-05", date(2026, 10, 5)), ("datum", "5-10-2026", date(2026, 10, 5)), ("datum", "5/10/2026", date(2026, 10, 5)),
        ("datum", "5 oktober 2026", date(2026, 10, 5)), ("datum", "maandag 5 okt 2026", date(2026, 10, 5)), ("datum", "46300", date(2026, 10, 5)),
        ("datum", "1 mrt 2027", date(2027, 3, 1)), ("datum", "29-2-2028", date(2028, 2, 29)),
        ("geld", "8,50", 850), ("geld", "€ 1.250,00", 125000), ("geld", "1250", 125000), ("geld", "8.5", 850), ("geld", "12,-", 1200), ("geld", "0", 0),
        ("geld", "1.250", 125000), ("geld", "8.549999999999999", 855), ("kommagetal", "1,3", 1.3), ("kommagetal", "1.3", 1.3),
        ("tijd", "09:30", 570), ("tijd", "9.30", 570), ("tijd", "13:30:00", 810), ("tijd", "10.00 uur", 600),
        ("dagen", "ma, wo", (0, 2)), ("dagen", "ma-vr", (0, 1, 2, 3, 4)), ("dagen", "vr-ma", (0, 4, 5, 6)), ("dagen", "Maandag en donderdag", (0, 3)),
        ("data", "2026-11-02, 9-11-2026 t/m 10-11-2026", (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 10))),
        ("ja", "x", True), ("ja", "Nee", False), ("punt", "52,0907; 5,1214", (52.0907, 5.1214)), ("punt", "52.0907, 5.1214", (52.0907, 5.1214)),
        ("maanden", "4, 5", (4, 5)),
    ],
)  # fmt: skip
def test_values_as_people_write_them(kind: str, text: str, value: object) -> None:
    assert parse(kind, text) == value
    assert parse(kind, str(show(kind, value))) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [("datum", "31-2-2026"), ("datum", "morgen"), ("datum", "5-10-26"), ("geld", "gratis"), ("geld", "8,505"), ("geld", "-5"), ("tijd", "25:00"),
     ("tijd", "0.395833"), ("dagen", "soms"), ("getal", "12,5"), ("getal", "-3"), ("punt", "0, 0"), ("punt", "52"), ("ja", "misschien"), ("maanden", "13"),
     ("data", "10-11-2026 t/m 2-11-2026")],
)  # fmt: skip
def test_what_cannot_be_read_gets_a_sentence(kind: str, text: str) -> None:
    with pytest.raises(CellFault) as fault:
        parse(kind, text)
    assert str(fault.value).endswith(".") and fault.value.hint.endswith(".")


def test_a_sheet_of_5000_rows_is_read_whole() -> None:
    request = large(5000, 3, 60)
    content = sheets.write(request_sheets(request), PROPERTIES)
    made, found = read_request("groot.xlsx", content)
    assert made is not None and codes(found) == set()
    assert pilot.unnumbered(made) == request


def test_examples_and_empty_rows_do_not_count() -> None:
    made, _ = read({"Groepen!A2": "(voorbeeld) groep", "Groepen!D2": "geen getal"})
    assert made is not None and len(made.groepen) == len(pilot.request().groepen) - 1


def test_two_places_of_one_name_are_asked_for() -> None:
    _, found = read({"Groepen!I2": "Hengelo", "Groepen!J2": None})
    (fault,) = [one for one in found if one.rule.code == "V611"]
    assert "Hengelo (Gelderland) of Hengelo (Overijssel)" in fault.hint
    made, _ = read({"Groepen!I2": "Hengelo (Overijssel)", "Groepen!J2": None})
    assert made is not None and made.groepen[0].punt == (52.2658, 6.7931)


@pytest.mark.parametrize("postcode", ["8011", 8011, "8011 AB", "8011ab"])
def test_a_postcode_area_has_a_middle(postcode: object) -> None:
    made, found = read({"Groepen!I2": postcode, "Groepen!J2": None})
    assert codes(found) == set() and made is not None
    assert made.groepen[0].punt == (52.5116, 6.0921)
    terrain = Terrain(made, pilot.TODAY)
    trips = [pair.reis for pair in terrain.pairs[0] if pair.reis is not None]
    assert trips and all(trip.schatting for trip in trips)  # it is called an estimate


def test_a_measured_journey_goes_before_the_middle_of_a_postcode_area() -> None:
    cells = {"Groepen!I2": "8011", "Groepen!J2": None, "Reistijden!A2": "8011", "Reistijden!C2": 33}
    made, found = read(cells)
    assert made is not None and codes(found) == set()
    place = next(n for n, one in enumerate(made.locaties) if one.naam == made.reistijden[0].naar)
    trip = Terrain(made, pilot.TODAY).pairs[0][place].reis
    assert trip is not None and trip.minuten == 33 and not trip.schatting


@pytest.mark.parametrize(
    ("postcode", "said"),
    [("1000", "het postcodegebied 1000 kennen we niet"), ("80", "van postcode 80 zijn vier cijfers nodig"), ("801", "vier cijfers")],
)  # fmt: skip
def test_a_postcode_that_is_none_says_what_to_do(postcode: str, said: str) -> None:
    _, found = read({"Groepen!I2": postcode, "Groepen!J2": None})
    (fault,) = [one for one in found if one.rule.code == "V611"]
    assert said in fault.message and "coördinaten" in fault.hint and "Reistijden" in fault.hint


def test_the_middles_of_postcodes_lie_where_their_towns_do() -> None:
    """Two tables that were made apart: of the areas around a station in twelve towns, none is far from its centre."""
    towns = {"1012": "Amsterdam", "2511": "Den Haag", "3011": "Rotterdam", "3511": "Utrecht", "5211": "'s-Hertogenbosch",
             "5611": "Eindhoven", "6211": "Maastricht", "6511": "Nijmegen", "7411": "Deventer", "8011": "Zwolle",
             "8911": "Leeuwarden", "9711": "Groningen"}  # fmt: skip
    for code, town in towns.items():
        one, other = find_place(code), find_place(town)
        assert len(one) == len(other) == 2
        assert isinstance(one[0], float) and isinstance(other[0], float)
        assert distance(one, other) < 4, (code, town)  # type: ignore[arg-type]
    rows = (
        resources.files("builder.visits")
        .joinpath("data/postcodes.tsv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    points = [tuple(map(float, row.split("\t")[1:])) for row in rows if row[0].isdigit()]
    assert len(points) == 3946
    assert all(50.7 < north < 53.6 and 3.3 < east < 7.3 for north, east in points)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "Groepen",
                    "Locaties",
                    "Begeleiders",
                    "Gesloten dagen",
                    "Instellingen",
                    "Bezoeken",
                    "Reistijden",
                ]
            ),
            st.integers(1, 12),
            st.integers(1, 40),
            st.one_of(
                st.text(max_size=12),
                st.integers(-5, 99999),
                st.floats(-1, 1e6),
                st.dates(),
                st.booleans(),
                st.sampled_from(["", "-", "ja", "31-2-2026", "1e9", "ma-zz"]),
            ),
        ),
        max_size=8,
    )
)
def test_no_cell_can_break_the_reader(cells: list[tuple[str, int, int, Any]]) -> None:
    """Whatever stands in a cell: a finding or a value, never an exception; and what is read can be planned on."""
    tabs = [(sheet.name, [list(row) for row in sheet.rows]) for sheet in BASE]
    named = dict(tabs)
    for tab, row, column, value in cells:
        grid = named[tab]
        while len(grid) < row:
            grid.append([])
        grid[row - 1].extend([""] * (column - len(grid[row - 1])))
        grid[row - 1][column - 1] = sheets._text(value)
    changed_sheets = tuple(sheets.ReadSheet(name, tuple(tuple(row) for row in rows)) for name, rows in tabs)
    with (
        mock.patch.object(sheets, "read", lambda _: changed_sheets),
        mock.patch.object(sheets, "unsaved_formulas", lambda _: frozenset()),
    ):
        made, found = read_request("x.xlsx", b"")
    assert (made is None) == bool(codes(found))
    if made is not None:
        Terrain(made, pilot.TODAY)


BASE = sheets.read(pilot.content())


def test_a_weight_in_the_sheet_is_the_weight_of_the_plan() -> None:
    book = openpyxl.load_workbook(BytesIO(pilot.content()))
    row = next(row for row in book["Instellingen"].iter_rows() if row[0].value == "Gewicht: liever niet")
    row[1].value = 7
    buffer = BytesIO()
    book.save(buffer)
    made, _ = read_request("groepen.xlsx", buffer.getvalue())
    assert made is not None and made.instellingen.gewichten.liever_niet == 7


def test_the_places_of_the_bank_stand_in_the_template_and_what_is_unknown_is_asked() -> None:
    bank, _ = load(Project(ROOT))
    known = tuple(bank.locaties.values())
    assert len(known) >= 5
    content = sheets.write(template(known), PROPERTIES)
    (sheet,) = (found for found in sheets.read(content) if found.name == "Locaties")
    names = [row[0] for row in sheet.rows[2:] if row]
    assert names[: len(known)] == [locatie.naam for locatie in known]
    _, found = read_request("groepen.xlsx", content)
    about_places = [finding.message for finding in found if "Tabblad Locaties" in finding.message]
    assert about_places  # nothing is guessed: an empty cell that is needed is asked for
    assert [text for text in about_places if "deze cel is leeg" not in text] == []


# ---- what was silent, or said badly


def told_of(cells: Mapping[str, Any]) -> list[str]:
    return [one.message for one in read(cells)[1] if "Museum D" not in one.message]


def test_what_reaches_no_group_is_told() -> None:
    assert told_of({}) == []
    assert told_of({"Reistijden!A2": "Hilversun"}) == [
        "Tabblad Reistijden, rij 2: geen groep heeft Hilversun bij Plaats. Deze rij telt niet mee."
    ]
    regions = {f"Groepen!S{row}": "midden" for row in (2, 3, 4)}
    assert told_of(regions) == [
        "Tabblad Gesloten dagen, rij 2: geen groep heeft vakantieregio noord. Deze rij telt niet mee."
    ]
    assert told_of({"Groepen!S2": None}) == [
        "Tabblad Groepen, rij 2: A ochtend heeft geen vakantieregio. De schoolvakanties tellen voor deze groep niet."
    ]
    request, found = read({"Groepen!S2": None})
    assert request is not None and {one.rule.code for one in found} == {"V615", "V618"}


def test_faults_come_sheet_by_sheet() -> None:
    found = told_of({
        "Groepen!D9": "veel", "Groepen!E3": "geen", "Locaties!H2": "lang", "Begeleiders!B2": "een", "Instellingen!B5": "ver",
    })  # fmt: skip
    assert [one.split(",")[0] + "," + one.split(",")[1].split(":")[0] for one in found] == [
        "Tabblad Groepen, rij 3", "Tabblad Groepen, rij 9", "Tabblad Locaties, rij 2", "Tabblad Begeleiders, rij 2",
        "Tabblad Instellingen, rij 5",
    ]  # fmt: skip


def test_every_fault_of_a_list_in_one_cell_is_told() -> None:
    assert [one.partition("): ")[2] for one in told_of({"Groepen!T2": "rolstoel, lift, bed"})] == [
        "deel 2 van deze cel kennen we hier niet.", "deel 3 van deze cel kennen we hier niet.",
    ]  # fmt: skip
    assert [one.partition("): ")[2] for one in told_of({"Groepen!L2": "ma, donderdog, vrijdagg"})] == [
        "deel 2 van deze cel is geen dag.", "deel 3 van deze cel is geen dag.",
    ]  # fmt: skip
    assert [one.partition("): ")[2] for one in told_of({"Groepen!Q2": "2026-11-02, morgen, 31-2-2026"})] == [
        "deel 2 van deze cel is geen datum.", "deel 3 van deze cel is een datum die niet bestaat.",
    ]  # fmt: skip


def test_words_and_numbers_as_people_write_them() -> None:
    for text in ("ma t/m vr", "ma tot en met vr", "maandag t/m vrijdag", "ma - vr", "ma–vr"):
        assert parse("dagen", text) == (0, 1, 2, 3, 4), text
    assert parse("dagen", "ma, wo t/m vr") == (0, 2, 3, 4) == parse("dagen", "ma en wo-vr")
    assert parse("talen", "Tigrinya/Arabisch en Engels") == ("tigrinya", "arabisch", "engels")
    with pytest.raises(CellFault, match="dit getal is te groot"):
        parse("getal", "1000000000")


def test_a_period_that_is_over_is_told_with_a_day_only() -> None:
    content = pilot.content()
    assert read_request("groepen.xlsx", content, today=date(2026, 11, 27))[0] is not None
    request, found = read_request("groepen.xlsx", content, today=date(2026, 11, 28))
    assert request is None and codes(found) == {"V614"}
    assert read_request("groepen.xlsx", content)[0] is not None
