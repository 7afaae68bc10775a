"""The checks: each looks at a linked bank and yields findings. `CHECKS` is the whole list, typed out.

A check opens no file, prints nothing and changes nothing. To add one: write a module, put its function
in `CHECKS` and its rules in `RULES`, and give each rule a folder under `tests/diagnostics/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from builder.checks import answer_key, exceptions, lessons, lifecycle, matrices, toetsen
from builder.diagnostics import Diagnostic, sort_key
from builder.model.itembank import Itembank

Check = Callable[[Itembank], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    answer_key.check,
    lifecycle.check,
    lessons.check,
    matrices.check,
    toetsen.check,
)
RULES = (
    *answer_key.RULES,
    *lifecycle.RULES,
    *lessons.RULES,
    *toetsen.RULES,
    *exceptions.RULES,
    *matrices.RULES,
)


def check(bank: Itembank) -> tuple[Diagnostic, ...]:
    """Run every check over the bank and return the findings that no exception takes away, sorted."""
    found: Iterable[Diagnostic] = [finding for run in CHECKS for finding in run(bank)]
    return tuple(sorted(exceptions.apply(bank, list(found)), key=sort_key))
