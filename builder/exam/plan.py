"""Toetsmatrijs × Itembank → Plan: which items may take part, and whether there are enough of them by counting.

In: the bank, a matrix, the number of forms. Out: a `Plan` with a table (asked, available, free after) and the
shortages that counting alone already shows. It solves nothing: a plan without shortages may still be impossible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.cells import matches
from builder.dutch import count
from builder.exam.pool import Candidate, by_labels, enemy_groups, take_part, with_their_sets
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.statistiek import known_difficulties
from builder.model.toets import Cel, Toetsmatrijs


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
    pool, left_out = take_part(bank, matrijs, known)
    enemies = enemy_groups(candidate.item for candidate in pool)
    anchors = with_their_sets(matrijs.ankers, pool)
    kinds = by_labels(candidate.item for candidate in pool)
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
    together = f" voor {forms} toetsen samen" if forms > 1 else ""
    what = "verlaag het aantal" if demand.cel is None else "verlaag het minimum"
    fewer = "vraag minder toetsen, " if forms > 1 else ""
    comma = "," if fewer else ""
    return f"{demand.name}: {count(number, 'vraag', 'vragen')} te weinig{together}. Maak er {number} bij{comma} {fewer}of {what}."


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
