"""No name, no belief and no health of a person goes along: not into a proposal, not into a message, not into a form."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment

from builder.cli import main
from builder.diagnostics import Diagnostic, Severity
from builder.visits import personal
from builder.visits.evaluation import read_evaluation
from builder.visits.nouns import Aanvraag
from builder.visits.read_request import read_request
from builder.visits.workbook import as_read
from tests.visits import pilot

WHO = "Fatima El Amrani"
SECRET = "zwanger"


def edited(cells: Mapping[str, Any], sheets: Mapping[str, list[list[Any]]] | None = None) -> bytes:
    book = openpyxl.load_workbook(BytesIO(pilot.content()))
    for where, value in cells.items():
        tab, _, cell = where.rpartition("!")
        book[tab][cell] = value
    for name, rows in (sheets or {}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(cells: Mapping[str, Any], sheets: Mapping[str, list[list[Any]]] | None = None) -> tuple[Aanvraag | None, tuple[Diagnostic, ...]]:  # fmt: skip
    return read_request("groepen.xlsx", edited(cells, sheets))


def errors(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [one for one in found if one.rule.severity is Severity.ERROR]


def everything(content: bytes) -> str:
    """All text in a file; of a file that is a zip the text of all its parts."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.parametrize("head", ["Cursist", "Cursisten", "Deelnemer", "Docent", "Namen", "Contact", "Opmerking", "Opmerkingen", "Bijzonderheden", "Student"])  # fmt: skip
@pytest.mark.parametrize("text", ["", WHO])
def test_a_head_that_announces_people_is_refused_and_not_mistaken_for_another(head: str, text: str) -> None:
    made, found = read({"Groepen!AC1": head, "Groepen!AC2": text or None})
    assert made is None
    (fault,) = errors(found)
    assert fault.rule.code == "V605" and fault.message.startswith("Tabblad Groepen, rij 1, kolom AC: ")
    assert "Bedoelde je" not in fault.hint and "Haal de hele kolom weg" in fault.hint


@pytest.mark.parametrize("head", ["Aantal cursisten", "Deelnmers", "Prijs per docent"])
def test_a_column_with_counts_only_is_a_warning(head: str) -> None:
    made, found = read({"Groepen!AC1": head, "Groepen!AC2": 12, "Groepen!AC3": "8,50"})
    assert made is not None and errors(found) == []
    assert [one.rule.code for one in found if "kolom AC" in one.message] == ["V604"]


@pytest.mark.parametrize("head", ["Extra", "Groepslid", "Taalnivau", None])
def test_words_in_a_column_that_we_do_not_know_are_refused(head: str | None) -> None:
    made, found = read({"Groepen!AC1": head, "Groepen!AC5": WHO})
    assert made is None
    (fault,) = errors(found)
    assert fault.rule.code == "V605" and "kolom AC" in fault.message and WHO not in fault.message
    assert ("Bedoelde je Taalniveau?" in fault.hint) == (head == "Taalnivau")


def test_a_sheet_that_is_not_ours_is_refused_unless_it_is_empty() -> None:
    made, found = read({}, {WHO: [["Naam", "BSN"], [WHO, "123456782"]]})
    assert made is None
    (fault,) = errors(found)
    count = len(openpyxl.load_workbook(BytesIO(pilot.content())).sheetnames)
    assert fault.rule.code == "V605" and fault.message.startswith(f"Tabblad {count + 1}: ")
    made, found = read({}, {"Blad1": []})
    assert made is not None and errors(found) == []


@pytest.mark.parametrize(
    "where",
    ["Groepen!A2", "Groepen!D2", "Groepen!E2", "Groepen!G2", "Groepen!I2", "Groepen!L2", "Groepen!M2", "Groepen!O2", "Groepen!Q2",
     "Groepen!U2", "Groepen!W2", "Groepen!Y2", "Groepen!Z2", "Groepen!AD2", "Locaties!I2", "Locaties!V2", "Locaties!AA2",
     "Begeleiders!A2", "Begeleiders!B2", "Gesloten dagen!B2", "Gesloten dagen!E2", "Reistijden!B2", "Instellingen!A3",
     "Instellingen!B3", "Instellingen!B5", "Instellingen!D5", "Bezoeken!A2"],
)  # fmt: skip
def test_no_message_repeats_what_stands_in_a_cell(where: str) -> None:
    """Whatever is wrong with the cell, and also when it is the name of a second group: the place is told, not the text."""
    cells = {where: f"mevrouw {WHO}"}
    if where == "Groepen!A2":
        cells["Groepen!A3"] = f"mevrouw {WHO}"
    made, found = read(cells)
    assert made is None and errors(found)
    told = " ".join(f"{one.message} {one.hint}" for one in found)
    assert "Fatima" not in told and "Amrani" not in told
    assert any(where.partition("!")[0] in one.message for one in errors(found))


