"""Every verb that writes, killed at random moments: what it makes is the old or the new, whole, and nothing is stuck.

The moments are drawn from a fixed seed: most lie just before a change of the disk (a file opened for writing, a rename,
a removal), the others anywhere in time. Ten for each verb here, two hundred with `make audit`. Also: two runs at once,
files that cannot grow, folders without rights.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from PIL import Image

from builder.artifacts import WriteError, write_folder
from builder.cli import main
from builder.locking import SLOT, held
from tests.conftest import (
    ITEM,
    ITEM_PATH,
    ROOT,
    compiled_templates,
    copy_of_the_site,
    copy_of_the_voorbeeldbank,
)
from tests.visits import pilot
from tests.workshop import deeds
from tests.zips import files_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills with the signals of POSIX")

DAY = ("--today", "2026-11-25")
PLAN = ("--today", "2026-08-03", "--quick", "--seconds", "1")
TOETS = "kleine-toets-a"
TOETS_FILE = f"content/toetsen/{TOETS}.yaml"


def _replace(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def _other_title(root: Path) -> None:
    """Let site and toetsen differ from what was built before."""
    _replace(root, TOETS_FILE, "titel: Kleine oefentoets", "titel: Een andere titel")


def _spaces(root: Path) -> None:
    for path in (ITEM_PATH, "items/wonen/wonen-001.yaml"):
        _replace(root, path, "versie: 1\n", "versie: 1   \n")


def _answers(root: Path) -> None:
    dice = random.Random(4)
    items = ["wonen-001", "gezondheid-001", "wonen-002", "gezondheid-002"]
    rows = [["persoon", *items], *([f"p{n}", *(dice.choice("ABC") for _ in items)] for n in range(40))]
    (root / "antwoorden.csv").write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")


def _more_answers(root: Path) -> None:
    with (root / "antwoorden.csv").open("a", encoding="utf-8") as stream:
        stream.write("\np40;A;A;B;C")


def _readings(root: Path) -> None:
    rows = [
        {"item": name, "antwoord": "A", "beoordelaar": "lezer-9", "oordeel": "goed"}
        for name in ("wonen-001", "wonen-002")
    ]
    (root / "lezingen.json").write_text(json.dumps(rows), encoding="utf-8")


def _questions(root: Path) -> None:
    """Two questions that can go in, the first with a picture, and one without a right answer."""
    head = "Eindterm;Taalniveau;Vraag;Antwoord A;Antwoord B;Antwoord C;Goed;Plaatje;Beschrijving van het plaatje"
    rows = [
        "3.1.2;A2;Wie maakt de kapotte deur van een huurhuis?;De gemeente.;De verhuurder.;De politie.;B;deur.png;Een deur.",
        "3.1.2;A2;Wat betaal je elke maand aan de verhuurder?;De huur.;De boete.;De zorgpremie.;A;;",
        "3.1.2;A2;Wie leest de meter van het water?;De buurman.;Het waterbedrijf.;De bakker.;;;",
    ]
    (root / "vragen.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    Image.new("RGB", (300, 200), "red").save(root / "deur.png")


def _item_after_its_picture(root: Path) -> None:
    assert not (root / "items/wonen/wonen-005.yaml").exists() or (root / "items/wonen/wonen-005.png").exists()


def _nothing(root: Path) -> None:
    """There is nothing to make ready."""


@dataclass(frozen=True)
class Case:
    """A verb that writes: its words, what it writes (each is one whole), and what must be there first."""

    name: str
    words: Sequence[str]
    outputs: Sequence[str]
    before: Sequence[Sequence[str]] = ()
    ready: Callable[[Path], object] = _nothing
    change: Callable[[Path], object] = _nothing
    limit: int = 10
    lock: str = "."
    after: Callable[[Path], object] = _nothing


CASES = {
    case.name: case
    for case in (
        Case(
            "build", ("build", *DAY), ("build/site", "build/toetsen", "build/handreiking-knm.zip"), (("build", *DAY),),
            change=_other_title, limit=4000, lock="build",
        ),
        Case(
            "export", ("export", TOETS), (f"build/toetsen/{TOETS}", f"build/toetsen/{TOETS}.zip"), (("export", TOETS),),
            change=_other_title, limit=4000, lock="build",
        ),
        Case("assemble", ("assemble", "kleine-toets", "--name", "nieuw", *DAY), ("content/toetsen/nieuw-a.yaml",)),
        Case("toets new", ("toets new", "hand", "--items", "wonen-001", *DAY), ("content/toetsen/hand.yaml",)),
        Case(
            "toets swap",
            ("toets swap", TOETS, "wonen-001", "--with", "wonen-004", "--replace", *DAY), (TOETS_FILE,),
        ),
        Case("toets variant", ("toets variant", TOETS, "--replace"), (TOETS_FILE,)),
        Case("toets vernieuw", ("toets vernieuw", TOETS, "--replace", *DAY), (TOETS_FILE,)),
        Case(
            "review record", ("review record", "--from", "lezingen.json", *DAY),
            ("items/wonen/wonen-001.yaml", "items/wonen/wonen-002.yaml"), ready=_readings,
        ),
        Case(
            "check --fix", ("check", "--fix", "--write"), ("items/wonen/wonen-001.yaml", ITEM_PATH), change=_spaces,
        ),
        Case("new item", ("new item", "wonen", "3.1.2"), ("items/wonen/wonen-005.yaml",)),
        Case("new les", ("new les", "wonen", "huren", "3.1.2", *DAY), ("content/lessen/wonen/huren.yaml",)),
        Case(
            "analyse", ("analyse", "antwoorden.csv", "--toets", TOETS, "--write", *DAY),
            (f"build/analyse/{TOETS}", f"content/statistiek/{TOETS}-2026-11-25.yaml"),
            (("analyse", "antwoorden.csv", "--toets", TOETS, *DAY),), ready=_answers, change=_more_answers, limit=4000,
        ),
        Case(
            "visits plan", ("visits plan", "groepen.xlsx", "--out", "uit", *PLAN), ("uit/voorstel-002",),
            (("visits plan", "groepen.xlsx", "--out", "uit", *PLAN),), limit=2000, lock="uit",
        ),
        Case(
            "import", ("import", "vragen.csv", "--write", "--picture-maker", "redactie", "--picture-licence", "CC BY 4.0", *DAY),
            ("items/wonen/wonen-005.png", "items/wonen/wonen-005.yaml", "items/wonen/wonen-006.yaml", "vragen-terug.xlsx"),
            ready=_questions, after=_item_after_its_picture,
        ),
        Case(
            "werkplaats bewaar", ("werkplaats save",), (ITEM_PATH,), ready=deeds.who, after=deeds.text_is_kept,
        ),
        Case("werkplaats terug", ("werkplaats undo",), (ITEM_PATH,), ready=deeds.saved_before),
        Case("werkplaats nieuw", ("werkplaats new",), ("items/wonen/wonen-005.yaml",), ready=deeds.who),
        Case(
            "werkplaats weg", ("werkplaats throw_away",), (ITEM_PATH, deeds.PICTURE), ready=deeds.with_draft,
            after=deeds.item_is_kept,
        ),
        Case(
            "werkplaats zet terug", ("werkplaats put_back",), (ITEM_PATH, deeds.PICTURE), ready=deeds.thrown_before,
            after=deeds.item_has_what_was_typed,
        ),
        Case(
            "werkplaats ontvang", ("werkplaats receive",), (ITEM_PATH, deeds.PICTURE), ready=deeds.zip_before,
            after=deeds.item_has_its_picture,
        ),
    )
}  # fmt: skip
# Verbs that write with the same hands as one above.
ALIKE = {
    "visits replan": "visits plan",
    "visits form": "visits plan",
    "visits report": "visits plan",
    "visits publish": "new item",
    "visits template": "new item",
    "visits checks": "new item",
    "template antwoorden": "new item",
    "template angoff": "new item",
    "template hofstee": "new item",
    "template xlsx": "new item",
    "check": "check --fix",
}
SHORT = 10
LONG = 200


def words_of(words: Sequence[str]) -> list[str]:
    return [*words[0].split(), *words[1:]]


class Killer:
    """The process of `killing.py`."""

    def __init__(self, bank: Path, templates: Path, made: Path) -> None:
        self.made = made  # banks in which a verb ran
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        environment.pop("SOURCE_DATE_EPOCH", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.killing", str(bank), str(templates)], cwd=ROOT, env=environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "klaar\n"

    def run(self, cwd: Path, words: Sequence[str], **more: Any) -> dict[str, Any]:
        """Run `knm` in a folder, and return what `killing.py` tells."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"cwd": str(cwd), "args": words_of(words), **more}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@pytest.fixture(scope="module")
