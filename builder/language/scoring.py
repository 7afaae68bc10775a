"""The estimate: four features, one score, a probability for each level.

In: a reading. Out: an `Estimate`. The four features and their parameters are our own: a proportional-odds
fit on Dutch exam-reading texts (A2, B1) and author-made texts (A1). It measures form, not content, and does
not tell B2 from B1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from builder.language.reading import Reading

Level = Literal["A1", "A2", "B1"]
LEVELS: tuple[Level, ...] = ("A1", "A2", "B1")
# What a level is called; the highest verdict does not tell B1 from what is above it.
LABELS: dict[Level, str] = {"A1": "A1", "A2": "A2", "B1": "B1 of moeilijker"}
MINIMUM_WORDS = 15  # below it there is no estimate

# name, mean, sd, weight of the standardised feature
_FEATURES = (
    ("wasl", 13.28981, 5.14935, 1.9580),
    ("sub", 0.35358, 0.44011, 0.9436),
    ("pas", 0.04439, 0.12179, 0.3587),
    ("wlen", 4.83980, 0.59478, 1.0438),
)
_POINTS = {name: weight / sd for name, _, sd, weight in _FEATURES}
_MIDDLE = sum(weight * mean / sd for _, mean, sd, weight in _FEATURES)
CUTS = (_MIDDLE - 3.5238, _MIDDLE - 0.1560)  # A1 | A2 at 10.91, A2 | B1 at 14.28
# Steepness of the probability by number of words: the fewer words, the less sure.
_STEEPNESS = ((20, 0.85), (37, 0.95), (75, 1.3), (150, 1.2))
_STEEPEST = 1.6


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the score: name, value of the feature (in its own unit) and points that it adds."""

    name: str
    value: float
    points: float


@dataclass(frozen=True, slots=True)
class Probabilities:
    """The probability of each level; together 1."""

    a1: float
    a2: float
    b1: float

    def above(self, level: Level) -> float:
        """Return the probability that the text is harder than this level."""
        return {"A1": self.a2 + self.b1, "A2": self.b1, "B1": 0.0}[level]

    def of(self, level: Level) -> float:
        """Return the probability of this level."""
        return {"A1": self.a1, "A2": self.a2, "B1": self.b1}[level]


@dataclass(frozen=True, slots=True)
class Estimate:
    """How hard a text is. Level and probabilities are None below 15 words; the score is None without words."""

    level: Level | None
    score: float | None
    probabilities: Probabilities | None
    words: int
    terms: tuple[Term, ...]

    @property
    def label(self) -> str | None:
        """The level as it is shown: A1, A2 or "B1 of moeilijker"."""
        return LABELS[self.level] if self.level else None


def score(reading: Reading) -> Estimate:
    """Return the estimate for a reading."""
    words = reading.words
    if not words:
        return Estimate(None, None, None, 0, ())
    terms = tuple(Term(name, value, _POINTS[name] * value) for name, value in _values(reading, words))
    total = sum(term.points for term in terms)
    if words < MINIMUM_WORDS:
        return Estimate(None, total, None, words, terms)
    level: Level = "A1" if total < CUTS[0] else "A2" if total < CUTS[1] else "B1"
    steepness = next((value for most, value in _STEEPNESS if words <= most), _STEEPEST)
    a2_up, b1_up = (_logistic(steepness * (total - cut)) for cut in CUTS)
    return Estimate(level, total, Probabilities(1 - a2_up, a2_up - b1_up, b1_up), words, terms)


def _values(reading: Reading, words: int) -> tuple[tuple[str, float], ...]:
    judged = reading.judged()
    lengths = [len(sentence.words) for sentence in judged]
    letters = sum(word.counted for sentence in reading.sentences for word in sentence.words)
    return (
        ("wasl", sum(length * length for length in lengths) / sum(lengths)),
        ("sub", sum(len(sentence.openers) for sentence in judged) / len(judged)),
        ("pas", sum(sentence.passive is not None for sentence in judged) / len(judged)),
        ("wlen", letters / words),
    )


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))
