"""Two short toetsen about one eindterm with different vragen: one before and one after.

In: the bank, an eindterm and a number. Out: two lists of ids that share no vraag and are as alike as possible, or a
sentence why there are too few. It writes nothing.
"""

from __future__ import annotations

from collections import defaultdict

from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.usage import why_not


def choose(bank: Itembank, eindterm: str, number: int) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Return `number` ids for before and for after, and an objection (empty when all is well).

    Vragen come in pairs of the same taalniveau and abstractieniveau; each pair is parted. A vraag of a set or with
    vijanden is left out: it could give away another.
    """
    usable = [
        item
        for item in bank.items.values()
        if item.eindterm == eindterm
        and not item.set
        and not item.vijanden
        and not why_not(bank, item, "oefenen")
    ]
    cells: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in sorted(usable, key=lambda item: item.id):
        cells[item.taalniveau, item.abstractieniveau].append(item)
    pairs = [
        (items[index].id, items[index + 1].id)
        for _, items in sorted(cells.items())
        for index in range(0, len(items) - 1, 2)
    ]
    if len(pairs) < number:
        return (
            (),
            (),
            (
                f"Eindterm {eindterm} heeft {len(usable)} vragen die kunnen. Daarvan lijken er {2 * len(pairs)} twee aan twee op elkaar. "
                f"Nodig zijn er {2 * number}."
            ),
        )
    # which of a pair comes first changes by turns, so that neither toets gets all the older vragen
    chosen = [pair if place % 2 == 0 else pair[::-1] for place, pair in enumerate(pairs[:number])]
    return tuple(before for before, _ in chosen), tuple(after for _, after in chosen), ""
