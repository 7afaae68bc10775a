"""Equating: which total on a new form is worth as much as the cesuur of an old one, through shared questions.

In: difficulties on one scale, or those of two analyses with anchors. Out: the cesuur on the new form, with
its error. True scores are equated on the Rasch scale (Kolen & Brennan 2014); two scales are laid over each
other by the mean difference of the anchors.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from builder.analysis.fit import expected_score
from builder.analysis.rasch import Calibration
from builder.analysis.symmetric import Floats

# An anchor that moved more than this, and more than chance would, is told.
DRIFT, DRIFT_Z = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class Equated:
    """The old cesuur, its ability on the scale, and what it is on the new form (as computed, and whole)."""

    old: str
    new: str
    old_cut: int
    ability: float
    exact: float
    se: float | None
    cesuur: int
    anchors: tuple[str, ...]
    drifted: tuple[tuple[str, float], ...] = ()
    exact_without_drifted: float | None = None


def binary(b: float) -> Floats:
    """Return the log weights of a 0/1 question with this difficulty."""
    return np.array([0.0, -b])


def true_score(items: Sequence[Floats], ability: float) -> float:
    """Return the expected total at this ability."""
    return _expected(_together(items), ability)


def _together(items: Sequence[Floats]) -> Floats:
    """Return the log weights as one table of questions × scores; a score that a question does not have weighs 0."""
    table = np.full((len(items), max(map(len, items), default=1)), -np.inf)
    for place, item in enumerate(items):
        table[place, : len(item)] = item
    return table


def _expected(table: Floats, ability: float) -> float:
    scores = np.arange(table.shape[1])
    weights = table + scores * ability
    weights = np.exp(weights - weights.max(axis=1, keepdims=True))
    return float(((weights @ scores) / weights.sum(axis=1)).sum())


def ability_at(items: Sequence[Floats], total: float) -> float:
    """Return the ability with this expected total. Raises ValueError for the lowest and highest total."""
    most = sum(len(item) - 1 for item in items)
    if not 0 < total < most:
        raise ValueError("a total without an ability")
    table = _together(items)
    low, high = -1.0, 1.0
    while _expected(table, low) > total:
        low *= 2
    while _expected(table, high) < total:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _expected(table, middle) < total else (low, middle)
    return (low + high) / 2


def error_at(items: Sequence[Floats], ability: float) -> float:
    """Return the standard error of an ability estimated from one total."""
    information = 0.0
    for item in items:
        scores = np.arange(len(item))
        weights = np.exp(item + scores * ability - (item + scores * ability).max())
        weights /= weights.sum()
        mean = float((scores * weights).sum())
        information += float((scores**2 * weights).sum()) - mean**2
    return 1 / math.sqrt(information) if information > 0 else math.inf


def together(
    calibration: Calibration, old: str, new: str, forms: Mapping[str, Sequence[str]], cut: int
) -> Equated:
    """Equate two forms that were calibrated together; `forms` holds the question ids per form.

    Raises ValueError with a Dutch sentence when a question has no difficulty or the cesuur is an end point.
    """
    missing = sorted({item for name in (old, new) for item in forms[name]} - set(calibration.log_weights))
    if missing:
        raise ValueError(f"Van {', '.join(missing)} is geen moeilijkheid bekend.")
    if any(calibration.data.lowest):
        raise ValueError("Bij een vraag haalde niemand 0 punten. Dan is de schaal van de score niet bekend.")
    anchors = tuple(item for item in forms[new] if item in set(forms[old]))
    if not anchors:
        raise ValueError(f"{old} en {new} hebben geen vraag gemeen.")

    ability = _ability([calibration.log_weights[item] for item in forms[old]], cut)
    value = true_score([calibration.log_weights[item] for item in forms[new]], ability)
    se = _error(calibration, forms[old], forms[new], ability)
    return Equated(old, new, cut, ability, value, se, _whole(value), anchors)


def _ability(items: Sequence[Floats], cut: int) -> float:
    try:
        return ability_at(items, cut)
    except ValueError:
        raise ValueError(
            f"Cesuur {cut} is de laagste of hoogste score. Dan valt er niets te vergelijken."
        ) from None


def _error(calibration: Calibration, old: Sequence[str], new: Sequence[str], ability: float) -> float | None:
    """Return the error of the equated cesuur by the delta method, for questions of one point.

    With the old total held fixed, a difficulty moves the new total through its own question and through the ability.
    """
    if any(len(found.steps) > 1 for found in calibration.difficulties):
        return None
    spread = {
        item: (chance := expected_score(weights, ability)) * (1 - chance)
        for item, weights in calibration.log_weights.items()
    }
    ratio = sum(spread[item] for item in new) / sum(spread[item] for item in old)
    gradient = np.array(
        [
            spread[found.id] * (ratio * (found.id in set(old)) - (found.id in set(new)))
            for found in calibration.difficulties
        ]
    )
    return float(np.sqrt(max(0.0, float(gradient @ calibration.covariance @ gradient))))


def through_anchors(
    old: str,
    new: str,
    old_items: Mapping[str, tuple[float, float]],
    new_items: Mapping[str, tuple[float, float]],
    cut: int,
) -> Equated:
    """Equate with difficulties (b, se) of an earlier analysis: both forms whole, 0/1 questions.

    Raises ValueError with a Dutch sentence when there is no anchor or the cesuur is an end point.
    """
    anchors = sorted(set(old_items) & set(new_items))
    if not anchors:
        raise ValueError(f"{old} en {new} hebben geen vraag gemeen.")
    differences = {item: old_items[item][0] - new_items[item][0] for item in anchors}
    errors = {item: math.hypot(old_items[item][1], new_items[item][1]) for item in anchors}
    shift = sum(differences.values()) / len(anchors)
    drifted = tuple(
        (item, differences[item] - shift)
        for item in anchors
        if len(anchors) > 2
        and abs(differences[item] - shift) > DRIFT
        and abs(differences[item] - shift) > DRIFT_Z * errors[item]
    )

    ability = _ability([binary(b) for b, _ in old_items.values()], cut)

    def exact(moved: float) -> float:
        return true_score([binary(b + moved) for b, _ in new_items.values()], ability)

    value = exact(shift)
    shift_error = math.sqrt(sum(error**2 for error in errors.values())) / len(anchors)
    se = abs(exact(shift + shift_error) - exact(shift - shift_error)) / 2
    kept = [item for item in anchors if item not in {name for name, _ in drifted}]
    without = None
    if drifted and kept:
        without = exact(sum(differences[item] for item in kept) / len(kept))
    return Equated(old, new, cut, ability, value, se, _whole(value), tuple(anchors), drifted, without)


def _whole(value: float) -> int:
    """Return the lowest whole total that is worth the old cesuur: the nearest one."""
    return math.floor(value + 0.5)
