"""A table → questions: our Excel template, or CSV with the same headings. One row is one question.

In: bytes of a workbook or a CSV file, and a way to ask for a picture that lies beside it. Out: questions whose parts
know their cell. A formula is never used. What is typed is taken as text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO

from builder.dutch import file_size
from builder.intake import columns
from builder.intake.columns import BY_KEY, IGNORED, KNOWN, NEEDED
from builder.intake.delivery import Delivery, Question, SourceRemark, Spot, Stop
from builder.intake.opening import MAX_PART, decode, no_doctype, open_zip
from builder.intake.plain_text import tidy
from builder.intake.rows import Beside, question_of
from builder.intake.rules import I402, I405, I406, I407, I408
from builder.sheets import SheetError, column_letter, read_grids

MAX_ROWS = 20_000  # that are looked at; most are empty
MAX_QUESTIONS = 2000
MAX_COLUMNS = 80
MAX_CSV = 8 * 1024 * 1024
MAX_WORKBOOK = 16 * 1024 * 1024  # of XML in the workbook
_HEAD_ROWS = 12


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of text with the line on which each stands; `word` is how a person calls a row."""

    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    word: str
    formulas: frozenset[tuple[int, int]] = frozenset()


def read_workbook(data: bytes, beside: Beside) -> Delivery:
    """Return the questions of a workbook: of the sheet Vragen, else of the first sheet with our headings."""
    archive = open_zip(data)
    parts = [name for name in archive.names if name.endswith((".xml", ".rels", ".vml"))]
    size = 0
    for name in parts:
        content = archive.read(name, MAX_WORKBOOK)
        size += len(content)
        no_doctype(content)
        if size > MAX_WORKBOOK:
            raise Stop(
                I402, f"Dit werkblad is te groot. Ten hoogste {file_size(MAX_WORKBOOK)} aan tekst kan."
            )
    try:
        grids = read_grids(data, MAX_ROWS, MAX_COLUMNS)
    except SheetError as error:
        raise Stop(I405, str(error)) from None
    best = None
    for grid in sorted(grids, key=lambda grid: grid.name.strip().lower() != "vragen"):
        table = _Table(grid.rows, range(1, len(grid.rows) + 1), "Rij", grid.formulas)
        if _head(table) is not None:
            if grid.more:
                raise Stop(
                    I402, f"Het blad {grid.name} heeft meer dan {MAX_ROWS} rijen.", "Haal lege rijen weg."
                )
            return Delivery("Excel", *_questions(table, beside))
        best = best or table
    raise _no_head(best)


def read_csv(data: bytes, beside: Beside) -> Delivery:
    """Return the questions of a CSV file: with ; , or tab between the cells, in any usual encoding."""
    if len(data) > MAX_CSV:
        raise Stop(I402, f"Dit bestand is {file_size(len(data))}. Ten hoogste {file_size(MAX_CSV)} kan.")
    text = decode(data)
    rows: list[list[str]] = []
    lines: list[int] = []
    old = csv.field_size_limit(MAX_PART)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
        start = 1
        for row in reader:
            rows.append(row[:MAX_COLUMNS])
            lines.append(start)
            start = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                raise Stop(I402, f"Dit bestand heeft meer dan {MAX_ROWS} rijen.", "Verdeel de vragen.")
    except csv.Error:
        raise Stop(
            I405, f"Na regel {start} klopt de tabel niet.", "Kijk of elk aanhalingsteken ook wordt gesloten."
        ) from None
    finally:
        csv.field_size_limit(old)
    table = _Table(rows, lines, "Regel")
    if _head(table) is None:
        raise _no_head(table)
    return Delivery("CSV", *_questions(table, beside))


def _delimiter(text: str) -> str:
    """Return the sign between cells: the one with which most headings are known."""
    lines = text.split("\n", _HEAD_ROWS)[:_HEAD_ROWS]

    def score(sign: str) -> int:
        return max(
            sum(columns.plain(cell.strip('" \r')) in KNOWN for cell in line[:10_000].split(sign))
            for line in lines
        )

    return max(";,\t", key=score)


def looks_like_table(text: str) -> bool:
    """Tell whether the first lines hold our headings."""
    sign = _delimiter(text)
    rows = [[cell.strip('" \r') for cell in line[:10_000].split(sign)] for line in text.split("\n", 12)[:12]]
    return _head(_Table(rows, range(1, len(rows) + 1), "Regel")) is not None


