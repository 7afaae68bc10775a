"""Score groups: persons from low to high total, in about equally large groups.

In: totals. Out: the group of each. It knows no question.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GROUPS = 5
LEAST_IN_GROUP = 5


def group_number(persons: int) -> int:
    """Return how many score groups there are: five, fewer when there are not five persons for each."""
    return min(GROUPS, persons // LEAST_IN_GROUP)


def score_groups(total: NDArray[np.float64], number: int) -> NDArray[np.int64]:
    """Return the group (from 0) of each person, from low to high total; equal totals stay together.

    About equally large groups; ties can leave one empty. An empty array below two groups.
    """
    if number < 2 or not len(total):
        return np.empty(0, dtype=np.int64)
    _, inverse, counts = np.unique(total, return_inverse=True, return_counts=True)
    middle = (np.cumsum(counts) - counts / 2) / len(total)
    return np.asarray(np.minimum((middle * number).astype(np.int64), number - 1)[inverse])
