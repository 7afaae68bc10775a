"""What was found about an item by itself is kept: with it and without it, the checks say the same."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import checks, known_findings, known_words
from builder.checks import exceptions
from builder.checks.context import Context
from builder.checks.gists import Gist
from builder.checks.tellings import tellings
from builder.checks.texts import documents
from builder.cli import main
from builder.diagnostics import Diagnostic, sort_key
from builder.known_findings import KnownFindings
from builder.language.dictionary import find_dictionary
from builder.loading import recalled
from builder.loading.load import load, load_known
from builder.model.lifecycle import is_public
from builder.project import Project
from tests.conftest import ITEM, ITEM_PATH, ROOT
from tests.test_known_files import DRAWN, EDITS, SVG, damages, in_lists, made, replaces, with_seal

CONTEXT = Context(date(2026, 11, 25), find_dictionary())
MORE = (
    *EDITS,
    in_lists("begrippen.yaml", "woord: huisarts", "woord: tandarts"),
    in_lists("domeinwoorden.yaml", "huur", "auto"),
    replaces(
        "veroudert: niet\n",
        "veroudert: niet\nuitzonderingen:\n  - code: C316\n    reden: Dit is een proef.\n",
    ),
    replaces("status: review", "status: vastgesteld"),
    replaces("stam: Wat", "stam: TODO Wat"),
    replaces("veroudert: niet\n", "veroudert: jaarlijks\ngecontroleerd_op: 2024-03-01\n"),
    replaces("veroudert: niet", "veroudert: halfjaarlijks"),
    replaces("Je krijgt", "Ik en Zwobbel zien Zwobbels huis. Je krijgt"),
    replaces("Je krijgt", "Zwobbel is de verhuurer. Je krijgt"),
    replaces("huur", "huuur"),
    replaces(
        "Je krijgt", "De hypothecaire aansprakelijkheid wordt door de gemeente geconsolideerd en je krijgt"
    ),
)


pytestmark = pytest.mark.usefixtures("small_banks_count")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return made(tmp_path / "bank")


def kept(project: Project) -> Path:
    return project.cache / "bank" / "bevindingen"


def cold(project: Project) -> tuple[Diagnostic, ...]:
    return checks.check(load(project)[0], CONTEXT)


def remembered(project: Project) -> tuple[Diagnostic, ...]:
    bank, _ = load_known(project)
    memory = KnownFindings(bank, project.cache / "bank")
    found = checks.check(bank, replace(CONTEXT, dictionary=memory.dictionary), memory)
    memory.save()
    return found


class Looked:
    """Counts the items that are looked at by themselves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        real = KnownFindings.learn

        def learn(memory: KnownFindings, item_id: str, found: Sequence[Diagnostic], gist: Gist) -> None:
            self.names.append(item_id)
            real(memory, item_id, found, gist)

        monkeypatch.setattr(KnownFindings, "learn", learn)


def test_what_is_known_is_not_looked_at_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(project)
    assert remembered(project) == cold(project) != ()  # the first run knew no file yet
    looked = Looked(monkeypatch)
    assert remembered(project) == cold(project)
    assert looked.names == []
    file = project.root / ITEM_PATH
    file.write_text(file.read_text(encoding="utf-8").replace("huur niet", "huur nooit"), encoding="utf-8")
    assert remembered(project) == cold(project)
    assert looked.names == ["wonen-004"]
    looked.names.clear()
    (project.root / "items/wonen/wonen-004.svg").write_text(SVG.replace("10", "30"), encoding="utf-8")
    assert remembered(project) == cold(project)
    assert looked.names == ["wonen-004"], "its picture is another"


@pytest.mark.parametrize("number", range(len(MORE)))
def test_each_edit_gives_the_same_answer(project: Project, number: int) -> None:
    remembered(project)
    remembered(project)
    for seed in range(2):
        MORE[number](project.root, random.Random(seed))
        expected = cold(project)
        assert remembered(project) == expected
        assert remembered(project) == expected


