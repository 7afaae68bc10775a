"""A million answers: reading them (wide and long), and everything that is computed from them.

Run: `make bench`, or `python tests/benchmarks/bench_analysis.py [--persons 25000]`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from measure import row

from builder.analysis.analyse import Wishes, analyse
from builder.analysis.catalogue import Catalogue
from builder.analysis.nouns import Vraag
from builder.analysis.read_answers import read_answers
from builder.analysis.told import Settings

QUESTIONS = 40
T = TypeVar("T")


def timed(what: str, work: Callable[[], T]) -> T:
    """Do the work and tell how long it took."""
    start = time.perf_counter()
    made = work()
    spent = time.perf_counter() - start
    print(f"{what:42} {spent:6.2f} s")
    row(what, spent, "s")
    return made


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--persons", type=int, default=25_000)
    parser.add_argument("--quick", action="store_true", help="a tenth")
    given = parser.parse_known_args()[0]
    persons = given.persons // 10 if given.quick else given.persons
    random = np.random.default_rng(1)
    b = np.linspace(-2, 2, QUESTIONS)
    right = random.random((persons, QUESTIONS)) < 1 / (1 + np.exp(b - random.normal(0, 1, (persons, 1))))
    letters = np.where(right, "A", random.choice(["B", "C"], right.shape))
    names = [f"wonen-{n:03}" for n in range(1, QUESTIONS + 1)]
    wide = "persoon;" + ";".join(names) + "\n"
    wide += "".join(f"p{n};{';'.join(row)}\n" for n, row in enumerate(letters.tolist()))
    long = "persoon;item;optie\n" + "".join(
        f"p{n};{name};{letter}\n"
        for n, row in enumerate(letters.tolist())
        for name, letter in zip(names, row, strict=True)
    )
    catalogue = Catalogue({name: Vraag(name, ("A", "B", "C"), (1, 0, 0), 1, "0" * 64) for name in names})
    settings = Settings(cells="places")
    print(f"{persons * QUESTIONS:,} answers ({persons:,} persons × {QUESTIONS} questions)")
    files = [("breed.csv", wide.encode()), ("lang.csv", long.encode())]
    first = timed("read, a row per person", lambda: read_answers([files[0]], catalogue, settings))
    second = timed("read, a row per answer", lambda: read_answers([files[1]], catalogue, settings))
    assert first.answers is not None and second.answers is not None
    assert (first.answers.chosen == second.answers.chosen).all()
    answers = first.answers
    timed("everything that is computed", lambda: analyse(answers, Wishes("b", "b", "2026-11-25", cesuur=20)))


if __name__ == "__main__":
    main()
