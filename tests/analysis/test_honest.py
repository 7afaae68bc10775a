"""What is said is no more than what is known: flags, reliability, groups, sheets of judges, and asking the impossible."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from builder import sheets
from builder.analysis import charts, flags, report_html, report_xlsx, tables, tables_groups
from builder.analysis.analyse import Analysis, Wishes, analyse
from builder.analysis.classical import ItemStat, OptionStat, per_form
from builder.analysis.flags import Flag, Limits
from builder.analysis.intervals import alpha as alpha_interval
from builder.analysis.intervals import correlation, proportion
from builder.analysis.judgements import read_angoff, read_hofstee
from builder.analysis.nouns import Vraag
from builder.analysis.table import read_table
from builder.analysis.template import HOFSTEE, angoff_sheets
from builder.analysis.words import number, percent, reliability
from builder.model.itembank import Itembank
from builder.model.kandidaat import key_letters
from tests.analysis.conftest import ITEMS, TOETS, lines
from tests.analysis.made import from_scores, simulated
from tests.analysis.test_verb import TODAY, here
from tests.verbs import knm

__all__ = ["here"]  # the fixture: a bank with 80 answers in antwoorden.csv


def item(
    n: int, p: float, rir: float, rars: tuple[float, float, float], shares: tuple[float, ...] = ()
) -> ItemStat:
    """A three-choice question with key A and these figures."""
    vraag = Vraag("v1", ("A", "B", "C"), (1, 0, 0), teksten=("goed", "half", "fout"))
    given = shares or (p, (1 - p) / 2, (1 - p) / 2)
    options = tuple(
        OptionStat(label, text, int(label == "A"), round(share * n), share, rar, rar)
        for label, text, share, rar in zip(vraag.labels, vraag.teksten, given, rars, strict=True)
    )
    return ItemStat(
        vraag, "", n, 0, 0, p, 0.5, p, proportion(p, n), None, rir, rir, correlation(rir, n), options
    )  # fmt: skip


def flagged(one: ItemStat) -> dict[str, Flag]:
    return {flag.rule.code: flag for flag in flags.find([one], Limits(), {}, None)}


def test_rounding_is_no_reason_to_doubt_the_key() -> None:
    for more in (1e-16, 0.019):
        assert "A611" not in flagged(item(200, 0.5, 0.3, (0.3, 0.3 + more, -0.4)))
        assert "A611" not in flagged(item(200, 0.5, 0.0, (-1e-17, -1e-17 + more, -0.4)))
    assert flagged(item(200, 0.5, 0.3, (0.3, 0.33, -0.4)))["A611"].colour == "rood"
    assert "A616" not in flagged(item(200, 0.5, 0.3, (0.3, 1e-17, -0.4)))


def test_a_low_rir_is_red_only_when_chance_does_not_explain_it() -> None:
    few, many = item(60, 0.5, 0.09, (0.09, -0.1, -0.1)), item(40_000, 0.5, 0.08, (0.08, -0.1, -0.1))
    assert flagged(few)["A614"].colour == "oranje" and flagged(many)["A614"].colour == "rood"
    assert "nauwelijks hoger (rir 0,09)" in flagged(few)["A614"].message
    assert "tussen \u22120,17 en 0,34" in flagged(few)["A614"].message
    assert "tussen" not in flagged(many)["A614"].message
    assert "niet hoger (rir \u22120,05)" in flagged(item(60, 0.5, -0.05, (-0.05, 0, 0)))["A614"].message
    below = flagged(item(60, 0.5, -0.6, (-0.6, 0.3, 0.3)))["A614"]
    assert below.colour == "rood" and "scoort op de rest lager (rir \u22120,60)" in below.message


def test_below_guessing_is_red_only_when_chance_does_not_explain_it() -> None:
    few, many = (
        flagged(item(60, 0.28, 0.3, (0.3, 0, 0)))["A612"],
        flagged(item(600, 0.28, 0.3, (0.3, 0, 0)))["A612"],
    )
    assert (few.colour, many.colour) == ("oranje", "rood")
    assert few.message.endswith("Dat kan toeval zijn.") and "toeval" not in many.message


def test_an_easy_question_is_told_once() -> None:
    everybody = flags.find(
        [item(200, 1.0, 0.0, (0.0, 0.0, 0.0))], Limits(rir_rood=-1, rir_oranje=-1), {}, None
    )
    assert [flag.rule.code for flag in everybody] == ["A613"]
    # below that an option that nobody takes is still told
    hard = flagged(item(200, 0.6, 0.4, (0.4, -0.4, 0.0), (0.6, 0.4, 0.0)))
    assert "A617" in hard and "A613" not in hard


def groups(persons: int, seed: int = 3) -> Analysis:
    """Two groups of half the persons; question v00 is far harder for group b."""
    import numpy as np

    b = np.linspace(-1.5, 1.5, 12)
    scores = np.vstack(
        [simulated(b, persons // 2, seed), simulated(b + np.eye(12)[0] * 4, persons // 2, seed + 1)]
    )
    answers = from_scores(scores.tolist())
    half = persons // 2
    answers = replace(answers, properties={"groep": ("a",) * half + ("b",) * half})
    return analyse(answers, Wishes("groepen", "Groepen", "2026-11-25", dif="groep", reference="a"))


@pytest.mark.parametrize(("persons", "colour"), [(60, "oranje"), (198, "oranje"), (400, "rood")])
def test_a_difference_between_small_groups_is_indicative(persons: int, colour: str) -> None:
    done = groups(persons)
    (flag,) = [flag for flag in done.flags if flag.rule.code == "A620" and flag.item == "v00"]
    assert "(klasse C)" in flag.message and flag.grave
    assert (flag.colour, flag.unsure) == (colour, colour == "oranje")
    assert any("Deze groepen zijn klein" in line for line in tables_groups.dif_told(done)) == (persons < 200)
    assert done.dif is not None and {(row.n, row.n_reference) for row in done.dif.rows} == {
        (persons // 2,) * 2
    }


def test_who_did_not_get_a_question_does_not_count_for_it() -> None:
    first, second = simulated([0, 0.5, 1], 150, 1).tolist(), simulated([0, 0.5, 1], 30, 2).tolist()
    answers = from_scores(first, second, items=[[0, 1, 2], [1, 2, 3]])
    answers = replace(answers, properties={"groep": tuple("ab"[n % 2] for n in range(180))})
    done = analyse(answers, Wishes("g", "G", "2026-11-25", dif="groep"))
    assert done.dif is not None
    assert {row.id: row.n for row in done.dif.rows} == {"v00": 75, "v01": 90, "v02": 90, "v03": 15}


def test_a_large_delta_of_class_a_is_explained() -> None:
    done = groups(60)
    assert done.dif is not None
    rows = [replace(row, delta=4.54, p=0.061, grade="A") if row.id == "v01" else row for row in done.dif.rows]
    told = tables_groups.dif_told(replace(done, dif=replace(done.dif, rows=tuple(rows))))
    assert "Daarom is delta 4,54 bij v01 hier klasse A: de kans is 0,061." in told
    small = [replace(row, delta=0.5, grade="A") for row in rows]
    told = tables_groups.dif_told(replace(done, dif=replace(done.dif, rows=tuple(small))))
    assert not any("Daarom" in line for line in told)
    text = report_html.html(done).decode()
    assert all(line.replace("'", "&#39;") in text for line in tables_groups.dif_told(done))


def test_no_table_of_groups_when_nothing_can_be_compared() -> None:
    answers = from_scores([[0, 1, 2], [2, 1, 0], [1, 1, 2], [2, 2, 0]] * 10, most=2)
    answers = replace(answers, properties={"groep": tuple("ab"[n % 2] for n in range(40))})
    done = analyse(answers, Wishes("punten", "Punten", "2026-11-25", dif="groep"))
    assert done.dif is None and [one.rule.code for one in done.found if one.rule.code == "A607"] == ["A607"]
    assert tables_groups.dif_grid(done) is None and tables_groups.dif_told(done) == ()
    assert 'id="groepen"' not in report_html.html(done).decode()
    assert "Groepen" not in load_workbook(io.BytesIO(report_xlsx.xlsx(done))).sheetnames


def test_groups_without_a_score_in_common_are_told() -> None:
    answers = from_scores([[1, 1, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0]] * 5)
    answers = replace(answers, properties={"groep": ("hoog", "laag") * 10})
    done = analyse(answers, Wishes("g", "G", "2026-11-25", dif="groep"))
    assert done.dif is None
    assert [one.message for one in done.found if one.rule.code == "A607"] == [
        "De groepen hebben geen score gemeen. Dan valt er niets te vergelijken."
    ]


def test_reliability_is_said_with_how_sure_it_is() -> None:
    sure = reliability(0.88, alpha_interval(0.88, 40, 2000), 40, 2000, 50)
    assert sure.startswith("De toets meet betrouwbaar genoeg voor een beslissing. Alfa is 0,88")
    unsure = reliability(0.82, alpha_interval(0.82, 40, 60), 40, 60, 50)
    assert "genoeg voor een beslissing" not in unsure and "maar zeker is dat niet" in unsure
    few = reliability(0.93, alpha_interval(0.93, 40, 20), 40, 20, 50)
    assert few.startswith("Met 20 personen is niet te zeggen") and "beslissing" not in few
    assert "ook minder goed meten" in reliability(0.71, (0.6, 0.79), 40, 100, 50)
    assert "ook beter meten" in reliability(0.69, (0.55, 0.74), 40, 100, 50)
    assert "tussen" not in reliability(-0.44, (-34.0, 0.94), 4, 3, 50)
    assert reliability(None, None, 4, 300, 50).startswith("Alfa kan hier niet")
    for text in (sure, unsure, few):
        assert all(len(part.split()) <= 18 for part in text.split(". "))


def test_half_goes_up_as_people_do() -> None:
    assert [number(value, 1) for value in (11.35, 0.25, -0.25, 681 / 60)] == [
        "11,4",
        "0,3",
        "\u22120,3",
        "11,4",
    ]
    assert number(0.125) == "0,13" and number(2.675) == "2,68" and number(float("inf")) == "n.v.t."
    assert [percent(share) for share in (0.125, 0.285, 0.005, 0.995)] == ["13%", "29%", "1%", "100%"]


@pytest.mark.parametrize("most", [1, 2, 9, 10])
def test_the_line_halfway_is_a_whole_number_of_persons(most: int) -> None:
    (form,), _ = per_form(from_scores([[1, 0]] * most + [[0, 0]]))
    shown = re.findall(r'text-anchor="end">(\d+)</text>', charts.spread_chart(form, None, 0).svg())
    top = most + most % 2 if most > 1 else 1
    assert shown == (["0", str(top // 2), str(top)] if top > 1 else ["0", "1"])


def test_why_there_is_no_difficulty_is_true() -> None:
    left = analyse(
        from_scores([[1, 0, 1], [0, 0, 1], [1, 1, 1], [1, 0, 0], [0, 0, 0], [1, 1, 1]]),
        Wishes("a", "A", "2026-11-25"),
    )
    said = {one.message for one in left.found if one.rule.code == "A603"}
    assert said == {
        "Vraag v01 heeft geen Rasch-moeilijkheid: van wie niet alles goed of fout had, kreeg iedereen dezelfde score."
    }
    same = analyse(
        from_scores([[1, 0, 1], [0, 0, 1], [1, 0, 0], [0, 0, 0], [0, 0, 1]]), Wishes("a", "A", "2026-11-25")
    )
    assert "Vraag v01 heeft geen Rasch-moeilijkheid: iedereen kreeg dezelfde score." in {
        one.message for one in same.found
    }


def test_what_hofstee_does_is_what_the_table_says() -> None:
    scores = [[int(place < total) for place in range(20)] for total in range(21) for _ in range(3)]
    done = analyse(from_scores(scores), Wishes("h", "H", "2026-11-25", hofstee=[(6, 14.9, 20, 80)]))
    assert done.hofstee is not None and done.hofstee.cesuur is not None
    assert done.hofstee.cesuur != int(done.hofstee.cesuur)
    (line,) = [line for line in tables.standard_lines(done) if line.startswith("Hofstee")]
    whole = re.search(r"In hele punten is de cesuur (\d+)\. Dan zakt (\d+%)\.", line)
    assert whole is not None
    rows = {row[0]: row[3] for row in tables.cut_grid(done).rows}
    assert whole[2] == rows[whole[1]]
    assert done.misclassified is not None and str(done.misclassified.cesuur) == whole[1]


def test_one_point_and_no_toets_are_named_well() -> None:
    done = analyse(from_scores([[1], [0]] * 30), Wishes("a", "A", "2026-11-25"))
    assert "van 1 punt." in tables.summary(done)[0]
    loose = replace(done, forms=(replace(done.forms[0], name="alle vragen"),))
    assert tables.summary(loose)[0].startswith("60 personen gaven antwoord.")


ANGOFF = ["Nr", "Item", "Beoordelaar 1", "Beoordelaar 2"]


def judged(*rows: list[object]) -> tuple[list[list[float]] | None, list[str]]:
    table, _ = read_table("angoff.csv", lines(ANGOFF, *rows).encode())
    assert table is not None
    made, found = read_angoff(table, ["v1", "v2"])
    return made, [one.message for one in found]


def test_estimates_as_shares_are_asked_about() -> None:
    made, said = judged([1, "v1", "0,6", 60], [2, "v2", "0,7", 70])
    assert made is None
    assert said == ["Bij Beoordelaar 1 zijn alle getallen 1 of lager. Bedoel je 60 in plaats van 0,6?"]
    made, said = judged([1, "v1", 0, 60], [2, "v2", 1, 70])
    assert made is None and len(said) == 1
    made, said = judged([1, "v1", "0,625", 60], [2, "v2", 70, 70])
    assert made is None and said == ["Bij v1 staat 0,625. Bedoel je 62,5 in plaats van 0,625?"]
    assert judged([1, "v1", 0, 60], [2, "v2", "2,5", 100]) == ([[0.0, 0.025], [0.6, 1.0]], [])


def test_hofstee_as_shares_is_asked_about() -> None:
    def read(*row: object) -> tuple[object, list[str]]:
        table, _ = read_table("h.csv", lines(["Beoordelaar", *HOFSTEE], ["b1", *row]).encode())
        assert table is not None
        made, found = read_hofstee(table, 20)
        return made, [one.message for one in found]

    assert read(10, 14, "0,1", "0,3")[1] == [
        f'Bij "{HOFSTEE[2]}" staat 0,1. Bedoel je 10 in plaats van 0,1?',
        f'Bij "{HOFSTEE[3]}" staat 0,3. Bedoel je 30 in plaats van 0,3?',
    ]
    assert read("0,5", 14, 0, 30) == ([(0.5, 14.0, 0.0, 30.0)], [])


def test_the_sheet_for_judges_shows_what_they_judge_and_takes_no_share(bank: Itembank) -> None:
    from datetime import date

    from builder.office import Properties

    made = angoff_sheets(bank, bank.toetsen[TOETS], 2)
    content = sheets.write(made, Properties("t", "k", date(2026, 5, 12)))
    sheet = load_workbook(io.BytesIO(content))["Angoff"]
    assert "goede antwoorden" in str(sheet["A1"].value)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[1] for row in rows] == list(ITEMS)
    assert [row[5] for row in rows] == list(key_letters(bank, bank.toetsen[TOETS]))
    for row, plek in zip(rows, bank.toetsen[TOETS].items, strict=True):
        options = bank.item(plek.id).opties
        shown = str(row[4]).split("\n")
        assert [line[:3] for line in shown] == [f"{letter}. " for letter in "ABC"[: len(options)]]
        for line, place in zip(shown, plek.opties, strict=True):
            picture = options[place - 1].afbeelding
            assert (picture.alt if picture else options[place - 1].tekst) in line
        assert (row[2] or "") == bank.item(plek.id).context and bank.item(plek.id).stam in str(row[3])
    limits = [one for one in sheet.data_validations.dataValidation if one.type == "decimal"]
    assert {(one.formula1, one.formula2, one.operator, one.showErrorMessage) for one in limits} == {
        ("0", "100", "between", True)
    }
    assert {str(one.sqref) for one in limits} == {"G4:G7", "H4:H7"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--cesuur", "25"), "A608", "Cesuur 25 kan niet"),
        (("--equate", "nooit-gezien=2"), "A608", "kan niet overgezet worden"),
        (("--angoff", "nul.csv"), "A608", "Cesuur 0 kan niet"),
        (
            ("--dif", "groep=onzin"),
            "A607",
            'Groep "onzin" komt niet voor bij het kenmerk "groep". Daar staat: a, b.',
        ),
    ],
)
def test_what_was_asked_and_cannot_be_is_an_error(
    here: Path, words: tuple[str, ...], code: str, said: str
) -> None:
    rows = (here / "antwoorden.csv").read_text("utf-8").splitlines()
    text = "\n".join(f"{row};{'groep' if n == 0 else 'ab'[n % 2]}" for n, row in enumerate(rows))
    (here / "groepen.csv").write_text(text, "utf-8")
    nul = [[n, name, 2, 2] for n, name in enumerate(ITEMS)]
    (here / "nul.csv").write_text(lines(["Nr", "Item", "Beoordelaar 1", "Beoordelaar 2"], *nul), "utf-8")
    result = knm("analyse", "groepen.csv", "--toets", TOETS, "--property", "groep", *words, "--write", *TODAY)
    assert result.exit_code == 1, result.output
    assert f"fout {code}" in result.output and said in result.output
    assert "Er is geen rapport gemaakt." in result.output
    assert not (here / "build/analyse").exists() and not (here / "content/statistiek").exists()
    assert "Er zijn twee groepen nodig" not in result.output


def test_what_is_refused_is_refused_before_anything_is_told(here: Path) -> None:
    words = ("analyse", "antwoorden.csv", "--toets", TOETS, "--write", *TODAY)
    assert knm(*words).exit_code == 0
    again = knm(*words)
    assert again.exit_code == 2 and "bestaat al" in again.output and "personen maakten" not in again.output
    (here / "vol").mkdir()
    (here / "vol/brief.txt").write_text("x", "utf-8")
    full = knm("analyse", "antwoorden.csv", "--toets", TOETS, "--out", "vol", *TODAY)
    assert full.exit_code == 2 and "is niet leeg" in full.output and "personen maakten" not in full.output


def test_the_reading_is_told_on_the_screen_and_in_each_report(here: Path) -> None:
    said = "De letters zijn gelezen zoals gedrukt in het boekje."
    result = knm("analyse", "antwoorden.csv", "--toets", TOETS, "--to", "html,xlsx,json", *TODAY)
    assert result.exit_code == 0 and said in result.output
    folder = here / "build/analyse" / TOETS
    assert said in (folder / f"{TOETS}.html").read_text("utf-8")
    assert said in (folder / f"{TOETS}.json").read_text("utf-8")
    told = load_workbook(folder / f"{TOETS}.xlsx")["Uitleg"]
    assert said in [cell.value for cell in told["B"]]


def test_the_typing_sheet_needs_no_toets(here: Path) -> None:
    assert knm("template", "antwoorden", TOETS, "groep.xlsx", "--persons", "3").exit_code == 0
    made = load_workbook(here / "groep.xlsx")
    for row in range(4, 7):
        for column in range(3, 7):
            made["Antwoorden"].cell(row, column).value = "ABC"[(row + column) % 3]
    made.save(here / "groep.xlsx")
    named = knm("analyse", "groep.xlsx", "--toets", TOETS, "--to", "json", "--out", "een", *TODAY)
    alone = knm("analyse", "groep.xlsx", "--to", "json", "--out", "twee", *TODAY)
    assert named.exit_code == alone.exit_code == 0, alone.output
    assert f"Het invulblad is van toets {TOETS}." in alone.output
    assert (
        alone.output.replace(f"Het invulblad is van toets {TOETS}.\n", "").replace("twee", "een")
        == named.output
    )
    (here / "content/toetsen" / f"{TOETS}.yaml").rename(here / "weg.yaml")
    gone = knm("analyse", "groep.xlsx", *TODAY)
    assert gone.exit_code == 1 and gone.output.count("A511") == 1
