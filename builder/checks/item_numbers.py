"""Options with numbers: values that overlap, and values out of order.

In: one item, read. Out: findings about amounts, ages, periods, dates and times in its options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from builder.checks.words import NUMBER_WORDS, ItemText
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.dutch import MAANDEN
from builder.model.itembank import Itembank

C424 = Rule(
    "C424",
    "getallen-overlappen",
    Severity.WARNING,
    "Een waarde die in twee antwoorden past, maakt twee antwoorden goed.",
    "opties: 16 tot en met 18 jaar · 18 tot en met 21 jaar",
    "opties: 16 of 17 jaar · 18 tot en met 21 jaar",
)
C425 = Rule(
    "C425",
    "getallen-niet-op-volgorde",
    Severity.ADVICE,
    "Getallen, datums en tijden zoekt een lezer op volgorde.",
    "opties: 18 jaar · 12 jaar · 16 jaar",
    "opties: 12 jaar · 16 jaar · 18 jaar",
)
C426 = Rule(
    "C426",
    "volgorde-niet-vast",
    Severity.ADVICE,
    "Bij het schudden raakt een volgorde van getallen kwijt. Met vast: true blijft zij staan.",
    "- tekst: 12 jaar\n- tekst: 16 jaar\n- tekst: 18 jaar",
    "- tekst: 12 jaar\n  vast: true\n(en zo bij elk antwoord)",
)
RULES = (C424, C425, C426)

_MONTHS = {name: number for number, name in enumerate(MAANDEN, 1)}
_DAYS_IN = {
    "dag": 1,
    "dagen": 1,
    "week": 7,
    "weken": 7,
    "maand": 30,
    "maanden": 30,
    "jaar": 365,
    "jaren": 365,
}
_ONE = re.compile(r"\been(?=\s+(?:dag|week|maand|jaar|uur|minuut|kwartier|keer)\b)")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b")
_MAY_COUNT = frozenset({*NUMBER_WORDS, "een"})
_LIMIT = re.compile(r"(tot en met|tot|vanaf|t/m)\s", re.IGNORECASE)
_NUMBER = r"(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_FILLER = re.compile(
    r"^(?:(?:na|om|op|in|bij|binnen|voor|ongeveer|precies|elke|per|een keer per|vanaf het jaar|het)\s+|€\s*)+"
)
_DATE = re.compile(rf"^(\d{{1,2}})\s+({'|'.join(_MONTHS)})(?:\s+(\d{{4}}))?\b")
_TIME = re.compile(r"^(\d{1,2})[.:](\d{2})(?:\s+uur)?\b")
_U = r"\s*([a-zë%€ ]*?)"
_SHAPES: tuple[tuple[str, str], ...] = (
    (rf"(?:van |tussen (?:de )?)?{_NUMBER}{_U}\s*(?:t/m|tot en met){_U}\s*{_NUMBER}{_U}", "[]"),
    (rf"tussen (?:de )?{_NUMBER}{_U} en (?:de )?{_NUMBER}{_U}", "()"),
    (rf"(?:van )?{_NUMBER}{_U} tot {_NUMBER}{_U}", "[)"),
    (rf"(?:van )?{_NUMBER}\s*[-–]\s*{_NUMBER}{_U}", "[]"),
    (rf"{_NUMBER} of {_NUMBER}{_U}", "[]"),
    (rf"(?:meer|ouder|hoger|langer|later) dan (?:€ ?)?{_NUMBER}{_U}|boven de {_NUMBER}{_U}", ">"),
    (
        rf"(?:minder|jonger|lager|korter|eerder) dan (?:€ ?)?{_NUMBER}{_U}|onder de {_NUMBER}{_U}|tot {_NUMBER}{_U}",
        "<",
    ),
    (rf"(?:vanaf|minimaal|minstens|ten minste) (?:€ ?)?{_NUMBER}{_U}", ">="),
    (rf"(?:maximaal|hoogstens|ten hoogste|tot en met|t/m) (?:€ ?)?{_NUMBER}{_U}", "<="),
    (rf"{_NUMBER}{_U} (?:of|en) (?:ouder|meer|hoger|langer|later)", ">="),
    (rf"{_NUMBER}{_U} (?:of|en) (?:jonger|minder|lager|korter|eerder)", "<="),
    (rf"{_NUMBER}{_U}", "="),
)
_COMPILED = tuple((re.compile(pattern), kind) for pattern, kind in _SHAPES)


@dataclass(frozen=True, slots=True)
class Span:
    """The values that an option allows, with their unit; open ends leave their bound out."""

    low: float
    high: float
    low_open: bool
    high_open: bool
    unit: str

    def meets(self, other: Span) -> bool:
        """Tell whether there is a value in both."""
        low = max((self.low, self.low_open), (other.low, other.low_open))
        high = min((self.high, not self.high_open), (other.high, not other.high_open))
        return low[0] < high[0] or (low[0] == high[0] and not low[1] and high[1])


def value_of(number: str) -> float:
    """Return the value of a number as written in Dutch: 1.250,50."""
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", number):
        number = number.replace(".", "")
    return float(number.replace(",", "."))


def _has_number(text: str) -> bool:
    return any(map(str.isdigit, text)) or not _MAY_COUNT.isdisjoint(text.casefold().split())


def _with_figures(text: str) -> str:
    text = text.casefold().strip().rstrip(".!")
    return _NUMBER_WORD.sub(lambda match: str(NUMBER_WORDS[match[0]]), _ONE.sub("1", text))


@lru_cache(maxsize=4096)
def span_of(text: str) -> Span | None:
    """Return the values that an option of numbers allows, or None for another text."""
    if not _has_number(text):
        return None
    plain = _FILLER.sub("", _with_figures(text))
    if plain[:1] == "0" and plain[1:2].isdigit():
        return None  # a telephone number

    for pattern, kind in _COMPILED:
        match = pattern.fullmatch(plain)
        if not match:
            continue
        numbers = [value_of(group) for group in match.groups() if group and group[0].isdigit()]
        units = [
            group.strip() for group in match.groups() if group and group.strip() and not group[0].isdigit()
        ]
        unit = units[-1] if units else ""
        first, last = numbers[0], numbers[-1]
        if kind in ("[]", "()", "[)"):
            years = first >= 1000 and last >= 1000 and not unit  # 1940-1945 and 1945-1950 follow each other
            return Span(first, last, kind == "()", kind != "[]" or years, unit)
        if kind in (">", ">="):
            return Span(first, inf, kind == ">", False, unit)
        if kind in ("<", "<="):
            return Span(-inf, first, False, kind == "<", unit)
        return Span(first, first, False, False, unit)
    return None


def order_of(text: str) -> tuple[str, float] | None:
    """Return kind and value by which an option can be put in order, or None."""
    if not _has_number(text):
        return None
    plain = _FILLER.sub("", _with_figures(text))
    date = _DATE.match(plain)
    if date:
        year = int(date[3] or 0)
        return ("dag" if year else "datum", year * 10000 + _MONTHS[date[2]] * 100 + int(date[1]))
    time = _TIME.match(plain)
    if time and int(time[2]) < 60 and "uur" in plain:
        return "tijd", int(time[1]) * 60 + int(time[2])
    span = span_of(text)
    if span is None:
        return None
    value = span.low + 0.5 * span.low_open if span.low > -inf else span.high - 0.5
    for unit, days in _DAYS_IN.items():
        if span.unit.split(" ")[0] == unit:
            return "duur", value * days
    return span.unit.replace("€", "euro"), value


def findings(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    """Yield the findings about the numbers in the options of one item."""
    if len(text.options) < 2 or not text.has_text_only:
        return
    spans = [span_of(option.text) for option in text.options]
    limits = [_LIMIT.match(option.text) for option in text.options]
    if all(limits) and len({limit[1].casefold() for limit in limits if limit}) == 1:
        spans = []  # "tot 16 jaar", "tot 18 jaar": the limit itself is asked
    for later in range(1, len(spans)):
        for earlier in range(later):
            one, two = spans[earlier], spans[later]
            if one and two and one != two and one.unit == two.unit and one.meets(two):
                yield Diagnostic(
                    C424,
                    bank.locate(text.item.id, "opties", later, "tekst"),
                    f'Antwoord {earlier + 1} ("{text.options[earlier].text}") en antwoord {later + 1} overlappen.',
                    "Kies grenzen zo dat elke waarde in één antwoord past.",
                )
    if not all(_has_number(option.text) for option in text.options):
        return
    places = [order_of(option.text) for option in text.options]

    if any(place is None for place in places) or len({place[0] for place in places if place}) != 1:
        return
    values = [place[1] for place in places if place]
    if values not in (sorted(values), sorted(values, reverse=True)):
        yield Diagnostic(
            C425,
            bank.locate(text.item.id, "opties"),
            "De antwoorden zijn getallen, datums of tijden, maar staan niet op volgorde.",
            "Zet ze van laag naar hoog, met bij elk antwoord: vast: true.",
        )
    elif not all(optie.vast for optie in text.item.opties):
        yield Diagnostic(
            C426,
            bank.locate(text.item.id, "opties"),
            "De antwoorden staan op volgorde, maar die gaat bij het schudden verloren.",
            "Zet bij elk antwoord: vast: true.",
        )
