"""Which items may take part in a toets, and which of them may not stand together.

In: the bank and a matrix. Out: candidates, why the others stay out, groups of enemies. It counts no cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.cells import matches
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lifecycle import usable_for
from builder.model.toets import Toetsmatrijs
from builder.model.usage import may_be_used

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may take part, with what is counted about it."""

    item: Item
    words: int
    used: int = 0
    p: int | None = None
    set: str = ""

    @property
    def id(self) -> str:
        """The id of the item."""
        return self.item.id


def words_of(item: Item) -> int:
    """Return how many words a candidate reads: context, stam and opties."""
    return sum(len(text.split()) for text in (item.context, item.stam, *(o.tekst for o in item.opties)))


def times_used(bank: Itembank) -> dict[str, dict[str, str]]:
    """Return for each item in which toetsen it stood, and on which date: its own record, the toetsen and administrations here."""
    used: dict[str, dict[str, str]] = {}
    for item in bank.items.values():
        if item.gebruik:
            used[item.id] = {gebruik.toets: gebruik.datum for gebruik in item.gebruik}
    for toets in bank.toetsen.values():
        for plek in toets.items:
            used.setdefault(plek.id, {})[toets.id] = toets.datum
    for statistiek in bank.statistieken.values():
        name = statistiek.toets or statistiek.id
        for vraag in statistiek.vragen:
            mine = used.setdefault(vraag.id, {})
            mine[name] = max(mine.get(name, ""), statistiek.datum)
    return used


def take_part(
    bank: Itembank, matrijs: Toetsmatrijs, known: Mapping[str, int]
) -> tuple[tuple[Candidate, ...], dict[str, int]]:
    """Return the items that may take part, and of the others how many for which reason.

    `known`: percentage right per item.
    """
    used = times_used(bank)
    elsewhere = {
        plek.id for name in matrijs.los_van if name in bank.toetsen for plek in bank.toetsen[name].items
    }
    left_out: dict[str, int] = {}
    inside = {
        item.id
        for group in by_labels(bank.items.values())
        if any(matches(group[0], cel) for cel in matrijs.cellen)
        for item in group
    }
    good: list[Item] = []
    lost_sets: set[str] = set()
    for name in sorted(bank.items):
        item = bank.items[name]
        if not usable_for(item, matrijs.doel):
            reason = f"hun status past niet bij doel {matrijs.doel}, of er ontbreekt iets"
        elif not may_be_used(bank, item, matrijs.doel):
            reason = "ze zijn niet blind gelezen, of de lezer koos een ander antwoord"
        elif reason := _refused(item, matrijs, used.get(name, {}), elsewhere, inside):
            if item.set:
                lost_sets.add(item.set)
        else:
            good.append(item)
            continue
        left_out[reason] = left_out.get(reason, 0) + 1
    pool = []
    for item in good:
        if item.set in lost_sets:
            reason = "hun set kan niet heel meedoen"
            left_out[reason] = left_out.get(reason, 0) + 1
            continue
        pool.append(Candidate(item, words_of(item), len(used.get(item.id, {})), known.get(item.id), item.set))
    return tuple(pool), left_out


def _refused(
    item: Item, matrijs: Toetsmatrijs, used: Mapping[str, str], elsewhere: set[str], inside: set[str]
) -> str:
    """Return why a usable item takes no part, empty when it does. What the matrix names by itself always may."""
    if item.id in matrijs.verboden:
        return "de matrijs verbiedt ze"
    if item.id not in inside:
        return "ze passen in geen cel"
    if item.id in matrijs.ankers or item.id in matrijs.verplicht:
        return ""
    if item.id in elsewhere:
        return "ze staan in een toets van los_van"
    if matrijs.niet_gebruikt_sinds and any(date >= matrijs.niet_gebruikt_sinds for date in used.values()):
        return f"ze zijn gebruikt sinds {matrijs.niet_gebruikt_sinds}"
    if matrijs.hoogste_gebruik is not None and len(used) > matrijs.hoogste_gebruik:
        return f"ze zijn vaker dan {matrijs.hoogste_gebruik} keer gebruikt"
    return ""


def by_labels(items: Iterable[Item]) -> list[list[Item]]:
    """Return the items in groups with the same labels: all of a group fall in the same cells."""
    groups: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        labels = (
            item.thema,
            item.eindterm,
            item.indicator,
            item.stof,
            item.taalniveau,
            item.abstractieniveau,
            item.beheersing,
        )
        groups.setdefault(labels, []).append(item)
    return list(groups.values())


def with_their_sets(names: Sequence[str], pool: Sequence[Candidate]) -> frozenset[str]:
    """Return these items and all that come with them, because a set comes whole."""
    sets = {candidate.set for candidate in pool if candidate.set and candidate.id in names}
    return frozenset((*names, *(candidate.id for candidate in pool if candidate.set in sets)))


def enemy_groups(items: Iterable[Item]) -> tuple[tuple[str, ...], ...]:
    """Return groups of which a form holds at most one: enemies, and variants of one item.

    Enemies are pairs; a group of items that are all each other's enemies is one rule, tighter and smaller
    than its pairs. A pair that is named from one side only counts for both.
    """
    present = {item.id: item for item in items}
    hostile: dict[str, set[str]] = {}
    families: dict[str, list[str]] = {}
    for item in present.values():
        for other in item.vijanden:
            if other in present and other != item.id:
                hostile.setdefault(item.id, set()).add(other)
                hostile.setdefault(other, set()).add(item.id)
        if item.variant_van:
            families.setdefault(item.variant_van, []).append(item.id)
    for parent, children in families.items():
        family = sorted({*children, parent} & set(present))
        for name in family:
            hostile.setdefault(name, set()).update(other for other in family if other != name)
    covered: set[tuple[str, str]] = set()
    groups: list[tuple[str, ...]] = []
    for one in sorted(hostile):
        for other in sorted(hostile[one]):
            if (one, other) in covered or other < one:
                continue
            group = [one, other]
            for third in sorted(hostile[one] & hostile[other]):
                if all(third in hostile[member] for member in group):
                    group.append(third)
            groups.append(tuple(sorted(group)))
            covered.update((a, b) for a in group for b in group)
    return tuple(groups)
