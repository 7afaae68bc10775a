"""What an earlier run knew never changes the answer: with it and without it, a bank and its findings are the same."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import sealed
from builder.cli import main
from builder.diagnostics import Diagnostic
from builder.loading import known, read
from builder.loading.load import load, load_known
from builder.loading.recalled import Changed, KnownDocument
from builder.model.itembank import Itembank
from builder.project import Project
from tests.conftest import ITEM, ITEM_PATH, ROOT, VOORBEELDBANK
from tests.timing import spent

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">'
    '<rect width="10" height="10" fill="#fff"/></svg>'
)
DRAWN = """\
afbeelding:
  bestand: wonen-004.svg
  alt: Een vlak
  maker: auteur
  licentie: CC BY 4.0
"""


pytestmark = pytest.mark.usefixtures("small_banks_count")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return made(tmp_path / "bank")


def made(root: Path) -> Project:
    """The voorbeeldbank with one item more, in a folder of its own."""
    shutil.copytree(VOORBEELDBANK, root)
    shutil.copytree(ROOT / "schemas", root / "schemas")
    (root / ITEM_PATH).write_text(ITEM + DRAWN, encoding="utf-8")
    (root / "items/wonen/wonen-004.svg").write_text(SVG, encoding="utf-8")
    return Project(root)


def kept(project: Project) -> Path:
    return project.cache / "bank" / "bekend"


def rows(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kept(project).read_bytes()[32:])["files"]
    return found


def told(bank: Itembank, found: tuple[Diagnostic, ...]) -> dict[str, Any]:
    """Everything that a bank can be asked, as plain data."""
    fields = {name: getattr(bank, name) for name in Itembank.__slots__ if name != "locations"}
    answers: dict[str, Any] = {
        name: list(value.items()) if hasattr(value, "items") else value for name, value in fields.items()
    }
    answers["locations"] = {
        name: (
            source.path,
            [bank.locate(name, *path) for path in ((), ("id",), ("opties", 0, "tekst"), ("x",))],
        )
        for name, source in bank.locations.items()
    }
    answers["found"] = found
    return answers


def holds(project: Project) -> None:
    """Known twice (what it keeps and what it then recalls), and read anew: three times the same."""
    cold = told(*load(project))
    assert told(*load_known(project)) == cold
    assert told(*load_known(project)) == cold


class Opened:
    """Counts the items that are opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: list[str] = []

        def counted(file: str, real: Callable[[str], bytes] = read.bytes_of) -> bytes:
            if "items" in Path(file).parts:
                self.paths.append(Path(file).name)
            return real(file)

        monkeypatch.setattr(read, "bytes_of", counted)


def test_what_did_not_change_stays_closed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    load_known(project)
    opened = Opened(monkeypatch)
    bank, found = load_known(project)
    assert opened.paths == []
    assert len(bank.items) == 4 + len([p for p in rows(project) if p.endswith("yaml")]) - 4 > 4
    assert found == load(project)[1]
    opened.paths.clear()
    file = project.root / ITEM_PATH
    file.write_text(file.read_text(encoding="utf-8").replace("A2", "C9"), encoding="utf-8")
    _, found = load_known(project)
    assert opened.paths == ["wonen-004.yaml"]
    assert [finding.rule.code for finding in found] == ["S104"]
    load_known(project)
    assert opened.paths == ["wonen-004.yaml"] * 2, "a file with a finding is never known"


# Each does one thing to a bank; a number from outside chooses where.
Edit = Callable[[Path, random.Random], None]


def items_of(root: Path) -> list[Path]:
    return sorted(root.glob("items/*/*.yaml"))


def pick(root: Path, chance: random.Random) -> Path | None:
    found = items_of(root)
    return chance.choice(found) if found else None


def replaces(old: str, new: str) -> Edit:
    def edit(root: Path, chance: random.Random) -> None:
        if file := pick(root, chance):
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return edit


def copies(root: Path, chance: random.Random) -> None:
    if file := pick(root, chance):
        shutil.copy(file, file.with_name(f"{file.stem[:-3]}{chance.randint(90, 99):03}.yaml"))


def renames(root: Path, chance: random.Random) -> None:
    if file := pick(root, chance):
        folder = chance.choice(["wonen", "werk", "gezondheid"])
        (root / "items" / folder).mkdir(exist_ok=True)
        file.rename(root / "items" / folder / f"{folder}-{chance.randint(80, 89):03}.yaml")


def moves(root: Path, chance: random.Random) -> None:
    if file := pick(root, chance):
        (root / "items" / "werk").mkdir(exist_ok=True)
        file.rename(root / "items" / "werk" / file.name)


def deletes(root: Path, chance: random.Random) -> None:
    if file := pick(root, chance):
        file.unlink()


