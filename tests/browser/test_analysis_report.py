"""The report of an analysis in headless Chromium: phone and desk, light and dark, with charts that are read aloud."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builder.analysis.report_html import html
from tests.analysis.test_report import lettered
from tests.browser.looking import screens
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "proef.html"
    file.write_bytes(html(lettered()))
    return file


@screens(1200, 360)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, report: Path, width: int, scheme: str, turn: int | None
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test installs it")
    # the page allows no script of others, so the policy is set aside for axe
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
    )
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert said == []
    context.close()


def test_lines_have_enough_contrast_and_a_name(browser: Browser, report: Path) -> None:
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(report.as_uri())
        ratios = page.evaluate(
            """() => {
              const light = (c) => { const [r, g, b] = c.match(/\\d+(\\.\\d+)?/g).map(Number).map((v) => v / 255)
                .map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
              const ground = light(getComputedStyle(document.querySelector('.vraag')).backgroundColor);
              return [...document.querySelectorAll('.lijn')].map((line) => {
                const mine = light(getComputedStyle(line).stroke);
                return (Math.max(mine, ground) + .05) / (Math.min(mine, ground) + .05); });
            }"""
        )
        assert len(ratios) > 10 and min(ratios) >= 3
        names = page.evaluate(
            "[...document.querySelectorAll('svg')].map((s) => s.querySelector('title').textContent)"
        )
        assert all(names) and len(set(names)) == len(names)
        page.close()
