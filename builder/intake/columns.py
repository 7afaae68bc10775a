"""The columns of our template: their headings, what they mean, what may be chosen.

In: a heading as somebody typed it. Out: which column it is. The template, the reader and the workbook that goes back
all use this one list. It knows no workbook.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import get_args

from builder.model.lijsten import (
    ABSTRACTIENIVEAUS,
    TAALNIVEAUS,
    Beheersing,
    Herkomst,
    Licentie,
    Stof,
    Veroudert,
)

LETTERS = "ABCD"
YES_NO = ("ja", "nee")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column. `pointer` is the part of an item it holds; `extra` columns stand only where they are used."""

    key: str
    title: str
    width: float
    pointer: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    extra: bool = False
    aliases: tuple[str, ...] = ()


def _answers() -> tuple[Heading, ...]:
    made: list[Heading] = []
    for place, letter in enumerate(LETTERS):
        low, number = letter.lower(), str(place + 1)
        made.append(
            Heading(
                f"tekst_{low}",
                f"Antwoord {letter}",
                26,
                f"/opties/{place}/tekst",
                aliases=(f"optie {low}", f"antwoord {number}", f"optie {number}", letter),
            )
        )
        made.append(
            Heading(
                f"uitleg_{low}",
                f"Uitleg {letter}",
                32,
                f"/opties/{place}/toelichting",
                hint="Waarom is dit antwoord goed, of waarom klopt het niet? Eén of twee zinnen.",
                aliases=(
                    f"toelichting {low}",
                    f"feedback {low}",
                    f"uitleg {number}",
                    f"toelichting {number}",
                ),
            )
        )
    return tuple(made)


def _answer_pictures() -> tuple[Heading, ...]:
    return tuple(
        heading
        for place, letter in enumerate(LETTERS)
        for heading in (
            Heading(
                f"plaatje_{letter.lower()}",
                f"Plaatje {letter}",
                20,
                f"/opties/{place}/afbeelding/bestand",
                extra=True,
            ),
            Heading(
                f"beschrijving_{letter.lower()}",
                f"Beschrijving plaatje {letter}",
                26,
                f"/opties/{place}/afbeelding/alt",
                extra=True,
            ),
        )
    )


