"""Statistiek: the dated summary of one administration, per question and version; and what it says of an item now.

In: documents that people commit. Out: the nouns, and look-ups by item. No person is in it, only counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.model.itembank import Itembank

# Below this number of persons chance decides too much to choose items by.
ENOUGH = 50


@dataclass(frozen=True, slots=True)
class Vraagstatistiek:
    """A question as it was taken. `p` is the share right; `opties` the share per option in the order of the item."""

    id: str
    versie: int
    digest: str
    personen: int
    p: float
    leeg: float
    rit: float | None = None
    rir: float | None = None
    b: float | None = None
    se: float | None = None
    opties: tuple[float, ...] = ()
    let_op: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statistiek:
    """One administration: which toets, when, how many persons, and its questions."""

    id: str
    datum: str
    personen: int
    vragen: tuple[Vraagstatistiek, ...]
    toets: str = ""
    gemiddelde: float | None = None
    sd: float | None = None
    alfa: float | None = None
    sem: float | None = None
    cesuur: int | None = None


@dataclass(frozen=True, slots=True)
class Afname:
    """A question in one administration. `huidig`: it was taken with the text of now."""

    statistiek: Statistiek
    vraag: Vraagstatistiek
    huidig: bool


def administrations(bank: Itembank) -> dict[str, tuple[Afname, ...]]:
    """Return for each item when it was taken, oldest first."""
    from builder.model.digest import item_digest

    digests: dict[str, str] = {}
    made: dict[str, list[Afname]] = {}
    for statistiek in sorted(bank.statistieken.values(), key=lambda one: (one.datum, one.id)):
        for vraag in statistiek.vragen:
            if vraag.id not in bank.items:
                continue
            if vraag.id not in digests:
                digests[vraag.id] = item_digest(bank, bank.items[vraag.id])
            made.setdefault(vraag.id, []).append(Afname(statistiek, vraag, vraag.digest == digests[vraag.id]))
    return {item: tuple(found) for item, found in sorted(made.items())}


def known_difficulties(bank: Itembank) -> dict[str, int]:
    """Return the percentage right of each item with enough answers on its present text, over all administrations."""
    known = {}
    for item, found in administrations(bank).items():
        now = [one.vraag for one in found if one.huidig]
        persons = sum(vraag.personen for vraag in now)
        if persons >= ENOUGH:
            known[item] = round(100 * sum(vraag.p * vraag.personen for vraag in now) / persons)
    return known
