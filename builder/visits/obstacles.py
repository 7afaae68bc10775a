"""Why a group can go nowhere: every obstacle of each half day, and which of them alone stand in the way.

In: a terrain. Out: per place the reasons, the most telling first, each with the number of half days. A half day that
only one reason stands against, says what is the matter; a reason that never stands alone, would change nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from builder.visits.candidates import Terrain
from builder.visits.fit import Reden
from builder.visits.moments import Half

Geteld = tuple[tuple[Reden, int], ...]


def sets_of(terrain: Terrain, g: int, p: int) -> Iterator[tuple[Half, frozenset[Reden]]]:
    """Yield per half day every reason against it; days to come go first, for what is over cannot be changed."""
    for over in (False, True):
        for half in terrain.moments.halves:
            if (half[0] < terrain.today) is over:
                yield half, terrain.all_against(g, p, half)


def at_place(terrain: Terrain, g: int, p: int) -> Geteld:
    """Return what stands in the way at a place where the group fits: what does so alone, else the smallest sets.

    The number is that of the half days to come on which it does; those that are over count when there are no others.
    """
    coming: Counter[frozenset[Reden]] = Counter()
    over: Counter[frozenset[Reden]] = Counter()
    for half, reasons in sets_of(terrain, g, p):
        if reasons:
            (over if half[0] < terrain.today else coming)[reasons] += 1
    alone = [(one, number) for found in (coming, over) for one, number in _ordered(found) if len(one) == 1]
    if not alone:
        least = min((len(one) for one in coming or over), default=0)
        alone = [(one, number) for one, number in _ordered(coming or over) if len(one) == least][:1]
    told: dict[Reden, int] = {}
    for reasons, number in alone:
        for reason in sorted(reasons, key=lambda one: (one.regel, one.tekst)):
            told.setdefault(reason, number)
    return tuple(told.items())


def _ordered(found: Counter[frozenset[Reden]]) -> list[tuple[frozenset[Reden], int]]:
    return sorted(found.items(), key=lambda one: (-one[1], sorted(reason.tekst for reason in one[0])))


def per_place(terrain: Terrain, g: int, known: Collection[Reden] = ()) -> tuple[tuple[str, Geteld], ...]:
    """Return per place why the group cannot go: what holds on every day, else of half days. `known` was told already."""
    found: list[tuple[str, Geteld]] = []
    for p, place in enumerate(terrain.request.locaties):
        reasons = terrain.pairs[g][p].redenen
        told = tuple((reason, 0) for reason in reasons if reason not in known)
        found.append((place.naam, told if reasons else at_place(terrain, g, p)))
    return tuple(one for one in found if one[1])
