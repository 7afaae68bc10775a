"""Whether the cards of the handreiking can be trusted: numbers for help with a source, and lately looked up.

In: the bank and, for freshness, the reference date. Out: numbers in the wegwijzer without a bron or with a bron that
nobody read, and materials, places and organisations that are due for another look (C502, as for questions). It
dials no number and opens no address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from builder.checks.context import Context
from builder.checks.freshness import C502, later
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.dutch import dutch_date
from builder.model.itembank import Itembank

C561 = Rule(
    "C561",
    "nummer-zonder-bron",
    Severity.ERROR,
    "Wie hulp nodig heeft, belt maar één keer. Een nummer zonder bron kan verkeerd zijn. Dan is geen nummer beter.",
    "telefoon: 0800-1234, zonder bronnen",
    "Een nummer met de bron erbij, of geen nummer.",
)
C562 = Rule(
    "C562",
    "nummer-niet-zelf-gezien",
    Severity.ERROR,
    "Een nummer voor hulp komt van de organisatie zelf of van de overheid. Die pagina moet iemand gelezen hebben.",
    "Een nummer waarvan de bron alleen uit de feitenlijst komt (hoe: domeinbestand).",
    "Een nummer waarvan de bron is gezien (hoe: live of kopie).",
)
RULES = (C561, C562)

# The one number that is certain beforehand.
CERTAIN = "112"
# How many months a card may wait: what people dial or travel to sooner than what they read.
MONTHS = {"wegwijzer": 6, "locatie": 6, "lesmateriaal": 12}
_EVERY = {6: "elk half jaar", 12: "elk jaar"}


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the numbers of the wegwijzer that nobody can look up."""
    for index, wegwijs in enumerate(bank.wegwijzer.values()):
        if not wegwijs.telefoon or wegwijs.telefoon == CERTAIN:
            continue
        at = bank.locate("wegwijzer", "wegwijzer", index, "telefoon")
        seen = [bank.bronnen[found.id].gezien.hoe for found in wegwijs.bronnen if found.id in bank.bronnen]
        if not wegwijs.bronnen:
            yield Diagnostic(
                C561,
                at,
                f"Bij {wegwijs.naam} staat een nummer zonder bron.",
                "Zet de bron erbij: de pagina van de organisatie zelf of van de overheid. Of haal het nummer weg.",
            )
        elif seen and all(hoe == "domeinbestand" for hoe in seen):
            yield Diagnostic(
                C562,
                at,
                f"Het nummer van {wegwijs.naam} komt van een pagina die niemand zag.",
                "Open de pagina en zet bij die bron hoe: live. Of haal het nummer weg.",
            )


def check_freshness(bank: Itembank, context: Context) -> Iterator[Diagnostic]:
    """Yield the cards that are due for another look on the reference date; nothing when that is unknown."""
    if context.today is None:
        return
    for kind, at, checked, seen in _cards(bank):
        looked = checked or seen
        if looked and later(date.fromisoformat(looked), MONTHS[kind]) < context.today:
            how = "nagekeken" if checked else "gezien"
            yield Diagnostic(
                C502,
                at,
                f"Dit is het laatst {how} op {dutch_date(looked)}. Nakijken hoort {_EVERY[MONTHS[kind]]}.",
                "Kijk het na bij de maker of de plek zelf en zet de datum bij gecontroleerd_op.",
            )


def _cards(bank: Itembank) -> Iterable[tuple[str, Location, str, str]]:
    """Yield kind, place, the day it was checked (or empty) and the day somebody saw it (or empty)."""
    for index, wegwijs in enumerate(bank.wegwijzer.values()):
        seen = max(
            (bank.bronnen[v.id].gezien.op for v in wegwijs.bronnen if v.id in bank.bronnen), default=""
        )
        at = bank.locate("wegwijzer", "wegwijzer", index, "gecontroleerd_op")
        yield "wegwijzer", at, wegwijs.gecontroleerd_op, seen
    for kind, cards in (("locatie", bank.locaties), ("lesmateriaal", bank.lesmateriaal)):
        for name, card in cards.items():
            field = ("gecontroleerd_op",) if card.gecontroleerd_op else ("gezien", "op")
            yield kind, bank.locate(name, *field), card.gecontroleerd_op, card.gezien.op
