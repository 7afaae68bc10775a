"""`knm visits` from the outside: files, exit codes, sentences."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from builder.visits.read_request import read_request
from tests.visits import pilot


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["visits", *words])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(pilot.FILE, tmp_path / "groepen.xlsx")
    return tmp_path


def edit(path: Path, cells: dict[str, object]) -> None:
    book = openpyxl.load_workbook(path)
    for where, value in cells.items():
        tab, _, cell = where.rpartition("!")
        book[tab][cell] = value
    book.save(path)


def plan(*words: str) -> Result:
    return run("plan", "groepen.xlsx", "--out", "uit", "--today", "2026-08-03", *words)


def test_a_template_is_made_once(place: Path) -> None:
    assert run("template", "leeg.xlsx").exit_code == 0
    before = (place / "leeg.xlsx").read_bytes()
    again = run("template", "leeg.xlsx")
    assert again.exit_code == 2 and "bestaat al" in again.stderr
    assert (place / "leeg.xlsx").read_bytes() == before
    assert run("template", "leeg.csv").exit_code == 2


def test_a_plan_with_groups_left_out_ends_with_1(place: Path) -> None:
    made = plan()
    assert made.exit_code == 1, made.stderr
    assert "van 10 groepen hebben een bezoek" in made.stdout
    assert "B2: Er gaat 1 begeleider mee. Twee is het minste." in made.stdout
    assert "C laat: Er zijn te weinig plaatsen bij Museum A. Ook C extra heeft dit nodig." in made.stdout
    assert "een groep en een gids meer op wo bij Museum A: 1 groep meer." in made.stdout
    assert (place / "uit/voorstel-001/plan.xlsx").is_file()
    kept, _ = read_request("invoer.xlsx", (place / "uit/voorstel-001/invoer.xlsx").read_bytes())
    assert kept is not None and pilot.unnumbered(kept) == pilot.request()


def test_a_plan_for_all_ends_with_0(place: Path) -> None:
    book = openpyxl.load_workbook(place / "groepen.xlsx")
    sheet = book["Groepen"]
    keep = {"A avond", "B1", "B3"}
    for row in range(sheet.max_row, 1, -1):
        if sheet.cell(row, 1).value not in keep:
            sheet.delete_rows(row)
    book.save(place / "groepen.xlsx")
    made = plan("--quick")
    assert made.exit_code == 0 and "3 van 3 groepen" in made.stdout


def test_a_fault_in_a_cell_ends_with_2_and_writes_nothing(place: Path) -> None:
    edit(place / "groepen.xlsx", {"Groepen!D2": "veel", "Groepen!D3": "weinig"})
    made = plan()
    assert made.exit_code == 2 and not (place / "uit").exists()
    assert "rij 2, kolom D (Deelnemers)" in made.stderr and "rij 3, kolom D (Deelnemers)" in made.stderr
    assert "Verbeter eerst de fouten" in made.stderr


def test_wrong_use_has_a_sentence(place: Path) -> None:
    assert "bestaat niet" in run("plan", "weg.xlsx", "--out", "uit").stderr
    assert (
        run("plan", "groepen.xlsx", "--out", "groepen.xlsx", "--today", "2026-08-03", "--quick").exit_code
        == 2
    )
    assert "geen datum" in run("plan", "groepen.xlsx", "--out", "uit", "--today", "gisteren").stderr
    assert "nog geen bezoeken" in run("replan", "groepen.xlsx", "--today", "2026-08-03").stderr
    plan("--quick")
    wrong = run("replan", "uit/voorstel-001", "--cancel", "A avon", "--today", "2026-08-03")
    assert wrong.exit_code == 2 and "Bedoelde je A avond?" in wrong.stderr


def test_every_run_is_a_new_proposal_and_a_published_one_stays(place: Path) -> None:
    plan("--quick")
    folder = place / "uit" / "voorstel-001"
    assert run("publish", str(folder), "--today", "2026-08-04").exit_code == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = run("publish", str(folder), "--today", "2026-08-05")
    assert again.exit_code == 2 and "al vastgesteld" in again.stderr
    plan("--quick")
    moved = run("replan", str(folder), "--cancel", "C extra", "--today", "2026-08-04", "--quick")
    assert moved.exit_code == 1
    assert (
        "C extra: Museum A, wo 11 november 2026, ochtend → geen bezoek. De groep heeft afgezegd."
        in moved.stdout
    )
    assert (
        "C laat: geen bezoek → Museum A, wo 11 november 2026, ochtend. Nieuw: er is nu een plaats."
        in moved.stdout
    )
    assert sorted(path.name for path in (place / "uit").iterdir()) == [f"voorstel-00{n}" for n in (1, 2, 3)]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    later = run("publish", "uit/voorstel-003", "--today", "2026-08-04")
    assert "Eerder vastgesteld, en nog heel: voorstel-001" in later.stdout


def test_what_changed_in_a_published_proposal_is_told(place: Path) -> None:
    plan("--quick")
    folder = place / "uit" / "voorstel-001"
    assert run("publish", str(folder), "--today", "2026-08-04").exit_code == 0
    mark = (folder / "VASTGESTELD.txt").read_bytes()
    (folder / "overzicht.html").write_text("anders", encoding="utf-8")
    (folder / "agenda" / "alles.ics").unlink()
    (folder / "extra.txt").write_text("erbij", encoding="utf-8")
    told = run("publish", str(folder), "--today", "2026-08-05")
    assert told.exit_code == 1 and "Veranderd na het vaststellen: voorstel-001." in told.stderr
    lines = ["agenda/alles.ics is weg", "extra.txt is erbij gekomen", "overzicht.html is veranderd"]
    assert [line.strip() for line in told.stderr.splitlines() if " is " in line] == lines
    assert (folder / "VASTGESTELD.txt").read_bytes() == mark
    plan("--quick")
    other = run("publish", "uit/voorstel-002", "--today", "2026-08-05")
    assert other.exit_code == 1 and "Vastgesteld: voorstel-002." in other.stdout
    assert "overzicht.html is veranderd" in other.stderr and "nog heel" not in other.stdout
    (folder / "VASTGESTELD.txt").write_text("Vastgesteld op 2026-08-04.\n", encoding="utf-8")
    spoiled = run("publish", str(folder), "--today", "2026-08-05")
    assert spoiled.exit_code == 1 and "VASTGESTELD.txt zelf is veranderd" in spoiled.stderr


def test_who_called_off_is_told_once(place: Path) -> None:
    """By the option or in the sheet: in the proposal that follows, and in none after that."""
    plan("--quick")
    today = ("--today", "2026-08-04", "--quick")
    told = "C extra: Museum A, wo 11 november 2026, ochtend → geen bezoek. De groep heeft afgezegd."
    assert told in run("replan", "uit/voorstel-001", "--cancel", "C extra", *today).stdout
    third = run("replan", "uit/voorstel-002", *today).stdout
    assert "C extra" not in third and "Niemand verhuist." in third
    path = place / "uit/voorstel-003/plan.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["Bezoeken"].iter_rows(min_row=2) if row[0].value == "B1")
    row[6].value = "ja"
    book.save(path)
    fourth = run("replan", str(path), *today).stdout
    assert "B1: " in fourth and "De groep heeft afgezegd." in fourth and "C extra" not in fourth
    assert "De groep heeft afgezegd." not in run("replan", "uit/voorstel-004", *today).stdout


def test_a_period_that_is_over_is_an_error(place: Path) -> None:
    made = run("plan", "groepen.xlsx", "--out", "uit", "--today", "2026-11-28", "--quick")
    assert made.exit_code == 2 and not (place / "uit").exists()
    assert (
        "V614" in made.stderr and "de periode is voorbij. De laatste dag was 27 november 2026." in made.stderr
    )
    assert run("plan", "groepen.xlsx", "--out", "uit", "--today", "2026-11-27", "--quick").exit_code == 1


def test_one_group_is_one_group(place: Path) -> None:
    book = openpyxl.load_workbook(place / "groepen.xlsx")
    for row in range(book["Groepen"].max_row, 1, -1):
        if book["Groepen"].cell(row, 1).value != "B3":
            book["Groepen"].delete_rows(row)
    book.save(place / "groepen.xlsx")
    assert "1 van 1 groep heeft een bezoek." in plan("--quick").stdout


def test_a_fixed_visit_that_breaks_a_rule_is_told(place: Path) -> None:
    plan("--quick")
    path = place / "uit/voorstel-001/plan.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["Bezoeken"].iter_rows(min_row=2) if row[0].value == "B1")
    row[2].value, row[4].value = "2026-11-03", "ja"  # Museum A is shut that week
    book.save(path)
    made = run("replan", str(path), "--today", "2026-08-03", "--quick")
    assert "V616" in made.stderr and "dan is de locatie dicht" in made.stderr
    assert (place / "uit/voorstel-002").is_dir()


def test_a_line_that_was_not_agreed_goes_back(place: Path) -> None:
    plan("--quick")
    path = place / "uit/voorstel-001/plan.xlsx"
    edit(path, {"Gesloten dagen!A5": "locatie", "Gesloten dagen!B5": "Huis C", "Gesloten dagen!C5": "2026-10-05", "Gesloten dagen!D5": "2026-10-05", "Gesloten dagen!E5": "dicht"})  # fmt: skip
    second = run("replan", str(path), "--today", "2026-08-03", "--quick")
    assert "Wie verhuist" in second.stdout and "B3: Huis C, ma 5 oktober 2026" in second.stdout
    edit(place / "uit/voorstel-002/plan.xlsx", {"Wijzigingen!E2": "nee", "Gesloten dagen!E5": "liever niet"})
    third = run("replan", "uit/voorstel-002", "--today", "2026-08-03", "--quick")
    assert "Niemand verhuist." in third.stdout
    book = openpyxl.load_workbook(place / "uit/voorstel-003/plan.xlsx")
    row = next(row for row in book["Bezoeken"].iter_rows(min_row=2, values_only=True) if row[0] == "B3")
    assert row[2] == "2026-10-05"


def test_outside_git_a_plan_begins_at_the_day_of_the_computer(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert run("plan", "groepen.xlsx", "--out", "uit", "--today", "2026-08-03", "--quick").exit_code == 1
    published = run("publish", "uit/voorstel-001")
    assert published.exit_code == 0, published.stderr
    assert f"Vastgesteld op {date.today()}." in (place / "uit/voorstel-001/VASTGESTELD.txt").read_text(encoding="utf-8")
    assert "datum" not in run("plan", "groepen.xlsx", "--out", "uit", "--quick").stderr
