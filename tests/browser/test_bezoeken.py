"""Bezoeken as a coordinator uses it: from a workbook to a plan, moving by mouse and by keyboard, stopping, refusals."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from builder import sheets
from builder.checks.context import Context
from builder.office import Properties
from builder.visits import proposals
from builder.visits.nouns import Bezoek
from builder.visits.read_request import read_request
from builder.visits.verify import verify
from builder.visits.workbook import request_sheets
from builder.workshop.desk import Desk
from tests.browser.looking import AXE, is_on, judged, screens
from tests.browser.looking import opened as opened_page
from tests.conftest import CopiedProject
from tests.visits import pilot
from tests.visits.requests import large
from tests.workshop.conftest import TOKEN, Workshop, opened, place_pilot

pytestmark = pytest.mark.browser

BOARD = "bezoeken/pilot/voorstel-001"


@pytest.fixture
def workshop(bank_project: CopiedProject) -> Iterator[Workshop]:
    yield from opened(Desk(bank_project, None, Context()), pilot.TODAY.isoformat())


def enter(
    browser: Browser, workshop: Workshop, address: str, width: int = 1280, scheme: str = "light"
) -> tuple[Page, list[str], list[str]]:
    page, wrong, asked = opened_page(browser, width, scheme)
    page.goto(f"http://127.0.0.1:{workshop.port}/begin?sleutel={TOKEN}")
    page.goto(f"http://127.0.0.1:{workshop.port}/{address}")
    return page, wrong, asked


def visits_in(workshop: Workshop, number: str, plan: str = "pilot") -> dict[str, Bezoek]:
    """The visits of a proposal on disk, after the independent checker looked at them."""
    content = (workshop.root / "bezoeken" / plan / number / "plan.xlsx").read_bytes()
    request, _ = read_request("plan.xlsx", content)
    assert request is not None
    assert not verify(request, pilot.TODAY, request.bezoeken, request.bezoeken)
    return {visit.groep: visit for visit in request.bezoeken}


def save(page: Page, number: str) -> None:
    page.get_by_role("button", name="Bewaar als nieuw voorstel").click()
    page.wait_for_url(f"**/{number}", timeout=60_000)


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.audit)])
def test_from_a_workbook_to_a_plan(browser: Browser, workshop: Workshop, tmp_path: Path, width: int) -> None:
    page, wrong, asked = enter(browser, workshop, "", width)
    page.get_by_role("link", name="Plan bezoeken").click()
    with page.expect_download() as got:
        page.get_by_role("link", name="Download het rekenblad (Excel)").click()
    assert got.value.suggested_filename == "bezoeken.xlsx"
    bad = tmp_path / "fout.xlsx"
    bad.write_bytes(Path(got.value.path()).read_bytes())  # nothing filled in yet
    page.get_by_label("Geef het rekenblad").set_input_files(bad)
    page.get_by_role("button", name="Begin dit plan").click()
    expect(page.get_by_role("alert")).to_contain_text("Er is niets bewaard.")
    wrong.clear()  # Chromium calls a 422 an error
    page.get_by_label("Geef het rekenblad").set_input_files(pilot.FILE)
    page.get_by_label("Naam van het plan").fill("Pilot 2026")
    page.get_by_role("button", name="Begin dit plan").click()
    expect(page.get_by_text("Er zijn 10 groepen en 4 locaties.")).to_be_visible()
    page.get_by_label("Hoelang zoeken?").select_option("10")
    page.get_by_role("button", name="Maak een plan").click()
    page.wait_for_url("**/voorstel-001", timeout=60_000)
    expect(page.get_by_text("6 van 10 groepen hebben een bezoek.")).to_be_visible()
    expect(page.locator(".kalender .kaart")).to_have_count(4)
    page.get_by_role("link", name="week 46").click()
    expect(page.locator(".kalender .kaart")).to_contain_text("C extra")
    with page.expect_download() as got:
        page.get_by_role("link", name="Download alles (zip)").click()
    assert got.value.suggested_filename == "pilot-2026-voorstel-001.zip"
    assert not wrong
    assert not [address for address in asked if not address.startswith(f"http://127.0.0.1:{workshop.port}/")]
    page.context.close()


def drag(page: Page, card: str, day: str, part: str) -> None:
    page.wait_for_load_state()  # the script of the page must be there
    page.locator(f".kaart[data-groep='{card}']").first.drag_to(
        page.locator(f".dagdeel[data-dag='{day}'][data-dagdeel='{part}']")
    )


def test_moving_by_dragging(browser: Browser, workshop: Workshop) -> None:
    place_pilot(workshop)
    page, wrong, asked = enter(browser, workshop, BOARD)
    drag(page, "B1", "2026-10-08", "ochtend")
    verdict = page.locator(".oordeel.kan").first
    expect(verdict).to_contain_text("Museum A, do 8 oktober 2026, ochtend")
    expect(verdict).to_contain_text("Dat is evenveel als nu.")
    expect(page.locator("#keuze")).to_contain_text("Er is nog niets veranderd.")
    assert not (workshop.root / "bezoeken/pilot/.klad").exists()
    verdict.get_by_role("button", name="Zet B1 hier neer").click()
    expect(page.locator(".klad")).to_contain_text("B1 gaat naar Museum A, do 8 oktober 2026, ochtend.")
    card = page.locator(".dagdeel[data-dag='2026-10-08'][data-dagdeel='ochtend'] .kaart")
    expect(card).to_contain_text("B1")
    expect(card).to_contain_text("klad")
    page.get_by_role("button", name="Draai de laatste terug").click()
    expect(page.locator(".dagdeel[data-dag='2026-10-06'][data-dagdeel='middag'] .kaart")).to_contain_text(
        "B1"
    )
    expect(page.locator(".klad")).to_have_count(0)
    drag(page, "B1", "2026-10-08", "ochtend")
    page.locator(".oordeel.kan").first.get_by_role("button").click()
    save(page, "voorstel-002")
    visit = visits_in(workshop, "voorstel-002")["B1"]
    assert (visit.dag, visit.dagdeel, visit.vast) == (date(2026, 10, 8), "ochtend", True)
    assert visits_in(workshop, "voorstel-001")["B1"].dag == date(2026, 10, 6)
    assert not wrong
    assert not [address for address in asked if not address.startswith(f"http://127.0.0.1:{workshop.port}/")]
    page.context.close()


def test_where_a_visit_can_go_is_marked_while_it_is_dragged(browser: Browser, workshop: Workshop) -> None:
    place_pilot(workshop)
    page, _, _ = enter(browser, workshop, BOARD)
    page.locator(".kaart[data-groep='B1']").hover()
    page.mouse.down()
    page.locator(".dagdeel[data-dag='2026-10-09'][data-dagdeel='middag']").hover()
    page.locator(".dagdeel[data-dag='2026-10-09'][data-dagdeel='middag']").hover()
    free = page.locator(".dagdeel.kan")
    expect(free.first).to_be_visible()
    marked = {tuple(one.evaluate("half => [half.dataset.dag, half.dataset.dagdeel]")) for one in free.all()}
    assert ("2026-10-08", "ochtend") in marked and ("2026-10-09", "middag") not in marked
    page.mouse.up()
    expect(page.locator("#keuze")).to_contain_text("Dit kan niet.")
    expect(free).to_have_count(0)
    page.context.close()


def test_a_place_that_is_full_says_who_is_there(browser: Browser, workshop: Workshop) -> None:
    place_pilot(workshop)
    page, wrong, _ = enter(browser, workshop, f"{BOARD}?beeld=maand&dag=2026-11-01")
    page.set_viewport_size({"width": 1280, "height": 1600})  # both ends of the way in sight
    drag(page, "C laat", "2026-11-11", "ochtend")
    verdict = page.locator(".oordeel.kan-niet", has_text="Museum A")
    expect(verdict).to_contain_text("Museum A is dan vol: er kan 1 groep tegelijk. Daar gaat dan C extra.")
    expect(page.locator("#keuze").get_by_role("button")).to_have_count(0)
    assert not wrong
    page.context.close()


def tab_to(page: Page, what: str) -> None:
    """Press Tab until the focus is on an element for which this holds."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(f"(e => {what})(document.activeElement)"):
            return
    raise AssertionError(f"the keyboard does not reach it: {what}")


