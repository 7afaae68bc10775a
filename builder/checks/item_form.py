"""The form of options: of one kind, about as long, fitting the question, without needless repetition.

In: one item, read. Out: findings about options that stand out by their form, key or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.checks.item_numbers import span_of
from builder.checks.words import NUMBER_WORDS, STOPWORDS, ItemText, word_list
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.model.itembank import Itembank

C413 = Rule(
    "C413",
    "opties-verschillen-van-vorm",
    Severity.ADVICE,
    "Een antwoord met een andere vorm valt op. Dat leidt af of geeft een hint.",
    "opties: De huisarts · De tandarts · Je belt de apotheek.",
    "opties: De huisarts · De tandarts · De apotheek",
)
C414 = Rule(
    "C414",
    "optie-van-andere-soort",
    Severity.WARNING,
    "Antwoorden van één soort kun je vergelijken. Een plaatje tussen teksten, of een tekst tussen getallen, valt op.",
    "opties: 12 jaar · 16 jaar · Als je een diploma hebt",
    "opties: 12 jaar · 16 jaar · 18 jaar",
)
C416 = Rule(
    "C416",
    "opties-ongelijk-lang",
    Severity.ADVICE,
    "Antwoorden die ongeveer even lang zijn, lees je met evenveel aandacht.",
    "opties: De huisarts · De winkel waar je medicijnen met een recept kunt krijgen",
    "opties: De huisarts · De apotheek",
)
C417 = Rule(
    "C417",
    "optie-past-niet-bij-vraagwoord",
    Severity.WARNING,
    "Een antwoord dat taalkundig niet past, valt af zonder kennis. Of het valt juist op.",
    "stam: Hoeveel dagen per week?\nopties: Twee dagen · Drie dagen · Op maandag",
    "stam: Hoeveel dagen per week?\nopties: Twee dagen · Drie dagen · Vijf dagen",
)
C418 = Rule(
    "C418",
    "herhaling-in-alle-opties",
    Severity.ADVICE,
    "Wat in elk antwoord staat, hoort in de stam. Dan hoef je het maar één keer te lezen.",
    "opties: Je belt de huisarts · Je belt de politie · Je belt de buren",
    "stam: Wie bel je?\nopties: De huisarts · De politie · De buren",
)
RULES = (C413, C414, C416, C417, C418)

_QUANTITY = frozenset(
    word_list("""veel weinig niets gratis elke elk iedere half halve alle geen een één dagelijks wekelijks maandelijks
    jaarlijks meer minder niemand niks genoeg nul kwart anderhalf anderhalve vandaag morgen gisteren meteen direct
    tot totdat zolang altijd nooit enkele paar dag week maand jaar uur avond middag ochtend nacht middernacht
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag zomer winter lente herfst beide allebei
    honderden duizenden miljoen miljoenen""")
)
_MOMENTS = _QUANTITY - {"een", "één", "tot", "totdat", "zolang"}
_HOW_MUCH = re.compile(
    r"\b(hoeveel|hoe\s+(?:oud|lang|laat|vaak|hoog|ver|groot)|(?:in\s+)?welk\s+jaar)\b", re.IGNORECASE
)
_PREPOSITIONS = frozenset(
    word_list("in op aan bij naar uit via voor door met van tegen onder boven naast langs tussen")
)
_ELSEWHERE = frozenset(
    word_list("thuis hier daar buiten binnen online overal nergens ergens digitaal telefonisch")
)
_REASONS = frozenset(word_list("omdat doordat want om"))


def findings(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    """Yield the findings about the form of the options of one item."""
    yield from _kinds(bank, text)
    if text.has_text_only and len(text.options) > 1:
        yield from _form(bank, text)
        yield from _lengths(bank, text)
        yield from _question_word(bank, text)
        yield from _repetition(bank, text)


def _at(bank: Itembank, text: ItemText, index: int) -> Location:
    return bank.locate(text.item.id, "opties", index, "tekst")


def _kinds(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    pictures = [index for index, option in enumerate(text.options) if option.is_picture]
    if pictures and len(pictures) < len(text.options):
        index = min(pictures, key=lambda found: found)
        yield Diagnostic(
            C414,
            bank.locate(text.item.id, "opties", index),
            "Een deel van de antwoorden is een plaatje, een ander deel tekst.",
            "Geef elk antwoord een plaatje, of elk antwoord een tekst.",
        )
        return
    if pictures or len(text.options) < 3 or _HOW_MUCH.search(text.question):
        return
    amounts = [index for index, option in enumerate(text.options) if _is_amount(option.text)]
    others = [index for index, option in enumerate(text.options) if not any(map(str.isdigit, option.text))]
    if len(amounts) > 1 and len(others) == 1 and not _MOMENTS & set(text.options[others[0]].words):
        yield Diagnostic(
            C414,
            _at(bank, text, others[0]),
            f"Antwoord {others[0] + 1} is een tekst, de andere zijn getallen.",
            "Maak er ook een getal van.",
        )


def _is_amount(option: str) -> bool:
    return span_of(option) is not None and any(sign.isdigit() for sign in option)


def _odd_one(flags: Sequence[bool]) -> int | None:
    """Return the index that differs from all the others, or None."""
    for value in (True, False):
        if len(flags) > 2 and flags.count(value) == 1:
            return flags.index(value)
    return None


def _form(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    texts = [option.text.strip() for option in text.options]
    traits = (
        ([found.endswith((".", "!")) for found in texts], "een punt aan het eind"),
        ([found[:1].islower() for found in texts], "een kleine letter aan het begin"),
    )
    for flags, trait in traits:
        if len(set(flags)) < 2:
            continue
        odd = _odd_one(flags)
        index = flags.index(True) if odd is None else odd
        differs = "heeft" if flags[index] else "mist"
        yield Diagnostic(
            C413,
            _at(bank, text, index),
            f"Antwoord {index + 1} {differs} {trait}. De andere zijn anders.",
            "Schrijf alle antwoorden in dezelfde vorm: alle een hele zin, of alle een paar woorden.",
        )
        return


def _lengths(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    lengths = [len(option.text.strip()) for option in text.options]
    longest, shortest = max(lengths), min(lengths)
    if longest < 2.5 * shortest or longest - shortest < 20:
        return
    index = lengths.index(longest)
    if index == text.key and longest > 1.3 * max(length for i, length in enumerate(lengths) if i != index):
        return  # C415 tells it
    yield Diagnostic(
        C416,
        _at(bank, text, index),
        f"Antwoord {index + 1} is veel langer dan antwoord {lengths.index(shortest) + 1}.",
        "Maak de antwoorden ongeveer even lang.",
    )


def _question_word(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    words = text.question_words
    asked = _HOW_MUCH.search(text.question)
    if asked:
        fits = [
            bool(
                any(word[0].isdigit() or word in NUMBER_WORDS for word in option.words)
                or _QUANTITY & set(option.words)
            )
            for option in text.options
        ]
        kind, hint = f'"{asked[0].casefold()}"', "Noem in elk antwoord een aantal, tijd of hoeveelheid."
    elif words[:1] == ("waarom",):
        fits = [bool(_REASONS & set(option.words[:1])) for option in text.options]
        kind, hint = '"waarom"', "Begin elk antwoord op dezelfde manier, bijvoorbeeld met: omdat."
    elif words[:1] == ("waar",) and "vandaan" not in words and "over" not in words:
        fits = [
            bool((_PREPOSITIONS | _ELSEWHERE) & set(option.words[:1]) or option.text[:2] == "'s")
            for option in text.options
        ]
        kind, hint = '"waar"', "Begin elk antwoord met in, op, bij of naar."
    elif words[:1] == ("wie",):
        fits = [not _PREPOSITIONS & set(option.words[:1]) for option in text.options]
        kind, hint = '"wie"', "Noem in elk antwoord een mens of organisatie."
    else:
        return
    if len(set(fits)) < 2:
        return
    odd = _odd_one(fits)
    index = fits.index(False) if odd is None else odd
    yield Diagnostic(
        C417,
        _at(bank, text, index),
        f"Antwoord {index + 1} heeft een andere vorm dan de rest, na {kind}.",
        hint,
    )


def _repetition(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    if len(text.options) < 3:
        return
    if all(span_of(option.text) for option in text.options):
        return
    lists = [option.words for option in text.options]

    for side in ("begint", "eindigt"):
        rows = lists if side == "begint" else [words[::-1] for words in lists]
        shared = []
        for column in zip(*rows, strict=False):
            if len(set(column)) > 1:
                break
            shared.append(column[0])
        size = len(shared)
        rest = [words[size:] for words in rows]
        carrying = [word for word in shared if word not in STOPWORDS]
        if size < 2 or not carrying or all(word[0].isdigit() for words in rest for word in words):
            continue
        if side == "eindigt":
            shared.reverse()
        yield Diagnostic(
            C418,
            bank.locate(text.item.id, "opties"),
            f'Elk antwoord {side} met "{" ".join(shared)}".',
            "Zet die woorden in de stam, en in de antwoorden alleen het verschil.",
        )
        return
