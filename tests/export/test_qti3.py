"""The QTI package: the official schemas, what these do not see, and every question taken in a real player."""

from __future__ import annotations

import dataclasses
import io
import mimetypes
import os
import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, Route

from builder.export.qti3 import MATCH_CORRECT, export
from builder.model.docent import teacher_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import LETTERS
from builder.model.toets import Toets
from tests.conftest import ROOT
from tests.export.conftest import ARABIC, SPECIALS, TIGRINYA

Motley = tuple[Itembank, Toets]
Package = dict[str, bytes]
SCHEMAS = Path(os.environ.get("KNM_TESTDATA", "")) / "qti3-xsd"
PLAYER = ROOT / "node_modules/@citolab/qti-components/cdn/index.js"
Q = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
M = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"
LOM = "{http://ltsc.ieee.org/xsd/LOM}"


def unpacked(bank: Itembank, toets: Toets) -> Package:
    artifacts, _ = export(bank, toets)
    assert [artifact.path for artifact in artifacts] == [f"docent/{toets.id}-qti3.zip"]
    with zipfile.ZipFile(io.BytesIO(artifacts[0].content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def package(motley: Motley) -> Package:
    return unpacked(*motley)


def items_of(package: Package) -> dict[str, Any]:
    return {
        name: etree.fromstring(content)
        for name, content in package.items()
        if re.match(r"items/[^/]+\.xml$", name)
    }


class _Flat(etree.Resolver):
    """All schemas lie in one folder, whatever address they name."""

    def resolve(self, url: str, public_id: str, context: Any) -> Any:
        file = SCHEMAS / url.rpartition("/")[2]
        return self.resolve_filename(str(file), context) if file.is_file() else None


@pytest.fixture(scope="module")
def schemas() -> dict[str, etree.XMLSchema]:
    if not SCHEMAS.is_dir():
        pytest.skip("KNM_TESTDATA has no qti3-xsd: set it to the folder with the official files")
    made = {}
    for kind, name in (
        ("imsmanifest.xml", "imsqtiv3p0_imscpv1p2_v1p0.xsd"),
        ("", "imsqti_asiv3p0_sbacv1p0_v1p0.xsd"),
    ):
        parser = etree.XMLParser(no_network=True)
        parser.resolvers.add(_Flat())
        made[kind] = etree.XMLSchema(etree.parse(str(SCHEMAS / name), parser))
    return made


def test_the_official_schemas_accept_every_file(
    package: Package, schemas: dict[str, etree.XMLSchema]
) -> None:
    wrong = []
    for name, content in package.items():
        if name.endswith(".xml"):
            schema = schemas.get(name, schemas[""])
            schema.validate(etree.fromstring(content))
            wrong += [f"{name}:{error.line}: {error.message}" for error in schema.error_log]
    assert wrong == []


def faults(package: Package) -> list[str]:
    """What the schemas do not see."""
    wrong = []
    manifest = etree.fromstring(package["imsmanifest.xml"])
    resources = {found.get("identifier"): found for found in manifest.iter(f"{M}resource")}
    if len(resources) != len(list(manifest.iter(f"{M}resource"))):
        wrong.append("two resources have one identifier")
    listed = {found.get("href") for found in manifest.iter(f"{M}file")}
    wrong += [
        f"{name}: in the zip, not in the manifest" for name in package.keys() - listed - {"imsmanifest.xml"}
    ]
    wrong += [f"{name}: in the manifest, not in the zip" for name in listed - package.keys()]
    wrong += [
        f"dependency on {found.get('identifierref')}, which is nowhere"
        for found in manifest.iter(f"{M}dependency")
        if found.get("identifierref") not in resources
    ]
    identifiers = {}
    for name, root in items_of(package).items():
        identifiers[name] = root.get("identifier")
        choices = [choice.get("identifier") for choice in root.iter(f"{Q}qti-simple-choice")]
        right = [value.text for value in root.find(f"{Q}qti-response-declaration").iter(f"{Q}qti-value")]
        if len(choices) != len(set(choices)):
            wrong.append(f"{name}: two choices have one name")
        if len(right) != 1 or right[0] not in choices:
            wrong.append(f"{name}: the right answer is no choice")
        if root.find(f"{Q}qti-response-processing").get("template") != MATCH_CORRECT:
            wrong.append(f"{name}: another way of scoring")
        needed = set()
        for image in root.iter(f"{Q}img"):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), image.get("src")))
            needed.add(path)
            if path not in package:
                wrong.append(f"{name}: {path} is not there")
            if not (image.get("alt") or "").strip():
                wrong.append(f"{name}: a picture without alt")
            if not (image.get("width") and image.get("height")):
                wrong.append(f"{name}: a picture without size")
        resource = next(found for found in resources.values() if found.get("href") == name)
        there = {
            resources[found.get("identifierref")].get("href") for found in resource.iter(f"{M}dependency")
        }
        if there != needed:
            wrong.append(f"{name}: needs {needed}, names {there}")
    test = etree.fromstring(package["test.xml"])
    references = list(test.iter(f"{Q}qti-assessment-item-ref"))
    if {found.get("href"): found.get("identifier") for found in references} != identifiers:
        wrong.append("the test and the items do not name each other")
    if len({found.get("identifier") for found in references}) != len(references):
        wrong.append("an item stands twice in the test")
    for identifier in [*identifiers.values(), test.get("identifier"), *resources]:
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", identifier):
            wrong.append(f"{identifier} is no good identifier")
    return wrong


