"""Angoff, Hofstee, what each cesuur does, and how often it errs."""

from __future__ import annotations

import numpy as np
import pytest

from builder.analysis import classical, standard
from tests.analysis.made import simulated


def test_angoff() -> None:
    found = standard.angoff([[0.5, 0.6, 0.7], [0.6, 0.6, 0.9], [0.4, 0.5, 0.6]])
    assert found.totals == pytest.approx((1.8, 2.1, 1.5))
    assert found.cesuur == pytest.approx(1.8)
    assert found.se == pytest.approx(0.3 / 3**0.5)
    assert standard.angoff([[0.5, 0.5]]).se is None


def test_hofstee_meets_where_line_and_curve_meet() -> None:
    counts = [10] * 10  # 0 to 9: the share that fails at cesuur c is 10c percent
    found = standard.hofstee([(4, 8, 20, 60)], counts)
    # line from (4, 60) to (8, 20) is 100 - 10c; the curve is 10c: they meet at c = 5
    assert found.cesuur == pytest.approx(5) and found.failing == pytest.approx(50)
    several = standard.hofstee([(3, 7, 10, 50), (5, 9, 30, 70)], counts)
    assert several.cesuur == pytest.approx(5)


@pytest.mark.parametrize("judge", [(8, 9, 10, 20), (1, 2, 50, 60)])
def test_hofstee_that_does_not_meet(judge: tuple[float, float, float, float]) -> None:
    assert standard.hofstee([judge], [10] * 10).cesuur is None


def test_cut_table() -> None:
    rows = standard.cut_table([1, 2, 3, 4])
    assert [(row.cesuur, row.persons, row.passing) for row in rows] == [
        (0, 1, 1.0),
        (1, 2, 0.9),
        (2, 3, 0.7),
        (3, 4, 0.4),
    ]


def test_misclassified_is_what_simulation_shows() -> None:
    """Many persons with a known true score: the expected shares must be near the real ones."""
    b = np.linspace(-1.5, 1.5, 40)
    random = np.random.default_rng(7)
    ability = random.normal(0, 1, (40_000, 1))
    chance = 1 / (1 + np.exp(b - ability))
    scores = (random.random(chance.shape) < chance).astype(float)
    total, truth = scores.sum(axis=1), chance.sum(axis=1)
    cut = 24
    found = standard.misclassified(
        np.bincount(total.astype(int), minlength=41).tolist(), cut, float(total.mean()), float(total.std(ddof=1)),
        classical.alpha(scores),
    )  # fmt: skip
    assert found is not None
    real_pass = float(((total >= cut) & (truth < cut - 0.5)).mean())
    real_fail = float(((total < cut) & (truth >= cut - 0.5)).mean())
    assert found.false_pass == pytest.approx(real_pass, abs=0.01)
    assert found.false_fail == pytest.approx(real_fail, abs=0.01)
    assert [row.total for row in found.near] == [21, 22, 23, 24, 25, 26]
    assert found.near[2].wrong > found.near[1].wrong > found.near[0].wrong
    assert found.near[3].wrong > found.near[4].wrong > found.near[5].wrong


@pytest.mark.parametrize("alpha", [None, -0.2, 0.0, 1.0])
def test_no_guess_without_a_reliability(alpha: float | None) -> None:
    assert standard.misclassified([1, 2, 3], 2, 1.3, 0.8, alpha) is None
    assert standard.misclassified([3], 0, 0.0, None, 0.8) is None


def test_simulation_is_reproducible() -> None:
    assert (simulated([0, 1], 5, 3) == simulated([0, 1], 5, 3)).all()
