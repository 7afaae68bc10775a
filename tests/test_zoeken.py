"""What the search page is given: words, how much they count, synonyms that authors write, short titles."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from builder.dutch import meant, nearest
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.project import Project
from builder.website import eindterm_pages, zoeken, zoekrijen, zoekwoorden
from builder.website.plugin import SiteError, build_site
from tests.conftest import ROOT, CopiedProject, copy_of_the_site, copy_of_the_voorbeeldbank


@pytest.fixture(scope="module")
def real_bank() -> Itembank:
    bank, _ = load(Project(ROOT))
    return bank


def everything(bank: Itembank) -> tuple[zoekrijen.Rij, ...]:
    return zoekrijen.rows(bank, bank.lessen.values(), bank.items.values())


def test_accents_and_capitals_do_not_matter() -> None:
    assert zoekwoorden.words("De Geïnformeerde arts en hét café") == ["geinformeerde", "arts", "cafe"]


def test_how_an_eindterm_begins_is_no_word_to_find_by() -> None:
    assert zoekwoorden.words("Je weet dat de wet geldt. Je kunt en kent het.") == ["wet", "geldt"]


def test_words_with_an_accent_are_shown_as_they_are_written() -> None:
    assert zoekwoorden.accented(["De officiële reünie", "een Officiële brief"]) == {
        "officiele": "officiële",
        "reunie": "reünie",
    }


def test_the_text_of_an_eindterm_counts_least(real_bank: Itembank) -> None:
    """It is the same for all questions of the eindterm: it says nothing about one of them."""
    rows = everything(real_bank)
    index = zoeken.index(rows)
    places = {place // zoeken.STEP: place % zoeken.STEP for place in index["euthanasie"]}
    own = {
        number
        for number, rij in enumerate(rows)
        if "euthanasie" in zoekwoorden.words(f"{rij.titel} {rij.uitleg} {rij.kern} {rij.woorden}")
    }
    assert own and len(own) < 5 < len(places)
    assert {number for number, counts in places.items() if counts > zoeken.VIA_EINDTERM} == own


def test_a_title_counts_more_than_a_goal_and_a_question(real_bank: Itembank) -> None:
    rows = everything(real_bank)
    index = zoeken.index(rows)
    counted = {rows[place // zoeken.STEP].id: place % zoeken.STEP for place in index["wet"]}
    lessons = {rij.id for rij in rows if rij.soort == "les"}
    assert counted["wet-en-geloof-de-wet-geldt-voor-iedereen"] == zoeken.TITLE == max(counted.values())
    assert all(counts <= zoeken.ABOUT for name, counts in counted.items() if name not in lessons)


def test_the_short_title_of_an_eindterm_counts_for_all_its_rows(real_bank: Itembank) -> None:
    """It says what they are about: who looks for the payslip finds the lesson that never says "jaaropgave" itself."""
    rows = everything(real_bank)
    index = zoeken.index(rows)
    for word, nummer in (
        ("salarisstrook", "6.3.1"),
        ("jaaropgave", "6.3.1"),
        ("tweede", "5.1.2"),
        ("wereldoorlog", "5.1.2"),
    ):
        counted = {place // zoeken.STEP for place in index[word] if place % zoeken.STEP >= zoeken.VIA_TITLE}
        mine = {
            number
            for number, rij in enumerate(rows)
            if rij.soort in ("les", "vraag") and nummer in rij.eindtermen
        }
        assert mine and mine <= counted, word
    assert zoeken.VIA_TITLE < zoeken.TEXT < zoeken.ABOUT < zoeken.LES_ABOUT < zoeken.TITLE < zoeken.STEP


def test_a_hard_moment_is_found_by_title_situation_and_what_is_heard(bank_project: CopiedProject) -> None:
    bank, _ = load(bank_project)
    (moment,) = [rij for rij in zoekrijen.rows(bank, (), ()) if rij.soort == "moment"]
    assert (moment.id, moment.adres) == ("niemand-zegt-iets", "lastige-momenten/niemand-zegt-iets.html")
    index = zoeken.index([moment])
    assert {"niemand", "stil"} <= set(index)  # of its title and its situation
    assert "folder" not in index  # facts and what to say are read on the page, in their order
    (soort,) = [facet for facet in zoeken.facets(bank, [moment]) if facet["naam"] == "soort"]
    assert soort["keuzes"] == [("moment", "Lastige momenten")]


def test_our_own_hard_moments_are_found_by_what_a_teacher_types(real_bank: Itembank) -> None:
    rows = everything(real_bank)
    index = zoeken.index(rows)
    synonyms, _ = zoekwoorden.read_file(ROOT / zoekwoorden.FILE)
    for word, moment in (
        ("gaza", "israel-en-gaza"),
        ("israel", "israel-en-gaza"),
        ("palestina", "israel-en-gaza"),
        ("huilen", "verdriet"),
        ("boos", "ruzie"),
        ("ontkenning", "ontkenning"),
    ):
        asked = [one for one in (word, *synonyms.get(word, ())) if one in index]
        assert moment in {rows[place // zoeken.STEP].id for one in asked for place in index[one]}, word


def test_every_eindterm_has_a_short_title_of_its_own(real_bank: Itembank) -> None:
    titles = [eindterm_pages.short_title(real_bank, nummer) for nummer in real_bank.eindterm_nummers()]
    assert len(titles) == len(set(titles)) == 78
    assert max(map(len, titles)) <= eindterm_pages.SHORT
    assert all(real_bank.eindterm(nummer).kort for nummer in real_bank.eindterm_nummers())


def test_without_a_short_title_the_summary_is_cut(bank_project: CopiedProject) -> None:
    bank, _ = load(bank_project)
    assert not any(bank.eindterm(nummer).kort for nummer in bank.eindterm_nummers())
    for nummer in bank.eindterm_nummers():
        title = eindterm_pages.short_title(bank, nummer)
        assert title and len(title) <= eindterm_pages.SHORT
        assert not title.startswith("Je weet") and not title.endswith(".")
        assert title[:1].isupper()


def test_synonyms_are_read_with_what_is_wrong_in_them() -> None:
    text = "# uitleg\n\nDokter: Huisarts, arts # niet de specialist\ncrèche: kinderopvang\nzonder\nleeg:\ntwee woorden: een\ndokter: zorg\na: b c\n"
    found, wrong = zoekwoorden.read_synonyms(text)
    assert found == {"dokter": ("huisarts", "arts"), "creche": ("kinderopvang",)}
    assert [int(re.findall(r"regel (\d+)", said)[0]) for said in wrong] == [5, 6, 7, 8, 9]
    assert '"twee woorden" is niet één woord' in wrong[2]
    assert "staat er al" in wrong[3]


def test_a_wrong_line_stops_the_site_and_says_where(tmp_path: Path) -> None:
    project = copy_of_the_voorbeeldbank(tmp_path / "bank")
    copy_of_the_site(project.root)
    file = project.root / zoekwoorden.FILE
    bank, _ = load(project)
    for content, told in ((b"dokter huisarts\n", "regel 1"), (b"caf\xe9: bar\n", "UTF-8")):
        file.write_bytes(content)
        with pytest.raises(SiteError, match=told):
            build_site(project, bank, date(2026, 11, 25), project.root / "build/site")
    assert not (project.root / "build/site").exists()


def test_every_word_that_our_authors_point_to_is_on_the_site(real_bank: Itembank) -> None:
    synonyms, wrong = zoekwoorden.read_file(ROOT / zoekwoorden.FILE)
    assert wrong == () and len(synonyms) > 30
    index = zoeken.index(everything(real_bank))
    assert {word: others for word, others in synonyms.items() if not set(others) & set(index)} == {}
    assert synonyms["dokter"][0] == "huisarts" and "holocaust" in synonyms["shoah"]


def test_a_synonym_that_finds_nothing_is_left_out() -> None:
    assert zoekwoorden.known({"b": ("x", "y"), "a": ("z",)}, {"y": []}) == {"b": ["y"]}


def test_of_numbers_the_beginning_counts() -> None:
    known = ["3.1.1", "3.1.2", "3.2.1", "8.3.1"]
    assert nearest("3.1", known) == "3.1.1"
    assert nearest("3.1.9", known).startswith("3.1.")
    assert nearest("8.3", known) == "8.3.1"
    assert meant("9.9.9.9", known, "Kijk bij Eindtermen.", 0.9) == "Kijk bij Eindtermen."
    assert nearest("wonne", ["wonen", "werk"]) == "wonen"
