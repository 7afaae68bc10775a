"""Every possible visit: a group, a place, a half day, with its cost and the wishes it breaks.

In: a request and the reference date. Out: `Terrain`: the candidates, and for everything that is not one the reason.
The model in `solve.py` chooses among them; it adds no rule of a single visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from builder.visits import days
from builder.visits.costs import Kosten, cost_of, parts_of
from builder.visits.fit import Reden, group_reasons, guides_needed, pair_reasons, place_reasons
from builder.visits.journeys import Journeys, Reis
from builder.visits.moments import Half, Moments, Wens, times, wishes_of_times
from builder.visits.nouns import DAGDELEN, Aanvraag, Bezoek, Gids, Groep, Locatie

EARLIEST = 9 * 60 + 30  # C20: a visit starts at half past nine or later


@dataclass(frozen=True, slots=True)
class Paar:
    """A group and a place: what holds on every day."""

    groep: int
    locatie: int
    reis: Reis | None
    kosten: Kosten | None
    tolk: bool
    delen: int
    gidsen: int
    redenen: tuple[Reden, ...]


@dataclass(frozen=True, slots=True)
class Kandidaat:
    """A possible visit. `punten` are the broken wishes in euro; `soorten` the rows of guides that can lead it."""

    groep: int
    locatie: int
    dag: date
    dagdeel: str
    delen: int
    gidsen: int
    soorten: tuple[int, ...]
    cent: int
    punten: int

    @property
    def plek(self) -> tuple[int, date, str]:
        """The place and half day."""
        return self.locatie, self.dag, self.dagdeel


class Terrain:
    """All that can be planned of a request, and why the rest cannot."""

    def __init__(self, request: Aanvraag, today: date, old: Sequence[Bezoek] = ()) -> None:
        """Work out pairs, half days and candidates; a visit of `old` needs no time to be asked for again."""
        self.request = request
        self.today = today
        self.moments = Moments(request, today)
        self.journeys = Journeys(request)
        self._old = {
            (visit.groep, visit.locatie, visit.dag, visit.dagdeel) for visit in old if not visit.afgezegd
        }
        called_off = {visit.groep for visit in old if visit.afgezegd}
        self.groep_nummer = {groep.naam: number for number, groep in enumerate(request.groepen)}
        self.locatie_nummer = {locatie.naam: number for number, locatie in enumerate(request.locaties)}
        self.group_reasons = [tuple(group_reasons(groep, request.instellingen)) for groep in request.groepen]
        self.place_reasons = [tuple(place_reasons(place, request.instellingen)) for place in request.locaties]
        self.of_group = [self.moments.of_group(groep) for groep in request.groepen]
        self.of_place = [self.moments.of_place(place) for place in request.locaties]
        self.too_late = [self.moments.prepared_too_late(groep) for groep in request.groepen]
        self.guides: list[list[int]] = [
            [n for n, guide in enumerate(request.gidsen) if guide.locatie == place.naam]
            for place in request.locaties
        ]
        self.pairs = [
            [self._pair(g, p) for p in range(len(request.locaties))] for g in range(len(request.groepen))
        ]
        self.candidates: list[Kandidaat] = []
        self._open = [
            [half for half in self.moments.halves if not isinstance(self.of_place[p][half], Reden)]
            for p in range(len(request.locaties))
        ]
        self._guides_at: dict[tuple[int, Half], tuple[int, ...]] = {}
        for g, groep in enumerate(request.groepen):
            if groep.naam not in called_off:  # it asks for no visit
                self.candidates.extend(self._of_group(g))

    def _pair(self, g: int, p: int) -> Paar:
        groep, locatie = self.request.groepen[g], self.request.locaties[p]
        reis = self.journeys.of(groep, locatie)
        spoken = set(locatie.talen).union(*(self.request.gidsen[n].talen for n in self.guides[p]))
        tolk = bool(spoken) and locatie.tolk and not spoken & set(groep.talen)
        kosten = None if reis is None else cost_of(groep, locatie, reis, self.request.instellingen, tolk)
        reasons = (
            *self.group_reasons[g],
            *self.place_reasons[p],
            *pair_reasons(
                groep, locatie, reis, self._by_bus(groep, locatie, reis), kosten, self.request.instellingen
            ),
        )
        return Paar(
            g, p, reis, kosten, tolk, parts_of(groep, locatie), guides_needed(groep, locatie), reasons
        )

    def _by_bus(self, groep: Groep, locatie: Locatie, reis: Reis | None) -> Reis | None:
        """Return the estimate with a bus of one's own, when the journey is too long in another way."""
        limit = self.request.instellingen.reistijd if groep.reistijd is None else groep.reistijd
        if reis is None or not reis.schatting or reis.minuten <= limit or groep.vervoer == "bus":
            return None
        return self.journeys.of(replace(groep, vervoer="bus"), locatie)

    def _of_group(self, g: int) -> Iterator[Kandidaat]:
        groep = self.request.groepen[g]
        mine = {half: found for half, found in self.of_group[g].items() if not isinstance(found, Reden)}
        if not mine:
            return
        points = {half: sum(wish.punten for wish in wishes) for half, wishes in mine.items()}
        for p, locatie in enumerate(self.request.locaties):
            pair = self.pairs[g][p]
            if pair.redenen or pair.reis is None or pair.kosten is None:
                continue
            first = self.today + timedelta(days=self.moments.lead(locatie))
            fixed = {
                part: sum(w.punten for w in self._pair_wishes(groep, locatie, pair, part))
                for part in DAGDELEN
            }
            for half in self._open[p]:
                if half not in mine:
                    continue
                late = half[0] < first or half[0] in self.too_late[g]
                if late and not self._booked(groep, locatie, half):
                    continue
                kinds = self.kinds_for(groep, p, half)
                if kinds is None or (pair.gidsen and kinds and not self._enough(kinds, pair.gidsen)):
                    continue
                there = self.of_place[p][half]
                assert not isinstance(there, Reden)
                wishes = points[half] + fixed[half[1]] + sum(wish.punten for wish in there)
                wishes += sum(w.punten for w in self._day_wishes(groep, locatie, pair, half))
                yield Kandidaat(
                    g,
                    p,
                    half[0],
                    half[1],
                    pair.delen,
                    pair.gidsen if kinds else 0,
                    kinds,
                    pair.kosten.bekend,
                    wishes,
                )

    def _booked(self, groep: Groep, locatie: Locatie, half: Half) -> bool:
        return (groep.naam, locatie.naam, *half) in self._old and half[0] >= self.today

    def kinds_for(self, groep: Groep, p: int, half: Half) -> tuple[int, ...] | None:
        """Return the rows of guides that can lead this group then: none at all when the place arranges guides itself.

        None means that the place has rows of guides, but no one fits.
        """
        locatie = self.request.locaties[p]
        if not self.guides[p] or not locatie.gids:
            return ()
        key = (p, half)
        if key not in self._guides_at:
            self._guides_at[key] = tuple(n for n in self.guides[p] if self.request.gidsen[n].is_er(*half))
        fitting = tuple(
            n for n in self._guides_at[key] if self._speaks(groep, locatie, self.request.gidsen[n])
        )
        return fitting or None

    def _speaks(self, groep: Groep, locatie: Locatie, guide: Gids) -> bool:
        return groep.niveau in guide.niveaus and (locatie.tolk or bool(set(groep.talen) & set(guide.talen)))

    def _enough(self, kinds: Sequence[int], needed: int) -> bool:
        return sum(self.request.gidsen[n].aantal for n in kinds) >= needed

    def _pair_wishes(self, groep: Groep, locatie: Locatie, pair: Paar, dagdeel: str) -> Iterator[Wens]:
        weights = self.request.instellingen.gewichten
        assert pair.reis is not None
        quarters = pair.reis.minuten // 15
        if quarters:
            yield Wens(f"{pair.reis.minuten} minuten reizen", quarters * weights.kwartier_reizen)
        if not locatie.talen and not self.guides[pair.locatie]:
            yield Wens("taal van de rondleiding niet bekend", weights.taal_onbekend)
        elif not self.guides[pair.locatie] and groep.talen[0] not in locatie.talen:
            yield Wens("met tolk" if pair.tolk else "niet in de eerste taal", weights.andere_taal)
        yield from wishes_of_times(
            groep, locatie, dagdeel, pair.reis.minuten, EARLIEST, weights.buiten_tijden
        )

    def _day_wishes(self, groep: Groep, locatie: Locatie, pair: Paar, half: Half) -> Iterator[Wens]:
        weights = self.request.instellingen.gewichten
        assert pair.reis is not None
        kinds = self.kinds_for(groep, pair.locatie, half)
        if kinds and all(groep.talen[0] not in self.request.gidsen[n].talen for n in kinds):
            yield Wens("met tolk" if pair.tolk else "niet in de eerste taal", weights.andere_taal)
        if half[1] == "middag" and days.in_ramadan(half[0]):
            back = times(locatie, half[1], pair.reis.minuten)[3]
            if back > days.sunset(half[0]):
                yield Wens("in de ramadan na zonsondergang thuis", weights.ramadan)

    def wishes(self, candidate: Kandidaat) -> tuple[Wens, ...]:
        """Return the wishes that a candidate breaks; their weights add up to its `punten`."""
        groep, locatie = self.request.groepen[candidate.groep], self.request.locaties[candidate.locatie]
        pair = self.pairs[candidate.groep][candidate.locatie]
        half = (candidate.dag, candidate.dagdeel)
        mine, there = (
            self.of_group[candidate.groep].get(half, ()),
            self.of_place[candidate.locatie].get(half, ()),
        )
        if isinstance(mine, Reden) or isinstance(there, Reden) or pair.reis is None:
            return ()
        return (
            *mine,
            *there,
            *self._pair_wishes(groep, locatie, pair, candidate.dagdeel),
            *self._day_wishes(groep, locatie, pair, half),
        )

    def reason_against(self, visit: Bezoek) -> tuple[Reden, ...]:
        """Return why this one visit cannot be, by the rules of a single visit (nothing when it can)."""
        g, p = self.groep_nummer[visit.groep], self.locatie_nummer[visit.locatie]
        found = list(self.pairs[g][p].redenen)
        half = (visit.dag, visit.dagdeel)
        outside = Reden("C3", "Buiten de periode van het plan.", "Maak de periode bij Instellingen ruimer.")
        found += [
            part
            for part in (self.of_group[g].get(half, outside), self.of_place[p].get(half, outside))
            if isinstance(part, Reden)
        ]
        if not found:
            found += self._late_or_alone(g, p, half)
        return tuple(dict.fromkeys(found))

    def all_against(self, g: int, p: int, half: Half) -> frozenset[Reden]:
        """Return every reason against this half day of the period; what holds on each day is in the pair."""
        groep, locatie = self.request.groepen[g], self.request.locaties[p]
        return frozenset(
            (
                *self.moments.against_group(groep, half),
                *self.moments.against_place(locatie, half),
                *self._late_or_alone(g, p, half),
            )
        )

    def _late_or_alone(self, g: int, p: int, half: Half) -> Iterator[Reden]:
        groep, locatie = self.request.groepen[g], self.request.locaties[p]
        if not self._booked(groep, locatie, half):
            yield from self._too_late(g, locatie, half[0])
        kinds = self.kinds_for(groep, p, half)
        if kinds is None:
            text = "Er is dan geen gids voor dit niveau en deze taal."
            yield Reden("C18", text, "Vraag om een gids op dit dagdeel.", "gids")
        elif kinds and not self._enough(kinds, self.pairs[g][p].gidsen):
            text = f"Er zijn {self.pairs[g][p].gidsen} gidsen tegelijk nodig."
            yield Reden("C18", text, "Vraag om meer gidsen op dit dagdeel.", "gids")

    def _too_late(self, g: int, locatie: Locatie, day: date) -> Iterator[Reden]:
        lead = self.moments.lead(locatie)
        if day < self.today:
            yield Reden("C26", "Deze dag is voorbij.", "Kies een latere dag.")
        elif day < self.today + timedelta(days=lead):
            text = f"Korter dan {lead} dagen vooraf."
            yield Reden("C26", text, "Vraag of de locatie sneller kan.", "sneller")
        if day in self.too_late[g]:
            yield Reden(
                "C1",
                "De laatste les vóór deze dag is al geweest.",
                "Plan nog een les vóór het bezoek.",
                "les vooraf" if day > self.today else "",
            )

    def visit(self, candidate: Kandidaat) -> Bezoek:
        """Return a candidate as a visit."""
        return Bezoek(
            self.request.groepen[candidate.groep].naam,
            self.request.locaties[candidate.locatie].naam,
            candidate.dag,
            candidate.dagdeel,
        )

    def forced(self, visit: Bezoek) -> Kandidaat:
        """Return a visit that stays as a candidate, also when a rule is against it."""
        g, p = self.groep_nummer[visit.groep], self.locatie_nummer[visit.locatie]
        pair = self.pairs[g][p]
        kinds = self.kinds_for(self.request.groepen[g], p, (visit.dag, visit.dagdeel)) or ()
        cent = pair.kosten.bekend if pair.kosten is not None else 0
        return Kandidaat(
            g, p, visit.dag, visit.dagdeel, pair.delen, pair.gidsen if kinds else 0, kinds, cent, 0
        )
