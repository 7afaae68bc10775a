"""What options say: positive, exact, each on its own.

In: one item, read. Out: findings about the wording of its options, key or not (their form: `item_form`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.item_numbers import span_of
from builder.checks.words import NUMBER_WORDS, ItemText, content, listed, word_list
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.model.itembank import Itembank

C409 = Rule(
    "C409",
    "ontkenning-in-optie",
    Severity.WARNING,
    "Een antwoord met niet of geen lees je makkelijk verkeerd. Schrijf wat er wel is.",
    "- tekst: U hoeft geen huur te betalen.",
    "- tekst: U woont daar gratis.",
)
C411 = Rule(
    "C411",
    "geen-drie-opties",
    Severity.ADVICE,
    "Onze eigen vragen hebben drie antwoorden. Een vierde is zelden geloofwaardig, en met twee is raden makkelijk.",
    "Vier antwoorden.",
    "Drie antwoorden.",
)
C412 = Rule(
    "C412",
    "optie-verwijst-naar-opties",
    Severity.ERROR,
    "Alle of geen van bovenstaande is een puzzel. Bij het schudden staat bovenstaande ook nog op een andere plaats.",
    "- tekst: Alle bovenstaande antwoorden",
    "- tekst: De gemeente",
)
C421 = Rule(
    "C421",
    "absoluut-woord-in-optie",
    Severity.WARNING,
    "Met altijd, nooit of alle is een antwoord bijna nooit waar. Ervaren kandidaten strepen het weg zonder kennis.",
    "- tekst: Een werkgever mag u altijd ontslaan.",
    "- tekst: Een werkgever mag u in de proeftijd ontslaan.",
)
C422 = Rule(
    "C422",
    "vaag-woord-in-optie",
    Severity.WARNING,
    "Over meestal of vaak kun je twisten. Ook is een vaag antwoord veel vaker waar.",
    "- tekst: U betaalt meestal eigen risico.",
    "- tekst: U betaalt eigen risico.",
)
C423 = Rule(
    "C423",
    "optie-binnen-optie",
    Severity.WARNING,
    "Als het ene antwoord in het andere zit, zijn ze samen goed of samen fout.",
    "opties: De huisarts · De huisarts of de apotheek · De politie",
    "opties: De huisarts · De apotheek · De politie",
)
C438 = Rule(
    "C438",
    "twee-antwoorden-in-een-optie",
    Severity.ADVICE,
    "Een antwoord met of noemt twee dingen. Dan kan het half goed zijn.",
    "- tekst: De huisarts of de tandarts",
    "- tekst: De huisarts",
)
RULES = (C409, C411, C412, C421, C422, C423, C438)

_NOT = re.compile(
    r"\b(niet|geen|noch)\b(?!\s+(?:alleen|meer\s+dan|langer\s+dan|later\s+dan|eerder\s+dan))(?<!wel of niet)(?<!of niet)",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(altijd|nooit|allemaal|iedereen|niemand|nergens|uitsluitend"
    rf"|alle(?!\s+(?:\d|{'|'.join(NUMBER_WORDS)})))\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(meestal|(?<!hoe )(?<!te )(?<!zo )vaak|soms|misschien|waarschijnlijk|zelden|wel eens|af en toe|in het algemeen|vrijwel)\b",
    re.IGNORECASE,
)
# A text without one of these needs no look with the pattern.
_NOT_WORDS = frozenset(word_list("niet geen noch"))
_ABSOLUTE_WORDS = frozenset(word_list("altijd nooit allemaal iedereen niemand nergens uitsluitend alle"))
_VAGUE_WORDS = frozenset(
    word_list("meestal vaak soms misschien waarschijnlijk zelden eens toe algemeen vrijwel")
)
_ANSWERS = (
    r"(?:\s+(?:antwoorden|opties|keuzes))?(?:\s+(?:is|zijn|klopt|kloppen)(?:\s+(?:goed|juist|waar|fout))?)?"
)
_POINTS_AT_OPTIONS = re.compile(
    r".*\b(?:alle|al|alles|geen|elk)(?:\s+(?:van|het|een|de|deze|drie|enkel|hier))*\s*(?:boven|onder|hier)(?:staande|genoemde|vermelde)\b.*"
    r"|(?:zowel\s+)?(?:het|de)\s+(?:bovenstaande|bovengenoemde|voorgaande)(?:\s+(?:allebei|antwoorden?|opties?)\b.*)?"
    rf"|(?:alle|geen(?:\s+van)?)\s+(?:de\s+|deze\s+|beide\s+|drie\s+|andere\s+|enkel\s+)*(?:antwoord|antwoorden|opties|keuzes|drie|beide|deze|allen)\b{_ANSWERS}"
    rf"|(?:alle\s+(?:drie|twee|vier)|allebei|beide|beiden|geen\s+van\s+(?:beide|beiden|allen|drieën|drie|deze)){_ANSWERS}"
    r"|.*\b(?:antwoord|antwoorden|optie|opties)\s+(?:[a-d]|[1-4])\b.*",
    re.IGNORECASE,
)
_MAY_POINT = re.compile(
    r"staande|genoemde|vermelde|antwoord|optie|keuzes|beide|all|geen|\b[A-D]\s+(?:en|of|als)\s+[A-D]\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?:zowel\s+)?[A-D]\s+(?:en|of|als)\s+[A-D](?:\s+zijn\b.*)?", re.IGNORECASE)
_EITHER = re.compile(
    r"(?:de|het|een|uw|je)\s+[\w-]+\s+of\s+(?:(?:de|het|een|uw|je)\s+)?[\w-]+|[\w-]+\s+of\s+[\w-]+",
    re.IGNORECASE,
)
_NOT_THE_OTHER = frozenset(word_list("niet geen ander andere behalve zonder dan"))


def findings(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    """Yield the findings about the options of one item."""
    number = len(text.options)
    if number not in (0, 3):
        yield Diagnostic(
            C411,
            bank.locate(text.item.id, "opties"),
            f"Deze vraag heeft {number} antwoorden. Onze eigen vragen hebben er drie.",
            "Haal het zwakste antwoord weg."
            if number > 3
            else "Bedenk een derde antwoord, uit een echte vergissing.",
        )
    yield from _pointing(bank, text)
    yield from _wording(bank, text)
    if text.has_text_only and number > 1:
        yield from _containment(bank, text)


def _at(bank: Itembank, text: ItemText, index: int) -> Location:
    return bank.locate(text.item.id, "opties", index, "tekst")


def points_at_options(option: str) -> bool:
    """Tell whether an option speaks about the other options ("alle bovenstaande", "A en B")."""
    bare = option.strip().rstrip(".!")
    return (
        len(bare) < 120
        and bool(_MAY_POINT.search(bare))
        and bool(_POINTS_AT_OPTIONS.fullmatch(bare) or _LETTERS.fullmatch(bare))
    )


def _pointing(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    found = [
        index
        for index, option in enumerate(text.options)
        if not option.is_picture and points_at_options(option.text)
    ]
    if len(found) == len(text.options) > 1:
        return  # driving licences A en B, B en E: letters that are the subject itself
    for index in found:
        yield Diagnostic(
            C412,
            _at(bank, text, index),
            f'Antwoord {index + 1} ("{text.options[index].text}") gaat over de andere antwoorden.',
            "Maak er een eigen antwoord van, of haal het weg.",
        )


def _wording(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    words = {"niet", "geen", "nooit", "niemand"}
    asked_negatively = bool(words & set(text.question_words))
    for rule, pattern, triggers, hint in (
        (C409, _NOT, _NOT_WORDS, "Schrijf wat er wel is of wat iemand wel doet."),
        (
            C421,
            _ABSOLUTE,
            _ABSOLUTE_WORDS,
            "Haal het woord weg, of noem precies voor wie of wanneer het geldt.",
        ),
        (C422, _VAGUE, _VAGUE_WORDS, "Haal het woord weg, of noem precies wanneer het geldt."),
    ):
        found = [
            (index, [] if triggers.isdisjoint(option.words) else pattern.findall(option.text))
            for index, option in enumerate(text.options)
            if not option.is_picture
        ]
        if rule is C421 and all(hits for _, hits in found):
            continue
        for index, hits in found:
            if not hits or points_at_options(text.options[index].text):
                continue
            if rule is C409 and asked_negatively:
                continue  # told already, as a double negation or about the stem
            yield Diagnostic(
                rule,
                _at(bank, text, index),
                f"In antwoord {index + 1} staat {listed(sorted(set(hits)))}.",
                hint,
            )
    either = [
        index
        for index, option in enumerate(text.options)
        if not option.is_picture
        and " of " in option.text
        and _EITHER.fullmatch(option.text.rstrip("."))
        and not span_of(option.text)
    ]
    if len(either) < len(text.options):
        for index in either:
            yield Diagnostic(
                C438,
                _at(bank, text, index),
                f'Antwoord {index + 1} noemt twee dingen: "{text.options[index].text}".',
                "Kies één van de twee.",
            )


def _containment(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    for inner, small in enumerate(text.options):
        core = _without_article(small.words)
        if not any(len(word) > 2 for word in content(core)) or span_of(small.text):
            continue
        for outer, large in enumerate(text.options):
            if outer == inner or len(large.words) <= len(core):
                continue
            at = _place_of(core, large.words)
            rest = (large.words[:at] + large.words[at + len(core) :]) if at is not None else ()
            extra = [word for word in rest if word not in ("de", "het", "een")]
            if not extra or _NOT_THE_OTHER & set(extra) or any(word[0].isdigit() for word in extra):
                continue
            yield Diagnostic(
                C423,
                _at(bank, text, outer),
                f'Antwoord {inner + 1} ("{small.text}") zit helemaal in antwoord {outer + 1}.',
                "Kies antwoorden die elkaar uitsluiten.",
            )


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if words[:1] in (("de",), ("het",), ("een",)) else words


def _place_of(small: tuple[str, ...], large: tuple[str, ...]) -> int | None:
    for start in range(len(large) - len(small) + 1):
        if large[start : start + len(small)] == small:
            return start
    return None
