"""The real bank: what must be in it, and what no text may be."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from builder.checks import lesson_facts, sources
from builder.checks.toetsen import check_toets
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.lifecycle import APPROVED
from builder.project import Project

ROOT = Path(__file__).resolve().parents[1]
FACTS = ("C504", "C507")  # a fact without a bron: on a page or for the teacher, and elsewhere in a les


@pytest.fixture(scope="module")
def bank() -> Itembank:
    loaded, found = load(Project(ROOT))
    assert not [finding for finding in found if finding.rule.severity.value == "error"]
    return loaded


def test_every_thema_has_questions_and_the_holocaust_most(bank: Itembank) -> None:
    themas = Counter(item.thema for item in bank.items.values())
    assert len(bank.items) >= 24
    assert all(themas[thema.slug] >= 2 for thema in bank.themas)
    assert len(bank.items_for("5.1.2")) >= 8
    assert sum(bool(item.afbeeldingen) for item in bank.items.values()) >= 6


def test_the_glossary_has_words_for_every_thema(bank: Itembank) -> None:
    words = list(bank.begrippen.values())
    assert len(words) >= 120
    per_thema = Counter(word.thema for word in words)
    assert set(per_thema) == {thema.slug for thema in bank.themas}
    assert min(per_thema.values()) >= 10
    assert len({word.woord.casefold() for word in words}) == len(words)  # a link can mean only one of them


def test_every_question_has_three_options_explained_and_a_source(bank: Itembank) -> None:
    for item in bank.items.values():
        assert len(item.opties) == 3, item.id
        assert item.sleutel is not None, item.id
        assert all(optie.toelichting for optie in item.opties), item.id
        assert item.bronnen, item.id


def test_no_text_claims_an_approval_that_no_person_gave(bank: Itembank) -> None:
    for document in (*bank.items.values(), *bank.lessen.values()):
        people = [found for found in document.beoordelingen if found.soort == "mens"]
        assert document.status not in APPROVED or people, document.id


def test_no_source_claims_to_be_checked_that_was_only_seen_as_a_copy(bank: Itembank) -> None:
    for bron in bank.bronnen.values():
        assert bron.gezien.hoe == "live" or not bron.gecontroleerd_op, bron.id


def test_keys_are_spread_over_the_places(bank: Itembank) -> None:
    places = Counter(item.sleutel for item in bank.items.values())
    assert max(places.values()) - min(places.values()) <= 0.2 * len(bank.items)


def test_our_drawings_have_no_letters_to_load_and_their_own_background(bank: Itembank) -> None:
    drawings = [picture for path, picture in bank.pictures.items() if path.endswith(".svg")]
    assert len(drawings) >= 6
    for picture in drawings:
        text = picture.data.decode("utf-8").lower()
        for forbidden in ("<text", "<script", "<image", "<foreignobject", "href=", "<style"):
            assert forbidden not in text, picture.path
        assert "<rect" in text or "<path" in text, picture.path


def test_there_is_a_practice_toets_of_twenty_that_holds(bank: Itembank) -> None:
    twenty = [toets for toets in bank.toetsen.values() if len(toets.items) == 20]
    assert twenty
    for toets in twenty:
        assert toets.doel == "oefenen"
        assert toets.matrijs in bank.matrijzen
        assert not list(check_toets(bank, toets))


def test_the_holocaust_lesson_is_complete(bank: Itembank) -> None:
    les = bank.lessen["holocaust-een-mens-en-een-plaats"]
    assert sum(stap.minuten for stap in les.stappen) == les.minuten == 45
    assert les.gevoelig
    assert les.veilig_beginnen
    assert les.veilig_afsluiten
    assert les.dit_hoor_je_soms
    assert {blad.taalniveau for blad in les.handouts} >= {"A1", "A2"}
    assert 6 <= len(les.woorden) <= 10


def test_every_fact_about_the_holocaust_leads_to_a_bron(bank: Itembank) -> None:
    found = [*lesson_facts.check(bank), *sources.check(bank)]
    assert [f"{f.location.path}:{f.location.line} {f.message}" for f in found if f.rule.code in FACTS] == []
