"""The pages for reviewing a les: first as the learner gets it, with the control questions without key; then all of it.

In: what was posted. Out: pages. The answers are written down before the teacher's side is shown and stay as they were
given, bound to the text of the les and of its questions: another text asks to be read again.
"""

from __future__ import annotations

import hashlib
from typing import get_args

from starlette.responses import Response

from builder import review
from builder.model.itembank import Itembank
from builder.model.kandidaat import LETTERS, candidate_question
from builder.model.les import Les
from builder.model.lijsten import Oordeel, Rol
from builder.workshop import reviewing
from builder.workshop.desk import Desk, Text
from builder.workshop.fields import all_fields, form_of
from builder.workshop.judging import remarks
from builder.workshop.saying import SEVERITIES
from builder.workshop.screens import Asked, page, to
from builder.workshop.session import Session, path_of
from builder.workshop.store import Refusal

# The fields of which a reader may say something.
_REMARKS = (
    "doelen", "woorden", "docent", "veilig_beginnen", "stappen", "differentiatie", "dit_hoor_je_soms",
    "veilig_afsluiten", "handouts", "controlevragen", "bronnen",
)  # fmt: skip


class JudgingLessons:
    """The handlers for reviewing a les."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk

    def look(self, asked: Asked) -> Response:
        """Show the les as a learner gets it; or, once the questions are answered, all of it and the review list."""
        text, les = self._les(asked)
        bank = self.desk.bank()
        given = self._given(text, _mark(bank, les))
        names = review.control_questions(bank, les)
        shown = {
            **self.session.frame(),
            "path": text.path.removesuffix(".yaml"),
            "naam": les.id,
            "titel_les": les.titel,
            "vragen": [
                (name, candidate_question(bank, bank.items[name], number))
                for number, name in enumerate(names, 1)
            ],
        }
        if given is None:
            return page("review-les.html", **shown)
        findings = self.desk.judge(text, text.data or {}).findings
        ticks = review.ticks_of(les)
        measured = {
            tick: found
            for tick, found in reviewing.measured(findings, reviewing.MEASURED_LES).items()
            if tick in ticks
        }
        placed = {one for found in measured.values() for one in found}
        labels = {field.name: field.label for field in all_fields(form_of(self.desk.project.schemas, "les"))}
        sleutels = {name: LETTERS[key] for name in names if (key := bank.items[name].sleutel) is not None}
        return page(
            "review-lijst-les.html",
            **shown,
            antwoorden=given,
            sleutels=sleutels,
            eens=[name for name in names if sleutels.get(name) == given[name]],
            vinkjes=ticks,
            gemeten=measured,
            verder_gemeten=[one for one in findings if one not in placed],
            zwaarte=SEVERITIES,
            velden=[(name, labels[name]) for name in _REMARKS if name in labels],
            rollen=get_args(Rol),
            oordelen=get_args(Oordeel),
            gevoelig=les.gevoelig,
            digest=_mark(bank, les),
        )

    def answer(self, asked: Asked) -> Response:
        """Write down the answers that were given without key; later ones to the same text do not count."""
        text, les = self._les(asked)
        bank = self.desk.bank()
        given = {}
        for name in review.control_questions(bank, les):
            letter = asked.one(f"antwoord.{name}")
            if not letter or letter not in LETTERS[: len(bank.items[name].opties)]:
                raise Refusal("Beantwoord eerst elke controlevraag. Daarna zie je wat de docent ziet.")
            given[name] = letter
        mark = _mark(bank, les)
        if self._given(text, mark) is None:
            note = {"digest": mark, "antwoorden": given}
            self.desk.store_of(text.path).write_note(self._note(text), note)
        return to(f"/review-les/{text.path.removesuffix('.yaml')}")

    def record(self, asked: Asked) -> Response:
        """Add the verdict to the les, bound to the text that was read."""
        text, les = self._les(asked)
        bank = self.desk.bank()
        mark = _mark(bank, les)
        given = self._given(text, mark)
        if given is None or asked.one("digest") != mark:
            raise Refusal("De les is veranderd terwijl je las. Lees haar opnieuw, eerst als cursist.")
        reading = review.LesReading(
            les.id,
            self.session.who,
            given,
            asked.one("rol"),
            "mens",
            asked.one("oordeel"),
            tuple(tick for tick in asked.given.get("vinkje", ()) if tick),
            remarks(asked, _REMARKS),
            reviewing.digest_of(bank, les),
        )
        entry, objections = review.les_entry(bank, reading, self.session.day())
        if objections:
            raise Refusal(" ".join(objections))
        raw = self.desk.written(text, reviewing.with_verdict(text, entry))
        reviewing.keep_verdict(self.desk, text, raw)
        return to(f"/stand/{text.path.removesuffix('.yaml')}")

    # ---- parts

    def _les(self, asked: Asked) -> tuple[Text, Les]:
        path = path_of(self.desk, asked)
        text = self.desk.document(path)
        why_not = reviewing.may_review(self.desk, text, self.session.who)
        if why_not:
            raise Refusal(why_not)
        les = self.desk.bank().lessen.get(path.rpartition("/")[2].removesuffix(".yaml"))
        if les is None:
            raise Refusal("Deze les heeft nog fouten. De auteur verbetert ze eerst.")
        return text, les

    def _note(self, text: Text) -> str:
        name = text.path.rpartition("/")[2].removesuffix(".yaml")
        return f"antwoorden/{name}.{self.session.who}"

    def _given(self, text: Text, mark: str) -> dict[str, str] | None:
        note = self.desk.store_of(text.path).note(self._note(text))
        given = note.get("antwoorden")
        return given if note.get("digest") == mark and isinstance(given, dict) else None


def _mark(bank: Itembank, les: Les) -> str:
    """Return what tells whether the les or one of its control questions is another text by now."""
    parts = [reviewing.digest_of(bank, les)]
    parts += [reviewing.digest_of(bank, bank.items[name]) for name in review.control_questions(bank, les)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
