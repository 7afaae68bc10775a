"""Every A rule has a folder that shows it: a wrong file with answers, a right one, and what the user then reads.

`tests/diagnostics/A…/wrong.*` and `right.*` are what a teacher would hand in. They go through `knm analyse` in a
copy of the voorbeeldbank, with the words of OPTIONS. What it says must equal `expected.txt`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.rulebook import RULES
from tests.conftest import ROOT

FOLDERS = ROOT / "tests" / "diagnostics"
A_RULES = {rule.code: rule for rule in RULES if rule.code.startswith("A")}
TOETS = ("--toets", "kleine-toets-a")
GOOD = "persoon;wonen-001;gezondheid-001;wonen-002;gezondheid-002\np1;B;B;A;B\np2;A;B;B;C\np3;C;-;A;A\n"
# What is said beside the file, where that is not just the toets. FILE stands for the file of the folder.
OPTIONS: dict[str, tuple[str, ...]] = {
    "A511": ("FILE",),
    "A512": ("FILE", *TOETS, "--cells", "places"),
    "A513": ("FILE", *TOETS, "--cells", "places"),
    "A518": ("goed.csv", "--rules", "FILE"),
    "A519": ("goed.csv", *TOETS, "--angoff", "FILE"),
    "A604": ("FILE", *TOETS, "--dif", "groep"),
    "A606": ("FILE", *TOETS, "--equate", "oude-toets=2"),
    "A607": ("FILE", *TOETS, "--dif", "groep=a"),
    "A619": ("FILE", "--no-bank", "--name", "los"),
    "A620": ("FILE", *TOETS, "--dif", "groep=a"),
}
# Where the file is right and the wish is wrong.
WISHES = {("A608", "wrong"): ("--cesuur", "60"), ("A608", "right"): ("--cesuur", "3")}
OLD = """\
id: oude-toets-2026-01-05
toets: oude-toets
datum: '2026-01-05'
personen: 4000
vragen:
""" + "".join(
    f"  - id: {item}\n    versie: 1\n    digest: '{'0' * 64}'\n    personen: 4000\n    p: 0.5\n    leeg: 0.0\n"
    f"    b: {b}\n    se: 0.05\n"
    for item, b in zip(
        ("wonen-001", "gezondheid-001", "wonen-002", "gezondheid-002"),
        (-0.675, -0.075, 0.225, 0.525),
        strict=True,
    )
)


def said(code: str, which: str, bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Exit code and output of `knm analyse`, without the lines that name the files of the report."""
    (given,) = (FOLDERS / f"{code}-{A_RULES[code].name}").glob(f"{which}.*")
    file = f"antwoorden{given.suffix}"
    shutil.copyfile(given, bank_folder / file)
    (bank_folder / "goed.csv").write_text(
        GOOD if code != "A518" else "persoon,v1,v2\np1,A,B\np2,B,A\n", "utf-8"
    )
    if code == "A606":
        (bank_folder / "content/statistiek").mkdir()
        (bank_folder / "content/statistiek/oude-toets-2026-01-05.yaml").write_text(OLD, encoding="utf-8")
    monkeypatch.chdir(bank_folder)
    words = [file if word == "FILE" else word for word in OPTIONS.get(code, ("FILE", *TOETS))]
    words += [*WISHES.get((code, which), ()), "--to", "json", "--today", "2026-11-25"]
    result = CliRunner().invoke(main, ["analyse", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    lines = [line for line in result.output.splitlines() if not line.startswith("build/analyse/")]
    return result.exit_code, "\n".join(lines) + "\n"


@pytest.mark.parametrize("code", sorted(A_RULES))
def test_a_wrong_file_is_told(
    code: str, bank_folder: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    exit_code, text = said(code, "wrong", bank_folder, monkeypatch)
    assert f" {code} " in text
    assert exit_code == (1 if A_RULES[code].severity == "error" else 0)
    expected = FOLDERS / f"{code}-{A_RULES[code].name}" / "expected.txt"
    if update_golden:
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", sorted(A_RULES))
def test_a_right_file_is_not(code: str, bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exit_code, text = said(code, "right", bank_folder, monkeypatch)
    assert f" {code} " not in text and f" {code}\n" not in text
    assert exit_code == 0


def test_every_folder_is_complete() -> None:
    for rule in A_RULES.values():
        names = {file.stem for file in (FOLDERS / f"{rule.code}-{rule.name}").iterdir()}
        assert names == {"wrong", "right", "expected"}, rule.code
