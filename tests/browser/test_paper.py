"""Paper of our own lessons: no sheet with a few lines only, and the pictures are there when somebody prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from builder.picture_letters import smallest_letters
from tests.browser.looking import opened

pytestmark = pytest.mark.browser

NEARLY_EMPTY = 0.25  # of the height of the page: ink that ends above this is too little for a sheet
FOOT = 0.92  # below this stands what every page has


def ends_of_ink(content: bytes | Path) -> Iterator[float]:
    """Yield per page where its ink ends, from the top, as a part of the height; the foot does not count."""
    for page in pypdfium2.PdfDocument(content):
        picture = page.render(scale=0.3, grayscale=True).to_pil()
        width, height = picture.size
        inked = picture.crop((0, 0, width, int(height * FOOT))).point(lambda light: 255 * (light < 200))
        box = inked.getbbox()
        yield box[3] / height if box else 0.0


def test_ink_is_measured(real_site: Path) -> None:
    file = next(iter(sorted(real_site.glob("veiligheid/kaartjes.pdf"))))
    assert all(end > 0.8 for end in ends_of_ink(file))  # eight cards fill a page


def test_only_the_last_sheet_of_a_paper_may_be_nearly_empty(real_site: Path) -> None:
    files = sorted(real_site.glob("lessen/*/*/downloads/*.pdf"))
    assert len(files) > 100
    found = {
        file.name: [round(end, 2) for end in ends]
        for file in files
        for ends in [list(ends_of_ink(file))]
        if any(end < NEARLY_EMPTY for end in ends[:-1])
    }
    assert found == {}


def test_a_teacher_sheet_is_short(real_site: Path) -> None:
    files = sorted(real_site.glob("lessen/*/*/downloads/*-docentblad.pdf"))
    assert len(files) >= 28
    lengths = {file.name: len(pypdfium2.PdfDocument(file)) for file in files}
    assert max(lengths.values()) <= 9, lengths


def test_a_printed_lesson_holds_its_pictures(browser: Browser, real_site: Path) -> None:
    # nobody scrolls before printing, and a drawing may have no size of its own
    page, _, _ = opened(browser, 1280, "light")
    page.goto((real_site / "lessen/wonen/een-huis-huren/print.html").as_uri())
    page.emulate_media(media="print")
    wide = page.locator(".knm-blad-print img").evaluate_all(
        "all => all.map(one => one.naturalWidth && one.getBoundingClientRect().width * 25.4 / 96)"
    )
    assert len(wide) == 7
    assert min(wide) > 70, wide  # mm
    ends = list(ends_of_ink(page.pdf(prefer_css_page_size=True)))
    assert min(ends) > NEARLY_EMPTY, ends
    page.context.close()


def lessons_in_print(browser: Browser, site: Path, *names: str) -> Iterator[tuple[str, Page]]:
    """Yield the page for paper of each of these lessons, as a browser prints it."""
    page, _, _ = opened(browser, 1280, "light")
    page.emulate_media(media="print")
    for name in names:
        (file,) = site.glob(f"lessen/*/{name}/print.html")
        page.goto(file.as_uri())
        yield name, page
    page.context.close()


def test_letters_in_printed_pictures_can_be_read(browser: Browser, real_site: Path) -> None:
    """In the pictures of questions 9 points at least, in those of tasks about 10."""
    looked = 0
    for name, page in lessons_in_print(
        browser,
        real_site,
        "je-loonstrook-en-je-rechten",
        "werk-zoeken-stap-voor-stap",
        "waar-vind-je-hulp",
    ):
        for wanted, where in ((8.9, ".knm-vraag img"), (9.5, ".knm-blad-print img")):
            shown = page.locator(where).evaluate_all(
                "all => all.map(one => [one.src, one.naturalWidth, one.naturalHeight, one.width, one.height])"
            )
            for address, width, height, wide, high in shown:
                size = smallest_letters(Path(unquote(urlsplit(address).path)).read_bytes())
                points = size * min(wide / width, high / height) * 72 / 96  # it is shown whole in its box
                looked += 1
                assert not size or points >= wanted, (name, address, points)
    assert looked > 20


def test_before_the_worksheets_only_the_last_page_has_room_left(browser: Browser, real_site: Path) -> None:
    for name, page in lessons_in_print(
        browser, real_site, "je-loonstrook-en-je-rechten", "omgaan-met-buren-en-afspraken"
    ):
        content = page.pdf(prefer_css_page_size=True)
        texts = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(content)]
        first = next(place for place, text in enumerate(texts) if "· werkblad" in text)
        ends = list(ends_of_ink(content))[:first]
        assert len(ends) > 2 and min(ends[:-1]) > 0.75, (name, ends)


def test_safe_beginnings_and_short_tables_stay_whole(browser: Browser, real_site: Path) -> None:
    for name, page in lessons_in_print(
        browser,
        real_site,
        "wet-en-geloof-de-wet-geldt-voor-iedereen",
        "holocaust-een-bezoek",
    ):
        wholes = [
            "".join(page.locator(f"#{block}, #{block} + *").all_inner_texts())
            for block in ("veilig-beginnen", "differentiatie")
        ]
        pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        sheets = [letters_of(sheet.get_textpage().get_text_range()) for sheet in pdf]
        for whole in wholes:
            ends = letters_of(whole)[:30], letters_of(whole)[-30:]
            assert any(all(end in sheet for end in ends) for sheet in sheets), (name, whole[:40])


def letters_of(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def test_the_overview_of_materials_lies_on_its_side(browser: Browser, real_site: Path) -> None:
    page, _, _ = opened(browser, 1280, "light")
    page.goto((real_site / "materialen/matrix.html").as_uri())
    for sheet in pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)):
        width, height = sheet.get_size()
        assert width > height
    page.context.close()
