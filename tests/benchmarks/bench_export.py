"""Ten forms in every format, from the questions of this bank (pictures and all); and one PDF after the first.

Every form holds forty questions, or as many as the bank may use; the forms differ by a seed. One process, one
core. Run: `make bench`, or `python tests/benchmarks/bench_export.py [--forms 10] [--quick]`.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import time
from collections import defaultdict
from pathlib import Path

from measure import machine, row, save

from builder.export import EXPORTERS
from builder.export.bundle import bundle
from builder.loading.load import load
from builder.model.digest import item_digest
from builder.model.itembank import Itembank
from builder.model.toets import Plek, Toets
from builder.model.usage import may_be_used
from builder.project import find_project

TARGET = 15.0  # seconds on two cores, for ten forms
ONE_PDF = 0.1  # seconds
QUESTIONS = 40


def main() -> None:
    """Measure, print, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="two forms")
    given = parser.parse_known_args()[0]
    bank, _ = load(find_project(Path(__file__).parent))
    forms = [_form(bank, number) for number in range(2 if given.quick else given.forms)]
    place = next(iter(bank.toetsen))  # findings about a form point at a file that is there
    places = dict.fromkeys((form.id for form in forms), bank.locations[place])
    bank = dataclasses.replace(bank, locations={**bank.locations, **places})
    each: dict[str, list[float]] = defaultdict(list)
    for form in forms:
        for name, exporter in EXPORTERS.items():
            start = time.perf_counter()
            exporter(bank, form)
            each[name].append(time.perf_counter() - start)
    start = time.perf_counter()
    files = sum(len(bundle(bank, form)[0]) for form in forms)
    total = time.perf_counter() - start
    print(
        f"{len(forms)} forms of {len(forms[0].items)} questions, every format: {total:.2f} s, {files} files"
    )
    print(f"(target: ten forms in {TARGET:g} s on two cores; this is one core)\n")
    print(f"{'format':<10} {'first form':>11} {'mean of the rest':>17}")
    for name, times in each.items():
        rest = times[1:] or times
        print(f"{name:<10} {times[0]:>11.3f} {sum(rest) / len(rest):>17.3f}")
    papers = each["pdf"][1:] or each["pdf"]
    sheets = 4 * (1 + len(forms[0].varianten))
    print(f"\none PDF after the first: {sum(papers) / len(papers) / sheets:.3f} s (target {ONE_PDF:g} s)")
    row(f"{len(forms)} forms in every format", total, "s", TARGET * len(forms) / 10)
    row("one PDF after the first", sum(papers) / len(papers) / sheets, "s", ONE_PDF)
    save("export", {"machine": machine(), "seconds": total, "each": dict(each)})


def _form(bank: Itembank, seed: int) -> Toets:
    usable = sorted(item.id for item in bank.items.values() if may_be_used(bank, item, "oefenen"))
    chosen = random.Random(seed).sample(usable, min(QUESTIONS, len(usable)))
    plekken = []
    for name in chosen:
        item = bank.item(name)
        plekken.append(
            Plek(name, item.versie, item_digest(bank, item), tuple(range(1, len(item.opties) + 1)))
        )
    return Toets(
        id=f"meting-{seed + 1:02}",
        titel=f"Meting {seed + 1}",
        doel="oefenen",
        datum="2026-11-25",
        editie=1,
        items=tuple(plekken),
        minuten=45,
    )


if __name__ == "__main__":
    main()
