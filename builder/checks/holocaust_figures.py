"""Figures and facts about the Holocaust on which sources differ, and the wording that holds in all of them.

In: a sentence. Out: findings. A figure is only looked at in a sentence that is about that figure; a sentence that
says itself that sources differ is left in peace. The figures come from memorial centres, archives, museums and
press; where those differ, the advice is the wording that each of them bears out. It cannot tell whether a figure
that is not in the table is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from builder.diagnostics import Diagnostic, Location, Rule, Severity

C521 = Rule(
    "C521",
    "betwist-feit",
    Severity.ERROR,
    "Over dit getal, deze datum of dit feit verschillen de bronnen. Met de aangeraden woorden klopt de zin altijd.",
    "De nazi's vermoordden 104.000 Joden uit Nederland.",
    "De nazi's vermoordden meer dan 100.000 Joden uit Nederland.",
)
C525 = Rule(
    "C525",
    "getal-te-precies",
    Severity.WARNING,
    "Bij deze getallen past een rond getal met ongeveer of meer dan. Een precies getal lijkt zekerder dan het is.",
    "In 1940 woonden er 140.000 Joden in Nederland.",
    "In 1940 woonden er ongeveer 140.000 Joden in Nederland.",
)
RULES = (C521, C525)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or fact: which sentences are about it, what in them is disputed, and the advised wording."""

    about: str
    wrong: str
    advice: str
    rule: Rule = C521


def _number(*numbers: str) -> str:
    """Return a pattern for whole numbers written as 140.552, 140 552 or 140552."""
    bodies = "|".join(number.replace(".", "[. \\u00a0\\u202f]?") for number in numbers)
    return rf"(?<![\d.,])(?:{bodies})(?![\d%]|[.,]\d)"


_HEDGES = (
    "ongeveer", "omstreeks", "circa", "rond", "rond de", "zo'n", "zo’n", "dan", "ruim", "bijna", "minstens",
    "schatting", "tegen de",
)  # fmt: skip


def _bare(pattern: str) -> str:
    """Return a pattern for a number without a word as "ongeveer" before it."""
    return "".join(f"(?<!{word} )" for word in _HEDGES) + pattern


_JEWS = r"\b(?:jood|joods|joodse|joden)\b"
_MURDERED = r"\b(?:vermoord\w*|omgebracht\w*|slachtoffers?|gedood\w*|stierven|omgekomen|doden)\b"
_CAME_BACK = r"\b(?:terug\w*|overleefd?\w*|overlevenden?)\b"
_CARRIED_OFF = (
    r"\b(?:weggevoerd\w*|gedeporteerd\w*|deporteerden?|voerden?|brachten?|gebracht|transport\w*|trein\w*)\b"
)
_SINTI = r"\b(?:sinti|roma)\b"

