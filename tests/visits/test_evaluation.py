"""After the visits: forms, figures with their uncertainty, and two checks with different questions."""

from __future__ import annotations

import math
import re
import statistics
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner

from builder import sheets
from builder.cli import main
from builder.exam import before_after
from builder.office import Properties
from builder.sheets import Column, Sheet
from builder.visits.evaluation import KENNIS, VERSLAG, Evaluatie, read_evaluation
from builder.visits.evaluation_files import evaluation_files
from builder.visits.forms import forms
from builder.visits.knowledge import VOORBEHOUD, t_975
from builder.visits.plan import make_plan
from tests.exam import banks
from tests.visits import pilot

DAY = date(2026, 12, 1)


def workbook(visits: list[dict[str, Any]], knowledge: list[tuple[Any, ...]] = ()) -> bytes:  # type: ignore[assignment]
    standard = {"groep": "Groep", "locatie": "Museum A", "dag": "2026-11-12", "door": "ja", "aanwezig": 10}
    rows = [
        tuple(
            (standard | {"groep": f"Groep {number}"} | row).get(kolom.veld, "") for kolom in VERSLAG.kolommen
        )
        for number, row in enumerate(visits)
    ]
    made = (
        Sheet("Verslag", tuple(Column(kolom.titel, 12) for kolom in VERSLAG.kolommen), tuple(rows)),
        Sheet("Kennis", tuple(Column(kolom.titel, 12) for kolom in KENNIS.kolommen), tuple(knowledge)),
    )
    return sheets.write(made, Properties("proef", "knm", DAY))


def figures(visits: list[dict[str, Any]], knowledge: list[tuple[Any, ...]] = ()) -> Evaluatie:  # type: ignore[assignment]
    found, faults = read_evaluation("verslag.xlsx", workbook(visits, knowledge))
    assert found is not None, faults
    return found


def test_costs_per_participant_by_place_and_by_travel() -> None:
    found = figures(
        [
            {
                "programma": "150,00",
                "vervoer": "50,00",
                "docent": "0",
                "overig": "0",
                "reis": 20,
                "aangemeld": 12,
            },
            {
                "programma": "100,00",
                "vervoer": "100,00",
                "docent": "0",
                "overig": "0",
                "reis": 31,
                "aanwezig": 30,
            },
            {"locatie": "Kamp B", "programma": "90,00", "reis": 95, "aanwezig": 9},
            {"locatie": "Kamp B", "door": "nee", "reden": "weer", "aanwezig": ""},
        ]
    )
    museum = next(one for one in found.per_locatie if one.naam == "Museum A")
    assert (museum.cent, museum.deelnemers, museum.per_deelnemer, museum.onvolledig) == (40000, 40, 1000, 0)
    camp = next(one for one in found.per_locatie if one.naam == "Kamp B")
    assert (camp.bezoeken, camp.per_deelnemer, camp.onvolledig) == (1, 1000, 1)
    assert [(one.naam, one.per_deelnemer) for one in found.per_reisband] == [
        ("tot en met 30 minuten", 2000),
        ("31 tot 60 minuten", 667),
        ("meer dan 90 minuten", 1000),
    ]
    assert found.redenen == (("weer", 1),) and (found.bezoeken, found.doorgegaan) == (4, 3)
    assert found.grootte == (9, 10, 30) and (found.aangemeld, found.aanwezig) == (12, 10)


@pytest.mark.parametrize(
    ("freedom", "point"),
    [(1, 12.706), (2, 4.303), (4, 2.776), (9, 2.262), (10, 2.228), (29, 2.045), (120, 1.980)],
)
def test_students_t_as_in_the_tables(freedom: int, point: float) -> None:
    assert abs(t_975(freedom) - point) < 0.001


def test_the_difference_and_its_interval() -> None:
    """Five groups of ten, five questions: right answers before and after, worked out by hand with the t of 4 degrees."""
    before, after = (20, 25, 30, 22, 28), (30, 30, 41, 25, 38)
    rows = [
        (f"Groep {number}", moment, "5.1.1", 10, 5, right)
        for number in range(5)
        for moment, right in (("vooraf", before[number]), ("achteraf", after[number]))
    ]
    (one,) = figures([{}] * 5, rows).verschillen
    changes = [2 * (b - a) for a, b in zip(before, after, strict=True)]
    half = 2.7764 * statistics.stdev(changes) / math.sqrt(5)
    assert one.verschil == pytest.approx(15.6)
    assert one.van == pytest.approx(15.6 - half, abs=0.01) and one.tot == pytest.approx(15.6 + half, abs=0.01)
    assert (one.groepen, one.deelnemers, one.waarschuwing) == (5, 50, "")


