"""Words that are not spelled well, with what was probably meant.

In: the bank and a Dutch dictionary (see `builder/language/dictionary.py`). Known as well are the words of the
glossary, the domain words, the words of a lesson, and names. Out: one warning for each wrong word in a field.
Without a dictionary there is one advice for the whole bank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from builder.checks.context import Context, Words
from builder.checks.texts import Path, all_texts, dutch_pages, item_texts, page_location
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.dutch import listed
from builder.model.item import Item
from builder.model.itembank import Itembank

C551 = Rule(
    "C551",
    "spelfout",
    Severity.WARNING,
    "Een woord met een fout is voor een nieuwe lezer een woord dat hij niet kent. Namen en woorden uit onze lijsten zijn altijd goed.",
    "stam: Wat doet de verhuurer?",
    "stam: Wat doet de verhuurder?",
)
C552 = Rule(
    "C552",
    "geen-woordenboek",
    Severity.ADVICE,
    "Zonder woordenboek kan het programma de spelling niet nakijken. Alle andere controles gaan gewoon door.",
    "Een computer zonder Nederlands woordenboek.",
    "Een volledige installatie, met het woordenboek erbij.",
)
RULES = (C551, C552)

_MOST_SUGGESTED = 60  # a text in another language must not take minutes
_LATIN = r"A-Za-zÀ-ÖØ-öø-ÿ\u0100-\u017f"
# A word of Latin letters; with a digit, an @ or a full stop inside it is a code or an address, so not ours.
_WORD = re.compile(rf"(?<![\w@./'’_-])[{_LATIN}]+(?:['’-][{_LATIN}]+)*(?![\w@/_]|\.\w|-\w)")
_ROUGH_WORD = re.compile(rf"[{_LATIN}]+(?:['’-][{_LATIN}]+)*")
_NO_TEXT = re.compile(
    r"^```.*?^```|\[bron:[^\]\n]*\]|\]\([^)\n]*\)|\{ ?[:.#][^}\n]*\}|<[^<>\n]*>|`[^`\n]*`|&\w+;|https?://\S+|www\.\S+"
    r"|\S+@\S+|^(?:!!!|\?\?\?\+?) +[\w-]+",
    re.MULTILINE | re.DOTALL,
)
_SENTENCE_STARTS = frozenset(".!?:;…\n|•\"“„«‘'’*_-–#>")
# What this project calls its own things.
_PROJECT_WORDS = frozenset({"knm", "itembank", "itembanken", "toetsmatrijs", "toetsmatrijzen", "zipf"})
_PARTICLES = frozenset({"'s", "'t", "'n", "n", "s", "t", "z", "m", "d", "b", "v"})


class Doubt(NamedTuple):
    """A word in a text that is unknown, or stands with a capital where only a name has one."""

    start: int
    word: str
    opens: bool  # whether it stands where a sentence may begin


Doubts = Sequence[tuple[Path, Sequence[Doubt]]]  # of a document: the path of each text that has any


def speller_for(bank: Itembank, context: Context) -> Speller | None:
    """Return who reads the texts, None without a dictionary."""
    return Speller(context.dictionary, _own_words(bank)) if context.dictionary else None


def item_doubts(item: Item, speller: Speller) -> Doubts:
    """Return the doubts about the texts of one item: they lean on the dictionary and our own lists only."""
    if item.status == "vervallen":
        return ()
    found = ((text.path, speller.doubts(text.text)) for text in item_texts(item))
    return tuple((path, doubts) for path, doubts in found if doubts)


def findings(
    bank: Itembank, context: Context, speller: Speller | None, of_items: Mapping[str, Doubts]
) -> Iterator[Diagnostic]:
    """Yield the words that neither the dictionary nor our own lists know, with the doubts about items given.

    What is a name in one text, is a name in all of them.
    """
    if context.dictionary is not None and not context.dictionary:
        yield Diagnostic(
            C552,
            Location("knm.toml"),
            "Er is geen woordenboek gevonden. De spelling is niet nagekeken.",
            "Installeer knm opnieuw.",
        )
    if speller is None:
        return
    texts: list[tuple[str, Path, Sequence[Doubt]]] = [
        (name, path, doubts) for name, found in of_items.items() for path, doubts in found
    ]
    for text in all_texts(replace(bank, items={})):
        if here := speller.doubts(text.text):
            texts.append((text.document, text.path, here))
    pages = [(pagina, speller.doubts(pagina.tekst)) for pagina in dutch_pages(bank)]
    speller.learn_names(doubts for _, _, doubts in texts)
    speller.learn_names(doubts for _, doubts in pages)
    extra = {
        les.id: frozenset(_lower_words(f"{row.woord} {row.uitleg}" for row in les.woorden))
        for les in bank.lessen.values()
    }
    for name, path, doubts in texts:
        for _, word in speller.wrong(doubts, extra.get(name, frozenset())):
            yield speller.finding(bank.locate(name, *path), word)
    for pagina, doubts in pages:
        for place, word in speller.wrong(doubts, frozenset()):
            yield speller.finding(page_location(pagina, place), word)


def unchecked(context: Context) -> tuple[Rule, ...]:
    """Return the rules that cannot be judged in this context."""
    return () if context.dictionary else (C551,)


def _own_words(bank: Itembank) -> frozenset[str]:
    own = [begrip.woord for begrip in bank.begrippen.values()]
    own += [woord for woorden in bank.domeinwoorden.values() for woord in woorden]
    return frozenset(_lower_words(own))


def _lower_words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for match in _WORD.finditer(text):
            yield match[0].lower().replace("’", "'")


class Speller:
    """Reads texts against a dictionary; remembers each word once."""

    def __init__(self, dictionary: Words, own: frozenset[str]) -> None:
        """Take the dictionary and the words of our own lists."""
        self.dictionary, self.own = dictionary, own
        self.names: set[str] = set()
        self.good: dict[str, bool] = {}
        self.meant: dict[str, tuple[str, ...]] = {}

    def doubts(self, text: str) -> tuple[Doubt, ...]:
        """Return what needs a closer look; nothing when every word is good (as in most texts)."""
        if all(map(self._is_good, _ROUGH_WORD.findall(text))):
            return ()
        words = (Doubt(start, word, _opens(text, start)) for start, word in _words(text))
        return tuple(doubt for doubt in words if _is_a_name(doubt) or not self._is_good(doubt.word))

    def learn_names(self, texts: Iterable[Sequence[Doubt]]) -> None:
        """Remember every word that stands with a capital inside a sentence: that is a name."""
        self.names.update(doubt.word for doubts in texts for doubt in doubts if _is_a_name(doubt))

    def wrong(self, doubts: Iterable[Doubt], extra: frozenset[str]) -> Iterator[tuple[int, str]]:
        """Yield place and word, each wrong word of a text once."""
        seen: set[str] = set()
        for start, word, opens in doubts:
            if word in seen or self._is_good(word) or self._is_a_known_name(word):
                continue
            lower = word.lower().replace("’", "'")
            if lower in extra or (word[:1].isupper() and self._may_be_a_name(word, opens)):
                continue
            seen.add(word)
            yield start, word

    def _is_good(self, word: str) -> bool:
        good = self.good.get(word)
        if good is None:
            good = self.good[word] = self._judge(word)
        return good

    def _judge(self, word: str) -> bool:
        lower = word.lower().replace("’", "'")
        if lower in _PARTICLES or lower in _PROJECT_WORDS or lower in self.own or word.isupper():
            return True
        if any(letter.isupper() for letter in word[1:]) and "-" not in word:
            return True  # OVpay, DigiD: the name of a thing
        if self.dictionary.knows(word):
            return True
        parts = word.split("-")
        if len(parts) > 1:
            return all(len(part) < 2 or self._judge(part) for part in parts)
        return False

    def _is_a_known_name(self, word: str) -> bool:
        """Tell whether a word is a name that we met, also as an owner (Otto's, Annes) or joined to a word."""
        plain = word.replace("’", "'")
        if {plain, plain.removesuffix("'s"), plain.removesuffix("'"), plain.removesuffix("s")} & self.names:
            return True
        parts = word.split("-")
        return len(parts) > 1 and all(part in self.names or self._is_good(part) for part in parts)

    def _may_be_a_name(self, word: str, opens: bool) -> bool:
        """Tell whether an unknown word with a capital is a name: unless it opens a sentence and is nearly a word."""
        if not opens:
            return True
        return not any(meant[:1].islower() for meant in self._suggest(word[:1].lower() + word[1:]))

    def _suggest(self, word: str) -> tuple[str, ...]:
        found = self.meant.get(word)
        if found is None:
            if len(self.meant) >= _MOST_SUGGESTED:
                return ()
            found = self.meant[word] = self.dictionary.suggest(word)
        return found

    def finding(self, at: Location, word: str) -> Diagnostic:
        """Return the warning about one word."""
        meant = self._suggest(word)
        choices = listed([f'"{other}"' for other in meant], "of")
        return Diagnostic(
            C551,
            at,
            f'Het woord "{word}" staat niet in het woordenboek.',
            f"Bedoelde je {choices}?"
            if meant
            else "Verbeter het. Is het toch goed? Zet het in content/domeinwoorden.yaml.",
        )


def _words(text: str) -> Iterator[tuple[int, str]]:
    if (
        "[" in text
        or "<" in text
        or "`" in text
        or "@" in text
        or "://" in text
        or "!!!" in text
        or "&" in text
    ):
        text = _NO_TEXT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in _WORD.finditer(text.replace("*", " ")):
        if len(match[0]) > 1:
            yield match.start(), match[0]


def _is_a_name(doubt: Doubt) -> bool:
    return doubt.word[:1].isupper() and not doubt.opens


def _opens(text: str, start: int) -> bool:
    """Tell whether a word stands where a sentence, line or quotation may begin, so that its capital says nothing."""
    before = text[:start].rstrip(" \t")
    return not before or before[-1] in _SENTENCE_STARTS