def draws(root: Path, chance: random.Random) -> None:
    bad = chance.choice([SVG, SVG.replace("<rect", "<script/><rect"), "", SVG.replace("10", "20")])
    (root / "items/wonen/wonen-004.svg").write_text(bad, encoding="utf-8")


def erases(root: Path, chance: random.Random) -> None:
    (root / "items/wonen/wonen-004.svg").unlink(missing_ok=True)


def touches(root: Path, chance: random.Random) -> None:
    if file := pick(root, chance):
        os.utime(file)


def links(root: Path, chance: random.Random) -> None:
    if file := pick(root, chance):
        content = file.read_bytes()
        file.unlink()
        (root / "elders.yaml").write_bytes(content)
        file.symlink_to(root / "elders.yaml")


def in_lists(name: str, old: str, new: str) -> Edit:
    def edit(root: Path, chance: random.Random) -> None:
        file = root / "content" / name
        if file.exists():
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return edit


def without_list(root: Path, chance: random.Random) -> None:
    (root / "content" / chance.choice(["bronnen.yaml", "eindtermen.yaml"])).unlink(missing_ok=True)


EDITS: tuple[Edit, ...] = (
    replaces("taalniveau: A2", "taalniveau: B1"),
    replaces("taalniveau: A2", "taalniveau: Z9"),
    replaces("stam: ", "stam: Goed. "),
    replaces("stam:", "stam"),
    replaces("versie: 1\n", "versie: 1\nversie: 2\n"),
    replaces("voorbeeldfolder", "bestaat-niet"),
    replaces("indicator: 3.1.2-b", "indicator: 3.1.2-z"),
    replaces("veroudert: niet\n", "veroudert: niet\nvijanden:\n  - wonen-001\n"),
    replaces("veroudert: niet\n", "veroudert: niet\nset: huur\n"),
    replaces("veroudert: niet\n", "veroudert: niet\nvariant_van: wonen-999\n"),
    replaces("status: review", "status: geheim"),
    replaces("id: wonen-", "id: werk-"),
    replaces("wonen-004.svg", "wonen-005.svg"),
    replaces("\n", "\r\n"),
    copies, renames, moves, deletes, draws, erases, touches, links, without_list,
    in_lists("bronnen.yaml", "id: voorbeeldfolder", "id: andere-folder"),
    in_lists("eindtermen.yaml", "nummer: 3.1.2", "nummer: 3.1.9"),
    in_lists("eindtermen.yaml", "code: 3.1.2-b", "code: 3.1.2-x"),
    in_lists("bronnen.yaml", "titel:", "titel"),
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.lists(st.tuples(st.integers(0, len(EDITS) - 1), st.integers(0, 99)), min_size=1, max_size=6))
def test_any_edits_give_the_same_answer(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[int, int]]
) -> None:
    project = made(tmp_path_factory.mktemp("edits") / "bank")
    load_known(project)
    for number, seed in chosen:
        EDITS[number](project.root, random.Random(seed))
        holds(project)
    shutil.rmtree(project.root)


@pytest.mark.parametrize("number", range(len(EDITS)))
def test_each_edit_gives_the_same_answer(project: Project, number: int) -> None:
    load_known(project)
    for seed in range(3):
        EDITS[number](project.root, random.Random(seed))
        holds(project)


def test_another_schema_gives_the_answer_of_that_schema(project: Project) -> None:
    load_known(project)
    other = project.root / "schemas-2"
    shutil.copytree(project.root / "schemas", other)
    lists = other / "lijsten.schema.json"
    lists.write_text(lists.read_text(encoding="utf-8").replace('"A2"', '"A3"'), encoding="utf-8")

    class Stricter(Project):
        @property
        def schemas(self) -> Path:
            return other

    stricter = Stricter(project.root)
    _, found = load_known(stricter)
    assert {finding.rule.code for finding in found} >= {"S104"}
    holds(stricter)
    holds(project)


def test_another_program_knows_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    load_known(project)
    monkeypatch.setattr(known, "stamp", lambda _: "van een andere versie")
    opened = Opened(monkeypatch)
    load_known(project)
    assert len(opened.paths) > 3


def test_the_stamp_is_of_the_program_and_the_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "builder"
    shutil.copytree(ROOT / "builder" / "loading", package / "loading")
    shutil.copy(ROOT / "builder" / "pictures.py", package)
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    monkeypatch.setattr(known, "_PACKAGE", package)
    first = known.stamp(tmp_path / "schemas")
    assert first == known.stamp(tmp_path / "schemas")
    for file in (
        package / "loading" / "plain.py",
        package / "pictures.py",
        tmp_path / "schemas" / "item.schema.json",
    ):
        before = file.read_bytes()
        file.write_bytes(before + b"\n")
        assert known.stamp(tmp_path / "schemas") != first, file.name
        file.write_bytes(before)
    assert known.stamp(tmp_path / "schemas") == first


