"""What can be chosen in a field: the closed lists of the schema, and the eindtermen, indicatoren and bronnen of the bank.

In: the bank, a document, a field and its value. Out: choices in the order of the screen. It judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lifecycle import usable_for
from builder.workshop.fields import Field
from builder.workshop.forms import shown


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a select: what is sent, what is read, whether it is chosen, and the group it stands in."""

    value: str
    text: str
    chosen: bool
    group: str = ""


def choices(
    bank: Itembank, kind: str, data: Mapping[str, Any], one: Field, name: str, value: Any
) -> Iterator[Choice]:
    """Yield the choices of a field, none when it is for typing; what stands in the file is among them, known or not."""
    offered = list(_offered(bank, kind, data, one, name))
    if not offered:
        return
    chosen = {str(part) for part in value} if isinstance(value, list) else {shown(value)}
    if one.kind != "choices":
        known = {choice for choice, _, _ in offered}
        if not one.required or not chosen & known:
            yield Choice("", "Kies …" if one.required else "(geen)", not chosen & known)
        odd = chosen - known - {""}
        offered = [(text, f"{text} (onbekend)", "") for text in sorted(odd)] + offered
    for choice, text, group in offered:
        yield Choice(choice, text, choice in chosen, group)


def _offered(
    bank: Itembank, kind: str, data: Mapping[str, Any], one: Field, name: str
) -> Iterator[tuple[str, str, str]]:
    """Yield what can be chosen: value, text, group."""
    if one.choices:
        yield from ((choice, choice, "") for choice in one.choices)
    elif kind == "item" and name == "eindterm":
        for thema in bank.themas:
            if str(data.get("id", "")).rpartition("-")[0] == thema.slug:
                for handeling in thema.handelingen:
                    for term in handeling.eindtermen:
                        counted = coverage_text(bank, term.nummer, str(data.get("id", "")))
                        text = f"{term.nummer} ({counted}) {term.samenvatting}"
                        yield term.nummer, text, f"{handeling.nummer} {handeling.titel}"
    elif kind == "item" and name == "indicator":
        nummer = str(data.get("eindterm", ""))
        if bank.has_eindterm(nummer):
            near = [
                other
                for other in bank.eindterm_nummers()
                if other.partition(".")[0] == nummer.partition(".")[0]
            ]
            for one_nummer in sorted(near, key=lambda other: other != nummer):
                for code in bank.eindterm(one_nummer).indicatoren:
                    yield code.code, f"{code.code} {code.tekst}", one_nummer
    elif name.startswith("bronnen.") and one.name == "id":
        used = _used_with(bank, data)
        for bron in sorted(bank.bronnen.values(), key=lambda bron: bron.titel.casefold()):
            yield bron.id, f"{bron.titel} ({bron.maker})", used.get(bron.id, _OTHERS if used else "")


# The groups of the bronnen, in the order of the screen.
_USED, _OTHERS = "Al gebruikt bij deze eindterm", "Andere bronnen"


def _used_with(bank: Itembank, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the bronnen that other documents about the same eindterm use, each with the name of that group."""
    mine = {str(data.get("eindterm", "")), *(str(one) for one in data.get("eindtermen") or ())} - {""}
    documents: list[Item | Les] = [item for item in bank.items.values() if item.eindterm in mine]
    documents += [les for les in bank.lessen.values() if mine & set(les.eindtermen)]
    return {
        bron.id: _USED for document in documents if document.id != data.get("id") for bron in document.bronnen
    }


def thema_text(bank: Itembank, slug: str) -> str:
    """Return how many items a thema has, and the most that one toetsmatrijs asks of it."""
    there = sum(item.thema == slug and usable_for(item, "oefenen") for item in bank.items.values())
    asked = (
        sum(cel.min for cel in matrijs.cellen if cel.thema == slug) for matrijs in bank.matrijzen.values()
    )
    return f"{there} aanwezig, {max(asked, default=0)} nodig"


def coverage_text(bank: Itembank, nummer: str, without: str = "") -> str:
    """Return how many items an eindterm has and needs: "3 aanwezig, 5 nodig"; the item `without` does not count."""
    there, needed = coverage_of(bank, nummer, without)
    return f"{there} aanwezig, {needed} nodig" if needed else f"{there} aanwezig"


def coverage_of(bank: Itembank, nummer: str, without: str = "") -> tuple[int, int]:
    """Return how many items an eindterm has, and the most that one toetsmatrijs asks of it by name."""
    items = [item for item in bank.items_for(nummer) if usable_for(item, "oefenen") and item.id != without]
    asked = [
        sum(
            cel.min
            for cel in (*matrijs.cellen, *matrijs.marges)
            if cel.eindterm == nummer or cel.indicator.startswith(f"{nummer}-")
        )
        for matrijs in bank.matrijzen.values()
    ]
    return len(items), max(asked, default=0)