def test_small_numbers_get_a_plain_warning() -> None:
    one_group = [
        ("A", "vooraf", "5.1.1", 10, 5, 20),
        ("A", "achteraf", "5.1.1", 10, 5, 40),
        ("B", "vooraf", "5.1.1", 10, 5, 20),
    ]
    (one,) = figures([{"groep": "A"}, {"groep": "B"}], one_group).verschillen
    assert one.groepen == 1 and one.van is None and "te weinig" in one.waarschuwing
    two = [*one_group, ("B", "achteraf", "5.1.1", 8, 5, 20)]
    (one,) = figures([{"groep": "A"}, {"groep": "B"}], two).verschillen
    assert one.waarschuwing == "Maar 2 groepen en 18 mensen. Dit is te weinig voor een conclusie."
    nothing = [(f"G{n}", m, "5.1.1", 10, 5, 25 + (n % 2 if m == "achteraf" else 0) - (n % 3 == 0)) for n in range(6) for m in ("vooraf", "achteraf")]  # fmt: skip
    (one,) = figures([{"groep": f"G{n}"} for n in range(6)], nothing).verschillen
    assert (one.groepen, one.deelnemers) == (6, 60) and one.verschil == pytest.approx(1.0)
    assert one.van is not None and one.tot is not None and one.van < 0 < one.tot
    assert one.waarschuwing == "Het verschil kan toeval zijn: 0 ligt in het interval."
    more = [(name, m, term, people, questions, right + (5 if m == "achteraf" else 0)) for name, m, term, people, questions, right in nothing]  # fmt: skip
    (one,) = figures([{"groep": f"G{n}"} for n in range(6)], more).verschillen
    assert one.van is not None and one.van > 0 and one.waarschuwing == ""


def test_knowledge_counts_only_for_groups_that_went() -> None:
    """A group that did the questions and stayed at home says nothing of a visit; a group that nobody knows is a fault."""
    visits = [{"groep": "A"}, {"groep": "B"}, {"groep": "C", "door": "nee", "reden": "groep", "aanwezig": ""}]
    rows = [(name, m, "5.1.1", 10, 5, right) for name, low, high in (("A", 20, 30), ("b", 20, 30), ("C", 0, 50)) for m, right in (("vooraf", low), ("achteraf", high))]  # fmt: skip
    found = figures(visits, rows)
    (one,) = found.verschillen
    assert (one.groepen, one.deelnemers, one.verschil) == (2, 20, 20.0) and found.niet_gegaan == 1
    page = next(a.content for a in evaluation_files(found, "Proef", DAY) if a.path == "verslag.html").decode()
    assert "Kennis: 1 groep telt niet mee, want het bezoek ging niet door." in page
    nobody, faults = read_evaluation(
        "v.xlsx", workbook(visits, [*rows, ("Bestaat niet", "vooraf", "5.1.1", 10, 5, 1)])
    )
    assert nobody is None and [one.rule.code for one in faults] == ["V610"]
    assert "Tabblad Kennis, rij 8, kolom A (Groep)" in faults[0].message


def test_a_row_of_the_form_counts_once_it_has_numbers() -> None:
    """Also in an older form, where `(voorbeeld)` stands before the group; a row without numbers is not asked for."""
    rows = [("A", "vooraf", "5.1.1", 10, 5, 20), ("(voorbeeld) A", "achteraf", "5.1.1", 10, 5, 30),
            ("A", "vooraf", "", "", "", ""), ("(voorbeeld) B", "achteraf", "", "", "", "")]  # fmt: skip
    (one,) = figures([{"groep": "A"}], rows).verschillen
    assert (one.groepen, one.verschil) == (1, 20.0)
    half, faults = read_evaluation(
        "v.xlsx", workbook([{"groep": "A"}], [("(voorbeeld) A", "vooraf", "5.1.1", 10, "", 5)])
    )
    assert half is None and [(one.rule.code, one.location.line) for one in faults] == [("V606", 2)]


