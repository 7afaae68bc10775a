"""The site of our own bank: no page too big, good HTML, and what a teacher sees and does first.

The small voorbeeldbank proves that each kind of page works; here is what only the real content can break.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import AXE, is_on, judged, opened, press, screens
from tests.conftest import ROOT
from tests.test_website import missing_links

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST = 60_000  # bytes of HTML, without pictures
# html-validate, with Node of the test lock. Left out: its opinions (how a doctype is written, how long a title may be),
# and forms with a button made by a script; axe looks at landmarks.
VALIDATE = ("html-validate", "--config", str(ROOT / "tests/browser/html-validate.json"))


def lesson_pages(site: Path) -> list[Path]:
    return sorted(site.glob("lessen/*/*/index.html"))


def test_no_page_is_too_big(real_site: Path) -> None:
    sizes = {
        file.relative_to(real_site).as_posix(): file.stat().st_size for file in real_site.rglob("*.html")
    }
    assert len(sizes) > 800
    assert {name: size for name, size in sizes.items() if size > MOST} == {}


def test_every_link_leads_somewhere(real_site: Path) -> None:
    # a server shows this page at any address, so its links begin at the root of the site
    assert [link for link in missing_links(real_site) if not link.startswith("404.html")] == []


def kinds(site: Path) -> list[Path]:
    """One page of each template, and every page that a person wrote."""
    seen: dict[str, Path] = {}
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        kind = re.sub(
            r"[a-z]+-\d{3}\.html$", "item", re.sub(r"^lessen/.*/(index|cursist)", r"lessen/\1", name)
        )
        kind = re.sub(
            r"^(eindtermen/[\d-]+|materialen/(?!index|matrix).*|lastige-momenten/(?!index).*)$", "x", kind
        )
        seen.setdefault(f"{kind}/{name.partition('/')[0]}" if kind == "x" else kind, file)
    return list(seen.values())


def test_every_kind_of_page_is_valid_html(real_site: Path) -> None:
    """By html-validate: what may stand in what, attributes and their values, ids, labels."""
    if shutil.which("html-validate") is None:
        pytest.skip("html-validate is not installed: make test installs it")
    files = kinds(real_site)
    assert len(files) > 60
    result = subprocess.run(
        [*VALIDATE, "--formatter", "json", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [
        f"{Path(page['filePath']).relative_to(real_site)}:{one['line']}: {one['ruleId']}: {one['message']}"
        for page in json.loads(result.stdout)
        for one in page["messages"]
    ]
    assert found == []
    assert result.returncode == 0, result.stderr


def test_the_validator_sees_a_fault(tmp_path: Path) -> None:
    if shutil.which("html-validate") is None:
        pytest.skip("html-validate is not installed: make test installs it")
    page = tmp_path / "x.html"
    page.write_text("<!doctype html><html lang=nl><title>x</title><p><div>x</div></p>", encoding="utf-8")
    assert subprocess.run([*VALIDATE, str(page)], capture_output=True, check=False).returncode == 1


def test_what_a_teacher_chooses_by_is_on_the_first_screen_of_a_phone(
    browser: Browser, real_site: Path
) -> None:
    page, _, _ = opened(browser, 360, "light")
    page.set_viewport_size({"width": 360, "height": 640})
    files = lesson_pages(real_site)
    assert len(files) >= 28
    below, whole = [], 0
    for file in files:
        page.goto(file.as_uri())
        for name in ("Tijd", "Taalniveau", "Bijgewerkt op", "Doel", "Materiaal"):
            row = page.locator(".knm-kort--les > div", has=page.locator("dt", has_text=name)).first
            box = row.bounding_box()
            assert box, (file, name)
            if box["y"] + box["height"] > 640:
                below.append(f"{file.parent.name}: {name} ends at {box['y'] + box['height']:.0f}")
        block = page.locator(".knm-vlak").first.bounding_box()
        assert block
        whole += block["y"] + block["height"] <= 640
        warning = page.locator(".knm-gevoelig")
        if warning.count():
            box = warning.first.bounding_box()
            assert box and box["y"] + box["height"] < 640
    page.context.close()
    assert below == []
    assert whole >= len(files) - 2  # all of the block, but for the lessons with most material


@screens(1280, 320)
def test_axe_finds_nothing_on_what_only_our_own_bank_has(
    browser: Browser, real_site: Path, width: int, scheme: str, turn: int | None
) -> None:
    """The pages that lean on our own lessons, and the largest lesson and eindterm; `test_site.py` has each kind."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test installs it")
    largest = max(lesson_pages(real_site), key=lambda file: file.stat().st_size)
    files = [*sorted(real_site.glob("holocaust/*.html")), largest, largest.with_name("cursist.html")]
    files += [
        real_site / name for name in ("index.html", "eindtermen/5-1-2.html", "vragen/geschiedenis/index.html")
    ]
    assert len(files) >= 15
    page, _, _ = opened(browser, width, scheme)
    found = []
    for number, file in enumerate(files):
        page.goto(file.as_uri())
        found += judged(page, file.name) if is_on(turn, number) else []
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{file} is wider than the screen")
    page.context.close()
    assert not found, "\n".join(found)


