"""The spreadsheets: text stays text, ids stay ids, Kahoot's limits hold, LibreOffice opens them."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from datetime import date, datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from builder import sheets
from builder.export import EXPORTERS
from builder.export.xlsx import MAX_ANSWER, MAX_QUESTION, export
from builder.model.docent import teacher_view
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from builder.office import Properties, fit_text
from builder.sheets import Column, Sheet, SheetError, read, write
from tests.export.clients import squeezed, through_libreoffice

Motley = tuple[Itembank, Toets]
SECONDS = {5, 10, 20, 30, 60, 90, 120, 240}


def made(bank: Itembank, toets: Toets) -> dict[str, bytes]:
    artifacts, _ = export(bank, toets)
    return {artifact.path: artifact.content for artifact in artifacts}


def kahoot_rows(content: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert str(sheet["B8"].value).startswith("Question")
    assert str(sheet["H8"].value).startswith("Correct answer")
    return list(sheet.iter_rows(min_row=9, values_only=True))


def test_names_and_folders(motley: Motley) -> None:
    assert EXPORTERS["xlsx"] is export
    assert list(made(*motley)) == [
        "docent/bonte-toets-vragenlijst.xlsx",
        "docent/bonte-toets-kahoot.xlsx",
    ]


def test_the_list_holds_every_question_as_text(motley: Motley) -> None:
    bank, toets = motley
    content = made(bank, toets)["docent/bonte-toets-vragenlijst.xlsx"]
    sheet, about = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    view = teacher_view(bank, toets)
    assert len(rows) == len(view.vragen)
    for vraag, row in zip(view.vragen, rows, strict=True):
        assert row["Vraag"] == str(vraag.gezien.nummer)
        assert row["Nummer in de bank"] == vraag.item.id
        assert row["Versie"] == "1"
        assert row["Eindterm"] == vraag.item.eindterm
        assert row["Stam"] == fit_text(vraag.gezien.stam)
        assert row["Goed"] == vraag.goed
        assert [row[letter] or "" for letter in "ABCD"[: len(vraag.opties)]] == [
            fit_text(optie.in_woorden) for optie in vraag.opties
        ]
        for optie in vraag.opties:
            assert optie.toelichting in str(row["Uitleg"])
        assert row["Oordeel"] is None
    for page in (sheet, about):
        for line in page.iter_rows():
            for cell in line:
                assert cell.data_type in ("s", "n"), cell.coordinate
                assert cell.data_type == "s" or cell.value is None
    assert "nog niet door een mens beoordeeld" in str(about["A3"].value)
    assert "goed na kleine wijziging" in sheet.data_validations.dataValidation[0].formula1


def test_kahoot_rows_fit_and_the_number_is_right(motley: Motley) -> None:
    bank, toets = motley
    artifacts, found = export(bank, toets)
    rows = kahoot_rows(artifacts[1].content)
    left_out = {finding.message.split()[1] for finding in found}
    wanted = [vraag for vraag in teacher_view(bank, toets).vragen if vraag.item.id not in left_out]
    assert 0 < len(rows) == len(wanted) < len(toets.items)
    for row, vraag in zip(rows, wanted, strict=True):
        question, answers = str(row[1]), [answer for answer in row[2:6] if answer]
        assert len(question) <= MAX_QUESTION
        assert "\n" not in question
        assert 2 <= len(answers) <= 4
        assert all(len(answer) <= MAX_ANSWER for answer in answers)
        assert row[6] in SECONDS
        assert answers[row[7] - 1] == " ".join(
            fit_text(vraag.opties["ABCD".index(vraag.goed)].gezien.tekst).split()
        )
        assert question.endswith(" ".join(fit_text(vraag.gezien.stam).split()))


def test_what_does_not_fit_in_kahoot_is_named_with_its_place(motley: Motley) -> None:
    bank, toets = motley
    item = bank.items["wonen-103"]
    long = dataclasses.replace(
        item, opties=(dataclasses.replace(item.opties[0], tekst="x" * 76), *item.opties[1:])
    )
    _, found = export(dataclasses.replace(bank, items={**bank.items, "wonen-103": long}), toets)
    said = {finding.message.split()[1]: finding for finding in found}
    assert {finding.rule.code for finding in found} == {"X542"}
    assert "antwoord C heeft 76 tekens, 75 mag" in said["wonen-103"].message
    assert said["wonen-103"].location.pointer == "/opties/0/tekst"
    assert "de vraag heeft een plaatje" in said["wonen-102"].message
    assert "antwoord A is een plaatje" in said["gezondheid-103"].message
    assert said["gezondheid-103"].location.pointer == "/opties/2/afbeelding"
    assert "context en vraag hebben samen" in said["wonen-104"].message
    assert all(finding.location.line > 1 for finding in found)


@pytest.mark.parametrize("size", [120, 121])
def test_the_limit_itself_fits(motley: Motley, size: int) -> None:
    bank, toets = motley
    item = dataclasses.replace(bank.items["wonen-103"], stam="x" * (size - 1) + "?")
    bank = dataclasses.replace(bank, items={**bank.items, "wonen-103": item})
    artifacts, found = export(bank, dataclasses.replace(toets, items=toets.items[4:5], varianten=()))
    assert len(artifacts) == (2 if size == 120 else 1)
    assert len(found) == (0 if size == 120 else 1)


def test_an_exam_is_not_made_for_kahoot(motley: Motley) -> None:
    bank, toets = motley
    artifacts, found = export(bank, dataclasses.replace(toets, doel="examen"))
    assert [artifact.path for artifact in artifacts] == ["docent/bonte-toets-vragenlijst.xlsx"]
    assert [finding.rule.code for finding in found] == ["X542"]


@pytest.mark.slow
def test_libreoffice_opens_and_prints_them(motley: Motley, tmp_path: Path) -> None:
    bank, toets = motley
    files = {path.rpartition("/")[2]: content for path, content in made(bank, toets).items()}
    texts = through_libreoffice(files, tmp_path)
    listed = squeezed(texts["bonte-toets-vragenlijst.xlsx"])
    for vraag in teacher_view(bank, toets).vragen:
        assert vraag.item.id in listed
    assert "=goed->fout" in listed  # text, not the outcome of a formula
    assert "Err:" not in listed
    assert "#NAME" not in listed
    assert "nog niet door een mens beoordeeld" in texts["bonte-toets-kahoot.xlsx"]
    assert "Niets<&>" in squeezed(texts["bonte-toets-vragenlijst.xlsx"])


def test_same_toets_gives_same_bytes_on_another_day(motley: Motley, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(*motley)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Later:
            return cls(2031, 1, 2, 3, 4, 5, tzinfo=tz)

    clock = SimpleNamespace(datetime=Later, timezone=timezone)
    for module in ("openpyxl.packaging.core", "openpyxl.writer.excel"):
        monkeypatch.setattr(f"{module}.datetime", clock)
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert made(*motley) == first
    for content in first.values():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            core = archive.read("docProps/core.xml").decode()
            assert core.count("2026-11-25T00:00:00Z") == 2
            assert not [
                name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()
            ]


NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "007",
    "5.10",
    "2026-11-25",
    "a\nb",
    "<b>&amp;\"'",
    "\tx",
    "ሰላም مرحبا",
    "'",
]


def test_what_is_written_is_read_back() -> None:
    sheet = Sheet("Blad 1", (Column("Tekst", 20), Column("Getal", 5)), tuple((text, 7) for text in NASTY))
    content = write([sheet], Properties("Titel & <b>", "x", date(2026, 11, 25)))
    (got,) = read(content)
    assert got.name == "Blad 1"
    assert got.rows == (("Tekst", "Getal"), *((text, "7") for text in NASTY))


def test_reading_gives_text_of_every_kind_of_cell() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["tekst", 3, 3.0, 2.5, True, date(2026, 5, 12), datetime(2026, 5, 12, 13, 30), None])
    sheet.append([])
    sheet.append([None, "x"])
    sheet.append([])
    buffer = io.BytesIO()
    workbook.save(buffer)
    (got,) = read(buffer.getvalue())
    assert got.rows == (
        ("tekst", "3", "3", "2.5", "ja", "2026-05-12", "2026-05-12 13:30:00"),
        (),
        ("", "x"),
    )


@pytest.mark.parametrize("content", [b"", b"hallo", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_no_workbook_gives_a_sentence(content: bytes) -> None:
    with pytest.raises(SheetError, match="geen Excel-bestand"):
        read(content)


def test_a_workbook_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = write([Sheet("A", (Column("a", 5),), (("x",),))], Properties("t", "k", date(2026, 11, 25)))
    monkeypatch.setattr(sheets, "MAX_BYTES", 100)
    with pytest.raises(SheetError, match="te groot"):
        read(content)