@settings(
    max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.lists(st.tuples(st.integers(0, len(MORE) - 1), st.integers(0, 99)), min_size=1, max_size=5))
def test_any_edits_give_the_same_answer(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[int, int]]
) -> None:
    project = made(tmp_path_factory.mktemp("edits") / "bank")
    remembered(project)
    for number, seed in chosen:
        MORE[number](project.root, random.Random(seed))
        assert remembered(project) == cold(project)
    shutil.rmtree(project.root)


def test_an_item_by_itself_leans_on_nothing_else() -> None:
    """On the real bank: what the first parts say about some items is what they say when all are there."""
    bank, _ = load(Project(ROOT))
    public = {name: item for name, item in bank.items.items() if is_public(item)}
    chance = random.Random(20261126)
    paths = {bank.locations[name].path: name for name in bank.items}
    texts = tellings(bank.items.values())
    names = documents(bank)
    for run, (items_part, documents_part, pairs_part, rest_part) in checks.PARTS.items():
        whole = sorted(run(bank), key=sort_key)
        others = [*documents_part(bank, names), *pairs_part(bank, texts), *rest_part(bank)]
        assert sorted([*items_part(bank), *others], key=sort_key) == whole, run.__module__
        assert all(found.location.path in paths for found in items_part(bank)), run.__module__
        some = set(chance.sample(sorted(public), 60))
        alone = list(items_part(checks._alone(bank, {name: public[name] for name in sorted(some)})))
        expected = [found for found in items_part(bank) if paths[found.location.path] in some]
        assert sorted(alone, key=sort_key) == sorted(expected, key=sort_key), run.__module__


def test_a_damaged_or_planted_file_is_no_more_than_no_file(project: Project) -> None:
    remembered(project)
    remembered(project)
    expected = cold(project)
    whole = kept(project).read_bytes()
    data = json.loads(whole[32:])
    files = (project.cache / "bank" / "bekend").read_bytes()

    def survives(content: bytes) -> None:
        kept(project).write_bytes(content)
        assert remembered(project) == expected

    def spoilt(place: int, value: Any) -> bytes:
        rows = {path: [*row[:place], value, *row[place + 1 :]] for path, row in data["items"].items()}
        return with_seal(json.dumps({**data, "items": rows}).encode())

    for damaged in damages(files):
        survives(damaged)
    for value in (
        [["C999", 1, 1, "", "x", ""]],
        [[]],
        [None],
        [["C316", "1", 1, "", "x", ""]],
        [["C316"] * 6],
        3,
    ):
        survives(spoilt(1, value))
        assert kept(project).read_bytes() == whole
    told, looked, doubts, _ = data["items"][ITEM_PATH][2]
    for value in (
        None,
        [],
        [told],
        [told[:-1], looked, doubts, False],
        [[*told[:-1], 3], looked, doubts, False],
        [told, ["jaarlijks", "gisteren", True], doubts, False],
        [told, ["nooit", "2026-01-01", True], doubts, False],
        [told, looked, [[["stam"], [[0, 1, False]]]], False],
        [told, looked, [[[None], []]], False],
        [told, looked, 3, False],
    ):
        survives(spoilt(2, value))
        assert kept(project).read_bytes() == whole
    for value in (None, [], [1, 2], [{"huur": 1}, {}], [{}, {"huur": "x"}], [{}, {"huur": [1]}], {"a": 1}):
        survives(with_seal(json.dumps({**data, "words": value}).encode()))
    for value in ([], None, {"a": 1}, {path: [] for path in data["items"]}):
        survives(with_seal(json.dumps({**data, "items": value}).encode()))