FACTS: tuple[Fact, ...] = (
    Fact(_JEWS, _number("140.552", "160.820", "160.000"), "ongeveer 140.000 Joden in Nederland in 1940"),
    Fact(rf"{_JEWS}.*\bnederland|\bnederland.*{_JEWS}", _bare(_number("140.000")), "ongeveer 140.000", C525),
    Fact(
        rf"{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS}",
        _number("104.000", "110.000", r"10[1-5].(?!000)\d{3}"),
        "meer dan 100.000, of ongeveer 102.000",
    ),
    Fact(
        rf"{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS}",
        _bare(_number("102.000", "100.000")),
        "meer dan 100.000, of ongeveer 102.000",
        C525,
    ),
    Fact(
        rf"{_JEWS}.*{_CARRIED_OFF}|{_CARRIED_OFF}.*{_JEWS}",
        _number(r"10[67].(?!000)\d{3}"),
        "ongeveer 107.000",
    ),
    Fact(
        rf"{_JEWS}.*{_CARRIED_OFF}|{_CARRIED_OFF}.*{_JEWS}",
        _bare(_number("107.000")),
        "ongeveer 107.000",
        C525,
    ),
    Fact(
        rf"(?:{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS})",
        r"\b\d{2}(?:,\d)? ?(?:%|procent\b)",
        "ongeveer drie van de vier",
    ),
    Fact(
        rf"{_JEWS}.*{_CAME_BACK}|{_CAME_BACK}.*{_JEWS}",
        _number("5.200", "5.500", "14.346"),
        "ongeveer 5.000 mensen kwamen terug",
    ),
    Fact(rf"{_JEWS}.*{_CAME_BACK}|{_CAME_BACK}.*{_JEWS}", _bare(_number("5.000")), "ongeveer 5.000", C525),
    Fact(
        r"\bauschwitz\b.*\b(?:overleef|overlevend)|\b(?:overleef|overlevend)\w*.*\bauschwitz\b",
        _number("500", "1.052"),
        "ongeveer 60.000 mensen naar Auschwitz, zonder een getal van overlevenden",
    ),
    Fact(r"\bsobibor\b", _number("34.313"), "meer dan 34.000", C525),
    Fact(r"\bsobibor\b", _number("170.165", "150.000", "250.000"), "ongeveer 170.000"),
    Fact(
        rf"{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS}|\bholocaust\b",
        r"(?<![\d.,])5[.,]\d miljoen\b",
        "ongeveer zes miljoen Joden in Europa",
    ),
    Fact(
        rf"{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS}",
        _bare(r"(?<![\d.,])\b(?:6|zes) miljoen\b"),
        "ongeveer zes miljoen",
        C525,
    ),
    Fact(
        rf"{_SINTI}.*{_MURDERED}|{_MURDERED}.*{_SINTI}",
        rf"{_number('500.000', '220.000', '250.000')}|\b(?:een )?half miljoen\b",
        "honderdduizenden Sinti en Roma",
    ),
    Fact(
        rf"\bauschwitz\b.*{_MURDERED}|{_MURDERED}.*\bauschwitz\b",
        r"(?<![\d.,])(?:1[.,]5|1[.,]3|4|vier|anderhalf) miljoen\b",
        "ongeveer 1,1 miljoen",
    ),
    Fact(
        rf"\bauschwitz\b.*{_MURDERED}|{_MURDERED}.*\bauschwitz\b",
        _bare(r"(?<![\d.,])1[.,]1 miljoen\b"),
        "ongeveer 1,1 miljoen",
        C525,
    ),
    Fact(
        rf"{_SINTI}.*{_CARRIED_OFF}|{_CARRIED_OFF}.*{_SINTI}",
        _number("246", "247"),
        "ongeveer 245 Sinti en Roma",
    ),
    Fact(rf"{_SINTI}.*{_CARRIED_OFF}|{_CARRIED_OFF}.*{_SINTI}", _bare(_number("245")), "ongeveer 245", C525),
    Fact(rf"{_SINTI}.*{_CAME_BACK}|{_CAME_BACK}.*{_SINTI}", _number("31", "32"), "ongeveer 30 mensen"),
    Fact(rf"{_SINTI}.*\bvrij\w*", _number("279"), "een deel kwam vrij, zonder getal"),
    Fact(r"\brazzia|\bjoodse mannen\b|\braid\b", _number("427", "389", "425"), "ongeveer 400 Joodse mannen"),
    Fact(
        r"\b(?:capitul\w*|overgave|gaf zich over|geeft zich over)\b",
        r"\b14 mei\b(?!.*\b15 mei\b)(?! en 15)|(?<!14 en )(?<!14-)(?<!14–)\b15 mei\b(?<!14 mei en 15 mei)",
        "14 en 15 mei 1940",
    ),
    Fact(
        rf"{_JEWS}.*\b(?:registr\w*|aanmeld\w*|melden|opschrijven|laten inschrijven)\b",
        r"\b(?:januari|februari) 1941\b",
        "begin 1941",
    ),
    Fact(
        r"\beerste (?:trein|transport)\b",
        r"\b16 juli 1942\b",
        "15 juli 1942 (de eerste trein uit Westerbork)",
    ),
    Fact(
        r"\blaatste (?:trein|transport)\b(?!.*\bnaar auschwitz\b)",
        r"\b(?:3|13|17) september 1944\b",
        "september 1944; op 3 september ging de laatste trein naar Auschwitz",
    ),
    Fact(
        r"\b(?:kamp )?amersfoort\b.*\bgevangenen\b", _number("35.000", "37.000", "45.000"), "ongeveer 47.000"
    ),
    Fact(
        r"\bschouwburg\b",
        _number("46.000", "48.000", "60.000", "80.000"),
        "tienduizenden mensen",
    ),
    Fact(r"\b(?:crèche|creche)\b", _number("500", "600"), "honderden kinderen"),
    Fact(
        r"\banne\b.*\b(?:sterft|stierf|overl\w+|dood|gestorven)\b|\b(?:sterft|stierf|overl\w+)\b.*\banne\b",
        r"\bmaart 1945\b",
        "begin 1945",
    ),
    Fact(
        r"\b(?:anne frank|achterhuis|gezin frank|familie frank)\b",
        r"\bverraden door\b|\bde verrader was\b|\bverraadde (?:anne|hen|het gezin|de familie)\b",
        "het is niet bekend of er verraad was",
    ),
    Fact(
        r"\b(?:namenmonument|monument\b.*\bnamen)\b", _number("102.163", "102.220"), "meer dan 102.000 namen"
    ),
    Fact(
        r"\brechtvaardig\w*|\byad vashem\b", _number(r"5.[2-9]\d{2}", r"5.[2-9]\d"), "meer dan 5.000 mensen"
    ),
    Fact(
        r"\bfebruaristaking\b|\bstak\w*\b.*\b1941\b",
        r"\b(?:het|de) enige\b(?=.*\b(?:europa|protest|verzet)\b)",
        "een bijzonder protest; over het enige zijn historici het niet eens",
    ),
)

