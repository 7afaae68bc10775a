"""What the C parser says about a text, in plain Dutch, at the place where an author can mend it.

In: the text and the exception of the parser. Out: one finding R005, R006, R008, R011 or R016.
"""

from __future__ import annotations

import re

from builder.diagnostics import Diagnostic, Location
from builder.loading.reading_rules import MAX_DEPTH, R005, R006, R008, R011, R016

# What libyaml refuses to read anywhere in a file.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def worded(path: str, text: str, error: Exception) -> Diagnostic:
    """Return the finding for what the parser said about a text."""
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", "") or error)
    context = str(getattr(error, "context", "") or "")
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    at = Location(path, line, column)
    if "nesting depth" in problem:
        return too_deep(at)
    control = _CONTROL.search(text)
    if control is not None and type(error).__name__ == "ReaderError":
        return Diagnostic(
            R006,
            _place(path, text, control.start()),
            "Hier staat een onzichtbaar stuurteken.",
            "Haal het weg, of typ de tekst op deze regel opnieuw.",
        )
    if "cannot start any token" in problem and here[column - 1 : column] != "\t":
        return Diagnostic(
            R006,
            at,
            f"Een tekst kan in YAML niet met {here[column - 1 : column]} beginnen.",
            "Zet de hele tekst tussen aanhalingstekens.",
        )
    if "flow sequence" in context or "flow mapping" in context:
        return Diagnostic(
            R006,
            _opened(path, error, at),
            "Hier begint een haakje, maar wat erna komt past niet of het sluitende haakje ontbreekt.",
            "Zet het sluitende haakje erbij. Is het gewone tekst? Zet die dan tussen aanhalingstekens.",
        )
    if (
        "found character '\\t'" in problem
        or "tab character" in problem
        or here[: len(here) - len(here.lstrip())].count("\t")
    ):
        return Diagnostic(
            R005, at, "Hier staat een tab aan het begin van de regel.", "Vervang de tab door twee spaties."
        )
    if "expected a single document" in context or "another document" in problem:
        return Diagnostic(
            R011,
            at,
            "Hier begint een tweede document (een regel met ---). In één bestand staat één document.",
            "Maak een eigen bestand voor het tweede, of haal --- weg.",
        )
    if "quoted scalar" in context or "unexpected end of stream" in problem:
        return Diagnostic(
            R006,
            _opened(path, error, at),
            "Hier begint een tekst met een aanhalingsteken, maar het sluitende aanhalingsteken ontbreekt.",
            "Zet aan het einde hetzelfde aanhalingsteken.",
        )
    if "undefined alias" in problem or "alias" in context or "anchor" in context:
        return Diagnostic(
            R008,
            at,
            "Hier staat een * of & zonder aanhalingstekens. YAML leest dat als een verwijzing.",
            "Zet de hele tekst tussen aanhalingstekens.",
        )
    if "mapping values are not allowed" in problem:
        return Diagnostic(
            R006,
            at,
            "Deze dubbele punt kan YAML niet plaatsen. In een tekst met ': ' horen aanhalingstekens.",
            "Zet de hele tekst tussen aanhalingstekens, of kijk naar het inspringen.",
        )
    return Diagnostic(
        R006,
        at,
        "Vanaf hier is het bestand geen goede YAML. Vaak klopt het inspringen niet, of mist er een dubbele punt.",
        "Vergelijk deze regel met een bestand dat wel goed is. Elk veld begint met naam: en twee spaties per laag.",
    )


def _opened(path: str, error: Exception, at: Location) -> Location:
    """Return where the bracket or quotation was opened that the parser could not close, else `at`."""
    mark = getattr(error, "context_mark", None)
    return at if mark is None else Location(path, mark.line + 1, mark.column + 1)


def _place(path: str, text: str, offset: int) -> Location:
    """Return line and column of a character of the text."""
    before = text[:offset]
    return Location(path, before.count("\n") + 1, offset - before.rfind("\n"))


def too_deep(at: Location) -> Diagnostic:
    """Return the finding for a document with too many layers."""
    return Diagnostic(
        R016,
        at,
        f"Dit document is meer dan {MAX_DEPTH} lagen diep.",
        "Kijk of er haakjes of spaties te veel staan.",
    )
