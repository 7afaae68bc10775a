"""Runs the candidates of a benchmark in turn, round by round, and prints what they cost."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Run:
    """One process: what it cost (seconds), what it said, and the most memory it had at once (MB)."""

    wall: float
    cpu: float
    code: int
    output: str
    memory: float = 0.0


@dataclass
class Candidate:
    """A command, and how to see in its output that it did the work: `counted` returns the number of documents."""

    name: str
    command: Sequence[str]
    counted: Callable[[Run], int]
    env: Mapping[str, str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)


def run(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run one command to its end, on one core; CPU time is that of the process and of all its children."""
    core = {max(os.sched_getaffinity(0))} if hasattr(os, "sched_setaffinity") else None
    before = os.sched_getaffinity(0) if core else None
    with tempfile.TemporaryFile() as out:
        if core:
            os.sched_setaffinity(0, core)  # the child inherits it
        try:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=cwd, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}
            )
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        finally:
            if before:
                os.sched_setaffinity(0, before)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    return Run(wall, used.ru_utime + used.ru_stime, process.returncode, said, used.ru_maxrss / 1024)


def compete(
    candidates: Sequence[Candidate], cwd: Path, rounds: int, expected: int, patience: float = float("inf")
) -> None:
    """Run `rounds` rounds in which each candidate has its turn; each round starts with another one.

    A candidate whose first run cost more CPU seconds than `patience` has no second; the table shows its rounds.
    Stops the benchmark when a run failed or did not count what was expected.
    """
    for number in range(rounds):
        turn = number % len(candidates)
        for candidate in (*candidates[turn:], *candidates[:turn]):
            if any(earlier.cpu > patience for earlier in candidate.runs):
                continue
            result = run(candidate.command, cwd, candidate.env)
            counted = candidate.counted(result) if result.code == 0 else -1
            if counted != expected:
                tail = result.output[-2000:]
                raise SystemExit(
                    f"{candidate.name} did not do the work (exit {result.code}, {counted} of {expected}):\n{tail}"
                )
            candidate.runs.append(result)


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, minimum and maximum."""
    return statistics.median(values), min(values), max(values)


def table(title: str, candidates: Sequence[Candidate], target: float | None) -> dict[str, Any]:
    """Print a table (the first candidate is ours) and return the same as data."""
    first = statistics.median(run.cpu for run in candidates[0].runs)
    print(f"\n{title}")
    print(f"  {'':30} rounds {'CPU s: median (min-max)':26} {'wall s: median (min-max)':26} CPU, ours = 1")
    rows = []
    for place, candidate in enumerate(candidates):
        cpu = spread([run.cpu for run in candidate.runs])
        wall = spread([run.wall for run in candidate.runs])
        ratio = cpu[0] / first
        count = len(candidate.runs)
        print(f"  {candidate.name:30} {count:6} {_three(cpu):26} {_three(wall):26} {ratio:.2f}", flush=True)
        rows.append(
            {"name": candidate.name, "rounds": count, "cpu": cpu, "wall": wall, "ratio": round(ratio, 3)}
        )
        if place == 0 and target:
            print(f"  {'  target':37} {target:.2f}")
    others = ", ".join(f"{one['name']} {one['ratio']:.2f} ×" for one in rows[1:])
    row(f"{rows[0]['name']}, {title}", first, "CPU s", target, others)
    return {"title": title, "target_seconds": target, "candidates": rows}


def _three(values: tuple[float, float, float]) -> str:
    return f"{values[0]:.2f} ({values[1]:.2f}-{values[2]:.2f})"


def row(what: str, value: float, unit: str, target: float | None = None, against: str = "") -> None:
    """Give one figure to the table of `make bench` (`together.py`); alone, a benchmark prints its own.

    `target` is the most it should be. `against` names what else was measured on the same work, with its ratio.
    """
    file = os.environ.get("KNM_BENCH_ROWS")
    if file:
        with open(file, "a", encoding="utf-8") as stream:
            told = {"what": what, "value": value, "unit": unit, "target": target, "against": against}
            stream.write(json.dumps(told) + "\n")


def machine() -> dict[str, Any]:
    """What it was measured on, without names of places."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}


def save(name: str, data: dict[str, Any]) -> None:
    """Keep the figures in build/, which is not in git."""
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    file = folder / f"benchmarks-{name}.json"
    file.write_text(json.dumps({"machine": machine(), **data}, indent=2) + "\n", encoding="utf-8")
    print(f"\nsaved as build/{file.name}")
