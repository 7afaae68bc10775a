"""A delivery on its way into the bank: which question becomes which item, which is there already, which cannot.

In: a delivery, the bank and the numbers that are taken. Out: entries with a verdict; and, when the command has checked
the new items in the bank, the same entries with those findings on the cell or line they belong to. It writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.intake.delivery import Delivery, Question, Remark, Spot
from builder.intake.draft import Draft, Wishes, make
from builder.intake.rules import I402, I510, I523
from builder.intake.shelf import Shelf, content_of
from builder.model.itembank import Itembank
from builder.repicture import Studio

_TWIN = "Deze vraag staat eerder in dit bestand ook, en kan daar nog niet."
FULL = 999  # the last number of a thema


class Verdict(StrEnum):
    """What becomes of a question; the value is how a person reads it."""

    READY = "klaar"
    THERE = "staat er al"
    BAD = "kan nog niet"
    SKIPPED = "overgeslagen"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding on a question: the place in the source, the part of the item, what is the matter."""

    rule: Rule
    spot: Spot
    pointer: str
    message: str
    hint: str = ""

    def diagnostic(self, path: str) -> Diagnostic:
        """Return the finding as all stages speak: the place is in the sentence too."""
        at = Location(path, self.spot.line, self.spot.column, self.pointer)
        said = (
            f"{self.spot.said}: {self.message[:1].lower()}{self.message[1:]}"
            if self.spot.said
            else self.message
        )
        return Diagnostic(self.rule, at, said, self.hint)


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its verdict. `id` is the item that it becomes or is; a text that is no question has no draft."""

    question: Question
    verdict: Verdict
    id: str = ""
    draft: Draft | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def folder(self) -> str:
        """The folder of the item, from the root of the bank."""
        return f"items/{self.id.rpartition('-')[0]}"

    def item(self) -> tuple[dict[str, Any], dict[str, bytes]]:
        """Return the item document that it becomes, and its pictures by file name."""
        assert self.draft is not None and self.verdict is Verdict.READY
        return self.draft.named(self.id)


def plan(
    delivery: Delivery, size: int, bank: Itembank, wishes: Wishes, taken: Iterable[str]
) -> tuple[Entry, ...]:
    """Return an entry for each question. `size` is that of the file, `taken` are ids that are never given again."""
    studio = Studio(size)
    shelf = Shelf(bank.items)
    numbers = _Numbers(taken)
    seen: dict[str, str] = {}
    made = []
    for question in delivery.questions:
        if question.skipped:
            made.append(Entry(question, Verdict.SKIPPED))
            continue
        draft = make(question, bank, wishes, studio)
        if not draft.good:
            made.append(_bad(draft))
            continue
        match = shelf.find(draft)
        if match is not None and not match.differs:
            made.append(Entry(draft.question, Verdict.THERE, match.id, draft))
            continue
        if match is not None:
            told = (
                f"Deze vraag staat er al als {match.id}, maar anders: {', '.join(match.differs)}.",
                f"Verander {match.id} zelf. Is dit een andere vraag? Geef haar dan een ander nummer.",
            )
            made.append(_bad(draft, Remark(I510, "/stam", *told)))
            continue
        content = content_of(draft)
        if content in seen:
            made.append(Entry(draft.question, Verdict.THERE, seen[content], draft))
            continue
        item_id = numbers.next(draft.thema)
        if not item_id:
            told = (
                f"Bij {draft.thema} zijn alle nummers tot en met {FULL} gebruikt.",
                "Overleg met de beheerder.",
            )
            made.append(_bad(draft, Remark(I402, "", *told)))
            continue
        seen[content] = item_id
        findings = _findings(draft.question, draft.remarks)
        made.append(Entry(draft.question, Verdict.READY, item_id, draft, findings))
    return tuple(made)


def _bad(draft: Draft, *more: Remark) -> Entry:
    # what we would fill in is of no use yet to who has to mend the question first
    remarks = [remark for remark in (*draft.remarks, *more) if remark.rule is not I523]
    found = _findings(draft.question, remarks)
    return Entry(draft.question, Verdict.BAD, "", draft, found)


def _findings(question: Question, remarks: Iterable[Remark]) -> tuple[Finding, ...]:
    made = [
        Finding(remark.rule, question.at(remark.pointer), remark.pointer, remark.message, remark.hint)
        for remark in remarks
    ]
    order = list(Severity)
    return tuple(
        sorted(made, key=lambda found: (order.index(found.rule.severity), found.spot.column, found.rule.code))
    )


class _Numbers:
    """Gives new ids, thema by thema: one above the highest that was ever taken."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Look at all names that are taken; a picture of an item that is not there takes its number too."""
        self.last: dict[str, int] = {}
        for name in taken:
            if match := re.match(r"([a-z]+)-([0-9]{3})(?![0-9])", name):
                self.last[match[1]] = max(self.last.get(match[1], 0), int(match[2]))

    def next(self, thema: str) -> str:
        """Return the next id of a thema, or "" when all are used."""
        number = self.last.get(thema, 0) + 1
        if number > FULL:
            return ""
        self.last[thema] = number
        return f"{thema}-{number:03}"


def settle(entries: Sequence[Entry], found: Iterable[Diagnostic], taken: Iterable[str]) -> tuple[Entry, ...]:
    """Return the entries with what loading and checks say of the new items; an error makes an entry bad.

    The ids of those that stay good follow on each other again: no number is left open.
    """
    by_id: dict[str, list[Diagnostic]] = {}
    for one in found:
        if match := re.match(r"items/[^/]+/([a-z]+-[0-9]{3})[.-]", one.location.path):
            by_id.setdefault(match[1], []).append(one)
    numbers = _Numbers(taken)
    fresh = {entry.id for entry in entries if entry.verdict is Verdict.READY}
    given: dict[str, str] = {}
    made = []
    for entry in entries:
        if entry.verdict is Verdict.THERE and entry.id in fresh - set(given):
            twin = Finding(I510, entry.question.spot, "", _TWIN, "Verbeter die vraag. Deze kan dan weg.")
            made.append(replace(entry, verdict=Verdict.BAD, id="", findings=(*entry.findings, twin)))
            continue
        if entry.verdict is not Verdict.READY:
            made.append(replace(entry, id=given.get(entry.id, entry.id)))
            continue
        question = entry.question
        told = [
            Finding(one.rule, question.at(one.location.pointer), one.location.pointer, one.message, one.hint)
            for one in by_id.get(entry.id, [])
        ]
        findings = (*entry.findings, *told)
        if any(one.rule.severity is Severity.ERROR for one in told):
            made.append(replace(entry, verdict=Verdict.BAD, id="", findings=findings))
            continue
        given[entry.id] = numbers.next(entry.id.rpartition("-")[0])
        made.append(replace(entry, id=given[entry.id], findings=findings))
    return tuple(made)
