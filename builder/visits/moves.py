"""Who moves against the plan that was there, and why.

In: a terrain, the plan that was there, the request as it is now, and the visits that came out. Out: a `Verhuizing` for
each group whose visit came, went or changed. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from builder.visits.candidates import Terrain
from builder.visits.fit import Reden
from builder.visits.nouns import Bezoek

BY_HAND = "Jij koos deze plek."


@dataclass(frozen=True, slots=True)
class Verhuizing:
    """A change against the plan that was there; `was` or `wordt` None: there was or is no visit."""

    groep: str
    was: Bezoek | None
    wordt: Bezoek | None
    waarom: str


def moves_of(terrain: Terrain, before: Sequence[Bezoek], after: Sequence[Bezoek]) -> tuple[Verhuizing, ...]:
    """Return who moves from the plan `before` to the visits `after`, in the order of the groups.

    The request of the terrain may already hold changes by hand: what it asks for and got, was the choice of a person.
    Who had called off in the plan before, was told of then, and is no move again.
    """
    if not before:
        return ()
    asked = {visit.groep: visit for visit in terrain.request.bezoeken}
    now = {visit.groep: visit for visit in after if not visit.afgezegd}
    was = {visit.groep: visit for visit in before if not visit.afgezegd}
    hit = {name: terrain.reason_against(visit) for name, visit in was.items()}
    found = [
        Verhuizing(visit.groep, was[visit.groep], None, "De groep heeft afgezegd.")
        for visit in terrain.request.bezoeken
        if visit.afgezegd and visit.groep in was
    ]
    gone = {one.groep for one in found}
    for groep in terrain.request.groepen:
        if groep.naam in gone:
            continue
        old, new = was.get(groep.naam), now.get(groep.naam)
        chosen = new is not None and groep.naam in asked and _place_of(asked[groep.naam]) == _place_of(new)
        if old is None and new is not None:
            why = BY_HAND if chosen else "Nieuw: er is nu een plaats."
            found.append(Verhuizing(groep.naam, None, new, why))
        elif old is not None and new is None:
            found.append(Verhuizing(groep.naam, old, None, _why_gone(hit[groep.naam])))
        elif old is not None and new is not None and _place_of(old) != _place_of(new):
            why = BY_HAND if chosen else _why_moved(old, hit, now)
            found.append(Verhuizing(groep.naam, old, new, why))
    return tuple(found)


def as_it_was(visits: Sequence[Bezoek], told: Collection[str]) -> tuple[Bezoek, ...]:
    """Return the visits before somebody wrote in the sheet who calls off: all but the groups in `told` still went."""
    return tuple(
        replace(visit, afgezegd=False) if visit.afgezegd and visit.groep not in told else visit
        for visit in visits
    )


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
