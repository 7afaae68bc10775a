"""Dutch words for the item-writing checks: tokens, word stems, and an item read once for all rules.

In: the text of an item. Out: `ItemText`, with the tokens and the content words of every part. It knows no
rule. Stems are our own careful normalisation: what it brings together (huis, huizen; betaalt, betalen) is
meant to be one word, because a check that sees an echo where there is none is a check that nobody reads.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from builder import dutch
from builder.model.item import Item

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_QUOTED = re.compile(r'["“„«”][^"“”„»]*["”“»]')
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')]*\s+")
_PLURAL_S = re.compile(r"(?:er|el|en|em|aar|or|ie|je|um|on|[^s]e(?<=.{5}))s$")
_NOT_PLURAL = frozenset({"grens", "succes", "proces", "adres", "senioren", "lens", "kans", "dans", "prins"})
_LONGEST = 2000  # no stem is longer; what comes before the last sentences is not the question
_LONG_VOWEL = re.compile(r"([aeou])\1")
_ENDS_VOICED = {"v": "f", "z": "s"}


def word_list(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written as one text."""
    return tuple(text.split())


STOPWORDS = frozenset(
    word_list("""
    de het een der den des 't 'n één ik jij je u hij zij ze wij we jullie mij me jou hem haar hen hun ons onze
    mijn jouw uw zijn ie zich zelf elkaar dit dat deze die wie wat waar wanneer waarom hoe welk welke hoeveel
    er hier daar toen dan nu ook nog al wel niet geen en of maar want dus als om te omdat doordat zodat dat
    terwijl hoewel voordat nadat tot toe in op aan bij van voor met naar uit over onder door tegen zonder binnen
    buiten tussen na sinds tijdens langs via per rond ongeveer boven achter naast mee af weg eerst meer minder
    veel weinig heel erg zo zeer te altijd nooit alle alles allemaal iedereen iemand niemand iets niets elk elke
    ieder iedere ander andere anders men zulk zulke volgens waarbij waarin waarmee waarop waarvoor daarom daarna
    daarvoor daarmee hierbij ben bent is was waren zijn geweest word wordt worden werd werden geworden heb hebt
    heeft hebben had hadden gehad kan kun kunt kunnen kon konden moet moeten moest moesten mag mogen mocht
    mochten wil wilt willen wilde wilden zal zult zullen zou zouden hoef hoeft hoeven ga gaat gaan ging gingen
    doe doet doen deed deden gedaan kom komt komen kwam kwamen krijg krijgt krijgen kreeg kregen gebeurt gebeuren
    gebeurde heet heten noem noemen noemt betekent betekenen blijft blijven laat laten maakt maken geeft geven
    ziet zien zeg zegt zeggen staat staan ligt liggen zit zitten neemt nemen vindt vinden weet weten hoort horen
    gebruik gebruikt gebruiken mens mensen persoon personen man vrouw meneer mevrouw iemands eigen zulks graag
    """)
)
NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        word_list(
            "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
            "zeventien achttien negentien twintig"
        )
    )
} | {"dertig": 30, "veertig": 40, "vijftig": 50, "honderd": 100, "duizend": 1000}


def tokens(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, in lower case."""
    return tuple(map(intern, _TOKEN.findall(unicodedata.normalize("NFC", text).casefold().replace("’", "'"))))


def without_quotations(text: str) -> str:
    """Return the text with everything between double quotation marks taken out."""
    return _QUOTED.sub('""', text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a short text."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return what the forms of one Dutch word have in common; only to be compared with other stems."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word not in _NOT_PLURAL and _PLURAL_S.search(word):
        word = word[:-1]
    if word.endswith(("lands", "landse")):
        word = word[: word.rindex("land") + 4]
    if len(word) > 6 and word.endswith("ingen"):
        word = word[:-2]
    if len(word) > 6 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("en"):
        word = word[:-2]
    elif len(word) > 4 and word.endswith("e") and not word.endswith(("ie", "ee")):
        word = word[:-1]
    word = _LONG_VOWEL.sub(r"\1", _undoubled(word))
    if word.endswith("t") and (len(word) > 4 or (len(word) == 4 and word[-2] not in "aeiou")):
        word = word[:-1]
    return _undoubled(word)


def _undoubled(word: str) -> str:
    if len(word) > 2 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] + _ENDS_VOICED.get(word[-1], word[-1]) if len(word) > 2 else word


def content(words: tuple[str, ...]) -> dict[str, str]:
    """Return the words that carry meaning: stem → the word as it stands (the first of its kind)."""
    found: dict[str, str] = {}
    for word in words:
        if word not in STOPWORDS and (len(word) > 2 or word.isdigit()):
            found.setdefault(stem(word), word)
    return found


def listed(words: list[str] | tuple[str, ...]) -> str:
    """Return words as an author reads them: "a", "b" en "c"."""
    return dutch.listed([f'"{word}"' for word in words])


@dataclass(frozen=True, slots=True)
class OptionText:
    """One option, read. For a picture the text is its alt text."""

    text: str
    words: tuple[str, ...]
    content: dict[str, str]
    is_picture: bool


@dataclass(frozen=True, slots=True)
class ItemText:
    """An item, read. `question` is the sentence of the stem that asks, without quotations.

    `key` is the index of the only right option, `others` are the options that are not it (none without a key).
    """

    item: Item
    question: str
    question_words: tuple[str, ...]
    asked_with: frozenset[str]
    stem_content: dict[str, str]
    context_words: tuple[str, ...]
    context_content: dict[str, str]
    options: tuple[OptionText, ...]
    others: tuple[OptionText, ...]
    key: int | None

    @property
    def has_text_only(self) -> bool:
        """Tell whether every option is a text."""
        return not any(option.is_picture for option in self.options)


def read(item: Item) -> ItemText:
    """Read an item once, for all the rules."""
    plain = without_quotations(item.stam)
    question = (sentences(plain[-_LONGEST:]) or [""])[-1]

    options = []
    for optie in item.opties:
        text = optie.tekst or (optie.afbeelding.alt if optie.afbeelding else "")
        words = tokens(text)
        options.append(OptionText(text, words, content(words), optie.afbeelding is not None))
    context_words = tokens(item.context)
    question_words = tokens(question)
    key = item.sleutel
    return ItemText(
        item=item,
        question=question,
        question_words=question_words,
        asked_with=frozenset(question_words),
        stem_content=content(tokens(item.stam)),
        context_words=context_words,
        context_content=content(context_words),
        options=tuple(options),
        others=() if key is None else tuple(option for index, option in enumerate(options) if index != key),
        key=key,
    )


def is_unfinished(item: Item) -> bool:
    """Tell whether a skeleton still waits for its texts: then nothing can be said about them."""
    return "TODO" in item.stam or any("TODO" in optie.tekst for optie in item.opties)
