"""The page to practise on: what it says before, during and after, and how a learner chooses an eindterm."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import opened

pytestmark = pytest.mark.browser


def at(browser: Browser, site: Path, address: str = "") -> Page:
    page, _, _ = opened(browser, 360, "light")
    page.goto(f"{site.as_uri()}/oefenen/index.html{address}")
    return page


def counted(page: Page) -> int:
    """Return how many questions the line under the page is about."""
    found = re.search(r"van (\d+) vragen", page.locator("#onderschrift").inner_text())
    assert found
    return int(found[1])


def test_the_line_under_the_page_is_about_these_questions(browser: Browser, site: Path) -> None:
    page = at(browser, site)
    chosen = page.locator("#scherm [role=status]").inner_text()
    assert chosen == f"{counted(page)} vragen"
    page.get_by_label("Thema").select_option("gezondheid")
    assert page.locator("#scherm [role=status]").inner_text().startswith(f"{counted(page)} vra")
    page.goto("about:blank")
    page.goto(f"{site.as_uri()}/oefenen/index.html#toets=kleine-toets-a")
    page.get_by_role("button", name="Begin met oefenen").wait_for()
    assert counted(page) == 4
    page.context.close()


def test_an_exam_says_its_time_before_it_begins(browser: Browser, site: Path) -> None:
    page = at(browser, site, "#toets=kleine-toets-a")
    page.get_by_role("button", name="Begin met oefenen").wait_for()
    told = page.locator("#scherm").inner_text()
    assert "4 vragen. U hebt 10 minuten." in told
    page.goto("about:blank")
    page.goto(f"{site.as_uri()}/oefenen/index.html#toets=kleine-toets-a&tijd=nee")
    page.get_by_role("button", name="Begin met oefenen").wait_for()
    assert "minuten" not in page.locator("#scherm").inner_text()
    page.context.close()


def test_an_eindterm_can_be_chosen_without_a_thema(browser: Browser, site: Path) -> None:
    page = at(browser, site)
    chosen = page.get_by_label("Onderdeel (eindterm)")
    assert chosen.is_visible()
    everything = chosen.locator("option").count()
    assert chosen.locator("optgroup").count() > 1
    titles = [one for one in chosen.locator("optgroup option").all_text_contents()]
    assert all(re.match(r"\d\.\d\.\d \S", one) and len(one) <= 46 for one in titles)
    page.get_by_label("Thema").select_option("wonen")
    assert 1 < chosen.locator("option").count() < everything
    page.get_by_label("Thema").select_option("")
    chosen.select_option("3.1.2")
    page.get_by_role("button", name="Begin met oefenen").click()
    page.wait_for_url("**eindterm=3.1.2**")
    page.get_by_role("button", name="Begin met oefenen").wait_for()
    assert page.locator("h1").inner_text().startswith("3.1.2 ")
    page.context.close()


def test_what_stands_beside_an_explanation_speaks_to_nobody(browser: Browser, site: Path) -> None:
    """An explanation says "je", the page says "u": so a label beside it says neither."""
    page = at(browser, site, "#thema=gezondheid&greep=1")
    page.get_by_role("button", name="Begin met oefenen").click()
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Controleer mijn antwoord").click()
    marks = page.locator(".merk").all_inner_texts()
    assert any("Gekozen antwoord" in one for one in marks)
    assert not re.search(r"\b(u|uw)\b", page.locator("#scherm").inner_text(), re.IGNORECASE)
    while page.locator(".score").count() == 0:
        page.get_by_role("button", name="Volgende vraag").or_(
            page.get_by_role("button", name="Sla over")
        ).or_(page.get_by_role("button", name="Bekijk mijn resultaat")).first.click()
    assert not re.search(r"\b(u|uw)\b", page.locator("#scherm").inner_text(), re.IGNORECASE)
    page.context.close()


def test_for_another_choice_the_focus_goes_along(browser: Browser, site: Path) -> None:
    page = at(browser, site, "#thema=gezondheid&greep=1")
    page.get_by_role("button", name="Kies iets anders").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Wat wilt u oefenen?").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Wat wilt u oefenen?"
    page.goto("about:blank")
    page.goto(f"{site.as_uri()}/oefenen/index.html")
    assert page.evaluate("document.activeElement.tagName") == "BODY"  # who comes in begins at the top
    page.context.close()


def test_results_have_the_names_of_the_list_to_choose_from(browser: Browser, site: Path) -> None:
    page = at(browser, site)
    names = page.get_by_label("Onderdeel (eindterm)").locator("optgroup option").all_text_contents()
    page.evaluate("location.hash = 'thema=gezondheid&greep=1'")
    page.get_by_role("button", name="Begin met oefenen").click()
    while page.locator(".score").count() == 0:
        page.get_by_role("button", name="Sla over").click()
    rows = page.locator("table tbody tr:not(.thema) th").evaluate_all(
        "rows => rows.map((row) => row.querySelector('small').textContent.replace('eindterm ', '') + ' ' + row.firstChild.textContent)"
    )
    assert rows and set(rows) <= set(names)
    page.context.close()


def test_a_learner_is_sent_to_pages_of_learners_only(site: Path) -> None:
    text = (site / "data/oefenen.js").read_text(encoding="utf-8")
    data = json.loads(text.removeprefix("window.KNM_OEFENEN=").removesuffix(";\n"))
    addresses = [les["adres"] for lessen in data["lessen"].values() for les in lessen]
    assert addresses and all(one.endswith("/cursist.html") and (site / one).is_file() for one in addresses)
