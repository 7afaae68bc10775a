"""A toets by hand: chosen items → a Toets document, frozen by digests.

In: the bank and ids. Out: plain data for a YAML file, or findings. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from builder.dutch import listed, meant
from builder.model.digest import item_digest
from builder.model.itembank import Itembank
from builder.model.lijsten import Doel
from builder.model.usage import why_not


@dataclass(frozen=True, slots=True)
class Request:
    """What the author asked for."""

    id: str
    titel: str
    doel: Doel
    datum: str
    items: tuple[str, ...]
    matrijs: str = ""
    minuten: int | None = None


def make(bank: Itembank, request: Request) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the data of the toets, and every objection as a Dutch sentence (then do not write it)."""
    objections = list(_objections(bank, request))
    data: dict[str, Any] = {
        "id": request.id,
        "titel": request.titel,
        "doel": request.doel,
        "datum": request.datum,
        "editie": 1,
    }
    if request.matrijs:
        data["matrijs"] = request.matrijs
    if request.minuten is not None:
        data["minuten"] = request.minuten
    data["items"] = [
        {
            "id": name,
            "versie": bank.items[name].versie,
            "digest": item_digest(bank, bank.items[name]),
            "opties": list(range(1, len(bank.items[name].opties) + 1)),
        }
        for name in request.items
        if name in bank.items
    ]
    return data, tuple(objections)


def _objections(bank: Itembank, request: Request) -> Sequence[str]:
    said: list[str] = []
    if not request.items:
        said.append("Noem ten minste één vraag met --items, bijvoorbeeld --items wonen-001,werk-002.")
    for name in sorted({name for name in request.items if request.items.count(name) > 1}):
        places = [str(index + 1) for index, other in enumerate(request.items) if other == name]
        said.append(f"Vraag {name} staat er meer keren in: op plaats {listed(places)}. Haal er één weg.")
    for name in dict.fromkeys(request.items):
        if name in bank.broken:
            said.append(f"Vraag {name} heeft nog fouten. Kijk eerst met `knm check`.")
        elif name not in bank.items:
            said.append(f"Vraag {name} bestaat niet. {meant(name, bank.items)}".rstrip())
        elif refused := why_not(bank, bank.items[name], request.doel):
            said.append(refused)
    if request.matrijs and request.matrijs not in bank.matrijzen:
        near = meant(request.matrijs, bank.matrijzen)
        said.append(f"Toetsmatrijs {request.matrijs} bestaat niet. {near}".rstrip())
    return said
