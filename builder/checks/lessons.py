"""Whether a lesson can be given: minutes that add up, control questions that may be used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lifecycle import usable_for
from builder.model.usage import why_not

C320 = Rule(
    "C320",
    "minuten-kloppen-niet",
    Severity.ERROR,
    "Een docent moet kunnen vertrouwen op de tijd. De minuten van de stappen zijn samen de minuten van de les.",
    "minuten: 45, en stappen van samen 50 minuten",
    "minuten: 45, en stappen van samen 45 minuten",
)
C321 = Rule(
    "C321",
    "controlevraag-mag-niet",
    Severity.ERROR,
    "Een controlevraag moet af zijn: status review of verder, met een bron en een toelichting bij elk antwoord.",
    "controlevragen: een vraag met status concept",
    "controlevragen: een vraag met status review",
)
C322 = Rule(
    "C322",
    "docenttekst-te-lang",
    Severity.WARNING,
    "Een docent leest dit kort voor de les. Meer dan 200 woorden leest niemand.",
    "Een blok 'Voor jou als docent' van 400 woorden.",
    "Ten hoogste 200 woorden, met bronnen voor wie meer wil weten.",
)
C323 = Rule(
    "C323",
    "werkblad-past-niet-bij-niveau",
    Severity.ERROR,
    "De les belooft werkbladen op deze taalniveaus. Dan moeten ze er ook zijn.",
    "taalniveaus: [A1, A2], met alleen een werkblad A2",
    "taalniveaus: [A1, A2], met een werkblad A1 en een werkblad A2",
)
C324 = Rule(
    "C324",
    "onbekende-bron-in-tekst",
    Severity.ERROR,
    "Een verwijzing [bron:naam] in de tekst moet een bron uit de lijst van de les zijn.",
    "… in 1942 [bron:onbekend]",
    "… in 1942 [bron:anne-frank-dagboek], en die bron staat bij bronnen",
)
RULES = (C320, C321, C322, C323, C324)
_CITATION = re.compile(r"\[bron:([^\]]*)\]")


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about every lesson that is still in use."""
    for les in bank.lessen.values():
        if les.status != "vervallen":
            yield from _minutes(bank, les)
            yield from _questions(bank, les)
            yield from _texts(bank, les)
            yield from _levels(bank, les)


def _minutes(bank: Itembank, les: Les) -> Iterator[Diagnostic]:
    total = sum(stap.minuten for stap in les.stappen)
    if total != les.minuten:
        difference = abs(total - les.minuten)
        word = "te veel" if total > les.minuten else "te weinig"
        yield Diagnostic(
            C320,
            bank.locate(les.id, "minuten"),
            f"De stappen duren samen {total} minuten, maar de les duurt {les.minuten} minuten.",
            f"Dat is {difference} minuten {word}. Verander de minuten van een stap of van de les.",
        )


def _questions(bank: Itembank, les: Les) -> Iterator[Diagnostic]:
    for index, name in enumerate(les.controlevragen):
        if name not in bank.items:
            continue
        if usable_for(bank.items[name], "oefenen"):
            refused = why_not(bank, bank.items[name], "oefenen")
            if refused:
                yield Diagnostic(
                    C321,
                    bank.locate(les.id, "controlevragen", index),
                    refused.replace("in een oefentoets", "in een les"),
                    f"Kies een andere vraag, of laat haar lezen: knm review sheet {name}.",
                )
        else:
            gone = bank.items[name].status in ("vervallen", "geheim")
            yield Diagnostic(
                C321,
                bank.locate(les.id, "controlevragen", index),
                f"Vraag {name} mag niet in een les: zij is {bank.items[name].status}."
                if gone
                else f"Vraag {name} mag nog niet in een les: zij is nog niet af.",
                "Kies een andere vraag."
                if gone
                else "Kies een andere vraag, of maak deze af en zet de status op review.",
            )


def _levels(bank: Itembank, les: Les) -> Iterator[Diagnostic]:
    present = {handout.taalniveau for handout in les.handouts}
    for index, niveau in enumerate(les.taalniveaus):
        if niveau not in present:
            yield Diagnostic(
                C323,
                bank.locate(les.id, "taalniveaus", index),
                f"Er is geen werkblad voor {niveau}.",
                f"Maak een werkblad voor {niveau}, of haal {niveau} weg bij taalniveaus.",
            )
    for index, handout in enumerate(les.handouts):
        if handout.taalniveau not in les.taalniveaus:
            yield Diagnostic(
                C323,
                bank.locate(les.id, "handouts", index, "taalniveau"),
                f"Het werkblad is voor {handout.taalniveau}, maar dat staat niet bij taalniveaus.",
                f"Zet {handout.taalniveau} bij taalniveaus.",
            )


def _texts(bank: Itembank, les: Les) -> Iterator[Diagnostic]:
    words = len(_CITATION.sub("", les.docent).split())
    if words > 200:
        yield Diagnostic(
            C322,
            bank.locate(les.id, "docent"),
            f"De tekst voor de docent heeft {words} woorden.",
            "Maak er ten hoogste 200 van.",
        )
    listed = {bron.id for bron in les.bronnen}
    for path, text in markdown_fields(les):
        for name in _CITATION.findall(text):
            if name not in listed:
                yield Diagnostic(
                    C324,
                    bank.locate(les.id, *path),
                    f'De tekst verwijst naar bron "{name}", maar die staat niet bij de bronnen van de les.',
                    "Zet de bron bij bronnen, of verbeter de naam.",
                )


def markdown_fields(les: Les) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield path and text of every field of a les that holds Markdown."""
    yield ("docent",), les.docent
    yield ("veilig_beginnen",), les.veilig_beginnen
    yield ("veilig_afsluiten",), les.veilig_afsluiten
    for index, stap in enumerate(les.stappen):
        yield ("stappen", index, "docent"), stap.docent
        yield ("stappen", index, "cursisten"), stap.cursisten
    for index, row in enumerate(les.differentiatie):
        yield ("differentiatie", index, "tekst"), row.tekst
    for index, vervolg in enumerate(les.verder):
        yield ("verder", index, "tekst"), vervolg.tekst
    for h, handout in enumerate(les.handouts):
        for d, deel in enumerate(handout.delen):
            yield ("handouts", h, "delen", d, "tekst"), deel.tekst
            yield ("handouts", h, "delen", d, "antwoord"), deel.antwoord
