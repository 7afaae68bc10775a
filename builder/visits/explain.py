"""Why a group has no visit: by counting, by loosening limits, and by a conflict that was checked.

In: a terrain, what there was to choose, and the plan. Out: an `Uitleg` per group without a visit. What is said to help was
tried (`helping.py`) or solved; a conflict was solved again (`conflict.py`).
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from builder.dutch import count, euro, listed
from builder.visits.candidates import Terrain
from builder.visits.conflict import SECONDS, Bron, feasible, find_conflict, model_of, solver_for, sum_of
from builder.visits.fit import Reden
from builder.visits.helping import what_helps
from builder.visits.limits import Grens, in_words
from builder.visits.obstacles import per_place
from builder.visits.remedies import could_go_together
from builder.visits.solve import Kern, Oplossing

PATIENCE = 12.0  # for all explanations together
MOST_TRIED = 300  # groups times places where changes are tried
MANY = 8  # groups that are named one by one
_SLACK_PRICE = {"plaats": 1000, "dag": 1000, "gids": 1000}


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
    plan: Oplossing,
    seconds: float = PATIENCE,
    gestopt: Callable[[], bool] | None = None,
) -> tuple[Uitleg, ...]:
    """Return for every group without a visit why; tries and searches while `seconds` last and nobody stops it.

    The more groups can go nowhere, the fewer places are tried for each, so that the answer does not hang on the clock.
    """
    possible = {one.groep for one in kern.kandidaten}
    until = time.monotonic() + seconds
    nowhere = sum(g not in possible for g in plan.ongepland)
    found = []
    for g in plan.ongepland:
        if g not in possible:
            found.append(_by_rules(terrain, plan, g, max(3, MOST_TRIED // nowhere), until, gestopt))
        elif time.monotonic() < until and not (gestopt is not None and gestopt()):
            found.append(_by_limits(terrain, kern, plan, g))
        else:
            text = "Er is een mogelijk bezoek, maar niet in dit plan. Waarom, is niet uitgezocht."
            found.append(Uitleg(g, "keuze", text))
    return tuple(found)


def _by_rules(
    terrain: Terrain,
    plan: Oplossing,
    g: int,
    most: int,
    until: float,
    gestopt: Callable[[], bool] | None,
) -> Uitleg:
    own = terrain.group_reasons[g]
    tried = what_helps(terrain, plan.gekozen, g, most, until, gestopt)
    zin = " ".join(reason.tekst for reason in own) or "Geen enkele locatie past."
    if not tried.zinnen:
        tail = "We probeerden wat je kunt veranderen. Dat is niet genoeg."
        zin += f" {tail if tried.af else 'Wat helpt, is niet uitgezocht.'}"
    # who lacks something itself and has all with that, need not hear of each place
    enough = bool(own) and 0 < tried.stappen <= len(own)
    places = () if enough else tuple((name, told[:3]) for name, told in per_place(terrain, g, own))
    return Uitleg(g, "regels", zin, places, tried.zinnen, samen=_partners(terrain, g))


def _partners(terrain: Terrain, g: int) -> tuple[int, ...]:
    """Return with which other groups a group that is too small could go: what-if makes a whole plan with each."""
    mine = terrain.request.groepen[g]
    found = []
    for p, place in enumerate(terrain.request.locaties):
        if [one.middel for one in terrain.pairs[g][p].redenen] != ["klein"]:
            continue
        for other, groep in enumerate(terrain.request.groepen):
            rest = {reason.regel for reason in terrain.pairs[other][p].redenen}
            if other != g and rest <= {"C12"} and could_go_together(mine, groep, place):
                found.append(other)
                break
    return tuple(dict.fromkeys(found[:2]))


def _by_limits(terrain: Terrain, kern: Kern, plan: Oplossing, g: int) -> Uitleg:
    free = {one.groep for one in kern.kandidaten}
    wanted = sorted({*(one.groep for one in plan.gekozen if one.groep in free), g})
    helps = loosen(terrain, kern, wanted)
    conflict = find_conflict(kern, plan.gekozen, g)
    if conflict is None:
        return Uitleg(g, "keuze", _not_chosen(kern, plan, g, wanted), helpt=helps)
    groups, sources = conflict
    names = [terrain.request.groepen[one].naam for one in groups if one != g]
    others = f" {_others(names)}Samen past het niet." if names else ""
    fixed = " Vaste bezoeken houden hun plaats." if kern.vast else ""
    return Uitleg(g, "grens", f"{_short_of(terrain, sources)}{others}{fixed}", (), helps, groups, sources)


def _not_chosen(kern: Kern, plan: Oplossing, g: int, wanted: Sequence[int]) -> str:
    """Return why a group is left out that no conflict keeps out: by its weight, or because the search stopped."""
    left_out = kern.zonder.get(g, 0)
    sources = {(row.soort, row.locatie) for row in kern.grenzen}
    # a plan that may be so far from the best, could still have the group
    if plan.bewezen and plan.prijs - plan.ondergrens < max(1, left_out) and feasible(kern, wanted, sources):
        return (
            "De groep past wel. Met deze gewichten is het plan zonder deze groep goedkoper. "
            "Kijk naar Gewicht: groep zonder bezoek."
        )
    return "De groep past misschien wel, maar dit plan heeft de groep niet. Geef het zoeken meer tijd."


def _short_of(terrain: Terrain, sources: Sequence[Bron]) -> str:
    """Return of what there is too little, as a sentence."""
    places = [_source_in_words(terrain, source) for source in sources if source[0] != "budget"]
    said = [f"zijn te weinig {listed(places)}"] if places else []
    if len(places) < len(sources):
        said.append(f"is te weinig budget ({euro(terrain.request.instellingen.budget_totaal or 0)})")
    return f"Er {', en er '.join(said)}."


def _others(names: Sequence[str]) -> str:
    if not names:
        return ""
    if len(names) > MANY:
        return f"Ook {len(names)} andere groepen hebben dit nodig, zoals {listed(names[:3])}. "
    return f"Ook {listed(names)} {'heeft' if len(names) == 1 else 'hebben'} dit nodig. "


def _source_in_words(terrain: Terrain, source: Bron) -> str:
    kind, place = source
    what = {"plaats": "plaatsen", "dag": "groepen per dag", "gids": "gidsen die passen"}[kind]
    return f"{what} bij {terrain.request.locaties[place].naam}"


def loosen(terrain: Terrain, kern: Kern, wanted: Sequence[int]) -> tuple[str, ...]:
    """Return the smallest loosening of limits with which all wanted groups have a visit, in words: one sentence."""
    model, columns, by_group = model_of(kern, wanted)
    for mine in by_group.values():
        model.add_exactly_one(mine)
    price: list[cp_model.LinearExprT] = []
    slacks: list[tuple[Grens, cp_model.IntVar]] = []
    for row in kern.grenzen:
        top = sum(amount for index, amount in row.termen if index in columns)
        if top <= row.grens:
            continue
        slack = model.new_int_var(0, top - row.grens, "")
        model.add(sum_of(row, columns) <= row.grens + slack)
        slacks.append((row, slack))
        price.append(_SLACK_PRICE.get(row.soort, 1) * slack)
    model.minimize(cp_model.LinearExpr.sum(price))
    solver = solver_for(SECONDS)
    if int(solver.solve(model)) not in (int(cp_model.OPTIMAL), int(cp_model.FEASIBLE)):
        return ()
    told: dict[str, list[str]] = defaultdict(list)
    for row, slack in slacks:
        more = solver.value(slack)
        if more and row.soort == "budget":
            told[""].append(f"{euro(-(-more // 100) * 100)} meer budget")
        elif more:
            word = {"gids": ("gids", "gidsen"), "dag": ("groep per dag", "groepen per dag")}
            told[in_words(terrain, row)].append(count(more, *word.get(row.soort, ("plaats", "plaatsen"))))
    said = [f"{listed(parts)} meer bij {where}" if where else listed(parts) for where, parts in told.items()]
    if len(said) > 1:
        return (f"Dit is alleen samen genoeg: {'; '.join(said)}",)
    return tuple(said)