def test_from_home_to_a_lesson_on_the_holocaust_of_45_minutes_at_a2(
    browser: Browser, real_site: Path
) -> None:
    """With the filters, as somebody does who does not know what there is: three clicks from home."""
    page, wrong, asked = opened(browser, 360, "light")
    page.goto((real_site / "index.html").as_uri())
    page.get_by_role("link", name="Een les geven").click()  # 1
    page.get_by_role("link", name="A2", exact=True).click()  # 2
    rows = page.locator("#knm-gevonden > li").filter(has_text="45 minuten").filter(has_text="Holocaust")
    rows.first.get_by_role("link").first.click()  # 3
    assert page.locator(".knm-kort--les").inner_text().count("45 minuten") == 1
    assert "A2" in page.locator(".knm-kort--les").inner_text()
    assert page.url.startswith((real_site / "lessen").as_uri())
    # and from the list on the home page with one
    page.goto((real_site / "index.html").as_uri())
    row = page.locator("h2#holocaust ~ ul > li").filter(has_text="45 minuten").filter(has_text="A2").first
    row.get_by_role("link").click()
    assert "Gevoelig onderwerp." in page.locator(".knm-gevoelig").inner_text()
    assert wrong == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.context.close()


def test_all_of_a_lesson_comes_along_with_one_click(browser: Browser, real_site: Path) -> None:
    page, _, _ = opened(browser, 360, "light")
    for file in lesson_pages(real_site)[:3]:
        page.goto(file.as_uri())
        button = page.get_by_role("link", name="Alles downloaden")
        with page.expect_download() as waiting:
            button.click()
        path = waiting.value.path()
        size = re.search(r"\(zip, ([\d,]+) (kB|MB)\)", button.inner_text())
        assert size
        said = float(size[1].replace(",", ".")) * (1e6 if size[2] == "MB" else 1e3)
        assert abs(path.stat().st_size - said) < 0.06 * said
        les = file.parent.name
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            assert archive.testzip() is None
            inside = {name.removeprefix(f"{les}/") for name in archive.namelist()}
            told = archive.read(f"{les}/LEESMIJ.txt").decode("utf-8-sig")
        listed = {
            link.rpartition("/")[2]
            for link in page.locator(".knm-downloads a").evaluate_all("all => all.map(one => one.href)")
        }
        assert listed == {name.rpartition("/")[2] for name in inside} - {"LEESMIJ.txt", "manifest.json"}
        assert all(name.rpartition("/")[2] in told for name in inside - {"LEESMIJ.txt", "manifest.json"})
        kinds = {name.rpartition(".")[2] for name in inside}
        assert kinds >= {"docx", "pdf", "pptx", "xml", "txt", "zip"}
    page.context.close()


def test_ten_questions_by_keyboard_only(browser: Browser, real_site: Path) -> None:
    page, wrong, _ = opened(browser, 360, "dark")
    page.goto((real_site / "oefenen/index.html").as_uri() + "#thema=wonen&aantal=10&greep=3")

    press(page, "Begin met oefenen")
    for number in range(1, 11):
        assert f"Vraag {number} van 10" in page.locator("#scherm").inner_text()
        while page.evaluate("document.activeElement.type") != "radio":
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        press(page, "Controleer mijn antwoord")
        assert page.locator(".waarom").count() == 3
        press(page, "Volgende vraag", "Bekijk mijn resultaat")
    assert "van 10" in page.locator(".score").inner_text()
    assert wrong == []
    page.context.close()


def test_no_learner_page_holds_an_answer(real_site: Path) -> None:
    """What stands at `antwoord` of a worksheet, and each explanation of a control question: on no learner page."""
    from builder.loading.load import load
    from builder.project import Project
    from builder.templating import inert

    bank, _ = load(Project(ROOT))
    looked = 0
    for les in bank.lessen.values():
        text = (real_site / f"lessen/{les.thema}/{les.id}/cursist.html").read_text(encoding="utf-8")
        hidden = [optie.toelichting for name in les.controlevragen for optie in bank.items[name].opties]
        hidden += [
            line.strip("-* ")
            for blad in les.handouts
            for deel in blad.delen
            for line in deel.antwoord.splitlines()
            if len(line) > 40
        ]
        looked += len(hidden)
        assert [answer for answer in hidden if answer in text or str(inert(answer)) in text] == [], les.id
    assert looked > 500
