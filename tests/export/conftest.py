"""The motley toets: every difficulty that other programs are known to stumble over, in one toets."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from cattrs import unstructure

from builder import yaml_writing
from builder.loading.load import load
from builder.model.digest import item_digest
from builder.model.itembank import Itembank
from builder.model.toets import Plek, Toets, Variant, Variantplek
from builder.typesetting import svg_to_png
from tests.conftest import copy_of_the_voorbeeldbank

SPECIALS = "\"R&B\" <b>vet</b> # = ~ { } : ]]> $5 $$x$$ \\ \\n 'enkel' &amp; <!-- --> {{ }}"
ARABIC = "مرحبا بكم"
TIGRINYA = "ሰላም"
LONG = "In deze lange tekst staat van alles over een huis, een meter en een brief. " * 8
LONG_READ = "wonen-109"
LONG_WORD = "arbeidsongeschiktheidsverzekering"


def drawing(colour: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320">'
        f'<rect width="480" height="320" fill="#ffffff"/><circle cx="240" cy="160" r="100" fill="{colour}"/></svg>'
    )


def picture(name: str, alt: str) -> dict[str, str]:
    return {"bestand": name, "alt": alt, "maker": "redactie", "licentie": "CC BY 4.0"}


def item(name: str, stam: str, opties: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "versie": 1,
        "status": "review",
        "eindterm": "3.1.2" if name.startswith("wonen") else "4.1.1",
        "stof": "examenstof",
        "taalniveau": "A2",
        "abstractieniveau": "concreet",
        "beheersing": "toepassen",
        "soort": "meerkeuze",
        "stam": stam,
        "opties": opties,
        "bronnen": [{"id": "voorbeeldfolder", "plaats": "bladzijde 1 & 2"}],
        "veroudert": "niet",
        "herkomst": "mens",
        "maker": "auteur",
        **more,
    }


def texts(right: int, *given: str) -> list[dict[str, Any]]:
    return [
        {"tekst": text, "juist": place == right, "toelichting": f"Dit is uitleg {place} & {SPECIALS}"}
        for place, text in enumerate(given, start=1)
    ]


ITEMS = [
    item(
        "wonen-101",
        f"Wat staat hier: {SPECIALS}?",
        texts(2, SPECIALS, f"Iets anders {SPECIALS}", "Niets < & >"),
    ),
    item(
        "wonen-102",
        "Wat ziet u op het plaatje?",
        texts(1, "Een rode bol", "Een blauwe bol", "Een huis"),
        afbeelding=picture("foto.svg", 'Een "rode" bol & een <lijn>.'),
    ),
    item(
        "gezondheid-102",
        "Wat ziet u hier?",
        texts(2, "Een rode bol", "Een blauwe bol", "Een huis"),
        afbeelding=picture("foto.svg", "Een blauwe bol."),
    ),
    item(
        "gezondheid-103",
        "Welk plaatje past bij groen?",
        [
            {
                "afbeelding": picture(f"gezondheid-103-{colour}.svg", f"Een bol, {colour}."),
                "juist": colour == "groen",
                "toelichting": "Kijk naar de kleur.",
            }
            for colour in ("rood", "groen", "blauw")
        ],
    ),
    item(
        "wonen-103",
        "Wie betaalt de huur?",
        [
            *texts(1, "De huurder", "De verhuurder", "De gemeente"),
            {
                "tekst": "Geen van deze",
                "juist": False,
                "toelichting": "Eén antwoord klopt wel.",
                "vast": True,
            },
        ],
    ),
    item(
        "wonen-104",
        "Wat doet Amina eerst?\n1. bellen\n2. schrijven",
        texts(3, "Stap 1\nen daarna stap 2", "- alleen een streepje", "Zij wacht"),
        context="Amina leest een brief.\nDe brief is lang.\n\nIn de brief staat:\n- betaal de huur\n- bel de verhuurder\nEn dan nog iets.",
    ),
    item(
        "wonen-105",
        unicodedata.normalize("NFD", f"Wat betekent {ARABIC} of {TIGRINYA} in één café?"),
        texts(1, ARABIC, TIGRINYA, "“Tot ziens” – € 5, ë"),
        context=f"{ARABIC}\n{TIGRINYA}",
    ),
    item(
        "wonen-106",
        "=Hoe laat? ~ // is het: 5 {minuten}?",
        texts(4, "%50% korting", "[html]tekst", "// geen opmerking", "=goed -> fout"),
        afbeelding=picture("mijn foto é.png", "Een klok."),
    ),
    item("wonen-107", "In welk jaar was het?", texts(2, "https://voorbeeld.nl/?a=1&b=2", "1945")),
    item(
        "wonen-108",
        "%50% van wat?\n// Dit is geen opmerking\n$CATEGORY: ook niet",
        texts(4, "%50% korting", "[html]tekst", "// geen opmerking", "=goed -> fout"),
    ),
    item("gezondheid-104", "Wanneer was het?", texts(2, "1940", "1945", "1948", "1953")),
    item(
        LONG_READ,
        "Wie leest de meter af?",
        texts(1, "De huurder", "De buurman", "De postbode"),
        context="\n\n".join([LONG] * 6),
    ),
    item(
        "wonen-110",
        "Waar staat de naam?",
        [
            {
                "afbeelding": picture(f"wonen-110-{place}.svg", f"Een bol met nummer {place}."),
                "juist": place == 2,
                "toelichting": "Kijk naar het nummer.",
            }
            for place in (1, 2, 3)
        ],
        afbeelding=picture("wonen-110.svg", "Een grijze bol."),
    ),
    item(
        "wonen-111",
        "Hoeveel is 2 < 3 > 1 & 5 ≥ 4?",
        texts(2, "x < y", "x > y", "x & y"),
    ),
    item("wonen-112", "Wat kost dit: $10, €10 of £10?", texts(3, "$10", "£10", "€10")),
    item("gezondheid-105", "Wat zegt zij: “Au!” of 'Oei'?", texts(1, "“Au!”", "'Oei'", "«Hé»")),
    item("gezondheid-106", "Welk teken is dit: %, #, @ of *?", texts(2, "%", "#", "*")),
    item(
        "gezondheid-107",
        f"Wat is het {'lange ' * 12}woord?",
        texts(1, LONG_WORD, "kort", f"{LONG_WORD} {LONG_WORD}"),
    ),
    item("gezondheid-108", "A. Wat is dit?", texts(1, "A. Een", "B. Twee", "C. Drie")),
    item("gezondheid-109", "1. Wat is dat?", texts(3, "1) een", "2) twee", "3) drie")),
]
ORDERS = {"wonen-103": (2, 3, 1, 4), "gezondheid-103": (3, 1, 2), "wonen-102": (3, 2, 1)}


@pytest.fixture(scope="session")
def motley(tmp_path_factory: pytest.TempPathFactory) -> tuple[Itembank, Toets]:
    """The bank and the toets; read from real files, so that findings have their lines."""
    project = copy_of_the_voorbeeldbank(tmp_path_factory.mktemp("motley") / "bank")
    wonen, gezondheid = project.root / "items/wonen", project.root / "items/gezondheid"
    for data in ITEMS:
        folder = project.root / "items" / str(data["id"]).rpartition("-")[0]
        text = yaml_writing.dump(data, "../../schemas/item.schema.json")
        (folder / f"{data['id']}.yaml").write_text(text, encoding="utf-8")
    (wonen / "foto.svg").write_text(drawing("#aa0000"), encoding="utf-8")
    (gezondheid / "foto.svg").write_text(drawing("#0000aa"), encoding="utf-8")
    (wonen / "mijn foto é.png").write_bytes(svg_to_png(drawing("#555555").encode(), 300, 200))
    for name, colour in (("rood", "#aa0000"), ("groen", "#00aa00"), ("blauw", "#0000aa")):
        (gezondheid / f"gezondheid-103-{name}.svg").write_text(drawing(colour), encoding="utf-8")
    for name in ("wonen-110", "wonen-110-1", "wonen-110-2", "wonen-110-3"):
        (wonen / f"{name}.svg").write_text(drawing("#777777"), encoding="utf-8")
    bank, found = load(project)
    assert not found
    data = {key: value for key, value in unstructure(_toets(bank)).items() if value not in (None, "", ())}
    for plek in data["items"]:
        del plek["vast"]
    text = yaml_writing.dump(data, "../../schemas/toets.schema.json")
    (project.root / "content/toetsen/bonte-toets.yaml").write_text(text, encoding="utf-8")
    bank, found = load(project)
    assert not found
    return bank, bank.toetsen["bonte-toets"]


@pytest.fixture(scope="session")
def bank_of_voorbeeld(tmp_path_factory: pytest.TempPathFactory) -> Itembank:
    """The voorbeeldbank as it is."""
    bank, found = load(copy_of_the_voorbeeldbank(tmp_path_factory.mktemp("voorbeeld") / "bank"))
    assert not found
    return bank


def _toets(bank: Itembank) -> Toets:
    plekken = []
    for data in ITEMS:
        found = bank.item(str(data["id"]))
        order = ORDERS.get(found.id, tuple(range(1, len(found.opties) + 1)))
        plekken.append(Plek(found.id, found.versie, item_digest(bank, found), order))
    return Toets(
        id="bonte-toets",
        titel="Wonen, werk & zorg: nr 1/2 <proef>",
        doel="oefenen",
        datum="2026-11-25",
        editie=2,
        items=tuple(plekken),
        minuten=15,
        uitleg="Lees elke vraag.\nKies één antwoord & ga door.",
        varianten=(
            Variant("B", tuple(Variantplek(plek.id, plek.opties) for plek in reversed(plekken)), zaad=1),
        ),
    )
