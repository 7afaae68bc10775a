"""Banks that differ in one thing from another bank."""

from __future__ import annotations

import dataclasses
from typing import Any

from builder.model.itembank import Itembank


def changed(bank: Itembank, item_id: str, **fields: Any) -> Itembank:
    """Return the bank with other fields in one item."""
    item = dataclasses.replace(bank.items[item_id], **fields)
    return dataclasses.replace(bank, items={**bank.items, item_id: item})


def other_keys(bank: Itembank, *ids: str) -> Itembank:
    """Return the bank in which the next answer is the right one, with other explanations, in these items."""
    for item_id in ids:
        item = bank.items[item_id]
        assert item.sleutel is not None
        right = (item.sleutel + 1) % len(item.opties)
        opties = tuple(
            dataclasses.replace(optie, juist=place == right, toelichting=f"Anders {place}")
            for place, optie in enumerate(item.opties)
        )
        bank = changed(bank, item_id, opties=opties)
    return bank
