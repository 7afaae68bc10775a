"""What the search page searches in: a row for each lesson, practice question, material and place, and an index of words.

In: the bank, the documents that the site shows, and their addresses. Out: plain data for `data/zoeken.js`.
Words are folded (no accents, small letters). The page itself cuts them to their stem, with the Dutch stemmer of
Snowball in `js/stam-nl.js`: so nothing here has to agree with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from builder.checks.texts import HOLOCAUST_EINDTERM
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lesmateriaal import Lesmateriaal
from builder.model.locatie import Locatie
from builder.website.eindterm_pages import short_title
from builder.website.materialen import page_path
from builder.website.zoekwoorden import STOPWORDS, accented, known, words

SOORTEN = {
    "les": "Lessen",
    "vraag": "Oefenvragen",
    "lesmateriaal": "Materiaal van anderen",
    "locatie": "Bezoeken",
}
# How long a lesson takes: key in the address, words on the page, the most minutes.
TIJDEN = (
    ("30", "tot 30 minuten", 30),
    ("60", "31 tot 60 minuten", 60),
    ("meer", "langer dan 60 minuten", 10_000),
)
# How much a word counts, from 0 to 7. At 0 it comes from the text of the eindterm only: nearly the same for many rows,
# so the page looks at it when nothing else fits. What a lesson is about counts more than the same word in a question.
VIA_EINDTERM, TEXT, ABOUT, LES_ABOUT, TITLE = 0, 1, 2, 3, 6
STEP = 8


@dataclass(frozen=True, slots=True)
class Rij:
    """One thing that can be found, with its choices per facet.

    The index also reads `kern` (what it is about), `woorden` (other text) and `verwant` (of its eindtermen).
    """

    soort: str
    id: str
    titel: str
    adres: str
    uitleg: str
    thema: str
    eindtermen: tuple[str, ...]
    taalniveaus: tuple[str, ...]
    abstractieniveaus: tuple[str, ...]
    minuten: int
    werkvorm: tuple[str, ...]
    gevoelig: bool
    woorden: str
    kern: str = ""
    verwant: str = ""

    @property
    def tijd(self) -> str:
        """The key of how long it takes, empty for what has no minutes."""
        if not self.minuten:
            return ""
        return next(key for key, _, most in TIJDEN if self.minuten <= most)


def rows(
    bank: Itembank, lessen: Iterable[Les], items: Iterable[Item], address: Mapping[str, str]
) -> tuple[Rij, ...]:
    """Return a row for each of these documents; `address` tells where the page of an id is."""
    found = [_of_les(bank, les, address[les.id]) for les in lessen]
    found += [_of_item(bank, item, address[item.id]) for item in items]
    # what we advise against is found on its own page only, where the reason stands
    found += [_of_lesmateriaal(bank, one) for one in bank.lesmateriaal.values() if not one.niet_aangeraden]
    found += [_of_locatie(bank, one) for one in bank.locaties.values()]
    return tuple(found)


def _of_les(bank: Itembank, les: Les, adres: str) -> Rij:
    text = [*(doel.tekst for doel in les.doelen), *(woord.woord for woord in les.woorden)]
    return Rij(
        "les",
        les.id,
        les.titel,
        adres,
        les.samenvatting,
        les.thema,
        les.eindtermen,
        les.taalniveaus,
        (les.abstractieniveau,),
        les.minuten,
        les.werkvorm,
        les.gevoelig,
        " ".join(text),
        " ".join(les.trefwoorden),
        _summaries(bank, les.eindtermen),
    )


def _of_item(bank: Itembank, item: Item, adres: str) -> Rij:
    # the options are left out: a search must not tell which words belong to an answer
    return Rij(
        "vraag",
        item.id,
        item.stam,
        adres,
        item.context,
        item.thema,
        (item.eindterm,),
        (item.taalniveau,),
        (item.abstractieniveau,),
        0,
        (),
        item.gevoelig,
        "",
        " ".join(item.trefwoorden),
        _summaries(bank, (item.eindterm,)),
    )


def _of_lesmateriaal(bank: Itembank, one: Lesmateriaal) -> Rij:
    return Rij(
        "lesmateriaal",
        one.id,
        one.titel,
        page_path(one),
        one.samenvatting,
        _thema(bank, one.eindtermen),
        one.eindtermen,
        one.taalniveaus,
        one.abstractieniveaus,
        one.minuten or 0,
        (),
        HOLOCAUST_EINDTERM in one.eindtermen,
        " ".join((one.maker, one.soort, one.publiek, one.geschikt_voor, *one.talen)),
    )


def _of_locatie(bank: Itembank, one: Locatie) -> Rij:
    return Rij(
        "locatie",
        one.id,
        one.naam,
        f"bezoeken/{one.id}.html",
        one.samenvatting,
        _thema(bank, one.eindtermen),
        one.eindtermen,
        one.taalniveaus,
        (),
        one.duur or 0,
        ("bezoek",),
        HOLOCAUST_EINDTERM in one.eindtermen,
        f"{one.plaats} {one.provincie} {one.soort} bezoek excursie {one.programma}",
    )


def _summaries(bank: Itembank, eindtermen: Sequence[str]) -> str:
    return " ".join(bank.eindterm(nummer).samenvatting for nummer in eindtermen if bank.has_eindterm(nummer))


def _thema(bank: Itembank, eindtermen: Sequence[str]) -> str:
    """Return the thema of the first eindterm that is there, or an empty text."""
    return next((bank.thema_of(nummer).slug for nummer in eindtermen if bank.has_eindterm(nummer)), "")


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
            (VIA_EINDTERM, rij.verwant),
        )
    les = rij.soort == "les"
    return (
        (TITLE, f"{rij.id} {rij.titel}"),
        (LES_ABOUT if les else ABOUT, f"{about} {rij.uitleg}"),
        (ABOUT if les else TEXT, rij.woorden),
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
            text for rij in found for text in (rij.titel, rij.uitleg, rij.kern, rij.woorden)
        ),
        "synoniemen": known(synonyms, made),
        "stopwoorden": sorted(STOPWORDS),
    }
