"""Other groups of the same people: two groups that go together, and one group that goes in parts on days of its own.

In: a request and numbers of groups. Out: the changed request, and which of its groups stand for which group before.
It only proposes: a coordinator changes the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from builder.visits.nouns import Aanvraag, Groep

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hergroepering:
    """A changed request. `wie`: per name of a group before, the groups that must all have a visit now."""

    aanvraag: Aanvraag
    wie: Mapping[str, tuple[str, ...]]


def together(request: Aanvraag, one: int, other: int) -> Hergroepering:
    """Return the request in which two groups are one: what either needs or cannot, holds for both.

    They travel from the place of the larger group, so journey and transport are a rougher estimate than else.
    """
    a, b = sorted((request.groepen[one], request.groepen[other]), key=lambda groep: -groep.deelnemers)
    name = f"{a.naam} + {b.naam}"
    made = replace(
        a,
        naam=name,
        deelnemers=a.deelnemers + b.deelnemers,
        begeleiders=a.begeleiders + b.begeleiders,
        eigen_docent=a.eigen_docent and b.eigen_docent,
        talen=_common(a.talen, b.talen),
        # lessons in common are enough; without any, the caller looks at both groups apart
        lesdagen=_common(a.lesdagen, b.lesdagen) or a.lesdagen,
        dagen=_common(a.dagen, b.dagen),
        dagdelen=_common(a.dagdelen, b.dagdelen),
        van=max((day for day in (a.van, b.van) if day), default=None),
        tot=min((day for day in (a.tot, b.tot) if day), default=None),
        geen_les=tuple(sorted({*a.geen_les, *b.geen_les})),
        liever_niet=tuple(sorted({*a.liever_niet, *b.liever_niet})),
        toegang=tuple(dict.fromkeys((*a.toegang, *b.toegang))),
        reistijd=_least(a.reistijd, b.reistijd),
        vertrek=max((time for time in (a.vertrek, b.vertrek) if time is not None), default=None),
        terug=_least(a.terug, b.terug),
        splitsen=a.splitsen and b.splitsen,
        budget=None if a.budget is None or b.budget is None else a.budget + b.budget,
        locaties=_common(a.locaties, b.locaties) if a.locaties and b.locaties else a.locaties or b.locaties,
        alternatief=a.alternatief and b.alternatief,
        fotos=a.fotos if a.fotos == b.fotos else "nee",
    )
    return _changed(request, {a.naam: [made], b.naam: []}, {a.naam: (name,), b.naam: (name,)})


def in_parts(request: Aanvraag, one: int, parts: int) -> Hergroepering:
    """Return the request in which a group is some groups of about the same size, each with a visit of its own.

    The same adults come along each time; a budget is divided by size.
    """
    groep = request.groepen[one]
    small, over = divmod(groep.deelnemers, parts)
    sizes = [small + (number < over) for number in range(parts)]
    made = [
        replace(
            groep,
            naam=f"{groep.naam} ({number})",
            deelnemers=size,
            budget=None if groep.budget is None else groep.budget * size // groep.deelnemers,
        )
        for number, size in enumerate(sizes, start=1)
    ]
    return _changed(request, {groep.naam: made}, {groep.naam: tuple(part.naam for part in made)})


def _changed(
    request: Aanvraag, groups: Mapping[str, Sequence[Groep]], who: Mapping[str, tuple[str, ...]]
) -> Hergroepering:
    """Return the request with other groups; closed days of a group hold for all that it became."""
    rows = []
    for row in request.sluitingen:
        names = who.get(row.naam, (row.naam,)) if row.geldt_voor == "groep" else (row.naam,)
        rows += [replace(row, naam=name) for name in names]
    made = tuple(new for groep in request.groepen for new in groups.get(groep.naam, [groep]))
    return Hergroepering(replace(request, groepen=made, sluitingen=tuple(rows)), who)


def _common(one: Sequence[T], other: Sequence[T]) -> tuple[T, ...]:
    return tuple(value for value in one if value in other)


def _least(one: int | None, other: int | None) -> int | None:
    return min((value for value in (one, other) if value is not None), default=None)
