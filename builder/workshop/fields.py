"""A schema → the fields of a form: kind, label, hint, choices, in the order and groups that an author works in.

In: a JSON Schema and the shared lists. Out: `Field`s and groups of them. Labels and hints are the titles and
descriptions of the schema; what an author never types (digests, history, status) is left out. It knows no value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

# What the machine or the life cycle fills in.
HIDDEN = frozenset(
    "id versie status reden vervangen_door soort herkomst gebruik beoordelingen gebruikt_in ingelezen_uit".split()
)
# Texts that are one line; what else is free text may have several.
_SHORT = frozenset(
    "titel plaats naam aantal bestand woord kop groepsvorm maker materiaal adres organisatie".split()
)
_GROUPS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "item": (
        ("Waar gaat de vraag over?", ("eindterm", "indicator")),
        ("De vraag", ("context", "stam", "afbeelding")),
        ("De antwoorden", ("opties",)),
        ("Waar staat dat dit klopt?", ("bronnen", "veroudert", "gecontroleerd_op")),
        ("Kenmerken", ("taalniveau", "stof", "abstractieniveau", "beheersing", "gevoelig")),
    ),
    "les": (
        ("De les in het kort", ("titel", "samenvatting", "minuten", "taalniveaus", "abstractieniveau")),
        ("Doelen en woorden", ("doelen", "woorden")),
        ("Voor de docent", ("docent", "stappen", "differentiatie", "dit_hoor_je_soms")),
        ("Veilig", ("gevoelig", "inhoudswaarschuwing", "veilig_beginnen", "veilig_afsluiten")),
        ("Werkbladen en vragen", ("handouts", "controlevragen", "verder")),
        ("Bronnen", ("bronnen",)),
    ),
}
# What authors call things; the schema speaks of the file.
_LABELS = {
    ("item", "stam"): "De vraag zelf",
    ("item", "context"): "Situatie vóór de vraag",
    ("item", "afbeelding"): "Plaatje bij de vraag",
    ("item", "opties"): "Antwoorden",
    ("item", "opties.tekst"): "Tekst van het antwoord",
    ("item", "opties.juist"): "Dit is het goede antwoord",
    ("item", "opties.toelichting"): "Waarom goed of waarom fout?",
    ("item", "opties.vast"): "Dit antwoord blijft op zijn plaats bij het schudden",
    ("item", "opties.afbeelding"): "Plaatje als antwoord",
    ("item", "gevoelig"): "Dit onderwerp kan mensen raken",
    ("item", "bronnen.id"): "Bron",
}
_HINTS = {
    ("item", "opties.juist"): "Kies bij één antwoord.",
    ("item", "opties.vast"): "",
    ("item", "opties.tekst"): "",
    ("item", "opties.toelichting"): "",
    ("item", "eindterm"): "Achter elke eindterm staat hoeveel andere vragen er zijn.",
    ("item", "taalniveau"): "",
    ("item", "indicator"): "Welk deel van de eindterm vraag je?",
    ("item", "bronnen.id"): "Kies waar het staat. Bovenaan staat wat bij deze eindterm al is gebruikt.",
    ("les", "bronnen.id"): "Kies waar het staat.",
    ("item", "gevoelig"): "Bijvoorbeeld vervolging of geweld.",
    ("item", "context"): "Alleen als de vraag zonder situatie niet duidelijk is.",
    ("item", "stam"): "Een hele zin met een vraagteken.",
    ("item", "opties"): "Drie antwoorden. Eén is goed. Bij elk antwoord staat waarom.",
    ("les", "gevoelig"): "Dan horen er ook een veilig begin en einde bij.",
}
# What one entry of a list is called, where the schema has a longer name for it.
_ENTRIES = {
    ("item", "opties"): "Antwoord",
    ("item", "bronnen"): "Bron",
    ("les", "bronnen"): "Bron",
    ("item", "uitzonderingen"): "Uitzondering",
}
# The schema does not ask for it, a reader does.
_NEEDED = frozenset({("item", "opties.toelichting")})
# Who needs them knows them; the rest of us is not bothered.
_FOLDED = frozenset({"opties.vast", "opties.afbeelding"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key, what kind of answer it takes, and what stands beside it.

    Kinds: text, long, choice, choices, flag, only (a flag that one entry of a list has), number, lines (a list
    of words, one on a line), numbers (so too), group (fields inside) and list (entries that each have `fields`).
    What is `kept` has no place in a form.
    """

    name: str
    kind: str
    label: str
    hint: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    least: int = 0
    most: int = 99
    folded: bool = False
    entry: str = ""
    unless: str = ""  # not needed when this other field is there


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together on the screen; `folded` ones are for who looks for them."""

    title: str
    fields: tuple[Field, ...]
    folded: bool = False


@lru_cache(maxsize=32)
def form_of(folder: Path, kind: str) -> tuple[Group, ...]:
    """Return the form for a kind of document, walked from its schema in `folder`."""
    schema = json.loads((folder / f"{kind}.schema.json").read_text(encoding="utf-8"))
    shared = json.loads((folder / "lijsten.schema.json").read_text(encoding="utf-8"))["$defs"]
    fields = {field.name: field for field in _fields(schema, shared, kind, "") if field.name not in HIDDEN}
    groups = []
    placed: set[str] = set()
    for title, names in _GROUPS.get(kind, ()):
        mine = tuple(fields[name] for name in names if name in fields)
        placed.update(names)
        if mine:
            groups.append(Group(title, mine))
    rest = tuple(field for name, field in fields.items() if name not in placed)
    if rest:
        groups.append(Group("Meer velden" if groups else "Velden", rest, bool(groups)))
    return tuple(groups)


def all_fields(groups: Sequence[Group]) -> tuple[Field, ...]:
    """Return the fields of a form without their groups."""
    return tuple(field for group in groups for field in group.fields)


@lru_cache(maxsize=32)
def order_of(folder: Path, kind: str) -> tuple[str, ...]:
    """Return the keys of a kind of document in the order of its schema."""
    schema = json.loads((folder / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return tuple(schema["properties"])


def _fields(
    schema: Mapping[str, Any], shared: Mapping[str, Any], kind: str, prefix: str
) -> tuple[Field, ...]:
    required = set(schema.get("required", ()))
    either = set(schema.get("then", {}).get("required", ()))  # a text, unless there is a picture
    other = next(iter(schema.get("if", {}).get("not", {}).get("required", ())), "")
    made = (
        replace(
            _field(
                name, _resolved(found, shared), shared, kind, f"{prefix}{name}", name in required | either
            ),
            unless=other if name in either else "",
        )
        for name, found in schema.get("properties", {}).items()
    )
    return tuple(field for field in made if field.kind != "kept")


def _resolved(schema: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    return {**shared.get(schema.get("$ref", "").rpartition("/")[2], {}), **schema}


def _field(
    name: str, schema: Mapping[str, Any], shared: Mapping[str, Any], kind: str, path: str, required: bool
) -> Field:
    label = _LABELS.get((kind, path), schema.get("title", name))
    hint = _HINTS.get((kind, path), schema.get("description", ""))
    if schema.get("format") == "date" and "jaar-maand-dag" not in hint:
        hint = f"{hint} Schrijf jaar-maand-dag, zoals 2026-05-12.".strip()
    required = required or (kind, path) in _NEEDED
    made = Field(name, "long", label, hint, required, folded=path in _FOLDED)
    type_ = schema.get("type")
    if "enum" in schema:
        return replace(made, kind="choice", choices=tuple(str(value) for value in schema["enum"]))
    if type_ == "boolean":
        return replace(made, kind="only" if (kind, path) == ("item", "opties.juist") else "flag")
    if type_ in ("integer", "number"):
        return replace(made, kind="number")
    if type_ == "object":
        return replace(made, kind="group", fields=_fields(schema, shared, kind, f"{path}."))
    if type_ == "array":
        inside = _resolved(schema.get("items", {}), shared)
        if inside.get("type") == "object":
            return replace(
                made,
                kind="list",
                fields=_fields(inside, shared, kind, f"{path}."),
                least=schema.get("minItems", 0),
                most=schema.get("maxItems", 99),
                entry=_ENTRIES.get((kind, path), inside.get("title", label)),
            )
        if "enum" in inside:
            return replace(made, kind="choices", choices=tuple(str(value) for value in inside["enum"]))
        if inside.get("type") == "array":
            return replace(made, kind="kept")
        return replace(made, kind="numbers" if inside.get("type") in ("integer", "number") else "lines")
    if name in _SHORT or schema.get("pattern", r"\S") != r"\S" or "const" in schema:
        return replace(made, kind="text")
    return made
