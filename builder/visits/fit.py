"""Whether a group and a place can go together at all, whatever the day.

In: a group, a place, the journey, the cost, the settings. Out: every reason against, each with its rule (C1-C29 of the
planning rules) and what would help. What is not known is a reason too: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.dutch import euro
from builder.visits.costs import Kosten, parts_of
from builder.visits.journeys import Reis
from builder.visits.meaning import unknown_of
from builder.visits.nouns import Groep, Instellingen, Locatie

MIN_ATTENDANTS = 2


@dataclass(frozen=True, slots=True)
class Reden:
    """Why something cannot be: the rule, a sentence, what to look at, and the key of what can be changed.

    `hulp` is advice that nobody tried; what is said to help was tried (`helping.py`). `middel` empty: nothing to change.
    """

    regel: str
    tekst: str
    hulp: str = ""
    middel: str = ""


def attendants_needed(groep: Groep, locatie: Locatie) -> int:
    """Return how many adults must come along."""
    return max(MIN_ATTENDANTS, -(-groep.deelnemers // max(1, locatie.personen_per_begeleider)))


def guides_needed(groep: Groep, locatie: Locatie) -> int:
    """Return how many guides lead the group at the same time."""
    if not locatie.gids:
        return 0
    return max(parts_of(groep, locatie), -(-groep.deelnemers // max(1, locatie.personen_per_gids)))


def group_reasons(groep: Groep, settings: Instellingen) -> Iterator[Reden]:
    """Yield what is lacking at the group itself: then it can go nowhere."""
    if not groep.eigen_docent:
        yield Reden(
            "C14", "De eigen docent gaat niet mee.", "Laat de eigen docent meegaan. Die houdt orde.", "docent"
        )
    if not (groep.alternatief or settings.alternatief):
        yield Reden(
            "C17",
            "Er is niets geregeld voor wie niet mee wil.",
            "Vul Wie niet meegaat in, bij de groep of bij Instellingen.",
            "alternatief",
        )
    if groep.begeleiders < MIN_ATTENDANTS:
        yield Reden(
            "C13",
            f"Er {'gaat 1 begeleider' if groep.begeleiders else 'gaan geen begeleiders'} mee. Twee is het minste.",
            "Zoek er een bij. Een van de twee kan dan met iemand weg."
            if groep.begeleiders
            else "Zoek er twee. Een van de twee kan dan met iemand weg.",
            "begeleiders",
        )
    if not groep.lesdagen:
        yield Reden("C1", "Er zijn geen lesdagen.", "Vul Lesdagen in. Zonder les vooraf is er geen bezoek.")


def place_reasons(locatie: Locatie, settings: Instellingen) -> Iterator[Reden]:
    """Yield what must be asked before anyone can be planned at this place."""
    for message, hint in unknown_of(locatie, settings):
        text = message.removesuffix(" We plannen hier niemand.")
        rule = (
            "C18"
            if "per dagdeel" in text
            else "C24"
            if "prijs" in text
            else "C15"
            if "niveau" in text
            else "C29"
        )
        yield Reden(rule, text[0].upper() + text[1:], hint, "navragen")


def pair_reasons(
    groep: Groep,
    locatie: Locatie,
    reis: Reis | None,
    met_bus: Reis | None,
    kosten: Kosten | None,
    settings: Instellingen,
) -> Iterator[Reden]:
    """Yield every reason why this group cannot go to this place on any day; `met_bus` is another way to travel."""
    if groep.locaties and locatie.naam not in groep.locaties:
        hint = "Maak Alleen naar leeg, of voeg de locatie toe."
        yield Reden("C10", "De groep koos andere locaties.", hint, "locatie")
    yield from _size(groep, locatie)
    if locatie.niveaus and groep.niveau not in locatie.niveaus:
        yield Reden(
            "C15",
            f"Niet voor taalniveau {groep.niveau}.",
            "Vraag of de locatie een rondleiding op dit niveau heeft.",
            "niveau",
        )
    if locatie.talen and not set(groep.talen) & set(locatie.talen) and not locatie.tolk:
        text = f"Geen rondleiding in het {' of '.join(groep.talen)}."
        yield Reden("C16", text, "Vraag of een tolk mee mag.", "tolk")
    yield from _access(groep, locatie, settings)
    yield from _journey(groep, reis, met_bus, settings)
    if kosten is not None:
        yield from _budget(groep, kosten, settings)


def _size(groep: Groep, locatie: Locatie) -> Iterator[Reden]:
    if not locatie.max_groep:
        yield Reden("C12", "De locatie neemt geen groepen.", "Vraag na hoe groot een groep mag zijn.")
        return
    parts = parts_of(groep, locatie)
    room = locatie.plekken or 0
    smaller = "Maak er kleinere groepen van, elk met een eigen bezoek."
    if parts > 1 and not groep.splitsen:
        yield Reden(
            "C12",
            f"{groep.deelnemers} deelnemers, hoogstens {locatie.max_groep} in een groep.",
            smaller if room < parts else f"Kies ja bij Mag in delen. De groep gaat dan in {parts} delen.",
            "grootte",
        )
    elif parts > 1 and room < parts:
        yield Reden(
            "C18",
            f"De groep moet in {parts} delen. Er is plaats voor {room} tegelijk.",
            smaller,
            "grootte",
        )
    if groep.deelnemers < locatie.min_groep:
        yield Reden(
            "C12",
            f"{groep.deelnemers} deelnemers, de locatie vraagt er {locatie.min_groep}.",
            "Voeg twee kleine groepen van hetzelfde niveau samen.",
            "klein",
        )
    if locatie.plekken is not None and locatie.plekken < parts <= 1:
        text = "De locatie heeft 0 groepen per dagdeel."
        yield Reden("C18", text, "Vraag na of er toch plaats is.", "plaats")
    needed = attendants_needed(groep, locatie)
    if MIN_ATTENDANTS <= groep.begeleiders < needed:
        yield Reden(
            "C13",
            f"{groep.begeleiders} begeleiders, er zijn er {needed} nodig.",
            f"Zoek er {needed - groep.begeleiders} bij.",
            "begeleiders",
        )


def _access(groep: Groep, locatie: Locatie, settings: Instellingen) -> Iterator[Reden]:
    short = "kort lopen" in groep.toegang or "rolstoel" in groep.toegang
    people = groep.deelnemers + groep.begeleiders
    offered = set(locatie.toegang or ())
    if "rolstoel" in offered:
        offered.add("geen trappen")
    for need in groep.toegang:
        if need == "kort lopen":
            continue
        if locatie.toegang is None:
            yield Reden("C21", f"Niet bekend: {need}.", "Vraag de toegang na en vul hem in.", "toegang")
        elif need not in offered:
            yield Reden(
                "C21",
                f"Er is geen toegang voor: {need}." if need == "rolstoel" else f"Ontbreekt: {need}.",
                "Kies een andere locatie.",
            )
    if not short:
        return
    if locatie.pendel is not None and locatie.pendel >= people:
        return
    if locatie.pendel is not None:
        yield Reden(
            "C19",
            f"De pendelbus heeft {locatie.pendel} plaatsen voor {people} mensen.",
            "Vraag of de pendelbus vaker kan rijden.",
            "pendel",
        )
    elif locatie.loopafstand is None:
        hint = "Vraag na hoeveel meter lopen het is."
        yield Reden("C21", "Niet bekend: de loopafstand.", hint, "loopafstand")
    elif locatie.loopafstand > settings.kort_lopen:
        text = f"Het is {locatie.loopafstand} meter lopen."
        yield Reden("C21", text, "Vraag of er vervoer op het terrein is.", "pendel")


def _journey(
    groep: Groep, reis: Reis | None, met_bus: Reis | None, settings: Instellingen
) -> Iterator[Reden]:
    limit = settings.reistijd if groep.reistijd is None else groep.reistijd
    if reis is None:
        hint = "Vul een rij in bij Reistijden, of coördinaten."
        yield Reden("C19", "De reistijd is niet bekend.", hint, "reis")
    elif reis.minuten > limit:
        kind = " (schatting)" if reis.schatting else ""
        hint = "Kies een locatie die dichterbij is."
        if met_bus is not None and met_bus.minuten <= limit:
            hint = f"Met een eigen bus is het {met_bus.minuten} minuten (schatting)."
        yield Reden("C19", f"{reis.minuten} minuten reizen{kind}, hoogstens {limit}.", hint, "reis")


def _budget(groep: Groep, kosten: Kosten, settings: Instellingen) -> Iterator[Reden]:
    limit = settings.budget_groep if groep.budget is None else groep.budget
    if limit is not None and kosten.bekend > limit:
        yield Reden(
            "C24",
            f"{euro(kosten.bekend)}, hoogstens {euro(limit)} per groep.",
            "Verhoog het budget van de groep.",
            "budget groep",
        )
    each = settings.budget_persoon
    if each is not None and kosten.bekend > each * groep.deelnemers:
        yield Reden(
            "C24",
            f"{euro(-(-kosten.bekend // groep.deelnemers))} per persoon, hoogstens {euro(each)}.",
            "Verhoog het budget per persoon.",
            "budget persoon",
        )
