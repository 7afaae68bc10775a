"""The page for a new bron: where a fact is written, added to the list that all documents share.

In: what was posted. Out: a page, and one entry more in `content/bronnen.yaml`. The form is that of the schema.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from builder.diagnostics import Diagnostic
from builder.workshop import bronlijst, forms, views
from builder.workshop.desk import Desk
from builder.workshop.fields import Field, Group, all_fields, form_of
from builder.workshop.screens import Asked, page
from builder.workshop.session import Session
from builder.workshop.store import Conflict, Refusal, mark_of


class Sourcing:
    """The handlers for a new bron."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk

    def _fields(self) -> tuple[Field, ...]:
        """Return the fields of one bron: those of an entry of the list in the schema."""
        return all_fields(form_of(self.desk.project.schemas, "bronnen"))[0].fields

    def show(self, asked: Asked) -> Response:
        """Show the empty form."""
        return self._page({"id": forms.TODO, "gezien": {"op": self.session.day(), "hoe": "live"}}, (), "")

    def add(self, asked: Asked) -> Response:
        """Add the bron, or show the form again with what is the matter."""
        data = forms.read_form(self._fields(), asked.given, {})
        name = str(data.get("id", ""))
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            return self._page(
                data, (), "Geef de bron een korte naam. Gebruik kleine letters, cijfers en streepjes."
            )
        if name in self.desk.bank().bronnen:
            return self._page(data, (), f"Er is al een bron met de naam {name}. Kies een andere naam.")
        try:
            made = bronlijst.longer(self.desk, [data])
        except Refusal as refusal:
            return self._page(data, (), str(refusal))
        if made.findings:
            return self._page(data, tuple(map(_of_this_bron, made.findings)), "Dit moet nog anders.")
        try:
            self.desk.open.save(bronlijst.PATH, made.after, mark_of(made.before), self.session.who)
        except Conflict:
            return self._page(data, (), "Een ander veranderde net de lijst. Druk nog een keer op de knop.")
        return page(
            "bron.html", **self.session.frame(), klaar=data.get("titel", name), formulier=None, zin="", van=""
        )

    def _page(self, data: dict[str, Any], found: tuple[Any, ...], said: str) -> Response:
        form = views.form_view((Group("Bron", self._fields()),), data, "bronnen", self.desk.bank(), found)
        van = json.dumps(data, ensure_ascii=False)
        return page("bron.html", **self.session.frame(), klaar="", formulier=form, zin=said, van=van)


def _of_this_bron(found: Diagnostic) -> Diagnostic:
    """Return a finding about a record of the list as one about the only bron on the screen."""
    pointer = "".join(f"/{part}" for part in found.location.pointer.split("/")[3:])
    return replace(found, location=replace(found.location, pointer=pointer))
