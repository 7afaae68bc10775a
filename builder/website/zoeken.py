"""The index of the search page: which words stand in which row, and all that the page needs.

In: the bank and the rows of `zoekrijen.py`. Out: plain data for `data/zoeken.js`.
Words are folded (no accents, small letters). The page itself cuts them to their stem, with the Dutch stemmer of
Snowball in `js/stam-nl.js`: so nothing here has to agree with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from builder.model.itembank import Itembank
from builder.website.eindterm_pages import short_title
from builder.website.zoekrijen import SOORTEN, TIJDEN, Rij
from builder.website.zoekwoorden import STOPWORDS, accented, known, words

# How much a word counts, from 0 to 7. At 0 it comes from the text of the eindterm only: nearly the same for many rows,
# so the page looks at it when nothing else fits. The short title of an eindterm says what all its rows are about: it
# always counts, but less than any word of the row itself. What a lesson is about counts more than the same word in a
# question.
VIA_EINDTERM, VIA_TITLE, TEXT, ABOUT, LES_ABOUT, TITLE = 0, 1, 2, 3, 4, 7
STEP = 8


def index(found: Sequence[Rij]) -> dict[str, list[int]]:
    """Return, for each word, the rows that hold it: eight times the number of the row, plus how much it counts there."""
    made: dict[str, dict[int, int]] = {}
    for number, rij in enumerate(found):
        for counts, text in _weighed(rij):
            for word in words(text):
                made.setdefault(word, {}).setdefault(number, counts)
    return {word: [STEP * number + counts for number, counts in made[word].items()] for word in sorted(made)}


def _weighed(rij: Rij) -> tuple[tuple[int, str], ...]:
    """Return the texts of a row with how much they count, the most first."""
    about = f"{rij.kern} {rij.thema} {' '.join(rij.eindtermen)}"
    if rij.soort == "vraag":  # it has no title of its own: its stem counts as what it is about
        return (
            (TITLE, rij.id),
            (ABOUT, f"{rij.titel} {about}"),
            (TEXT, rij.uitleg),
            (VIA_TITLE, rij.kort),
            (VIA_EINDTERM, rij.verwant),
        )
    les = rij.soort == "les"
    return (
        (TITLE, f"{rij.id} {rij.titel}"),
        (LES_ABOUT if les else ABOUT, f"{about} {rij.uitleg}"),
        (ABOUT if les else TEXT, rij.woorden),
        (VIA_TITLE, rij.kort),
        (VIA_EINDTERM, rij.verwant),
    )


def facets(bank: Itembank, found: Sequence[Rij]) -> list[dict[str, Any]]:
    """Return the facets with the choices that occur: name, title, and pairs of key and words."""
    themas = [(thema.slug, thema.titel) for thema in bank.themas] + [("pvt", "Participatieverklaring")]
    wanted: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("soort", "Soort", list(SOORTEN.items())),
        ("thema", "Thema", themas),
        (
            "eindterm",
            "Eindterm",
            [(nummer, f"{nummer} {short_title(bank, nummer)}") for nummer in bank.eindterm_nummers()],
        ),
        ("taalniveau", "Taalniveau", [(name, name) for name in ("alfa", "A1", "A2", "B1", "B2")]),
        (
            "abstractie",
            "Abstractieniveau",
            [
                ("concreet", "concreet: één mens of ding"),
                ("verloop", "verloop: wat er gebeurde"),
                ("verband", "verband: oorzaak of regel"),
                ("begrip", "begrip: een algemeen woord"),
            ],
        ),
        ("tijd", "Tijd", [(key, words) for key, words, _ in TIJDEN]),
        (
            "werkvorm",
            "Werkvorm",
            [(name, name) for name in sorted({w for rij in found for w in rij.werkvorm})],
        ),
        ("gevoelig", "Gevoelig onderwerp", [("ja", "ja"), ("nee", "nee")]),
    ]
    there = {name: {key for rij in found for key in keys(rij)[name]} for name, _, _ in wanted}
    return [
        {"naam": name, "titel": title, "keuzes": [choice for choice in choices if choice[0] in there[name]]}
        for name, title, choices in wanted
        if there[name]
    ]


def keys(rij: Rij) -> dict[str, tuple[str, ...]]:
    """Return the keys of a row in each facet."""
    return {
        "soort": (rij.soort,),
        "thema": (rij.thema,) if rij.thema else (),
        "eindterm": rij.eindtermen,
        "taalniveau": rij.taalniveaus,
        "abstractie": rij.abstractieniveaus,
        "tijd": (rij.tijd,) if rij.tijd else (),
        "werkvorm": rij.werkvorm,
        "gevoelig": ("ja" if rij.gevoelig else "nee",),
    }


def data(
    bank: Itembank, found: Sequence[Rij], synonyms: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> dict[str, Any]:
    """Return all that the search page needs."""
    made = index(found)
    return {
        "facetten": facets(bank, found),
        "rijen": [
            {
                "soort": rij.soort,
                "id": rij.id,
                "titel": rij.titel,
                "adres": rij.adres,
                "uitleg": rij.uitleg,
                "minuten": rij.minuten,
                "sleutels": keys(rij),
            }
            for rij in found
        ],
        "woorden": made,
        "geschreven": accented(
            text for rij in found for text in (rij.titel, rij.uitleg, rij.kern, rij.woorden, rij.kort)
        ),
        "synoniemen": known(synonyms, made),
        "stopwoorden": sorted(STOPWORDS),
    }
