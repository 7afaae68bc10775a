"""Exceptions in the data: a reason takes a warning or advice away; one that matches nothing is a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les

C390 = Rule(
    "C390",
    "uitzondering-zonder-zin",
    Severity.WARNING,
    "Een uitzondering die nergens op slaat, verbergt later misschien een echte fout.",
    "uitzonderingen: C322, terwijl de tekst kort genoeg is",
    "De uitzondering weggehaald.",
)
C391 = Rule(
    "C391",
    "uitzondering-op-een-fout",
    Severity.ERROR,
    "Van een fout kan niemand een uitzondering maken: dan zou een toets niet meer te vertrouwen zijn.",
    "uitzonderingen: C301 (geen goed antwoord)",
    "Het goede antwoord aangewezen.",
)
RULES = (C390, C391)


def apply(
    bank: Itembank, found: Sequence[Diagnostic], unchecked: Collection[str], items: Iterable[str]
) -> Iterator[Diagnostic]:
    """Yield the findings that remain, and those about the exceptions themselves.

    `items` are the items that have any. `unchecked` are the codes that nobody looked for this time: an exception to
    those may well have a reason.
    """
    waived: set[tuple[str, str]] = set()
    documents: dict[str, Item | Les] = {name: bank.items[name] for name in items}
    documents |= {name: les for name, les in bank.lessen.items() if les.uitzonderingen}
    there: dict[str, list[Diagnostic]] = {bank.locations[name].path: [] for name in documents}
    for finding in found if there else ():
        if finding.location.path in there:
            there[finding.location.path].append(finding)
    for name, document in documents.items():
        path = bank.locations[name].path
        for index, exception in enumerate(document.uitzonderingen):
            matching = [finding for finding in there[path] if finding.rule.code == exception.code]
            at = bank.locate(name, "uitzonderingen", index, "code")
            if not matching and exception.code in unchecked:
                continue
            if not matching:
                yield Diagnostic(
                    C390,
                    at,
                    f"Hier staat een uitzondering op {exception.code}, maar die regel meldt hier niets.",
                    "Haal de uitzondering weg.",
                )
            elif matching[0].rule.severity is Severity.ERROR:
                yield Diagnostic(
                    C391,
                    at,
                    f"{exception.code} is een fout. Daar is geen uitzondering op mogelijk.",
                    "Verbeter de fout en haal de uitzondering weg.",
                )
            else:
                waived.add((path, exception.code))
    yield from (finding for finding in found if (finding.location.path, finding.rule.code) not in waived)
