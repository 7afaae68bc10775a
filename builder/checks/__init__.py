"""The checks: each looks at a linked bank and yields findings. `CHECKS` is the whole list, typed out.

A check opens no file, prints nothing and changes nothing. To add one: write a module, put its function
in `CHECKS` and its rules in `RULES`, and give each rule a folder under `tests/diagnostics/`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from builder.checks import (
    answer_key,
    duplicates,
    exceptions,
    freshness,
    handreiking,
    item_pairs,
    item_sets,
    item_writing,
    language,
    lesson_facts,
    lesson_readings,
    lessons,
    lifecycle,
    markup,
    matrices,
    sensitivity,
    site_language,
    sources,
    spelling,
    toetsen,
)
from builder.checks.context import Context
from builder.checks.gists import Gist, Memory, NoMemory, Without, gist
from builder.checks.tellings import Telling
from builder.checks.texts import documents
from builder.diagnostics import Diagnostic, sort_key
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lifecycle import is_public

T = TypeVar("T")
Check = Callable[[Itembank], Iterator[Diagnostic]]
CheckOfDocuments = Callable[[Itembank, Collection[str]], Iterator[Diagnostic]]
CheckOfPairs = Callable[[Itembank, Mapping[str, Telling]], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    answer_key.check,
    item_writing.check,
    lifecycle.check,
    markup.check,
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
# These name ids and fields only. Every other check may quote a text, so it never gets a secret item or les to see.
SEE_SECRETS: tuple[Check, ...] = (answer_key.check, lifecycle.check, matrices.check, toetsen.check)
# These look at one document at a time. The workshop asks them about the document on the screen only.
ONE_BY_ONE: tuple[Check, ...] = (lifecycle.check, language.check)


def _nothing(*_: object) -> Iterator[Diagnostic]:
    return iter(())


class Parts(NamedTuple):
    """A check in parts: what it says about items by themselves, other documents by themselves, pairs of items, and the rest.

    The first two look at nothing but one item with its pictures, or one other document, and the lists of `content`
    (glossary, words of a thema, bronnen, eindtermen), so what they say can be kept. The third gets what every item
    tells, the last opens few items.
    """

    items: Check = _nothing
    documents: CheckOfDocuments = _nothing
    pairs: CheckOfPairs = _nothing
    rest: Check = _nothing


PARTS: Mapping[Check, Parts] = {
    answer_key.check: Parts(items=answer_key.check),
    item_writing.check: Parts(
        items=item_writing.check_items, pairs=item_pairs.findings, rest=item_sets.findings
    ),
    lifecycle.check: Parts(items=lifecycle.check_items, rest=lifecycle.check_rest),
    sources.check: Parts(items=sources.check_items, rest=sources.check_rest),
    sensitivity.check: Parts(items=sensitivity.check_items, documents=sensitivity.check_documents),
    duplicates.check: Parts(pairs=duplicates.findings),
    language.check: Parts(language.check_items, language.check_documents, rest=language.check_rest),
    site_language.check: Parts(documents=site_language.check_documents),
    markup.check: Parts(items=markup.check),
}
RULES = (
    *answer_key.RULES,
    *item_writing.RULES,
    *lifecycle.RULES,
    *markup.RULES,
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
    items that it knows stay closed; of what is secret nothing is kept in it. `only` is the id of a document: what is
    found in it is complete, of the others much is left out, in less than half the time.
    """
    known, memory = context or Context(), memory or NoMemory()
    speller = spelling.speller_for(bank, known)
    found: list[Diagnostic] = []
    gists: dict[str, Gist] = {}
    fresh: dict[str, Item] = {}
    secret: dict[str, Item] = {}
    for name in bank.items:
        recalled = memory.recall(name)
        if recalled is not None:
            found.extend(recalled[0])
            gists[name] = recalled[1]
        elif is_public(bank.items[name]):
            fresh[name] = bank.items[name]
            gists[name] = gist(bank, fresh[name], speller)
        else:
            secret[name] = bank.items[name]
    for name, mine in _by_themselves(bank, _one(fresh, only), _one(secret, only)).items():
        found.extend(mine)
        if name in fresh:
            memory.learn(name, mine, gists[name])
    public = replace(bank, items=Without(bank.items, frozenset(secret))) if secret else bank
    if not all(map(is_public, bank.lessen.values())):  # a mistake (C313), but not one to tell its text for
        public = replace(public, lessen={name: les for name, les in bank.lessen.items() if is_public(les)})
    found.extend(_of_documents(public, memory, only))
    tellings = {name: mine.telling for name, mine in gists.items() if mine.telling}
    for run in CHECKS:
        seen = bank if run in SEE_SECRETS else public
        parts = PARTS.get(run, Parts(rest=run))
        found.extend(parts.pairs(seen, tellings))
        found.extend(parts.rest(_only(seen, only) if run in ONE_BY_ONE else seen))
    found.extend(freshness.findings(public, known, {name: mine.looked for name, mine in gists.items()}))
    found.extend(handreiking.check_freshness(public, known))
    doubts = {name: mine.doubts for name, mine in gists.items() if mine.doubts}
    found.extend(spelling.findings(public, known, speller, doubts))
    unchecked = {rule.code for rule in (*freshness.unchecked(known), *spelling.unchecked(known))}
    excepted = [name for name, mine in gists.items() if mine.has_exceptions]
    excepted += [name for name, item in secret.items() if item.uitzonderingen]
    return tuple(sorted(exceptions.apply(bank, found, unchecked, excepted), key=sort_key))


