"""Findings → text for people, JSON for programs, annotations for GitHub.

In: diagnostics. Out: text. It prints nothing itself and decides no exit code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from builder.diagnostics import Diagnostic, Severity

SEVERITY_NAMES = {Severity.ERROR: "fout", Severity.WARNING: "waarschuwing", Severity.ADVICE: "advies"}
_COLOURS = {Severity.ERROR: "\x1b[31m", Severity.WARNING: "\x1b[33m", Severity.ADVICE: "\x1b[36m"}
_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def count(found: Sequence[Diagnostic], severity: Severity) -> int:
    """Return how many findings have this severity."""
    return sum(diagnostic.rule.severity is severity for diagnostic in found)


def as_text(found: Sequence[Diagnostic], colour: bool = False) -> str:
    """Return the findings as lines for a terminal: place, what is the matter, what to do."""
    lines = []
    for diagnostic in found:
        at = diagnostic.location
        place = f"{at.path}:{at.line}:{at.column}"
        kind = SEVERITY_NAMES[diagnostic.rule.severity]
        head = f"{kind} {diagnostic.rule.code}"
        if colour:
            place, head = f"{_BOLD}{place}{_OFF}", f"{_COLOURS[diagnostic.rule.severity]}{head}{_OFF}"
        lines.append(f"{place}  {head}  {_visible(diagnostic.message)}")
        if diagnostic.hint:
            hint = f"    → {_visible(diagnostic.hint)}"
            lines.append(f"{_DIM}{hint}{_OFF}" if colour else hint)
    return "\n".join(lines)


def as_json(found: Sequence[Diagnostic], documents: int, items: int) -> str:
    """Return the stable JSON of `knm check --format json`."""
    data: dict[str, Any] = {
        "diagnostics": [
            {
                "code": diagnostic.rule.code,
                "name": diagnostic.rule.name,
                "severity": diagnostic.rule.severity.value,
                "path": diagnostic.location.path,
                "line": diagnostic.location.line,
                "column": diagnostic.location.column,
                "pointer": diagnostic.location.pointer,
                "message": diagnostic.message,
                "hint": diagnostic.hint,
            }
            for diagnostic in found
        ],
        "summary": {
            "documents": documents,
            "items": items,
            "errors": count(found, Severity.ERROR),
            "warnings": count(found, Severity.WARNING),
            "advices": count(found, Severity.ADVICE),
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_github(found: Sequence[Diagnostic]) -> str:
    """Return the findings as GitHub workflow annotations."""
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
    lines = []
    for diagnostic in found:
        at = diagnostic.location
        text = f"{diagnostic.message} {diagnostic.hint}".strip()
        where = f"file={_property(at.path)},line={at.line},col={at.column},title={diagnostic.rule.code}"
        lines.append(f"::{level[diagnostic.rule.severity]} {where}::{_data(text)}")
    return "\n".join(lines)


def _visible(text: str) -> str:
    """Replace control characters, so that a file cannot steer the reader's terminal."""
    if text.isprintable():  # a space is
        return text
    return "".join(char if char.isprintable() else "�" for char in text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
