"""The practice page in headless Chromium over file://: keyboard only, results, download, accessible, silent."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from builder.export import EXPORTERS
from builder.export.html import GEVOELIG, TEKSTEN, export
from builder.loading.load import load
from builder.model.docent import teacher_view
from builder.model.itembank import Itembank
from builder.project import Project
from builder.templating import script_json
from tests.banks import changed
from tests.browser.looking import screens
from tests.conftest import ROOT, copy_of_the_voorbeeldbank

AXE = ROOT / "node_modules/axe-core/axe.min.js"
NASTY = (
    "</script><script>alert(1)</script> <!-- <img src=x onerror=alert(2)> & \" ' \\ {{ x }} \u2028\u2029 € ë"
)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Itembank:
    project: Project = copy_of_the_voorbeeldbank(tmp_path_factory.mktemp("html") / "bank")
    bank, found = load(project)
    assert not found
    return bank


def page_of(bank: Itembank) -> bytes:
    artifacts, found = export(bank, bank.toetsen["kleine-toets-a"])
    assert not found
    assert [artifact.path for artifact in artifacts] == ["oefenen/kleine-toets-a-oefenen.html"]
    return artifacts[0].content


def with_toets(bank: Itembank, **fields: Any) -> Itembank:
    toets = dataclasses.replace(bank.toetsen["kleine-toets-a"], **fields)
    return dataclasses.replace(bank, toetsen={"kleine-toets-a": toets})


class Opened:
    """The page in a browser, with all that went wrong and all that was asked for."""

    def __init__(self, browser: Browser, file: Path, width: int = 360, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 740}, accept_downloads=True, **options
        )
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.file = file
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def close(self) -> None:
        self.context.close()
        assert self.wrong == []
        outside = [url for url in self.asked if not url.startswith((self.file.as_uri(), "data:", "blob:"))]
        assert outside == []

    def button(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def tab_to(self, name: str) -> None:
        """Press Tab until the button has the focus."""
        for _ in range(40):
            if self.page.evaluate("document.activeElement.textContent") == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {name} by keyboard")

    def answer(self, index: int, keyboard: bool = True) -> None:
        page = self.page
        if keyboard:
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.type") == "radio"
            page.keyboard.press("Space")
            for _ in range(index):
                page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        else:
            page.get_by_role("radio").nth(index).check()
            self.button(TEKSTEN["controleer"])


@pytest.fixture
def file(bank: Itembank, tmp_path: Path) -> Path:
    target = tmp_path / "kleine-toets-a-oefenen.html"
    target.write_bytes(page_of(bank))
    return target


def rights(bank: Itembank) -> list[int]:
    view = teacher_view(bank, bank.toetsen["kleine-toets-a"])
    return ["ABCD".index(vraag.goed) for vraag in view.vragen]


def test_registered() -> None:
    assert EXPORTERS["html"] is export


@pytest.mark.browser
def test_by_keyboard_only_right_and_wrong(browser: Browser, bank: Itembank, file: Path) -> None:
    opened = Opened(browser, file)
    page = opened.page
    right = rights(bank)
    view = teacher_view(bank, bank.toetsen["kleine-toets-a"])
    opened.tab_to(TEKSTEN["begin"])
    page.keyboard.press("Enter")
    given = []
    for place, vraag in enumerate(view.vragen):
        heading = f"Vraag {place + 1} van {len(view.vragen)}"
        assert page.evaluate("document.activeElement.textContent") == heading
        assert heading in page.title()
        shown = page.locator("main").inner_text()
        for optie in vraag.opties:
            assert optie.toelichting not in shown  # nothing of the key before the answer
        assert page.get_by_role("group", name=vraag.gezien.stam).is_visible()
        choice = right[place] if place % 2 == 0 else (right[place] + 1) % len(vraag.opties)
        given.append(choice)
        opened.answer(choice)
        verdict = TEKSTEN["goed"] if place % 2 == 0 else TEKSTEN["mis"]
        assert page.evaluate("document.activeElement.textContent") == verdict.format(letter=vraag.goed)
        shown = page.locator("main").inner_text()
        for optie in vraag.opties:
            assert optie.toelichting in shown
        last = place + 1 == len(view.vragen)
        opened.tab_to(TEKSTEN["naar_uitslag"] if last else TEKSTEN["volgende"])
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == TEKSTEN["uitslag"]
    assert page.get_by_text("Goed: 2 van 4").is_visible()
    rows = page.locator("tbody tr:not(.thema)")
    counts = dict(
        zip(
            rows.locator("small").all_inner_texts(),
            rows.locator("td").all_inner_texts(),
            strict=True,
        )
    )
    wanted: dict[str, list[bool]] = {}
    for vraag, choice, key in zip(view.vragen, given, right, strict=True):
        wanted.setdefault(f"eindterm {vraag.item.eindterm}", []).append(choice == key)
    assert counts == {name: f"{sum(marks)} van {len(marks)}" for name, marks in wanted.items()}

    opened.tab_to(TEKSTEN["bewaar"])
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "kleine-toets-a-antwoorden.csv"
    text = Path(download.value.path()).read_bytes().decode("utf-8")
    lines = [line.split(";") for line in text.removeprefix("\ufeff").split("\r\n")]
    assert lines.pop() == [""]
    assert lines[0] == ["toets", "digest", "item", "versie", "optie", "goed"]
    assert lines[1:] == [
        [
            "kleine-toets-a",
            vraag.digest,
            vraag.item.id,
            str(vraag.item.versie),
            str(vraag.opties[choice].plaats),
            "ja" if choice == key else "nee",
        ]
        for vraag, choice, key in zip(view.vragen, given, right, strict=True)
    ]
    opened.close()


@pytest.mark.browser
def test_no_choice_skipping_and_going_back(browser: Browser, bank: Itembank, file: Path) -> None:
    opened = Opened(browser, file)
    page = opened.page
    opened.button(TEKSTEN["begin"])
    opened.button(TEKSTEN["controleer"])
    assert page.get_by_role("alert").inner_text() == TEKSTEN["kies_eerst"]
    assert page.evaluate("document.activeElement.type") == "radio"
    opened.answer(rights(bank)[0], keyboard=False)
    opened.button(TEKSTEN["volgende"])
    for _ in range(3):
        opened.button(TEKSTEN["sla_over"])
    assert page.get_by_text("Overgeslagen: 3").is_visible()
    explanation = teacher_view(bank, bank.toetsen["kleine-toets-a"]).vragen[1].opties[0].toelichting
    assert explanation not in page.locator("main").text_content()  # type: ignore[operator]
    with page.expect_download() as download:
        opened.button(TEKSTEN["bewaar"])
    rows = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(";")[4:] for row in rows[2:]] == [["", ""]] * 3
    opened.button("Maak vraag 3")
    opened.answer(rights(bank)[2], keyboard=False)
    opened.button(TEKSTEN["vorige"])
    assert page.get_by_role("radio").count() == 3
    opened.close()


@pytest.mark.browser
def test_go_on_later_and_begin_again(browser: Browser, bank: Itembank, file: Path) -> None:
    opened = Opened(browser, file)
    page = opened.page
    opened.button(TEKSTEN["begin"])
    opened.answer(rights(bank)[0], keyboard=False)
    opened.button(TEKSTEN["volgende"])
    page.wait_for_timeout(300)  # no person is quicker than the browser hands over what is stored
    page.reload()
    opened.button("Ga verder bij vraag 2")
    for place in (1, 2, 3):
        opened.answer(rights(bank)[place], keyboard=False)
        page.locator("button.hoofd").click()
    assert page.get_by_text("Goed: 4 van 4").is_visible()
    page.reload()
    opened.button(TEKSTEN["naar_uitslag"])
    opened.button(TEKSTEN["opnieuw"])
    opened.button(TEKSTEN["nee_terug"])
    assert page.get_by_text("Goed: 4 van 4").is_visible()
    opened.button(TEKSTEN["opnieuw"])
    opened.button(TEKSTEN["ja_opnieuw"])
    page.reload()
    assert page.get_by_role("button", name=TEKSTEN["begin"]).is_visible()
    assert page.evaluate("localStorage.length") == 0
    # what was kept by another program, or is broken, does no harm
    key = page.evaluate("'knm-oefenen.kleine-toets-a.' + JSON.parse(gegevens.textContent).kenmerk")
    for value in ("{", "null", '{"antwoorden": [9, 0, 0, 0], "nu": 0}', '{"antwoorden": [1], "nu": 1}', "[]"):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
        page.reload()
        assert page.get_by_role("button", name=TEKSTEN["begin"]).is_visible(), value
    opened.close()


@pytest.mark.browser
def test_without_storage_it_says_so_and_goes_on(browser: Browser, bank: Itembank, file: Path) -> None:
    opened = Opened(browser, file)
    opened.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
    )
    opened.page.reload()
    assert opened.page.get_by_text(TEKSTEN["bewaart_niet"]).is_visible()
    opened.button(TEKSTEN["begin"])
    opened.answer(rights(bank)[0], keyboard=False)
    assert opened.page.get_by_text(TEKSTEN["gekozen_goed"]).is_visible()
    opened.close()


@pytest.mark.browser
def test_print_shows_all_questions_with_explanations(browser: Browser, bank: Itembank, file: Path) -> None:
    opened = Opened(browser, file, 1280)
    opened.button(TEKSTEN["begin"])
    for place in range(4):
        opened.answer(rights(bank)[place], keyboard=False)
        opened.page.locator("button.hoofd").click()
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    for vraag in teacher_view(bank, bank.toetsen["kleine-toets-a"]).vragen:
        for optie in vraag.opties:
            assert opened.page.get_by_text(optie.toelichting).is_visible()
    assert not opened.page.get_by_role("button", name=TEKSTEN["bewaar"]).is_visible()
    opened.close()


@pytest.mark.browser
@screens(1280, 320)
def test_axe_finds_nothing(
    browser: Browser, bank: Itembank, file: Path, width: int, scheme: str, turn: int | None
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test installs it")
    opened = Opened(browser, file, width, color_scheme=scheme, bypass_csp=True)
    page = opened.page
    found: list[str] = []

    def look(name: str) -> None:
        if not page.evaluate("'axe' in window"):
            page.add_script_tag(path=str(AXE))
        result = page.evaluate("axe.run(document)")
        found.extend(
            f"{name}: {violation['id']}: {node['target']} {node['failureSummary'][:200]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        )
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{name} is wider than the screen")

    look("begin")
    opened.button(TEKSTEN["begin"])
    for place in range(4):
        opened_right = rights(bank)[place] if place % 2 else (rights(bank)[place] + 1) % 3
        look(f"vraag {place + 1}")
        if place == 3:
            opened.button(TEKSTEN["sla_over"])
            break
        opened.answer(opened_right, keyboard=False)
        look(f"nagekeken {place + 1}")
        page.locator("button.hoofd").click()
    look("resultaat")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.button(TEKSTEN["opnieuw"])
    look("resultaat, open")
    opened.close()
    assert not found, "\n".join(found)


@pytest.mark.browser
def test_text_is_never_markup(browser: Browser, bank: Itembank, tmp_path: Path) -> None:
    item = bank.items["wonen-001"]
    marked = changed(
        with_toets(bank, titel=f"Wonen, werk & zorg: nr 1/2 {NASTY}", uitleg=NASTY),
        "wonen-001",
        context=f"مرحبا\n{NASTY}",
        stam=NASTY,
        opties=tuple(
            dataclasses.replace(optie, tekst=f"{place} {NASTY}", toelichting=f"{place} {NASTY}")
            for place, optie in enumerate(item.opties)
        ),
    )
    content = page_of(marked)
    assert content.decode("utf-8").count("<script") == 2
    target = tmp_path / "a b é & #.html"
    target.write_bytes(content)
    opened = Opened(browser, target)
    shown = "".join(NASTY.split())
    assert shown in "".join(opened.page.locator("h1").inner_text().split())
    opened.button(TEKSTEN["begin"])
    assert "".join(opened.page.locator("main").inner_text().split()).count(shown) == 5
    opened.answer(0, keyboard=False)
    assert "".join(opened.page.locator("main").inner_text().split()).count(shown) == 8
    opened.close()


def test_the_file_asks_for_nothing_and_holds_all(bank: Itembank) -> None:
    text = page_of(bank).decode("utf-8")
    assert not re.search(r"https?://|\bfetch\(|XMLHttpRequest|@import|url\(|<link|innerHTML|eval\(", text)
    data = json.loads(re.search(r'id="gegevens">(.*?)</script>', text)[1])  # type: ignore[index]
    wanted = {picture.path: picture for picture in bank.pictures.values()}
    assert len(data["plaatjes"]) == 4
    for path, address in data["plaatjes"].items():
        kind, _, payload = address.partition(",")
        assert kind == "data:image/svg+xml;base64"
        assert base64.b64decode(payload) == wanted[path].data
    assert "nog niet door een mens beoordeeld" in text


def test_same_toets_gives_same_bytes(bank: Itembank) -> None:
    assert page_of(bank) == page_of(bank)


def test_other_answers_are_not_taken_up_after_a_change(bank: Itembank) -> None:
    def mark(bank: Itembank) -> str:
        return re.search(r'"kenmerk":"(\w+)"', page_of(bank).decode("utf-8"))[1]  # type: ignore[index]

    assert mark(bank) == mark(bank)
    assert mark(bank) != mark(changed(bank, "wonen-001", stam="Iets anders?"))


def test_an_exam_gets_no_practice_page(bank: Itembank) -> None:
    exam = with_toets(bank, doel="examen")
    artifacts, found = export(exam, exam.toetsen["kleine-toets-a"])
    assert artifacts == ()
    assert [finding.rule.code for finding in found] == ["X541"]
    assert "voor een examen" in found[0].message
    assert found[0].location.pointer == "/doel"


def test_a_secret_question_gets_no_practice_page(bank: Itembank) -> None:
    secret = changed(changed(bank, "wonen-001", status="geheim"), "wonen-002", status="concept")
    artifacts, found = export(secret, secret.toetsen["kleine-toets-a"])
    assert artifacts == ()
    assert "wonen-001 en wonen-002" in found[0].message


def test_a_warning_when_a_question_is_sensitive(bank: Itembank) -> None:
    calm = bank
    for item_id in bank.items:
        calm = changed(calm, item_id, gevoelig=False)
    assert GEVOELIG not in page_of(calm).decode("utf-8")
    assert GEVOELIG in page_of(changed(calm, "wonen-001", gevoelig=True)).decode("utf-8")


def test_script_json_is_safe_and_reads_back() -> None:
    text = script_json([NASTY])
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == [NASTY]


def test_the_texts_of_the_page_are_plain_and_say_u() -> None:
    program = (ROOT / "builder/templates/html/oefenen.js").read_text(encoding="utf-8")
    template = (ROOT / "builder/templates/html/oefenen.html").read_text(encoding="utf-8")
    for name, text in {**TEKSTEN, "gevoelig": GEVOELIG}.items():
        assert not re.search(r"\b(je|jij|jouw|ongeldig|fout|helaas|gelieve|invalid)\b|!", text.lower()), name
        assert all(len(sentence.split()) <= 18 for sentence in text.split(".")), name
        assert name == "gevoelig" or f"T.{name}" in program or f"teksten.{name}" in template, name
    assert set(re.findall(r"\bT\.(\w+)", program)) <= set(TEKSTEN)
