"""The basket of a teacher: sharing it with a colleague, and what stands on its paper."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import judged, opened

pytestmark = pytest.mark.browser

LES = "praten-met-de-huisarts"
EIGEN = "Een mandje van iemand anders"


def at(browser: Browser, site: Path, address: str, width: int = 360, scheme: str = "light") -> Page:
    page, _, _ = opened(browser, width, scheme)
    page.goto(f"{site.as_uri()}/{address}")
    return page


def held(page: Page) -> list[str]:
    ids: list[str] = page.evaluate("window.KNM_MANDJE.alles().map((een) => een.id)")
    return ids


def focused(page: Page) -> str:
    told: str = page.evaluate("document.activeElement.textContent")
    return told


def test_a_basket_goes_to_a_colleague_by_its_address(browser: Browser, site: Path) -> None:
    page = at(browser, site, f"mandje.html#items=wonen-001,{LES}")
    page.get_by_role("heading", name=EIGEN).wait_for()
    assert focused(page) == EIGEN
    assert "In dit adres: 1 vraag en 1 les." in page.locator("#knm-mandje").inner_text()
    assert held(page) == []  # nothing happens before she chooses
    page.get_by_role("button", name="Zet in mijn mandje").press("Enter")
    assert held(page) == ["wonen-001", LES] and "#" not in page.url
    assert focused(page) == "1 vraag en 1 les."
    assert page.locator("#knm-mandje > div > ol").nth(1).inner_text().startswith("Wie belt Amina?")
    shared = page.get_by_label("Adres van dit mandje").input_value()
    assert shared.endswith(f"/mandje.html#items=wonen-001,{LES}")
    page.get_by_role("link", name="Wie belt Amina?").click()
    assert page.get_by_label("In mijn mandje").is_checked()
    page.context.close()

    other = at(browser, site, "mandje.html#items=gezondheid-001")
    other.get_by_role("button", name="Zet in mijn mandje").click()
    # in the same window: only the hash changes
    other.evaluate("address => { location.href = address; }", shared)
    other.get_by_text("In je eigen mandje zit al iets: 1 vraag.").wait_for()
    other.evaluate("location.hash = 'mijn-mandje'")  # another place on the page: the question stays
    other.wait_for_timeout(50)
    other.get_by_role("button", name="Doe niets").click()
    assert held(other) == ["gezondheid-001"]
    other.evaluate("address => { location.href = address; }", shared)
    other.get_by_role("button", name="Voeg toe aan mijn mandje").click()
    assert held(other) == ["gezondheid-001", "wonen-001", LES]
    other.evaluate("address => { location.href = address; }", shared)
    other.get_by_role("button", name="Vervang mijn mandje").click()
    assert held(other) == ["wonen-001", LES]
    other.evaluate("address => { location.href = address; }", shared)
    other.get_by_text("Dit zit al in je mandje.").wait_for()
    other.context.close()


def test_what_is_wrong_in_an_address_is_told_and_never_becomes_html(browser: Browser, site: Path) -> None:
    page, wrong, asked = opened(browser, 360, "dark")
    bad = "wonen-001,wonen-999,%3Cimg%20src%3Dx%20onerror%3D%22window.fout%3D1%22%3E,../index,wonen-001"
    page.goto(f"{site.as_uri()}/mandje.html#items={bad}")
    page.get_by_text("In dit adres: 1 vraag.").wait_for()
    told = page.locator("#knm-mandje").inner_text()
    assert "Niet gevonden op deze site, en daarom weggelaten: wonen-999." in told
    assert "Een stuk van het adres is niet te lezen." in told and "img" not in told
    assert page.locator("#knm-mandje img").count() == 0 and page.evaluate("window.fout") is None
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    assert wrong == [] and all(one.startswith("file:") for one in asked)
    # axe asks for the style sheets itself, which a folder refuses
    assert judged(page, "mandje met adres") == []
    page.get_by_role("button", name="Zet in mijn mandje").click()
    assert held(page) == ["wonen-001"]
    for nothing in ("", "geheim-1", ",,,", "%00"):
        page.evaluate("hash => { location.hash = 'items=' + hash; }", nothing)
        page.get_by_role("button", name="Naar mijn mandje").click()
        assert held(page) == ["wonen-001"]
    page.context.close()


def test_an_address_can_be_copied_and_mailed(browser: Browser, served: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{served}/mandje.html#items=wonen-001")
    page.get_by_role("button", name="Zet in mijn mandje").click()
    page.get_by_role("button", name="Kopieer het adres").click()
    page.get_by_text("Het adres is gekopieerd.").wait_for()
    address = f"{served}/mandje.html#items=wonen-001"
    assert page.evaluate("navigator.clipboard.readText()") == address
    mail = page.get_by_role("link", name="Mail het adres").get_attribute("href")
    assert mail is not None and mail.startswith("mailto:?") and address in unquote(mail)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Kopieer het adres").click()
    page.get_by_text("kopieer het met Ctrl + C").wait_for()
    assert page.evaluate("getSelection().toString()") == address
    context.close()


def test_the_list_tells_questions_apart(browser: Browser, site: Path) -> None:
    page = at(browser, site, "mandje.html#items=wonen-001")
    page.get_by_role("button", name="Zet in mijn mandje").click()
    page.get_by_text("Amina huurt een huis").first.wait_for()
    page.goto(f"{site.as_uri()}/vragen/wonen/index.html")
    row = page.get_by_role("row", name="Wie belt Amina?")
    assert "Amina huurt een huis. De verwarming is al twee dagen kapot." in row.inner_text()
    page.context.close()


def test_paper_says_who_made_it_and_that_nobody_looked_yet(browser: Browser, site: Path) -> None:
    page = at(browser, site, f"mandje.html#items=wonen-002,{LES}", 1280)
    page.get_by_role("button", name="Zet in mijn mandje").click()
    page.evaluate("window.print = () => { window.printed = true; }")

    def on_paper(button: str) -> str:
        page.evaluate("window.printed = false")
        page.get_by_role("button", name=button).click()
        page.wait_for_function("window.printed")
        page.emulate_media(media="print")
        text: str = page.locator("main").inner_text()
        page.emulate_media(media="screen")
        return text

    sheet = on_paper("Print alleen het werkblad")
    assert "Mijn mandje" not in sheet and sheet.strip().startswith("Werkblad")
    foot = (
        "Tekst: redactie knm, CC BY 4.0. Tekeningen: redactie, CC BY 4.0. "
        "Oefenmateriaal. Deze vraag is nog niet door een mens beoordeeld."
    )
    assert sheet.count(foot) == 1 and "Praten met de huisarts" not in sheet
    page.get_by_label("Titel boven het werkblad").fill("  Les 3: <b>afval</b> ")
    both = on_paper("Print werkblad en antwoorden")
    assert both.strip().startswith("Les 3: <b>afval</b>") and both.count(foot) == 2
    assert "Les 3: <b>afval</b>. Antwoorden: alleen voor de docent" in both
    assert both.index("alleen voor de docent") < both.index("Praten met de huisarts")
    name = page.title()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.title() == "Les 3: <b>afval</b>"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.title() == name and "Mijn mandje" in name
    page.reload()  # the title stays, until the basket is emptied
    assert page.get_by_label("Titel boven het werkblad").input_value() == "Les 3: <b>afval</b>"
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Maak mijn mandje leeg").click()
    assert page.evaluate("Object.keys(localStorage).includes('knm.mandje-titel')") is False
    page.context.close()
