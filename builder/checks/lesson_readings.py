"""Whether the stored reading of a les is about the text that stands there now.

In: the bank. Out: lessons from `review` on whose text changed after the last reading by somebody else (C317), as
C316 says it of questions. A les that nobody read yet carries its label on the page and is left in peace. It knows
the digests that were stored, not what the readers thought.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.dutch import dutch_date
from builder.model.digest import les_digest
from builder.model.itembank import Itembank

C317 = Rule(
    "C317",
    "lezing-van-oude-tekst",
    Severity.ADVICE,
    "Een tweede lezer las de les zoals zij toen was. Verandert de tekst, een plaatje of een bron, dan telt die lezing"
    " niet meer.",
    "Een beoordeling van 3 maart, en een tekst die daarna is veranderd.",
    "Een beoordeling van de tekst van nu.",
)
RULES = (C317,)


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the lessons in use of which only an earlier text was read."""
    for les in bank.lessen.values():
        if les.status in ("concept", "vervallen"):
            continue
        others = [found for found in les.beoordelingen if found.beoordelaar != les.maker]
        digest = les_digest(bank, les) if others else ""
        if others and all(found.digest != digest for found in others):
            last = max(found.datum for found in others)
            yield Diagnostic(
                C317,
                bank.locate(les.id, "beoordelingen"),
                f"De les is veranderd na de lezing van {dutch_date(last)}. Die lezing telt niet meer.",
                "Laat iemand anders de les opnieuw lezen, en zet die beoordeling erbij.",
            )
