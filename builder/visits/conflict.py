"""Groups and limits that cannot go together: found, made as small as possible, and solved again before it is told.

In: what there is to choose and the plan that was chosen. Out: a conflict, or None when it could not be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ortools.sat.python import cp_model

from builder.visits.candidates import Kandidaat
from builder.visits.limits import Grens
from builder.visits.solve import Kern

SECONDS = 5.0  # for one question to the solver
SMALL = 30  # groups in a conflict that is made smaller
Bron = tuple[str, int]  # a kind of limit and the place (-1: the whole plan)


def model_of(
    kern: Kern, groups: Collection[int]
) -> tuple[cp_model.CpModel, dict[int, cp_model.IntVar], dict[int, list[cp_model.IntVar]]]:
    """Return a model of these groups: a variable per candidate, and those of each group."""
    model = cp_model.CpModel()
    columns: dict[int, cp_model.IntVar] = {}
    by_group: dict[int, list[cp_model.IntVar]] = {g: [] for g in groups}
    for index, one in enumerate(kern.kandidaten):
        if one.groep in by_group:
            columns[index] = model.new_bool_var("")
            by_group[one.groep].append(columns[index])
    return model, columns, by_group


def sum_of(row: Grens, columns: Mapping[int, cp_model.IntVar]) -> cp_model.LinearExprT:
    """Return what the chosen candidates take of a limit."""
    terms = [(columns[index], amount) for index, amount in row.termen if index in columns]
    return cp_model.LinearExpr.weighted_sum([one for one, _ in terms], [amount for _, amount in terms])


def solver_for(seconds: float) -> cp_model.CpSolver:
    """Return a solver for a question of its own, that answers the same each time."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_presolve = False  # as in `solve.py`: almost a linear problem
    return solver


def find_conflict(
    kern: Kern, chosen: Sequence[Kandidaat], g: int
) -> tuple[tuple[int, ...], tuple[Bron, ...]] | None:
    """Return groups (with `g`) and sources of limits that cannot go together; None if that could not be shown.

    It begins with the groups that can be reached from `g` over full limits (who must move to let whom in); when a plan
    places as many as can be, those groups ask more than there is (Hall). That is solved once more before it is told,
    and for a small conflict each part is left out in turn, so that nothing needless stays.
    """
    groups, limits = _reached(kern, chosen, g)
    if feasible(kern, groups, limits) is not False:
        return None
    if len(groups) > SMALL:
        return tuple(sorted(groups)), tuple(limits)
    limits = _without_needless_limits(kern, groups, limits)
    for group in list(groups):
        fewer = [one for one in groups if one != group]
        if group != g and feasible(kern, fewer, limits) is False:
            groups = fewer
    limits = _without_needless_limits(kern, groups, limits)
    return tuple(sorted(groups)), tuple(limits)


def _without_needless_limits(kern: Kern, groups: Collection[int], limits: list[Bron]) -> list[Bron]:
    for source in list(limits):
        fewer = [one for one in limits if one != source]
        if feasible(kern, groups, fewer) is False:
            limits = fewer
    return limits


def _reached(kern: Kern, chosen: Sequence[Kandidaat], g: int) -> tuple[list[int], list[Bron]]:
    """Return the groups that stand in the way of `g`, those in the way of these, and so on; and the full limits."""
    taken = {one.groep: one for one in chosen}
    used: list[int] = []
    users: list[set[int]] = []
    rows_of: dict[int, list[tuple[int, int]]] = {}
    for number, row in enumerate(kern.grenzen):
        used.append(0)
        users.append(set())
        for index, amount in row.termen:
            rows_of.setdefault(index, []).append((number, amount))
            one = kern.kandidaten[index]
            if taken.get(one.groep) == one:
                used[number] += amount
                users[number].add(one.groep)
    mine: dict[int, list[int]] = {}
    for index, one in enumerate(kern.kandidaten):
        mine.setdefault(one.groep, []).append(index)
    groups, sources, waiting = {g}, set(), [g]
    while waiting:
        group = waiting.pop()
        for index in mine.get(group, ()):
            for number, amount in rows_of.get(index, ()):
                row = kern.grenzen[number]
                if used[number] + amount <= row.grens:
                    continue
                sources.add((row.soort, row.locatie))
                fresh = users[number] - groups
                groups |= fresh
                waiting.extend(fresh)
    return sorted(groups), sorted(sources)


def feasible(kern: Kern, groups: Collection[int], sources: Collection[Bron]) -> bool | None:
    """Tell whether these groups can all have a visit under only these limits; None when time ran out."""
    model, columns, by_group = model_of(kern, groups)
    for mine in by_group.values():
        model.add_exactly_one(mine)
    for row in kern.grenzen:
        if (row.soort, row.locatie) in sources and any(index in columns for index, _ in row.termen):
            model.add(sum_of(row, columns) <= row.grens)
    status = int(solver_for(SECONDS).solve(model))
    if status == int(cp_model.INFEASIBLE):
        return False
    return True if status in (int(cp_model.OPTIMAL), int(cp_model.FEASIBLE)) else None
