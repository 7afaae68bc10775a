"""One right answer, different options, an explanation with each: what makes an item answerable."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.item import Item
from builder.model.itembank import Itembank

C301 = Rule(
    "C301",
    "geen-goed-antwoord",
    Severity.ERROR,
    "Zonder goed antwoord kan niemand de vraag goed hebben.",
    "Drie opties met juist: false.",
    "Eén optie met juist: true.",
)
C302 = Rule(
    "C302",
    "meer-goede-antwoorden",
    Severity.ERROR,
    "Bij een meerkeuzevraag is één antwoord goed. Bij twee goede antwoorden is de uitslag niet eerlijk.",
    "Twee opties met juist: true.",
    "Eén optie met juist: true.",
)
C303 = Rule(
    "C303",
    "gelijke-opties",
    Severity.ERROR,
    "Twee gelijke antwoorden verraden elkaar, of maken de vraag onmogelijk.",
    "- tekst: De huisarts\n- tekst: de huisarts",
    "- tekst: De huisarts\n- tekst: De apotheek",
)
RULES = (C301, C302, C303)


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about keys and options of every item."""
    for item in bank.items.values():
        yield from _key(bank, item)
        yield from _equal(bank, item)


def _key(bank: Itembank, item: Item) -> Iterator[Diagnostic]:
    right = [index for index, optie in enumerate(item.opties) if optie.juist]
    if not right and item.status == "concept":
        return  # its author has not chosen yet
    if not right:
        yield Diagnostic(
            C301,
            bank.locate(item.id, "opties"),
            "Kies één goed antwoord. Nu is er geen antwoord goed.",
            "Zet bij het goede antwoord: juist: true.",
        )
    elif len(right) > 1:
        yield Diagnostic(
            C302,
            bank.locate(item.id, "opties", right[1], "juist"),
            f"Kies één goed antwoord. Nu zijn er {len(right)} goed.",
            "Zet bij de andere: juist: false.",
        )


def _equal(bank: Itembank, item: Item) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for index, optie in enumerate(item.opties):
        key = " ".join(unicodedata.normalize("NFC", optie.tekst).casefold().split()).rstrip(" .!?")
        if optie.afbeelding:
            key += f"\0{optie.afbeelding.bestand}"
        if not key:
            continue
        if key in seen:
            yield Diagnostic(
                C303,
                bank.locate(item.id, "opties", index, "tekst"),
                f"Antwoord {index + 1} is gelijk aan antwoord {seen[key] + 1}.",
                "Maak er een ander antwoord van.",
            )
        seen.setdefault(key, index)
