"""Near-duplicates: found where two questions ask the same, quiet where they only look alike; fast in a large bank."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from builder.checks import duplicates
from builder.loading.load import load
from builder.model.item import Item
from builder.model.itembank import Itembank, Source
from tests.conftest import VOORBEELDBANK, CopiedProject
from tests.timing import spent


class _NoPositions:
    def at(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        return 1, 1


@pytest.fixture(scope="module")
def bank() -> Itembank:
    return load(CopiedProject(VOORBEELDBANK))[0]


def item(bank: Itembank, name: str, stam: str, key: str, context: str = "", **changes: Any) -> Item:
    base = bank.items["wonen-001"]
    opties = (replace(base.opties[0], tekst=key), *base.opties[1:])
    new = replace(base, id=name, stam=stam, context=context, opties=opties, vijanden=())
    return replace(new, **changes)


def bank_of(bank: Itembank, *items: Item) -> Itembank:
    locations = {one.id: Source(f"items/wonen/{one.id}.yaml", _NoPositions()) for one in items}
    return replace(bank, items={one.id: one for one in items}, locations=locations)


def told(bank: Itembank, *items: Item) -> list[tuple[str, str, str]]:
    found = duplicates.check(bank_of(bank, *items))
    return [(f.rule.code, f.location.path[12:-5], f.message) for f in found]


def pair(bank: Itembank, one: tuple[str, ...], two: tuple[str, ...], **changes: Any) -> list[str]:
    """Codes of what is found for two items of (stam, key, context); changes are those of the second."""
    found = told(bank, item(bank, "wonen-101", *one), item(bank, "wonen-102", *two, **changes))
    assert all(place == "wonen-102" and "wonen-101" in message for _, place, message in found)
    return [code for code, _, _ in found]


BRAND = ("Welk nummer belt u bij brand in de keuken?", "Het nummer 112")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (BRAND, BRAND),
        (BRAND, ("Welk nummer belt u bij brand in de keuken?", "Nummer 112")),
        (BRAND, ("Welk nummer belt u bij een brand in de keuken?", "Het nummer 112")),
        (BRAND, ("Bij brand in de keuken: welk nummer belt u?", "Het nummer 112")),
        (BRAND, ("WELK NUMMER BELT U BIJ BRAND IN DE KEUKEN?", "Het nummer 112.")),
        (BRAND, ("Welk nummer belt u bij brand in de keuken?", "De brandweer")),
        (
            ("Wie belt zij?", "De verhuurder", "De verwarming van Amina is al twee dagen kapot."),
            ("Wie belt zij?", "De verhuurder", "De verwarming van Karima is al drie dagen kapot."),
        ),
    ],
)
def test_nearly_the_same(bank: Itembank, one: tuple[str, ...], two: tuple[str, ...]) -> None:
    assert pair(bank, one, two) == ["C541"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (BRAND, ("Wie betaalt de huur van een kamer?", "De huurder")),
        (
            ("Welke vlag is van Nederland?", "Rood, wit en blauw"),
            ("Welke vlag is van Noorwegen?", "Een blauw kruis"),
        ),
        (("Wat is waar?", "Je mag stemmen"), ("Wat is waar?", "Je betaalt belasting")),
        (
            ("Wat doet zij?", "Zij belt de huisarts", "Lena heeft koorts."),
            ("Wat doet zij?", "Zij gaat naar de tandarts", "Mira heeft kiespijn."),
        ),
        (("", ""), ("", "")),
        (("ሰላም?", "ዓለም"), ("مرحبا؟", "العالم")),
    ],
)
def test_not_the_same(bank: Itembank, one: tuple[str, ...], two: tuple[str, ...]) -> None:
    assert pair(bank, one, two) == []


def test_what_the_authors_know_already_is_not_told_again(bank: Itembank) -> None:
    assert pair(bank, BRAND, BRAND, vijanden=("wonen-101",)) == []
    assert pair(bank, BRAND, BRAND, variant_van="wonen-101") == []
    first = item(bank, "wonen-101", *BRAND, vijanden=("wonen-102",))
    assert told(bank, first, item(bank, "wonen-102", *BRAND)) == []
    twins = [item(bank, f"wonen-10{n}", *BRAND, variant_van="wonen-109") for n in (1, 2)]
    assert told(bank, *twins) == []


def test_what_has_gone_or_waits_for_its_texts_is_left_in_peace(bank: Itembank) -> None:
    assert pair(bank, BRAND, BRAND, status="vervallen") == []
    skeleton = ("TODO schrijf hier de vraag?", "TODO het goede antwoord")
    assert pair(bank, skeleton, skeleton) == []


def test_the_same_question_with_another_picture_is_another_question(bank: Itembank) -> None:
    picture = bank.items["wonen-002"].afbeelding
    other = ("Welk nummer belt u bij brand in de keuken?", "De brandweer")
    assert pair(bank, BRAND, other, afbeelding=picture) == []


def test_one_subject_and_one_answer_is_a_proposal_for_vijanden(bank: Itembank) -> None:
    one = ("Wie belt Amina?", "De verhuurder", "Amina huurt een huis. De verwarming is al twee dagen kapot.")
    two = (
        "Wie belt Karim?",
        "De verhuurder",
        "Karim huurt een kleine kamer in een oud huis. De verwarming maakt in de nacht veel geluid.",
    )
    assert pair(bank, one, two) == ["C542"]
    assert pair(bank, one, two, vijanden=("wonen-101",)) == []
    assert pair(bank, one, two, eindterm="3.2.1") == []
    assert pair(bank, one, (two[0], "De buurvrouw", two[2])) == []


def test_only_the_nearest_is_told(bank: Itembank) -> None:
    items = [item(bank, f"wonen-10{number}", *BRAND) for number in range(5)]
    found = told(bank, *items)
    assert [(code, place) for code, place, _ in found] == [
        ("C541", f"wonen-10{number}") for number in range(1, 5)
    ]


def test_the_time_grows_with_the_questions_and_not_with_their_pairs(bank: Itembank) -> None:
    chance = random.Random(20261125)
    words = [
        "".join(chance.choices("bdfghklmnprstvwz", k=2) + chance.choices("aeiou", k=2)) + str(n)
        for n in range(4000)
    ]
    words = [word.translate(str.maketrans("0123456789", "abcdefghij")) for word in words]
    weights = [1 / (place + 3) for place in range(len(words))]

    def text(number: int) -> str:
        return " ".join(chance.choices(words, weights, k=number))

    items: list[Item] = []
    for number in range(4_000):
        name = f"wonen-{number:05}"
        if number % 100 == 99:
            items.append(replace(items[-50], id=name, stam=items[-50].stam.replace("?", " nu?")))
        else:
            items.append(item(bank, name, text(8) + "?", text(4), text(12)))
    small, large = bank_of(bank, *items[:1_000]), bank_of(bank, *items)
    found = list(duplicates.check(large))
    assert len([f for f in found if f.rule.code == "C541"]) == 40
    # The pairs are 16 times as many.
    assert spent(lambda: list(duplicates.check(large)), 1) < 9 * spent(lambda: list(duplicates.check(small))) + 0.1
