"""Where a document stands in its life cycle: status, approvals and next steps, as data and as text.

In: the desk and an id. Out: plain data for a page, or lines for a terminal. It changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from builder.dutch import dutch_date
from builder.model.item import Item
from builder.model.les import Les
from builder.workshop import reviewing
from builder.workshop.desk import Desk, Text
from builder.workshop.reviewing import Approval, Step
from builder.workshop.store import Refusal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one document stands."""

    document: Item | Les
    text: Text
    digest: str
    history: tuple[Approval, ...]
    steps: tuple[Step, ...]

    @property
    def approvals(self) -> tuple[Approval, ...]:
        """The approvals by people that count: of this text and this version, not by its maker."""
        return tuple(
            one
            for one in self.history
            if one.current
            and one.entry.soort == "mens"
            and one.entry.oordeel == "goed"
            and one.entry.versie == self.document.versie
            and one.entry.beoordelaar != self.document.maker
            and not one.other_answer
        )


def of(desk: Desk, name: str) -> Standing:
    """Return the standing of an item or les. Raises `Refusal` when it is not there or has mistakes."""
    bank = desk.bank()
    document = reviewing.document_of(bank, name)
    if document is None:
        if name in bank.broken:
            raise Refusal(
                f"{name} heeft nog fouten. Kijk eerst met `knm check`, of open het in de werkplaats."
            )
        near = get_close_matches(name, [*bank.items, *bank.lessen], 1, 0.6)
        raise Refusal(f"{name} bestaat niet." + (f" Bedoelde je {near[0]}?" if near else ""))
    text = desk.document(bank.locations[name].path)
    return Standing(
        document,
        text,
        reviewing.digest_of(bank, document),
        reviewing.history_of(bank, document),
        reviewing.steps(desk, text),
    )


def text(desk: Desk, name: str) -> str:
    """Return the standing as lines for a terminal. Raises `Refusal`."""
    stand = of(desk, name)
    lines = [
        f"{name}: {stand.document.status}, versie {stand.document.versie}, gemaakt door {stand.document.maker}",
        f"Vingerafdruk van de tekst: {stand.digest[:12]}",
        "",
        f"Beoordelingen: {len(stand.history) or 'nog geen'}",
    ]
    for one in stand.history:
        entry = one.entry
        about = "" if one.current else " (over een oudere tekst; telt niet meer)"
        if one.other_answer:
            about = " (antwoord is niet de sleutel; telt niet als goedkeuring)"
        who = f"{entry.beoordelaar}, {entry.rol}" + (", automatisch" if entry.soort == "automatisch" else "")
        lines.append(f"  {dutch_date(entry.datum)}  {entry.oordeel} ({who}){about}")
    lines += ["", "Volgende stap:" if stand.steps else "Er is geen volgende stap."]
    for step in stand.steps:
        lines.append(f"  {step.label}: {'kan nu' if not step.why_not else 'kan nog niet'}")
        lines += [f"    - {why}" for why in step.why_not]
    return "\n".join(lines)
