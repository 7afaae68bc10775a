"""Rasch, fit, DIF and equating: known values, brute force on small tests, and simulated answers."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from builder.analysis import dif, equate, fit, rasch
from builder.analysis.rasch import NoEstimate, estimate
from tests.analysis.made import from_scores, simulated
from tests.analysis.verbal import binary, verbal

B = {
    "S1DoCurse": (-1.3834, 0.1400),
    "S1DoScold": (-0.5566, 0.1294),
    "S1DoShout": (0.6981, 0.1349),
    "S2WantShout": (-0.1811, 0.1283),
    "S3DoShout": (2.8709, 0.2219),
}


def test_difficulties_of_one_point() -> None:
    made = estimate(binary(verbal()))
    assert made.loglik == pytest.approx(-3049.923, abs=1e-3)
    assert sum(found.b for found in made.difficulties) == pytest.approx(0, abs=1e-9)
    for name, (b, se) in B.items():
        found = made.of(name)
        assert found is not None
        assert (found.b, found.se) == pytest.approx((b, se), abs=5e-4)


def test_thresholds_as_oplm_gives_them() -> None:
    made = estimate(verbal())
    assert made.loglik == pytest.approx(-5177.78, abs=5e-3)
    found = made.of("S1DoCurse")
    assert found is not None
    assert [(score, b, se) for score, b, se in found.steps] == [
        (1, pytest.approx(-1.342, abs=5e-4), pytest.approx(0.154, abs=5e-4)),
        (2, pytest.approx(-0.638, abs=5e-4), pytest.approx(0.142, abs=5e-4)),
    ]
    found = made.of("S3DoShout")
    assert found is not None
    assert [b for _, b, _ in found.steps] == pytest.approx([1.909, 2.685], abs=5e-4)


def brute_force(table: list[list[int]], steps: list[list[float]]) -> float:
    """The conditional log likelihood by writing out every pattern of scores with the same total."""
    weights = [[0.0, *itertools.accumulate(-step for step in mine)] for mine in steps]
    value = 0.0
    for row in table:
        own = sum(weights[item][score] for item, score in enumerate(row))
        all_of_them = [
            sum(weights[item][score] for item, score in enumerate(pattern))
            for pattern in itertools.product(*(range(len(mine)) for mine in weights))
            if sum(pattern) == sum(row)
        ]
        value += own - math.log(sum(map(math.exp, all_of_them)))
    return value


@pytest.mark.parametrize("most", [1, 2])
def test_brute_force_gives_the_same_likelihood_and_no_better_one(most: int) -> None:
    dice = np.random.default_rng(3)
    table = dice.integers(0, most + 1, (60, 4)).tolist()
    made = estimate(from_scores(table, most=most))
    steps = [[b for _, b, _ in found.steps] for found in made.difficulties]
    best = brute_force(table, steps)
    assert made.loglik == pytest.approx(best, abs=1e-8)
    for item, step, change in itertools.product(range(4), range(most), (-0.01, 0.01)):
        moved = [list(mine) for mine in steps]
        moved[item][step] += change
        assert brute_force(table, moved) < best


def test_the_errors_are_those_of_the_second_derivative() -> None:
    """The covariance must be the inverse of minus the numerical Hessian, with the sum held at 0."""
    table = np.random.default_rng(8).integers(0, 2, (80, 5)).tolist()
    made = estimate(from_scores(table))
    b = [found.b for found in made.difficulties]
    h = 1e-3

    def at(*moves: tuple[int, float]) -> float:
        moved = list(b)
        for item, change in moves:
            moved[item] += change
        return brute_force(table, [[value] for value in moved])

    hessian = np.array(
        [
            [
                (at((i, h), (j, h)) - at((i, h), (j, -h)) - at((i, -h), (j, h)) + at((i, -h), (j, -h)))
                / (4 * h * h)
                for j in range(5)
            ]
            for i in range(5)
        ]
    )
    assert np.linalg.pinv(-hessian, rcond=1e-4) == pytest.approx(made.covariance, abs=1e-4)


def test_simulated_difficulties_come_back() -> None:
    """At least 99% within three standard errors, over two forms that share questions."""
    b = np.linspace(-2, 2, 18)
    one, two = list(range(12)), list(range(6, 18))
    inside = 0
    for seed in range(25):
        answers = from_scores(
            simulated(b[one], 300, seed).tolist(),
            simulated(b[two], 200, 1000 + seed, 0.7).tolist(),
            items=(one, two),
        )
        made = estimate(answers)
        inside += sum(
            abs(found.b - truth) < 3 * found.se
            for found, truth in zip(made.difficulties, b - b.mean(), strict=True)
        )
    assert inside >= 0.99 * 25 * 18


@pytest.mark.audit
def test_many_simulated_difficulties_come_back() -> None:
    """The same proof at length: 40 questions, 200 runs."""
    b = np.linspace(-2.5, 2.5, 40)
    inside = 0
    for seed in range(200):
        made = estimate(from_scores(simulated(b, 500, 5000 + seed).tolist()))
        inside += sum(
            abs(found.b - truth) < 3 * found.se for found, truth in zip(made.difficulties, b, strict=True)
        )
    assert inside >= 0.99 * 200 * 40


def test_persons_with_everything_right_or_wrong_change_nothing() -> None:
    table = simulated([-1, 0, 0.5, 1], 200, 4).tolist()
    one, two = estimate(from_scores(table)), estimate(from_scores([*table, *[[0] * 4] * 50, *[[1] * 4] * 50]))
    assert [x.b for x in one.difficulties] == pytest.approx([x.b for x in two.difficulties], abs=1e-9)
    assert [x.se for x in one.difficulties] == pytest.approx([x.se for x in two.difficulties], abs=1e-9)


def test_a_long_test_stays_within_reach() -> None:
    b = np.linspace(-3, 3, 100)
    made = estimate(from_scores(simulated(b, 400, 2, 1.0).tolist()))
    assert np.corrcoef([found.b for found in made.difficulties], b)[0, 1] > 0.98


def test_a_question_that_all_have_right_is_left_out() -> None:
    table = [[*row, 1] for row in simulated([-1, 0, 1], 100, 1).tolist()]
    made = estimate(from_scores(table))
    assert made.left_out == (("v03", "iedereen kreeg dezelfde score"),)
    assert made.of("v03") is None and len(made.difficulties) == 3


@pytest.mark.parametrize(
    ("tables", "items", "said"),
    [
        ([[[1, 0]]], ([0, 1],), "te weinig vragen"),
        ([[[1, 1]] * 9], ([0, 1],), "te weinig vragen"),
        ([[[1, 0, 0], [1, 1, 0]] * 9], ([0, 1, 2],), "te weinig"),
        ([[[1, 0], [0, 1]] * 9, [[1, 0], [0, 1]] * 9], ([0, 1], [2, 3]), "geen vraag|hebben vragen gemeen"),
    ],
)
def test_no_estimate_is_explained(
    tables: list[list[list[int]]], items: tuple[list[int], ...], said: str
) -> None:
    with pytest.raises(NoEstimate, match=said):
        estimate(from_scores(*tables, items=items))


def test_fit_is_quiet_for_good_questions_and_loud_for_a_bad_one() -> None:
    table = simulated(np.linspace(-1.5, 1.5, 15), 1500, 11)
    good = fit.item_fit(estimate(from_scores(table.tolist())))
    assert all(abs(found.z) < 3.5 for found in good)
    assert all(0.9 < found.infit < 1.1 for found in good)
    table[:, 7] = np.random.default_rng(1).integers(0, 2, len(table))  # nothing but guessing
    bad = {found.id: found for found in fit.item_fit(estimate(from_scores(table.tolist())))}
    assert bad["v07"].z > 6 and bad["v07"].infit > 1.1 and bad["v07"].p < 1e-6
    assert max(found.z for name, found in bad.items() if name != "v07") < bad["v07"].z


def test_the_sizes_of_fit_numbers_under_the_model() -> None:
    """z of infit is about standard normal, and the tests reject about as often as they say."""
    zs, small, model = [], 0, []
    for seed in range(40):
        made = estimate(from_scores(simulated(np.linspace(-1.5, 1.5, 10), 400, seed).tolist()))
        found = fit.item_fit(made)
        zs += [item.z for item in found]
        small += sum(item.p < 0.05 for item in found)
        tested = fit.model_test(made)
        assert tested is not None and tested.freedom == 9
        model.append(tested.p)
    assert abs(np.mean(zs)) < 0.15 and 0.8 < np.std(zs) < 1.2
    assert small / 400 < 0.09
    assert sum(p < 0.05 for p in model) <= 6


def test_infit_by_writing_out_every_pattern() -> None:
    table = np.random.default_rng(4).integers(0, 2, (50, 4)).tolist()
    made = estimate(from_scores(table))
    b = [found.b for found in made.difficulties]
    squares, expected = [0.0] * 4, [0.0] * 4
    for row in table:
        if not 0 < sum(row) < 4:
            continue
        patterns = [p for p in itertools.product((0, 1), repeat=4) if sum(p) == sum(row)]
        weights = [math.exp(-sum(b[i] for i in range(4) if p[i])) for p in patterns]
        for i in range(4):
            chance = sum(w for p, w in zip(patterns, weights, strict=True) if p[i]) / sum(weights)
            squares[i] += (row[i] - chance) ** 2
            expected[i] += chance * (1 - chance)
    wanted = [a / b for a, b in zip(squares, expected, strict=True)]
    assert [found.infit for found in fit.item_fit(made)] == pytest.approx(wanted, abs=1e-9)


def test_mantel_haenszel_values() -> None:
    found = dif.mantel_haenszel(binary(verbal()), "gender", "Male")
    rows = {row.id: row for row in found.rows}
    one = rows["S2WantShout"]
    assert (one.alpha, one.delta, one.chi_square) == pytest.approx((0.3472, 2.4861, 9.6032), abs=1e-4)
    assert one.p == pytest.approx(0.00194, abs=1e-5)
    two = rows["S2DoScold"]
    assert (two.alpha, two.delta, two.chi_square) == pytest.approx((2.6693, -2.3072, 6.8395), abs=1e-4)
    assert found.sizes == {"Female": 243, "Male": 73}
    assert dif.mantel_haenszel(verbal(), "gender", "Male").not_binary[:1] == ("S1DoCurse",)
    with pytest.raises(KeyError):
        dif.mantel_haenszel(verbal(), "gender", "man")


def test_dif_is_found_where_it_was_put_and_nowhere_else() -> None:
    b = np.linspace(-1.5, 1.5, 20)
    harder = b.copy()
    harder[9] += 1.2
    table = np.vstack([simulated(b, 800, 1), simulated(harder, 800, 2)])
    answers = replace(from_scores(table.tolist()), properties={"groep": tuple(["a"] * 800 + ["b"] * 800)})
    grades = {row.id: row.grade for row in dif.mantel_haenszel(answers, "groep", "a").rows}
    assert grades["v09"] == "C"
    assert [name for name, grade in grades.items() if grade == "C"] == ["v09"]
    turned = {row.id: row for row in dif.mantel_haenszel(answers, "groep", "b").rows}
    plain = {row.id: row for row in dif.mantel_haenszel(answers, "groep", "a").rows}
    one, other = turned["v09"].delta, plain["v09"].delta
    assert one is not None and other is not None
    assert one == pytest.approx(-other) and other < -1.5


def test_equating_over_anchors_finds_the_cesuur_of_equal_ability() -> None:
    """The new form is 0.5 harder; the cesuur must be the one that the true difficulties give."""
    b = np.concatenate([np.linspace(-1.5, 1.5, 20), np.linspace(-1.0, 2.0, 12)])
    old, new = list(range(20)), [*range(12, 20), *range(20, 32)]
    answers = from_scores(
        simulated(b[old], 1500, 5).tolist(), simulated(b[new], 1500, 6, 0.3).tolist(), items=(old, new)
    )
    names = {"oud": [f"v{n:02}" for n in old], "nieuw": [f"v{n:02}" for n in new]}
    truth_old, truth_new = [[equate.binary(b[n]) for n in form] for form in (old, new)]
    for cut in (8, 12, 15):
        wanted = equate.true_score(truth_new, equate.ability_at(truth_old, cut))
        found = equate.together(estimate(answers), "oud", "nieuw", names, cut)
        assert found.se is not None and 0.05 < found.se < 0.4
        assert abs(found.exact - wanted) < 3 * found.se
        assert found.cesuur == math.floor(found.exact + 0.5)
        assert len(found.anchors) == 8
        # the same through two separate analyses
        alone = [estimate(from_scores(answers.scores_in(n).astype(int).tolist())) for n in (0, 1)]
        of = [
            {name: (d.b, d.se) for name, d in zip(names[key], one.difficulties, strict=True)}
            for key, one in zip(("oud", "nieuw"), alone, strict=True)
        ]
        apart = equate.through_anchors("oud", "nieuw", of[0], of[1], cut)
        assert abs(apart.exact - found.exact) < 0.35
        assert apart.drifted == ()


def test_the_same_form_gets_the_same_cesuur() -> None:
    made = estimate(from_scores(simulated(np.linspace(-1, 1, 10), 300, 1).tolist()))
    names = {"a": [f"v{n:02}" for n in range(10)]}
    assert equate.together(made, "a", "a", names, 6).exact == pytest.approx(6, abs=1e-9)


def test_an_anchor_that_moved_is_told() -> None:
    b = {f"v{n}": (n / 5 - 1, 0.05) for n in range(10)}
    moved = {name: (value + 0.4 + (1.5 if name == "v3" else 0), se) for name, (value, se) in b.items()}
    found = equate.through_anchors("oud", "nieuw", b, moved, 5)
    assert [name for name, _ in found.drifted] == ["v3"]
    assert found.exact_without_drifted is not None
    # without the moved anchor only the form itself is left: harder by one question of 1.5
    assert found.exact_without_drifted < found.exact < 5.01


def test_equating_that_cannot_be() -> None:
    made = estimate(from_scores(simulated(np.linspace(-1, 1, 6), 300, 1).tolist()))
    names = {"a": ["v00", "v01", "v02"], "b": ["v03", "v04", "v05"]}
    with pytest.raises(ValueError, match="geen vraag gemeen"):
        equate.together(made, "a", "b", names, 1)
    with pytest.raises(ValueError, match="geen moeilijkheid"):
        equate.together(made, "a", "b", {**names, "b": ["v09", "v00"]}, 1)
    with pytest.raises(ValueError, match="laagste of hoogste"):
        equate.together(made, "a", "b", {**names, "b": ["v00"]}, 3)
    with pytest.raises(ValueError, match="geen vraag gemeen"):
        equate.through_anchors("a", "b", {"x": (0, 1)}, {"y": (0, 1)}, 1)


def test_chances_of_totals_by_writing_them_out() -> None:
    from builder.analysis.symmetric import Totals, chances

    weights = [np.array([0.0, 0.3]), np.array([0.0, -0.5, 0.2]), np.array([0.0, -np.inf, 1.0])]
    items, _ = chances(weights)
    totals = Totals(items)
    for total in range(6):
        wanted = sum(
            math.prod(float(items[i][s]) for i, s in enumerate(p))
            for p in itertools.product(*(range(len(x)) for x in items))
            if sum(p) == total
        )
        assert totals.whole[total] == pytest.approx(wanted, abs=1e-12)
    persons = np.array([0, 3, 2, 4, 1, 0], dtype=float)
    pairs = totals.pairs(persons)
    for (one, other), table in pairs.items():
        for a, b in itertools.product(range(len(items[one])), range(len(items[other]))):
            wanted = 0.0
            for total in range(1, 5):
                both = sum(
                    math.prod(float(items[i][s]) for i, s in enumerate(p))
                    for p in itertools.product(*(range(len(x)) for x in items))
                    if sum(p) == total and p[one] == a and p[other] == b
                )
                wanted += persons[total] * both / float(totals.whole[total])
            assert table[a, b] == pytest.approx(wanted, abs=1e-12)
    assert rasch.MAX_POINTS >= 200
