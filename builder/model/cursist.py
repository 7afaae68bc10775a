"""What a learner gets of a les, as types that have no place for an answer.

Everything for learners (learner page, handouts) is made from these, so that changing an answer cannot
change it. `learner_view` is the only door from the bank to them.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje
from builder.model.les import Les
from builder.model.lifecycle import lesson_label
from builder.model.lijsten import Afbeelding, Leesniveau


@dataclass(frozen=True, slots=True)
class Cursistdeel:
    """A part of a handout: there is no field for an answer. `credit` names the maker of the picture."""

    kop: str
    tekst: str
    afbeelding: Plaatje | None
    schrijfregels: int
    credit: str


@dataclass(frozen=True, slots=True)
class Cursistblad:
    """A handout for one taalniveau."""

    taalniveau: Leesniveau
    titel: str
    delen: tuple[Cursistdeel, ...]


@dataclass(frozen=True, slots=True)
class CursistLes:
    """A les as learners get it: its name, its honest label and its handouts."""

    id: str
    versie: int
    titel: str
    bijgewerkt_op: str
    licentie: str
    label: str
    bladen: tuple[Cursistblad, ...]


def learner_view(bank: Itembank, les: Les) -> CursistLes:
    """Return the les as learners get it.

    Raises KeyError when a picture is not in the bank (a bank that linked well has them all).
    """
    return CursistLes(
        les.id,
        les.versie,
        les.titel,
        les.bijgewerkt_op,
        les.licentie,
        lesson_label(les),
        tuple(
            Cursistblad(
                handout.taalniveau,
                handout.titel,
                tuple(
                    Cursistdeel(
                        deel.kop,
                        deel.tekst,
                        lesson_picture(bank, les, deel.afbeelding),
                        deel.schrijfregels,
                        f"{deel.afbeelding.maker}, {deel.afbeelding.licentie}" if deel.afbeelding else "",
                    )
                    for deel in handout.delen
                ),
            )
            for handout in les.handouts
        ),
    )


def lesson_picture(bank: Itembank, les: Les, afbeelding: Afbeelding | None) -> Plaatje | None:
    """Return a picture of the les to show, None when there is none."""
    if afbeelding is None:
        return None
    picture = bank.picture(les.id, afbeelding.bestand)
    return Plaatje(
        picture.path, afbeelding.alt, picture.data, picture.media_type, picture.width, picture.height
    )