def test_a_head_that_is_a_name_is_not_repeated_and_does_not_go_along() -> None:
    made, found = read({"Groepen!AD1": WHO})
    assert made is not None and [one.rule.code for one in found if "kolom AD" in one.message] == ["V604"]
    assert WHO not in " ".join(f"{one.message} {one.hint}" for one in found)
    assert WHO not in everything(as_read(made))


@pytest.mark.parametrize("text", ["123456782", "0612345678", "12-03-1990"])
def test_a_number_of_a_person_in_a_count_is_not_repeated(text: str) -> None:
    made, found = read({"Groepen!D2": text})
    assert made is None
    assert text not in " ".join(f"{one.message} {one.hint}" for one in found)


@pytest.mark.parametrize(
    "text",
    ["komt uit Eritrea", "is zwanger", "heeft ptss", "draagt een hoofddoek", "zij is ziek", "dhr. Jansen leest thuis", "katholieke groep",
     "mw Jansen"],
)  # fmt: skip
def test_words_about_people_are_refused_in_free_text_and_not_repeated(text: str) -> None:
    _, found = read({"Groepen!AA2": text})
    (fault,) = errors(found)
    assert fault.rule.code == "V605" and "rij 2, kolom AA (Wie niet meegaat)" in fault.message
    assert not set(text.split()) - {"is", "een", "uit"} & set(fault.message.split())


@pytest.mark.parametrize("text", ["een wandeling langs monumenten in de buurt", "lezen in de bibliotheek", "zijn er kinderen mee? dan kan het ook"])  # fmt: skip
def test_words_about_a_group_are_not(text: str) -> None:
    assert personal.in_cell(text, True) == ""


def test_the_name_of_a_place_may_tell_of_a_belief() -> None:
    """A visit to Joods Museum says nothing of who goes there."""
    cells = {"Locaties!A2": "Joods Museum", "Begeleiders!A2": "Joods Museum", "Begeleiders!A3": "Joods Museum",
             "Gesloten dagen!B4": "Joods Museum", "Reistijden!B2": "Joods Museum", "Groepen!Z10": "Joods Museum",
             "Groepen!Z11": "Joods Museum"}  # fmt: skip
    made, found = read(cells)
    assert made is not None and errors(found) == []


def marked() -> bytes:
    """A workbook that is in order, and full of what nobody reads: a comment, its maker, numbers, words on our own sheets."""
    book = openpyxl.load_workbook(BytesIO(edited({"Groepen!AC1": "Lengte", "Groepen!AC2": 987654})))
    book["Groepen"]["A2"].comment = Comment(f"{WHO} is {SECRET}", WHO)
    book["Uitleg"]["H40"] = f"{WHO} is {SECRET}"
    book["Plan" if "Plan" in book else book.create_sheet("Plan").title]["A1"] = WHO
    book.properties.creator = book.properties.title = book.properties.description = WHO
    book["Groepen"].oddFooter.left.text = WHO
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_kept_input_holds_what_was_read_and_nothing_else() -> None:
    made, found = read_request("groepen.xlsx", marked())
    assert made is not None and errors(found) == []
    kept = as_read(made)
    for text in (WHO, "Amrani", SECRET, "987654"):
        assert text in everything(marked()) or text == "987654"
        assert text not in everything(kept)
    again, more = read_request("groepen.xlsx", kept)
    assert again == made  # with the numbers of its rows
    assert as_read(again) == kept
    assert [one.message for one in more] == [one.message for one in found if one.rule.code != "V604"]


def test_rows_stay_at_their_number_and_a_found_point_is_not_written() -> None:
    cells = {"Groepen!A2": "(voorbeeld) groep", "Groepen!J3": None, "Groepen!J4": "52.1; 5.2"}
    made, _ = read(cells)
    assert made is not None
    sheet = openpyxl.load_workbook(BytesIO(as_read(made)))["Groepen"]
    assert sheet["A2"].value is None and sheet["A3"].value == "A avond"
    assert sheet["J3"].value is None and sheet["J4"].value == "52.10000; 5.20000"


