"""The built site in headless Chromium: from a folder and over http, phone and desk, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import AXE, axe, is_on, opened, screens

pytestmark = pytest.mark.browser

LES = "lessen/gezondheid/praten-met-de-huisarts"
KINDS = (
    "index.html",
    "lessen/index.html",
    f"{LES}/index.html",
    f"{LES}/cursist.html",
    "eindtermen/index.html",
    "eindtermen/wonen.html",
    "eindtermen/3-1-2.html",
    "vragen/index.html",
    "vragen/wonen/index.html",
    "vragen/wonen/wonen-001.html",
    "vragen/gezondheid/gezondheid-001.html",
    "auteurs/vraag-maken.html",
    "auteurs/werkplaats.html",
    "auteurs/regels.html",
    "auteurs/taalniveau.html",
    "auteurs/controles.html",
    "auteurs/nakijken.html",
    "auteurs/dekking.html",
    "auteurs/evenwicht.html",
    "over/programmas.html",
    "vragen/antwoorden-bekijken.html",
    "auteurs/velden.html",
    "over/verantwoording.html",
    "over/bronnen.html",
    "over/begrippen.html",
    "over/begrippen-gezondheid.html",
    "over/bouwplan.html",
    "over/woordkaarten.html",
    "over/woordkaarten-gezondheid.html",
    "over/woordkaarten-gezondheid-kaartjes.html",
    "zoeken/index.html",
    "mandje.html",
    "materialen/index.html",
    "materialen/matrix.html",
    "materialen/leesboek-in-het-dorp.html",
    "bezoeken/index.html",
    "bezoeken/dorpsmuseum.html",
    "bezoeken/gids.html",
    "bezoeken/brief.html",
    "lastige-momenten/index.html",
    "lastige-momenten/niemand-zegt-iets.html",
    "veiligheid/index.html",
    "veiligheid/meldcode.html",
    "pvt/index.html",
    "routes/index.html",
    "oefenen/index.html",
    "oefenen/index.html#toets=kleine-toets-a",
)


@pytest.mark.parametrize(
    ("way", "width", "scheme"),
    [("file", 320, "dark"), pytest.param("http", 1280, "light", marks=pytest.mark.audit)],
)
def test_every_page_is_quiet_and_stays_at_home(
    browser: Browser, site: Path, served: str, way: str, width: int, scheme: str
) -> None:
    root = site.as_uri() if way == "file" else served
    page, wrong, asked = opened(browser, width, scheme)
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        page.goto(f"{root}/{name}")
        page.wait_for_load_state("load")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{name} is wider than the screen")
    assert not wrong
    assert not [url for url in asked if not url.startswith((root, "data:"))]
    page.context.close()


@screens(1280, 320)
def test_axe_finds_nothing(browser: Browser, site: Path, width: int, scheme: str, turn: int | None) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test installs it")
    page, _, _ = opened(browser, width, scheme)
    looked_at = [name for number, name in enumerate(KINDS) if is_on(turn, number)]
    found = [fault for name in looked_at for fault in axe(page, f"{site.as_uri()}/{name}")]
    page.context.close()
    assert not found, "\n".join(found)


def test_the_key_is_folded_until_asked_for(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 360, "light")
    page.goto(f"{site.as_uri()}/vragen/wonen/wonen-001.html")
    explanation = page.get_by_text("De verhuurder zorgt dat de verwarming weer werkt.")
    assert not explanation.is_visible()
    page.get_by_text("Toon het antwoord").focus()
    page.keyboard.press("Enter")
    assert explanation.is_visible()
    page.context.close()


def test_in_print_nothing_is_folded(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 1280, "light")
    page.goto(f"{site.as_uri()}/vragen/wonen/wonen-001.html")
    page.emulate_media(media="print")
    assert page.get_by_text("De verhuurder zorgt dat de verwarming weer werkt.").is_visible()
    page.context.close()


def test_from_home_to_a_lesson_in_two_clicks(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 360, "light")
    page.goto(f"{site.as_uri()}/index.html")
    page.get_by_text("Een les geven").click()
    page.get_by_role("link", name="Praten met de huisarts").first.click()
    assert page.locator("h1").inner_text() == "Praten met de huisarts"
    page.context.close()


def test_pictures_are_shown(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 1280, "light")
    for name in ("vragen/gezondheid/gezondheid-001.html", f"{LES}/cursist.html"):
        page.goto(f"{site.as_uri()}/{name}")
        pictures = page.locator("article img")
        assert pictures.count() > 0
        for place in range(pictures.count()):
            pictures.nth(place).scroll_into_view_if_needed()
            page.wait_for_function("node => node.complete", arg=pictures.nth(place).element_handle())
            assert pictures.nth(place).evaluate("node => node.naturalWidth") > 0, name
    page.context.close()
