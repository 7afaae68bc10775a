"""Search, basket and practice as somebody who has never seen the site uses them, from a folder."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from builder.loading.load import load
from tests.browser.looking import opened, press
from tests.conftest import CopiedProject

pytestmark = pytest.mark.browser


def at(browser: Browser, site: Path, address: str, width: int = 360) -> Page:
    page, _, _ = opened(browser, width, "light")
    page.goto(f"{site.as_uri()}/{address}")
    return page


def focused(page: Page) -> str:
    told: str = page.evaluate("document.activeElement.textContent")
    return told


def found(page: Page) -> list[str]:
    return page.locator("#knm-gevonden > li > a").all_inner_texts()


# ---- search


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("huisartsen", "Praten met de huisarts"),  # another form of the word
        ("HUISARTS praten", "Praten met de huisarts"),
        ("prat", "Praten met de huisarts"),  # not yet finished
        ("arts", "Praten met de huisarts"),  # a part of a compound
        ("huisartspraktijken", "Praten met de huisarts"),  # a compound of which a part is there
    ],
)
def test_words_are_found_in_other_forms(browser: Browser, site: Path, asked: str, title: str) -> None:
    page = at(browser, site, "zoeken/index.html")
    page.get_by_label("Zoek een les of vraag").fill(asked)
    page.keyboard.press("Enter")
    assert title in found(page)
    page.context.close()


def test_forms_of_a_word_have_one_stem(browser: Browser, site: Path) -> None:
    page = at(browser, site, "zoeken/index.html")
    for forms in (
        "werkwoorden werkwoord",
        "geinformeerde geinformeerd",
        "lessen les",
        "huizen huis",
        "brieven brief",
        "scholen school",
    ):
        stems = page.evaluate("forms => forms.map(window.KNM_ZOEK_PROEF.stamVan)", forms.split())
        assert len(set(stems)) == 1, forms
    page.context.close()


def test_filters_count_combine_and_stand_in_the_address(browser: Browser, site: Path) -> None:
    page = at(browser, site, "zoeken/index.html", 1280)
    everything = len(found(page))
    page.get_by_label("Oefenvragen").check()
    page.locator("#knm-taalniveau-A2").check()
    few = found(page)
    assert 0 < len(few) < everything
    number = page.locator("label[for=knm-taalniveau-A2] .knm-facet__aantal").inner_text()
    assert int(number) == len(few)
    assert str(len(few)) in page.locator("#knm-telling").inner_text()
    address = page.url
    assert "soort=vraag" in address and "taalniveau=A2" in address
    other = at(browser, site, "index.html", 1280)
    other.goto(address)
    assert found(other) == few
    assert other.locator("#knm-taalniveau-A2").is_checked()
    other.get_by_role("button", name="Wis filters").click()
    assert len(found(other)) == everything
    assert "soort" not in other.url
    page.context.close()
    other.context.close()


def test_nothing_found_shows_a_way_back(browser: Browser, site: Path) -> None:
    page = at(browser, site, "zoeken/index.html#q=huisarts&thema=wonen&soort=les", 1280)
    assert page.locator("#knm-telling").inner_text() == "Niets gevonden."
    page.get_by_role("button", name="Laat “Thema” los").click()
    assert found(page) == ["Praten met de huisarts"]
    page.get_by_label("Zoek een les of vraag").fill("xyzzy")
    page.keyboard.press("Enter")
    assert page.locator("#knm-telling").inner_text() == "Niets gevonden."
    page.get_by_role("button", name="Zoek zonder “xyzzy”").click()
    assert found(page)
    page.context.close()


def test_from_home_to_a_lesson_with_one_search(browser: Browser, site: Path) -> None:
    page = at(browser, site, "index.html")
    page.get_by_label("Zoek een les of vraag").fill("huisarts")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/index.html*")
    page.get_by_role("link", name="Praten met de huisarts").click()
    assert page.locator("h1").inner_text() == "Praten met de huisarts"
    page.context.close()


def test_without_javascript_there_are_lists(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, link in (("zoeken", "Alle lessen"), ("oefenen", "vragen per thema")):
        page.goto(f"{site.as_uri()}/{name}/index.html")
        assert page.get_by_role("link", name=link).is_visible()
    assert not page.locator("#knm-zoeken").is_visible()
    context.close()


# ---- basket


def test_the_basket_keeps_prints_and_makes_a_toets(
    browser: Browser, site: Path, bank_project: CopiedProject
) -> None:
    page = at(browser, site, "zoeken/index.html#soort=vraag", 1280)
    boxes = page.get_by_label("In mijn mandje")
    titles = found(page)[:2]
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("link", name="Bekijk mijn mandje (2)").first.click()
    page.wait_for_url("**/mandje.html")
    assert page.locator(".knm-gevonden > li > a").all_inner_texts() == titles
    page.get_by_role("button", name="Omhoog").nth(1).click()
    assert page.locator(".knm-gevonden > li > a").all_inner_texts() == titles[::-1]

    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print alleen het werkblad").click()
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    sheet = page.locator("#knm-werkblad")
    assert sheet.is_visible() and titles[0] in sheet.inner_text()
    assert "alleen voor de docent" not in sheet.inner_text()
    page.emulate_media(media="screen")
    page.evaluate("window.printed = false")
    page.get_by_role("button", name="Print werkblad en antwoorden").click()
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    assert "alleen voor de docent" in sheet.inner_text()
    page.emulate_media(media="screen")

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Bewaar als toets voor knm").click()
    made = saved(waiting.value)
    target = bank_project.root / "content/toetsen/mijn-toets.yaml"
    target.write_text(made, encoding="utf-8")
    bank, wrong = load(bank_project)
    assert not wrong
    assert [bank.item(plek.id).stam for plek in bank.toetsen["mijn-toets"].items] == titles[::-1]
    page.context.close()


def test_a_lesson_in_the_basket_comes_along_as_a_zip(browser: Browser, site: Path) -> None:
    page = at(browser, site, "lessen/gezondheid/praten-met-de-huisarts/index.html")
    page.get_by_label("In mijn mandje").check()
    page.get_by_role("link", name="Bekijk mijn mandje (1)").click()
    assert page.get_by_role("status").inner_text() == "1 les."
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download alles (zip)").click()
    assert zipfile.is_zipfile(waiting.value.path())
    page.context.close()


def saved(download: Download) -> str:
    path = download.path()
    return path.read_text(encoding="utf-8")


def test_a_basket_that_somebody_spoiled_is_empty(browser: Browser, site: Path) -> None:
    page = at(browser, site, "mandje.html")
    for bad in ("{", "[1, null]", '[{"soort":"les","id":"a","titel":"b","adres":"javascript:alert(1)"}]'):
        page.evaluate("bad => localStorage.setItem('knm.mandje', bad)", bad)
        page.reload()
        assert "Je mandje is leeg" in page.locator("#knm-mandje").inner_text()
    page.context.close()


# ---- practice


def test_practising_by_keyboard_only(browser: Browser, site: Path) -> None:
    page = at(browser, site, "oefenen/index.html")
    page.locator("#kies-aantal").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Begin met oefenen":
            break
    page.keyboard.press("Enter")
    press(page, "Begin met oefenen")
    for _ in range(50):
        if "Resultaat" in page.locator("#scherm").inner_text():
            break
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.type") == "radio":
                break
        page.keyboard.press("Space")
        press(page, "Controleer mijn antwoord")
        assert page.locator(".waarom").count() >= 3
        press(page, "Volgende vraag", "Bekijk mijn resultaat")
    assert "Goed: " in page.locator(".score").inner_text()
    page.context.close()


def test_an_exam_judges_at_the_end_and_goes_on_after_closing(browser: Browser, site: Path) -> None:
    page = at(browser, site, "oefenen/index.html#toets=kleine-toets-a")
    page.get_by_role("button", name="Begin met oefenen").click()
    expect(page.get_by_role("status")).to_have_text("U hebt nog 10 minuten.")
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Volgende vraag").click()
    assert page.locator(".waarom").count() == 0
    page.goto(f"{site.as_uri()}/index.html")
    page.goto(f"{site.as_uri()}/oefenen/index.html")
    page.get_by_role("link", name="Kleine oefentoets").first.click()
    page.get_by_role("button", name="Ga verder bij vraag 2").click()
    for _ in range(3):
        page.locator("input[type=radio]").first.check()
        page.get_by_role("button", name="Volgende vraag").click()
    assert "van 4" in page.locator(".score").inner_text()
    assert page.locator(".waarom").count() > 0
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Bewaar mijn antwoorden").click()
    head, *rows = saved(waiting.value).removeprefix("\ufeff").split()
    assert head == "toets;digest;item;versie;optie;goed"
    assert len(rows) == 4 and all(row.startswith("kleine-toets-a;") for row in rows)
    page.context.close()


def test_an_exam_can_be_practised_without_a_clock(browser: Browser, site: Path) -> None:
    page = at(browser, site, "oefenen/index.html")
    page.get_by_label("Oefen zonder tijd").check()
    page.get_by_role("link", name="Kleine oefentoets").click()
    page.get_by_role("button", name="Begin met oefenen").click()
    assert page.locator(".klok").count() == 0
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Controleer mijn antwoord").click()
    assert page.locator(".waarom").count() >= 3
    page.context.close()


def test_time_that_is_up_takes_nothing_away(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 360, "light")
    page.clock.install()
    page.goto(f"{site.as_uri()}/oefenen/index.html#toets=kleine-toets-a")
    page.get_by_role("button", name="Begin met oefenen").click()
    page.clock.run_for(9 * 60_000 + 1_500)
    expect(page.get_by_role("status")).to_have_text("U hebt nog 1 minuut.")
    page.clock.run_for(2 * 60_000)
    expect(page.get_by_role("status")).to_have_text("De tijd is om. U mag de vragen wel afmaken.")
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Volgende vraag").click()
    assert "Vraag 2 van 4" in page.locator("#scherm").inner_text()
    page.context.close()


def test_the_same_address_gives_the_same_questions(browser: Browser, site: Path) -> None:
    seen = []
    for _ in range(2):
        page = at(browser, site, "oefenen/index.html#aantal=10&greep=7")
        page.get_by_role("button", name="Begin met oefenen").click()
        seen.append(page.locator("legend").inner_text())
        page.context.close()
    assert seen[0] == seen[1]


def test_a_wrong_answer_points_to_the_lesson(browser: Browser, site: Path) -> None:
    page = at(browser, site, "oefenen/index.html#thema=gezondheid&greep=1")
    page.get_by_role("button", name="Begin met oefenen").click()
    for _ in range(20):
        if page.locator(".score").count():
            break
        page.get_by_role("button", name="Sla over").click()
    link = page.get_by_role("link", name="Praten met de huisarts")
    assert link.count() >= 1
    link.first.click()
    assert page.locator("h1").inner_text() == "Praten met de huisarts"
    assert page.url.endswith("/cursist.html")  # not the page of the teacher, which has the answers
    assert page.locator(".knm-cursist-kop").is_visible()
    page.context.close()


def test_where_nothing_may_be_kept_it_says_so_and_goes_on(browser: Browser, site: Path) -> None:
    page, wrong, _ = opened(browser, 360, "light")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    page.goto(f"{site.as_uri()}/oefenen/index.html")
    assert "bewaart uw antwoorden niet" in page.locator("#scherm").inner_text()
    page.get_by_role("button", name="Begin met oefenen").click()
    page.get_by_role("button", name="Begin met oefenen").click()
    assert "Vraag 1 van" in page.locator("#scherm").inner_text()
    assert not wrong
    page.goto(f"{site.as_uri()}/zoeken/index.html")  # here the theme itself complains, but all works
    page.get_by_label("In mijn mandje").first.check()
    page.context.close()


def test_what_is_kept_can_be_wiped(browser: Browser, site: Path) -> None:
    page = at(browser, site, "oefenen/index.html#toets=kleine-toets-a")
    page.get_by_role("button", name="Begin met oefenen").click()
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name="Volgende vraag").click()
    page.goto(f"{site.as_uri()}/oefenen/index.html")
    theme = page.evaluate("new URL('..', location.href).pathname + '.__palette'")
    ours = {"knm.mandje": "[]", "knm.mandje-titel": "Les 3", theme: "{}"}
    page.evaluate(
        "given => { for (const [name, value] of Object.entries(given)) localStorage.setItem(name, value); }",
        ours | {"of somebody else": "1"},
    )
    wipe = page.get_by_role("button", name="Wis alles wat dit apparaat bewaart")
    wipe.click()
    # it asks first, and says what goes
    assert focused(page).startswith("Al uw antwoorden gaan weg. Ook het mandje")
    page.get_by_role("button", name="Nee, bewaar alles").click()
    assert focused(page) == "Wis alles wat dit apparaat bewaart"
    assert set(ours) < set(page.evaluate("Object.keys(localStorage)"))
    wipe.click()
    page.get_by_role("button", name="Ja, wis alles").click()
    assert "Alles is gewist." in page.locator("#scherm").inner_text()
    assert set(page.evaluate("Object.keys(localStorage)")) == {"knm-oefenen.proef", "of somebody else"}
    page.context.close()


def test_a_dutch_voice_of_the_device_reads_aloud(browser: Browser, site: Path) -> None:
    page, _, _ = opened(browser, 360, "light")
    page.add_init_script(
        """
        window.said = [];
        const voices = [{lang: 'nl-NL', localService: false, name: 'far'}, {lang: 'nl-NL', localService: true, name: 'near'}];
        Object.defineProperty(window, 'speechSynthesis', {value: {
          speaking: false, getVoices: () => voices, cancel() { this.speaking = false; },
          speak(said) { this.speaking = true; window.said.push([said.text, said.voice.name]); }, addEventListener() {} }});
        window.SpeechSynthesisUtterance = function (text) { this.text = text; this.addEventListener = () => {}; };
        """
    )
    page.goto(f"{site.as_uri()}/oefenen/index.html#toets=kleine-toets-a&tijd=nee")
    page.get_by_role("button", name="Begin met oefenen").click()
    page.get_by_role("button", name="Lees voor").click()
    ((text, voice),) = page.evaluate("window.said")
    assert voice == "near"
    assert page.locator("legend").inner_text() in text and "A. " in text
    page.get_by_role("button", name="Stop met voorlezen").click()
    assert page.get_by_role("button", name="Lees voor").is_visible()
    page.context.close()


def test_search_data_tells_no_answer(site: Path) -> None:
    text = (site / "data/zoeken.js").read_text(encoding="utf-8")
    data = json.loads(text.removeprefix("window.KNM_ZOEKEN=").removesuffix(";\n"))
    assert {"soort", "id", "titel", "adres", "uitleg", "minuten", "sleutels"} == set(data["rijen"][0])
    choices = json.loads(
        (site / "data/oefenen.js")
        .read_text(encoding="utf-8")
        .removeprefix("window.KNM_OEFENEN=")
        .removesuffix(";\n")
    )
    assert "De verhuurder zorgt dat" not in json.dumps(choices, ensure_ascii=False)