def test_what_came_with_the_folder_of_another_is_not_believed(project: Project, tmp_path: Path) -> None:
    remembered(project)
    remembered(project)
    file = project.root / ITEM_PATH
    file.write_text(file.read_text(encoding="utf-8").replace("huur niet", "huuur niet"), encoding="utf-8")
    remembered(project)
    data = json.loads(kept(project).read_bytes()[32:])
    assert any(found for _, found, _ in data["items"].values())
    # "nothing is wrong with any item, and every word is good"
    data["items"] = {
        path: [digests, [], [None, None, [], False]] for path, (digests, _, _) in data["items"].items()
    }
    data["words"] = [dict.fromkeys(data["words"][0], True), {}]
    assert "huuur" in data["words"][0]
    kept(project).write_bytes(with_seal(json.dumps(data).encode()))
    elsewhere = tmp_path / "uitgepakt"
    shutil.copytree(project.root, elsewhere)
    expected = cold(Project(elsewhere))
    assert any("huuur" in one.message for one in expected)
    assert remembered(Project(elsewhere)) == expected
    assert remembered(Project(elsewhere)) == expected


def test_another_program_knows_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    remembered(project)
    remembered(project)
    monkeypatch.setattr(known_findings, "fingerprint", lambda _: "van een andere versie")
    looked = Looked(monkeypatch)
    assert remembered(project) == cold(project)
    assert "wonen-004" in looked.names


def test_nothing_of_a_secret_item_is_kept(project: Project) -> None:
    secret = (
        ITEM.replace("status: review", "status: geheim")
        .replace("huur", "kanarie")
        .replace("brief", "TODO kanarie")
    )
    (project.root / ITEM_PATH).write_text(secret + DRAWN, encoding="utf-8")
    for _ in range(3):
        found = remembered(project)
        assert found == cold(project)
    assert {one.rule.code for one in found if one.location.path == ITEM_PATH} >= {"C313", "C314"}
    for file in (project.cache / "bank").iterdir():
        assert b"kanarie" not in file.read_bytes().lower()
        assert file.stat().st_mode & 0o777 == 0o600
    assert (project.cache / "bank").stat().st_mode & 0o777 == 0o700


def test_an_exception_is_judged_anew(project: Project) -> None:
    """Exceptions come after what is kept, so one that was added or taken away counts at once."""
    file = project.root / ITEM_PATH
    text = file.read_text(encoding="utf-8")
    file.write_text(text.split("beoordelingen:")[0] + DRAWN, encoding="utf-8")
    remembered(project)
    assert "C316" in {one.rule.code for one in remembered(project) if one.location.path == ITEM_PATH}
    with file.open("a", encoding="utf-8") as stream:
        stream.write("uitzonderingen:\n  - code: C316\n    reden: Dit is een proef.\n")
    found = remembered(project)
    assert found == cold(project)
    assert "C316" not in {one.rule.code for one in found if one.location.path == ITEM_PATH}
    assert exceptions.C390 not in {one.rule for one in found}


def test_the_command_says_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    command = ["check", "--today", "2026-11-25"]
    expected = CliRunner().invoke(main, [*command, "--no-cache"])
    assert not kept(project).exists()
    for _ in range(3):
        result = CliRunner().invoke(main, command)
        assert (result.exit_code, result.output) == (expected.exit_code, expected.output)
    assert kept(project).exists()


def test_a_known_bank_is_checked_without_opening_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered(project)
    remembered(project)
    bank, _ = load_known(project)  # this opens what is in a set or a toets
    memory = KnownFindings(bank, project.cache / "bank")
    opened: list[str] = []
    real = recalled.contents

    def counted(file: str, digest: str) -> bytes:
        opened.append(Path(file).name)
        return real(file, digest)

    monkeypatch.setattr(recalled, "contents", counted)
    monkeypatch.setattr(known_words, "find_dictionary", lambda: pytest.fail("every word was asked before"))
    context = replace(CONTEXT, dictionary=memory.dictionary)
    assert checks.check(replace(bank, toetsen={}, lessen={}), context, memory)
    assert opened == []
