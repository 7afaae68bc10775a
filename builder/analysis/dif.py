"""Differential item functioning by Mantel-Haenszel: is a question harder for one group at the same score?

In: answers, a property and the reference group. Out: a row per question and group. Strata are the totals
(the question included) within each form. Classes A, B and C follow ETS (Zieky 1993; Dorans & Holland 1993).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from builder.analysis.intervals import chi_square_tail
from builder.analysis.nouns import Answers

LEAST = 100  # persons per group, below that the outcome is indicative
Class = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True)
class DifStat:
    """A question for one group against the reference. Delta below 0: harder for the group. None: not defined.

    `n`, `n_reference`: how many persons of the two got this question.
    """

    id: str
    group: str
    alpha: float | None
    delta: float | None
    se: float | None
    chi_square: float | None
    p: float | None
    grade: Class | None
    n: int = 0
    n_reference: int = 0


@dataclass(frozen=True, slots=True)
class Dif:
    """All questions, with the sizes of the groups, and the questions that have more than one point."""

    name: str
    reference: str
    sizes: dict[str, int]
    rows: tuple[DifStat, ...]
    not_binary: tuple[str, ...]


def mantel_haenszel(answers: Answers, name: str, reference: str = "") -> Dif:
    """Return the outcome for each other group against `reference` (without one: the largest group).

    Persons without a value take no part. Raises KeyError for a reference that nobody has.
    """
    values = answers.properties[name]
    sizes: dict[str, int] = {}
    for value in values:
        if value:
            sizes[value] = sizes.get(value, 0) + 1
    reference = reference or min(sizes, key=lambda value: (-sizes[value], value), default="")
    if reference not in sizes:
        raise KeyError(reference)
    at = np.array(values)
    rows = []
    wide = tuple(vraag.id for vraag in answers.vragen if vraag.most > 1)
    for group in sorted(set(sizes) - {reference}):
        tables = _tables(answers, at == reference, at == group)
        for number, vraag in enumerate(answers.vragen):
            if vraag.most == 1 and len(tables[number]):
                row = _row(vraag.id, group, np.array(tables[number], dtype=float))
                rows.append(
                    replace(
                        row,
                        n=_took(answers, number, at == group),
                        n_reference=_took(answers, number, at == reference),
                    )
                )
    return Dif(name, reference, dict(sorted(sizes.items())), tuple(rows), wide)


def _took(answers: Answers, vraag: int, who: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> int:
    """Return how many of these persons got a question."""
    forms = [number for number, form in enumerate(answers.forms) if vraag in form.vragen]
    return int(np.count_nonzero(who & np.isin(answers.form_of, forms)))


def _tables(
    answers: Answers, is_reference: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    is_group: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
) -> list[list[list[int]]]:  # fmt: skip
    """Return per question the counts (reference right, wrong, group right, wrong) of each stratum."""
    made: list[list[list[int]]] = [[] for _ in answers.vragen]
    for number, form in enumerate(answers.forms):
        scores = answers.scores_in(number)
        total = scores.sum(axis=1).astype(np.int64)
        mine = answers.rows_of(number)
        first, second = is_reference[mine], is_group[mine]
        size = int(total.max()) + 1 if len(total) else 0
        for column, vraag in enumerate(form.vragen):
            right = scores[:, column] > 0
            counts = [
                np.bincount(total[group & outcome], minlength=size)
                for group in (first, second)
                for outcome in (right, ~right)
            ]
            for stratum in zip(*(count.tolist() for count in counts), strict=True):
                if stratum[0] + stratum[1] and stratum[2] + stratum[3]:
                    made[vraag].append(list(stratum))
    return made


def _row(item: str, group: str, table: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> DifStat:
    a, b, c, d = table.T
    total = table.sum(axis=1)
    up, down = float((a * d / total).sum()), float((b * c / total).sum())
    one, other, right, wrong = a + b, c + d, a + c, b + d
    expected = one * right / total
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(total > 1, one * other * right * wrong / (total**2 * (total - 1)), 0.0)
    spread = float(variance.sum())
    if not up or not down or not spread:
        return DifStat(item, group, None, None, None, None, None, None)
    odds = up / down
    delta = -2.35 * math.log(odds)
    chi = max(0.0, abs(float((a - expected).sum())) - 0.5) ** 2 / spread
    p = chi_square_tail(chi, 1)
    # variance of the logarithm: Robins, Breslow & Greenland (1986)
    good, bad = (a + d) / total, (b + c) / total
    r, s = a * d / total, b * c / total
    log_variance = float(
        (good * r).sum() / (2 * up**2)
        + (good * s + bad * r).sum() / (2 * up * down)
        + (bad * s).sum() / (2 * down**2)
    )
    se = 2.35 * math.sqrt(log_variance)
    return DifStat(item, group, odds, delta, se, chi, p, _grade(delta, se, p))


def _grade(delta: float, se: float, p: float) -> Class:
    """Return A (negligible), B or C (large: at least 1.5 and significantly above 1)."""
    if abs(delta) < 1 or p >= 0.05:
        return "A"
    return "C" if abs(delta) >= 1.5 and (abs(delta) - 1) / se > 1.645 else "B"
