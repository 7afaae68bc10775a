"""Reviewing and the life cycle: what a colleague does with a document, and which next step is open.

In: the desk, a document, who asks. Out: a view for the screen, or the document with an entry or a status more.
The reader answers first; the answer is kept before the key is shown. Rules are those of `model/lifecycle.py`,
`review.py` and the checks: a step is open when the document, with the new status, has no error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.diagnostics import Diagnostic, Severity
from builder.model.digest import item_digest, les_digest
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lifecycle import APPROVED
from builder.model.lijsten import Beoordeling
from builder.model.usage import answered_otherwise
from builder.workshop import saying, views
from builder.workshop.desk import Desk, Text
from builder.workshop.fields import form_of
from builder.workshop.store import Conflict, Refusal, mark_of

CODE = re.compile(r"[a-z0-9-]{2,40}")
# What the machine can say about a line of the review list: the codes of the rules that look at it.
MEASURED: dict[str, tuple[str, ...]] = {
    "R-03": ("C501", "C502", "C503", "C504"),
    "R-06": ("C434",),
    "R-07": ("C405",),
    "R-08": ("C406", "C407", "C408", "C409", "C421"),
    "R-10": ("C301", "C302", "C303", "C412", "C423", "C438"),
    "R-12": ("C413", "C414", "C415", "C416", "C417", "C418", "C419", "C420", "C436", "C439"),
    "R-13": ("C451", "C452", "C453", "C454"),
    "R-16": ("C432",),
    "R-17": ("C523",),
    "R-18": ("C521", "C522", "C524", "C525", "C526"),
    "R-20": ("C433", "L209"),
    "R-21": ("C429", "C541", "C542"),
}
MEASURED_LES: dict[str, tuple[str, ...]] = {
    "LR-02": ("C321",),
    "LR-03": ("C320",),
    "LR-04": ("C324", "C501", "C502", "C503", "C504"),
    "LR-05": ("C323", "C451", "C452", "C453", "C454"),
    "LR-06": ("C322",),
    "LR-07": ("C523",),
    "LR-08": ("L209",),
    "LR-15": ("C522",),
    "LR-17": ("C524",),
    "LR-18": ("C525", "C526"),
}
_LABELS = {
    "concept": "Terug naar concept",
    "review": "Stuur naar review",
    "vastgesteld": "Stel vast",
    "gepubliceerd": "Maak openbaar",
    "geheim": "Maak geheim",
    "vervallen": "Laat vervallen",
}
_NEXT: dict[str, tuple[str, ...]] = {
    "concept": ("review", "vervallen"),
    "review": ("vastgesteld", "concept", "vervallen"),
    "vastgesteld": ("gepubliceerd", "geheim", "concept", "vervallen"),
    "gepubliceerd": ("concept", "vervallen"),
    "geheim": ("gepubliceerd", "concept", "vervallen"),
    "vervallen": (),
}
_NEEDS_REASON = {("review", "concept"), ("geheim", "gepubliceerd")}


@dataclass(frozen=True, slots=True)
class Step:
    """A next step: the status it leads to, the word on its button, and why it is not open (empty: it is)."""

    status: str
    label: str
    why_not: tuple[str, ...] = ()
    reason: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """An entry of the history: is it about the present text, and did its reader answer it otherwise than the key."""

    entry: Beoordeling
    current: bool
    other_answer: bool = False


def digest_of(bank: Itembank, document: Item | Les) -> str:
    """Return the digest of a document."""
    return item_digest(bank, document) if isinstance(document, Item) else les_digest(bank, document)


def document_of(bank: Itembank, name: str) -> Item | Les | None:
    """Return an item or les by id, None when there is none that holds."""
    return bank.items.get(name) or bank.lessen.get(name)


def history_of(bank: Itembank, document: Item | Les) -> tuple[Approval, ...]:
    """Return what readers found, the last one first, each with whether it is about the present text."""
    digest = digest_of(bank, document)
    return tuple(
        Approval(entry, now := entry.digest == digest, now and answered_otherwise(document, entry))
        for entry in reversed(document.beoordelingen)
    )


def measured(
    findings: Sequence[Diagnostic], looked: Mapping[str, tuple[str, ...]] = MEASURED
) -> dict[str, list[Diagnostic]]:
    """Return for each line of the review list that the machine looks at what it found (perhaps nothing)."""
    return {tick: [one for one in findings if one.rule.code in codes] for tick, codes in looked.items()}


def steps(desk: Desk, text: Text) -> tuple[Step, ...]:
    """Return the next steps of a document, with for each that is not open what stands in its way."""
    data = text.data or {}
    now = str(data.get("status", ""))
    made = []
    for wanted in _NEXT.get(now, ()):
        if wanted == "geheim" and not desk.is_secret(text.path):
            continue  # what was once public can never become secret
        why = _objections(desk, text, data, wanted)
        made.append(
            Step(wanted, _LABELS[wanted], why, wanted == "vervallen" or (now, wanted) in _NEEDS_REASON)
        )
    return tuple(made)


def _objections(desk: Desk, text: Text, data: Mapping[str, Any], wanted: str) -> tuple[str, ...]:
    if wanted in ("concept", "vervallen"):
        return ()
    judged = desk.judge_all(text, data, wanted)
    known = views.labels(form_of(desk.project.schemas, text.kind), data)
    said = (saying.message(one, known).text for one in judged.errors)
    return tuple(dict.fromkeys(_as_wish(one, wanted) for one in said))


def _as_wish(message: str, wanted: str) -> str:
    """Return a finding about a status that the document does not have yet as what is still needed for it."""
    rest = message.removeprefix(f"De status is {wanted}, maar ")
    return rest[:1].upper() + rest[1:]


def moved(desk: Desk, text: Text, wanted: str, reason: str, who: str, day: str) -> bytes:
    """Return the bytes of a document with its new status. Raises `Refusal` when that step is not open."""
    step = next((step for step in steps(desk, text) if step.status == wanted), None)
    if step is None or text.data is None:
        raise Refusal(f"Deze stap kan niet bij status {(text.data or {}).get('status', 'onbekend')}.")
    if step.why_not:
        raise Refusal(" ".join(step.why_not))
    if step.reason and not reason.strip():
        raise Refusal("Schrijf waarom. Dan weet de volgende lezer wat er aan de hand is.")
    data = dict(text.data)
    before = data["status"]
    data["status"] = wanted
    if wanted == "vervallen":
        data["reden"] = reason.strip()
    elif before == "geheim" and wanted == "gepubliceerd":
        data["reden"] = f"vrijgegeven op {day}: {reason.strip()}"
    elif wanted == "concept" and before in APPROVED:
        data["versie"] = int(data["versie"]) + 1
    elif (before, wanted) == ("review", "concept"):
        document = document_of(desk.judge(text, text.data).bank, str(data["id"]))
        if document is None:
            raise Refusal("Deze tekst heeft nog fouten. Verbeter ze, of vraag de auteur.")
        data["beoordelingen"] = [*data.get("beoordelingen", []), _sent_back(desk, document, reason, who, day)]
    return desk.written(text, data)


def _sent_back(desk: Desk, document: Item | Les, reason: str, who: str, day: str) -> dict[str, Any]:
    return {
        "soort": "mens",
        "rol": "toets-taal",
        "beoordelaar": who,
        "datum": day,
        "versie": document.versie,
        "digest": digest_of(desk.bank(), document),
        "oordeel": "terug",
        "opmerkingen": reason.strip(),
    }


def after_edit(desk: Desk, text: Text, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data to save: a text that people approved and that now reads otherwise is a new concept.

    Other fields (remarks, trefwoorden) may change without that.
    """
    made = dict(data)
    if made.get("status") not in APPROVED or text.data is None:
        return made
    old = document_of(desk.bank(), str(made.get("id")))
    bank = desk.judge(text, made).bank
    new = document_of(bank, str(made.get("id")))
    same = old is not None and new is not None and digest_of(desk.bank(), old) == digest_of(bank, new)
    if not same:
        made["status"] = "concept"
        made["versie"] = int(made["versie"]) + 1 if isinstance(made.get("versie"), int) else 1
    return made


