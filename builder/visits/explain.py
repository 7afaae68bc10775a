"""Why a group has no visit: by counting, by loosening limits, and by a conflict that was checked.

In: a terrain, what there was to choose, and the groups that were placed. Out: an `Uitleg` per group without a visit.
A conflict (groups and limits that cannot go together) is made as small as possible and solved again before it is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from builder.dutch import euro, listed
from builder.visits.candidates import Kandidaat, Terrain
from builder.visits.fit import Reden
from builder.visits.limits import Grens, in_words
from builder.visits.solve import Kern

SECONDS = 5.0  # for one question to the solver
PATIENCE = 12.0  # for all explanations together
SMALL = 30  # groups in a conflict that is made smaller
MANY = 8  # groups that are named one by one
_SLACK_PRICE = {"plaats": 1000, "dag": 1000, "gids": 1000}
Bron = tuple[str, int]  # a kind of limit and the place (-1: the whole plan)


@dataclass(frozen=True, slots=True)
class Uitleg:
    """Why one group has no visit.

    `soort`: `regels` (no possible visit at all), `grens` (others need the places too), or `keuze` (it fits, but the
    search stopped or the weights preferred otherwise). `groepen` and `bronnen` are a checked conflict; `samen` are
    groups that it could go together with.
    """

    groep: int
    soort: str
    zin: str
    per_locatie: tuple[tuple[str, tuple[tuple[Reden, int], ...]], ...] = ()
    helpt: tuple[str, ...] = ()
    groepen: tuple[int, ...] = ()
    bronnen: tuple[Bron, ...] = ()
    samen: tuple[int, ...] = ()


def explain(
    terrain: Terrain,
    kern: Kern,
    chosen: Sequence[Kandidaat],
    missed: Sequence[int],
    seconds: float = PATIENCE,
    gestopt: Callable[[], bool] | None = None,
) -> tuple[Uitleg, ...]:
    """Return for every missed group why; conflicts are searched for as long as `seconds` last and nobody stops it."""
    possible = {one.groep for one in kern.kandidaten}
    until = time.monotonic() + seconds
    found = []
    for g in missed:
        if g not in possible:
            found.append(_by_rules(terrain, g))
        elif time.monotonic() < until and not (gestopt is not None and gestopt()):
            found.append(_by_limits(terrain, kern, chosen, g))
        else:
            found.append(
                Uitleg(g, "grens", "De mogelijke plaatsen zijn bezet. Met wie het botst, is niet uitgezocht.")
            )
    return tuple(found)


def _by_rules(terrain: Terrain, g: int) -> Uitleg:
    own = terrain.group_reasons[g]
    if own:
        return Uitleg(g, "regels", own[0].tekst, helpt=tuple(reason.hulp for reason in own))
    per_place = tuple((name, tuple(reasons[:3])) for name, reasons in terrain.counts(g).items())
    helps: dict[str, int] = {}
    for name, reasons in per_place:
        if reasons:
            text = f"{name}: {reasons[0][0].hulp}"
            helps[text] = min(helps.get(text, 99), len(reasons))
    # what has one obstacle only, helps most
    order = sorted(helps, key=lambda text: helps[text])
    partners = _together(terrain, g)
    return Uitleg(
        g,
        "regels",
        "Geen enkele locatie past.",
        per_place,
        (*(text for text, _ in partners), *order[:3]),
        samen=tuple(dict.fromkeys(other for _, other in partners)),
    )


def _together(terrain: Terrain, g: int) -> tuple[tuple[str, int], ...]:
    """Return with which other group a group that is too small could go: same level, days and language, room for both."""
    mine = terrain.request.groepen[g]
    found = []
    for p, place in enumerate(terrain.request.locaties):
        if [reason.regel for reason in terrain.pairs[g][p].redenen] != [
            "C12"
        ] or mine.deelnemers >= place.min_groep:
            continue
        for other, groep in enumerate(terrain.request.groepen):
            people = mine.deelnemers + groep.deelnemers
            rest = {reason.regel for reason in terrain.pairs[other][p].redenen}
            if (
                other != g
                and groep.niveau == mine.niveau
                and place.min_groep <= people <= place.max_groep
                and rest <= {"C12"}
                and set(groep.talen) & set(mine.talen)
                and set(groep.dagen) & set(mine.dagen) & set(place.dagen)
                and set(groep.dagdelen) & set(mine.dagdelen)
            ):
                found.append(
                    (f"{place.naam}: ga samen met {groep.naam}, dat zijn {people} deelnemers.", other)
                )
                break
    return tuple(found[:2])


def _by_limits(terrain: Terrain, kern: Kern, chosen: Sequence[Kandidaat], g: int) -> Uitleg:
    free = {one.groep for one in kern.kandidaten}
    wanted = sorted({*(one.groep for one in chosen if one.groep in free), g})
    helps = loosen(terrain, kern, wanted)
    conflict = find_conflict(kern, chosen, g)
    if conflict is None:
        return Uitleg(
            g,
            "keuze",
            "De groep past misschien wel, maar dit plan heeft de groep niet. Geef het zoeken meer tijd.",
            helpt=helps,
        )
    groups, sources = conflict
    names = [terrain.request.groepen[one].naam for one in groups if one != g]
    words = listed([_source_in_words(terrain, source) for source in sources])
    others = _others(names)
    fixed = " Vaste bezoeken houden hun plaats." if kern.vast else ""
    zin = f"Er is te weinig: {words}. {others}Samen past het niet.{fixed}"
    return Uitleg(g, "grens", zin, (), helps, groups, sources)


def _others(names: Sequence[str]) -> str:
    if not names:
        return ""
    if len(names) > MANY:
        return f"Ook {len(names)} andere groepen hebben dit nodig, zoals {listed(names[:3])}. "
    return f"Ook {listed(names)} {'heeft' if len(names) == 1 else 'hebben'} dit nodig. "


def _source_in_words(terrain: Terrain, source: Bron) -> str:
    kind, place = source
    if kind == "budget":
        return f"budget ({euro(terrain.request.instellingen.budget_totaal or 0)})"
    what = {"plaats": "plaatsen", "dag": "groepen per dag", "gids": "gidsen die passen"}[kind]
    return f"{what} bij {terrain.request.locaties[place].naam}"


def _model(
    kern: Kern, groups: Collection[int]
) -> tuple[cp_model.CpModel, dict[int, cp_model.IntVar], dict[int, list[cp_model.IntVar]]]:
    model = cp_model.CpModel()
    columns: dict[int, cp_model.IntVar] = {}
    by_group: dict[int, list[cp_model.IntVar]] = {g: [] for g in groups}
    for index, one in enumerate(kern.kandidaten):
        if one.groep in by_group:
            columns[index] = model.new_bool_var("")
            by_group[one.groep].append(columns[index])
    return model, columns, by_group


def _sum(row: Grens, columns: Mapping[int, cp_model.IntVar]) -> cp_model.LinearExprT:
    terms = [(columns[index], amount) for index, amount in row.termen if index in columns]
    return cp_model.LinearExpr.weighted_sum([one for one, _ in terms], [amount for _, amount in terms])


def _solver(seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_presolve = False  # as in `solve.py`: almost a linear problem
    return solver


def loosen(terrain: Terrain, kern: Kern, wanted: Sequence[int]) -> tuple[str, ...]:
    """Return the smallest loosening of limits with which all wanted groups have a visit, in words."""
    model, columns, by_group = _model(kern, wanted)
    for mine in by_group.values():
        model.add_exactly_one(mine)
    price: list[cp_model.LinearExprT] = []
    slacks: list[tuple[Grens, cp_model.IntVar]] = []
    for row in kern.grenzen:
        top = sum(amount for index, amount in row.termen if index in columns)
        if top <= row.grens:
            continue
        slack = model.new_int_var(0, top - row.grens, "")
        model.add(_sum(row, columns) <= row.grens + slack)
        slacks.append((row, slack))
        price.append(_SLACK_PRICE.get(row.soort, 1) * slack)
    model.minimize(cp_model.LinearExpr.sum(price))
    solver = _solver(SECONDS)
    if int(solver.solve(model)) not in (int(cp_model.OPTIMAL), int(cp_model.FEASIBLE)):
        return ()
    told = []
    for row, slack in slacks:
        more = solver.value(slack)
        if more and row.soort == "budget":
            told.append(f"{euro(-(-more // 100) * 100)} meer budget")
        elif more:
            what, many = ("gids", "gidsen") if row.soort == "gids" else ("plaats", "plaatsen")
            told.append(f"{more} {what if more == 1 else many} meer: {in_words(terrain, row)}")
    return tuple(told)


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
    model, columns, by_group = _model(kern, groups)
    for mine in by_group.values():
        model.add_exactly_one(mine)
    for row in kern.grenzen:
        if (row.soort, row.locatie) in sources and any(index in columns for index, _ in row.termen):
            model.add(_sum(row, columns) <= row.grens)
    status = int(_solver(SECONDS).solve(model))
    if status == int(cp_model.INFEASIBLE):
        return False
    return True if status in (int(cp_model.OPTIMAL), int(cp_model.FEASIBLE)) else None
