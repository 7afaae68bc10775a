"""What an author sees when something is wrong: a Dutch sentence with file and line, all of it, never a traceback."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from builder.artifacts import Artifact, WriteError, create_file, explain_failure, write_file, write_folder
from builder.cli import main
from builder.project import ProjectError, find_project, today
from tests.conftest import ITEM, ITEM_PATH, ROOT, copy_of_the_voorbeeldbank
from tests.zips import files_of

NEW = ITEM_PATH
LES = "content/lessen/gezondheid/praten-met-de-huisarts.yaml"
MATRIJS = "content/toetsmatrijzen/kleine-toets.yaml"
EINDTERMEN = "content/eindtermen.yaml"
LINE = re.compile(r"^(\S+?):(\d+):(\d+)  (fout|waarschuwing|advies) ([A-Z]\d{3})  (.+)$")

Found = list[tuple[str, int, str]]


@pytest.fixture
def bank(bank_folder: Path) -> Path:
    """A valid bank with one more question, which stands in no toets: a test spoils it."""
    (bank_folder / NEW).write_text(ITEM, encoding="utf-8")
    return bank_folder


def change(bank: Path, path: str, *pairs: tuple[str, str]) -> None:
    file = bank / path
    text = file.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def knm(bank: Path, *arguments: str) -> tuple[int, str]:
    """Run `knm` in this process, in the folder of the bank: exit code and all that it printed."""
    before = Path.cwd()
    os.chdir(bank)
    try:
        result = CliRunner().invoke(main, list(arguments))
    finally:
        os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def parsed(output: str) -> tuple[Found, dict[str, str]]:
    """The findings in the output of `knm check`, and the whole text (with hint) by code."""
    found: Found = []
    said: dict[str, str] = {}
    code = ""
    for line in output.splitlines():
        if match := LINE.match(line):
            code = match[5]
            found.append((match[1], int(match[2]), code))
            said[code] = match[6]
        elif line.startswith("    → "):
            said[code] += " " + line.strip()
    return found, said


def check(bank: Path) -> tuple[int, Found, dict[str, str]]:
    code, output = knm(bank, "check")
    assert "Traceback" not in output
    found, said = parsed(output)
    # a changed question has to be read blind again: that is so in many of these banks, and beside the point
    return code, [finding for finding in found if "C316" not in finding], said


def line_of(bank: Path, path: str, text: str) -> int:
    lines = (bank / path).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if text in line)


# name, file, what is changed, where (the first line that holds this text), code, what is said
CASES = [
    ("tab in indentation", NEW, [("  - tekst: Je krijgt een prijs", "\t- tekst: Je krijgt een prijs")], "een prijs", "R005", "tab"),
    ("unclosed quote", NEW, [("stam: Wat", 'stam: "Wat')], "stam:", "R006", "sluitende aanhalingsteken"),
    ("juist: yes", NEW, [("juist: true", "juist: yes")], "juist: yes", "S103", "Schrijf true in plaats van yes"),
    ("unknown eindterm", NEW, [("eindterm: 3.1.2", "eindterm: 3.1.12")], "3.1.12", "L203", 'Bedoelde je "3.1.2"?'),
    ("handeling as a number", EINDTERMEN, [('nummer: "3.1"', "nummer: 3.1")], "nummer: 3.1", "S103", "tussen aanhalingstekens"),
    ("handeling as a number in a matrijs", MATRIJS, [("thema: wonen", "handeling: 2.3")], "2.3", "S103", '"2.3"'),
    ("unknown handeling", MATRIJS, [("thema: wonen", 'handeling: "2.3"')], "2.3", "L203", "Handeling 2.3 bestaat niet"),
    ("two right answers", NEW, [("juist: false", "juist: true")], "juist: true", "C302", "Kies één goed antwoord"),
    ("no right answer", NEW, [("juist: true", "juist: false")], "brief van de verhuurder.", "C301", "geen antwoord goed"),
    ("two equal options", NEW, [("tekst: Je krijgt een prijs van de gemeente.", "tekst: Je krijgt een  brief van de verhuurder.")], "een  brief", "C303", "gelijk aan antwoord 1"),
    ("id is not the file name", NEW, [("id: wonen-004", "id: wonen-005")], "id: wonen-005", "L201", "wonen-004.yaml"),
    ("same id twice", NEW, [("id: wonen-004", "id: wonen-002")], "id: wonen-002", "L202", "items/wonen/wonen-002.yaml"),
    ("unknown key", NEW, [("indicator:", "indicatr:")], "indicatr:", "S102", 'Bedoelde je "indicator"?'),
    ("misspelt required key", NEW, [("taalniveau:", "taalnivo:")], "taalnivo:", "S102", 'Bedoelde je "taalniveau"?'),
    ("missing key", NEW, [("maker: auteur\n", "")], "id:", "S101", '"maker"'),
    ("missing picture", NEW, [("opties:", "afbeelding:\n  bestand: wonen-004.png\n  alt: Een huis.\n  maker: redactie\n"
      "  licentie: CC BY 4.0\nopties:")], "wonen-004.png", "L207", "wonen-004.png is er niet"),
    ("picture without alt", NEW, [("opties:", "afbeelding:\n  bestand: wonen-002.svg\n  maker: redactie\n"
      "  licentie: CC BY 4.0\nopties:")], "bestand:", "S101", '"alt"'),
    ("picture outside the folder", NEW, [("opties:", "afbeelding:\n  bestand: ../../geheim.png\n  alt: Een huis.\n"
      "  maker: redactie\n  licentie: CC BY 4.0\nopties:")], "geheim.png", "L208", "andere map"),
    ("unknown bron", NEW, [("- id: voorbeeldfolder", "- id: folder")], "- id: folder", "L205", '"folder"'),
    ("minutes that do not add up", LES, [("minuten: 20", "minuten: 25")], "minuten: 45", "C320", "5 minuten te veel"),
    ("text of only spaces", NEW, [("stam: Wat gebeurt er als je de huur niet betaalt?", 'stam: "   "')], "stam:", "S106", "staat niets"),
    ("empty text", NEW, [("stam: Wat gebeurt er als je de huur niet betaalt?", 'stam: ""')], "stam:", "S106", "staat niets"),
    ("nothing after the colon", NEW, [("stam: Wat gebeurt er als je de huur niet betaalt?", "stam:")], "stam:", "S103", "niets"),
    ("a colon in a text", NEW, [("stam: Wat", "stam: Vraag: wat")], "stam:", "R006", "dubbele punt"),
    ("a text that starts with a bracket", NEW, [("stam: Wat", "stam: [Wat")], "stam:", "R006", "haakje"),
    ("a text that starts with @", NEW, [("stam: Wat", "stam: @Wat")], "stam:", "R006", "@"),
    ("an invisible character", NEW, [("stam: Wat", "stam: W\x07at")], "stam:", "R006", "stuurteken"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "changes", "place", "code", "sentence"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_one_mistake_gives_one_sentence(
    bank: Path, path: str, changes: list[tuple[str, str]], place: str, code: str, sentence: str
) -> None:
    change(bank, path, *changes)
    expected = line_of(bank, path, place)
    if code == "C302":  # the second of the two
        expected = line_of(bank, path, "een prijs") + 1
    exit_code, found, said = check(bank)
    assert found == [(path, expected, code)]
    assert sentence in said[code]
    assert exit_code == 1


TOETS = "content/toetsen/kleine-toets-a.yaml"

# Names that do not find each other: file, what is changed, where, code, what is said
REFERENCES = [
    ("bron twice", "content/bronnen.yaml", [("id: voorbeeldfolder", "id: voorbeeldregeling")], "- id: voorbeeldregeling", "L202", "twee keer"),
    ("thema twice", EINDTERMEN, [("slug: gezondheid", "slug: wonen")], "slug: wonen", "L202", "twee keer"),
    ("eindterm twice", EINDTERMEN, [("nummer: 3.1.1", "nummer: 3.1.2")], "nummer: 3.1.2", "L202", "twee keer"),
    ("handeling under another thema", EINDTERMEN, [('nummer: "4.1"', 'nummer: "5.1"')], 'nummer: "5.1"', "L218", "thema 4"),
    ("indicator out of order", EINDTERMEN, [("code: 3.1.2-b", "code: 3.1.2-c")], "code: 3.1.2-c", "L218", "plaats 2"),
    ("eindterm of another thema", NEW, [("eindterm: 3.1.2", "eindterm: 4.1.2"), ("indicator: 3.1.2-b\n", "")], "4.1.2", "L210", "gezondheid"),
    ("indicator where there are none", NEW, [("eindterm: 3.1.2", "eindterm: 3.1.1")], "indicator:", "L204", "geen indicatoren"),
    ("refers to itself", NEW, [("maker: auteur", "maker: auteur\nvariant_van: wonen-004")], "variant_van", "L206", "zichzelf"),
    ("replaced by nothing", "items/wonen/wonen-003.yaml", [("vervangen_door: wonen-001", "vervangen_door: wonen-077")], "wonen-077", "L206", "bestaat niet"),
    ("lesson in another folder", LES, [("thema: gezondheid", "thema: wonen")], "thema: wonen", "L210", "content/lessen/wonen"),
    ("eindterm of a goal", LES, [("- 4.1.1", "- 4.1.9")], "4.1.9", "L203", "4.1.1"),
    ("bron of a lesson", LES, [("  - id: voorbeeldfolder", "  - id: folder")], "id: folder", "L205", '"folder"'),
    ("question of a lesson", LES, [("- gezondheid-002", "- gezondheid-020")], "gezondheid-020", "L206", "gezondheid-002"),
    ("too far in the series", LES, [("    les: 1", "    les: 3")], "les: 3", "L212", "2 lessen"),
    ("thema of a cell", MATRIJS, [("thema: wonen", "thema: wonnen")], "wonnen", "L215", 'Bedoelde je "wonen"?'),
    ("indicator of a cell", MATRIJS, [("thema: wonen", "indicator: 3.1.2-x")], "3.1.2-x", "L204", "bestaat niet"),
    ("eindterm of a cell", MATRIJS, [("thema: wonen", "eindterm: 3.1.7")], "3.1.7", "L203", "bestaat niet"),
    ("bron of a word", "content/begrippen.yaml", [("- id: voorbeeldfolder", "- id: folder")], "id: folder", "L205", '"folder"'),
    ("thema of a word", "content/begrippen.yaml", [("thema: gezondheid", "thema: gezondheit")], "thema: gezondheit", "L215", 'Bedoelde je "gezondheid"?'),
    ("bron of the eindtermen", EINDTERMEN, [("bron: voorbeeldregeling", "bron: regeling")], "bron:", "L205", '"regeling"'),
    ("question of a toets", TOETS, [("- id: wonen-002", "- id: wonen-020"), ("- id: wonen-002", "- id: wonen-020")], "wonen-020", "L206", "bestaat niet"),
    ("order of a variant", TOETS, [("opties: [1, 3, 2]", "opties: [1, 3]")], "[1, 3]", "L214", "die heeft 3 opties"),
    ("variant with other questions", TOETS, [("      - id: wonen-001\n        opties: [1, 3, 2]\n", "")], "- id: gezondheid-002", "L214", "dezelfde vragen"),
    ("more right answers than one cell allows", MATRIJS, [("    max: 2", "    max: 1")], "- id: wonen-001", "C332", "Cel wonen: 2 vragen"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "changes", "place", "code", "sentence"),
    [case[1:] for case in REFERENCES],
    ids=[case[0] for case in REFERENCES],
)
def test_a_name_that_is_not_found(
    bank: Path, path: str, changes: list[tuple[str, str]], place: str, code: str, sentence: str
) -> None:
    change(bank, path, *changes)
    exit_code, found, said = check(bank)
    assert exit_code == 1
    assert [entry[2] for entry in found if entry[2] == code] == [code]
    assert sentence in said[code]
    where, line, _ = next(entry for entry in found if entry[2] == code)
    assert place in (bank / where).read_text(encoding="utf-8").split("\n")[line - 1]
    assert {entry[2] for entry in found} <= {code, "C332"}


def test_the_bank_itself_is_good(bank: Path) -> None:
    assert check(bank) == (0, [], {})


def test_a_bom_is_read_and_advised_against(bank: Path) -> None:
    file = bank / NEW
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    exit_code, found, said = check(bank)
    assert found == [(NEW, 1, "R004")]
    assert "BOM" in said["R004"]
    assert exit_code == 0


def test_windows_line_ends_change_nothing(bank: Path) -> None:
    for file in [*bank.glob("items/**/*.yaml"), *bank.glob("content/**/*.yaml")]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert check(bank) == (0, [], {})


def test_with_windows_line_ends_the_line_is_right(bank: Path) -> None:
    change(bank, NEW, ("juist: false", "juist: nee"))
    expected = line_of(bank, NEW, "juist: nee")
    (bank / NEW).write_bytes((bank / NEW).read_bytes().replace(b"\n", b"\r\n"))
    assert check(bank)[1] == [(NEW, expected, "S103")]


def test_latin_1(bank: Path) -> None:
    change(bank, NEW, ("zijn geld", "één euro"))
    expected = line_of(bank, NEW, "één euro")
    (bank / NEW).write_bytes((bank / NEW).read_text(encoding="utf-8").encode("latin-1"))
    exit_code, found, said = check(bank)
    assert (exit_code, found) == (1, [(NEW, expected, "R003")])
    assert "bewaar het als UTF-8" in said["R003"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"   ", b"# alleen een opmerking\n", b"\xef\xbb\xbf"])
def test_an_empty_file(bank: Path, content: bytes) -> None:
    (bank / NEW).write_bytes(content)
    exit_code, found, said = check(bank)
    assert exit_code == 1
    assert (NEW, 1, "R009") in found
    assert "leeg" in said["R009"]


def test_a_file_of_300_kb(bank: Path) -> None:
    (bank / NEW).write_bytes((bank / NEW).read_bytes() + b"# opvulling\n" * 25_600)
    exit_code, found, said = check(bank)
    assert (exit_code, found) == (1, [(NEW, 1, "R002")])
    assert "256 kB" in said["R002"]


@pytest.mark.parametrize("name", ["eindtermen", "bronnen"])
def test_a_list_that_is_not_there_is_one_finding(bank: Path, name: str) -> None:
    (bank / f"content/{name}.yaml").unlink()
    exit_code, found, said = check(bank)
    assert (exit_code, found) == (1, [(f"content/{name}.yaml", 1, "L219")])
    assert "is er niet" in said["L219"]


@pytest.mark.parametrize("name", ["eindtermen", "bronnen"])
def test_a_list_with_a_typing_error_is_one_finding(bank: Path, name: str) -> None:
    change(bank, f"content/{name}.yaml", ("gezien:", "gezein:"))
    _, found, said = check(bank)
    assert [code for _, _, code in found] == ["S102"]
    assert 'Bedoelde je "gezien"?' in said["S102"]


def test_a_question_with_an_error_is_not_also_unknown(bank: Path) -> None:
    change(bank, "items/wonen/wonen-001.yaml", ("taalniveau: A2", "taalniveau: B2"))
    assert check(bank)[1] == [("items/wonen/wonen-001.yaml", 8, "S104")]


def test_of_two_with_one_id_the_file_with_the_wrong_name_is_told(bank: Path) -> None:
    (bank / NEW).rename(bank / "items/wonen/a.yaml")
    change(bank, "items/wonen/a.yaml", ("id: wonen-004", "id: wonen-001"))
    exit_code, found, said = check(bank)
    assert (exit_code, found) == (1, [("items/wonen/a.yaml", 1, "L202")])
    assert "items/wonen/wonen-001.yaml" in said["L202"]


def test_all_mistakes_are_told_at_once_and_in_order(bank: Path) -> None:
    change(
        bank,
        NEW,
        ("taalniveau: A2", "taalniveau: C1"),
        ("stof: examenstof", "stof: anders"),
        ("juist: true", "juist: ja"),
    )
    change(
        bank,
        LES,
        ("minuten: 20", "minuten: 21"),
        ("bestand: praten-met-de-huisarts-kamer.svg", "bestand: weg.svg"),
    )
    change(bank, "items/wonen/wonen-003.yaml", ("stam: Wie", 'stam: "Wie'))
    change(bank, "items/gezondheid/gezondheid-003.yaml", ("tekst: Een rekening", "tekst: Een recept"))
    exit_code, found, _ = check(bank)
    assert exit_code == 1
    assert sorted(found) == found
    assert {(path, code) for path, _, code in found} == {
        (LES, "L207"),
        ("items/gezondheid/gezondheid-003.yaml", "C303"),
        ("items/gezondheid/gezondheid-003.yaml", "C312"),
        ("items/wonen/wonen-003.yaml", "R006"),
        (NEW, "S103"),
        (NEW, "S104"),
    }
    assert len([entry for entry in found if entry[2] == "S104"]) == 2


def test_the_same_as_a_program_of_its_own(bank: Path) -> None:
    change(bank, NEW, ("juist: true", "juist: yes"))
    ran = subprocess.run(
        [sys.executable, "-c", "from builder.cli import main; main()", "check"],
        cwd=bank,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert ran.returncode == 1
    assert parsed(ran.stdout)[0] == [(NEW, 14, "S103")]
    assert ran.stderr == ""
    assert "\x1b" not in ran.stdout


def test_the_same_as_json(bank: Path) -> None:
    change(bank, NEW, ("juist: true", "juist: yes"))
    exit_code, output = knm(bank, "check", "--format", "json")
    data = json.loads(output)
    assert exit_code == 1
    assert data["summary"] == {"documents": 20, "items": 6, "errors": 1, "warnings": 0, "advices": 0}
    assert [
        (found["path"], found["line"], found["column"], found["code"], found["pointer"])
        for found in data["diagnostics"]
    ] == [(NEW, 14, 12, "S103", "/opties/0/juist")]


# A folder that may not be read


def as_somebody_else(work: Callable[[], Any]) -> Any:
    """Do the work without the rights of root, in a child process when we are root; skip when there is no way."""
    if os.geteuid() != 0:
        return work()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover (another process)
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        except OSError:
            os._exit(77)
        try:
            os.write(writing, json.dumps(work()).encode())
            os._exit(0)
        except BaseException as error:
            os.write(writing, json.dumps(repr(error)).encode())
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        said = stream.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 77:
        pytest.skip("root cannot become somebody else here")
    assert status == 0, said
    return json.loads(said)


@pytest.fixture
def open_bank() -> Iterator[Path]:
    """A bank that every user of the machine may read (the usual folder of a test is closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="knm-test-"))
    try:
        folder.chmod(0o755)
        copy_of_the_voorbeeldbank(folder / "bank")
        shutil.copytree(ROOT / "schemas", folder / "bank" / "schemas")
        for path in [folder / "bank", *(folder / "bank").rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield folder / "bank"
    finally:
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.may_skip
@pytest.mark.parametrize(
    ("closed", "place"),
    [
        ("items/wonen", "items/wonen"),
        ("items", "items"),
        ("content", "content"),
        ("content/lessen/gezondheid", "content/lessen/gezondheid"),
        ("items/wonen/wonen-001.yaml", "items/wonen/wonen-001.yaml"),
        ("content/bronnen.yaml", "content/bronnen.yaml"),
    ],
)
def test_what_may_not_be_read_is_one_finding(open_bank: Path, closed: str, place: str) -> None:
    (open_bank / closed).chmod(0)
    exit_code, found, said = as_somebody_else(lambda: check(open_bank))
    assert [tuple(entry) for entry in found] == [(place, 1, "R001")]
    assert "leesrecht" in said["R001"]
    assert exit_code == 1


def test_a_closed_folder_is_one_finding_for_root_too(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("items/wonen"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert check(bank)[:2] == (1, [("items/wonen", 1, "R001")])


@pytest.mark.parametrize("path", ["items/wonen/wonen-001.yaml", "items/wonen/wonen-002.svg", "items/wonen"])
def test_a_symlink_is_one_finding(bank: Path, path: str) -> None:
    target = bank.parent / "elders"
    (bank / path).rename(target)
    (bank / path).symlink_to(target)
    exit_code, found, _ = check(bank)
    assert (exit_code, found) == (1, [(path, 1, "R012")])


# Writing


OLD = [Artifact("boekje.pdf", b"oud boekje"), Artifact("docent/sleutel.pdf", b"oude sleutel")]
FRESH = [Artifact("boekje.pdf", b"nieuw boekje"), Artifact("docent/sleutel.pdf", b"nieuwe sleutel")]


def disk_full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "toets"
    write_folder(target, [*OLD, Artifact("te-veel.txt", b"weg")])
    assert write_folder(target, FRESH) == 2
    assert files_of(tmp_path) == {f"toets/{artifact.path}": artifact.content for artifact in FRESH}


def test_a_full_disk_leaves_the_old_folder_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "toets"
    write_folder(target, OLD)
    before = files_of(tmp_path)
    write_bytes = Path.write_bytes

    def full_at_the_second(path: Path, content: bytes) -> int:
        if path.name == "sleutel.pdf":
            write_bytes(path, content[:3])
            disk_full()
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", full_at_the_second)
    with pytest.raises(WriteError, match=r"toets is niet geschreven\. De schijf is vol\..*is nog heel"):
        write_folder(target, FRESH)
    assert files_of(tmp_path) == before


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "toets.yaml"
    write_file(target, b"oud")
    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(WriteError, match="De schijf is vol"):
        write_file(target, b"nieuw")
    assert files_of(tmp_path) == {"toets.yaml": b"oud"}


def test_a_new_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bytes = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        write_bytes(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(WriteError, match="De schijf is vol"):
        create_file(tmp_path / "wonen-004.yaml", b"id: wonen-004\n")
    assert files_of(tmp_path) == {}


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"van mij")
    assert create_file(tmp_path / "a.yaml", b"nieuw") is False
    assert files_of(tmp_path) == {"a.yaml": b"van mij"}


def test_the_command_says_that_the_disk_is_full(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(bank)
    monkeypatch.setattr(Path, "write_bytes", disk_full)
    exit_code, output = knm(bank, "new", "item", "wonen", "3.1.2")
    monkeypatch.undo()
    assert exit_code == 2
    assert "De schijf is vol" in output and "Traceback" not in output
    assert files_of(bank) == before


KILLED = """
import sys, time
from pathlib import Path
from builder.artifacts import Artifact, write_folder

def artifacts():
    yield Artifact("boekje.pdf", b"nieuw boekje")
    print("halverwege", flush=True)
    time.sleep(60)
    yield Artifact("docent/sleutel.pdf", b"nieuwe sleutel")

write_folder(Path(sys.argv[1]), artifacts())
"""


def test_a_kill_leaves_the_old_folder_whole(tmp_path: Path) -> None:
    target = tmp_path / "toets"
    write_folder(target, OLD)
    before = files_of(target)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(target)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "halverwege\n"
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
    assert files_of(target) == before
    write_folder(target, FRESH)  # and what was left behind is in nobody's way
    assert files_of(target) == {artifact.path: artifact.content for artifact in FRESH}


@pytest.mark.parametrize(
    "name",
    "ENOENT EACCES EPERM ENOSPC EDQUOT EROFS EISDIR ENOTDIR ENOTEMPTY ENAMETOOLONG EMFILE ENFILE EIO EBUSY EADDRINUSE EFBIG "
    "EEXIST ECHILD".split(),
)
def test_no_words_of_the_system_are_passed_on(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = getattr(errno, name)
    english = os.strerror(number)
    told = explain_failure(OSError(number, english, "map/bestand"))
    assert told.startswith("map/bestand: ") and told.count(".") >= 2
    assert english not in told and "systeem zegt" not in told

    def failing(self: Path, data: bytes) -> int:
        raise OSError(number, english)

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(WriteError) as caught:
        write_folder(tmp_path / "toets", [Artifact("a", b"")])
    assert english not in str(caught.value) and "is nog heel" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'site_adres = "x"\ncontact_mail\n', "regel 2 klopt niet"),
        (b'site_adres = "x"\ncontact_mail', "regel 2 klopt niet"),
        (b"site_adres = x\n", "regel 1 klopt niet"),
        (b"\n\n[obk\n", "regel 3 klopt niet"),
        (b'site_adres = "\xff"\n', "Bewaar het als UTF-8"),
    ],
)
def test_a_broken_knm_toml_is_told_in_dutch(text: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "knm.toml").write_bytes(text)
    with pytest.raises(ProjectError) as caught:
        find_project(tmp_path)
    assert told in str(caught.value)
    assert not re.search(r"at (line|end)|after|Expected|Invalid|codec", str(caught.value))


def test_an_unknown_date_is_asked_for_with_the_date_of_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with pytest.raises(ProjectError) as caught:
        today(tmp_path)
    assert f"--today {date.today()}" in str(caught.value) and "git" not in str(caught.value)
