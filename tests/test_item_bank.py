"""The item bank as a whole: that it covers everything, that form gives no key away, and that it makes nine exams."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from builder import checks
from builder.checks.context import Context
from builder.diagnostics import Severity
from builder.language import estimate
from builder.language.dictionary import find_dictionary
from builder.loading.load import load
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.usage import blind_reading, may_be_used
from builder.project import Project

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 26)
DEEP = ("7.2.1", "7.2.2", "7.2.3", "7.2.4", "7.2.8")


@pytest.fixture(scope="module")
def bank() -> Itembank:
    return load(Project(ROOT))[0]


@pytest.fixture(scope="module")
def items(bank: Itembank) -> tuple[Item, ...]:
    return tuple(item for item in bank.items.values() if item.status != "vervallen")


def test_there_are_enough_of_every_kind(items: tuple[Item, ...]) -> None:
    levels = Counter(item.taalniveau for item in items)
    assert len(items) >= 520
    assert sum(item.taalniveau == "A2" and item.stof == "examenstof" for item in items) >= 400
    assert levels["A1"] >= 50 and levels["B1"] >= 50
    assert sum(bool(item.afbeeldingen) for item in items) >= 160
    assert sum(item.beheersing != "onthouden" for item in items) >= len(items) / 3


def test_every_indicator_and_every_eindterm_is_covered(bank: Itembank, items: tuple[Item, ...]) -> None:
    per_indicator = Counter(item.indicator for item in items)
    per_term = Counter(item.eindterm for item in items)
    codes = [
        indicator.code
        for thema in bank.themas
        for handeling in thema.handelingen
        for term in handeling.eindtermen
        for indicator in term.indicatoren
    ]
    assert len(codes) == 176
    assert {code: per_indicator[code] for code in codes if per_indicator[code] < 2} == {}
    nummers = bank.eindterm_nummers()
    assert len(nummers) == 78
    assert {nummer: per_term[nummer] for nummer in nummers if per_term[nummer] < 4} == {}
    assert {nummer: per_term[nummer] for nummer in DEEP if per_term[nummer] < 10} == {}


def test_the_holocaust_has_depth(items: tuple[Item, ...]) -> None:
    history = [item for item in items if item.eindterm == "5.1.2"]
    core = [item for item in history if item.indicator == "5.1.2-a"]
    assert len(history) >= 60 and len(core) >= 36
    assert {item.taalniveau for item in core} == {"A1", "A2", "B1"}
    assert {item.abstractieniveau for item in core} == {"concreet", "verloop", "verband", "begrip"}
    assert all(item.gevoelig for item in core)


def test_every_question_was_read_blind_and_the_reader_agreed(bank: Itembank, items: tuple[Item, ...]) -> None:
    offered = [
        item for item in items if item.status != "concept"
    ]  # what is still being written waits for a reader
    assert len(offered) >= 580
    assert [item.id for item in offered if blind_reading(bank, item) is None] == []
    assert [item.id for item in offered if not may_be_used(bank, item, "oefenen")] == []


def test_keys_are_in_every_place_as_often(items: tuple[Item, ...]) -> None:
    places = Counter(item.sleutel for item in items)
    for place in range(3):
        assert abs(places[place] - len(items) / 3) <= 0.1 * len(items) / 3


def _chance(items: tuple[Item, ...], score: dict[str, list[float]]) -> float:
    """The chance of being right by always choosing the option with the highest score; a tie is a guess."""
    right = 0.0
    for item in items:
        if item.id in score:
            best = [place for place, value in enumerate(score[item.id]) if value == max(score[item.id])]
            right += (item.sleutel in best) / len(best)
    return right / len(score)


def _words(text: str) -> set[str]:
    return {word.lower()[:5] for word in re.findall(r"\w{4,}", text)}


def test_form_does_not_give_the_key_away(items: tuple[Item, ...]) -> None:
    written = tuple(item for item in items if all(optie.tekst for optie in item.opties))
    lengths = {item.id: [float(len(optie.tekst)) for optie in item.opties] for item in written}
    middle = {name: [-abs(value - sorted(all_)[1]) for value in all_] for name, all_ in lengths.items()}
    echo = {
        item.id: [float(len(_words(item.stam) & _words(optie.tekst))) for optie in item.opties]
        for item in written
    }
    assert _chance(written, lengths) <= 0.42
    assert _chance(written, {name: [-value for value in all_] for name, all_ in lengths.items()}) <= 0.42
    assert _chance(written, middle) <= 0.42
    assert _chance(written, echo) <= 0.42
    for place in range(3):
        assert (
            _chance(written, {name: [float(here == place) for here in range(3)] for name in lengths}) <= 0.42
        )
    longest = sum(
        lengths[item.id][item.sleutel or 0] == max(lengths[item.id])
        and lengths[item.id].count(max(lengths[item.id])) == 1
        for item in written
    )
    assert longest <= 0.40 * len(written)


def test_the_checks_are_quiet(bank: Itembank, items: tuple[Item, ...]) -> None:
    found = list(checks.check(bank, Context(DAY, find_dictionary())))
    assert [finding for finding in found if finding.rule.severity is Severity.ERROR] == []
    warned = {
        finding.location.path
        for finding in found
        if finding.rule.severity is Severity.WARNING and finding.location.path.startswith("items/")
    }
    assert len(warned) <= 0.02 * len(items)
    assert [str(finding) for finding in found if finding.rule.code in ("C541", "C521")] == []


def test_the_language_is_as_easy_as_it_says(bank: Itembank, items: tuple[Item, ...]) -> None:
    known = frozenset(word for words in bank.domeinwoorden.values() for word in words)
    seen: dict[str, list[str]] = {"A1": [], "A2": []}
    for item in items:
        if item.taalniveau in seen:
            text = "\n".join([item.context, item.stam, *(optie.tekst for optie in item.opties)])
            level = estimate(text, known).level
            if level is not None:
                seen[item.taalniveau].append(level)
    assert sum(level in ("A1", "A2") for level in seen["A2"]) >= 0.95 * len(seen["A2"])
    assert all(level in ("A1", "A2") for level in seen["A1"])


def test_nine_exams_are_there_and_share_no_question(bank: Itembank) -> None:
    exams = [toets for toets in bank.toetsen.values() if toets.matrijs == "oefenexamen-knm"]
    assert len(exams) == 9
    used = Counter(plek.id for toets in exams for plek in toets.items)
    assert len(used) == 360 and set(used.values()) == {1}
    for toets in exams:
        assert (len(toets.items), toets.minuten, toets.doel) == (40, 45, "oefenen")
