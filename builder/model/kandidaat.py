"""What a candidate or learner may see, as types that have no place for a key.

Everything for candidates (booklet, answer sheet, learner page) is made from these, so that moving the
key cannot change it. `candidate_view` is the only door from the bank to them.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.lifecycle import unapproved_label
from builder.model.lijsten import Afbeelding
from builder.model.toets import Toets

LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Plaatje:
    """A picture to show: name of the file, alt text, bytes, media type and size in pixels."""

    path: str
    alt: str
    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class KandidaatOptie:
    """An option as printed: letter, and text or picture."""

    letter: str
    tekst: str
    afbeelding: Plaatje | None


@dataclass(frozen=True, slots=True)
class KandidaatVraag:
    """A question as printed, without key and without explanations."""

    nummer: int
    item_id: str
    context: str
    stam: str
    afbeelding: Plaatje | None
    opties: tuple[KandidaatOptie, ...]


@dataclass(frozen=True, slots=True)
class KandidaatToets:
    """A toets as the candidate gets it. `variant` is A for the order of the toets itself."""

    id: str
    titel: str
    datum: str
    editie: int
    variant: str
    minuten: int | None
    uitleg: str
    label: str
    vragen: tuple[KandidaatVraag, ...]


def candidate_question(
    bank: Itembank, item: Item, nummer: int, order: tuple[int, ...] = ()
) -> KandidaatVraag:
    """Return one item as a candidate sees it; `order` is the printed order of its options, from 1.

    Raises KeyError when a picture is not in the bank (a bank that linked well has them all).
    """

    def plaatje(afbeelding: Afbeelding | None) -> Plaatje | None:
        if afbeelding is None:
            return None
        picture = bank.picture(item.id, afbeelding.bestand)
        return Plaatje(
            picture.path, afbeelding.alt, picture.data, picture.media_type, picture.width, picture.height
        )

    printed = [item.opties[place - 1] for place in order] if order else list(item.opties)
    return KandidaatVraag(
        nummer=nummer,
        item_id=item.id,
        context=item.context,
        stam=item.stam,
        afbeelding=plaatje(item.afbeelding),
        opties=tuple(
            KandidaatOptie(LETTERS[index], optie.tekst, plaatje(optie.afbeelding))
            for index, optie in enumerate(printed)
        ),
    )


def candidate_view(bank: Itembank, toets: Toets, variant: str = "A") -> KandidaatToets:
    """Return the toets, or one of its variants, as a candidate sees it.

    Raises KeyError for an item or variant that does not exist.
    """
    if variant == "A":
        places = [(plek.id, plek.opties) for plek in toets.items]
    else:
        chosen = {found.code: found for found in toets.varianten}[variant]
        places = [(plek.id, plek.opties) for plek in chosen.items]
    return KandidaatToets(
        id=toets.id,
        titel=toets.titel,
        datum=toets.datum,
        editie=toets.editie,
        variant=variant,
        minuten=toets.minuten,
        uitleg=toets.uitleg,
        label=unapproved_label([bank.item(item_id) for item_id, _ in places]),
        vragen=tuple(
            candidate_question(bank, bank.item(item_id), nummer, order)
            for nummer, (item_id, order) in enumerate(places, start=1)
        ),
    )


def key_letters(bank: Itembank, toets: Toets, variant: str = "A") -> tuple[str, ...]:
    """Return the letter of the right option per question, in printed order. For teacher files only.

    Raises KeyError for an unknown variant and ValueError for an item without exactly one right option.
    """
    chosen = {found.code: found for found in toets.varianten}
    places = toets.items if variant == "A" else chosen[variant].items
    letters = []
    for plek in places:
        item = bank.item(plek.id)
        if item.sleutel is None:
            raise ValueError(f"{item.id}: not exactly one right option")
        letters.append(LETTERS[plek.opties.index(item.sleutel + 1)])
    return tuple(letters)
