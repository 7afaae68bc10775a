"""What an item may really be used for: its status, and for practice a blind reading that agrees with the key.

A blind reading is a beoordeling that holds an `antwoord`: a second reader, a person or a machine, answered without seeing
the key. It binds to the digest of the text; a changed text has to be read again. By itself it never counts as approval:
that takes the verdict of a person (`checks/lifecycle.py`), and an automatic reading is none.
"""

from __future__ import annotations

from collections.abc import Iterable

from builder.dutch import count
from builder.model.digest import item_digest
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lifecycle import USABLE, usable_for
from builder.model.lijsten import Beoordeling, Doel


def blind_reading(bank: Itembank, item: Item) -> Beoordeling | None:
    """Return the last blind reading of the text as it is now, or None when nobody read it blind.

    A person who made the question knows its key, so an answer of the maker is none.
    """
    blind = [
        found
        for found in item.beoordelingen
        if found.antwoord is not None and (found.soort == "automatisch" or found.beoordelaar != item.maker)
    ]
    if not blind:
        return None
    digest = item_digest(bank, item)
    present = [found for found in blind if found.digest == digest]
    return present[-1] if present else None


def answered_otherwise(document: Item | Les, entry: Beoordeling) -> bool:
    """Tell whether a reader answered the item otherwise than its key says. Such a verdict is no approval.

    It asks nothing about the digest: hold it against entries about the present text only, since a key can change.
    """
    if not isinstance(document, Item) or entry.antwoord is None:
        return False
    return document.sleutel is None or entry.antwoord != document.sleutel + 1


def read_well(bank: Itembank, item: Item) -> bool:
    """Tell whether a blind reader of the present text gave the key as answer."""
    reading = blind_reading(bank, item)
    return reading is not None and not answered_otherwise(item, reading)


def may_be_used(bank: Itembank, item: Item, doel: Doel) -> bool:
    """Tell whether the item may be used for this: status and contents, and for practice a good blind reading."""
    return not _obstacle(bank, item, doel)


def _obstacle(bank: Itembank, item: Item, doel: Doel) -> str:
    """Return what stands in the way of this use, as the name of a reason in `_REASONS`; empty when nothing does."""
    if item.status not in USABLE[doel]:
        return item.status
    if not usable_for(item, doel):
        return "leeg"
    if doel == "examen":
        return ""
    reading = blind_reading(bank, item)
    if reading is None:
        return "niet gelezen"
    return "anders gelezen" if answered_otherwise(item, reading) else ""


# What stands in the way, said of one question and of several.
_REASONS = {
    "concept": ("is nog een concept", "zijn nog een concept"),
    "review": ("is nog niet vastgesteld", "zijn nog niet vastgesteld"),
    "geheim": ("is geheim", "zijn geheim"),
    "vervallen": ("is vervallen", "zijn vervallen"),
    "leeg": (
        "mist een bron, een goed antwoord of een uitleg bij een antwoord",
        "missen een bron, een goed antwoord of een uitleg bij een antwoord",
    ),
    "niet gelezen": ("is nog niet blind gelezen", "zijn nog niet blind gelezen"),
    "anders gelezen": (
        "kreeg van de blinde lezer een ander antwoord",
        "kregen van de blinde lezer een ander antwoord",
    ),
}


def why_not(bank: Itembank, item: Item, doel: Doel) -> str:
    """Return why an item may not be used, as a Dutch sentence; empty when it may."""
    obstacle = _obstacle(bank, item, doel)
    if not obstacle:
        return ""
    if obstacle == item.status:
        return f"Vraag {item.id} (status {item.status}) mag niet in een toets met doel {doel}."
    told = f"Vraag {item.id} {_REASONS[obstacle][0]}."
    if obstacle == "anders gelezen":
        told = f"Bij vraag {item.id} gaf de blinde lezer een ander antwoord."
    return f"{told} Zo mag zij niet in een oefentoets."


def left_out(bank: Itembank, items: Iterable[Item], doel: Doel) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return which of these items may not be used, by reason: "2 vragen zijn nog niet blind gelezen", and their ids."""
    found: dict[str, list[str]] = {}
    for item in items:
        if obstacle := _obstacle(bank, item, doel):
            found.setdefault(obstacle, []).append(item.id)
    return tuple(
        (f"{count(len(ids), 'vraag', 'vragen')} {_REASONS[reason][len(ids) != 1]}", tuple(sorted(ids)))
        for reason, ids in ((reason, found[reason]) for reason in _REASONS if reason in found)
    )
