"""All benchmarks, one table: `make bench`, or `python tests/benchmarks/together.py [--quick] [--only check,site]`.

Every `bench_*.py` beside this file runs in a process of its own, one after the other, and prints as it does alone. What
each gave to `measure.row` becomes one table with ratios, printed at the end and kept in build/benchmarks.json. A
benchmark that fails is named in the table, and makes the exit code 1; seconds never do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from measure import ROOT, machine

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run, print, save; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a first impression")
    parser.add_argument("--only", default="", help="names, with commas: check,site")
    given, others = parser.parse_known_args()
    wanted = {name for name in given.only.split(",") if name}
    files = {path.stem.removeprefix("bench_"): path for path in sorted(HERE.glob("bench_*.py"))}
    if unknown := wanted - files.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(files)}")
    results = []
    for name, path in files.items():
        if not wanted or name in wanted:
            print(f"\n== {name}", flush=True)
            results.append(measured(name, path, ["--quick"] * given.quick + others))
    print("\n" + as_text(results))
    kept = {"machine": machine(), "command": " ".join(["together.py", *sys.argv[1:]]), "benchmarks": results}
    file = ROOT / "build" / "benchmarks.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print("\nsaved as build/benchmarks.json")
    return int(any(result["code"] for result in results))


def measured(name: str, path: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """Run one benchmark; its exit code, how long it took in all, and its figures."""
    with tempfile.TemporaryDirectory(prefix="knm-bench-") as folder:
        file = Path(folder) / "rows"
        file.touch()
        start = time.perf_counter()
        environment = {**os.environ, "KNM_BENCH_ROWS": str(file)}
        code = subprocess.run([sys.executable, str(path), *arguments], env=environment, check=False).returncode
        spent = time.perf_counter() - start
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for found in rows:
        found["of_target"] = round(found["value"] / found["target"], 3) if found["target"] else None
    return {"name": name, "code": code, "seconds": round(spent, 2), "rows": rows}


def as_text(results: Sequence[Mapping[str, Any]]) -> str:
    """Return one table: what, figure, target, the ratio of the two, and what stands beside it (ours = 1)."""
    lines = [("benchmark", "what", "figure", "target", "ratio", "others, ours = 1")]
    for result in results:
        for found in result["rows"]:
            target, ratio = found["target"], found["of_target"]
            lines.append(
                (
                    result["name"],
                    found["what"],
                    f"{_figure(found['value'])} {found['unit']}",
                    "" if target is None else _figure(target),
                    "" if ratio is None else f"{ratio:.2f}",
                    found["against"],
                )
            )
        if result["code"]:
            lines.append((result["name"], f"FAILED, exit {result['code']}", "", "", "", ""))
        elif not result["rows"]:
            lines.append((result["name"], "(prints its own figures only)", "", "", "", ""))
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    right = {2, 3, 4}
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
