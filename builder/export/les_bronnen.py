"""What stands under a les on paper: its bronnen, which part of a handout uses which, and the licence.

In: a les, the bank. Out: parts of a sheet, in small letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from builder.export.rich_text import Listing, Paragraph, Piece, plain
from builder.export.sheet import Element, Heading, Text
from builder.model.itembank import Itembank
from builder.model.les import Les


def sources_of(bank: Itembank, les: Les, listed: Callable[[Sequence[str], bool], str]) -> Iterator[Element]:
    """Yield the list of bronnen, then what each handout uses; `listed` tells that of a part in words."""
    yield Heading("Bronnen en licentie")
    entries = []
    for verwijzing in les.bronnen:
        bron = bank.bronnen.get(verwijzing.id)
        if bron is not None:
            said = ", ".join(part for part in (bron.titel, bron.maker, verwijzing.plaats) if part)
            entries.append(plain(f"{said}. {bron.adres}" if bron.adres else f"{said}."))
    yield Text((Listing(True, tuple(entries)),), small=True, halved=True)
    for handout in les.handouts:
        parts = [(deel.kop, listed(deel.bronnen, deel.verzonnen)) for deel in handout.delen]
        said = " · ".join(f"{kop}: {where}" for kop, where in parts if where)
        if said:
            title = Piece(f"Bronnen bij werkblad {handout.taalniveau}. ", bold=True)
            yield Text((Paragraph((title, Piece(said))),), small=True)
    drawn = dict.fromkeys(f"{picture.maker}, {picture.licentie}" for picture in les.afbeeldingen)
    said = f"Tekst: redactie knm, {les.licentie}."
    if drawn:
        said += f" Tekeningen: {'; '.join(drawn)}."
    yield Text(plain(f"{said} Je mag deze les kopiëren en veranderen, als je de maker noemt."), small=True)
