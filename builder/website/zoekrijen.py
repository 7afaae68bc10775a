"""The rows of the search page: one for each lesson, practice question, material, place and hard moment.

In: the bank, and the lessons and questions that the site shows. Out: rows, with their choices per facet and the
texts that the index in `zoeken.py` reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.checks.texts import HOLOCAUST_EINDTERM
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lesmateriaal import Lesmateriaal
from builder.model.locatie import Locatie
from builder.model.moment import LastigMoment
from builder.website.addresses import item_path, les_path
from builder.website.eindterm_pages import short_title
from builder.website.materialen import page_path

SOORTEN = {
    "les": "Lessen",
    "vraag": "Oefenvragen",
    "lesmateriaal": "Materiaal van anderen",
    "locatie": "Bezoeken",
    "moment": "Lastige momenten",
}
# How long a lesson takes: key in the address, words on the page, the most minutes.
TIJDEN = (
    ("30", "tot 30 minuten", 30),
    ("60", "31 tot 60 minuten", 60),
    ("meer", "langer dan 60 minuten", 10_000),
)


@dataclass(frozen=True, slots=True)
class Rij:
    """One thing that can be found, with its choices per facet.

    The index also reads `kern` (what it is about), `woorden` (other text), and of its eindtermen `kort` (their short
    titles) and `verwant` (their summaries).
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
    kort: str = ""
    verwant: str = ""

    @property
    def tijd(self) -> str:
        """The key of how long it takes, empty for what has no minutes."""
        if not self.minuten:
            return ""
        return next(key for key, _, most in TIJDEN if self.minuten <= most)


def rows(bank: Itembank, lessen: Iterable[Les], items: Iterable[Item]) -> tuple[Rij, ...]:
    """Return a row for each of these documents, and for all that others made, places and hard moments of the bank."""
    found = [_of_les(bank, les) for les in lessen]
    found += [_of_item(bank, item) for item in items]
    # what we advise against is found on its own page only, where the reason stands
    found += [_of_lesmateriaal(bank, one) for one in bank.lesmateriaal.values() if not one.niet_aangeraden]
    found += [_of_locatie(bank, one) for one in bank.locaties.values()]
    found += [_of_moment(one) for one in bank.momenten.values()]
    return tuple(found)


def _of_les(bank: Itembank, les: Les) -> Rij:
    text = [*(doel.tekst for doel in les.doelen), *(woord.woord for woord in les.woorden)]
    return Rij(
        "les",
        les.id,
        les.titel,
        f"{les_path(les)}/index.html",
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
        _short_titles(bank, les.eindtermen),
        _summaries(bank, les.eindtermen),
    )


def _of_item(bank: Itembank, item: Item) -> Rij:
    # the options are left out: a search must not tell which words belong to an answer
    return Rij(
        "vraag",
        item.id,
        item.stam,
        f"{item_path(item.id)}.html",
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
        _short_titles(bank, (item.eindterm,)),
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


def _of_moment(one: LastigMoment) -> Rij:
    return Rij(
        "moment",
        one.id,
        one.titel,
        f"lastige-momenten/{one.id}.html",
        one.situatie,
        "",
        (),
        (),
        (),
        0,
        (),
        True,
        " ".join(one.uitspraken),
        " ".join(one.trefwoorden),
    )


def _short_titles(bank: Itembank, eindtermen: Sequence[str]) -> str:
    return " ".join(short_title(bank, nummer) for nummer in eindtermen if bank.has_eindterm(nummer))


def _summaries(bank: Itembank, eindtermen: Sequence[str]) -> str:
    return " ".join(bank.eindterm(nummer).samenvatting for nummer in eindtermen if bank.has_eindterm(nummer))


def _thema(bank: Itembank, eindtermen: Sequence[str]) -> str:
    """Return the thema of the first eindterm that is there, or an empty text."""
    return next((bank.thema_of(nummer).slug for nummer in eindtermen if bank.has_eindterm(nummer)), "")