def test_nothing_of_it_is_in_any_file_that_the_command_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("groepen.xlsx").write_bytes(marked())
    run = CliRunner().invoke
    words = ["visits", "plan", "groepen.xlsx", "--out", "uit", "--today", "2026-08-03", "--quick"]
    assert run(main, words).exit_code == 1
    book = openpyxl.load_workbook("uit/voorstel-001/plan.xlsx")
    book["Groepen"]["A2"].comment = Comment(WHO, WHO)
    book["Plan"]["Z1"] = WHO
    book.save("uit/voorstel-001/plan.xlsx")
    told = run(main, ["visits", "replan", "uit/voorstel-001", "--cancel", "C extra", "--today", "2026-08-03", "--quick"])  # fmt: skip
    assert told.exit_code == 1 and WHO not in told.stdout + told.stderr
    files = [path for path in Path("uit").rglob("*") if path.is_file() and path != Path("uit/voorstel-001/plan.xlsx")]  # fmt: skip
    assert len(files) > 20
    for path in files:
        assert not [text for text in ("Amrani", SECRET, "987654") if text in everything(path.read_bytes())], (
            path
        )


def test_the_command_refuses_a_list_of_people_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    people = {"Groepen!AC1": "Cursisten", "Groepen!AC2": f"{WHO}, Ahmed Yusuf", "Groepen!AD1": "Docent", "Groepen!AE1": "Opmerking",
              "Groepen!AE2": "komt uit Eritrea, is zwanger", "Groepen!AF1": "Deelnemer"}  # fmt: skip
    Path("p.xlsx").write_bytes(edited(people, {"Deelnemerslijst": [["wie", "nummer"], [WHO, 123456782]]}))
    told = CliRunner().invoke(main, ["visits", "plan", "p.xlsx", "--out", "uit", "--today", "2026-08-03"])
    assert told.exit_code == 2 and not Path("uit").exists()
    for column in ("AC", "AD", "AE", "AF"):
        assert f"Tabblad Groepen, rij 1, kolom {column}: deze kolom lijkt te gaan over" in told.stderr
    assert "dit tabblad kennen we niet" in told.stderr
    for text in (WHO, "Amrani", "Ahmed", "Eritrea", "zwanger", "123456782"):
        assert text not in told.stdout + told.stderr


@pytest.mark.parametrize("cells", [{"Verslag!R1": "Cursisten", "Verslag!R2": WHO}, {"Verslag!P2": f"{WHO} is {SECRET}"}, {"Kennis!A2": f"mevrouw {WHO}", "Kennis!C2": "5.1.1"}])  # fmt: skip
def test_the_report_refuses_people_too(cells: Mapping[str, str]) -> None:
    from dataclasses import replace

    from builder.visits.forms import forms
    from builder.visits.nouns import Bezoek

    request = replace(pilot.request(), bezoeken=(Bezoek("B1", "Museum A", date(2026, 10, 6), "middag"),))
    book = openpyxl.load_workbook(BytesIO(forms(request, date(2026, 12, 1))[0].content))
    for where, value in cells.items():
        tab, _, cell = where.rpartition("!")
        book[tab][cell] = value
    buffer = BytesIO()
    book.save(buffer)
    made, found = read_evaluation("verslag.xlsx", buffer.getvalue())
    assert made is None and "V605" in {one.rule.code for one in found}
    assert "Amrani" not in " ".join(one.message for one in found)


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("Telefoon docent", "contactgegevens van mensen"),
        ("Tel. contact", "contactgegevens van mensen"),
        ("Telefoon", "contactgegevens van mensen"),
        ("E-mail docent", "contactgegevens van mensen"),
        ("Docent", "namen van mensen"),
        ("Naam docent", "namen van mensen"),
        ("Docent naam en telefoon", "namen van mensen"),
    ],
)
def test_a_column_is_called_what_it_is(head: str, what: str) -> None:
    (found,) = errors(read({"Groepen!AD1": head})[1])
    assert found.rule.code == "V605" and what in found.message
    assert personal.in_head("Telefoon", place=True) == ""
