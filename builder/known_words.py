"""The Dutch dictionary with what it answered before, so that it is only read for a word that is new.

In: the answers of earlier runs, as plain data. Out: words and suggestions, as the dictionary gives them. An answer leans on
the word and the dictionary only. Whoever keeps the answers, throws them away when the dictionary is another.
"""

from __future__ import annotations

from typing import Any

from builder.language.dictionary import find_dictionary


class KnownWords:
    """Stands where a `Dictionary` stands. `fresh` are the words about which nothing was known."""

    def __init__(self, kept: Any = None) -> None:
        """Take the answers of earlier runs, as `plain` gave them; what has another shape counts as none."""
        good, meant = kept if isinstance(kept, list) and len(kept) == 2 else ({}, {})
        whole = isinstance(good, dict) and isinstance(meant, dict) and all(map(_are_words, meant.values()))
        whole = whole and all(answer.__class__ is bool for answer in good.values())
        self._good: dict[str, bool] = good if whole else {}
        self._meant: dict[str, list[str]] = meant if whole else {}
        self.fresh: set[str] = set()

    def __bool__(self) -> bool:
        """Whether there are any words."""
        return bool(self._good) or bool(find_dictionary())

    def knows(self, word: str) -> bool:
        """Tell whether a word is spelled well."""
        good = self._good.get(word)
        if good is None:
            good = self._good[word] = find_dictionary().knows(word)
            self.fresh.add(word)
        return good

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return words that are one mistake away, the likeliest first."""
        if word not in self._meant:
            self._meant[word] = list(find_dictionary().suggest(word))
            self.fresh.add(word)
        return tuple(self._meant[word])

    @property
    def plain(self) -> list[Any]:
        """All answers as plain data."""
        return [self._good, self._meant]


def _are_words(words: object) -> bool:
    return isinstance(words, list) and all(word.__class__ is str for word in words)
