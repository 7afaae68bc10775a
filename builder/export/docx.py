"""The toets for Word: booklet and key that a teacher can change, with real headings and lists.

In: a toets and the bank. Out: artifacts under `kandidaat/` and `docent/`, one pair per variant. The
booklet is made from a `KandidaatToets`, which has no place for a key; it neither shuffles nor scores.
"""

from __future__ import annotations

from datetime import date

from docx.shared import Mm, Pt

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.dutch import dutch_date
from builder.export.picture_files import png_pictures
from builder.export.word_paper import Paper
from builder.model.digest import print_code
from builder.model.docent import DocentToets, DocentVraag, teacher_view, variants
from builder.model.itembank import Itembank
from builder.model.kandidaat import KandidaatToets, candidate_view
from builder.model.toets import Toets
from builder.office import Properties, fit_text


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return booklet and key of every variant; none when a picture cannot be shown in Word."""
    _, found = png_pictures(bank, teacher_view(bank, toets))
    if found:
        return (), found
    made = []
    for variant in variants(toets):
        tail = "" if variant == "A" else f"-{variant.lower()}"
        booklet = _booklet(candidate_view(bank, toets, variant))
        key = _key(teacher_view(bank, toets, variant))
        made.append(Artifact(f"kandidaat/{toets.id}-boekje{tail}.docx", booklet))
        made.append(Artifact(f"docent/{toets.id}-sleutel{tail}.docx", key))
    return tuple(made), ()


def _booklet(view: KandidaatToets) -> bytes:
    code = print_code(view)
    paper = _paper(view, code, "boekje")
    number = len(view.vragen)
    paper.bullet(f"In dit boekje {'staat 1 vraag' if number == 1 else f'staan {number} vragen'}.")
    if view.minuten is not None:
        paper.bullet(f"U hebt {view.minuten} minuten.")
    paper.bullet("Elke vraag heeft één goed antwoord.")
    paper.bullet("Schrijf niet in dit boekje. Zet een kruisje op het antwoordblad.")
    paper.bullet(f"Staat op uw antwoordblad ook de code {code}? Dan kunt u beginnen.")
    if view.uitleg:
        paper.text(view.uitleg)
    for vraag in view.vragen:
        paper.heading(f"Vraag {vraag.nummer}", 1)
        paper.start_block(f"Vraag {vraag.nummer}")
        paper.question(vraag)
        paper.choices(vraag)
        paper.end_block()
    paper.note("Einde van de vragen")
    return paper.bytes()


def _key(view: DocentToets) -> bytes:
    paper = _paper(view.gezien, view.code, "sleutel")
    paper.text(
        f"Past de code {view.code} op het boekje en op het antwoordblad? Alleen dan hoort deze sleutel erbij. "
        "Laat dit blad niet bij de cursisten liggen."
    )
    paper.heading("In één oogopslag", 1)
    paper.table(
        ("Vraag", "Goed", "Nummer in de bank", "Eindterm"),
        [(str(vraag.gezien.nummer), vraag.goed, vraag.item.id, vraag.item.eindterm) for vraag in view.vragen],
        (Mm(20), Mm(20), Mm(60), Mm(30)),
    )
    paper.heading("Waarom dit antwoord", 1)
    for vraag in view.vragen:
        paper.heading(f"Vraag {vraag.gezien.nummer}: {vraag.goed}", 2)
        paper.start_block(f"Vraag {vraag.gezien.nummer}")
        paper.question(vraag.gezien, in_words=True)
        letters = paper.letters()
        for optie in vraag.opties:
            paragraph = paper.option(letters, optie.in_woorden)
            if optie.juist:
                paragraph.add_run(" (goed)").bold = True
            if optie.toelichting:
                paragraph.add_run().add_break()
                paragraph.add_run(fit_text(optie.toelichting)).font.size = Pt(10)
        paper.note(_note(vraag))
        paper.end_block()
    paper.note("Einde van de sleutel")
    return paper.bytes()


def _note(vraag: DocentVraag) -> str:
    item = vraag.item
    bronnen = "; ".join(
        ", ".join(part for part in (bron.titel, plaats) if part) for bron, plaats in vraag.bronnen
    )
    said = f"{item.id}, versie {item.versie} · eindterm {item.eindterm} · {item.stof} · {item.taalniveau}"
    return f"{said} · Bron: {bronnen}" if bronnen else said


def _paper(view: KandidaatToets, code: str, kind: str) -> Paper:
    variant = "" if view.variant == "A" else f" · variant {view.variant}"
    properties = Properties(f"{view.titel} · {kind}", f"{view.id} {code}", date.fromisoformat(view.datum))
    return Paper(
        view.titel,
        f"{kind.capitalize()}{variant} · {dutch_date(view.datum)} · code {code}",
        properties,
        f"{view.id} · {kind}{variant} · code {code}",
        view.label,
    )
