"""A sheet for a lesson as PDF, through Typst.

In: a `Sheet`. Out: the bytes of a PDF/UA-1 and PDF/A-2a file. It knows no les.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from builder.export.pdf import picture_data, question_data
from builder.export.rich_text import Node, Paragraph
from builder.export.sheet import (
    Beside,
    Blanks,
    Element,
    Facts,
    Frame,
    Heading,
    NewPage,
    Phone,
    Picture,
    Question,
    Sheet,
    SideBySide,
    Step,
    Text,
    Together,
    WritingLines,
    pictures_of,
    question_width,
    task_width,
)
from builder.model.kandidaat import KandidaatVraag
from builder.typesetting import to_pdf


def as_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as PDF. Raises `TypesettingError`."""
    data = {
        "id": sheet.id,
        "titel": sheet.title,
        "onderkop": sheet.subtitle,
        "soort": sheet.kind,
        "voet": sheet.foot,
        "label": sheet.label,
        "letters": sheet.points,
        "dicht": sheet.dense,
        "trefwoorden": [sheet.id, "knm"],
        "delen": [_element(element) for element in sheet.elements],
    }
    pictures = {plaatje.path: plaatje.data for plaatje in pictures_of(sheet.elements)}
    return to_pdf("blad.typ", data, pictures, sheet.day)


def _element(element: Element) -> dict[str, Any]:
    match element:
        case Heading(text, level):
            return {"soort": "kop", "tekst": text, "niveau": level + 1}
        case Text(nodes, small, halved):
            return {"soort": "tekst", "knopen": _nodes(nodes), "klein": small, "half": halved}
        case Frame(nodes):
            return {"soort": "kader", "knopen": _nodes(nodes)}
        case Facts(rows, width, paired):
            return {
                "soort": "paren" if paired else "feiten",
                "breedte": width,
                "rijen": [_cell(row) for row in rows],
            }
        case Step(title, when, left, right, small):
            return {
                "soort": "stap",
                "titel": title,
                "wanneer": when,
                "links": _cell(left),
                "rechts": _cell(right),
                "klein": small,
            }
        case Picture(plaatje, (width, height)):
            return {"soort": "plaatje", "beeld": picture_data(plaatje), "breedte": width, "hoogte": height}
        case Beside(plaatje, nodes, lines):
            return {
                "soort": "naast",
                "beeld": picture_data(plaatje),
                "breed": task_width(plaatje),
                "knopen": _nodes(nodes),
                "regels": lines,
            }
        case Phone(text, plaatje):
            return {"soort": "telefoon", "tekst": text, "beeld": picture_data(plaatje)}
        case Blanks(labels):
            return {"soort": "invullen", "labels": list(labels)}
        case WritingLines(number):
            return {"soort": "regels", "aantal": number}
        case Question(vraag):
            return {"soort": "vraag", **_question(vraag)}
        case Together(_, elements, _):
            return {"soort": "heel", "delen": [_element(inner) for inner in elements]}
        case SideBySide(cells, columns):
            shown = [[_element(inner) for inner in cell] for cell in cells]
            return {"soort": "vakken", "aantal": columns, "cellen": shown}
        case NewPage():
            return {"soort": "bladzijde"}


def _question(vraag: KandidaatVraag) -> dict[str, Any]:
    """Return a question with pictures so wide that their letters can be read in half a page."""
    data = question_data(vraag)
    if vraag.afbeelding:
        data["afbeelding"]["breed"] = question_width([vraag.afbeelding], 55, (86, 60))
    wide = question_width([optie.afbeelding for optie in vraag.opties], 25, (40, 40))
    for told in data["opties"]:
        if told["afbeelding"]:
            told["afbeelding"]["breed"] = wide
    return data


def _cell(row: tuple[str, tuple[Node, ...]]) -> dict[str, Any]:
    return {"label": row[0], "knopen": _nodes(row[1])}


def _nodes(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    return [
        {
            "soort": "alinea",
            "stukken": [
                {"regels": piece.text.split("\n"), "vet": piece.bold, "schuin": piece.italic}
                for piece in node.pieces
            ],
        }
        if isinstance(node, Paragraph)
        else {
            "soort": "nummers" if node.ordered else "punten",
            "punten": [_nodes(entry) for entry in node.entries],
        }
        for node in nodes
    ]
