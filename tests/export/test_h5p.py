"""The H5P package: accepted by a real server's validator, in Dutch, and never made of an exam."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import subprocess
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from PIL import Image

from builder.export.h5p import export
from builder.model.docent import DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from tests.conftest import ROOT
from tests.export.clients import flat
from tests.export.conftest import ARABIC, SPECIALS, TIGRINYA
from tests.zips import unzipped

Motley = tuple[Itembank, Toets]
Package = dict[str, bytes]
NODE = ROOT / ".venv/bin/node"
SERVER = ROOT / "node_modules/@lumieducation/h5p-server"
VALIDATE = """
const at = process.argv[1] + '/build/src/';
const {H5PConfig} = require(at);
const Validator = require(at + 'PackageValidator').default;
const validator = new Validator(new H5PConfig(undefined), null);
validator.validateFileSizes(process.argv[2])
  .then(() => validator.validateExtractedPackage(process.argv[3], true, false))
  .then(good => process.stdout.write(String(good)), error => process.stdout.write(String(error.message)));
"""


@pytest.fixture(scope="module")
def package(motley: Motley) -> Package:
    artifacts, _ = export(*motley)
    assert [artifact.path for artifact in artifacts] == ["oefenen/bonte-toets.h5p"]
    return unzipped(artifacts[0].content)


@pytest.fixture(scope="module")
def content(package: Package) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(package["content/content.json"])
    return found


def kept(motley: Motley) -> list[DocentVraag]:
    return [
        vraag
        for vraag in teacher_view(*motley).vragen
        if not any(optie.afbeelding for optie in vraag.item.opties)
    ]


def verdict(package: Package, folder: Path) -> str:
    """What the server says of the package: true, or what is wrong."""
    if not SERVER.is_dir() or not NODE.exists():
        pytest.skip("@lumieducation/h5p-server is not installed: make test installs it")
    file = folder / "toets.h5p"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in package.items():
            archive.writestr(name, data)
            target = folder / "uitgepakt" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    ran = subprocess.run(
        [NODE, "-e", VALIDATE, str(SERVER), str(file), str(folder / "uitgepakt")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout


def test_a_real_server_accepts_it(package: Package, tmp_path: Path) -> None:
    assert verdict(package, tmp_path) == "true"


@pytest.mark.parametrize("spoil", ["svg", "title", "content"])
def test_the_server_sees_faults(package: Package, tmp_path: Path, spoil: str) -> None:
    wrong = dict(package)
    if spoil == "svg":
        wrong["content/images/los.svg"] = b"<svg/>"
    elif spoil == "title":
        about = json.loads(package["h5p.json"])
        del about["title"]
        wrong["h5p.json"] = json.dumps(about).encode()
    else:
        del wrong["content/content.json"]
    assert verdict(wrong, tmp_path) != "true"


def test_it_asks_for_old_common_libraries(package: Package) -> None:
    about = json.loads(package["h5p.json"])
    assert about["mainLibrary"] == "H5P.QuestionSet"
    assert about["language"] == "nl"
    assert (about["license"], about["licenseVersion"]) == ("CC BY", "4.0")
    assert about["title"] == "Wonen, werk & zorg: nr 1/2 <proef>"
    needed = {
        found["machineName"]: (found["majorVersion"], found["minorVersion"])
        for found in about["preloadedDependencies"]
    }
    assert needed == {
        "H5P.QuestionSet": (1, 20),
        "H5P.MultiChoice": (1, 16),
        "H5P.Question": (1, 5),
        "H5P.JoubelUI": (1, 3),
        "H5P.Image": (1, 1),
    }
    assert not [name for name in package if not name.startswith("content/") and name != "h5p.json"]


def shown(fragment: str) -> str:
    """What a reader sees; H5P keeps only these tags."""
    root = html5lib.parseFragment(
        fragment.replace("<br>", "<br> ").replace("</p>", " </p>"), namespaceHTMLElements=False
    )
    assert {element.tag for element in root.iter()} <= {"DOCUMENT_FRAGMENT", "p", "br"}
    return " ".join("".join(root.itertext()).split())


def test_every_question_is_as_the_bank_says(motley: Motley, content: dict[str, Any]) -> None:
    for vraag, question in zip(kept(motley), content["questions"], strict=True):
        params = question["params"]
        assert question["library"] == "H5P.MultiChoice 1.16"
        assert shown(params["question"]) == flat(f"{vraag.gezien.context} {vraag.gezien.stam}")
        assert [shown(answer["text"]) for answer in params["answers"]] == [
            flat(optie.gezien.tekst) for optie in vraag.opties
        ]
        assert [answer["correct"] for answer in params["answers"]] == [optie.juist for optie in vraag.opties]
        assert [shown(answer["tipsAndFeedback"]["chosenFeedback"]) for answer in params["answers"]] == [
            flat(optie.toelichting) for optie in vraag.opties
        ]
        behaviour = params["behaviour"]
        assert (behaviour["type"], behaviour["singlePoint"], behaviour["randomAnswers"]) == (
            "single",
            True,
            False,
        )
        assert question["metadata"]["title"] == f"{vraag.item.id}, versie 1"
        assert "nog niet door een mens beoordeeld" in question["metadata"]["licenseExtras"]
    assert content["randomQuestions"] is False


def test_special_characters(content: dict[str, Any]) -> None:
    found = {
        question["metadata"]["title"].split(",")[0]: question["params"] for question in content["questions"]
    }
    assert SPECIALS in shown(found["wonen-101"]["question"])
    assert [shown(answer["text"]) for answer in found["wonen-105"]["answers"]][:2] == [ARABIC, TIGRINYA]
    assert [shown(answer["text"]) for answer in found["gezondheid-104"]["answers"]] == [
        "1940",
        "1945",
        "1948",
        "1953",
    ]
    assert "<br>1. bellen<br>2. schrijven" in found["wonen-104"]["question"]


def test_pictures_are_png_and_every_one_is_used(package: Package, content: dict[str, Any]) -> None:
    used = {}
    for question in content["questions"]:
        if media := question["params"].get("media"):
            file = media["type"]["params"]["file"]
            used[f"content/{file['path']}"] = (file["width"], file["height"])
            assert file["mime"] == "image/png"
            assert media["type"]["params"]["alt"]
            assert media["type"]["metadata"]["authors"] == [{"name": "redactie", "role": "Author"}]
    assert used.keys() == {name for name in package if "/images/" in name}
    assert sorted(used) == [
        "content/images/gezondheid-102-stam.png",
        "content/images/wonen-102-stam.png",
        "content/images/wonen-106-stam.png",
    ]
    for name, size in used.items():
        assert Image.open(io.BytesIO(package[name])).size == size


def test_ids_are_stable_and_apart(motley: Motley, content: dict[str, Any]) -> None:
    bank, toets = motley
    ids = [question["subContentId"] for question in content["questions"]]
    assert len(set(ids)) == len(ids)
    assert all(str(uuid.UUID(name)) == name for name in ids)
    turned = dataclasses.replace(toets, items=tuple(reversed(toets.items)))
    again = json.loads(unzipped(export(bank, turned)[0][0].content)["content/content.json"])
    assert [question["subContentId"] for question in again["questions"]] == ids[::-1]


def words(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from words(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner, key)
    elif isinstance(value, str):
        yield key, value


def test_the_buttons_speak_dutch(content: dict[str, Any]) -> None:
    spoken = [
        *words(content["texts"]),
        *words(content["endGame"]),
        *words(content["introPage"]),
        *words(content["questions"][0]["params"]["UI"]),
        *words(content["questions"][0]["params"]["confirmCheck"]),
        *words(content["questions"][0]["params"]["confirmRetry"]),
    ]
    assert len(spoken) > 40
    english = re.compile(
        r"\b(the|you|your|question|answer|check|show|solution|retry|finish|previous|next|score|submit|skip)\b",
        re.I,
    )
    assert [said for said in spoken if english.search(re.sub(r"[@:%]\w+", "", said[1])) or not said[1]] == []


def test_the_introduction_has_label_and_explanation(content: dict[str, Any]) -> None:
    said = shown(content["introPage"]["introduction"])
    assert said.startswith("Oefenmateriaal. 20 van 20 vragen zijn nog niet door een mens beoordeeld.")
    assert "Kies één antwoord & ga door." in said
    assert "In dit bestand staan 18 van de 20 vragen." in said
    assert content["introPage"]["title"] == "Wonen, werk &amp; zorg: nr 1/2 &lt;proef&gt;"


def test_a_question_with_pictures_as_options_is_named(motley: Motley) -> None:
    found = export(*motley)[1]
    assert [(finding.rule.code, finding.location.path, finding.location.pointer) for finding in found] == [
        ("X516", "items/gezondheid/gezondheid-103.yaml", "/opties/0/afbeelding"),
        ("X516", "items/wonen/wonen-110.yaml", "/opties/0/afbeelding"),
    ]


def test_an_exam_gets_none(motley: Motley) -> None:
    bank, toets = motley
    artifacts, found = export(bank, dataclasses.replace(toets, doel="examen"))
    assert artifacts == ()
    assert [(finding.rule.code, finding.location.pointer) for finding in found] == [("X515", "/doel")]


def test_a_secret_question_gets_none(motley: Motley) -> None:
    bank, toets = motley
    secret = dataclasses.replace(bank.items["wonen-103"], status="geheim")
    artifacts, found = export(dataclasses.replace(bank, items={**bank.items, "wonen-103": secret}), toets)
    assert artifacts == ()
    assert [(finding.rule.code, finding.location.pointer) for finding in found] == [("X515", "/items/4/id")]
    assert "wonen-103" in found[0].message


def test_same_input_same_bytes(motley: Motley) -> None:
    assert export(*motley)[0] == export(*motley)[0]
