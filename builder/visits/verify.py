"""Whether a plan keeps every hard rule, worked out anew. It shares no code with the model, only the nouns.

In: a request, the reference date and the visits. Out: every breach, with its rule. Holidays come from Easter's own
formula, guides from a matching, distances from chords: a mistake in the model does not hide here too.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from builder.dutch import euro
from builder.visits.nouns import Aanvraag, Bezoek, Gids, Groep, Locatie
from builder.visits.verify_visit import Breuk, of_visit, parts, price

__all__ = ["Breuk", "price", "verify"]


def verify(
    request: Aanvraag, today: date, visits: Sequence[Bezoek], booked: Sequence[Bezoek] = ()
) -> tuple[Breuk, ...]:
    """Return every hard rule that the visits break; for a visit of `booked` the time to ask has passed already."""
    going = [visit for visit in visits if not visit.afgezegd]
    found: list[Breuk] = []
    for name, number in Counter(visit.groep for visit in going).items():
        if number > 1:
            found.append(Breuk("C12", name, f"{name} heeft {number} bezoeken."))
    had = {(visit.groep, visit.locatie, visit.dag, visit.dagdeel) for visit in booked}
    for visit in going:
        fresh = (visit.groep, visit.locatie, visit.dag, visit.dagdeel) not in had
        found += of_visit(request, today, visit, fresh)
    found += _together(request, going)
    return tuple(found)


def _together(request: Aanvraag, visits: Sequence[Bezoek]) -> Iterator[Breuk]:
    groups = {one.naam: one for one in request.groepen}
    places = {one.naam: one for one in request.locaties}
    halves: dict[tuple[str, date, str], list[Groep]] = defaultdict(list)
    per_day: Counter[tuple[str, date]] = Counter()
    for visit in visits:
        group, place = groups[visit.groep], places[visit.locatie]
        halves[visit.locatie, visit.dag, visit.dagdeel].append(group)
        per_day[visit.locatie, visit.dag] += parts(group, place)
    for (name, day, part), there in sorted(halves.items()):
        place = places[name]
        room = (
            place.groepen_per_dagdeel if place.groepen_per_dagdeel is not None else int(place.reken_met_een)
        )
        count = sum(parts(group, place) for group in there)
        if count > room:
            yield Breuk(
                "C18", "", f"{name} op {day.isoformat()}, {part}: {count} groepen, er kunnen er {room}."
            )
        guides = [guide for guide in request.gidsen if guide.locatie == name]
        if guides and place.gids and not _guides_suffice(guides, there, place, day, part):
            yield Breuk(
                "C18", "", f"{name} op {day.isoformat()}, {part}: er zijn niet genoeg gidsen die passen."
            )
    for (name, day), count in sorted(per_day.items()):
        most = places[name].groepen_per_dag
        if most is not None and count > most:
            yield Breuk(
                "C18", "", f"{name} op {day.isoformat()}: {count} groepen, er kunnen er {most} per dag."
            )
    total = request.instellingen.budget_totaal
    if total is not None:
        spent = sum(price(request, groups[one.groep], places[one.locatie]) for one in visits)
        if spent > total + 3 * len(visits):
            yield Breuk("C24", "", f"Het plan kost {euro(round(spent))}. Het budget is {euro(total)}.")


def _guides_suffice(
    guides: Sequence[Gids], there: Sequence[Groep], place: Locatie, day: date, part: str
) -> bool:
    """Give every tour a guide of its own, by augmenting paths; tell whether that works out."""
    present = [
        guide
        for guide in guides
        if day.weekday() in guide.dagen
        and part in guide.dagdelen
        and (guide.van or day) <= day <= (guide.tot or day)
        for _ in range(guide.aantal)
    ]
    tours = [
        group
        for group in there
        for _ in range(max(parts(group, place), math.ceil(group.deelnemers / place.personen_per_gids)))
    ]
    leads: dict[int, int] = {}

    def find(tour: int, seen: set[int]) -> bool:
        group = tours[tour]
        for number, guide in enumerate(present):
            talks = place.tolk or any(talk in guide.talen for talk in group.talen)
            if number in seen or group.niveau not in guide.niveaus or not talks:
                continue
            seen.add(number)
            if number not in leads or find(leads[number], seen):
                leads[number] = tour
                return True
        return False

    return all(find(tour, set()) for tour in range(len(tours)))
