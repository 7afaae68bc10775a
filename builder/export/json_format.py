"""The toets in our own form: everything there is to know, to keep or to process elsewhere.

In: a toets and the bank. Out: one JSON file for the teacher, with all variants, the questions as their own
files have them, the eindtermen and sources they name, and their pictures. `schemas/uitwisseling.schema.json`
describes it. Only what reviewers wrote to the author stays at home.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import unicodedata
from typing import Any

from cattrs import unstructure

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.export.question_notes import LICENTIE
from builder.model.docent import DocentToets, teacher_view
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.toets import Toets

_ALWAYS = ("juist", "bronnen")
VORM = 1  # goes up when a reader of the old form could not read the new one


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the JSON file."""
    data = _whole(bank, teacher_view(bank, toets))
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    content = unicodedata.normalize("NFC", text).encode("utf-8")
    return (Artifact(f"docent/{toets.id}.json", content),), ()


def _whole(bank: Itembank, view: DocentToets) -> dict[str, Any]:
    items = [vraag.item for vraag in view.vragen]
    numbers = sorted({item.eindterm for item in items})
    sources = sorted({verwijzing.id for item in items for verwijzing in item.bronnen})
    whole: dict[str, Any] = _filled(
        {
            "vorm": VORM,
            "licentie": LICENTIE,
            "label": view.gezien.label,
            "code": view.code,
            "toets": unstructure(view.toets),
            "items": [unstructure(_without_remarks(item)) for item in items],
            "eindtermen": [
                {"nummer": number, "tekst": bank.eindterm(number).tekst}
                for number in numbers
                if bank.has_eindterm(number)
            ],
            "bronnen": [unstructure(bank.bronnen[name]) for name in sources if name in bank.bronnen],
            "plaatjes": _pictures(bank, view),
        }
    )
    return whole


def _without_remarks(item: Item) -> Item:
    """Return the item without the remarks of reviewers: these are for its author, not for who gets the toets."""
    said = tuple(dataclasses.replace(one, opmerkingen="") for one in item.beoordelingen)
    return dataclasses.replace(item, beoordelingen=said)


def _pictures(bank: Itembank, view: DocentToets) -> list[dict[str, Any]]:
    """Return each picture once, by question and file name: another question may use the same name."""
    made: dict[tuple[str, str], dict[str, Any]] = {}
    for vraag in view.vragen:
        for afbeelding in vraag.item.afbeeldingen:
            picture = bank.picture(vraag.item.id, afbeelding.bestand)
            made[vraag.item.id, afbeelding.bestand] = {
                "item": vraag.item.id,
                "bestand": afbeelding.bestand,
                "soort": picture.media_type,
                "breedte": picture.width,
                "hoogte": picture.height,
                "sha256": hashlib.sha256(picture.data).hexdigest(),
                "inhoud": base64.b64encode(picture.data).decode("ascii"),
            }
    return list(made.values())


def _filled(value: Any) -> Any:
    """Leave out what was not filled in, as in the files themselves: None, empty text, empty lists, False."""
    if isinstance(value, dict):
        return {
            key: _filled(inner)
            for key, inner in value.items()
            if key in _ALWAYS or (inner not in (None, "", [], ()) and inner is not False)
        }
    if isinstance(value, list | tuple):
        return [_filled(inner) for inner in value]
    return value
