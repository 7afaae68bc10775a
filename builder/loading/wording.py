"""A document that the schema refuses → a finding in plain Dutch for each fault.

In: a document and the content of the schemas. Out: findings S101-S111. Only asked about a document that does not hold,
so jsonschema, which is slow but can name each fault, is imported only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from builder.diagnostics import Diagnostic, place_in_words
from builder.loading.document import Document
from builder.loading.hints import form_hint, kind_wanted, too_few, too_many, type_hint
from builder.loading.suggesting import meant, show
from builder.loading.validate_rules import (
    S101,
    S102,
    S103,
    S104,
    S105,
    S106,
    S107,
    S108,
    S109,
    S110,
    S111,
)

KIND_NAMES = {
    "eindtermen": "de eindtermen",
    "bronnen": "de bronnen",
    "begrippen": "de begrippen",
    "domeinwoorden": "de domeinwoorden",
    "reeksen": "de reeksen",
    "wegwijzer": "de wegwijzer",
    "kernwaarden": "de kernwaarden",
    "item": "een vraag",
    "les": "een les",
    "lesmateriaal": "een lesmateriaal",
    "locatie": "een locatie",
    "lastig-moment": "een lastig moment",
    "toetsmatrijs": "een toetsmatrijs",
    "toets": "een toets",
    "statistiek": "een statistiek",
}
_NOT_BLANK = r"\S"  # on every free text: white space alone says nothing


def validator_for(kind: str, contents: Mapping[str, Any]) -> Draft202012Validator:
    """Return the validator that can name the faults of this kind of document. `contents` are the schemas by file."""
    registry: Registry[Any] = Registry().with_resources(
        [(name, Resource.from_contents(content)) for name, content in contents.items()]
    )
    validator: Draft202012Validator = _Validator(
        contents[f"{kind}.schema.json"], registry=registry, format_checker=FormatChecker(formats=["date"])
    )
    return validator


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    """Match as the standard says: `$` is the end of the text, not the place before a last line end."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


# A file with more unknown fields than this is no list of typing errors: then guessing helps nobody, and takes long.
_MOST_GUESSES = 50


def unnamed(document: Document, path: tuple[str | int, ...]) -> Diagnostic:
    """Return the finding for a fault that has no words of its own."""
    return Diagnostic(
        S111,
        document.locate(*path),
        f"{'Bij ' + place_in_words(path) if path else 'In dit document'} staat iets wat niet past.",
        "Kijk op de pagina met velden wat hier hoort.",
    )


def findings(document: Document, validator: Draft202012Validator) -> Iterator[Diagnostic]:
    """Yield each fault of a document once."""
    seen: set[tuple[str, str]] = set()
    for error in validator.iter_errors(document.data):
        for finding in _word(document, error):
            key = (finding.location.pointer, finding.message)
            if key not in seen:
                seen.add(key)
                yield finding


