"""What a coordinator does with a sentence that says what helps: the words become changes of the sheet.

The tests read the sentence as it is shown and know nothing of how it was made; a sentence that is not understood fails.
"""

from __future__ import annotations

import re
from dataclasses import replace

from builder.visits.nouns import (
    DAGDELEN,
    NIVEAUS,
    WEEKDAGEN,
    Aanvraag,
    Bezoek,
    Gids,
    Groep,
    Locatie,
    Reistijd,
)
from builder.visits.regroup import in_parts, together

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


def split_hint(hint: str, places: list[str]) -> tuple[list[str], list[str]]:
    """Return the places and the sentences of a hint."""
    head, _, said = hint.partition(": ")
    named = [name for name in places if re.search(rf"\b{re.escape(name)}(?!\w)", head)]
    said = said.removeprefix("dit is alleen samen genoeg. ")
    said = re.sub(r" (Het past|De groep gaat dan)", r" ~\1", said)  # these go with the sentence before
    return named, [one.strip().replace("~", "") for one in re.split(r"(?<=\.) (?=[A-Z])", said)]


def follow(
    request: Aanvraag, names: tuple[str, ...], place: str, said: str
) -> tuple[Aanvraag, tuple[str, ...]]:
    """Return the request after one sentence, and the groups that the group then is."""

    def groups(**values: object) -> Aanvraag:
        made = [replace(one, **values) if one.naam in names else one for one in request.groepen]  # type: ignore[arg-type]
        return replace(request, groepen=tuple(made))

    def there(**values: object) -> Aanvraag:
        made = [replace(one, **values) if one.naam == place else one for one in request.locaties]  # type: ignore[arg-type]
        return replace(request, locaties=tuple(made))

    group: Groep = request.groep(names[0])
    site: Locatie = request.locatie(place)
    if said == "Zoek nog een begeleider.":
        return groups(begeleiders=group.begeleiders + 1), names
    if match := re.fullmatch(r"Zoek (\d+) begeleiders erbij\.", said):
        return groups(begeleiders=group.begeleiders + int(match[1])), names
    if said.startswith("Kies ja bij Mag in delen."):
        return groups(splitsen=True), names
    if match := re.fullmatch(r"Maak er (\d+) groepen van, elk met een eigen bezoek\.", said):
        made = in_parts(request, request.groepen.index(group), int(match[1]))
        return made.aanvraag, made.wie[group.naam]
    if match := re.fullmatch(r"Ga samen met (.+), dat zijn \d+ deelnemers\.", said):
        other = request.groepen.index(request.groep(match[1]))
        made = together(request, request.groepen.index(group), other)
        visits = tuple(one for one in request.bezoeken if one.groep != match[1])
        return replace(made.aanvraag, bezoeken=visits), made.wie[group.naam]
    if said == "Vraag of een tolk mee mag.":
        return there(tolk=True), names
    if match := re.fullmatch(r"Vraag of de locatie een rondleiding op niveau (\S+) heeft\.", said):
        guides = [replace(one, niveaus=NIVEAUS) if one.locatie == place else one for one in request.gidsen]
        return replace(there(niveaus=(*site.niveaus, match[1])), gidsen=tuple(guides)), names
    if match := re.fullmatch(r"Vraag om vervoer op het terrein voor (\d+) mensen\.", said):
        return there(pendel=int(match[1])), names
    if said == "Vraag of er toch 1 groep kan.":
        return there(groepen_per_dagdeel=1), names
    if said.startswith("Vraag na wat niet bekend is."):
        unknown = {"groepen_per_dagdeel": 1, "ziet": "beelden", "niveaus": NIVEAUS}
        found = {key: value for key, value in unknown.items() if getattr(site, key) in (None, "", ())}
        if site.prijs_persoon is None and site.prijs_groep is None:
            found["prijs_persoon"] = 0
        if site.groepen_per_dagdeel is None and site.reken_met_een:
            del found["groepen_per_dagdeel"]
        return there(**found), names
    if match := re.fullmatch(r"Geef de groep een budget van € ([\d.]+),00\.", said):
        return groups(budget=100 * int(match[1].replace(".", ""))), names
    if match := re.fullmatch(r"Maak het budget per persoon € ([\d.]+),(\d\d)\.", said):
        each = 100 * int(match[1].replace(".", "")) + int(match[2])
        return replace(request, instellingen=replace(request.instellingen, budget_persoon=each)), names
    if match := re.fullmatch(r"Maak het budget totaal € ([\d.]+),00\.", said):
        total = 100 * int(match[1].replace(".", ""))
        return replace(request, instellingen=replace(request.instellingen, budget_totaal=total)), names
    if said == "Reis met een eigen bus.":
        return groups(vervoer="bus"), names
    if match := re.fullmatch(r"Meet de reis na\. Het past tot (\d+) minuten\.", said):
        return replace(request, reistijden=(Reistijd(group.plaats, place, int(match[1]), 0),)), names
    if match := re.fullmatch(r"Zet Reistijd hoogstens op (\d+)\.", said):
        return groups(reistijd=int(match[1])), names
    if match := re.fullmatch(r"Voeg (\w\w) toe bij Bezoekdagen\.", said):
        return groups(dagen=tuple(sorted({*group.dagen, WEEKDAGEN.index(match[1])}))), names
    if re.fullmatch(r"Vraag of de (ochtend|middag) toch kan\.", said):
        return groups(dagdelen=DAGDELEN), names
    if "les vóór het bezoek" in said or "les na het bezoek" in said:  # a lesson that is not in the sheet
        rows = tuple(one for one in request.sluitingen if one.wat == "dicht" and one.geldt_voor == "locatie")
        return replace(groups(lesdagen=EVERY_DAY, geen_les=()), sluitingen=rows), names
    if said == "Vraag of er een extra dag kan.":
        return there(dagen=EVERY_DAY), names
    if re.fullmatch(r"Vraag of er een bezoek in de (ochtend|middag) kan\.", said):
        return there(start_ochtend=600, start_middag=810), names
    if "Vraag om een gids" in said or "Vraag om meer gidsen" in said:
        return replace(request, gidsen=(*request.gidsen, Gids(place, 9, group.talen, NIVEAUS))), names
    if said == "Vraag of de locatie sneller kan.":
        return there(aanvraag=0), names
    if said == "Maak Vanaf of Tot en met ruimer.":
        return groups(van=None, tot=None), names
    raise AssertionError(f"no coordinator knows what to do with: {said}")


def pinned(request: Aanvraag, visits: list[Bezoek]) -> Aanvraag:
    """The request in which these visits stay where they are."""
    return replace(request, bezoeken=tuple(replace(one, vast=True) for one in visits))
