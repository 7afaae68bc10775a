"""The pages of the handreiking beside lessons: nothing unknown is filled in, and nothing is lost."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.lijsten import Gezien
from builder.model.locatie import Locatie
from builder.project import Project
from builder.website import handreiking, kaart, kaartjes, materialen, zoeken
from builder.website.pages import Pages
from builder.website.plugin import site_input
from tests.conftest import ROOT
from tests.golden import compare


@pytest.fixture
def bank(bank_project: Project) -> Itembank:
    loaded, found = load(bank_project)
    assert not found
    return loaded


@pytest.fixture(scope="module")
def real() -> Itembank:
    return load(Project(ROOT))[0]


def made(bank: Itembank, project: Project, today: date | None = None) -> dict[str, str]:
    given = dataclasses.replace(site_input(project, bank), templates=ROOT / "site/templates", today=today)
    return {
        artifact.path: artifact.content.decode("utf-8")
        for artifact in Pages(given).artifacts()
        if artifact.path.endswith((".md", ".js"))
    }


def changed(bank: Itembank, kind: str, name: str, **fields: Any) -> Itembank:
    cards = getattr(bank, kind)
    fresh: dict[str, Any] = {kind: {**cards, name: dataclasses.replace(cards[name], **fields)}}
    return dataclasses.replace(bank, **fresh)


@pytest.mark.parametrize(
    "page",
    [
        "materialen/index",
        "materialen/matrix",
        "bezoeken/index",
        "bezoeken/dorpsmuseum",
        "lastige-momenten/index",
        "lastige-momenten/niemand-zegt-iets",
        "veiligheid/index",
        "veiligheid/kaartjes",
        "pvt/index",
        "routes/index",
    ],
)
def test_pages_are_as_they_were(
    page: str, bank: Itembank, bank_project: Project, update_golden: bool
) -> None:
    compare(f"site/{page}.md", made(bank, bank_project)[f"{page}.md"], update_golden)


def test_what_is_not_known_of_a_place_is_said_to_be_unknown() -> None:
    bare = Locatie("x", "X", "museum", "Y", "Utrecht", "Z.", (), Gezien("2026-11-25", "kopie"))
    assert {value for _, value in handreiking.card(bare)} == {handreiking.UNKNOWN, "nog niet geschat"}
    full = dict(handreiking.card(dataclasses.replace(bare, prijs_persoon="0,00", duur=90, buiten=False)))
    assert full["Kosten"] == "gratis."
    assert full["Duur"] == "90 minuten"
    assert full["Vooral buiten"] == "nee"
    assert full["Vervoer"] == handreiking.UNKNOWN


def test_a_check_of_more_than_a_year_ago_does_not_count(bank: Itembank, bank_project: Project) -> None:
    checked = changed(bank, "locaties", "dorpsmuseum", gecontroleerd_op="2025-11-20")
    page = "bezoeken/dorpsmuseum.md"
    assert "Gecontroleerd op 20 november 2025" in made(checked, bank_project, date(2026, 11, 20))[page]
    assert "Gecontroleerd op 20 november 2025" in made(checked, bank_project)[page]
    late = made(checked, bank_project, date(2026, 11, 21))[page]
    assert "Nog niet opnieuw gecontroleerd. De laatste keer was op 20 november 2025" in late


def test_an_unknown_number_stays_unknown(bank: Itembank, bank_project: Project) -> None:
    page = made(changed(bank, "wegwijzer", "hulplijn", telefoon=""), bank_project)["veiligheid/index.md"]
    assert page.count("tel:") == 1
    assert "Nummer: onbekend, kijk op de website" in page
    assert page.index("tel:112") < page.index("Hulplijn Voorbeeld")


def test_what_we_advise_against_is_no_link_and_is_not_found(bank: Itembank, bank_project: Project) -> None:
    marked = changed(bank, "lesmateriaal", "leesboek-in-het-dorp", niet_aangeraden="De inhoud klopt niet.")
    page = made(marked, bank_project)
    assert "in-het-dorp" not in re.sub(r'id="[^"]*"', "", page["materialen/index.md"])
    assert "De inhoud klopt niet." in page["materialen/index.md"]
    assert "In het dorp" not in page["materialen/matrix.md"]
    assert "leesboek-in-het-dorp" not in page["data/zoeken.js"]
    assert "leesboek-in-het-dorp" in made(bank, bank_project)["data/zoeken.js"]


def test_help_is_not_in_the_search(bank: Itembank, bank_project: Project) -> None:
    found = made(bank, bank_project)["data/zoeken.js"]
    assert "dorpsmuseum" in found
    assert "hulplijn" not in found.lower()
    assert "0800" not in found


def test_each_kind_has_its_word_on_the_search_page() -> None:
    script = (ROOT / "site/overrides/assets/js/zoeken.js").read_text(encoding="utf-8")
    words = re.search(r"const WOORDEN = \{(.*?)\};", script)
    assert words
    assert set(re.findall(r"(\w+): \[", words[1])) == set(zoeken.SOORTEN)


def test_the_map_has_every_place_once_and_inside_the_country(real: Itembank) -> None:
    punten = {one.id: one.coordinaten for one in real.locaties.values()}
    assert all(punten.values())
    plekken = [
        kaart.Plek(number, name, f"{name}.html", punt)
        for number, (name, punt) in enumerate(punten.items(), start=1)
        if punt
    ]
    drawing = kaart.svg(plekken, "Kaart")
    width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', drawing)[0])
    circles = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="(\S+)" cy="(\S+)" r="10"', drawing)]
    assert len(circles) == len(plekken) == len(set(circles))
    assert all(0 < x < width and 0 < y < height for x, y in circles)
    assert re.findall(r'href="([^"]+)\.html"', drawing).__len__() == len(plekken)
    land = [
        (float(x), float(y)) for x, y in re.findall(r"[ML](\S+?) (\S+?)(?=[LZ])", drawing.partition("/>")[0])
    ]
    assert len(land) > 500
    assert all(0 <= x <= width and 0 <= y <= height for x, y in land)


def test_a_name_on_the_map_is_never_markup() -> None:
    drawing = kaart.svg([kaart.Plek(1, '<b>"x"</b>', 'a".html', (52.0, 5.0))], '"><script>')
    assert "<b>" not in drawing
    assert "<script>" not in drawing
    assert 'a".html' not in drawing


def test_every_material_of_the_inventory_is_there(real: Itembank) -> None:
    assert len(real.lesmateriaal) >= 47
    afgeraden = [one for one in real.lesmateriaal.values() if one.niet_aangeraden]
    assert len(afgeraden) == 2
    assert {one.maker for one in afgeraden} == {"een gebruiker van LessonUp", "een gebruiker van Wikiwijs"}
    assert all(one.beelden == "heftig" and not one.adres for one in afgeraden)
    placed = {one.id for cell in materialen.matrix(list(real.lesmateriaal.values())).values() for one in cell}
    assert placed == set(real.lesmateriaal) - {one.id for one in afgeraden}


def test_no_address_of_the_inventory_follows_its_reader(real: Itembank) -> None:
    addresses = [one.adres for one in (*real.lesmateriaal.values(), *real.bronnen.values()) if one.adres]
    assert [address for address in addresses if re.search(r"fbclid|utm_|edu\.test\.|//[^/]*@", address)] == []


def test_the_four_core_values_lead_to_eindtermen(real: Itembank) -> None:
    assert set(real.kernwaarden) == {"vrijheid", "gelijkwaardigheid", "solidariteit", "participatie"}
    assert all(real.has_eindterm(n) for waarde in real.kernwaarden.values() for n in waarde.eindtermen)


def test_a_hand_written_page_cites_like_the_others(tmp_path: Path) -> None:
    from builder.website.plugin import build_site
    from tests.test_website import with_site

    project = with_site(tmp_path / "bank")
    page = project.root / "site/pages/bezoeken/proef.md"
    page.write_text(
        "---\ntitle: Proef\nbronnen: [voorbeeldfolder]\n---\n\n# Proef\n\n"
        "Een feit [bron:voorbeeldfolder]. Een ander [bron:weg]. Een voorbeeld: `[bron:naam]`.\n",
        encoding="utf-8",
    )
    loaded, _ = load(project)
    build_site(project, loaded, date(2026, 11, 25), project.root / "build/site")
    html = (project.root / "build/site/bezoeken/proef.html").read_text(encoding="utf-8")
    link = r'<a class="bron" href="\.\./over/bronnen\.html#voorbeeldfolder">\[bron\]</a>'
    assert re.search(rf'Een feit<span class="knm-bron"> {link}</span>\.', html)
    assert "Een ander. Een voorbeeld: <code>[bron:naam]</code>" in html


def cards(bank: Itembank, **fields: Any) -> list[tuple[str, str]]:
    rows, _ = kaartjes.lines(changed(bank, "wegwijzer", "hulplijn", **fields))
    return [(row.telefoon, row.naam) for row in rows]


def test_a_card_holds_112_first_and_only_numbers_that_somebody_read(bank: Itembank) -> None:
    first, *rest = cards(bank)
    assert first[0] == "112" and rest
    assert cards(bank, telefoon="") == [first]
    assert cards(bank, bronnen=()) == [first]
    assert cards(bank, groep="docent") == [first]
    names = [found.id for found in bank.wegwijzer["hulplijn"].bronnen]
    hearsay = dataclasses.replace(
        bank,
        bronnen={
            name: dataclasses.replace(bron, gezien=Gezien("2026-11-25", "domeinbestand"))
            if name in names
            else bron
            for name, bron in bank.bronnen.items()
        },
    )
    assert cards(hearsay) == [first]


def test_the_cards_to_print_tell_nobody_what_they_are_for(real: Itembank) -> None:
    document = pypdfium2.PdfDocument(kaartjes.sheet(real))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    rows, seen = kaartjes.lines(real)
    assert rows[0].telefoon == "112"
    assert seen
    for row in rows:
        assert text.count(row.naam) == 8
    digits = set(re.findall(r"\b0[89]00-\d{4}\b|\b11\d\b", text))
    assert digits == {row.telefoon for row in rows}
    title = document.get_metadata_dict()["Title"]
    for said in (title, kaartjes.TITEL, kaartjes.BESTAND, rows[0].naam):
        assert not re.search(r"hulp|veilig|geweld|dwang|nood|meld", said, re.IGNORECASE)
    assert kaartjes.sheet(real) == kaartjes.sheet(real)
