"""A page in Chromium, and what goes wrong on it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT

AXE = ROOT / "node_modules/axe-core/axe.min.js"


def screens(wide: int, narrow: int, *more: int) -> pytest.MarkDecorator:
    """Return the parameters `width`, `scheme` and `turn`.

    Wide in light and narrow in dark, each looking at every other page (`turn` tells which: see `is_on`), and with
    `make audit` every pair at every page.
    """
    pairs: Sequence[tuple[int, str]] = [(width, scheme) for width in (wide, narrow, *more) for scheme in ("light", "dark")]
    return pytest.mark.parametrize(
        ("width", "scheme", "turn"),
        [
            (wide, "light", 0),
            (narrow, "dark", 1),
            *(pytest.param(*one, None, marks=pytest.mark.audit) for one in pairs),
        ],
    )


def is_on(turn: int | None, number: int) -> bool:
    """Tell whether the page with this number is looked at on this screen: all of them when there are no turns."""
    return turn is None or number % 2 == turn


def opened(browser: Browser, width: int, scheme: str) -> tuple[Page, list[str], list[str]]:
    """Return a page, and lists that fill with what goes wrong and with what is asked for."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    # aborted: the test went on to the next page before this one had all it asked for
    page.on(
        "requestfailed",
        lambda request: wrong.append(request.url) if request.failure != "net::ERR_ABORTED" else None,
    )
    page.on("request", lambda request: asked.append(request.url))
    return page, wrong, asked


def axe(page: Page, address: str) -> list[str]:
    """Open a page and return what axe-core finds on it against WCAG 2.2, A and AA, and on names of landmarks."""
    page.goto(address)
    return judged(page, address)


def judged(page: Page, name: str) -> list[str]:
    """Return what axe-core finds on the page as it is now.

    It comes in from outside, which the policy of a page may forbid to the page itself.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']},"
        " resultTypes: ['violations'], rules: {'landmark-unique': {enabled: true}, 'empty-table-header': {enabled: true}}})"
    )
    return [
        f"{name}: {violation['id']}: {node['target']} {node['failureSummary'][:200]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def press(page: Page, *names: str) -> None:
    """Go by the Tab key to a button with one of these names, and press it."""
    page.get_by_role("button").first.wait_for()
    for _ in range(30):
        if page.evaluate("document.activeElement.textContent") in names:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no button {names} by keyboard")
