"""Texts about the Holocaust: which of them are read for figures and for words, and no number as the right answer.

In: the bank. Out: findings. What is looked for stands in `holocaust_figures` and `holocaust_words`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from builder.checks import holocaust_figures, holocaust_words
from builder.checks.holocaust_figures import facts, may_hold_a_fact
from builder.checks.holocaust_words import ABOUT_THE_HOLOCAUST, may_hold_a_word, words
from builder.checks.texts import (
    Text,
    all_texts,
    documents,
    dutch_pages,
    is_about_the_holocaust,
    item_texts,
    page_location,
    sentences,
)
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.item import Item
from builder.model.itembank import Itembank

C526 = Rule(
    "C526",
    "getal-als-goed-antwoord",
    Severity.WARNING,
    "Bij getallen over de Holocaust verschillen de bronnen. Vraag daarom wat er gebeurde, en niet hoeveel precies.",
    "stam: Hoeveel Joden uit Nederland vermoordden de nazi's?\njuist: 102.000",
    "stam: Wat deden de nazi's met de meeste Joden uit Nederland?",
)
RULES = (*holocaust_figures.RULES, *holocaust_words.RULES, C526)

_YEAR = re.compile(r"\W*(?:in )?(?:1[89]|20)\d\d\W*")
_BIG_NUMBER = re.compile(
    r"^\W*(?:ongeveer|circa|rond|meer dan|ruim|bijna|zo'n)?\s*(?:\d{3,}|\d{1,3}(?:[. ]\d{3})+|[\w,]+ (?:duizend|miljoen)|\w+(?:duizend|honderd)\w*)\b",
    re.IGNORECASE,
)


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about every text of items, lessons, glossary and Dutch pages."""
    yield from check_items(bank)
    yield from check_documents(bank, frozenset(documents(bank)))


def check_items(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about each item: they need nothing of other items."""
    alive = (item for item in bank.items.values() if item.status != "vervallen")
    yield from _texts(bank, (text for item in alive for text in item_texts(item)))
    for item in bank.items.values():
        if item.status != "vervallen":
            yield from _number_as_key(bank, item)


def check_documents(bank: Itembank, wanted: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the findings about these lessons, lists and Dutch pages: each needs nothing of the others."""
    texts = all_texts(replace(bank, items={}))
    yield from _texts(bank, (text for text in texts if text.document in wanted))
    for pagina in dutch_pages(bank):
        if pagina.pad in wanted and _worth_reading(pagina.tekst):
            for start, sentence in sentences(pagina.tekst):
                at = page_location(pagina, start)
                yield from facts(sentence, at)
                yield from words(Text(pagina.pad, (), sentence), at)


def _texts(bank: Itembank, texts: Iterable[Text]) -> Iterator[Diagnostic]:
    for name, mine in groupby(texts, key=lambda text: text.document):
        together = list(mine)
        if _worth_reading(" ".join(text.text for text in together)):
            for text in together:
                yield from _text(bank, bank.items.get(name), text)


def _text(bank: Itembank, item: Item | None, text: Text) -> Iterator[Diagnostic]:
    if item is not None and text.path[0] == "opties" and text.path[-1] == "tekst":
        # An answer is read with its question. What a wrong answer says is wrong already.
        if item.opties[int(text.path[1])].juist:
            sentence = f"{item.stam.rstrip('?. ')} {text.text}"
            yield from facts(sentence, bank.locate(item.id, *text.path))
        yield from words(text, bank.locate(item.id, *text.path))
    elif _worth_reading(text.text):
        at = bank.locate(text.document, *text.path)
        for _, sentence in sentences(text.text):
            yield from facts(sentence, at)
        yield from words(text, at)


def _worth_reading(text: str) -> bool:
    lower = text.lower()
    return may_hold_a_word(lower) or may_hold_a_fact(lower)


def _number_as_key(bank: Itembank, item: Item) -> Iterator[Diagnostic]:
    if item.sleutel is None:
        return
    if not (
        is_about_the_holocaust(item) or ABOUT_THE_HOLOCAUST.search(f"{item.context} {item.stam}".lower())
    ):
        return
    key = item.opties[item.sleutel].tekst
    if _BIG_NUMBER.match(key) and not _YEAR.fullmatch(key):
        yield Diagnostic(
            C526,
            bank.locate(item.id, "opties", item.sleutel, "tekst"),
            "Het goede antwoord is een getal waarover bronnen kunnen verschillen.",
            "Vraag wat er gebeurde of wie het deed. Zet het getal in de toelichting.",
        )
