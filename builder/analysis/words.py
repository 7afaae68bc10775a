"""Numbers and names as a teacher reads them: a decimal comma, percentages, signs that say what they are.

In: numbers. Out: Dutch text. It decides nothing.
"""

from __future__ import annotations

NOTHING = "n.v.t."


def number(value: float | None, places: int = 2) -> str:
    """Return a number with a decimal comma; what cannot be known is `n.v.t.`."""
    if value is None:
        return NOTHING
    shown = f"{value:.{places}f}"
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
    return f"{round(share * 100)}%"


def interval(pair: tuple[float, float] | None, places: int = 2) -> str:
    """Return an interval as `0,21 tot 0,45`."""
    return NOTHING if pair is None else f"{number(pair[0], places)} tot {number(pair[1], places)}"


def count(value: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{value} {one if value == 1 else many}"


def reliability(alpha: float | None, items: int) -> str:
    """Return in words what an alpha means."""
    if alpha is None:
        return "Alfa kan hier niet berekend worden: er is te weinig spreiding."
    if alpha >= 0.8:
        said = "De toets meet betrouwbaar genoeg voor een beslissing."
    elif alpha >= 0.7:
        said = "De toets meet redelijk. Beslis niet op dit cijfer alleen."
    elif alpha >= 0.5:
        said = "De toets meet grof. Gebruik haar om te oefenen."
    else:
        said = "De toets meet bijna niets met zekerheid. Gebruik de scores niet om te beslissen."
    if items < 30 and alpha < 0.8:
        said += " Een langere toets meet vaak beter."
    return said
