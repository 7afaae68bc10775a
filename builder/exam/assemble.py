"""Plan → toetsen: choose, put in order, verify, and report; or say why it cannot be.

In: the bank, a `Plan` and a `Request`. Out: an `Assembly` with typed toetsen, or with a `Failure`. It writes
nothing and asks no clock: the same bank, plan and request give the same toetsen.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from builder.exam import solve_highs
from builder.exam.constraints import Model, Outcome, draw, series_model
from builder.exam.explain import Failure, explain, sample_failed, time_is_up
from builder.exam.plan import Candidate, Plan, Say
from builder.exam.shuffle import Placed, arrange
from builder.exam.verify import verify
from builder.model.digest import item_digest
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.toets import Plek, Samenstelling, Toets, Variant, Variantplek, Voorraad

PRESELECT_ABOVE = 5000
LEAST_PER_KIND = 5
MOST_COLUMNS = 400_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SOLVERS = ("auto", "highs", "cpsat")


@dataclass(frozen=True, slots=True)
class Request:
    """What the author asked for, besides the matrix."""

    seed: int
    datum: str
    name: str = ""
    titel: str = ""
    seconds: float = 60.0
    solver: str = "auto"
    variants: int = 0
    program: str = "knm"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report: what a cell or margin asked, what each toets got, what is left in the bank."""

    name: str
    asked: str
    got: tuple[int, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Assembly:
    """The toetsen with a report, or a failure. `notes` are sentences that the author should read."""

    toetsen: tuple[Toets, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    failure: Failure | None = None
    solver: str = ""


class BrokenPromise(Exception):
    """The solver's choice breaks a rule: our own mistake, found before anything was written."""


def silent(_: str) -> None:
    """Say nothing."""


def assemble(bank: Itembank, plan: Plan, request: Request, say: Say = silent) -> Assembly:
    """Return the toetsen of this plan."""
    notes = list(plan.notes)
    if not plan.pool:
        return Assembly(failure=_nothing(plan), notes=tuple(notes))
    chosen, outcome = _choose(plan, request, say)
    if len(chosen) < len(plan.pool):
        notes.append(
            f"Er zijn {len(plan.pool)} vragen. Vooraf zijn er door loting {len(chosen)} gekozen om uit te kiezen."
        )
    if not outcome.found:
        return Assembly(failure=_failure(plan, chosen, outcome, request, say), notes=tuple(notes))
    if outcome.status == "feasible":
        notes.append("De tijd was om bij het zoeken naar beter. De toetsen voldoen wel aan alle eisen.")
    say("Volgorde maken en controleren …")
    forms = _forms(plan, chosen, outcome)
    stock = Voorraad(len(plan.pool), len(chosen), pool_digest(bank, plan.pool))
    toetsen = tuple(
        _toets(bank, plan, request, items, number, stock, outcome)
        for number, items in enumerate(forms, start=1)
    )
    notes += _promise(bank, plan, toetsen)
    return Assembly(toetsen, _report(plan, forms), tuple(notes), None, outcome.solver)


def form_names(name: str, forms: int) -> tuple[str, ...]:
    """Return the ids of the toetsen: a, b, c …, or numbers when there are more than 26."""
    if forms <= len(LETTERS):
        return tuple(f"{name}-{LETTERS[number]}" for number in range(forms))
    return tuple(f"{name}-{number:03}" for number in range(1, forms + 1))


def _nothing(plan: Plan) -> Failure:
    sentences = ["Er is geen enkele vraag die in deze toets past."]
    sentences += [f"{number} niet: {reason}." for reason, number in plan.left_out.items()]
    return Failure("kan niet", tuple(sentences), ("aantal",))


def _choose(plan: Plan, request: Request, say: Say) -> tuple[tuple[Candidate, ...], Outcome]:
    """Return the items that were looked at and the solver's answer about them."""
    by_lot = tuple(sorted(plan.pool, key=lambda one: draw(request.seed, "keuze", one.id)))
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
        outcome = _solve_series(plan, chosen, request, say)
        too_big = 2 * len(chosen) * plan.forms > MOST_COLUMNS
        if outcome.status != "impossible" or whole or too_big:
            return chosen, outcome
        per_kind *= 2


def _solve_series(plan: Plan, chosen: Sequence[Candidate], request: Request, say: Say) -> Outcome:
    """Return the answer for these items. Forms that share nothing keep to any overlap: those come first."""
    half, left = request.seconds / 2, request
    if plan.overlap and plan.repeats > 1 and not plan.matrijs.alles_gebruiken and request.solver == "auto":
        apart = replace(plan, overlap=0, repeats=1)
        outcome = solve_highs.solve(series_model(apart, chosen), half, request.seed)
        if outcome.found:
            return outcome
        say("Zonder dezelfde vragen lukt het niet. Nu met overlap …")
        left = replace(request, seconds=half)
    model = series_model(plan, chosen)
    return solve(model, left, logic=_has_logic(plan, chosen), say=say)


def _has_logic(plan: Plan, chosen: Sequence[Candidate]) -> bool:
    return (
        plan.matrijs.alles_gebruiken
        or (plan.overlap > 0 and plan.repeats > 1)
        or any(candidate.set for candidate in chosen)
    )


def solve(model: Model, request: Request, logic: bool, say: Say = silent) -> Outcome:
    """Solve with the back end that was asked, else with the one that fits, and the other one for the second half."""
    if request.solver != "auto":
        return _run(request.solver, model, request.seconds, request.seed)
    first, second = ("cpsat", "highs") if logic else ("highs", "cpsat")
    outcome = _run(first, model, request.seconds / 2, request.seed)
    if outcome.status in ("optimal", "impossible"):
        return outcome
    say("Nog geen bewijs. Nu met de andere rekenmachine …")
    other = _run(second, model, request.seconds / 2, request.seed)
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


def _failure(
    plan: Plan, chosen: Sequence[Candidate], outcome: Outcome, request: Request, say: Say
) -> Failure:
    if outcome.status == "time":
        return time_is_up(request.seconds)
    if len(chosen) < len(plan.pool):
        return sample_failed(len(chosen), len(plan.pool))

    def again(model: Model, seconds: float) -> Outcome:
        outcome = solve_highs.solve(model, seconds, request.seed)
        return outcome if outcome.status != "time" else _run("cpsat", model, seconds, request.seed)

    return explain(plan, series_model(plan, chosen), again, min(20.0, request.seconds), say)


def _forms(plan: Plan, chosen: Sequence[Candidate], outcome: Outcome) -> list[list[Item]]:
    return [
        [
            candidate.item
            for index, candidate in enumerate(chosen)
            if outcome.values[index * plan.forms + form] > 0.5
        ]
        for form in range(plan.forms)
    ]


def _toets(
    bank: Itembank,
    plan: Plan,
    request: Request,
    items: Sequence[Item],
    number: int,
    stock: Voorraad,
    outcome: Outcome,
) -> Toets:
    matrijs = plan.matrijs
    name = request.name or matrijs.id
    themas = [thema.slug for thema in bank.themas]
    placed = arrange(items, themas, request.seed, "toets", number)
    toets_id = form_names(name, plan.forms)[number - 1]
    titel = request.titel or matrijs.titel
    # forms of one series are told apart by the same letter or number as their ids
    mark = f", {toets_id.rpartition('-')[2].upper()}" if plan.forms > 1 else ""
    return Toets(
        id=toets_id,
        titel=f"{titel}{mark}",
        doel=matrijs.doel,
        datum=request.datum,
        editie=1,
        items=places(bank, placed),
        matrijs=matrijs.id,
        minuten=matrijs.minuten,
        zaad=request.seed,
        samenstelling=Samenstelling(
            outcome.solver,
            (request.program, outcome.solver),
            number,
            plan.forms,
            stock,
            outcome.status == "feasible",
        ),
        varianten=tuple(
            variant(items, themas, request.seed, number, code)
            for code in "BCDEFGHIJKLMNOPQRSTUVWXYZ"[: request.variants]
        ),
    )


def places(
    bank: Itembank, placed: Sequence[Placed], locked: Mapping[str, bool] | None = None
) -> tuple[Plek, ...]:
    """Return the places of a toets, frozen by the digests of now."""
    return tuple(
        Plek(
            one.item.id,
            one.item.versie,
            item_digest(bank, one.item),
            one.order,
            bool(locked and locked.get(one.item.id)),
        )
        for one in placed
    )


def variant(items: Sequence[Item], themas: Sequence[str], seed: int, number: int, code: str) -> Variant:
    """Return the same items in another order."""
    placed = arrange(items, themas, seed, "toets", number, "variant", code)
    return Variant(code, tuple(Variantplek(one.item.id, one.order) for one in placed), seed)


def pool_digest(bank: Itembank, pool: Sequence[Candidate]) -> str:
    """Return a digest of all items that could be chosen, with their versions and texts."""
    whole = hashlib.sha256()
    for candidate in sorted(pool, key=lambda one: one.id):
        item = candidate.item
        whole.update(f"{item.id} {item.versie} {item_digest(bank, item)}\n".encode())
    return whole.hexdigest()


def _promise(bank: Itembank, plan: Plan, toetsen: Sequence[Toets]) -> list[str]:
    """Verify with code that knows nothing of the model; return what is said about the places of the keys.

    Those are a wish: with many fixed options they cannot always be spread. Any other breach is our own mistake.
    """
    said = []
    for toets in toetsen:
        others = [other for other in toetsen if other is not toets]
        for breach in verify(bank, toets, plan.matrijs, others):
            if breach.kind not in ("reeks", "sleutelbalans"):
                raise BrokenPromise(f"{toets.id}: {breach.sentence}")
            said.append(f"{toets.id}: {breach.sentence}")
    return said


def _report(plan: Plan, forms: Sequence[Sequence[Item]]) -> tuple[Row, ...]:
    used = {item.id for form in forms for item in form}
    rows = []
    for demand in plan.demands:
        rows.append(
            Row(
                demand.name,
                asked(demand.low, demand.high),
                tuple(sum(item.id in demand.members for item in form) for form in forms),
                len(demand.members - used),
            )
        )
    return tuple(rows)


def asked(low: int, high: int | None) -> str:
    """Return what a cell asks: 3, 2-4, or 2 or more."""
    if high is None:
        return f"{low} of meer"
    return str(low) if low == high else f"{low}-{high}"
