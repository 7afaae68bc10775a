"""The slides: LibreOffice shows them, the answer is only in the notes, nothing runs off a slide."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path

import pytest
from pptx.oxml.ns import qn

from builder.export import EXPORTERS
from builder.export.slides import export
from builder.model.docent import teacher_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import candidate_view
from builder.model.toets import Toets
from builder.office import fit_text, right_to_left
from tests.banks import changed
from tests.export.clients import on_screen, pictures_within, slides_of, squeezed, through_libreoffice
from tests.zips import unzipped

Motley = tuple[Itembank, Toets]


def made(bank: Itembank, toets: Toets) -> bytes:
    artifacts, found = export(bank, toets)
    assert not found
    assert [artifact.path for artifact in artifacts] == ["docent/bonte-toets-bord.pptx"]
    return artifacts[0].content


def test_one_question_a_slide_with_the_key_in_the_notes(motley: Motley) -> None:
    assert EXPORTERS["pptx"] is export
    bank, toets = motley
    slides = slides_of(made(bank, toets)).slides
    view = teacher_view(bank, toets)
    asking = [slide for slide in slides if "lees eerst" not in slide.shapes.title.text_frame.text]
    assert [slide.shapes.title.text_frame.text for slide in asking] == [
        fit_text(toets.titel),
        *(f"Vraag {vraag.gezien.nummer}" for vraag in view.vragen),
    ]
    for vraag, slide in zip(view.vragen, asking[1:], strict=True):
        text = on_screen(slide)
        assert squeezed(fit_text(vraag.gezien.stam)) in squeezed(text)
        assert "Goed:" not in text
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith(f"Goed: {vraag.goed}\n")
        for optie in vraag.opties:
            assert squeezed(fit_text(optie.gezien.tekst)) in squeezed(text)
            assert optie.toelichting not in text
            assert squeezed(optie.toelichting) in squeezed(notes)
        assert "nog niet door een mens beoordeeld" in text
        assert f"code {view.code}" in text


def test_moving_the_key_changes_only_the_notes(motley: Motley) -> None:
    bank, toets = motley
    moved = bank
    for plek in toets.items:
        item = bank.items[plek.id]
        assert item.sleutel is not None
        opties = tuple(
            dataclasses.replace(
                optie, juist=place == (item.sleutel + 1) % len(item.opties), toelichting="Anders"
            )
            for place, optie in enumerate(item.opties)
        )
        moved = changed(moved, item.id, opties=opties)
    before, after = unzipped(made(bank, toets)), unzipped(made(moved, toets))
    assert before.keys() == after.keys()
    differ = {name for name in before if before[name] != after[name]}
    assert differ
    assert all(re.fullmatch(r"ppt/notesSlides/notesSlide\d+\.xml", name) for name in differ)


@pytest.mark.slow
def test_libreoffice_opens_and_prints_it(motley: Motley, tmp_path: Path) -> None:
    bank, toets = motley
    text = through_libreoffice({"bord.pptx": made(bank, toets)}, tmp_path)["bord.pptx"]
    pages = [page for page in text.split("\f") if "lees eerst" not in page]
    view = candidate_view(bank, toets)
    assert len(pages) == 1 + len(view.vragen)
    for vraag, page in zip(view.vragen, pages[1:], strict=True):
        shown = squeezed(page)
        for optie in vraag.opties:
            wanted = squeezed(fit_text(optie.tekst))
            if not right_to_left(wanted):
                assert f"{optie.letter}.{wanted}" in shown
        if not any("\u0600" <= sign <= "\u06ff" for sign in vraag.stam):
            assert squeezed(fit_text(vraag.stam)) in shown


def test_nothing_runs_off_a_slide_and_pictures_tell(motley: Motley) -> None:
    bank, toets = motley
    file = slides_of(made(bank, toets))
    alts = pictures_within(file)
    shown = [shape for slide in file.slides for shape in slide.shapes if shape.shape_type == 13]
    assert {shape.image.content_type for shape in shown} == {"image/png"}
    view = candidate_view(bank, toets)
    assert alts == [
        picture.alt
        for vraag in view.vragen
        for picture in (vraag.afbeelding, *(optie.afbeelding for optie in vraag.opties))
        if picture is not None
    ]


def test_a_long_text_gets_slides_of_its_own_and_loses_nothing(motley: Motley) -> None:
    bank, toets = motley
    sentences = [f"Dit is zin nummer {number} van een lange brief." for number in range(120)]
    for context in ("\n".join(sentences), " ".join(sentences)):
        longer = changed(bank, "wonen-101", context=context)
        slides = list(slides_of(made(longer, toets)).slides)
        reading = [slide for slide in slides if "Vraag 1: lees eerst" in slide.shapes.title.text_frame.text]
        assert len(reading) > 2
        shown = " ".join(" ".join(on_screen(slide) for slide in reading).split())
        at = 0
        for sentence in sentences:
            at = squeezed(shown).index(squeezed(sentence), at)
        assert slides[1 + len(reading)].shapes.title.text_frame.text == "Vraag 1"


def test_language_letters_and_title(motley: Motley) -> None:
    content = made(*motley)
    file = slides_of(content)
    for slide in file.slides:
        for root in (slide._element, slide.notes_slide._element):
            for run in root.iter(qn("a:r")):
                assert run.rPr.get("lang") == "nl-NL"
    assert file.core_properties.title == "Wonen, werk & zorg: nr 1/2 <proef> · bord"
    assert file.core_properties.language == "nl-NL"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b'<a:latin typeface="Arial"' in archive.read("ppt/theme/theme1.xml")


def test_arabic_runs_from_right_to_left(motley: Motley) -> None:
    file = slides_of(made(*motley))
    found = [
        paragraph
        for slide in file.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        if right_to_left(paragraph.text)
    ]
    assert len(found) == 2
    assert [paragraph._p.pPr.get("rtl") for paragraph in found] == ["1", None]  # the second is an option


def test_same_toets_gives_same_bytes_on_another_day(motley: Motley, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(*motley)
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert made(*motley) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").decode().count("2026-11-25T00:00:00Z") == 2


def test_a_picture_that_cannot_be_shown_is_told(motley: Motley) -> None:
    bank, toets = motley
    pictures = {
        path: dataclasses.replace(picture, data=b"<svg") if path.endswith("wonen/foto.svg") else picture
        for path, picture in bank.pictures.items()
    }
    artifacts, found = export(dataclasses.replace(bank, pictures=pictures), toets)
    assert artifacts == ()
    assert [finding.rule.code for finding in found] == ["X511"]
