"""What to do about a value that the schema refuses, in plain Dutch.

In: an error of jsonschema, or a value with its limit. Out: sentences.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from jsonschema.exceptions import ValidationError

from builder.dutch import MAANDEN

_SOORTEN = {
    "string": "een tekst",
    "integer": "een heel getal",
    "number": "een getal",
    "boolean": "true of false",
    "array": "een lijst (regels die beginnen met een streepje)",
    "object": "een groep velden (ingesprongen regels met naam: waarde)",
    "null": "niets",
}
_YES = {"yes": "true", "ja": "true", "waar": "true", "on": "true", "y": "true", "j": "true"}
_NO = {"no": "false", "nee": "false", "onwaar": "false", "off": "false", "n": "false"}
_FORMS = {
    "item_id": "Schrijf het thema, een streepje en drie cijfers, bijvoorbeeld wonen-014.",
    "eindterm_nummer": "Schrijf drie getallen met punten, bijvoorbeeld 5.1.2.",
    "handeling_nummer": 'Schrijf twee getallen met een punt, tussen aanhalingstekens, bijvoorbeeld "5.1".',
    "indicator_code": "Schrijf de eindterm, een streepje en een letter, bijvoorbeeld 5.1.2-a.",
    "datum": "Schrijf jaar-maand-dag, bijvoorbeeld 2026-05-12.",
    "slug": "Gebruik alleen kleine letters, cijfers en streepjes, bijvoorbeeld holocaust-in-drie.",
    "digest": "Dit getal maakt het programma. Maak de toets opnieuw met `knm toets new`.",
}


def kind_wanted(error: ValidationError) -> str:
    """Return what sort of value belongs here."""
    wanted: Any = error.validator_value
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    return " of ".join(_SOORTEN[name] for name in names)


def type_hint(error: ValidationError) -> str:
    """Return what to do about a value of the wrong sort."""
    value, wanted = error.instance, error.validator_value
    if wanted == "boolean" and isinstance(value, str):
        word = value.lower()
        for words in (_YES, _NO):
            if word in words:
                return f"Schrijf {words[word]} in plaats van {value}."
        return "Schrijf true of false."
    if wanted == "string" and isinstance(value, bool):
        return f'Bedoel je het woord? Zet het tussen aanhalingstekens: "{str(value).lower()}".'
    if wanted == "string" and isinstance(value, int | float):
        return f'Zet het tussen aanhalingstekens, bijvoorbeeld "{value}". {form_hint(error)}'.strip()
    if wanted == "string" and value is None:
        return "Vul een tekst in, of haal het veld weg."
    if wanted == "array":
        return "Zet elk onderdeel op een eigen regel met een streepje ervoor."
    if wanted == "string" and isinstance(value, dict):
        return "Staat er een dubbele punt in je tekst? Zet de hele tekst dan tussen aanhalingstekens."
    if wanted == "integer" and isinstance(value, str) and value.strip().isdigit():
        return f"Schrijf het getal zonder aanhalingstekens: {value.strip()}."
    return "Kijk in een goed voorbeeld hoe dit veld eruitziet."


_DAY = re.compile(
    rf"(?P<dag>\d{{1,2}})[-/. ](?P<maand>\d{{1,2}}|{'|'.join(MAANDEN)})[-/. ](?P<jaar>\d{{4}})"
    r"|(?P<j>\d{4})[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})"
)


def day_meant(value: Any) -> str:
    """Return the day as jaar-maand-dag that somebody wrote in another order or in words; empty when it is not clear."""
    found = _DAY.fullmatch(str(value).strip().lower())
    if found is None:
        return ""
    maand = found["maand"] or found["m"]
    month = MAANDEN.index(maand) + 1 if maand in MAANDEN else int(maand)
    try:
        return date(int(found["jaar"] or found["j"]), month, int(found["dag"] or found["d"])).isoformat()
    except ValueError:
        return ""


def form_hint(error: ValidationError) -> str:
    """Return how this field is written: from the shared list when it is one of ours, else its description."""
    pattern = error.schema.get("pattern") if isinstance(error.schema, dict) else None
    description = str(error.schema.get("description", "")) if isinstance(error.schema, dict) else ""
    for name, sentence in _FORMS.items():
        if pattern == _PATTERNS.get(name):
            day = day_meant(error.instance) if name == "datum" else ""
            return f"Schrijf jaar-maand-dag. Bedoel je {day}?" if day else sentence
    return description


_PATTERNS = {
    "item_id": "^[a-z]+-[0-9]{3}$",
    "eindterm_nummer": "^[1-9]\\.[1-9][0-9]?\\.[1-9][0-9]?$",
    "handeling_nummer": "^[1-9]\\.[1-9][0-9]?$",
    "indicator_code": "^[1-9]\\.[1-9][0-9]?\\.[1-9][0-9]?-[a-z]$",
    "datum": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "slug": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "digest": "^[0-9a-f]{64}$",
}


def too_few(field: str, value: Any, least: int) -> tuple[str, str]:
    """Return message and hint for a text or list that is too short."""
    if isinstance(value, str):
        if not value.strip():
            return (
                f"Bij {field} staat niets.",
                "Vul een tekst in, of haal het veld weg als het niet nodig is.",
            )
        return f"De tekst bij {field} is te kort.", f"Gebruik ten minste {least} tekens."
    return (
        f"Bij {field} staat er {len(value)}. Dat is te weinig.",
        f"Er horen er ten minste {least} te staan.",
    )


def too_many(field: str, value: Any, most: int) -> tuple[str, str]:
    """Return message and hint for a text or list that is too long."""
    if isinstance(value, str):
        return f"De tekst bij {field} heeft {len(value)} tekens.", f"Ten hoogste {most} tekens passen hier."
    return f"Bij {field} staan er {len(value)}. Dat is te veel.", f"Er passen er ten hoogste {most}."
