"""Nothing that is typed is lost, and the page does not say it is kept when it is not: closing, failing, two at once."""

# ruff: noqa: F811
from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.responses import Response

from builder.workshop.editing import Editing
from tests.browser.test_workshop import begin, enter, introduce, picture, workshop  # noqa: F401
from tests.conftest import ITEM_PATH
from tests.workshop.conftest import Workshop

# the narrow screen is the harder one
WIDTHS = [360, pytest.param(1280, marks=pytest.mark.audit)]
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("width", WIDTHS)]

TYPED = "Wie maakt de kapotte deur"


def at_a_new_item(browser: Browser, workshop: Workshop, width: int) -> Page:
    page, _, _ = enter(browser, workshop, width)
    introduce(page, "auteur-7")
    begin(page)
    page.wait_for_load_state()  # a browser that loses its cookie now has all its scripts
    return page


def stam(page: Page) -> str:
    return page.get_by_label("De vraag zelf").input_value()


def again(browser: Browser, workshop: Workshop, width: int) -> Page:
    """Another day, another browser."""
    page, _, _ = enter(browser, workshop, width)
    page.goto(f"http://127.0.0.1:{workshop.port}/bewerk/items/wonen/wonen-005")
    return page


def test_what_is_typed_is_kept_without_leaving_the_field(
    browser: Browser, workshop: Workshop, width: int
) -> None:
    page = at_a_new_item(browser, workshop, width)
    expect(page.locator("#opslag")).to_have_text("Alles is bewaard.")
    page.get_by_label("De vraag zelf").press_sequentially(TYPED)
    assert page.locator("#opslag").text_content() == "Nog niet bewaard."  # from the first letter on
    assert page.locator("#opslag-balk").text_content() == "Nog niet bewaard"
    expect(page.locator("#opslag-balk")).to_have_text("Bewaard als concept")
    assert page.evaluate("document.activeElement.name") == "stam"  # nobody left the field
    page.context.close()
    assert stam(again(browser, workshop, width)) == TYPED


def leave(page: Page, workshop: Workshop) -> None:
    page.goto(f"http://127.0.0.1:{workshop.port}/review")


def close(page: Page, workshop: Workshop) -> None:
    page.close(run_before_unload=True)


def look_away(page: Page, workshop: Workshop) -> None:
    """Another program comes before the window, as on a telephone, and then all is killed."""
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden'});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    expect(page.locator("#opslag-balk")).to_have_text("Bewaard als concept", timeout=1000)


@pytest.mark.parametrize("go", [leave, close, look_away])
def test_the_last_letters_before_the_window_goes_are_kept(
    browser: Browser, workshop: Workshop, width: int, go: Callable[[Page, Workshop], None]
) -> None:
    page = at_a_new_item(browser, workshop, width)
    page.get_by_label("De vraag zelf").press_sequentially(TYPED)
    go(page, workshop)  # within the second and a half after which it is kept by itself
    for _ in range(50):
        if workshop.desk.open.drafts():
            break
        time.sleep(0.1)
    page.context.close()
    assert len(workshop.desk.open.drafts()) == 1
    assert stam(again(browser, workshop, width)) == TYPED


def test_a_window_that_is_not_known_any_more_says_so_until_it_is(
    browser: Browser, workshop: Workshop, width: int
) -> None:
    page = at_a_new_item(browser, workshop, width)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_label("De vraag zelf").fill(TYPED)
    alarm = page.locator("#niet-bewaard")
    expect(alarm).to_have_attribute("role", "alert")
    expect(alarm).to_contain_text("Dit is niet bewaard. De werkplaats kent dit venster niet meer.")
    expect(alarm).to_be_in_viewport()
    expect(page.locator("#voet-zin")).to_be_hidden()
    assert "Alles is bewaard." not in page.locator("body").inner_text()
    page.get_by_label("Situatie vóór de vraag").focus()
    page.wait_for_timeout(700)
    expect(alarm).to_be_visible()  # it stays
    assert page.locator("#opslag").text_content() == "Nog niet bewaard."
    page.context.add_cookies([{**cookie} for cookie in cookies])  # type: ignore[typeddict-item]
    expect(alarm).to_be_hidden(timeout=15_000)  # it tries again by itself
    expect(page.locator("#opslag-balk")).to_have_text("Bewaard als concept")
    page.context.close()
    assert stam(again(browser, workshop, width)) == TYPED


def test_reloading_right_after_typing_shows_what_was_typed(
    browser: Browser, workshop: Workshop, width: int
) -> None:
    page = at_a_new_item(browser, workshop, width)
    page.get_by_label("De vraag zelf").fill("Wie maakt")
    expect(page.locator("#opslag-balk")).to_have_text("Bewaard als concept")
    page.get_by_label("De vraag zelf").fill(TYPED)
    page.reload()
    expect(page.get_by_label("De vraag zelf")).to_have_value(TYPED)
    expect(page.get_by_role("status").first).to_contain_text("Dit had je getypt")
    assert len(workshop.desk.open.drafts()) == 1
    page.context.close()


