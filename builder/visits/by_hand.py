"""A plan changed by hand: what a change does, whether it may be, and which places are free.

In: a request with visits, the reference date, and steps. Out: the request after the steps, and an `Oordeel` per place
and half day: why not, or what it costs and brings along. It shares the rules with the search (`candidates`, `limits`) and
searches nothing itself; the independent checker looks once more before a change is taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from builder.dutch import euro
from builder.visits.candidates import Kandidaat, Terrain
from builder.visits.fit import Reden, attendants_needed
from builder.visits.limits import Grens, limits
from builder.visits.moments import Wens
from builder.visits.nouns import Aanvraag, Bezoek
from builder.visits.outcome_sheets import cost_in_words
from builder.visits.plan import Gepland, day_in_words, known_of, lay_out, unknown_of
from builder.visits.verify import verify

SOORTEN = ("verplaats", "vast", "los", "afgezegd")


@dataclass(frozen=True, slots=True)
class Stap:
    """One change by hand; a place and half day only with `verplaats`, which also gives a group its first visit."""

    soort: str
    groep: str
    locatie: str = ""
    dag: date | None = None
    dagdeel: str = ""


def after(request: Aanvraag, steps: Sequence[Stap]) -> Aanvraag:
    """Return the request after these steps; a step about a group or place that is not there does nothing."""
    base = {visit.groep: visit for visit in request.bezoeken}
    groups, places = {one.naam for one in request.groepen}, {one.naam for one in request.locaties}
    now = dict(base)
    for step in steps:
        visit = now.get(step.groep)
        if step.groep not in groups:
            continue
        if step.soort == "verplaats" and step.locatie in places and step.dag is not None:
            now[step.groep] = _moved(base.get(step.groep), step.groep, step.locatie, step.dag, step.dagdeel)
        elif visit is not None and not visit.afgezegd and step.soort in ("vast", "los"):
            now[step.groep] = replace(visit, vast=step.soort == "vast")
        elif visit is not None and step.soort == "afgezegd":
            # who was only placed in these steps was never told of a visit
            if step.groep in base:
                now[step.groep] = replace(base[step.groep], afgezegd=True)
            else:
                del now[step.groep]
    return replace(request, bezoeken=tuple(now.values()))


def _moved(was: Bezoek | None, groep: str, locatie: str, dag: date, dagdeel: str) -> Bezoek:
    """Return the visit at its new place, pinned; its number rises, so that calendars take the change over."""
    number = 0
    if was is not None:
        same = (was.locatie, was.dag, was.dagdeel) == (locatie, dag, dagdeel)
        number = was.volgnummer + (2 if was.afgezegd else 0 if same else 1)
    return Bezoek(groep, locatie, dag, dagdeel, True, number)


@dataclass(frozen=True, slots=True)
class Oordeel:
    """Whether a visit can be at a place and half day. `redenen` empty: it can. `cent` is the difference in price.

    `rang` orders what can be: what it costs and the wishes it breaks, in cents.
    """

    bezoek: Bezoek
    redenen: tuple[Reden, ...] = ()
    cent: int = 0
    prijs: str = ""
    gevolgen: tuple[str, ...] = ()
    wensen: tuple[Wens, ...] = ()
    rang: int = 0


class Bord:
    """A plan to look at and to move in: the request of a proposal, worked out once."""

    def __init__(self, request: Aanvraag, today: date) -> None:
        """Work out all that could be; what the plan holds already needs no time to be asked for again."""
        self.request = request
        self.today = today
        self.basis = tuple(visit for visit in request.bezoeken if not visit.afgezegd)
        self.terrain = Terrain(request, today, self.basis)
        self._known = {(one.groep, one.plek): one for one in self.terrain.candidates}
        self._of_group: dict[int, list[Kandidaat]] = {}
        for one in self.terrain.candidates:
            self._of_group.setdefault(one.groep, []).append(one)

    def candidate(self, visit: Bezoek) -> Kandidaat:
        """Return a visit as a candidate, also when a rule is against it."""
        key = (
            self.terrain.groep_nummer[visit.groep],
            (self.terrain.locatie_nummer[visit.locatie], visit.dag, visit.dagdeel),
        )
        return self._known.get(key) or self.terrain.forced(visit)

    def laid_out(self, request: Aanvraag) -> tuple[Gepland, ...]:
        """Return every visit of a request that goes on, in the order of the days."""
        going = [visit for visit in request.bezoeken if not visit.afgezegd]
        made = [lay_out(self.terrain, self.candidate(visit), visit) for visit in going]
        return tuple(
            sorted(made, key=lambda one: (one.bezoek.dag, one.begin, one.locatie.naam, one.groep.naam))
        )

    def judge(self, request: Aanvraag, groep: str, locatie: str, dag: date, dagdeel: str) -> Oordeel:
        """Return whether the visit of a group can be there and then in the plan of `request`, and what it brings."""
        visit = self._at(groep, locatie, dag, dagdeel)
        now = _visit_of(request, groep)
        if now is not None and now.dag < self.today:
            return Oordeel(
                visit, (Reden("", "Dit bezoek is voorbij.", "Een bezoek dat voorbij is, blijft staan."),)
            )
        if now is not None and (now.locatie, now.dag, now.dagdeel) == (locatie, dag, dagdeel):
            return Oordeel(visit, (Reden("", "Hier staat dit bezoek nu.", "Kies een andere plek."),))
        reasons = self.terrain.reason_against(visit)
        if reasons:
            return Oordeel(visit, reasons)
        others = self._others(request, groep)
        one = self.candidate(visit)
        full = limits(self.terrain, (one,), others)
        if full:
            return Oordeel(visit, tuple(dict.fromkeys(self._full(row, one, others) for row in full)))
        return self._allowed(request, visit, one, now)

    def halves(self, request: Aanvraag, groep: str) -> tuple[Oordeel, ...]:
        """Return every place and half day that is free for a group, in the order of the days."""
        now = _visit_of(request, groep)
        if now is not None and now.dag < self.today:
            return ()
        mine = self._of_group.get(self.terrain.groep_nummer[groep], [])
        full = {
            index
            for row in limits(self.terrain, mine, self._others(request, groep))
            for index, amount in row.termen
            if amount > row.grens
        }
        found = []
        for index, one in enumerate(mine):
            visit = self.terrain.visit(one)
            here = now is not None and (now.locatie, now.dag, now.dagdeel) == (
                visit.locatie, visit.dag, visit.dagdeel,
            )  # fmt: skip
            if index not in full and not here:
                found.append(self._priced(self._at(groep, visit.locatie, visit.dag, visit.dagdeel), one, now))
        return tuple(
            sorted(
                found, key=lambda one: (one.bezoek.dag, one.bezoek.dagdeel != "ochtend", one.bezoek.locatie)
            )
        )

    def objections(self, before: Aanvraag, changed: Aanvraag) -> tuple[str, ...]:
        """Return what the independent checker has against a change that it had not against the plan before."""
        had = set(verify(self.request, self.today, before.bezoeken, self.basis))
        return tuple(
            one.tekst
            for one in verify(self.request, self.today, changed.bezoeken, self.basis)
            if one not in had
        )

    def could_take(self, request: Aanvraag, visit: Bezoek) -> tuple[str, ...]:
        """Return the groups without a visit that could have the place of this one, when it goes."""
        left = replace(request, bezoeken=tuple(one for one in request.bezoeken if one.groep != visit.groep))
        had = {one.groep for one in request.bezoeken}
        return tuple(
            groep.naam
            for groep in self.request.groepen
            if groep.naam not in had
            and not self.judge(left, groep.naam, visit.locatie, visit.dag, visit.dagdeel).redenen
        )

    # ----

    def _at(self, groep: str, locatie: str, dag: date, dagdeel: str) -> Bezoek:
        was = next((one for one in self.request.bezoeken if one.groep == groep), None)
        return _moved(was, groep, locatie, dag, dagdeel)

    def _others(self, request: Aanvraag, groep: str) -> list[Kandidaat]:
        return [self.candidate(one) for one in request.bezoeken if not one.afgezegd and one.groep != groep]

    def _full(self, row: Grens, one: Kandidaat, others: Sequence[Kandidaat]) -> Reden:
        place = self.request.locaties[one.locatie]
        here = [self.request.groepen[other.groep].naam for other in others if other.plek == one.plek]
        there = f" Daar gaat dan {_list(here)}." if here else ""
        if row.soort == "budget":
            total = self.request.instellingen.budget_totaal or 0
            text = f"Er is nog {euro(row.grens)} van het budget van {euro(total)}. Dit bezoek kost {euro(one.cent)}."
            return Reden(row.regel, text, "Verhoog het budget bij Instellingen, of kies een goedkopere plek.")
        if row.soort == "dag":
            text = f"{place.naam} heeft die dag al {place.groepen_per_dag} groepen. Meer kan niet."
            return Reden(row.regel, text, "Kies een andere dag.")
        if row.soort == "gids":
            text = f"Er is dan geen gids meer vrij bij {place.naam}.{there}"
            return Reden(row.regel, text, "Vraag om een gids erbij, of kies een ander dagdeel.")
        room = place.plekken_op(one.dag)
        many = "1 groep" if room == 1 else f"{room} groepen"
        text = f"{place.naam} is dan vol: er kan {many} tegelijk.{there}"
        return Reden(row.regel, text, "Kies een ander dagdeel, of verplaats eerst die groep.")

    def _priced(self, visit: Bezoek, one: Kandidaat, now: Bezoek | None) -> Oordeel:
        pair = self.terrain.pairs[one.groep][one.locatie]
        was = self.candidate(now).cent if now is not None else 0
        shown = pair.kosten.in_woorden() if pair.kosten else "niet bekend"
        rank = one.cent + 100 * one.punten
        return Oordeel(visit, (), one.cent - was, shown, (), self.terrain.wishes(one), rank)

    def _allowed(self, request: Aanvraag, visit: Bezoek, one: Kandidaat, now: Bezoek | None) -> Oordeel:
        plan = lay_out(self.terrain, one, visit)
        kept = [other for other in request.bezoeken if other.groep != visit.groep]
        whole = [plan, *self.laid_out(replace(request, bezoeken=tuple(kept)))]
        told = (*self._people(plan, one), *self._money(whole), *self._days(plan), *self._old(now))
        return replace(self._priced(visit, one, now), gevolgen=told)

    def _people(self, plan: Gepland, one: Kandidaat) -> Iterator[str]:
        group, place = plan.groep, plan.locatie
        needed = attendants_needed(group, place)
        yield f"Begeleiders: {needed} nodig, {group.begeleiders} {'gaat' if group.begeleiders == 1 else 'gaan'} mee."
        if plan.delen > 1:
            yield f"De groep gaat in {plan.delen} delen."
        if one.gidsen:
            there = sum(self.request.gidsen[kind].aantal for kind in one.soorten)
            many = f"Gids: {one.gidsen} nodig" if one.gidsen == 1 else f"Gidsen: {one.gidsen} nodig"
            yield f"{many}. {'Die is' if there == 1 else f'Er passen er {there}, en er zijn er genoeg'} vrij."
        elif place.gids:
            yield f"Gids: {place.naam} regelt die zelf."
        if place.groepen_per_dagdeel is None:
            yield "Aantal groepen niet bekend: gerekend met 1 groep per dagdeel."

    def _money(self, whole: Sequence[Gepland]) -> Iterator[str]:
        """Say what the plan costs, no surer than the board does: what is not known may still come on top."""
        total, unknown = known_of(whole), unknown_of(whole)
        yield f"Het hele plan kost dan {cost_in_words(total, unknown)}."
        budget = self.request.instellingen.budget_totaal
        if budget is None:
            return
        if total > budget:
            yield f"Dat is {'ten minste ' if unknown else ''}{euro(total - budget)} meer dan het budget."
        else:
            yield f"Van het budget blijft {'ten hoogste ' if unknown else ''}{euro(budget - total)} over."

    def _days(self, plan: Gepland) -> Iterator[str]:
        if plan.reis is not None:
            kind = " (schatting)" if plan.reis.schatting else ""
            yield f"Reis: {plan.reis.minuten} minuten{kind}."
        if plan.les_vooraf and plan.les_erna:
            yield f"Les vooraf: {day_in_words(plan.les_vooraf)}. Les erna: {day_in_words(plan.les_erna)}."
        if plan.afzeggen_tot:
            yield f"Kosteloos afzeggen kan tot en met {day_in_words(plan.afzeggen_tot)}."

    def _old(self, now: Bezoek | None) -> Iterator[str]:
        if now is None:
            return
        until = lay_out(self.terrain, self.candidate(now), now).afzeggen_tot
        if until is not None and until < self.today:
            yield f"Let op: het oude bezoek kon je kosteloos afzeggen tot en met {day_in_words(until)}."


def _visit_of(request: Aanvraag, groep: str) -> Bezoek | None:
    return next((one for one in request.bezoeken if one.groep == groep and not one.afgezegd), None)


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"
