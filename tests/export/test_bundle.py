"""The bundle: three folders, LEESMIJ and manifest, no key where none may be, the same bytes twice."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import re
import zipfile
from typing import Any

import pytest

from builder.artifacts import Artifact
from builder.export import EXPORTERS
from builder.export.bundle import blocks, bundle
from builder.export.leesmij import KINDS
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.project import Project

TOETS = "kleine-toets-a"


@pytest.fixture
def bank(bank_project: Project) -> Itembank:
    bank, found = load(bank_project)
    assert not found
    return bank


def made(bank: Itembank) -> dict[str, bytes]:
    artifacts, found = bundle(bank, bank.toetsen[TOETS])
    assert not blocks(found)
    return {artifact.path: artifact.content for artifact in artifacts}


def everything_in(content: bytes) -> bytes:
    """Return the bytes of a file, and of everything inside when it is a zip (office, QTI, H5P)."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(
            [*(name.encode() for name in archive.namelist()), *map(archive.read, archive.namelist())]
        )


def changed(bank: Itembank, change: Any) -> Itembank:
    items = {
        name: dataclasses.replace(item, opties=change(item)) if item.opties else item
        for name, item in bank.items.items()
    }
    return dataclasses.replace(bank, items=items)


def test_every_format_is_in_one_of_three_folders_and_explained(bank: Itembank) -> None:
    files = made(bank)
    text = files["LEESMIJ.txt"].decode("utf-8")
    assert {path.partition("/")[0] for path in files} == {
        "kandidaat",
        "oefenen",
        "docent",
        "LEESMIJ.txt",
        "manifest.json",
    }
    for path in files:
        if "/" in path:
            line = next(
                line for line in text.splitlines() if line.startswith(f"  {path.partition('/')[2]}: ")
            )
            assert "een bestand" not in line, f"LEESMIJ does not say what {path} is"
    assert "Oefenmateriaal. 4 van 4 vragen" in text
    assert ", variant B" in text


def test_the_explanations_are_about_files_that_exist(bank: Itembank) -> None:
    files = [re.sub(r"-b(?=\.[a-z0-9]+$)", "", path) for path in made(bank)]
    idle = [end for end in KINDS if not any(path.endswith(end) for path in files)]
    assert idle == ["-qti21.zip"]  # only with qti-convert, see test_qti21


def test_the_manifest_counts_every_file(bank: Itembank) -> None:
    files = made(bank)
    manifest = json.loads(files["manifest.json"])
    assert {row["pad"]: row["sha256"] for row in manifest["bestanden"]} == {
        path: hashlib.sha256(content).hexdigest()
        for path, content in files.items()
        if path != "manifest.json"
    }
    assert [row["id"] for row in manifest["items"]] == [plek.id for plek in bank.toetsen[TOETS].items]
    assert set(manifest["codes"]) == {"A", "B"}


def test_same_toets_gives_same_bytes(bank: Itembank, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(bank)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert made(bank) == first


def test_moving_the_key_changes_no_file_for_candidates(bank: Itembank) -> None:
    def moved(item: Any) -> Any:
        right = item.sleutel
        return tuple(
            dataclasses.replace(
                optie, juist=place == (right + 1) % len(item.opties), toelichting=f"Anders {place}"
            )
            for place, optie in enumerate(item.opties)
        )

    before, after = made(bank), made(changed(bank, moved))
    candidate = [path for path in before if path.startswith("kandidaat/")]
    assert len(candidate) >= 6
    assert [path for path in candidate if before[path] != after.get(path)] == []


def test_no_explanation_and_no_key_word_reaches_a_candidate(bank: Itembank) -> None:
    canary = b"Kanarievogel"
    marked = changed(
        bank,
        lambda item: tuple(dataclasses.replace(optie, toelichting=canary.decode()) for optie in item.opties),
    )
    seen = 0
    for path, content in made(marked).items():
        if path.startswith("kandidaat/"):
            inside = everything_in(content)
            assert canary not in inside, path
            assert b"juist" not in inside or path.endswith(".pdf"), path
            seen += 1
        elif path.endswith("moodle.xml"):
            assert canary in content
    assert seen


def test_an_exam_has_nothing_to_practise_with(bank: Itembank) -> None:
    exam = dataclasses.replace(bank.toetsen[TOETS], doel="examen")
    artifacts, found = bundle(bank, exam)
    assert not [artifact for artifact in artifacts if artifact.path.startswith("oefenen/")]
    assert found


def test_a_title_of_any_kind_gives_names_that_windows_takes(bank: Itembank) -> None:
    toets = dataclasses.replace(bank.toetsen[TOETS], titel='Wonen, werk & zorg: nr 1/2 <"?*|>')
    artifacts, _ = bundle(bank, toets)
    for artifact in artifacts:
        assert isinstance(artifact, Artifact)
        assert re.fullmatch(r"[A-Za-z0-9_./-]+", artifact.path)
        assert not re.search(r"(^|/)(con|nul|aux|prn)(\.|/|$)", artifact.path, re.IGNORECASE)


@pytest.mark.parametrize("name", EXPORTERS)
def test_each_format_alone(bank: Itembank, name: str) -> None:
    artifacts, _ = bundle(bank, bank.toetsen[TOETS], (name,))
    assert len(artifacts) >= (2 if name == "qti21" else 3)  # without qti-convert only LEESMIJ and manifest


def test_pictures_with_another_licence_are_named(bank: Itembank) -> None:
    item = bank.items["wonen-002"]
    assert item.afbeelding is not None
    picture = dataclasses.replace(item.afbeelding, maker="OpenMoji, bewerkt", licentie="CC BY-SA 4.0")
    items = {**bank.items, item.id: dataclasses.replace(item, afbeelding=picture)}
    text = made(dataclasses.replace(bank, items=items))["LEESMIJ.txt"].decode("utf-8")
    assert "Plaatjes van OpenMoji, bewerkt, licentie CC BY-SA 4.0: wonen-002." in text
    assert "OpenMoji" not in made(bank)["LEESMIJ.txt"].decode("utf-8")
