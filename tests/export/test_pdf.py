"""The toets on paper: what stands in it, what may not, and that it is accessible and reproducible."""

from __future__ import annotations

import dataclasses
import io
import re
from datetime import date
from typing import Any

import pikepdf
import pytest

from builder import typesetting
from builder.exam import by_hand
from builder.export import EXPORTERS
from builder.export.pdf import export
from builder.loading.load import load
from builder.model.digest import print_code
from builder.model.itembank import Itembank
from builder.model.kandidaat import candidate_view, key_letters
from builder.model.toets import Plek, Toets
from builder.project import Project
from tests.banks import changed, other_keys
from tests.export.clients import text_of
from tests.golden import compare


@pytest.fixture
def bank(bank_project: Project) -> Itembank:
    bank, found = load(bank_project)
    assert not found
    return bank


def made(bank: Itembank, toets: Toets) -> dict[str, bytes]:
    artifacts, found = export(bank, toets)
    assert not found
    return {artifact.path: artifact.content for artifact in artifacts}


def test_names_and_folders(bank: Itembank) -> None:
    assert EXPORTERS["pdf"] is export
    assert sorted(made(bank, bank.toetsen["kleine-toets-a"])) == [
        "docent/kleine-toets-a-nakijkblad-b.pdf",
        "docent/kleine-toets-a-nakijkblad.pdf",
        "docent/kleine-toets-a-sleutel-b.pdf",
        "docent/kleine-toets-a-sleutel.pdf",
        "kandidaat/kleine-toets-a-antwoordblad-b.pdf",
        "kandidaat/kleine-toets-a-antwoordblad.pdf",
        "kandidaat/kleine-toets-a-boekje-b.pdf",
        "kandidaat/kleine-toets-a-boekje.pdf",
    ]


@pytest.mark.parametrize("paper", ["kandidaat/%s-boekje", "kandidaat/%s-antwoordblad", "docent/%s-sleutel"])
def test_the_text_is_as_it_was(bank: Itembank, paper: str, update_golden: bool) -> None:
    path = paper % "kleine-toets-a"
    text = text_of(made(bank, bank.toetsen["kleine-toets-a"])[f"{path}.pdf"])
    compare(f"pdf/{path.rpartition('/')[2]}.txt", text + "\n", update_golden)


def test_every_question_and_option_is_in_the_booklet_in_printed_order(bank: Itembank) -> None:
    toets = bank.toetsen["kleine-toets-a"]
    text = " ".join(text_of(made(bank, toets)["kandidaat/kleine-toets-a-boekje.pdf"]).split())
    at = 0
    for plek in toets.items:
        item = bank.items[plek.id]
        shown = [item.context, item.stam, *(item.opties[place - 1].tekst for place in plek.opties)]
        for wanted in filter(None, shown):
            at = text.index(wanted, at)


def test_the_code_is_in_every_footer_and_equal_on_all_papers(bank: Itembank) -> None:
    toets = bank.toetsen["kleine-toets-a"]
    papers = made(bank, toets)
    for variant, tail in (("A", ""), ("B", "-b")):
        code = print_code(candidate_view(bank, toets, variant))
        for path, content in papers.items():
            if path.endswith("-b.pdf") == bool(tail):
                for page in text_of(content).split("\f"):
                    assert f"code {code}" in page, path
                    assert "kleine-toets-a ·" in page
                    assert "nog niet door een mens beoordeeld" in page
    assert print_code(candidate_view(bank, toets)) != print_code(candidate_view(bank, toets, "B"))


def test_moving_the_key_changes_nothing_for_candidates(bank: Itembank) -> None:
    toets = bank.toetsen["kleine-toets-a"]
    moved = other_keys(bank, *(plek.id for plek in toets.items))
    before, after = made(bank, toets), made(moved, toets)
    assert before.keys() == after.keys()
    for path in before:
        assert (before[path] == after[path]) == path.startswith("kandidaat/"), path


