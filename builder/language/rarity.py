"""How rare a Dutch word is, when the optional package wordfreq is installed.

In: a word in lower case. Out: its Zipf value (the logarithm of its count in a milliard words: 6 is very
common, 3 is rare, 0 is unknown). wordfreq: code Apache-2.0, data CC BY-SA 4.0. Nothing of it is copied here.
The estimate never uses it: rarity only points at words.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Mapping
from functools import cache

Zipf = Callable[[str], float]

_LINKS = ("", "s", "en", "e")  # what Dutch puts between the halves of a compound
_COMMON = 4.0
_COMPOUND_COST = 0.9


@cache
def installed_zipf() -> Zipf | None:
    """Return the Zipf value of words from wordfreq, or None when that package is not installed."""
    try:
        wordfreq = importlib.import_module("wordfreq")
    except ImportError:
        return None
    return zipf_from(wordfreq.get_frequency_dict("nl"))


def zipf_from(frequencies: Mapping[str, float]) -> Zipf:
    """Return a function from word to Zipf value for a table of frequencies (parts of 1)."""

    def plain(word: str) -> float:
        frequency = frequencies.get(word, 0.0)
        return max(math.log10(frequency) + 9, 0.0) if frequency > 0 else 0.0

    def zipf(word: str) -> float:
        parts = [plain(part) for part in word.replace("'", "-").split("-") if part]
        return max(plain(word), min(parts, default=0.0), _compound(word, plain))

    return zipf


def _compound(word: str, plain: Zipf) -> float:
    """Return the value by the rarer of two common halves, or 0 when there are none."""
    best = 0.0
    for place in range(3, min(len(word), 40) - 2):
        tail = plain(word[place:])
        if tail <= _COMMON:
            continue
        head = word[:place]
        for link in _LINKS:
            stem = head.removesuffix(link) if link else head
            if link and (stem == head or len(stem) < 3):
                continue
            value = plain(stem)
            if value > _COMMON:
                best = max(best, min(value, tail) - _COMPOUND_COST)
    return best
