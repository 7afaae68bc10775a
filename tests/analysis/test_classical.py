"""Classical statistics: the values that dexter prints, the same numbers by another route, and the edges."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.analysis import classical, groups, intervals
from builder.analysis.classical import over_forms, per_form
from builder.analysis.nouns import NOT_REACHED, SKIPPED
from tests.analysis.made import from_scores
from tests.analysis.verbal import binary, verbal

# mean, sd, p, rit, rir as dexter gives them for scores 0/1/2; then p, rit, rir for scores 0/1
WITH_POINTS = {
    "S1DoCurse": (1.082278, 0.808410, 0.541139, 0.581873, 0.519388),
    "S1DoScold": (0.832278, 0.816712, 0.416139, 0.651426, 0.595881),
    "S1DoShout": (0.468354, 0.709759, 0.234177, 0.519921, 0.460414),
    "S2WantShout": (0.734177, 0.815857, 0.367089, 0.562902, 0.497905),
    "S3DoShout": (0.104430, 0.345280, 0.052215, 0.343696, 0.310089),
}
BINARY = {
    "S1DoCurse": (0.712025, 0.534715, 0.473974),
    "S1DoScold": (0.569620, 0.632418, 0.575490),
    "S1DoShout": (0.341772, 0.532831, 0.468857),
    "S2WantShout": (0.500000, 0.531832, 0.464064),
    "S3DoShout": (0.091772, 0.329788, 0.283300),
}


def test_the_values_that_dexter_prints() -> None:
    answers = verbal()
    (form,), items = per_form(answers)
    assert (form.n, form.items, form.most) == (316, 24, 48)
    whole = (
        form.alpha,
        form.lambda2,
        form.mean,
        form.sd,
        form.sem,
        form.mean_p,
        form.mean_rit,
        form.mean_rir,
    )
    wanted = (0.887605565, 0.893466168, 16.268987, 9.232471, 3.095212, 0.338937, 0.526637, 0.467893)
    assert whole == pytest.approx(wanted, abs=1e-6)
    by_id = {item.vraag.id: item for item in over_forms(answers, items)}
    for name, values in WITH_POINTS.items():
        item = by_id[name]
        assert (item.mean, item.sd, item.p, item.rit, item.rir) == pytest.approx(values, abs=1e-6)
        assert item.n == 316 and item.skipped == item.not_reached == 0


def test_the_values_for_scores_of_one_point() -> None:
    answers = binary(verbal())
    (form,), items = per_form(answers)
    whole = (form.alpha, form.lambda2, form.mean, form.sd, form.sem)
    assert whole == pytest.approx((0.876121257, 0.881333853, 11.427215, 5.679628, 1.999025), abs=1e-6)
    by_id = {item.vraag.id: item for item in items[0]}
    for name, values in BINARY.items():
        assert (by_id[name].p, by_id[name].rit, by_id[name].rir) == pytest.approx(values, abs=1e-6)


def correlation(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Pearson by raw sums of whole numbers, exact until the last root."""
    n = len(one)
    up = n * sum(a * b for a, b in zip(one, other, strict=True)) - sum(one) * sum(other)
    down = (n * sum(a * a for a in one) - sum(one) ** 2) * (n * sum(b * b for b in other) - sum(other) ** 2)
    return float(up) / math.sqrt(down) if down else None


def anova_alpha(table: Sequence[Sequence[int]]) -> float | None:
    """Alpha by Hoyt's route: an analysis of variance of persons × questions, in fractions."""
    kept = [column for column in zip(*table, strict=True) if len(set(column)) > 1]
    rows = list(zip(*kept, strict=True)) if kept else []
    if len(kept) < 2 or len({sum(row) for row in rows}) < 2:
        return None
    n, k = len(rows), len(kept)
    whole = Fraction(sum(map(sum, rows)))
    correction = whole**2 / (n * k)
    total = sum(value**2 for row in rows for value in row) - correction
    persons = Fraction(sum(sum(row) ** 2 for row in rows), k) - correction
    questions = Fraction(sum(sum(column) ** 2 for column in kept), n) - correction
    between, rest = persons / (n - 1), (total - persons - questions) / ((n - 1) * (k - 1))
    return float(1 - rest / between)


