"""What was found about a lesson, a page or a list by itself is kept: with it and without it, the checks say the same."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builder import checks
from builder.checks.texts import documents
from builder.diagnostics import Diagnostic, sort_key
from builder.known_findings import KnownFindings
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.project import Project
from tests.conftest import ROOT
from tests.test_known_files import made, with_seal
from tests.test_known_findings import cold, remembered

LES = "content/lessen/gezondheid/praten-met-de-huisarts.yaml"
MOMENT = "content/lastige-momenten/niemand-zegt-iets.yaml"
PLAATS = "content/locaties/dorpsmuseum.yaml"
MATERIAAL = "content/lesmateriaal/leesboek-in-het-dorp.yaml"
PAGE = "site/pages/vooraf.md"
TEXT = "---\ntitle: Vooraf\ntaalniveau: A2\n---\n\n# Vooraf\n\nDe kamer is open. De Endlösung was erg.\n"
HARD = "De aanvraag dient door de verzekerde te worden ingediend bij de desbetreffende instantie."

pytestmark = pytest.mark.usefixtures("small_banks_count")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = made(tmp_path / "bank")
    (project.root / PAGE).parent.mkdir(parents=True)
    (project.root / PAGE).write_text(TEXT, encoding="utf-8")
    return project


def kept(project: Project) -> Path:
    return project.cache / "bank" / "bevindingen-teksten"


def rows(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kept(project).read_bytes()[32:])["documents"]
    return found


def write_rows(project: Project, found: Mapping[str, Any]) -> None:
    data = json.loads(kept(project).read_bytes()[32:])
    kept(project).write_bytes(with_seal(json.dumps({**data, "documents": found}).encode()))


def edit(project: Project, path: str, old: str, new: str) -> None:
    file = project.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{path} has no {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are looked at by themselves."""
    names: list[str] = []
    real = KnownFindings.learn_document

    def learn(memory: KnownFindings, name: str, found: Sequence[Diagnostic]) -> None:
        names.append(name)
        real(memory, name, found)

    monkeypatch.setattr(KnownFindings, "learn_document", learn)
    return names


EDITS: Mapping[str, tuple[str, str, str, str]] = {
    "lesson": (LES, "praten-met-de-huisarts", "samenvatting:", f"samenvatting: {HARD} #"),
    "hard moment": (MOMENT, "niemand-zegt-iets", "eerst:", f"eerst: {HARD} #"),
    "place": (PLAATS, "dorpsmuseum", "samenvatting:", f"samenvatting: {HARD} #"),
    "material": (MATERIAAL, "leesboek-in-het-dorp", "samenvatting:", f"samenvatting: {HARD} #"),
    "page": (PAGE, PAGE, "De kamer is open.", f"{HARD}"),
    "level of a page": (PAGE, PAGE, "taalniveau: A2", "taalniveau: Z9"),
    "lines above a page": (PAGE, PAGE, "# Vooraf\n", "# Vooraf\n\nEen regel meer.\n"),
}


@pytest.mark.parametrize("kind", EDITS)
def test_only_what_changed_is_read_again(project: Project, looked: list[str], kind: str) -> None:
    path, name, old, new = EDITS[kind]
    remembered(project)
    before = cold(project)
    looked.clear()
    assert remembered(project) == before
    assert looked == [], "all of it is known"
    edit(project, path, old, new)
    after = cold(project)
    assert after != before
    assert remembered(project) == after
    assert looked == [name]
    assert remembered(project) == after
    assert looked == [name]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("begrippen", "uitleg:", f"uitleg: {HARD} #"),
        ("wegwijzer", "waarvoor:", f"waarvoor: {HARD} #"),
        ("kernwaarden", "uitleg:", f"uitleg: {HARD} #"),
    ],
)
def test_with_another_list_all_is_read_again(
    project: Project, looked: list[str], name: str, old: str, new: str
) -> None:
    remembered(project)
    remembered(project)
    before = cold(project)
    looked.clear()
    edit(project, f"content/{name}.yaml", old, new)
    after = cold(project)
    assert after != before
    assert remembered(project) == after
    assert set(looked) == set(documents(load(project)[0]))


