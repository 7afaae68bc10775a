"""The JSON file: it fits its schema, nothing is lost, and it can be read back into the same objects."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import unicodedata
from typing import Any

import pytest
from cattrs import structure, unstructure
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from builder.export.json_format import export
from builder.model.digest import item_digest
from builder.model.docent import teacher_view
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from tests.conftest import ROOT
from tests.export.conftest import ARABIC, TIGRINYA

Motley = tuple[Itembank, Toets]


def content_of(bank: Itembank, toets: Toets) -> bytes:
    artifacts, found = export(bank, toets)
    assert not found
    assert [artifact.path for artifact in artifacts] == [f"docent/{toets.id}.json"]
    return artifacts[0].content


def data_of(bank: Itembank, toets: Toets) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(content_of(bank, toets))
    return data


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    contents = {
        file.name: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted((ROOT / "schemas").glob("*.schema.json"))
    }
    registry: Registry[Any] = Registry().with_resources(
        [(name, Resource.from_contents(content)) for name, content in contents.items()]
    )
    return Draft202012Validator(contents["uitwisseling.schema.json"], registry=registry)


def test_it_fits_its_schema(
    motley: Motley, bank_of_voorbeeld: Itembank, schema: Draft202012Validator
) -> None:
    for bank, toets in (motley, (bank_of_voorbeeld, bank_of_voorbeeld.toetsen["kleine-toets-a"])):
        assert [error.message for error in schema.iter_errors(data_of(bank, toets))] == []


def test_the_schema_refuses_what_is_not_known(motley: Motley, schema: Draft202012Validator) -> None:
    data = data_of(*motley)
    assert list(schema.iter_errors({**data, "extra": 1}))
    assert list(schema.iter_errors({**data, "vorm": 2}))
    del data["items"][0]["stam"]
    assert list(schema.iter_errors(data))


def normal(value: Any) -> Any:
    return json.loads(unicodedata.normalize("NFC", json.dumps(unstructure(value), ensure_ascii=False)))


def test_it_reads_back_into_the_same_objects(motley: Motley) -> None:
    bank, toets = motley
    data = data_of(bank, toets)
    assert structure(data["toets"], Toets) == toets
    back = [structure(item, Item) for item in data["items"]]
    assert [normal(item) for item in back] == [normal(bank.item(plek.id)) for plek in toets.items]
    assert not any(one.opmerkingen for item in back for one in item.beoordelingen)
    assert [item_digest(bank, item) for item in back] == [plek.digest for plek in toets.items]


def test_pictures_go_along_whole_and_apart(motley: Motley) -> None:
    bank, toets = motley
    pictures = {(found["item"], found["bestand"]): found for found in data_of(bank, toets)["plaatjes"]}
    assert len(pictures) == 10
    for (item_id, bestand), found in pictures.items():
        data = base64.b64decode(found["inhoud"])
        assert data == bank.picture(item_id, bestand).data
        assert hashlib.sha256(data).hexdigest() == found["sha256"]
    assert pictures["wonen-102", "foto.svg"]["sha256"] != pictures["gezondheid-102", "foto.svg"]["sha256"]


def test_label_code_and_sources(motley: Motley) -> None:
    data = data_of(*motley)
    assert data["label"] == "Oefenmateriaal. 20 van 20 vragen zijn nog niet door een mens beoordeeld."
    assert data["code"] == teacher_view(*motley).code
    assert [bron["id"] for bron in data["bronnen"]] == ["voorbeeldfolder"]
    assert [term["nummer"] for term in data["eindtermen"]] == ["3.1.2", "4.1.1"]
    assert [variant["code"] for variant in data["toets"]["varianten"]] == ["B"]


def test_an_item_without_sources_keeps_its_empty_list(motley: Motley, schema: Draft202012Validator) -> None:
    bank, toets = motley
    bare = dataclasses.replace(bank.items["wonen-107"], bronnen=())
    data = data_of(dataclasses.replace(bank, items={**bank.items, "wonen-107": bare}), toets)
    assert list(schema.iter_errors(data)) == []


def test_utf8_without_bom_and_nfc(motley: Motley) -> None:
    content = content_of(*motley)
    text = content.decode("utf-8")
    assert text.startswith("{\n") and text.endswith("}\n") and "\r" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert ARABIC in text and TIGRINYA in text


def test_same_input_same_bytes(motley: Motley) -> None:
    assert content_of(*motley) == content_of(*motley)
