"""Documents → well-formed documents: JSON Schema decides, we word the finding.

In: documents and the folder with schemas. Out: the documents that hold and findings S101-S111.
jsonschema-rs says quickly whether a document holds; only when it does not, jsonschema names each
fault. One validator per kind, made once and reused. The only place that imports jsonschema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.loading.document import KINDS, Document

S101 = Rule(
    "S101",
    "veld-ontbreekt",
    Severity.ERROR,
    "Zonder dit veld weet het programma, of de lezer, iets niet wat nodig is.",
    "id: wonen-014\nversie: 1",
    "id: wonen-014\nversie: 1\nstatus: concept",
)
S102 = Rule(
    "S102",
    "onbekend-veld",
    Severity.ERROR,
    "Een veld dat we niet kennen, wordt nergens gebruikt. Meestal is het een tikfout in de naam.",
    "taalnivo: A2",
    "taalniveau: A2",
)
S103 = Rule(
    "S103",
    "verkeerde-soort",
    Severity.ERROR,
    "Elk veld heeft één soort waarde: tekst, getal, true of false, een lijst of een groep velden.",
    "juist: yes",
    "juist: true",
)
S104 = Rule(
    "S104",
    "niet-in-de-lijst",
    Severity.ERROR,
    "Voor dit veld kies je uit een vaste lijst. Zo kunnen we tellen en filteren.",
    "taalniveau: B2",
    "taalniveau: B1",
)
S105 = Rule(
    "S105",
    "verkeerde-vorm",
    Severity.ERROR,
    "Nummers, datums en namen hebben een vaste vorm. Dan vinden ze elkaar.",
    "eindterm: 5-1-2",
    "eindterm: 5.1.2",
)
S106 = Rule(
    "S106",
    "te-weinig",
    Severity.ERROR,
    "Een lege tekst of een te korte lijst is niet af.",
    "opties:\n  - tekst: Ja\n    juist: true",
    "Twee, drie of vier opties.",
)
S107 = Rule(
    "S107",
    "te-veel",
    Severity.ERROR,
    "Meer dan dit past niet op het antwoordblad of op de pagina.",
    "Een vraag met vijf opties.",
    "Een vraag met drie opties.",
)
S108 = Rule(
    "S108",
    "getal-past-niet",
    Severity.ERROR,
    "Dit getal ligt buiten de grenzen voor dit veld.",
    "versie: 0",
    "versie: 1",
)
S109 = Rule(
    "S109",
    "dubbel-in-lijst",
    Severity.ERROR,
    "In deze lijst staat elk woord één keer.",
    "trefwoorden:\n  - huur\n  - huur",
    "trefwoorden:\n  - huur",
)
S110 = Rule(
    "S110",
    "datum-bestaat-niet",
    Severity.ERROR,
    "Een datum moet op de kalender staan.",
    "gecontroleerd_op: 2026-02-30",
    "gecontroleerd_op: 2026-02-28",
)
S111 = Rule(
    "S111",
    "past-niet-in-het-schema",
    Severity.ERROR,
    "Dit past niet bij wat voor dit soort document is afgesproken.",
    "Een document dat anders is dan het schema.",
    "Een document zoals de voorbeelden in de uitleg van de velden.",
)
RULES = (S101, S102, S103, S104, S105, S106, S107, S108, S109, S110, S111)

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


@dataclass(frozen=True, slots=True)
class Schemas:
    """The compiled schemas of all kinds: the quick gate and the one that can name faults."""

    gates: dict[str, Any]
    validators: dict[str, Draft202012Validator]


@lru_cache(maxsize=4)
def load_schemas(folder: Path) -> Schemas:
    """Return the compiled schemas in `folder`. Raises OSError or ValueError when our schemas are damaged."""
    contents = {
        file.name: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.schema.json"))
    }
    resources = [(name, Resource.from_contents(content)) for name, content in contents.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    quick = jsonschema_rs.Registry(
        [(f"json-schema:///{name}", content) for name, content in contents.items()]
    )
    gates, validators = {}, {}
    for kind in KINDS:
        schema = contents[f"{kind}.schema.json"]
        gates[kind] = jsonschema_rs.Draft202012Validator(schema, registry=quick, validate_formats=True)
        validators[kind] = _Validator(
            schema, registry=registry, format_checker=FormatChecker(formats=["date"])
        )
    return Schemas(gates, validators)


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    """Match as the standard says: `$` is the end of the text, not the place before a last line end."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


# A file with more unknown fields than this is no list of typing errors: then guessing helps nobody, and takes long.
_MOST_GUESSES = 50


def validate(documents: Iterable[Document], schemas: Schemas) -> tuple[list[Document], list[Diagnostic]]:
    """Return the documents that hold, and every finding about the others."""
    good: list[Document] = []
    found: list[Diagnostic] = []
    for document in documents:
        if schemas.gates[document.kind].is_valid(document.data):
            good.append(document)
            continue
        findings = list(_findings(document, schemas.validators[document.kind]))
        if not findings:  # the two validators must agree; if not, refusing without detail is the safe side
            findings = [
                _unnamed(document, tuple(error.instance_path))
                for error in schemas.gates[document.kind].iter_errors(document.data)
            ]
        found.extend(findings)
    return good, found


