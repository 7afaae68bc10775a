"""Every rule of the way in has a folder that shows it, as all rules have (`tests/test_diagnostics.py`).

`wrong.*` and `right.*` are files as they come from outside. Two kinds would not be readable in a review, so they are
made here: `.files` is a zip (names and texts as JSON), `.cells` a workbook (as CSV; what begins with = is a formula).
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from builder import report
from builder.diagnostics import Diagnostic, Location, Severity, sort_key
from builder.intake import RULES
from builder.project import Project
from tests.conftest import ROOT
from tests.golden import compare
from tests.intake.conftest import verdicts
from tests.zips import zipped

FOLDERS = ROOT / "tests" / "diagnostics"
CODES = [rule.code for rule in RULES]


def content(file: Path) -> tuple[str, bytes]:
    """The name and bytes of the file as the reader gets them."""
    if file.suffix == ".files":
        return "pakket.zip", zipped(json.loads(file.read_text(encoding="utf-8")))
    if file.suffix != ".cells":
        return f"vragen{file.suffix}", file.read_bytes()
    book = openpyxl.Workbook()
    book.active.title = "Vragen"
    for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8")), delimiter=";"):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return "vragen.xlsx", out.getvalue()


def findings(code: str, which: str, project: Project) -> list[Diagnostic]:
    file = next(next(FOLDERS.glob(f"{code}-*")).glob(f"{which}.*"))
    name, data = content(file)
    delivery, entries = verdicts(project, name, data)
    whole = [
        Diagnostic(one.rule, Location(name, one.spot.line, one.spot.column), one.message, one.hint)
        for one in delivery.remarks
    ]
    each = [found.diagnostic(name) for entry in entries for found in entry.findings]
    return sorted([*whole, *each], key=sort_key)


def test_every_folder_is_complete() -> None:
    for rule in RULES:
        folder = FOLDERS / f"{rule.code}-{rule.name}"
        assert sorted(file.stem for file in folder.iterdir()) == ["expected", "right", "wrong"], folder.name


@pytest.mark.parametrize("code", CODES)
def test_a_wrong_file_is_found(code: str, voorbeeld: Project, update_golden: bool) -> None:
    found = findings(code, "wrong", voorbeeld)
    assert code in {one.rule.code for one in found}
    expected = next(FOLDERS.glob(f"{code}-*")) / "expected.txt"
    compare(expected, report.as_text(found) + "\n", update_golden)


@pytest.mark.parametrize("code", CODES)
def test_a_right_file_is_not(code: str, voorbeeld: Project) -> None:
    wrong = [
        one
        for one in findings(code, "right", voorbeeld)
        if one.rule.code == code or one.rule.severity is Severity.ERROR
    ]
    assert report.as_text(wrong) == ""
