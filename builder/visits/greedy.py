"""A first plan in no time: the group with the fewest options first, each on its cheapest free candidate.

In: candidates with prices, limits, and candidates to try before all others. Out: the indices that were chosen. It is
where the real search begins, and the answer when there is no time for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from builder.visits.candidates import Kandidaat
from builder.visits.limits import Grens


def first_plan(
    candidates: Sequence[Kandidaat],
    rows: Sequence[Grens],
    prices: Sequence[int],
    keep: Sequence[int] = (),
) -> tuple[int, ...]:
    """Return a plan that passes no limit; `keep` (the old plan) comes first."""
    left = [row.grens for row in rows]
    uses: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        for index, amount in row.termen:
            uses[index].append((number, amount))
    mine: dict[int, list[int]] = defaultdict(list)
    for index, candidate in enumerate(candidates):
        mine[candidate.groep].append(index)
    done: set[int] = set()
    chosen: list[int] = []

    def take(index: int) -> bool:
        if any(amount > left[number] for number, amount in uses[index]):
            return False
        for number, amount in uses[index]:
            left[number] -= amount
        chosen.append(index)
        done.add(candidates[index].groep)
        return True

    for index in keep:
        if candidates[index].groep not in done:
            take(index)
    for group in sorted(mine, key=lambda g: (len(mine[g]), g)):
        if group not in done:
            any(take(index) for index in sorted(mine[group], key=lambda index: (prices[index], index)))
    return tuple(sorted(chosen))
