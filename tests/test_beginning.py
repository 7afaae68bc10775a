"""An empty bank where there is none, and an older bank brought up to date: what people wrote is never touched."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import beginning, renewal
from builder.artifacts import WriteError
from builder.checks.context import Context
from builder.cli import main
from builder.loading.load import load
from builder.project import Project, find_project
from builder.workshop.desk import Desk
from tests.conftest import ROOT
from tests.workshop.conftest import Client, Workshop, served
from tests.zips import files_of

START = [sys.executable, "-c", "from builder.cli import main; main()", "start", "--no-browser"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
OUR_ITEM = "items/wonen/wonen-001.yaml"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begin") / "bank"
    beginning.make(folder)
    return folder


@pytest.fixture
def bank(fresh: Path, tmp_path: Path) -> Project:
    """A bank of this program, with an item in it."""
    shutil.copytree(fresh, tmp_path / "bank")
    shutil.copytree(ROOT / "tests/voorbeeldbank/items/wonen", tmp_path / "bank/items/wonen")
    return find_project(tmp_path / "bank")


def older(bank: Project) -> None:
    """Make it the bank of an older program: one schema was other, one was not there yet, a text of an eindterm too."""
    mark = json.loads((bank.root / beginning.MARK).read_text())
    for path, old, new in (
        ("schemas/item.schema.json", '"title": "Stam"', '"title": "De stam"'),
        (
            "content/eindtermen.yaml",
            "bron: regeling-inburgering-2021",
            "bron: regeling-inburgering-2021  # oud",
        ),
    ):
        file = bank.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text or path.startswith("schemas"), path
        changed = (
            text.replace(old, new, 1) if old in text else text.replace('"title": "', '"title": "Oud ', 1)
        )
        file.write_text(changed, encoding="utf-8")
        mark["bestanden"][path] = beginning.digest(file.read_bytes())
    (bank.root / "schemas/statistiek.schema.json").unlink()
    del mark["bestanden"]["schemas/statistiek.schema.json"]
    mark["versie"] = "0.0.9"
    (bank.root / beginning.MARK).write_text(json.dumps(mark))


def changes(bank: Project) -> dict[str, str]:
    return {change.path: change.how for change in renewal.renewal(bank).changes}


# ---------------------------------------------------------------- an empty bank


def test_an_empty_bank_is_a_good_bank(fresh: Path) -> None:
    project = find_project(fresh)
    found_bank, found = load(project)
    assert not [one.message for one in found]
    assert len(found_bank.eindterm_nummers()) == 78 and not found_bank.items and not found_bank.lessen
    assert project.settings.site_adres == "" and (fresh / "items").is_dir()
    assert changes(project) == {}


def test_it_is_made_as_a_whole_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from builder import artifacts

    def full(*_: object) -> None:
        raise OSError(28, "vol")

    monkeypatch.setattr(artifacts, "swap_folder", full)
    with pytest.raises(WriteError, match="De schijf is vol"):
        beginning.make(tmp_path / "bank")
    assert list(tmp_path.iterdir()) == []


def run(folder: Path, *more: str) -> tuple[int, str]:
    done = subprocess.run(
        [*START, *more], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    said = done.stdout + done.stderr
    assert "Traceback" not in said and "Error" not in said, said
    return done.returncode, said


def test_where_there_is_no_bank_it_says_what_to_do(tmp_path: Path) -> None:
    code, said = run(tmp_path)
    assert code == 2 and "Hier is nog geen bank." in said and "knm start --new mijn-bank" in said
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "vakantie").mkdir()
    (tmp_path / "vakantie/foto.jpg").write_bytes(b"x")
    code, said = run(tmp_path, "--new", "vakantie")
    assert code == 2 and "staat al iets, maar het is geen bank" in said
    assert files_of(tmp_path) == {"vakantie/foto.jpg": b"x"}
    (tmp_path / "knm.toml").write_text("stuk =")
    code, said = run(tmp_path)
    assert code == 2 and "knm.toml is niet te lezen" in said


def opened(folder: Path, answer: str = "", *more: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start it on a terminal, and answer its question when there is one."""
    us, it = pty.openpty()
    process = subprocess.Popen(
        [*START, *more], cwd=folder, env=ENVIRONMENT, stdin=it, stdout=it, stderr=it, start_new_session=True
    )
    os.close(it)
    if answer:
        os.write(us, f"{answer}\n".encode())
    return process, us


