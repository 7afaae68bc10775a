"""The toets on paper: booklet, answer sheet, key and marking sheet, four separate PDF files per variant.

In: a toets and the bank. Out: artifacts under `kandidaat/` and `docent/`. Booklet and answer sheet are
made from a `KandidaatToets`, which has no place for a key; it neither shuffles nor scores.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.digest import print_code
from builder.model.docent import DocentToets, teacher_view, variants
from builder.model.itembank import Itembank
from builder.model.kandidaat import KandidaatToets, KandidaatVraag, Plaatje, candidate_view
from builder.model.toets import Toets
from builder.typesetting import TypesettingError, to_pdf

X501 = Rule(
    "X501",
    "papier-lukt-niet",
    Severity.ERROR,
    "Een toets of les op papier moet overal gelijk en leesbaar zijn. Een teken dat ons lettertype niet heeft, zou wegvallen.",
    "tekst: Kies ✓ of ✗",
    "tekst: Kies ja of nee",
)
RULES = (X501,)
_NAMED = {
    "boekje": "Het boekje",
    "boekje-groot": "Het boekje in grote letters",
    "antwoordblad": "Het antwoordblad",
    "sleutel": "De sleutel",
    "nakijkblad": "Het nakijkblad",
}


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the PDF files of every variant of the toets, and a finding for each that could not be made."""
    made: list[Artifact] = []
    found: list[Diagnostic] = []
    for variant in variants(toets):
        view = candidate_view(bank, toets, variant)
        seen = paper_data(view)
        keyed = {**seen, "vragen": _keyed(teacher_view(bank, toets, variant))}
        papers = {  # name → folder and data
            "boekje": ("kandidaat", seen),
            "antwoordblad": ("kandidaat", seen),
            "sleutel": ("docent", keyed),
            "nakijkblad": ("docent", keyed),
        }
        pictures = {picture.path: picture.data for picture in pictures_of(view)}
        for paper, (folder, data) in papers.items():
            tail = "" if variant == "A" else f"-{variant.lower()}"
            try:
                content = to_pdf(f"{paper}.typ", data, pictures, date.fromisoformat(toets.datum))
            except TypesettingError as error:
                finding = refused(bank, toets, paper, error)
                if finding not in found:
                    found.append(finding)
            else:
                made.append(Artifact(f"{folder}/{toets.id}-{paper}{tail}.pdf", content))
    return tuple(made), tuple(found)


def paper_data(view: KandidaatToets) -> dict[str, Any]:
    """Return what booklet and answer sheet print, as plain data."""
    return {
        "id": view.id,
        "titel": view.titel,
        "datum": view.datum,
        "variant": view.variant,
        "minuten": view.minuten,
        "uitleg": view.uitleg,
        "label": view.label,
        "code": print_code(view),
        "vragen": [question_data(vraag) for vraag in view.vragen],
    }


def question_data(vraag: KandidaatVraag) -> dict[str, Any]:
    """Return a question as a candidate sees it, as plain data."""
    return {
        "nummer": vraag.nummer,
        "context": vraag.context,
        "stam": vraag.stam,
        "afbeelding": picture_data(vraag.afbeelding),
        "opties": [
            {"letter": optie.letter, "tekst": optie.tekst, "afbeelding": picture_data(optie.afbeelding)}
            for optie in vraag.opties
        ],
    }


def _keyed(view: DocentToets) -> list[dict[str, Any]]:
    """Return the questions with key, explanations and sources, in printed order."""
    rows = []
    for vraag in view.vragen:
        item = vraag.item
        bronnen = "; ".join(
            ", ".join(part for part in (bron.titel, plaats) if part) for bron, plaats in vraag.bronnen
        )
        rows.append(
            {
                "nummer": vraag.gezien.nummer,
                "goed": vraag.goed,
                "item": item.id,
                "eindterm": item.eindterm,
                "context": vraag.gezien.context,
                "beeld": vraag.gezien.afbeelding.alt if vraag.gezien.afbeelding else "",
                "stam": vraag.gezien.stam,
                "opties": [
                    {
                        "letter": optie.gezien.letter,
                        "tekst": optie.in_woorden,
                        "goed": optie.juist,
                        "toelichting": optie.toelichting,
                    }
                    for optie in vraag.opties
                ],
                "noot": f"{item.id}, versie {item.versie} · eindterm {item.eindterm} · {item.stof} · {item.taalniveau}"
                + (f" · Bron: {bronnen}" if bronnen else ""),
            }
        )
    return rows


def picture_data(picture: Plaatje | None) -> dict[str, Any] | None:
    """Return a picture as plain data: name, alt text and size; its bytes go along under that name."""
    if picture is None:
        return None
    return {
        "bestand": picture.path,
        "alt": picture.alt,
        "breedte": picture.width,
        "hoogte": picture.height,
    }


def pictures_of(view: KandidaatToets) -> Iterator[Plaatje]:
    """Yield every picture of the toets, in printed order."""
    for vraag in view.vragen:
        for picture in (vraag.afbeelding, *(optie.afbeelding for optie in vraag.opties)):
            if picture is not None:
                yield picture


def refused(bank: Itembank, toets: Toets, paper: str, error: TypesettingError) -> Diagnostic:
    """Return the finding, at the first item that holds a character without a letter."""
    where = bank.locate(toets.id, "titel")
    hint = "Kijk of een tekst of plaatje in deze toets iets bijzonders heeft."
    if error.characters:
        hint = "Schrijf deze tekens in woorden, of haal ze weg."
        for plek in toets.items:
            item = bank.item(plek.id)
            texts = [("stam", item.stam), ("context", item.context)]
            fields = [*((name, text) for name, text in texts if text)]
            held = next((name for name, text in fields if set(error.characters) & set(text)), None)
            if held is None and any(
                set(error.characters) & set(optie.tekst + optie.toelichting) for optie in item.opties
            ):
                held = "opties"
            if held:
                where = bank.locate(item.id, held)
                break
        else:
            if set(error.characters) & set(toets.titel):
                hint = "Haal ze uit de titel van de toets."
    return Diagnostic(
        X501, where, f"{_NAMED[paper]} van toets {toets.id} kan niet gemaakt worden. {error}.", hint
    )
