"""What a status means: which items may be used for what, and the honest label that goes with it."""

from __future__ import annotations

from collections.abc import Sequence

from builder.model.item import Item
from builder.model.les import Les
from builder.model.lijsten import Doel

APPROVED = frozenset({"vastgesteld", "gepubliceerd", "geheim"})
USABLE: dict[Doel, frozenset[str]] = {
    "oefenen": frozenset({"review", "vastgesteld", "gepubliceerd"}),
    "examen": frozenset({"vastgesteld", "gepubliceerd", "geheim"}),
}


def usable_for(item: Item, doel: Doel) -> bool:
    """Tell whether the item's status and contents allow this use.

    Practice also asks a bron, exactly one key and a toelichting for each optie.
    """
    if item.status not in USABLE[doel]:
        return False
    return doel == "examen" or (
        bool(item.bronnen) and item.sleutel is not None and all(optie.toelichting for optie in item.opties)
    )


def is_public(document: Item | Les) -> bool:
    """Tell whether a document may leave the house at all: never when it is `geheim`."""
    return document.status != "geheim"


def unapproved_label(items: Sequence[Item]) -> str:
    """Return the label for a set of items, empty when a person approved every one of them."""
    waiting = sum(item.status not in APPROVED for item in items)
    if not waiting:
        return ""
    if len(items) == 1:
        return "Oefenmateriaal. Deze vraag is nog niet door een mens beoordeeld."
    verb = "is" if waiting == 1 else "zijn"
    return f"Oefenmateriaal. {waiting} van {len(items)} vragen {verb} nog niet door een mens beoordeeld."


def lesson_label(les: Les) -> str:
    """Return the label of a les, empty when a person approved it."""
    return "" if les.status in APPROVED else "Oefenmateriaal. Deze les is nog niet door een mens beoordeeld."
