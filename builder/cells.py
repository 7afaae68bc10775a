"""Counting items over the labels of a matrix: used by coverage now and by planning later.

In: items and cells. Out: counts. It knows no file and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lijsten import ABSTRACTIENIVEAUS, STATUSSEN, TAALNIVEAUS
from builder.model.toets import Cel

_LABELS = ("eindterm", "indicator", "stof", "taalniveau", "abstractieniveau", "beheersing")


def matches(item: Item, cel: Cel) -> bool:
    """Tell whether an item falls in a cell: every label that the cell names is equal."""
    if cel.thema and item.thema != cel.thema:
        return False
    if cel.handeling and item.eindterm.rpartition(".")[0] != cel.handeling:
        return False
    return all(not getattr(cel, label) or getattr(item, label) == getattr(cel, label) for label in _LABELS)


def count_in(items: Iterable[Item], cel: Cel) -> int:
    """Return how many items fall in a cell."""
    return sum(matches(item, cel) for item in items)


def coverage(bank: Itembank) -> dict[str, Any]:
    """Return the counts of `knm coverage --format json`: whole numbers, zeros too.

    `vervallen` items count nowhere but in `by_status`; a `geheim` item counts in none of them here,
    because these figures are public.
    """
    public = [item for item in bank.items.values() if item.status != "geheim"]
    alive = [item for item in public if item.status != "vervallen"]
    lessen = [les for les in bank.lessen.values() if les.status not in ("geheim", "vervallen")]
    eindterm = Counter(item.eindterm for item in alive)
    indicator = Counter(item.indicator for item in alive)
    taalniveau = Counter(item.taalniveau for item in alive)
    abstractie = Counter(item.abstractieniveau for item in alive)
    status = Counter(item.status for item in public)
    codes = [code.code for nummer in bank.eindterm_nummers() for code in bank.eindterm(nummer).indicatoren]
    return {
        "items": len(alive),
        "lessen": len(lessen),
        "by_eindterm": {nummer: eindterm[nummer] for nummer in bank.eindterm_nummers()},
        "by_indicator": {code: indicator[code] for code in codes},
        "by_taalniveau": {niveau: taalniveau[niveau] for niveau in TAALNIVEAUS},
        "by_abstractieniveau": {niveau: abstractie[niveau] for niveau in ABSTRACTIENIVEAUS},
        "by_status": {name: status[name] for name in STATUSSEN},
    }
