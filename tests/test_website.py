"""The site: pages, secrecy, links, same bytes, and that a failed build leaves the old site."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import html5lib
import pytest
import yaml

from builder.artifacts import WriteError
from builder.dutch import file_size
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.project import Project
from builder.qr import qr_png
from builder.website import begrippen
from builder.website.pages import Pages
from builder.website.plugin import SiteError, build_site, lesson_downloads, site_input
from tests.banks import changed, other_keys
from tests.conftest import ITEM_PATH, ROOT, copy_of_the_site, copy_of_the_voorbeeldbank
from tests.golden import compare
from tests.zips import differing, files_of

DAY = date(2026, 11, 25)
LES = "lessen/gezondheid/praten-met-de-huisarts"


def with_site(folder: Path) -> Project:
    """A copy of the voorbeeldbank with the site's source beside it."""
    project = copy_of_the_voorbeeldbank(folder)
    copy_of_the_site(folder)
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = with_site(tmp_path_factory.mktemp("site") / "bank")
    bank, found = load(project)
    assert not found
    target = project.root / "build" / "site"
    build_site(project, bank, DAY, target)
    return target


def made(bank: Itembank, project: Project, preview: bool = False) -> dict[str, bytes]:
    pages = Pages(dataclasses.replace(site_input(project, bank, preview), templates=ROOT / "site/templates"))
    return {artifact.path: artifact.content for artifact in pages.artifacts()}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The pages of the voorbeeldbank as it is."""
    project = copy_of_the_voorbeeldbank(tmp_path_factory.mktemp("pages") / "bank")
    return made(load(project)[0], project)


def with_toetsen(bank: Itembank, project: Project, zips: dict[str, bytes]) -> dict[str, bytes]:
    given = dataclasses.replace(
        site_input(project, bank, False), templates=ROOT / "site/templates", toetsen=zips
    )
    return {artifact.path: artifact.content for artifact in Pages(given).artifacts()}


def test_toetsen_to_practise_are_on_the_site(tmp_path: Path) -> None:
    project = copy_of_the_voorbeeldbank(tmp_path / "bank")
    bank, _ = load(project)
    usable = bank.toetsen["kleine-toets-a"]
    assert usable.doel == "oefenen"
    exam = dataclasses.replace(usable, id="een-examen", doel="examen")
    unread = dataclasses.replace(usable, id="ongelezen", items=(dataclasses.replace(usable.items[0], id="wonen-003"),))
    secret = dataclasses.replace(bank.items["wonen-001"], id="wonen-003", status="geheim")
    more = dataclasses.replace(
        bank,
        toetsen={one.id: one for one in (usable, exam, unread)},
        items={**bank.items, "wonen-003": secret},
        locations={**bank.locations, "wonen-003": bank.locations["wonen-001"]},
    )
    zips = {name: name.encode() for name in more.toetsen}
    made = with_toetsen(more, project, zips)
    found = {path: made[path] for path in made if path.startswith("vragen/toetsen")}
    assert found.keys() == {"vragen/toetsen.md", "vragen/toetsen/kleine-toets-a.zip"}
    assert found["vragen/toetsen/kleine-toets-a.zip"] == b"kleine-toets-a"
    page = Page(found["vragen/toetsen.md"].decode())
    assert "toetsen/kleine-toets-a.zip" in page.links
    assert "nog niet door een mens beoordeeld" in page.text
    assert "toetsen.html" in Page(made["vragen/index.md"].decode()).links
    without = with_toetsen(more, project, {})
    assert not [path for path in without if path.startswith("vragen/toetsen")]
    assert "toetsen.html" not in Page(without["vragen/index.md"].decode()).links


class Page(HTMLParser):
    """Text, links and addresses of a page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.lang = ""
        self.text = ""
        self.tags: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "html":
            self.lang = found.get("lang", "")
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in ("img", "script", "iframe", "source") and "src" in found:
            self.loads.append(found["src"])
        if tag == "link" and found.get("rel") in ("stylesheet", "icon", "preload", "preconnect"):
            self.loads.append(found["href"])

    def handle_data(self, data: str) -> None:
        self.text += data