def killer(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    found = Killer(project, compiled_templates(tmp_path_factory), tmp_path_factory.mktemp("eerder"))
    yield found
    assert found.process.stdin is not None
    found.process.stdin.close()
    assert found.process.wait(30) == 0


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank with all that the verbs need; nobody writes in it."""
    root = tmp_path_factory.mktemp("heel") / "bank"
    make_project(root)
    return root


def make_project(root: Path) -> None:
    copy_of_the_voorbeeldbank(root)
    shutil.copytree(ROOT / "schemas", root / "schemas")
    copy_of_the_site(root)
    real = (ROOT / "content/bronnen.yaml").read_text(encoding="utf-8")
    with (root / "content/bronnen.yaml").open("a", encoding="utf-8") as stream:
        stream.write(real.partition("bronnen:\n")[2])
    (root / ITEM_PATH).write_text(ITEM, encoding="utf-8")
    shutil.copy(pilot.FILE, root / "groepen.xlsx")


def copied(source: Path, target: Path) -> None:
    """Copy a bank. A file where no verb may write in one that is there, only gets another name.

    A verb that does so all the same is seen: what a turn is compared with was read before.
    """

    def place(old: str, new: str) -> None:
        if Path(new).relative_to(target).parts[0] in ("site", "schemas", "build"):
            os.link(old, new)
        else:
            shutil.copy2(old, new)

    shutil.copytree(source, target, copy_function=place)


def made_ready(killer: Killer, project: Path, target: Path, case: Case) -> Path:
    """A copy of the bank in which what `case` replaces is there already."""
    if not case.before:
        shutil.copytree(project, target)
        case.ready(target)
    else:
        made = killer.made / case.name
        if not made.exists():  # what came before is the same for every proof
            shutil.copytree(project, made)
            case.ready(made)
            for words in case.before:
                told = killer.run(made, words)
                assert told["code"] in (0, 1), told["output"]
        shutil.copytree(made, target)
    case.change(target)
    return target


def outputs(root: Path, case: Case) -> dict[str, Mapping[str, bytes] | bytes | None]:
    """What stands at each place that the verb writes: the files of a folder, a file, or None."""
    found: dict[str, Mapping[str, bytes] | bytes | None] = {}
    for name in case.outputs:
        path = root / name
        found[name] = files_of(path) if path.is_dir() else path.read_bytes() if path.is_file() else None
    return found


def rest(root: Path, case: Case) -> dict[str, bytes]:
    """All other files, but for what a killed run may leave beside its target: a hidden name of ours."""
    return {
        path: content
        for path, content in files_of(root).items()
        if not any(path == name or path.startswith(f"{name}/") for name in case.outputs)
        and not any(part.startswith(".") for part in path.split("/"))
    }


def hidden(root: Path) -> list[str]:
    """Hidden names, but for the folder in which the workshop keeps drafts and history."""
    return [str(path.relative_to(root)) for path in root.rglob(".*") if path != root / ".knm"]


def kill_many(killer: Killer, project: Path, tmp_path: Path, case: Case, times: int) -> None:
    """Kill `times` runs of a verb at random moments, and look at what is left each time."""
    start = made_ready(killer, project, tmp_path / "begin", case)
    old, others = outputs(start, case), rest(start, case)
    whole = tmp_path / "heel"
    shutil.copytree(start, whole)
    told = killer.run(whole, case.words)
    assert told["code"] in (0, 1), told["output"]
    assert "Traceback" not in told["output"]
    new = outputs(whole, case)
    assert all(new[name] != old[name] for name in case.outputs), "nothing to kill"
    assert rest(whole, case) == others, "the case does not name all that the verb writes"
    assert hidden(whole) == [], "a run that ends leaves nothing hidden behind"
    dice = random.Random(case.name)
    seen, mended = {"old": 0, "new": 0, "between": 0}, False
    for turn in range(times):
        work = tmp_path / "werk"
        copied(start, work)
        timed = turn % 4 == 3
        moment = {"seconds": dice.uniform(0, told["spent"])} if timed else {"event": dice.randint(1, told["events"])}
        killed = killer.run(work, case.words, **moment)
        assert killed["code"] == -9 or timed, (moment, killed)
        now = outputs(work, case)
        for name in case.outputs:
            assert now[name] in (old[name], new[name]), f"{name} is half written after {moment}"
        assert rest(work, case) == others, moment
        if case.after is not _nothing:
            left = tmp_path / "over"
            copied(work, left)
            case.after(left)
            shutil.rmtree(left)
        seen["old" if now == old else "new" if now == new else "between"] += 1
        if now == old and (not mended or turn % 20 == 0):  # and then simply once more
            mended = True
            again = killer.run(work, case.words)
            assert again["code"] == told["code"], again["output"]
            assert outputs(work, case) == new
            assert hidden(work) == [], f"what was left after {moment} is still there"
        shutil.rmtree(work)
    assert seen["old"] + seen["between"], "no kill came before the end"


@pytest.mark.parametrize("name", CASES)
def test_a_killed_verb_leaves_the_old_or_the_new(killer: Killer, project: Path, tmp_path: Path, name: str) -> None:
    kill_many(killer, project, tmp_path, CASES[name], SHORT)


@pytest.mark.audit
@pytest.mark.parametrize("name", CASES)
def test_a_verb_killed_many_times(killer: Killer, project: Path, tmp_path: Path, name: str) -> None:
    kill_many(killer, project, tmp_path, CASES[name], LONG)


def test_the_proof_sees_a_verb_that_writes_half(tmp_path: Path) -> None:
    """What is written in place, and killed, is neither the old nor the new: the looking tells them apart."""
    case = CASES["new item"]
    target = tmp_path / case.outputs[0]
    target.parent.mkdir(parents=True)
    before = outputs(tmp_path, case)
    target.write_bytes(b"id: won")
    half = outputs(tmp_path, case)
    target.write_bytes(b"id: wonen-005\n")
    assert half not in (before, outputs(tmp_path, case))


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_cannot_grow_gives_a_sentence(killer: Killer, project: Path, tmp_path: Path, name: str) -> None:
    """As on a full disk: the write itself fails, half-way. What was there is whole, and nothing is left behind."""
    case = CASES[name]
    root = made_ready(killer, project, tmp_path / "bank", case)
    old, others = outputs(root, case), rest(root, case)
    told = killer.run(root, case.words, limit=case.limit)
    assert told["code"] in (1, 2), told["output"]
    assert "Traceback" not in told["output"]
    assert "te groot voor deze schijf" in told["output"], told["output"]
    assert (outputs(root, case), rest(root, case)) == (old, others)
    assert hidden(root) == []


FULL = """
mount -t tmpfs -o size=3m schijf "$1" && cp -r "$2"/content "$2"/items "$2"/schemas "$2"/knm.toml "$1" && cd "$1" || exit 77
head -c 9m /dev/zero >vol 2>/dev/null
find . -type f | sort | xargs sha256sum >/dev/shm/voor.$$
TMPDIR="$3" PYTHONPATH="$4" "$5" -c "import sys; from builder.cli import main; main(sys.argv[1:])" export kleine-toets-a
echo "einde $?"
find . -type f | sort | xargs sha256sum | diff - /dev/shm/voor.$$ && echo "alles is nog hetzelfde"
rm /dev/shm/voor.$$
"""


@pytest.mark.may_skip
@pytest.mark.parametrize("temporary", ["the same disk", "another disk"])
def test_a_disk_that_is_really_full(project: Path, tmp_path: Path, temporary: str) -> None:
    """A disk of 3 MB without room. Skipped where nobody may make a disk of his own."""
    if shutil.which("unshare") is None or not Path("/dev/shm").is_dir():
        pytest.skip("there is no unshare here")
    disk = tmp_path / "schijf"
    disk.mkdir()
    other = disk if temporary == "the same disk" else tmp_path
    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", FULL, "sh", str(disk), str(project), str(other), str(ROOT), sys.executable],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if "einde" not in ran.stdout:
        pytest.skip("no disk could be made here")
    assert "Traceback" not in ran.stdout
    assert "De schijf is vol. Maak ruimte en probeer het opnieuw." in ran.stdout
    assert "einde 1" in ran.stdout or "einde 2" in ran.stdout
    assert "alles is nog hetzelfde" in ran.stdout


def test_folders_without_rights_give_a_sentence(killer: Killer, project: Path) -> None:
    """Nobody may write anywhere: every verb says so, and leaves all as it was."""
    place = Path(tempfile.mkdtemp(prefix="knm-test-"))
    place.chmod(0o755)
    try:
        for name, case in CASES.items():
            case = case if case.name != "build" else replace(case, before=())  # what is there does not matter here
            root = made_ready(killer, project, place / name.replace(" ", ""), case)
            before = files_of(root)
            for path in [root, *root.rglob("*")]:
                path.chmod(0o555 if path.is_dir() else 0o444)
            told = killer.run(root, case.words, nobody=os.geteuid() == 0)
            assert told["code"] in (1, 2), (name, told["output"])
            assert "Traceback" not in told["output"], (name, told["output"])
            assert "rechten van" in told["output"], (name, told["output"])
            assert files_of(root) == before, name
    finally:
        for path in [place, *place.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(place)


# Two at once

HOLDS = """
import sys, time
from pathlib import Path
from builder.locking import held

with held(Path(sys.argv[1])):
    print("bezig", flush=True)
    time.sleep(60)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that is busy in a folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLDS, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "bezig\n"
    return process


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.lock in (".", "build")])
def test_a_second_run_gets_a_sentence(killer: Killer, project: Path, tmp_path: Path, name: str) -> None:
    case = CASES[name]
    root = made_ready(killer, project, tmp_path / "bank", replace(case, before=()))
    old = outputs(root, case)
    with held(root / case.lock):
        told = killer.run(root, case.words)
    assert told["code"] == 2
    assert "is knm al bezig met een andere opdracht. Wacht tot die klaar is." in told["output"]
    assert outputs(root, case) == old


