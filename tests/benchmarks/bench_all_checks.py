"""`knm check` with every check on: the real bank, and 10,000 synthetic items.

Run: `make bench`, or `python tests/benchmarks/bench_all_checks.py [--items 10000]`. Prints CPU and wall seconds of
one run each, and items per second of the checks alone. Of the real bank also the whole command, as its author runs it
after an edit: what was found before is kept. Targets: 2 s for the real bank, 20 s for 10,000 items, 500 items a second.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from generator import write_project
from measure import BIN, row, run

from builder import checks
from builder.checks.context import Context
from builder.language.dictionary import find_dictionary
from builder.loading.known import MARGIN
from builder.loading.load import load
from builder.project import Project

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Measure both banks and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true", help="1,000 items")
    given = parser.parse_known_args()[0]
    items = 1000 if given.quick else given.items
    after_an_edit(2.0)
    context = Context(date(2026, 11, 25), find_dictionary())
    measure("the real bank", Project(ROOT), context, 2.0)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "bank"
        write_project(target, items)
        measure(f"{items} synthetic items", Project(target), context, items * 20 / 10_000)


def after_an_edit(target: float) -> None:
    """Run the command on a copy of the real bank, a lesson and an item edited since; it must say what it says anew."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("content", "items", "schemas", "site"):
            shutil.copytree(ROOT / part, root / part)
        shutil.copy(ROOT / "knm.toml", root)
        time.sleep(MARGIN / 1e9 + 0.5)
        command = [str(BIN / "knm"), "check", "--today", "2026-11-25"]
        anew = run([*command, "--no-cache"], root)
        for _ in range(2):
            run(command, root)
        for kind in ("content/lessen", "items"):
            edited = min((root / kind).glob("*/*.yaml"))
            edited.write_text(edited.read_text(encoding="utf-8") + "# bewerkt\n", encoding="utf-8")
        known = run(command, root)
        if anew.code or known.output != anew.output:
            raise SystemExit(f"the command did not say what it says anew:\n{known.output[-2000:]}")
    row("every check, the whole command, the real bank, anew", anew.cpu, "CPU s")
    row("every check, the whole command, the real bank, after two edits", known.cpu, "CPU s", target)
    print(f"the real bank, the whole command: anew CPU {anew.cpu:.2f} s, after two edited files {known.cpu:.2f} s")


def measure(name: str, project: Project, context: Context, target: float) -> None:
    """Load and check one bank; the dictionary is in memory already."""
    cpu, wall = time.process_time(), time.perf_counter()
    bank, found = load(project)
    loaded = time.process_time() - cpu
    findings = [*found, *checks.check(bank, context)]
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    rate = len(bank.items) / (cpu - loaded)
    row(f"every check, {name}", cpu, "CPU s", target)
    print(
        f"{name}: {len(bank.items)} items, {len(findings)} findings, CPU {cpu:.2f} s (loading {loaded:.2f}), "
        f"wall {wall:.2f} s, checks alone {rate:.0f} items/s"
    )


if __name__ == "__main__":
    main()
