"""Points at what makes a text hard: the very words, the limit that they pass, and one repair.

In: a reading, a level and (when there is one) a function for the rarity of words. Out: findings in the
order of the text. What stands between quotation marks or in a block quote is never pointed at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.language.clauses import opens_surely
from builder.language.limits import Limits, Weight, limits_for
from builder.language.rarity import Zipf
from builder.language.reading import Reading, Sentence, Word
from builder.language.repairs import cut, long_word, make_active, simpler_clause, use_a_verb
from builder.language.vocabulary import formal, nominalisations
from builder.language.wordlists import formal_words

KINDS = (
    "long-sentence",
    "subordinate-clauses",
    "passive",
    "formal-word",
    "noun-style",
    "long-word",
    "rare-word",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place: characters `start` to `end` in the text, its kind, what is the matter and how to mend it (Dutch)."""

    start: int
    end: int
    kind: str
    message: str
    suggestion: str
    weight: Weight = Weight.HINT


def find(
    reading: Reading, level: str | None = None, zipf: Zipf | None = None, item: bool = False
) -> tuple[Finding, ...]:
    """Return the findings at the limits of a level, sorted by place. `item`: the text is a stem or an option."""
    limits = limits_for(level)
    found = [*_sentences(reading, limits, item), *_words(reading, limits, zipf)]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, KINDS.index(finding.kind))))


def _sentences(reading: Reading, limits: Limits, item: bool) -> Iterator[Finding]:
    in_a_row = 0
    for sentence in reading.sentences:
        opened = _pointable(sentence)
        yield from _length(reading.text, sentence, opened, limits, item)
        if len(opened) >= limits.openers:
            yield _clauses(sentence, opened, limits)
        pair = sentence.passive
        if pair is None or any(sentence.words[index].quoted for index in pair):
            in_a_row = 0
        else:
            in_a_row += 1
            if in_a_row >= limits.passives_in_a_row:
                yield _passive(sentence, pair, limits)
        nouns = nominalisations(sentence.words)
        if len(nouns) >= 2:
            shown = " en ".join(f'"{word.text}"' for word in nouns[:2])
            yield Finding(
                nouns[0].start,
                nouns[-1].end,
                "noun-style",
                f"In deze zin staan {len(nouns)} lange naamwoorden, zoals {shown}.",
                use_a_verb(nouns),
            )


def _pointable(sentence: Sentence) -> list[int]:
    words = sentence.words
    return [
        index
        for index in sentence.openers
        if not words[index].quoted
        and opens_surely(words[index].lower, words[index - 1].lower if index else "")
    ]


def _length(
    text: str, sentence: Sentence, opened: list[int], limits: Limits, item: bool
) -> Iterator[Finding]:
    count = sum(not word.quoted for word in sentence.words)
    hint = limits.item_hint if item else limits.sentence_hint
    if count <= hint:
        return
    beside = "" if count == len(sentence.words) else " buiten het citaat"
    weight, why = Weight.HINT, f"Voor {limits.level} is {hint} al lang"
    if count > limits.sentence_warning:
        weight, why = Weight.WARNING, f"{why}, en meer dan {limits.sentence_warning} te lang"
    yield Finding(
        sentence.start,
        sentence.end,
        "long-sentence",
        f"Deze zin heeft {count} woorden{beside}. {why}.",
        cut(sentence, opened, text),
        weight,
    )


def _clauses(sentence: Sentence, opened: list[int], limits: Limits) -> Finding:
    shown = [f'"{sentence.words[index].lower}"' for index in opened[:3]]
    if len(opened) == 1:
        message = (
            f"Met {shown[0]} begint een bijzin. Voor {limits.level} is een zin zonder bijzin makkelijker."
        )
    else:
        names = ", ".join(shown) if len(opened) > 3 else ", ".join(shown[:-1]) + f" en {shown[-1]}"
        dots = " …" if len(opened) > 3 else ""
        message = (
            f"Deze zin heeft {len(opened)} bijzinnen: na {names}{dots}. Dat is voor {limits.level} veel."
        )
    return Finding(
        sentence.words[opened[0]].start,
        sentence.words[opened[-1]].end,
        "subordinate-clauses",
        message,
        simpler_clause(sentence, opened[-1]),
    )


def _passive(sentence: Sentence, pair: tuple[int, int], limits: Limits) -> Finding:
    auxiliary, participle = (sentence.words[index] for index in pair)
    shown = f'"{auxiliary.lower} … {participle.lower}"'
    if abs(pair[0] - pair[1]) == 1:
        shown = f'"{" ".join(sentence.words[index].lower for index in sorted(pair))}"'
    row = (
        "Weer een lijdende vorm, net als in de zin ervoor"
        if limits.passives_in_a_row > 1
        else "Lijdende vorm"
    )
    return Finding(
        min(auxiliary.start, participle.start),
        max(auxiliary.end, participle.end),
        "passive",
        f"{row}: {shown}. Je ziet dan minder goed wie iets doet.",
        make_active(sentence, pair),
        limits.form,
    )


def _words(reading: Reading, limits: Limits, zipf: Zipf | None) -> Iterator[Finding]:
    seen: set[str] = set()
    for sentence in reading.sentences:
        skip = -1
        for index, word in enumerate(sentence.words):
            if word.quoted or index < skip:
                continue
            hit = formal(sentence.words, index, reading.text) if word.lower in formal_words() else None
            if hit is not None:
                skip = index + hit.words
                yield Finding(
                    word.start,
                    sentence.words[skip - 1].end,
                    "formal-word",
                    f'"{hit.shown}" is schrijftaal. Voor {limits.level} is dat moeilijk.',
                    hit.repair,
                    limits.form,
                )
            elif len(word.lower) > 3 and not (word.known or word.name or word.lower in seen):
                seen.add(word.lower)
                yield from _hard(word, limits, zipf)


def _hard(word: Word, limits: Limits, zipf: Zipf | None) -> Iterator[Finding]:
    if len(word.lower) >= limits.letters:
        yield Finding(
            word.start,
            word.end,
            "long-word",
            f'Het woord "{word.text}" heeft {len(word.lower)} letters. Voor {limits.level} is {limits.letters} al lang.',
            long_word(word.lower),
        )
    elif zipf is not None and zipf(word.lower) < limits.zipf:
        yield Finding(
            word.start,
            word.end,
            "rare-word",
            f'Het woord "{word.text}" komt weinig voor. Voor {limits.level} is het misschien onbekend.',
            f'Leg "{word.text}" uit, of kies een gewoner woord.',
        )
