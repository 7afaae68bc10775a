"""The analysis as JSON, with all digits, for programs.

In: an analysis. Out: text with sorted keys. No person is in it, only counts.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from builder.analysis.analyse import Analysis


def as_json(analysis: Analysis) -> str:
    """Return the stable JSON of `knm analyse --format json`."""
    data: dict[str, Any] = {
        "naam": analysis.wishes.name,
        "datum": analysis.wishes.day,
        "toetsen": [dataclasses.asdict(form) for form in analysis.forms],
        "vragen": [
            {
                **{
                    name: value
                    for name, value in dataclasses.asdict(item).items()
                    if name not in ("vraag", "form", "curves")
                },
                "id": item.vraag.id,
                "versie": item.vraag.versie,
                "digest": item.vraag.digest,
            }
            for item in analysis.items
        ],
        "rasch": None
        if analysis.calibration is None
        else {
            "loglik": analysis.calibration.loglik,
            "vragen": [dataclasses.asdict(one) for one in analysis.calibration.difficulties],
            "fit": [dataclasses.asdict(one) for one in analysis.fits.values()],
            "andersen": dataclasses.asdict(analysis.model_test) if analysis.model_test else None,
        },
        "dif": dataclasses.asdict(analysis.dif) if analysis.dif else None,
        "cesuur": {
            "misclassificatie": dataclasses.asdict(analysis.misclassified)
            if analysis.misclassified
            else None,
            "angoff": dataclasses.asdict(analysis.angoff) if analysis.angoff else None,
            "hofstee": dataclasses.asdict(analysis.hofstee) if analysis.hofstee else None,
            "overgezet": dataclasses.asdict(analysis.equated) if analysis.equated else None,
        },
        "vlaggen": [
            {
                "code": flag.rule.code,
                "vraag": flag.item,
                "kleur": flag.colour,
                "bericht": flag.message,
                "advies": flag.hint,
                "indicatief": flag.unsure,
            }
            for flag in analysis.flags
        ],
        "opmerkingen": list(analysis.notes),
        "meldingen": [{"code": one.rule.code, "bericht": one.message} for one in analysis.found],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