def html_files(site: Path) -> Iterator[tuple[Path, Page]]:
    for file in sorted(site.rglob("*.html")):
        yield file, Page(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "page",
    [
        "index",
        "lessen/index",
        f"{LES}/index",
        f"{LES}/cursist",
        f"{LES}/print",
        "eindtermen/index",
        "eindtermen/wonen",
        "eindtermen/3-1-2",
        "vragen/wonen/index",
        "vragen/wonen/wonen-001",
        "vragen/wonen/wonen-003",
        "vragen/gezondheid/gezondheid-001",
        "over/bronnen",
        "over/begrippen",
        "over/begrippen-gezondheid",
        "over/woordkaarten",
        "over/woordkaarten-gezondheid",
        "over/woordkaarten-gezondheid-kaartjes",
    ],
)
def test_pages_are_as_they_were(page: str, pages: dict[str, bytes], update_golden: bool) -> None:
    compare(f"site/{page}.md", pages[f"{page}.md"].decode("utf-8"), update_golden)


def missing_links(site: Path) -> list[str]:
    """Every link and picture inside a site that leads to nothing, with the page it stands on."""
    pages = dict(html_files(site))
    missing = []
    for file, page in pages.items():
        for address in [*page.links, *page.loads]:
            if re.match(r"(https?|mailto|tel|data):", address):
                continue
            path, fragment = urldefrag(address)
            target = (file.parent / unquote(path)).resolve() if path else file
            if target.is_dir():
                target = target / "index.html"
            if not target.is_file() or (
                fragment
                and "=" not in fragment  # a choice for the search or practice page
                and target in pages
                and unquote(fragment) not in pages[target].ids | {"__toc", "__drawer"}
            ):
                missing.append(f"{file.relative_to(site)}: {address}")
    return missing


def test_every_link_and_picture_is_there(built: Path) -> None:
    assert len(list(built.rglob("*.html"))) > 20
    assert missing_links(built) == []


def test_nothing_is_loaded_from_elsewhere(built: Path) -> None:
    for file, page in html_files(built):
        foreign = [address for address in page.loads if re.match(r"(https?:)?//", address)]
        assert not foreign, file
    for sheet in built.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", sheet.read_text(encoding="utf-8")), sheet


def test_every_page_is_dutch_and_says_who_wrote_it(built: Path) -> None:
    for file, page in html_files(built):
        assert page.lang == "nl", file
        assert page.tags.count("h1") == 1, file
        assert "nog niet door een mens beoordeeld" in page.text, file


def test_every_page_has_a_title_landmarks_and_headings_in_order(built: Path) -> None:
    titles: dict[str, str] = {}
    for file, page in html_files(built):
        source = file.read_text(encoding="utf-8")
        title = re.search(r"<title>([^<]+)</title>", source)
        assert title and title[1].strip(), file
        titles[file.relative_to(built).as_posix()] = title[1]
        assert page.tags.count("main") == 1, file
        assert "header" in page.tags and "footer" in page.tags, file
        levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1, file
        assert all(after - before <= 1 for before, after in pairwise(levels)), (file, levels)
    lists = re.compile(r"-\d+\.html$|lijst-")  # pages of one list
    own = [title for name, title in titles.items() if not lists.search(name)]
    assert len(own) - len(set(own)) <= 2, "two pages of different things have one title"


def test_the_blocks_of_a_lesson_stand_in_the_order_that_teachers_know(built: Path) -> None:
    source = (built / LES / "index.html").read_text(encoding="utf-8").partition("<article")[2]
    assert re.findall(r'<h2[^>]* id="([^"]+)"', source) == [
        "in-het-kort",
        "downloads",
        "doelen",
        "woorden",
        "docent",
        "veilig-beginnen",
        "stappen",
        "differentiatie",
        "dit-hoor-je-soms",
        "veilig-afsluiten",
        "controlevragen",
        "verder",
        "bronnen",
        "werkbladen",
        "antwoorden",
    ]


def test_the_learner_page_has_no_answer(built: Path) -> None:
    text = (built / LES / "cursist.html").read_text(encoding="utf-8")
    assert "Wat zeg je tegen de huisarts?" in Page(text).text
    assert "ik slaap slecht" not in text
    assert "ik slaap slecht" in (built / LES / "index.html").read_text(encoding="utf-8")


