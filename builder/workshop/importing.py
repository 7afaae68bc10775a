"""The page for questions from Excel and other programs: the empty workbook, a verdict on each, taking the good ones over.

In: what was posted. Out: pages, a workbook, new concepts in the open bank. Reading and judging is that of `knm import`
(`admission`); nothing is written before somebody says so, and what cannot go in yet comes back as a workbook.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from starlette.responses import Response

from builder import admission
from builder.admission import NotAdmitted, Verdicts
from builder.artifacts import Artifact, zip_bytes
from builder.intake import telling
from builder.intake.draft import Wishes
from builder.intake.plan import Entry, Verdict
from builder.model.lijsten import TAALNIVEAUS, Herkomst, Licentie
from builder.workshop import forms
from builder.workshop.desk import Desk
from builder.workshop.holding import Holding, Sent
from builder.workshop.saying import SEVERITIES, here
from builder.workshop.screens import Asked, download, page, to
from builder.workshop.session import Session
from builder.workshop.store import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WISHES = ("eindterm", "taalniveau", "herkomst", "plaatjemaker", "plaatjelicentie")


@dataclass(frozen=True, slots=True)
class Said:
    """A finding as the page says it."""

    weight: str
    code: str
    text: str
    hint: str


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the page shows it: where it stands in the file, its text, the verdict, the id that it gets or has."""

    place: str
    text: str
    verdict: str
    id: str
    why: str
    found: tuple[Said, ...]
    more: int


class Importing:
    """The handlers for questions from elsewhere."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk
        self.held = Holding()

    def ask(self, asked: Asked) -> Response:
        """Show how it goes, and where a file can be given."""
        return self._page() if self.session.who else to("/?verder=/inlezen")

    def template(self, asked: Asked) -> Response:
        """Return the empty workbook."""
        return download("vragen.xlsx", admission.template(self.desk.bank(), self._day()), XLSX)

    def act(self, asked: Asked) -> Response:
        """Show the verdict on each question; or, when asked, take the good ones over, or give the others back."""
        sent, act = self._sent(asked), asked.one("doe")
        wishes = self._wishes(asked)
        if act == "neem":
            return self._take(asked, sent, wishes)
        verdicts = self._judged(sent, wishes)
        if act == "terug":
            return self._back(sent, verdicts)
        return self._shown(asked, sent, verdicts)

    # ---- parts

    def _day(self) -> date:
        return date.fromisoformat(self.session.day())

    def _sent(self, asked: Asked) -> Sent:
        given = asked.files.get("bestand")
        if given is not None:
            return Sent(*given, dict(asked.files_of("plaatjes")))
        if asked.one("pak"):
            return self.held.get(asked.one("pak"))
        raise Refusal("Kies eerst een bestand. Druk daarna op de knop.")

    def _wishes(self, asked: Asked) -> Wishes:
        given = {name: forms.clean(asked.one(name), True) for name in _WISHES}
        for name, allowed in (
            ("taalniveau", TAALNIVEAUS),
            ("herkomst", get_args(Herkomst)),
            ("plaatjelicentie", get_args(Licentie)),
        ):
            if given[name] and given[name] not in allowed:
                raise Refusal(f"{given[name][:40]} kennen we niet. Kies uit {', '.join(allowed)}.")
        return Wishes(
            given["eindterm"], given["taalniveau"], self.session.known(), given["herkomst"],
            given["plaatjemaker"], given["plaatjelicentie"],
        )  # fmt: skip

    def _judged(self, sent: Sent, wishes: Wishes) -> Verdicts:
        try:
            return admission.admit_sent(
                self.desk.project, sent.name, sent.content, sent.beside, wishes, self._day(),
                self.desk.names_in_use(),
            )  # fmt: skip
        except NotAdmitted as refusal:
            raise Refusal(str(refusal)) from None

    def _take(self, asked: Asked, sent: Sent, wishes: Wishes) -> Response:
        try:
            with self.desk.open.alone():  # judged anew: the bank may have changed since it was shown
                verdicts = self._judged(sent, wishes)
                made = admission.write_items(self.desk.project, verdicts.entries)
        except NotAdmitted as refusal:
            raise Refusal(str(refusal)) from None
        names = [path.removesuffix(".yaml") for path in made if path.endswith(".yaml")]
        return self._shown(asked, sent, verdicts, names)

    def _back(self, sent: Sent, verdicts: Verdicts) -> Response:
        stem = re.sub(r"-terug(-[0-9]+)?$", "", sent.name.rpartition(".")[0]) or "vragen"
        files = admission.given_back(stem, f"{stem}-terug", verdicts, self._day())
        if not files:
            raise Refusal("Alle vragen zijn goed. Er is niets om terug te geven.")
        if len(files) == 1:
            return download(f"{stem}-terug.xlsx", files[f"{stem}-terug.xlsx"], XLSX)
        packed = zip_bytes([Artifact(name, raw) for name, raw in sorted(files.items())])
        return download(f"{stem}-terug.zip", packed, "application/zip")

    def _shown(self, asked: Asked, sent: Sent, verdicts: Verdicts, made: list[str] | None = None) -> Response:
        entries = verdicts.entries
        shared = telling.often(entries)
        number = {verdict.name: sum(one.verdict is verdict for one in entries) for verdict in Verdict}
        return self._page(
            naam=sent.name,
            soort=verdicts.delivery.form,
            bezwaren=[
                (SEVERITIES[one.rule.severity], here(one.message), here(one.hint))
                for one in verdicts.delivery.remarks
            ],
            geweigerd=verdicts.delivery.refused,
            telling="" if verdicts.delivery.refused else telling.counts(entries),
            rijen=[_row(one, shared) for one in entries],
            vaak=list(shared.items()),
            goed=0 if made is not None else number["READY"],
            slecht=number["BAD"],
            gemaakt=made,
            pak=self.held.keep(sent),
            wensen=[(name, asked.one(name)) for name in _WISHES if asked.one(name)],
        )

    def _page(self, **shown: Any) -> Response:
        bank = self.desk.bank()
        nothing: dict[str, Any] = {"naam": "", "gemaakt": None, "rijen": [], "wensen": []}
        return page(
            "inlezen.html",
            **{
                **self.session.frame(),
                "themas": bank.themas,
                "niveaus": TAALNIVEAUS,
                "herkomsten": get_args(Herkomst),
                "licenties": get_args(Licentie),
                **nothing,
                **shown,
            },
        )


def _row(entry: Entry, shared: dict[str, int]) -> Row:
    found = []
    chosen, left = telling.told(entry, shared)
    for one in chosen:
        spot = one.spot.said
        text = one.message
        if spot and spot != entry.question.spot.said:
            text = f"{spot}: {text[:1].lower()}{text[1:]}"
        found.append(Said(SEVERITIES[one.rule.severity], one.rule.code, here(text), here(one.hint)))
    text = " ".join(entry.question.stem.split())
    return Row(
        entry.question.spot.said,
        text if len(text) <= 120 else f"{text[:119]}…",
        entry.verdict.value,
        entry.id,
        entry.question.skipped if entry.verdict is Verdict.SKIPPED else "",
        tuple(found),
        left,
    )
