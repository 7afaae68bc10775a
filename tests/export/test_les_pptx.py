"""The presentation: no answer on a slide, what the teacher says in the notes, words and pictures at their step."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from pptx.oxml.ns import qn

from builder.export import LESSON_EXPORTERS
from builder.export.les_pptx import export
from builder.export.les_stappen import for_learners, pictures_per_step, words_per_step
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje
from builder.model.les import Les, Stap, Woord
from tests.export.clients import on_screen, pictures_within, slides_of, squeezed, through_libreoffice
from tests.export.lessons import LES, NOWHERE, SIGNS, motley_les, with_les
from tests.zips import unzipped


@pytest.fixture(scope="module")
def les(bank_of_voorbeeld: Itembank) -> Les:
    return motley_les(bank_of_voorbeeld)


def made(bank: Itembank, les: Les) -> bytes:
    artifacts, found = export(with_les(bank, les), les, NOWHERE)
    assert not found
    assert [artifact.path for artifact in artifacts] == [f"docent/{LES}-presentatie.pptx"]
    return artifacts[0].content


def titles(content: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in slides_of(content).slides]


def test_slides_in_order(bank_of_voorbeeld: Itembank, les: Les) -> None:
    assert LESSON_EXPORTERS["pptx"] is export
    assert titles(made(bank_of_voorbeeld, les)) == [
        les.titel,
        "Voor we beginnen",
        "Dit gaan we doen",
        "Dit leer je",
        "Samen kijken",
        "de huisarts",
        "de klacht",
        "de afspraak",
        "de zorgen",
        "de apotheek",
        "de nood",
        "Oefenen",
        "oefenen",
        "Terugkijken",
        "Kamer bekijken",
        "Kijk",
    ]


def test_what_is_not_sensitive_has_no_warning(bank_of_voorbeeld: Itembank, les: Les) -> None:
    calm = dataclasses.replace(
        les, gevoelig=False, inhoudswaarschuwing="", veilig_beginnen="", veilig_afsluiten=""
    )
    assert "Voor we beginnen" not in titles(made(bank_of_voorbeeld, calm))


def test_what_the_teacher_says_is_in_the_notes_only(bank_of_voorbeeld: Itembank, les: Les) -> None:
    slides = list(slides_of(made(bank_of_voorbeeld, les)).slides)
    by_title = {slide.shapes.title.text_frame.text: slide for slide in slides}
    begin = 0
    for number, stap in enumerate(les.stappen, start=1):
        slide = by_title[stap.titel]
        notes = slide.notes_slide.notes_text_frame.text
        assert f"Stap {number} van 4, minuut {begin} tot {begin + stap.minuten}." in notes
        for text in (stap.docent, stap.cursisten, stap.materiaal):
            assert text in notes
            assert not text or text not in on_screen(slide)
        begin += stap.minuten
        assert f"{stap.minuten} minuten" in on_screen(slide)
    assert les.veilig_afsluiten in by_title["Kamer bekijken"].notes_slide.notes_text_frame.text
    assert les.veilig_beginnen in by_title["Voor we beginnen"].notes_slide.notes_text_frame.text
    for slide in slides:
        assert "nog niet door een mens beoordeeld" in on_screen(slide)
        assert slide.has_notes_slide or slide.shapes.title.text_frame.text == "Dit leer je"


def test_teachers_text_changes_only_the_notes(bank_of_voorbeeld: Itembank, les: Les) -> None:
    other = dataclasses.replace(
        les,
        docent="Anders",
        veilig_beginnen="Anders",
        veilig_afsluiten="Anders",
        dit_hoor_je_soms=(),
        stappen=tuple(dataclasses.replace(stap, docent=f"{stap.docent} Anders") for stap in les.stappen),
    )
    before, after = unzipped(made(bank_of_voorbeeld, les)), unzipped(made(bank_of_voorbeeld, other))
    assert before.keys() == after.keys()
    differ = {name for name in before if before[name] != after[name]}
    assert differ
    assert all(re.fullmatch(r"ppt/notesSlides/notesSlide\d+\.xml", name) for name in differ)


def test_nothing_runs_off_a_slide_and_pictures_tell(bank_of_voorbeeld: Itembank, les: Les) -> None:
    long = dataclasses.replace(
        les,
        doelen=tuple(
            dataclasses.replace(doel, tekst="De cursist kan " + "heel lang uitleggen wat er gebeurt " * 6)
            for doel in (*les.doelen, *les.doelen)
        ),
        woorden=(
            Woord("de arbeidsongeschiktheidsverzekering", "Uitleg " * 40, "Voorbeeld " * 25),
            *les.woorden,
        ),
    )
    file = slides_of(made(bank_of_voorbeeld, long))
    alts = pictures_within(file)
    assert alts == ["Twee stoelen bij een tafel, met een raam erachter."]
    for slide in file.slides:
        for root in (slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])):
            for run in root.iter(qn("a:r")):
                assert run.rPr.get("lang") == "nl-NL"


@pytest.mark.slow
def test_libreoffice_shows_every_slide(bank_of_voorbeeld: Itembank, les: Les, tmp_path: Path) -> None:
    content = made(bank_of_voorbeeld, les)
    pages = through_libreoffice({"les.pptx": content}, tmp_path)["les.pptx"].split("\f")
    slides = slides_of(content).slides
    assert len(pages) == len(slides)
    for page, slide in zip(pages, slides, strict=True):
        for shape in slide.shapes:
            if shape.has_text_frame:
                assert squeezed(shape.text_frame.text) in squeezed(page.replace("\x02", "-"))
    assert squeezed(SIGNS) in squeezed(pages[0])


def test_same_les_gives_same_bytes_on_another_day(
    bank_of_voorbeeld: Itembank, les: Les, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(bank_of_voorbeeld, les)
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert made(bank_of_voorbeeld, les) == first
    assert unzipped(first)["docProps/core.xml"].decode().count("2026-11-25T00:00:00Z") == 2


def test_words_go_with_the_step_that_uses_them(les: Les) -> None:
    stappen = (
        Stap("Begin", 5, "Welkom.", "Zij luisteren."),
        Stap("Woorden", 5, "Schrijf op: *de huur*, de buurman.", "Zij schrijven."),
        Stap("Verhaal", 5, "Vertel over het contract en de huur.", "Zij luisteren naar de verhuurder."),
    )
    woorden = tuple(
        Woord(name, "u", "v") for name in ("de huur", "de buur", "het contract", "de verhuurder", "opzeggen")
    )
    per_step = words_per_step(dataclasses.replace(les, stappen=stappen, woorden=woorden))
    assert [[woord.woord for woord in step] for step in per_step] == [
        [],
        ["de huur", "de buur"],  # "buurman" is another word: it goes with the word before it
        ["het contract", "de verhuurder", "opzeggen"],
    ]


def test_pictures_go_where_they_are_named(les: Les) -> None:
    def plaatje(name: str) -> tuple[str, Plaatje]:
        return name, Plaatje(f"content/lessen/x/{les.id}-{name}.svg", name, b"", "image/svg+xml", 1, 1)

    stappen = (
        Stap("Begin", 5, "Welkom. Toon straks de plattegrond.", "Zij luisteren."),
        Stap("Een", 5, "Toon het raam.", "Zij kijken.", "Plaat drie huizen, plaat kaart, werkblad A1"),
        Stap("Twee", 5, "Toon de kaart.", "Zij kijken.", "Plaat kaart"),
    )
    shown = [plaatje(name) for name in ("kaart", "drie-huizen", "raam", "niets", "plat")]
    per_step = pictures_per_step(dataclasses.replace(les, stappen=stappen), shown)
    assert [[name for name, _ in step] for step in per_step] == [
        [],
        ["drie-huizen", "raam", "kaart", "niets", "plat"],
        ["kaart"],
    ]


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("De cursist kan zeggen wat mag.", "Je kunt zeggen wat mag."),
        (
            "De cursist kan zeggen dat twee dingen verboden zijn.",
            "Je kunt zeggen dat twee dingen verboden zijn.",
        ),
        ("De cursist kan zijn naam zeggen.", "De cursist kan zijn naam zeggen."),
        ("De cursist kan zeggen wat zij doet.", "De cursist kan zeggen wat zij doet."),
        ("Je weet wat mag.", "Je weet wat mag."),
    ],
)
def test_goals_speak_to_learners(goal: str, said: str) -> None:
    assert for_learners([goal]) == [said]


def test_goals_speak_in_one_way() -> None:
    goals = ["De cursist kan zeggen wat mag.", "De cursist kan zeggen wat hij doet."]
    assert for_learners(goals) == goals


def test_only_the_first_sentence_of_the_warning_is_for_all(bank_of_voorbeeld: Itembank, les: Les) -> None:
    warned = dataclasses.replace(les, inhoudswaarschuwing="Het gaat over verdriet. Bel eerst met de plaats.")
    slide = slides_of(made(bank_of_voorbeeld, warned)).slides[1]
    assert "Het gaat over verdriet.\n" in on_screen(slide)
    assert "Bel eerst" not in on_screen(slide)
    assert "Bel eerst" in slide.notes_slide.notes_text_frame.text


def test_a_picture_that_cannot_be_shown_is_told(bank_of_voorbeeld: Itembank, les: Les) -> None:
    pictures = {
        path: dataclasses.replace(picture, data=b"<svg") if "kamer" in path else picture
        for path, picture in bank_of_voorbeeld.pictures.items()
    }
    bank = dataclasses.replace(with_les(bank_of_voorbeeld, les), pictures=pictures)
    artifacts, found = export(bank, les, NOWHERE)
    assert artifacts == ()
    assert [(finding.rule.code, finding.location.pointer) for finding in found] == [
        ("X511", "/handouts/0/delen/0/afbeelding")
    ]
