"""Whether a status is deserved: what an item or les needs for review, and who must have approved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from builder.diagnostics import Diagnostic, Rule, Severity, place_in_words
from builder.model.digest import item_digest, les_digest
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lifecycle import APPROVED, usable_for
from builder.model.usage import answered_otherwise, blind_reading, read_well

C310 = Rule(
    "C310",
    "bron-ontbreekt",
    Severity.ERROR,
    "Een tweede lezer moet kunnen nazien dat het antwoord klopt. Daarvoor is een bron nodig.",
    "status: review\nbronnen: []",
    "bronnen:\n  - id: regeling-inburgering-2021",
)
C311 = Rule(
    "C311",
    "toelichting-ontbreekt",
    Severity.ERROR,
    "Van elk antwoord leert een cursist iets, ook van een fout antwoord. Dat staat in de toelichting.",
    "- tekst: De apotheek\n  juist: false",
    "- tekst: De apotheek\n  juist: false\n  toelichting: Een apotheek geeft medicijnen.",
)
C312 = Rule(
    "C312",
    "goedkeuring-ontbreekt",
    Severity.ERROR,
    "Vastgesteld, gepubliceerd en geheim betekenen: twee mensen hebben deze tekst goedgekeurd. Anders is het label niet eerlijk.",
    "status: gepubliceerd, zonder beoordelingen van mensen",
    "status: review, tot twee mensen de tekst hebben goedgekeurd",
)
C313 = Rule(
    "C313",
    "geheim-in-openbare-bank",
    Severity.ERROR,
    "Een geheime vraag hoort nooit in dit openbare project. Wat hier eens stond, blijft in de geschiedenis te lezen.",
    "status: geheim in de map items",
    "Een geheime vraag in de besloten bank, een map buiten dit project",
)
C314 = Rule(
    "C314",
    "todo",
    Severity.ERROR,
    "TODO betekent dat er nog iets moet komen. Zo gaat een vraag of les niet naar een lezer.",
    "stam: TODO schrijf hier de vraag?",
    "stam: Wie belt u bij brand?",
)
C315 = Rule(
    "C315",
    "blinde-lezer-koos-anders",
    Severity.WARNING,
    "Een lezer zonder sleutel gaf een ander antwoord. Misschien is een ander antwoord ook goed, of is de sleutel fout.",
    "antwoord: 1 in de beoordeling, en juist: true bij optie 2",
    "Een vraag waarbij de lezer zonder sleutel hetzelfde koos.",
)
C316 = Rule(
    "C316",
    "nog-niet-blind-gelezen",
    Severity.ADVICE,
    "Een vraag mag pas in een oefentoets als iemand haar zonder sleutel heeft beantwoord, met de tekst van nu.",
    "status: review, zonder een blinde beoordeling",
    "status: review, met een beoordeling van de tekst van nu",
)
RULES = (C310, C311, C312, C313, C314, C315, C316)


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield what an item or les lacks for the status that it has."""
    yield from check_items(bank)
    yield from check_rest(bank)


def check_items(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield what each item lacks: it needs nothing of other items."""
    for item in bank.items.values():
        if item.status == "vervallen":
            continue
        if item.status == "geheim":
            yield Diagnostic(
                C313,
                bank.locate(item.id, "status"),
                "Deze vraag is geheim, maar staat in de openbare bank.",
                "Haal haar hier weg en maak een nieuwe vraag in de besloten bank.",
            )
        if item.status != "concept":
            yield from _complete(bank, item)
            yield from _todo(bank, item)
        if item.status in APPROVED:
            yield from _approved(bank, item)
        if usable_for(item, "oefenen"):
            yield from _read_blind(bank, item)


def check_rest(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield what each les lacks."""
    for les in bank.lessen.values():
        if les.status == "geheim":
            yield Diagnostic(
                C313,
                bank.locate(les.id, "status"),
                "Een les kan niet geheim zijn: lessen zijn er voor iedereen.",
                "Kies een andere status.",
            )
        if les.status not in ("concept", "vervallen"):
            yield from _todo(bank, les)
        if les.status in ("vastgesteld", "gepubliceerd"):
            yield from _approved(bank, les)


def _complete(bank: Itembank, item: Item) -> Iterator[Diagnostic]:
    if not item.bronnen:
        yield Diagnostic(
            C310,
            bank.locate(item.id, "bronnen"),
            "Vul de bron in. Waar staat dat dit antwoord klopt?",
            "Zet bij bronnen een naam uit content/bronnen.yaml, of maak de status concept.",
        )
    for index, optie in enumerate(item.opties):
        if not optie.toelichting:
            yield Diagnostic(
                C311,
                bank.locate(item.id, "opties", index),
                f"Bij antwoord {index + 1} ontbreekt de toelichting.",
                "Schrijf in één of twee zinnen waarom dit goed is of niet klopt.",
            )


def _todo(bank: Itembank, document: Item | Les) -> Iterator[Diagnostic]:
    for path, text in _texts(document):
        if "TODO" in text:
            yield Diagnostic(
                C314,
                bank.locate(document.id, *path),
                f"Bij {place_in_words(path)} staat nog TODO.",
                "Vul de tekst in, of maak de status concept.",
            )


def _texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text in a document with its path; what reviewers wrote about it is not part of it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _texts(part, (*path, index))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("beoordelingen", "uitzonderingen"):
                yield from _texts(getattr(value, field.name), (*path, field.name))


def _read_blind(bank: Itembank, item: Item) -> Iterator[Diagnostic]:
    if blind_reading(bank, item) is None:
        yield Diagnostic(
            C316,
            bank.locate(item.id, "status"),
            "Deze vraag is nog niet blind gelezen. Zij kan nog niet in een oefentoets.",
            f"Laat iemand anders haar beantwoorden: knm review sheet {item.id}.",
        )
    elif not read_well(bank, item):
        yield Diagnostic(
            C315,
            bank.locate(item.id, "beoordelingen"),
            "Een lezer zonder sleutel gaf een ander antwoord.",
            "Kijk of dat antwoord ook goed is, en verbeter de vraag of de sleutel.",
        )


def _approved(bank: Itembank, item: Item | Les) -> Iterator[Diagnostic]:
    digest = item_digest(bank, item) if isinstance(item, Item) else les_digest(bank, item)
    approvals = [
        review
        for review in item.beoordelingen
        if review.soort == "mens"
        and review.digest == digest
        and review.versie == item.versie
        and review.oordeel == "goed"
        and review.beoordelaar != item.maker
        and not answered_otherwise(item, review)
    ]
    roles = {review.rol for review in approvals}
    needed = {"vakinhoud", "toets-taal"} | ({"gevoeligheid"} if item.gevoelig else set())
    missing = sorted(needed - roles)
    if missing:
        yield Diagnostic(
            C312,
            bank.locate(item.id, "status"),
            f"De status is {item.status}, maar van deze tekst ontbreekt goedkeuring door een mens: {', '.join(missing)}.",
            "Maak de status review. Vraag een collega om de tekst te beoordelen.",
        )
    elif len({review.beoordelaar for review in approvals}) < 2:
        yield Diagnostic(
            C312,
            bank.locate(item.id, "status"),
            f"De status is {item.status}, maar alle goedkeuringen zijn van één mens.",
            "Maak de status review. Vraag een tweede collega om de tekst te beoordelen.",
        )
