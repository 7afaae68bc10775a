"""The toets as cards for Quizlet: one line per question, a tab between question and answer.

In: a toets and the bank. Out: one text file under `docent/`, and a finding for each question with a
picture, which a card of text cannot hold.
"""

from __future__ import annotations

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.docent import teacher_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import KandidaatVraag
from builder.model.toets import Toets
from builder.office import fit_text

X543 = Rule(
    "X543",
    "past-niet-in-quizlet",
    Severity.ADVICE,
    "Een kaart van Quizlet heeft hier alleen tekst. Zonder het plaatje is de vraag niet te begrijpen. Daarom laten we "
    "hem weg en zeggen we dat.",
    "afbeelding:\n  bestand: wonen-014.svg",
    "stam: Wie betaalt de huur?",
)
RULES = (X543,)


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the cards, and a finding for each question that is not among them."""
    refused = outside_service(bank, toets, X543, "Quizlet")
    if refused is not None:
        return (), (refused,)
    lines = []
    found = []
    for vraag in teacher_view(bank, toets).vragen:
        right = next(optie for optie in vraag.opties if optie.juist)
        if vraag.gezien.afbeelding is not None:
            path: tuple[str | int, ...] = ("afbeelding",)
            message = f"Vraag {vraag.item.id} staat niet in het Quizlet-bestand: de vraag heeft een plaatje."
        elif right.gezien.afbeelding is not None:
            path = ("opties", right.plaats - 1, "afbeelding")
            message = f"Vraag {vraag.item.id} staat niet in het Quizlet-bestand: het antwoord is een plaatje."
        else:
            lines.append(f"{one_line(vraag.gezien)}\t{' '.join(fit_text(right.gezien.tekst).split())}\n")
            continue
        hint = "Gebruik deze vraag op papier, op het bord of op de oefenpagina."
        found.append(Diagnostic(X543, bank.locate(vraag.item.id, *path), message, hint))
    if not lines:
        return (), tuple(found)
    content = "".join(lines).encode("utf-8")
    return (Artifact(f"docent/{toets.id}-quizlet.txt", content),), tuple(found)


def one_line(vraag: KandidaatVraag) -> str:
    """Return context and stam on one line, without tabs."""
    return " ".join(fit_text(f"{vraag.context} {vraag.stam}").split())


def outside_service(bank: Itembank, toets: Toets, rule: Rule, service: str) -> Diagnostic | None:
    """Return the finding that a toets for an exam does not go to a service that shows the answers."""
    secret = any(bank.item(plek.id).status == "geheim" for plek in toets.items)
    if toets.doel == "oefenen" and not secret:
        return None
    message = f"Van toets {toets.id} maken we geen {service}-bestand: hij is voor een examen."
    hint = f"Op {service} kan iedereen de antwoorden zien. Maak een toets met doel: oefenen."
    return Diagnostic(rule, bank.locate(toets.id, "doel"), message, hint)
