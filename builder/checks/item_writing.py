"""The rules for writing items: every item is read once and goes through the rules about stem and options.

The rules are those of the test-construction guide that a program can see; what only a person can judge
(is it worth asking, are the wrong answers real mistakes) stays with the reviewer.
"""

from __future__ import annotations

from collections.abc import Iterator

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
from builder.checks.tellings import tellings
from builder.checks.words import ItemText, is_unfinished, read
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
    yield from check_items(bank)
    yield from item_sets.findings(bank)
    yield from item_pairs.findings(bank, tellings(bank.items.values()))


def check_items(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about how each item is written: they need nothing of other items."""
    for item in bank.items.values():
        if item.status != "vervallen" and not is_unfinished(item):
            yield from _each(bank, read(item))


def _each(bank: Itembank, text: ItemText) -> Iterator[Diagnostic]:
    yield from item_stem.findings(bank, text)
    yield from item_negation.findings(bank, text)
    yield from item_options.findings(bank, text)
    yield from item_form.findings(bank, text)
    yield from item_numbers.findings(bank, text)
    yield from item_clues.findings(bank, text)
