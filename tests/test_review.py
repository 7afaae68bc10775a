"""Reviewing: the sheet is blind, what is recorded is bound to the text, and nothing is half written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import review, yaml_writing
from builder.loading.load import load
from builder.loading.read import parse
from builder.model.digest import item_digest
from builder.project import Project
from tests.conftest import ROOT
from tests.verbs import knm


@pytest.fixture
def here(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(bank_folder)
    return bank_folder


RECORD = ("review", "record", "wonen-001", "--today", "2026-11-25", "--beoordelaar", "lezer-2")


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_sheet_never_shows_the_key(here: Path, form: str) -> None:
    before = knm("review", "sheet", "wonen-001", "--format", form).output
    assert "Wie belt Amina?" in before
    item = here / "items/wonen/wonen-001.yaml"
    text = item.read_text(encoding="utf-8")
    for explanation in ("De verhuurder zorgt dat", "De politie helpt bij gevaar"):
        assert explanation not in before
    moved = text.replace("juist: true", "juist: X").replace("juist: false", "juist: true", 1)
    item.write_text(moved.replace("juist: X", "juist: false"), encoding="utf-8")
    after = knm("review", "sheet", "wonen-001", "--format", form).output
    if form == "json":
        rows = json.loads(before), json.loads(after)
        assert rows[0][0].pop("digest") != rows[1][0].pop("digest")
        assert rows[0] == rows[1]
    else:
        assert before == after


def test_the_list_of_ticks_is_that_of_the_schema() -> None:
    schema = json.loads((ROOT / "schemas/lijsten.schema.json").read_text(encoding="utf-8"))
    assert [*review.VINKJES, *review.VINKJES_LES] == schema["$defs"]["vinkje"]["enum"]


def test_a_record_is_added_and_binds_to_the_text(here: Path) -> None:
    item = here / "items/wonen/wonen-001.yaml"
    before = item.read_text(encoding="utf-8")
    result = knm(*RECORD, "--antwoord", "a", "--soort", "automatisch", "--vinkjes", "R-02,R-01")
    assert result.exit_code == 0, result.output
    after = item.read_text(encoding="utf-8")
    assert after.startswith(before)
    bank, found = load(Project(here))
    assert not found
    kept = bank.items["wonen-001"].beoordelingen[-1]
    assert (kept.antwoord, kept.vinkjes, kept.soort) == (1, ("R-01", "R-02"), "automatisch")
    assert kept.digest == item_digest(bank, bank.items["wonen-001"])
    knm(*RECORD, "--antwoord", "B", "--oordeel", "terug", "--opmerkingen", "Het kan ook B zijn.")
    bank, found = load(Project(here))
    assert not found
    assert [kept.antwoord for kept in bank.items["wonen-001"].beoordelingen[-2:]] == [1, 2]


def test_another_answer_than_the_key_is_told(here: Path) -> None:
    result = knm(*RECORD, "--antwoord", "C", "--opmerkingen", "C kan ook.")
    assert result.exit_code == 0
    assert "wonen-001: het antwoord is niet de sleutel" in result.output
    assert "telt goed niet als goedkeuring" in result.output
    blind = knm(*RECORD, "--antwoord", "C", "--soort", "automatisch")  # says only what was answered
    assert blind.exit_code == 0 and "goedkeuring" not in blind.output


def test_who_answers_otherwise_cannot_say_that_it_is_the_key_and_does_not_approve(here: Path) -> None:
    item = here / "items/wonen/wonen-001.yaml"
    before = item.read_bytes()
    result = knm(*RECORD, "--antwoord", "C", "--vinkjes", "R-01,R-02")
    assert result.exit_code == 2 and item.read_bytes() == before
    assert "Haal het vinkje bij R-02 weg" in result.output
    assert "Schrijf een opmerking: waarom toch goed?" in result.output
    assert knm(*RECORD, "--antwoord", "A", "--vinkjes", "R-02").exit_code == 0  # the key
    # whatever stands in a file: for the status it needs two approvals by who knew the answer
    for rol, reader in (("vakinhoud", "lezer-2"), ("toets-taal", "lezer-3")):
        knm(
            "review", "record", "wonen-001", "--beoordelaar", reader, "--rol", rol, "--antwoord", "A",
            "--today", "2026-11-25",
        )  # fmt: skip
    text = item.read_text(encoding="utf-8").replace("status: review", "status: vastgesteld")
    item.write_text(text, encoding="utf-8")
    assert "C312" not in knm("check", "items/wonen").output
    # the last reader of the subject now answered C
    head, _, tail = text.rpartition("beoordelaar: lezer-3")
    item.write_text(
        head + "beoordelaar: lezer-3" + tail.replace("antwoord: 1", "antwoord: 3"), encoding="utf-8"
    )
    assert "C312" in knm("check", "items/wonen").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--antwoord", "D"), "antwoord D is er niet"),
        (("--antwoord", ""), "antwoord (leeg)"),
        (("--antwoord", "A", "--rol", "baas"), "rol baas kennen we niet"),
        (("--antwoord", "A", "--soort", "robot"), "soort robot"),
        (("--antwoord", "A", "--oordeel", "mooi"), "oordeel mooi"),
        (("--antwoord", "A", "--vinkjes", "R-99"), "vinkje R-99"),
        (("--antwoord", "A", "--oordeel", "terug"), "schrijf bij terug een opmerking"),
        (("--antwoord", "A", "--beoordelaar", "auteur"), "je eigen vraag"),
        (("--antwoord", "A", "--today", "morgen"), "morgen"),
    ],
)
def test_a_wrong_record_is_a_sentence_and_writes_nothing(
    here: Path, words: tuple[str, ...], said: str
) -> None:
    item = here / "items/wonen/wonen-001.yaml"
    before = item.read_bytes()
    result = knm(*RECORD, *words)
    assert result.exit_code == 2
    assert said in result.output
    assert item.read_bytes() == before


def test_many_at_once_all_or_nothing(here: Path) -> None:
    rows = [
        {"item": "wonen-001", "antwoord": "A", "beoordelaar": "lezer-2", "soort": "automatisch"},
        {"item": "wonen-002", "antwoord": "Z", "beoordelaar": "lezer-2", "soort": "automatisch"},
    ]
    (here / "lezing.json").write_text(json.dumps(rows), encoding="utf-8")
    before = (here / "items/wonen/wonen-001.yaml").read_bytes()
    result = knm("review", "record", "--from", "lezing.json", "--today", "2026-11-25")
    assert result.exit_code == 2
    assert "Er is niets bewaard." in result.output
    assert (here / "items/wonen/wonen-001.yaml").read_bytes() == before
    rows[1]["antwoord"] = "A"
    (here / "lezing.json").write_text(json.dumps(rows), encoding="utf-8")
    assert knm("review", "record", "--from", "lezing.json", "--today", "2026-11-25").exit_code == 0
    bank, _ = load(Project(here))
    assert all(bank.items[row["item"]].beoordelingen for row in rows)


def test_a_changed_question_needs_a_new_sheet(here: Path) -> None:
    row = {"item": "wonen-001", "antwoord": "A", "beoordelaar": "lezer-2", "digest": "0" * 64}
    (here / "lezing.json").write_text(json.dumps([row]), encoding="utf-8")
    result = knm("review", "record", "--from", "lezing.json", "--today", "2026-11-25")
    assert result.exit_code == 2
    assert "veranderd sinds het reviewblad" in result.output


@pytest.mark.parametrize("text", ["{", "{}", "[1]", '[{"item": "wonen-001"}]', '[{"x": "y"}]'])
def test_a_file_that_is_no_list_of_readings(here: Path, text: str) -> None:
    (here / "lezing.json").write_text(text, encoding="utf-8")
    result = knm("review", "record", "--from", "lezing.json", "--today", "2026-11-25")
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a\n", "id: a\nlijst:\n  - k: v\n"),
        ("id: a", "id: a\nlijst:\n  - k: v\n"),
        ("lijst:\n  - k: u\nid: a\n", "lijst:\n  - k: u\n  - k: v\nid: a\n"),
        ("lijst:\n- k: u\nid: a\n", "lijst:\n- k: u\n- k: v\nid: a\n"),
        ("lijst:\n  - k: u\n\n# over id\nid: a\n", "lijst:\n  - k: u\n  - k: v\n\n# over id\nid: a\n"),
        ("lijst: # hier\n  - k: u\n", "lijst: # hier\n  - k: u\n  - k: v\n"),
    ],
)
def test_add_to_list_changes_nothing_else(before: str, after: str) -> None:
    assert yaml_writing.add_to_list(before, "lijst", {"k": "v"}) == after


def test_add_to_list_refuses_another_form() -> None:
    with pytest.raises(ValueError, match="block list"):
        yaml_writing.add_to_list("lijst: [a]\n", "lijst", {"k": "v"})


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_what_is_added_reads_back(remark: str) -> None:
    text = yaml_writing.add_to_list("id: a\nlijst:\n  - k: u\nlaatste: z\n", "lijst", {"k": remark})
    data, _, found = parse("items/x/x-001.yaml", text.encode("utf-8"))
    assert not found
    assert data == {"id": "a", "lijst": [{"k": "u"}, {"k": remark}], "laatste": "z"}
