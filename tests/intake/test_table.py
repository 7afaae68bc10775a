"""Workbooks and CSV: every usual way of saving, every verdict with its cell, and what goes back can be read again."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from builder import sheets
from builder.intake import giving_back
from builder.intake.columns import HEADINGS
from builder.intake.draft import Wishes
from builder.intake.plan import Verdict
from builder.model.itembank import Itembank
from builder.office import Properties
from builder.project import Project
from tests.intake.conftest import DAY, GOOD, HEAD, codes, messages, png, verdicts

ABOUT = Properties("proef", "proef", DAY)


def workbook(*rows: tuple[Any, ...], title: str = "Vragen", above: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for _ in range(above):
        sheet.append(["Vragen van de werkgroep"])
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEADS = tuple(HEAD.split(";"))
ROW = tuple(GOOD.split(";"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_as_programs_save_it(voorbeeld: Project, encoding: str, sign: str, end: str) -> None:
    text = end.join([HEAD, GOOD.replace("De huurder", '"De huurder: één keer per jaar"')]).replace(";", sign)
    delivery, entries = verdicts(voorbeeld, "vragen.csv", text.encode(encoding))
    assert not delivery.refused
    assert [entry.verdict for entry in entries] == [Verdict.READY]
    assert entries[0].item()[0]["opties"][0]["tekst"] == "De huurder: één keer per jaar"


def test_a_cell_with_lines_keeps_them_and_the_line_of_the_next_row_is_right(voorbeeld: Project) -> None:
    first = GOOD.replace(";;Wie", ';"Eerst.\nDan.";Wie', 1)
    text = "\n".join([HEAD, first, "2;3.1.2;;;a;;b;;;;A", ""])
    _, entries = verdicts(voorbeeld, "vragen.csv", text.encode())
    assert entries[0].question.context == "Eerst.\nDan."
    assert [found.spot.said for found in entries[1].findings if found.rule.code == "I502"] == [
        "Regel 4, kolom D"
    ]


def test_a_workbook_with_lines_above_and_the_sheet_named_otherwise(voorbeeld: Project) -> None:
    _, entries = verdicts(voorbeeld, "v.xlsx", workbook(HEADS, ROW, title="Blad1", above=3))
    assert [entry.verdict for entry in entries] == [Verdict.READY]
    assert entries[0].question.spot.said == "Rij 5"


@pytest.mark.parametrize(
    ("change", "code", "cell", "said"),
    [
        ({3: ""}, "I502", "D", "geen vraag"),
        ({10: ""}, "I503", "K", "geen goed antwoord gekozen"),
        ({10: "A en C"}, "I503", "K", "2 goede antwoorden: A, C"),
        ({10: "E"}, "I503", "K", "geen letter"),
        ({10: "D"}, "I504", "K", "leeg"),
        ({6: ""}, "I504", "G", "leeg"),
        ({6: "", 8: ""}, "I504", "K", "maar 1 antwoord"),
        ({8: "", 9: "uitleg"}, "I504", "I", "maar geen antwoord"),
        ({1: "3.1.22"}, "I505", "B", "bestaat niet"),
        ({1: ""}, "I505", "B", "niet bij welke eindterm"),
        ({1: "3.1.2 en 4.1.1"}, "I505", "B", "2 eindtermen"),
        ({4: "x" * 2001}, "I509", "E", "2001 tekens"),
        ({4: "De buurman"}, "C303", "G", "gelijk aan antwoord 1"),
    ],
)
def test_each_mistake_has_its_cell(
    voorbeeld: Project, change: dict[int, str], code: str, cell: str, said: str
) -> None:
    row = [change.get(place, text) for place, text in enumerate(ROW)]
    _, entries = verdicts(
        voorbeeld, "v.xlsx", workbook(HEADS, tuple(row), (*ROW[:3], "Wie is dat?", *ROW[4:]))
    )
    wrong, right = entries
    assert wrong.verdict is Verdict.BAD
    assert right.verdict is Verdict.READY
    found = next(found for found in wrong.findings if found.rule.code == code)
    assert found.spot.said == f"Rij 2, kolom {cell}"
    assert said in found.message


def test_numbers_dates_and_truth_are_read_as_text(voorbeeld: Project) -> None:
    row = list(ROW)
    row[0], row[4], row[6], row[8] = 7, 1945, 1940.0, 12.5  # type: ignore[call-overload]
    _, entries = verdicts(voorbeeld, "v.xlsx", workbook(HEADS, tuple(row)))
    data, _ = entries[0].item()
    assert [optie["tekst"] for optie in data["opties"]] == ["1945", "1940", "12.5"]
    assert data["ingelezen_uit"] == "werkblad 7"


def test_a_text_that_looks_like_a_formula_is_text(voorbeeld: Project) -> None:
    sheet = sheets.Sheet(
        "Vragen",
        tuple(sheets.Column(head, 10) for head in HEADS),
        (("1", "3.1.2", "", "Wat?", "=1+1", "", "@a", "", "+b", "", "A"),),
    )
    _, entries = verdicts(voorbeeld, "v.xlsx", sheets.write([sheet], ABOUT))
    assert "I508" not in codes(entries[0])
    assert [choice.text for choice in entries[0].question.choices] == ["=1+1", "@a", "+b"]


def test_pictures_beside_the_file(voorbeeld: Project) -> None:
    heads = (
        *HEADS,
        "Plaatje",
        "Beschrijving van het plaatje",
        "Maker van het plaatje",
        "Licentie van het plaatje",
    )
    good = (*ROW, "meter.jpg", "Een meter in een kast.", "redactie", "CC BY 4.0")
    beside = {"meter.jpg": png(form="JPEG")}
    _, entries = verdicts(voorbeeld, "v.xlsx", workbook(heads, good), beside=beside)
    data, files = entries[0].item()
    assert list(files) == [f"{data['id']}.png"]
    assert data["afbeelding"]["alt"] == "Een meter in een kast."
    for place, value, said in ((11, "weg.png", "ligt niet in dezelfde map"), (11, "../x.png", "geen bestandsnaam"),
                               (14, "mag vast", "kennen we niet"), (13, "", "de maker niet")):  # fmt: skip
        row = [value if number == place else text for number, text in enumerate(good)]
        _, entries = verdicts(voorbeeld, "v.xlsx", workbook(heads, tuple(row)), beside=beside)
        assert entries[0].verdict is Verdict.BAD
        assert said in messages(entries[0])


def test_the_template_has_drop_downs_and_good_examples(voorbeeld: Project, voorbeeld_bank: Itembank) -> None:
    content = sheets.write(giving_back.template(voorbeeld_bank), ABOUT)
    assert content == sheets.write(giving_back.template(voorbeeld_bank), ABOUT)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Vragen", "Voorbeelden", "Eindtermen", "Bronnen", "Uitleg"]
    sheet = book["Vragen"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [heading.title for heading in HEADINGS if not heading.extra]
    rules = {str(rule.sqref).partition(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    letter = openpyxl.utils.get_column_letter
    assert rules[f"{letter(heads.index('Taalniveau') + 1)}2"].formula1 == '"A1,A2,B1"'
    last = len(voorbeeld_bank.eindterm_nummers()) + 1
    assert rules["B2"].formula1 == f"Eindtermen!$A$2:$A${last}"
    assert [book["Eindtermen"].cell(row, 1).value for row in (2, last)] == [
        voorbeeld_bank.eindterm_nummers()[0],
        voorbeeld_bank.eindterm_nummers()[-1],
    ]
    assert sheet["D2"].number_format == "@"
    assert rules["D2"].prompt == "Eén hele zin met een vraagteken."
    # an empty template holds no question; its examples, copied, are there already
    empty, _ = verdicts(voorbeeld, "v.xlsx", content)
    assert [one.rule.code for one in empty.remarks] == ["I408"]
    rows = [tuple(cell or "" for cell in row) for row in book["Voorbeelden"].iter_rows(values_only=True)]
    assert len(rows) > 1
    _, entries = verdicts(voorbeeld, "v.xlsx", workbook(*rows))
    assert {entry.verdict for entry in entries} == {Verdict.THERE}


def test_what_goes_back_can_be_mended_and_read_again(voorbeeld: Project, voorbeeld_bank: Itembank) -> None:
    heads = (*HEADS, "Taalniveau", "Plaatje", "Beschrijving van het plaatje")
    rows = (
        (*ROW[:10], "", "B2", "", ""),
        (*ROW[:1], "9.9.9", *ROW[2:], "A2", "meter.png", "Een meter."),
    )
    _, entries = verdicts(voorbeeld, "v.xlsx", workbook(heads, *rows), beside={"meter.png": png()})
    assert [entry.verdict for entry in entries] == [Verdict.BAD, Verdict.BAD]
    content = sheets.write(giving_back.given_back(entries, voorbeeld_bank, {(1, ""): "v-terug-2.png"}), ABOUT)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Vragen"]
    heads_back = [cell.value for cell in sheet[1]]

    def cell(row: int, title: str) -> Any:
        return sheet.cell(row, heads_back.index(title) + 1)

    assert (
        "Er is geen goed antwoord gekozen. Kies het ene antwoord dat goed is."
        in cell(2, "Goed antwoord").comment.text
    )
    assert cell(2, "Goed antwoord").fill.fgColor.rgb == "FFF9C9B6"
    assert cell(2, "Taalniveau").value == "B2"  # what was typed, not what we would have filled in
    assert "Kies A1, A2 of B1." in cell(2, "Taalniveau").comment.text
    assert 'Eindterm "9.9.9" bestaat niet.' in cell(3, "Eindterm").comment.text
    assert cell(3, "Plaatje").value == "v-terug-2.png"
    assert cell(2, "Vraag").comment is None
    assert str(cell(2, "Wat moet beter").value).startswith("Rij 2.\nEr is geen goed antwoord gekozen.")
    cell(2, "Goed antwoord").value, cell(2, "Taalniveau").value = "A", "A1"
    cell(3, "Eindterm").value, cell(3, "Vraag").value = "3.1.2", "Waar hangt de meter?"
    out = io.BytesIO()
    book.save(out)
    wishes = Wishes(picture_maker="redactie", picture_licentie="CC0 1.0")
    _, entries = verdicts(voorbeeld, "v-terug.xlsx", out.getvalue(), wishes, {"v-terug-2.png": png()})
    assert [entry.verdict for entry in entries] == [Verdict.READY, Verdict.READY], [
        messages(one) for one in entries
    ]
    assert entries[0].item()[0]["taalniveau"] == "A1"


def test_what_is_empty_or_unknown(voorbeeld: Project) -> None:
    assert [
        one.rule.code for one in verdicts(voorbeeld, "v.xlsx", workbook(("Naam", "Cijfer")))[0].remarks
    ] == ["I406"]
    doubled = workbook((*HEADS, "Stam"), (*ROW, "x"))
    told = verdicts(voorbeeld, "v.xlsx", doubled)[0].remarks
    assert "kolom D en kolom L betekenen allebei Vraag" in told[0].message.replace("Kolom D", "kolom D")
    many = "\n".join([HEAD, *[GOOD] * 2001])
    assert [one.rule.code for one in verdicts(voorbeeld, "v.csv", many.encode())[0].remarks] == ["I402"]


def test_what_was_typed_wrongly_goes_back_as_it_was_typed(voorbeeld: Project, voorbeeld_bank: Itembank) -> None:
    rows = ((*ROW[:10], "E"), (*ROW[:10], "A, E"), (*ROW[:10], "A en C"), (ROW[0], "9.9.9", *ROW[2:]))
    heads, wrong = (*HEADS, "Indicator"), [(*row, "9.9.9-b") for row in rows]
    _, entries = verdicts(voorbeeld, "v.xlsx", workbook(heads, *wrong))
    content = sheets.write(giving_back.given_back(entries, voorbeeld_bank, {}), ABOUT)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Vragen"]
    heads_back = [cell.value for cell in sheet[1]]
    right = heads_back.index("Goed antwoord") + 1
    assert [sheet.cell(row, right).value for row in (2, 3, 4, 5)] == ["E", "A, E", "A, C", "A"]
    assert sheet.cell(5, heads_back.index("Indicator") + 1).value == "9.9.9-b"
    # read again, the fault is still the same
    _, again = verdicts(voorbeeld, "v-terug.xlsx", content)
    assert '"E" is geen letter van een antwoord.' in messages(again[0])
    assert '"A, E" is geen letter van een antwoord.' in messages(again[1])
    assert "geen goed antwoord gekozen" not in messages(again[0])


@pytest.mark.parametrize(
    "typed", [date(2001, 3, 2), datetime(2001, 3, 2), "2001-03-02", "2-3-2001", "2/3/01", "01-02-03"]
)
def test_an_eindterm_that_became_a_date_says_so(voorbeeld: Project, typed: Any) -> None:
    _, entries = verdicts(voorbeeld, "v.xlsx", workbook(HEADS, (ROW[0], typed, *ROW[2:])))
    (entry,) = entries
    assert entry.verdict is Verdict.BAD and codes(entry).count("I505") == 1
    found = next(found for found in entry.findings if found.rule.code == "I505")
    assert found.spot.said == "Rij 2, kolom B"
    assert found.message.startswith("Excel maakte een datum van de eindterm: ")
    assert found.hint == "Bedoelde je 3.1.2 of 3.2.1? Geef de cel eerst de opmaak Tekst, en typ dan het nummer opnieuw."