def with_seal(data: bytes) -> bytes:
    return hashlib.sha256(data).digest() + data


def damages(whole: bytes) -> Iterator[bytes]:
    yield from (
        b"",
        b"x",
        whole[:-1],
        whole[:20],
        whole[:32],
        b"0" + whole[1:],
        whole[:-9] + b"x" + whole[-8:],
    )
    stamp = json.loads(whole[32:])["stamp"]
    for files in ([], None, 3, "x", {"a": 1}, {"a": None}, {"items/wonen/wonen-004.yaml": []}):
        yield with_seal(json.dumps({"stamp": stamp, "files": files}).encode())
    yield with_seal(b"[" * 100_000)
    yield with_seal(b"\xff\xfe")
    yield with_seal(b"{}")
    yield with_seal(
        b'c__builtin__\neval\n(S\'open("gelukt","w")\'\ntR.'
    )  # what would act, if it were a pickle
    rows = json.loads(whole[32:])["files"]
    for spoil in ([], ["a"], [1, 2, 3, 4], [None] * 11, [[]] * 11, [{}] * 9):
        yield with_seal(
            json.dumps(
                {"stamp": stamp, "files": {path: row[:4] + spoil for path, row in rows.items()}}
            ).encode()
        )


def test_a_damaged_or_planted_file_is_no_more_than_no_file(project: Project) -> None:
    load_known(project)
    cold = told(*load(project))
    whole = kept(project).read_bytes()
    for damaged in damages(whole):
        kept(project).write_bytes(damaged)
        assert told(*load_known(project)) == cold
        assert kept(project).read_bytes() == whole
    assert not list(project.root.rglob("gelukt"))


def test_what_came_with_the_folder_of_another_is_not_believed(project: Project, tmp_path: Path) -> None:
    """A bad item, and a cache that calls it good: as it would lie in a zip of a bank."""
    load_known(project)
    bad = project.root / ITEM_PATH
    good = rows(project)[ITEM_PATH]
    bad.write_text(
        ITEM.replace("3.1.2-b", "9.9.9-z").replace("taalniveau: A2", "taalniveau: C2"), encoding="utf-8"
    )
    found = bad.stat()
    planted = {ITEM_PATH: [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino,
                           hashlib.sha256(bad.read_bytes()).hexdigest(), *good[5:]]}  # fmt: skip
    stamp = json.loads(kept(project).read_bytes()[32:])["stamp"]
    kept(project).write_bytes(with_seal(json.dumps({"stamp": stamp, "files": planted}).encode()))
    elsewhere = tmp_path / "uitgepakt"
    shutil.copytree(project.root, elsewhere)  # as cp -p does: with the times of the content
    assert (
        [finding.rule.code for finding in load_known(Project(elsewhere))[1]]
        == [finding.rule.code for finding in load(Project(elsewhere))[1]]
        != []
    )


def test_a_file_that_changes_while_we_look_is_read_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_known(project)
    bank, _ = load_known(project)
    file = project.root / ITEM_PATH
    file.write_text(ITEM.replace("huur niet betaalt", "huur wel betaalt"), encoding="utf-8")
    with pytest.raises(Changed):
        bank.items["wonen-004"]
    file.unlink()
    with pytest.raises(Changed):
        bank.locate("wonen-004", "stam")

    file.write_text(ITEM + DRAWN, encoding="utf-8")
    load_known(project)
    monkeypatch.chdir(project.root)

    def late(document: KnownDocument) -> Any:
        raise Changed(document.path)

    expected = CliRunner().invoke(main, ["check", "--no-cache", "--today", "2026-11-25"])
    monkeypatch.setattr(KnownDocument, "data", property(late))
    result = CliRunner().invoke(main, ["check", "--today", "2026-11-25"])
    assert (result.exit_code, result.output) == (expected.exit_code, expected.output)


