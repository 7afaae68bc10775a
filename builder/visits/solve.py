"""The choice: which candidates together, by CP-SAT of OR-Tools.

In: a terrain, visits that stay, and the plan that was there. Out: an `Oplossing` with the best plan found, its price and
the best price that may still exist. Every group has one visit or none; all else is a limit (`limits.py`) or a weight.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ortools.sat.python import cp_model

from builder.visits.candidates import Kandidaat, Terrain
from builder.visits.greedy import first_plan
from builder.visits.limits import Grens, limits
from builder.visits.nouns import Bezoek
from builder.visits.search import Opdracht, Tussenstand, run

__all__ = ["NAME", "Kern", "Opdracht", "Oplossing", "Tussenstand", "core_of", "solve"]

NAME = "CP-SAT"


@dataclass(frozen=True, slots=True)
class Oplossing:
    """A plan: the chosen candidates (also the fixed), the groups without a visit, and how good it is.

    `bewezen`: no better plan exists by these weights, up to the gap that was asked. Prices are in cents and count
    only what was there to choose: no fixed visit, and no group without any candidate.
    """

    gekozen: tuple[Kandidaat, ...]
    ongepland: tuple[int, ...]
    prijs: int
    ondergrens: int
    bewezen: bool

    @property
    def marge(self) -> float:
        """The share by which a better plan could still be cheaper."""
        return 0.0 if self.prijs <= 0 else max(0.0, (self.prijs - self.ondergrens) / self.prijs)


@dataclass(frozen=True, slots=True)
class Kern:
    """What there is to choose: candidates of groups that are free, fixed visits, and limits."""

    vrij: tuple[int, ...]
    kandidaten: tuple[Kandidaat, ...]
    vast: tuple[Kandidaat, ...]
    grenzen: tuple[Grens, ...]
    prijzen: tuple[int, ...]
    zonder: dict[int, int]  # what it costs to leave out a group; more when it had a visit


def core_of(terrain: Terrain, pins: Sequence[Bezoek] = (), old: Sequence[Bezoek] = ()) -> Kern:
    """Return what there is to choose when `pins` stay and each needless move away from `old` has its weight."""
    fixed = tuple(terrain.forced(visit) for visit in pins)
    done = {one.groep for one in fixed}
    free = tuple(g for g in range(len(terrain.request.groepen)) if g not in done)
    candidates = tuple(one for one in terrain.candidates if one.groep not in done)
    weights = terrain.request.instellingen.gewichten
    was = {terrain.groep_nummer[visit.groep]: visit for visit in old if not visit.afgezegd}
    stays = {
        one.groep: one
        for one in candidates
        if one.groep in was and terrain.visit(one) == _bare(was[one.groep])
    }
    prices = tuple(
        one.cent
        + 100 * one.punten
        + (100 * weights.verplaatst if one.groep in stays and stays[one.groep] is not one else 0)
        for one in candidates
    )
    # Who can keep its visit, keeps it; who lost its place goes before who waits, when nobody else must move for it.
    left_out = {
        g: 100
        * (
            weights.niet_gepland
            + (weights.verplaatst if g in stays else weights.verplaatst // 10 if g in was else 0)
        )
        for g in sorted({one.groep for one in candidates})
    }
    return Kern(free, candidates, fixed, limits(terrain, candidates, fixed), prices, left_out)


def _bare(visit: Bezoek) -> Bezoek:
    return Bezoek(visit.groep, visit.locatie, visit.dag, visit.dagdeel)


def solve(
    terrain: Terrain,
    pins: Sequence[Bezoek] = (),
    old: Sequence[Bezoek] = (),
    order: Opdracht | None = None,
    kern: Kern | None = None,
) -> Oplossing:
    """Return the best plan within the time; `kern` is the core of these pins and this plan, when it was made already.

    The plan that was there is where the search begins.
    """
    order = order or Opdracht()
    kern = core_of(terrain, pins, old) if kern is None else kern
    start = first_plan(kern.kandidaten, kern.grenzen, kern.prijzen, _kept(terrain, kern, old))
    if not kern.kandidaten or not kern.vrij:
        return Oplossing(kern.vast, kern.vrij, 0, 0, True)
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in kern.kandidaten]
    by_group = _by_group(kern)
    unplanned = {g: model.new_bool_var("") for g in by_group}
    for g, mine in by_group.items():
        model.add_exactly_one([*(chosen[index] for index in mine), unplanned[g]])
    for row in kern.grenzen:
        columns, amounts = [chosen[index] for index, _ in row.termen], [amount for _, amount in row.termen]
        if set(amounts) == {1} and row.grens == 1:
            model.add_at_most_one(columns)
        else:
            model.add(cp_model.LinearExpr.weighted_sum(columns, amounts) <= row.grens)
    terms = list(zip(chosen, kern.prijzen, strict=True))
    terms += [(variable, kern.zonder[g]) for g, variable in unplanned.items()]
    hints = _wishes_of_the_whole(terrain, kern, model, chosen, unplanned, terms, start)
    model.minimize(cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms]))
    picked = set(start)
    for index, variable in enumerate(chosen):
        model.add_hint(variable, index in picked)
    placed = {kern.kandidaten[index].groep for index in picked}
    for g, variable in unplanned.items():
        model.add_hint(variable, g not in placed)
    for counted, value in hints:
        model.add_hint(counted, value)
    impossible = sum(1 for g in kern.vrij if g not in by_group)
    solver, status = run(model, order, list(unplanned.values()), impossible)
    if status not in (
        cp_model.OPTIMAL,
        cp_model.FEASIBLE,
    ):  # stopped before the first: the greedy plan is one
        price = _price(kern, start)
        return _answer(kern, sorted(picked), price, 0, False)
    found = [index for index, variable in enumerate(chosen) if solver.boolean_value(variable)]
    bound = math.floor(solver.best_objective_bound + 1e-6)
    return _answer(kern, found, round(solver.objective_value), bound, status == cp_model.OPTIMAL)


def _answer(kern: Kern, found: Sequence[int], price: int, bound: int, proven: bool) -> Oplossing:
    chosen = sorted((*kern.vast, *(kern.kandidaten[index] for index in found)), key=lambda one: one.groep)
    placed = {one.groep for one in chosen}
    return Oplossing(tuple(chosen), tuple(g for g in kern.vrij if g not in placed), price, bound, proven)


def _price(kern: Kern, picked: Sequence[int]) -> int:
    placed = {kern.kandidaten[index].groep for index in picked}
    return sum(kern.prijzen[index] for index in picked) + sum(
        price for g, price in kern.zonder.items() if g not in placed
    )


def _by_group(kern: Kern) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for index, candidate in enumerate(kern.kandidaten):
        found[candidate.groep].append(index)
    return found


def _kept(terrain: Terrain, kern: Kern, old: Sequence[Bezoek]) -> tuple[int, ...]:
    was = {_bare(visit) for visit in old if not visit.afgezegd}
    return tuple(index for index, one in enumerate(kern.kandidaten) if was and terrain.visit(one) in was)


Terms = list[tuple[cp_model.IntVar, int]]


def _wishes_of_the_whole(
    terrain: Terrain,
    kern: Kern,
    model: cp_model.CpModel,
    chosen: Sequence[cp_model.IntVar],
    unplanned: Mapping[int, cp_model.IntVar],
    terms: Terms,
    start: Sequence[int],
) -> list[tuple[cp_model.IntVar, int]]:
    """Add what only the whole plan shows: fairness over providers and regions (C27), busy weeks at a place (C11)."""
    weights = terrain.request.instellingen.gewichten
    placed = {kern.kandidaten[index].groep for index in start}
    hints: list[tuple[cp_model.IntVar, int]] = []
    for kind in ("aanbieder", "regio"):
        members: dict[str, list[int]] = defaultdict(list)
        for g in unplanned:
            members[getattr(terrain.request.groepen[g], kind)].append(g)
        if len(members) < 2 or not weights.ongelijk:
            continue
        worst = model.new_int_var(0, 100, "")
        for mine in members.values():
            model.add(len(mine) * worst >= 100 * sum(unplanned[g] for g in mine))
        hints.append(
            (
                worst,
                max(-(-100 * sum(g not in placed for g in mine) // len(mine)) for mine in members.values()),
            )
        )
        terms.append((worst, 100 * weights.ongelijk))
    if weights.drukke_week:
        for columns, most in busy_weeks(kern):
            over = model.new_int_var(0, len(columns), "")
            model.add(over >= sum(chosen[index] for index in columns) - most)
            hints.append((over, max(0, len(set(columns) & set(start)) - most)))
            terms.append((over, 100 * weights.drukke_week))
    return hints


def busy_weeks(kern: Kern) -> list[tuple[list[int], int]]:
    """Return per place and week the candidates and how many visits are no more than usual."""
    weeks: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for index, one in enumerate(kern.kandidaten):
        weeks[one.locatie, *_week(one.dag)].append(index)
    usual = max(2, -(-len(kern.vrij) // max(1, len(weeks))) * 2)
    rows = []
    for key in sorted(weeks):
        fixed = sum(1 for one in kern.vast if (one.locatie, *_week(one.dag)) == key)
        groups = {kern.kandidaten[index].groep for index in weeks[key]}
        if len(groups) + fixed > usual:
            rows.append((weeks[key], max(0, usual - fixed)))
    return rows


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
