"""The pages for making a toets: choose a matrix or tick questions, see what is asked and there, export.

In: what was posted. Out: pages, a new toets in the bank, a zip with all its files. Counting, choosing and exporting
are done by `exam` and `export`; a toets with a secret item stays in the secret bank.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, cast

from starlette.responses import Response

from builder import yaml_writing
from builder.artifacts import Artifact, zip_bytes
from builder.diagnostics import Diagnostic
from builder.exam import assemble, by_hand, changes
from builder.exam.plan import make_plan
from builder.export import EXPORTERS
from builder.export.bundle import bundle
from builder.model.itembank import Itembank
from builder.model.lijsten import Doel
from builder.model.usage import left_out
from builder.workshop import forms
from builder.workshop.desk import Desk
from builder.workshop.previews import not_on_paper
from builder.workshop.screens import Asked, page, to
from builder.workshop.session import Session
from builder.workshop.store import Refusal
from builder.workshop.views import short_text

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SECONDS = 20.0
_NAMED = 20  # of the questions that cannot take part; of more only how many
# What each kind of file is called on the screen, and what it is for.
FORMATS = {
    "pdf": ("Op papier (PDF)", "Boekje, antwoordblad en sleutel om te printen."),
    "pdf-groot": ("Op papier, grote letters (PDF)", "Voor wie kleine letters slecht ziet."),
    "html": ("Oefenpagina", "Eén bestand dat in elke browser opent."),
    "docx": ("Word", "Om zelf nog iets te veranderen."),
    "xlsx": ("Excel", "Een tabel om na te lopen, en een blad voor Kahoot."),
    "quizlet": ("Quizlet", "Vragen als kaartjes, om te plakken."),
    "pptx": ("PowerPoint", "Vragen op het bord, één per dia."),
    "qti3": ("Toetssysteem, nieuw (QTI 3)", "Voor toetssystemen die QTI 3 kennen."),
    "qti21": ("Toetssysteem, ouder (QTI 2.1)", "Voor toetssystemen die QTI 3 niet kennen."),
    "moodle": ("Moodle", "Vragen met plaatjes voor de vragenbank."),
    "gift": ("Moodle, alleen tekst (GIFT)", "Vragen zonder plaatjes."),
    "h5p": ("H5P", "Om te oefenen in Moodle of op een website."),
    "json": ("Gegevens (JSON)", "Voor een ander programma."),
}
_SCHEMA = "../../schemas/toets.schema.json"


class Composing:
    """The handlers for making a toets."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk

    def show(self, asked: Asked, said: str = "") -> Response:
        """Show the toetsen, the matrices with what they ask, and the questions to tick; `said` is why not."""
        bank = self.desk.bank()
        chosen = asked.query.get("matrijs", "")
        matrijs = bank.matrijzen.get(chosen)
        doel: Doel = (
            matrijs.doel if matrijs else "examen" if asked.query.get("doel") == "examen" else "oefenen"
        )
        plan = make_plan(bank, matrijs, 1) if matrijs else None
        out = left_out(bank, bank.items.values(), doel)
        unusable = {name for _, ids in out for name in ids}
        usable = [item for item in bank.items.values() if item.id not in unusable]
        groups = [
            (
                thema.titel,
                [(item.id, short_text(item), item.eindterm) for item in usable if item.thema == thema.slug],
            )
            for thema in bank.themas
        ]
        return page(
            "toets.html",
            409 if said else 200,
            **self.session.frame(),
            toetsen=list(bank.toetsen.values()),
            adressen={name: bank.locations[name].path.removesuffix(".yaml") for name in bank.toetsen},
            gegeven=asked.given,
            zin=said,
            matrijzen=list(bank.matrijzen.values()),
            matrijs=matrijs,
            plan=plan,
            gevraagd=assemble.asked,
            groepen=[(title, rows) for title, rows in groups if rows],
            doel=doel,
            afgevallen=[
                (
                    told,
                    [(name, bank.locations[name].path.removesuffix(".yaml")) for name in ids[:_NAMED]],
                    len(ids) - _NAMED,
                )
                for told, ids in out
            ],
            vormen=[(name, *FORMATS[name]) for name in EXPORTERS],
            klaar=asked.query.get("klaar", ""),
        )

    def create(self, asked: Asked) -> Response:
        """Make a toets of the ticked questions, or let the machine choose by the matrix."""
        try:
            return self._made(asked)
        except Refusal as refusal:
            query = {name: asked.one(name) for name in ("matrijs", "doel")}
            return self.show(replace(asked, query=query), str(refusal))  # with all that was typed and ticked

    def _made(self, asked: Asked) -> Response:
        bank = self.desk.bank()
        name = forms.clean(asked.one("naam"), True).lower().replace(" ", "-")
        if not _NAME.fullmatch(name) or len(name) > 80:
            raise Refusal("Geef de toets een korte naam. Gebruik kleine letters, cijfers en streepjes.")
        if name in bank.locations:
            raise Refusal(f"{name} bestaat al. Kies een andere naam.")
        titel = forms.clean(asked.one("titel"), True) or name
        if signs := not_on_paper(titel, date.fromisoformat(self.session.day())):
            which = "dit teken" if len(signs) == 1 else "deze tekens"
            raise Refusal(f"Haal {which} uit de titel: {' '.join(signs)}. Op papier kunnen wij dat niet laten zien.")
        data = self._chosen(bank, asked, name, titel)
        secret = any(self.desk.is_secret(bank.locations[plek["id"]].path) for plek in data["items"])
        store = self.desk.secret if secret and self.desk.secret is not None else self.desk.open
        text = yaml_writing.dump(data, _SCHEMA)
        if not store.create(f"content/toetsen/{name}.yaml", text.encode("utf-8")):
            raise Refusal(f"{name} bestaat al. Kies een andere naam.")
        return to(f"/toets?klaar={name}")

    def _chosen(self, bank: Itembank, asked: Asked, name: str, titel: str) -> dict[str, Any]:
        matrijs = bank.matrijzen.get(asked.one("matrijs"))
        if asked.one("doe") == "kies" and matrijs is not None:
            request = assemble.Request(1, self.session.day(), name, titel, _SECONDS)
            result = assemble.assemble(bank, make_plan(bank, matrijs, 1), request)
            if result.failure is not None:
                raise Refusal(" ".join(result.failure.sentences))
            return {**changes.as_document(result.toetsen[0]), "id": name}
        doel = asked.one("doel")
        if doel not in ("oefenen", "examen"):
            raise Refusal("Kies waarvoor de toets is: oefenen of examen.")
        items = tuple(dict.fromkeys(asked.given.get("vraag", ())))
        if not items:
            raise Refusal("Kies ten minste één vraag. Zet er een vinkje bij.")
        minutes = asked.one("minuten").strip()
        if minutes and not re.fullmatch(r"[1-9][0-9]{0,2}", minutes):
            raise Refusal("Schrijf de minuten als een getal, bijvoorbeeld 45.")
        request_ = by_hand.Request(
            name, titel, cast(Doel, doel), self.session.day(), items, matrijs.id if matrijs else "",
            int(minutes) if minutes else None,
        )  # fmt: skip
        data, objections = by_hand.make(bank, request_)
        if objections:
            raise Refusal(" ".join(objections))
        return data

    def export(self, asked: Asked) -> Response:
        """Return a toets as a zip with the chosen kinds of files."""
        bank = self.desk.bank()
        toets = bank.toetsen.get(asked.one("toets"))
        if toets is None:
            raise Refusal("Deze toets is er niet, of heeft een fout.")
        formats = [name for name in asked.given.get("vorm", ()) if name in EXPORTERS] or ["pdf"]
        made, objections = bundle(bank, toets, formats)
        if not any(artifact.path.partition("/")[1] for artifact in made):
            raise Refusal(" ".join(dict.fromkeys(map(_told, objections))) or "Er is niets te maken.")
        raw = zip_bytes(Artifact(f"{toets.id}/{artifact.path}", artifact.content) for artifact in made)
        headers = {"content-disposition": f'attachment; filename="{toets.id}.zip"'}
        return Response(raw, media_type="application/zip", headers=headers)


def _told(found: Diagnostic) -> str:
    """Return what is the matter and what to do: the same for every kind of paper, so that it is said once."""
    why = found.message.partition(" kan niet gemaakt worden. ")[2] or found.message
    path = found.location.path
    at = f"Kijk bij vraag {path.rpartition('/')[2].removesuffix('.yaml')}." if path.startswith("items/") else ""
    return f"{why} {found.hint} {at}".strip()
