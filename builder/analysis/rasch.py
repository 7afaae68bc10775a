"""The Rasch model by conditional maximum likelihood, for 0/1 and for more points (partial credit).

In: answers. Out: difficulties with standard errors, or the reason why they cannot be known. Given a total,
the answers do not depend on ability, so nothing is assumed about the persons (Andersen 1972; Fischer 1981;
as dexter and OPLM do). Thresholds add up to 0. Newton with the exact matrix of second derivatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from builder.analysis.likelihood import Booklet, Data, Difficulty, Likelihood
from builder.analysis.nouns import Answers
from builder.analysis.symmetric import Floats

MAX_POINTS = 600  # in one form
_STEPS = 60
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """The outcome. `log_weights`: per question the logarithm of the weight of each score from 0.

    `left_out`: questions without an estimate and why. `covariance` is that of the thresholds.
    """

    difficulties: tuple[Difficulty, ...]
    loglik: float
    log_weights: Mapping[str, Floats]
    covariance: Floats
    data: Data
    left_out: tuple[tuple[str, str], ...] = ()

    def of(self, item: str) -> Difficulty | None:
        """Return the difficulty of a question, None when it has none."""
        return next((found for found in self.difficulties if found.id == item), None)


class NoEstimate(Exception):
    """There is no finite estimate; the message is a Dutch sentence."""


def prepare(answers: Answers) -> tuple[Data, tuple[tuple[str, str], ...]]:
    """Return the data without the questions that have no finite estimate, and those with the reason.

    Raises `NoEstimate` when nothing is left or the forms do not hang together.
    """
    scores = [answers.scores_in(form).astype(np.int64) for form in range(len(answers.forms))]
    columns = [list(form.vragen) for form in answers.forms]
    left_out: list[tuple[str, str]] = []
    while True:
        for number, table in enumerate(scores):
            total, most = table.sum(axis=1), _highest(columns[number], answers)
            scores[number] = table[(total > 0) & (total < most)]
        gone = []
        for vraag in sorted({number for form in columns for number in form}):
            seen = np.unique(
                np.concatenate(
                    [
                        table[:, form.index(vraag)]
                        for table, form in zip(scores, columns, strict=True)
                        if vraag in form
                    ]
                )
            )
            if len(seen) < 2:
                why = _why(answers, vraag) if len(seen) else "niemand gaf bruikbare antwoorden"
                gone.append(vraag)
                left_out.append((answers.vragen[vraag].id, why))
        if not gone:
            break
        for number, mine in enumerate(columns):
            keep = [place for place, vraag in enumerate(mine) if vraag not in gone]
            columns[number] = [mine[place] for place in keep]
            scores[number] = scores[number][:, keep]
    used = sorted({number for form in columns for number in form})
    if len(used) < 2:
        raise NoEstimate("Er zijn te weinig vragen met spreiding.")
    for table, form in zip(scores, columns, strict=True):
        if len(table) and _highest(form, answers) > MAX_POINTS:
            raise NoEstimate(f"Een toets met meer dan {MAX_POINTS} punten is te lang voor dit model.")
    return _compact(answers, scores, columns, used), tuple(left_out)


def _why(answers: Answers, vraag: int) -> str:
    """Return why the scores on a question do not differ: for nobody, or only because persons were left out."""
    scores = [
        answers.scores_in(number)[:, form.vragen.index(vraag)]
        for number, form in enumerate(answers.forms)
        if vraag in form.vragen
    ]
    if len(np.unique(np.concatenate(scores))) < 2:
        return "iedereen kreeg dezelfde score"
    return "van wie niet alles goed of fout had, kreeg iedereen dezelfde score"


def _highest(form: Sequence[int], answers: Answers) -> int:
    return sum(answers.vragen[vraag].most for vraag in form)


def _compact(
    answers: Answers,
    scores: Sequence[NDArray[np.int64]],
    columns: Sequence[Sequence[int]],
    used: Sequence[int],
) -> Data:
    """Return the data with scores that start at 0 for each question."""
    levels = []
    for vraag in used:
        seen: set[int] = set()
        for table, form in zip(scores, columns, strict=True):
            if vraag in form:
                seen |= set(np.unique(table[:, list(form).index(vraag)]).tolist())
        levels.append(sorted(seen))
    booklets = []
    for place, (table, form) in enumerate(zip(scores, columns, strict=True)):
        if len(table) and len(form) > 1:
            items = [used.index(vraag) for vraag in form]
            lowest = np.array([levels[item][0] for item in items])
            booklets.append(Booklet(answers.forms[place].name, tuple(items), table - lowest))
    return Data(
        tuple(answers.vragen[vraag].id for vraag in used),
        tuple(mine[0] for mine in levels),
        tuple(tuple(level - mine[0] for level in mine) for mine in levels),
        tuple(booklets),
    )


def check_connected(data: Data) -> None:
    """Raise `NoEstimate` unless each question can be compared with each other one, directly or through others.

    There must be a chain of persons who did better on one question than on the next, both ways (Fischer 1981).
    """
    size = len(data.ids)
    better = np.zeros((size, size), dtype=bool)
    together = np.eye(size, dtype=bool)
    for booklet in data.booklets:
        most = np.array([data.levels[item][-1] for item in booklet.items])
        some, not_all = (booklet.scores > 0).astype(float), (booklet.scores < most).astype(float)
        at = np.ix_(booklet.items, booklet.items)
        better[at] |= (some.T @ not_all) > 0
        together[at] = True
    if not _reach(together).all():
        raise NoEstimate("Niet alle toetsen hebben vragen gemeen. Reken ze apart.")
    if not (_reach(better) & _reach(better.T)).all():
        raise NoEstimate("Er zijn te weinig personen om vragen met elkaar te vergelijken.")


def _reach(arrows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which questions can be reached from the first."""
    seen = np.zeros(len(arrows), dtype=bool)
    seen[0] = True
    while True:
        more = seen | arrows[seen].any(axis=0)
        if (more == seen).all():
            return seen
        seen = more