def test_the_page_to_print_is_a_whole_lesson_with_the_answers_last(built: Path) -> None:
    source = (built / LES / "print.html").read_text(encoding="utf-8")
    article = source.partition("<article")[2].partition("</article>")[0]
    parts = re.findall(r'<h2(?: class="([^"]+)")? id="([^"]+)"', article)
    names = [name for _, name in parts]
    lesson = (built / LES / "index.html").read_text(encoding="utf-8").partition("<article")[2]
    told = set(re.findall(r'<h2[^>]* id="([^"]+)"', lesson)) - {"in-het-kort", "downloads", "werkbladen"}
    assert told <= set(names)
    assert names[:3] == ["doelen", "woorden", "docent"] and "stappen" in names
    assert [name for name in names if name.startswith("blad-")] == ["blad-1"]
    assert names.index("controlevragen") < names.index("blad-1") < names.index("antwoorden")
    assert names[names.index("antwoorden") + 1 :] == ["verder", "bronnen"]
    on_new_sheet = {name for kind, name in parts if kind == "knm-op-nieuw-blad"}
    assert on_new_sheet == {"blad-1", "antwoorden"}
    before, _, answers = article.partition('id="antwoorden"')
    assert "ik slaap slecht" in answers and "ik slaap slecht" not in before
    assert not re.search(r"<details|\[bron\]|knm-begrip|[(]…[)](?!</span>)", article)
    assert 'href="print.html"' in lesson and 'href="index.html"' in article
    assert '@bottom-left{content:"Praten met de huisarts"}' in source  # the foot of each sheet


def test_a_lesson_cites_its_own_list_of_sources(built: Path) -> None:
    source = (built / LES / "index.html").read_text(encoding="utf-8")
    marks = re.findall(r'<a class="bron" href="#b(\d+)">\[(\d+)\]</a>', source)
    assert marks and all(target == shown for target, shown in marks)
    listed = re.findall(r'<li id="b(\d+)"><a href="[^"]+over/bronnen', source)
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert {int(number) for number, _ in marks} <= set(range(1, len(listed) + 1))


def test_the_title_of_a_page_cannot_end_the_style_that_prints_it(tmp_path: Path) -> None:
    project = with_site(tmp_path / "bank")
    bank, _ = load(project)
    les = dataclasses.replace(bank.lessen["praten-met-de-huisarts"], titel='A "b" </style> \\ c')
    build_site(project, dataclasses.replace(bank, lessen={les.id: les}), DAY, project.root / "build/site")
    source = (project.root / "build/site" / LES / "print.html").read_text(encoding="utf-8")
    (style,) = re.findall(r"<style>(@page.*?)</style>", source)
    (shown,) = re.fullmatch(r'@page{@bottom-left{content:"((?:[^"\\<]|\\[0-9a-f]{2} )*)"}}', style).groups()
    assert "b" in shown and "c" in shown


def test_a_lesson_can_be_taken_along(built: Path) -> None:
    page = Page((built / LES / "index.html").read_text(encoding="utf-8"))
    files = {file.name: file.stat().st_size for file in (built / LES / "downloads").iterdir()}
    linked = [link for link in page.links if link.startswith("downloads/")]
    assert sorted(linked) == sorted(f"downloads/{name}" for name in files)
    assert len(linked) == 11
    assert linked[0] == "downloads/praten-met-de-huisarts-alles.zip"  # the first button
    text = " ".join(page.text.split())
    for name, words in (
        ("alles.zip", "Alles downloaden (zip, {})"),
        ("werkblad-a2.docx", "Werkblad A2 (Word, {})"),
        ("werkblad-a2.pdf", "Werkblad A2 (PDF, {})"),
        ("docentblad.docx", "Docentblad (Word, {})"),
        ("antwoorden.pdf", "Antwoorden (PDF, {})"),
        ("presentatie.pptx", "Presentatie (PowerPoint, {})"),
        ("vragen-moodle.xml", "Vragen voor Moodle (XML, {})"),
    ):
        shown = words.format(file_size(files[f"praten-met-de-huisarts-{name}"]))
        assert shown in text
    order = [text.rindex(head) for head in ("Bijgewerkt op", "Alles downloaden", "De cursist kan vertellen")]
    assert order == sorted(order)
    learner = Page((built / LES / "cursist.html").read_text(encoding="utf-8"))
    assert not [link for link in learner.links if "downloads/" in link]


