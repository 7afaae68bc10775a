"""Finds subordinate clauses and passives in a sentence by its words alone.

In: the words of one sentence, in lower case. Out: the indices of the words that show it. No grammar is
parsed: lists and patterns, chosen for precision (method and lists: our own, fitted on exam texts).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from builder.language.wordlists import word_file, word_set

_ALWAYS = word_set(
    "omdat doordat zodat terwijl hoewel indien mits tenzij nadat voordat zodra totdat aangezien opdat ofschoon "
    "zolang waardoor waarbij waarin waarop waarmee waarvan waarvoor waarna waaruit waarover waaraan waarnaar "
    "wiens wier"
)
_BEFORE_PRONOUN = word_set("als wanneer toen sinds")
_QUESTION = word_set("die wie wat waar hoe waarom welke")
_PRONOUNS = word_set(
    "ik jij je u hij zij ze wij we jullie het er men iemand iets dit deze mijn jouw uw zijn haar ons onze hun "
    "de een niemand alles dat"
)
_AFTER_OF = _PRONOUNS - {"de", "een", "het", "dat"}
_FINITE = word_set(
    "is was zijn waren ben bent word wordt worden werd werden heb hebt hebben heeft had hadden kan kun kunt "
    "kunnen kon konden moet moeten moest moesten mag mogen mocht wil wilt willen wilde ga gaat gaan doe doet doen "
    "kom komt komen zal zullen zou zouden staat ligt lijkt klopt hoeft betekent geldt blijft krijgt"
)
_OPENERS = _ALWAYS | _BEFORE_PRONOUN | _QUESTION | {"dat", "of"}
_PREPOSITIONS = word_set(
    "aan bij binnen boven buiten door in met na naar om onder op over per rond sinds tegen tijdens tot tussen uit van "
    "vanaf via volgens voor zonder"
)

_WORDEN = word_set("word wordt worden werd werden")
_PREFIX = (
    "(?:aan|achter|af|bij|binnen|dicht|door|goed|in|klaar|mede|mee|mis|na|neer|om|onder|op|open|over|plaats|rond|"
    "samen|schoon|terug|tegen|toe|uit|vast|vol|voor|vooruit|vrij|weg|weer)"
)
# A weak participle ends in -t after k f s p ch x or when its stem ends in t; else in -d (gemaakt, gezet, betaald).
_REGULAR = re.compile(
    rf"{_PREFIX}?(?P<ge>ge[a-zà-ÿ]{{2,}}(?:(?<!d)t|d|en))"
    rf"|{_PREFIX}?(?:be|ver|ont|her)[a-zà-ÿ]+(?:d|(?<=[kfspxhaeiou])t)"
    r"|[a-z]{3,}eerd"
)
# Strong participles look like infinitives (besproken, but bestellen): only these stems.
_STRONG = re.compile(
    rf"{_PREFIX}?(?:be|ver|ont|her|over|onder|door|om|voor|mis|weer|vol)(?:"
    "boden|bleven|bonden|borgen|broken|doken|dreven|drongen|dronken|drogen|dropen|geten|geven|gonnen|graven|grepen|"
    "hangen|holpen|houden|keken|kozen|krompen|laten|legen|leden|lezen|logen|lopen|loren|meden|meten|nomen|raden|"
    "roepen|schenen|scholden|schonken|schoren|schoten|schoven|schreden|schreven|slagen|sleten|sloten|slonden|"
    "smeten|sneden|sproken|sprongen|stolen|storven|stoten|streden|streken|treden|trokken|vallen|vangen|vlochten|"
    "vochten|volen|vonden|vroren|wassen|weven|weten|wezen|wogen|wonden|wonnen|worpen|worven|zeten|zien|zonden|"
    "zongen|zwegen|zworen)|voltrokken"
)
_OTHER = word_file("irregular-participles.txt")
# What fits the patterns and is none: nouns, adjectives, infinitives, finite forms.
_NOT = word_file("not-participles.txt")
_NO_NOUN_ENDING = ("heid", "heden", "ingen", "igen", "schap", "schappen")
_BEFORE_NOUN = word_set("de een te mijn jouw uw onze hun geen elk elke ieder iedere")


def openers(words: Sequence[str]) -> tuple[int, ...]:
    """Return the indices of the words that open a subordinate clause."""
    if _OPENERS.isdisjoint(words):
        return ()
    found = []
    for index, word in enumerate(words):
        if word not in _OPENERS:
            continue
        if word in _ALWAYS:
            found.append(index)
            continue
        if index + 1 == len(words):  # a clause needs words
            continue
        following = words[index + 1]
        if (
            (word == "dat" and index and following not in _FINITE)
            or (word == "of" and following in _AFTER_OF)
            or (word in _BEFORE_PRONOUN and following in _PRONOUNS)
            or (word in _QUESTION and index >= 2 and following not in _FINITE)
        ):
            found.append(index)
    return tuple(found)


def opens_surely(word: str, before: str) -> bool:
    """Return whether an opener is worth pointing at: "in die tijd" and "net als de buren" open no clause."""
    return not ((word in ("die", "dat") and before in _PREPOSITIONS) or (word == "als" and before == "net"))


@lru_cache(maxsize=1 << 15)
def is_participle(word: str) -> bool:
    """Return whether a word (lower case) has the form of a past participle."""
    if word in _OTHER:
        return True
    if word in _NOT or word.endswith(_NO_NOUN_ENDING):
        return False
    match = _REGULAR.fullmatch(word)
    if match:
        return match["ge"] not in _NOT
    return bool(_STRONG.fullmatch(word))


def passive(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the indices of a form of *worden* and the participle nearest to it, or None."""
    auxiliaries = [index for index, word in enumerate(words) if word in _WORDEN]
    if not auxiliaries:
        return None
    participles = [
        index
        for index, word in enumerate(words)
        if is_participle(word) and not (index and words[index - 1] in _BEFORE_NOUN)
    ]
    best: tuple[int, int] | None = None
    place = 0
    for auxiliary in auxiliaries:
        while place < len(participles) and participles[place] < auxiliary:
            place += 1
        for participle in participles[max(place - 1, 0) : place + 1]:
            if best is None or abs(participle - auxiliary) < abs(best[1] - best[0]):
                best = (auxiliary, participle)
    return best
