"""The lessons for programs: one record, three forms; nothing invented where there is no address or code."""

from __future__ import annotations

import dataclasses
import json
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from markupsafe import Markup
from referencing import Registry, Resource

from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lijsten import Begrip
from builder.website import catalogus
from builder.website.woorden import Uitleg
from tests.conftest import ROOT, CopiedProject

MD = "{http://www.imsglobal.org/xsd/imsmd_v1p2}"
ADRES = "https://school.example/knm/"


@pytest.fixture
def bank(bank_project: CopiedProject) -> Itembank:
    bank, found = load(bank_project)
    assert not found
    return bank


@pytest.fixture
def les(bank: Itembank) -> Les:
    return next(iter(bank.lessen.values()))


def known(bank: Itembank, les: Les, adres: str = "") -> catalogus.Leerobject:
    return catalogus.record(bank, les, "lessen/a/b/index.html", adres)


def test_json_ld_says_what_a_les_is(bank: Itembank, les: Les) -> None:
    data = json.loads(catalogus.json_ld(known(bank, les, ADRES)))
    assert data["@type"] == "LearningResource"
    assert data["name"] == les.titel
    assert data["timeRequired"] == f"PT{les.minuten}M"
    assert data["teaches"] == [doel.tekst for doel in les.doelen]
    assert [found["targetName"] for found in data["educationalAlignment"]] == list(les.eindtermen)
    assert data["url"] == data["@id"] == "https://school.example/knm/lessen/a/b/index.html"
    assert data["license"].startswith("https://creativecommons.org/")


def test_without_an_address_no_address_is_invented(bank: Itembank, les: Les) -> None:
    one = known(bank, les)
    assert not {"@id", "url"} & set(json.loads(catalogus.json_ld(one)))
    assert "volledig_adres" not in json.loads(catalogus.catalogue([one], 3))["lessen"][0]
    root = ET.fromstring(catalogus.nl_lom(one, {}))
    assert root.find(f"{MD}general/{MD}catalogentry") is None
    assert root.find(f"{MD}technical/{MD}location") is None


def test_json_ld_cannot_end_its_script(bank: Itembank, les: Les) -> None:
    evil = dataclasses.replace(les, titel='</script><script>alert("1")</script>')
    text = catalogus.json_ld(known(bank, evil))
    assert "<" not in text
    assert json.loads(text)["name"] == evil.titel


def test_the_catalogue_follows_its_schema(bank: Itembank, les: Les) -> None:
    schemas = {
        name: json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("catalogus", "lijsten")
    }
    registry: Registry[object] = Registry().with_resources(
        (f"{name}.schema.json", Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    validator = jsonschema.Draft202012Validator(schemas["catalogus"], registry=registry)
    for adres in ("", ADRES):
        data = json.loads(catalogus.catalogue([known(bank, les, adres)], 3))
        assert [error.message for error in validator.iter_errors(data)] == []
    del data["lessen"][0]["titel"]
    assert list(validator.iter_errors(data))


def test_nl_lom_has_what_kennisnet_wants_and_only_codes_that_a_person_gave(bank: Itembank, les: Les) -> None:
    one = known(bank, les, ADRES)
    root = ET.fromstring(catalogus.nl_lom(one, {"vakgebied": "abc-123", "niveau": ""}))
    # the order of the example of Kennisnet
    assert [child.tag.removeprefix(MD) for child in root] == [
        "general",
        "lifecycle",
        "metametadata",
        "technical",
        "educational",
        "rights",
        "classification",
    ]
    assert root.findtext(f"{MD}general/{MD}title/{MD}langstring") == les.titel
    assert root.findtext(f"{MD}technical/{MD}location") == one.volledig
    schemes = [found.text for found in root.findall(f"{MD}metametadata/{MD}metadatascheme")]
    assert schemes == ["LOMv1.0", "nl_lom_v1p0"]
    (found,) = root.findall(f"{MD}classification")
    assert found.findtext(f"{MD}taxonpath/{MD}taxon/{MD}id") == "abc-123"
    assert found.findtext(f"{MD}purpose/{MD}value/{MD}langstring") == "discipline"
    assert not ET.fromstring(catalogus.nl_lom(one, {})).findall(f"{MD}classification")
    status = root.findtext(f"{MD}lifecycle/{MD}status/{MD}value/{MD}langstring")
    assert status == "draft"  # review: no person has approved it


BEGRIPPEN = (
    Begrip("oorlog", "oorlog", "Strijd tussen landen.", "Het is oorlog.", ()),
    Begrip("wo2", "Tweede Wereldoorlog", 'Van 1939 tot "1945" & meer.', "In de Tweede Wereldoorlog.", ()),
)


def test_a_word_is_explained_once_and_the_longest_word_counts() -> None:
    uitleg = Uitleg(BEGRIPPEN, lambda begrip: f"../over/begrippen-x.html#{begrip.id}")
    html = uitleg.in_html(
        Markup("<p>De tweede wereldoorlog was een oorlog. Oorlog is erg; naoorlogs ook.</p>")
    )
    assert html.count('class="knm-begrip"') == 2
    assert (
        '<a class="knm-begrip" href="../over/begrippen-x.html&#35;wo2" title="Van 1939 tot &#34;1945&#34; &#38; meer.">tweede wereldoorlog</a>'
        in html
    )
    assert ">oorlog</a>. Oorlog is erg; naoorlogs ook." in html
    assert "knm-begrip" not in uitleg.in_html(Markup("<p>oorlog</p>"))


def test_an_abbreviation_is_found_in_capitals_only() -> None:
    duo = Begrip("duo", "DUO", "Een dienst van de overheid.", "Je vraagt het aan bij DUO.", ())
    html = Uitleg((duo,), lambda begrip: f"b.html#{begrip.id}").in_html(
        Markup("<p>Werk in duo's. Een Duo praat. Vraag het bij DUO.</p>")
    )
    assert html.startswith("<p>Werk in duo's. Een Duo praat. Vraag het bij <a ")
    assert html.endswith(">DUO</a>.</p>")


def test_words_inside_links_and_headings_stay_as_they_are() -> None:
    uitleg = Uitleg(BEGRIPPEN, lambda begrip: f"b.html#{begrip.id}")
    html = Markup('<h2>Oorlog</h2><p><a href="x">een oorlog</a> <strong>oorlog</strong></p>')
    assert uitleg.in_html(html) == html
    assert Uitleg((), lambda begrip: "b.html").in_html(html) == html