def test_a_withdrawn_lesson_has_nothing_to_take_along(tmp_path: Path) -> None:
    project = with_site(tmp_path / "bank")
    bank, _ = load(project)
    les = dataclasses.replace(bank.lessen["praten-met-de-huisarts"], status="vervallen", reden="Vervangen.")
    build_site(project, dataclasses.replace(bank, lessen={les.id: les}), DAY, project.root / "build/site")
    assert not (project.root / "build/site" / LES / "downloads").exists()
    text = (project.root / "build/site" / LES / "index.html").read_text(encoding="utf-8")
    assert "downloads/" not in text
    assert "Pagina voor cursisten" in text


def test_a_lesson_that_cannot_be_printed_stops_the_build(tmp_path: Path) -> None:
    project = with_site(tmp_path / "bank")
    bank, _ = load(project)
    les = dataclasses.replace(bank.lessen["praten-met-de-huisarts"], docent="Kies ✓")
    with pytest.raises(SiteError, match=r"X501.*docentblad.*✓"):
        build_site(project, dataclasses.replace(bank, lessen={les.id: les}), DAY, project.root / "build/site")
    assert not (project.root / "build/site").exists()


def test_addresses_of_downloads_come_from_the_settings(bank_project: Project) -> None:
    bank, _ = load(bank_project)
    settings = dataclasses.replace(bank_project.settings, site_adres="https://school.example/knm")
    lessen = list(bank.lessen.values())
    given = dataclasses.replace(bank_project, settings=settings)
    with_address = lesson_downloads(given, bank, lessen)[0]["praten-met-de-huisarts"]
    without = lesson_downloads(bank_project, bank, lessen)[0]["praten-met-de-huisarts"]
    address = f"https://school.example/knm/{LES}/cursist.html"
    for files, there in ((with_address, True), (without, False)):
        (sheet,) = [artifact for artifact in files if artifact.path.endswith("werkblad-a2.docx")]
        with zipfile.ZipFile(io.BytesIO(sheet.content)) as archive:
            assert (
                f"QR-code naar de pagina van deze les: {address}"
                in archive.read("word/document.xml").decode()
            ) == there


def test_moving_the_key_changes_no_learner_page(bank_project: Project) -> None:
    bank, _ = load(bank_project)
    before = made(bank, bank_project)
    moved = other_keys(bank, *bank.items)
    les = moved.lessen["praten-met-de-huisarts"]
    handouts = tuple(
        dataclasses.replace(
            blad, delen=tuple(dataclasses.replace(deel, antwoord="Heel anders") for deel in blad.delen)
        )
        for blad in les.handouts
    )
    moved = dataclasses.replace(
        moved, lessen={les.id: dataclasses.replace(les, handouts=handouts, docent="Anders")}
    )
    after = made(moved, bank_project)
    # a question whose key moved must be read again, so until then it may not be practised
    assert {path for path in before.keys() ^ after.keys() if not path.startswith("data/vragen-")} == set()
    assert before[f"{LES}/index.md"] != after[f"{LES}/index.md"]
    learner = [path for path in before if path.endswith("cursist.md")]
    assert learner
    for path in learner:
        assert before[path] == after[path]


@pytest.mark.parametrize("preview", [False, True])
def test_a_secret_item_is_nowhere(bank_project: Project, preview: bool) -> None:
    bank, _ = load(bank_project)
    canary = "kanarievogel"
    secret = changed(bank, "gezondheid-002", status="geheim", stam=f"Wat doet de {canary}?", context=canary)
    everything = made(secret, bank_project, preview)
    assert "vragen/gezondheid/gezondheid-002.md" not in everything
    for path, content in everything.items():
        assert canary.encode() not in content, path
        assert b"gezondheid-002" not in content, path
    pages = Pages(dataclasses.replace(site_input(bank_project, secret), templates=ROOT / "site/templates"))
    assert pages.left_out() == {"geheim": 1}