def test_reading_is_never_kept_out(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(project, tmp_path / "bank")
    monkeypatch.chdir(tmp_path / "bank")
    with held(tmp_path / "bank"), held(tmp_path / "bank" / "build"):
        for words in (["check"], ["coverage"], ["review", "sheet", "wonen-001"], ["plan", "kleine-toets"]):
            assert CliRunner().invoke(main, words).exit_code == 0


def test_a_killed_run_keeps_nobody_out(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(WriteError, match="al bezig"), held(tmp_path):
            raise AssertionError("two at once")
        process.kill()
        process.wait()
    assert (tmp_path / SLOT).exists()  # the file stays, the lock does not
    with held(tmp_path), pytest.raises(WriteError, match="al bezig"), held(tmp_path):
        raise AssertionError("two at once")
    assert not (tmp_path / SLOT).exists()


def test_who_is_patient_gets_a_turn(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        subprocess.Popen(["sh", "-c", f"sleep 0.3; kill -9 {process.pid}"]).wait()
        with held(tmp_path, patience=20):
            assert (tmp_path / SLOT).exists()


def test_two_readings_at_once_are_both_kept_or_refused(killer: Killer, project: Path, tmp_path: Path) -> None:
    """Never: both said "kept", and one of them is gone."""
    root = tmp_path / "bank"
    shutil.copytree(project, root)
    code = "import sys; from builder.cli import main; main(sys.argv[1:])"
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, "review", "record", "wonen-001", "--antwoord", "A", "--beoordelaar", f"lezer-{n}", *DAY],
            cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for n in range(4)
    ]  # fmt: skip
    said = [run.communicate()[0] for run in runs]
    text = (root / "items/wonen/wonen-001.yaml").read_text(encoding="utf-8")
    kept = [n for n in range(4) if runs[n].returncode == 0]
    assert kept
    assert [n for n in range(4) if f"beoordelaar: lezer-{n}" in text] == kept, said
    assert all("al bezig" in said[n] for n in range(4) if n not in kept), said


SAVES = """
import sys
from pathlib import Path
from builder.artifacts import WriteError
from builder.workshop.editing import Editing
from builder.workshop.screens import Asked
from builder.workshop.store import mark_of
from tests.workshop import deeds

session = deeds._session()
for turn in range(6):
    held = session.desk.document(deeds.ITEM_PATH)
    text = f"Wat gebeurt er bij huurder {sys.argv[1]}{turn}?"
    given = {"venster": [f"0000000{sys.argv[1]}"], "basis": [mark_of(held.raw)], "stam": [text], "doe": ["bewaar"]}
    if Editing(session).post(Asked(deeds.AT, {}, given)).status_code == 303:
        print(text, flush=True)
"""


def test_verbs_and_the_workshop_at_once_lose_nothing(project: Path, tmp_path: Path) -> None:
    """Three readers on the command line and two people who save: what was said to be kept is in the file or in history."""
    root = tmp_path / "bank"
    shutil.copytree(project, root)
    deeds.who(root)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    code = "import sys; from builder.cli import main; main(sys.argv[1:])"
    commands = [
        *([sys.executable, "-c", SAVES, letter] for letter in "ab"),
        *(
            [sys.executable, "-c", code, "review", "record", "wonen-004", "--antwoord", "A", "--beoordelaar", f"lezer-{n}", *DAY]
            for n in range(3)
        ),
    ]
    runs = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        for command in commands
    ]  # fmt: skip
    said = [run.communicate(timeout=120)[0] for run in runs]
    assert "Traceback" not in "".join(said), said
    now = (root / ITEM_PATH).read_text(encoding="utf-8")
    kept = [n for n in range(3) if runs[2 + n].returncode == 0]
    assert all(f"beoordelaar: lezer-{n}" in now for n in kept), said
    assert all("al bezig" in said[2 + n] for n in range(3) if n not in kept), said
    saved = [line for text in said[:2] for line in text.splitlines()]
    history = "".join(file.read_text(encoding="utf-8") for file in (root / ".knm/geschiedenis").rglob("*.yaml"))
    assert kept and saved, said
    assert [line for line in saved if line not in now + history] == []


def test_the_two_renames_of_other_systems_mend_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the exchange of Linux a kill can fall between two renames: the next run brings the old one back."""
    from builder import artifacts

    monkeypatch.setattr(artifacts, "_exchange", lambda *_: False)
    target = tmp_path / "map"
    write_folder(target, [artifacts.Artifact("a.txt", b"oud")])
    write_folder(target, [artifacts.Artifact("a.txt", b"nieuw")])
    assert files_of(tmp_path) == {"map/a.txt": b"nieuw"}
    target.rename(tmp_path / ".map.oud")  # as a kill would leave it
    assert files_of(artifacts.fresh_folder(target).parent / "map") == {"a.txt": b"nieuw"}
