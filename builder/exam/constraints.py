"""The neutral model: columns, and rows of (index, coefficient, low, high). Both back ends read the same.

In: a `Plan` with the items to choose from. Out: a `Model`. It knows no solver. Every row carries the name of
the rule it comes from, so that an explanation can leave a rule out or stretch it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from builder.exam.plan import Demand, Plan
from builder.exam.pool import Candidate

INFINITY = float("inf")
Status = Literal["optimal", "feasible", "impossible", "time"]


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum(coefficient * column) <= high. Empty coefficients mean: all of them 1."""

    rule: str
    columns: Sequence[int]
    low: float
    high: float
    coefficients: Sequence[float] = ()

    def terms(self) -> Iterable[tuple[int, float]]:
        """Column and coefficient of each term."""
        if not self.coefficients:
            return ((column, 1.0) for column in self.columns)
        return zip(self.columns, self.coefficients, strict=True)


@dataclass(frozen=True, slots=True)
class Model:
    """Minimise sum(cost * column) under the rows; `whole` tells which columns are whole numbers."""

    low: Sequence[float]
    high: Sequence[float]
    whole: Sequence[bool]
    cost: Sequence[float]
    rows: tuple[Row, ...]

    @property
    def size(self) -> int:
        """The number of columns."""
        return len(self.low)

    def value(self, values: Sequence[float]) -> float:
        """Return what this choice costs."""
        return sum(cost * value for cost, value in zip(self.cost, values, strict=True) if cost)

    def without(self, rules: Iterable[str]) -> Model:
        """Return the model without the rows of these rules."""
        gone = frozenset(rules)
        return replace(self, rows=tuple(row for row in self.rows if row.rule not in gone))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a solver says. `time` (no answer yet) is never the same as `impossible` (proven)."""

    status: Status
    values: tuple[float, ...] = ()
    value: float = 0.0
    bound: float = -INFINITY
    solver: str = ""

    @property
    def found(self) -> bool:
        """Whether there is a choice at all."""
        return bool(self.values)


def draw(seed: int, *what: object) -> int:
    """Return a number that looks drawn by lot, and is the same for the same seed and words, everywhere."""
    text = ":".join((str(seed), *(str(part) for part in what)))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")


def series_model(plan: Plan, chosen: Sequence[Candidate]) -> Model:
    """Return the model of all forms; column `i * forms + f` tells whether item i of `chosen` is in form f."""
    forms, matrijs = plan.forms, plan.matrijs
    place = {candidate.id: index for index, candidate in enumerate(chosen)}

    def column(item: int, form: int) -> int:
        return item * forms + form

    rows: list[Row] = []
    for demand in plan.demands:
        members = [i for i, candidate in enumerate(chosen) if demand.has(candidate)]
        rows += _for_each_form(demand, members, forms)
    times: list[float] = [float(candidate.words) for candidate in chosen]
    if matrijs.woorden is not None:
        low, high = matrijs.woorden.min, matrijs.woorden.max
        rows += _weighed("woorden", times, low, high, forms)
    if matrijs.tempo is not None:
        pace = matrijs.tempo
        estimate = [
            60.0 * candidate.words + pace.seconden_per_vraag * pace.woorden_per_minuut for candidate in chosen
        ]
        rows += _weighed("minuten", estimate, None, 60 * pace.woorden_per_minuut * matrijs.minuten, forms)
    if matrijs.moeilijkheid is not None:
        wish = matrijs.moeilijkheid
        off = [0.0 if c.p is None else float(c.p - wish.gemiddelde) for c in chosen]
        most = wish.marge * matrijs.aantal
        rows += _weighed("moeilijkheid", off, -most, most, forms)
    for group in plan.enemies:
        members = [place[name] for name in group if name in place]
        if len(members) > 1:
            rows += [Row("vijanden", [column(i, form) for i in members], 0, 1) for form in range(forms)]
    for members in _sets(chosen):
        first = members[0]
        for other in members[1:]:
            rows += [
                Row("sets", (column(first, form), column(other, form)), 0, 0, (1.0, -1.0))
                for form in range(forms)
            ]
    anchors = plan.anchors
    for i, candidate in enumerate(chosen):
        mine = range(column(i, 0), column(i, 0) + forms)
        if candidate.id in anchors:
            rows += [Row(f"anker:{candidate.id}", (one,), 1, 1) for one in mine]
            continue
        if candidate.id in matrijs.verplicht:
            rows.append(Row(f"verplicht:{candidate.id}", mine, 1, forms))
        if matrijs.alles_gebruiken:
            rows.append(Row("alles_gebruiken", mine, 1, forms))
        if plan.repeats < forms:
            rows.append(Row("herhaling", mine, 0, plan.repeats))
    size = len(chosen) * forms
    if 0 < plan.overlap < matrijs.aantal and plan.repeats > 1:
        shared, size = _overlap(chosen, anchors, forms, plan.overlap, size)
        rows += shared
    cost = [float(candidate.used) for candidate in chosen for _ in range(forms)]  # least used first
    cost += [0.0] * (size - len(cost))
    return Model([0.0] * size, [1.0] * size, [True] * size, cost, tuple(rows))


def _for_each_form(demand: Demand, members: Sequence[int], forms: int) -> list[Row]:
    high = INFINITY if demand.high is None else demand.high
    return [
        Row(demand.rule, [i * forms + form for i in members], demand.low, high)
        for form in range(forms)
        if demand.low > 0 or high < len(members)
    ]


def _weighed(
    rule: str, weights: Sequence[float], low: float | None, high: float | None, forms: int
) -> list[Row]:
    return [
        Row(
            rule,
            range(form, len(weights) * forms, forms),
            -INFINITY if low is None else low,
            INFINITY if high is None else high,
            weights,
        )
        for form in range(forms)
    ]


def _sets(chosen: Sequence[Candidate]) -> list[list[int]]:
    found: dict[str, list[int]] = {}
    for index, candidate in enumerate(chosen):
        if candidate.set:
            found.setdefault(candidate.set, []).append(index)
    return [found[name] for name in sorted(found) if len(found[name]) > 1]


def _overlap(
    chosen: Sequence[Candidate], anchors: frozenset[str], forms: int, most: int, size: int
) -> tuple[list[Row], int]:
    """Return rows that count what two forms share, with a new column for each item and pair of forms."""
    rows: list[Row] = []
    free = [i for i, candidate in enumerate(chosen) if candidate.id not in anchors]
    for one, other in combinations(range(forms), 2):
        both = []
        for i in free:
            rows.append(
                Row("overlap", (i * forms + one, i * forms + other, size), -INFINITY, 1, (1.0, 1.0, -1.0))
            )
            both.append(size)
            size += 1
        rows.append(Row("overlap", both, 0, most))
    return rows, size


def stretched(
    model: Model, weights: Mapping[str, float], words: float = 0.0
) -> tuple[Model, dict[int, tuple[str, int]]]:
    """Return the elastic model: rules in `weights` may fall short or go over, at that cost per unit.

    An item that a cell is short of is an item to be made: it also counts for the number of items and for the
    minimum of a margin (the author chooses its labels), and for a minimum of words as one of `words` words.
    The second value tells for each new column which rule it stretches: -1 for short, 1 for over.
    """
    low, high, cost = list(model.low), list(model.high), [0.0] * model.size
    rows: list[Row] = []
    slack: dict[int, tuple[str, int]] = {}
    to_make: dict[int, list[int]] = {}  # for each form
    seen: dict[str, int] = {}

    def column(row: Row, sign: int, made: float) -> int:
        edges = [abs(edge) for edge in (row.low, row.high) if abs(edge) < INFINITY]
        low.append(0.0)
        high.append(sum(abs(coefficient) for _, coefficient in row.terms()) + max(edges) + made)
        cost.append(weights[row.rule])
        slack[len(low) - 1] = (row.rule, sign)
        return len(low) - 1

    for row in sorted(model.rows, key=lambda row: not row.rule.startswith("cel:")):
        if row.rule not in weights:
            rows.append(row)
            continue
        form = seen.get(row.rule, 0)
        seen[row.rule] = form + 1
        is_cell = row.rule.startswith("cel:")
        columns, factors = list(row.columns), list(row.coefficients or [1.0] * len(row.columns))
        made = [] if is_cell else to_make.get(form, [])
        worth = words if row.rule == "woorden" else 1.0
        most = worth * sum(high[index] for index in made)
        short = [column(row, -1, most)] if row.low > -INFINITY else []
        over = [column(row, 1, most)] if row.high < INFINITY else []
        if is_cell:
            to_make.setdefault(form, []).extend(short)
        if is_cell or row.rule == "aantal":
            both = [*columns, *short, *over, *made]
            signs = [*factors, *(1.0 for _ in short), *(-1.0 for _ in over), *(1.0 for _ in made)]
            rows.append(Row(row.rule, both, row.low, row.high, signs))
            continue
        if short:
            signs = [*factors, 1.0, *(worth for _ in made)]
            rows.append(Row(row.rule, [*columns, *short, *made], row.low, INFINITY, signs))
        if over:
            rows.append(Row(row.rule, [*columns, *over], -INFINITY, row.high, [*factors, -1.0]))
    whole = [*model.whole, *(True for _ in slack)]
    return Model(low, high, whole, cost, tuple(rows)), slack


def broken(model: Model, values: Sequence[float]) -> tuple[str, ...]:
    """Return the rules that this choice does not keep."""
    found: dict[str, None] = {}
    for row in model.rows:
        total = sum(coefficient * values[column] for column, coefficient in row.terms())
        if not row.low - 1e-6 <= total <= row.high + 1e-6:
            found[row.rule] = None
    return tuple(found)
