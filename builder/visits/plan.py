"""From a request to a proposal: candidates, choice, check, and the reason of everything.

In: a request, the reference date, and how long to search. Out: a `Voorstel`, which knows all that goes on paper. A first
plan and a new plan after changes are the same thing: visits that are in the request already are kept where possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from builder.dutch import dutch_date
from builder.visits.candidates import Kandidaat, Terrain
from builder.visits.costs import Kosten
from builder.visits.explain import Uitleg, explain
from builder.visits.fit import Reden
from builder.visits.journeys import Reis
from builder.visits.moments import Wens, times
from builder.visits.nouns import WEEKDAGEN, Aanvraag, Bezoek, Groep, Locatie
from builder.visits.solve import Kern, Opdracht, Oplossing, core_of, solve
from builder.visits.verify import Breuk, verify
from builder.visits.what_if import AlsDan, what_if


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
class Verhuizing:
    """A change against the plan that was there; `was` or `wordt` None: there was or is no visit."""

    groep: str
    was: Bezoek | None
    wordt: Bezoek | None
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

    @property
    def bezoeken(self) -> tuple[Bezoek, ...]:
        """All visits that go on, and those that were called off."""
        return (*(one.bezoek for one in self.gepland), *self.afgezegd)

    @property
    def bekend(self) -> int:
        """What is known of the price of all visits, in cents."""
        return sum(one.kosten.bekend for one in self.gepland if one.kosten)

    @property
    def onbekend(self) -> tuple[str, ...]:
        """The names of costs that are not known for every visit."""
        return tuple(sorted({name for one in self.gepland if one.kosten for name in one.kosten.onbekend}))

    @property
    def geteld_als_een(self) -> tuple[str, ...]:
        """Places whose number of groups is not known, and that the coordinator lets count as one."""
        return tuple(
            place.naam
            for place in self.aanvraag.locaties
            if place.reken_met_een and place.groepen_per_dagdeel is None
        )


def make_plan(request: Aanvraag, today: date, order: Opdracht | None = None, asking: bool = True) -> Voorstel:
    """Return a proposal. `asking` False leaves out what would help (each case is a plan of its own)."""
    old = request.bezoeken
    terrain = Terrain(request, today, old)
    pins = {visit.groep: (visit, why) for visit, why in _pinned(terrain, old, today)}
    kept = [visit for visit, _ in pins.values()]
    movable = [visit for visit in old if visit.groep not in pins]
    gone = tuple(visit for visit in old if visit.afgezegd)
    kern = core_of(terrain, kept, movable)
    chosen = solve(terrain, kept, movable, order)
    off = {terrain.groep_nummer[visit.groep] for visit in gone}
    chosen = replace(chosen, ongepland=tuple(g for g in chosen.ongepland if g not in off))
    before = {visit.groep: visit for visit in old}
    planned = tuple(
        _planned(terrain, kern, chosen, one, before, {name: why for name, (_, why) in pins.items()})
        for one in chosen.gekozen
    )
    reasons = explain(terrain, kern, chosen.gekozen, chosen.ongepland)
    visits = [one.bezoek for one in planned]
    breaches = verify(request, today, visits, [visit for visit in old if not visit.afgezegd])
    ours = [one for one in breaches if one.groep not in pins and (one.groep or not pins)]
    if ours:
        raise RuntimeError(f"the model and the checker disagree: {ours}")
    return Voorstel(
        request,
        today,
        tuple(sorted(planned, key=lambda one: (one.bezoek.dag, one.begin, one.locatie.naam, one.groep.naam))),
        gone,
        reasons,
        _waiting(terrain, kern, chosen),
        what_if(request, today, chosen, reasons, kept, movable, _short(order)) if asking else (),
        _moves(terrain, old, planned),
        breaches,
        chosen,
    )


def _short(order: Opdracht | None) -> Opdracht:
    return Opdracht(seconden=min(3.0, order.seconden if order else 3.0), marge=0.01)


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
    kern: Kern,
    chosen: Oplossing,
    one: Kandidaat,
    before: Mapping[str, Bezoek],
    pinned: Mapping[str, str],
) -> Gepland:
    groep, locatie = terrain.request.groepen[one.groep], terrain.request.locaties[one.locatie]
    pair = terrain.pairs[one.groep][one.locatie]
    minutes = pair.reis.minuten if pair.reis else 0
    leaves, begins, ends, back = times(locatie, one.dagdeel, minutes)
    visit = terrain.visit(one)
    was = before.get(groep.naam)
    if was is not None:
        same = (was.locatie, was.dag, was.dagdeel) == (visit.locatie, visit.dag, visit.dagdeel)
        visit = replace(visit, vast=was.vast and same, volgnummer=was.volgnummer + (0 if same else 1))
    return Gepland(
        visit, groep, locatie, pair.reis, pair.kosten, one.delen, leaves, begins, ends, back,
        terrain.moments.preparation(groep, one.dag),
        terrain.moments.debrief(groep, one.dag),
        None if locatie.annuleren is None else one.dag - timedelta(days=locatie.annuleren),
        terrain.wishes(one),
        _why(terrain, kern, chosen, one) if groep.naam not in pinned else f"Blijft staan: {pinned[groep.naam]}.",
    )  # fmt: skip


def _why(terrain: Terrain, kern: Kern, chosen: Oplossing, one: Kandidaat) -> str:
    """Return why this candidate and not a cheaper one of the same group."""
    mine = [
        (price, other)
        for price, other in zip(kern.prijzen, kern.kandidaten, strict=True)
        if other.groep == one.groep
    ]
    here = next(price for price, other in mine if other == one)
    number = f"{len(mine)} {'mogelijkheid' if len(mine) == 1 else 'mogelijkheden'}"
    cheaper = sorted((price, index) for index, (price, _) in enumerate(mine) if price < here)
    if not cheaper:
        return f"Beste van {number}." if len(mine) > 1 else "De enige mogelijkheid."
    best = mine[cheaper[0][1]][1]
    name = f"{terrain.request.locaties[best.locatie].naam} op {day_in_words(best.dag)}, {best.dagdeel}"
    taken = [other for other in chosen.gekozen if other.plek == best.plek]
    if taken:
        who = ", ".join(terrain.request.groepen[other.groep].naam for other in taken[:3])
        return f"Nummer {len(cheaper) + 1} van {number}. Liever {name}, maar daar gaat {who}."
    return f"Nummer {len(cheaper) + 1} van {number}. Zo is het hele plan beter dan met {name}."


def day_in_words(day: date) -> str:
    """Return a day as `di 15 september 2026`."""
    return f"{WEEKDAGEN[day.weekday()]} {dutch_date(day.isoformat())}"


def _waiting(terrain: Terrain, kern: Kern, chosen: Oplossing) -> tuple[Wachtend, ...]:
    """Return the groups without a visit: first the provider that lacks most, then the group whose time ends first."""
    groups = terrain.request.groepen
    missed = set(chosen.ongepland)
    share: dict[str, float] = {}
    for name in {groep.aanbieder for groep in groups}:
        members = [g for g, groep in enumerate(groups) if groep.aanbieder == name]
        share[name] = sum(g in missed for g in members) / len(members)
    end = terrain.request.instellingen.tot
    order = sorted(missed, key=lambda g: (-share[groups[g].aanbieder], groups[g].tot or end, groups[g].naam))
    can = {(one.groep, one.plek) for one in kern.kandidaten}
    fixed = {one.groep for one in kern.vast}
    return tuple(
        Wachtend(
            groups[g].naam,
            tuple(
                terrain.visit(one)
                for one in sorted(chosen.gekozen, key=lambda one: (one.dag, one.groep))
                if (g, one.plek) in can and one.groep not in fixed
            ),
        )
        for g in order
    )


def _moves(terrain: Terrain, old: Sequence[Bezoek], planned: Sequence[Gepland]) -> tuple[Verhuizing, ...]:
    """Return who moves and why, in the order of the groups."""
    if not old:
        return ()
    now = {one.bezoek.groep: one.bezoek for one in planned}
    was = {visit.groep: visit for visit in old if not visit.afgezegd}
    hit = {name: terrain.reason_against(visit) for name, visit in was.items()}
    found = []
    for visit in old:
        if visit.afgezegd:
            found.append(Verhuizing(visit.groep, visit, None, "De groep heeft afgezegd."))
    for groep in terrain.request.groepen:
        before, after = was.get(groep.naam), now.get(groep.naam)
        if before is None and after is not None:
            found.append(Verhuizing(groep.naam, None, after, "Nieuw: er is nu een plaats."))
        elif before is not None and after is None:
            found.append(Verhuizing(groep.naam, before, None, _why_gone(hit[groep.naam])))
        elif before is not None and after is not None and _place_of(before) != _place_of(after):
            found.append(Verhuizing(groep.naam, before, after, _why_moved(before, hit, now)))
    return tuple(found)


def _place_of(visit: Bezoek) -> tuple[str, date, str]:
    return visit.locatie, visit.dag, visit.dagdeel


def _why_gone(reasons: Sequence[Reden]) -> str:
    return reasons[0].tekst if reasons else "De plaats is weg en er is geen andere."


def _why_moved(before: Bezoek, hit: Mapping[str, Sequence[Reden]], now: Mapping[str, Bezoek]) -> str:
    if hit[before.groep]:
        return hit[before.groep][0].tekst
    takes = [
        name for name, visit in now.items() if name != before.groep and _place_of(visit) == _place_of(before)
    ]
    if takes:
        return f"Maakt plaats voor {takes[0]}."
    return "Zo past het hele plan."
