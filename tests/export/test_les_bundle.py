"""All downloads of a les together: no leak to learners, questions that may be practised, the same bytes, one zip."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from builder.artifacts import Artifact
from builder.export import LESSON_EXPORTERS
from builder.export.les_bundle import bundle, digest, excerpt, explain
from builder.export.les_vragen import question_form
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.usage import may_be_used
from tests.export.lessons import (
    LES,
    NOWHERE,
    SOMEWHERE,
    change_answers,
    change_items,
    made,
    motley_les,
    only,
    with_les,
    words_in,
)
from tests.zips import unzipped

CANARY = "Kanarievogel"


@pytest.fixture(scope="module")
def les(bank_of_voorbeeld: Itembank) -> Les:
    return motley_les(bank_of_voorbeeld)


@pytest.fixture(scope="module")
def files(bank_of_voorbeeld: Itembank, les: Les) -> dict[str, bytes]:
    return made(bank_of_voorbeeld, les)


@pytest.fixture
def everything_may_be_practised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed key must be read blind again; here we ask what the files would then hold."""
    monkeypatch.setattr("builder.export.les_vragen.may_be_used", lambda *_: True)


def moved(item: Any) -> Any:
    """The item with another key and other explanations."""
    opties = tuple(
        dataclasses.replace(
            optie,
            juist=place == (item.sleutel + 1) % len(item.opties),
            toelichting=f"{CANARY} uitleg {place}",
        )
        for place, optie in enumerate(item.opties)
    )
    return dataclasses.replace(item, opties=opties)


def learner_files(files: dict[str, bytes]) -> list[str]:
    found = [path for path in files if path.startswith("cursist/")]
    assert len(found) == 6
    return found


@pytest.mark.usefixtures("everything_may_be_practised")
def test_answers_key_and_explanations_change_nothing_for_learners(
    bank_of_voorbeeld: Itembank, les: Les, files: dict[str, bytes]
) -> None:
    after = made(change_items(bank_of_voorbeeld, moved), change_answers(les, CANARY))
    assert after.keys() == files.keys()
    learner = learner_files(files)
    assert [path for path in learner if files[path] != after[path]] == []
    # the presentation is for all to see as well
    same = {path for path in files if files[path] == after[path]}
    assert same == {*learner, f"docent/{LES}-presentatie.pptx"}


@pytest.mark.usefixtures("everything_may_be_practised")
def test_what_is_for_the_teacher_is_in_no_file_for_learners(bank_of_voorbeeld: Itembank, les: Les) -> None:
    secret = dataclasses.replace(
        change_answers(les, f"{CANARY} antwoord"),
        docent=f"{CANARY} docent",
        veilig_beginnen=f"{CANARY} begin",
        veilig_afsluiten=f"{CANARY} slot",
        stappen=tuple(
            dataclasses.replace(stap, docent=f"{stap.docent} {CANARY} stap", cursisten=f"{CANARY} doen")
            for stap in les.stappen
        ),
        differentiatie=tuple(
            dataclasses.replace(row, tekst=f"{CANARY} niveau") for row in les.differentiatie
        ),
        dit_hoor_je_soms=tuple(
            dataclasses.replace(row, antwoord=f"{CANARY} hoor", vraag=CANARY, stop=CANARY)
            for row in les.dit_hoor_je_soms
        ),
        verder=(dataclasses.replace(les.verder[0], tekst=f"{CANARY} verder"),),
        trefwoorden=(CANARY,),
    )
    files = made(change_items(bank_of_voorbeeld, moved), secret, SOMEWHERE)
    for path in learner_files(files):
        assert CANARY not in words_in(files[path]), path
    slides = unzipped(only(files, "presentatie.pptx"))
    for name, content in slides.items():
        inside = CANARY in content.decode("utf-8", "replace")
        assert not inside or name.startswith("ppt/notesSlides/"), name
        assert b"antwoord</a:t>" not in content and f"{CANARY} antwoord".encode() not in content
    # the canaries sing where they may: so they would have been heard
    docentblad = " ".join(words_in(only(files, "docentblad.docx")).split())
    for kind in "docent begin slot stap doen niveau hoor verder antwoord uitleg".split():
        assert f"{CANARY} {kind}" in docentblad, kind
    for ending in (
        "docentblad.pdf",
        "antwoorden.pdf",
        "-moodle.xml",
        "-bord.pptx",
        "presentatie.pptx",
        "alles.zip",
    ):
        assert CANARY in words_in(only(files, ending)), ending