def test_what_the_schemas_do_not_see(package: Package) -> None:
    assert faults(package) == []


def test_our_own_eyes_see_faults(package: Package) -> None:
    item = "items/wonen-102.xml"

    def spoiled(old: str, new: str, name: str = item) -> list[str]:
        text = package[name].decode()
        assert old in text
        return faults({**package, name: text.replace(old, new).encode()})

    assert spoiled('identifier="B"', 'identifier="A"')
    assert spoiled("<qti-value>A</qti-value>", "<qti-value>D</qti-value>")
    assert spoiled("img/wonen-102-stam.svg", "img/weg.svg")
    assert spoiled("match_correct.xml", "match-correct.xml")
    assert spoiled("Een &quot;rode&quot; bol &amp; een &lt;lijn&gt;.", "")
    assert spoiled('identifier="wonen-102"', 'identifier="wonen 102"', "test.xml")
    assert faults({**package, "los.svg": b""})
    assert faults(
        {name: content for name, content in package.items() if name != "items/img/wonen-102-stam.svg"}
    )


def test_the_manifest_says_what_players_look_for(package: Package) -> None:
    manifest = etree.fromstring(package["imsmanifest.xml"])
    assert manifest.tag == f"{M}manifest"
    assert manifest.findtext(f"{M}metadata/{M}schema") == "QTI Package"
    assert manifest.findtext(f"{M}metadata/{M}schemaversion") == "3.0.0"
    assert manifest.find(f"{M}organizations") is not None
    kinds = [found.get("type") for found in manifest.iter(f"{M}resource")]
    assert kinds.count("imsqti_test_xmlv3p0") == 1
    assert kinds.count("imsqti_item_xmlv3p0") == 20
    assert kinds.count("webcontent") == 10


def test_version_and_source_travel_along(motley: Motley, package: Package) -> None:
    manifest = etree.fromstring(package["imsmanifest.xml"])
    for vraag in teacher_view(*motley).vragen:
        resource = next(
            found
            for found in manifest.iter(f"{M}resource")
            if found.get("identifier") == f"res-{vraag.item.id}"
        )
        assert resource.findtext(f".//{LOM}entry") == vraag.item.id
        assert resource.findtext(f".//{LOM}lifeCycle/{LOM}version/{LOM}string") == str(vraag.item.versie)
        text = " ".join(resource.itertext())
        assert "Bron:" in text
        assert f"eindterm {vraag.item.eindterm}" in text
        assert "nog niet door een mens beoordeeld" in text


def test_the_label_and_the_explanation_are_in_the_test(package: Package) -> None:
    test = etree.fromstring(package["test.xml"])
    assert test.get("title") == (
        "Wonen, werk & zorg: nr 1/2 <proef> – "
        "Oefenmateriaal. 20 van 20 vragen zijn nog niet door een mens beoordeeld."
    )
    assert test.get("{http://www.w3.org/XML/1998/namespace}lang") is None
    assert test.find(f".//{Q}qti-time-limits").get("max-time") == "900"
    rubric = " ".join(test.find(f".//{Q}qti-rubric-block").itertext())
    assert "Kies één antwoord & ga door." in rubric


