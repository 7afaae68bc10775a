"""Negation in a question: where "niet" turns the answer around, and where it only tells the case.

In: one item, read. Out: findings about its stem, also together with its options. "Wat doet u als u niet kunt
werken?" is a positive question: what the case is may be said with "niet".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.words import ItemText, listed, word_list
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.itembank import Itembank

C406 = Rule(
    "C406",
    "ontkenning-in-de-stam",
    Severity.WARNING,
    "Wie snel leest, mist het woord niet. Dan meet de vraag lezen en geen kennis.",
    "stam: Wat mag een verhuurder niet doen?",
    "stam: Wat is verboden voor een verhuurder?",
)
C407 = Rule(
    "C407",
    "ontkenning-in-hoofdletters",
    Severity.ADVICE,
    "Hoofdletters helpen om NIET te zien. Een positieve vraag helpt meer.",
    "stam: Wat mag een verhuurder NIET doen?",
    "stam: Wat is verboden voor een verhuurder?",
)
C408 = Rule(
    "C408",
    "dubbele-ontkenning",
    Severity.WARNING,
    "Twee ontkenningen moet je omrekenen tot een bevestiging. Dat is een puzzel, geen KNM.",
    "stam: Wat mag u niet doen?\nen een antwoord: U mag niet stemmen.",
    "stam: Wat mag u doen?\nen een antwoord: U mag stemmen.",
)
RULES = (C406, C407, C408)

_NEGATIONS = frozenset(word_list("niet geen nooit niemand niets nergens noch behalve"))
_WRONG = frozenset(word_list("fout onjuist onwaar verkeerd"))
_REVERSED = re.compile(
    r"\b(?:uitspra(?:ak|ken)|antwoord(?:en)?|zin(?:nen)?|bewering(?:en)?|stelling(?:en)?)\b.*"
    r"\b(fout|onjuist|onwaar|verkeerd)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\bniet\s+(verboden|zonder|onjuist|onwaar|onmogelijk|onbelangrijk|onnodig)\b", re.IGNORECASE
)
_HARMLESS = re.compile(
    r"\b(?:niet\s+alleen|wel\s+of\s+niet|of\s+niet|niet\s+(?:meer|later|eerder)\s+dan)\b", re.IGNORECASE
)
_NEGATION = re.compile(rf"\b(?:{'|'.join(sorted(_NEGATIONS))})\b", re.IGNORECASE)
_OPENERS = "als omdat terwijl zodat doordat indien toen voordat nadat totdat dat die"  # tell the case
_CLAUSE = re.compile(rf"(?:(?<=\s)|^)(?:{'|'.join(word_list(_OPENERS))})\s[^,?]*[,?]?", re.IGNORECASE)
_ASKING_CLAUSE = re.compile(
    r"(\b(?:wie|wat|wanneer|waar|hoe|welke?)\b.*?\s)(?:wie|wat|wanneer|waar|of)\s[^,?]*", re.IGNORECASE
)


def main_clause(question: str) -> str:
    """Return the question without the clauses that only tell the case ("als u niet kunt werken")."""
    return _ASKING_CLAUSE.sub(r"\1", _CLAUSE.sub(" ", question))


def findings(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    """Yield the findings about negation in the stem of one item."""
    if _NEGATIONS.isdisjoint(text.asked_with) and _WRONG.isdisjoint(text.asked_with):
        return
    question = _HARMLESS.sub(" ", text.question)

    main = _NEGATION.findall(main_clause(question))
    turned = _REVERSED.search(question)
    if turned:
        main.append(turned[1])
    if not main:
        return
    at = bank.locate(text.item.id, "stam")
    everywhere = _NEGATION.findall(question) + ([turned[1]] if turned else [])
    twice = _NEGATED.search(question)
    negative = [
        index
        for index, option in enumerate(text.options)
        if not option.is_picture and {"niet", "geen", "nooit", "niemand"} & set(option.words)
    ]
    if twice or len(everywhere) > 1:
        words = twice[0].split() if twice else everywhere
        yield Diagnostic(
            C408, at, f"De vraag heeft een dubbele ontkenning: {listed(words)}.", "Stel de vraag positief."
        )
        return
    for index in negative:
        yield Diagnostic(
            C408,
            bank.locate(text.item.id, "opties", index, "tekst"),
            f"De vraag heeft {listed(main)}, en antwoord {index + 1} is ook ontkennend.",
            "Stel de vraag positief, en schrijf het antwoord zonder ontkenning.",
        )
    if negative:
        return
    if all(word.isupper() for word in main):
        yield Diagnostic(C407, at, f"In de vraag staat {listed(main)}.", "Kun je de vraag positief stellen?")
    else:
        yield Diagnostic(
            C406,
            at,
            f"In de vraag staat {listed(main)}.",
            "Kun je de vraag positief stellen? Zet het woord anders in hoofdletters.",
        )
