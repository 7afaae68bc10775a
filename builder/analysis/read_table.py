"""A table with a row per person, or a row per answer → answers in the gathering.

In: a table with its columns, what can be asked, and what the user said. Out: findings; the answers are put
in `Gather`. Each wrong text is told once, with how often it stands there.
"""

from __future__ import annotations

from collections.abc import Iterable

from builder.analysis.catalogue import Catalogue
from builder.analysis.cells import SKIP_TEXTS, tidy
from builder.analysis.columns import Columns
from builder.analysis.gather import Gather
from builder.analysis.kind import decide_kind
from builder.analysis.nouns import SKIPPED
from builder.analysis.read_long import read_long
from builder.analysis.reader import Reader
from builder.analysis.rules import A506
from builder.analysis.table import Table
from builder.analysis.told import Settings, Told
from builder.diagnostics import Diagnostic


def read_rows(
    table: Table, columns: Columns, catalogue: Catalogue, settings: Settings, gather: Gather, otherwise: str
) -> list[Diagnostic]:
    """Put the answers of a wide or long table in `gather`. `otherwise`: who it is when no column says so."""
    reader = Reader(table, columns, catalogue, settings, gather, Told(table))
    wrong = decide_kind(reader)
    if wrong is not None:
        return [wrong]
    if columns.layout == "long":
        read_long(reader, otherwise)
    else:
        _read_wide(reader)
    return reader.told.all()


def _read_wide(reader: Reader) -> None:
    table = reader.table
    columns: dict[tuple[str, str], list[tuple[int, str, int, dict[str, int]]]] = {}
    places = [place for place, _, _ in reader.columns.answers]
    unused = 0
    for row, cells in enumerate(table.rows):
        if not any(place < len(cells) and cells[place].strip() for place in places):
            unused += 1
            continue
        mine = reader.whose(row, f"p{len(reader.gather.rows) + 1:04}")
        if mine is None:
            continue
        number, toets, variant = mine
        if (toets, variant) not in columns:
            columns[toets, variant] = list(_wide_columns(reader, toets, variant))
        asked = columns[toets, variant]
        codes = []
        width = len(cells)
        for place, item, vraag, meaning in asked:
            text = cells[place] if place < width else ""
            if vraag < 0:
                if tidy(text) not in SKIP_TEXTS:
                    message = f"Vraag {item} hoort niet bij toets {toets}."
                    hint = f'Haal de kolom weg, of gebruik --drop "{item}".'
                    reader.told.say(A506, row, place, item, message, hint)
                continue
            code = meaning.get(text)
            if code is None:
                code = meaning.get(tidy(text))
                if code is None:
                    reader.wrong_answer(row, place, item, text.strip())
                    code = SKIPPED
                else:
                    meaning[text] = code
            codes.append(code)
        reader.gather.put_row(number, [vraag for _, _, vraag, _ in asked if vraag >= 0], codes)
    if unused:
        rows = "is 1 rij" if unused == 1 else f"zijn {unused} rijen"
        counted = "Die telt" if unused == 1 else "Zij tellen"
        reader.gather.notes.append(
            f"In bestand {reader.gather.file} {rows} zonder antwoord. {counted} niet mee."
        )


def _wide_columns(reader: Reader, toets: str, variant: str) -> Iterable[tuple[int, str, int, dict[str, int]]]:
    """Yield place, item, number and meaning of each column for one printed order; tell of what does not fit."""
    order = reader.catalogue.orders.get((toets, variant), ())
    for place, item, number in reader.columns.answers:
        if number:
            if number > len(order):
                message = f"Toets {toets} heeft {len(order)} vragen. Vraag {number} is er niet."
                reader.told.say(A506, -1, place, str(number), message)
                continue
            item = order[number - 1][0]
        meaning = reader.meaning(toets, variant, item)
        if meaning is not None:
            yield place, item, *meaning
        else:  # a column of another toets: it must be empty for these persons
            yield place, item, -1, {}