# Cheap and broad, because nearly every text has nothing for the patterns above to look at: letters of which one
# must be there for a sentence to be about one of the facts.
_LETTERS_OF_FACTS = (
    "jood", "joden", "holocaust", "sinti", "roma", "sobibor", "auschwitz", "razzia", "raid", "capitul", "overga",
    "zich over", "eerste t", "laatste t", "amersfoort", "schouwburg", "crèche", "creche", "anne", "achterhuis",
    "gezin frank", "familie frank", "monument", "rechtvaardig", "yad vashem", "staking", "1941",
)  # fmt: skip
_FACT = re.compile(r"\d|miljoen|verra|enige")
_SOURCES_DIFFER = re.compile(
    r"\b(?:sommige|andere|oudere|verschillende) (?:bronnen|tellingen|teksten|boeken)\b|\bbronnen (?:verschillen|noemen)\b"
    r"|\bregistratie van de bezetter\b|\bzijn het niet eens\b|\b(?:is|was) niet bekend\b|\bweten we niet\b"
    r"|\bweet niemand\b|\bonbekend\b",
    re.IGNORECASE,
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], re.Pattern[str], Fact], ...]:
    return tuple((re.compile(fact.about), re.compile(fact.wrong), fact) for fact in FACTS)


def may_hold_a_fact(lower: str) -> bool:
    """Tell whether a text in small letters could hold one of the facts: quick, and true too often."""
    return any(letters in lower for letters in _LETTERS_OF_FACTS) and bool(_FACT.search(lower))


def facts(sentence: str, at: Location) -> Iterator[Diagnostic]:
    """Yield what is disputed or too precise in one sentence."""
    sentence = sentence.lower()
    if not may_hold_a_fact(sentence) or _SOURCES_DIFFER.search(sentence):
        return
    seen: set[tuple[int, int]] = set()
    for about, wrong, fact in _compiled():
        found = wrong.search(sentence)
        if found is None or found.span() in seen or not about.search(sentence):
            continue
        seen.add(found.span())
        shown = found[0].strip()
        if fact.rule is C525:
            message = f'Bij "{shown}" hoort een woord als ongeveer of meer dan.'
            if not fact.advice.endswith(shown.rpartition(" ")[2]):
                message = f'Het getal "{shown}" is hier te precies.'
        else:
            message = f'Over "{shown}" zijn de bronnen het niet eens.'
        yield Diagnostic(fact.rule, at, message, f"Schrijf: {fact.advice}.")
