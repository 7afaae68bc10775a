"""The verdict for an author: is this text harder than the level that it declares, and why.

In: an estimate, a declared level and the findings. Out: a `Judgement` with a line in plain Dutch and the
reasons. When to warn follows the number of words: the fewer, the surer it must be (measured on official
texts: under 2% false warnings at each length).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from builder.language.findings import Finding
from builder.language.limits import limits_for
from builder.language.reading import Reading
from builder.language.scoring import LABELS, LEVELS, Estimate, Level

# words at most, probability of a warning, probability of a hint
_POLICY = ((40, 0.8, 0.6), (100, 0.7, 0.5))
_LONGEST = 0.5
_NAMES = {"wasl": "lange zinnen", "sub": "bijzinnen", "pas": "lijdende vorm", "wlen": "lange woorden"}
_SHOWN = 5  # places at most for one reason
_LEAST = 0.05  # points that are worth a reason


class Verdict(StrEnum):
    """What the check says of a text as a whole."""

    HARDER = "harder"  # warn
    PERHAPS = "perhaps-harder"  # hint
    FITS = "fits"
    TOO_SHORT = "too-short"
    NONE = "none"  # no level to compare with, or one above what the estimate knows


@dataclass(frozen=True, slots=True)
class Reason:
    """What makes a text harder than the median text of its level: points of the score, and where it shows."""

    term: str
    text: str
    points: float
    places: tuple[tuple[int, int], ...]

    @property
    def name(self) -> str:
        """What it is, without the number."""
        return _NAMES[self.term]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The whole answer about a text. `level` is the declared one; `line` says it in Dutch."""

    estimate: Estimate
    level: str | None
    verdict: Verdict
    line: str
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]


def weigh(
    reading: Reading, estimate: Estimate, level: str | None, findings: tuple[Finding, ...]
) -> Judgement:
    """Return the judgement of a reading against its declared level."""
    verdict = verdict_of(estimate, level)
    return Judgement(
        estimate,
        level,
        verdict,
        _line(estimate, level, verdict),
        _reasons(reading, estimate, level),
        findings,
    )


def verdict_of(estimate: Estimate, level: str | None) -> Verdict:
    """Return the verdict on an estimate for a declared level (alfa is compared as A1)."""
    limits_for(level)
    if estimate.probabilities is None:
        return Verdict.TOO_SHORT
    compared = _compared(level)
    if compared is None:
        return Verdict.NONE
    harder = estimate.probabilities.above(compared)
    warn, hint = next(
        ((warn, hint) for most, warn, hint in _POLICY if estimate.words <= most), (_LONGEST, _LONGEST)
    )
    return Verdict.HARDER if harder >= warn else Verdict.PERHAPS if harder >= hint else Verdict.FITS


def _compared(level: str | None) -> Level | None:
    wanted = "A1" if level == "alfa" else level
    return next((known for known in LEVELS if known == wanted), None)


def _line(estimate: Estimate, level: str | None, verdict: Verdict) -> str:
    if not estimate.words:
        return "Hier staan geen woorden die we kunnen lezen. We schatten geen niveau."
    count = f"{estimate.words} woorden" if estimate.words != 1 else "1 woord"
    if estimate.probabilities is None or estimate.level is None:
        return f"Deze tekst heeft {count}: te kort voor een oordeel over het niveau."
    declared = f"Opgegeven niveau: {level}. " if level else ""
    read = f"We lazen {count}."
    compared = _compared(level)
    if compared and verdict in (Verdict.HARDER, Verdict.PERHAPS):
        chance = estimate.probabilities.above(compared)
        how = f"is {_sure(chance, compared)}" if verdict is Verdict.HARDER else "lijkt"
        says = f"Deze tekst {how} moeilijker dan {compared} ({_percent(chance)})."
        return f"{declared}{says} De vorm past bij {_form(max(estimate.level, _next(compared)))}. {read}"
    if level == "B2":
        return f"{declared}We schatten geen niveau boven B1. Kijk naar de plaatsen in de tekst. {read}"
    chance = estimate.probabilities.of(estimate.level)
    says = f"De vorm past {_sure(chance, estimate.level)} bij {_form(estimate.level)} ({_percent(chance)})."
    if compared and LEVELS.index(estimate.level) > LEVELS.index(compared):
        says += " Dat is te onzeker voor een waarschuwing."
    return f"{declared}{says} {read}"


def _form(level: str) -> str:
    return "B1 of moeilijker" if level == "B1" else level


def _next(level: Level) -> Level:
    return "A2" if level == "A1" else "B1"


def _sure(chance: float, level: Level) -> str:
    # A1 against A2 is soft: never more than "waarschijnlijk".
    if chance >= 0.9 and level != "A1":
        return "zeer waarschijnlijk"
    return "waarschijnlijk" if chance >= 0.7 else "misschien"


def _percent(chance: float) -> str:
    return f"{min(max(round(100 * chance), 1), 99)}%"  # never sure


def _reasons(reading: Reading, estimate: Estimate, level: str | None) -> tuple[Reason, ...]:
    median = dict(limits_for(level).median)
    reasons = []
    for term in estimate.terms:
        usual = median[term.name]
        extra = term.points * (1 - usual / term.value) if term.value else 0.0
        if extra >= _LEAST:
            shown = f"{extra:.1f}".replace(".", ",")
            places = _places(reading, term.name, usual)
            reasons.append(Reason(term.name, f"{_NAMES[term.name]} +{shown}", extra, places))
    return tuple(sorted(reasons, key=lambda reason: -reason.points))


def _places(reading: Reading, term: str, usual: float) -> tuple[tuple[int, int], ...]:
    """Return where a term shows most, at most five places, in the order of the text."""
    found: list[tuple[int, int, int]] = []  # (-size, start, end)
    for sentence in reading.judged():
        words = sentence.words
        if term == "wasl" and len(words) > usual:
            found.append((-len(words), sentence.start, sentence.end))
        elif term == "wlen":
            found += [(-word.counted, word.start, word.end) for word in words if word.counted > max(usual, 8)]
        elif term == "sub":
            found += [(0, words[index].start, words[index].end) for index in sentence.openers]
        elif term == "pas" and sentence.passive:
            first, last = sorted(sentence.passive)
            found.append((0, words[first].start, words[last].end))
    return tuple(sorted((start, end) for _, start, end in sorted(found)[:_SHOWN]))


def as_json(judgement: Judgement) -> dict[str, Any]:
    """Return a judgement as data for JSON: level, score, probabilities, words, terms and findings."""
    estimate = judgement.estimate
    probabilities: Mapping[str, float] | None = None
    if estimate.probabilities is not None:
        probabilities = {LABELS[level]: round(estimate.probabilities.of(level), 4) for level in LEVELS}
    return {
        "level": estimate.label,
        "score": None if estimate.score is None else round(estimate.score, 3),
        "probabilities": probabilities,
        "words": estimate.words,
        "terms": {
            term.name: {"value": round(term.value, 4), "points": round(term.points, 3)}
            for term in estimate.terms
        },
        "findings": [
            {
                "start": finding.start,
                "end": finding.end,
                "kind": finding.kind,
                "message": finding.message,
                "suggestion": finding.suggestion,
            }
            for finding in judgement.findings
        ],
    }
