"""What is due for another look: items with an answer that may change, and bronnen.

In: the bank and the reference date; nothing is said when that is unknown. It opens no address.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from builder.checks.context import Context
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.dutch import dutch_date
from builder.model.item import Item
from builder.model.itembank import Itembank

C502 = Rule(
    "C502",
    "te-lang-niet-nagekeken",
    Severity.WARNING,
    "Sommige antwoorden veranderen: een bedrag, een regel, een naam. Kijk die elk half jaar of elk jaar na.",
    "veroudert: jaarlijks\ngecontroleerd_op: 2024-03-01, en het is nu november 2026",
    "veroudert: jaarlijks\ngecontroleerd_op: 2026-03-01, en het is nu november 2026",
)
C503 = Rule(
    "C503",
    "bron-te-lang-niet-nagekeken",
    Severity.WARNING,
    "Een bron kan verdwijnen of veranderen. Kijk haar elk jaar na.",
    "gecontroleerd_op: 2024-03-01, en het is nu november 2026",
    "gecontroleerd_op: 2026-03-01, en het is nu november 2026",
)
RULES = (C502, C503)

_MONTHS = {"halfjaarlijks": 6, "jaarlijks": 12}
_BRON_MONTHS = 12


class Looked(NamedTuple):
    """When somebody last saw that an item still holds, and whether the item says so itself or a bron does."""

    veroudert: str
    day: str
    itself: bool

    @property
    def due(self) -> date:
        """The day on which it should be looked at again. Raises ValueError or KeyError for another text than ours."""
        return later(date.fromisoformat(self.day), _MONTHS[self.veroudert])


def looked(bank: Itembank, item: Item) -> Looked | None:
    """Return when an item was last looked at; None when it does not grow old, or nobody knows."""
    if item.status in ("concept", "vervallen") or item.veroudert not in _MONTHS:
        return None
    day = item.gecontroleerd_op or _last_seen(bank, item)
    return Looked(item.veroudert, day, bool(item.gecontroleerd_op)) if day else None


def findings(bank: Itembank, context: Context, items: Mapping[str, Looked | None]) -> Iterator[Diagnostic]:
    """Yield what is due for another look on the reference date; nothing when that is unknown.

    `items` says of each item when it was last looked at.
    """
    today = context.today
    if today is None:
        return
    for name, seen in items.items():
        if seen is None or seen.due >= today:
            continue
        day, often = dutch_date(seen.day), _every(seen.veroudert)
        if seen.itself:
            at = bank.locate(name, "gecontroleerd_op")
            message = f"Dit is het laatst nagekeken op {day}. Dat hoort {often}."
        else:
            at = bank.locate(name, "veroudert")
            message = f"Dit kan {often} veranderen. De bron is het laatst gezien op {day}."
        yield Diagnostic(C502, at, message, "Open de bron, kijk het na en zet de datum bij gecontroleerd_op.")
    for index, bron in enumerate(bank.bronnen.values()):
        if bron.gecontroleerd_op and later(date.fromisoformat(bron.gecontroleerd_op), _BRON_MONTHS) < today:
            yield Diagnostic(
                C503,
                bank.locate("bronnen", "bronnen", index, "gecontroleerd_op"),
                f"Deze bron is het laatst nagekeken op {dutch_date(bron.gecontroleerd_op)}. Dat hoort elk jaar.",
                "Open het adres, kijk of alles er nog staat en verander gecontroleerd_op.",
            )


def _last_seen(bank: Itembank, item: Item) -> str:
    """Return the last day on which somebody saw one of the bronnen of an item, or an empty text."""
    return max((bank.bronnen[v.id].gezien.op for v in item.bronnen if v.id in bank.bronnen), default="")


def unchecked(context: Context) -> tuple[Rule, ...]:
    """Return the rules that cannot be judged in this context."""
    return (C502, C503) if context.today is None else ()


def _every(veroudert: str) -> str:
    return "elk half jaar" if veroudert == "halfjaarlijks" else "elk jaar"


def later(day: date, months: int) -> date:
    """Return the same day so many months on (the last day of that month when it is shorter)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
