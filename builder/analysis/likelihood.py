"""The conditional likelihood of the Rasch and partial credit models, with its first and second derivatives.

In: scores per form. Out: numbers as a function of the thresholds. It searches for nothing: that is `rasch`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.analysis.symmetric import Floats, Totals, chances


@dataclass(frozen=True, slots=True)
class Difficulty:
    """A question on the scale: b is the mean of its thresholds; `steps` are the thresholds with their errors."""

    id: str
    b: float
    se: float
    steps: tuple[tuple[int, float, float], ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """The data of one form: which questions (indices in `Data.ids`) and the scores, from the lowest as 0."""

    name: str
    items: tuple[int, ...]
    scores: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Data:
    """What is estimated from: question ids, their lowest score, the scores that occur above it (from 0), the forms."""

    ids: tuple[str, ...]
    lowest: tuple[int, ...]
    levels: tuple[tuple[int, ...], ...]
    booklets: tuple[Booklet, ...]


class Likelihood:
    """The conditional likelihood as a function of the thresholds."""

    def __init__(self, data: Data) -> None:
        """Count once what was observed."""
        self.data = data
        # parameter of each (question, score above 0), and the matrix from thresholds to log weights
        self.index = [
            (item, level) for item, levels in enumerate(data.levels) for level in range(1, len(levels))
        ]
        self.first = np.cumsum([0, *(len(levels) - 1 for levels in data.levels)])
        size = len(self.index)
        self.to_weights = np.zeros((size, size))
        for row, (item, level) in enumerate(self.index):
            levels = data.levels[item]
            for step in range(1, level + 1):
                self.to_weights[row, self.first[item] + step - 1] = -(levels[step] - levels[step - 1])
        self.observed = np.zeros(size)
        self.persons: list[Floats] = []
        for booklet in data.booklets:
            for column, item in enumerate(booklet.items):
                counts = np.bincount(booklet.scores[:, column], minlength=data.levels[item][-1] + 1)
                for level, score in enumerate(data.levels[item][1:]):
                    self.observed[self.first[item] + level] += counts[score]
            most = sum(data.levels[item][-1] for item in booklet.items)
            self.persons.append(np.bincount(booklet.scores.sum(axis=1), minlength=most + 1).astype(float))

    def start(self) -> Floats:
        """Return first thresholds: all equal."""
        return np.zeros(len(self.index))

    def log_weights(self, steps: Floats) -> list[Floats]:
        """Return per question the logarithm of the weight of each score from 0."""
        values = self.to_weights @ steps
        made = []
        for item, levels in enumerate(self.data.levels):
            weights = np.full(levels[-1] + 1, -np.inf)
            weights[0] = 0.0
            for level, score in enumerate(levels[1:]):
                weights[score] = values[self.first[item] + level]
            made.append(weights)
        return made

    def look(self, steps: Floats) -> tuple[float, Floats, Floats]:
        """Return the log likelihood, its gradient and the information, all in the thresholds."""
        weights = self.log_weights(steps)
        size = len(self.index)
        value = float(self.observed @ (self.to_weights @ steps))
        expected, information = np.zeros(size), np.zeros((size, size))
        for booklet, persons in zip(self.data.booklets, self.persons, strict=True):
            items, scale = chances([weights[item] for item in booklet.items])
            totals = Totals(items)
            there = persons > 0
            value -= float(persons[there] @ np.log(totals.whole[there])) + float(persons.sum()) * scale
            given = totals.given_total()
            rows, at = [], []
            for column, item in enumerate(booklet.items):
                for level, score in enumerate(self.data.levels[item][1:]):
                    rows.append(given[column][score])
                    at.append(int(self.first[item]) + level)
            table = np.array(rows)
            mine = table @ persons
            expected[at] += mine
            part = -(table * persons) @ table.T
            part[np.arange(len(at)), np.arange(len(at))] += mine
            part += self._pairs(booklet, totals, persons)
            information[np.ix_(at, at)] += part
        gradient = self.to_weights.T @ (self.observed - expected)
        return value, gradient, self.to_weights.T @ information @ self.to_weights

    def _pairs(self, booklet: Booklet, totals: Totals, persons: Floats) -> Floats:
        sizes = [len(self.data.levels[item]) - 1 for item in booklet.items]
        first = np.cumsum([0, *sizes])
        made = np.zeros((int(first[-1]), int(first[-1])))
        for (one, other), table in totals.pairs(persons).items():
            mine = table[
                np.ix_(self.data.levels[booklet.items[one]][1:], self.data.levels[booklet.items[other]][1:])
            ]
            rows = slice(int(first[one]), int(first[one + 1]))
            columns = slice(int(first[other]), int(first[other + 1]))
            made[rows, columns] = mine
            made[columns, rows] = mine.T
        return made

    def difficulties(self, steps: Floats, covariance: Floats) -> tuple[Difficulty, ...]:
        """Return the thresholds per question, with the errors that the covariance gives."""
        made = []
        for item, name in enumerate(self.data.ids):
            mine = slice(int(self.first[item]), int(self.first[item + 1]))
            values = steps[mine]
            errors = np.sqrt(np.diag(covariance)[mine])
            scores = self.data.levels[item][1:]
            mean_error = float(np.sqrt(covariance[mine, mine].mean()))
            listed = zip(scores, values.tolist(), errors.tolist(), strict=True)
            made.append(Difficulty(name, float(values.mean()), mean_error, tuple(listed)))
        return tuple(made)
