"""The order of items and options."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from builder.exam.shuffle import arrange, in_order, keeps_order, spread_keys
from builder.model.item import Optie
from tests.exam import banks


def letters(placed: tuple[object, ...]) -> str:
    return "".join(
        "ABCD"[one.order.index(one.item.sleutel + 1)]  # type: ignore[attr-defined]
        for one in placed
    )


def test_themas_stand_in_official_order_and_items_by_lot() -> None:
    items = banks.many(64)
    placed = arrange(items, banks.THEMAS, 1, "toets", 1)
    themas = [one.item.thema for one in placed]
    assert list(dict.fromkeys(themas)) == list(banks.THEMAS)
    assert [one.item.id for one in placed] == [i.id for i in in_order(items, banks.THEMAS, 1, "toets", 1)]
    assert placed == arrange(list(reversed(items)), banks.THEMAS, 1, "toets", 1)
    assert placed != arrange(items, banks.THEMAS, 1, "toets", 2)
    assert placed != arrange(items, banks.THEMAS, 2, "toets", 1)


def test_a_set_stays_together_in_its_own_order() -> None:
    items = [banks.item(f"wonen-{n:03}", set="brief" if n in (2, 5, 9) else "") for n in range(1, 12)]
    order = [item.id for item in in_order(items, banks.THEMAS, 3)]
    start = order.index("wonen-002")
    assert order[start : start + 3] == ["wonen-002", "wonen-005", "wonen-009"]


@pytest.mark.parametrize("seed", range(8))
def test_keys_are_balanced_without_long_runs(seed: int) -> None:
    told = letters(spread_keys(banks.many(40), seed, "toets", 1))
    count = Counter(told)
    assert max(count.values()) - min(count.values()) <= 1
    assert not any(letter * 4 in told for letter in "ABC")


def test_a_fixed_option_keeps_its_place() -> None:
    item = banks.item("wonen-001")
    item = replace(item, opties=(*item.opties[:2], replace(item.opties[2], vast=True)))
    for seed in range(20):
        assert spread_keys([item], seed)[0].order[2] == 3


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (("1", "2", "3"), True),
        (("€ 1.000", "€ 1.500", "€ 12.000"), True),
        (("65 jaar", "67 jaar", "70 jaar"), True),
        (("drie dagen", "twee dagen", "één dag"), True),
        (("5 mei", "4 mei", "27 januari 1945"), False),
        (("27 januari", "4 mei", "5 mei"), True),
        (("1945", "1940", "2000"), False),
        (("De gemeente", "De politie", "De school"), False),
        (("Je belt 112", "Je belt de politie", "Je wacht"), False),
    ],
)
def test_numbers_and_dates_in_a_row_stay_in_a_row(texts: tuple[str, ...], kept: bool) -> None:
    assert keeps_order(texts) is kept
    opties = tuple(Optie(n == 0, text, toelichting="Daarom.") for n, text in enumerate(texts))
    orders = {spread_keys([banks.item("wonen-001", opties=opties)], seed)[0].order for seed in range(20)}
    assert (orders == {(1, 2, 3)}) is kept


def test_items_without_one_key_are_shuffled_too() -> None:
    item = banks.item("wonen-001")
    double = replace(item, opties=tuple(replace(optie, juist=True) for optie in item.opties))
    assert sorted(spread_keys([double], 4)[0].order) == [1, 2, 3]