def test_what_is_new_gone_or_broken_counts_at_once(project: Project) -> None:
    remembered(project)
    remembered(project)
    changes: tuple[Callable[[], object], ...] = (
        lambda: (project.root / "site/pages/erna.md").write_text(f"# Erna\n\n{HARD}\n", encoding="utf-8"),
        (project.root / PLAATS).unlink,
        lambda: edit(project, LES, "titel:", "titel"),
        lambda: edit(project, LES, "titel", "titel:"),
        (project.root / PAGE).unlink,
        (project.root / "content/begrippen.yaml").unlink,
    )
    for change in changes:
        change()
        for _ in range(2):
            assert remembered(project) == cold(project)


def test_a_document_by_itself_leans_on_nothing_else() -> None:
    """On the real bank, a part of it: what is said about a document is what is said when it is the only one."""
    bank, _ = load(Project(ROOT))
    names = documents(bank)
    paths = {bank.locations[name].path: name for name in names}
    assert len(paths) == len(names) > 150
    some = random.Random(20261126).sample(names, 40)
    for run, parts in checks.PARTS.items():
        whole = list(parts.documents(bank, frozenset(names)))
        assert all(one.location.path in paths for one in whole), run.__module__
        for name in some:
            mine = [one for one in whole if paths[one.location.path] == name]
            alone = list(parts.documents(with_only(bank, name), {name}))
            assert sorted(alone, key=sort_key) == sorted(mine, key=sort_key), f"{run.__module__}: {name}"


def with_only(bank: Itembank, name: str) -> Itembank:
    """A bank with the lists and one document more."""

    def one(found: Mapping[str, Any]) -> dict[str, Any]:
        return {name: found[name]} if name in found else {}

    return replace(
        bank, items={}, toetsen={}, matrijzen={}, statistieken={}, lessen=one(bank.lessen), momenten=one(bank.momenten),
        lesmateriaal=one(bank.lesmateriaal), locaties=one(bank.locaties), paginas=one(bank.paginas),
    )  # fmt: skip


def test_a_damaged_or_planted_file_is_no_more_than_no_file(project: Project) -> None:
    edit(project, *EDITS["lesson"][::2], EDITS["lesson"][3])
    remembered(project)
    remembered(project)
    expected = cold(project)
    good, whole = rows(project), kept(project).read_bytes()
    digest, found = good["praten-met-de-huisarts"]
    assert found
    for damaged in (
        b"",
        b"x",
        whole[:-1],
        whole[:32],
        b"0" + whole[1:],
        with_seal(b"[]"),
        with_seal(b"\xff"),
    ):
        kept(project).write_bytes(damaged)
        assert remembered(project) == expected
        assert rows(project) == good
    for row in (None, [], [digest], [digest, None], [digest, [[]]], [digest, [["C999", 1, 1, "", "x", ""]]],
                [digest, [["C453", "1", 1, "", "x", ""]]], ["ander", []], 3, {"a": 1}):  # fmt: skip
        write_rows(project, {**good, "praten-met-de-huisarts": row})
        assert remembered(project) == expected
        assert rows(project) == good


def test_what_came_with_the_folder_of_another_is_not_believed(project: Project, tmp_path: Path) -> None:
    edit(project, *EDITS["lesson"][::2], EDITS["lesson"][3])
    remembered(project)
    remembered(project)
    write_rows(project, {name: [digest, []] for name, (digest, _) in rows(project).items()})
    elsewhere = Project(tmp_path / "uitgepakt")
    shutil.copytree(project.root, elsewhere.root)
    expected = cold(elsewhere)
    assert any(one.location.path == LES and "dient" in one.message for one in expected)
    assert remembered(elsewhere) == expected
    assert remembered(elsewhere) == expected


def test_nothing_of_a_secret_lesson_is_kept(project: Project) -> None:
    edit(project, *EDITS["lesson"][::2], EDITS["lesson"][3].replace("instantie", "kanariepiet"))
    edit(project, LES, "status: review", "status: geheim")
    for _ in range(3):
        found = remembered(project)
        assert found == cold(project)
    assert {one.rule.code for one in found if one.location.path == LES} == {"C313"}
    assert "kanariepiet" not in str(found)
    assert "praten-met-de-huisarts" not in rows(project)
    for file in (project.cache / "bank").iterdir():
        assert b"kanariepiet" not in file.read_bytes().lower()
        assert file.stat().st_mode & 0o777 == 0o600
