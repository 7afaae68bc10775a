"""The summary that goes back to the bank: plain data for a document of kind `statistiek`.

In: an analysis. Out: the data of the document, or why there is none. No person is in it.
"""

from __future__ import annotations

import re
from typing import Any

from builder.analysis.analyse import Analysis

_PLACES = 4


def document(analysis: Analysis) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the data of the document, and sentences why it may not be kept."""
    wishes, form = analysis.wishes, analysis.main_form
    name = f"{wishes.name}-{wishes.day}"
    objections = []
    if form.n < wishes.limits.none:
        objections.append(
            f"Er zijn {form.n} personen. Onder {wishes.limits.none} bewaren we niets: dat zegt weinig, en misschien te veel over één persoon."
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        objections.append(
            f"{wishes.name} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes met --name."
        )
    if unknown := [
        item.vraag.id for item in analysis.items if not item.vraag.digest or not item.vraag.versie
    ]:
        objections.append(
            f"Van {', '.join(unknown)} is niet zeker welke tekst is afgenomen. Daar bewaren we niets van."
        )
    flags: dict[str, list[str]] = {}
    for flag in analysis.flags:
        flags.setdefault(flag.item, []).append(flag.rule.code)
    vragen = []
    for item in analysis.items:
        found = analysis.calibration.of(item.vraag.id) if analysis.calibration else None
        vraag: dict[str, Any] = {
            "id": item.vraag.id,
            "versie": item.vraag.versie,
            "digest": item.vraag.digest,
            "personen": item.n,
            "p": round(item.p, _PLACES),
            "leeg": round((item.skipped + item.not_reached) / item.n, _PLACES),
            "rit": item.rit,
            "rir": item.rir,
            "b": found.b if found else None,
            "se": found.se if found else None,
        }
        if item.vraag.options:
            vraag["opties"] = [round(option.share, _PLACES) for option in item.options]
        if item.vraag.id in flags:
            vraag["let_op"] = sorted(set(flags[item.vraag.id]))
        vragen.append(_known(vraag))
    data = {
        "id": name,
        "toets": analysis.answers.toetsen[0] if len(analysis.answers.toetsen) == 1 else None,
        "datum": wishes.day,
        "personen": len(set(analysis.answers.personen)),
        "gemiddelde": form.mean,
        "sd": form.sd,
        "alfa": form.alpha,
        "sem": form.sem,
        "cesuur": analysis.misclassified.cesuur if analysis.misclassified else None,
        "vragen": vragen,
    }
    if len(analysis.forms) > 1:  # figures of one form say nothing about several
        for field in ("gemiddelde", "sd", "alfa", "sem", "cesuur"):
            data[field] = None
    return _known(data), tuple(objections)


def _known(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, _PLACES) if isinstance(value, float) else value
        for name, value in data.items()
        if value is not None
    }
