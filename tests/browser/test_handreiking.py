"""Materials, places and help as somebody uses them: filters, the map, and a quick way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import opened

pytestmark = pytest.mark.browser


def at(browser: Browser, root: str, address: str, width: int = 1280) -> Page:
    page, _, _ = opened(browser, width, "light")
    page.goto(f"{root}/{address}")
    return page


@pytest.mark.parametrize("how", ["click", "Escape", "without script"])
@pytest.mark.parametrize("way", ["file", "http"])
def test_the_quick_exit_leaves_no_way_back(
    browser: Browser, site: Path, served: str, way: str, how: str
) -> None:
    root = site.as_uri() if way == "file" else served
    if how == "without script":
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{root}/veiligheid/index.html")
        page.get_by_role("link", name="Snel weg van deze pagina").click()
        assert page.url == f"{root}/index.html"
        context.close()
        return
    page = at(browser, root, "lessen/index.html")
    page.goto(f"{root}/veiligheid/index.html")
    if how == "click":
        page.get_by_role("link", name="Snel weg van deze pagina").click()
    else:
        page.keyboard.press("Escape")
    page.wait_for_url(f"{root}/index.html")
    page.go_back()
    assert page.url == f"{root}/lessen/index.html"
    page.context.close()


def test_the_page_with_help_has_a_neutral_name(browser: Browser, site: Path) -> None:
    page = at(browser, site.as_uri(), "veiligheid/index.html", 360)
    assert page.title().startswith("Hulp en informatie")
    assert page.locator("dl.knm-wegwijzer a[href^='tel:']").first.get_attribute("href") == "tel:112"
    box = page.get_by_role("link", name="Snel weg van deze pagina").bounding_box()
    assert box and box["y"] + box["height"] < 800
    page.mouse.wheel(0, 600)
    page.wait_for_timeout(200)
    assert page.get_by_role("link", name="Snel weg van deze pagina").is_visible()
    page.context.close()


def test_materials_are_filtered_and_the_choice_stands_in_the_address(browser: Browser, site: Path) -> None:
    page = at(browser, site.as_uri(), "materialen/index.html")
    rows = page.locator("#knm-materialen > li:visible")
    assert rows.count() == 2
    page.get_by_label("Taalniveau (onze schatting)").select_option("A2")
    assert rows.count() == 1
    assert "In het dorp" in rows.first.inner_text()
    assert page.locator("#knm-materiaal-telling").inner_text() == "1 materiaal"
    address = page.url
    assert address.endswith("#taalniveau=A2")
    page.goto("about:blank")
    page.goto(address)
    assert rows.count() == 1
    page.get_by_role("button", name="Wis filters").click()
    page.wait_for_function("document.getElementById('knm-materiaal-telling').textContent === '2 materialen'")
    assert rows.count() == 2
    page.context.close()


def test_a_link_to_one_material_shows_that_row(browser: Browser, site: Path) -> None:
    page = at(browser, site.as_uri(), "materialen/index.html#les-van-een-gebruiker")
    assert page.locator("#les-van-een-gebruiker").is_visible()
    assert "Niet aangeraden." in page.locator("#les-van-een-gebruiker").inner_text()
    page.context.close()


def test_the_map_leads_to_the_page_of_a_place(browser: Browser, site: Path) -> None:
    page = at(browser, site.as_uri(), "bezoeken/index.html", 360)
    page.locator("svg.knm-kaart a").first.click()
    page.wait_for_url("**/bezoeken/dorpsmuseum.html")
    assert page.locator("h1").inner_text() == "Dorpsmuseum"
    assert "onbekend, vraag het eerst" in page.locator("main").inner_text()
    page.context.close()


def test_materials_and_places_are_found_without_a_basket(browser: Browser, site: Path) -> None:
    page = at(browser, site.as_uri(), "zoeken/index.html#soort=lesmateriaal&soort=locatie")
    titles = page.locator("#knm-gevonden > li > a").all_inner_texts()
    assert titles == ["In het dorp", "Dorpsmuseum"]
    assert page.locator("#knm-gevonden input").count() == 0
    assert page.locator("#knm-telling").inner_text() == "1 materiaal en 1 plek gevonden."
    page.locator("#knm-gevonden > li > a").first.click()
    page.wait_for_url("**/materialen/leesboek-in-het-dorp.html")
    page.context.close()
