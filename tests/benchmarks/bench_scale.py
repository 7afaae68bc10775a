"""A bank of 10,000 items, and of 100,000: reading it beside ajv-cli, after one edited file, every check, and what is made of it.

Run: `make bench`, or `python tests/benchmarks/bench_scale.py [--rounds 5] [--quick] [--large] [--site]`. In one run on the same
files, in turn: ajv-cli (schema only), our reading and schema alone, the whole of `check --until link` anew, the same when one
file was edited since, and when nothing was. Then every check after one edited file, on the usual bank and on a quiet one.
A run only counts when it says that it handled every item, or what a run without anything kept says. `--large` adds
100,000 items with their memory; `--site` builds the site of 10,000 items and looks at its pages and at the search page.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench_check import _candidates
from generator import SEED, Generated, write_project
from measure import BIN, Run, row, run, save, spread

from builder.loading.known import MARGIN

KNM = [str(BIN / "knm")]
LINK = [*KNM, "check", "--until", "link"]
ALL = [*KNM, "check", "--today", "2026-11-25"]
COLD, READ, EDITED = 1.5, 1.0, 0.5  # times ajv-cli, times ajv-cli, seconds
MEMORY, PAGE = 1200.0, 60.0  # MB, kB
# Alone, without what this file imports. The collector is off, as in `load`.
READING = """
import gc; gc.disable()
from pathlib import Path
from builder.loading.read import read
from builder.loading.validate import load_schemas, validate
readings, found = read(Path())
good, unfit = validate(readings.documents, load_schemas(Path("schemas")))
assert not found and not unfit
print(sum(document.kind == "item" for document in good))
"""
MATRIX = """\
id: proefexamen
titel: Proefexamen
doel: examen
aantal: 40
minuten: 45
cellen:
"""


@dataclass
class Turn:
    """Something that is run in turn with others: what happens before it, and how many items it says it handled."""

    name: str
    command: Sequence[str]
    counted: Callable[[Run], int]
    before: Callable[[], None] = lambda: None


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="1,000 items, two rounds")
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--large", action="store_true", help="100,000 items too")
    parser.add_argument("--site", action="store_true", help="the site of 10,000 items too")
    given = parser.parse_known_args()[0]
    items, rounds = (1000, 2) if given.quick else (given.items, given.rounds)
    results: dict[str, Any] = {"seed": SEED}
    with tempfile.TemporaryDirectory(prefix="knm-bench-") as folder:
        project = _settled(write_project(Path(folder) / "bank", items, status="vastgesteld"))
        results["in turn"] = _in_turn(project, items, rounds)
        results["edited"] = [_edited(project, items, rounds, "three findings an item")]
        results["more"] = _more(project, items)
    with tempfile.TemporaryDirectory(prefix="knm-bench-") as folder:
        project = _settled(write_project(Path(folder) / "bank", items, status="concept", quiet=True))
        results["edited"].append(_edited(project, items, rounds, "few findings"))
    if given.large and not given.quick:
        with tempfile.TemporaryDirectory(prefix="knm-bench-") as folder:
            project = _settled(write_project(Path(folder) / "bank", 100_000, status="vastgesteld"))
            results["large"] = _more(project, 100_000, large=True)
    if given.site and not given.quick:
        results["site"] = _site(items)
    save("scale", results)


def _settled(project: Generated) -> Generated:
    """Wait until its files are so old that they can be known: a small bank is checked sooner than that."""
    time.sleep(MARGIN / 1e9 + 0.5)
    return project


def _count(result: Run) -> int:
    found = re.search(r"(\d+) vragen, 0 lessen", result.output)
    return int(found[1]) if found else -1


def _in_turn(project: Generated, items: int, rounds: int) -> dict[str, Any]:
    """Run all in turn, each round beginning with another; print CPU seconds, and the ratio to ajv-cli of the same round."""
    edit = _editor(project, items)
    once = [sys.executable, "-c", READING]
    turns = [
        Turn("read and schema", once, lambda result: int(result.output or -1)),
        Turn("check --until link, anew", [*LINK, "--no-cache"], _count),
        Turn("check --until link, one file edited", LINK, _count, edit),
        Turn("check --until link, nothing edited", LINK, _count),
    ]
    for candidate in _candidates(project):
        if candidate.name == "ajv-cli":
            turns.append(Turn("ajv-cli, schema only", candidate.command, candidate.counted))
    run(LINK, project.root)
    cost: dict[str, list[float]] = {turn.name: [] for turn in turns}
    for round_ in range(rounds):
        first = round_ % len(turns)
        for turn in (*turns[first:], *turns[:first]):
            turn.before()
            result = run(turn.command, project.root)
            if result.code or turn.counted(result) != items:
                raise SystemExit(
                    f"{turn.name} did not do the work (exit {result.code}):\n{result.output[-2000:]}"
                )
            cost[turn.name].append(result.cpu)
    ajv = cost.get("ajv-cli, schema only", [])
    goals = {"read and schema": READ, "check --until link, anew": COLD}
    print(
        f"\n{items} items, {rounds} rounds, one core: CPU s, median (min-max), and times ajv-cli in the same round"
    )
    told: dict[str, Any] = {}
    for name, seconds in cost.items():
        middle, least, most = spread(seconds)
        ratio = statistics.median([a / b for a, b in zip(seconds, ajv, strict=True)]) if ajv else None
        times = f"{ratio:6.2f}" if ratio is not None else ""
        goal = (
            f"goal {goals[name]:.1f} times" if name in goals else "goal 0.5 s" if "one file" in name else ""
        )
        print(f"  {name:38} {middle:6.2f} ({least:.2f}-{most:.2f}) {times:8} {goal}")
        told[name] = {"cpu": seconds, "ratio": ratio}
        if ratio is not None and name in goals:
            row(f"{name}, {items} items, beside ajv-cli", ratio, "times", goals[name])
    row(
        f"check after one edited file, {items} items",
        spread(cost["check --until link, one file edited"])[0],
        "CPU s",
        EDITED,
    )
    return told


def _editor(project: Generated, items: int) -> Callable[[], None]:
    """Return what changes the question of one item, each time to another."""
    edited = project.root / project.items[items // 2]
    number = iter(range(10**6))

    def edit() -> None:
        text = edited.read_text(encoding="utf-8")
        edited.write_text(re.sub(r"\?.*\n", f"? Ronde {next(number)}.\n", text, count=1), encoding="utf-8")

    return edit


def _edited(project: Generated, items: int, rounds: int, kind: str) -> dict[str, Any]:
    """Run every check after one edited file, some rounds; the last must say what a run says that knows nothing."""
    edit = _editor(project, items)
    run(ALL, project.root)  # the first keeps what is good, and the second what was found in it
    run(ALL, project.root)
    done = []
    for _ in range(rounds):
        edit()
        done.append(run(ALL, project.root))
    anew = run([*ALL, "--no-cache"], project.root)
    if anew.code not in (0, 1) or done[-1].output != anew.output:
        raise SystemExit(f"every check on {kind} did not say what it says anew:\n{done[-1].output[-2000:]}")
    middle, least, most = spread([result.cpu for result in done])
    print(
        f"every check, one file edited, {items} items with {kind}: {middle:.2f} ({least:.2f}-{most:.2f}) CPU s, "
        f"{done[-1].memory:.0f} MB; anew {anew.cpu:.2f} CPU s, {anew.memory:.0f} MB"
    )
    row(f"every check after one edited file, {items} items with {kind}", middle, "CPU s", EDITED)
    return {"kind": kind, "cpu": [result.cpu for result in done], "anew": anew.cpu, "memory": done[-1].memory}


def _more(project: Generated, items: int, large: bool = False) -> dict[str, Any]:
    """Run the rest once: what it costs, and the most memory that it had."""
    matrix = project.root / "content" / "toetsmatrijzen" / "proefexamen.yaml"
    matrix.parent.mkdir()
    cells = "".join(f"  - thema: {thema}\n    min: 5\n    max: 5\n" for thema in _themas(project))
    matrix.write_text(MATRIX + cells, encoding="utf-8")
    commands = {
        "check --until link, anew": [*LINK, "--no-cache"],
        "check --until link, first that keeps": LINK,
        "check --until link, nothing edited": LINK,
        "every check, anew": [*ALL, "--no-cache"],
        "every check, first that keeps": ALL,
        "every check, one file edited": ALL,
        "coverage": [*KNM, "coverage"],
        "assemble, ten forms of forty": [
            *KNM,
            "assemble",
            "proefexamen",
            "--forms",
            "10",
            "--today",
            "2026-11-25",
        ],
    }
    print(f"\n{items} items, one run each")
    told: dict[str, Any] = {}
    for name, command in commands.items():
        if "edited" in name and "every" in name:
            file = project.root / project.items[items // 3]
            file.write_text(
                file.read_text(encoding="utf-8").replace("stam: Wat", "stam: Hoe"), encoding="utf-8"
            )
        result = run(command, project.root)
        if result.code not in (0, 1) or "Traceback" in result.output:
            raise SystemExit(f"{name} failed (exit {result.code}):\n{result.output[-2000:]}")
        print(f"  {name:38} {result.cpu:7.2f} CPU s, {result.memory:5.0f} MB", flush=True)
        told[name] = {"cpu": result.cpu, "wall": result.wall, "memory": result.memory}
        if large:
            row(f"memory of {name}, {items} items", result.memory, "MB", MEMORY)
        elif not name.startswith("check"):
            row(f"{name}, {items} items", result.cpu, "CPU s")
    made = len(list((project.root / "content" / "toetsen").glob("*.yaml")))
    if made != 10:
        raise SystemExit(f"assemble made {made} forms of 10")
    return told


def _themas(project: Generated) -> list[str]:
    return sorted({path.split("/")[1] for path in project.items})


def _site(items: int) -> dict[str, Any]:
    """Build the site of so many items and 20 lessons; its size, its largest page, and the data of the search page."""
    script = Path(__file__).with_name("bench_site.py")
    with tempfile.TemporaryDirectory(prefix="knm-bench-") as folder:
        project = write_project(Path(folder) / "bank", items, 20, site=True)
        result = run([sys.executable, str(script), "--once", str(project.root)], project.root)
        if result.code:
            raise SystemExit(result.output[-2000:])
        site = project.root / "build" / "site"
        pages = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*.html")}
        largest = max(pages, key=lambda path: pages[path])
        size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
        data = _search_data(project.root)
    print(f"\nsite of {items} items and 20 lessons: {result.cpu:.0f} CPU s, {result.memory:.0f} MB, {len(pages)} pages, "
          f"{size / 1e6:.0f} MB on disk; largest page {largest} {pages[largest] / 1024:.0f} kB; "
          f"search data with every question {data / 1024:.0f} kB")  # fmt: skip
    row(f"largest page of the site, {items} items", pages[largest] / 1024, "kB", PAGE)
    row(f"site, {items} items", result.cpu, "CPU s")
    row(f"search data, {items} items", data / 1024, "kB")
    return {"cpu": result.cpu, "memory": result.memory, "pages": len(pages), "bytes": size,
            "largest": [largest, pages[largest]], "search": data}  # fmt: skip


def _search_data(root: Path) -> int:
    """Return the bytes of the search data when every question may be practised (synthetic ones may not)."""
    from builder.loading.load import load
    from builder.project import Project
    from builder.website import oefenen, zoeken, zoekrijen

    bank, _ = load(Project(root))
    found = zoekrijen.rows(bank, bank.lessen.values(), bank.items.values())
    return len(oefenen.script("KNM_ZOEKEN", zoeken.data(bank, found)))


if __name__ == "__main__":
    main()
