"""What the user said about files with answers, and findings about their cells, each told once.

In: texts and where they stand. Out: settings and findings. It reads nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.analysis.nouns import Cells, Missing
from builder.analysis.table import Table
from builder.diagnostics import Diagnostic, Rule


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user said about the files. `bank` False: questions are not in the bank, cells are scores."""

    toets: str = ""
    drop: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    missing: Missing = ""
    cells: Cells = "auto"
    rules: bool = False
    bank: bool = True


@dataclass(slots=True)
class Told:
    """Findings about texts: the same text in the same column is told once."""

    table: Table
    found: list[Diagnostic] = field(default_factory=list)
    _seen: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    _what: dict[tuple[str, str, str], tuple[Rule, int, int, str]] = field(default_factory=dict)

    def say(self, rule: Rule, row: int, column: int, about: str, message: str, hint: str = "") -> None:
        """Tell of a cell, or count it when the same was told before. `about` is what makes it the same."""
        key = (rule.code, about, message)
        if key not in self._seen:
            self._seen[key] = []
            self._what[key] = (rule, row, column, hint)
        self._seen[key].append(row)

    def all(self) -> list[Diagnostic]:
        """Return every finding, with how often it holds."""
        made = list(self.found)
        for key, rows in self._seen.items():
            rule, row, column, hint = self._what[key]
            often = f" Dit staat er {len(rows)} keer." if len(rows) > 1 else ""
            made.append(Diagnostic(rule, self.table.at(row, column), key[2] + often, hint))
        return made