def test_explanations_and_sources_are_only_for_the_teacher(bank: Itembank) -> None:
    toets = bank.toetsen["kleine-toets-a"]
    canary = "Kanarievogel"
    marked = bank
    for plek in toets.items:
        item = bank.items[plek.id]
        marked = changed(
            marked,
            item.id,
            opties=tuple(dataclasses.replace(optie, toelichting=canary) for optie in item.opties),
        )
    for path, content in made(marked, toets).items():
        everything = text_of(content)
        with pikepdf.open(io.BytesIO(content)) as pdf:
            everything += str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode("utf-8", "replace")
        assert (canary in everything) == ("sleutel" in path), path


def test_the_key_follows_the_printed_place(bank: Itembank) -> None:
    toets = bank.toetsen["kleine-toets-a"]
    papers = made(bank, toets)
    for variant, tail in (("A", ""), ("B", "-b")):
        text = text_of(papers[f"docent/kleine-toets-a-sleutel{tail}.pdf"])
        letters = key_letters(bank, toets, variant)
        for number, letter in enumerate(letters, start=1):
            assert f"Vraag {number}: {letter}" in text
        places = toets.items if variant == "A" else toets.varianten[0].items
        for place, letter in zip(places, letters, strict=True):
            item = bank.items[place.id]
            assert item.opties[place.opties["ABCD".index(letter)] - 1].juist


def test_same_toets_gives_same_bytes(bank: Itembank) -> None:
    toets = bank.toetsen["kleine-toets-a"]
    first = made(bank, toets)
    typesetting._fonts.cache_clear()
    assert made(bank, toets) == first


def test_papers_are_accessible_and_archivable(bank: Itembank) -> None:
    for path, content in made(bank, bank.toetsen["kleine-toets-a"]).items():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert str(pdf.Root.Lang) == "nl-NL", path
            assert bool(pdf.Root.MarkInfo.Marked), path
            assert "/StructTreeRoot" in pdf.Root, path
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle), path
            metadata = pdf.Root.Metadata.read_bytes().decode("utf-8")
            assert "<pdfuaid:part>1</pdfuaid:part>" in metadata, path
            assert "<pdfaid:part>2</pdfaid:part>" in metadata, path
            assert "2026-11-25" in metadata, path
            fonts = [
                font
                for page in pdf.pages
                for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
            ]
            assert fonts
            for font in fonts:
                descendant = font.DescendantFonts[0]
                assert any(key.startswith("/FontFile") for key in descendant.FontDescriptor), path
            for page in pdf.pages:
                width, height = (float(side) for side in page.MediaBox[2:])
                assert (round(width), round(height)) == (595, 842)


def alts(content: bytes) -> list[str]:
    found = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing:
                found.append(str(thing.Alt))
    return found


def test_every_picture_has_its_alt_text(bank: Itembank) -> None:
    toets = bank.toetsen["kleine-toets-a"]
    wanted = sorted(afbeelding.alt for plek in toets.items for afbeelding in bank.items[plek.id].afbeeldingen)
    assert sorted(alts(made(bank, toets)["kandidaat/kleine-toets-a-boekje.pdf"])) == wanted


def many(bank: Itembank, number: int, **fields: Any) -> tuple[Itembank, Toets]:
    """A toets of many items that are alike but for their names."""
    items = dict(bank.items)
    locations = dict(bank.locations)
    names = [f"wonen-{place:03}" for place in range(100, 100 + number)]
    for name in names:
        items[name] = dataclasses.replace(bank.items["wonen-001"], id=name, **fields)
        locations[name] = bank.locations["wonen-001"]
    bigger = dataclasses.replace(bank, items=items, locations=locations)
    toets = bank.toetsen["kleine-toets-a"]
    plekken = tuple(Plek(name, 1, "0" * 64, (1, 2, 3)) for name in names)
    return bigger, dataclasses.replace(toets, items=plekken, varianten=(), matrijs="")


