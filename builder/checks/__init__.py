"""The checks: each looks at a linked bank and yields findings. `CHECKS` is the whole list, typed out.

A check opens no file, prints nothing and changes nothing. To add one: write a module, put its function
in `CHECKS` and its rules in `RULES`, and give each rule a folder under `tests/diagnostics/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

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
    site_language,
    sources,
    spelling,
    toetsen,
)
from builder.checks.context import Context
from builder.diagnostics import Diagnostic, sort_key
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lifecycle import is_public

T = TypeVar("T")
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
    site_language.check,
)
# These name ids and fields only. Every other check may quote a text, so it never gets a secret item to see.
SEE_SECRETS: tuple[Check, ...] = (answer_key.check, lifecycle.check, matrices.check, toetsen.check)
# These look at one document at a time. The workshop asks them about the document on the screen only.
ONE_BY_ONE: tuple[Check, ...] = (
    lifecycle.check,
    sensitivity.check,
    language.check,
    site_language.check,
)
# These need the date or the dictionary, and say nothing about what they do not know.
CHECKS_IN_CONTEXT: tuple[CheckInContext, ...] = (
    freshness.check_freshness,
    handreiking.check_freshness,
    spelling.check_spelling,
)
# What takes long, in two parts: what it says about an item by itself, and the rest. The first part looks at nothing but the
# item, its pictures and the lists of `content` (glossary, words of a thema, bronnen, eindtermen).
PARTS: Mapping[Check, tuple[Check, Check]] = {
    item_writing.check: (item_writing.check_items, item_writing.check_rest),
    lifecycle.check: (lifecycle.check_items, lifecycle.check_rest),
    sensitivity.check: (sensitivity.check_items, sensitivity.check_rest),
    language.check: (language.check_items, language.check_rest),
}


class Memory(Protocol):
    """What was found about items by themselves, in an earlier run with the same items, lists and program."""

    def recall(self, item_id: str) -> Sequence[Diagnostic] | None:
        """Return what was found about this item, None when that is not known."""
        ...

    def learn(self, item_id: str, found: Sequence[Diagnostic]) -> None:
        """Remember what was found about this item."""
        ...


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


def check(
    bank: Itembank, context: Context | None = None, memory: Memory | None = None, only: str = ""
) -> tuple[Diagnostic, ...]:
    """Run every check over the bank and return the findings that no exception takes away, sorted.

    Without a context there is no reference date and no dictionary: what needs them is left out. With a memory,
    items that it knows are not looked at by themselves again; of secret items nothing is kept in it. `only` is the
    id of a document: what is found in it is complete, of the others much is left out, in less than half the time.
    """
    known = context or Context()
    public = _without_secrets(bank)
    found: Iterable[Diagnostic] = [
        *(_recalled(bank, public, memory) if memory else ()),
        *(
            finding
            for run in CHECKS
            for seen in [bank if run in SEE_SECRETS else public]
            for finding in (PARTS[run][1] if memory and run in PARTS else run)(
                _only(seen, only) if only and run in ONE_BY_ONE else seen
            )
        ),
        *(finding for look in CHECKS_IN_CONTEXT for finding in look(public, known)),
    ]
    unchecked = {rule.code for rule in (*freshness.unchecked(known), *spelling.unchecked(known))}
    return tuple(sorted(exceptions.apply(bank, list(found), unchecked), key=sort_key))


def _recalled(bank: Itembank, public: Itembank, memory: Memory) -> Iterator[Diagnostic]:
    """Yield what is to be said about items by themselves: what is known of them, and of the others what is found now."""
    fresh: dict[str, list[Diagnostic]] = {}
    for name in public.items:
        found = memory.recall(name)
        if found is None:
            fresh[name] = []
        else:
            yield from found
    names = {bank.locations[name].path: name for name in fresh}
    for run, (look, _) in PARTS.items():
        items = {name: public.items[name] for name in fresh}
        if run in SEE_SECRETS:
            items |= {name: item for name, item in bank.items.items() if name not in public.items}
        for finding in look(_alone(bank, items)):
            owner = names.get(finding.location.path)
            if owner is None:
                yield finding
            else:
                fresh[owner].append(finding)
    for name, mine in fresh.items():
        memory.learn(name, mine)
        yield from mine


def _alone(bank: Itembank, items: Mapping[str, Item]) -> Itembank:
    """Return a bank with these items and the lists only: what looks at it cannot lean on anything else."""
    nothing: Mapping[str, Any] = {}
    return replace(
        bank, items=items, lessen=nothing, matrijzen=nothing, toetsen=nothing, broken=frozenset(), paginas=nothing,
        lesmateriaal=nothing, locaties=nothing, momenten=nothing, statistieken=nothing,
    )  # fmt: skip


def _only(bank: Itembank, name: str) -> Itembank:
    """Return the bank with no other items, lessons, toetsen, materials, places and hard moments than one, and no pages."""

    def one(documents: Mapping[str, T]) -> dict[str, T]:
        return {name: documents[name]} if name in documents else {}

    return replace(
        bank,
        items=one(bank.items),
        lessen=one(bank.lessen),
        toetsen=one(bank.toetsen),
        momenten=one(bank.momenten),
        lesmateriaal=one(bank.lesmateriaal),
        locaties=one(bank.locaties),
        paginas={},
    )


def _without_secrets(bank: Itembank) -> Itembank:
    """Return the bank as the public may read it."""
    if all(is_public(item) for item in bank.items.values()):
        return bank
    return replace(bank, items={name: item for name, item in bank.items.items() if is_public(item)})