def test_a_concept_shows_in_the_preview_only(bank_project: Project) -> None:
    bank, _ = load(bank_project)
    draft = changed(bank, "wonen-001", status="concept")
    assert "vragen/wonen/wonen-001.md" not in made(draft, bank_project)
    assert "vragen/wonen/wonen-001.md" in made(draft, bank_project, preview=True)


def test_a_withdrawn_item_keeps_its_page_and_says_why(built: Path) -> None:
    text = Page((built / "vragen/wonen/wonen-003.html").read_text(encoding="utf-8")).text
    assert "Deze vraag is vervallen" in text
    assert "De vraag leek te veel op wonen-001." in text
    assert "wonen-003" not in (built / "eindtermen/3-1-2.html").read_text(encoding="utf-8")


NASTY = (
    "<script>alert(1)</script> {{ bank }} [x](javascript:alert(1)) *ster* # $ | `code` {: .x } & \"aan\" 'en'"
)


def test_text_of_an_item_is_never_markup(tmp_path: Path) -> None:
    project = with_site(tmp_path / "bank")
    bank, _ = load(project)
    item = bank.items["wonen-001"]
    nasty = changed(
        bank,
        item.id,
        stam=NASTY,
        context=f"# {NASTY}\n- {NASTY}",
        trefwoorden=(NASTY,),
        opties=tuple(dataclasses.replace(optie, tekst=NASTY, toelichting=NASTY) for optie in item.opties),
    )
    les = bank.lessen["praten-met-de-huisarts"]
    nasty = dataclasses.replace(
        nasty,
        lessen={
            les.id: dataclasses.replace(les, titel=NASTY, samenvatting=NASTY, docent=NASTY, groepsvorm=NASTY)
        },
    )
    build_site(project, nasty, DAY, project.root / "build/site")
    wanted = " ".join(NASTY.split())
    for name in (
        "vragen/wonen/wonen-001.html",
        "eindtermen/3-1-2.html",
        f"{LES}/index.html",
        "lessen/index.html",
    ):
        source = (project.root / "build/site" / name).read_text(encoding="utf-8")
        page = Page(source)
        assert wanted in " ".join(page.text.split()), name
        assert "<script>alert" not in source, name
        assert not [link for link in page.links if link.startswith("javascript")], name


