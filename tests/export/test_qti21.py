"""The QTI 2.1 package: made by the real qti-convert when it is there, left out with a sentence when it is not."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from builder.export import qti21
from builder.export.bundle import blocks, bundle
from builder.model.docent import teacher_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import LETTERS
from builder.model.toets import Toets
from tests.conftest import QTI_CONVERT

Motley = tuple[Itembank, Toets]
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch) -> None:
    if not QTI_CONVERT.exists():
        pytest.skip("qti-convert is not installed: make test installs it")
    monkeypatch.setattr(qti21, "program", lambda: str(QTI_CONVERT))


def stand_in(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that misbehaves, in the place of the real one."""
    script = folder / "qti-convert"
    script.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(qti21, "program", lambda: str(script))


def test_every_question_comes_over_with_its_key_and_its_pictures(motley: Motley, converter: None) -> None:
    bank, toets = motley
    (artifact,), _ = qti21.export(bank, toets)
    assert artifact.path == f"docent/{toets.id}-qti21.zip"
    with zipfile.ZipFile(io.BytesIO(artifact.content)) as package:
        names = set(package.namelist())
        roots = {name: ET.fromstring(package.read(name)) for name in names if name.endswith(".xml")}
    manifest = roots["imsmanifest.xml"]
    assert manifest.findtext(f"{PACKAGE}metadata/{PACKAGE}schema") == "QTIv2.1 Package"
    hrefs = {file.get("href") for file in manifest.iter(f"{PACKAGE}file")}
    assert hrefs <= names
    refs = [ref.get("identifier") for ref in roots["test.xml"].iter(f"{QTI}assessmentItemRef")]
    assert refs == [plek.id for plek in toets.items]
    for vraag in teacher_view(bank, toets).vragen:
        root = roots[f"items/{vraag.item.id}.xml"]
        assert root.tag == f"{QTI}assessmentItem"
        right = next(optie for optie in vraag.opties if optie.juist)
        assert root.findtext(f".//{QTI}correctResponse/{QTI}value") == LETTERS[right.plaats - 1]
        assert len(list(root.iter(f"{QTI}simpleChoice"))) == len(vraag.opties)
        shown = [image.get("src") for image in root.iter(f"{QTI}img")]
        assert len(shown) == len(vraag.item.afbeeldingen)
        assert {f"items/{name}" for name in shown} <= names


def test_what_is_lost_is_said_in_the_words_of_the_program(motley: Motley, converter: None) -> None:
    _, found = qti21.export(*motley)
    losses = [finding.message for finding in found if finding.rule.code == "X519"]
    assert losses
    assert any("test.xml" in text and "not supported in QTI 2.1" in text for text in losses)


def test_the_same_bytes_twice(motley: Motley, converter: None) -> None:
    assert qti21.export(*motley)[0] == qti21.export(*motley)[0]


def test_without_the_program_the_bundle_says_so_and_is_otherwise_whole(motley: Motley) -> None:
    bank, toets = motley
    artifacts, found = bundle(bank, toets, ("qti3", "qti21"))
    assert not blocks(found)
    assert [finding.rule.code for finding in found if finding.rule.code == "X518"] == ["X518"]
    paths = {artifact.path for artifact in artifacts}
    assert f"docent/{toets.id}-qti3.zip" in paths
    assert not any("qti21" in path for path in paths)
    (read_me,) = (artifact for artifact in artifacts if artifact.path == "LEESMIJ.txt")
    assert "qti-convert is er niet" in read_me.content.decode("utf-8")


@pytest.mark.parametrize(
    ("script", "why"),
    [("exit 3", "stopte met code 3"), ("exit 0", "geen goede zip"), ('echo mis > "$3"', "geen goede zip")],
)
def test_a_program_that_fails_gives_a_sentence_and_no_package(
    motley: Motley, script: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, script, monkeypatch)
    artifacts, (finding,) = qti21.export(*motley)
    assert artifacts == ()
    assert (finding.rule.code, why in finding.message) == ("X518", True)


def test_a_program_that_hangs_is_stopped(
    motley: Motley, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "exec sleep 60", monkeypatch)
    monkeypatch.setattr(qti21, "SECONDS", 0.2)
    artifacts, (finding,) = qti21.export(*motley)
    assert artifacts == ()
    assert "nog bezig" in finding.message


def test_nothing_stays_behind(
    motley: Motley, converter: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    qti21.export(*motley)
    assert os.listdir(tmp_path) == []
