"""Plan → chosen items: which items are looked at, which solver looks, and why nothing is found.

In: a `Plan` and a `Search`. Out: the items that were looked at with an `Outcome`, or a `Failure`. It makes no toets.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from builder.exam import solve_highs
from builder.exam.constraints import Model, Outcome, draw, series_model
from builder.exam.explain import Failure, explain, sample_failed, time_is_up
from builder.exam.plan import Plan
from builder.exam.pool import Candidate, Say

PRESELECT_ABOVE = 5000
LEAST_PER_KIND = 5
MOST_COLUMNS = 400_000


@dataclass(frozen=True, slots=True)
class Search:
    """How to look: the lot, the longest time in seconds, and which solver (`auto`, `highs` or `cpsat`)."""

    seed: int
    seconds: float
    solver: str


def silent(_: str) -> None:
    """Say nothing."""


def choose(plan: Plan, search: Search, say: Say) -> tuple[tuple[Candidate, ...], Outcome]:
    """Return the items that were looked at and the solver's answer about them."""
    by_lot = tuple(sorted(plan.pool, key=lambda one: draw(search.seed, "keuze", one.id)))
    large = len(by_lot) > PRESELECT_ABOVE
    kinds = _kinds(plan) if large else {}
    per_kind = _per_kind(plan, kinds)
    while True:
        chosen = _preselect(plan, by_lot, kinds, per_kind) if large else by_lot
        whole = len(chosen) == len(by_lot)
        if any(short.rule.partition(":")[0] in ("anker", "verplicht") for short in plan.shortages):
            return chosen, Outcome("impossible")
        if whole and plan.shortages:  # counting is a proof
            return chosen, Outcome("impossible")
        say(f"Kiezen uit {len(chosen)} vragen voor {plan.forms} toetsen …")
        outcome = _solve_series(plan, chosen, search, say)
        too_big = 2 * len(chosen) * plan.forms > MOST_COLUMNS
        if outcome.status != "impossible" or whole or too_big:
            return chosen, outcome
        per_kind *= 2


def _solve_series(plan: Plan, chosen: Sequence[Candidate], search: Search, say: Say) -> Outcome:
    """Return the answer for these items. Forms that share nothing keep to any overlap: those come first."""
    half, left = search.seconds / 2, search
    if plan.overlap and plan.repeats > 1 and not plan.matrijs.alles_gebruiken and search.solver == "auto":
        apart = replace(plan, overlap=0, repeats=1)
        outcome = solve_highs.solve(series_model(apart, chosen), half, search.seed)
        if outcome.found:
            return outcome
        say("Zonder dezelfde vragen lukt het niet. Nu met overlap …")
        left = replace(search, seconds=half)
    model = series_model(plan, chosen)
    return solve(model, left, logic=_has_logic(plan, chosen), say=say)


def _has_logic(plan: Plan, chosen: Sequence[Candidate]) -> bool:
    return (
        plan.matrijs.alles_gebruiken
        or (plan.overlap > 0 and plan.repeats > 1)
        or any(candidate.set for candidate in chosen)
    )


def solve(model: Model, search: Search, logic: bool, say: Say = silent) -> Outcome:
    """Solve with the back end that was asked, else with the one that fits, and the other one for the second half."""
    if search.solver != "auto":
        return _run(search.solver, model, search.seconds, search.seed)
    first, second = ("cpsat", "highs") if logic else ("highs", "cpsat")
    outcome = _run(first, model, search.seconds / 2, search.seed)
    if outcome.status in ("optimal", "impossible"):
        return outcome
    say("Nog geen bewijs. Nu met de andere rekenmachine …")
    other = _run(second, model, search.seconds / 2, search.seed)
    if other.status in ("optimal", "impossible") or not outcome.found:
        return other
    return min((outcome, other), key=lambda one: one.value) if other.found else outcome


def _run(solver: str, model: Model, seconds: float, seed: int) -> Outcome:
    if solver == "highs":
        return solve_highs.solve(model, seconds, seed)
    from builder.exam import solve_cpsat  # takes half a second to import, and is seldom needed

    return solve_cpsat.solve(model, seconds, seed)


def _kinds(plan: Plan) -> dict[str, tuple[int, ...]]:
    """Return for each item in which cells and margins it counts: items of one kind are exchangeable for those."""
    kinds: dict[str, list[int]] = {candidate.id: [] for candidate in plan.pool}
    for number, demand in enumerate(plan.demands):
        for name in demand.members:
            kinds[name].append(number)
    return {name: tuple(numbers) for name, numbers in kinds.items()}


def _per_kind(plan: Plan, kinds: Mapping[str, tuple[int, ...]]) -> int:
    number = len(set(kinds.values()))
    return max(LEAST_PER_KIND, math.ceil(6 * plan.forms * plan.matrijs.aantal / max(1, number)))


def _preselect(
    plan: Plan, by_lot: Sequence[Candidate], kinds: Mapping[str, tuple[int, ...]], per_kind: int
) -> tuple[Candidate, ...]:
    """Return at most `per_kind` items of each kind, least used first, with whole sets and all that must be in."""
    named = {*plan.anchors, *plan.matrijs.verplicht}
    taken: dict[tuple[int, ...], int] = {}
    keep: set[str] = set()
    for candidate in sorted(by_lot, key=lambda one: one.used):  # stable: within equal use by lot
        kind = kinds[candidate.id]
        if candidate.id in named or taken.get(kind, 0) < per_kind:
            taken[kind] = taken.get(kind, 0) + 1
            keep.add(candidate.id)
    sets = {candidate.set for candidate in by_lot if candidate.set and candidate.id in keep}
    return tuple(one for one in by_lot if one.id in keep or one.set in sets)


def why_none(plan: Plan, chosen: Sequence[Candidate], outcome: Outcome, search: Search, say: Say) -> Failure:
    """Return why nothing was found: the time, the sample, or rules that cannot all be met."""
    if outcome.status == "time":
        return time_is_up(search.seconds)
    if len(chosen) < len(plan.pool):
        return sample_failed(len(chosen), len(plan.pool))

    def again(model: Model, seconds: float) -> Outcome:
        outcome = solve_highs.solve(model, seconds, search.seed)
        return outcome if outcome.status != "time" else _run("cpsat", model, seconds, search.seed)

    return explain(plan, series_model(plan, chosen), again, min(20.0, search.seconds), say)
