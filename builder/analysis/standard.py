"""The cesuur: what judges say (Angoff, Hofstee), what each cesuur would do, and how often it would err.

In: judgements and counts of totals. Out: numbers. A cesuur is the lowest total with which one passes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from builder.analysis.intervals import normal_tail


@dataclass(frozen=True, slots=True)
class Angoff:
    """The sum over questions of the mean estimate of the judges, and its error over judges."""

    cesuur: float
    se: float | None
    totals: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Hofstee:
    """Means of what the judges accept, and where their line meets the curve. None: they do not meet."""

    low_cut: float
    high_cut: float
    low_fail: float
    high_fail: float
    cesuur: float | None
    failing: float | None


@dataclass(frozen=True, slots=True)
class CutRow:
    """A possible cesuur and the share that passes, with the number of persons that has exactly this total."""

    cesuur: int
    persons: int
    passing: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A total near the cesuur: persons with it, and the chance that they truly belong on the other side."""

    total: int
    persons: int
    wrong: float


@dataclass(frozen=True, slots=True)
class Misclassified:
    """Expected shares of persons that pass while they should not, and the reverse; and the totals near the cesuur."""

    cesuur: int
    false_pass: float
    false_fail: float
    near: tuple[Doubt, ...]


def angoff(estimates: Sequence[Sequence[float]]) -> Angoff:
    """Return the cesuur of judges × questions, each the share (0 to 1) of borderline candidates with it right."""
    totals = [sum(judge) for judge in estimates]
    mean = sum(totals) / len(totals)
    se = None
    if len(totals) > 1:
        squares = sum((total - mean) * (total - mean) for total in totals)
        se = math.sqrt(squares / (len(totals) - 1) / len(totals))
    return Angoff(mean, se, tuple(totals))


def hofstee(judges: Sequence[tuple[float, float, float, float]], counts: Sequence[int]) -> Hofstee:
    """Return the compromise of judges (lowest and highest cesuur, lowest and highest percentage that fails).

    The line runs from (lowest cesuur, most failing) to (highest cesuur, fewest failing). It is cut with the
    percentage that fails at each cesuur, straight between whole numbers.
    """
    means: list[float] = [sum(values) / len(judges) for values in zip(*judges, strict=True)]
    low_cut, high_cut, low_fail, high_fail = means
    n = sum(counts)
    below = [0.0]
    for count in counts:
        below.append(below[-1] + 100 * count / n)  # below[c]: the percentage with a total under c

    def failing(cut: float) -> float:
        cut = min(max(cut, 0.0), len(below) - 1.0)
        whole = math.floor(cut)
        return below[whole] + (cut - whole) * (below[min(whole + 1, len(below) - 1)] - below[whole])

    def apart(cut: float) -> float:
        part = (cut - low_cut) / (high_cut - low_cut) if high_cut > low_cut else 0.0
        return failing(cut) - (high_fail + part * (low_fail - high_fail))

    if apart(low_cut) > 0 or apart(high_cut) < 0:
        return Hofstee(low_cut, high_cut, low_fail, high_fail, None, None)
    low, high = low_cut, high_cut
    for _ in range(60):  # the curve only rises and the line only falls, so they meet once
        middle = (low + high) / 2
        low, high = (low, middle) if apart(middle) >= 0 else (middle, high)
    return Hofstee(low_cut, high_cut, low_fail, high_fail, high, failing(high))


def cut_table(counts: Sequence[int]) -> tuple[CutRow, ...]:
    """Return for each possible cesuur which share passes. `counts`: persons per total, from 0."""
    n = sum(counts)
    rows = []
    passing = n
    for cut, count in enumerate(counts):
        rows.append(CutRow(cut, count, passing / n if n else 0.0))
        passing -= count
    return tuple(rows)


def misclassified(
    counts: Sequence[int], cesuur: int, mean: float, sd: float | None, alpha: float | None, span: int = 3
) -> Misclassified | None:
    """Return how often a cesuur is expected to err; None when the reliability is unknown or not above 0.

    The true total given the total seen is about normal around alpha × total + (1 - alpha) × mean, with sd
    × √(alpha (1 - alpha)) (Kelley 1927). One truly passes above cesuur - ½.
    """
    if sd is None or alpha is None or not 0 < alpha < 1 or not sd:
        return None
    error = sd * math.sqrt(alpha * (1 - alpha))
    n = sum(counts)
    false_pass = false_fail = 0.0
    near = []
    for total, count in enumerate(counts):
        truly = normal_tail((cesuur - 0.5 - (alpha * total + (1 - alpha) * mean)) / error)
        wrong = 1 - truly if total >= cesuur else truly
        if total >= cesuur:
            false_pass += count * wrong / n
        else:
            false_fail += count * wrong / n
        if cesuur - span <= total < cesuur + span:
            near.append(Doubt(total, count, wrong))
    return Misclassified(cesuur, false_pass, false_fail, tuple(near))