def test_there_is_no_other_file(files: dict[str, bytes]) -> None:
    """What is new here must be looked at by the two tests above."""
    assert sorted(files) == sorted(
        [
            f"{LES}-alles.zip",
            *(
                f"cursist/{LES}-werkblad-{name}.{end}"
                for name in ("alfa", "a2", "a2-2")
                for end in ("docx", "pdf")
            ),
            *(
                f"docent/{LES}-{name}"
                for name in ("antwoorden.pdf", "docentblad.docx", "docentblad.pdf", "presentatie.pptx")
            ),
            *(
                f"vragen/{LES}-vragen-{name}"
                for name in ("bord.pptx", "moodle.xml", "qti3.zip", "quizlet.txt")  # nothing fits in Kahoot
            ),
        ]
    )
    assert list(LESSON_EXPORTERS) == ["werkblad", "docent", "pptx", "vragen"]


def test_the_questions_are_those_that_may_be_practised(bank_of_voorbeeld: Itembank, les: Les) -> None:
    toets = question_form(bank_of_voorbeeld, les)
    assert toets is not None
    assert toets.doel == "oefenen"
    assert [plek.id for plek in toets.items] == ["gezondheid-001", "gezondheid-002", "wonen-002"]
    draft = change_items(
        bank_of_voorbeeld,
        lambda item: dataclasses.replace(item, status="concept") if item.id == "gezondheid-002" else item,
    )
    left = question_form(draft, les)
    assert left is not None and [plek.id for plek in left.items] == ["gezondheid-001", "wonen-002"]
    spoiled = change_items(bank_of_voorbeeld, moved)
    assert not any(may_be_used(spoiled, spoiled.items[name], "oefenen") for name in les.controlevragen)
    assert question_form(spoiled, les) is None
    files = made(spoiled, les)
    assert not [path for path in files if path.startswith("vragen/")]
    assert b"gezondheid-002" not in b"".join(unzipped(only(files, "alles.zip")).values())


def test_a_secret_question_is_in_no_file(bank_of_voorbeeld: Itembank, les: Les) -> None:
    bank = change_items(
        bank_of_voorbeeld,
        lambda item: (
            dataclasses.replace(item, status="geheim", stam=CANARY) if item.id == "gezondheid-002" else item
        ),
    )
    for path, content in made(bank, les).items():
        assert CANARY not in words_in(content), path
        assert "gezondheid-002" not in words_in(content), path