def _head(table: _Table) -> int | None:
    """Return the index of the row with headings: the first with at least three that we know."""
    for index, row in enumerate(table.rows[:_HEAD_ROWS]):
        if len({KNOWN.get(columns.plain(cell)) for cell in row} - {None}) >= 3:
            return index
    return None


def _no_head(table: _Table | None) -> Stop:
    if table is None or not table.rows:
        return Stop(I408, "Dit bestand is leeg.", "Begin met het werkblad van: knm template xlsx.")
    return Stop(
        I406,
        "De koppen van de kolommen herkennen we niet.",
        "Gebruik de koppen van het werkblad van: knm template xlsx.",
    )


def _questions(table: _Table, beside: Beside) -> tuple[tuple[Question, ...], tuple[SourceRemark, ...]]:
    head = _head(table)
    assert head is not None
    remarks: list[SourceRemark] = []
    places: dict[str, int] = {}
    for column, title in enumerate(table.rows[head], start=1):
        spot = Spot(table.lines[head], column, f"Kolom {column_letter(column)}")
        key = KNOWN.get(columns.plain(title))
        if key is None:
            if (
                title.strip()
                and columns.plain(title) not in IGNORED
                and not _empty_below(table, head, column)
            ):
                remarks.append(_unknown(title, spot))
        elif key in places:
            first = column_letter(places[key])
            raise Stop(
                I406,
                f"Kolom {first} en kolom {column_letter(column)} betekenen allebei {BY_KEY[key].title}.",
                "Haal één van de twee weg, of geef haar een andere kop.",
                spot,
            )
        else:
            places[key] = column
    missing = [BY_KEY[key].title for key in NEEDED if key not in places]
    if missing and not (missing == ["Antwoord A", "Antwoord B"] and "plaatje_a" in places):
        what = "deze kolom" if len(missing) == 1 else "deze kolommen"
        raise Stop(
            I406,
            f"Wij missen {what}: {', '.join(missing)}.",
            "Gebruik de koppen van het werkblad van: knm template xlsx.",
            Spot(table.lines[head], 1, f"{table.word} {table.lines[head]}"),
        )
    questions = tuple(_row(table, index, places, beside) for index in _filled(table, head, places))
    if len(questions) > MAX_QUESTIONS:
        raise Stop(
            I402, f"Er staan {len(questions)} vragen in. Ten hoogste {MAX_QUESTIONS} kan.", "Verdeel ze."
        )
    if not questions:
        raise Stop(I408, "Onder de koppen staat geen enkele vraag.", "Vul één vraag per rij in.")
    return questions, tuple(remarks)


def _empty_below(table: _Table, head: int, column: int) -> bool:
    return not any(len(row) >= column and row[column - 1].strip() for row in table.rows[head + 1 :])


def _unknown(title: str, spot: Spot) -> SourceRemark:
    near = get_close_matches(columns.plain(title)[:60], list(KNOWN), 1, 0.7)
    shown = tidy(title)[:60]
    hint = (
        f'Bedoelde je "{BY_KEY[KNOWN[near[0]]].title}"? Verander dan de kop.'
        if near
        else "Haal de kolom weg als zij niet nodig is."
    )
    return SourceRemark(
        I407, spot, f'{spot.said}: de kop "{shown}" kennen we niet. De kolom is niet gelezen.', hint
    )


def _filled(table: _Table, head: int, places: Mapping[str, int]) -> Iterator[int]:
    """Yield the rows in which more than a drop-down was filled in."""
    wanted = [
        places[key] for key in places if key.startswith(("stam", "tekst_", "context", "plaatje", "uitleg_"))
    ]
    for index in range(head + 1, len(table.rows)):
        row = table.rows[index]
        if any(
            (len(row) >= column and row[column - 1].strip()) or (index + 1, column) in table.formulas
            for column in wanted
        ):
            yield index


def _row(table: _Table, index: int, places: Mapping[str, int], beside: Beside) -> Question:
    row, line = table.rows[index], table.lines[index]
    cells = {key: tidy(row[column - 1]) if len(row) >= column else "" for key, column in places.items()}
    formulas = frozenset(key for key, column in places.items() if (index + 1, column) in table.formulas)
    return question_of(cells, places, formulas, line, f"{table.word} {line}", beside)
