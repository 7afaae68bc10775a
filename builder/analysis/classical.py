"""Classical item and test statistics, per form and weighted over forms.

In: answers. Out: per question p, sd, rit, rir and its options; per form mean, sd, alpha, lambda-2, SEM.
Definitions as in dexter (`tia_tables`): variances with n - 1; rir is the correlation with the total without
the question itself; what was skipped scores 0; over forms the mean weighted by the number of persons, and the sd of all together.
None means: cannot be known, such as a correlation without spread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.analysis import intervals
from builder.analysis.groups import group_number, score_groups
from builder.analysis.intervals import Interval
from builder.analysis.nouns import NOT_REACHED, SKIPPED, Answers, Vraag

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OptionStat:
    """A response: how many chose it, their share, and the correlation of choosing it with total and rest."""

    label: str
    text: str
    score: int
    n: int
    share: float
    rat: float | None
    rar: float | None


@dataclass(frozen=True, slots=True)
class ItemStat:
    """A question in one form (its name), or in all forms together (form "").

    `curves`: per score group from low to high, how many chose each response; the last number is no answer.
    """

    vraag: Vraag
    form: str
    n: int
    skipped: int
    not_reached: int
    mean: float
    sd: float | None
    p: float
    p_interval: Interval | None
    p_corrected: float | None
    rit: float | None
    rir: float | None
    rir_interval: Interval | None
    options: tuple[OptionStat, ...]
    curves: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FormStat:
    """A form: how the totals are spread and how reliable they are. `counts`: persons per score, from 0.

    `mean_p_varied`: of the questions with spread only, as dexter gives it; None when there are none.
    """

    name: str
    n: int
    items: int
    most: int
    mean: float
    sd: float | None
    mean_p: float
    mean_p_varied: float | None
    mean_rit: float | None
    mean_rir: float | None
    alpha: float | None
    alpha_interval: Interval | None
    lambda2: float | None
    sem: float | None
    flat: tuple[str, ...]
    counts: tuple[int, ...]


def per_form(answers: Answers) -> tuple[tuple[FormStat, ...], tuple[tuple[ItemStat, ...], ...]]:
    """Return the statistics of each form, and of each question in each form."""
    forms, items = [], []
    for number in range(len(answers.forms)):
        form, mine = _form(answers, number, group_number(len(answers.personen)))
        forms.append(form)
        items.append(mine)
    return tuple(forms), tuple(items)


def _form(answers: Answers, number: int, parts: int) -> tuple[FormStat, tuple[ItemStat, ...]]:
    form = answers.forms[number]
    vragen = [answers.vragen[vraag] for vraag in form.vragen]
    scores, chosen = answers.scores_in(number), answers.chosen_in(number)
    total = scores.sum(axis=1)
    rest = total[:, None] - scores
    rit, rir = with_total(scores, total), with_rest(scores, rest)
    groups = score_groups(total, parts)
    items = tuple(
        _item(
            vraag, form.name, scores[:, place], chosen[:, place], total, rest[:, place], rit[place], rir[place], groups, parts,
        )
        for place, vraag in enumerate(vragen)
    )  # fmt: skip
    sds = spread(scores)
    flat = tuple(vraag.id for vraag, sd in zip(vragen, sds, strict=True) if sd is not None and sd == 0)
    sd = spread(total[:, None])[0]
    reliability = alpha(scores)
    most = sum(vraag.most for vraag in vragen)
    return FormStat(
        name=form.name,
        n=len(total),
        items=len(vragen),
        most=most,
        mean=float(total.mean()),
        sd=sd,
        mean_p=float(np.mean([item.p for item in items])),
        mean_p_varied=_mean(item.p for item in items if item.sd),
        mean_rit=_mean(item.rit for item in items),
        mean_rir=_mean(item.rir for item in items),
        alpha=reliability,
        alpha_interval=intervals.alpha(reliability, len(vragen) - len(flat), len(total)),
        lambda2=lambda2(scores),
        sem=None if reliability is None or sd is None else sd * max(0.0, 1 - reliability) ** 0.5,
        flat=flat,
        counts=tuple(np.bincount(total.astype(np.int64), minlength=most + 1).tolist()),
    ), items


def _item(
    vraag: Vraag, form: str, scores: Floats, chosen: NDArray[np.int8], total: Floats, rest: Floats,
    rit: float | None, rir: float | None, groups: NDArray[np.int64], parts: int,
) -> ItemStat:  # fmt: skip
    n = len(scores)
    mean = float(scores.mean())
    options = []
    picked = np.zeros((n, len(vraag.labels)))
    rows = np.flatnonzero(chosen >= 0)
    picked[rows, chosen[rows]] = 1.0
    rats, rars = with_total(picked, total), with_total(picked, rest)
    for place, label in enumerate(vraag.labels):
        count = int(picked[:, place].sum())
        text = vraag.teksten[place] if vraag.teksten else ""
        options.append(
            OptionStat(label, text, vraag.scores[place], count, count / n, rats[place], rars[place])
        )
    none = (chosen < 0).astype(float)[:, None]
    table = np.hstack([picked, none])
    curves = tuple(
        tuple(int(count) for count in table[groups == group].sum(axis=0))
        for group in range(parts if parts > 1 else 0)
    )
    return _stat(
        vraag, form, n, int((chosen == SKIPPED).sum()), int((chosen == NOT_REACHED).sum()), mean,
        spread(scores[:, None])[0], rit, rir, tuple(options), curves,
    )  # fmt: skip


def _stat(
    vraag: Vraag, form: str, n: int, skipped: int, not_reached: int, mean: float, sd: float | None,
    rit: float | None, rir: float | None, options: tuple[OptionStat, ...], curves: tuple[tuple[int, ...], ...],
) -> ItemStat:  # fmt: skip
    p = mean / vraag.most if vraag.most else 0.0
    choices = len(vraag.labels)
    # what is left of p when the share that guessing gives is taken off
    corrected = (p - 1 / choices) / (1 - 1 / choices) if vraag.key is not None and choices > 1 else None
    # for scores above 1 the interval of a proportion is a little too wide, never too narrow
    return ItemStat(
        vraag, form, n, skipped, not_reached, mean, sd, p, intervals.proportion(p, n), corrected, rit, rir,
        intervals.correlation(rir, n), options, curves,
    )  # fmt: skip


def over_forms(answers: Answers, items: Sequence[Sequence[ItemStat]]) -> tuple[ItemStat, ...]:
    """Return each question over all forms: means weighted by the number of persons, as dexter does."""
    by_id: dict[str, list[ItemStat]] = {}
    for form in items:
        for item in form:
            by_id.setdefault(item.vraag.id, []).append(item)
    made = []
    for vraag in answers.vragen:
        mine = by_id.get(vraag.id, [])
        if not mine:
            continue
        options = tuple(
            OptionStat(
                option.label, option.text, option.score,
                sum(item.options[place].n for item in mine),
                sum(item.options[place].n for item in mine) / sum(item.n for item in mine),
                _weighted((item.options[place].rat, item.n) for item in mine),
                _weighted((item.options[place].rar, item.n) for item in mine),
            )
            for place, option in enumerate(mine[0].options)
        )  # fmt: skip
        curves = tuple(
            tuple(sum(counts) for counts in zip(*group, strict=True))
            for group in zip(*(item.curves for item in mine), strict=True)
        )
        mean = _weighted((item.mean, item.n) for item in mine)
        assert mean is not None
        made.append(
            _stat(
                vraag, "", sum(item.n for item in mine), sum(item.skipped for item in mine),
                sum(item.not_reached for item in mine), mean, _joined_spread(mine, mean),
                _weighted((item.rit, item.n) for item in mine), _weighted((item.rir, item.n) for item in mine),
                options, curves,
            )
        )  # fmt: skip
    return tuple(made)


def _joined_spread(items: Sequence[ItemStat], mean: float) -> float | None:
    """Return the standard deviation of all persons of several forms together (dexter: `combined_var`)."""
    n = sum(item.n for item in items)
    if n < 2:
        return None
    if len(items) == 1:
        return items[0].sd
    within = sum((item.n - 1) * item.sd**2 for item in items if item.sd is not None)
    between = sum(item.n * (item.mean - mean) ** 2 for item in items)
    return float(np.sqrt((within + between) / (n - 1)))


def spread(scores: Floats) -> list[float | None]:
    """Return the standard deviation (n - 1) of each column; None below two persons."""
    if len(scores) < 2:
        return [None] * scores.shape[1]
    deviations = scores.std(axis=0, ddof=1)
    # a column of equal numbers has spread 0, also when rounding says a little more
    equal = (scores == scores[0]).all(axis=0)
    return [0.0 if same else float(value) for value, same in zip(deviations, equal, strict=True)]


def with_total(scores: Floats, total: Floats) -> list[float | None]:
    """Return the correlation of each column with `total`; None without spread in one of the two."""
    return with_rest(scores, np.broadcast_to(total[:, None], scores.shape))


def with_rest(scores: Floats, rest: Floats) -> list[float | None]:
    """Return the correlation of each column of `scores` with the same column of `rest`."""
    one, other = spread(scores), spread(rest)
    if len(scores) < 2:
        return [None] * scores.shape[1]
    centred = (scores - scores.mean(axis=0)) * (rest - rest.mean(axis=0))
    covariance = centred.sum(axis=0) / (len(scores) - 1)
    made: list[float | None] = []
    for value, first, second in zip(covariance.tolist(), one, other, strict=True):
        made.append(value / (first * second) if first and second else None)
    return made


def alpha(scores: Floats) -> float | None:
    """Return coefficient alpha (for 0/1 it is KR-20) of persons × questions without gaps.

    Questions without spread are left out. None with fewer than two left, or no spread in the totals.
    """
    covariance = _covariance(scores)
    if covariance is None:
        return None
    items, total = len(covariance), float(covariance.sum())
    return items / (items - 1) * (1 - float(np.trace(covariance)) / total)


def lambda2(scores: Floats) -> float | None:
    """Return Guttman's lambda-2, a lower bound of the reliability that is never below alpha."""
    covariance = _covariance(scores)
    if covariance is None:
        return None
    items, total = len(covariance), float(covariance.sum())
    off = covariance - np.diag(np.diag(covariance))
    squares = float((off**2).sum()) * items / (items - 1)
    return (float(off.sum()) + float(np.sqrt(squares))) / total


def _covariance(scores: Floats) -> Floats | None:
    if len(scores) < 2:
        return None
    kept = scores[:, [bool(sd) for sd in spread(scores)]]
    if kept.shape[1] < 2:
        return None
    covariance = np.atleast_2d(np.cov(kept, rowvar=False, ddof=1))
    return covariance if (kept.sum(axis=1) != kept.sum(axis=1)[0]).any() else None


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _weighted(values: Iterable[tuple[float | None, int]]) -> float | None:
    known = [(value, weight) for value, weight in values if value is not None]
    weights = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / weights if weights else None
