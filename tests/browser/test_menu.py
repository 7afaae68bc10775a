"""The menu on a small screen, by keyboard alone: as somebody has it at 360 px, or on a desk at 400 percent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import AXE, judged, opened

pytestmark = pytest.mark.browser

FOCUSED = """() => { const one = document.activeElement; const at = one.getBoundingClientRect();
  const seen = one === document.body || document.elementsFromPoint(
    Math.min(Math.max(at.x + at.width / 2, 1), innerWidth - 1), Math.min(Math.max(at.y + at.height / 2, 1), innerHeight - 1)
  ).some((other) => other === one || one.contains(other) || other.contains(one));
  return { body: one === document.body, name: (one.getAttribute('aria-label') || one.textContent).trim(), drawer: !!one.closest('.md-sidebar--primary'),
    left: at.left, right: at.right, top: at.top, bottom: at.bottom, width: innerWidth, height: innerHeight, seen }; }"""


def focused(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(FOCUSED)
    return found


def settled(page: Page) -> None:
    """Wait until nothing slides any more."""
    page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")


def walk(page: Page, most: int = 200) -> list[dict[str, Any]]:
    """Press Tab until the page is left, and return what had the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        now = focused(page)
        if now["body"]:
            return passed
        passed.append(now)
    raise AssertionError("Tab never left the page")


def outside(passed: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['name']}: x {one['left']:.0f} to {one['right']:.0f}, y {one['top']:.0f} to {one['bottom']:.0f}"
        for one in passed
        if one["left"] < 0
        or one["right"] > one["width"] + 1
        or one["bottom"] <= 0
        or one["top"] >= one["height"]
    ]


def to_the_menu(page: Page) -> None:
    for _ in range(5):
        page.keyboard.press("Tab")
        if focused(page)["name"] == "Menu":
            return
    raise AssertionError("no menu by keyboard")


PAGES = ("index.html", "zoeken/index.html", "lessen/index.html", "bezoeken/gids.html", "pvt/index.html")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_beside_the_screen_takes_the_focus(browser: Browser, site: Path, name: str) -> None:
    page, wrong, _ = opened(browser, 360, "light")
    page.goto(f"{site.as_uri()}/{name}")
    passed = walk(page)
    assert outside(passed) == []
    assert [one["name"] for one in passed if one["drawer"]] == []
    assert "Menu" in [one["name"] for one in passed]
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_menu_opens_and_closes_by_keyboard(browser: Browser, site: Path, name: str) -> None:
    page, _, _ = opened(browser, 360, "light")
    page.goto(f"{site.as_uri()}/{name}")
    button = page.get_by_role("button", name="Menu", exact=True)
    assert button.get_attribute("aria-expanded") == "false"
    to_the_menu(page)
    page.keyboard.press("Enter")
    settled(page)
    assert page.locator("#__drawer").is_checked()
    first = focused(page)
    assert first["name"] == "Sluit het menu"
    passed = [first, *walk(page)]
    assert len(passed) > 3 and all(one["drawer"] and one["seen"] for one in passed)
    assert outside(passed) == []
    page.keyboard.press("Escape")
    assert not page.locator("#__drawer").is_checked()
    assert focused(page)["name"] == "Menu"
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Space")
    settled(page)
    assert page.locator("#__drawer").is_checked()
    page.keyboard.press("Enter")  # on the button that closes it
    assert not page.locator("#__drawer").is_checked()
    page.context.close()


def test_a_part_of_the_menu_goes_open_and_back(browser: Browser, site: Path) -> None:
    page, wrong, _ = opened(browser, 360, "dark")
    page.goto(f"{site.as_uri()}/bezoeken/gids.html")
    to_the_menu(page)
    page.keyboard.press("Enter")
    settled(page)
    backs = []
    for _ in range(3):  # from "Op bezoek" to "Handreiking" to the whole menu
        page.keyboard.press("Tab")
        if not focused(page)["name"].startswith("Terug uit: "):
            break
        backs.append(focused(page)["name"])
        page.keyboard.press("Enter")
        settled(page)
        assert focused(page)["name"].startswith("Toon: ") and focused(page)["seen"]
        page.keyboard.press("Shift+Tab")
        while focused(page)["name"] != "Sluit het menu":
            page.keyboard.press("Shift+Tab")
    assert backs == ["Terug uit: Op bezoek", "Terug uit: Handreiking"]
    names = [one["name"] for one in walk(page)]
    assert "Zoeken" in names and "Toon: Handreiking" in names
    assert wrong == []
    page.context.close()


def test_the_open_menu_is_in_order(browser: Browser, site: Path) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test installs it")
    found = []
    for scheme in ("light", "dark"):
        page, _, _ = opened(browser, 320, scheme)
        page.goto(f"{site.as_uri()}/bezoeken/gids.html")
        page.get_by_role("button", name="Menu", exact=True).click()
        settled(page)
        found += judged(page, scheme)
        page.context.close()
    assert found == []


def test_on_a_wide_screen_the_menu_is_as_it_was(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 1280, "light")
    page.goto(f"{site.as_uri()}/bezoeken/gids.html")
    assert page.get_by_role("button", name="Menu", exact=True).count() == 0
    passed = walk(page)
    assert outside(passed) == []
    assert sum(one["drawer"] for one in passed) > 3
    page.context.close()


def test_without_javascript_nothing_hides_beside_the_screen(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/pvt/index.html")
    assert (
        page.locator(".md-sidebar--primary").evaluate("one => getComputedStyle(one).visibility") == "hidden"
    )
    page.locator(".md-header__button[for=__drawer]").click()
    assert (
        page.locator(".md-sidebar--primary").evaluate("one => getComputedStyle(one).visibility") == "visible"
    )
    context.close()


def test_a_learner_sees_nothing_of_the_menu_of_the_teacher(browser: Browser, site: Path) -> None:
    page, wrong, _ = opened(browser, 360, "light")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site.as_uri()}/lessen/gezondheid/praten-met-de-huisarts/cursist.html")
        links = page.locator("a:not(article a):not(.md-skip)")
        assert [one.strip() for one in links.all_inner_texts() if one.strip()] == ["Naar oefenen"]
        assert outside(walk(page)) == []
    page.get_by_role("link", name="Naar oefenen").click()
    page.wait_for_url("**/oefenen/index.html")
    assert page.locator("#scherm").is_visible()
    assert wrong == []
    page.context.close()
