"""Spelling: wrong words with what was meant, quiet about names and our own words, honest without a dictionary."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from builder.checks import spelling
from builder.checks.context import Context
from builder.diagnostics import Diagnostic
from builder.language.dictionary import SHIPPED, Dictionary, find_dictionary, read_dictionary
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.pagina import Pagina
from tests.conftest import ROOT, VOORBEELDBANK, CopiedProject
from tests.timing import spent


@pytest.fixture(scope="module")
def bank() -> Itembank:
    return load(CopiedProject(VOORBEELDBANK))[0]


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    found = find_dictionary()
    assert found
    return found


def findings(bank: Itembank, dictionary: Dictionary | None) -> list[Diagnostic]:
    context = Context(dictionary=dictionary)
    speller = spelling.speller_for(bank, context)
    doubts = {name: spelling.item_doubts(item, speller) for name, item in bank.items.items() if speller}
    return list(spelling.findings(bank, context, speller, doubts))


def told(bank: Itembank, dictionary: Dictionary, text: str, **changes: Any) -> list[str]:
    """The wrong words when this is the explanation of an answer."""
    item = bank.items["wonen-001"]
    changed = replace(item, opties=(replace(item.opties[0], toelichting=text), *item.opties[1:]))
    found = findings(replace(bank, items={item.id: changed}, lessen={}, paginas={}, **changes), dictionary)
    assert {f.location.pointer for f in found} <= {"/opties/0/toelichting"}
    return [f.message.split('"')[1] for f in found]


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("Wat doet de verhuurer?", "verhuurer", "verhuurder"),
        ("Je gaat naar het zeikenhuis.", "zeikenhuis", "ziekenhuis"),
        ("Wat gebeurdt er dan?", "gebeurdt", "gebeurt"),
        ("De gemeente betaald de bijstant.", "bijstant", "bijstand"),
        ("Ik wordd ziek.", "wordd", "wordt"),
        ("Zij woont in amsterdam.", "amsterdam", "Amsterdam"),
        ("Verhuurers zijn aardig.", "Verhuurers", "Verhuurders"),
        ("Een vernietigingskampp is een kamp.", "vernietigingskampp", "vernietigingskamp"),
        ("Dat zijn taalniveau's.", "taalniveau's", ""),
    ],
)
def test_a_wrong_word_is_told_with_what_was_meant(
    bank: Itembank, dictionary: Dictionary, text: str, word: str, meant: str
) -> None:
    assert told(bank, dictionary, text) == [word]
    item = bank.items["wonen-001"]
    changed = replace(item, stam=text)
    (found,) = findings(replace(bank, items={item.id: changed}, lessen={}, paginas={}), dictionary)
    assert (found.rule.code, found.location.pointer) == ("C551", "/stam")
    assert f'"{meant}"' in found.hint if meant else found.hint


@pytest.mark.parametrize(
    "text",
    [
        "De verhuurder maakt de verwarming. Eén keer per jaar komt een monteur.",
        "Het vernietigingskamp, het doorgangskamp en de struikelsteen.",
        "Je belt de huisartsenpost, het UWV, DUO of de GGD.",
        "Zij checkt in met OVpay en logt in met DigiD.",
        "Mevrouw Osei en Yusuf wonen in Zwolle. Yusuf reist graag.",
        "Otto’s dochter schreef. Ook Otto's vrouw las. Dat zei Otto.",
        "Kijk op www.rijksoverheid.nl of mail naar info@voorbeeld.nl.",
        "Een EU-land, een A2-cursus, 65-plussers en de B1-route.",
        "'s Avonds is het stil, en 's morgens ook. Dat is m'n huis.",
        "Vijfentwintig, tweehonderd en tachtigjarige mensen.",
        'Hij zei: "Ik kom eraan."',
        "De IJssel en het IJsselmeer. IJs is koud.",
        "ሰላም ዓለም مرحبا بالعالم Привет 😀 12345",
        "",
        "x",
    ],
)
def test_good_words_names_and_what_is_no_dutch_are_left_in_peace(
    bank: Itembank, dictionary: Dictionary, text: str
) -> None:
    assert told(bank, dictionary, text) == []


def test_a_word_is_told_once_for_each_field(bank: Itembank, dictionary: Dictionary) -> None:
    assert told(bank, dictionary, "De verhuurer belt de verhuurer. Een verhuurer, dus.") == ["verhuurer"]


def test_our_own_words_are_known(bank: Itembank, dictionary: Dictionary) -> None:
    text = "De zwerfkorfel is blauw."
    assert told(bank, dictionary, text) == ["zwerfkorfel"]
    assert told(bank, dictionary, text, domeinwoorden={"wonen": ("Zwerfkorfel",)}) == []
    (begrip, *_) = bank.begrippen.values()
    known = replace(begrip, woord="de zwerfkorfel")
    assert told(bank, dictionary, text, begrippen={known.id: known}) == []


def test_the_words_of_a_les_are_known_in_that_les(bank: Itembank, dictionary: Dictionary) -> None:
    les = bank.lessen["praten-met-de-huisarts"]
    taught = replace(les, docent="Leg uit wat een zwerfkorfel is.")
    alone = replace(bank, items={}, paginas={})
    assert len(findings(replace(alone, lessen={les.id: taught}), dictionary)) == 1
    woord = replace(les.woorden[0], woord="de zwerfkorfel")
    taught = replace(taught, woorden=(woord, *les.woorden[1:]))
    assert findings(replace(alone, lessen={les.id: taught}), dictionary) == []


def test_markdown_and_citations_are_no_words(bank: Itembank, dictionary: Dictionary) -> None:
    text = (
        "# Kop\n\nZie **de kaart** [bron:xqzt-wrtp] en [de site](https://xqzt.example/wrtp){ .md-buttn }.\n\n"
        '```\nxqzt wrtp\n```\n\n`knm chek` <span class="xqzt">en</span> de verhuurer.\n'
    )
    page = Pagina("site/pages/over/a.md", text, 4)
    (found,) = findings(replace(bank, items={}, lessen={}, paginas={page.pad: page}), dictionary)
    assert '"verhuurer"' in found.message
    assert (found.location.path, found.location.line, found.location.column) == (page.pad, 12, 44)
    english = replace(page, pad="site/pages/besluiten/a.md")
    assert findings(replace(bank, items={}, lessen={}, paginas={english.pad: english}), dictionary) == []


def test_without_a_dictionary_it_says_so_once(bank: Itembank) -> None:
    (found,) = findings(bank, Dictionary())
    assert (found.rule.code, found.location.path) == ("C552", "knm.toml")
    assert findings(bank, None) == []


def test_the_voorbeeldbank_and_our_own_bank_have_no_wrong_words(
    bank: Itembank, dictionary: Dictionary
) -> None:
    assert findings(bank, dictionary) == []
    ours, _ = load(CopiedProject(ROOT))
    assert [f.message for f in findings(ours, dictionary)] == []


def test_the_time_grows_with_the_texts(bank: Itembank) -> None:
    texts = [one for one in bank.items.values() if one.status != "vervallen"]
    items = {f"wonen-{n:03}": replace(texts[n % len(texts)], id=f"wonen-{n:03}") for n in range(500)}
    few = len(items) // 5
    first, second = (
        read_dictionary(*(SHIPPED.with_suffix(end).read_text("utf-8") for end in (".aff", ".dic"))) for _ in range(2)
    )
    large = replace(bank, items=items, locations={name: bank.locations["wonen-001"] for name in items})
    large = replace(large, locations={**bank.locations, **large.locations})
    small = replace(large, items=dict(list(items.items())[:few]))
    assert findings(large, second) == []
    assert spent(lambda: findings(large, second)) < 12 * spent(lambda: findings(small, first)) + 0.1


def test_a_long_text_of_nonsense_takes_no_minutes(bank: Itembank, dictionary: Dictionary) -> None:
    chance = random.Random(20261125)
    words = ["".join(chance.choices("abcdefghijklmnoprstuvwz", k=9)) for _ in range(4_000)]

    def wrong(part: list[str]) -> int:
        return len(told(bank, dictionary, " ".join(part)))

    first, last = words[:500], words[500:]  # seven times as many, each met for the first time
    few_seconds = spent(lambda: wrong(first), 1)
    assert spent(lambda: wrong(last), 1) < 25 * few_seconds + 0.1
    assert wrong(words) > 3_600
