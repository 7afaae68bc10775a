"""The pages for writing: the form, the live check, saving.

In: what was posted. Out: pages. A document is saved with the mark of the file that it was typed over; when that
changed meanwhile nothing is overwritten and both texts are shown. What is typed is kept as a draft at each check.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import JSONResponse, Response

from builder import yaml_writing
from builder.locking import Busy
from builder.model.lifecycle import APPROVED
from builder.repicture import Studio, Unfit
from builder.workshop import forms, reviewing, uploads, views
from builder.workshop.desk import Desk, Judged, Text
from builder.workshop.fields import HIDDEN, Group, all_fields, form_of
from builder.workshop.screens import Asked, moment, page, to
from builder.workshop.session import Session, path_of
from builder.workshop.store import Conflict, Draft, Refusal, mark_of
from builder.workshop.turns import Turns
from builder.workshop.versions import both

_KINDS = {
    "item": "Vraag",
    "les": "Les",
    "lesmateriaal": "Materiaal",
    "locatie": "Plek",
    "lastig-moment": "Lastig moment",
    "toets": "Toets",
}
_UNDER_WAY = 2.0  # how long a fresh page waits for what the page before it still sent, in seconds


class Editing:
    """The handlers for writing."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk
        self.turns = Turns()

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
                drafts.sort(key=lambda one: -one.saved)
                rows = [(one, self._shortened(one.data), moment(one.saved)) for one in drafts]
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
            return both(self.session, text, draft)
        note = "Dit had je getypt, maar nog niet bewaard. Het staat er weer."
        return self._form(text, draft.data, draft.basis, window, note)

    def newest(self, asked: Asked) -> Response:
        """Tell a fresh page where the last letters of the page before it are; they can be on their way still."""
        path, sheet = path_of(self.desk, asked), asked.query.get("blad", "")
        self.turns.wait(sheet, asked.query.get("volg", ""), _UNDER_WAY)
        drafts = self.desk.store_of(path).drafts(path)
        draft = next((one for one in drafts if sheet and one.sheet == sheet), None)
        if draft is None:
            return Response(status_code=204)
        return JSONResponse({"venster": draft.window, "stand": _stand(draft.data)})

    def post(self, asked: Asked) -> Response:
        """Do what a button of the form says; a check by the page itself is one of them."""
        path = path_of(self.desk, asked)
        text = self.desk.document(path)
        if text.data is None:
            raise Refusal("Dit bestand is niet te lezen. Maak het eerst leesbaar in een editor.")
        sheet = asked.one("blad")
        if asked.by_script:
            with self.turns.take(sheet, asked.one("volg")) as fresh:
                if not fresh:
                    return Response(status_code=204)
                data, kept = self._typed(asked, text)
                self._keep(text, kept, data, sheet)
            return self._checked(text, data, kept.basis, kept.window)
        self.turns.close(sheet)
        data, kept = self._typed(asked, text)
        act, _, where = asked.one("doe").partition(":")
        fields, said = all_fields(self._groups(text.kind)), ""
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
        self._keep(text, kept, data, "")
        if act in ("bewaar", "stap"):
            return self._save(text, replace(kept, data=data), where)
        at_picture = (where, said) if act == "plaatje" else ("", "")
        return self._form(text, data, kept.basis, kept.window, "", where, at_picture)

    def _typed(self, asked: Asked, text: Text) -> tuple[dict[str, Any], Draft]:
        """Return the data as it was typed, and the draft that it belongs to, as it was before."""
        window, basis, sheet = asked.one("venster"), asked.one("basis"), asked.one("blad")
        drafts = self.desk.store_of(text.path).drafts(text.path)
        # what this page itself kept is its own, also when the answer to that check did not come back
        draft = next((one for one in drafts if sheet and one.sheet == sheet), None)
        if draft is not None:
            window = draft.window
        else:
            draft = next((one for one in drafts if one.window == window), None)
            if draft is not None and asked.one("stand") != _stand(draft.data):
                window, draft = secrets.token_hex(4), None  # another window typed over it: keep both
        data = forms.read_form(
            all_fields(self._groups(text.kind)), asked.given, self._from_screen(asked, text)
        )
        return data, Draft(text.path, window, basis, draft.data if draft else {})

    def _keep(self, text: Text, kept: Draft, data: dict[str, Any], sheet: str) -> None:
        if data != text.data or kept.data:
            self.desk.store_of(text.path).keep_draft(replace(kept, data=data, sheet=sheet))

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

    def _save(self, text: Text, draft: Draft, step: str) -> Response:
        store = self.desk.store_of(text.path)
        if draft.basis != mark_of(text.raw):
            return both(self.session, text, draft)
        try:
            data = reviewing.after_edit(self.desk, text, draft.data)
            raw = self.desk.written(text, data)
            store.save(text.path, raw, draft.basis, self.session.known())
        except Conflict:
            return both(self.session, self.desk.document(text.path), draft)
        except Busy as busy:
            store.keep_draft(draft)
            note = f"{busy} Wat je typte, staat er nog."
            return self._form(text, draft.data, draft.basis, draft.window, note)
        store.drop_draft(text.path, draft.window)
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
            return self.desk.judge_all(text, data, status)
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
            "kan_weg": not any((text.data or {}).get(name) for name in ("beoordelingen", "gebruik")),
            "rest_later": not isinstance(judged, str) and judged.more,
        }

    def _form(
        self,
        text: Text,
        data: Mapping[str, Any],
        basis: str,
        window: str,
        note: str = "",
        where: str = "",
        at_picture: tuple[str, str] = ("", ""),
    ) -> Response:
        """Return the whole form; the group with the field at `where` stands open, and a picture has its own note."""
        shown = self._shown(text, data, basis, window, note)
        field = where.partition(".")[0]
        return page(
            "bewerk.html", **shown, blad=secrets.token_hex(8), open_veld=field, los=False, bij_plaatje=at_picture
        )

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
            fit = Studio(len(sent[1])).fit(*sent)
        except Unfit as refusal:
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


def _stand(data: Mapping[str, Any]) -> str:
    return mark_of(json.dumps(data, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"))
