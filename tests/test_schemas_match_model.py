"""One truth per thing: the schemas decide, and the dataclasses of the model have the same shape."""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from builder.loading.document import KINDS
from builder.model.eindterm import Eindtermen
from builder.model.item import Item
from builder.model.les import Les
from builder.model.lesmateriaal import Lesmateriaal
from builder.model.lijsten import Begrip, Bron, Domeinwoorden, Kernwaarde, Reeks, Wegwijs
from builder.model.locatie import Locatie
from builder.model.moment import LastigMoment
from builder.model.statistiek import Statistiek
from builder.model.toets import Toets, Toetsmatrijs
from tests.conftest import ROOT

SCHEMAS = {
    file.name: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted((ROOT / "schemas").glob("*.schema.json"))
}
WHOLE = {
    "eindtermen": Eindtermen,
    "item": Item,
    "les": Les,
    "toetsmatrijs": Toetsmatrijs,
    "toets": Toets,
    "lesmateriaal": Lesmateriaal,
    "locatie": Locatie,
    "lastig-moment": LastigMoment,
    "statistiek": Statistiek,
}
LISTS = {
    "bronnen": ("bronnen", Bron),
    "begrippen": ("begrippen", Begrip),
    "domeinwoorden": ("themas", Domeinwoorden),
    "reeksen": ("reeksen", Reeks),
    "wegwijzer": ("wegwijzer", Wegwijs),
    "kernwaarden": ("kernwaarden", Kernwaarde),
}
# Closed in the schema, but nothing in the machine depends on which one it is.
TEXT_IN_THE_MODEL = {"vinkje"}


def resolved(schema: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The schema behind a `$ref` and the name of its definition ('' for one that stands on its own)."""
    if "$ref" not in schema:
        return schema, ""
    file, _, name = schema["$ref"].partition("#/$defs/")
    return SCHEMAS[file]["$defs"][name], name


def without_none(kind: Any) -> Any:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        rest = [part for part in typing.get_args(kind) if part is not type(None)]
        assert len(rest) == 1, kind
        return rest[0]
    return kind


def differences(kind: Any, schema: dict[str, Any], where: str) -> Iterator[str]:
    """Say where a type of the model and a schema are not alike."""
    kind = without_none(kind)
    schema, name = resolved(schema)
    if dataclasses.is_dataclass(kind):
        assert isinstance(kind, type)
        yield from object_differences(kind, schema, where)
    elif typing.get_origin(kind) is tuple:
        if schema.get("type") != "array":
            yield f"{where}: a list in the model, {schema.get('type')} in the schema"
        else:
            yield from differences(typing.get_args(kind)[0], schema["items"], f"{where}[]")
    elif typing.get_origin(kind) is typing.Literal:
        if list(typing.get_args(kind)) != schema.get("enum"):
            yield f"{where}: {typing.get_args(kind)} in the model, {schema.get('enum')} in the schema"
    else:
        wanted = {str: "string", int: "integer", bool: "boolean", float: "number"}[kind]
        if schema.get("type") != wanted:
            yield f"{where}: {wanted} in the model, {schema.get('type')} in the schema"
        if "enum" in schema and name not in TEXT_IN_THE_MODEL:
            yield f"{where}: a closed list in the schema, any {wanted} in the model"


def object_differences(kind: type, schema: dict[str, Any], where: str) -> Iterator[str]:
    hints = typing.get_type_hints(kind)
    properties = schema.get("properties", {})
    if set(hints) != set(properties):
        yield f"{where}: {set(hints) ^ set(properties)} stand on one side only"
    needed = {
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    if needed != set(schema.get("required", ())):
        yield f"{where}: required differs: {needed ^ set(schema.get('required', ()))}"
    for name in sorted(set(hints) & set(properties)):
        yield from differences(hints[name], properties[name], f"{where}.{name}")


def nodes(value: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object in a schema file with the way to it."""
    if isinstance(value, dict):
        yield where, value
        for key, inner in value.items():
            yield from nodes(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from nodes(inner, f"{where}/{index}")


NODES = [entry for name, schema in SCHEMAS.items() for entry in nodes(schema, name)]
CONDITIONS = re.compile(r"/(if|then|else|not)(/|$)")
NODES_OF_SHAPES = [entry for entry in NODES if not CONDITIONS.search(entry[0])]


def test_every_kind_of_document_has_a_schema_and_a_type() -> None:
    others = {"lijsten.schema.json", "uitwisseling.schema.json", "catalogus.schema.json"}
    assert {f"{kind}.schema.json" for kind in KINDS} | others == set(SCHEMAS)
    assert set(WHOLE) | set(LISTS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_a_document_has_the_shape_of_its_type(kind: str) -> None:
    assert list(differences(WHOLE[kind], SCHEMAS[f"{kind}.schema.json"], kind)) == []


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_a_list_has_rows_of_its_type(kind: str) -> None:
    key, type_ = LISTS[kind]
    schema = SCHEMAS[f"{kind}.schema.json"]
    assert list(schema["properties"]) == [key] == schema["required"]
    assert list(differences(type_, schema["properties"][key]["items"], kind)) == []


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_a_good_schema(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMAS[name]["$id"] == name


def test_every_property_says_in_dutch_what_it_is() -> None:
    english = re.compile(
        r"\b(the|and|with|which|this|that|must|should|question|file|name of)\b", re.IGNORECASE
    )
    for where, node in NODES_OF_SHAPES:
        described = node.get("properties", {})
        if where.endswith("/$defs") or where == "lijsten.schema.json":
            described = {**described, **node.get("$defs", {})}
        for name, schema in described.items():
            title, description = schema.get("title", ""), schema.get("description", "")
            assert title.strip(), f"{where}: {name} has no title"
            assert description.strip(), f"{where}: {name} has no description"
            assert description[-1] in ".?…", f"{where}: {name}: a description is a sentence"
            assert not english.search(f"{title} {description}"), f"{where}: {name}: {description}"


def test_every_group_refuses_fields_that_it_does_not_know() -> None:
    groups = [(where, node) for where, node in NODES_OF_SHAPES if isinstance(node.get("properties"), dict)]
    assert len(groups) > 20
    assert [where for where, node in groups if node.get("additionalProperties") is not False] == []
    assert [where for where, node in groups if node.get("type") != "object"] == []
    assert [
        where for where, node in groups if not set(node.get("required", ())) <= set(node["properties"])
    ] == []


def test_an_error_can_name_one_thing() -> None:
    assert [where for where, node in NODES if {"oneOf", "anyOf"} & set(node)] == []


def test_closed_lists_stand_in_one_file_and_all_are_used() -> None:
    assert [where for where, node in NODES if "enum" in node and not where.startswith("lijsten.")] == []
    used = {node["$ref"] for _, node in NODES if isinstance(node.get("$ref"), str)}
    used = {name for name in used if name.startswith("lijsten.")}
    assert used == {f"lijsten.schema.json#/$defs/{name}" for name in SCHEMAS["lijsten.schema.json"]["$defs"]}


def test_a_text_of_only_spaces_is_refused() -> None:
    texts = [(where, node) for where, node in NODES_OF_SHAPES if node.get("type") == "string"]
    assert [where for where, node in texts if not {"pattern", "enum"} & set(node)] == []
    assert [where for where, node in texts if "pattern" in node and re.search(node["pattern"], " ")] == []
