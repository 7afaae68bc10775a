"""What a teacher may see of a toets: the candidate's view with key, explanations, labels and sources.

Everything with a key in it (key on paper, QTI, Moodle …) is made from this; nothing for candidates is.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.digest import print_code
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.kandidaat import (
    KandidaatOptie,
    KandidaatToets,
    KandidaatVraag,
    candidate_view,
    key_letters,
)
from builder.model.lijsten import Bron
from builder.model.toets import Toets


@dataclass(frozen=True, slots=True)
class DocentOptie:
    """An option in its printed place, whether it is right, and why. `plaats` (from 1) is that in the item."""

    gezien: KandidaatOptie
    plaats: int
    juist: bool
    toelichting: str

    @property
    def in_woorden(self) -> str:
        """The text, or what is to be seen on the picture."""
        beeld = self.gezien.afbeelding
        return self.gezien.tekst or (f"Plaatje: {beeld.alt}" if beeld else "")


@dataclass(frozen=True, slots=True)
class DocentVraag:
    """A question in printed order, with its item, digest, the letter of the key and its sources."""

    gezien: KandidaatVraag
    item: Item
    digest: str
    goed: str
    opties: tuple[DocentOptie, ...]
    bronnen: tuple[tuple[Bron, str], ...]


@dataclass(frozen=True, slots=True)
class DocentToets:
    """A toets, or one variant of it, for the teacher. `code` is the print code of the same paper."""

    gezien: KandidaatToets
    toets: Toets
    code: str
    vragen: tuple[DocentVraag, ...]


def teacher_view(bank: Itembank, toets: Toets, variant: str = "A") -> DocentToets:
    """Return the toets, or one of its variants, with key and explanations in printed order.

    Raises KeyError for an unknown item or variant, ValueError for an item without exactly one right option.
    """
    view = candidate_view(bank, toets, variant)
    orders = {plek.id: plek.opties for plek in toets.items}
    if variant != "A":
        chosen = next(found for found in toets.varianten if found.code == variant)
        orders = {plek.id: plek.opties for plek in chosen.items}
    digests = {plek.id: plek.digest for plek in toets.items}
    vragen = []
    for vraag, goed in zip(view.vragen, key_letters(bank, toets, variant), strict=True):
        item = bank.item(vraag.item_id)
        vragen.append(
            DocentVraag(
                gezien=vraag,
                item=item,
                digest=digests[item.id],
                goed=goed,
                opties=tuple(
                    DocentOptie(
                        optie, place, item.opties[place - 1].juist, item.opties[place - 1].toelichting
                    )
                    for optie, place in zip(vraag.opties, orders[item.id], strict=True)
                ),
                bronnen=tuple(
                    (bank.bronnen[verwijzing.id], verwijzing.plaats)
                    for verwijzing in item.bronnen
                    if verwijzing.id in bank.bronnen
                ),
            )
        )
    return DocentToets(view, toets, print_code(view), tuple(vragen))


def variants(toets: Toets) -> tuple[str, ...]:
    """Return the codes of all variants: A is the order of the toets itself."""
    return ("A", *(variant.code for variant in toets.varianten))
