"""The pages for handing in without git: a zip to send, and a zip that came.

In: what was posted. Out: a zip, or a page; and a document that is new in the bank.
"""

from __future__ import annotations

from starlette.responses import Response

from builder.workshop import submissions
from builder.workshop.desk import Desk
from builder.workshop.screens import Asked, page
from builder.workshop.session import Session, path_of
from builder.workshop.store import Refusal
from builder.workshop.views import SEVERITIES


class Exchanging:
    """The handlers for handing in and receiving."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk

    def send(self, asked: Asked) -> Response:
        """Return a document as a zip to send: what is saved, not what is still being typed."""
        name, raw = submissions.pack(self.desk, self.desk.document(path_of(self.desk, asked)))
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(raw, media_type="application/zip", headers=headers)

    def ask(self, asked: Asked) -> Response:
        """Show where a zip can be given."""
        return page("ontvang.html", **self.session.frame(), klaar=None)

    def receive(self, asked: Asked) -> Response:
        """Take a zip in as concept."""
        sent = asked.files.get("zip")
        if sent is None:
            raise Refusal("Kies eerst een zip. Druk daarna op de knop.")
        package = submissions.unpack(sent[1])
        taken = submissions.take_in(self.desk, package, tuple(self.desk.names_in_use()))
        store = self.desk.secret if package.secret else self.desk.open
        assert store is not None
        if not store.create_all(taken.path, taken.raw, taken.pictures):
            raise Refusal("Iemand anders nam net dit nummer. Probeer het nog een keer.")
        found = [(SEVERITIES[one.rule.severity], one.message) for one in taken.findings]
        return page(
            "ontvang.html", **self.session.frame(), klaar=taken.path.removesuffix(".yaml"), gevonden=found,
            notities=taken.notes,
        )  # fmt: skip
