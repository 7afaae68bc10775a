"""The letter to the participants of a group, in words of level A2, in the u-form.

In: a planned visit and the settings. Out: the sentences of the letter. It knows no name of a person.
"""

from __future__ import annotations

from typing import Any

from builder.dutch import DAGEN, dutch_date
from builder.visits.nouns import Instellingen
from builder.visits.plan import Gepland
from builder.visits.values import clock


def letter(one: Gepland, settings: Instellingen) -> dict[str, Any]:
    """Return title, greeting and parts (a head and sentences) of the letter."""
    place = one.locatie
    day = f"{DAGEN[one.bezoek.dag.weekday()]} {dutch_date(one.bezoek.dag.isoformat())}"
    when = [
        f"Het bezoek is op {day}.",
        f"Wij gaan om {clock(max(0, one.weg))} uur weg.",
        f"Het bezoek begint om {clock(one.begin)} uur. Het stopt om {clock(one.einde)} uur.",
        f"Wij zijn om {clock(one.terug)} uur terug.",
    ]
    where = [f"{place.naam} is in {place.plaats}.", _travel(one.groep.vervoer)]
    if place.halte and one.groep.vervoer == "ov":
        where.append(f"Wij stappen uit bij: {place.halte}.")
    see = [
        f"U ziet daar: {place.ziet}.",
        "Dat kan moeilijk zijn. U mag altijd even weglopen.",
        "In de les praten wij er eerst over. Na het bezoek praten wij er weer over.",
    ]
    if place.overslaan:
        see.insert(2, f"Dit mag u overslaan: {place.overslaan}.")
    other = one.groep.alternatief or settings.alternatief
    free = [
        "U kiest zelf. U hoeft niet mee.",
        f"Gaat u niet mee? Dan is er dit: {other}.",
        "Dat is net zo goed. Het maakt niet uit voor uw examen.",
    ]
    photos = (
        ["Wij maken geen foto's van mensen."]
        if one.groep.fotos == "nee"
        else [
            "Wij maken alleen een foto als u ja zegt. U zegt dat op papier.",
            "U mag later altijd nee zeggen.",
        ]
    )
    return {
        "groep": one.groep.naam,
        "titel": f"Wij gaan naar {place.naam}",
        "aanhef": "Beste cursist,",
        "delen": [
            {"kop": "Wanneer?", "zinnen": when},
            {"kop": "Waar?", "zinnen": where},
            {"kop": "Wat ziet u?", "zinnen": see},
            {"kop": "Moet ik mee?", "zinnen": free},
            {"kop": "Foto's", "zinnen": photos},
            {"kop": "Wat neemt u mee?", "zinnen": ["Neem eten en drinken mee.", "Draag een warme jas en goede schoenen."]},
        ],
        "groet": "Hebt u een vraag? Vraag het aan uw docent.",
    }  # fmt: skip


def _travel(vervoer: str) -> str:
    return {
        "ov": "Wij gaan met de trein of de bus.",
        "bus": "Wij gaan met een eigen bus.",
        "fiets": "Wij gaan met de fiets.",
        "lopend": "Wij lopen er samen heen.",
    }[vervoer]


def sentences(made: dict[str, Any]) -> list[str]:
    """Return every sentence of a letter, to judge its level."""
    return [made["titel"] + ".", *(zin for deel in made["delen"] for zin in deel["zinnen"]), made["groet"]]