def split_lambda2(table: Sequence[Sequence[int]]) -> float | None:
    """Lambda-2 by variances of sums of two questions: cov(a, b) = (var(a + b) - var(a) - var(b)) / 2, in fractions."""
    kept = [column for column in zip(*table, strict=True) if len(set(column)) > 1]
    if len(kept) < 2 or len({sum(row) for row in zip(*kept, strict=True)}) < 2:
        return None

    def variance(values: Sequence[int]) -> Fraction:
        mean = Fraction(sum(values), len(values))
        return sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1)

    own = [variance(column) for column in kept]
    total = variance([sum(row) for row in zip(*kept, strict=True)])
    pairs = [
        (variance([a + b for a, b in zip(kept[i], kept[j], strict=True)]) - own[i] - own[j]) / 2
        for i in range(len(kept))
        for j in range(len(kept))
        if i != j
    ]
    k = len(kept)
    squares = sum(pair**2 for pair in pairs)
    return float(1 - sum(own) / total) + math.sqrt(Fraction(k, k - 1) * squares) / float(total)


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, abs_tol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 30), st.integers(1, 8), st.integers(1, 3), st.integers(0, 10**6))
def test_another_route_gives_the_same_numbers(persons: int, questions: int, most: int, seed: int) -> None:
    dice = random.Random(seed)
    table = [[dice.randint(0, most) for _ in range(questions)] for _ in range(persons)]
    (form,), (items,) = per_form(from_scores(table, most=most))
    totals = [sum(row) for row in table]
    for place, item in enumerate(items):
        column = [row[place] for row in table]
        assert same(item.p, float(Fraction(sum(column), most * persons)))
        assert same(item.rit, correlation(column, totals))
        assert same(
            item.rir,
            correlation(column, [total - value for total, value in zip(totals, column, strict=True)]),
        )
        for score, option in enumerate(item.options):
            picked = [int(value == score) for value in column]
            assert option.n == sum(picked)
            assert same(option.rat, correlation(picked, totals))
            rest = [total - value for total, value in zip(totals, column, strict=True)]
            assert same(option.rar, correlation(picked, rest))
    assert same(form.alpha, anova_alpha(table))
    assert same(form.lambda2, split_lambda2(table))
    if form.alpha is not None and form.lambda2 is not None:
        assert form.lambda2 >= form.alpha - 1e-12
    assert sum(form.counts) == persons
    assert form.counts == tuple(totals.count(score) for score in range(form.most + 1))


def test_over_forms_the_weights_are_persons() -> None:
    dice = random.Random(5)
    one = [[dice.randint(0, 1) for _ in range(4)] for _ in range(30)]
    two = [[dice.randint(0, 1) for _ in range(4)] for _ in range(10)]
    answers = from_scores(one, two, items=([0, 1, 2, 3], [2, 3, 4, 5]))
    forms, items = per_form(answers)
    whole = {item.vraag.id: item for item in over_forms(answers, items)}
    a, b = items[0][2], items[1][0]
    assert (a.vraag.id, b.vraag.id, whole["v02"].n) == ("v02", "v02", 40)
    assert a.rir is not None and b.rir is not None
    assert same(whole["v02"].rir, (30 * a.rir + 10 * b.rir) / 40)
    assert same(whole["v02"].p, sum(row[2] for row in one) / 40 + sum(row[0] for row in two) / 40)
    # the spread is that of all 40 together, as `combined_var` of dexter gives it
    together = [row[2] for row in one] + [row[0] for row in two]
    assert same(whole["v02"].sd, statistics.stdev(together))
    assert same(whole["v00"].rit, items[0][0].rit) and whole["v00"].curves == items[0][0].curves
    assert [sum(map(sum, whole[name].curves)) for name in ("v00", "v02", "v05")] == [30, 40, 10]
    assert [form.n for form in forms] == [30, 10]


def test_skipped_scores_nothing_and_is_counted_apart() -> None:
    answers = from_scores([[1, 1, 1], [1, SKIPPED, 0], [0, 1, SKIPPED], [1, 0, NOT_REACHED]])
    (form,), (items,) = per_form(answers)
    assert [item.skipped for item in items] == [0, 1, 1]
    assert [item.not_reached for item in items] == [0, 0, 1]
    assert [item.p for item in items] == [0.75, 0.5, 0.25]
    assert [sum(option.n for option in item.options) for item in items] == [4, 3, 2]
    assert form.counts == (0, 3, 0, 1)


@pytest.mark.parametrize(
    "table",
    [
        [[1, 0, 1]],  # one person
        [[1], [0], [1]],  # one question
        [[1, 1]] * 5,  # all right
        [[0, 0]] * 5,  # all wrong
        [[1, 0], [0, 1]] * 3,  # no spread in the totals
        [[1, 1, 0], [1, 0, 0], [1, 1, 0]],  # one question with spread
    ],
)
def test_alpha_that_cannot_be(table: list[list[int]]) -> None:
    (form,), (items,) = per_form(from_scores(table))
    assert form.alpha is form.lambda2 is form.sem is form.alpha_interval is None
    for item in items:
        assert 0 <= item.p <= 1
    over_forms(from_scores(table), (items,))


