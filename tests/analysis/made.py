"""Answers made for a test: from tables of scores, or simulated with the Rasch model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from builder.analysis.nouns import ABSENT, Answers, Form, Vraag


def from_scores(
    *tables: Sequence[Sequence[int]], items: Sequence[Sequence[int]] = (), most: int = 1
) -> Answers:
    """Answers of one or more forms. `items`: the question numbers of each form (default: the same for all)."""
    columns = [list(mine) for mine in items] or [list(range(len(tables[0][0]))) for _ in tables]
    size = max(max(mine) for mine in columns) + 1
    labels = tuple(map(str, range(most + 1)))
    vragen = tuple(Vraag(f"v{n:02}", labels, tuple(range(most + 1))) for n in range(size))
    chosen = np.full((sum(map(len, tables)), size), ABSENT, dtype=np.int8)
    form_of = []
    row = 0
    for number, (table, mine) in enumerate(zip(tables, columns, strict=True)):
        for scores in table:
            chosen[row, mine] = scores
            form_of.append(number)
            row += 1
    forms = tuple(Form(f"vorm-{n}", tuple(mine)) for n, mine in enumerate(columns))
    return Answers(
        vragen, tuple(f"p{n}" for n in range(row)), forms, np.array(form_of, dtype=np.int32), chosen
    )


def simulated(b: Sequence[float], persons: int, seed: int, mean: float = 0.0) -> NDArray[np.int64]:
    """Scores 0/1 of persons with normal abilities under the Rasch model."""
    random = np.random.default_rng(seed)
    ability = random.normal(mean, 1.0, (persons, 1))
    return (random.random((persons, len(b))) < 1 / (1 + np.exp(np.array(b) - ability))).astype(np.int64)
