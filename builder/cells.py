"""Counting items over the labels of a matrix: used by coverage now and by planning later.

In: items and cells. Out: counts. It knows no file and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lifecycle import usable_for
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


def coverage_cells(bank: Itembank) -> list[dict[str, Any]]:
    """Return a row per eindterm × taalniveau × abstractieniveau: needed, present, in review, missing.

    `aanwezig` counts items from `review` on, `in_review` those of them that no person approved yet.
    `nodig` is the most that one toetsmatrijs asks in a cell that names all three labels; what a matrix asks
    more broadly stands in `matrix_cells`. `ontbreekt` is what `aanwezig` falls short of `nodig`.
    """
    present = Counter(_place(item) for item in bank.items.values() if usable_for(item, "oefenen"))
    review = Counter(_place(item) for item in bank.items.values() if item.status == "review")
    needed: Counter[tuple[str, str, str]] = Counter()
    for matrijs in bank.matrijzen.values():
        asked: Counter[tuple[str, str, str]] = Counter()
        for cel in matrijs.cellen:
            if cel.eindterm and cel.taalniveau and cel.abstractieniveau:
                asked[cel.eindterm, cel.taalniveau, cel.abstractieniveau] += cel.min
        needed |= asked
    rows = []
    for nummer in bank.eindterm_nummers():
        for taal in TAALNIVEAUS:
            for abstractie in ABSTRACTIENIVEAUS:
                key = (nummer, taal, abstractie)
                rows.append(
                    {
                        "eindterm": nummer,
                        "taalniveau": taal,
                        "abstractieniveau": abstractie,
                        "nodig": needed[key],
                        "aanwezig": present[key],
                        "in_review": min(review[key], present[key]),
                        "ontbreekt": max(0, needed[key] - present[key]),
                    }
                )
    return rows


def matrix_cells(bank: Itembank) -> list[dict[str, Any]]:
    """Return a row per cell and margin of every toetsmatrijs: what it asks and what the bank has for its doel."""
    rows = []
    for matrijs in bank.matrijzen.values():
        usable = [item for item in bank.items.values() if usable_for(item, matrijs.doel)]
        public = [item for item in usable if item.status != "geheim"]
        for cel in (*matrijs.cellen, *matrijs.marges):
            mine = [item for item in public if matches(item, cel)]
            rows.append(
                {
                    "matrijs": matrijs.id,
                    "cel": cel_name(cel),
                    "nodig": cel.min,
                    "aanwezig": len(mine),
                    "in_review": sum(item.status == "review" for item in mine),
                    "ontbreekt": max(0, cel.min - len(mine)),
                }
            )
    return rows


def cel_name(cel: Cel) -> str:
    """Return the name of a cell: its own, else its labels."""
    labels = (cel.thema, cel.handeling, cel.indicator or cel.eindterm, cel.stof, cel.taalniveau)
    more = (cel.abstractieniveau, cel.beheersing)
    return cel.naam or " ".join(str(label) for label in (*labels, *more) if label) or "alles"


def _place(item: Item) -> tuple[str, str, str]:
    return item.eindterm, item.taalniveau, item.abstractieniveau
