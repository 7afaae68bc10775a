"""From a request to a proposal: candidates, choice, check, and the reason of everything.

In: a request, the reference date, and how long to search. Out: a `Voorstel`, which knows all that goes on paper. A first
plan and a new plan after changes are the same thing: visits that are in the request already are kept where possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from builder.visits.candidates import Kandidaat, Terrain
from builder.visits.costs import Kosten
from builder.visits.explain import Uitleg, explain
from builder.visits.journeys import Reis
from builder.visits.moments import Wens, times
from builder.visits.moves import Verhuizing, moves_of, why_here
from builder.visits.nouns import Aanvraag, Bezoek, Groep, Locatie
from builder.visits.solve import Kern, Opdracht, Oplossing, core_of, solve
from builder.visits.verify import Breuk, verify
from builder.visits.what_if import AlsDan, what_if
from builder.visits.why import Redenen, day_in_words

__all__ = [
    "Gepland", "Voorstel", "Wachtend", "counted_as_one", "day_in_words", "known_of", "lay_out", "make_plan", "unknown_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gepland:
    """One planned visit with all that people want to know of it. Times are minutes after midnight."""

    bezoek: Bezoek
    groep: Groep
    locatie: Locatie
    reis: Reis | None
    kosten: Kosten | None
    delen: int
    weg: int
    begin: int
    einde: int
    terug: int
    les_vooraf: date | None
    les_erna: date | None
    afzeggen_tot: date | None
    wensen: tuple[Wens, ...]
    waarom: str


@dataclass(frozen=True, slots=True)
class Wachtend:
    """A group without a visit, in order of turn, and whose visit it could take over."""

    groep: str
    zou_passen: tuple[Bezoek, ...]


@dataclass(frozen=True, slots=True)
class Voorstel:
    """A whole plan, with what it rests on."""

    aanvraag: Aanvraag
    vandaag: date
    gepland: tuple[Gepland, ...]
    afgezegd: tuple[Bezoek, ...]
    uitleg: tuple[Uitleg, ...]
    wachtlijst: tuple[Wachtend, ...]
    als_dan: tuple[AlsDan, ...]
    verhuizingen: tuple[Verhuizing, ...]
    breuken: tuple[Breuk, ...]
    oplossing: Oplossing
    gezocht: bool = True

    @property
    def bezoeken(self) -> tuple[Bezoek, ...]:
        """All visits that go on, and those that were called off."""
        return (*(one.bezoek for one in self.gepland), *self.afgezegd)

    @property
    def bekend(self) -> int:
        """What is known of the price of all visits, in cents."""
        return known_of(self.gepland)

    @property
    def onbekend(self) -> tuple[str, ...]:
        """The names of costs that are not known for every visit."""
        return unknown_of(self.gepland)

    @property
    def geteld_als_een(self) -> tuple[str, ...]:
        """Places whose number of groups is not known, and that the coordinator lets count as one."""
        return counted_as_one(self.aanvraag)


def known_of(planned: Sequence[Gepland]) -> int:
    """Return what is known of the price of these visits, in cents."""
    return sum(one.kosten.bekend for one in planned if one.kosten)


def unknown_of(planned: Sequence[Gepland]) -> tuple[str, ...]:
    """Return the names of costs that are not known for every visit."""
    return tuple(sorted({name for one in planned if one.kosten for name in one.kosten.onbekend}))


def counted_as_one(request: Aanvraag) -> tuple[str, ...]:
    """Return the places that count as one group per half day, because their number is not known."""
    return tuple(
        place.naam for place in request.locaties if place.reken_met_een and place.groepen_per_dagdeel is None
    )


def make_plan(
    request: Aanvraag,
    today: date,
    order: Opdracht | None = None,
    asking: bool = True,
    before: Sequence[Bezoek] | None = None,
    searching: bool = True,
) -> Voorstel:
    """Return a proposal. `asking` False leaves out what would help (each case is a plan of its own).

    `before` is the plan that changes are told against: the visits of the request, unless these were changed by hand.
    `searching` False keeps every visit of the request where it is and gives nobody a new one.
    """
    order = order or Opdracht()
    old = request.bezoeken
    before = old if before is None else before
    terrain = Terrain(request, today, old)
    pins = {visit.groep: (visit, why) for visit, why in _pinned(terrain, old, today)}
    kept = [visit for visit, _ in pins.values()]
    movable = [visit for visit in old if visit.groep not in pins]
    gone = tuple(visit for visit in old if visit.afgezegd)
    kern = core_of(terrain, kept, movable)
    order.begin("zoeken")
    chosen = (
        solve(terrain, kept, movable, order, kern) if searching else _as_it_stands(terrain, kern, movable)
    )
    off = {terrain.groep_nummer[visit.groep] for visit in gone}
    chosen = replace(chosen, ongepland=tuple(g for g in chosen.ongepland if g not in off))
    asked = {visit.groep: visit for visit in old}
    why = {
        name: why_here(terrain, before, visit) or f"Blijft staan: {why}." for name, (visit, why) in pins.items()
    }
    told = Redenen(terrain, kern, chosen, searching)
    planned = tuple(_planned(terrain, told, one, asked, why) for one in chosen.gekozen)
    order.begin("uitleggen")
    reasons = explain(terrain, kern, chosen, gestopt=order.gestopt)
    if not searching:
        reasons = tuple(replace(one, zin=_NOT_SEARCHED) if one.soort == "keuze" else one for one in reasons)
    visits = [one.bezoek for one in planned]
    breaches = verify(request, today, visits, [visit for visit in old if not visit.afgezegd])
    ours = [one for one in breaches if searching and one.groep not in pins and (one.groep or not pins)]
    if ours:
        raise RuntimeError(f"the model and the checker disagree: {ours}")
    order.begin("wat als")
    return Voorstel(
        request,
        today,
        tuple(sorted(planned, key=lambda one: (one.bezoek.dag, one.begin, one.locatie.naam, one.groep.naam))),
        gone,
        reasons,
        _waiting(terrain, told, chosen),
        what_if(request, today, chosen, reasons, kept, movable, _short(order))
        if asking and not order.stop
        else (),
        moves_of(terrain, before, [*visits, *gone]),
        breaches,
        chosen,
        searching,
    )


_NOT_SEARCHED = "De groep past misschien wel. Kies zelf een plek, of plan opnieuw."


def _short(order: Opdracht) -> Opdracht:
    return Opdracht(seconden=min(3.0, order.seconden), marge=0.01, gestopt=order.gestopt)


def _as_it_stands(terrain: Terrain, kern: Kern, movable: Sequence[Bezoek]) -> Oplossing:
    """Return every visit where it is; the rest has none. Nothing is searched, so there is no price to compare."""
    known = {(one.groep, one.plek): one for one in kern.kandidaten}
    stays = [terrain.forced(visit) for visit in movable if not visit.afgezegd]
    chosen = [*kern.vast, *(known.get((one.groep, one.plek), one) for one in stays)]
    placed = {one.groep for one in chosen}
    left = tuple(g for g in kern.vrij if g not in placed)
    return Oplossing(tuple(sorted(chosen, key=lambda one: one.groep)), left, 0, 0, True)


def _pinned(terrain: Terrain, old: Sequence[Bezoek], today: date) -> list[tuple[Bezoek, str]]:
    """Return the visits that may not move, each with why: past, pinned, refused a change, or no longer free to cancel."""
    found = []
    for visit in old:
        if visit.afgezegd:
            continue
        place = terrain.request.locatie(visit.locatie)
        possible = not terrain.reason_against(visit)
        if visit.dag < today:
            found.append((visit, "voorbij"))
        elif visit.vast:
            found.append((visit, "vast"))
        elif visit.groep in terrain.request.geweigerd and possible:
            found.append((visit, "geen akkoord op een wijziging"))
        elif possible and place.annuleren is not None and today > visit.dag - timedelta(days=place.annuleren):
            found.append((visit, "niet meer kosteloos af te zeggen"))
    return found


def _planned(
    terrain: Terrain,
    told: Redenen,
    one: Kandidaat,
    before: Mapping[str, Bezoek],
    pinned: Mapping[str, str],
) -> Gepland:
    visit = terrain.visit(one)
    was = before.get(visit.groep)
    same = False
    if was is not None:
        same = (was.locatie, was.dag, was.dagdeel) == (visit.locatie, visit.dag, visit.dagdeel)
        visit = replace(visit, vast=was.vast and same, volgnummer=was.volgnummer + (0 if same else 1))
    stayed = same and was is not None and not was.afgezegd
    return lay_out(terrain, one, visit, pinned.get(visit.groep) or told.why(one, stayed))


def lay_out(terrain: Terrain, one: Kandidaat, visit: Bezoek, why: str = "") -> Gepland:
    """Return all that people want to know of a visit at the place and time of a candidate."""
    groep, locatie = terrain.request.groepen[one.groep], terrain.request.locaties[one.locatie]
    pair = terrain.pairs[one.groep][one.locatie]
    leaves, begins, ends, back = times(locatie, one.dagdeel, pair.reis.minuten if pair.reis else 0)
    return Gepland(
        visit, groep, locatie, pair.reis, pair.kosten, one.delen, leaves, begins, ends, back,
        terrain.moments.preparation(groep, one.dag),
        terrain.moments.debrief(groep, one.dag),
        None if locatie.annuleren is None else one.dag - timedelta(days=locatie.annuleren),
        terrain.wishes(one), why,
    )  # fmt: skip


def _waiting(terrain: Terrain, told: Redenen, chosen: Oplossing) -> tuple[Wachtend, ...]:
    """Return the groups without a visit: first the provider that lacks most, then the group whose time ends first."""
    groups = terrain.request.groepen
    missed = set(chosen.ongepland)
    share: dict[str, float] = {}
    for name in {groep.aanbieder for groep in groups}:
        members = [g for g, groep in enumerate(groups) if groep.aanbieder == name]
        share[name] = sum(g in missed for g in members) / len(members)
    end = terrain.request.instellingen.tot
    order = sorted(missed, key=lambda g: (-share[groups[g].aanbieder], groups[g].tot or end, groups[g].naam))
    return tuple(
        Wachtend(groups[g].naam, tuple(terrain.visit(one) for one in told.could_take_over(g))) for g in order
    )