def test_throwing_away_right_after_typing_keeps_what_was_typed(
    browser: Browser, workshop: Workshop, width: int
) -> None:
    page = at_a_new_item(browser, workshop, width)
    page.get_by_label("De vraag zelf").fill(TYPED)
    page.get_by_role("button", name="Gooi dit weg").click()
    page.get_by_role("button", name="Zet wonen-005 terug").first.click()
    expect(page.get_by_label("De vraag zelf")).to_have_value(TYPED)
    page.context.close()


def test_a_place_that_cannot_be_written_to_is_said(browser: Browser, workshop: Workshop, width: int) -> None:
    page = at_a_new_item(browser, workshop, width)
    place = workshop.root / ".knm/concepten"
    shutil.rmtree(place, ignore_errors=True)
    place.write_text("geen map", encoding="utf-8")
    page.get_by_label("De vraag zelf").fill(TYPED)
    alarm = page.locator("#niet-bewaard")
    expect(alarm).to_contain_text("Dit is niet bewaard. ")
    expect(alarm).to_contain_text("Op deze plaats staat een bestand waar een map hoort.")  # its own words
    assert page.locator("#opslag").text_content() == "Nog niet bewaard."
    page.context.close()


def test_a_workshop_that_does_not_answer_is_said(browser: Browser, workshop: Workshop, width: int) -> None:
    page = at_a_new_item(browser, workshop, width)
    page.route("**/bewerk/**", lambda route: route.abort())
    page.get_by_label("De vraag zelf").fill(TYPED)
    expect(page.locator("#niet-bewaard")).to_contain_text("De werkplaats antwoordt niet.")
    assert page.locator("#opslag").text_content() == "Nog niet bewaard."
    page.context.close()


