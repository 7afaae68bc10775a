"""Changes to a toets that exists: what differs, what may replace an item, a variant, a next edition.

In: the bank and toetsen. Out: other toetsen, or sentences. It writes nothing; what came in stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from builder.cells import count_in
from builder.exam.plan import describe
from builder.exam.pool import times_used, words_of
from builder.exam.shuffle import arrange, free_places, spread_keys
from builder.exam.verify import Breach, series_of, verify
from builder.model.digest import item_digest
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.toets import Cel, Plek, Toets, Variant, Variantplek
from builder.model.usage import may_be_used, why_not

VARIANT_CODES = "BCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORDER = (
    "id",
    "titel",
    "doel",
    "datum",
    "editie",
    "matrijs",
    "minuten",
    "uitleg",
    "zaad",
    "samenstelling",
    "items",
    "varianten",
)


def as_document(toets: Toets) -> dict[str, Any]:
    """Return a toets as the plain data of its YAML file: fields in their order, without what is empty."""
    data = _plain(toets)
    return {key: data[key] for key in _ORDER if key in data}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    told = {}
    for field in fields(value):
        inner = getattr(value, field.name)
        if inner != field.default:
            told[field.name] = _plain(inner)
    return told


def difference(bank: Itembank, one: Toets, other: Toets) -> tuple[str, ...]:
    """Return in sentences how two toetsen differ; empty when a candidate would see the same."""
    said: list[str] = []
    for name in ("titel", "doel", "minuten", "editie", "matrijs", "uitleg"):
        first, second = getattr(one, name), getattr(other, name)
        if first != second:
            said.append(f"{name}: {_shown(first)} → {_shown(second)}")
    mine = {plek.id: (place, plek) for place, plek in enumerate(one.items, start=1)}
    theirs = {plek.id: (place, plek) for place, plek in enumerate(other.items, start=1)}
    said += [f"- {name} (alleen in {one.id})" for name in mine if name not in theirs]
    said += [f"+ {name} (alleen in {other.id})" for name in theirs if name not in mine]
    for name in (name for name in mine if name in theirs):
        (place, plek), (new_place, new) = mine[name], theirs[name]
        changes = []
        if place != new_place:
            changes.append(f"plaats {place} → {new_place}")
        if plek.digest != new.digest:
            changes.append(f"andere tekst (versie {plek.versie} → {new.versie})")
        if plek.opties != new.opties:
            changes.append(f"opties {_letters(plek.opties)} → {_letters(new.opties)}")
        if changes:
            said.append(f"  {name}: {', '.join(changes)}")
    codes = [variant.code for variant in one.varianten], [variant.code for variant in other.varianten]
    if codes[0] != codes[1]:
        said.append(f"varianten: {', '.join(codes[0]) or 'geen'} → {', '.join(codes[1]) or 'geen'}")
    for name in dict.fromkeys((one.matrijs, other.matrijs)):
        matrijs = bank.matrijzen.get(name)
        for cel in (*matrijs.cellen, *matrijs.marges) if matrijs else ():
            counts = [_count(bank, toets, cel) for toets in (one, other)]
            if counts[0] != counts[1]:
                said.append(f"  {describe(cel)}: {counts[0]} → {counts[1]} vragen")
    return tuple(said)


def _shown(value: object) -> str:
    return "leeg" if value in ("", None) else str(value)


def _letters(order: Sequence[int]) -> str:
    return "".join(str(number) for number in order)


def _count(bank: Itembank, toets: Toets, cel: Cel) -> int:
    return count_in((bank.items[plek.id] for plek in toets.items if plek.id in bank.items), cel)


@dataclass(frozen=True, slots=True)
class Replacement:
    """An item that may come in the place of another: what is alike and what differs."""

    item: Item
    same: tuple[str, ...]
    other: tuple[str, ...]
    words: int
    used: int


_ALIKE = ("eindterm", "taalniveau", "abstractieniveau", "beheersing", "indicator", "stof")


def replacements(bank: Itembank, toets: Toets, name: str, most: int = 5) -> tuple[Replacement, ...]:
    """Return the best items to put in the place of `name`: with each, the toets breaks no rule that it kept."""
    old = bank.items.get(name)
    matrijs = bank.matrijzen.get(toets.matrijs)
    used = times_used(bank)
    inside = {plek.id for plek in toets.items}
    family = set(old.vijanden) if old else set()
    series = series_of(bank, toets)
    taken = {plek.id for other in series for plek in other.items}
    refused = set(matrijs.verboden) if matrijs else set()
    before = {breach.sentence for breach in _kept(bank, toets)}
    found = []
    for item in bank.items.values():
        if item.id in inside or item.id in refused or item.set or not may_be_used(bank, item, toets.doel):
            continue
        if item.id in taken and (matrijs is None or not matrijs.overlap):
            continue
        same = tuple(label for label in _ALIKE if old and getattr(item, label) == getattr(old, label))
        other = tuple(label for label in _ALIKE if label not in same)
        off = abs(words_of(item) - words_of(old)) if old else 0
        found.append(
            (
                (len(other), item.id not in family, len(used.get(item.id, {})), off, item.id),
                Replacement(item, same, other, words_of(item), len(used.get(item.id, {}))),
            )
        )
    good: list[Replacement] = []
    for _, candidate in sorted(found, key=lambda pair: pair[0]):
        changed = swap(bank, toets, name, candidate.item.id)
        if not {breach.sentence for breach in _kept(bank, changed)} - before:
            good.append(candidate)
            if len(good) == most:
                break
    return tuple(good)


def _kept(bank: Itembank, toets: Toets) -> tuple[Breach, ...]:
    found = verify(bank, toets, bank.matrijzen.get(toets.matrijs), series_of(bank, toets))
    return tuple(breach for breach in found if breach.kind not in ("reeks", "sleutelbalans", "digest"))


def may_not_swap(bank: Itembank, toets: Toets, name: str) -> str:
    """Return why this item stays where it is, empty when it may be replaced."""
    plek = next((plek for plek in toets.items if plek.id == name), None)
    if plek is None:
        return f"Vraag {name} staat niet in {toets.id}."
    if plek.vast:
        return f"Vraag {name} staat vast in deze toets (vast: true). Ze blijft staan."
    matrijs = bank.matrijzen.get(toets.matrijs)
    if matrijs is not None and name in matrijs.ankers:
        return f"Vraag {name} is een anker in matrijs {matrijs.id}. Ze blijft staan."
    item = bank.items.get(name)
    if item is not None and item.set:
        mates = [other.id for other in bank.items.values() if other.set == item.set and other.id != name]
        if mates:
            return (
                f"Vraag {name} hoort bij set {item.set}, samen met {', '.join(mates)}. Een set blijft heel."
            )
    return ""


def swap(bank: Itembank, toets: Toets, name: str, new: str) -> Toets:
    """Return the toets with `new` on the place of `name`. All other items keep their place and their options."""
    item = bank.items[new]
    place = next(index for index, plek in enumerate(toets.items) if plek.id == name)
    orders = _orders_for(bank, toets, place, item)
    items = list(toets.items)
    items[place] = Plek(new, item.versie, item_digest(bank, item), orders)
    variants = []
    for variant in toets.varianten:
        spot = next((index for index, plek in enumerate(variant.items) if plek.id == name), None)
        if spot is None:
            variants.append(variant)
            continue
        changed = list(variant.items)
        changed[spot] = Variantplek(new, orders)
        variants.append(replace(variant, items=tuple(changed)))
    return replace(toets, items=tuple(items), varianten=tuple(variants))


def _orders_for(bank: Itembank, toets: Toets, place: int, item: Item) -> tuple[int, ...]:
    """Return an order of options that puts the key on the place where the old key was, if that can be."""
    old = bank.items.get(toets.items[place].id)
    straight = tuple(range(1, len(item.opties) + 1))
    if old is None or old.sleutel is None or item.sleutel is None:
        return straight
    wanted = toets.items[place].opties.index(old.sleutel + 1)
    free = free_places(item)
    if item.sleutel not in free or wanted not in free:
        return straight
    order = list(straight)
    order[wanted], order[item.sleutel] = order[item.sleutel], order[wanted]
    return tuple(order)


def with_variant(bank: Itembank, toets: Toets, code: str, seed: int) -> Toets:
    """Return the toets with one more variant: the same items, by thema, in another order."""
    items = [bank.items[plek.id] for plek in toets.items]
    themas = [thema.slug for thema in bank.themas]
    placed = arrange(items, themas, seed, "variant", toets.id, code)
    fresh = Variant(code, tuple(Variantplek(one.item.id, one.order) for one in placed), seed)
    return replace(toets, varianten=(*toets.varianten, fresh))


def next_code(toets: Toets) -> str:
    """Return the first letter that no variant has, empty when all are used."""
    used = {variant.code for variant in toets.varianten}
    return next((code for code in VARIANT_CODES if code not in used), "")


def next_edition(bank: Itembank, toets: Toets, datum: str) -> tuple[Toets, tuple[str, ...], tuple[str, ...]]:
    """Return the next edition, what changed, and what makes it impossible (then do not write it).

    Items keep their places. An item whose options are no longer the same ones is shuffled anew, so that the key
    of the old edition never fits by chance; the edition number changes the print code in any case.
    """
    said: list[str] = []
    wrong: list[str] = []
    items: list[Plek] = []
    fresh: dict[str, tuple[int, ...]] = {}
    for plek in toets.items:
        item = bank.items.get(plek.id)
        if item is None:
            wrong.append(f"Vraag {plek.id} bestaat niet meer, of heeft fouten.")
            continue
        if refused := why_not(bank, item, toets.doel):
            wrong.append(refused)
            continue
        order = plek.opties
        digest = item_digest(bank, item)
        if digest != plek.digest or item.versie != plek.versie:
            said.append(f"Vraag {plek.id} is veranderd. De nieuwe tekst doet mee.")
            order = spread_keys([item], toets.zaad or 0, toets.id, toets.editie + 1)[0].order
            fresh[plek.id] = order
        items.append(Plek(plek.id, item.versie, digest, order, plek.vast))
    if wrong:
        wrong.append("Maak die vragen eerst in orde, of ruil ze met `knm toets swap`.")
    variants = tuple(
        replace(
            variant,
            items=tuple(Variantplek(p.id, fresh.get(p.id, p.opties)) for p in variant.items),
        )
        for variant in toets.varianten
    )
    changed = replace(toets, editie=toets.editie + 1, datum=datum, items=tuple(items), varianten=variants)
    return changed, tuple(said), tuple(wrong)


def edition_name(toets: Toets) -> str:
    """Return a free-standing name for this edition: the name without an older edition, and the number."""
    base = re.sub(r"-editie-[0-9]+$", "", toets.id)
    return f"{base}-editie-{toets.editie}"


def renamed(toets: Toets, name: str) -> Toets:
    """Return the same toets under another name."""
    return replace(toets, id=name)
