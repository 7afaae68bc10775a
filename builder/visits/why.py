"""Why a group goes where it goes, and whose visit a waiting group could take over: only what was looked up in the plan.

In: a terrain, what there was to choose, and the plan. Out: sentences, and candidates. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from builder.dutch import count, dutch_date, listed
from builder.visits.candidates import Kandidaat, Terrain
from builder.visits.limits import limits
from builder.visits.moves import BY_HAND
from builder.visits.nouns import WEEKDAGEN
from builder.visits.solve import Kern, Oplossing, busy_weeks

_MOST_NAMES = 3
_MOST_VISITS = 5  # whose visit a waiting group could take over


def day_in_words(day: date) -> str:
    """Return a day as `di 15 september 2026`."""
    return f"{WEEKDAGEN[day.weekday()]} {dutch_date(day.isoformat())}"


class Redenen:
    """The reasons of one plan."""

    def __init__(self, terrain: Terrain, kern: Kern, plan: Oplossing, searched: bool = True) -> None:
        """Index what there was to choose by group; `searched` False: the plan was made by hand."""
        self.terrain, self.kern, self.plan, self.searched = terrain, kern, plan, searched
        self._weeks: dict[tuple[int, int, int], tuple[int, frozenset[int]]] | None = None
        self._mine: dict[int, list[tuple[int, Kandidaat]]] = {}
        for price, one in zip(kern.prijzen, kern.kandidaten, strict=True):
            self._mine.setdefault(one.groep, []).append((price, one))

    def why(self, one: Kandidaat, stayed: bool) -> str:
        """Return why this candidate and not another one of the same group; `stayed`: the visit was there already."""
        mine = self._mine.get(one.groep, [])
        here = next((price for price, other in mine if other == one), None)
        if here is None:  # it was put there by hand, against a rule
            return BY_HAND
        if len(mine) == 1:
            return "De enige mogelijkheid."
        number = count(len(mine), "mogelijkheid", "mogelijkheden")
        cheaper = sorted(
            (index for index, (price, _) in enumerate(mine) if price < here),
            key=lambda index: (mine[index][0], index),
        )
        if cheaper:
            price, best = mine[cheaper[0]]
            return f"Nummer {len(cheaper) + 1} van {number}. {self._instead(one, best, here - price)}"
        if stayed and any(_own(other) < _own(one) for _, other in mine):
            return f"Stond hier al. Verplaatsen weegt zwaarder dan wat een van de {number} oplevert."
        return f"Beste van {number}: {self._strong(one, [other for _, other in mine])}."

    def _strong(self, one: Kandidaat, mine: Sequence[Kandidaat]) -> str:
        """Return in what this candidate is as good as the best, when others are worse in it."""

        def minutes(other: Kandidaat) -> int:
            reis = self.terrain.pairs[other.groep][other.locatie].reis
            return reis.minuten if reis is not None else 0

        measures = (
            ("laagste kosten", [other.cent for other in mine], one.cent),
            ("kortste reis", [minutes(other) for other in mine], minutes(one)),
            ("vroegste week", [other.dag.isocalendar()[:2] for other in mine], one.dag.isocalendar()[:2]),
            ("minste bezwaren", [other.punten for other in mine], one.punten),
        )
        best = [name for name, all_, here in measures if here == min(all_) and max(all_) != min(all_)]
        return listed(best) or "kosten en wensen samen wegen het minst"

    def _instead(self, one: Kandidaat, best: Kandidaat, won: int) -> str:
        """Return why not the candidate that is better for this group alone, by `won` cents."""
        place = self.terrain.request.locaties[best.locatie]
        name = f"{place.naam} op {day_in_words(best.dag)}, {best.dagdeel}"
        others = [other for other in self.plan.gekozen if other.groep != one.groep]
        full = {row.soort for row in limits(self.terrain, (best,), others)}
        if full & {"plaats", "gids"}:
            there = [other for other in others if other.plek == best.plek]
            who = [self.terrain.request.groepen[other.groep].naam for other in there]
            if who:
                more = f" en nog {len(who) - _MOST_NAMES}" if len(who) > _MOST_NAMES else ""
                going = "daar gaat" if len(who) == 1 else "daar gaan"
                return f"Liever {name}, maar {going} {listed(who[:_MOST_NAMES])}{more}."
        if "dag" in full:
            return f"Liever {name}, maar {place.naam} is die dag vol."
        if full:
            lacking = "te weinig budget" if full == {"budget"} else "geen plaats"
            return f"Liever {name}, maar dan is er {lacking}."
        if not self.searched:
            return f"{name} is voor deze groep beter. Er is niet opnieuw gezocht."
        if self._too_busy(best, won):
            return f"Liever {name}, maar die week gaan daar al veel groepen heen (gewicht: bezoek te veel in een week)."
        if self.plan.bewezen:
            return f"{name} is voor deze groep iets beter. Voor het hele plan maakt het bijna niets uit."
        return f"{name} is voor deze groep beter. Het zoeken stopte eerder."

    def _too_busy(self, best: Kandidaat, won: int) -> bool:
        """Tell whether the week at that place is over what is usual, by a weight that is more than what is won."""
        weight = 100 * self.terrain.request.instellingen.gewichten.drukke_week
        found = self._busy().get(_week_at(best))
        return found is not None and weight >= won and len(found[1] - {best.groep}) >= found[0]

    def _busy(self) -> dict[tuple[int, int, int], tuple[int, frozenset[int]]]:
        """Return per place and week that can be too busy what is usual there, and which groups go; worked out once."""
        if self._weeks is None:
            taken = {(one.groep, one.plek) for one in self.plan.gekozen}
            self._weeks = {}
            for columns, most in busy_weeks(self.kern):
                week = [self.kern.kandidaten[index] for index in columns]
                going = frozenset(one.groep for one in week if (one.groep, one.plek) in taken)
                self._weeks[_week_at(week[0])] = (most, going)
        return self._weeks

    def could_take_over(self, g: int) -> Iterator[Kandidaat]:
        """Yield the visits whose place this waiting group could have, when that visit goes and all others stay."""
        can = {one.plek: one for _, one in self._mine.get(g, [])}
        fixed = {one.groep for one in self.kern.vast}
        found = 0
        for one in sorted(self.plan.gekozen, key=lambda one: (one.dag, one.groep)):
            mine = can.get(one.plek)
            if mine is None or one.groep in fixed or found == _MOST_VISITS:
                continue
            others = [other for other in self.plan.gekozen if other.groep != one.groep]
            if not limits(self.terrain, (mine,), others):
                found += 1
                yield one


def _own(one: Kandidaat) -> int:
    """Return what a candidate costs and breaks, in cents, without the weight of moving."""
    return one.cent + 100 * one.punten


def _week_at(one: Kandidaat) -> tuple[int, int, int]:
    return one.locatie, *one.dag.isocalendar()[:2]