def _by_themselves(
    bank: Itembank, public: Mapping[str, Item], secret: Mapping[str, Item]
) -> Mapping[str, list[Diagnostic]]:
    """Return what is to be said about each of these items by itself."""
    found: dict[str, list[Diagnostic]] = {name: [] for name in (*public, *secret)}
    names = {bank.locations[name].path: name for name in found}
    for run, parts in PARTS.items():
        items = {**public, **secret} if run in SEE_SECRETS else public
        for finding in parts.items(_alone(bank, items)):
            found[names[finding.location.path]].append(finding)
    return found


def _of_documents(bank: Itembank, memory: Memory, only: str) -> Iterator[Diagnostic]:
    """Yield what is to be said about each other document by itself, of one only when it has a name."""
    anew: dict[str, list[Diagnostic]] = {}
    for name in documents(bank):
        if only in ("", name):
            known = memory.recall_document(name)
            if known is None:
                anew[name] = []
            else:
                yield from known
    names = {bank.locations[name].path: name for name in anew}
    without_items = replace(bank, items={}, toetsen={}, matrijzen={})
    for parts in PARTS.values():
        for finding in parts.documents(without_items, anew):
            anew[names[finding.location.path]].append(finding)
            yield finding
    for name, mine in anew.items():
        memory.learn_document(name, mine)


def _alone(bank: Itembank, items: Mapping[str, Item]) -> Itembank:
    """Return a bank with these items and the lists only: what looks at it cannot lean on anything else."""
    nothing: Mapping[str, Any] = {}
    return replace(
        bank, items=items, lessen=nothing, matrijzen=nothing, toetsen=nothing, broken=frozenset(), paginas=nothing,
        lesmateriaal=nothing, locaties=nothing, momenten=nothing, statistieken=nothing,
    )  # fmt: skip


def _only(bank: Itembank, name: str) -> Itembank:
    """Return the bank with no other lessons and toetsen than one; the whole bank without a name."""
    if not name:
        return bank
    return replace(bank, lessen=_one(bank.lessen, name), toetsen=_one(bank.toetsen, name))


def _one(documents: Mapping[str, T], name: str) -> Mapping[str, T]:
    """Return the document with this name only, all of them without a name."""
    if not name:
        return documents
    return {name: documents[name]} if name in documents else {}
