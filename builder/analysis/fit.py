"""How well the Rasch model describes the answers: per question, and as a whole.

In: a calibration. Out: fit numbers. All expectations are given the total score, so no ability has to be
estimated (conditional infit and outfit: Müller 2020; the test as a whole: Andersen 1973).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from builder.analysis.groups import group_number, score_groups
from builder.analysis.intervals import chi_square_tail
from builder.analysis.likelihood import Booklet, Data
from builder.analysis.rasch import Calibration, NoEstimate, estimate_data
from builder.analysis.symmetric import Floats, Totals, chances


@dataclass(frozen=True, slots=True)
class ItemFit:
    """Infit and outfit (1 is as expected, below 1 fits too well), z of infit, and chi-square over score groups."""

    id: str
    infit: float
    z: float
    outfit: float
    chi_square: float
    freedom: int
    p: float


@dataclass(frozen=True, slots=True)
class ModelTest:
    """Andersen's test: do low and high scorers give the same difficulties? A small p says they do not."""

    value: float
    freedom: int
    p: float


def item_fit(calibration: Calibration) -> tuple[ItemFit, ...]:
    """Return the fit of each question, in the order of the calibration."""
    data = calibration.data
    size = len(data.ids)
    squares, expected, moments = np.zeros(size), np.zeros(size), np.zeros(size)
    relative, persons = np.zeros(size), np.zeros(size)
    chi, freedom = np.zeros(size), np.zeros(size, dtype=np.int64)
    for booklet in data.booklets:
        items, _ = chances([calibration.log_weights[data.ids[item]] for item in booklet.items])
        given = Totals(items).given_total()
        total = booklet.scores.sum(axis=1)
        groups = score_groups(total.astype(float), group_number(len(total)))
        for column, item in enumerate(booklet.items):
            scores = np.arange(len(items[column]))[:, None]
            mean = (scores * given[column]).sum(axis=0)
            away = scores - mean
            variance = (away**2 * given[column]).sum(axis=0)
            fourth = (away**4 * given[column]).sum(axis=0) - variance**2
            seen = booklet.scores[:, column]
            useful = variance[total] > 1e-9
            error = (seen - mean[total])[useful]
            squares[item] += float((error**2).sum())
            expected[item] += float(variance[total][useful].sum())
            moments[item] += float(fourth[total][useful].sum())
            relative[item] += float((error**2 / variance[total][useful]).sum())
            persons[item] += int(useful.sum())
            for group in range(int(groups.max()) + 1 if len(groups) else 0):
                mine = groups == group
                spread = float(variance[total[mine]].sum())
                if spread > 1:
                    chi[item] += float((seen[mine] - mean[total[mine]]).sum()) ** 2 / spread
                    freedom[item] += 1
        freedom[list(booklet.items)] -= 1 if len(groups) else 0
    made = []
    for item, name in enumerate(data.ids):
        free = max(0, int(freedom[item]))
        z = (squares[item] - expected[item]) / np.sqrt(moments[item]) if moments[item] > 1e-9 else 0.0
        made.append(
            ItemFit(
                name,
                float(squares[item] / expected[item]) if expected[item] else 1.0,
                float(z),
                float(relative[item] / persons[item]) if persons[item] else 1.0,
                float(chi[item]),
                free,
                chi_square_tail(float(chi[item]), free),
            )
        )
    return tuple(made)


def model_test(calibration: Calibration) -> ModelTest | None:
    """Return Andersen's test over low and high scorers, None when one of the two groups has no estimate."""
    data = calibration.data
    parts: list[Data] = []
    for high in (False, True):
        booklets = []
        for booklet in data.booklets:
            total = booklet.scores.sum(axis=1)
            mine = (total > np.median(total)) == high
            booklets.append(Booklet(booklet.name, booklet.items, booklet.scores[mine]))
        parts.append(Data(data.ids, data.lowest, data.levels, tuple(b for b in booklets if len(b.scores))))
    logliks = 0.0
    for part in parts:
        if not _all_levels(part):
            return None
        try:
            logliks += estimate_data(part).loglik
        except (NoEstimate, np.linalg.LinAlgError):
            return None
    freedom = sum(len(levels) - 1 for levels in data.levels) - 1
    value = max(0.0, 2 * (logliks - calibration.loglik))
    return ModelTest(value, freedom, chi_square_tail(value, freedom))


def _all_levels(data: Data) -> bool:
    seen: list[set[int]] = [set() for _ in data.ids]
    for booklet in data.booklets:
        for column, item in enumerate(booklet.items):
            seen[item] |= set(np.unique(booklet.scores[:, column]).tolist())
    return all(found == set(levels) for found, levels in zip(seen, data.levels, strict=True))


def expected_score(log_weights: Floats, ability: float) -> float:
    """Return the expected score on a question at this ability."""
    scores = np.arange(len(log_weights))
    values = log_weights + scores * ability
    weights = np.exp(values - values.max())
    return float((scores * weights).sum() / weights.sum())