def test_cancellations_reach_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan, call off, form, fill in, report: what the coordinator called off is in the figures, and has no page."""
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    today = ["--today", "2026-08-03"]
    run(main, ["visits", "plan", str(pilot.FILE), "--out", "uit", *today, "--quick"])
    again = run(
        main,
        ["visits", "replan", "uit/voorstel-001", "--cancel", "B1", "--cancel", "C dag", *today, "--quick"],
    )
    assert "B1: " in again.stdout and "De groep heeft afgezegd." in again.stdout
    going = re.match(r".*?(\d+) van \d+ groepen", again.stdout, re.S)
    assert going is not None
    made = run(main, ["visits", "form", "uit/voorstel-002", "--out", "na", "--today", "2026-12-01"])
    assert made.exit_code == 0 and f"verslag.xlsx en {going[1]} formulieren" in made.stdout
    book = openpyxl.load_workbook("na/verslag.xlsx")
    sheet = book["Verslag"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    off = []
    for row in sheet.iter_rows(min_row=2):
        if row[heads["Ging door"] - 1].value == "nee":
            off.append(row[0].value)
            continue
        row[heads["Ging door"] - 1].value, row[heads["Aanwezig"] - 1].value = "ja", 8
    assert sorted(off) == ["B1", "C dag"]
    book.save("na/verslag.xlsx")
    told = run(main, ["visits", "report", "na/verslag.xlsx", "--out", "cijfers", "--today", "2026-12-01"])
    assert told.exit_code == 0, told.stderr
    assert f"{going[1]} van {int(going[1]) + 2} bezoeken gingen door." in told.stdout
    assert "Niet doorgegaan: niet gezegd (2)." in Path("cijfers/verslag.html").read_text(encoding="utf-8")


def test_one_of_a_thing_is_told_as_one() -> None:
    page = next(a.content for a in evaluation_files(figures([{"programma": "10,00", "aanwezig": 1}]), "Proef", DAY) if a.path == "verslag.html").decode()  # fmt: skip
    for words in (
        "1 van 1 bezoek ging door.",
        "Bij 1 bezoek is een deel",
        "van 1 tot 1 deelnemer,",
        "Dat is ten minste € 10,00 per deelnemer.",
    ):
        assert words in page, words


def test_a_price_of_which_a_part_is_not_known_is_a_least_price() -> None:
    whole = {"programma": "100,00", "vervoer": "0", "docent": "0", "overig": "0"}
    pages = [
        next(
            a.content for a in evaluation_files(figures([visit]), "Proef", DAY) if a.path == "verslag.html"
        ).decode()
        for visit in (whole, whole | {"vervoer": ""})
    ]
    assert (
        "ten minste" not in pages[0] and pages[1].count("ten minste € 10,00") == 3
    )  # the line and both tables


def test_the_report_says_what_a_difference_cannot_tell() -> None:
    rows = [("A", m, "5.1.1", 10, 5, 20) for m in ("vooraf", "achteraf")]
    made = {one.path: one.content for one in evaluation_files(figures([{"groep": "A"}], rows), "Proef", DAY)}
    text = " ".join(
        "\n".join(
            p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(made["verslag.pdf"])
        ).split()
    )
    for sentence in VOORBEHOUD:
        assert sentence in made["verslag.html"].decode() and sentence in text
    none = next(
        one.content for one in evaluation_files(figures([{}]), "Proef", DAY) if one.path == "verslag.html"
    )
    assert VOORBEHOUD[0] not in none.decode()


def test_faults_all_at_once() -> None:
    visits = [
        {"aanwezig": "", "groep": "A"},
        {"aangemeld": 3},
        {"dag": "31-2-2026"},
        {"goed": "vraag iemand@school.nl"},
    ]
    knowledge = [
        ("A", "vooraf", "5.1.1", 10, 5, 51),
        ("A", "Vooraf", "5.1.1", 10, 5, 5),
        ("A", "later", "5.1.1", 1, 1, 1),
    ]
    found, faults = read_evaluation("verslag.xlsx", workbook(visits, knowledge))
    assert found is None
    assert sorted(one.rule.code for one in faults) == ["V605", "V606", "V607", "V608", "V609", "V614", "V614"]
    assert read_evaluation("x", b"niets")[1][0].rule.code == "V601"


def test_the_report_on_paper_and_screen() -> None:
    visits = [
        {"programma": "100,00", "locatie": place, "groep": "Geheime groep"}
        for place in ("Museum A", "<b>Museum</b>", "=1+1")
    ]
    knowledge = [("Geheime groep", moment, "5.1.1", 10, 5, 20) for moment in ("vooraf", "achteraf")]
    found = figures(visits, knowledge)
    made = {one.path: one.content for one in evaluation_files(found, "Proef", DAY)}
    page = made["verslag.html"].decode()
    assert "<b>Museum" not in page and "€ 10,00" in page and "Geheime groep" not in page
    text = "\n".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(made["verslag.pdf"]))
    for needed in (
        "3 van 3 bezoeken gingen door",
        "Het echte bedrag kan hoger zijn",
        "Eén groep is te weinig",
    ):
        assert needed in page and needed in " ".join(text.split())
    rows = made["kosten.csv"].decode("utf-8-sig").split("\r\n")
    assert "locatie;'=1+1;1;10;100,00;10,00;1" in rows
    assert {one.path: one.content for one in evaluation_files(found, "Proef", DAY)} == made


def test_forms_have_a_row_and_a_page_for_each_visit() -> None:
    plan = make_plan(pilot.request(), pilot.TODAY, asking=False)
    from dataclasses import replace

    made = {one.path: one.content for one in forms(replace(pilot.request(), bezoeken=plan.bezoeken), DAY)}
    assert len(made) == 1 + len(plan.gepland)
    book = openpyxl.load_workbook(BytesIO(made["verslag.xlsx"]))
    assert book["Verslag"].max_row == 1 + len(plan.gepland)
    page = docx.Document(BytesIO(made["formulieren/bezoek-001.docx"]))
    text = "\n".join(paragraph.text for paragraph in page.paragraphs)
    assert plan.gepland[0].groep.naam in text and "Schrijf geen namen" in text
    _, faults = read_evaluation("verslag.xlsx", made["verslag.xlsx"])
    assert {one.rule.code for one in faults} == {"V606"}  # only: did it go on?


def test_the_verbs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    plan = run(main, ["visits", "plan", str(pilot.FILE), "--out", "uit", "--today", "2026-08-03", "--quick"])
    assert plan.exit_code == 1
    made = run(main, ["visits", "form", "uit/voorstel-001", "--out", "na", "--today", "2026-12-01"])
    assert made.exit_code == 0, made.stderr
    again = run(main, ["visits", "form", "uit/voorstel-001", "--out", "na", "--today", "2026-12-01"])
    assert again.exit_code == 2 and "niet leeg" in again.stderr
    early = run(main, ["visits", "report", "na/verslag.xlsx", "--out", "cijfers", "--today", "2026-12-01"])
    assert early.exit_code == 2 and "Ging door" in early.stderr and not Path("cijfers").exists()
    Path("v.xlsx").write_bytes(
        workbook([{"groep": "A"}], [("A", m, "5.1.1", 10, 5, 20) for m in ("vooraf", "achteraf")])
    )
    good = run(main, ["visits", "report", "v.xlsx", "--out", "cijfers", "--today", "2026-12-01"])
    assert good.exit_code == 0 and "Eén groep is te weinig" in good.stdout
    assert "1 van 1 bezoek ging door." in good.stdout and VOORBEHOUD[1] in good.stdout
    assert sorted(path.name for path in Path("cijfers").iterdir()) == [
        "kosten.csv",
        "verslag.html",
        "verslag.pdf",
    ]


def test_two_checks_share_no_question_and_look_alike() -> None:
    items = [
        banks.item(
            f"wonen-{number:03}",
            eindterm="3.1.2",
            taalniveau="A2" if number % 2 else "A1",
            abstractieniveau="begrip",
        )
        for number in range(1, 14)
    ]
    bank = banks.bank(items)
    before, after, objection = before_after.choose(bank, "3.1.2", 5)
    assert objection == "" and len(before) == len(after) == 5 and not set(before) & set(after)
    by_id = {item.id: item for item in items}
    assert [by_id[name].taalniveau for name in before] == [by_id[name].taalniveau for name in after]
    *_, objection = before_after.choose(bank, "3.1.2", 7)
    assert "Nodig zijn er 14." in objection
