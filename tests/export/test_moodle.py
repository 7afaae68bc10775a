"""The Moodle file: read as Moodle's importer reads it, and held against what that importer is known to do."""

from __future__ import annotations

import base64
import dataclasses
import io
import re
import unicodedata
from xml.etree import ElementTree as ET

import html5lib
import pytest
from PIL import Image

from builder.export.moodle import export
from builder.model.docent import DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from tests.export.clients import flat
from tests.export.conftest import ARABIC, SPECIALS, TIGRINYA

Motley = tuple[Itembank, Toets]
PLAIN, WITH_CATEGORY = "docent/bonte-toets-moodle.xml", "docent/bonte-toets-moodle-met-categorie.xml"


@pytest.fixture(scope="module")
def files(motley: Motley) -> dict[str, bytes]:
    return {artifact.path: artifact.content for artifact in export(*motley)[0]}


def questions(content: bytes, kind: str = "multichoice") -> list[ET.Element]:
    return ET.fromstring(content).findall(f"question[@type='{kind}']")


def said(element: ET.Element, path: str) -> str:
    return element.findtext(f"{path}/text") or ""


def seen(fragment: str) -> str:
    """What a reader sees of HTML, line ends as they are shown."""
    root = html5lib.parseFragment(fragment, namespaceHTMLElements=False)
    for element in root.iter():
        if element.tag == "br" or element.tag in ("p", "li"):
            element.tail = "\n" + (element.tail or "")
    return "".join(root.itertext()).strip("\n")


def pairs(motley: Motley, files: dict[str, bytes]) -> list[tuple[DocentVraag, ET.Element]]:
    view = teacher_view(*motley)
    return list(zip(view.vragen, questions(files[PLAIN]), strict=True))


def test_two_files_with_the_same_questions(files: dict[str, bytes]) -> None:
    assert sorted(files) == sorted([PLAIN, WITH_CATEGORY])
    both = [[ET.tostring(question) for question in questions(content)] for content in files.values()]
    assert [line.strip() for line in both[0]] == [line.strip() for line in both[1]]
    assert not questions(files[PLAIN], "category")


def test_utf8_without_bom_and_nfc(files: dict[str, bytes]) -> None:
    for content in files.values():
        assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>')
        text = content.decode("utf-8")
        assert unicodedata.is_normalized("NFC", text)
        assert "\r" not in text
        assert ARABIC in text and TIGRINYA in text


def test_what_a_learner_sees_is_what_the_bank_says(motley: Motley, files: dict[str, bytes]) -> None:
    for vraag, question in pairs(motley, files):
        stem = flat(seen(said(question, "questiontext")))
        context = re.sub(r"(?m)^- ", "", vraag.gezien.context)
        assert stem == flat(f"{context} {vraag.gezien.stam}"), vraag.item.id
        answers = question.findall("answer")
        assert [flat(seen(said(answer, "."))) for answer in answers] == [
            flat(optie.gezien.tekst) for optie in vraag.opties
        ]
        assert [flat(seen(said(answer, "feedback"))) for answer in answers] == [
            flat(optie.toelichting) for optie in vraag.opties
        ]


def test_special_characters_are_escaped_once(motley: Motley, files: dict[str, bytes]) -> None:
    question = questions(files[PLAIN])[0]
    assert SPECIALS in seen(said(question, "questiontext"))
    assert "&lt;b&gt;vet&lt;/b&gt;" in said(question, "questiontext")
    assert b"]]>" not in files[PLAIN]
    assert b"CDATA" not in files[PLAIN]


def test_lines_and_lists_inside_a_stem(files: dict[str, bytes]) -> None:
    question = next(found for found in questions(files[PLAIN]) if found.findtext("idnumber") == "wonen-104")
    text = said(question, "questiontext")
    assert "<p>Amina leest een brief.<br>De brief is lang.</p>" in text
    assert "<ul><li>betaal de huur</li><li>bel de verhuurder</li></ul><p>En dan nog iets.</p>" in text
    assert "<p>Wat doet Amina eerst?<br>1. bellen<br>2. schrijven</p>" in text
    first, second, _ = (said(answer, ".") for answer in question.findall("answer"))
    assert first == "<p>Stap 1<br>en daarna stap 2</p>"
    assert second == "- alleen een streepje"


def test_fractions_and_switches(motley: Motley, files: dict[str, bytes]) -> None:
    for vraag, question in pairs(motley, files):
        fractions = [answer.get("fraction") for answer in question.findall("answer")]
        assert fractions == ["100" if optie.juist else "0" for optie in vraag.opties]
        assert fractions.count("100") == 1
        assert {answer.get("format") for answer in question.findall("answer")} == {"html"}
        assert question.findtext("single") == "true"
        assert question.findtext("shuffleanswers") == "false"
        assert question.findtext("answernumbering") == "ABCD"
        assert question.findtext("defaultgrade") == "1"


def test_the_printed_order_is_kept(motley: Motley, files: dict[str, bytes]) -> None:
    shown = {
        question.findtext("idnumber"): [said(answer, ".") for answer in question.findall("answer")]
        for question in questions(files[PLAIN])
    }
    assert shown["gezondheid-104"] == ["1940", "1945", "1948", "1953"]
    assert shown["wonen-103"] == ["De verhuurder", "De gemeente", "De huurder", "Geen van deze"]
    assert list(shown) == [plek.id for plek in motley[1].items]


