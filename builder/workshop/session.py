"""One run of the workshop: the desk, who works at it, and which day it is.

In: a desk and a way to ask the date. Out: what every page needs to know. The date comes from whoever starts the
workshop; there is no clock in it. Who works here is a code that is kept on this computer only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from builder.loading.document import kind_of
from builder.renewal import Renewal
from builder.workshop.desk import Desk
from builder.workshop.reviewing import CODE
from builder.workshop.screens import Asked
from builder.workshop.store import Refusal

_NOTE = "ik"


class Session:
    """What stays the same while the workshop is open."""

    def __init__(self, desk: Desk, day: Callable[[], str], behind: Renewal | None = None) -> None:
        """Open the workshop at a desk; `day` tells the date as jaar-maand-dag, `behind` what the bank lacks."""
        self.desk = desk
        self.day = day
        self.behind = behind or Renewal()

    @property
    def who(self) -> str:
        """The code of who works here, empty when nobody told it."""
        return str(self.desk.open.note(_NOTE).get("code", ""))

    def introduce(self, code: str) -> None:
        """Remember who works here. Raises `Refusal` when it is no code."""
        if not CODE.fullmatch(code):
            raise Refusal("Kies een code van 2 tot 40 tekens. Gebruik kleine letters, cijfers en streepjes.")
        self.desk.open.write_note(_NOTE, {"code": code})

    def known(self) -> str:
        """Return the code of who works here. Raises `Refusal` when nobody told it: whose text would it be?"""
        if not self.who:
            raise Refusal(
                "Vertel eerst wie je bent. Dat doe je op de eerste pagina. Wat je typte, is bewaard."
            )
        return self.who

    def frame(self) -> dict[str, Any]:
        """Return what stands on every page."""
        return {"wie": self.who, "met_besloten": self.desk.secret is not None}


def path_of(desk: Desk, asked: Asked) -> str:
    """Return the path of the document that an address names. Raises `Refusal` when it can be none."""
    path = f"{asked.path['path']}.yaml"
    if kind_of(path) is None:
        raise Refusal("Dit document kennen we niet. Ga terug naar het begin.")
    desk.open.place(path)
    return path