def test_order_fixed_options_and_no_key_in_titles(motley: Motley, package: Package) -> None:
    _, toets = motley
    references = [
        found.get("identifier")
        for found in etree.fromstring(package["test.xml"]).iter(f"{Q}qti-assessment-item-ref")
    ]
    assert references == [plek.id for plek in toets.items]
    items = {root.get("identifier"): root for root in items_of(package).values()}
    for plek in toets.items:
        root = items[plek.id]
        assert root.get("title") == plek.id
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl-NL"
        assert root.get("time-dependent") == "false"
        assert root.find(f".//{Q}qti-choice-interaction").get("shuffle") == "false"
        printed = [choice.get("identifier") for choice in root.iter(f"{Q}qti-simple-choice")]
        assert printed == [LETTERS[place - 1] for place in plek.opties]
    fixed = [
        (name, choice.get("identifier"))
        for name, root in items.items()
        for choice in root.iter(f"{Q}qti-simple-choice")
        if choice.get("fixed")
    ]
    assert fixed == [("wonen-103", "D")]


def test_choices_keep_their_names_in_another_order(motley: Motley, package: Package) -> None:
    bank, toets = motley
    turned = dataclasses.replace(
        toets,
        items=tuple(dataclasses.replace(plek, opties=tuple(reversed(plek.opties))) for plek in toets.items),
    )
    for name, root in items_of(unpacked(bank, turned)).items():
        before = etree.fromstring(package[name])
        for tree in (root, before):
            for choice in list(tree.iter(f"{Q}qti-simple-choice")):
                choice.tail = ""
        assert root.find(f"{Q}qti-response-declaration")[0][0].text == before[0][0][0].text
        assert {
            choice.get("identifier"): etree.tostring(choice) for choice in root.iter(f"{Q}qti-simple-choice")
        } == {
            choice.get("identifier"): etree.tostring(choice)
            for choice in before.iter(f"{Q}qti-simple-choice")
        }


def test_utf8_without_bom_and_nfc(package: Package) -> None:
    for name, content in package.items():
        if name.endswith(".xml"):
            assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>'), name
            assert unicodedata.is_normalized("NFC", content.decode("utf-8")), name


def test_pictures_are_unchanged_and_apart(motley: Motley, package: Package) -> None:
    bank, _ = motley
    assert package["items/img/wonen-102-stam.svg"] == bank.pictures["items/wonen/foto.svg"].data
    assert package["items/img/gezondheid-102-stam.svg"] == bank.pictures["items/gezondheid/foto.svg"].data
    assert package["items/img/wonen-106-stam.png"] == bank.pictures["items/wonen/mijn foto é.png"].data


def test_a_toets_whose_name_starts_with_a_digit(motley: Motley) -> None:
    bank, toets = motley
    other = dataclasses.replace(toets, id="2026-toets")
    locations = {**bank.locations, "2026-toets": bank.locations["kleine-toets-a"]}
    assert faults(unpacked(dataclasses.replace(bank, locations=locations), other)) == []


def test_the_loss_is_told(bank_of_voorbeeld: Itembank) -> None:
    found = export(bank_of_voorbeeld, bank_of_voorbeeld.toetsen["kleine-toets-a"])[1]
    assert [(finding.rule.code, finding.location.path) for finding in found] == [
        ("X513", "content/toetsen/kleine-toets-a.yaml")
    ]


def test_same_input_same_bytes(motley: Motley) -> None:
    assert export(*motley)[0] == export(*motley)[0]


ADDRESS = "http://toets.test/"
PAGE = '<!doctype html><html lang="nl"><body><script type="module" src="/speler.js"></script></body></html>'


