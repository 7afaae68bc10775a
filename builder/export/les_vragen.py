"""The control questions of a les for other programs: the exporters of a toets, called with a toets of them.

In: a les and the bank. Out: artifacts under `vragen/` (all of them hold the answers), and what did not fit. Only
questions that may be used to practise are among them, as on the page of the les.
"""

from __future__ import annotations

import dataclasses

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.export import moodle, qti3, quiz_text, slides, xlsx
from builder.export.les_papier import Made
from builder.model.adressen import Adressen
from builder.model.digest import item_digest
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.toets import Plek, Toets
from builder.model.usage import may_be_used

_EXPORTERS = (moodle.export, qti3.export, xlsx.kahoot, quiz_text.export, slides.export)
_NOT_HERE = "-moodle-met-categorie.xml"


def question_form(bank: Itembank, les: Les) -> Toets | None:
    """Return the control questions that may be practised as a toets, or None when there are none."""
    items = [bank.items[name] for name in les.controlevragen if name in bank.items]
    plekken = tuple(
        Plek(item.id, item.versie, item_digest(bank, item), tuple(range(1, len(item.opties) + 1)))
        for item in items
        if may_be_used(bank, item, "oefenen")
    )
    if not plekken:
        return None
    return Toets(
        id=f"{les.id}-vragen",
        titel=f"{les.titel}: controlevragen",
        doel="oefenen",
        datum=les.bijgewerkt_op,
        editie=les.versie,
        items=plekken,
    )


def export(bank: Itembank, les: Les, adressen: Adressen) -> Made:
    """Return the questions in every program's own form, and a finding for each that does not fit."""
    toets = question_form(bank, les)
    if toets is None:
        return (), ()
    # a finding about all of the questions points at the les
    bank = dataclasses.replace(bank, locations={**bank.locations, toets.id: bank.locations[les.id]})
    made: list[Artifact] = []
    found: list[Diagnostic] = []
    for exporter in _EXPORTERS:
        artifacts, objections = exporter(bank, toets)
        made += [
            Artifact(f"vragen/{artifact.path.rpartition('/')[2]}", artifact.content)
            for artifact in artifacts
            if not artifact.path.endswith(_NOT_HERE)
        ]
        found += objections
    return tuple(made), tuple(dict.fromkeys(found))
