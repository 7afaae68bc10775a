"""The inventory of materials of others: what can be chosen, and the matrix of taligheid and abstraction.

In: materials. Out: the keys by which the page filters, and which material stands in which cell. It makes no page.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.model.lesmateriaal import Lesmateriaal
from builder.model.lijsten import ABSTRACTIENIVEAUS, Abstractieniveau

TALIGHEID = {
    1: "losse woorden en beelden",
    2: "korte zinnen",
    3: "een samenhangende tekst of film",
    4: "een dichte tekst",
}
ABSTRACTIE: dict[Abstractieniveau, str] = {
    "concreet": "één mens, ding of plaats",
    "verloop": "wat er gebeurde, en daarna",
    "verband": "oorzaak, rol of regel",
    "begrip": "een algemeen begrip",
}


def matrix(materiaal: Sequence[Lesmateriaal]) -> dict[tuple[int, Abstractieniveau], list[Lesmateriaal]]:
    """Return the materials in each cell of taligheid and abstraction; 0 is for those without a taligheid.

    One that spans two levels stands in both; what we advise against stands in none.
    """
    advised = [one for one in materiaal if not one.niet_aangeraden]
    return {
        (taligheid, niveau): [
            one
            for one in advised
            if niveau in one.abstractieniveaus
            and (taligheid in one.taligheid or not (taligheid or one.taligheid))
        ]
        for taligheid in (*TALIGHEID, 0)
        for niveau in ABSTRACTIENIVEAUS
    }


def keys(one: Lesmateriaal) -> dict[str, tuple[str, ...]]:
    """Return the keys of a material in each filter of the index."""
    return {
        "soort": (one.soort,),
        "voor": one.voor,
        "taalniveau": one.taalniveaus,
        "taligheid": tuple(str(number) for number in one.taligheid),
        "abstractie": one.abstractieniveaus,
        "prijs": (one.kosten,),
        "taal": one.talen,
        "beelden": (one.beelden or "nog niet bekeken",),
        "advies": ("niet aangeraden",) if one.niet_aangeraden else ("te gebruiken",),
    }


_FACETS = {
    "soort": "Soort",
    "voor": "Voor wie",
    "taalniveau": "Taalniveau (onze schatting)",
    "taligheid": "Taligheid",
    "abstractie": "Abstractie",
    "prijs": "Prijs",
    "taal": "Taal",
    "beelden": "Beelden",
    "advies": "Advies",
}


def facets(materiaal: Sequence[Lesmateriaal]) -> list[tuple[str, str, list[str]]]:
    """Return name, title and the choices that occur, of each filter with more than one choice."""
    order = ["alfa", "A1", "A2", "B1", "B2", *ABSTRACTIENIVEAUS]
    found = []
    for name, title in _FACETS.items():
        choices = {key for one in materiaal for key in keys(one)[name]}
        ordered = sorted(choices, key=lambda key: (order.index(key) if key in order else 0, key))
        if len(ordered) > 1:
            found.append((name, title, ordered))
    return found


def card(one: Lesmateriaal) -> list[tuple[str, str]]:
    """Return the rows of the page of a material; what nobody knows is said to be unknown."""
    rows = [
        ("Geschikt voor", one.geschikt_voor),
        ("Voor wie", f"{' en '.join(one.voor)}. Gemaakt voor: {one.publiek}."),
        ("Maker", one.maker),
        ("Taalniveau", ", ".join(one.taalniveaus) or "geen schatting"),
        ("Taligheid", " of ".join(f"{number}: {TALIGHEID[number]}" for number in one.taligheid) or "niet ingedeeld"),
        ("Abstractie", level(one)),
        ("Taal", ", ".join(one.talen)),
        ("Tijd", one.duur or (f"{one.minuten} minuten" if one.minuten else "onbekend")),
        ("Prijs", one.prijs or "onbekend"),
        ("Beelden", one.beelden or "nog niet bekeken"),
        ("Licentie", one.licentie or "onbekend, vraag de maker voor je kopieert"),
    ]  # fmt: skip
    return [(name, value) for name, value in rows if value]


def page_path(one: Lesmateriaal) -> str:
    """Return the page of a material, with its ending."""
    return f"materialen/{one.id}.html"


def level(one: Lesmateriaal) -> str:
    """Return the abstraction levels with their numbers, 1 concreet to 4 begrip."""
    return ", ".join(f"{ABSTRACTIENIVEAUS.index(name) + 1} {name}" for name in one.abstractieniveaus)
