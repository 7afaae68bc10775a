"""The pages for a colleague: which documents wait, answering without the key, the review list, and the standing.

In: what was posted. Out: pages. The answer is written down before the key is shown and stays as it was given, bound
to the digest of the text: another text asks for another answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from starlette.responses import Response

from builder import review
from builder.model.item import Item
from builder.model.kandidaat import LETTERS, candidate_question
from builder.model.les import Les
from builder.model.lijsten import Oordeel, Rol
from builder.workshop import forms, reviewing, standing
from builder.workshop.desk import Desk, Text
from builder.workshop.fields import all_fields, form_of
from builder.workshop.saying import SEVERITIES, remark
from builder.workshop.screens import Asked, page, to
from builder.workshop.session import Session, path_of
from builder.workshop.store import Refusal
from builder.workshop.views import short_text

# The fields of which a reader may say something.
_REMARKS = ("context", "stam", "afbeelding", "opties", "bronnen")


def remarks(asked: Asked, names: Sequence[str]) -> str:
    """Return what a reader wrote: per field, then the rest, as one text."""
    said = [f"{name}: {one}" for name in names if (one := forms.clean(asked.one(f"bij.{name}"), True))]
    ended = [one if one[-1] in ".?!" else f"{one}." for one in said]
    return " ".join([*ended, forms.clean(asked.one("opmerkingen"))]).strip()


class Judging:
    """The handlers for reviewing."""

    def __init__(self, session: Session) -> None:
        """Work at the desk of a session."""
        self.session = session
        self.desk: Desk = session.desk

    def waiting(self, asked: Asked) -> Response:
        """Show what is in review, and which of it this person may look at."""
        bank = self.desk.bank()
        rows = []
        documents: list[Item | Les] = [*bank.items.values(), *bank.lessen.values()]
        for document in documents:
            if document.status != "review":
                continue
            text = self.desk.document(bank.locations[document.id].path)
            why_not = reviewing.may_review(self.desk, text, self.session.who)
            done = [
                one
                for one in reviewing.history_of(bank, document)
                if one.current and one.entry.soort == "mens"
            ]
            mine = any(one.entry.beoordelaar == self.session.who for one in done)
            address = f"/review{'-les' if text.kind == 'les' else ''}/{text.path.removesuffix('.yaml')}"
            rows.append((address, document.id, short_text(document), len(done), mine, why_not))
        return page("review-lijst.html", **self.session.frame(), rijen=rows)

    def look(self, asked: Asked) -> Response:
        """Show the question without its key; or, once answered, the key and the review list."""
        text, item = self._item(asked)
        bank = self.desk.bank()
        digest = reviewing.digest_of(bank, item)
        given = self._given(text, digest)
        vraag = candidate_question(bank, item, 1)
        shown = {
            **self.session.frame(),
            "path": text.path.removesuffix(".yaml"),
            "naam": item.id,
            "vraag": vraag,
        }
        if given is None:
            return page("review-vraag.html", **shown)
        judged = self.desk.judge(text, text.data or {})
        labels = {field.name: field.label for field in all_fields(form_of(self.desk.project.schemas, "item"))}
        return page(
            "review-lijst-vraag.html",
            **shown,
            item=item,
            term=bank.eindterm(item.eindterm),
            letters=LETTERS,
            antwoord=LETTERS[given],
            eens=item.sleutel == given,
            bronnen=[(bank.bronnen[one.id], one.plaats) for one in item.bronnen if one.id in bank.bronnen],
            vinkjes=review.VINKJES,
            gemeten=reviewing.measured(judged.findings),
            zwaarte=SEVERITIES,
            velden=[(name, labels[name]) for name in _REMARKS if name in labels],
            rollen=get_args(Rol),
            oordelen=get_args(Oordeel),
            digest=digest,
        )

    def answer(self, asked: Asked) -> Response:
        """Write down the answer that was given without the key; a second answer to the same text does not count."""
        text, item = self._item(asked)
        letter = asked.one("antwoord")
        if letter not in LETTERS[: len(item.opties)] or not letter:
            raise Refusal("Kies eerst een antwoord. Daarna zie je de sleutel.")
        digest = reviewing.digest_of(self.desk.bank(), item)
        if self._given(text, digest) is None:
            note = {"digest": digest, "antwoord": LETTERS.index(letter)}
            self.desk.store_of(text.path).write_note(self._note(text), note)
        return to(f"/review/{text.path.removesuffix('.yaml')}")

    def record(self, asked: Asked) -> Response:
        """Add the verdict to the document, bound to the text that was read."""
        text, item = self._item(asked)
        bank = self.desk.bank()
        digest = reviewing.digest_of(bank, item)
        given = self._given(text, digest)
        if given is None or asked.one("digest") != digest:
            raise Refusal("De vraag is veranderd terwijl je las. Beantwoord haar opnieuw, zonder sleutel.")
        reading = review.Reading(
            item.id,
            LETTERS[given],
            self.session.who,
            asked.one("rol"),
            "mens",
            asked.one("oordeel"),
            tuple(tick for tick in asked.given.get("vinkje", ()) if tick),
            remarks(asked, _REMARKS),
            digest,
        )
        entry, objections = review.entry(bank, reading, self.session.day())
        if objections:
            raise Refusal(" ".join(objections))
        raw = self.desk.written(text, reviewing.with_verdict(text, entry))
        reviewing.keep_verdict(self.desk, text, raw)
        return to(f"/stand/{text.path.removesuffix('.yaml')}")

    def stand(self, asked: Asked) -> Response:
        """Show where a document stands: history, approvals, next steps."""
        path = path_of(self.desk, asked)
        name = path.rpartition("/")[2].removesuffix(".yaml")
        stand = standing.of(self.desk, name)
        fields = all_fields(form_of(self.desk.project.schemas, stand.text.kind))
        said = {one.name: one.label for one in fields}
        return page(
            "stand.html", **self.session.frame(), path=path.removesuffix(".yaml"), naam=name, stand=stand,
            opmerking=lambda text: remark(text, said),
        )  # fmt: skip

    def step(self, asked: Asked) -> Response:
        """Take a step of the life cycle."""
        path = path_of(self.desk, asked)
        text = self.desk.document(path)
        who = self.session.who
        if not who:
            raise Refusal("Vertel eerst wie je bent. Dat doe je op de eerste pagina.")
        reason = forms.clean(asked.one("reden"))
        raw = reviewing.moved(self.desk, text, asked.one("status"), reason, who, self.session.day())
        reviewing.keep_verdict(self.desk, text, raw)
        return to(f"/stand/{path.removesuffix('.yaml')}")

    # ---- parts

    def _item(self, asked: Asked) -> tuple[Text, Item]:
        path = path_of(self.desk, asked)
        text = self.desk.document(path)
        why_not = reviewing.may_review(self.desk, text, self.session.who)
        if why_not:
            raise Refusal(why_not)
        item = self.desk.bank().items.get(path.rpartition("/")[2].removesuffix(".yaml"))
        if item is None:
            raise Refusal("Deze vraag heeft nog fouten. De auteur verbetert ze eerst.")
        return text, item

    def _note(self, text: Text) -> str:
        name = text.path.rpartition("/")[2].removesuffix(".yaml")
        return f"antwoorden/{name}.{self.session.who}"

    def _given(self, text: Text, digest: str) -> int | None:
        note = self.desk.store_of(text.path).note(self._note(text))
        given = note.get("antwoord")
        return given if note.get("digest") == digest and isinstance(given, int) else None