def with_verdict(text: Text, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a document with one verdict more; what is not good goes back to its author."""
    data = {**(text.data or {})}
    data["beoordelingen"] = [*data.get("beoordelingen", []), dict(entry)]
    if entry["oordeel"] in ("terug", "niet gebruiken"):
        data["status"] = "concept"
    return data


def keep_verdict(desk: Desk, text: Text, raw: bytes) -> None:
    """Write what a reader changed: without a name, since who reads a text did not write it. Raises `Refusal`."""
    try:
        desk.store_of(text.path).save(text.path, raw, mark_of(text.raw))
    except Conflict:
        raise Refusal("Een collega heeft dit net veranderd. Open het opnieuw.") from None


def may_review(desk: Desk, text: Text, who: str) -> str:
    """Return why this person cannot review this document, empty when they can."""
    if not CODE.fullmatch(who):
        return "Vertel eerst wie je bent. Dat doe je op de eerste pagina."
    data, what = text.data or {}, "les" if text.kind == "les" else "vraag"
    if data.get("status") != "review":
        return f"Deze {what} heeft status {data.get('status', 'onbekend')}. Alleen een {what} in review kun je nakijken."
    wrote = any(save.get("door") == who for save in desk.store_of(text.path).history(text.path))
    if data.get("maker") == who or wrote:
        return f"Dit is je eigen {what}. Een collega keurt haar goed."
    return ""


def blocked(findings: Sequence[Diagnostic]) -> bool:
    """Tell whether a finding is an error."""
    return any(one.rule.severity is Severity.ERROR for one in findings)
