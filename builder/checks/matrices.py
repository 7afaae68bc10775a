"""Whether a toetsmatrijs can be met at all: minima and maxima that do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.itembank import Itembank
from builder.model.toets import Toetsmatrijs

M401 = Rule(
    "M401",
    "minimum-boven-maximum",
    Severity.ERROR,
    "Een cel die ten minste 5 en ten hoogste 3 vragen wil, kan niet.",
    "min: 5\nmax: 3",
    "min: 3\nmax: 5",
)
M402 = Rule(
    "M402",
    "cellen-passen-niet-bij-aantal",
    Severity.ERROR,
    "De cellen samen moeten op het aantal vragen van de toets kunnen uitkomen.",
    "aantal: 20, en cellen met samen ten minste 24",
    "aantal: 20, en cellen met samen ten minste 16 en ten hoogste 24",
)
RULES = (M401, M402)


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the contradictions in every toetsmatrijs."""
    for matrijs in bank.matrijzen.values():
        yield from _edges(bank, matrijs)
        yield from _total(bank, matrijs)


def _edges(bank: Itembank, matrijs: Toetsmatrijs) -> Iterator[Diagnostic]:
    for part in ("cellen", "marges"):
        for index, cel in enumerate(getattr(matrijs, part)):
            if cel.max is not None and cel.min > cel.max:
                yield Diagnostic(
                    M401,
                    bank.locate(matrijs.id, part, index, "min"),
                    f"Deze cel wil ten minste {cel.min} en ten hoogste {cel.max} vragen. Dat kan niet.",
                    "Verlaag het minimum of verhoog het maximum.",
                )


def _total(bank: Itembank, matrijs: Toetsmatrijs) -> Iterator[Diagnostic]:
    least = sum(cel.min for cel in matrijs.cellen)
    most = sum(matrijs.aantal if cel.max is None else cel.max for cel in matrijs.cellen)
    if least > matrijs.aantal:
        yield Diagnostic(
            M402,
            bank.locate(matrijs.id, "aantal"),
            f"De cellen vragen samen ten minste {least} vragen, maar de toets heeft er {matrijs.aantal}.",
            "Verlaag een minimum, of verhoog het aantal.",
        )
    if most < matrijs.aantal:
        yield Diagnostic(
            M402,
            bank.locate(matrijs.id, "aantal"),
            f"In de cellen passen samen {most} vragen, maar de toets heeft er {matrijs.aantal}.",
            "Verhoog een maximum, of verlaag het aantal.",
        )
