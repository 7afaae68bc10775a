"""Reading: words, sentences, markup, wrapped lines and offsets into the original."""

from __future__ import annotations

import random
import textwrap

import pytest

from builder.language import estimate, read


def sentences(text: str) -> list[str]:
    return [" ".join(word.text for word in sentence.words) for sentence in read(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dit is één. Dit is twee! En drie? Ja…", ["Dit is één", "Dit is twee", "En drie", "Ja"]),
        ("Bel de huisarts, bijv. Dokter Bos, om 9 uur.", ["Bel de huisarts bijv Dokter Bos om uur"]),
        ("Dhr. Jansen en mevr. De Wit komen.", ["Dhr Jansen en mevr De Wit komen"]),
        ("Zie art. 1 van de wet.", ["Zie art van de wet"]),
        ("Zij heet F. Bos. Dat is alles.", ["Zij heet F Bos", "Dat is alles"]),
        ("Dat is voor u. De gemeente helpt.", ["Dat is voor u", "De gemeente helpt"]),
        ("Hij komt. 's Avonds gaat hij weg.", ["Hij komt", "s Avonds gaat hij weg"]),
        ("Hij zegt: “Kom maar.” Zij komt.", ["Hij zegt Kom maar", "Zij komt"]),
        ("• Neem een pas mee\n- Neem geld mee\nA. Ja\nb) Nee\n1. Misschien", ["Neem een pas mee", "Neem geld mee", "Ja", "Nee", "Misschien"]),
        ("Op 4.30 uur. 12 mensen komen.", ["Op uur", "mensen komen"]),
        ("de ov-chipkaart en collega’s", ["de ov-chipkaart en collega’s"]),
        ("Erdoğan en Çelik", ["Erdoğan en Çelik"]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Dag <b>Fatima</b>.</p><p>U belt.</p>", ["Dag Fatima", "U belt"]),
        ("<script>omdat dit geen tekst is</script>Hier is tekst.<!-- omdat -->", ["Hier is tekst"]),
        ("caf&eacute; &amp; bar&nbsp;hier", ["café bar hier"]),
        ("cafe\u0301 en huis\u00adarts", ["café en huisarts"]),
        ("# Kop van de les\n\n**Vet** en _schuin_ [bron:nos-2020].", ["Kop van de les", "Vet en schuin"]),
        ("Lees [de regels](https://voorbeeld.nl/omdat) op www.voorbeeld.nl.", ["Lees de regels op"]),
        ("| kop een | kop twee |\n|---|---|\n| ja | nee |", ["kop een", "kop twee", "ja", "nee"]),
        ("* een\n* twee", ["een", "twee"]),
        ("3 < 4 en 5 > 2, dus a<b", ["en dus a b"]),
        ("Mail naar info@voorbeeld.nl of bel.", ["Mail naar of bel"]),
    ],
)
def test_markup_is_not_read(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "caf&eacute; &amp; <b>bar</b> hier. Dit is de tweede zin met cafe\u0301.",
        "**Vet** en [een link](https://voorbeeld.nl) in huis\u00adarts.\r\n\r\n> citaat van een ander",
        "• een regel\r\n\tnog een regel 😀 met teken",
    ],
)
def test_offsets_point_into_the_original(text: str) -> None:
    reading = read(text)
    for sentence in reading.sentences:
        assert 0 <= sentence.start < sentence.end <= len(text)
        for word in sentence.words:
            shown = text[word.start : word.end]
            assert shown[0] == word.text[0] or shown[0] == "&"
            assert sentence.start <= word.start < word.end <= sentence.end
            if "&" not in shown and "\u0301" not in shown and "\u00ad" not in shown:
                assert shown == word.text


WRAPPED = [
    "Als je naar Nederland komt, moet je je inschrijven bij de gemeente waar je gaat wonen, omdat de gemeente wil "
    "weten wie er in de stad woont. Neem je paspoort mee. Je krijgt daarna een brief met een nummer dat je vaak "
    "nodig hebt, bijvoorbeeld bij de huisarts of op je werk.",
    "De Tweede Kamer controleert de regering en maakt samen met de regering nieuwe wetten voor het hele land. Elke "
    "vier jaar kiezen de inwoners van Nederland van achttien jaar en ouder de leden van de Kamer.",
]


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("text", WRAPPED)
def test_a_wrapped_text_is_as_hard_as_before(text: str, width: int) -> None:
    wrapped = textwrap.fill(text, width)
    assert wrapped.count("\n") >= 1
    assert estimate(wrapped).score == pytest.approx(estimate(text).score)
    in_block = f"Kop\n{wrapped}\nKorte slotregel"
    assert estimate(in_block).words == estimate(text).words + 3


@pytest.mark.parametrize("text", WRAPPED)
def test_a_ragged_text_is_as_hard_as_before(text: str) -> None:
    for seed in range(20):
        pick = random.Random(seed)
        lines = [""]
        for word in text.split():
            if len(lines[-1]) + len(word) > pick.randint(54, 64):  # a proportional letter: no two lines equal
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        assert estimate("\n".join(lines)).score == pytest.approx(estimate(text).score)


@pytest.mark.parametrize(
    "lines",
    [
        ["Wie helpt u als u ziek bent?", "de dokter", "de agent", "de bakker"],
        ["Wat doet zij?", "Zij belt de huisarts voor een afspraak", "Zij belt de tandarts voor een afspraak"],
        ["naar de dokter gaan voor een recept", "naar de winkel gaan voor een taart", "naar het werk gaan voor het geld"],
        ["Neem mee:", "een paspoort", "een foto van je gezicht", "geld voor het document"],
    ],
)  # fmt: skip
def test_options_and_lists_are_not_joined(lines: list[str]) -> None:
    assert len(sentences("\n".join(lines))) == len(lines)


def test_known_names_and_quotes() -> None:
    text = 'In Utrecht woont Fatima. Fatima leest "het besluit" en de gemeenten. UWV belt.'
    words = {word.text: word for sentence in read(text).sentences for word in sentence.words}
    assert words["Utrecht"].name and words["Fatima"].name and words["UWV"].name
    assert words["besluit"].quoted and not words["leest"].quoted
    assert words["gemeenten"].known and not words["leest"].known
    assert not any(word.name for sentence in read("DIT IS EEN KOP").sentences for word in sentence.words)


def test_block_quotes_are_quoted() -> None:
    for text in (
        "> de tekst van een ander\n\nonze tekst",
        "<blockquote>de tekst van een ander</blockquote>onze tekst",
    ):
        assert [all(word.quoted for word in s.words) for s in read(text).sentences] == [True, False]
