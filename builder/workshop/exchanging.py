"""The pages for handing in without git: a zip to send, and a zip that came.

In: what was posted. Out: a zip, or a page; and a document that is new in the bank, or has the next text that its sender
gave it. What is here already does not come a second time.
"""

from __future__ import annotations

import secrets
from typing import Any

from starlette.responses import Response

from builder.workshop import receiving, submissions
from builder.workshop.desk import Desk
from builder.workshop.fields import all_fields, form_of
from builder.workshop.holding import Holding, Sent
from builder.workshop.receiving import Meeting, Taken
from builder.workshop.saying import SEVERITIES
from builder.workshop.screens import Asked, page
from builder.workshop.session import Session, path_of
from builder.workshop.store import Refusal
from builder.workshop.submissions import Package

# What the page shows when nothing came yet.
_NOTHING: dict[str, Any] = {"elders": False, "al": None, "klaar": "", "les": False}
_QUESTIONS = (".xlsx", ".csv", ".tsv", ".gift", ".txt", ".xml", ".json")


class Exchanging:
    """The handlers for handing in and receiving."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk
        self.held = Holding()

    def send(self, asked: Asked) -> Response:
        """Return a document as a zip to send: what is saved, not what is still being typed."""
        if not submissions.mark_of_bank(self.desk):
            self.desk.open.write_note("bank", {"merk": secrets.token_hex(8)})
        name, raw = submissions.pack(self.desk, self.desk.document(path_of(self.desk, asked)))
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(raw, media_type="application/zip", headers=headers)

    def ask(self, asked: Asked) -> Response:
        """Show where a zip can be given."""
        return self._page()

    def receive(self, asked: Asked) -> Response:
        """Take a zip in as concept; when it is here already, say so or ask what to do."""
        sent = self._sent(asked)
        if sent.name.lower().endswith(_QUESTIONS) or submissions.holds_questions(sent.content):
            return self._page(409, elders=True)
        package = submissions.unpack(sent.content)
        taken = receiving.take_in(self.desk, package, tuple(self.desk.names_in_use()))
        meeting, act = receiving.meet(self.desk, package, taken), asked.one("doe")
        if meeting is not None and act == "vervang":
            return self._kept(package, receiving.replacement(self.desk, package, meeting), True)
        if meeting is not None and (meeting.same_text or meeting.replaceable) and act != "nieuw":
            return self._met(package, meeting, self.held.keep(sent))
        if meeting is not None and not meeting.same_text:
            told = f"{meeting.id} kwam uit dezelfde inzending. Je veranderde haar hier, dus zij blijft."
            return self._kept(package, taken, False, () if meeting.replaceable else (told,))
        return self._kept(package, taken, False)

    def _sent(self, asked: Asked) -> Sent:
        given = asked.files.get("zip")
        if given is not None:
            return Sent(*given)
        if asked.one("pak"):
            return self.held.get(asked.one("pak"))
        raise Refusal("Kies eerst een zip. Druk daarna op de knop.")

    def _kept(self, package: Package, taken: Taken, replaced: bool, told: tuple[str, ...] = ()) -> Response:
        receiving.keep(self.desk, package, taken)
        found = [(SEVERITIES[one.rule.severity], one.message) for one in taken.findings]
        return self._page(
            klaar=taken.path.removesuffix(".yaml"),
            gevonden=found,
            notities=(*told, *taken.notes),
            vervangen=replaced,
        )

    def _met(self, package: Package, meeting: Meeting, token: str) -> Response:
        labels = {one.name: one.label for one in all_fields(form_of(self.desk.project.schemas, package.kind))}
        return self._page(
            al=meeting,
            anders=[labels.get(name, name).lower() for name in meeting.differs],
            pak=token,
            les=package.kind == "les",
            adres=meeting.path.removesuffix(".yaml"),
        )

    def _page(self, status: int = 200, **shown: Any) -> Response:
        return page("ontvang.html", status, **{**self.session.frame(), **_NOTHING, **shown})