def test_a_question_without_spread_is_left_out_and_named() -> None:
    dice = random.Random(1)
    table = [[dice.randint(0, 1) for _ in range(5)] for _ in range(40)]
    (plain,), _ = per_form(from_scores(table))
    (form,), (items,) = per_form(from_scores([[*row, 1] for row in table]))
    assert form.flat == ("v05",)
    assert same(form.alpha, plain.alpha)
    assert items[5].rit is None and items[5].rir is None and items[5].sd == 0
    # dexter leaves such a question out of the mean p too: both numbers are there
    assert same(form.mean_p_varied, plain.mean_p) and same(form.mean_p, (5 * plain.mean_p + 1) / 6)
    assert plain.mean_p_varied == plain.mean_p


def test_reliability_is_of_a_complete_booklet() -> None:
    """Of two forms with other questions each has its own alpha; what a form does not ask is no zero in it."""
    dice = random.Random(9)
    one = [[int(dice.random() < 0.4 + 0.03 * n) for _ in range(5)] for n in range(20)]
    two = [[int(dice.random() < 0.9 - 0.03 * n) for _ in range(4)] for n in range(20)]
    forms, items = per_form(from_scores(one, two, items=([0, 1, 2, 3, 4], [3, 4, 5, 6])))
    for form, table in zip(forms, (one, two), strict=True):
        assert same(form.alpha, anova_alpha(table)) and same(form.lambda2, split_lambda2(table))
        assert form.n == 20 and form.items == len(table[0]) == form.most
    assert [len(mine) for mine in items] == [5, 4]


def test_score_groups_keep_equal_totals_together() -> None:
    totals = np.array([random.Random(n).randint(0, 60) for n in range(200)], dtype=float)
    made = groups.score_groups(totals, 5)
    assert set(made.tolist()) == set(range(5))
    assert all(30 <= count <= 50 for count in np.bincount(made).tolist())
    for total in set(totals.tolist()):
        assert len(set(made[totals == total].tolist())) == 1
    assert (np.diff(made[np.argsort(totals)]) >= 0).all()
    assert len(set(groups.score_groups(np.array([1.0] * 50), 5).tolist())) == 1
    assert [groups.group_number(n) for n in (4, 9, 10, 24, 25, 900)] == [0, 1, 2, 4, 5, 5]


def test_curves_count_everybody_once() -> None:
    dice = random.Random(2)
    answers = from_scores([[dice.choice([0, 1, SKIPPED]) for _ in range(6)] for _ in range(60)])
    _, (items,) = per_form(answers)
    for item in items:
        assert len(item.curves) == 5
        assert [sum(column) for column in zip(*item.curves, strict=True)] == [
            *(option.n for option in item.options),
            item.skipped + item.not_reached,
        ]


def test_intervals() -> None:
    # Wilson for 8 of 10 as in Newcombe (1998) style tables; Fisher; chi-square against known quantiles
    assert intervals.proportion(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert intervals.proportion(0.0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert intervals.correlation(0.5, 28) == pytest.approx((0.156, 0.736), abs=1e-3)
    assert intervals.correlation(None, 28) is None and intervals.correlation(0.5, 3) is None
    for freedom, value in [(1, 3.841459), (2, 5.991465), (5, 11.070498), (23, 35.172462), (100, 124.342113)]:
        assert intervals.chi_square_tail(value, freedom) == pytest.approx(0.05, abs=1e-7)
    for freedom, value in [(4, 0.710723), (50, 34.764252)]:
        assert intervals.chi_square_tail(value, freedom) == pytest.approx(0.95, abs=1e-7)
    low, high = intervals.alpha(0.8, 20, 100) or (0, 0)
    assert 0.72 < low < 0.8 < high < 0.86


def test_the_interval_of_alpha_holds_what_it_says() -> None:
    from tests.analysis.made import simulated

    b = np.linspace(-1.5, 1.5, 20)
    truth = classical.alpha(simulated(b, 60_000, 1).astype(float))
    assert truth is not None
    inside = 0
    for seed in range(200):
        value = classical.alpha(simulated(b, 100, 100 + seed).astype(float))
        low, high = intervals.alpha(value, 20, 100) or (1, 0)
        inside += low <= truth <= high
    assert inside >= 184  # 95% of 200, less three times its own error
