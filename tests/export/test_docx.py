"""The toets for Word: opened and printed by LibreOffice, editable, accessible, without a key for candidates."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from builder.export import EXPORTERS
from builder.export.docx import export
from builder.model.digest import print_code
from builder.model.docent import teacher_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import candidate_view
from builder.model.toets import Toets
from builder.office import fit_text, right_to_left
from tests.export.clients import squeezed, through_libreoffice, word_of
from tests.export.conftest import LONG_READ

Motley = tuple[Itembank, Toets]


def made(bank: Itembank, toets: Toets) -> dict[str, bytes]:
    artifacts, found = export(bank, toets)
    assert not found
    return {artifact.path: artifact.content for artifact in artifacts}


def paragraphs(document: Document, style: str) -> list[Paragraph]:
    """All paragraphs of a style, also those in a block, in reading order."""
    every = (Paragraph(element, document._body) for element in document.element.body.iter(qn("w:p")))
    return [paragraph for paragraph in every if paragraph.style is not None and paragraph.style.name == style]


def test_names_and_folders(motley: Motley) -> None:
    assert EXPORTERS["docx"] is export
    assert sorted(made(*motley)) == [
        "docent/bonte-toets-sleutel-b.docx",
        "docent/bonte-toets-sleutel.docx",
        "kandidaat/bonte-toets-boekje-b.docx",
        "kandidaat/bonte-toets-boekje.docx",
    ]


@pytest.mark.slow
def test_libreoffice_opens_and_prints_it(motley: Motley, tmp_path: Path) -> None:
    bank, toets = motley
    files = {path.rpartition("/")[2]: content for path, content in made(bank, toets).items()}
    texts = through_libreoffice(files, tmp_path)
    for variant, tail in (("A", ""), ("B", "-b")):
        view = candidate_view(bank, toets, variant)
        booklet, key = texts[f"bonte-toets-boekje{tail}.docx"], texts[f"bonte-toets-sleutel{tail}.docx"]
        for text in (booklet, key):
            for page in text.split("\f"):
                assert f"code {print_code(view)}" in page
                assert "bonte-toets ·" in page
                assert "nog niet door een mens beoordeeld" in page
                assert re.search(r"bladzijde \d+ van \d+", page)
        at = 0
        whole = squeezed(booklet)
        for vraag in view.vragen:
            context = "" if vraag.item_id == LONG_READ else vraag.context  # heads of pages stand between
            shown = [f"Vraag {vraag.nummer}", context, vraag.stam]
            for optie in vraag.opties:
                shown.append(f"{optie.letter}. {optie.tekst}")
            for wanted in shown:
                if not right_to_left(wanted) and "مرحبا" not in wanted:
                    at = whole.index(squeezed(fit_text(wanted)), at)
        whole = squeezed(key)
        for keyed in teacher_view(bank, toets, variant).vragen:
            assert squeezed(f"Vraag {keyed.gezien.nummer}: {keyed.goed}") in whole
            for option in keyed.opties:
                assert squeezed(fit_text(option.toelichting)) in whole


def test_headings_lists_and_what_stays_together(motley: Motley) -> None:
    bank, toets = motley
    document = word_of(made(bank, toets)["kandidaat/bonte-toets-boekje.docx"])
    view = candidate_view(bank, toets)
    headings = [paragraph.text for paragraph in paragraphs(document, "Heading 1")]
    assert headings == [f"Vraag {vraag.nummer}" for vraag in view.vragen]
    assert document.styles["Heading 1"].paragraph_format.keep_with_next  # type: ignore[union-attr]
    letters: dict[int, int] = {}
    for paragraph in paragraphs(document, "List Number"):
        number = paragraph._p.pPr.numPr.numId.val
        letters[number] = letters.get(number, 0) + 1
    assert list(letters.values()) == [len(vraag.opties) for vraag in view.vragen]
    numbering = document.part.numbering_part.element
    for number in letters:
        found = next(num for num in numbering.iter(qn("w:num")) if num.numId == number)
        kind = next(
            entry
            for entry in numbering.iter(qn("w:abstractNum"))
            if entry.get(qn("w:abstractNumId")) == str(found.abstractNumId.val)
        )
        assert next(kind.iter(qn("w:numFmt"))).get(qn("w:val")) == "upperLetter"
        assert [int(start.val) for start in found.iter(qn("w:startOverride"))] == [1]
    # a heading, then at once the block of its question, which has one row that does not split
    body = list(document.element.body)
    places = [body.index(paragraph._p) for paragraph in paragraphs(document, "Heading 1")]
    for place in places:
        block = body[place + 1]
        assert block.tag == qn("w:tbl")
        assert len(list(block.iter(qn("w:tr")))) == len(list(block.iter(qn("w:cantSplit")))) == 1
    assert body[-2].tag == qn("w:p")  # Word wants a paragraph after the last table


@pytest.mark.slow
def test_no_question_is_torn_and_a_very_long_one_loses_nothing(motley: Motley, tmp_path: Path) -> None:
    bank, toets = motley
    sentences = [f"Dit is zin nummer {number} van een lange brief." for number in range(160)]
    items = dict(bank.items)
    items["wonen-103"] = dataclasses.replace(items["wonen-103"], context="\n".join(sentences))
    once = dataclasses.replace(toets, varianten=())
    files = {
        path.rpartition("/")[2]: content
        for path, content in made(dataclasses.replace(bank, items=items), once).items()
    }
    for name, text in through_libreoffice(files, tmp_path).items():
        pages = [squeezed(page) for page in text.split("\f")]
        whole = "".join(pages)
        for sentence in sentences:
            assert squeezed(sentence) in whole, name
        for vraag in candidate_view(bank, once).vragen:
            if vraag.item_id in ("wonen-103", "wonen-105", LONG_READ):
                continue
            (page,) = [page for page in pages if squeezed(fit_text(vraag.stam)) in page][:1]
            assert f"Vraag{vraag.nummer}" in page, name
            for optie in vraag.opties:
                assert squeezed(fit_text(optie.tekst)) in page, name


def test_pictures_are_png_with_their_alt_text(motley: Motley) -> None:
    bank, toets = motley
    content = made(bank, toets)["kandidaat/bonte-toets-boekje.docx"]
    wanted = [
        picture.alt
        for vraag in candidate_view(bank, toets).vragen
        for picture in (vraag.afbeelding, *(optie.afbeelding for optie in vraag.opties))
        if picture is not None
    ]
    document = word_of(content)
    properties = list(document.element.iter(qn("wp:docPr")))
    assert [entry.get("descr") for entry in properties] == wanted
    assert len({entry.get("id") for entry in properties}) == len(properties)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert media
        assert all(archive.read(name).startswith(b"\x89PNG") for name in media)


def test_language_title_and_footer(motley: Motley) -> None:
    for path, content in made(*motley).items():
        document = word_of(content)
        assert {entry.get(qn("w:val")) for entry in document.styles.element.iter(qn("w:lang"))} == {
            "nl-NL"
        }, path
        properties = document.core_properties
        assert properties.title.startswith("Wonen, werk & zorg: nr 1/2 <proef> · ")
        assert properties.language == "nl-NL"
        assert str(properties.created)[:10] == str(properties.modified)[:10] == "2026-11-25"


def test_arabic_runs_from_right_to_left(motley: Motley) -> None:
    document = word_of(made(*motley)["kandidaat/bonte-toets-boekje.docx"])
    for style, bidi in (("Body Text", True), ("List Number", False)):  # the letter stays on the left
        (paragraph,) = [found for found in paragraphs(document, style) if right_to_left(found.text)]
        assert (paragraph._p.pPr.find(qn("w:bidi")) is not None) == bidi
        assert all(run.font.rtl for run in paragraph.runs if run.text)


def test_moving_the_key_changes_nothing_for_candidates(motley: Motley) -> None:
    bank, toets = motley
    items = dict(bank.items)
    for plek in toets.items:
        item = items[plek.id]
        right = item.sleutel
        assert right is not None
        items[plek.id] = dataclasses.replace(
            item,
            opties=tuple(
                dataclasses.replace(
                    optie, juist=place == (right + 1) % len(item.opties), toelichting=f"Kanarie {place}"
                )
                for place, optie in enumerate(item.opties)
            ),
        )
    before, after = made(bank, toets), made(dataclasses.replace(bank, items=items), toets)
    for path in before:
        assert (before[path] == after[path]) == path.startswith("kandidaat/"), path
    for path, content in after.items():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist())
        assert (b"Kanarie" in everything) == path.startswith("docent/"), path


def test_same_toets_gives_same_bytes_and_no_clock(motley: Motley, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(*motley)
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert made(*motley) == first
    for content in first.values():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert archive.namelist()[0] == "[Content_Types].xml"
            assert not [name for name in archive.namelist() if "thumbnail" in name]
            assert b"thumbnail" not in archive.read("_rels/.rels")


def test_a_control_character_is_left_out() -> None:
    assert fit_text("a\x00b\x0bc\ufffe\ud800é") == "abcé"


def test_a_picture_that_cannot_be_shown_is_told(motley: Motley) -> None:
    bank, toets = motley
    pictures = {
        path: dataclasses.replace(picture, data=b"<svg") if path.endswith("wonen/foto.svg") else picture
        for path, picture in bank.pictures.items()
    }
    artifacts, found = export(dataclasses.replace(bank, pictures=pictures), toets)
    assert artifacts == ()
    assert [finding.rule.code for finding in found] == ["X511"]
