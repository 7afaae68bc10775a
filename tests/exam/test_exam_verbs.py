"""The verbs plan, assemble and toets diff/swap/variant/vernieuw, from the command line on the voorbeeldbank."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli_exam
from builder.cli import main
from builder.exam import assemble as assembling
from builder.loading.load import load
from builder.model.digest import item_digest
from builder.project import Project

DAY = ["--today", "2026-11-25"]
MATRIX = "content/toetsmatrijzen/kleine-toets.yaml"


@pytest.fixture
def here(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(bank_folder)
    return bank_folder


def knm(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == code, result.output + result.stderr
    assert "Traceback" not in result.output
    return result


def change(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def read_again(folder: Path, name: str) -> None:
    """A blind reader answers the present text well."""
    file = next((folder / "items").rglob(f"{name}.yaml"))
    bank, _ = load(Project(folder))
    digest = item_digest(bank, bank.items[name])
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"digest: [0-9a-f]{64}", f"digest: {digest}", text), encoding="utf-8")


def toetsen(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "content" / "toetsen").iterdir()}


def test_plan_shows_the_table_and_says_that_it_can(here: Path) -> None:
    told = knm("plan", "kleine-toets").output
    assert "Volgens de telling kan het." in told
    assert "gevraagd" in told and "vrij daarna" in told
    assert "1 vraag doet niet mee" in told


def test_plan_tells_how_many_are_lacking_and_how_many_forms_there_can_be(here: Path) -> None:
    told = knm("plan", MATRIX, "--forms", "3", code=1).output
    assert "Wonen: 1 vraag te weinig voor 3 toetsen samen." in told or "wonen: 1 vraag te weinig" in told
    assert "Volgens de telling kan het wel met 1 toets." in told


def test_plan_as_data(here: Path) -> None:
    data = json.loads(knm("plan", "kleine-toets", "--format", "json").output)
    assert data["tekort"] == []
    assert data["cellen"][0] == {
        "naam": "Alle vragen", "min": 4, "max": 4, "aanwezig": 5, "bruikbaar": 5, "nodig": 4, "vrij": 1,
    }  # fmt: skip


def test_assemble_writes_a_toets_that_verifies(here: Path) -> None:
    told = knm("assemble", "kleine-toets", "--name", "nieuw", "--seed", "5", *DAY).output
    assert "Gemaakt: content/toetsen/nieuw-a.yaml" in told
    assert "nog vrij" in told
    assert "nieuw-a klopt" in knm("toets", "verify", "nieuw-a").output
    knm("check", "content/toetsen")


def test_the_same_command_gives_the_same_bytes(here: Path, tmp_path: Path) -> None:
    for folder in ("een", "twee"):
        knm(
            "assemble",
            "kleine-toets",
            "--name",
            "x",
            "--variants",
            "2",
            "--out",
            str(tmp_path / folder),
            *DAY,
        )
    one, other = ((tmp_path / folder / "x-a.yaml").read_bytes() for folder in ("een", "twee"))
    assert one == other


def test_nothing_is_overwritten(here: Path) -> None:
    before = toetsen(here)
    told = knm("assemble", "kleine-toets", *DAY, code=2).stderr
    assert "kleine-toets-a.yaml bestaat al." in told
    assert toetsen(here) == before


def test_a_dry_run_writes_nothing(here: Path) -> None:
    before = toetsen(here)
    assert "Er is niets geschreven (--dry)." in knm("assemble", "kleine-toets", "--dry", *DAY).output
    assert toetsen(here) == before


def test_what_cannot_be_is_said_and_nothing_is_written(here: Path) -> None:
    before = toetsen(here)
    told = knm("assemble", "kleine-toets", "--forms", "2", "--name", "x", *DAY, code=1).output
    assert "Deze toets kan niet met de vragen die er zijn." in told
    assert "Thema gezondheid: 1 vraag te weinig voor 2 toetsen samen." in told
    assert "Alle vragen: 2 vragen te weinig voor 2 toetsen samen." in told  # and that one more counts as well
    assert toetsen(here) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--seed", "zeven"], "Bij --seed hoort een heel getal, niet zeven."),
        (["--seed", "-1"], "-1 kan hier niet."),
        (["--forms", "0"], "0 kan hier niet. Kies een getal van 1 tot en met 100."),
        (["--name", "Mijn Toets"], "Mijn Toets kan geen naam zijn."),
        (["--today", "morgen"], "morgen is geen datum."),
    ],
)
def test_wrong_use_gets_a_dutch_sentence(here: Path, words: list[str], told: str) -> None:
    assert told in knm("assemble", "kleine-toets", "--name", "x", *words, code=2).stderr


def test_an_unknown_or_broken_matrix(here: Path) -> None:
    assert "Bedoelde je kleine-toets?" in knm("plan", "klene-toets", code=2).stderr
    change(here, MATRIX, "thema: wonen", "eindterm: 9.9.9")
    assert "Toetsmatrijs kleine-toets heeft fouten." in knm("plan", "kleine-toets", code=2).stderr


def test_an_empty_bank(here: Path) -> None:
    for file in (here / "items").rglob("*.yaml"):
        change(here, str(file.relative_to(here)), "status: ", "status: concept #")
    assert "Er is geen enkele vraag" in knm("assemble", "kleine-toets", "--name", "x", *DAY, code=1).output


def test_ctrl_c_while_searching(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    before = toetsen(here)
    monkeypatch.setattr(assembling, "assemble", stopped)
    told = knm("assemble", "kleine-toets", "--name", "x", *DAY, code=130).stderr
    assert told == "Gestopt. Er is niets geschreven.\n"
    assert toetsen(here) == before


def test_ctrl_c_while_writing_takes_back_what_was_written(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(here, MATRIX, "aantal: 4", "aantal: 2")
    change(here, MATRIX, "min: 2", "min: 1")
    change(here, MATRIX, "  - taalniveau: A1\n    min: 1", "  - taalniveau: A1\n    min: 0")
    for number in ("002", "003"):
        change(here, f"items/gezondheid/gezondheid-{number}.yaml", "set: samir\n", "")
    create, calls = cli_exam.create_file, []

    def stops_at_the_second(target: Path, content: bytes) -> bool:
        calls.append(target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return create(target, content)

    before = toetsen(here)
    monkeypatch.setattr(cli_exam, "create_file", stops_at_the_second)
    knm("assemble", "kleine-toets", "--forms", "2", "--name", "x", *DAY, code=130)
    assert len(calls) == 2
    assert toetsen(here) == before


def test_difficulties_from_a_file(here: Path, tmp_path: Path) -> None:
    change(here, MATRIX, "minuten: 10", "minuten: 10\nmoeilijkheid:\n  gemiddelde: 60\n  marge: 20")
    file = tmp_path / "p.csv"
    file.write_text("item;p\nwonen-001;0,6\nwonen-002;55\n", encoding="utf-8")
    assert (
        "Van 3 vragen is de moeilijkheid niet bekend."
        in knm("plan", "kleine-toets", "--difficulty", str(file)).output
    )
    file.write_text("item,p\nwonen-001,veel\n", encoding="utf-8")
    assert (
        "regel 2: veel is geen getal" in knm("plan", "kleine-toets", "--difficulty", str(file), code=2).stderr
    )
    file.write_text("vraag,p\n", encoding="utf-8")
    assert "ontbreekt een kolom" in knm("plan", "kleine-toets", "--difficulty", str(file), code=2).stderr


# ---- changes


def test_diff(here: Path) -> None:
    knm("assemble", "kleine-toets", "--name", "nieuw", "--seed", "5", *DAY)
    assert (
        "kleine-toets-a en kleine-toets-a zijn gelijk."
        in knm("toets", "diff", "kleine-toets-a", "kleine-toets-a").output
    )
    told = knm("toets", "diff", "kleine-toets-a", "nieuw-a").output
    assert "uitleg: Lees elke vraag rustig. Kies één antwoord. → leeg" in told
    assert "in allebei" in told


def test_swap_proposes_and_makes(here: Path) -> None:
    extra = (here / "items/wonen/wonen-001.yaml").read_text(encoding="utf-8")
    extra = extra.replace("id: wonen-001", "id: wonen-004").replace("Wie belt Amina?", "Wie helpt Amina?")
    (here / "items/wonen/wonen-004.yaml").write_text(extra, encoding="utf-8")
    assert "Er is geen vraag die" in knm("toets", "swap", "kleine-toets-a", "wonen-001", code=1).output
    read_again(here, "wonen-004")
    told = knm("toets", "swap", "kleine-toets-a", "wonen-001").output
    assert told.startswith("1. wonen-004  Wie helpt Amina?  (zelfde eindterm en niveau)")
    before = toetsen(here)
    knm("toets", "swap", "kleine-toets-a", "wonen-001", "--with", "wonen-004", "--name", "nieuw")
    assert {name: data for name, data in toetsen(here).items() if name in before} == before
    text = (here / "content/toetsen/nieuw.yaml").read_text(encoding="utf-8")
    assert "wonen-004" in text and "wonen-001" not in text
    assert "+ wonen-004" in knm("toets", "diff", "kleine-toets-a", "nieuw").output
    knm("toets", "verify", "nieuw")
    knm("toets", "swap", "kleine-toets-a", "wonen-001", "--with", "wonen-004", "--replace", *DAY)
    assert "editie: 2" in (here / "content/toetsen/kleine-toets-a.yaml").read_text(encoding="utf-8")


def test_swap_refuses(here: Path) -> None:
    assert (
        "staat niet in kleine-toets-a" in knm("toets", "swap", "kleine-toets-a", "wonen-003", code=2).stderr
    )
    assert "hoort bij set samir" in knm("toets", "swap", "kleine-toets-a", "gezondheid-002", code=2).stderr
    assert (
        "kan wonen-001 niet vervangen"
        in knm("toets", "swap", "kleine-toets-a", "wonen-001", "--with", "wonen-003", code=2).stderr
    )
    change(here, "content/toetsen/kleine-toets-a.yaml", "id: wonen-001\n", "id: wonen-001\n    vast: true\n")
    assert "staat vast" in knm("toets", "swap", "kleine-toets-a", "wonen-001", code=2).stderr


def test_variant(here: Path) -> None:
    knm("toets", "variant", "kleine-toets-a", "--seed", "3")
    text = (here / "content/toetsen/kleine-toets-a-variant-c.yaml").read_text(encoding="utf-8")
    assert "code: B" in text and "code: C" in text
    knm("toets", "verify", "kleine-toets-a-variant-c")
    knm("toets", "variant", "kleine-toets-a", "--seed", "3", "--replace")
    assert "code: C" in (here / "content/toetsen/kleine-toets-a.yaml").read_text(encoding="utf-8")


def test_the_next_edition_takes_the_texts_of_now(here: Path) -> None:
    change(here, "items/wonen/wonen-001.yaml", "Wie belt Amina?", "Wie belt Amina nu?")
    change(here, "items/wonen/wonen-001.yaml", "versie: 1", "versie: 2")
    assert "C330" in knm("toets", "verify", "kleine-toets-a", code=1).output
    assert "nog niet blind gelezen" in knm("toets", "vernieuw", "kleine-toets-a", *DAY, code=2).stderr
    read_again(here, "wonen-001")
    told = knm("toets", "vernieuw", "kleine-toets-a", *DAY).output
    assert "Vraag wonen-001 is veranderd." in told
    assert "Dit is editie 2." in told
    knm("toets", "verify", "kleine-toets-a-editie-2")
    knm("toets", "vernieuw", "kleine-toets-a", "--replace", *DAY)
    knm("toets", "verify", "kleine-toets-a")
    assert (
        "bestaat al"
        in knm(
            "toets", "vernieuw", "kleine-toets-a", "--name", "kleine-toets-a-editie-2", *DAY, code=2
        ).stderr
    )


def test_the_next_edition_refuses_what_may_not_be_used(here: Path) -> None:
    change(here, "items/wonen/wonen-001.yaml", "status: review", "status: concept")
    told = knm("toets", "vernieuw", "kleine-toets-a", *DAY, code=2).stderr
    assert "Vraag wonen-001 (status concept) mag niet in een toets met doel oefenen." in told
    assert "Maak die vragen eerst in orde, of ruil ze met `knm toets swap`." in told


def test_several_variants_at_once(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bank_folder)
    words = ["toets", "variant", "kleine-toets-a", "--n", "2", "--seed", "5", "--replace"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    toets = load(Project(bank_folder))[0].toetsen["kleine-toets-a"]
    assert [variant.code for variant in toets.varianten] == ["B", "C", "D"]
    result = CliRunner().invoke(main, [*words[:4], "25", *words[5:]])
    assert result.exit_code == 2
    assert "meer varianten dan er letters zijn" in result.output