def test_same_input_gives_same_bytes(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    project = with_site(tmp_path / "elders")
    bank, _ = load(project)
    build_site(project, bank, DAY, project.root / "build/site")
    again = files_of(project.root / "build/site")
    before = files_of(built)
    assert again.keys() == before.keys()
    assert [name for name in again if again[name] != before[name]] == []


def test_with_addresses_there_are_a_sitemap_a_code_and_a_way_to_tell_us(tmp_path: Path) -> None:
    project = with_site(tmp_path / "bank")
    assert not (project.root / "build").exists()
    settings = dataclasses.replace(
        project.settings, site_adres="https://school.example/knm/", contact_mail="knm@school.example"
    )
    project = dataclasses.replace(project, settings=settings)
    bank, _ = load(project)
    build_site(project, bank, DAY, project.root / "build/site")
    sitemap = (project.root / "build/site/sitemap.xml").read_text(encoding="utf-8")
    assert "https://school.example/knm/vragen/wonen/wonen-001.html" in sitemap
    assert "2026-11-25" in sitemap
    lesson = (project.root / "build/site" / LES / "index.html").read_text(encoding="utf-8")
    assert 'src="cursist-qr.png"' in lesson
    assert f"https://school.example/knm/{LES}/index.html" in lesson
    code = (project.root / "build/site" / LES / "cursist-qr.png").read_bytes()
    assert code == qr_png(f"https://school.example/knm/{LES}/cursist.html")[0]
    for name in ("index", f"{LES}/index", "vragen/wonen/wonen-001", "eindtermen/3-1-2", "over/privacy"):
        page = Page((project.root / f"build/site/{name}.html").read_text(encoding="utf-8"))
        (mail,) = [link for link in page.links if link.startswith("mailto:")]
        assert unquote(mail) == f"mailto:knm@school.example?subject=Handreiking KNM: {name}"


def test_without_an_address_nothing_is_invented(built: Path) -> None:
    assert not (built / "sitemap.xml").exists()
    for file, page in html_files(built):
        assert not [link for link in page.links if link.startswith("mailto:")], file
        assert not [address for address in page.loads if "qr" in address], file
        assert "canonical" not in file.read_text(encoding="utf-8").partition("</head>")[0], file


def test_a_failed_build_leaves_the_old_site(tmp_path: Path) -> None:
    project = with_site(tmp_path / "bank")
    bank, _ = load(project)
    target = project.root / "build/site"
    build_site(project, bank, DAY, target)
    before = files_of(target)
    (project.root / "site/pages/kapot.md").write_text("[weg](bestaat-niet.md)\n", encoding="utf-8")
    with pytest.raises(SiteError, match="bestaat-niet"):
        build_site(project, bank, DAY, target)
    assert differing(before, files_of(target)) == []
    assert [file.name for file in target.parent.iterdir()] == ["site"]


def test_a_full_disk_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = with_site(tmp_path / "bank")
    bank, _ = load(project)
    target = project.root / "build/site"
    target.mkdir(parents=True)
    (target / "index.html").write_text("oud", encoding="utf-8")

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkdocs.utils.write_file", full)
    with pytest.raises(WriteError, match="nog heel"):
        build_site(project, bank, DAY, target)
    assert (target / "index.html").read_text(encoding="utf-8") == "oud"
    assert [file.name for file in target.parent.iterdir()] == ["site"]


def test_mkdocs_cannot_empty_our_source() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = yaml.safe_load(text)
    assert config["docs_dir"] == "site/pages"
    assert config["site_dir"] == "build/site"
    assert config["use_directory_urls"] is False
    assert config["theme"]["font"] is False
    assert config["theme"]["language"] == "nl"
    assert config["plugins"] == ["knm"]
    assert config["validation"]["nav"]["omitted_files"] == "ignore"


def test_decisions_are_outside_nav_and_pages_exist() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "besluiten/0" not in config
    assert len(list((ROOT / "site/pages/besluiten").glob("0*.md"))) >= 6


def test_left_out_pages_of_an_empty_bank_do_not_break(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    (tmp_path / "leeg/knm.toml").write_text("", encoding="utf-8")
    shutil.copytree(ROOT / "schemas", tmp_path / "leeg/schemas")
    project = Project(tmp_path / "leeg")
    bank, _ = load(project)
    pages = made(bank, project)
    assert b"Wat wil je doen?" in pages["index.md"]


def test_a_long_list_of_questions_is_cut_in_pages(
    bank_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.website.paging.PER_PAGE", 1)
    monkeypatch.setattr("builder.website.paging.PER_PAGE", 1)
    bank, _ = load(bank_project)
    les = bank.lessen["praten-met-de-huisarts"]
    other = dataclasses.replace(les, id="nog-een-les", titel="Nog een les", thema="wonen", reeks=())
    locations = {**bank.locations, other.id: bank.locations[les.id]}
    bank = dataclasses.replace(bank, lessen={les.id: les, other.id: other}, locations=locations)
    pages = {
        path: text.decode("utf-8") for path, text in made(bank, bank_project).items() if path.endswith(".md")
    }
    first, second = (pages[f"vragen/wonen/{name}.md"] for name in ("index", "lijst-2"))
    assert "hier 1 tot en met 1" in first and "hier 2 tot en met 2" in second
    shown = re.findall(r"wonen-00\d\.html", first + second)
    assert sorted(set(shown)) == ["wonen-001.html", "wonen-002.html"]
    assert 'href="bronnen-2.html"' in pages["over/bronnen.md"]
    assert 'href="lijst-2.html"' in first and 'href="index.html"' in second
    assert (
        "Nog een les" in pages["lessen/index.md"] and "Praten met de huisarts" in pages["lessen/lijst-2.md"]
    )
    assert "Wonen" in pages["lessen/index.md"] and "reeks" not in pages["lessen/lijst-2.md"]
    both = [pages[f"materialen/{name}.md"] for name in ("index", "lijst-2")]
    assert ["In het dorp" in page for page in both] == [True, False]
    assert all("knm-materiaal-filters" not in page and "#soort=lesmateriaal" in page for page in both)


def test_an_eindterm_with_many_questions_goes_on(
    bank_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (bank_project.root / "items/wonen/wonen-001.yaml").read_text(encoding="utf-8")
    (bank_project.root / ITEM_PATH).write_text(text.replace("wonen-001", "wonen-004"), encoding="utf-8")
    bank, _ = load(bank_project)
    nummer = bank.items["wonen-001"].eindterm
    name = f"eindtermen/{nummer.replace('.', '-')}"
    assert f"{name}-vragen-2.md" not in made(bank, bank_project)
    monkeypatch.setattr("builder.website.paging.PER_PAGE", 1)
    pages = made(bank, bank_project)
    parts = [pages[f"{path}.md"].decode("utf-8") for path in (name, f"{name}-vragen-2")]
    expected = [
        item.id for item in bank.items.values() if item.eindterm == nummer and item.status != "vervallen"
    ]
    shown = re.findall(r"vragen/wonen/(wonen-\d+)\.html", "".join(parts))
    assert sorted(shown) == sorted(expected) and len(expected) == 2
    last = name.rpartition("/")[2]
    assert f'href="{last}-vragen-2.html"' in parts[0] and f'href="{last}.html"' in parts[1]
    assert "Wat betekent dit?" in parts[0] and "Wat betekent dit?" not in parts[1]


def test_a_word_stands_in_one_part_and_links_go_there(
    bank_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.website.begrippen.PER_PART", 1)
    bank, _ = load(bank_project)
    (word, *_) = bank.begrippen.values()
    assert (word.id, word.thema) == ("huisarts", "gezondheid")
    first = dataclasses.replace(word, id="apotheek", woord="apotheek")
    pages = made(dataclasses.replace(bank, begrippen={**bank.begrippen, first.id: first}), bank_project)
    parts = [path for path in pages if re.fullmatch(r"over/begrippen-.*\.md", path)]
    assert parts == [
        "over/begrippen-gezondheid.md",
        "over/begrippen-gezondheid-2.md",
        "over/begrippen-andere-woorden.md",  # the word without a thema
    ]
    for word_id, part in zip(("apotheek", "huisarts", "verhuurder"), parts, strict=True):
        shown = [path for path in parts if f'id="{word_id}"' in pages[path].decode("utf-8")]
        assert shown == [part]
        name = part.removeprefix("over/").removesuffix(".md")
        assert f'href="{name}.html#{word_id}"' in pages["over/begrippen.md"].decode("utf-8")
    link = "begrippen-gezondheid-2.html&#35;huisarts"
    assert link not in pages[f"{LES}/index.md"].decode("utf-8")  # the les explains this word itself
    assert link in pages[f"{LES}/cursist.md"].decode("utf-8")


def test_word_cards_leave_the_languages_to_a_person(bank_project: Project) -> None:
    bank, _ = load(bank_project)
    (word, *_) = bank.begrippen.values()
    many = {f"w-{number}": dataclasses.replace(word, id=f"w-{number}") for number in range(19)}
    pages = made(dataclasses.replace(bank, begrippen=many), bank_project)
    table = pages["over/woordkaarten-gezondheid.md"].decode("utf-8")
    for taal in begrippen.TALEN:
        assert f'<th scope="col">{taal}</th>' in table
    assert table.count("<td></td>" * len(begrippen.TALEN) + "</tr>") == 19
    cards = pages["over/woordkaarten-gezondheid-kaartjes.md"].decode("utf-8")
    assert [sheet.count("<li>") for sheet in cards.split("<ul")[1:]] == [8, 8, 3]
    assert "vult een mens in" in pages["over/woordkaarten.md"].decode("utf-8")


def test_every_page_is_good_html_and_light(built: Path) -> None:
    """Parsed by html5lib in strict mode; an unknown tag or a wrong nesting is an error there."""
    wrong = []
    for file in sorted(built.rglob("*.html")):
        data = file.read_bytes()
        if len(data) > 60_000:
            wrong.append(f"{file.relative_to(built)}: {len(data)} bytes")
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(data, override_encoding="utf-8")
        wrong += [f"{file.relative_to(built)}: {code} {where}" for where, code, _ in parser.errors]
    assert wrong == []
