"""Balance in a toets: where the keys stand, which items and names meet, whether the longest is the key.

In: the bank. Out: findings about every toets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt

from builder.checks.item_clues import excess
from builder.checks.tellings import are_apart
from builder.checks.words import is_unfinished, read, sentences, tokens, word_list
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.model.itembank import Itembank
from builder.model.toets import Plek, Toets, Variantplek

C427 = Rule(
    "C427",
    "sleutels-niet-verdeeld",
    Severity.WARNING,
    "Staat het goede antwoord vaak bij dezelfde letter, dan kan iemand daarop gokken.",
    "20 vragen, waarvan 13 keer B goed is.",
    "20 vragen: 7 keer A, 6 keer B en 7 keer C.",
)
C428 = Rule(
    "C428",
    "zelfde-letter-achter-elkaar",
    Severity.ADVICE,
    "Na vijf keer dezelfde letter gaan kandidaten twijfelen aan antwoorden die goed zijn.",
    "goede antwoorden: A B C C C C C A",
    "goede antwoorden: C A B C C A C B",
)
C430 = Rule(
    "C430",
    "vijanden-in-een-toets",
    Severity.WARNING,
    "Vijanden zijn vragen die elkaar verraden of te veel op elkaar lijken. Zij horen niet in dezelfde toets.",
    "items: wonen-001 en wonen-003, terwijl wonen-001 de ander bij vijanden noemt",
    "items: wonen-001 en wonen-004",
)
C432 = Rule(
    "C432",
    "naam-komt-vaak-terug",
    Severity.ADVICE,
    "Met steeds dezelfde naam lijkt het één verhaal, en komt maar één groep mensen in beeld.",
    "Sara in vier vragen van één toets.",
    "Sara, Daan, mevrouw Osei en Yusuf, ieder in een vraag.",
)
C437 = Rule(
    "C437",
    "langste-vaak-goed",
    Severity.ADVICE,
    "Is het langste antwoord vaak het goede, dan scoort iemand die alleen op lengte let.",
    "In 9 van 12 vragen is het goede antwoord het langst.",
    "In ongeveer een op de drie vragen is het goede antwoord het langst.",
)
RULES = (C427, C428, C430, C432, C437)

_FEWEST = 9  # in a shorter form, places that look uneven are chance
_RUN = 5
_NAME = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)*")
_BEFORE_A_PLACE = frozenset(word_list("in uit naar te van vanuit"))


def findings(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about the items of every toets together."""
    for toets in bank.toetsen.values():
        yield from _keys(bank, toets, toets.items, ("items",))
        for index, variant in enumerate(toets.varianten):
            yield from _keys(bank, toets, variant.items, ("varianten", index, "items"))
        yield from _enemies(bank, toets)
        yield from _names(bank, toets)
        yield from _longest(bank, toets)


def _keys(
    bank: Itembank,
    toets: Toets,
    places: Sequence[Plek | Variantplek],
    path: tuple[str | int, ...],
) -> Iterator[Diagnostic]:
    letters: list[int] = []
    sizes: list[int] = []
    for plek in places:
        item = bank.items.get(plek.id)
        if item is None or item.sleutel is None or item.sleutel + 1 not in plek.opties:
            return  # told elsewhere; the letters of this form are not known
        letters.append(plek.opties.index(item.sleutel + 1))
        sizes.append(len(plek.opties))

    def at() -> Location:
        return bank.locate(toets.id, *path)

    if len(letters) >= _FEWEST:
        for place in range(max(sizes)):
            chances = [1 / size for size in sizes if size > place]
            expected = sum(chances)
            spread = sqrt(sum(chance * (1 - chance) for chance in chances))
            count = letters.count(place)
            if abs(count - expected) > max(2.5, 2 * spread):
                often = "vaak" if count > expected else "weinig"
                yield Diagnostic(
                    C427,
                    at(),
                    f"Letter {'ABCD'[place]} is {count} van de {len(letters)} keer goed. Dat is {often}.",
                    f"Schud opnieuw, tot elke letter ongeveer {round(expected)} keer goed is.",
                )
    run = 1
    for number in range(1, len(letters)):
        run = run + 1 if letters[number] == letters[number - 1] else 1
        if run == _RUN:
            first = number - _RUN + 2
            yield Diagnostic(
                C428,
                at(),
                f"Vanaf vraag {first} is {_RUN} keer achter elkaar {'ABCD'[letters[number]]} goed.",
                "Zet een vraag op een andere plaats, of schud opnieuw.",
            )


