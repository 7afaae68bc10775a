"""`knm analyse` and `knm template` from the command line, and the way back to the bank."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from builder import sheets
from builder.analysis.template import HOFSTEE
from builder.exam.plan import make_plan
from builder.exam.pool import times_used
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.statistiek import administrations, known_difficulties
from builder.project import Project
from builder.website.pages import Pages
from builder.website.plugin import site_input
from tests.analysis.conftest import ITEMS, TOETS, lines
from tests.conftest import ROOT
from tests.verbs import knm

TODAY = ("--today", "2026-11-25")


@pytest.fixture
def here(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(bank_folder)
    dice = random.Random(4)
    rows = [[f"p{n}", *(dice.choice("ABC") for _ in ITEMS)] for n in range(80)]
    (bank_folder / "antwoorden.csv").write_text(lines(["persoon", *ITEMS], *rows), encoding="utf-8")
    return bank_folder


def bank_of(folder: Path) -> Itembank:
    bank, found = load(Project(folder))
    assert not found
    return bank


def test_it_tells_and_writes(here: Path) -> None:
    result = knm("analyse", "antwoorden.csv", "--toets", TOETS, *TODAY)
    assert result.exit_code == 0
    assert "80 personen maakten kleine-toets-a." in result.output
    made = sorted(path.name for path in (here / "build/analyse" / TOETS).iterdir())
    assert made == [f"{TOETS}.html", f"{TOETS}.pdf", f"{TOETS}.xlsx"]
    assert not (here / "content/statistiek").exists()


def test_json_is_only_json(here: Path) -> None:
    result = knm("analyse", "antwoorden.csv", "--toets", TOETS, "--format", "json", "--to", "json", *TODAY)
    assert [vraag["id"] for vraag in json.loads(result.output)["vragen"]] == list(ITEMS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nergens.csv",), "nergens.csv bestaat niet"),
        (("antwoorden.csv", "--toets", "kleine-toets"), "Bedoelde je kleine-toets-a?"),
        (("antwoorden.csv", "--toets", TOETS, "--to", "word"), "Kies uit: html, pdf, xlsx, json, dexter"),
        (("antwoorden.csv", "--toets", TOETS, "--limit", "rir=1"), "Kies uit: p-hoog, rir-rood"),
        (("antwoorden.csv", "--toets", TOETS, "--limit", "rir-rood=veel"), "hoort een getal"),
        (("antwoorden.csv", "--toets", TOETS, "--equate", "oud"), "oefentoets-20-a=14"),
        (("antwoorden.csv", "--angoff", "antwoorden.csv"), "Zeg met --toets"),
        (("antwoorden.csv", "--toets", TOETS, "--rules", "weg.csv"), "weg.csv bestaat niet"),
        (("leeg",), "staan geen bestanden"),
        (("antwoorden.csv", "--toets", TOETS, "--name", "../weg"), "kan geen naam zijn"),
    ],
)
def test_wrong_use_gets_a_sentence(here: Path, words: tuple[str, ...], said: str) -> None:
    (here / "leeg").mkdir()
    result = knm("analyse", *words, *TODAY)
    assert result.exit_code == 2 and said in result.output


def test_a_folder_with_practice_files(here: Path) -> None:
    bank = bank_of(here)
    (here / "klas").mkdir()
    head = "\ufefftoets;digest;item;versie;optie;goed\r\n"
    for n in range(12):
        rows = "".join(
            f"{TOETS};{plek.digest};{plek.id};1;{(n % 3) + 1};{'ja' if n % 3 == bank.item(plek.id).sleutel else 'nee'}\r\n"
            for plek in bank.toetsen[TOETS].items
        )
        (here / "klas" / f"oefening ({n}).csv").write_text(head + rows, encoding="utf-8")
    result = knm("analyse", "klas", *TODAY)
    assert "12 personen maakten kleine-toets-a." in result.output


def test_cesuur_from_the_sheets_of_judges(here: Path) -> None:
    for kind in ("angoff", "hofstee"):
        assert knm("template", kind, TOETS, f"{kind}.xlsx", "--judges", "2").exit_code == 0
    angoff = sheets.read((here / "angoff.xlsx").read_bytes())[0]
    head, *rows = angoff.rows[2:]
    assert [row[1] for row in rows] == list(ITEMS) and head[6:] == ("Beoordelaar 1", "Beoordelaar 2")
    filled = lines(head, *[[row[0], row[1], "", "", "", "", "60", "40,0"] for row in rows])
    (here / "angoff.csv").write_text(filled, encoding="utf-8")
    filled = lines(["Beoordelaar", *HOFSTEE], ["b1", 1, 3, 10, 90], ["b2", 1, 3, 10, 90])
    (here / "hofstee.csv").write_text(filled, encoding="utf-8")
    words = ("--angoff", "angoff.csv", "--hofstee", "hofstee.csv")
    result = knm("analyse", "antwoorden.csv", "--toets", TOETS, *words, *TODAY)
    assert result.exit_code == 0
    assert "Angoff: 2,00 punten volgens 2 beoordelaars, met meetfout 0,40 over beoordelaars." in result.output
    assert "Hofstee: " in result.output


def test_the_typing_sheet_and_never_over_another_file(here: Path) -> None:
    assert knm("template", "antwoorden", TOETS, "groep.xlsx", "--persons", "3").exit_code == 0
    sheet, told = sheets.read((here / "groep.xlsx").read_bytes())
    assert told.name == "Uitleg" and sheet.rows[2][:3] == ("Persoon", "Variant", "Vraag 1")
    again = knm("template", "antwoorden", TOETS, "groep.xlsx")
    assert again.exit_code == 2 and "bestaat al" in again.output
    assert knm("template", "antwoorden", TOETS, "groep.csv").exit_code == 2
    empty = knm("analyse", "groep.xlsx", "--toets", TOETS, *TODAY)
    assert empty.exit_code == 1 and "A502" in empty.output


def test_write_keeps_a_dated_summary_and_items_stay(here: Path) -> None:
    before = {path: path.read_bytes() for path in here.rglob("items/**/*.yaml")}
    result = knm("analyse", "antwoorden.csv", "--toets", TOETS, "--cesuur", "2", "--write", *TODAY)
    assert result.exit_code == 0 and f"Bewaard: content/statistiek/{TOETS}-2026-11-25.yaml" in result.output
    assert {path: path.read_bytes() for path in here.rglob("items/**/*.yaml")} == before
    kept = (here / f"content/statistiek/{TOETS}-2026-11-25.yaml").read_text(encoding="utf-8")
    assert "p1\n" not in kept and "personen: 80" in kept
    assert knm("check").exit_code == 0
    again = knm("analyse", "antwoorden.csv", "--toets", TOETS, "--write", *TODAY)
    assert again.exit_code == 2 and "bestaat al" in again.output
    bank = bank_of(here)
    (statistiek,) = bank.statistieken.values()
    assert (statistiek.toets, statistiek.personen, statistiek.cesuur) == (TOETS, 80, 2)
    assert [vraag.id for vraag in statistiek.vragen] == list(ITEMS)
    for vraag in statistiek.vragen:
        assert sum(vraag.opties) + vraag.leeg == pytest.approx(1, abs=1e-3)
        assert vraag.p == vraag.opties[bank.item(vraag.id).sleutel or 0]


def test_assembly_uses_what_was_kept(here: Path) -> None:
    plain = make_plan(bank_of(here), bank_of(here).matrijzen["kleine-toets"])
    assert all(candidate.p is None for candidate in plain.pool)
    knm("analyse", "antwoorden.csv", "--toets", TOETS, "--write", *TODAY)
    bank = bank_of(here)
    known = known_difficulties(bank)
    (statistiek,) = bank.statistieken.values()
    assert known == {vraag.id: round(100 * vraag.p) for vraag in statistiek.vragen}
    pool = {candidate.id: candidate.p for candidate in make_plan(bank, bank.matrijzen["kleine-toets"]).pool}
    assert {name: p for name, p in pool.items() if p is not None} == known
    # what is given by hand goes before
    given = make_plan(bank, bank.matrijzen["kleine-toets"], difficulties={"wonen-001": 99})
    assert {c.id: c.p for c in given.pool}["wonen-001"] == 99
    # the day of the administration counts as use, and not as a second toets
    assert times_used(bank)["wonen-001"] == {TOETS: "2026-11-25"}
    late = knm("analyse", "antwoorden.csv", "--toets", TOETS, "--write", "--today", "2027-01-05")
    assert late.exit_code == 0
    assert times_used(bank_of(here))["wonen-001"] == {TOETS: "2027-01-05"}
    assert len(administrations(bank_of(here))["wonen-001"]) == 2


def test_a_changed_text_no_longer_counts(here: Path) -> None:
    knm("analyse", "antwoorden.csv", "--toets", TOETS, "--write", *TODAY)
    item = here / "items/wonen/wonen-001.yaml"
    item.write_text(
        item.read_text(encoding="utf-8").replace("Wie belt Amina?", "Wie helpt Amina?"), encoding="utf-8"
    )
    bank, _ = load(Project(here))
    assert "wonen-001" not in known_difficulties(bank) and "wonen-002" in known_difficulties(bank)
    assert [one.huidig for one in administrations(bank)["wonen-001"]] == [False]


def test_few_persons_are_not_kept_and_few_do_not_count(here: Path) -> None:
    text = (here / "antwoorden.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (here / "negen.csv").write_text("".join(text[:10]), encoding="utf-8")
    refused = knm("analyse", "negen.csv", "--toets", TOETS, "--write", *TODAY)
    assert refused.exit_code == 2 and "Onder 10 bewaren we niets" in refused.output
    assert not (here / "content/statistiek").exists()
    (here / "dertig.csv").write_text("".join(text[:31]), encoding="utf-8")
    assert knm("analyse", "dertig.csv", "--toets", TOETS, "--write", *TODAY).exit_code == 0
    assert known_difficulties(bank_of(here)) == {}


def test_pages_show_what_was_kept(here: Path) -> None:
    def pages(bank: Itembank) -> dict[str, str]:
        import dataclasses

        given = dataclasses.replace(site_input(Project(here), bank, False), templates=ROOT / "site/templates")
        return {
            one.path: one.content.decode() for one in Pages(given).artifacts() if one.path.endswith(".md")
        }

    before = pages(bank_of(here))
    assert "Wat zeiden de antwoorden?" not in before["vragen/wonen/wonen-001.md"]
    knm("analyse", "antwoorden.csv", "--toets", TOETS, "--write", *TODAY)
    after = pages(bank_of(here))
    assert "Wat zeiden de antwoorden?" in after["vragen/wonen/wonen-001.md"]
    assert "Afgenomen vragen" in after["auteurs/dekking.md"]
    assert "Wat zeiden de antwoorden?" not in after["vragen/wonen/wonen-003.md"]


def test_a_summary_with_mistakes_is_told(here: Path) -> None:
    knm("analyse", "antwoorden.csv", "--toets", TOETS, "--write", *TODAY)
    file = here / f"content/statistiek/{TOETS}-2026-11-25.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new, code in [
        ("- id: wonen-001", "- id: wonen-999", "L206"),
        ("- id: gezondheid-001", "- id: wonen-001", "L202"),
        ("personen: 80\ngem", "personen: nul\ngem", "S103"),
        (f"id: {TOETS}-2026-11-25", "id: iets-anders", "L201"),
    ]:
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        _, found = load(Project(here))
        assert code in {finding.rule.code for finding in found}, (code, found)


def test_equating_with_the_difficulties_that_were_kept(here: Path) -> None:
    knm("analyse", "antwoorden.csv", "--toets", TOETS, "--write", *TODAY)
    result = knm("analyse", "antwoorden.csv", "--toets", TOETS, "--equate", f"{TOETS}=2", *TODAY)
    assert result.exit_code == 0
    assert f"Cesuur 2 van {TOETS} komt hier overeen met 2,00" in result.output
    unknown = knm("analyse", "antwoorden.csv", "--toets", TOETS, "--equate", "nooit-gezien=2", *TODAY)
    assert "A608" in unknown.output


def test_checking_starts_without_numpy() -> None:
    import subprocess
    import sys

    script = "import sys, builder.cli; print('numpy' in sys.modules, 'builder.analysis.rasch' in sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert shown.stdout.split() == ["False", "False"]


def test_a_workbook_is_written_with_the_day_of_the_toets(here: Path) -> None:
    knm("template", "antwoorden", TOETS, "a.xlsx")
    knm("template", "antwoorden", TOETS, "b.xlsx")
    assert (here / "a.xlsx").read_bytes() == (here / "b.xlsx").read_bytes()