def test_a_button_right_after_a_field_makes_one_draft(
    browser: Browser,
    workshop: Workshop,
    picture: Path,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    page = at_a_new_item(browser, workshop, width)

    fast = Editing._form

    def slowly(self: Editing, *given: Any, **more: Any) -> Response:
        time.sleep(1.2)  # a large bank: the draft is written, the new page is not there yet
        return fast(self, *given, **more)

    monkeypatch.setattr(Editing, "_form", slowly)
    page.locator("#f-afbeelding").set_input_files(picture)
    page.get_by_label("De vraag zelf").fill(TYPED)
    page.get_by_label("De vraag zelf").blur()
    page.get_by_role("button", name="Zet het plaatje erbij").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Het plaatje staat erbij")
    page.wait_for_timeout(1000)
    (draft,) = workshop.desk.open.drafts()
    assert draft.data["stam"] == TYPED and draft.data["afbeelding"]["bestand"] == "wonen-005.png"
    page.goto(f"http://127.0.0.1:{workshop.port}/bewerk/items/wonen/wonen-005")
    assert stam(page) == TYPED  # no choice between two equal texts
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(page.get_by_role("status").first).to_contain_text("Bewaard.")
    assert workshop.desk.open.drafts() == []
    page.context.close()


def test_typing_goes_on_in_a_page_that_came_back(browser: Browser, workshop: Workshop, width: int) -> None:
    """A form was sent and the page is still there: what is typed then is kept as that of another window."""
    page = at_a_new_item(browser, workshop, width)
    page.get_by_label("De vraag zelf").fill(TYPED)
    # the answer takes the page nowhere, as when somebody presses Escape
    page.route("**/bewerk/**", lambda route, request: (
        route.fulfill(status=204) if "hx-request" not in request.headers else route.continue_()
    ))  # fmt: skip
    page.get_by_role("button", name="Kijk na").or_(
        page.get_by_role("button", name="Bewaar", exact=True)
    ).last.click()
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.get_by_label("De vraag zelf").press_sequentially(" van het huis")
    expect(page.locator("#opslag-balk")).to_have_text("Bewaard als concept")
    kept = {draft.data["stam"] for draft in workshop.desk.open.drafts()}
    assert f"{TYPED} van het huis" in kept and kept <= {TYPED, f"{TYPED} van het huis"}  # a check may have come first
    page.context.close()


def test_who_one_is_can_be_changed_on_any_page(browser: Browser, workshop: Workshop, width: int) -> None:
    page, wrong, _ = enter(browser, workshop, width)
    page.get_by_role("link", name="Maak een vraag").click()
    expect(page.get_by_role("alert")).to_contain_text("Vertel eerst wie je bent.")  # the reason
    introduce(page, "auteur-7")
    expect(page.get_by_role("heading", name="Nieuwe vraag", exact=True)).to_be_visible()
    page.goto(f"http://127.0.0.1:{workshop.port}/bewerk/{ITEM_PATH[:-5]}")
    page.get_by_label("De vraag zelf").fill("Wat gebeurt er dan?")
    page.get_by_role("link", name="Ben jij dit niet?").click()
    expect(page.get_by_role("main")).to_contain_text("Nu werkt hier auteur-7.")
    introduce(page, "lezer-2")
    expect(page.get_by_role("heading", name="Vraag wonen-004")).to_be_visible()
    expect(page.get_by_role("banner")).to_contain_text("Jij bent lezer-2.")
    assert stam(page) == "Wat gebeurt er dan?"  # and what was typed went along
    assert not wrong
    page.context.close()


def test_a_conflict_is_told_in_words_that_fit(browser: Browser, workshop: Workshop, width: int) -> None:
    page = at_a_new_item(browser, workshop, width)
    address = f"http://127.0.0.1:{workshop.port}/bewerk/{ITEM_PATH[:-5]}"
    page.goto(address)
    other = page.context.new_page()
    other.goto(f"{address}?nieuw=ja")
    for one, text in ((other, "Je krijgt een boete."), (page, "Je krijgt een brief van je verhuurder.")):
        box = one.get_by_role("group", name="Antwoord 1", exact=True)
        box.get_by_label("Tekst van het antwoord").fill(text)
        one.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(page.get_by_role("heading", name="Je hebt dit zelf net veranderd")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("jij, in een ander venster")
    row = page.get_by_role("row", name="Tekst van het antwoord (antwoord 1)")
    expect(row).to_contain_text("Je krijgt een boete.")
    assert page.get_by_role("table").get_by_role("row").count() == 2  # the heading, and what differs
    assert "[{" not in page.content() and "&#39;" not in page.content()
    for cell in row.get_by_role("cell").all():
        found = cell.bounding_box()
        assert found is not None and found["x"] >= 0 and found["x"] + found["width"] <= width
    page.context.close()


def test_a_picture_that_is_too_large_is_not_sent(
    browser: Browser, workshop: Workshop, tmp_path: Path, width: int
) -> None:
    large = tmp_path / "groot.jpg"
    large.write_bytes(b"\xff\xd8" + b"\0" * 7_300_000)
    page = at_a_new_item(browser, workshop, width)
    page.get_by_label("De vraag zelf").fill(TYPED)
    page.locator("#f-afbeelding").set_input_files(large)
    said = page.get_by_role("group", name="Plaatje bij de vraag").get_by_role("alert")
    expect(said).to_have_text("Dit plaatje is 7,3 MB. Ten hoogste 5 MB kan. Kies een kleiner plaatje.")
    assert page.locator("#f-afbeelding").input_value() == ""
    page.get_by_role("button", name="Zet het plaatje erbij").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Kies eerst een bestand.")
    assert stam(page) == TYPED
    page.context.close()


def test_why_a_picture_is_refused_stands_where_one_looks(
    browser: Browser, workshop: Workshop, tmp_path: Path, width: int
) -> None:
    wrong = tmp_path / "deur.png"
    wrong.write_bytes(b"geen plaatje")
    page = at_a_new_item(browser, workshop, width)
    page.set_viewport_size({"width": width, "height": 640})
    page.locator("#f-afbeelding").set_input_files(wrong)
    page.get_by_role("button", name="Zet het plaatje erbij").first.click()
    said = page.get_by_role("group", name="Plaatje bij de vraag").get_by_role("status")
    expect(said).to_be_focused()
    expect(said).to_be_in_viewport()
    assert not said.inner_text().startswith("Het plaatje staat erbij")
    page.context.close()


def test_the_focus_stays_above_the_bar(browser: Browser, workshop: Workshop, width: int) -> None:
    page = at_a_new_item(browser, workshop, width)
    page.set_viewport_size({"width": width, "height": 640})
    page.get_by_label("De vraag zelf").focus()
    hidden = []
    for _ in range(25):
        page.keyboard.press("Tab")
        name, under = page.evaluate(
            "[document.activeElement.id || document.activeElement.textContent,"
            " !document.activeElement.closest('.balk') && document.activeElement.getBoundingClientRect().bottom"
            " > document.querySelector('.balk').getBoundingClientRect().top + 1]"
        )
        hidden += [name] if under else []
    assert not hidden
    page.context.close()


def test_a_lesson_is_folded_and_a_link_opens_its_part(
    browser: Browser, workshop: Workshop, width: int
) -> None:
    page = at_a_new_item(browser, workshop, width)
    page.goto(f"http://127.0.0.1:{workshop.port}/bewerk/content/lessen/gezondheid/praten-met-de-huisarts")
    assert page.evaluate("document.documentElement.scrollHeight") < 9000
    part = page.locator("details", has=page.get_by_role("heading", name="Bronnen", exact=True)).first
    assert part.get_attribute("open") is None
    page.goto(f"{page.url}#v-bronnen")
    page.reload()
    expect(page.locator("#v-bronnen")).to_be_visible()
    page.context.close()
