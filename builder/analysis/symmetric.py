"""Elementary symmetric functions: how likely each total is, with one question or two left out.

In: per question the chances of its scores at ability 0. Out: chances of totals. Everything is a sum of
positive numbers (no divisions), so nothing is lost to rounding; chances instead of raw products keep the
numbers within reach of a float up to about a thousand questions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def chances(log_weights: Sequence[Floats]) -> tuple[list[Floats], float]:
    """Return per question the chances of the scores, and the sum of the logarithms of their scale.

    `log_weights` holds per question the logarithm of the weight of each score from 0 (-inf: does not occur).
    """
    made, scale = [], 0.0
    for weights in log_weights:
        top = float(weights.max())
        values = np.exp(weights - top)
        total = float(values.sum())
        made.append(values / total)
        scale += top + float(np.log(total))
    return made, scale


class Totals:
    """The chances of the totals of one form, whole and with a question left out."""

    def __init__(self, items: Sequence[Floats]) -> None:
        """Work out all heads and tails once: `items` are the chances per question."""
        self.items = items
        self.heads = [np.ones(1)]
        for item in items:
            self.heads.append(np.convolve(self.heads[-1], item))
        self.tails = [np.ones(1)]
        for item in reversed(items):
            self.tails.append(np.convolve(self.tails[-1], item))
        self.tails.reverse()
        self.whole = self.heads[-1]

    def given_total(self) -> list[Floats]:
        """Return per question a table (score × total): the chance of the score for who has the total."""
        made = []
        size = len(self.whole)
        for place, item in enumerate(self.items):
            without = np.convolve(self.heads[place], self.tails[place + 1])
            table = np.zeros((len(item), size))
            for score, chance in enumerate(item):
                table[score, score : score + len(without)] = chance * without
            made.append(table / self.whole)
        return made

    def pairs(self, persons: Floats) -> dict[tuple[int, int], Floats]:
        """Return per pair of questions a table (score × score): how many persons are expected to have both.

        `persons` is the number of persons per total.
        """
        weights = np.zeros(len(self.whole) * 2)
        weights[: len(persons)] = np.divide(
            persons, self.whole, out=np.zeros_like(persons), where=persons > 0
        )
        count = len(self.items)
        most = max(len(item) for item in self.items)
        size = len(self.whole)
        # seen[h][c][x]: the weighted tails after question h, shifted by x and by c points
        seen = []
        for place in range(count):
            tail = self.tails[place + 1]
            moved = np.correlate(weights, tail, "valid")
            seen.append([moved[shift : shift + size] for shift in range(2 * most - 1)])
        made = {}
        for first in range(count):
            running = self.heads[first]
            for second in range(first + 1, count):
                one, other = self.items[first], self.items[second]
                table = np.empty((len(one), len(other)))
                sums: dict[int, float] = {}
                for a in range(len(one)):
                    for b in range(len(other)):
                        if a + b not in sums:
                            sums[a + b] = float(running @ seen[second][a + b][: len(running)])
                        table[a, b] = one[a] * other[b] * sums[a + b]
                made[first, second] = table
                running = np.convolve(running, other)
        return made
