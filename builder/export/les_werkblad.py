"""The handouts of a les for learners, as PDF and as Word: one pair per taalniveau, without any answer.

In: a les, the bank, addresses. Out: artifacts under `cursist/`. They are made from a `CursistLes`, which has no
place for an answer. With an address for its page they carry a QR code.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.export.les_papier import LARGE_LETTERS, Made, names_of, papers
from builder.export.rich_text import has_gap, plain, read
from builder.export.sheet import (
    Beside,
    Blanks,
    Element,
    Heading,
    Phone,
    Picture,
    Sheet,
    Text,
    Together,
    WritingLines,
)
from builder.model.adressen import Adressen
from builder.model.cursist import Cursistblad, Cursistdeel, CursistLes, learner_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje
from builder.model.les import Les
from builder.qr import qr_png


def export(bank: Itembank, les: Les, adressen: Adressen) -> Made:
    """Return the handouts, and a finding for each that could not be made."""
    view = learner_view(bank, les)
    made: list[Artifact] = []
    found: list[Diagnostic] = []
    for name, blad in zip(names_of(les.id, view.bladen), view.bladen, strict=True):
        artifacts, objections = papers(bank, les, f"cursist/{name}", handout(view, blad, adressen))
        made.extend(artifacts)
        found.extend(objections)
    return tuple(made), tuple(found)


def handout(view: CursistLes, blad: Cursistblad, adressen: Adressen) -> Sheet:
    """Return one handout as a sheet."""
    parts: list[Element] = []
    if adressen.cursistpagina:
        parts.append(
            Phone("Je kunt deze les ook op je telefoon lezen. Scan de code.", qr_code(adressen.cursistpagina))
        )
    parts.append(Blanks(("Naam", "Datum")))
    for deel in blad.delen:
        # a task stays with its heading and picture; a text to read may run on over the page
        inside = (Heading(deel.kop), *_part(deel))
        parts.extend([Together(deel.kop, inside)] if _asks(deel) else inside)
    credits = dict.fromkeys(deel.credit for deel in blad.delen if deel.credit)
    said = f"Tekst: redactie knm, {view.licentie}."
    if credits:
        said += f" Tekeningen: {'; '.join(credits)}."
    end = Text(plain(said), small=True)
    last = parts[-1]
    # with the last task, so that it never stands alone on a page
    parts[-1:] = (
        [replace(last, elements=(*last.elements, end))] if isinstance(last, Together) else [last, end]
    )
    subtitle = f"Werkblad {blad.taalniveau}"
    if blad.titel != view.titel:
        subtitle += f" · les: {view.titel}"
    return Sheet(
        view.id,
        blad.titel,
        subtitle,
        f"werkblad {blad.taalniveau}",
        f"{view.id} · werkblad {blad.taalniveau} · versie {view.versie}",
        view.label,
        date.fromisoformat(view.bijgewerkt_op),
        tuple(parts),
        LARGE_LETTERS.get(blad.taalniveau, 12),
    )


def _asks(deel: Cursistdeel) -> bool:
    return bool(deel.schrijfregels) or has_gap(deel.tekst)


def _part(deel: Cursistdeel) -> tuple[Element, ...]:
    parts: list[Element] = []
    text = read(deel.tekst, gaps=True)
    if deel.afbeelding is not None and text:
        return (Beside(deel.afbeelding, text, deel.schrijfregels),)
    if deel.afbeelding is not None:
        parts.append(Picture(deel.afbeelding))
    if text:
        parts.append(Text(text))
    if deel.schrijfregels:
        parts.append(WritingLines(deel.schrijfregels))
    return tuple(parts)


def qr_code(address: str) -> Plaatje:
    """Return the QR code of the page of a les as a picture."""
    png, side = qr_png(address)
    return Plaatje(
        "qr-code.png", f"QR-code naar de pagina van deze les: {address}", png, "image/png", side, side
    )
