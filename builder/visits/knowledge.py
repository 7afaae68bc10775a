"""What groups knew before and after a visit: the mean difference, its interval, and what it cannot tell.

In: rows with totals of groups, of groups that went. Out: a `Verschil` per eindterm. It knows no workbook and no group by
name.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from builder.dutch import count
from builder.visits.read_rows import Row

MOMENTEN = ("vooraf", "achteraf")
FEW_GROUPS = 5
FEW_PEOPLE = 30
VOORBEHOUD = (
    "Vooraf en achteraf waren er andere vragen. Zijn de tweede makkelijker? Dan stijgt de score ook zonder bezoek.",
    "Er is geen groep zonder bezoek om mee te vergelijken. Ook de lessen tellen mee in dit verschil.",
    "Wie de vragen maakte, is soms een ander dan wie meeging.",
)


@dataclass(frozen=True, slots=True)
class Verschil:
    """After minus before, in points of percentage, as the mean over groups; `van` and `tot` are the 95% interval."""

    eindterm: str
    groepen: int
    deelnemers: int
    vooraf: float
    achteraf: float
    verschil: float
    van: float | None
    tot: float | None

    @property
    def waarschuwing(self) -> str:
        """Return what stands in the way of a conclusion, or nothing."""
        if self.van is None or self.tot is None:
            return "Eén groep is te weinig. Hieruit kun je niets besluiten."
        if self.groepen < FEW_GROUPS or self.deelnemers < FEW_PEOPLE:
            people = count(self.deelnemers, "mens", "mensen")
            return f"Maar {self.groepen} groepen en {people}. Dit is te weinig voor een conclusie."
        if self.van <= 0 <= self.tot:
            return "Het verschil kan toeval zijn: 0 ligt in het interval."
        return ""


def differences(knowledge: Sequence[Row]) -> tuple[Verschil, ...]:
    """Return per eindterm the mean difference over groups that answered before and after."""
    shares: dict[str, dict[str, dict[str, tuple[float, int]]]] = defaultdict(lambda: defaultdict(dict))
    for row in knowledge:
        share = 100 * row["goed"] / (row["deelnemers"] * row["vragen"])
        shares[row["eindterm"]][row["groep"].casefold()][row["moment"]] = (share, row["deelnemers"])
    found = []
    for eindterm in sorted(shares):
        pairs = [both for both in shares[eindterm].values() if set(both) == set(MOMENTEN)]
        if not pairs:
            continue
        changes = [both["achteraf"][0] - both["vooraf"][0] for both in pairs]
        mean = statistics.fmean(changes)
        half = (
            t_975(len(changes) - 1) * statistics.stdev(changes) / math.sqrt(len(changes))
            if len(changes) > 1
            else None
        )
        found.append(
            Verschil(
                eindterm,
                len(pairs),
                sum(min(both["vooraf"][1], both["achteraf"][1]) for both in pairs),
                statistics.fmean(both["vooraf"][0] for both in pairs),
                statistics.fmean(both["achteraf"][0] for both in pairs),
                mean,
                None if half is None else mean - half,
                None if half is None else mean + half,
            )
        )
    return tuple(found)


def t_975(freedom: int) -> float:
    """Return the 97.5% point of Student's t, by bisection on its distribution (a finite sum, Abramowitz 26.7.3-4)."""
    low, high = 0.0, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < 0.95 else (low, middle)
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    """Return the chance that Student's t lies between -t and t."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine = math.cos(angle)
    term, total = (cosine, cosine) if freedom % 2 else (1.0, 1.0)
    for number in range(3 if freedom % 2 else 2, freedom - 1, 2):
        term *= cosine**2 * (number - 1) / number
        total += term
    if freedom % 2 == 0:
        return math.sin(angle) * total
    return 2 / math.pi * (angle + (math.sin(angle) * total if freedom > 1 else 0.0))
