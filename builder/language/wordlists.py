"""The word lists of the language check, and which words of a text are known.

In: the data files beside this module and the words that the caller adds. Out: a set of known forms and a
table of formal words. Both lists are our own work, made for this project.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_CONSONANTS = frozenset("bcdfgklmnprstvz")
_VOWELS = frozenset("aeou")
_VOICED = {"f": "v", "s": "z"}


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith(("#", "["))]


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text between spaces."""
    return frozenset(words.split())


@cache
def word_file(name: str) -> frozenset[str]:
    """Return the words of a data file."""
    return word_set(" ".join(_lines(name)))


@cache
def domain_words() -> frozenset[str]:
    """Return the words that a KNM author cannot avoid, in lower case, as they stand in the data file."""
    return word_file("domain-words.txt")


@cache
def formal_words() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return, by first word, the formal words or phrases and the plain word for each; longest phrase first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in _lines("formal-words.txt"):
        phrase, plain = (part.strip() for part in line.split("="))
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, plain))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Known:
    """Known words in lower case: `counted` ones weigh at most 6 letters, `forms` are never pointed at."""

    counted: frozenset[str]
    forms: frozenset[str]


@lru_cache(maxsize=64)
def known(known_words: frozenset[str] = frozenset()) -> Known:
    """Return the domain words together with `known_words` (words or phrases, as an author writes them).

    For the estimate a domain word counts only as it stands in the list (so were the parameters fitted), and
    a word of the caller in all its forms. For pointing, every form of both is known.
    """
    words = {word for entry in known_words for word in _WORD.findall(entry.lower().replace("’", "'"))}
    domain = domain_words()
    given = frozenset(form for word in words - domain for form in _forms(word))
    return Known(domain | given, given.union(*map(_forms, domain)))


def _forms(word: str) -> set[str]:
    # The regular plurals and the -e of an adjective. Too many forms do no harm: nobody writes them.
    if len(word) < 4:
        return {word}
    forms = {word} | {word + ending for ending in ("s", "'s", "n", "en", "e")}
    last = word[-1]
    if last in _CONSONANTS:
        if word[-2] in _VOWELS and word[-2] == word[-3]:
            stem = word[:-2]  # school, scholen
            forms |= {stem + last + "en", stem + _VOICED.get(last, last) + "en"}
        elif word[-2] in "aeiou":
            forms |= {word + last + "en", word + last + "e"}  # proefles, proeflessen
        if last in _VOICED:
            forms.add(word[:-1] + _VOICED[last] + "en")  # brief, brieven; prijs, prijzen
    if word.endswith("heid"):
        forms.add(word[:-4] + "heden")
    return forms
