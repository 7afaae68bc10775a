"""The answers of a les: those of its handouts, and the key of its control questions with why. For teachers only.

In: a les, its questions as a teacher sees them. Out: parts of a sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from builder.export.rich_text import Listing, Node, Paragraph, Piece, plain
from builder.export.sheet import Element, Heading, SideBySide, Text, Together
from builder.model.docent import DocentVraag
from builder.model.les import Les


def answers_of(
    les: Les, vragen: Sequence[DocentVraag], read: Callable[[str], tuple[Node, ...]]
) -> Iterator[Element]:
    """Yield the answers, nothing when there are none; `read` reads a Markdown field."""
    handouts = [(handout, [deel for deel in handout.delen if deel.antwoord]) for handout in les.handouts]
    if any(delen for _, delen in handouts):
        yield Heading("Antwoorden bij de werkbladen")
        yield SideBySide(
            tuple(
                (
                    Heading(f"Werkblad {handout.taalniveau}: {handout.titel}", 2),
                    *(Text((*plain(deel.kop, bold=True), *read(deel.antwoord))) for deel in delen),
                )
                for handout, delen in handouts
                if delen
            ),
            3 if sum(bool(delen) for _, delen in handouts) == 3 else 2,
        )
    if vragen:
        yield Heading("Antwoorden bij de controlevragen")
        yield SideBySide(tuple(tuple(_key(vraag)) for vraag in vragen))


def _key(vraag: DocentVraag) -> Iterator[Element]:
    yield Heading(f"Vraag {vraag.gezien.nummer}: {vraag.goed}", 2)
    rows = []
    for optie in vraag.opties:
        pieces = [Piece(f"{optie.gezien.letter} {optie.in_woorden}", bold=True)]
        if optie.juist:
            pieces.append(Piece(" (goed)", bold=True))
        if optie.toelichting:
            pieces.append(Piece(f": {optie.toelichting}"))
        rows.append((Paragraph(tuple(pieces)),))
    yield Together(
        f"Vraag {vraag.gezien.nummer}",
        (
            Text(plain(f"{vraag.gezien.stam} ({vraag.item.id}, versie {vraag.item.versie})")),
            Text((Listing(False, tuple(rows)),)),
        ),
    )
