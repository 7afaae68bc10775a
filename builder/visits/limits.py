"""What visits share and can run out of: places, guides and money.

In: a terrain and the visits that stay where they are. Out: `Grens` rows: the sum over the chosen candidates may not
pass a number. Planning, explaining and what-if all read these same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from builder.dutch import dutch_date
from builder.visits.candidates import Kandidaat, Terrain
from builder.visits.nouns import WEEKDAGEN


@dataclass(frozen=True, slots=True)
class Grens:
    """A limit. `soort` is `plaats`, `dag`, `gids` or `budget`; `termen` are index of candidate and amount."""

    soort: str
    locatie: int
    dag: date | None
    dagdeel: str
    soorten: tuple[int, ...]
    termen: tuple[tuple[int, int], ...]
    grens: int

    @property
    def regel(self) -> str:
        """The number of the rule that this limit keeps."""
        return "C24" if self.soort == "budget" else "C18"


def limits(
    terrain: Terrain, candidates: Sequence[Kandidaat], fixed: Sequence[Kandidaat] = ()
) -> tuple[Grens, ...]:
    """Return every limit that these candidates can reach, after what the fixed visits already take."""
    by_half: dict[tuple[int, date, str], list[int]] = defaultdict(list)
    by_day: dict[tuple[int, date], list[int]] = defaultdict(list)
    for index, candidate in enumerate(candidates):
        by_half[candidate.plek].append(index)
        by_day[candidate.locatie, candidate.dag].append(index)
    taken: dict[tuple[int, date, str], int] = defaultdict(int)
    for one in fixed:
        taken[one.plek] += one.delen
    places = terrain.request.locaties
    rows: list[Grens] = []
    for (p, day, part), indices in by_half.items():
        room = max(0, places[p].plekken_op(day) - taken[p, day, part])
        terms = tuple((index, candidates[index].delen) for index in indices)
        rows.append(Grens("plaats", p, day, part, (), terms, room))
        rows.extend(_guides(terrain, candidates, fixed, (p, day, part), indices))
    for (p, day), indices in by_day.items():
        most = places[p].groepen_per_dag
        if most is not None:
            used = sum(one.delen for one in fixed if (one.locatie, one.dag) == (p, day))
            terms = tuple((index, candidates[index].delen) for index in indices)
            rows.append(Grens("dag", p, day, "", (), terms, max(0, most - used)))
    total = terrain.request.instellingen.budget_totaal
    if total is not None:
        terms = tuple((index, one.cent) for index, one in enumerate(candidates) if one.cent)
        left = max(0, total - sum(one.cent for one in fixed))
        rows.append(Grens("budget", -1, None, "", (), terms, left))
    return tuple(row for row in rows if _can_pass(row, candidates))


def _can_pass(row: Grens, candidates: Sequence[Kandidaat]) -> bool:
    """Tell whether the candidates of a row could pass it at all: one visit per group."""
    most: dict[int, int] = {}
    for index, amount in row.termen:
        group = candidates[index].groep
        most[group] = max(most.get(group, 0), amount)
    return sum(most.values()) > row.grens


def _guides(
    terrain: Terrain,
    candidates: Sequence[Kandidaat],
    fixed: Sequence[Kandidaat],
    half: tuple[int, date, str],
    indices: Sequence[int],
) -> list[Grens]:
    """Return Hall's conditions: for each union of kinds of guides, no more tours that need one of them than there are.

    A guide leads one part of a group in half a day, so these conditions together say exactly that guides suffice.
    """
    here = [one for one in fixed if one.plek == half and one.gidsen]
    sets = {frozenset(candidates[index].soorten) for index in indices if candidates[index].gidsen}
    unions: set[frozenset[int]] = set()
    for kinds in sorted(sets | {frozenset(one.soorten) for one in here}, key=sorted):
        unions |= {kinds | other for other in unions} | {kinds}
    rows = []
    for union in sorted(unions, key=sorted):
        terms = tuple(
            (index, candidates[index].gidsen)
            for index in indices
            if candidates[index].gidsen and set(candidates[index].soorten) <= union
        )
        used = sum(one.gidsen for one in here if set(one.soorten) <= union)
        number = sum(terrain.request.gidsen[kind].aantal for kind in union)
        rows.append(Grens("gids", *half, tuple(sorted(union)), terms, max(0, number - used)))
    return rows


def in_words(terrain: Terrain, row: Grens) -> str:
    """Return the place, the day and the half of it that a limit is about; not for the budget."""
    place = terrain.request.locaties[row.locatie].naam
    if row.dag is None:
        return place
    when = f"{WEEKDAGEN[row.dag.weekday()]} {dutch_date(row.dag.isoformat())}"
    return ", ".join(part for part in (place, when, row.dagdeel) if part)
