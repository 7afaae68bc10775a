"""Findings about a workbook, each with its sheet, row and column in the sentence.

In: what is the matter and where. Out: diagnostics. It reads nothing.
"""

from __future__ import annotations

from builder.diagnostics import Diagnostic, Location, Rule
from builder.sheets import column_letter


class Faults:
    """Findings about one workbook, gathered on the way."""

    def __init__(self, path: str) -> None:
        """Start with none."""
        self.path = path
        self.found: list[Diagnostic] = []

    def add(
        self, rule: Rule, tab: str, row: int, column: int, message: str, hint: str, title: str = ""
    ) -> None:
        """Keep a finding about a cell (row and column from 1; column 0 is the whole row)."""
        place = f"Tabblad {tab}" + (f", rij {row}" if row else "")
        if column and row:
            place += f", kolom {column_letter(column)}" + (f" ({title})" if title else "")
        pointer = f"/{tab}/{column_letter(column) if column else ''}{row or ''}"
        where = Location(self.path, max(1, row), max(1, column), pointer)
        self.found.append(Diagnostic(rule, where, f"{place}: {message}", hint))
