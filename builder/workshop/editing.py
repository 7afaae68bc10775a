"""The pages for writing: a new document, the form, the live check, saving, undo, throwing away.

In: what was posted. Out: pages. A document is saved with the mark of the file that it was typed over; when that
changed meanwhile nothing is overwritten and both texts are shown. What is typed is kept as a draft at each check.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from builder import yaml_writing
from builder.loading.read import parse
from builder.model.lifecycle import APPROVED
from builder.workshop import forms, reviewing, uploads, views
from builder.workshop.desk import Desk, Judged, Text
from builder.workshop.fields import HIDDEN, Group, all_fields, form_of
from builder.workshop.screens import Asked, page, to
from builder.workshop.session import Session, path_of
from builder.workshop.store import Conflict, Draft, Refusal, mark_of

_KINDS = {
    "item": "Vraag",
    "les": "Les",
    "lesmateriaal": "Materiaal",
    "locatie": "Plek",
    "lastig-moment": "Lastig moment",
    "toets": "Toets",
}


class Editing:
    """The handlers for writing."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk

    # ---- the form

    def edit(self, asked: Asked) -> Response:
        """Show the form, with what was typed and not saved when there is such."""
        path = path_of(self.desk, asked)
        text = self.desk.document(path)
        if not self.session.who:
            return to(f"/?verder=/bewerk/{path.removesuffix('.yaml')}")
        store = self.desk.store_of(path)
        window = asked.query.get("venster", "")
        drafts = store.drafts(path)
        if not window:
            if len(drafts) > 1 and "nieuw" not in asked.query:
                rows = [(one, self._shortened(one.data)) for one in drafts]
                return page("concepten.html", **self.session.frame(), path=path, concepten=rows)
            window = (
                drafts[0].window if len(drafts) == 1 and "nieuw" not in asked.query else secrets.token_hex(4)
            )
            return to(f"/bewerk/{path.removesuffix('.yaml')}?venster={window}")
        draft = next((one for one in drafts if one.window == window), None)
        said = {"bewaard": "Bewaard.", "terug": "Teruggedraaid. Dit is de tekst van daarvoor."}
        if draft is None or text.data is None:
            return self._form(
                text, text.data or {}, mark_of(text.raw), window, said.get(asked.query.get("klaar", ""), "")
            )
        if draft.basis != mark_of(text.raw):
            return self._both(text, draft)
        note = "Dit had je getypt, maar nog niet bewaard. Het staat er weer."
        return self._form(text, draft.data, draft.basis, window, note)

    def post(self, asked: Asked) -> Response:
        """Do what a button of the form says; a check by the page itself is one of them."""
        path = path_of(self.desk, asked)
        text = self.desk.document(path)
        if text.data is None:
            raise Refusal("Dit bestand is niet te lezen. Maak het eerst leesbaar in een editor.")
        groups = self._groups(text.kind)
        fields = all_fields(groups)
        store = self.desk.store_of(path)
        window, basis = asked.one("venster"), asked.one("basis")
        draft = next((one for one in store.drafts(path) if one.window == window), None)
        if draft is not None and asked.one("stand") != _stand(draft.data):
            window, draft = secrets.token_hex(4), None  # another window typed over the same draft: keep both
        before = self._from_screen(asked, text)
        data = forms.read_form(fields, asked.given, before)
        act, _, where = asked.one("doe").partition(":")
        said = ""
        if act == "erbij":
            data = forms.add_entry(fields, data, where)
        elif act == "weg":
            data = forms.remove_entry(fields, data, where)
        elif act == "omhoog":
            data = forms.move_entry(fields, data, where)
        elif act == "leeg":
            data = forms.without(data, where.split("."))
        elif act == "plaatje":
            data, said = self._picture(text, data, where, asked)
        if data != text.data or draft is not None:
            store.keep_draft(Draft(path, window, basis, data))
        if act == "kijk" and asked.by_script:
            return self._checked(text, data, basis, window)
        if act in ("bewaar", "stap"):
            return self._save(text, data, basis, window, where)
        return self._form(text, data, basis, window, said)

    def _from_screen(self, asked: Asked, text: Text) -> dict[str, Any]:
        """Return the data that the screen was made from: it came along, because the file may be another by now.

        What is not on the screen (id, status, history) is that of the file, as long as it is the same file.
        """
        held = text.data or {}
        try:
            came = json.loads(asked.one("van"))
        except (ValueError, RecursionError):
            came = None
        if not isinstance(came, dict):
            return held
        same = asked.one("basis") == mark_of(text.raw)
        fixed = {name: value for name, value in held.items() if name == "id" or (same and name in HIDDEN)}
        kept = {name: value for name, value in came.items() if not (same and name in HIDDEN)}
        order = dict.fromkeys([*held, *kept])
        return {name: fixed.get(name, kept.get(name)) for name in order if name in fixed or name in kept}

    def _save(self, text: Text, data: dict[str, Any], basis: str, window: str, step: str) -> Response:
        store = self.desk.store_of(text.path)
        if basis != mark_of(text.raw):
            return self._both(text, Draft(text.path, window, basis, data))
        try:
            data = reviewing.after_edit(self.desk, text, data)
            raw = self.desk.written(text, data)
            store.save(text.path, raw, basis, self.session.known())
        except Conflict:
            return self._both(self.desk.document(text.path), Draft(text.path, window, basis, data))
        store.drop_draft(text.path, window)
        if step:
            return self._step(self.desk.document(text.path), step, "")
        return to(f"/bewerk/{text.path.removesuffix('.yaml')}?venster={secrets.token_hex(4)}&klaar=bewaard")

    def _step(self, text: Text, wanted: str, reason: str) -> Response:
        store = self.desk.store_of(text.path)
        try:
            raw = reviewing.moved(self.desk, text, wanted, reason, self.session.who, self.session.day())
            store.save(text.path, raw, mark_of(text.raw))
        except Refusal as refusal:
            note = f"De tekst is bewaard, maar deze stap kan nog niet. {refusal}"
            return self._form(text, text.data or {}, mark_of(text.raw), secrets.token_hex(4), note)
        return to(f"/stand/{text.path.removesuffix('.yaml')}")

    def _both(self, text: Text, draft: Draft) -> Response:
        """Show what somebody else saved beside what was typed here; nothing is lost until a choice is made."""
        self.desk.store_of(text.path).keep_draft(draft)
        groups = self._groups(text.kind)
        bank = self.desk.bank()
        here = {row.name: row for row in views.form_view(groups, draft.data, text.kind, bank, ()).all_rows()}
        there = {
            row.name: row for row in views.form_view(groups, text.data or {}, text.kind, bank, ()).all_rows()
        }
        rows = [
            (name, (here.get(name) or there[name]).field.label, mine, theirs)
            for name in dict.fromkeys([*here, *there])
            if (mine := here[name].value if name in here else "")
            != (theirs := there[name].value if name in there else "")
        ]
        return page(
            "botsing.html", 409, **self.session.frame(), path=text.path, venster=draft.window, rijen=rows,
            basis=mark_of(text.raw),
        )  # fmt: skip

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

    # ---- undo

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

    # ---- parts

    def _groups(self, kind: str) -> tuple[Group, ...]:
        return form_of(self.desk.project.schemas, kind)

    def _shortened(self, data: Mapping[str, Any]) -> str:
        text = forms.shown(data.get("stam") or data.get("titel")) or "(nog leeg)"
        return text if len(text) < 90 else f"{text[:89]}…"

    def _judged(self, text: Text, data: Mapping[str, Any]) -> Judged | str:
        """Return the judgement as if it went to review, or why the file cannot hold this."""
        status = "review" if data.get("status") == "concept" else None
        try:
            return self.desk.judge(text, data, status)
        except yaml_writing.CannotEdit as refusal:
            return str(refusal)

    def _shown(
        self, text: Text, data: Mapping[str, Any], basis: str, window: str, note: str
    ) -> dict[str, Any]:
        judged = self._judged(text, data)
        frozen = judged if isinstance(judged, str) else ""
        bank = self.desk.bank() if isinstance(judged, str) else judged.bank
        findings = text.findings if isinstance(judged, str) else judged.findings
        form = views.form_view(self._groups(text.kind), data, text.kind, bank, findings)
        store = self.desk.store_of(text.path)
        plaatjes = {
            path.rpartition("/")[2]: path
            for path in bank.pictures
            if path.rpartition("/")[0] == text.path.rpartition("/")[0]
        }
        return {
            **self.session.frame(),
            "path": text.path.removesuffix(".yaml"),
            "soort": text.kind,
            "soort_naam": _KINDS.get(text.kind, "Document"),
            "naam": str((text.data or {}).get("id", "")),
            "status": str((text.data or {}).get("status", "")),
            "versie": (text.data or {}).get("versie", 1),
            "goedgekeurd": (text.data or {}).get("status") in APPROVED,
            "formulier": form,
            "bevroren": frozen,
            "basis": basis,
            "venster": window,
            "stand": _stand(data),
            "van": json.dumps(data, ensure_ascii=False),
            "zin": note,
            "getypt": data != text.data,
            "plaatjes": plaatjes,
            "besloten_vraag": self.desk.is_secret(text.path),
            "terug": bool(store.history(text.path)),
            "fouten": [one for one in form.messages if one.weight == "fout"],
            "overig": [one for one in form.messages if one.weight != "fout"],
        }

    def _form(self, text: Text, data: Mapping[str, Any], basis: str, window: str, note: str = "") -> Response:
        return page("bewerk.html", **self._shown(text, data, basis, window, note), los=False)

    def _checked(self, text: Text, data: Mapping[str, Any], basis: str, window: str) -> Response:
        """Return only what changes on the screen while typing: the list of findings, and those at each field."""
        return page("nakijken.html", **self._shown(text, data, basis, window, ""), los=True)

    def _picture(
        self, text: Text, data: dict[str, Any], where: str, asked: Asked
    ) -> tuple[dict[str, Any], str]:
        """Take the picture that was sent for a field; returns the data with it, and what to say."""
        sent = asked.files.get(f"plaatje!{where}")
        if sent is None:
            return data, "Kies eerst een bestand. Druk daarna op de knop."
        try:
            fit = uploads.fit(*sent)
        except uploads.Unfit as refusal:
            return data, str(refusal)
        store = self.desk.store_of(text.path)
        folder = text.path.rpartition("/")[0]
        taken = frozenset(file.name for file in (store.root / folder).iterdir())
        document = text.path.rpartition("/")[2].removesuffix(".yaml")
        name = uploads.name_for(document, where, fit.suffix, taken)
        store.create(f"{folder}/{name}", fit.data)
        return forms.with_picture(data, where.split("."), name, self.session.who or "redactie"), (
            "Het plaatje staat erbij. Schrijf er nu een beschrijving bij."
        )


def _verdicts(data: Mapping[str, Any]) -> int:
    said = data.get("beoordelingen")
    return len(said) if isinstance(said, list) else 0


def _stand(data: Mapping[str, Any]) -> str:
    return mark_of(json.dumps(data, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"))
