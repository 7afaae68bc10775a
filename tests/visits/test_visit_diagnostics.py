"""Every rule of the planner has a folder that shows it, as all rules have (`tests/test_diagnostics.py`).

The input is a workbook, which cannot be read in a review. So `wrong.cells` and `right.cells` hold the cells that differ
from the worked example: `Groepen!D2 = tien`, `Locaties! =` (the sheet is gone), `Groepen!* =` (no rows), `bestand = kapot`.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from builder import report
from builder.diagnostics import Diagnostic, Location, Severity, sort_key
from builder.visits import RULES
from builder.visits.bundle import bundle
from builder.visits.plan import make_plan
from builder.visits.read_request import read_request
from builder.visits.rules import V616
from builder.visits.solve import Opdracht
from tests.conftest import ROOT
from tests.golden import compare
from tests.visits import pilot

FOLDERS = ROOT / "tests" / "diagnostics"
CODES = [rule.code for rule in RULES]


def workbook(cells: Path) -> bytes:
    book = openpyxl.load_workbook(BytesIO(pilot.content()))
    for line in cells.read_text(encoding="utf-8").splitlines():
        where, _, value = line.partition(" =")
        value = value.strip()
        tab, _, cell = where.rpartition("!")
        if where == "bestand":
            return value.encode()
        if not cell:
            del book[tab]
        elif cell == "*":
            book[tab].delete_rows(2, book[tab].max_row)
        else:
            book[tab][cell] = value or None
            if value.startswith("="):
                book[tab][cell].data_type = "f"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def findings(code: str, which: str) -> list[Diagnostic]:
    folder = next(FOLDERS.glob(f"{code}-*"))
    made, found = read_request("groepen.xlsx", workbook(folder / f"{which}.cells"))
    told = [
        one for one in found if not (one.rule.code == "V615" and "Museum D" in one.message and code != "V615")
    ]
    if code in ("V616", "V617") and made is not None:
        plan = make_plan(made, pilot.TODAY, Opdracht(seconden=5), asking=False)
        told += [Diagnostic(V616, Location("Bezoeken"), one.tekst) for one in plan.breuken]
        told += bundle(plan, "voorstel-001", Opdracht())[1]
    return sorted(told, key=sort_key)


@pytest.mark.parametrize("code", CODES)
def test_a_wrong_workbook_is_found(code: str, update_golden: bool) -> None:
    found = findings(code, "wrong")
    assert code in {one.rule.code for one in found}
    expected = next(FOLDERS.glob(f"{code}-*")) / "expected.txt"
    compare(expected, report.as_text(found) + "\n", update_golden)


@pytest.mark.parametrize("code", CODES)
def test_a_right_workbook_is_not(code: str) -> None:
    wrong = [
        one for one in findings(code, "right") if one.rule.code == code or one.rule.severity is Severity.ERROR
    ]
    assert report.as_text(wrong) == ""


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_plain(code: str) -> None:
    """At most 18 words, no blame, no jargon, the same "je" everywhere."""
    for line in (next(FOLDERS.glob(f"{code}-*")) / "expected.txt").read_text(encoding="utf-8").splitlines():
        text = line.partition("  ")[2] if not line.startswith("    →") else line
        for sentence in text.replace("? ", "?. ").split(". "):
            assert len(sentence.rpartition(": ")[2].split()) <= 18, sentence
        lowered = text.casefold()
        assert not [word for word in ("ongeldig", "invalid", "helaas", "gelieve", "verplicht", " u ", "!") if word in lowered.replace("groepen!", "")]  # fmt: skip