def test_one_question_never_splits_over_a_page(bank: Itembank) -> None:
    bigger, toets = many(bank, 25)
    pages = text_of(made(bigger, toets)["kandidaat/kleine-toets-a-boekje.pdf"]).split("\f")
    assert len(pages) > 4
    seen = 0
    for page in pages:
        starts = re.findall(r"Vraag \d+", page)
        assert page.count("Wie belt Amina?") == len(starts)
        assert page.count("De buurvrouw") == len(starts)
        seen += len(starts)
    assert seen == 25


def test_a_question_taller_than_a_page_flows_and_loses_nothing(bank: Itembank) -> None:
    sentences = [f"Dit is zin nummer {number} van een lange brief." for number in range(300)]
    bigger, toets = many(bank, 1, context="\n".join(sentences))
    text = text_of(made(bigger, toets)["kandidaat/kleine-toets-a-boekje.pdf"])
    assert len(text.split("\f")) > 3
    shown = " ".join(text.split())
    for sentence in sentences:
        assert sentence in shown
    assert "De buurvrouw" in shown


def test_forty_questions_fit_on_one_answer_sheet(bank: Itembank) -> None:
    bigger, toets = many(bank, 40)
    text = text_of(made(bigger, toets)["kandidaat/kleine-toets-a-antwoordblad.pdf"])
    assert "\f" not in text
    assert re.search(r"\b40\b", text)


def test_a_hundred_questions_lose_none_on_the_answer_sheet(bank: Itembank) -> None:
    bigger, toets = many(bank, 100)
    text = text_of(made(bigger, toets)["kandidaat/kleine-toets-a-antwoordblad.pdf"])
    assert not [number for number in range(1, 101) if not re.search(rf"(?m)^{number}\b", text)]


NASTY = "#let x = 1 $ * _sterk_ @naam <label> `code` [x](javascript:1) {{ }} \\ // # /* ë € “aanhaling” – ü"


def test_text_is_never_markup(bank: Itembank) -> None:
    bigger, toets = many(bank, 1, stam=NASTY, context=f"= {NASTY}\n- {NASTY}")
    toets = dataclasses.replace(toets, titel=f"Wonen, werk & zorg: nr 1/2 {NASTY}")
    for path, content in made(bigger, toets).items():
        shown = "".join(text_of(content).split())
        if "boekje" in path or "sleutel" in path:
            assert shown.count("".join(NASTY.split())) >= 4, path


def test_arabic_and_tigrinya_have_letters(bank: Itembank) -> None:
    bigger, toets = many(bank, 1, context="مرحبا ሰላም")
    assert made(bigger, toets)


def test_a_character_without_a_letter_is_told(bank: Itembank) -> None:
    bigger, toets = many(bank, 1, stam="Kies ✓ of 中?")
    artifacts, found = export(bigger, toets)
    assert {artifact.path for artifact in artifacts} == {
        "kandidaat/kleine-toets-a-antwoordblad.pdf",
        "docent/kleine-toets-a-nakijkblad.pdf",
    }
    assert {finding.rule.code for finding in found} == {"X501"}
    assert "✓ 中" in found[0].message
    assert found[0].location.pointer == "/stam"
    assert found[0].location.line > 1


def test_png_pages_for_looking(bank: Itembank) -> None:
    from builder.export.pdf import paper_data, pictures_of

    view = candidate_view(bank, bank.toetsen["kleine-toets-a"])
    pictures = {picture.path: picture.data for picture in pictures_of(view)}
    pages = typesetting.to_png("boekje.typ", paper_data(view), pictures, date(2026, 11, 25), 40)
    assert pages
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_a_toets_by_hand_can_be_printed(bank: Itembank) -> None:
    from cattrs import structure

    request = by_hand.Request(
        "met-de-hand", "Met de hand", "oefenen", "2026-11-25", ("wonen-001", "wonen-002")
    )
    data, objections = by_hand.make(bank, request)
    assert not objections
    artifacts, found = export(bank, structure(data, Toets))
    assert not found
    assert len(artifacts) == 4
