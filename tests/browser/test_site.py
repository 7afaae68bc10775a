"""The built site in headless Chromium: from a folder and over http, phone and desk, light and dark."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from builder.loading.load import load
from builder.project import Project
from builder.website.plugin import build_site
from tests.conftest import ROOT, copy_of_the_voorbeeldbank

pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = ROOT / "node_modules/axe-core/axe.min.js"
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
    "auteurs/regels.html",
    "auteurs/taalniveau.html",
    "auteurs/controles.html",
    "auteurs/nakijken.html",
    "auteurs/dekking.html",
    "auteurs/evenwicht.html",
    "over/programmas.html",
    "auteurs/velden.html",
    "over/verantwoording.html",
    "over/bronnen.html",
    "over/begrippen.html",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: KNM_APT=1 make test installs it")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project: Project = copy_of_the_voorbeeldbank(tmp_path_factory.mktemp("site") / "bank")
    shutil.copytree(ROOT / "site", project.root / "site")
    shutil.copy(ROOT / "mkdocs.yml", project.root / "mkdocs.yml")
    bank, found = load(project)
    assert not found
    build_site(project, bank, date(2026, 11, 25), project.root / "build/site")
    return project.root / "build/site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


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


@pytest.mark.parametrize(("way", "width", "scheme"), [("file", 320, "dark"), ("http", 1280, "light")])
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


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]
)
def test_axe_finds_nothing(browser: Browser, site: Path, width: int, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test installs it")
    page, _, _ = opened(browser, width, scheme)
    found: list[str] = []
    for name in KINDS:
        page.goto(f"{site.as_uri()}/{name}")
        page.add_script_tag(path=str(AXE))
        result = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        )
        found += [
            f"{name}: {violation['id']}: {node['target']} {node['failureSummary'][:200]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]
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
