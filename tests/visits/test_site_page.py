"""The page on the site tells what really happens: its downloads, its quoted output and its verbs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import sheets
from builder.cli import main
from builder.office import Properties
from builder.visits import example
from builder.visits.workbook import template
from tests.conftest import ROOT
from tests.visits import pilot

FOLDER = ROOT / "site" / "pages" / "bezoeken"
PAGE = (FOLDER / "plannen.md").read_text(encoding="utf-8")


def test_the_downloads_are_those_of_the_program(update_golden: bool) -> None:
    empty = sheets.write(template(), Properties("Bezoeken plannen", "knm", date(1980, 1, 1)))
    if update_golden:
        (FOLDER / "leeg.xlsx").write_bytes(empty)
        (FOLDER / "voorbeeld.xlsx").write_bytes(pilot.content())
        example.FILE.write_bytes(pilot.content())
    assert (FOLDER / "leeg.xlsx").read_bytes() == empty
    assert (FOLDER / "voorbeeld.xlsx").read_bytes() == pilot.content()
    assert example.FILE.read_bytes() == pilot.content()  # the one that the workshop offers


def test_the_quoted_output_is_what_the_program_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(
        main, ["visits", "plan", str(FOLDER / "voorbeeld.xlsx"), "--out", "bezoeken", "--today", "2026-08-03"]
    )
    quoted = re.search(r"```\n(Voorbeeldpilot.*?)\n```", PAGE, re.S)
    assert quoted is not None and quoted[1] == ran.stdout[: ran.stdout.index("\nHet voorstel staat")].rstrip()
    again = CliRunner().invoke(
        main,
        [
            "visits",
            "replan",
            "bezoeken/voorstel-001",
            "--cancel",
            "C extra",
            "--today",
            "2026-08-03",
            "--quick",
        ],
    )
    moves = re.findall(r"^  (\S.*) → ", again.stdout, re.M)
    assert [move.split(":")[0] for move in moves] == ["C extra", "C laat"]


def test_every_verb_on_the_page_exists() -> None:
    group = main.commands["visits"]
    verbs = set(re.findall(r"knm visits ([a-z]+)", PAGE))
    assert verbs == set(group.commands)  # type: ignore[attr-defined]


def test_every_sentence_is_short() -> None:
    plain = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", " x ", PAGE, flags=re.S)
    for line in plain.splitlines():
        for sentence in re.split(r"(?<=[.?:]) ", line):
            assert len([word for word in sentence.split() if re.search(r"\w", word)]) <= 26, sentence
