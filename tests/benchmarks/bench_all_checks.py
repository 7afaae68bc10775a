"""`knm check` with every check on: the real bank, and 10,000 synthetic items.

Run: `make bench`, or `python tests/benchmarks/bench_all_checks.py [--items 10000]`. Prints CPU and wall seconds of
one run each, and items per second of the checks alone. Targets: 2 s for the real bank, 20 s for 10,000 items,
500 items a second.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path

from generator import write_project
from measure import row

from builder import checks
from builder.checks.context import Context
from builder.language.dictionary import find_dictionary
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
    context = Context(date(2026, 11, 25), find_dictionary())
    measure("the real bank", Project(ROOT), context, 2.0)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "bank"
        write_project(target, items)
        measure(f"{items} synthetic items", Project(target), context, items * 20 / 10_000)


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
