"""Forms to fill in after a visit: one workbook for all visits, and one page in Word for each.

In: a request with visits, and the date. Out: artifacts. A form has no place for a name; it asks counts and money.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
from docx.shared import Mm, Pt

from builder import sheets
from builder.artifacts import Artifact
from builder.dutch import dutch_date
from builder.office import Properties, fit_text, pack
from builder.sheets import Column, Sheet
from builder.visits.columns import Tabblad
from builder.visits.evaluation import KENNIS, VERSLAG
from builder.visits.knowledge import MOMENTEN
from builder.visits.nouns import Aanvraag, Bezoek

_QUESTIONS = (
    "Ging het bezoek door? Zo nee: waarom niet?",
    "Hoeveel deelnemers stonden op de lijst? Hoeveel waren er?",
    "Hoeveel begeleiders waren er?",
    "Hoelang duurde de heenreis, in minuten?",
    "Wat kostte het programma? En de reis? De uren? Overig?",
    "Is de les vooraf gegeven? En de les erna?",
    "Wat ging goed?",
    "Wat kan beter?",
)


def forms(request: Aanvraag, day: date) -> tuple[Artifact, ...]:
    """Return `verslag.xlsx`, with a row for every visit, and a page per group to fill in by hand.

    A visit that was called off has its row, filled in with what is known: it did not go on. Only its page is not made.
    """
    planned = sorted(request.bezoeken, key=lambda one: (one.dag, one.groep))
    visits = [one for one in planned if not one.afgezegd]
    name = request.instellingen.naam
    book = (_reports(request, planned), _knowledge(visits), _explanation())
    made = [Artifact("verslag.xlsx", sheets.write(book, Properties(f"{name} · verslag", "verslag", day)))]
    for number, visit in enumerate(visits, start=1):
        made.append(Artifact(f"formulieren/bezoek-{number:03}.docx", _page(name, visit, day)))
    return tuple(made)


def _columns(tab: Tabblad) -> tuple[Column, ...]:
    return tuple(Column(kolom.titel, kolom.breedte, kolom.lijst) for kolom in tab.kolommen)


def _reports(request: Aanvraag, visits: list[Bezoek]) -> Sheet:
    people = {groep.naam: groep.deelnemers for groep in request.groepen}
    rows = []
    for visit in visits:
        known: dict[str, str | int] = {
            "groep": visit.groep,
            "locatie": visit.locatie,
            "dag": visit.dag.isoformat(),
            "aangemeld": people[visit.groep],
        }
        if visit.afgezegd:
            known["door"] = "nee"
        rows.append(tuple(known.get(kolom.veld, "") for kolom in VERSLAG.kolommen))
    return Sheet(VERSLAG.naam, _columns(VERSLAG), tuple(rows), frozen=1)


def _knowledge(visits: list[Bezoek]) -> Sheet:
    """Return a row for each group and moment; one of which the rest stays empty is not read."""
    rows: list[tuple[str | int, ...]] = [
        (visit.groep, moment, "", "", "", "") for visit in visits for moment in MOMENTEN
    ]
    blank: tuple[str | int, ...] = ("",) * len(KENNIS.kolommen)
    return Sheet(KENNIS.naam, _columns(KENNIS), (*rows, *[blank] * 20), frozen=1)


def _explanation() -> Sheet:
    heads = (Column("Tabblad", 12), Column("Kolom", 20), Column("Nodig", 7), Column("Wat vul je in?", 60))
    rows: list[tuple[str | int, ...]] = [
        ("", "", "", "Zet nergens namen of antwoorden van één mens. Alleen aantallen van de groep."),
        ("Kennis", "", "", "Vul alleen de groepen in die vragen maakten. Andere rijen mogen leeg blijven."),
        ("Verslag", "", "", "Een bezoek dat is afgezegd, staat er al met nee. Schrijf erbij waarom."),
    ]
    for tab in (VERSLAG, KENNIS):
        rows += [(tab.naam, kolom.titel, "*" if kolom.nodig else "", kolom.uitleg) for kolom in tab.kolommen]
    return Sheet("Uitleg", heads, tuple(rows))


def _page(name: str, visit: Bezoek, day: date) -> bytes:
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    paper.add_heading("Groepsverslag van een bezoek", level=1)
    paper.add_paragraph(
        fit_text(
            f"{name}. Groep: {visit.groep}. Locatie: {visit.locatie}. Datum: {dutch_date(visit.dag.isoformat())}."
        )
    )
    paper.add_paragraph("Schrijf geen namen van cursisten. Schrijf niets over geloof of gezondheid.")
    for question in _QUESTIONS:
        paper.add_heading(question, level=2)
        paper.add_paragraph("_" * 72)
        if question.startswith("Wat "):
            paper.add_paragraph("_" * 72)
    buffer = BytesIO()
    paper.save(buffer)
    return pack(buffer.getvalue(), Properties(fit_text(f"Groepsverslag {visit.groep}"), "groepsverslag", day))
