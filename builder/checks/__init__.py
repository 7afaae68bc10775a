"""The checks: each looks at a linked bank and yields findings. `CHECKS` is the whole list, typed out.

A check opens no file, prints nothing and changes nothing. To add one: write a module, put its function
in `CHECKS` and its rules in `RULES`, and give each rule a folder under `tests/diagnostics/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from builder.checks import (
    answer_key,
    duplicates,
    exceptions,
    freshness,
    handreiking,
    item_writing,
    language,
    lesson_facts,
    lesson_readings,
    lessons,
    lifecycle,
    matrices,
    sensitivity,
    sources,
    spelling,
    toetsen,
)
from builder.checks.context import Context
from builder.diagnostics import Diagnostic, sort_key
from builder.model.itembank import Itembank
from builder.model.lifecycle import is_public

Check = Callable[[Itembank], Iterator[Diagnostic]]
CheckInContext = Callable[[Itembank, Context], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    answer_key.check,
    item_writing.check,
    lifecycle.check,
    lessons.check,
    lesson_readings.check,
    matrices.check,
    toetsen.check,
    sources.check,
    lesson_facts.check,
    handreiking.check,
    sensitivity.check,
    duplicates.check,
    language.check,
)
# These name ids and fields only. Every other check may quote a text, so it never gets a secret item to see.
SEE_SECRETS: tuple[Check, ...] = (answer_key.check, lifecycle.check, matrices.check, toetsen.check)
# These need the date or the dictionary, and say nothing about what they do not know.
CHECKS_IN_CONTEXT: tuple[CheckInContext, ...] = (
    freshness.check_freshness,
    handreiking.check_freshness,
    spelling.check_spelling,
)
RULES = (
    *answer_key.RULES,
    *item_writing.RULES,
    *lifecycle.RULES,
    *lessons.RULES,
    *lesson_readings.RULES,
    *toetsen.RULES,
    *exceptions.RULES,
    *matrices.RULES,
    *sources.RULES,
    *lesson_facts.RULES,
    *freshness.RULES,
    *handreiking.RULES,
    *sensitivity.RULES,
    *duplicates.RULES,
    *language.RULES,
    *spelling.RULES,
)


def check(bank: Itembank, context: Context | None = None) -> tuple[Diagnostic, ...]:
    """Run every check over the bank and return the findings that no exception takes away, sorted.

    Without a context there is no reference date and no dictionary: what needs them is left out.
    """
    known = context or Context()
    public = _without_secrets(bank)
    found: Iterable[Diagnostic] = [
        *(finding for run in CHECKS for finding in run(bank if run in SEE_SECRETS else public)),
        *(finding for look in CHECKS_IN_CONTEXT for finding in look(public, known)),
    ]
    unchecked = {rule.code for rule in (*freshness.unchecked(known), *spelling.unchecked(known))}
    return tuple(sorted(exceptions.apply(bank, list(found), unchecked), key=sort_key))


def _without_secrets(bank: Itembank) -> Itembank:
    """Return the bank as the public may read it."""
    if all(is_public(item) for item in bank.items.values()):
        return bank
    return replace(bank, items={name: item for name, item in bank.items.items() if is_public(item)})