@pytest.mark.usefixtures("everything_may_be_practised")
def test_the_forms_for_other_programs_hold_the_questions(bank_of_voorbeeld: Itembank, les: Les) -> None:
    bank = change_items(bank_of_voorbeeld, lambda item: dataclasses.replace(item, context=""))
    item = bank.items["gezondheid-002"]
    assert item.sleutel is not None
    right = item.opties[item.sleutel].tekst
    files = made(bank, les)
    for ending in ("-moodle.xml", "-qti3.zip", "-bord.pptx"):
        assert item.stam in words_in(only(files, ending)), ending
    cards = list(csv.reader(io.StringIO(only(files, "-quizlet.txt").decode()), delimiter="\t"))
    assert cards == [[item.stam, right]]
    sheet = openpyxl.load_workbook(io.BytesIO(only(files, "-kahoot.xlsx"))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (row,) = [row for row in rows if row[1] == item.stam]
    number = row[7]
    assert isinstance(number, int) and row[1 + number] == right
    for ending in ("-kahoot.xlsx", "-moodle.xml", "-qti3.zip", "-bord.pptx"):
        assert "nog niet door een mens beoordeeld" in words_in(only(files, ending)), ending


def test_every_file_with_questions_says_that_nobody_judged_them(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.startswith("vragen/") and not path.endswith("quizlet.txt"):  # a card has no place for it
            assert "nog niet door een mens beoordeeld" in words_in(content), path
    inside = unzipped(only(files, "alles.zip"))
    for name in ("LEESMIJ.txt", "manifest.json"):
        text = inside[f"{LES}/{name}"].decode("utf-8")
        assert "Deze les is nog niet door een mens beoordeeld." in text
        assert "3 van 3 vragen zijn nog niet door een mens beoordeeld." in text


def test_the_zip_holds_all_and_explains_it(files: dict[str, bytes], les: Les) -> None:
    inside = unzipped(only(files, "alles.zip"))
    rest = {path: content for path, content in files.items() if not path.endswith("alles.zip")}
    assert {f"{LES}/{path}": content for path, content in rest.items()} == {
        name: content
        for name, content in inside.items()
        if not name.endswith(("LEESMIJ.txt", "manifest.json"))
    }
    text = inside[f"{LES}/LEESMIJ.txt"].decode("utf-8")
    assert "\r\n" in text
    for path in rest:
        name = path.rpartition("/")[2]
        assert f"  {name}: {explain(les, name)}\r\n" in text
        assert explain(les, name), name
    manifest = json.loads(inside[f"{LES}/manifest.json"])
    assert {row["pad"]: row["sha256"] for row in manifest["bestanden"]} == {
        name.partition("/")[2]: hashlib.sha256(content).hexdigest()
        for name, content in inside.items()
        if not name.endswith("manifest.json")
    }
    assert "Niet in het Quizlet-bestand: gezondheid-001, wonen-002." in text


def test_sentences_are_short(files: dict[str, bytes]) -> None:
    text = unzipped(only(files, "alles.zip"))[f"{LES}/LEESMIJ.txt"].decode("utf-8")
    for line in text.splitlines()[2:]:  # below the title
        for sentence in line.partition(": ")[2].split(". ") if line.startswith("  ") else line.split(". "):
            assert len(sentence.split()) <= 18, sentence


def test_same_les_gives_same_bytes(
    bank_of_voorbeeld: Itembank, les: Les, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert made(bank_of_voorbeeld, les) == files


def test_the_excerpt_is_all_that_is_needed(bank_of_voorbeeld: Itembank, les: Les) -> None:
    bank = with_les(bank_of_voorbeeld, les)
    part = excerpt(bank, les)
    assert set(part.items) < set(bank.items)
    assert set(part.eindtermen.themas if part.eindtermen else ()) <= set(bank.themas)
    assert bundle(part, les, SOMEWHERE) == bundle(bank, les, SOMEWHERE)
    assert digest(part, les, SOMEWHERE) == digest(bank, les, SOMEWHERE)


def _with_item(name: str, **fields: Any) -> Callable[[Itembank], Itembank]:
    return lambda bank: change_items(
        bank, lambda item: dataclasses.replace(item, **fields) if item.id == name else item
    )


def _with_bron(bank: Itembank) -> Itembank:
    bron = dataclasses.replace(bank.bronnen["voorbeeldfolder"], titel="Andere titel")
    return dataclasses.replace(bank, bronnen={**bank.bronnen, bron.id: bron})


def _with_reeks(bank: Itembank) -> Itembank:
    reeks = dataclasses.replace(bank.reeksen["hulp-vragen"], aantal=9)
    return dataclasses.replace(bank, reeksen={**bank.reeksen, reeks.id: reeks})


def _with_picture(bank: Itembank) -> Itembank:
    pictures = {
        path: dataclasses.replace(found, data=found.data.replace(b"#", b"#f", 1))
        if "kamer" in path
        else found
        for path, found in bank.pictures.items()
    }
    return dataclasses.replace(bank, pictures=pictures)


@pytest.mark.parametrize(
    "change",
    [
        _with_item("gezondheid-002", stam="Anders?"),
        _with_item("gezondheid-002", status="gepubliceerd"),
        _with_item("gezondheid-002", beoordelingen=()),
        _with_bron,
        _with_reeks,
        _with_picture,
    ],
)
def test_the_digest_follows_all_that_is_shown(
    bank_of_voorbeeld: Itembank, les: Les, change: Callable[[Itembank], Itembank]
) -> None:
    bank = with_les(bank_of_voorbeeld, les)
    assert digest(change(bank), les, NOWHERE) != digest(bank, les, NOWHERE)


def test_the_digest_follows_every_field_of_the_les_and_the_addresses(
    bank_of_voorbeeld: Itembank, les: Les
) -> None:
    bank = with_les(bank_of_voorbeeld, les)
    before = digest(bank, les, NOWHERE)
    for field in dataclasses.fields(les):
        value = getattr(les, field.name)
        if field.name == "id":
            continue
        other: Any = (
            f"{value} anders"
            if isinstance(value, str)
            else not value
            if isinstance(value, bool)
            else value + 1
            if isinstance(value, int)
            else (*value, *value[-1:])
            if value
            else None
        )
        if other is not None:
            changed = dataclasses.replace(les, **{field.name: other})
            assert digest(with_les(bank, changed), changed, NOWHERE) != before, field.name
    assert digest(bank, les, SOMEWHERE) != before


def test_the_digest_does_not_follow_the_rest(bank_of_voorbeeld: Itembank, les: Les) -> None:
    bank = with_les(bank_of_voorbeeld, les)
    before = digest(bank, les, NOWHERE)
    elsewhere = dataclasses.replace(
        _with_item("wonen-001", stam="Heel anders?")(bank),
        toetsen={},
        matrijzen={},
        begrippen={},
        locations=bank.locations,
    )
    assert digest(elsewhere, les, NOWHERE) == before


def test_names_are_for_every_computer(files: dict[str, bytes]) -> None:
    for path in files:
        assert isinstance(Artifact(path, b""), Artifact)
        assert all(sign.isascii() and (sign.isalnum() or sign in "-./") for sign in path), path
