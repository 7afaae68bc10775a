"""Saving without loss: marks, history, drafts, throwing away, two writers, and a workshop that is killed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from builder.workshop.bin import Bin
from builder.workshop.store import Conflict, Draft, Refusal, Store, mark_of
from tests.conftest import ROOT

PATH = "items/wonen/wonen-014.yaml"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path)
    assert made.create(PATH, b"een\n")
    return made


def test_a_save_needs_the_mark_of_what_stands_there(store: Store) -> None:
    store.save(PATH, b"twee\n", mark_of(b"een\n"))
    with pytest.raises(Conflict) as caught:
        store.save(PATH, b"drie\n", mark_of(b"een\n"))
    assert caught.value.now == b"twee\n"
    assert store.read(PATH) == b"twee\n"


def test_undo_goes_back_step_by_step_and_keeps_what_it_undid(store: Store) -> None:
    store.save(PATH, b"twee\n", mark_of(b"een\n"), "jan")
    store.save(PATH, b"drie\n", mark_of(b"twee\n"), "eva")
    assert [step["door"] for step in store.history(PATH)] == ["eva", "jan"]
    store.undo(PATH)
    store.undo(PATH)
    assert store.read(PATH) == b"een\n"
    with pytest.raises(Refusal):
        store.undo(PATH)
    kept = {file.read_bytes() for file in (store.own / "geschiedenis").rglob("*.teruggedraaid")}
    assert kept == {b"twee\n", b"drie\n"}


def test_undo_does_not_undo_somebody_else(store: Store) -> None:
    store.save(PATH, b"twee\n", mark_of(b"een\n"))
    (store.root / PATH).write_bytes(b"van een ander\n")
    with pytest.raises(Conflict):
        store.undo(PATH)
    assert store.read(PATH) == b"van een ander\n"


def test_each_window_keeps_its_own_draft(store: Store) -> None:
    for window, text in (("0000000a", "een"), ("0000000b", "twee")):
        store.keep_draft(Draft(PATH, window, "x", {"stam": text}))
    assert [draft.data["stam"] for draft in store.drafts(PATH)] == ["een", "twee"]
    store.drop_draft(PATH, "0000000a")
    assert [draft.window for draft in store.drafts()] == ["0000000b"]


def test_what_was_thrown_away_comes_back_with_its_picture(store: Store) -> None:
    picture = "items/wonen/wonen-014.png"
    store.create(picture, b"beeld")
    number = Bin(store).throw_away(PATH, [picture], mark_of(b"een\n"))
    assert store.read(PATH) is None and store.read(picture) is None
    assert Bin(store).ever_thrown() == (PATH,)
    assert Bin(store).put_back(number) == PATH
    assert (store.read(PATH), store.read(picture)) == (b"een\n", b"beeld")
    assert Bin(store).thrown() == [] and Bin(store).ever_thrown() == (PATH,)
    with pytest.raises(Refusal):
        Bin(store).put_back(number)


def test_nothing_is_put_back_over_something_else(store: Store) -> None:
    number = Bin(store).throw_away(PATH, [], mark_of(b"een\n"))
    store.create(PATH, b"nieuw\n")
    with pytest.raises(Refusal):
        Bin(store).put_back(number)
    assert store.read(PATH) == b"nieuw\n"


@pytest.mark.parametrize(
    "path",
    [
        "../elders.yaml",
        "items/../../elders.yaml",
        "items/wonen/../../knm.toml",
        "/etc/passwd",
        "knm.toml",
        "schemas/item.schema.json",
        "items/wonen/wonen-014.yaml\0",
        "items/wonen/.wonen-014.yaml",
        "items\\wonen\\wonen-014.yaml",
        "content/eindtermen.yaml",
    ],
)
def test_it_writes_nowhere_else(store: Store, path: str) -> None:
    with pytest.raises(Refusal):
        store.create(path, b"")
    with pytest.raises(Refusal):
        store.read(path)


def test_it_follows_no_link_out_of_the_bank(store: Store, tmp_path: Path) -> None:
    (tmp_path / "items/werk").symlink_to(tmp_path / "items/wonen")
    (tmp_path / "items/wonen/wonen-015.yaml").symlink_to(tmp_path / PATH)
    for path in ("items/werk/werk-014.yaml", "items/wonen/wonen-015.yaml"):
        with pytest.raises(Refusal):
            store.save(path, b"", "geen")


def test_of_many_writers_one_wins_and_no_text_is_lost(store: Store) -> None:
    """Each writer saves over what it read; who comes too late is told so and still has its text."""
    told: list[bytes] = []
    won: list[bytes] = []

    def write(number: int) -> None:
        other = Store(store.root)
        for turn in range(12):
            now = other.read(PATH) or b""
            text = b"%d-%d\n" % (number, turn)
            try:
                other.save(PATH, text, mark_of(now))
                won.append(text)
            except Conflict:
                told.append(text)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) + len(told) == 72 and won
    kept = {file.read_bytes() for file in (store.own / "geschiedenis").rglob("*.yaml")}
    assert set(won) <= kept | {store.read(PATH) or b""}


_RACER = """
import sys, time
from pathlib import Path
from builder.workshop import store as module
from builder.workshop.store import Conflict, Store, mark_of
write = module.write_file
module.write_file = lambda *given: (time.sleep(0.002), write(*given))  # room for another to come between
store, path, name = Store(Path(sys.argv[1])), sys.argv[2], sys.argv[3]
print("klaar", flush=True)
sys.stdin.readline()
for turn in range(40):
    text = f"{name}-{turn}\\n".encode()
    try:
        store.save(path, text, mark_of(store.read(path)))
        print(text.decode(), end="", flush=True)
    except Conflict:
        pass
