"""A les with all that paper and slides stumble over, made from the les of the voorbeeldbank."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from typing import Any

import pikepdf

from builder.export.les_bundle import bundle
from builder.model.adressen import Adressen
from builder.model.itembank import Itembank
from builder.model.les import Deel, Handout, Les, Stap, Uitspraak, Vervolg, Woord
from tests.export.clients import text_of
from tests.export.conftest import ARABIC
from tests.zips import unzipped

LES = "praten-met-de-huisarts"
NOWHERE = Adressen()
SOMEWHERE = Adressen(
    "https://school.example/knm/lessen/gezondheid/praten-met-de-huisarts/index.html",
    "https://school.example/knm/lessen/gezondheid/praten-met-de-huisarts/cursist.html",
    "knm@school.example",
)
SIGNS = "5 < 6 & 7 > 3, \"aan\" 'en' #hekje $5 \\ {{ }} @x ~"


def motley_les(bank: Itembank) -> Les:
    """The les with lists in lists, signs, Arabic, gaps, a second sheet of one level, and a warning in the steps."""
    les = bank.lessen[LES]
    kamer = les.handouts[0].delen[0].afbeelding
    tasks = Deel(
        "Vul in",
        f"Kies: **een**, *twee*.\n\n- (…) Amina belt\n- Amina zegt (…)\n\n1. eerst\n2. dan\n    - diep\n\n{SIGNS}",
        afbeelding=kamer,
        schrijfregels=2,
        antwoord="- **1** Amina belt\n- Amina zegt *ja*",
    )
    reading = Deel("Lees", f"Eerste alinea.\n\n{ARABIC}\n\n> Een regel\n> uit een brief")
    return dataclasses.replace(
        les,
        titel=f"Praten & luisteren {SIGNS}",
        controlevragen=("gezondheid-001", "gezondheid-002", "wonen-002"),
        stappen=(
            *les.stappen,
            Stap("Kamer bekijken", 5, "Toon de plaat.", "Zij kijken.", "Plaat kamer, werkblad"),
        ),
        woorden=(*les.woorden, Woord("oefenen", "Iets vaker doen.", "Wij oefenen het gesprek.")),
        handouts=(
            Handout("alfa", "Kijken", (Deel("Kijk", afbeelding=kamer),)),
            *les.handouts,
            Handout("A2", "Nog een blad", (reading, tasks)),
        ),
        verder=(*les.verder, Vervolg("Ga verder met een les [bron:voorbeeldfolder].", LES)),
        dit_hoor_je_soms=(*les.dit_hoor_je_soms, Uitspraak("En dan?", "Wat?", "Niets.", "Het is klaar.")),
    )


def with_les(bank: Itembank, les: Les) -> Itembank:
    return dataclasses.replace(bank, lessen={**bank.lessen, les.id: les})


def made(bank: Itembank, les: Les, adressen: Adressen = NOWHERE) -> dict[str, bytes]:
    artifacts, found = bundle(with_les(bank, les), les, adressen)
    assert not [finding for finding in found if finding.rule.severity.name == "ERROR"], found
    return {artifact.path: artifact.content for artifact in artifacts}


def only(files: dict[str, bytes], ending: str) -> bytes:
    (content,) = [content for path, content in files.items() if path.endswith(ending)]
    return content


def words_in(content: bytes) -> str:
    """Everything that can be read in a file: text and metadata of a PDF, all parts of a zip, zips in it too."""
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            hidden = str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
            alts = " ".join(alts_of(pdf))
        return text_of(content) + hidden + alts
    if content.startswith(b"PK"):
        return "\n".join(f"{name} {words_in(part)}" for name, part in unzipped(content).items())
    return content.decode("utf-8", "replace")


def alts_of(pdf: pikepdf.Pdf) -> list[str]:
    """The alternative texts of a tagged PDF, in order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Dictionary):
            if "/Alt" in node:
                found.append(str(node.Alt))
            if "/K" in node:
                walk(node.K)
        elif isinstance(node, pikepdf.Array):
            for inner in node:
                walk(inner)

    walk(pdf.Root.StructTreeRoot)
    return found


def change_items(bank: Itembank, change: Callable[[Any], Any]) -> Itembank:
    items = {name: change(item) if item.opties else item for name, item in bank.items.items()}
    return dataclasses.replace(bank, items=items)


def change_answers(les: Les, text: str) -> Les:
    return dataclasses.replace(
        les,
        handouts=tuple(
            dataclasses.replace(
                blad,
                delen=tuple(
                    dataclasses.replace(deel, antwoord=text if deel.antwoord else "") for deel in blad.delen
                ),
            )
            for blad in les.handouts
        ),
    )
