"""XLSX in and out. The only module that imports openpyxl.

In: sheets of plain text and numbers, or the bytes of a workbook. Out: the bytes, the same on another
day, or sheets of plain text. Text is never a formula. It knows no item and no toets.
"""

from __future__ import annotations

import errno
import os
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from lxml.etree import SerialisationError
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from builder.office import Properties, fit_text, pack

MAX_BYTES = 50 * 1024 * 1024  # unpacked: a real list of questions is far smaller
# A small file that unpacks to so much more is made to hurt: that of a person unpacks to ten times its size.
MAX_TIMES, MAX_SMALL = 100, 5 * 1024 * 1024
MAX_CELL = 32_767  # characters: the limit of Excel itself
column_letter = get_column_letter  # of a column from 1: A … Z, AA …
_DARK, _SOFT, _LINE, _WRONG = "FF1D4C58", "FFF4EFE5", "FFCFC6B5", "FFF9C9B6"


class SheetError(Exception):
    """The workbook cannot be read; the message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters and, when filled in by hand, what may be chosen.

    `number` is how Excel shows a number with decimals; the cell holds all digits. A long list of choices stands on a
    sheet of its own: `choices_from` is its range (`Lijst!$A$2:$A$9`). `hint` is shown when a cell is chosen.
    `between`: only numbers from the first to the second may be typed.
    """

    title: str
    width: float
    choices: tuple[str, ...] = ()
    number: str = "#,##0.00"
    choices_from: str = ""
    hint: str = ""
    between: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a head. `above` are lines over it; `head_row` (from 1) is where the head stands.

    `frozen` columns stay in sight; on paper come the first `printed` columns (0: all). `notes` mark a cell, by
    its row (of `rows`) and column from 1. What is typed in cells that are still empty stays text when `typed_in`.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
    above: tuple[str, ...] = ()
    head_row: int = 1
    footer: str = ""
    frozen: int = 0
    printed: int = 0
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    typed_in: bool = False


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as read: every cell as text, rows and cells that are empty at the end left out."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet of a workbook from outside, read within limits: text by row, and where a formula stands.

    Rows and columns count from 1 in `formulas`; `more` tells that rows beyond the limit were not read.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    formulas: frozenset[tuple[int, int]]
    more: bool


def write(sheets: Sequence[Sheet], properties: Properties) -> bytes:
    """Return the sheets as one workbook. Raises OSError when the disk for temporary files is full."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.name), sheet)
    buffer = BytesIO()
    try:
        workbook.save(buffer)  # writes each sheet in a temporary file
    except SerialisationError as error:
        number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
        raise OSError(number, os.strerror(number)) from error
    return pack(buffer.getvalue(), properties)


def read(content: bytes) -> tuple[ReadSheet, ...]:
    """Return all sheets of a workbook; of a formula the value that was stored. Raises `SheetError`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > MAX_BYTES or size > max(MAX_SMALL, MAX_TIMES * len(content)):
            raise SheetError("Dit Excel-bestand is te groot. Verdeel het over meer bestanden.")
        workbook = _opened(content, True)
        return tuple(ReadSheet(sheet.title, _rows(sheet)) for sheet in workbook.worksheets)
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises of everything at a file that is not what it seems
        raise SheetError("Dit is geen Excel-bestand dat we kunnen lezen. Bewaar het als .xlsx.") from error


def _opened(content: bytes, counted: bool) -> Workbook:
    """Return a workbook that is read row by row: what is not in it, but is said to be, takes no memory."""
    workbook = load_workbook(BytesIO(content), read_only=True, data_only=counted, keep_links=False)
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()
    return workbook