def estimate(answers: Answers) -> Calibration:
    """Return the calibration. Raises `NoEstimate` with the reason when there is none."""
    data, left_out = prepare(answers)
    return estimate_data(data, left_out)


def estimate_data(data: Data, left_out: tuple[tuple[str, str], ...] = ()) -> Calibration:
    """Return the calibration of prepared data. Raises `NoEstimate`."""
    check_connected(data)
    model = Likelihood(data)
    steps = model.start()
    value, gradient, information = model.look(steps)
    for _ in range(_STEPS):
        move = _solve(information, gradient)
        length = 1.0
        while True:
            tried = steps + length * move
            new_value, new_gradient, new_information = model.look(tried)
            if np.isfinite(new_value) and new_value >= value - 1e-9 * abs(value):
                break
            length /= 2
            if length < 1e-6:
                raise NoEstimate("De berekening komt niet tot rust.")
        steps, value, gradient, information = tried, new_value, new_gradient, new_information
        if float(np.abs(move).max()) * length < _CLOSE:
            break
    else:
        raise NoEstimate("De berekening komt niet tot rust.")
    steps = steps - steps.mean()
    covariance = _inverse(information)
    return Calibration(
        difficulties=model.difficulties(steps, covariance),
        loglik=value,
        log_weights={item: weights for item, weights in zip(data.ids, model.log_weights(steps), strict=True)},
        covariance=covariance,
        data=data,
        left_out=left_out,
    )


def _solve(information: Floats, gradient: Floats) -> Floats:
    """Solve for the step; the direction in which nothing changes (all thresholds up) is filled in."""
    size = len(gradient)
    filled = information + np.full((size, size), np.trace(information) / size / size)
    return np.asarray(np.linalg.solve(filled, gradient))


def _inverse(information: Floats) -> Floats:
    """Return the covariance of the thresholds when these add up to 0."""
    size = len(information)
    scale = np.trace(information) / size
    flat = np.full((size, size), 1.0 / size)
    return np.asarray(np.linalg.inv(information + scale * flat) - flat / scale)
