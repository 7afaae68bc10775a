"""Reads a text: its sentences and words, with their places in the original.

In: text and the known words. Out: a `Reading`, with for each word whether it is known, a name or quoted,
and for each sentence what `clauses` finds in it. It judges nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from builder.language.clauses import openers, passive
from builder.language.layout import sentence_spans
from builder.language.markup import Plain, plain
from builder.language.names import find_names
from builder.language.wordlists import Known, known

_LETTER = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_WORD = re.compile(rf"[{_LETTER}]+(?:['’\-][{_LETTER}]+)*")
_QUOTES = re.compile(
    r"“[^”\n]{1,400}”|„[^”“\n]{1,400}[”“]|«[^»\n]{1,400}»|\"[^\"\n]{1,400}\""
    r"|‘[^’\n]{1,400}’(?!\w)|(?<![\w'])'(?![stnkm]\b)[^'\n]{1,400}'(?!\w)"
)
_TERM_WORDS = 5  # a quotation of at most so many words, without a full stop, is a term


class Word(NamedTuple):
    """A word and its place (characters in the original text). `counted` is its length in letters for the estimate.

    No dataclass, as elsewhere: a text has many words, and a tuple is made four times as fast.
    """

    start: int
    end: int
    text: str
    lower: str
    counted: int
    known: bool
    name: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the original text, its words (at least one), and what `clauses` finds in them."""

    start: int
    end: int
    words: tuple[Word, ...]
    openers: tuple[int, ...]
    passive: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as sentences of words. `text` is the original."""

    text: str
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """Number of words."""
        return sum(len(sentence.words) for sentence in self.sentences)

    def judged(self) -> tuple[Sentence, ...]:
        """Return the sentences of three words and more, or all when there are none (labels and headings)."""
        return tuple(s for s in self.sentences if len(s.words) >= 3) or self.sentences


def read(text: str, known_words: frozenset[str] = frozenset()) -> Reading:
    """Return the sentences and words of a text; `known_words` come on top of the domain words."""
    source = plain(text)
    spans = sentence_spans(source.text)
    found = [(end, list(_WORD.finditer(source.text, start, end))) for start, end in spans]
    found = [row for row in found if row[1]]
    names, likely = find_names(source.text, [words for _, words in found])
    marker = _Marker(source, known(known_words), names, likely)
    return Reading(text, tuple(marker.sentence(words, end) for end, words in found))


class _Marker:
    """Turns matches into words, from the first to the last (it walks along the quotations)."""

    def __init__(
        self, source: Plain, known_words: Known, names: frozenset[int], likely: frozenset[int]
    ) -> None:
        marked = [(*match.span(), _is_term(match[0])) for match in _QUOTES.finditer(source.text)]
        marked += [(start, end, False) for start, end in source.quoted]
        self.source, self.known, self.names, self.likely = source, known_words, names, likely
        self.quotes = sorted(marked, reverse=True)
        self.open: list[tuple[int, int, bool]] = []
        self.moved = bool(source.anchors)

    def sentence(self, matches: list[re.Match[str]], end: int) -> Sentence:
        words = tuple([self.word(match) for match in matches])
        lower = [word.lower for word in words]
        return Sentence(words[0].start, self.source.original(end), words, openers(lower), passive(lower))

    def word(self, match: re.Match[str]) -> Word:
        start, end = match.span()
        if self.quotes and self.quotes[-1][0] <= start:
            self.open.append(self.quotes.pop())
            while self.quotes and self.quotes[-1][0] <= start:
                self.open.append(self.quotes.pop())
        if self.open:
            self.open = [quote for quote in self.open if quote[1] >= end]
        text = match[0]
        lower = text.lower()
        if "’" in lower:
            lower = lower.replace("’", "'")
        is_name = start in self.names
        length = end - start
        if length > 6 and (
            is_name or lower in self.known.counted or (self.open and any(quote[2] for quote in self.open))
        ):
            length = 6
        is_name = is_name or start in self.likely  # a likely name counts in full
        if self.moved:
            start, end = self.source.original(start), self.source.original(end)
        return Word(start, end, text, lower, length, lower in self.known.forms, is_name, bool(self.open))


def _is_term(quotation: str) -> bool:
    return not re.search(r"[.!?…]", quotation) and len(quotation.split()) <= _TERM_WORDS