def unsaved_formulas(content: bytes) -> frozenset[tuple[str, int, int]]:
    """Return sheet, row and column (from 1) of each formula whose outcome was not saved. Raises `SheetError`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            if not any(b"<f>" in (part := archive.read(name)) or b"<f " in part for name in parts):
                return frozenset()
        written, counted = _opened(content, False), _opened(content, True)
        return frozenset(
            (sheet.title, cell.row, cell.column)
            for sheet in written.worksheets
            for row, outcomes in zip(sheet.iter_rows(), counted[sheet.title].iter_rows(), strict=True)
            for cell, outcome in zip(row, outcomes, strict=True)
            if cell.data_type == "f" and outcome.value is None
        )
    except Exception as error:
        raise SheetError("Dit is geen Excel-bestand dat we kunnen lezen. Bewaar het als .xlsx.") from error


def read_grids(content: bytes, max_rows: int, max_columns: int) -> tuple[Grid, ...]:
    """Return all sheets of a workbook that nobody can be trusted for. Raises `SheetError`.

    Rows come one by one and stop at the limit, so that a cell in the last row of Excel costs nothing. A formula
    is never worked out: its cell reads as empty. Whoever calls this has looked at the size of what is in the zip.
    """
    try:
        workbook = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        made = []
        for sheet in workbook.worksheets:
            rows: list[tuple[str, ...]] = []
            formulas: set[tuple[int, int]] = set()
            for number, row in enumerate(sheet.iter_rows(max_row=max_rows, max_col=max_columns), start=1):
                cells = []
                for place, cell in enumerate(row, start=1):
                    if cell.data_type == "f":
                        formulas.add((number, place))
                    cells.append("" if cell.data_type == "f" else _text(cell.value))
                while cells and not cells[-1]:
                    cells.pop()
                rows.append(tuple(cells))
            last = max((number for number, _ in formulas), default=0)
            while len(rows) > last and not rows[-1]:
                rows.pop()
            made.append(Grid(sheet.title, tuple(rows), frozenset(formulas), (sheet.max_row or 0) > max_rows))
        return tuple(made)
    except Exception as error:  # openpyxl raises of everything at a file that is not what it seems
        raise SheetError("Dit is geen Excel-bestand dat we kunnen lezen. Bewaar het als .xlsx.") from error


def _rows(sheet: Worksheet) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    for row in sheet.iter_rows(values_only=True):
        last = len(row)
        while last and row[last - 1] in (None, ""):
            last -= 1
        rows.append(tuple(map(_text, row[:last])))
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _fill(target: Worksheet, sheet: Sheet) -> None:
    border = Border(**dict.fromkeys(("left", "right", "top", "bottom"), Side(style="thin", color=_LINE)))
    looks: dict[object, Any] = {}  # what openpyxl keeps of a look, by what it depends on: made once, it costs a tenth
    for number, text in enumerate(sheet.above, start=1):
        cell = target.cell(number, 2 if sheet.columns[0].title == "" else 1)
        cell.number_format, cell.quotePrefix = _set(cell, text)
        cell.font = Font(name="Arial", size=11, bold=number == 1)
    for place, column in enumerate(sheet.columns, start=1):
        cell = target.cell(sheet.head_row, place)
        cell.number_format, cell.quotePrefix = _set(cell, column.title)
        cell.font = Font(name="Arial", size=10, bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=_DARK)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = border
        target.column_dimensions[column_letter(place)].width = column.width
    target.row_dimensions[sheet.head_row].height = _height([(one.title, one) for one in sheet.columns])
    last = sheet.head_row + len(sheet.rows)
    for number, row in enumerate(sheet.rows, start=sheet.head_row + 1):
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            note = sheet.notes.get((number - sheet.head_row, place), "")
            chosen = bool(column.choices or column.choices_from)
            cell = target.cell(number, place)
            look = (*_set(cell, value, column.number), chosen, bool(note))
            if look not in looks:
                cell.number_format, cell.quotePrefix = ("@" if sheet.typed_in else look[0]), look[1]
                cell.font = Font(name="Arial", size=10)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.border = border
                if note or chosen:
                    cell.fill = PatternFill("solid", fgColor=_WRONG if note else _SOFT)
                looks[look] = copy(cell._style)
            cell._style = copy(looks[look])
            if note:
                cell.comment = Comment(fit_text(note)[:MAX_CELL], "knm", height=140, width=320)
        # spreadsheet programs other than Excel do not work out the height of a row by themselves
        target.row_dimensions[number].height = _height(list(zip(row, sheet.columns, strict=True)))
    for place, column in enumerate(sheet.columns, start=1):
        if not sheet.rows or not (column.choices or column.choices_from or column.hint or column.between):
            continue
        letter = column_letter(place)
        choice = DataValidation(allow_blank=True)
        if column.choices or column.choices_from:
            choice.type, choice.formula1 = "list", column.choices_from or f'"{",".join(column.choices)}"'
        elif column.between:
            choice.type, choice.operator, choice.showErrorMessage = "decimal", "between", True
            choice.formula1, choice.formula2 = map(str, column.between)
            choice.error = f"Vul een getal in van {column.between[0]} tot en met {column.between[1]}."
        if column.hint:
            choice.showInputMessage = True
            choice.promptTitle, choice.prompt = column.title[:32], fit_text(column.hint)[:255]
        choice.add(f"{letter}{sheet.head_row + 1}:{letter}{last}")
        target.add_data_validation(choice)
    target.freeze_panes = f"{column_letter(sheet.frozen + 1)}{sheet.head_row + 1}"
    if sheet.printed:
        target.print_area = f"A1:{column_letter(sheet.printed)}{last}"
    if sheet.rows and sheet.head_row == 1:
        target.auto_filter.ref = f"A1:{column_letter(len(sheet.columns))}{last}"
    target.print_title_rows = f"{sheet.head_row}:{sheet.head_row}"
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", 9  # A4
    target.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.6, header=0.2, footer=0.3)
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.oddFooter.left.text = sheet.footer.replace("&", "&&")
    target.oddFooter.right.text = "bladzijde &P van &N"


def _set(cell: Any, value: str | int | float, number: str = "#,##0.00") -> tuple[str, bool]:
    """Put a value in a cell; return how a number of its kind is shown, and whether it must be marked as text."""
    if isinstance(value, int | float):
        cell.value = value
        return (number if isinstance(value, float) else "General"), False
    text = fit_text(value)[:MAX_CELL]
    cell.value = text or None
    if not text:
        return "General", False
    cell.data_type = "s"  # text, also when it begins with "="
    return "@", text[0] in "=+-@"


def _height(cells: Sequence[tuple[str | int | float, Column]]) -> float:
    """Return the height in points that a row needs for its longest cell, up to what Excel allows."""
    most = max(
        sum(1 + int(len(line) / max(1.0, column.width * 0.9)) for line in shown.split("\n"))
        for value, column in cells
        for shown in (f"{value:.3f}" if isinstance(value, float) else str(value),)
    )
    return min(400.0, 4 + 13.0 * most)
