"""A page in Chromium, and what goes wrong on it."""

from __future__ import annotations

from playwright.sync_api import Browser, Page


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