def _word(document: Document, error: ValidationError) -> Iterator[Diagnostic]:
    path = tuple(error.absolute_path)
    at = document.locate(*path)
    field = place_in_words(path)
    keyword = str(error.validator)
    value: Any = error.instance
    wanted: Any = error.validator_value
    if keyword == "required":
        for name in wanted:
            if name not in value and not _misspelt(name, error):
                yield _missing(document, path, name, error)
    elif keyword == "additionalProperties":
        allowed = sorted(_schema(error).get("properties", {}))
        unknown = [name for name in value if name not in allowed]
        for place, name in enumerate(unknown):
            yield _unknown(document, path, name, allowed if place < _MOST_GUESSES else [], value)
    elif keyword == "type":
        yield Diagnostic(
            S103, at, f"Bij {field} hoort {kind_wanted(error)}. Hier staat {show(value)}.", type_hint(error)
        )
    elif keyword == "enum":
        options = [str(option) for option in wanted]
        yield Diagnostic(
            S104,
            at,
            f"{field.capitalize()} {show(value)} kennen we niet.",
            meant(str(value), options, "Kies"),
        )
    elif keyword == "pattern" and wanted == _NOT_BLANK:
        yield Diagnostic(S106, at, *too_few(field, value, 1))
    elif keyword == "pattern":
        yield Diagnostic(
            S105, at, f"{field.capitalize()} {show(value)} heeft niet de goede vorm.", form_hint(error)
        )
    elif keyword == "format" and not re.search(_schema(error).get("pattern", ""), str(value)):
        pass  # another order of day, month and year: that was said
    elif keyword == "format":
        yield Diagnostic(
            S110, at, f"De datum {value} staat niet op de kalender.", "Kijk naar de dag en de maand."
        )
    elif keyword in ("minLength", "minItems"):
        yield Diagnostic(S106, at, *too_few(field, value, wanted))
    elif keyword in ("maxLength", "maxItems"):
        yield Diagnostic(S107, at, *too_many(field, value, wanted))
    elif keyword in ("minimum", "maximum"):
        edge = "ten minste" if keyword == "minimum" else "ten hoogste"
        yield Diagnostic(
            S108,
            at,
            f"Bij {field} staat {value}. Dat past niet.",
            f"Het getal is {edge} {wanted}.",
        )
    elif keyword == "uniqueItems":
        twice = [item for place, item in enumerate(value) if item in value[:place]]
        yield Diagnostic(S109, at, f"In {field} staat {show(twice[0])} twee keer.", "Haal er één weg.")
    else:
        yield unnamed(document, path)


def _schema(error: ValidationError) -> dict[str, Any]:
    """The schema around the error, when it is an object."""
    return dict(error.schema) if isinstance(error.schema, dict) else {}


def _missing(
    document: Document, path: tuple[str | int, ...], name: str, error: ValidationError
) -> Diagnostic:
    properties = _properties(error)
    label = properties.get(name, {}).get("description", "")
    where = f"In {place_in_words(path)}" if path else f"In {KIND_NAMES[document.kind]}"
    because = ""
    schema_path = [str(part) for part in error.absolute_schema_path]
    if "then" in schema_path:
        data = document.data
        if data.get("gevoelig") is True and document.kind == "les":
            because = " Bij een gevoelige les moet dat."
        elif data.get("status") == "vervallen" and name == "reden":
            because = " Bij een vervallen document moet dat."
    message = f'{where} ontbreekt het veld "{name}".{because}'
    return Diagnostic(S101, document.locate(*path), message, f'Zet erbij: "{name}: …". {label}'.strip())


def _misspelt(name: str, error: ValidationError) -> bool:
    """Tell whether an unknown field looks like this missing one: then S102 says it, and once is enough."""
    known = _properties(error)
    present = error.instance if isinstance(error.instance, dict) else {}
    unknown = [key for key in present if key not in known][:_MOST_GUESSES]
    return bool(get_close_matches(name, unknown, 1, 0.7))


def _properties(error: ValidationError) -> dict[str, Any]:
    """The properties of the schema around the error (an if/then branch has none of its own)."""
    found = error.schema.get("properties") if isinstance(error.schema, dict) else None
    if found:
        return dict(found)
    parent = error.parent
    while parent is not None:
        if isinstance(parent.schema, dict) and parent.schema.get("properties"):
            return dict(parent.schema["properties"])
        parent = parent.parent
    return {}


def _unknown(
    document: Document, path: tuple[str | int, ...], name: str, allowed: list[str], value: dict[str, Any]
) -> Diagnostic:
    positions = document.positions
    key_at = getattr(positions, "key_at", positions.at)
    line, column = key_at((*path, name))
    at = document.locate(*path, name)
    at = type(at)(at.path, line, column, at.pointer)
    free = [key for key in allowed if key not in value]
    where = place_in_words(path) if path else KIND_NAMES[document.kind]
    return Diagnostic(
        S102,
        at,
        f'Het veld "{name}" kennen we niet in {where}.',
        meant(name, free, "Velden die hier nog kunnen:"),
    )