def _enemies(bank: Itembank, toets: Toets) -> Iterator[Diagnostic]:
    earlier: dict[str, int] = {}
    for index, plek in enumerate(toets.items):
        item = bank.items.get(plek.id)
        if item is None:
            continue
        for other_id, number in earlier.items():
            if are_apart(item, bank.items[other_id]):
                yield Diagnostic(
                    C430,
                    bank.locate(toets.id, "items", index, "id"),
                    f"{item.id} en {other_id} (vraag {number}) horen niet in één toets.",
                    "Vervang een van de twee.",
                )
        earlier[item.id] = index + 1


def people_in(texts: Sequence[str]) -> Counter[str]:
    """Count, over separate texts, the names that may be of people: never after in, uit or naar."""
    counted: Counter[str] = Counter()
    not_people: set[str] = set()
    for text in texts:
        common = {word for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text) if word.islower()}
        names: set[str] = set()
        for sentence in sentences(text):
            words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", sentence)
            for place, word in enumerate(words):
                if not _NAME.fullmatch(word) or word.casefold() in common:
                    continue
                before = words[place - 1].casefold() if place else ""
                if before in _BEFORE_A_PLACE or before in ("de", "het", "een"):
                    not_people.add(word)
                elif place or _acts(words[1:2]):
                    names.add(word)
        counted.update(names)
    for word in not_people:
        counted.pop(word, None)
    return counted


def _acts(following: list[str]) -> bool:
    """Tell whether the word after the first word of a sentence can be the verb of a person."""
    return (
        bool(following)
        and following[0].islower()
        and (
            following[0][-1:] in "tsn"
            or following[0] in ("wil", "mag", "zal", "ging", "was", "kreeg", "kwam")
        )
    )


def _names(bank: Itembank, toets: Toets) -> Iterator[Diagnostic]:
    stories: dict[str, str] = {}
    for plek in toets.items:
        item = bank.items.get(plek.id)
        if item is not None:
            text = f"{item.context} {item.stam}"
            stories[item.set or item.id] = text
    counted = people_in(list(stories.values()))
    if len(stories) < _FEWEST:
        return
    known = set(_ordinary_words(bank))
    for name, count in sorted(counted.items()):
        if count >= 3 and name.casefold() not in known:
            yield Diagnostic(
                C432,
                bank.locate(toets.id, "items"),
                f"De naam {name} staat in {count} vragen van deze toets.",
                "Kies in een van die vragen een andere naam, of vervang een vraag.",
            )


def _ordinary_words(bank: Itembank) -> Iterator[str]:
    """Yield words that open a sentence with a capital but name no person: themes, countries, concepts."""
    for begrip in bank.begrippen.values():
        yield from tokens(begrip.woord)
    for words in bank.domeinwoorden.values():
        for word in words:
            yield from tokens(word)
    yield from word_list(
        "nederland europa duitsland suriname marokko turkije indonesië joden joodse nazi nazi's mevrouw meneer "
        "mensen kinderen ouders iemand zij hij het een de er in op bij na dit dat deze veel alle elke als wat wie "
        "waar hoe welke welk wanneer waarom januari februari holocaust kamer regering gemeente politie huisarts"
    )


def _longest(bank: Itembank, toets: Toets) -> Iterator[Diagnostic]:
    items = (bank.items[plek.id] for plek in toets.items if plek.id in bank.items)
    texts = (read(item) for item in items if item.status != "vervallen" and not is_unfinished(item))
    judged = [text for text in texts if text.key is not None and text.has_text_only]
    count = sum(excess(text) > 0 for text in judged)
    if len(judged) >= _FEWEST and count > len(judged) / 3 + 2 * sqrt(len(judged) * 2 / 9):
        yield Diagnostic(
            C437,
            bank.locate(toets.id, "items"),
            f"In {count} van de {len(judged)} vragen is het goede antwoord het langst.",
            "Maak in een paar vragen een fout antwoord langer, of kies andere vragen.",
        )
