"""Assembling: ten forms of forty from 1,000, 10,000 and 100,000 items, and a known instance that must be proven.

Run: `make bench`, or `python tests/benchmarks/bench_assembly.py [--rounds 3] [--quick]`. Each run is a process of its own
that says what planning and assembling cost (not making the bank), and its peak memory (with the bank). The forms are
verified by `builder.exam.verify`. The known instance asks KNM_TESTDATA.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from measure import ROOT, row, run, save

from builder.exam import solve_cpsat
from builder.exam.assemble import Request, assemble
from builder.exam.plan import make_plan
from builder.exam.verify import verify
from tests.exam import banks

FORMS = 10
TARGETS = {1000: 2.0, 10_000: 15.0, 100_000: 20.0}  # seconds
VERA_TARGET = 2.0
MEMORY_TARGET = 500  # MB


def one_series(number: int, overlap: int) -> dict[str, object]:
    """Plan and assemble once; the figures of this process."""
    matrijs = banks.matrix_of_forty(overlap=overlap)
    bank = banks.bank(banks.many(number, enemies=number // 10), [matrijs])
    start, cpu = time.perf_counter(), time.process_time()
    plan = make_plan(bank, matrijs, FORMS)
    result = assemble(bank, plan, Request(1, "2026-11-25"))
    spent = {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    for toets in result.toetsen:
        others = [other for other in result.toetsen if other is not toets]
        assert verify(bank, toets, matrijs, others) == ()
    stock = result.toetsen[0].samenstelling
    looked_at = stock.voorraad.bekeken if stock else 0
    return {**spent, "forms": len(result.toetsen), "looked_at": looked_at, "memory": _memory()}


def one_vera() -> dict[str, object]:
    """Solve eatATA's pilot study once, to the proof."""
    from tests.exam.test_acceptance import vera

    model, _ = vera()
    start, cpu = time.perf_counter(), time.process_time()
    outcome = solve_cpsat.solve(model, 60)
    spent = {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    done = outcome.status == "optimal" and outcome.value == 0.5
    return {**spent, "forms": 14 if done else -1, "looked_at": 80, "memory": _memory()}


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure, print, save; or with --one the run of one process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="1,000 items only, one round")
    parser.add_argument("--overlap", type=int, default=0, help="how many items two forms may share")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_known_args()[0]
    if given.one:
        print(json.dumps(one_vera() if given.one == "vera" else one_series(int(given.one), given.overlap)))
        return
    cases = [("1000", TARGETS[1000])] if given.quick else [(str(n), s) for n, s in TARGETS.items()]
    if os.environ.get("KNM_TESTDATA") and not given.quick:
        cases.append(("vera", VERA_TARGET))
    rows = []
    print(
        f"{'items':>8} {'looked at':>10} {'CPU s (median, min-max)':>26} {'wall s':>8} {'target':>7} {'MB':>5}"
    )
    for name, target in cases:
        runs = [_child(name, given.overlap) for _ in range(1 if given.quick else given.rounds)]
        cpu = [float(one["cpu"]) for one in runs]
        wall = statistics.median(float(one["wall"]) for one in runs)
        memory = max(int(one["memory"]) for one in runs)
        spread = f"{statistics.median(cpu):.2f} ({min(cpu):.2f}-{max(cpu):.2f})"
        print(f"{name:>8} {runs[0]['looked_at']:>10} {spread:>26} {wall:>8.2f} {target:>7.1f} {memory:>5}")
        row(f"assemble ten forms, {name} items", statistics.median(cpu), "CPU s", target)
        row(f"assemble ten forms, {name} items, memory", memory, "MB", MEMORY_TARGET)
        rows.append({"case": name, "target_seconds": target, "target_mb": MEMORY_TARGET, "runs": runs})
    save("assembly", {"forms": FORMS, "overlap": given.overlap, "results": rows})


def _child(name: str, overlap: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", name, "--overlap", str(overlap)]
    result = run(command, ROOT)
    if result.code:
        raise SystemExit(f"{name} failed:\n{result.output[-2000:]}")
    found: dict[str, float] = json.loads(result.output.strip().splitlines()[-1])
    if found["forms"] <= 0:
        raise SystemExit(f"{name} did not do the work")
    return found


if __name__ == "__main__":
    main()
