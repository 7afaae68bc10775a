"""The Dutch citizen service number (BSN): whether nine digits could be one. It keeps and tells nothing."""

from __future__ import annotations

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn(number: str) -> bool:
    """Tell whether nine digits pass the eleven test: 9a + 8b + … + 2h - i can be divided by 11."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True))
    return total % 11 == 0 and number != "000000000"
