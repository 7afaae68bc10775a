"""What would help: the plan made again with one thing more, and how many groups then have a visit.

In: a request, the plan and the explanations. Out: a few cases, each really solved. Only what stood in the way is tried.
Among them other groups of the same people: two small groups together, a large group in parts on days of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from builder.visits.candidates import Terrain
from builder.visits.explain import Uitleg
from builder.visits.fit import Reden
from builder.visits.moments import Moments
from builder.visits.nouns import NIVEAUS, WEEKDAGEN, Aanvraag, Bezoek, Gids
from builder.visits.regroup import Hergroepering, in_parts, together
from builder.visits.remedies import numbers_of_parts
from builder.visits.solve import Opdracht, Oplossing, solve

MOST = 6
MOST_GROUPINGS = 3  # of these cases
EXTRA_BUDGET = 50_000
EXTRA_MINUTES = 15


@dataclass(frozen=True, slots=True)
class AlsDan:
    """One thing more: how many groups more have a visit, and what the plan then costs more (cents)."""

    als: str
    groepen_meer: int
    cent_meer: int
    zeker: bool


Change = tuple[str, Callable[[Aanvraag], Aanvraag]]


def what_if(
    request: Aanvraag,
    today: date,
    plan: Oplossing,
    reasons: Sequence[Uitleg],
    pins: Sequence[Bezoek] = (),
    old: Sequence[Bezoek] = (),
    order: Opdracht | None = None,
) -> tuple[AlsDan, ...]:
    """Return the cases, the most helpful first. Each is solved within the time of `order`."""
    if not plan.ongepland:
        return ()
    cost = sum(one.cent for one in plan.gekozen)
    found: list[AlsDan] = []
    order = order or Opdracht(seconden=5)
    groupings = _groupings(request, reasons, {visit.groep for visit in (*pins, *old)})
    for text, made in groupings:
        terrain = Terrain(made.aanvraag, today, old)
        other = solve(terrain, pins, old, order)
        if order.stop:  # this case was not worked out
            return _sorted(found)
        visits = [terrain.visit(one) for one in other.gekozen]
        if not _lessons_fit(request, today, made, visits):
            continue
        going = {visit.groep for visit in visits}
        served = sum(
            all(name in going for name in made.wie.get(groep.naam, (groep.naam,)))
            for groep in request.groepen
        )
        spent = sum(one.cent for one in other.gekozen)
        found.append(AlsDan(text, served - len(plan.gekozen), spent - cost, other.bewezen))
    for text, change in _changes(request, reasons)[: MOST - len(groupings)]:
        other = solve(Terrain(change(request), today, old), pins, old, order)
        if order.stop:
            break
        found.append(
            AlsDan(
                text,
                len(other.gekozen) - len(plan.gekozen),
                sum(one.cent for one in other.gekozen) - cost,
                other.bewezen,
            )
        )
    return _sorted(found)


def _sorted(found: Sequence[AlsDan]) -> tuple[AlsDan, ...]:
    """Return the cases that help most first."""
    return tuple(sorted(found, key=lambda one: (-one.groepen_meer, one.cent_meer, one.als)))


def _groupings(
    request: Aanvraag, reasons: Sequence[Uitleg], booked: Collection[str]
) -> list[tuple[str, Hergroepering]]:
    """Return the groups that could go together, and those that could go in parts; none that has or had a visit."""
    names = [groep.naam for groep in request.groepen]
    pairs: dict[frozenset[int], tuple[str, Hergroepering]] = {}
    parts: list[tuple[str, Hergroepering]] = []
    for reason in reasons:
        g = reason.groep
        for other in reason.samen:
            if names[g] not in booked and names[other] not in booked:
                text = f"{names[g]} en {names[other]} gaan samen"
                pairs.setdefault(frozenset((g, other)), (text, together(request, g, other)))
        if names[g] in booked:
            continue
        for number in _numbers(request, reason):
            text = f"{names[g]} wordt {number} groepen, elk met een eigen bezoek"
            parts.append((text, in_parts(request, g, number)))
    return [*pairs.values(), *parts][:MOST_GROUPINGS]


def _numbers(request: Aanvraag, reason: Uitleg) -> list[int]:
    """Return in how many groups a group that is too large for a place could be."""
    groep = request.groepen[reason.groep]
    found: set[int] = set()
    for place in request.locaties:
        if any(one.middel == "grootte" for one in _told(reason, place.naam)):
            found.update(numbers_of_parts(groep, place))
    return sorted(found)[:2]


def _told(reason: Uitleg, place: str) -> list[Reden]:
    return [one for name, told in reason.per_locatie if name == place for one, _ in told]


def _lessons_fit(request: Aanvraag, today: date, made: Hergroepering, visits: Sequence[Bezoek]) -> bool:
    """Tell whether each group before has its lessons around the visit of the group that it became."""
    moments = Moments(request, today)
    mine = {groep.naam: moments.of_group(groep) for groep in request.groepen if groep.naam in made.wie}
    late = {groep.naam: moments.prepared_too_late(groep) for groep in request.groepen if groep.naam in mine}
    return not any(
        visit.groep in made.wie[name]
        and (isinstance(halves.get((visit.dag, visit.dagdeel)), Reden) or visit.dag in late[name])
        for name, halves in mine.items()
        for visit in visits
    )


def _changes(request: Aanvraag, reasons: Sequence[Uitleg]) -> list[Change]:
    found: dict[str, Change] = {}
    for reason in reasons:
        for kind, place in reason.bronnen:
            if kind == "budget":
                found["budget"] = ("500 euro meer budget", _more_budget)
                continue
            locatie = request.locaties[place]
            for day in locatie.dagen:
                text = f"een groep en een gids meer op {WEEKDAGEN[day]} bij {locatie.naam}"
                wanted = any(day in request.groepen[g].dagen for g in (*reason.groepen, reason.groep))
                if wanted and sum(key.startswith(f"plaats {place}") for key in found) < 2:
                    found.setdefault(f"plaats {place} {day}", (text, _more_room(place, day)))
        if any(one.regel == "C19" for _, all_ in reason.per_locatie for one, _ in all_):
            found["reis"] = (f"{EXTRA_MINUTES} minuten langer reizen", _longer)
        if any(
            one.middel == "grootte" and not request.groepen[reason.groep].splitsen
            for _, all_ in reason.per_locatie
            for one, _ in all_
        ):
            found["delen"] = ("grote groepen mogen in delen", _in_parts)
        if any(one.middel == "budget groep" for _, all_ in reason.per_locatie for one, _ in all_):
            found["groep"] = ("100 euro meer budget per groep", _more_per_group)
    return list(found.values())


def _more_budget(request: Aanvraag) -> Aanvraag:
    total = request.instellingen.budget_totaal
    return replace(
        request,
        instellingen=replace(
            request.instellingen, budget_totaal=None if total is None else total + EXTRA_BUDGET
        ),
    )


def _more_per_group(request: Aanvraag) -> Aanvraag:
    limit = request.instellingen.budget_groep
    settings = replace(request.instellingen, budget_groep=None if limit is None else limit + 10_000)
    groups = tuple(
        replace(groep, budget=None if groep.budget is None else groep.budget + 10_000)
        for groep in request.groepen
    )
    return replace(request, groepen=groups, instellingen=settings)


def _longer(request: Aanvraag) -> Aanvraag:
    settings = replace(request.instellingen, reistijd=request.instellingen.reistijd + EXTRA_MINUTES)
    groups = tuple(
        replace(groep, reistijd=None if groep.reistijd is None else groep.reistijd + EXTRA_MINUTES)
        for groep in request.groepen
    )
    return replace(request, groepen=groups, instellingen=settings)


def _in_parts(request: Aanvraag) -> Aanvraag:
    return replace(request, groepen=tuple(replace(groep, splitsen=True) for groep in request.groepen))


def _more_room(place: int, day: int) -> Callable[[Aanvraag], Aanvraag]:
    def change(request: Aanvraag) -> Aanvraag:
        locatie = request.locaties[place]
        guides = [guide for guide in request.gidsen if guide.locatie == locatie.naam]
        extra: tuple[Gids, ...] = ()
        if guides:
            talks = tuple(sorted({talk for guide in guides for talk in guide.talen}))
            extra = (Gids(locatie.naam, 1, talks, NIVEAUS, (day,)),)
        most = locatie.groepen_per_dag
        wider = replace(
            locatie, extra=(*locatie.extra, day), groepen_per_dag=None if most is None else most + 1
        )
        places = tuple(wider if number == place else one for number, one in enumerate(request.locaties))
        return replace(request, locaties=places, gidsen=(*request.gidsen, *extra))

    return change
