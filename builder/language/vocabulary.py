"""Formal words and nouns made of verbs.

In: the words of one sentence. Out: which of them are formal (with the plain word) or abstract nouns. The
lists are our own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.language.reading import Word
from builder.language.wordlists import formal_words, word_set

_ABSTRACT = tuple(
    [
        "heid",
        "heden",
        "ing",
        "ingen",
        "iteit",
        "iteiten",
        "atie",
        "aties",
        "schap",
        "schappen",
        "ment",
        "menten",
        "isme",
        "sie",
        "sies",
        "tie",
        "ties",
    ]
)
_ROOT = 3  # letters at least before the ending
# Things and other words that only look like nouns made of a verb or an adjective.
_THINGS = word_set(
    "aangelegenheid aangelegenheden advertentie advertenties afdeling afdelingen appartement appartementen beginneling "
    "betrekking boodschap boodschappen commissie discussie discussies document documenten element elementen functie "
    "functies garantie gelegenheid gelegenheden gereedschap haring heden honing informatie instantie instanties "
    "instrument instrumenten jongeling ketting kettingen kleding kroning kwestie kwesties lading landschap leerling "
    "leerlingen leiding leidingen mening meningen moment momenten nationaliteit onderling organisatie organisaties "
    "overheden paling parlement passie plotseling portie porties rekening rekeningen relatie relaties richting "
    "richtingen sectie situatie situaties spelling tekening tekeningen televisie televisies traditie tradities "
    "tweeling tweelingen vakantie vakanties verdieping verdiepingen vereniging verenigingen vluchteling "
    "vluchtelingen woningen zitting"
)
_DIENEN = word_set("dient dienen diende dienden")
# "uiterlijk" is a formal word before a date and otherwise an everyday one: how somebody looks.
_DATE_FOLLOWS = re.compile(r"\s+(?:op|vóór|voor|binnen|in|tot|om|vandaag|morgen|\d|[a-z]+dag\b)")


@dataclass(frozen=True, slots=True)
class Formal:
    """A formal word or phrase: how many words it takes, as it stands, and the repair (Dutch)."""

    words: int
    shown: str
    repair: str


def formal(words: Sequence[Word], index: int, text: str) -> Formal | None:
    """Return the formal word or phrase that starts at `index`, or None. `text` is the original text."""
    for phrase, plain in formal_words().get(words[index].lower, ()):
        length = len(phrase)
        if tuple(word.lower for word in words[index : index + length]) != phrase:
            continue
        if length == 1 and words[index].known:
            return None
        shown = " ".join(word.text for word in words[index : index + length])
        repair = f'Schrijf "{plain}" in plaats van "{shown.lower()}".'
        if phrase[0] in _DIENEN:
            if not any(word.lower == "te" for word in words[index + 1 :]):
                return None  # "dit dient als …"
            repair = f'Schrijf "{plain}" in plaats van "{phrase[0]}", en haal "te" weg.'
        elif phrase == ("uiterlijk",) and not _DATE_FOLLOWS.match(text, words[index].end):
            return None
        elif phrase == ("betreffende",) and index and words[index - 1].lower in ("de", "het"):
            repair = f'Schrijf "{"dit" if words[index - 1].lower == "het" else "deze"}" in plaats van "{words[index - 1].lower} betreffende".'
        return Formal(length, shown, repair)
    return None


def nominalisations(words: Sequence[Word]) -> list[Word]:
    """Return the abstract nouns in a sentence that are no domain word, name or quotation."""
    return [word for word in words if word.lower.endswith(_ABSTRACT) and _is_abstract(word)]


def _is_abstract(word: Word) -> bool:
    if word.known or word.name or word.quoted or word.lower in _THINGS:
        return False
    ending = max((len(ending) for ending in _ABSTRACT if word.lower.endswith(ending)), default=0)
    return len(word.lower) - ending >= _ROOT
