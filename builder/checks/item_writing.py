"""The rules for writing items: every item is read once and goes through the rules about stem and options.

The rules are those of the test-construction guide that a program can see; what only a person can judge
(is it worth asking, are the wrong answers real mistakes) stays with the reviewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from builder.checks import (
    item_clues,
    item_form,
    item_negation,
    item_numbers,
    item_options,
    item_pairs,
    item_sets,
    item_stem,
)
from builder.checks.words import ItemText, OptionText, is_unfinished, read
from builder.diagnostics import Diagnostic
from builder.model.itembank import Itembank

RULES = (
    *item_stem.RULES,
    *item_negation.RULES,
    *item_options.RULES,
    *item_form.RULES,
    *item_numbers.RULES,
    *item_clues.RULES,
    *item_pairs.RULES,
    *item_sets.RULES,
)


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about how every item that is in use is written, and how items go together."""
    together = _Together(bank)
    for text in _read(bank):
        yield from _each(bank, text)
        together.add(text)
    yield from together.findings()


def check_items(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about how each item is written: they need nothing of other items."""
    for text in _read(bank):
        yield from _each(bank, text)


def check_rest(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about how items go together."""
    together = _Together(bank)
    for text in _read(bank):
        together.add(text)
    yield from together.findings()


def _read(bank: Itembank) -> Iterator[ItemText]:
    for item in bank.items.values():
        if item.status != "vervallen" and not is_unfinished(item):
            yield read(item)


def _each(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    yield from item_stem.findings(bank, text)
    yield from item_negation.findings(bank, text)
    yield from item_options.findings(bank, text)
    yield from item_form.findings(bank, text)
    yield from item_numbers.findings(bank, text)
    yield from item_clues.findings(bank, text)


class _Together:
    """The texts of all items. Of one in no toets only what pairs need: else 100,000 items take 1.4 GB."""

    def __init__(self, bank: Itembank) -> None:
        self.bank = bank
        self.texts: dict[str, ItemText] = {}
        self.shown = {plek.id for toets in bank.toetsen.values() for plek in toets.items}

    def add(self, text: ItemText) -> None:
        name = text.item.id
        self.texts[name] = text if name in self.shown else _slim(text)

    def findings(self) -> Iterator[Diagnostic]:
        yield from item_pairs.findings(self.bank, self.texts)
        yield from item_sets.findings(self.bank, self.texts)


def _slim(text: ItemText) -> ItemText:
    """Return the text with the words of the stem, the context and the key only."""
    options = tuple(option if index == text.key else _NOTHING for index, option in enumerate(text.options))
    return replace(
        text,
        question="",
        question_words=(),
        asked_with=_NO_WORDS,
        context_words=(),
        options=options,
        others=(),
    )


_NOTHING = OptionText("", (), {}, False)
_NO_WORDS: frozenset[str] = frozenset()
