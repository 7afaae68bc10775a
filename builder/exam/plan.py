"""Toetsmatrijs × Itembank → Plan: which items may take part, and whether there are enough of them by counting.

In: the bank, a matrix, the number of forms. Out: a `Plan` with a table (asked, available, free after) and the
shortages that counting alone already shows. It solves nothing: a plan without shortages may still be impossible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.cells import matches
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lifecycle import usable_for
from builder.model.statistiek import known_difficulties
from builder.model.toets import Cel, Toetsmatrijs
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


@dataclass(frozen=True, slots=True)
class Demand:
    """A cell, a margin or the number of items: how many each form has of it. `cel` None means: all items."""

    rule: str
    name: str
    cel: Cel | None
    low: int
    high: int | None
    members: frozenset[str] = frozenset()
    reach: int = 0

    @property
    def available(self) -> int:
        """How many items count for this."""
        return len(self.members)

    def has(self, candidate: Candidate) -> bool:
        """Tell whether an item counts for this."""
        return candidate.item.id in self.members


@dataclass(frozen=True, slots=True)
class Shortage:
    """A rule that cannot be met, how far it falls short (or goes over), and what to say about it."""

    rule: str
    number: int
    sentence: str
    contradiction: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All that assembling needs to know."""

    matrijs: Toetsmatrijs
    forms: int
    repeats: int
    overlap: int
    pool: tuple[Candidate, ...]
    demands: tuple[Demand, ...]
    anchors: frozenset[str] = frozenset()
    enemies: tuple[tuple[str, ...], ...] = ()
    shortages: tuple[Shortage, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def make_plan(
    bank: Itembank,
    matrijs: Toetsmatrijs,
    forms: int | None = None,
    difficulties: Mapping[str, int] | None = None,
) -> Plan:
    """Return the plan for this many forms (else what the matrix says).

    `difficulties`: percentage right per item; for other items what the administrations in the bank say.
    """
    known = {**known_difficulties(bank), **(difficulties or {})}
    number = matrijs.formulieren if forms is None else forms
    repeats = min(matrijs.herhaling or number, number) if matrijs.overlap else 1
    pool, left_out = _pool(bank, matrijs, known)
    enemies = enemy_groups(candidate.item for candidate in pool)
    anchors = _with_their_sets(matrijs.ankers, pool)
    kinds = _by_labels(candidate.item for candidate in pool)
    counted = tuple(
        _counted(demand, kinds, enemies, anchors, number, repeats) for demand in _demands(matrijs)
    )
    shortages = [
        *_contradictions(counted),
        *_missing(matrijs, pool),
        *(short for demand in counted if (short := _short(demand, number, repeats))),
    ]
    return Plan(
        matrijs,
        number,
        repeats,
        matrijs.overlap,
        pool,
        counted,
        anchors,
        enemies,
        tuple(shortages),
        left_out,
        _notes(matrijs, pool),
    )


def _by_labels(items: Iterable[Item]) -> list[list[Item]]:
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


def _with_their_sets(names: Sequence[str], pool: Sequence[Candidate]) -> frozenset[str]:
    """Return these items and all that come with them, because a set comes whole."""
    sets = {candidate.set for candidate in pool if candidate.set and candidate.id in names}
    return frozenset((*names, *(candidate.id for candidate in pool if candidate.set in sets)))


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


def _pool(
    bank: Itembank, matrijs: Toetsmatrijs, known: Mapping[str, int]
) -> tuple[tuple[Candidate, ...], dict[str, int]]:
    used = times_used(bank)
    elsewhere = {
        plek.id for name in matrijs.los_van if name in bank.toetsen for plek in bank.toetsen[name].items
    }
    left_out: dict[str, int] = {}
    inside = {
        item.id
        for group in _by_labels(bank.items.values())
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


def describe(cel: Cel) -> str:
    """Return what to call a cell or margin in a sentence: its name, else its labels."""
    if cel.naam:
        return cel.naam
    parts = []
    if cel.thema:
        parts.append(f"thema {cel.thema}")
    if cel.handeling:
        parts.append(f"handeling {cel.handeling}")
    if cel.eindterm:
        parts.append(f"eindterm {cel.eindterm}")
    if cel.indicator:
        parts.append(f"indicator {cel.indicator}")
    if cel.taalniveau:
        parts.append(f"op {cel.taalniveau}" if parts else f"taalniveau {cel.taalniveau}")
    rest = [str(label) for label in (cel.abstractieniveau, cel.beheersing, cel.stof) if label]
    text = ", ".join([" ".join(parts), *rest] if parts else rest) or "alle vragen"
    return text[0].upper() + text[1:]


def _demands(matrijs: Toetsmatrijs) -> tuple[Demand, ...]:
    rows = [Demand("aantal", "Alle vragen", None, matrijs.aantal, matrijs.aantal)]
    rows += [Demand(f"cel:{n}", describe(c), c, c.min, c.max) for n, c in enumerate(matrijs.cellen)]
    rows += [Demand(f"marge:{n}", describe(c), c, c.min, c.max) for n, c in enumerate(matrijs.marges)]
    return tuple(rows)


def _counted(
    demand: Demand,
    kinds: Sequence[Sequence[Item]],
    enemies: Sequence[tuple[str, ...]],
    anchors: frozenset[str],
    forms: int,
    repeats: int,
) -> Demand:
    mine = [
        item.id for group in kinds if demand.cel is None or matches(group[0], demand.cel) for item in group
    ]
    fixed = sum(name in anchors for name in mine)
    by_use = (len(mine) - fixed) * repeats + fixed * forms
    by_form = _most_in_one_form(mine, enemies) * forms
    return Demand(
        demand.rule, demand.name, demand.cel, demand.low, demand.high, frozenset(mine), min(by_use, by_form)
    )


def _most_in_one_form(ids: Sequence[str], enemies: Sequence[tuple[str, ...]]) -> int:
    """Return an upper bound: of each group of enemies (taken so that none counts twice) one item."""
    rest, lost = set(ids), 0
    for group in enemies:
        inside = rest.intersection(group)
        if len(inside) > 1:
            lost += len(inside) - 1
            rest -= inside
    return len(ids) - lost


def _short(demand: Demand, forms: int, repeats: int) -> Shortage | None:
    needed = demand.low * forms
    if needed <= demand.reach:
        return None
    number = -(-(needed - demand.reach) // repeats)
    return Shortage(demand.rule, number, too_few(demand, number, forms))


def too_few(demand: Demand, number: int, forms: int) -> str:
    """Return the sentence about a cell that is short of items."""
    noun = "vraag" if number == 1 else "vragen"
    together = f" voor {forms} toetsen samen" if forms > 1 else ""
    what = "verlaag het aantal" if demand.cel is None else "verlaag het minimum"
    fewer = "vraag minder toetsen, " if forms > 1 else ""
    comma = "," if fewer else ""
    return (
        f"{demand.name}: {number} {noun} te weinig{together}. Maak er {number} bij{comma} {fewer}of {what}."
    )


def _contradictions(demands: Sequence[Demand]) -> Iterable[Shortage]:
    for demand in demands:
        if demand.high is not None and demand.low > demand.high:
            yield Shortage(
                demand.rule,
                demand.low - demand.high,
                f"{demand.name}: ten minste {demand.low} en ten hoogste {demand.high} kan niet samen.",
                True,
            )


def _missing(matrijs: Toetsmatrijs, pool: Sequence[Candidate]) -> Iterable[Shortage]:
    present = {candidate.id for candidate in pool}
    for name in (*matrijs.ankers, *matrijs.verplicht):
        if name not in present:
            kind = "anker" if name in matrijs.ankers else "verplicht"
            yield Shortage(
                f"{kind}:{name}",
                1,
                f"Vraag {name} is {'een anker' if kind == 'anker' else 'verplicht'}, maar kan niet meedoen. "
                "Kijk naar haar status en of ze in een cel past.",
                True,
            )


def _notes(matrijs: Toetsmatrijs, pool: Sequence[Candidate]) -> tuple[str, ...]:
    if matrijs.moeilijkheid is None:
        return ()
    unknown = sum(candidate.p is None for candidate in pool)
    if not unknown:
        return ()
    if unknown == len(pool):
        return ("Van geen enkele vraag is de moeilijkheid bekend. Daar is dus niet op gekozen.",)
    return (f"Van {unknown} vragen is de moeilijkheid niet bekend. Ze tellen als gemiddeld.",)
