"""What helps a group that can go nowhere: each change is made in a copy of the request and tried before it is told.

In: a terrain, the plan that was chosen, a group without any candidate. Out: sentences that hold: with the change the group
has a free place, when the other groups stay where they are. What needs more than one change is told as one.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.dutch import dutch_date, listed
from builder.visits.candidates import Kandidaat, Terrain
from builder.visits.conflict import feasible
from builder.visits.fit import Reden
from builder.visits.limits import limits
from builder.visits.moments import Half
from builder.visits.nouns import WEEKDAGEN, Bezoek
from builder.visits.obstacles import sets_of
from builder.visits.remedies import Poging, changes, more_budget
from builder.visits.solve import Kern

MOST_STEPS = 3  # who must change more, is better off with another plan
MOST_HINTS = 3
_FIRST = ("grootte", "klein")  # other groups change what the other reasons ask
Weg = tuple[tuple[str, ...], str]  # the changes, and the half day when it must be that one


@dataclass(frozen=True, slots=True)
class Geprobeerd:
    """What was found to help; `af` False: not every place was tried."""

    zinnen: tuple[str, ...]
    stappen: int
    af: bool


def what_helps(
    terrain: Terrain,
    chosen: Sequence[Kandidaat],
    g: int,
    most: int,
    until: float = math.inf,
    gestopt: Callable[[], bool] | None = None,
) -> Geprobeerd:
    """Return what helps this group, with the fewest changes first.

    At most so many places are tried, those with the fewest obstacles first; less when `time.monotonic` passes `until`.
    """
    found: dict[Weg, list[str]] = defaultdict(list)
    order = sorted(range(len(terrain.request.locaties)), key=lambda p: (len(terrain.pairs[g][p].redenen), p))
    name, done = terrain.request.groepen[g].naam, len(order) <= most
    for p in order[:most]:
        if time.monotonic() > until or (gestopt is not None and gestopt()):
            done = False
            break
        ways = _Search(terrain, chosen, g, p).ways(Poging(terrain.request, (name,)), frozenset())
        best = min(ways, key=lambda way: len(way[0]), default=None)
        if best is not None:
            found[best].append(terrain.request.locaties[p].naam)
    told = sorted(found.items(), key=lambda one: len(one[0][0]))[:MOST_HINTS]
    return Geprobeerd(
        tuple(_in_words(way, places) for way, places in told),
        min((len(way[0]) for way, _ in told), default=0),
        done,
    )


def _in_words(way: Weg, places: Sequence[str]) -> str:
    steps, when = way
    together = "dit is alleen samen genoeg. " if len(steps) > 1 else ""
    return f"{listed(places)}{f', {when}' if when else ''}: {together}{' '.join(steps)}"


class _Search:
    """The tries for one group at one place."""

    def __init__(self, terrain: Terrain, chosen: Sequence[Kandidaat], g: int, p: int) -> None:
        self.terrain, self.chosen, self.g, self.p = terrain, chosen, g, p

    def ways(self, trial: Poging, done: frozenset[str]) -> Iterator[Weg]:
        """Yield what makes room for the group at this place, after the changes of `trial`."""
        place = trial.aanvraag.locaties[self.p]
        small = Terrain(
            replace(trial.aanvraag, groepen=trial.groups(), locaties=(place,), bezoeken=()),
            self.terrain.today,
        )
        against = [(pair, one) for (pair,) in small.pairs for one in pair.redenen]
        if not against:
            yield from self._room(trial, small)
            return
        if len(trial.stappen) >= MOST_STEPS or not all(one.middel for _, one in against):
            return
        pair, reason = min(against, key=lambda one: one[1].middel not in _FIRST)
        if reason.middel in done or (reason.middel in _FIRST and len(trial.namen) > 1):
            return
        for other in changes(trial, place, pair, reason.middel):
            yield from self.ways(other, done | {reason.middel})

    def _room(self, trial: Poging, small: Terrain) -> Iterator[Weg]:
        others = self._others(trial)
        candidates = [one for one in small.candidates if self._fits_who_goes_along(trial, one)]
        if len(trial.namen) > 1:
            numbers = range(len(trial.namen))
            rows = limits(small, candidates, others)
            kern = Kern(tuple(numbers), tuple(candidates), (), rows, (0,) * len(candidates), {})
            if feasible(kern, numbers, {(row.soort, row.locatie) for row in rows}):
                yield trial.stappen, ""
        elif any(not limits(small, (one,), others) for one in candidates):
            yield trial.stappen, ""
        elif short := self._only_money(small, candidates, others):
            if len(trial.stappen) < MOST_STEPS:
                yield more_budget(trial, short).stappen, ""
        elif not trial.met:
            yield from self._half_days(trial, small, others)

    def _only_money(
        self, small: Terrain, candidates: Sequence[Kandidaat], others: Sequence[Kandidaat]
    ) -> int:
        """Return the least that all visits may cost together to have this one, when nothing else is in its way; else 0."""
        wanted = [
            one.cent
            for one in candidates
            if all(row.soort == "budget" for row in limits(small, (one,), others))
        ]
        return min(wanted) + sum(one.cent for one in others) if wanted else 0

    def _others(self, trial: Poging) -> list[Kandidaat]:
        """Return the visits of all other groups; the place that is tried is number 0."""
        groups = self.terrain.request.groepen
        return [
            replace(one, locatie=0 if one.locatie == self.p else -1)
            for one in self.chosen
            if one.groep != self.g and groups[one.groep].naam != trial.met
        ]

    def _fits_who_goes_along(self, trial: Poging, one: Kandidaat) -> bool:
        """Tell whether both groups that go together have their lessons and days around this visit."""
        if not trial.met:
            return True
        half = (one.dag, one.dagdeel)
        return not any(
            isinstance(self.terrain.of_group[g][half], Reden) or one.dag in self.terrain.too_late[g]
            for g in (self.g, self.terrain.groep_nummer[trial.met])
        )

    def _half_days(self, trial: Poging, small: Terrain, others: Sequence[Kandidaat]) -> Iterator[Weg]:
        """Yield the half day that has the fewest reasons against it, when each can be changed and there is room."""
        found: dict[frozenset[Reden], list[Half]] = defaultdict(list)
        for half, reasons in sets_of(small, 0, 0):
            if reasons and half[0] >= small.today and all(one.middel for one in reasons):
                found[reasons].append(half)
        order = sorted(found.items(), key=lambda one: (len(one[0]), -len(one[1]), one[1][0]))
        for reasons, halves in order:
            steps = tuple(sorted(dict.fromkeys(one.hulp for one in reasons)))
            if len(trial.stappen) + len(steps) > MOST_STEPS:
                return
            guided = all(one.middel != "gids" for one in reasons)
            open_ = [one for one in halves if not limits(small, (_at(small, one, guided),), others)]
            if open_:
                day, part = open_[0]
                name = f"{WEEKDAGEN[day.weekday()]} {dutch_date(day.isoformat())}"
                yield (*trial.stappen, *steps), f"{name}, {part}"
                return


def _at(small: Terrain, half: Half, guided: bool) -> Kandidaat:
    """Return the visit on a half day; `guided` False: the guides that it needs are asked for as well."""
    groep, place = small.request.groepen[0], small.request.locaties[0]
    one = small.forced(Bezoek(groep.naam, place.naam, *half))
    return one if guided else replace(one, gidsen=0, soorten=())