"""


def test_of_two_workshops_on_one_folder_no_text_is_lost(store: Store) -> None:
    """Other processes: only the lock of the operating system stands between them."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", _RACER, str(store.root), PATH, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for name in ("een", "twee", "drie")
    ]
    for racer in racers:
        assert racer.stdout is not None and racer.stdout.readline() == "klaar\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("\n")
        racer.stdin.flush()
    won = [line for racer in racers for line in racer.communicate()[0].splitlines()]
    kept = {file.read_text() for file in (store.own / "geschiedenis").rglob("*.yaml")}
    assert len(won) >= 40
    assert {f"{line}\n" for line in won} <= kept | {(store.read(PATH) or b"").decode()}


_WRITER = """
import sys
from pathlib import Path
from builder.workshop.store import Draft, Store, mark_of
store, path = Store(Path(sys.argv[1])), sys.argv[2]
print("klaar", flush=True)
number = 0
while True:
    number += 1
    now = store.read(path)
    store.save(path, b"begin %d\\n" % number + b"x" * 1000000 + b"\\neinde %d\\n" % number, mark_of(now))
    store.keep_draft(Draft(path, "0000000a", "x", {"stam": "y" * 5000, "nummer": number}))
"""


def killed_in_the_middle(root: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    store = Store(root)
    store.create(PATH, b"begin 0\n" + b"x" * 1000000 + b"\neinde 0\n")
    for _ in range(rounds):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(root), PATH],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.08))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        now = store.read(PATH)
        assert now is not None
        first, _, last = now.decode().strip().split("\n")
        assert first.removeprefix("begin ") == last.removeprefix("einde ")
        for draft in store.drafts(PATH):
            assert draft.data["stam"] == "y" * 5000
        files = list((store.own / "concepten").glob("*.json"))
        assert len(store.drafts(PATH)) == len(files)
        for step in store.history(PATH)[:2]:
            assert step["na"]
        shutil.rmtree(store.own / "geschiedenis", ignore_errors=True)  # a megabyte for each save
    store.tidy()
    assert not list((root / "items").rglob(".*"))
    store.save(PATH, b"daarna\n", mark_of(store.read(PATH)))  # no lock stayed behind
    store.undo(PATH)


def test_a_killed_workshop_leaves_no_half_file(tmp_path: Path) -> None:
    killed_in_the_middle(tmp_path, 10, 1)


@pytest.mark.audit
def test_a_killed_workshop_leaves_no_half_file_two_hundred_times(tmp_path: Path) -> None:
    killed_in_the_middle(tmp_path, 200, 2)