HEADINGS: tuple[Heading, ...] = (
    Heading(
        "nummer",
        "Jouw nummer",
        10,
        "/ingelezen_uit",
        hint="Mag leeg blijven. Met een eigen nummer herkennen we de vraag als je haar nog eens inleest.",
        aliases=("nummer", "nr", "id", "nummer in de bank"),
    ),
    Heading(
        "eindterm",
        "Eindterm",
        10,
        "/eindterm",
        hint="Kies het nummer. De teksten staan op het blad Eindtermen.",
        aliases=("eindterm nummer", "eindtermnummer"),
    ),
    Heading(
        "context",
        "Situatie",
        34,
        "/context",
        hint="Mag leeg blijven. Een of twee zinnen vóór de vraag.",
        aliases=("context", "inleiding", "casus"),
    ),
    Heading(
        "stam", "Vraag", 34, "/stam", hint="Eén hele zin met een vraagteken.", aliases=("stam", "vraagtekst")
    ),
    *_answers(),
    Heading(
        "goed",
        "Goed antwoord",
        9,
        "/opties",
        tuple(LETTERS),
        "De letter van het ene goede antwoord.",
        aliases=("goed", "sleutel", "juist", "juiste antwoord", "correct"),
    ),
    Heading(
        "plaatje",
        "Plaatje",
        20,
        "/afbeelding/bestand",
        hint="De naam van het bestand. Leg het plaatje in dezelfde map als dit werkblad.",
        aliases=("afbeelding", "bestand plaatje"),
    ),
    Heading(
        "alt",
        "Beschrijving van het plaatje",
        30,
        "/afbeelding/alt",
        hint="Wat je ziet, voor wie het plaatje niet kan zien. Verraad het antwoord niet.",
        aliases=("alt", "alt-tekst", "beschrijving plaatje"),
    ),
    Heading(
        "plaatje_maker",
        "Maker van het plaatje",
        18,
        "/afbeelding/maker",
        hint="Wie tekende of fotografeerde? Bij eigen werk: jouw rol, zoals redactie.",
        aliases=("maker plaatje",),
    ),
    Heading(
        "plaatje_licentie",
        "Licentie van het plaatje",
        16,
        "/afbeelding/licentie",
        get_args(Licentie),
        "Mag iedereen het plaatje gebruiken? Kies onder welke licentie.",
        aliases=("licentie plaatje", "licentie"),
    ),
    Heading(
        "bron",
        "Bron",
        26,
        "/bronnen",
        hint="Waar staat dat dit antwoord klopt? Kies een naam van het blad Bronnen.",
        aliases=("bronnen",),
    ),
    Heading(
        "plaats",
        "Plaats in de bron",
        22,
        "/bronnen/0/plaats",
        hint="Bijvoorbeeld: artikel 1, of bladzijde 4.",
        aliases=("plaats bron", "vindplaats"),
    ),
    Heading("taalniveau", "Taalniveau", 9, "/taalniveau", TAALNIVEAUS, aliases=("niveau",)),
    Heading(
        "abstractieniveau",
        "Abstractie",
        11,
        "/abstractieniveau",
        ABSTRACTIENIVEAUS,
        "concreet = één mens, ding of plaats. verloop = wat er gebeurde. verband = oorzaak of regel. begrip = algemeen.",
        aliases=("abstractieniveau",),
    ),
    Heading(
        "beheersing",
        "Beheersing",
        11,
        "/beheersing",
        get_args(Beheersing),
        "Wat moet de kandidaat doen: onthouden, begrijpen of toepassen?",
    ),
    Heading(
        "stof",
        "Stof",
        12,
        "/stof",
        get_args(Stof),
        "examenstof staat in de eindterm. verdieping gaat verder.",
    ),
    Heading(
        "veroudert",
        "Veroudert",
        14,
        "/veroudert",
        get_args(Veroudert),
        "Kan het antwoord volgend jaar anders zijn?",
    ),
    Heading(
        "gevoelig",
        "Gevoelig",
        9,
        "/gevoelig",
        YES_NO,
        "Kan het onderwerp mensen raken, zoals vervolging of geweld?",
    ),
    Heading(
        "trefwoorden", "Trefwoorden", 24, "/trefwoorden", hint="Met komma's ertussen.", aliases=("tags",)
    ),
    Heading(
        "herkomst",
        "Geschreven door",
        12,
        "/herkomst",
        get_args(Herkomst),
        "Schreef een mens de tekst, of een computer (zoals ChatGPT)? Wees eerlijk.",
        aliases=("herkomst",),
    ),
    Heading("indicator", "Indicator", 10, "/indicator", extra=True),
    *_answer_pictures(),
    Heading("vast", "Vaste plaats", 9, "/opties", extra=True),
    Heading("maker", "Maker van de vraag", 12, "/maker", extra=True, aliases=("maker",)),
)
BY_KEY = {heading.key: heading for heading in HEADINGS}
REMARK = "Wat moet beter"
# Columns of our own lists that say nothing about a question.
IGNORED = frozenset({"wat moet beter", "thema", "status", "versie", "oordeel", "opmerking", "opmerkingen"})
NEEDED = ("stam", "tekst_a", "tekst_b", "goed")


def plain(title: str) -> str:
    """Return a heading as it is compared: small letters, no accents, stars or doubled spaces."""
    text = unicodedata.normalize("NFKD", title.lower())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.sub(r"\(.*?\)|[*:_?.]", " ", text).split())


KNOWN = {plain(name): heading.key for heading in HEADINGS for name in (heading.title, *heading.aliases)}
