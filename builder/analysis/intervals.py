"""How sure a number is: confidence intervals of 95%, and the tail of the chi-square distribution.

In: counts and numbers. Out: numbers. It knows no question. Only the standard library: no table, no scipy.
"""

from __future__ import annotations

import math
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
Interval = tuple[float, float]


def proportion(share: float, number: int) -> Interval | None:
    """Return the interval of a proportion (Wilson 1927), which stays inside 0 to 1."""
    if number < 1:
        return None
    square = Z * Z / number
    middle = (share + square / 2) / (1 + square)
    half = Z * math.sqrt(share * (1 - share) / number + square / (4 * number)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def correlation(value: float | None, number: int) -> Interval | None:
    """Return the interval of a correlation (Fisher 1921: its inverse tangent is about normal)."""
    if value is None or number < 4 or abs(value) >= 1:
        return None
    half = Z / math.sqrt(number - 3)
    return math.tanh(math.atanh(value) - half), math.tanh(math.atanh(value) + half)


def alpha(value: float | None, items: int, number: int) -> Interval | None:
    """Return the interval of coefficient alpha (Bonett 2002: ln(1 - alpha) is about normal)."""
    if value is None or items < 2 or number < 3 or value >= 1:
        return None
    half = Z * math.sqrt(2 * items / ((items - 1) * (number - 2)))
    middle = math.log(1 - value)
    return 1 - math.exp(middle + half), 1 - math.exp(middle - half)


def normal_tail(value: float) -> float:
    """Return P(Z > value) of the standard normal distribution."""
    return 0.5 * math.erfc(value / math.sqrt(2))


def chi_square_tail(value: float, freedom: int) -> float:
    """Return P(X > value) of the chi-square distribution: the upper incomplete gamma function.

    A series for small values, a continued fraction (Lentz) for large ones; about 14 digits.
    """
    if freedom < 1 or value <= 0:
        return 1.0
    if freedom == 1:
        return math.erfc(math.sqrt(value / 2))
    a, x = freedom / 2, value / 2
    factor = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        place = a
        while abs(term) > abs(total) * 1e-16:
            place += 1
            term *= x / place
            total += term
        return max(0.0, 1 - factor * total)
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    fraction = d
    for step in range(1, 10_000):
        weight = -step * (step - a)
        b += 2
        d = 1 / (weight * d + b or tiny)
        c = b + weight / c or tiny
        change = d * c
        fraction *= change
        if abs(change - 1) < 1e-16:
            break
    return factor * fraction
