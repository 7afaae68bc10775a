"""The page for a bank that is older than the program: what would change, doing it, and going back.

In: what was posted. Out: pages, and the program's own files in the bank. What people wrote is not touched.
"""

from __future__ import annotations

from starlette.responses import Response

from builder.renewal import can_go_back, go_back, renew, renewal
from builder.workshop.desk import Desk
from builder.workshop.screens import Asked, page, to
from builder.workshop.session import Session


class Renewing:
    """The handlers for bringing a bank up to date."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk

    def show(self, asked: Asked) -> Response:
        """Show what would change, or what was done."""
        self.session.behind = renewal(self.desk.project)
        done = asked.query.get("klaar", "")
        broken = len(self.desk.bank().broken) if done == "bij" else 0
        return page(
            "bijwerken.html",
            **self.session.frame(),
            stand=self.session.behind,
            klaar=done,
            kapot=broken,
            blijft=[part for part in asked.query.get("blijft", "").split(",") if part],
            terug=can_go_back(self.desk.project),
        )

    def act(self, asked: Asked) -> Response:
        """Bring the bank up to date, or go back."""
        project = self.desk.project
        if asked.one("doe") == "terug":
            stay = go_back(project)
            self.desk.forget()
            return to(f"/bijwerken?klaar=terug&blijft={','.join(stay)}")
        renew(project)
        self.desk.forget()
        return to("/bijwerken?klaar=bij")