def said_until(us: int, words: str) -> str:
    said = ""
    while not re.search(words, said):
        try:
            part = os.read(us, 4096)
        except OSError:
            break
        if not part:
            break
        said += part.decode("utf-8", "replace")
    return said


def test_on_a_terminal_it_asks_and_makes_one(tmp_path: Path) -> None:
    process, us = opened(tmp_path, "nee")
    assert "Er is niets gemaakt." in said_until(us, "typ daar") and process.wait(60) == 2
    assert list(tmp_path.iterdir()) == []
    os.close(us)
    process, us = opened(tmp_path, "ja")
    try:
        said = said_until(us, r"sleutel=\S+\s")
        assert "Zal ik een lege bank maken in de map bank?" in said and "De map bank is gemaakt." in said
        found = re.search(r":(\d+)/begin\?sleutel=(\S+)", said)
        assert found, said
        client = Client(int(found[1]), f"knm_werkplaats_{found[1]}={found[2]}")
        page = client.get("/")
        assert page.says("Wat wil je doen?") and not page.says("ouder programma")
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        os.close(us)
    assert (tmp_path / "bank/content/eindtermen.yaml").is_file()


# ---------------------------------------------------------------- an older bank


def test_a_verb_in_a_bank_without_a_schema_says_what_to_do(bank: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    older(bank)
    monkeypatch.chdir(bank.root)
    done = CliRunner().invoke(main, ["check", "--today", "2026-11-25"])
    assert done.exit_code == 2
    assert "In deze bank ontbreekt schemas/statistiek.schema.json." in done.output
    assert "Typ knm start, en werk de bank bij." in done.output


def test_an_older_bank_gets_what_is_of_the_program_and_keeps_the_rest(bank: Project) -> None:
    older(bank)
    bronnen = bank.root / "content/bronnen.yaml"
    mine = bronnen.read_text(encoding="utf-8").replace("bronnen:\n", "# van ons\nbronnen:\n", 1)
    bronnen.write_text(mine, encoding="utf-8")
    (bank.root / "content/toetsmatrijzen/thema-werk.yaml").unlink()  # its owner did not want it
    before = files_of(bank.root)
    assert changes(bank) == {
        "schemas/item.schema.json": "anders",
        "schemas/statistiek.schema.json": "nieuw",
        "content/eindtermen.yaml": "anders",
    }
    assert renewal.renew(bank) == 1
    after = files_of(bank.root)
    given = beginning.files()
    for path in ("schemas/item.schema.json", "schemas/statistiek.schema.json", "content/eindtermen.yaml"):
        assert after[path] == given[path]
    untouched = {path for path in before if not path.startswith(("schemas/", "content/eindtermen", ".knm/"))}
    assert {path: after[path] for path in untouched} == {path: before[path] for path in untouched}
    assert changes(bank) == {} and renewal.renew(bank) == 0
    assert renewal.go_back(bank) == ()
    now = files_of(bank.root)
    assert {path: raw for path, raw in now.items() if not path.startswith(".knm/bijgewerkt")} == before


def test_a_bank_of_somebody_else_cannot_point_out_of_itself(bank: Project) -> None:
    older(bank)
    other = bank.root.parent / "van-een-ander.txt"
    other.write_bytes(b"x")
    digest = beginning.digest(b"x")
    planted = bank.root / ".knm/bijgewerkt/00007/inhoud.json"
    planted.parent.mkdir(parents=True)
    (bank.root / ".knm/bijgewerkt/1-anders").mkdir()
    planted.write_text(json.dumps({"../van-een-ander.txt": digest, str(other): digest, "schemas": 3}))
    assert renewal.go_back(bank) == () and other.read_bytes() == b"x"
    for nonsense in ("[]", "geen json"):
        planted.write_text(nonsense)
        assert renewal.go_back(bank) == ()
    assert renewal.renew(bank) == 8


def test_what_its_owner_changed_is_kept_aside_and_said(bank: Project) -> None:
    older(bank)
    file = bank.root / "schemas/item.schema.json"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    mine = file.read_bytes()
    assert changes(bank)["schemas/item.schema.json"] == "eigen"
    number = renewal.renew(bank)
    kept = bank.root / f".knm/bijgewerkt/{number:05}/schemas/item.schema.json"
    assert kept.read_bytes() == mine
    later = bank.root / "content/eindtermen.yaml"
    later.write_text(later.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
    assert renewal.go_back(bank) == ("content/eindtermen.yaml",)  # changed since: it stays
    assert file.read_bytes() == mine and "# later" in later.read_text(encoding="utf-8")


def test_a_bank_without_a_mark_is_seen_too_and_bronnen_that_are_needed_come_along(bank: Project) -> None:
    older(bank)
    (bank.root / beginning.MARK).unlink()
    bronnen = bank.root / "content/bronnen.yaml"
    text = bronnen.read_text(encoding="utf-8")
    start = text.index("- id: regeling-inburgering-2021")
    end = text.find("\n  - id:", start)
    bronnen.write_text(text[:start] + text[end + 1 :].lstrip(" "), encoding="utf-8")
    assert changes(bank)["content/bronnen.yaml"] == "erbij"
    renewal.renew(bank)
    found_bank, found = load(bank)
    assert "regeling-inburgering-2021" in found_bank.bronnen
    assert not [one for one in found if one.location.path == "content/eindtermen.yaml"]
    assert changes(bank) == {}


def test_line_ends_of_windows_are_no_change(bank: Project) -> None:
    for path in bank.root.glob("schemas/*.json"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert changes(bank) == {}


def test_a_bank_of_a_newer_program_is_left_alone(bank: Project) -> None:
    older(bank)
    file = bank.root / beginning.MARK
    file.write_text(file.read_text().replace("0.0.9", "99.0"))
    before = files_of(bank.root)
    found = renewal.renewal(bank)
    assert found.newer and not found.changes and renewal.renew(bank) == 0
    assert files_of(bank.root) == before


def test_the_checkout_of_the_program_is_its_own_source() -> None:
    assert renewal.renewal(Project(ROOT)) == renewal.Renewal()


def test_stopped_half_way_it_goes_on(bank: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    older(bank)
    old = files_of(bank.root)
    write, told = renewal.write_file, []

    def failing(target: Path, content: bytes) -> None:
        if target.parent == bank.schemas and told:
            raise WriteError("De schijf is vol.")
        told.append(target) if target.parent == bank.schemas else None
        write(target, content)

    monkeypatch.setattr(renewal, "write_file", failing)
    with pytest.raises(WriteError):
        renewal.renew(bank)
    monkeypatch.setattr(renewal, "write_file", write)
    given = beginning.files()
    for path, raw in files_of(bank.root).items():
        assert raw in (old.get(path), given.get(path)) or path.startswith(".knm/")
    renewal.renew(bank)
    assert changes(bank) == {}
    assert (bank.root / ".knm/bijgewerkt/00001/content/eindtermen.yaml").read_bytes() == old[
        "content/eindtermen.yaml"
    ]


@pytest.fixture
def workshop(bank: Project) -> Iterator[Workshop]:
    older(bank)
    yield from served(Desk(bank, None, Context()), renewal.renewal(bank))


def test_the_workshop_offers_it_and_works_on_with_the_new_schemas(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get("/")  # a schema is not there at all: nothing can be read, so this comes first
    assert page.says("De bank bijwerken") and page.says("Deze bank is van een ouder programma.")
    assert page.says("schemas/statistiek.schema.json: komt erbij.") and page.says("Werk de bank bij")
    item = (workshop.root / OUR_ITEM).read_bytes()
    assert client.send("/bijwerken", [("doe", "bij")]).status == 303
    page = client.get("/bijwerken?klaar=bij")
    assert page.says("De bank is bijgewerkt.") and page.says("De bank past bij dit programma.")
    assert not client.get("/").says("ouder programma")
    assert (workshop.root / OUR_ITEM).read_bytes() == item
    client.send("/bijwerken", [("doe", "terug")])
    assert client.get("/bijwerken?klaar=terug").says("Teruggedraaid.")


def test_a_bank_that_can_be_read_is_not_in_the_way(workshop: Workshop) -> None:
    (workshop.root / "schemas/statistiek.schema.json").write_bytes(
        beginning.files()["schemas/statistiek.schema.json"]
    )
    client = workshop.client()
    page = client.get("/")
    assert page.says("Deze bank is van een ouder programma. Werk de bank bij.") and page.says(
        "Wat wil je doen?"
    )
    assert client.get("/bewerk/items/wonen/wonen-001").status == 200
