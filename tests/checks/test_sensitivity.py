"""Figures on which sources differ, words that need their context: a finding where it should be, and silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.checks import holocaust_figures, sensitivity
from builder.diagnostics import Diagnostic
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.pagina import Pagina
from tests.conftest import VOORBEELDBANK, CopiedProject


@pytest.fixture(scope="module")
def bank() -> Itembank:
    return load(CopiedProject(VOORBEELDBANK))[0]


def told(bank: Itembank, sentence: str) -> list[Diagnostic]:
    """What is found when this is the explanation of an answer."""
    item = bank.items["wonen-001"]
    first = replace(item.opties[0], toelichting=sentence)
    changed = replace(item, opties=(first, *item.opties[1:]))
    return list(sensitivity.check(replace(bank, items={item.id: changed}, lessen={}, paginas={})))


def codes(bank: Itembank, sentence: str) -> list[str]:
    return [finding.rule.code for finding in told(bank, sentence)]


@pytest.mark.parametrize(
    ("sentence", "advice"),
    [
        ("In 1940 woonden er 140.552 Joden in Nederland.", "ongeveer 140.000"),
        ("In 1940 woonden er 160 000 Joden in Nederland.", "ongeveer 140.000"),
        ("De nazi's vermoordden 104.000 Joden uit Nederland.", "meer dan 100.000"),
        ("Er zijn 110000 Joden vermoord.", "meer dan 100.000"),
        ("De nazi's voerden 106.450 Joden weg met de trein.", "ongeveer 107.000"),
        ("73% van de Joden in Nederland is vermoord.", "drie van de vier"),
        ("Van de Joden kwamen er 5.200 terug.", "ongeveer 5.000"),
        ("Van de overlevenden waren er 1.052 in Auschwitz.", "Auschwitz"),
        ("In Sobibor zijn 170.165 mensen vermoord.", "ongeveer 170.000"),
        ("De nazi's vermoordden 5,7 miljoen Joden.", "zes miljoen"),
        ("De nazi's vermoordden 500.000 Sinti en Roma.", "honderdduizenden"),
        ("In Auschwitz waren er 1,5 miljoen slachtoffers.", "1,1 miljoen"),
        ("De nazi's deporteerden 246 Sinti en Roma.", "ongeveer 245"),
        ("Van hen kwamen 31 Sinti en Roma terug.", "ongeveer 30"),
        ("Bij de eerste razzia pakten zij 427 mannen op.", "ongeveer 400"),
        ("Nederland capituleerde op 14 mei 1940.", "14 en 15 mei"),
        ("In januari 1941 moesten Joden zich melden.", "begin 1941"),
        ("Op 16 juli 1942 ging de eerste trein.", "15 juli 1942"),
        ("Op 3 september 1944 ging de laatste trein.", "naar Auschwitz"),
        ("In kamp Amersfoort zaten 35.000 gevangenen.", "ongeveer 47.000"),
        ("Uit de Schouwburg gingen 46.000 mensen weg.", "tienduizenden"),
        ("Uit de crèche zijn 600 kinderen gered.", "honderden"),
        ("Anne Frank stierf in maart 1945.", "begin 1945"),
        ("Anne Frank is verraden door een buurman.", "niet bekend"),
        ("Op het Namenmonument staan 102.163 namen.", "meer dan 102.000"),
        ("Yad Vashem eerde 5.204 Nederlanders.", "meer dan 5.000"),
        ("De Februaristaking was het enige protest in Europa.", "bijzonder"),
    ],
)
def test_a_disputed_fact_is_an_error_with_the_advised_words(
    bank: Itembank, sentence: str, advice: str
) -> None:
    (found,) = told(bank, sentence)
    assert found.rule.code == "C521"
    assert advice in found.hint
    assert found.location.pointer == "/opties/0/toelichting"


@pytest.mark.parametrize(
    "sentence",
    [
        "In 1940 woonden er ongeveer 140.000 Joden in Nederland.",
        "De nazi's vermoordden meer dan 100.000 Joden uit Nederland.",
        "De nazi's vermoordden ongeveer 102.000 Joden uit Nederland.",
        "De nazi's voerden ongeveer 107.000 Joden weg.",
        "Ongeveer drie van de vier Joden zijn vermoord.",
        "Ongeveer 5.000 Joden kwamen terug.",
        "In Europa vermoordden de nazi's ongeveer zes miljoen Joden.",
        "De nazi's vermoordden honderdduizenden Sinti en Roma.",
        "In mei 1944 brachten zij ongeveer 245 Sinti en Roma naar Auschwitz.",
        "Meer dan 34.000 Joden uit Nederland gingen naar Sobibor.",
        "Sommige bronnen noemen 104.000 vermoorde Joden.",
        "Volgens de registratie van de bezetter waren er 140.552 Joden.",
        "Nederland gaf zich over op 14 en 15 mei 1940.",
        "Begin 1941 moesten alle Joden zich melden.",
        "Op 3 september 1944 ging de laatste trein naar Auschwitz.",
        "Anne Frank stierf begin 1945 in Bergen-Belsen.",
        "Of Anne Frank werd verraden door iemand, is niet bekend.",
        "Op het monument staan meer dan 102.000 namen.",
        "Een huis kost 104.000 euro.",
        "In 1945 werd Nederland vrij.",
        "De gemeente heeft 160.000 inwoners.",
        "Een grapje op 14 mei kan heel leuk zijn.",
        "Je krijgt 73% van je loon.",
    ],
)
def test_the_advised_words_and_other_numbers_are_fine(bank: Itembank, sentence: str) -> None:
    assert codes(bank, sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In 1940 woonden er 140.000 Joden in Nederland.",
        "De nazi's vermoordden 102.000 Joden.",
        "De nazi's vermoordden zes miljoen Joden in Europa.",
        "De nazi's voerden 107.000 Joden weg.",
        "De nazi's brachten 245 Sinti en Roma weg.",
        "In Sobibor vermoordden de nazi's 34.313 Joden uit Nederland.",
    ],
)
def test_a_round_number_asks_for_about(bank: Itembank, sentence: str) -> None:
    assert codes(bank, sentence) == ["C525"]


def test_a_wrong_answer_may_hold_a_wrong_number_and_the_key_may_not(bank: Itembank) -> None:
    item = bank.items["wonen-001"]
    texts = ("104.000", "10.000", "1.000")
    for right, expected in ((0, ["C521", "C526"]), (1, ["C526"])):
        opties = tuple(
            replace(optie, tekst=text, juist=index == right)
            for index, (optie, text) in enumerate(zip(item.opties, texts, strict=True))
        )
        changed = replace(
            item, stam="Hoeveel Joden uit Nederland vermoordden de nazi's?", context="", opties=opties
        )
        found = list(sensitivity.check(replace(bank, items={item.id: changed}, lessen={})))
        assert sorted(finding.rule.code for finding in found) == expected
        assert {finding.location.pointer for finding in found} == {f"/opties/{right}/tekst"}


def test_a_year_or_a_word_may_be_the_key(bank: Itembank) -> None:
    item = bank.items["wonen-001"]
    for text in ("1940", "In 1945", "Zij vermoordden hen.", "Zes"):
        opties = (replace(item.opties[0], tekst=text), *item.opties[1:])
        changed = replace(item, stam="Wanneer bezetten de nazi's Nederland?", opties=opties)
        assert list(sensitivity.check(replace(bank, items={item.id: changed}, lessen={}))) == []


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("De Joden gingen weg voor de Endlösung.", "C522"),
        ("Een Arische familie mocht blijven.", "C522"),
        ("Drenthe was in 1943 Judenfrei.", "C522"),
        ("Sobibor was een Pools vernietigingskamp.", "C522"),
        ("De Poolse kampen lagen ver weg.", "C522"),
        ("Het Joodse ras bestaat.", "C522"),
        ("Een eindoplossing voor de Joden.", "C522"),
        ("Zij zeiden dat Joden ongedierte waren.", "C522"),
        ("De politie pakte zigeuners op.", "C523"),
        ("De Holocaust was erger dan een andere moord.", "C524"),
        ("Dit was de tweede Holocaust.", "C524"),
        ("Joden hebben het meest geleden.", "C524"),
    ],
)
def test_words_that_need_their_context(bank: Itembank, sentence: str, code: str) -> None:
    assert codes(bank, sentence) == [code]


@pytest.mark.parametrize(
    "sentence",
    [
        'De nazi\'s noemden de moord op de Joden de "Endlösung".',
        "Volgens de nazi's waren sommige mensen Arisch.",
        "Schrijf niet Poolse kampen, maar kampen in bezet Polen.",
        'Mensen riepen toen "zigeuner" naar hen.',
        "Zeg Sinti en Roma, en niet *zigeuners*.",
        "We gaan niet kijken wie het meest heeft geleden.",
        "Was de Holocaust erger dan de slavernij?",
        "Een lekkage is erger dan een kapotte lamp.",
        "Er is een definitieve oplossing voor de lekkage.",
        "Er zit ongedierte in je keuken.",
        "Welk ras heeft die hond?",
        "Twintig jaar geleden kwam zij naar Nederland.",
    ],
)
def test_quoted_named_or_elsewhere_they_are_fine(bank: Itembank, sentence: str) -> None:
    assert codes(bank, sentence) == []


def test_what_people_say_in_a_lesson_is_a_quotation(bank: Itembank) -> None:
    les = bank.lessen["praten-met-de-huisarts"]
    rows = les.dit_hoor_je_soms
    assert rows
    heard = replace(rows[0], uitspraak="De Holocaust was minder erg dan mijn oorlog. Het waren zigeuners.")
    spoken = replace(les, dit_hoor_je_soms=(heard, *rows[1:]))
    assert list(sensitivity.check(replace(bank, items={}, lessen={les.id: spoken}))) == []
    taught = replace(les, docent="Het waren zigeuners. Meer niet.")
    (found,) = sensitivity.check(replace(bank, items={}, lessen={les.id: taught}))
    assert (found.rule.code, found.location.pointer) == ("C523", "/docent")


def test_on_a_page_the_place_is_that_of_the_sentence(bank: Itembank) -> None:
    text = "# Kop\n\nEen zin. Er zijn 104.000 Joden vermoord [bron:x].\n"
    page = Pagina("site/pages/holocaust/a.md", text, 4)
    (found,) = sensitivity.check(replace(bank, items={}, lessen={}, paginas={page.pad: page}))
    assert (found.rule.code, found.location.line, found.location.column) == ("C521", 6, 10)
    english = Pagina("site/pages/besluiten/a.md", text, 4)
    assert list(sensitivity.check(replace(bank, items={}, lessen={}, paginas={english.pad: english}))) == []


def test_a_question_that_has_gone_is_left_in_peace(bank: Itembank) -> None:
    item = replace(bank.items["wonen-001"], status="vervallen", context="Er zijn 104.000 Joden vermoord.")
    assert list(sensitivity.check(replace(bank, items={item.id: item}, lessen={}))) == []


@pytest.mark.parametrize(
    "text",
    ["", "   ", "104.000", "ሰላም ዓለም", "مرحبا بالعالم", "😀" * 500, "<b>104.000</b> Joden", "x" * 50_000],
)
def test_odd_text_does_no_harm(bank: Itembank, text: str) -> None:
    assert codes(bank, text) == []


def test_messages_are_short(bank: Itembank) -> None:
    for fact in holocaust_figures.FACTS:
        assert len(fact.advice.split()) <= 16, fact.advice
    for rule in sensitivity.RULES:
        for sentence in rule.why.replace("?", ".").split(". "):
            assert len(sentence.split()) <= 18, sentence