def test_moving_by_keyboard_only(browser: Browser, workshop: Workshop) -> None:
    place_pilot(workshop)
    page, wrong, _ = enter(browser, workshop, BOARD)
    tab_to(page, "e.closest('.kaart') && e.textContent.includes('B1')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="B1", exact=True)).to_be_visible()
    tab_to(page, "e.tagName === 'BUTTON' && e.textContent.includes('vr 9 oktober 2026, ochtend')")
    page.keyboard.press("Enter")
    expect(page.locator("#keuze")).to_contain_text("Dit kan.")
    assert (
        page.evaluate("document.activeElement.id") == "keuze"
    )  # the answer has the focus, and is next to the button
    tab_to(page, "e.textContent.startsWith('Zet B1 hier neer')")
    page.keyboard.press("Enter")
    expect(page.locator(".klad")).to_contain_text("B1 gaat naar Museum A, vr 9 oktober 2026, ochtend.")
    tab_to(page, "e.textContent === 'Bewaar als nieuw voorstel'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/voorstel-002", timeout=60_000)
    assert visits_in(workshop, "voorstel-002")["B1"].dag == date(2026, 10, 9)
    assert not wrong
    page.context.close()


def test_all_of_it_without_javascript(browser: Browser, workshop: Workshop) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{workshop.port}/begin?sleutel={TOKEN}")
    page.get_by_role("link", name="Bezoeken", exact=True).click()
    page.get_by_role("button", name="Probeer met het voorbeeld").click()
    page.get_by_role("button", name="Maak een plan").click()
    until = time.monotonic() + 60
    while "voorstel-001" not in page.url and time.monotonic() < until:
        page.get_by_role("link", name=re.compile("Kijk hoe ver het is|Bekijk het voorstel")).click()
    expect(page.get_by_text("6 van 10 groepen hebben een bezoek.")).to_be_visible()
    assert not page.get_by_text("Of sleep het").is_visible()
    page.locator(".kalender").get_by_role("link", name="B1").click()
    page.get_by_label("Of vraag een dag").fill("2026-10-05")
    page.get_by_label("Dagdeel").select_option("ochtend")
    page.get_by_role("button", name="Kijk na op deze dag").click()
    expect(page.locator("#keuze")).to_contain_text("Op ma niet open voor groepen.")
    page.get_by_label("Alle vrije plekken").select_option("2026-10-08|ochtend|Museum A")
    page.get_by_role("button", name="Kijk na of dit kan").click()
    page.get_by_role("button", name="Zet B1 hier neer").click()
    expect(page.locator(".klad")).to_contain_text("B1 gaat naar Museum A")
    page.get_by_role("button", name="Zet vast A avond").click()
    page.get_by_role("link", name="C extra").first.click()
    page.get_by_role("button", name="Zeg het bezoek van C extra af").click()
    page.get_by_label("Hoelang zoeken?").select_option("10")
    page.get_by_role("button", name="Plan opnieuw", exact=True).click()
    while "voorstel-002" not in page.url and time.monotonic() < until:
        page.get_by_role("link", name=re.compile("Kijk hoe ver het is|Bekijk het voorstel")).click()
    expect(page.locator("#wijzigingen")).to_contain_text("Jij koos deze plek.")
    expect(page.locator("#wijzigingen")).to_contain_text("Nieuw: er is nu een plaats.")
    page.get_by_role("link", name="Vergelijk met een ander voorstel").click()
    expect(page.get_by_role("heading", name="Wie heeft iets anders?")).to_be_visible()
    made = visits_in(workshop, "voorstel-002", "voorbeeld")
    assert made["A avond"].vast and made["C extra"].afgezegd and made["C laat"].dag == date(2026, 11, 11)
    context.close()


def test_stop_gives_what_was_found(browser: Browser, workshop: Workshop, tmp_path: Path) -> None:
    file = tmp_path / "groot.xlsx"
    file.write_bytes(
        sheets.write(request_sheets(large(120, 10, 120)), Properties("Groot", "knm", pilot.TODAY))
    )
    page, wrong, _ = enter(browser, workshop, "bezoeken")
    page.get_by_label("Geef het rekenblad").set_input_files(file)
    page.get_by_role("button", name="Begin dit plan").click()
    page.get_by_label("Hoelang zoeken?").select_option("600")
    page.get_by_role("button", name="Maak een plan").click()
    page.get_by_role("button", name="Stop en bewaar het beste plan").click()
    page.wait_for_url("**/groot/voorstel-001", timeout=90_000)  # by itself, when it is there
    expect(page.locator(".cijfers")).to_contain_text(
        "Het zoeken stopte op tijd. Een ander plan kan hoogstens"
    )
    told = proposals.story(workshop.root / "bezoeken/groot/voorstel-001")
    assert told is not None and not told.bewezen and told.marge > 0
    assert not wrong
    page.context.close()


PAGES = (
    "bezoeken",
    "bezoeken/pilot",
    BOARD,
    f"{BOARD}?beeld=maand",
    f"{BOARD}?dag=2026-11-11&klaar=stap",
    f"{BOARD}/groep?groep=B1&dag=2026-10-08&dagdeel=ochtend",
    f"{BOARD}/groep?groep=C%20laat",
    "bezoeken/pilot/voorstel-002",
    "bezoeken/pilot/vergelijk",
    "bezoeken/weg",
)


@screens(1280, 320, 360)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, workshop: Workshop, width: int, scheme: str, turn: int | None
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test installs it")
    place_pilot(workshop)
    client = workshop.client()
    for number, (groep, place) in enumerate(
        (("B1", "2026-10-08|ochtend|Huis C"), ("A ochtend", "2026-10-13|ochtend|Museum A"))
    ):
        sent = [("soort", "verplaats"), ("groep", groep), ("stand", str(number)), ("plek", place)]
        assert client.send(f"/{BOARD}/zet", sent).status == 303
    client.send(f"/{BOARD}/bewaar", [])
    while "data-naar" not in client.ask("GET", "/bezoeken/pilot/stand", headers={"HX-Request": "true"}).text:
        time.sleep(0.1)
    client.send(f"/{BOARD}/zet", [("soort", "afgezegd"), ("groep", "C extra"), ("stand", "0")])
    client.send(f"/{BOARD}/zet", [("soort", "vast"), ("groep", "B1"), ("stand", "1")])
    client.send("/bezoeken/pilot/plan", [("seconden", "10")])  # so that a search is on the page of the plan
    page, _, _ = enter(browser, workshop, "bezoeken", width, scheme)
    page.route("**/stand?*", lambda asked: asked.fulfill(status=204))  # the page of the search stays in sight
    found: list[str] = []
    for number, name in enumerate(("bezoeken/pilot", *PAGES)):
        page.goto(f"http://127.0.0.1:{workshop.port}/{name}")
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        found += judged(page, name) if is_on(turn, number) else []
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} is wider than {width}")
    page.context.close()
    assert not found, "\n".join(found)