@pytest.fixture
def player(browser: Browser, package: Package) -> Iterator[tuple[Page, list[str]]]:
    """A page that serves the package and the player from memory, and a list of what went wrong."""
    if not PLAYER.is_file():
        pytest.skip("@citolab/qti-components is not installed: make test installs it")
    page = browser.new_page()
    wrong: list[str] = []

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path == "":
            route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
        elif path == "speler.js":
            route.fulfill(body=PLAYER.read_bytes(), content_type="text/javascript")
        elif path in package:
            kind = "text/xml" if path.endswith(".xml") else mimetypes.guess_type(path)[0]
            route.fulfill(body=package[path], content_type=kind or "")
        else:
            if path != "favicon.ico":
                wrong.append(f"asked for {route.request.url}")
            route.abort()

    page.route("**/*", serve)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(ADDRESS)
    page.wait_for_function("() => Boolean(customElements.get('qti-assessment-item'))")
    yield page, wrong
    page.close()


LOAD = """async path => {
  document.querySelectorAll('qti-item').forEach(old => old.remove());
  const item = document.createElement('qti-item');
  const holder = document.createElement('item-container');
  holder.setAttribute('item-url', path);
  item.append(holder);
  document.body.append(item);
  for (let i = 0; i < 200; i++) {
    const found = holder.shadowRoot?.querySelector('qti-assessment-item');
    if (found && found.querySelector('qti-simple-choice')) { window.vraag = found; break; }
    await new Promise(done => setTimeout(done, 20));
  }
  await Promise.all([...window.vraag.querySelectorAll('img')].map(img => img.decode()));
}"""


@pytest.mark.browser
def test_every_question_is_taken_right_and_wrong(
    motley: Motley, package: Package, player: tuple[Page, list[str]]
) -> None:
    page, wrong = player
    for vraag in teacher_view(*motley).vragen:
        for place, optie in enumerate(vraag.opties):
            page.evaluate(LOAD, f"{ADDRESS}items/{vraag.item.id}.xml")
            choices = page.locator("qti-simple-choice")
            assert choices.count() == len(vraag.opties)
            choices.nth(place).click()
            page.evaluate("vraag.processResponse()")
            score = page.evaluate("Number(vraag.getOutcome('SCORE').value)")
            assert score == (1 if optie.juist else 0), f"{vraag.item.id} {place}"
            given = page.evaluate("vraag.getResponse('RESPONSE').value")
            assert given == LETTERS[optie.plaats - 1]
    assert wrong == []


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.browser
def test_the_player_shows_what_the_bank_says(
    motley: Motley, package: Package, player: tuple[Page, list[str]]
) -> None:
    page, wrong = player
    for vraag in teacher_view(*motley).vragen:
        page.evaluate(LOAD, f"{ADDRESS}items/{vraag.item.id}.xml")
        stem = squeezed(page.locator("qti-prompt").inner_text())
        assert stem == squeezed(unicodedata.normalize("NFC", vraag.gezien.stam))
        shown = [squeezed(choice.inner_text()) for choice in page.locator("qti-simple-choice").all()]
        assert shown == [squeezed(optie.gezien.tekst) for optie in vraag.opties]
        wanted = [
            picture.alt
            for picture in (vraag.gezien.afbeelding, *(optie.gezien.afbeelding for optie in vraag.opties))
            if picture is not None
        ]
        pictures = page.evaluate(
            "[...vraag.querySelectorAll('img')].map(img => [img.alt, img.naturalWidth > 0])"
        )
        assert pictures == [[alt, True] for alt in wanted]
    assert wrong == []


@pytest.mark.browser
def test_difficult_text_comes_out_right(package: Package, player: tuple[Page, list[str]]) -> None:
    page, _ = player
    page.evaluate(LOAD, f"{ADDRESS}items/wonen-101.xml")
    assert SPECIALS in page.locator("qti-prompt").inner_text()
    page.evaluate(LOAD, f"{ADDRESS}items/wonen-105.xml")
    assert page.locator("qti-simple-choice").nth(0).inner_text().strip() == ARABIC
    assert page.locator("qti-simple-choice").nth(1).inner_text().strip() == TIGRINYA
    page.evaluate(LOAD, f"{ADDRESS}items/wonen-104.xml")
    assert [line for line in page.locator("qti-prompt").inner_text().split("\n") if line.strip()] == [
        "Wat doet Amina eerst?",
        "1. bellen",
        "2. schrijven",
    ]
    assert page.locator("li").all_inner_texts() == ["betaal de huur", "bel de verhuurder"]
