"""The line that a typing sheet carries above its head: of which toets it is, and the code of the printed paper.

In: a table, or the bytes of a file. Out: the id and the codes. It opens no more of a workbook than its first rows.
"""

from __future__ import annotations

import re

from builder.analysis.table import Table
from builder.sheets import SheetError, read_grids

_CODE = re.compile(r"\bcode ([2-9A-HJ-NP-Z]{6})\b")
_TOETS = re.compile(r"\(([a-z0-9]+(?:-[a-z0-9]+)*)\), editie [0-9]+, code ")
_ABOVE = 2  # lines of a typing sheet above its head


def on_paper(table: Table) -> bool:
    """Tell whether this is a typing sheet of ours: what is typed on it was read from a booklet."""
    return bool(codes_of_sheet(table))


def codes_of_sheet(table: Table) -> tuple[str, ...]:
    """Return the codes of the booklets that a typing sheet was made for, none for another table."""
    return tuple(code for line in table.above for code in _CODE.findall(line))


def toets_of_sheet(table: Table) -> str:
    """Return the id of the toets of a typing sheet, empty when it does not say so."""
    return _named("\n".join(table.above))


def toets_of_file(content: bytes) -> str:
    """Return the id of the toets of a typing sheet, empty for any other file. The rest is not read."""
    if content[:4] == b"PK\x03\x04":
        try:
            grids = read_grids(content, _ABOVE, 1)
        except SheetError:
            return ""  # what is wrong with it is told by who reads it whole
        return next((_named(row[0]) for grid in grids for row in grid.rows if row and _named(row[0])), "")
    return _named(content[:2000].decode("utf-8", errors="replace"))


def _named(text: str) -> str:
    match = _TOETS.search(text)
    return match[1] if match else ""