def _unnamed(document: Document, path: tuple[str | int, ...]) -> Diagnostic:
    return Diagnostic(
        S111,
        document.locate(*path),
        f"{'Bij ' + _field(path) if path else 'In dit document'} staat iets wat niet past.",
        "Kijk op de pagina met velden wat hier hoort.",
    )


def _findings(document: Document, validator: Draft202012Validator) -> Iterator[Diagnostic]:
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
    field = _field(path)
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
            S103, at, f"Bij {field} hoort {_kind(error)}. Hier staat {show(value)}.", _type_hint(error)
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
        yield Diagnostic(S106, at, *_too_few(field, value, 1))
    elif keyword == "pattern":
        yield Diagnostic(
            S105, at, f"{field.capitalize()} {show(value)} heeft niet de goede vorm.", _form_hint(error)
        )
    elif keyword == "format":
        yield Diagnostic(
            S110, at, f"De datum {value} staat niet op de kalender.", "Kijk naar de dag en de maand."
        )
    elif keyword in ("minLength", "minItems"):
        yield Diagnostic(S106, at, *_too_few(field, value, wanted))
    elif keyword in ("maxLength", "maxItems"):
        yield Diagnostic(S107, at, *_too_many(field, value, wanted))
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
        yield _unnamed(document, path)


def _schema(error: ValidationError) -> dict[str, Any]:
    """The schema around the error, when it is an object."""
    return dict(error.schema) if isinstance(error.schema, dict) else {}


def _missing(
    document: Document, path: tuple[str | int, ...], name: str, error: ValidationError
) -> Diagnostic:
    properties = _properties(error)
    label = properties.get(name, {}).get("description", "")
    where = f"In {_field(path)}" if path else f"In {KIND_NAMES[document.kind]}"
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
    where = _field(path) if path else KIND_NAMES[document.kind]
    return Diagnostic(
        S102,
        at,
        f'Het veld "{name}" kennen we niet in {where}.',
        meant(name, free, "Velden die hier nog kunnen:"),
    )


def _field(path: tuple[str | int, ...]) -> str:
    """Name the place for people: `opties`, or `optie 2 › toelichting`."""
    if not path:
        return "dit document"
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            words[-1] = f"{words[-1]} {part + 1}" if words else str(part + 1)
        else:
            words.append(part)
    return " › ".join(words)


def _kind(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    return " of ".join(_SOORTEN[name] for name in names)


def _type_hint(error: ValidationError) -> str:
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
        return f'Zet het tussen aanhalingstekens, bijvoorbeeld "{value}". {_form_hint(error)}'.strip()
    if wanted == "string" and value is None:
        return "Vul een tekst in, of haal het veld weg."
    if wanted == "array":
        return "Zet elk onderdeel op een eigen regel met een streepje ervoor."
    if wanted == "string" and isinstance(value, dict):
        return "Staat er een dubbele punt in je tekst? Zet de hele tekst dan tussen aanhalingstekens."
    if wanted == "integer" and isinstance(value, str) and value.strip().isdigit():
        return f"Schrijf het getal zonder aanhalingstekens: {value.strip()}."
    return "Kijk in een goed voorbeeld hoe dit veld eruitziet."


def _form_hint(error: ValidationError) -> str:
    """Return how this field is written: from the shared list when it is one of ours, else its description."""
    pattern = error.schema.get("pattern") if isinstance(error.schema, dict) else None
    description = str(error.schema.get("description", "")) if isinstance(error.schema, dict) else ""
    for name, sentence in _FORMS.items():
        if pattern == _PATTERNS.get(name):
            return sentence
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


def _too_few(field: str, value: Any, least: int) -> tuple[str, str]:
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


def _too_many(field: str, value: Any, most: int) -> tuple[str, str]:
    if isinstance(value, str):
        return f"De tekst bij {field} heeft {len(value)} tekens.", f"Ten hoogste {most} tekens passen hier."
    return f"Bij {field} staan er {len(value)}. Dat is te veel.", f"Er passen er ten hoogste {most}."


def show(value: Any) -> str:
    """Return a value as an author would recognise it, cut to a readable length."""
    if value is None:
        return "niets"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "een lijst"
    if isinstance(value, dict):
        return "een groep velden"
    if isinstance(value, int | float):
        return f"het getal {value}"
    text = re.sub(r"\s+", " ", str(value))
    return f'"{text if len(text) <= 60 else text[:57] + "…"}"'


def meant(word: str, options: list[str], otherwise: str) -> str:
    """Return "Bedoelde je …?" when one option is near, else a list of what there is."""
    near = get_close_matches(word, options, 1, 0.6) or get_close_matches(
        word.lower(), [option.lower() for option in options], 1, 0.6
    )
    listed = _listed(options)
    if near:
        exact = next(option for option in options if option.lower() == near[0].lower())
        return f'Bedoelde je "{exact}"?' + (
            f" {otherwise} {listed}." if listed and 1 < len(options) <= 10 else ""
        )
    return f"{otherwise} {listed}." if listed else ""


def _listed(options: list[str]) -> str:
    if not options or len(options) > 40:
        return ""
    return options[0] if len(options) == 1 else f"{', '.join(options[:-1])} of {options[-1]}"
