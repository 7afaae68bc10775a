"""Searching as people type: with mistakes, with other words, with words that are everywhere. On our own bank too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import opened

pytestmark = pytest.mark.browser

FIELD = "Zoek een les of vraag"


def at(browser: Browser, site: Path, address: str = "zoeken/index.html") -> Page:
    page, _, _ = opened(browser, 360, "light")
    page.goto(f"{site.as_uri()}/{address}")
    return page


def ask(page: Page, words: str) -> list[str]:
    page.get_by_label(FIELD).fill(words)
    page.keyboard.press("Enter")
    return page.locator("#knm-gevonden > li > a").all_inner_texts()


def test_a_word_with_a_mistake_is_asked_back(browser: Browser, site: Path) -> None:
    page = at(browser, site)
    for wrong in ("huisatrs", "huissarts", "huisrts"):
        assert ask(page, wrong) == []
        page.get_by_role("button", name="Bedoelde je “huisarts”?").click()
        assert "Praten met de huisarts" in page.locator("#knm-gevonden > li > a").all_inner_texts()
        assert page.get_by_label(FIELD).input_value() == "huisarts"
        assert "q=huisarts" in page.url
    assert ask(page, "qqqqqqqq") == []
    assert page.locator("#knm-geen button").count() == 0
    page.context.close()


def test_another_word_for_the_same_finds_it(browser: Browser, site: Path) -> None:
    page = at(browser, site)
    assert "Praten met de huisarts" in ask(page, "dokter")
    assert "Praten met de huisarts" in ask(page, "dokters praten")
    page.context.close()


def test_one_is_one_and_all_can_be_wiped(browser: Browser, site: Path) -> None:
    page = at(browser, site, "zoeken/index.html#q=praten+huisarts&thema=wonen&soort=les")
    assert page.get_by_role("button", name="Laat “Thema” los: dan is er 1.").is_visible()
    page.goto("about:blank")
    page.goto(f"{site.as_uri()}/zoeken/index.html")
    assert page.locator("#knm-wis").is_hidden()
    ask(page, "huisarts")
    page.get_by_role("button", name="Wis alles").click()
    assert page.get_by_label(FIELD).input_value() == ""
    assert page.locator("#knm-wis").is_hidden()
    page.context.close()


def test_an_eindterm_is_chosen_by_what_it_is_about(browser: Browser, site: Path) -> None:
    page = at(browser, site)
    choices = page.locator("#knm-eindterm option").all_text_contents()[1:]
    assert len(choices) > 2
    for choice in choices:
        number, _, rest = choice.partition(" ")
        title = rest.rpartition(" (")[0]
        assert number.count(".") == 2 and 3 < len(title) <= 40, choice
    page.context.close()


def engine(browser: Browser, site: Path, data: dict[str, Any], code: str) -> Any:
    """Run code with the engine over data of our own, on the search page."""
    page = at(browser, site)
    result = page.evaluate(
        f"([data, code]) => {{ const zoek = window.KNM_ZOEK_WOORDEN(JSON.parse(data)); return ({code}); }}",
        [json.dumps(data), code],
    )
    page.context.close()
    return result


def test_wet_is_not_weten_and_accents_come_back(browser: Browser, site: Path) -> None:
    data = {
        "woorden": {"weten": [1], "wet": [9], "wetten": [17], "geinformeerd": [26], "werkwoord": [33], "8.3.1": [41], "3.1.1": [49]},
        "stopwoorden": [],
        "geschreven": {"geinformeerd": "geïnformeerd"},
        "synoniemen": {"shoah": ["wet"]},
    }  # fmt: skip
    code = """({
      wet: [...zoek.punten('wet').alle.keys()], weten: [...zoek.punten('weten').alle.keys()],
      accent: [...zoek.punten('geinformeerde').alle.keys()], vorm: [...zoek.punten('werkwoorden').alle.keys()],
      terug: zoek.bedoeld('geinfromeerd'), nummer: zoek.bedoeld('3.9'), goed: zoek.bedoeld('wet'), ver: zoek.bedoeld('xqzkwv'),
      samen: zoek.bedoeld('wet werkwoort'), ander: [...zoek.punten('Shoah').alle.keys()]})"""
    found = engine(browser, site, data, code)
    assert 0 not in found["wet"] and set(found["wet"]) == {1, 2}
    assert found["weten"] == [0]
    assert found["accent"] == [3] and found["vorm"] == [4]
    assert found["terug"] == "geïnformeerd"
    assert found["nummer"] == "3.1.1"
    assert found["goed"] is None and found["ver"] is None
    assert found["samen"] == "wet werkwoord"
    assert set(found["ander"]) == {1, 2}


def test_the_text_of_an_eindterm_helps_only_when_nothing_else_does(browser: Browser, site: Path) -> None:
    data = {
        "woorden": {"borg": [0, 8, 17], "huur": [0, 8]},
        "stopwoorden": [],
        "geschreven": {},
        "synoniemen": {},
    }
    code = "[[...zoek.punten('borg').alle.keys()], [...zoek.punten('huur').alle.keys()]]"
    assert engine(browser, site, data, code) == [[2], [0, 1]]


def test_a_part_of_a_word_hides_nothing_that_fits_as_a_whole(browser: Browser, site: Path) -> None:
    data = {
        # row 0 holds "salaris" itself; rows 1 and 2 only through their eindterm
        "woorden": {"salaris": [1], "salarisstrook": [8, 16], "loonstrook": [28], "belasting": [33]},
        "stopwoorden": [],
        "geschreven": {},
        "synoniemen": {"loonstrook": ["salarisstrook"]},
    }
    code = """['salarisstrook', 'salaris', 'loonstrook', 'belastingaangifte']
      .map((vraag) => [...zoek.punten(vraag).alle.keys()].sort())"""
    assert engine(browser, site, data, code) == [[1, 2], [0], [3], [4]]


def test_only_a_real_mistake_is_asked_back(browser: Browser, site: Path) -> None:
    words = ("huizen", "zeggen", "huisarts", "verhuurder", "holocaust", "gemeente", "boot", "vrijheid")
    data = {
        "woorden": {word: [8 * number + 1] for number, word in enumerate(words)},
        "stopwoorden": [],
        "geschreven": {},
        "synoniemen": {},
    }
    asked = {
        **dict.fromkeys(("opzeggen", "huilen", "boos", "veiligheid"), None),
        "huisatrs": "huisarts", "uhisarts": "huisarts", "huissarts": "huisarts", "huisartd": "huisarts",
        "verhuuder": "verhuurder", "hollocaust": "holocaust", "gemeemte": "gemeente", "vreiheid": "vrijheid",
    }  # fmt: skip
    code = f"Object.fromEntries({json.dumps(list(asked))}.map((een) => [een, zoek.bedoeld(een)]))"
    found = engine(browser, site, data, code)
    assert found == asked


def test_a_hard_moment_is_found_and_has_a_filter(browser: Browser, site: Path) -> None:
    page = at(browser, site)
    assert ask(page, "niemand") == ["Niemand zegt iets"]
    assert page.locator("#knm-telling").inner_text() == "1 lastig moment gevonden."
    page.locator("summary").click()
    page.get_by_role("button", name="Wis alles").click()
    page.get_by_label("Lastige momenten").check()
    assert "soort=moment" in page.url
    page.get_by_role("link", name="Niemand zegt iets").click()
    assert page.locator("h1").inner_text() == "Niemand zegt iets"
    page.context.close()


def test_where_nothing_is_found_stands_where_help_is(browser: Browser, site: Path) -> None:
    page = at(browser, site)
    assert page.locator("#knm-ook").is_hidden()
    assert ask(page, "meldcode") == []
    for title in ("Lastige momenten", "Hulp en informatie"):
        page.locator("#knm-ook").get_by_role("link", name=title).click()
        assert page.locator("h1").inner_text() == title
        page.go_back()
        page.locator("#knm-ook").wait_for()
    assert ask(page, "huisarts") and page.locator("#knm-ook").is_hidden()
    page.context.close()


@pytest.mark.slow
def test_on_our_own_bank_a_search_does_not_drown(browser: Browser, real_site: Path) -> None:
    page, wrong, _ = opened(browser, 1280, "light")
    page.goto((real_site / "zoeken/index.html").as_uri())
    total = page.evaluate("window.KNM_ZOEKEN.rijen.length")
    assert total > 600

    def kinds(words: str) -> list[str]:
        ask(page, words)
        code = """q => { const {alle} = window.KNM_ZOEK_PROEF.punten(q);
          return [...alle].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([n]) => window.KNM_ZOEKEN.rijen[n].soort + ' ' + window.KNM_ZOEKEN.rijen[n].titel); }"""
        found: list[str] = page.evaluate(code, words)
        return found

    for words in ("wet", "wetten", "wetgeving"):
        found = kinds(words)
        assert 20 < len(found) < 0.3 * total, words
        assert found[0] == "les Wet en geloof: de wet geldt voor iedereen"
        assert all(one.startswith("les ") for one in found[:3]), words
    assert 1 <= len(kinds("euthanasie")) < 6
    assert kinds("werkwoorden") and set(kinds("werkwoord")) <= set(kinds("werkwoorden"))
    assert kinds("officiele") == kinds("officiële") != []
    assert any("huisarts" in one for one in kinds("dokter"))
    assert set(kinds("holocaust")) <= set(kinds("shoah")) and set(kinds("holocaust")) <= set(
        kinds("jodenvervolging")
    )
    assert "les Naar de huisarts, of iemand anders?" in kinds("arts")
    for words in ("salaris", "salarisstrook", "loonstrook", "jaaropgave"):
        found = kinds(words)
        assert "les Je loonstrook en je rechten" in found[:3] and len(found) > 5, words
    for words in ("tweede wereldoorlog", "wo2", "WOII"):
        found = kinds(words)
        assert sum(one.startswith("les ") for one in found) >= 8 and len(found) > 70, words
    for words in ("gaza", "israel", "israël", "palestina"):
        assert kinds(words)[0] == "moment En Israël dan? En Gaza?", words
    assert "moment Iemand is verdrietig" in kinds("huilen")
    for words in ("huur opzeggen", "meldcode"):
        assert ask(page, words) == [] and page.locator("#knm-geen button").count() == 0
        assert page.locator("#knm-ook").is_visible()
    for words, meant in (
        ("Hollocaust", "holocaust"),
        ("antisemitsme", "antisemitisme"),
        ("verzekring", "verzekering"),
    ):
        assert ask(page, words) == []
        page.get_by_role("button", name=f"Bedoelde je “{meant}”?").click()
        assert page.locator("#knm-gevonden > li").count() > 0
    assert kinds("3.1") and all(
        "Bedoelde" not in one for one in page.locator("#knm-geen button").all_inner_texts()
    )
    assert page.locator("#knm-eindterm option", has_text="3.1.2 Rechten van huurders").count() == 1
    assert wrong == []
    page.context.close()
