"""Order: of the items in a toets, of the options of an item, and of both in a variant.

In: chosen items and a seed. Out: places. It chooses no items. Themas stand in their official order, a set stays
together, `vast` options and rows of numbers or dates keep their place, and the keys are spread over the letters
without a run of more than three.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builder.dutch import MAANDEN
from builder.exam.constraints import draw
from builder.model.item import Item

LONGEST_RUN = 3
_ATTEMPTS = 60
_WORDS = (
    "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip
_DATE = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(MAANDEN)})(?: (\d{{4}}))?", re.IGNORECASE)
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2}) uur\b")
_NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with the printed order of its options (from 1)."""

    item: Item
    order: tuple[int, ...]


def arrange(items: Sequence[Item], themas: Sequence[str], seed: int, *what: object) -> tuple[Placed, ...]:
    """Return the items in the order of the toets, each with the order of its options.

    `what` tells which toets or variant this is: another one gets another order from the same seed.
    """
    ordered = in_order(items, themas, seed, *what)
    return spread_keys(ordered, seed, *what)


def in_order(items: Sequence[Item], themas: Sequence[str], seed: int, *what: object) -> tuple[Item, ...]:
    """Return the items by thema, within a thema by lot, and those of one set beside each other."""
    rank = {slug: number for number, slug in enumerate(themas)}
    home: dict[str, tuple[int, str]] = {}
    for item in items:
        key = (rank.get(item.thema, len(rank)), item.thema)
        home[_group(item)] = min(home.get(_group(item), key), key)
    return tuple(
        sorted(
            items,
            key=lambda item: (
                home[_group(item)],
                draw(seed, "volgorde", *what, _group(item)),
                _group(item),
                item.id,
            ),
        )
    )


def _group(item: Item) -> str:
    return f"set {item.set}" if item.set else item.id


def spread_keys(items: Sequence[Item], seed: int, *what: object) -> tuple[Placed, ...]:
    """Return the items in this order, with the options shuffled so that the keys are spread."""
    best: tuple[tuple[int, int], tuple[int | None, ...]] | None = None
    free = [free_places(item) for item in items]
    for attempt in range(_ATTEMPTS):
        keys = _key_places(items, free, seed, (*what, attempt))
        score = (runs_too_long(keys), imbalance(keys))
        if best is None or score < best[0]:
            best = (score, keys)
        if score[0] == 0 and score[1] <= 1:
            break
    chosen = best[1] if best else ()
    return tuple(
        Placed(item, _options(item, key, seed, what)) for item, key in zip(items, chosen, strict=True)
    )


def free_places(item: Item) -> tuple[int, ...]:
    """Return the places (from 0) of options that may be shuffled."""
    if keeps_order([optie.tekst for optie in item.opties]):
        return ()
    return tuple(place for place, optie in enumerate(item.opties) if not optie.vast)


def keeps_order(texts: Sequence[str]) -> bool:
    """Tell whether these are numbers, times or dates that go up or go down: then they stay so."""
    values = [_value(text) for text in texts]
    known = [value for value in values if value is not None]
    if len(known) < len(texts) or len({len(value) for value in known}) > 1:
        return False
    steps = list(pairwise(known))
    return bool(steps) and (all(a < b for a, b in steps) or all(a > b for a, b in steps))


def _value(text: str) -> tuple[float, ...] | None:
    if date := _DATE.search(text):
        day, month, year = date.groups()
        return (float(year or 0), float(MAANDEN.index(month.lower())), float(day or 0))
    if clock := _CLOCK.search(text):
        return (float(clock[1]), float(clock[2]))
    numbers = _NUMBER.findall(text)
    if len(numbers) == 1:
        return (float(numbers[0].replace(".", "").replace(",", ".")),)
    words = _NUMBER_WORD.findall(text)
    if not numbers and len(words) == 1:
        return (float(_WORDS.index(words[0].lower())),)
    return None


def _key_places(
    items: Sequence[Item], free: Sequence[tuple[int, ...]], seed: int, what: tuple[object, ...]
) -> tuple[int | None, ...]:
    """Return where each key is printed. Items take turns by lot, each the place that is used least."""
    keys: list[int | None] = []
    open_: list[int] = []
    for index, item in enumerate(items):
        fixed = item.sleutel
        movable = fixed is not None and fixed in free[index] and len(free[index]) > 1
        keys.append(None if movable else fixed)
        if movable:
            open_.append(index)
    count: dict[int, int] = {}
    for key in keys:
        if key is not None:
            count[key] = count.get(key, 0) + 1
    for index in sorted(open_, key=lambda i: draw(seed, "beurt", *what, items[i].id)):

        def wish(place: int, index: int = index) -> tuple[bool, int, int]:
            return (
                _makes_run(keys, index, place),
                count.get(place, 0),
                draw(seed, "plaats", *what, items[index].id, place),
            )

        chosen = min(free[index], key=wish)
        keys[index] = chosen
        count[chosen] = count.get(chosen, 0) + 1
    return tuple(keys)


def _makes_run(keys: Sequence[int | None], index: int, place: int) -> bool:
    before = index
    while before > 0 and keys[before - 1] == place:
        before -= 1
    after = index
    while after + 1 < len(keys) and keys[after + 1] == place:
        after += 1
    return after - before + 1 > LONGEST_RUN


def runs_too_long(keys: Sequence[int | None]) -> int:
    """Return how many items stand in a run of equal keys beyond the allowed length."""
    extra, run, last = 0, 0, None
    for key in keys:
        run = run + 1 if key is not None and key == last else 1
        last = key
        extra += run > LONGEST_RUN
    return extra


def imbalance(keys: Sequence[int | None]) -> int:
    """Return the difference between the most and the least used of the key places A, B, C."""
    count: dict[int, int] = {place: 0 for place in range(3)}
    for key in keys:
        if key is not None:
            count[key] = count.get(key, 0) + 1
    used = [number for place, number in count.items() if place < 3]
    return max(used) - min(used) if any(used) else 0


def _options(item: Item, key: int | None, seed: int, what: tuple[object, ...]) -> tuple[int, ...]:
    """Return the printed order: the key at its place, the others in the free places by lot."""
    places = list(range(len(item.opties)))
    free = list(free_places(item))
    if len(free) < 2:
        return tuple(place + 1 for place in places)
    by_lot = sorted(free, key=lambda place: draw(seed, "optie", *what, item.id, place))
    printed: Mapping[int, int]
    if key is not None and item.sleutel in free:
        by_lot.remove(item.sleutel)
        rest = [place for place in free if place != key]
        printed = {key: item.sleutel, **dict(zip(rest, by_lot, strict=True))}
    else:
        printed = dict(zip(free, by_lot, strict=True))
    return tuple(printed.get(place, place) + 1 for place in places)
