"""The cards of the handreiking: numbers with a source, and what is due for another look."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builder import checks
from builder.checks.context import Context
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.project import Project
from tests.conftest import ROOT, copy_of_the_voorbeeldbank

DAY = date(2026, 11, 25)


@pytest.fixture
def bank(tmp_path: Path) -> Itembank:
    loaded, found = load(copy_of_the_voorbeeldbank(tmp_path / "bank"))
    assert not found
    return loaded


def told(bank: Itembank, day: date | None = DAY) -> list[tuple[str, str]]:
    """Code and file of the findings that this file is about."""
    found = checks.check(bank, Context(day))
    return [(f.rule.code, f.location.path) for f in found if f.rule.code in ("C502", "C561", "C562")]


def with_card(bank: Itembank, kind: str, name: str, **fields: Any) -> Itembank:
    cards = getattr(bank, kind)
    changed: dict[str, Any] = {kind: {**cards, name: dataclasses.replace(cards[name], **fields)}}
    return dataclasses.replace(bank, **changed)


def test_the_voorbeeldbank_has_one_of_each_and_nothing_to_say(bank: Itembank) -> None:
    assert bank.lesmateriaal
    assert bank.locaties
    assert bank.momenten
    assert bank.wegwijzer
    assert bank.kernwaarden
    assert told(bank) == []


def test_a_number_needs_a_bron_that_somebody_saw(bank: Itembank) -> None:
    assert told(with_card(bank, "wegwijzer", "hulplijn", bronnen=())) == [("C561", "content/wegwijzer.yaml")]
    assert told(with_card(bank, "wegwijzer", "hulplijn", bronnen=(), telefoon="")) == []
    assert told(with_card(bank, "wegwijzer", "buurtgroep", telefoon="112")) == []
    bron = bank.bronnen["voorbeeldfolder"]
    unseen = dataclasses.replace(bron, gezien=dataclasses.replace(bron.gezien, hoe="domeinbestand"))
    hearsay = dataclasses.replace(bank, bronnen={**bank.bronnen, bron.id: unseen})
    assert told(hearsay) == [("C562", "content/wegwijzer.yaml")]


@pytest.mark.parametrize(
    ("kind", "name", "file", "months"),
    [
        ("locaties", "dorpsmuseum", "content/locaties/dorpsmuseum.yaml", 6),
        ("lesmateriaal", "leesboek-in-het-dorp", "content/lesmateriaal/leesboek-in-het-dorp.yaml", 12),
        ("wegwijzer", "hulplijn", "content/wegwijzer.yaml", 6),
    ],
)
def test_a_card_is_due_after_six_or_twelve_months(
    bank: Itembank, kind: str, name: str, file: str, months: int
) -> None:
    last = date(2026, 11, 20) if months == 12 else date(2026, 5, 20)
    due = date(last.year, last.month, 21)
    changed = with_card(bank, kind, name, gecontroleerd_op="2025-11-20")
    assert ("C502", file) in told(changed, due)
    assert ("C502", file) not in told(changed, last)
    assert told(changed, None) == []


def test_what_nobody_checked_is_due_from_the_day_somebody_saw_it(bank: Itembank) -> None:
    later = told(bank, date(2027, 5, 26))
    assert ("C502", "content/locaties/dorpsmuseum.yaml") in later
    assert ("C502", "content/lesmateriaal/leesboek-in-het-dorp.yaml") not in later
    assert ("C502", "content/lesmateriaal/leesboek-in-het-dorp.yaml") in told(bank, date(2027, 11, 26))


def test_what_a_teacher_says_aloud_is_easy(bank: Itembank) -> None:
    hard = (
        "Desalniettemin dient de desbetreffende aangelegenheid zorgvuldig te worden overwogen door allen.",
        "Praat eerst met je buur.",
    )
    found = checks.check(with_card(bank, "momenten", "niemand-zegt-iets", je_kunt_zeggen=hard))
    assert "content/lastige-momenten/niemand-zegt-iets.yaml" in {
        f.location.path for f in found if f.rule.code in ("C451", "C453")
    }


def test_no_number_in_the_real_wegwijzer_is_without_a_bron_that_was_read() -> None:
    bank, _ = load(Project(ROOT))
    numbers = [wegwijs for wegwijs in bank.wegwijzer.values() if wegwijs.telefoon]
    assert bank.wegwijzer
    assert next(iter(bank.wegwijzer.values())).telefoon == "112"
    for wegwijs in numbers:
        hows = {bank.bronnen[found.id].gezien.hoe for found in wegwijs.bronnen}
        assert wegwijs.telefoon == "112" or hows & {"live", "kopie"}, wegwijs.id
