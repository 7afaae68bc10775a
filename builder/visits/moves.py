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
NOT_AGREED = "Terug op deze plek: je ging niet akkoord met de wijziging."


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
        chosen = _by_hand(terrain, asked.get(groep.naam), new) if new is not None else ""
        if old is None and new is not None:
            why = chosen or "Nieuw: er is nu een plaats."
            found.append(Verhuizing(groep.naam, None, new, why))
        elif old is not None and new is None:
            found.append(Verhuizing(groep.naam, old, None, _why_gone(hit[groep.naam])))
        elif old is not None and new is not None and place_of(old) != place_of(new):
            why = chosen or _why_moved(old, hit, now)
            found.append(Verhuizing(groep.naam, old, new, why))
    return tuple(found)


def why_here(terrain: Terrain, before: Sequence[Bezoek], visit: Bezoek) -> str:
    """Return which decision of a person brought a visit of the request to where it is; empty when it was there before."""
    if any(one.groep == visit.groep and place_of(one) == place_of(visit) and not one.afgezegd for one in before):
        return ""
    return _by_hand(terrain, visit, visit)


def _by_hand(terrain: Terrain, asked: Bezoek | None, new: Bezoek) -> str:
    """Return what a person decided when a visit is where the request asked for it; a visit moved by hand is pinned."""
    if asked is None or place_of(asked) != place_of(new):
        return ""
    return NOT_AGREED if asked.groep in terrain.request.geweigerd and not asked.vast else BY_HAND


def as_it_was(visits: Sequence[Bezoek], told: Collection[str]) -> tuple[Bezoek, ...]:
    """Return the visits before somebody wrote in the sheet who calls off: all but the groups in `told` still went."""
    return tuple(
        replace(visit, afgezegd=False) if visit.afgezegd and visit.groep not in told else visit
        for visit in visits
    )


def place_of(visit: Bezoek) -> tuple[str, date, str]:
    """Return where and when a visit is."""
    return visit.locatie, visit.dag, visit.dagdeel


def _why_gone(reasons: Sequence[Reden]) -> str:
    return reasons[0].tekst if reasons else "De plaats is weg en er is geen andere."


def _why_moved(before: Bezoek, hit: Mapping[str, Sequence[Reden]], now: Mapping[str, Bezoek]) -> str:
    if hit[before.groep]:
        return hit[before.groep][0].tekst
    takes = [
        name for name, visit in now.items() if name != before.groep and place_of(visit) == place_of(before)
    ]
    if takes:
        return f"Maakt plaats voor {takes[0]}."
    return "Zo past het hele plan."
