"""The workshop as somebody uses it who has never heard of YAML: writing, stopping, a conflict, reviewing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from builder.checks.context import Context
from builder.loading.load import load
from builder.workshop.desk import Desk
from tests.browser.looking import AXE, is_on, judged, screens
from tests.browser.looking import opened as opened_page
from tests.conftest import ITEM, ITEM_PATH, CopiedProject
from tests.workshop.conftest import TOKEN, Workshop, opened
from tests.workshop.test_guard import png

pytestmark = pytest.mark.browser

LES = "content/lessen/gezondheid/praten-met-de-huisarts"


@pytest.fixture
def workshop(bank_project: CopiedProject, tmp_path: Path) -> Iterator[Workshop]:
    secret = tmp_path / "besloten"
    secret.mkdir()
    (bank_project.root / ITEM_PATH).write_text(ITEM, encoding="utf-8")
    yield from opened(Desk(bank_project, secret, Context()))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "deur.png"
    file.write_bytes(png(300, 200))
    return file


def enter(
    browser: Browser, workshop: Workshop, width: int = 1280, scheme: str = "light"
) -> tuple[Page, list[str], list[str]]:
    page, wrong, asked = opened_page(browser, width, scheme)
    page.goto(f"http://127.0.0.1:{workshop.port}/begin?sleutel={TOKEN}")
    return page, wrong, asked


def introduce(page: Page, code: str) -> None:
    page.get_by_label("Wie ben je?").fill(code)
    page.get_by_role("button", name="Bewaar mijn code").click()


def begin(page: Page) -> None:
    page.get_by_role("link", name="Maak een vraag").click()
    page.get_by_label("Over welke eindterm gaat de vraag?").select_option("3.1.2")
    page.get_by_role("button", name="Begin met schrijven").click()


def option(page: Page, number: int, text: str, why: str) -> None:
    box = page.get_by_role("group", name=f"Antwoord {number}", exact=True)
    box.get_by_label("Tekst van het antwoord").fill(text)
    box.get_by_label("Waarom goed of waarom fout?").fill(why)


def write_all(page: Page) -> None:
    page.get_by_label("De vraag zelf").fill("Wie maakt de kapotte deur van een huurhuis?")
    option(page, 1, "De gemeente.", "De gemeente zorgt niet voor een huurhuis.")
    option(page, 2, "De verhuurder.", "De verhuurder zorgt voor het huis.")
    option(page, 3, "De politie.", "De politie maakt geen deuren.")
    page.get_by_role("group", name="Antwoord 2", exact=True).get_by_label("Dit is het goede antwoord").check()
    page.get_by_role("group", name="Bron 1", exact=True).get_by_label("Bron", exact=True).select_option(
        "voorbeeldfolder"
    )


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.audit)])
def test_a_good_item_with_a_picture_goes_to_review(
    browser: Browser, workshop: Workshop, picture: Path, width: int
) -> None:
    page, wrong, asked = enter(browser, workshop, width)
    start = time.monotonic()
    introduce(page, "auteur-7")
    begin(page)
    expect(page.locator("#nakijken")).to_contain_text("moeten nog anders")
    expect(page.locator("#m-opties")).to_contain_text("Nu is er geen antwoord goed.")
    expect(page.locator("#m-bronnen")).to_contain_text("Vul de bron in.")
    assert not page.get_by_label("Dit is het goede antwoord").first.is_checked()
    write_all(page)
    page.locator("#f-afbeelding").set_input_files(picture)
    page.get_by_role("button", name="Zet het plaatje erbij").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Het plaatje staat erbij")
    page.get_by_label("Beschrijving").fill("Een deur met een groot gat.")
    page.get_by_label("Beschrijving").blur()
    expect(page.locator("#nakijken")).to_contain_text("naar review")
    shown = page.frame_locator("iframe[name=kijkje]")
    expect(shown.locator("legend")).to_have_text("Wie maakt de kapotte deur van een huurhuis?")
    expect(shown.get_by_role("img", name="Een deur met een groot gat.")).to_be_visible()
    for link, proof in (("Papier", "Bladzijde 1 van het boekje"), ("Site", "Een deur met een groot gat.")):
        page.get_by_role("link", name=link, exact=True).click()
        image = shown.get_by_role("img", name=proof)
        image.scroll_into_view_if_needed()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.get_by_role("button", name="Stuur naar review").click()
    expect(page.get_by_role("heading", name="Stand van wonen-005")).to_be_visible()
    assert time.monotonic() - start < 60
    bank, found = load(workshop.desk.project)
    assert not found
    item = bank.items["wonen-005"]
    assert (item.status, item.sleutel, item.maker) == ("review", 1, "auteur-7")
    assert not wrong
    assert not [address for address in asked if not address.startswith(f"http://127.0.0.1:{workshop.port}/")]
    page.context.close()


def test_stopping_half_way_and_going_on_another_day(browser: Browser, workshop: Workshop) -> None:
    page, _, _ = enter(browser, workshop)
    page.get_by_role("link", name="Maak een vraag").click()
    introduce(page, "auteur-7")  # it asks first, and then goes on to where one wanted to be
    page.goto(f"http://127.0.0.1:{workshop.port}/")
    begin(page)
    page.get_by_label("De vraag zelf").fill("Wie maakt de kapotte deur")  # and the field is not left
    expect(page.locator("#nakijken")).to_contain_text("Wat je typte, is bewaard als concept")
    page.context.close()
    page, _, _ = enter(browser, workshop)
    page.get_by_role("link", name="wonen-005").first.click()
    expect(page.get_by_role("status").first).to_contain_text("Dit had je getypt, maar nog niet bewaard")
    expect(page.get_by_label("De vraag zelf")).to_have_value("Wie maakt de kapotte deur")
    page.context.close()


def test_a_conflict_is_shown_and_a_version_is_chosen(browser: Browser, workshop: Workshop) -> None:
    page, _, _ = enter(browser, workshop)
    page.get_by_role("link", name="wonen-004").click()
    introduce(page, "auteur-7")
    expect(page.get_by_role("heading", name="Vraag wonen-004")).to_be_visible()
    file = workshop.root / ITEM_PATH
    file.write_text(ITEM.replace("als je de huur niet betaalt", "zonder huur"), encoding="utf-8")
    page.get_by_label("De vraag zelf").fill("Wat gebeurt er als je de huur vergeet?")
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(page.get_by_role("heading", name="Een collega heeft dit net veranderd")).to_be_visible()
    row = page.get_by_role("row", name="De vraag zelf")
    expect(row).to_contain_text("Wat gebeurt er als je de huur vergeet?")
    expect(row).to_contain_text("Wat gebeurt er zonder huur?")
    page.get_by_role("button", name="Ga verder met mijn tekst").click()
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(page.get_by_role("status").first).to_contain_text("Bewaard.")
    assert "als je de huur vergeet" in file.read_text(encoding="utf-8")
    page.get_by_role("button", name="Draai de laatste keer bewaren terug").click()
    assert "zonder huur" in file.read_text(encoding="utf-8")
    page.context.close()


def test_a_colleague_reviews_blind(browser: Browser, workshop: Workshop) -> None:
    page, wrong, _ = enter(browser, workshop, 360)
    introduce(page, "lezer-2")
    page.get_by_role("link", name="Kijk een vraag of les na").click()
    page.get_by_role("link", name="Kijk wonen-004 na").click()
    assert "De verhuurder vraagt eerst in een brief" not in page.content()
    page.get_by_label("A Je krijgt een brief van de verhuurder.").check()
    page.get_by_role("button", name="Dit is mijn antwoord").click()
    expect(page.get_by_role("status")).to_contain_text("Jij koos A. Dat is de sleutel.")
    page.get_by_label("R-02").check()
    page.get_by_label("Waar lette je op?").select_option("vakinhoud")
    page.get_by_label("Goed", exact=True).check()
    page.get_by_role("button", name="Bewaar mijn oordeel").click()
    expect(page.get_by_role("heading", name="Stand van wonen-004")).to_be_visible()
    expect(page.locator("main")).to_contain_text("goed, door lezer-2 (vakinhoud)")
    assert not wrong
    page.context.close()


def test_a_colleague_reads_a_lesson_as_the_learner_gets_it(browser: Browser, workshop: Workshop) -> None:
    page, wrong, _ = enter(browser, workshop, 360)
    introduce(page, "lezer-2")
    page.get_by_role("link", name="Kijk een vraag of les na").click()
    page.get_by_role("link", name=f"Kijk {LES.rpartition('/')[2]} na").click()
    learner = page.frame_locator("iframe[title='Wat de cursist krijgt']")
    expect(learner.get_by_role("heading", name="Praten met de huisarts").first).to_be_visible()
    page.locator("fieldset input[type=radio]").first.check()
    page.get_by_role("button", name="Dit zijn mijn antwoorden").click()
    page.get_by_label("LR-09").check()
    page.get_by_label("Waar lette je op?").select_option("gevoeligheid")
    page.get_by_label("Goed", exact=True).check()
    page.get_by_role("button", name="Bewaar mijn oordeel").click()
    expect(page.locator("main")).to_contain_text("goed, door lezer-2 (gevoeligheid)")
    expect(page.locator("main")).to_contain_text("In orde: LR-09.")
    assert not wrong
    page.context.close()


def test_writing_by_keyboard_only(browser: Browser, workshop: Workshop) -> None:
    page, _, _ = enter(browser, workshop)
    introduce(page, "auteur-7")
    page.goto(f"http://127.0.0.1:{workshop.port}/bewerk/{ITEM_PATH[:-5]}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the contents, past the links on top
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "stam":
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("Wat krijgt u als u de huur niet betaalt?")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Bewaar":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Bewaard.")
    assert "stam: Wat krijgt u als u de huur niet betaalt?" in (workshop.root / ITEM_PATH).read_text(
        encoding="utf-8"
    )
    page.context.close()


def test_without_javascript_all_of_it_works(browser: Browser, workshop: Workshop, picture: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{workshop.port}/begin?sleutel={TOKEN}")
    introduce(page, "auteur-7")
    begin(page)
    write_all(page)
    page.get_by_role("button", name="Kijk na").click()
    expect(page.locator("#nakijken")).to_contain_text("naar review")
    page.get_by_role("button", name="Antwoord erbij").click()
    page.get_by_role("button", name="Haal antwoord 4 weg").click()
    page.locator("#f-afbeelding").set_input_files(picture)
    page.get_by_role("button", name="Zet het plaatje erbij").first.click()
    page.get_by_label("Beschrijving").fill("Een deur met een groot gat.")
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    page.get_by_role("button", name="Stuur naar review").click()
    expect(page.get_by_role("heading", name="Stand van wonen-005")).to_be_visible()
    assert not load(workshop.desk.project)[1]
    context.close()


def test_a_long_list_of_bronnen_can_be_searched(browser: Browser, workshop: Workshop) -> None:
    file = workshop.root / "content/bronnen.yaml"
    more = "".join(
        f"  - id: boek-{number}\n    titel: Boek {number} over dijken\n    maker: Café {number}\n"
        "    gezien:\n      op: 2026-11-20\n      hoe: live\n"
        for number in range(1, 40)
    )
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    page, wrong, _ = enter(browser, workshop, 360)
    introduce(page, "auteur-7")
    begin(page)
    box = page.get_by_role("group", name="Bron 1", exact=True)
    select, words = box.get_by_label("Bron", exact=True), box.get_by_label("Typ een woord om minder te zien")
    whole = select.locator("option").count()
    assert whole > 40
    words.fill("cafe DIJKEN 17")
    expect(box.get_by_role("status")).to_have_text("1 gevonden.")
    assert select.locator("option").all_inner_texts() == ["Kies …", "Boek 17 over dijken (Café 17)"]
    words.press("Enter")  # goes to the list, and sends nothing
    assert page.evaluate("document.activeElement.name") == "bronnen.0.id"
    select.select_option("boek-17")
    words.fill("niets daarvan")
    expect(box.get_by_role("status")).to_have_text("0 gevonden.")
    assert select.input_value() == "boek-17"  # what was chosen stays
    words.fill("")
    assert select.locator("option").count() == whole and select.input_value() == "boek-17"
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(page.get_by_role("status").first).to_contain_text("Bewaard.")
    assert "- id: boek-17" in (workshop.root / "items/wonen/wonen-005.yaml").read_text(encoding="utf-8")
    assert not wrong
    page.context.close()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"http://127.0.0.1:{workshop.port}/begin?sleutel={TOKEN}")
    plain.goto(f"http://127.0.0.1:{workshop.port}/bewerk/items/wonen/wonen-004")
    assert (
        plain.locator("#v-bronnen-0-id option").count() >= whole - 1
    )  # no program: the whole list, no field
    assert plain.locator("input[type=search]").count() == 0
    plain.context.close()


@pytest.mark.parametrize(
    ("width", "script"), [(360, True), (1280, False), pytest.param(1280, True, marks=pytest.mark.audit)]
)
def test_questions_come_in_from_a_workbook(
    browser: Browser, workshop: Workshop, tmp_path: Path, width: int, script: bool
) -> None:
    file = tmp_path / "vragen.csv"
    file.write_text(
        "Eindterm;Vraag;Antwoord A;Uitleg A;Antwoord B;Uitleg B;Antwoord C;Uitleg C;Goed antwoord;Bron\n"
        "3.1.2;Wie leest de meter van het water af?;De huurder.;Dat doet hij zelf.;De politie.;Die helpt bij gevaar.;"
        "De bakker.;Die bakt brood.;A;voorbeeldfolder\n"
        "3.1.2;Wie betaalt de huur van een woning?;De huurder.;Ja.;De school.;Nee.;De bakker.;Nee.;;voorbeeldfolder\n",
        encoding="utf-8",
    )
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{workshop.port}/begin?sleutel={TOKEN}")
    introduce(page, "auteur-7")
    page.get_by_role("link", name="Vragen uit Excel").click()
    with page.expect_download() as empty:
        page.get_by_role("link", name="Download het werkblad (Excel)").click()
    assert empty.value.suggested_filename == "vragen.xlsx"
    page.get_by_label("Geef het bestand").set_input_files(file)
    page.get_by_role("button", name="Kijk de vragen na").click()
    expect(page.get_by_role("status")).to_contain_text("1 klaar, 1 kan nog niet. Er is nog niets veranderd.")
    expect(page.locator("main")).to_contain_text("Regel 2: klaar. Wordt wonen-005.")
    expect(page.locator("main")).to_contain_text("Regel 3, kolom I:")
    assert page.evaluate("document.documentElement.scrollWidth") <= width if script else True
    if AXE.is_file() and script:
        assert judged(page, "inlezen") == []
    with page.expect_download() as back:
        page.get_by_role("button", name="Download wat nog niet kan (Excel)").click()
    assert back.value.suggested_filename == "vragen-terug.xlsx"
    assert not (workshop.root / "items/wonen/wonen-005.yaml").exists()
    page.get_by_role("button", name="Neem de goede vraag over").click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard als concept: 1 vraag.")
    page.get_by_role("link", name="wonen-005").click()
    expect(page.get_by_label("De vraag zelf")).to_have_value("Wie leest de meter van het water af?")
    context.close()


def test_a_link_in_the_summary_goes_to_the_field(browser: Browser, workshop: Workshop) -> None:
    page, _, _ = enter(browser, workshop)
    introduce(page, "auteur-7")
    begin(page)
    page.locator("#nakijken").get_by_role("link", name="De vraag zelf").first.click()
    assert page.evaluate("document.activeElement.id") == "v-stam"
    page.context.close()


PAGES = (
    "",
    "nieuw",
    "bewerk/items/wonen/wonen-004",
    "bewerk/items/gezondheid/gezondheid-001",
    "bewerk/content/lessen/gezondheid/praten-met-de-huisarts",
    "kijk/kandidaat/items/wonen/wonen-002",
    "kijk/papier/items/wonen/wonen-002",
    "stand/items/wonen/wonen-004",
    "review",
    "review/items/wonen/wonen-004",
    "review/items/wonen/wonen-001",
    "regel/C301",
    "toets",
    "toets?matrijs=kleine-toets",
    "ontvang",
    "inlezen",
    "bron",
    "bijwerken",
    "wie",
    "?thema=wonen",
    "?verder=/nieuw",
    f"review-les/{LES}",
    f"kijk/cursist/{LES}",
    f"stand/{LES}",
    "bestaat-niet",
)


@screens(1280, 360)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, workshop: Workshop, width: int, scheme: str, turn: int | None
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test installs it")
    client = workshop.client()
    client.send("/wie", [("code", "lezer-2")])
    client.send("/antwoord/items/wonen/wonen-001", [("antwoord", "A")])  # so that step 2 is among the pages
    client.send("/nieuw", [("eindterm", "3.1.2")])  # a form full of findings
    page, _, _ = enter(browser, workshop, width, scheme)
    found: list[str] = []
    for number, name in enumerate((*PAGES, "bewerk/items/wonen/wonen-005")):
        page.goto(f"http://127.0.0.1:{workshop.port}/{name}")
        found += judged(page, name) if is_on(turn, number) else []
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} is wider than {width}")
    page.context.close()
    assert not found, "\n".join(found)
