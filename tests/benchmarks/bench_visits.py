"""Planning visits: 50 and 500 groups at 10 places over 120 days, and planning again after a closure of two weeks.

Run: `make bench`, or `python tests/benchmarks/bench_visits.py [--rounds 3] [--quick]`. Each run is a process of its own,
that tells the seconds (from a request in memory to a checked plan, with the reasons of groups left out) and its peak
memory. Every plan is checked by `builder.visits.verify`. Targets: 50 groups 2 s; 500 groups a first plan in 8 s and
within 1% of the best bound in 30 s; planning again in 15 s with at most a tenth more moved than was hit; 600 MB.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from measure import ROOT, row, run, save

from builder.visits.candidates import Terrain
from builder.visits.nouns import Sluiting
from builder.visits.plan import make_plan
from builder.visits.solve import Opdracht
from tests.visits.requests import TODAY, large

TARGETS = {"50": 2.0, "500": 30.0, "500 again": 15.0}
FIRST_TARGET, MEMORY_TARGET = 8.0, 600


def one(case: str) -> dict[str, object]:
    """Plan once; the figures of this process."""
    groups = int(case.split()[0])
    request = large(groups, 10, 120)
    candidates = len(Terrain(request, TODAY).candidates)
    moments: list[float] = []
    start = time.perf_counter()
    order = Opdracht(seconden=30, verslag=lambda *_: moments.append(time.perf_counter() - start))
    plan = make_plan(request, TODAY, order, asking=False)
    spent = time.perf_counter() - start
    first = moments[0] if moments else spent
    hit = moved = 0
    if case.endswith("again"):
        visits = tuple(item.bezoek for item in plan.gepland)
        closing = Sluiting("locatie", "Museum 1", date(2026, 10, 5), date(2026, 10, 5) + timedelta(days=13))
        hit = sum(v.locatie == "Museum 1" and closing.van <= v.dag <= closing.tot for v in visits)
        moments.clear()
        start = time.perf_counter()
        plan = make_plan(replace(request, bezoeken=visits, sluitingen=(closing,)), TODAY, order, asking=False)
        spent = time.perf_counter() - start
        first = moments[0] if moments else spent
        moved = sum(move.was is not None for move in plan.verhuizingen)
    assert plan.breuken == ()
    return {
        "candidates": candidates,
        "placed": len(plan.gepland),
        "left": len(plan.uitleg),
        "wall": spent,
        "first": first,
        "gap": plan.oplossing.marge,
        "hit": hit,
        "moved": moved,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Measure, print, save; or with --one the run of one process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="50 groups only, one round")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_known_args()[0]
    if given.one:
        print(json.dumps(one(given.one)))
        return
    rows = []
    print(f"{'groups':>10} {'candidates':>10} {'placed':>7} {'wall s (median, min-max)':>26} {'target':>7} {'first s':>8} {'gap':>7} {'hit':>4} {'moved':>6} {'MB':>5}")  # fmt: skip
    for case in ["50"] if given.quick else list(TARGETS):
        runs = [_child(case) for _ in range(1 if given.quick else given.rounds)]
        wall = [float(one["wall"]) for one in runs]
        last = runs[-1]
        spread = f"{statistics.median(wall):.2f} ({min(wall):.2f}-{max(wall):.2f})"
        first = statistics.median(float(one["first"]) for one in runs)
        print(
            f"{case:>10} {last['candidates']:>10} {last['placed']:>7} {spread:>26} {TARGETS[case]:>7.1f} {first:>8.2f} "
            f"{last['gap']:>7.2%} {last['hit']:>4} {last['moved']:>6} {max(int(one['memory']) for one in runs):>5}"
        )
        row(f"visits, {case} groups", statistics.median(wall), "s", TARGETS[case])
        row(f"visits, {case} groups, memory", max(int(one["memory"]) for one in runs), "MB", MEMORY_TARGET)
        rows.append({"case": case, "target_seconds": TARGETS[case], "runs": runs})
    save("visits", {"first_target": FIRST_TARGET, "target_mb": MEMORY_TARGET, "results": rows})


def _child(case: str) -> dict[str, float]:
    result = run([sys.executable, __file__, "--one", case], ROOT)
    if result.code:
        raise SystemExit(f"{case} failed:\n{result.output[-2000:]}")
    found: dict[str, float] = json.loads(result.output.strip().splitlines()[-1])
    if found["placed"] <= 0:
        raise SystemExit(f"{case} did not do the work")
    return found


if __name__ == "__main__":
    main()
