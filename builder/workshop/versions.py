"""The pages about two texts of one document: a conflict, and going back to the text before the last save.

In: what was posted. Out: pages. Nothing is lost: the text that is not chosen stays in the history, or on a shelf.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from builder.loading.read import parse
from builder.workshop import views
from builder.workshop.desk import Desk, Text
from builder.workshop.fields import form_of
from builder.workshop.screens import Asked, page, to
from builder.workshop.session import Session, path_of
from builder.workshop.store import Conflict, Draft, Refusal, mark_of


def both(session: Session, text: Text, draft: Draft) -> Response:
    """Show what somebody else saved beside what was typed here; nothing is lost until a choice is made."""
    desk = session.desk
    desk.store_of(text.path).keep_draft(draft)
    here, names = _leaves(desk, text.kind, draft.data)
    there, others = _leaves(desk, text.kind, text.data or {})
    rows = [
        ({**others, **names}[name], mine, theirs)
        for name in dict.fromkeys([*here, *there])
        if (mine := here.get(name, "")) != (theirs := there.get(name, ""))
    ]
    last = next(iter(desk.store_of(text.path).history(text.path)), {})
    own = bool(session.who) and (last.get("door"), last.get("na")) == (session.who, mark_of(text.raw))
    return page(
        "botsing.html", 409, **session.frame(), path=text.path, venster=draft.window, rijen=rows,
        basis=mark_of(text.raw), zelf=own,
    )  # fmt: skip


def _leaves(desk: Desk, kind: str, data: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what each field that one can type in or choose says, in words, and what each is called."""
    groups = form_of(desk.project.schemas, kind)
    rows = [
        row
        for row in views.form_view(groups, data, kind, desk.bank(), ()).all_rows()
        if row.field.kind not in ("group", "list")
    ]
    return {row.name: _said(row) for row in rows}, views.labels(groups, data)


def _said(row: views.Row) -> str:
    if row.field.kind in ("flag", "only"):
        return row.value or "nee"
    chosen = ", ".join(choice.text for choice in row.choices if choice.chosen and choice.value)
    return chosen or row.value


class Versions:
    """The handlers for choosing and going back."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk

    def choose(self, asked: Asked) -> Response:
        """Keep one of two texts. The other one stays: a saved one in the history, a typed one until it is dropped."""
        path, window = path_of(self.desk, asked), asked.one("venster")
        store = self.desk.store_of(path)
        draft = next((one for one in store.drafts(path) if one.window == window), None)
        if draft is None:
            raise Refusal("Deze tekst is er niet meer. Open de vraag opnieuw.")
        if asked.one("kies") == "mijn":
            text = self.desk.document(path)
            fresh = {**draft.data}
            for name in ("status", "versie", "beoordelingen", "gebruik"):  # those are not typed in the form
                if text.data is not None and name in text.data:
                    fresh[name] = text.data[name]
            store.keep_draft(replace(draft, basis=asked.one("basis"), data=fresh))
            return to(f"/bewerk/{path.removesuffix('.yaml')}?venster={window}")
        if asked.one("kies") == "ander":
            store.shelve_draft(path, window)
        return to(f"/bewerk/{path.removesuffix('.yaml')}?nieuw=ja")

    def undo(self, asked: Asked) -> Response:
        """Put back the text from before the last save."""
        path = path_of(self.desk, asked)
        store = self.desk.store_of(path)
        old, now = store.before_last(path), self.desk.document(path).data
        had = parse(path, old)[0] if old is not None else None
        if had is not None and now is not None and _verdicts(had) != _verdicts(now):
            raise Refusal("Na jouw tekst kwam er een beoordeling bij. Die halen we niet weg.")
        try:
            store.undo(path, self.session.who)
        except Conflict:
            raise Refusal("Een ander heeft deze vraag na jou veranderd. Terugdraaien kan nu niet.") from None
        return to(f"/bewerk/{path.removesuffix('.yaml')}?venster={secrets.token_hex(4)}&klaar=terug")


def _verdicts(data: Mapping[str, Any]) -> int:
    said = data.get("beoordelingen")
    return len(said) if isinstance(said, list) else 0
