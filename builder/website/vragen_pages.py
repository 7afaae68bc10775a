"""Where the questions begin, and the toetsen to take along: the bundle of each, for paper and for other programs.

In: the bank, its questions, those that may be practised, and the zip of each toets. Out: the pages and the zips. A toets
for an exam, or with a question that may not be practised, is not on the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from builder.artifacts import Artifact
from builder.dutch import file_size
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lifecycle import unapproved_label
from builder.model.toets import Toets

PAGE = "vragen/toetsen"


class Row(NamedTuple):
    """A toets in the table: its title, questions and minutes (0: no limit), the address and size of its zip."""

    titel: str
    vragen: int
    minuten: int
    pad: str
    grootte: str


def practice_toetsen(bank: Itembank, usable: Sequence[Item]) -> list[Toets]:
    """Return the toetsen of which every question may be practised by everyone."""
    known = {item.id for item in usable}
    return [
        toets
        for toets in bank.toetsen.values()
        if toets.doel == "oefenen" and all(plek.id in known for plek in toets.items)
    ]


def artifacts(
    bank: Itembank,
    alive: Sequence[Item],
    usable: Sequence[Item],
    zips: Mapping[str, bytes],
    page: Callable[..., Artifact],
) -> Iterator[Artifact]:
    """Yield the page with the themas, and when there are any the page of the toetsen and the zip of each."""
    toetsen = [toets for toets in practice_toetsen(bank, usable) if toets.id in zips]
    yield page("vragen/index", "vragen", alive=alive, mee=bool(toetsen))
    if not toetsen:
        return
    files = [Artifact(f"{PAGE}/{toets.id}.zip", zips[toets.id]) for toets in toetsen]
    rows = [
        Row(toets.titel, len(toets.items), toets.minuten or 0, file.path, file_size(len(file.content)))
        for toets, file in zip(toetsen, files, strict=True)
    ]
    asked = {plek.id for toets in toetsen for plek in toets.items}
    yield page(PAGE, "toetsen", rijen=rows, label=unapproved_label([bank.items[name] for name in sorted(asked)]))
    yield from files
