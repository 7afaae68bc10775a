"""The workbook going out: an empty one with examples, or a request written back in the same columns.

In: nothing, or an `Aanvraag`. Out: sheets that `read_request.py` reads as the same request. It knows no
plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from builder.model.locatie import Locatie
from builder.office import Properties
from builder.sheets import Column, Sheet, write
from builder.visits.columns import (
    INSTELLING_KOLOMMEN,
    LOCATIES,
    NAAM_INSTELLINGEN,
    TABBLADEN,
    VOORBEELD,
    Kolom,
    Tabblad,
)
from builder.visits.nouns import Aanvraag, Gewichten, Instellingen
from builder.visits.places import find_place
from builder.visits.settings_columns import GEWICHTEN, INSTELLINGEN
from builder.visits.values import show

EMPTY_ROWS = 60
Cells = tuple[str | int, ...]
_INTRO: tuple[tuple[str, str, str, str, str], ...] = (
    ("", "", "", "Vul de tabbladen in. Sterretje: die kolom is nodig. Weet je iets niet? Laat het leeg.", ""),
    ("", "", "", "Een rij die begint met (voorbeeld) telt niet mee. Je mag hem laten staan.", ""),
    ("", "", "", "Zet nergens namen, geloof, afkomst of gezondheid van mensen. Aantallen zijn genoeg.", ""),
    ("", "", "", "Bewaar het bestand. Maak dan een plan met: knm visits plan BESTAND --out MAP", ""),
)


def template(locaties: Iterable[Locatie] = ()) -> tuple[Sheet, ...]:
    """Return an empty workbook: examples that do not count, drop-downs, and what every column asks.

    The places that the bank knows stand in it with what is known of them; the rest of their cells is empty.
    """
    known = [tuple(_known(locatie, kolom) for kolom in LOCATIES.kolommen) for locatie in locaties]
    made = []
    for tab in TABBLADEN:
        example = tuple(
            f"{VOORBEELD} {kolom.voorbeeld}" if place == 0 else kolom.voorbeeld
            for place, kolom in enumerate(tab.kolommen)
        )
        rows: list[Cells] = [example] if tab.naam != "Bezoeken" else []
        made.append(_sheet(tab, [*rows, *(known if tab is LOCATIES else [])], EMPTY_ROWS))
    settings = [
        (kolom.titel, "" if kolom.nodig else _default(kolom), kolom.uitleg)
        for kolom in (*INSTELLINGEN, *GEWICHTEN)
    ]
    return (*made[:4], _settings(settings), *made[4:], explanation())


def _known(locatie: Locatie, kolom: Kolom) -> str | int:
    """Return what the bank knows of a place, as it stands in a cell; empty when it is not known."""
    value = getattr(locatie, "taalniveaus" if kolom.veld == "niveaus" else kolom.veld, None)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, tuple):
        levels = {"B1": "B1+"}  # the planner's last band has no upper end
        parts = [levels.get(str(part), str(part)) if kolom.veld == "niveaus" else str(part) for part in value]
        return ", ".join(dict.fromkeys(parts))
    return value if isinstance(value, int | str) else ""


def request_sheets(request: Aanvraag, as_read: bool = False) -> tuple[Sheet, ...]:
    """Return the request as sheets with the same columns; reading them gives the same request.

    `as_read` keeps each row at its number, so that findings point at it, and leaves out the point that a place gave.
    Nothing else of the workbook that was read comes along: no other sheet or column, no comment, no name of its maker.
    """
    parts: tuple[Sequence[Any], ...] = (
        request.groepen, request.locaties, request.gidsen, request.sluitingen, request.reistijden, request.bezoeken,
    )  # fmt: skip
    made = []
    for tab, rows in zip(TABBLADEN, parts, strict=True):
        blank: Cells = ("",) * len(tab.kolommen)
        cells: list[Cells] = []
        for row in rows:
            if as_read:
                cells += [blank] * (getattr(row, "rij", 0) - 2 - len(cells))
            cells.append(
                tuple("" if as_read and _found(row, kolom) else _cell(row, kolom) for kolom in tab.kolommen)
            )
        made.append(_sheet(tab, cells, 5))
    settings = [(kolom.titel, _cell(request.instellingen, kolom), kolom.uitleg) for kolom in INSTELLINGEN] + [
        (kolom.titel, _cell(request.instellingen.gewichten, kolom), kolom.uitleg) for kolom in GEWICHTEN
    ]
    return (*made[:4], _settings(settings), *made[4:], explanation())


def as_read(request: Aanvraag) -> bytes:
    """Return the workbook to keep: what was read of the one that was given, and nothing else."""
    settings = request.instellingen
    return write(request_sheets(request, as_read=True), Properties(settings.naam, "invoer", settings.van))


def _found(row: Any, kolom: Kolom) -> bool:
    """Tell whether this is a point that the name of the place gave: when the place changes, it must not stay."""
    return kolom.veld == "punt" and row.punt is not None and find_place(row.plaats) == row.punt


def explanation() -> Sheet:
    """Return the sheet that says what every column asks."""
    rows: list[Cells] = list(_INTRO)
    for tab in TABBLADEN:
        rows.append((tab.naam, "", "", tab.wat, ""))
        rows += [
            (tab.naam, kolom.titel, "*" if kolom.nodig else "", kolom.uitleg, kolom.voorbeeld)
            for kolom in tab.kolommen
        ]
    rows += [
        (NAAM_INSTELLINGEN, kolom.titel, "*" if kolom.nodig else "", kolom.uitleg, kolom.voorbeeld)
        for kolom in (*INSTELLINGEN, *GEWICHTEN)
    ]
    heads = (("Tabblad", 16), ("Kolom", 26), ("Nodig", 7), ("Wat vul je in?", 70), ("Voorbeeld", 28))
    return Sheet("Uitleg", tuple(Column(title, width) for title, width in heads), tuple(rows))


def _sheet(tab: Tabblad, rows: Iterable[Cells], empty: int) -> Sheet:
    heads = tuple(Column(kolom.titel, kolom.breedte, kolom.lijst) for kolom in tab.kolommen)
    blank: Cells = ("",) * len(heads)
    return Sheet(tab.naam, heads, (*rows, *[blank] * empty), frozen=1)


def _settings(rows: Sequence[Cells]) -> Sheet:
    heads = tuple(
        Column(title, width) for title, width in zip(INSTELLING_KOLOMMEN, (44, 22, 80), strict=True)
    )
    return Sheet(NAAM_INSTELLINGEN, heads, tuple(rows))


def _cell(row: object, kolom: Kolom) -> str | int:
    return show(kolom.soort, getattr(row, kolom.veld))


def _default(kolom: Kolom) -> str | int:
    """Return what holds when the cell stays empty, so that a coordinator sees it and can change it."""
    fields = (Gewichten if kolom in GEWICHTEN else Instellingen).__dataclass_fields__
    return show(kolom.soort, fields[kolom.veld].default)
