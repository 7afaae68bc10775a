"""Finds the names in a text by their capitals.

In: the text and its words by sentence. Out: the places of the names. No list of names is used.
"""

from __future__ import annotations

import re

from builder.language.wordlists import word_set

_OPENS = frozenset(":;\"'“„‘«([")  # after these a capital is no sign of a name
# Verbs of the third person that do not end in -t, and endings of words that are no names.
_SINGULAR = word_set(
    "is was heeft had kan kon mag mocht wil wilde moest zal zou gaat doet vroeg zei kwam ging werd"
)
_COMMON_ENDINGS = ("isme", "ing", "heid", "schap", "iteit", "atie", "en")


def find_names(text: str, sentences: list[list[re.Match[str]]]) -> tuple[frozenset[int], frozenset[int]]:
    """Return where the names stand, and where a sentence starts with what is likely a name.

    A name has a capital inside a sentence, or is the same word at the start of another. A likely one is the
    subject of a singular verb without an article ("Fatima belt"): never pointed at, but counted in full.
    """
    places: set[int] = set()
    likely: set[int] = set()
    first: list[tuple[str, int]] = []
    inside: set[str] = set()
    for words in sentences:
        shouted = len(words) > 1 and all(word[0].isupper() for word in words)
        for index, word in enumerate(words):
            letters = word[0]
            if not letters[0].isupper() or shouted:
                continue
            if letters.isupper() and len(letters) > 1:
                places.add(word.start())
            elif index == 0 or _OPENS.intersection(text[words[index - 1].end() : word.start()]):
                first.append((letters, word.start()))
                if index + 1 < len(words) and _is_subject(letters, words[index + 1][0]):
                    likely.add(word.start())
            else:
                places.add(word.start())
                inside.add(letters)
    places.update(place for letters, place in first if letters in inside)
    return frozenset(places), frozenset(likely)


def _is_subject(word: str, following: str) -> bool:
    singular = following in _SINGULAR or (
        len(following) > 3 and following.endswith("t") and following.islower()
    )
    return singular and not word.endswith(_COMMON_ENDINGS)
