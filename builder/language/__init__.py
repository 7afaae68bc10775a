"""How hard a Dutch text is, and where: a level estimate that explains itself.

In: a text (plain, HTML or Markdown), the level that it declares, and the words that its reader knows. Out: an
estimate (A1, A2, "B1 of moeilijker"), findings with their place in the text and one repair each, and a
verdict for the author. Everything is a pure function. It knows no item, lesson or page.

The parts of an item are judged together: join them with `together`, and use its offsets or ask `findings`
for each part by itself with `item=True`. A toets or a lesson is judged as a set in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable

from builder.language.findings import KINDS, Finding, find
from builder.language.judgement import Judgement, Reason, Verdict, as_json, verdict_of, weigh
from builder.language.limits import LIMITS, Limits, Weight, limits_for
from builder.language.rarity import Zipf, installed_zipf, zipf_from
from builder.language.reading import Reading, Sentence, Word, read
from builder.language.scoring import LABELS, LEVELS, MINIMUM_WORDS, Estimate, Probabilities, Term, score
from builder.language.wordlists import domain_words

__all__ = [
    "BETWEEN",
    "KINDS",
    "LABELS",
    "LEVELS",
    "LIMITS",
    "MINIMUM_WORDS",
    "Estimate",
    "Finding",
    "Judgement",
    "Limits",
    "Probabilities",
    "Reading",
    "Reason",
    "Sentence",
    "Term",
    "Verdict",
    "Weight",
    "Word",
    "Zipf",
    "as_json",
    "domain_words",
    "estimate",
    "find",
    "findings",
    "installed_zipf",
    "judge",
    "limits_for",
    "read",
    "score",
    "together",
    "verdict_of",
    "weigh",
    "zipf_from",
]

BETWEEN = "\n\n"  # what keeps parts apart in `together`


def estimate(text: str, known_words: frozenset[str] = frozenset()) -> Estimate:
    """Return how hard a text is. `known_words` come on top of the domain words and count at most 6 letters."""
    return score(read(text, known_words))


def findings(
    text: str,
    level: str | None = None,
    known_words: frozenset[str] = frozenset(),
    *,
    zipf: Zipf | None = None,
    item: bool = False,
) -> tuple[Finding, ...]:
    """Return the places that are hard for a level (alfa, A1, A2, B1, B2; A2 when None), in order.

    With `zipf` (see `installed_zipf`) rare words are found too. `item` takes the limit for a stem or an option.
    """
    return find(read(text, known_words), level, zipf, item)


def judge(
    text: str,
    level: str | None = None,
    known_words: frozenset[str] = frozenset(),
    *,
    zipf: Zipf | None = None,
    item: bool = False,
) -> Judgement:
    """Return estimate, verdict, reasons and findings of a text; see `estimate` and `findings`."""
    reading = read(text, known_words)
    return weigh(reading, score(reading), level, find(reading, level, zipf, item))


def together(parts: Iterable[str]) -> str:
    """Return several texts as one, such as a stem and its options: each stays a unit of its own."""
    return BETWEEN.join(part for part in parts if part.strip())
