"""Numbers and names as a teacher reads them: a decimal comma, percentages, signs that say what they are.

In: numbers. Out: Dutch text. It decides nothing.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

NOTHING = "n.v.t."
# From these alphas on a test may be said to measure roughly, fairly, well enough.
_STEPS = (0.5, 0.7, 0.8)
_MEANS = (
    "De toets meet bijna niets met zekerheid. Gebruik de scores niet om te beslissen.",
    "De toets meet grof. Gebruik haar om te oefenen.",
    "De toets meet redelijk. Beslis niet op dit cijfer alleen.",
    "De toets meet betrouwbaar genoeg voor een beslissing.",
)


def number(value: float | None, places: int = 2) -> str:
    """Return a number with a decimal comma; what cannot be known is `n.v.t.`."""
    if value is None or not isfinite(value):
        return NOTHING
    shown = f"{_rounded(value, places):f}"
    if float(shown) == 0:
        shown = shown.lstrip("-")
    return shown.replace("-", "\N{MINUS SIGN}").replace(".", ",")


def percent(share: float | None) -> str:
    """Return a share as a whole percentage; what is small but not nothing never reads 0%."""
    if share is None:
        return NOTHING
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 < share < 1:
        return ">99%"
    return f"{_rounded(share, 2) * 100:.0f}%"


def interval(pair: tuple[float, float] | None, places: int = 2) -> str:
    """Return an interval as `0,21 tot 0,45`."""
    return NOTHING if pair is None else f"{number(pair[0], places)} tot {number(pair[1], places)}"


def _rounded(value: float, places: int) -> Decimal:
    """Return a number rounded as people do: what is written as 11,35 becomes 11,4."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def count(value: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{value} {one if value == 1 else many}"


def reliability(
    alpha: float | None, sure: tuple[float, float] | None, items: int, persons: int, few: int
) -> str:
    """Return in words what an alpha means, and how sure that is. `sure`: its interval of 95%."""
    if alpha is None:
        return "Alfa kan hier niet berekend worden: er is te weinig spreiding."
    place = _place(alpha)
    low, high = (place, place) if sure is None else map(_place, sure)
    if persons < few:
        said = f"Met {count(persons, 'persoon', 'personen')} is niet te zeggen hoe betrouwbaar de toets meet."
    elif low < place == len(_MEANS) - 1:
        said = "De toets lijkt betrouwbaar, maar zeker is dat niet. Beslis niet op dit cijfer alleen."
    else:
        said = _MEANS[place]
    shown = f" Alfa is {number(alpha)}"
    if sure is not None and sure[1] - sure[0] <= 1:
        shown += f", en ligt zeer waarschijnlijk tussen {number(sure[0])} en {number(sure[1])}"
    said += f"{shown}."
    if persons >= few and low < place < len(_MEANS) - 1:
        said += " De toets kan dus ook minder goed meten."
    elif persons >= few and high > place:
        said += " De toets kan dus ook beter meten."
    if items < 30 and alpha < _STEPS[-1]:
        said += " Een langere toets meet vaak beter."
    return said


def _place(alpha: float) -> int:
    return sum(alpha >= step for step in _STEPS)