def test_names_numbers_and_tags(motley: Motley, files: dict[str, bytes]) -> None:
    for vraag, question in pairs(motley, files):
        name = said(question, "name")
        assert 0 < len(name) <= 255 and "<" not in name
        assert name.startswith(vraag.item.id)
        assert question.findtext("idnumber") == vraag.item.id
        tags = [said(tag, ".") for tag in question.findall("tags/tag")]
        assert {
            f"vraag {vraag.item.id}",
            "versie 1",
            f"eindterm {vraag.item.eindterm}",
            "taalniveau A2",
        } <= set(tags)
        assert all(0 < len(tag) <= 50 for tag in tags)
    numbers = [question.findtext("idnumber") for question in ET.fromstring(files[PLAIN])]
    assert len(numbers) == len(set(numbers))


def test_every_picture_is_used_and_every_use_has_its_picture(files: dict[str, bytes]) -> None:
    names = []
    for question in questions(files[PLAIN]):
        for holder in [question.find("questiontext"), *question.findall("answer")]:
            assert holder is not None
            fragment = html5lib.parseFragment(holder.findtext("text"), namespaceHTMLElements=False)
            images = [image for image in fragment.iter("img")]
            used = [image.get("src").removeprefix("@@PLUGINFILE@@/") for image in images]
            there = [file.get("name") for file in holder.findall("file")]
            assert used == there
            assert all(image.get("alt") and image.get("width") and image.get("height") for image in images)
            for file in holder.findall("file"):
                assert (file.get("path"), file.get("encoding")) == ("/", "base64")
                Image.open(io.BytesIO(base64.b64decode(file.text or ""))).verify()
            names += there
        assert question.findall(".//feedback/file") == []
    assert names == [
        "wonen-102-stam.png",
        "gezondheid-102-stam.png",
        "gezondheid-103-optie-c.png",
        "gezondheid-103-optie-a.png",
        "gezondheid-103-optie-b.png",
        "wonen-106-stam.png",
        "wonen-110-stam.png",
        "wonen-110-optie-a.png",
        "wonen-110-optie-b.png",
        "wonen-110-optie-c.png",
    ]


def test_two_pictures_with_the_same_name_stay_two(files: dict[str, bytes]) -> None:
    colours = []
    for number in ("wonen-102", "gezondheid-102"):
        question = next(found for found in questions(files[PLAIN]) if found.findtext("idnumber") == number)
        data = base64.b64decode(question.findtext("questiontext/file") or "")
        image = Image.open(io.BytesIO(data)).convert("RGB")
        assert image.size == (960, 640)
        colours.append(image.getpixel((480, 320)))
    assert colours == [(0xAA, 0, 0), (0, 0, 0xAA)]


def test_the_alt_text_is_escaped_once(files: dict[str, bytes]) -> None:
    fragment = html5lib.parseFragment(
        said(questions(files[PLAIN])[1], "questiontext"), namespaceHTMLElements=False
    )
    assert [image.get("alt") for image in fragment.iter("img")] == ['Een "rode" bol & een <lijn>.']


def test_the_label_goes_along(motley: Motley, files: dict[str, bytes]) -> None:
    about = questions(files[PLAIN], "description")
    assert len(about) == 1
    text = seen(said(about[0], "questiontext"))
    assert text.startswith("Oefenmateriaal. 20 van 20 vragen zijn nog niet door een mens beoordeeld.")
    assert "Lees elke vraag.\nKies één antwoord & ga door." in text
    assert "U hebt 15 minuten." in text
    for question in questions(files[PLAIN]):
        assert "nog niet door een mens beoordeeld" in said(question, "generalfeedback")
        assert "nog niet beoordeeld" in [said(tag, ".") for tag in question.findall("tags/tag")]


def test_categories_escape_a_slash(motley: Motley) -> None:
    bank, toets = motley
    assert bank.eindtermen is not None
    themas = tuple(
        dataclasses.replace(thema, titel="Wonen / huren") if thema.slug == "wonen" else thema
        for thema in bank.themas
    )
    changed = dataclasses.replace(bank, eindtermen=dataclasses.replace(bank.eindtermen, themas=themas))
    content = {artifact.path: artifact.content for artifact in export(changed, toets)[0]}[WITH_CATEGORY]
    root = ET.fromstring(content)
    assert root[0].get("type") == "category"
    paths = [said(found, "category") for found in questions(content, "category")]
    assert paths[:2] == ["$course$/top/KNM", "$course$/top/KNM/Wonen // huren"]
    assert len(paths) == 7


def test_a_fixed_option_is_told(motley: Motley) -> None:
    found = export(*motley)[1]
    assert [finding.rule.code for finding in found] == ["X512"]
    assert found[0].location.path == "items/wonen/wonen-103.yaml"
    assert found[0].location.pointer == "/opties/3/vast"


def test_a_picture_that_cannot_be_made_is_told(motley: Motley) -> None:
    bank, toets = motley
    path = "items/gezondheid/gezondheid-103-groen.svg"
    broken = dataclasses.replace(
        bank.pictures[path], data=b'<svg xmlns="http://www.w3.org/2000/svg" width="0"/>'
    )
    artifacts, found = export(dataclasses.replace(bank, pictures={**bank.pictures, path: broken}), toets)
    assert artifacts == ()
    assert [(finding.rule.code, finding.location.pointer) for finding in found] == [
        ("X511", "/opties/1/afbeelding")
    ]


def test_same_input_same_bytes(motley: Motley, files: dict[str, bytes]) -> None:
    assert {artifact.path: artifact.content for artifact in export(*motley)[0]} == files
