"""Whether values that can each be read can also be true together.

In: a request that was read whole, and where to leave findings. Out: findings V614 (cannot be), V615 (not known yet) and
V618 (counts for nothing). It changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from builder.diagnostics import Rule
from builder.dutch import dutch_date
from builder.visits import rules
from builder.visits.nouns import Aanvraag, Groep, Instellingen, Locatie

Add = Callable[[Rule, str, int, int, str, str], None]
MAX_DAYS = 732
FIRST_YEAR = 2014  # the first year with Koningsdag
LAST_YEAR = 2075  # as far as the tables of the Islamic calendar reach


def check_meaning(request: Aanvraag, add: Add, today: date | None = None, everyone: bool = True) -> None:
    """Tell through `add` what cannot be, what counts for nothing, and what is still unknown about a place.

    With `today` a period that is over is an error: nothing can be planned in it. Without `everyone` some groups could not
    be read, so that nobody knows what counts for none of them.
    """
    for message, hint in _settings(request.instellingen, today):
        add(rules.V614, "Instellingen", 0, 0, message, hint)
    for groep in request.groepen:
        for message, hint in _group(groep):
            add(rules.V614, "Groepen", groep.rij, 0, message, hint)
    for locatie in request.locaties:
        for message, hint in _place(locatie):
            add(rules.V614, "Locaties", locatie.rij, 0, message, hint)
        for message, hint in unknown_of(locatie, request.instellingen):
            add(rules.V615, "Locaties", locatie.rij, 0, f"{locatie.naam}: {message}", hint)
    for tab, rows in (("Begeleiders", request.gidsen), ("Gesloten dagen", request.sluitingen)):
        for row in rows:
            if row.van and row.tot and row.tot < row.van:
                add(rules.V614, tab, row.rij, 0, "de laatste dag ligt vóór de eerste.", "Draai de dagen om.")
    for tab, number, message, hint in _without_effect(request) if everyone and request.groepen else ():
        add(rules.V618, tab, number, 0, message, hint)


def _without_effect(request: Aanvraag) -> Iterator[tuple[str, int, str, str]]:
    """Yield sheet, row, sentence and hint of what was filled in and reaches no group."""
    rows = [row for row in request.sluitingen if row.geldt_voor == "vakantieregio"]
    for row in rows:
        if not any(groep.vakantieregio == row.naam for groep in request.groepen):
            text = f"geen groep heeft vakantieregio {row.naam}. Deze rij telt niet mee."
            yield "Gesloten dagen", row.rij, text, "Vul bij de groepen Vakantieregio in, of haal de rij weg."
    for groep in request.groepen:
        if rows and not groep.vakantieregio:
            text = f"{groep.naam} heeft geen vakantieregio. De schoolvakanties tellen voor deze groep niet."
            yield "Groepen", groep.rij, text, "Kies noord, midden of zuid bij Vakantieregio."
    towns = {groep.plaats.casefold() for groep in request.groepen}
    for way in request.reistijden:
        if way.van.casefold() not in towns:
            text = f"geen groep heeft {way.van} bij Plaats. Deze rij telt niet mee."
            yield "Reistijden", way.rij, text, "Schrijf bij Van hetzelfde als bij Plaats van de groep."


def unknown_of(locatie: Locatie, settings: Instellingen) -> Iterator[tuple[str, str]]:
    """Yield what must be asked before this place can be used: the sentence and what to do."""
    if locatie.plekken is None:
        yield (
            "hoeveel groepen per dagdeel kunnen, is niet bekend. We plannen hier niemand.",
            "Vraag het na. Of kies ja bij Reken met 1 groep.",
        )
    if locatie.prijs_persoon is None and locatie.prijs_groep is None and not settings.onbekende_prijs:
        yield (
            "de prijs is niet bekend. We plannen hier niemand.",
            "Vraag de prijs na. Gratis is 0. Of kies ja bij Ook bij onbekende prijs.",
        )
    if not locatie.niveaus:
        yield "de taalniveaus zijn niet bekend. We plannen hier niemand.", "Vraag na voor welk niveau het is."
    if not locatie.ziet:
        yield (
            "wat mensen zien, is niet ingevuld. We plannen hier niemand.",
            "Vul Wat je ziet in. De les vooraf moet het kunnen noemen.",
        )


def _settings(settings: Instellingen, today: date | None) -> Iterator[tuple[str, str]]:
    if settings.tot < settings.van:
        yield "de periode eindigt voordat hij begint.", "Draai de twee dagen om."
    elif today is not None and settings.tot < today:
        last = dutch_date(settings.tot.isoformat())
        yield (
            f"de periode is voorbij. De laatste dag was {last}.",
            "Maak Periode tot en met later. Daarna kun je weer plannen.",
        )
    elif settings.van.year < FIRST_YEAR or settings.tot.year > LAST_YEAR:
        yield (
            "in deze jaren kennen we de feestdagen niet.",
            f"Kies een periode van {FIRST_YEAR} tot en met {LAST_YEAR}.",
        )
    elif (settings.tot - settings.van).days > MAX_DAYS:
        yield "de periode is langer dan twee jaar.", "Maak een plan per jaar."
    if settings.voorbereiding_max < max(1, settings.voorbereiding_min):
        yield "de les vooraf heeft geen dagen over.", "Maak de meeste dagen groter dan de minste."
    if settings.nabespreking_max < 1:
        yield "de les na het bezoek heeft geen dagen over.", "Schrijf 1 of meer."
    if not settings.snelheid_ov or not settings.snelheid_bus or settings.omweg < 1:
        yield (
            "met deze snelheid of omwegfactor is er geen reistijd.",
            "Een snelheid is 1 of meer. De factor ook.",
        )


def _group(groep: Groep) -> Iterator[tuple[str, str]]:
    if groep.deelnemers < 1:
        yield f"{groep.naam} heeft geen deelnemers.", "Schrijf 1 of meer, of haal de rij weg."
    if groep.van and groep.tot and groep.tot < groep.van:
        yield f"{groep.naam} kan tot vóór de eerste dag.", "Draai Vanaf en Tot en met om."
    if groep.vertrek is not None and groep.terug is not None and groep.terug <= groep.vertrek:
        yield f"{groep.naam} is terug voordat hij weggaat.", "Kijk naar Weg vanaf en Terug om."


def _place(locatie: Locatie) -> Iterator[tuple[str, str]]:
    if locatie.start_ochtend is None and locatie.start_middag is None:
        yield f"{locatie.naam} heeft geen start.", "Vul Start ochtend of Start middag in."
    if locatie.start_ochtend is not None and locatie.start_ochtend >= 13 * 60:
        yield f"{locatie.naam} begint de ochtend na 13.00 uur.", "Zet deze tijd bij Start middag."
    if locatie.start_middag is not None and locatie.start_middag < 11 * 60:
        yield f"{locatie.naam} begint de middag vóór 11.00 uur.", "Zet deze tijd bij Start ochtend."
    if not locatie.duur:
        yield f"{locatie.naam} duurt 0 minuten.", "Schrijf hoelang het bezoek duurt."
    if locatie.max_groep and locatie.min_groep > locatie.max_groep:
        yield f"{locatie.naam} heeft een kleinste groep boven de grootste.", "Draai de twee getallen om."
    if not locatie.personen_per_gids or not locatie.personen_per_begeleider:
        yield f"{locatie.naam} heeft 0 personen per gids of begeleider.", "Schrijf 15, of laat de cel leeg."
