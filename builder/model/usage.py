"""What an item may really be used for: its status, and for practice a blind reading that agrees with the key.

A blind reading is a beoordeling with `soort: automatisch`: a second reader answered without seeing the key.
It binds to the digest of the text; a changed text has to be read again. It never counts as approval.
"""

from __future__ import annotations

from builder.model.digest import item_digest
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lifecycle import usable_for
from builder.model.lijsten import Beoordeling, Doel


def blind_reading(bank: Itembank, item: Item) -> Beoordeling | None:
    """Return the last automatic reading of the text as it is now, or None when nobody read it blind."""
    automatic = [found for found in item.beoordelingen if found.soort == "automatisch"]
    if not automatic:
        return None
    digest = item_digest(bank, item)
    present = [found for found in automatic if found.digest == digest and found.antwoord is not None]
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
    return reading is not None and item.sleutel is not None and reading.antwoord == item.sleutel + 1


def may_be_used(bank: Itembank, item: Item, doel: Doel) -> bool:
    """Tell whether the item may be used for this: status and contents, and for practice a good blind reading."""
    return usable_for(item, doel) and (doel == "examen" or read_well(bank, item))


def why_not(bank: Itembank, item: Item, doel: Doel) -> str:
    """Return why an item may not be used, as a Dutch sentence; empty when it may."""
    if not usable_for(item, doel):
        return f"Vraag {item.id} (status {item.status}) mag niet in een toets met doel {doel}."
    if may_be_used(bank, item, doel):
        return ""
    reading = blind_reading(bank, item)
    if reading is None:
        return f"Vraag {item.id} is nog niet blind gelezen. Zo mag zij niet in een oefentoets."
    return f"Bij vraag {item.id} gaf de blinde lezer een ander antwoord. Zo mag zij niet in een oefentoets."
