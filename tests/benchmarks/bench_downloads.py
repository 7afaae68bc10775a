"""The downloads of 100 lessons: made for the first time, and again when nothing changed; each in a fresh process.

The aim: the second time at most half of the first, since an unchanged les is not made again.
Run: `make bench`, or `python tests/benchmarks/bench_downloads.py [--lessons 100] [--quick]`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from generator import SEED, write_project
from measure import machine, row, run, save

from builder.loading.load import load
from builder.project import find_project
from builder.website.plugin import lesson_downloads

TARGET = 0.5  # of the first time


def main() -> None:
    """Measure, print, save; or, with --once, make the downloads of one project (that is what is measured)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=int, default=100)
    parser.add_argument("--quick", action="store_true", help="ten lessons")
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_known_args()[0]
    if given.once:
        _make(given.once)
        return
    lessons = 10 if given.quick else given.lessons
    with tempfile.TemporaryDirectory(prefix="knm-bench-") as folder:
        project = write_project(Path(folder) / "bank", 10 * lessons, lessons, site=True, seed=SEED)
        command = [sys.executable, __file__, "--once", str(project.root)]
        runs = {name: run(command, Path(folder)) for name in ("first", "second")}
    print(f"{lessons} lessons, reading the bank included\n")
    print(f"{'time':<8} {'wall s':>8} {'CPU s':>8}  made")
    for name, seen in runs.items():
        print(f"{name:<8} {seen.wall:>8.2f} {seen.cpu:>8.2f}  {seen.output.strip()}")
    ratio = runs["second"].cpu / runs["first"].cpu
    print(f"\nsecond / first (CPU): {ratio:.3f} (target {TARGET:g})")
    row(f"downloads of {lessons} lessons, second time / first", ratio, "×", TARGET)
    save("downloads", {"machine": machine(), "lessons": lessons, "ratio": ratio})


def _make(root: Path) -> None:
    project = find_project(root)
    bank, _ = load(project)
    start = time.perf_counter()
    made, found = lesson_downloads(project, bank, tuple(bank.lessen.values()))
    files = [artifact for artifacts in made.values() for artifact in artifacts]
    size = sum(len(artifact.content) for artifact in files) / 1e6
    seconds = time.perf_counter() - start
    print(f"{len(made)} lessons, {len(files)} files, {size:.1f} MB in {seconds:.2f} s, {len(found)} findings")


if __name__ == "__main__":
    main()
