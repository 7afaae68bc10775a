"""Plan → toetsen: choose, put in order, verify, and report; or say why it cannot be.

In: the bank, a `Plan` and a `Request`. Out: an `Assembly` with typed toetsen, or with a `Failure`. It writes
nothing and asks no clock: the same bank, plan and request give the same toetsen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.exam.choosing import Search, choose, silent, why_none
from builder.exam.constraints import Outcome
from builder.exam.explain import Failure
from builder.exam.plan import Plan
from builder.exam.pool import Candidate, Say
from builder.exam.shuffle import Placed, arrange
from builder.exam.verify import verify
from builder.model.digest import item_digest
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.toets import Plek, Samenstelling, Toets, Variant, Variantplek, Voorraad

LETTERS = "abcdefghijklmnopqrstuvwxyz"


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

    @property
    def search(self) -> Search:
        """How to look for the items."""
        return Search(self.seed, self.seconds, self.solver)


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


def assemble(bank: Itembank, plan: Plan, request: Request, say: Say = silent) -> Assembly:
    """Return the toetsen of this plan."""
    notes = list(plan.notes)
    if not plan.pool:
        return Assembly(failure=_nothing(plan), notes=tuple(notes))
    chosen, outcome = choose(plan, request.search, say)
    if len(chosen) < len(plan.pool):
        notes.append(
            f"Er zijn {len(plan.pool)} vragen. Vooraf zijn er door loting {len(chosen)} gekozen om uit te kiezen."
        )
    if not outcome.found:
        return Assembly(failure=why_none(plan, chosen, outcome, request.search, say), notes=tuple(notes))
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
