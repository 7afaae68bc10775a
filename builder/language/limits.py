"""What is normal at each level: the limits that the findings keep to.

Percentiles of official exam texts at A2 and B1 and of author-made texts at A1 (our own counts). A hint
stands at about the 95th percentile, a warning at the 99th or above. The long-word limits of A1 and B1 and
the two passives in a row are chosen, not measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a finding weighs. Nothing here blocks: it is advice."""

    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits for one level; lengths in words or letters, `zipf` as in `rarity`, `median` a text at this level."""

    level: str
    sentence_hint: int  # more words than this
    item_hint: int  # the same, in the stem or an option of an item
    sentence_warning: int
    openers: int  # so many subordinate clauses in one sentence
    passives_in_a_row: int
    form: Weight  # of a passive and of a formal word
    zipf: float  # rarer than this
    letters: int  # so many letters or more
    median: tuple[tuple[str, float], ...]  # features of the median text


_A1 = Limits(
    "A1", 10, 10, 13, 1, 1, Weight.WARNING, 4.0, 12, (("wasl", 5.8), ("sub", 0), ("pas", 0), ("wlen", 4.0))
)
_A2 = Limits(
    "A2", 15, 13, 19, 2, 1, Weight.WARNING, 3.5, 14, (("wasl", 9.5), ("sub", 0.23), ("pas", 0), ("wlen", 4.5))
)
_B1 = Limits(
    "B1",
    25,
    25,
    35,
    3,
    2,
    Weight.HINT,
    3.0,
    16,
    (("wasl", 16.3), ("sub", 0.37), ("pas", 0.07), ("wlen", 5.2)),
)
# alfa keeps to the limits of A1; above B1 we have no texts, so B2 keeps to those of B1.
LIMITS = {"alfa": _A1, "A1": _A1, "A2": _A2, "B1": _B1, "B2": _B1}
USUAL = "A2"  # the level of the exam: what counts when none is given


def limits_for(level: str | None) -> Limits:
    """Return the limits for a declared level (alfa, A1, A2, B1, B2), or for A2 when there is none."""
    try:
        return LIMITS[level or USUAL]
    except KeyError:
        raise ValueError(f"unknown level {level!r}") from None
