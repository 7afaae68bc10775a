"""How Dutch says it: counts, lists, days, amounts and sizes, and the word that was probably meant.

In: values. Out: pieces of Dutch sentences. It knows no document and no page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


_NUMBER = re.compile(r"\d+(?:\.\d+)+")


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun: 1 vraag, 2 vragen."""
    return f"{number} {one if number == 1 else many}"


def listed(words: Sequence[str], last: str = "en") -> str:
    """Return words as a list in a sentence: a, b en c."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def dutch_date(value: str) -> str:
    """Return a day such as 2026-05-12 as `12 mei 2026`; anything else as it is."""
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", value)
    if not match or not 1 <= int(match[2]) <= 12:
        return value
    return f"{int(match[3])} {MAANDEN[int(match[2]) - 1]} {match[1]}"


def euro(cents: int) -> str:
    """Return an amount in cents as `€ 1.250,00`."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}€ {whole:,}".replace(",", ".") + f",{rest:02}"


def file_size(count: int) -> str:
    """Return a number of bytes as people read it: `180 kB`, `2,1 MB`."""
    if count < 999_500:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")


def meant(word: str, known: Iterable[str], otherwise: str = "", likeness: float = 0.6) -> str:
    """Return `Bedoelde je …?` about the known word that looks most like this one, or else `otherwise`."""
    near = nearest(word, known, likeness)
    return f"Bedoelde je {near}?" if near else otherwise


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known word that looks most like this one, or an empty text.

    Of numbers as `3.1` the beginning counts: 3.1.1 is nearer than 8.3.1, which has as many signs in common.
    """
    options = list(known)
    if _NUMBER.fullmatch(word):
        parts = word.split(".")
        for size in range(len(parts), 0, -1):
            begun = [option for option in options if option.split(".")[:size] == parts[:size]]
            if begun:
                return (get_close_matches(word, begun, 1, 0) or begun)[0] if size < len(parts) else begun[0]
    near = get_close_matches(word, options, 1, likeness)
    return near[0] if near else ""
