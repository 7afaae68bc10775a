"""The bytes of a file → a table of texts, whatever the program that wrote it.

In: a file name and bytes. Out: tables with a head, or findings. It reads CSV (comma, semicolon or tab;
UTF-8 with or without mark, UTF-16, Windows-1252) and XLSX. It knows no question and no person.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from builder.analysis.rules import A501, A502, A515, A521
from builder.diagnostics import Diagnostic, Location
from builder.sheets import SheetError, read, unsaved_formulas

MAX_CSV = 200 * 1024 * 1024
_LOOK_FOR_HEAD = 20  # lines that may stand above the head of a sheet
_SHOWN = 5  # cells with the same mistake that are named


@dataclass(frozen=True, slots=True)
class Table:
    """A head and the rows below it; `lines` gives the line of each row, `above` what stood over the head.

    `source` is moodle or qti when we made the table of what they wrote: then its answers are places in the item.
    """

    name: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    head_line: int = 1
    above: tuple[str, ...] = ()
    sheet: str = ""
    source: str = ""

    def at(self, row: int, column: int = 0) -> Location:
        """Return the place of a cell: `row` from 0, -1 is the head."""
        line = self.head_line if row < 0 else self.lines[row]
        return Location(self.name, line, column + 1, f"/{self.sheet}" if self.sheet else "")


def read_table(name: str, content: bytes) -> tuple[Table | None, tuple[Diagnostic, ...]]:
    """Return the first table with a head and rows in it, and the findings."""
    at = Location(name)
    if not content.strip():
        return None, (Diagnostic(A502, at, f"{name} is leeg.", "Kijk of je het goede bestand hebt gekozen."),)
    if content[:4] == b"PK\x03\x04":
        return _from_sheets(name, content)
    if content[:4] in (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG") or name.lower().endswith((".xlsx", ".xls")):
        hint = "Open het in Excel of LibreOffice en bewaar het als .xlsx of als CSV UTF-8."
        return None, (Diagnostic(A501, at, f"{name} is geen rekenblad dat we kunnen lezen.", hint),)
    if len(content) > MAX_CSV:
        hint = "Verdeel het over meer bestanden en geef ze samen op."
        return None, (Diagnostic(A501, at, f"{name} is groter dan 200 MB.", hint),)
    text, found = _decoded(name, content)
    if text is None:
        return None, found
    table, wrong = _from_csv(name, text)
    return table, (*found, *wrong)


def _decoded(name: str, content: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    at = Location(name)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16"), ()
        except UnicodeDecodeError:
            pass
    else:
        try:
            text = content.decode("utf-8-sig")
            if "\x00" not in text:
                return text, ()
        except UnicodeDecodeError:
            if b"\x00" not in content:
                hint = "Kloppen de letters met een accent niet? Bewaar het bestand dan als CSV UTF-8."
                message = f"{name} is niet als UTF-8 opgeslagen. We lezen het als Windows-tekst."
                return content.decode("cp1252", errors="replace"), (Diagnostic(A515, at, message, hint),)
    hint = "Bewaar de antwoorden als CSV UTF-8 of als .xlsx."
    return None, (Diagnostic(A501, at, f"{name} is geen tekst en geen rekenblad.", hint),)


def _from_csv(name: str, text: str) -> tuple[Table | None, tuple[Diagnostic, ...]]:
    given = ""
    skipped = 0
    if text[:4].lower() == "sep=":
        first, _, text = text.partition("\n")
        given, skipped = first.strip()[4:5], 1
    delimiter = given or _delimiter(text)
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = skipped
    try:
        for row in reader:
            if any(row) and any(map(str.strip, row)):
                rows.append(row)
                lines.append(start + 1)
            start = skipped + reader.line_num
    except csv.Error:
        message = f"{name}, regel {skipped + reader.line_num}: deze regel kunnen we niet lezen."
        hint = "Staat er een aanhalingsteken te veel? Bewaar het bestand opnieuw uit je rekenprogramma."
        return None, (Diagnostic(A501, Location(name, skipped + reader.line_num), message, hint),)
    return _headed(name, rows, lines, "")


def _delimiter(text: str) -> str:
    # a line of explanation may stand above the head, so the fullest of the first lines decides
    heads = ["".join(line.split('"')[::2]) for line in text[:20_000].split("\n", _LOOK_FOR_HEAD)]
    counts = {sign: max(head.count(sign) for head in heads) for sign in ";\t,"}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else ","


def _from_sheets(name: str, content: bytes) -> tuple[Table | None, tuple[Diagnostic, ...]]:
    try:
        sheets, unsaved = read(content), unsaved_formulas(content)
    except SheetError as error:
        return None, (Diagnostic(A501, Location(name), f"{name}: {error}"),)
    for sheet in sheets:
        filled = [(number, row) for number, row in enumerate(sheet.rows, start=1) if any(row)]
        # a formula without its outcome reads as an empty cell, and that would be a skipped answer
        if lost := sorted((row, column) for tab, row, column in unsaved if tab == sheet.name):
            return None, tuple(_lost(name, sheet.name, lost))
        if len(filled) > 1:
            return _headed(name, [list(row) for _, row in filled], [line for line, _ in filled], sheet.name)
    hint = "Zet een kop in de eerste rij, en daaronder de antwoorden."
    return None, (Diagnostic(A502, Location(name), f"In {name} staan geen antwoorden.", hint),)


def _lost(name: str, sheet: str, cells: Sequence[tuple[int, int]]) -> list[Diagnostic]:
    hint = "Open het bestand in Excel of LibreOffice, bewaar het en probeer het opnieuw."
    made: list[Diagnostic] = []
    for row, column in cells[:_SHOWN]:
        more = f" Dit staat er {len(cells)} keer." if len(cells) > _SHOWN and not made else ""
        message = f"De uitkomst van deze formule is niet bewaard.{more}"
        made.append(Diagnostic(A521, Location(name, row, column, f"/{sheet}"), message, hint))
    return made


def _headed(
    name: str, rows: list[list[str]], lines: list[int], sheet: str
) -> tuple[Table | None, tuple[Diagnostic, ...]]:
    """Return the table; its head is the first row with as many cells as the widest of the first rows."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows[:_LOOK_FOR_HEAD]]
    # lines of explanation above a table fill one cell; a head fills at least two, or everything is one wide
    at = next((place for place, width in enumerate(widths) if width >= min(2, max(widths, default=0))), 0)
    if len(rows) <= at + 1:
        hint = "Onder de kop hoort voor elke persoon een rij."
        return None, (
            Diagnostic(
                A502, Location(name, lines[0] if lines else 1), f"In {name} staat alleen een kop.", hint
            ),
        )
    head = [cell.strip().strip("\ufeff") for cell in rows[at]]
    while head and not head[-1]:
        head.pop()
    above = tuple(" ".join(cell for cell in row if cell.strip()) for row in rows[:at])
    return Table(name, tuple(head), rows[at + 1 :], lines[at + 1 :], lines[at], above, sheet), ()
