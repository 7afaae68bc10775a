"""The command: what it prints, its exit code, what it writes and what it leaves alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from builder import artifacts, rulebook
from builder.cli import main
from builder.loading.load import load
from builder.project import Project
from tests.conftest import ROOT, copy_of_the_site, copy_of_the_voorbeeldbank
from tests.verbs import knm
from tests.zips import differing, files_of

KNM = [sys.executable, "-c", "from builder.cli import main; main()"]
COVERAGE_KEYS = [
    "items",
    "lessen",
    "by_eindterm",
    "by_indicator",
    "by_taalniveau",
    "by_abstractieniveau",
    "by_status",
]


def complete(folder: Path) -> None:
    """Put the site's source beside a bank, and the sources that its hand-written pages name."""
    copy_of_the_site(folder)
    real = (ROOT / "content/bronnen.yaml").read_text(encoding="utf-8")
    with (folder / "content/bronnen.yaml").open("a", encoding="utf-8") as stream:
        stream.write(real.partition("bronnen:\n")[2])


@pytest.fixture
def here(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A complete project to stand in: bank, schemas and the site's source."""
    complete(bank_folder)
    monkeypatch.chdir(bank_folder)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return bank_folder


BUILD = ("build", "--today", "2026-11-25")


@pytest.fixture(scope="module")
def once_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same project in which `knm build` ran, and what that said: made once, only to look at and to copy."""
    folder = copy_of_the_voorbeeldbank(tmp_path_factory.mktemp("built") / "bank").root
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    complete(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        result = knm(*BUILD)
    assert result.exit_code == 0, result.output
    return folder, result.output


@pytest.fixture
def built_here(here: Path, once_built: tuple[Path, str]) -> Path:
    """A complete project to stand in, with what was built from it."""
    shutil.copytree(once_built[0] / "build", here / "build")
    return here


def verbs(group: object = main, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name, command in getattr(group, "commands", {}).items():
        found.append((*before, name))
        found += verbs(command, (*before, name))
    return found


@pytest.mark.parametrize("verb", verbs(), ids=" ".join)
def test_every_verb_has_help_with_an_example(verb: tuple[str, ...]) -> None:
    result = knm(*verb, "--help")
    assert result.exit_code == 0
    assert f"Voorbeeld: knm {verb[0]}" in result.output


def test_build_makes_site_and_papers(once_built: tuple[Path, str]) -> None:
    here, said = once_built
    assert "build/site/index.html" in said
    assert (here / "build/site/index.html").is_file()
    names = sorted(files_of(here / "build/toetsen"))
    assert "kleine-toets-a/kandidaat/kleine-toets-a-boekje.pdf" in names
    assert "kleine-toets-a/kandidaat/kleine-toets-a-antwoordblad.pdf" in names
    assert "kleine-toets-a/docent/kleine-toets-a-sleutel.pdf" in names
    assert not [name for name in os.listdir(here / "build") if name.startswith(".")]


def test_build_twice_gives_the_same_bytes(built_here: Path) -> None:
    before = files_of(built_here / "build")
    assert knm(*BUILD).exit_code == 0
    assert differing(before, files_of(built_here / "build")) == []


def test_build_with_a_fault_leaves_what_was_there(built_here: Path) -> None:
    before = files_of(built_here / "build")
    item = built_here / "items/wonen/wonen-001.yaml"
    item.write_text(item.read_text(encoding="utf-8").replace("juist: true", "juist: yes"), encoding="utf-8")
    result = knm(*BUILD)
    assert result.exit_code == 1
    assert "items/wonen/wonen-001.yaml:" in result.output
    assert "Er is niets gebouwd" in result.output
    assert differing(before, files_of(built_here / "build")) == []


def test_build_with_a_changed_question_names_it(here: Path) -> None:
    item = here / "items/wonen/wonen-001.yaml"
    item.write_text(
        item.read_text(encoding="utf-8").replace("Wie belt Amina?", "Wie belt zij?"), encoding="utf-8"
    )
    result = knm(*BUILD)
    assert result.exit_code == 1
    assert "Vraag wonen-001 is veranderd sinds deze toets." in result.output


def test_build_without_a_date_asks_for_one(here: Path, tmp_path: Path) -> None:
    result = knm("build")
    assert result.exit_code == 2
    assert "--today" in result.output


def test_build_on_a_full_disk_says_so(built_here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(built_here / "build/toetsen")

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(artifacts.Path, "write_bytes", full)
    result = knm("export", "kleine-toets-a")
    assert result.exit_code != 0
    monkeypatch.undo()
    assert differing(before, files_of(built_here / "build/toetsen")) == []


def test_export_writes_three_papers_per_variant(here: Path) -> None:
    result = knm("export", "kleine-toets-a", "--to", "pdf")
    assert result.exit_code == 0, result.output
    written = files_of(here / "build/toetsen/kleine-toets-a")
    papers = ("boekje", "antwoordblad", "sleutel", "nakijkblad")
    assert {name.rpartition("/")[2] for name in written} == {
        "LEESMIJ.txt",
        "manifest.json",
        *(f"kleine-toets-a-{paper}{tail}.pdf" for paper in papers for tail in ("", "-b")),
    }
    assert (here / "build/toetsen/kleine-toets-a.zip").is_file()
    assert all(f"build/toetsen/kleine-toets-a/{name}" in result.output for name in written)


def test_export_takes_a_path_and_a_folder(here: Path) -> None:
    result = knm("export", "content/toetsen/kleine-toets-a.yaml", "--out", "mijn-map")
    assert result.exit_code == 0, result.output
    assert len(files_of(here / "mijn-map")) > 20


def test_export_does_not_overwrite_a_folder_of_somebody(here: Path) -> None:
    (here / "mijn-map").mkdir()
    (here / "mijn-map/brief.txt").write_text("belangrijk", encoding="utf-8")
    result = knm("export", "kleine-toets-a", "--out", "mijn-map")
    assert result.exit_code == 2
    assert "niet leeg" in result.output
    assert files_of(here / "mijn-map") == {"brief.txt": b"belangrijk"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "kleine-toets-b"), "Bedoelde je kleine-toets-a?"),
        (("export", "kleine-toets-a", "--to", "pdff"), "Kies uit: pdf"),
        (("export", "kleine-toets-a", "--to", ","), "Kies uit: pdf"),
        (("check", "items/bestaat-niet"), "items/bestaat-niet bestaat niet."),
        (("explain", "C3O1"), "Bedoelde je"),
        (("new", "item", "woonen", "3.1.2"), "Bedoelde je wonen?"),
        (("new", "item", "wonen", "3.1.21"), "Bedoelde je 3.1.2?"),
        (("new", "item", "gezondheid", "3.1.2"), "hoort bij wonen"),
        (("new", "les", "wonen", "Een Huis", "3.1.2", "--today", "2026-11-25"), "kleine letters"),
        (("toets", "new", "nieuw", "--items", "wonen-009", "--today", "2026-11-25"), "bestaat niet"),
        (("toets", "new", "nieuw", "--items", "wonen-003", "--today", "2026-11-25"), "mag niet"),
        (("toets", "verify", "nergens"), "bestaat niet"),
        (("build", "--today", "25-11-2026"), "25-11-2026"),
    ],
)
def test_wrong_use_is_a_sentence(here: Path, words: tuple[str, ...], said: str) -> None:
    before = files_of(here)
    result = knm(*words)
    assert result.exit_code == 2
    assert said in result.output
    assert differing(before, files_of(here)) == []


def test_new_item_takes_the_next_number_and_needs_only_its_todos(here: Path) -> None:
    result = knm("new", "item", "wonen", "3.1.2")
    assert result.exit_code == 0, result.output
    made = here / "items/wonen/wonen-004.yaml"
    assert made.is_file()
    result = knm("check", "items/wonen/wonen-004.yaml", "--format", "json")
    found = json.loads(result.output)["diagnostics"]
    assert not [finding for finding in found if finding["severity"] == "error"]
    text = made.read_text(encoding="utf-8")
    assert "juist: true" not in text.replace("antwoord: juist: true", "") and "bronnen: []" in text  # nobody chose these yet
    assert "Kies het goede antwoord en een bron." in knm("new", "item", "wonen", "3.1.2").output
    (here / "items/wonen/wonen-005.yaml").unlink()
    made.write_text(text.replace("status: concept", "status: review"), encoding="utf-8")
    found = json.loads(knm("check", "items/wonen/wonen-004.yaml", "--format", "json").output)["diagnostics"]
    wrong = {finding["code"] for finding in found if finding["severity"] == "error"}
    assert wrong == {"C301", "C310", "C314"}
    assert knm("new", "item", "wonen", "3.1.2").exit_code == 0
    assert (here / "items/wonen/wonen-005.yaml").is_file()


def test_new_les_never_overwrites(here: Path) -> None:
    words = ("new", "les", "wonen", "een-huis-huren", "3.1.2", "--today", "2026-11-25")
    assert knm(*words).exit_code == 0
    made = here / "content/lessen/wonen/een-huis-huren.yaml"
    made.write_text(made.read_text(encoding="utf-8") + "# mijn werk\n", encoding="utf-8")
    before = made.read_bytes()
    result = knm(*words)
    assert result.exit_code == 2
    assert "bestaat al" in result.output
    assert made.read_bytes() == before


def test_a_toets_by_hand_verifies_until_a_question_changes(here: Path) -> None:
    words = ("toets", "new", "met-de-hand", "--items", "wonen-001,wonen-002", "--today", "2026-11-25")
    assert knm(*words).exit_code == 0
    assert knm("toets", "verify", "met-de-hand").exit_code == 0
    item = here / "items/wonen/wonen-001.yaml"
    item.write_text(
        item.read_text(encoding="utf-8").replace("Wie belt Amina?", "Wie belt zij?"), encoding="utf-8"
    )
    result = knm("toets", "verify", "met-de-hand")
    assert result.exit_code == 1
    assert "Vraag wonen-001 is veranderd sinds deze toets." in result.output


def test_check_as_json_is_stable(here: Path) -> None:
    result = knm("check", "--format", "json")
    data = json.loads(result.output)
    assert list(data) == ["diagnostics", "summary"]
    assert list(data["summary"]) == ["documents", "items", "errors", "warnings", "advices"]
    item = here / "items/wonen/wonen-001.yaml"
    item.write_text(item.read_text(encoding="utf-8").replace("3.1.2", "3.1.12", 1), encoding="utf-8")
    data = json.loads(knm("check", "--format", "json").output)
    finding = next(finding for finding in data["diagnostics"] if finding["code"] == "L203")
    assert list(finding) == [
        "code",
        "name",
        "severity",
        "path",
        "line",
        "column",
        "pointer",
        "message",
        "hint",
    ]
    assert finding["path"] == "items/wonen/wonen-001.yaml"
    assert "3.1.2" in finding["hint"]


def test_check_for_github_annotates(here: Path) -> None:
    item = here / "items/wonen/wonen-001.yaml"
    item.write_text(item.read_text(encoding="utf-8").replace("3.1.2", "3.1.12", 1), encoding="utf-8")
    result = knm("check", "--format", "github")
    assert "::error file=items/wonen/wonen-001.yaml,line=5,col=" in result.output
    assert result.exit_code == 1


def test_coverage_counts_everything_zeros_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    data = json.loads(knm("coverage", "--format", "json").output)
    assert list(data)[: len(COVERAGE_KEYS)] == COVERAGE_KEYS
    assert len(data["by_eindterm"]) == 78
    assert len(data["by_indicator"]) == 176
    assert sum(data["by_eindterm"].values()) == data["items"]
    assert all(isinstance(number, int) for key in COVERAGE_KEYS[2:] for number in data[key].values())


@pytest.mark.parametrize("code", [rule.code for rule in rulebook.RULES])
def test_every_rule_explains_itself(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = knm("explain", code)
    assert result.exit_code == 0
    assert "Fout:" in result.output
    assert "Goed:" in result.output


def test_colour_only_on_a_terminal(here: Path) -> None:
    item = here / "items/wonen/wonen-001.yaml"
    item.write_text(item.read_text(encoding="utf-8").replace("3.1.2", "3.1.12", 1), encoding="utf-8")
    done = subprocess.run([*KNM, "check"], capture_output=True, text=True, cwd=here, check=False)
    assert done.returncode == 1
    assert "\x1b[" not in done.stdout
    assert done.stderr == ""


@pytest.mark.slow
def test_serve_shows_the_site_and_concepts(here: Path) -> None:
    item = here / "items/wonen/wonen-001.yaml"
    text = item.read_text(encoding="utf-8")
    (here / "items/wonen/wonen-009.yaml").write_text(
        text.replace("wonen-001", "wonen-009").replace("status: review", "status: concept"), encoding="utf-8"
    )
    address = "127.0.0.1:8765"
    server = subprocess.Popen(
        [*KNM, "serve", "--address", address],
        cwd=here,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(240):
            time.sleep(0.25)
            try:
                with urllib.request.urlopen(f"http://{address}/vragen/wonen/wonen-009.html") as answer:
                    assert "Vraag wonen-009" in answer.read().decode("utf-8")
                break
            except OSError:
                assert server.poll() is None, "the server stopped"
        else:
            pytest.fail("the preview did not come up")
    finally:
        server.terminate()
        server.wait()


def test_the_real_bank_has_no_errors() -> None:
    _, found = load(Project(ROOT))
    assert not [finding for finding in found if finding.rule.severity.value == "error"]
