"""What a visit costs: programme, transport, teachers and interpreter, and what of it nobody knows yet.

In: a group, a place, the journey and the settings. Out: `Kosten` in whole cents. An unknown part is never counted
as zero: it stands by name in `onbekend`.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.dutch import euro
from builder.visits.journeys import Reis
from builder.visits.nouns import Groep, Instellingen, Locatie


@dataclass(frozen=True, slots=True)
class Kosten:
    """Parts of the price in cents; None is not known. `docent` also counts the hours on the road."""

    programma: int | None
    vervoer: int | None
    docent: int | None
    tolk: int | None

    @property
    def bekend(self) -> int:
        """The sum of what is known."""
        return sum(part or 0 for part in (self.programma, self.vervoer, self.docent, self.tolk))

    @property
    def onbekend(self) -> tuple[str, ...]:
        """The names of the parts that are not known."""
        return tuple(name for name in NAMEN if getattr(self, name) is None)

    def in_woorden(self) -> str:
        """Return the amount with what is missing, as in `€ 176,00 + vervoer onbekend`."""
        missing = f" + {' en '.join(self.onbekend)} onbekend" if self.onbekend else ""
        return f"{euro(self.bekend)}{missing}"


NAMEN = ("programma", "vervoer", "docent", "tolk")


def parts_of(groep: Groep, locatie: Locatie) -> int:
    """Return in how many parts the group goes around."""
    return max(1, -(-groep.deelnemers // max(1, locatie.max_groep)))


def programme(groep: Groep, locatie: Locatie) -> int | None:
    """Return the price of the programme in cents, or None when the place has not told it."""
    if locatie.prijs_persoon is None and locatie.prijs_groep is None:
        return None
    people = groep.deelnemers + groep.begeleiders
    paying = people if locatie.begeleiders_betalen else groep.deelnemers
    per_group = (locatie.prijs_groep or 0) * parts_of(groep, locatie)
    return (locatie.prijs_persoon or 0) * paying + per_group + locatie.toeslag * people


def cost_of(groep: Groep, locatie: Locatie, reis: Reis, settings: Instellingen, tolk: bool) -> Kosten:
    """Return what this visit costs; `tolk` tells whether an interpreter comes along."""
    hours = 2 * reis.minuten + locatie.duur
    teacher = settings.docent_per_uur
    return Kosten(
        programme(groep, locatie),
        reis.kosten,
        None if teacher is None else round(teacher * groep.begeleiders * hours / 60),
        settings.tolk_per_bezoek if tolk else 0,
    )