def test_a_file_that_was_written_a_moment_ago_is_not_known(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may change again within one tick of the clock of the disk, with the same size: then nothing shows it."""
    monkeypatch.setattr(known, "MARGIN", 3_000_000_000)
    load_known(project)
    assert not kept(project).exists()
    later = time.time_ns() + 3600 * 10**9
    monkeypatch.setattr(known.Known, "_clock", lambda _: later)
    load_known(project)
    assert ITEM_PATH in rows(project)


@pytest.mark.parametrize("restored", [False, True])
def test_same_size_and_same_time_of_content_is_still_seen(project: Project, restored: bool) -> None:
    load_known(project)
    file = project.root / ITEM_PATH
    before = file.stat()
    time.sleep(0.02)  # more than one tick of the clock of the disk
    text = file.read_text(encoding="utf-8")
    if restored:
        file.write_text(text.replace("3.1.2-b", "3.1.2-z"), encoding="utf-8")
    else:
        other = file.with_suffix(".nieuw")
        other.write_text(text.replace("3.1.2-b", "3.1.2-z"), encoding="utf-8")
        os.replace(other, file)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size and file.stat().st_mtime_ns == before.st_mtime_ns
    assert [finding.rule.code for finding in load_known(project)[1]] == ["L204"]


def test_no_words_and_no_rights_for_others(project: Project) -> None:
    file = project.root / ITEM_PATH
    file.write_text(ITEM.replace("status: review", "status: geheim") + DRAWN, encoding="utf-8")
    load_known(project)
    content = kept(project).read_bytes()[32:].decode("ascii")
    assert "wonen-004" in content
    for word in ("huur", "brief", "verhuurder", "boete", "politie", "geheim", "auteur"):
        assert word not in content
    assert kept(project).stat().st_mode & 0o777 == 0o600
    assert kept(project).parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in kept(project).parent.iterdir()] == ["bekend"]


def test_a_little_that_is_new_is_not_worth_writing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    load_known(project)
    whole = kept(project).read_bytes()
    monkeypatch.setattr(sealed, "FEW", 1)
    file = project.root / ITEM_PATH
    file.write_text(file.read_text(encoding="utf-8").replace("huur niet", "huur nooit"), encoding="utf-8")
    holds(project)
    assert kept(project).read_bytes() == whole
    for other in items_of(project.root):
        os.utime(other)
    holds(project)
    assert kept(project).read_bytes() != whole


def test_small_banks_keep_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "LEAST", 1000)
    load_known(project)
    assert not project.cache.exists()


def test_a_place_where_nothing_can_be_written(project: Project) -> None:
    project.cache.parent.mkdir()
    project.cache.write_bytes(b"")
    holds(project)
    project.cache.unlink()
    elsewhere = project.root / "elders"
    elsewhere.mkdir()
    project.cache.mkdir()
    (project.cache / "bank").symlink_to(elsewhere)
    holds(project)
    assert list(elsewhere.iterdir()) == []


def test_the_command_says_the_same(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    for form in ("text", "json", "github"):
        for until in ("link", "check"):
            command = ["check", "--format", form, "--until", until, "--today", "2026-11-25"]
            anew = CliRunner().invoke(main, [*command, "--no-cache"])
            first = CliRunner().invoke(main, command)
            second = CliRunner().invoke(main, command)
            assert anew.output == first.output == second.output
            assert anew.exit_code == first.exit_code == second.exit_code
    assert kept(project).exists()
    shutil.rmtree(project.cache)
    CliRunner().invoke(main, ["check"], env={"KNM_CACHE": "0"})
    assert not project.cache.exists()


def test_two_at_once(project: Project, tmp_path: Path) -> None:
    code = (
        "import sys; from builder.loading import known; known.LEAST = 1; known.MARGIN = -10**12\n"
        "from builder.cli import main; main(['check', '--until', 'link'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(3):
        running = [
            subprocess.Popen(
                [sys.executable, "-c", code],
                cwd=project.root,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            for _ in range(3)
        ]
        said = {process.communicate()[0] for process in running}
        assert len(said) == 1 and b"Geen fouten" in said.pop()
        (project.root / ITEM_PATH).write_text(ITEM + DRAWN, encoding="utf-8")
    holds(project)
    assert [path.name for path in kept(project).parent.iterdir()] == ["bekend"]


def test_the_command_starts_without_what_it_does_not_need(project: Project) -> None:
    code = (
        "import sys; from builder.cli import main\n"
        "try: main(['check', '--until', 'link'])\n"
        "except SystemExit: print(*sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Geen fouten" in done.stdout
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "builder.loading.link" in loaded
    assert not loaded & {
        "jsonschema", "ruamel.yaml", "numpy", "openpyxl", "mkdocs", "jinja2", "ortools", "builder.checks", "builder.language",
        "builder.cli_exam", "builder.exam",
    }  # fmt: skip


def test_knowing_is_cheaper_than_reading(project: Project) -> None:
    """A wide ratio: at 10,000 items it is a fifth."""
    for number in range(100, 900):
        path = project.root / f"items/wonen/wonen-{number}.yaml"
        path.write_text(ITEM.replace("wonen-004", f"wonen-{number}"), encoding="utf-8")
    load_known(project)

    assert spent(lambda: load_known(project)) < 0.8 * spent(lambda: load(project))
