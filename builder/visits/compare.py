"""Two proposals side by side: figures, and who has another visit.

In: two boards. Out: a `Verschil`. It decides nothing about which is better.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.visits.by_hand import Bord
from builder.visits.outcome_sheets import cost_in_words, visit_in_words
from builder.visits.plan import Gepland, known_of, unknown_of


@dataclass(frozen=True, slots=True)
class Cijfers:
    """What a proposal comes to; minutes are of one way, for a whole group."""

    geplaatst: int
    groepen: int
    kosten: str
    deelnemers: int
    minuten: int
    wensen: int
    vast: int


@dataclass(frozen=True, slots=True)
class Rij:
    """A group whose visit differs, in words."""

    groep: str
    een: str
    ander: str


@dataclass(frozen=True, slots=True)
class Verschil:
    """The figures of both, who differs, and how many visits are the same."""

    een: Cijfers
    ander: Cijfers
    rijen: tuple[Rij, ...]
    gelijk: int


def compare(one: Bord, other: Bord) -> Verschil:
    """Return how two proposals differ, group by group."""
    plans = [board.laid_out(board.request) for board in (one, other)]
    left, right = ({gepland.bezoek.groep: gepland.bezoek for gepland in plan} for plan in plans)
    names = dict.fromkeys(
        groep.naam for board in (one, other) for groep in board.request.groepen
    )  # a group can be in one of them only
    rows = [
        Rij(name, visit_in_words(left.get(name)), visit_in_words(right.get(name)))
        for name in names
        if visit_in_words(left.get(name)) != visit_in_words(right.get(name))
    ]
    same = sum(1 for name in left if name in right) - sum(
        1 for row in rows if row.groep in left and row.groep in right
    )
    return Verschil(_figures(one, plans[0]), _figures(other, plans[1]), tuple(rows), same)


def _figures(board: Bord, plan: tuple[Gepland, ...]) -> Cijfers:
    off = {visit.groep for visit in board.request.bezoeken if visit.afgezegd}
    return Cijfers(
        len(plan),
        len(board.request.groepen) - len(off),
        cost_in_words(known_of(plan), unknown_of(plan)),
        sum(one.groep.deelnemers for one in plan),
        sum(one.reis.minuten for one in plan if one.reis),
        sum(len(one.wensen) for one in plan),
        sum(one.bezoek.vast for one in plan),
    )
