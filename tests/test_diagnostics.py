"""Every rule has a folder that shows it: a wrong file, a right file, and what the author then reads.

`tests/diagnostics/<CODE>-<name>/wrong.yaml` goes into a copy of the voorbeeldbank, at the place its first
line names. What `knm` says about it must equal `expected.txt` (`pytest --update-golden` writes it anew).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builder import checks, report, review, yaml_writing
from builder.checks.context import Context
from builder.diagnostics import Diagnostic, Rule, Severity, sort_key
from builder.exam import verify
from builder.export import EXPORTERS, qti21
from builder.language.dictionary import Dictionary, find_dictionary
from builder.loading.load import load
from builder.model.digest import item_digest
from builder.project import Project
from builder.rulebook import RULES
from tests.conftest import ITEM, QTI_CONVERT, ROOT, copy_of_the_voorbeeldbank
from tests.golden import compare

FOLDERS = ROOT / "tests" / "diagnostics"
# Rules of a workbook (V) show cells instead of a file: tests/visits/test_visit_diagnostics.py runs those.
# Rules about answers (A) have their proof in tests/analysis/test_diagnostics.py.
# Rules of the way in (I) show files from outside: tests/intake/test_intake_diagnostics.py runs those.
CELLS = {"wrong.cells", "right.cells", "expected.txt"}
ELSEWHERE = ("A", "I")
MINE = [folder for folder in FOLDERS.iterdir() if not folder.name.startswith(ELSEWHERE)]
CODES = sorted(code for folder in MINE if not (code := folder.name.partition("-")[0]).startswith("V"))
_PLACE = re.compile(rb"^(?:\xef\xbb\xbf)?# plaats: (\S+)\r?\n")


DAY = date(2026, 11, 25)
DICTIONARY = find_dictionary()


def place_of(file: Path) -> str:
    match = _PLACE.match(file.read_bytes())
    assert match, f"{file}: the first line must be '# plaats: <path in the bank>'"
    return match[1].decode()


def put(file: Path, project: Project) -> Path:
    target = project.root / place_of(file)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    return target


def findings(project: Project, code: str) -> list[Diagnostic]:
    """What an author is told: loading and checks, and for a rule of an exporter what that rule says.

    What other programs cannot hold is told of every toets; only code "X" asks for all of it.
    """
    bank, found = load(project)
    everything = [*found, *checks.check(bank, Context(DAY, DICTIONARY)), *verify.check(bank)]
    if code.startswith("X"):
        told = (
            exporter(bank, toets)[1] for toets in bank.toetsen.values() for exporter in EXPORTERS.values()
        )
        wanted = (finding for found in told for finding in found if code in ("X", finding.rule.code))
        everything.extend(dict.fromkeys(wanted))
    return sorted(everything, key=sort_key)


# What no YAML file alone can show: each makes the rest of the situation around a file that was put in place.
Situation = Callable[[Project, Path, pytest.MonkeyPatch], Project | None]


def no_right_to_read(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse(path: object, *more: Any, **named: Any) -> int:
        if str(path) == str(file):
            raise PermissionError(13, "Permission denied")
        return opened(path, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)


def padded_to_300_kb(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with file.open("ab") as stream:
        stream.write(b"# opvulling\n" * (300 * 1024 // 12))


def elsewhere_with_a_symlink(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = project.root.parent / "elders.yaml"
    file.replace(elsewhere)
    file.symlink_to(elsewhere)


def with_a_script_in_the_picture(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = (project.root / "items/wonen/wonen-002.svg").read_text(encoding="utf-8")
    bad = good.replace("</svg>", "  <script>alert(1)</script>\n</svg>")
    file.with_suffix(".svg").write_text(bad, encoding="utf-8")


def with_its_picture(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copyfile(project.root / "items/wonen/wonen-002.svg", file.with_suffix(".svg"))


def with_a_picture_of_no_size(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = file.with_suffix(".svg")
    text = picture.read_text(encoding="utf-8")
    picture.write_text(text.replace("<svg ", '<svg width="0" ', 1), encoding="utf-8")


def without_the_file(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.unlink()


def with_a_schema_of_the_future(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    shutil.copytree(ROOT / "schemas", project.root / "schemas")
    schema = project.root / "schemas" / "item.schema.json"
    data = json.loads(schema.read_text(encoding="utf-8"))
    data["not"] = {"properties": {"maker": {"const": "niemand"}}, "required": ["maker"]}
    schema.write_text(json.dumps(data), encoding="utf-8")
    return Project(project.root)


TWELVE = (
    ("Waar leent iemand een boek?", "In de bibliotheek", "In het zwembad", "In de apotheek"),
    ("Wat staat er bij een deurbel?", "Een naam", "Een recept", "Een datum"),
    ("Wie bezorgt brieven?", "De postbode", "De slager", "De tandarts"),
    ("Waarmee betaalt iemand in een winkel?", "Met een bankpas", "Met een rijbewijs", "Met een diploma"),
    ("Wat ligt er in de bak voor glas?", "Een lege fles", "Een oude krant", "Een kapotte stoel"),
    ("Wie helpt bij vuur in huis?", "De brandweer", "De bibliotheek", "De notaris"),
    ("Wat laat iemand zien bij de grens?", "Een paspoort", "Een loonstrook", "Een kassabon"),
    ("Wanneer gaat een kind van 8 jaar naar school?", "Op dinsdag", "Op zaterdag", "Op zondag"),
    ("Wat koopt iemand bij een kapper?", "Een knipbeurt", "Een treinreis", "Een huis"),
    ("Wie geeft les aan kinderen?", "De juf", "De rechter", "De makelaar"),
    ("Wat rijdt op rails?", "Een trein", "Een fiets", "Een schip"),
    ("Waar hangen veel schilderijen?", "In een museum", "In een garage", "In een slagerij"),
)


def with_twelve_questions(longest: bool = False, name: str = "") -> Situation:
    """Questions wonen-101 to wonen-112, and the digests of their present text in the toets."""

    def situation(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = project.root / "items" / "wonen"
        for number, (stam, *opties) in enumerate(TWELVE):
            item_id = f"wonen-{101 + number}"
            head, _, tail = ITEM.partition("stam:")
            head = head.replace("wonen-004", item_id)
            if name and number < 3:
                stam = f"{name} wil iets weten. {stam}"
            lines = [f"stam: {stam}", "opties:"]
            for place, tekst in enumerate(opties):
                lines.append(
                    f"  - tekst: {tekst}{' nu' if longest and place == 0 and len(tekst) > 6 else ''}"
                )
                lines.append(f"    juist: {'false' if place else 'true'}")
                lines.append("    toelichting: Zo is het in Nederland.")
            text = head + "\n".join(lines) + "\n" + tail[tail.index("bronnen:") :]
            (folder / f"{item_id}.yaml").write_text(text, encoding="utf-8")
        bank, _ = load(project)
        for item in bank.items.values():
            if item.id.startswith("wonen-1"):
                assert item.sleutel is not None
                letter = "ABCD"[item.sleutel]
                entry, objections = review.entry(
                    bank, review.Reading(item.id, letter, "blinde-lezer", soort="automatisch"), "2026-11-25"
                )
                assert not objections
                path = folder / f"{item.id}.yaml"
                read = yaml_writing.add_to_list(path.read_text(encoding="utf-8"), "beoordelingen", entry)
                path.write_text(read, encoding="utf-8")
        toets = file.read_text(encoding="utf-8")
        for item in bank.items.values():
            toets = toets.replace(
                f"{item.id}\n    versie: 1\n    digest: {'0' * 64}",
                f"{item.id}\n    versie: 1\n    digest: {item_digest(bank, item)}",
            )
        file.write_text(toets, encoding="utf-8")

    return situation


def from_its_second_line(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, page = file.read_text(encoding="utf-8").partition("\n")  # the first line says where the page goes
    file.write_text(page, encoding="utf-8")


def without_a_dictionary(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "DICTIONARY", Dictionary())


def with_qti_convert(project: Project, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not QTI_CONVERT.exists():
        pytest.skip("qti-convert is not installed: make test installs it")
    monkeypatch.setattr(qti21, "program", lambda: str(QTI_CONVERT))


SITUATIONS: dict[tuple[str, str], Situation] = {
    ("R001", "wrong"): no_right_to_read,
    ("R002", "wrong"): padded_to_300_kb,
    ("R012", "wrong"): elsewhere_with_a_symlink,
    ("S111", "wrong"): with_a_schema_of_the_future,
    ("S111", "right"): with_a_schema_of_the_future,
    ("L207", "right"): with_its_picture,
    ("L208", "right"): with_its_picture,
    ("L209", "wrong"): with_a_script_in_the_picture,
    ("L209", "right"): with_its_picture,
    ("L217", "wrong"): with_its_picture,
    ("L217", "right"): with_its_picture,
    ("L219", "wrong"): without_the_file,
    ("X511", "wrong"): with_a_picture_of_no_size,
    ("X518", "right"): with_qti_convert,
    ("X519", "wrong"): with_qti_convert,
    **{
        (code, which): from_its_second_line
        for code in ("C504", "C505", "C506")
        for which in ("wrong", "right")
    },
    ("C552", "wrong"): without_a_dictionary,
    ("C433", "wrong"): with_its_picture,
    ("C433", "right"): with_its_picture,
    ("C427", "wrong"): with_twelve_questions(),
    ("C427", "right"): with_twelve_questions(),
    ("C428", "wrong"): with_twelve_questions(),
    ("C428", "right"): with_twelve_questions(),
    ("C432", "wrong"): with_twelve_questions(name="Sara"),
    ("C432", "right"): with_twelve_questions(),
    ("C437", "wrong"): with_twelve_questions(longest=True),
    ("C437", "right"): with_twelve_questions(),
}


def after(code: str, which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Diagnostic]:
    """The findings about the voorbeeldbank with one file of the folder of this rule in it."""
    folder = next(FOLDERS.glob(f"{code}-*"))
    project: Project = copy_of_the_voorbeeldbank(tmp_path / which)
    file = put(folder / f"{which}.yaml", project)
    if situation := SITUATIONS.get((code, which)):
        project = situation(project, file, monkeypatch) or project
    return findings(project, code)


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    wanted = {f"{rule.code}-{rule.name}" for rule in RULES}
    assert {folder.name for folder in FOLDERS.iterdir()} == wanted


def test_no_code_is_used_twice() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))


def test_every_folder_is_complete() -> None:
    names = {folder.name: {file.name for file in folder.iterdir()} for folder in MINE}
    assert {
        name: found
        for name, found in names.items()
        if found != (CELLS if name.startswith("V") else {"wrong.yaml", "right.yaml", "expected.txt"})
    } == {}


def test_the_voorbeeldbank_itself_is_spotless(tmp_path: Path) -> None:
    project = copy_of_the_voorbeeldbank(tmp_path / "bank")
    # that another program cannot hold something is no fault of the bank
    found = [
        finding
        for finding in findings(project, "X")
        if not (finding.rule.code.startswith("X") and finding.rule.severity is Severity.ADVICE)
    ]
    assert report.as_text(found) == ""


@pytest.mark.parametrize("code", CODES)
def test_a_wrong_file_is_found(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    found = after(code, "wrong", tmp_path, monkeypatch)
    assert code in {finding.rule.code for finding in found}
    expected = next(FOLDERS.glob(f"{code}-*")) / "expected.txt"
    compare(expected, report.as_text(found) + "\n", update_golden)


@pytest.mark.parametrize("code", CODES)
def test_a_right_file_is_not(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = after(code, "right", tmp_path, monkeypatch)
    wrong = [
        finding for finding in found if finding.rule.code == code or finding.rule.severity is Severity.ERROR
    ]
    assert report.as_text(wrong) == ""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule: Rule) -> None:
    for field in ("name", "why", "wrong", "right"):
        assert getattr(rule, field).strip(), field
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert re.fullmatch(r"[RSLCMXIVA][0-9]{3}", rule.code)
