"""Why there is no toets: which rules fall short by how much, and which rules cannot go together.

In: a plan and its model. Out: Dutch sentences. Counting comes first (in the plan); here every rule about numbers
may stretch, and the smallest stretch tells what to do. Then rules are left out one by one, as long as what remains
is still proven impossible: the rest is the conflict.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from builder.dutch import count
from builder.exam.constraints import Model, Outcome, broken, stretched
from builder.exam.plan import Demand, Plan, Shortage, too_few
from builder.exam.pool import Say

Solve = Callable[[Model, float], Outcome]
_CONFLICT_SHARE = 0.5  # of the time for explaining
_MOST_NAMED = 12
_MOST_CONFLICTS = 5


@dataclass(frozen=True, slots=True)
class Failure:
    """No toets: `kind` tells whether that is proven, and `rules` what must give way."""

    kind: str  # "kan niet" | "tijd om" | "steekproef"
    sentences: tuple[str, ...]
    rules: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()


def time_is_up(seconds: float) -> Failure:
    """Return what to say when there is no answer yet."""
    return Failure(
        "tijd om",
        (
            f"De tijd is om ({seconds:.0f} seconden) en er is nog geen toets gevonden.",
            "Dat betekent niet dat het niet kan. Geef meer tijd met --time, of vraag minder toetsen.",
        ),
    )


def sample_failed(looked_at: int, pool: int) -> Failure:
    """Return what to say when a sample of a large pool gave nothing."""
    return Failure(
        "steekproef",
        (
            f"Met een steekproef van {looked_at} van de {pool} vragen lukt het niet.",
            "Dat bewijst niet dat het niet kan. Maak de matrijs ruimer, of vraag minder toetsen.",
        ),
    )


def explain(plan: Plan, model: Model, solve: Solve, seconds: float, say: Say) -> Failure:
    """Return why this model, which is proven impossible, is so."""
    say("Uitzoeken waarom het niet kan …")
    share = seconds * _CONFLICT_SHARE
    weights = _weights(plan)
    said = [entry for entry in plan.shortages if entry.contradiction]
    rules = [entry.rule for entry in said]
    rest = model.without(rules)
    found, outcome = _least_stretch(plan, rest, weights, solve, share)
    conflict: tuple[str, ...] = ()
    if outcome.status == "impossible":  # what cannot stretch contradicts itself, perhaps more than once
        fixed = rest.without(weights)
        conflict = _conflict(fixed, solve, share)
        rules += _all_conflicts(fixed, conflict, solve, share)
        rest = model.without(rules)
        found, outcome = _least_stretch(plan, rest, weights, solve, share)
    elif not plan.shortages:
        say("Zoeken welke eisen niet samengaan …")
        conflict = _conflict(model, solve, share)
    said += found if outcome.found else [entry for entry in plan.shortages if not entry.contradiction]
    rules += [entry.rule for entry in said]
    if outcome.found:
        rules += broken(rest, outcome.values)
    sentences = ["Deze toets kan niet met de vragen die er zijn.", *(entry.sentence for entry in said)]
    if len(conflict) > 1 or (conflict and not said):
        sentences.append("Deze eisen gaan niet samen:")
        told = [f"- {name_of(rule, plan)}" for rule in conflict]
        sentences += told[:_MOST_NAMED]
        if len(told) > _MOST_NAMED:
            sentences.append(f"- en nog {len(told) - _MOST_NAMED} eisen")
    return Failure("kan niet", tuple(sentences), tuple(dict.fromkeys(rules)), conflict)


def _least_stretch(
    plan: Plan, model: Model, weights: dict[str, float], solve: Solve, seconds: float
) -> tuple[list[Shortage], Outcome]:
    """Return what must give way least, and the outcome that says so."""
    longest = max((candidate.words for candidate in plan.pool), default=0)
    elastic, slack = stretched(model, weights, float(longest))
    outcome = solve(elastic, seconds)
    return (_stretch(plan, outcome, slack) if outcome.found else []), outcome


def _all_conflicts(model: Model, first: tuple[str, ...], solve: Solve, seconds: float) -> tuple[str, ...]:
    """Return the rules of every conflict, so that without them there is a choice."""
    rules = first
    for _ in range(_MOST_CONFLICTS):
        rest = model.without(rules)
        if solve(rest, seconds).status != "impossible":
            break
        rules += _conflict(rest, solve, seconds)
    return rules


def _weights(plan: Plan) -> dict[str, float]:
    """Return what a unit of stretching costs. One word, second or point is less than one item."""
    weights = {demand.rule: 10.0 for demand in plan.demands}
    weights["aantal"] = 4.0
    weights["woorden"] = 0.2
    matrijs = plan.matrijs
    if matrijs.tempo is not None:
        weights["minuten"] = 0.2 / matrijs.tempo.woorden_per_minuut
    weights["moeilijkheid"] = 0.1
    return weights


def _stretch(plan: Plan, outcome: Outcome, slack: dict[int, tuple[str, int]]) -> list[Shortage]:
    """Return one sentence for each rule and side that had to stretch."""
    total: dict[tuple[str, int], float] = {}
    most: dict[tuple[str, int], float] = {}
    for column, side in slack.items():
        value = outcome.values[column]
        if value > 1e-6:
            total[side] = total.get(side, 0.0) + value
            most[side] = max(most.get(side, 0.0), value)
    found = []
    demands = {demand.rule: demand for demand in plan.demands}
    for rule, sign in sorted(total, key=lambda side: (_order_of(side[0]), side[1])):
        key = (rule, sign)
        if rule in demands:
            found.append(_items_short(demands[rule], total[key], sign, plan))
        else:
            found.append(_sum_short(rule, most[key], sign, plan))
    return found


def _order_of(rule: str) -> tuple[int, int]:
    kind, _, number = rule.partition(":")
    kinds = ("cel", "marge", "aantal", "woorden", "minuten", "moeilijkheid")
    return (kinds.index(kind) if kind in kinds else len(kinds), int(number) if number.isdigit() else 0)


def _items_short(demand: Demand, total: float, sign: int, plan: Plan) -> Shortage:
    if sign < 0:
        number = math.ceil(total / plan.repeats - 1e-6)
        return Shortage(demand.rule, number, too_few(demand, number, plan.forms))
    number = round(total)
    together = f" voor {plan.forms} toetsen samen" if plan.forms > 1 else ""
    what = "Verhoog het aantal" if demand.cel is None else "Verhoog het maximum"
    return Shortage(
        demand.rule,
        number,
        f"{demand.name}: {count(number, 'vraag', 'vragen')} te veel{together}. {what}, of maak andere vragen erbij.",
    )


def _sum_short(rule: str, most: float, sign: int, plan: Plan) -> Shortage:
    matrijs = plan.matrijs
    if rule == "woorden":
        number = math.ceil(most)
        much = "te veel. Verhoog het maximum, of maak kortere vragen."
        little = "te weinig. Verlaag het minimum, of maak langere vragen."
        text = f"Woorden: een toets heeft er {number} {much if sign > 0 else little}"
        return Shortage(rule, number, text)
    if rule == "minuten":
        pace = matrijs.tempo.woorden_per_minuut if matrijs.tempo else 1
        number = math.ceil(most / (60 * pace))
        return Shortage(
            rule,
            number,
            f"Tijd: een toets duurt {count(number, 'minuut', 'minuten')} te lang. Geef meer minuten, of vraag minder vragen.",
        )
    number = math.ceil(most / matrijs.aantal)
    which = "makkelijker" if sign > 0 else "moeilijker"
    return Shortage(
        rule,
        number,
        f"Moeilijkheid: een toets is {number} procentpunten {which} dan mag. Verruim de marge.",
    )


def _conflict(model: Model, solve: Solve, seconds: float) -> tuple[str, ...]:
    """Return rules that cannot go together: without the others the solver still proves it. Empty: not found."""
    rules = list(dict.fromkeys(row.rule for row in model.rows))
    steps = 4 * len(rules) + 1
    each = max(0.2, seconds / steps * 4)
    size, left = max(1, len(rules) // 2), steps
    while True:
        start = 0
        while start < len(rules) and left > 0:
            trial = rules[:start] + rules[start + size :]
            gone = set(rules) - set(trial)
            left -= 1
            if solve(_only(model, set(rules) - gone), each).status == "impossible":
                rules = trial
            else:
                start += size
        if size == 1:
            break
        size = max(1, size // 2)
    if solve(_only(model, set(rules)), max(each, seconds)).status != "impossible":
        return ()
    return tuple(rules)


def _only(model: Model, rules: set[str]) -> Model:
    return model.without({row.rule for row in model.rows} - rules)


def name_of(rule: str, plan: Plan) -> str:
    """Return a rule in words, as in: Wonen: ten minste 2, ten hoogste 3."""
    matrijs = plan.matrijs
    demand = next((demand for demand in plan.demands if demand.rule == rule), None)
    if demand is not None:
        if demand.cel is None:
            return f"{demand.low} vragen in elke toets"
        if demand.low == demand.high:
            return f"{demand.name}: precies {demand.low}"
        top = "" if demand.high is None else f"ten hoogste {demand.high}"
        low = f"ten minste {demand.low}" if demand.low or not top else ""
        return f"{demand.name}: {', '.join(part for part in (low, top) if part)}"
    kind, _, name = rule.partition(":")
    if kind == "woorden" and matrijs.woorden is not None:
        low_words = [] if matrijs.woorden.min is None else [f"ten minste {matrijs.woorden.min}"]
        top_words = [] if matrijs.woorden.max is None else [f"ten hoogste {matrijs.woorden.max}"]
        return f"woorden: {', '.join(low_words + top_words)}"
    if kind == "moeilijkheid" and matrijs.moeilijkheid is not None:
        wish = matrijs.moeilijkheid
        return f"gemiddeld {wish.gemiddelde}% goed, met een marge van {wish.marge}"
    words = {
        "minuten": f"de geschatte tijd past in {matrijs.minuten} minuten",
        "vijanden": "vijanden staan niet samen in een toets",
        "sets": "een set komt heel in een toets, of niet",
        "herhaling": f"een vraag staat in ten hoogste {plan.repeats} van de {plan.forms} toetsen",
        "overlap": f"twee toetsen delen ten hoogste {plan.overlap} vragen",
        "alles_gebruiken": "elke vraag wordt gebruikt",
        "anker": f"vraag {name} staat in elke toets",
        "verplicht": f"vraag {name} staat in een van de toetsen",
    }
    return words[kind]
