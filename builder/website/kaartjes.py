"""Small cards with numbers for help, eight on an A4: to print, cut and lay somewhere.

In: the wegwijzer and its bronnen. Out: the lines of a card, and the sheet as PDF. On a card stand only numbers that
somebody read with the organisation or the government; 112 is first and the only one that needs no bron. Nothing on it
or in the name of the file says more than that these are numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from builder.model.itembank import Itembank
from builder.model.lijsten import Wegwijs
from builder.typesetting import to_pdf

TITEL = "Handige nummers"
BESTAND = "kaartjes.pdf"
_CERTAIN = "112"
_NEVER = "1980-01-01"  # with no number but 112 there is no day to tell
_GROUPS = (
    "nu",
    "advies",
    "praten",
)  # who needs help; what is for teachers or for meeting people is no such number


@dataclass(frozen=True, slots=True)
class Regel:
    """One line of a card: what to dial, who answers, and when."""

    telefoon: str
    naam: str
    bereikbaar: str


def lines(bank: Itembank) -> tuple[tuple[Regel, ...], str]:
    """Return the lines of a card, 112 first, and the day on which its numbers were last seen (or empty)."""
    found: dict[str, Wegwijs] = {}
    seen = ""
    for group in _GROUPS:
        for one in bank.wegwijzer.values():
            if one.groep != group or not one.telefoon or one.telefoon in found:
                continue
            days = _read_on(bank, one)
            if days or one.telefoon == _CERTAIN:
                found[one.telefoon] = one
            if days and one.telefoon != _CERTAIN:
                oldest = max(days)
                seen = min(seen, oldest) if seen else oldest
    first = sorted(found.values(), key=lambda one: one.telefoon != _CERTAIN)
    return tuple(
        Regel(
            one.telefoon,
            one.naam.removeprefix(one.telefoon).strip() or _first(one.waarvoor),
            _first(one.bereikbaar),
        )
        for one in first
    ), seen


def sheet(bank: Itembank) -> bytes:
    """Return eight cards on an A4 as PDF, dated when its numbers were seen; the same bytes for the same numbers.

    Raises `TypesettingError` for a sign that has no letter.
    """
    rows, seen = lines(bank)
    data = {
        "titel": TITEL,
        "gezien": seen,
        "regels": [
            {"telefoon": row.telefoon, "naam": row.naam, "bereikbaar": row.bereikbaar} for row in rows
        ],
    }
    return to_pdf("kaartjes.typ", data, {}, date.fromisoformat(seen or _NEVER))


def _read_on(bank: Itembank, one: Wegwijs) -> list[str]:
    """Return the days on which somebody read a bron of a number; a list of facts is no such reading."""
    bronnen = [bank.bronnen[found.id] for found in one.bronnen if found.id in bank.bronnen]
    return [bron.gezien.op for bron in bronnen if bron.gezien.hoe != "domeinbestand"]


def _first(text: str) -> str:
    """Return the first sentence, without its full stop."""
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0].rstrip(".")
