"""Downloads are made once: the cache gives what would be made, or nothing, whatever happens to its folder."""

from __future__ import annotations

import ast
import dataclasses
import os
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from builder.artifacts import Artifact, WriteError
from builder.dutch import file_size
from builder.export.les_bundle import bundle
from builder.fingerprint import fingerprint
from builder.loading.load import load
from builder.model.adressen import Adressen
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.project import Project
from builder.website import download_cache
from builder.website.download_cache import LIBRARIES, downloads
from builder.website.downloads import listed, placed
from tests.conftest import ROOT

Made = dict[str, tuple[Artifact, ...]]


@pytest.fixture
def bank(bank_project: Project) -> Itembank:
    bank, found = load(bank_project)
    assert not found
    return bank


class Counter:
    """Counts how often a les is made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0

        def counted(*given: Any) -> Any:
            self.times += 1
            return bundle(*given)

        monkeypatch.setattr(download_cache, "bundle", counted)


def fetch(bank: Itembank, folder: Path) -> Made:
    made, found = downloads(bank, bank.lessen.values(), lambda _: Adressen(), folder)
    assert not found
    return dict(made)


def test_the_second_time_nothing_is_made(
    bank: Itembank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter(monkeypatch)
    told: list[str] = []
    first, _ = downloads(bank, bank.lessen.values(), lambda _: Adressen(), tmp_path / "cache", told.append)
    assert counter.times == 1
    assert told == ["Praten met de huisarts"]
    assert fetch(bank, tmp_path / "cache") == first
    assert counter.times == 1
    les = bank.lessen["praten-met-de-huisarts"]
    assert first == {les.id: bundle(bank, les, Adressen())[0]}


def two_lessons(bank: Itembank) -> Itembank:
    les = bank.lessen["praten-met-de-huisarts"]
    other = dataclasses.replace(les, id="nog-een-les", titel="Nog een les")
    known = {**bank.locations, other.id: bank.locations[les.id]}
    return dataclasses.replace(bank, lessen={les.id: les, other.id: other}, locations=known)


def test_many_lessons_are_made_by_more_processes_with_the_same_bytes(
    bank: Itembank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = two_lessons(bank)
    here = fetch(bank, tmp_path / "een")
    counter = Counter(monkeypatch)  # of this process: the others have their own
    monkeypatch.setattr(download_cache, "FEW", 1)
    monkeypatch.setattr(download_cache, "_cores", lambda: 2)
    told: list[str] = []
    there, found = downloads(bank, bank.lessen.values(), lambda _: Adressen(), tmp_path / "meer", told.append)
    assert there == here
    assert not found
    assert counter.times == 0
    assert told == ["Praten met de huisarts", "Nog een les"]


def test_when_no_process_can_be_started_they_are_made_here(
    bank: Itembank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = two_lessons(bank)
    counter = Counter(monkeypatch)
    monkeypatch.setattr(download_cache, "FEW", 1)
    monkeypatch.setattr(download_cache, "_cores", lambda: 2)
    monkeypatch.setattr(download_cache, "_end_with_parent", gone_at_once)
    assert fetch(bank, tmp_path).keys() == bank.lessen.keys()
    assert counter.times == 2


def gone_at_once() -> None:
    """What a process does that cannot start: it is gone before it made anything."""
    os._exit(3)


def test_deleted_or_damaged_it_is_made_again(
    bank: Itembank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    first = fetch(bank, folder)
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    counter = Counter(monkeypatch)
    for times, damage in enumerate(
        (b"", whole[:-1], whole[:40], b"x" + whole[1:], whole[:-9] + b"x" + whole[-8:]), 1
    ):
        kept.write_bytes(damage)
        assert fetch(bank, folder) == first
        assert counter.times == times
        assert kept.read_bytes() == whole
    shutil.rmtree(folder)
    assert fetch(bank, folder) == first


def test_without_a_place_to_keep_it_all_works(
    bank: Itembank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise WriteError("De schijf is vol.")

    monkeypatch.setattr(download_cache, "write_file", full)
    assert fetch(bank, tmp_path / "cache").keys() == bank.lessen.keys()
    (tmp_path / "file").write_bytes(b"")
    assert fetch(bank, tmp_path / "file").keys() == bank.lessen.keys()


def test_another_program_makes_it_anew_and_the_old_is_forgotten(
    bank: Itembank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(bank, tmp_path / "cache")
    (tmp_path / "cache" / "van-een-ander.txt").write_bytes(b"")
    before = {file.name for file in (tmp_path / "cache").iterdir()}
    counter = Counter(monkeypatch)
    monkeypatch.setattr(download_cache, "fingerprint", lambda _: "een nieuwe versie")
    fetch(bank, tmp_path / "cache")
    after = {file.name for file in (tmp_path / "cache").iterdir()}
    assert counter.times == 1
    assert before & after == {"van-een-ander.txt"}
    assert len(after) == 2


def test_a_changed_les_is_made_anew(bank: Itembank, tmp_path: Path) -> None:
    first = fetch(bank, tmp_path)
    les = dataclasses.replace(bank.lessen["praten-met-de-huisarts"], titel="Een andere titel")
    second = fetch(dataclasses.replace(bank, lessen={les.id: les}), tmp_path)
    assert second[les.id] != first[les.id]


def test_what_cannot_be_made_is_told_each_time(bank: Itembank, tmp_path: Path) -> None:
    les = dataclasses.replace(bank.lessen["praten-met-de-huisarts"], docent="Kies ✓")
    spoiled = dataclasses.replace(bank, lessen={les.id: les})
    for _ in range(2):
        made, found = downloads(spoiled, [les], lambda _: Adressen(), tmp_path)
        assert not made
        assert [finding.rule.code for finding in found] == ["X501"]


def test_the_program_is_all_code_templates_and_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "builder"
    shutil.copytree(ROOT / "builder", copy, ignore=shutil.ignore_patterns("__pycache__", "data"))
    monkeypatch.setattr("builder.fingerprint._PACKAGE", copy)

    def now() -> str:
        fingerprint.cache_clear()
        return fingerprint(LIBRARIES)

    try:
        seen = {now()}
        assert {now()} == seen
        for name in (
            "export/sheet_word.py",
            "templates/pdf/blad.typ",
            "templates/pdf/fonts/OFL-noto-naskh-arabic.txt",
        ):
            with (copy / name).open("ab") as file:
                file.write(b"\n")
            seen.add(now())
        versions = metadata.version
        monkeypatch.setattr(metadata, "version", lambda name: "0" if name == "typst" else versions(name))
        seen.add(now())
        assert len(seen) == 5
    finally:
        fingerprint.cache_clear()


def test_every_library_that_makes_files_counts() -> None:
    """Each library that the makers of files import stands in the list, so a new version makes them anew."""
    sources = [
        *(ROOT / "builder/export").glob("*.py"),
        *(ROOT / "builder/model").glob("*.py"),
        *(
            ROOT / f"builder/{name}.py"
            for name in ("office", "typesetting", "sheets", "templating", "pictures")
        ),
    ]
    names = set()
    for file in sources:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    outside = names - sys.stdlib_module_names - {"builder"}
    owners = metadata.packages_distributions()
    used = {owner.lower() for name in outside for owner in owners.get(name, [])}
    assert used - set(LIBRARIES) == set()


def test_files_lie_side_by_side_under_the_les(bank: Itembank) -> None:
    les: Les = bank.lessen["praten-met-de-huisarts"]
    files = bundle(bank, les, Adressen())[0]
    rows = listed(les, "lessen/gezondheid/praten-met-de-huisarts", files)
    paths = {artifact.path for artifact in placed("lessen/gezondheid/praten-met-de-huisarts", files)}
    assert {row.pad for row in rows} == paths
    assert len(paths) == len(files)
    assert [row.naam for row in rows] == [
        "Alles downloaden",
        "Werkblad A2",
        "Werkblad A2",
        "Docentblad",
        "Docentblad",
        "Antwoorden",
        "Presentatie",
        "Vragen voor Moodle",
        "Vragen als QTI 3",
        "Vragen voor Quizlet",
        "Vragen voor het bord",
    ]
    assert [row.soort for row in rows[:4]] == ["zip", "Word", "PDF", "Word"]
    for row, artifact in (
        (row, a) for row in rows for a in files if row.pad.endswith(a.path.rpartition("/")[2])
    ):
        assert row.opschrift == f"{row.naam} ({row.soort}, {file_size(len(artifact.content))})"


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1, "1 kB"),
        (1499, "1 kB"),
        (180_200, "180 kB"),
        (999_499, "999 kB"),
        (999_500, "1,0 MB"),
        (2_140_000, "2,1 MB"),
    ],
)
def test_sizes_as_a_teacher_reads_them(count: int, shown: str) -> None:
    assert file_size(count) == shown
