"""What comes out of the printer when the screen is dark, and when nobody pressed our button."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import opened

pytestmark = pytest.mark.browser

LES = "lessen/gezondheid/praten-met-de-huisarts"
# Every piece of text with its own colour and the nearest background: on paper, where a browser leaves backgrounds out
# unless somebody asks for them, it must be readable on that and on white.
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (text) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * x + .7152 * y + .0722 * z; };
  const ratio = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + .05) / (b + .05); };
  const wrong = []; let looked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const one = node.parentElement;
    if (!node.data.trim() || one.closest('script, style, noscript, svg') || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const colour = rgba(getComputedStyle(one).color);
    if (colour[3] === 0) continue; // a gap to write in
    let under = [255, 255, 255, 1];
    for (let up = one; up; up = up.parentElement) { const found = rgba(getComputedStyle(up).backgroundColor); if (found[3] > .5) { under = found; break; } }
    looked += 1;
    const worst = Math.min(ratio(colour, under), ratio(colour, [255, 255, 255]));
    if (worst < 4.5) wrong.push(node.data.trim().slice(0, 40) + ': ' + worst.toFixed(1));
  }
  return { looked, wrong };
}"""


def printed(page: Page) -> list[str]:
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_timeout(400)  # a link changes its colour slowly
    found = page.evaluate(CONTRAST)
    assert found["looked"] > 3, page.url
    # the margins of a page take the colour of the root: a dark one prints a black edge
    root = page.evaluate(
        "(({colorScheme, backgroundColor}) => [colorScheme, backgroundColor])(getComputedStyle(document.documentElement))"
    )
    assert "light" in root[0] and "dark" not in root[0] and root[1] == "rgb(255, 255, 255)", (page.url, root)
    page.emulate_media(media="screen", color_scheme="dark")
    return [f"{page.url}: {one}" for one in found["wrong"]]


def fill_the_basket(page: Page, site: Path, lesson: bool = False) -> None:
    page.goto(f"{site.as_uri()}/zoeken/index.html#soort=vraag")
    page.get_by_label("In mijn mandje").first.check()
    if lesson:
        page.goto(f"{site.as_uri()}/{LES}/index.html")
        page.get_by_label("In mijn mandje").check()
    page.goto(f"{site.as_uri()}/mandje.html")


@pytest.mark.parametrize(
    "name",
    [
        f"{LES}/index.html",
        f"{LES}/cursist.html",
        f"{LES}/print.html",
        "bezoeken/index.html",
        "bezoeken/dorpsmuseum.html",
        "bezoeken/brief.html",
        "materialen/matrix.html",
        "veiligheid/index.html",
        "over/woordkaarten-gezondheid-kaartjes.html",
        "vragen/wonen/wonen-001.html",
        "oefenen/index.html",
    ],
)
def test_paper_is_white_when_the_screen_is_dark(browser: Browser, site: Path, name: str) -> None:
    page, _, _ = opened(browser, 1280, "dark")
    page.goto(f"{site.as_uri()}/{name}")
    assert printed(page) == []
    page.context.close()


def test_the_measure_sees_dark_colours(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 1280, "dark")
    page.goto(f"{site.as_uri()}/{LES}/index.html")
    assert len(page.evaluate(CONTRAST)["wrong"]) > 20  # on the screen it is dark, and would be lost on white
    page.context.close()


def test_basket_and_results_are_readable_on_paper(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 1280, "dark")
    fill_the_basket(page, site)
    page.locator("#knm-werkblad .knm-vraag").first.wait_for(state="attached")
    assert printed(page) == []
    page.goto(f"{site.as_uri()}/oefenen/index.html#thema=gezondheid&greep=1")
    page.get_by_role("button", name="Begin met oefenen").click()
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Controleer mijn antwoord").click()
    assert printed(page) == []
    while page.locator(".score").count() == 0:
        page.get_by_role("button", name="Volgende vraag").or_(
            page.get_by_role("button", name="Sla over")
        ).or_(page.get_by_role("button", name="Bekijk mijn resultaat")).first.click()
    assert printed(page) == []
    page.context.close()


def test_the_basket_prints_without_our_button(browser: Browser, site: Path) -> None:
    """By Ctrl + P: the browser tells us only that it begins."""
    page, wrong, _ = opened(browser, 1280, "light")
    fill_the_basket(page, site, lesson=True)
    page.locator("#knm-werkblad .knm-vraag").first.wait_for(state="attached")
    page.evaluate("document.getElementById('knm-werkblad').replaceChildren()")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    sheet = page.locator("#knm-werkblad")
    assert sheet.is_visible()
    text = sheet.inner_text()
    assert "Praten met de huisarts" in text and "Werkblad" in text and "alleen voor de docent" in text
    page.emulate_media(media="screen")
    page.evaluate(
        "window.print = () => { window.dispatchEvent(new Event('beforeprint')); window.printed = true; }"
    )
    page.get_by_role("button", name="Print alleen het werkblad").click()
    page.wait_for_function("window.printed")
    assert "alleen voor de docent" not in page.locator("#knm-werkblad").text_content()  # type: ignore[operator]
    assert wrong == []
    page.context.close()


def test_where_nothing_is_kept_the_tick_says_so(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 360, "light")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    page.goto(f"{site.as_uri()}/{LES}/index.html")
    told = page.locator(".knm-mandje-melding")
    assert told.inner_text() == ""
    page.get_by_label("In mijn mandje").check()
    assert "bewaart het mandje niet" in told.inner_text()
    assert page.get_by_role("link", name="Bekijk mijn mandje").count() == 0
    page.get_by_label("In mijn mandje").uncheck()
    assert told.inner_text() == ""
    page.goto(f"{site.as_uri()}/mandje.html")
    assert "bewaart het mandje niet" in page.locator("#knm-mandje").inner_text()
    page.context.close()
