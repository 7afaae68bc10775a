"""The findings: what is found at each level, where it points, how it is worded, and when there is silence."""

from __future__ import annotations

import re

import pytest

from builder.language import KINDS, LIMITS, Finding, Weight, findings, zipf_from
from builder.language.rarity import installed_zipf

LETTER = (
    "De zorgverzekeraar vergoedt in beginsel de noodzakelijke medische kosten, mits de verzekerde het verplichte "
    "eigen risico heeft voldaan. Indien u niet tijdig een zorgverzekering afsluit, wordt door het CAK een "
    "bestuurlijke boete opgelegd. De huisarts is uw eerste aanspreekpunt."
)
# Words for one million: common, fairly common, rare.
ZIPF = zipf_from({"beginsel": 2e-6, "huis": 3e-4, "deur": 2e-4, "boete": 2e-5, "kosten": 1e-4, "vaak": 1e-3})


def of_kind(kind: str, text: str, level: str | None = "A2", **options: object) -> list[Finding]:
    return [found for found in findings(text, level, **options) if found.kind == kind]  # type: ignore[arg-type]


def shown(found: list[Finding], text: str) -> list[str]:
    return [text[finding.start : finding.end] for finding in found]


def sentence(words: int) -> str:
    return " ".join(["Wij", *(["gaan", "naar", "huis"] * 30)][:words]) + "."


@pytest.mark.parametrize(("level", "hint", "warning"), [("A1", 10, 13), ("A2", 15, 19), ("B1", 25, 35)])
def test_long_sentences(level: str, hint: int, warning: int) -> None:
    assert of_kind("long-sentence", sentence(hint), level) == []
    (found,) = of_kind("long-sentence", sentence(hint + 1), level)
    assert (found.weight, found.start, found.end) == (Weight.HINT, 0, len(sentence(hint + 1)))
    assert found.message == f"Deze zin heeft {hint + 1} woorden. Voor {level} is {hint} al lang."
    (found,) = of_kind("long-sentence", sentence(warning), level)
    assert found.weight is Weight.HINT
    (found,) = of_kind("long-sentence", sentence(warning + 1), level)
    assert found.weight is Weight.WARNING
    assert found.message.endswith(f"Voor {level} is {hint} al lang, en meer dan {warning} te lang.")


def test_a_stem_or_option_has_its_own_limit() -> None:
    assert of_kind("long-sentence", sentence(14)) == []
    assert len(of_kind("long-sentence", sentence(14), item=True)) == 1
    assert of_kind("long-sentence", sentence(13), item=True) == []


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        (LETTER, 'Maak er twee zinnen van: knip bij "mits".'),
        (
            "Zij gaat elke dag met de bus naar haar werk in de stad, maar vandaag fietst zij.",
            'Maak er twee zinnen van: knip bij "maar".',
        ),
        (
            "Zij gaat elke dag met de bus naar de grote stad, elke avond met de trein terug.",
            'Maak er twee zinnen van: knip na "stad".',
        ),
        (
            "Zij koopt elke week op de markt in de stad vers brood met kaas en elke maand vis.",
            'Maak er twee zinnen van, of een lijst: kijk bij "en elke".',
        ),
        (sentence(16), "Maak er twee zinnen van, of haal weg wat niet nodig is."),
    ],
)
def test_where_to_cut(text: str, repair: str) -> None:
    assert of_kind("long-sentence", text)[0].suggestion == repair


def test_subordinate_clauses() -> None:
    one = "Zij blijft thuis omdat zij ziek is."
    two = "Zij weet dat hij thuis blijft omdat hij ziek is."
    three = "Zij weet dat hij thuis blijft omdat hij griep heeft die erg is."
    for level, least in (("A1", 1), ("A2", 2), ("B1", 3)):
        for count, text in enumerate((one, two, three), 1):
            assert len(of_kind("subordinate-clauses", text, level)) == (count >= least), (level, text)
    (found,) = of_kind("subordinate-clauses", two)
    assert shown([found], two) == ["dat hij thuis blijft omdat"]
    assert found.message == 'Deze zin heeft 2 bijzinnen: na "dat" en "omdat". Dat is voor A2 veel.'
    assert found.suggestion == 'Maak er twee zinnen van: de tweede begint met "Want" of "Daarom".'
    assert of_kind("subordinate-clauses", "Wij denken op die dag aan de oorlog.", "A1") == []


def test_passive() -> None:
    text = "Het CAK is streng. Door het CAK wordt een boete opgelegd."
    (found,) = of_kind("passive", text)
    assert shown([found], text) == ["wordt een boete opgelegd"]
    assert found.weight is Weight.WARNING
    assert found.suggestion == 'Maak de zin actief: begin met "Het CAK".'
    (found,) = of_kind("passive", "De boete wordt opgelegd.")
    assert found.suggestion == "Maak de zin actief: wie doet het? Begin met die persoon of instantie."
    assert of_kind("passive", "De boete wordt hoger.") == []


def test_passive_at_b1_is_a_hint_at_two_in_a_row() -> None:
    assert of_kind("passive", "De boete wordt opgelegd. U betaalt. De brief wordt gestuurd.", "B1") == []
    text = "De boete wordt opgelegd. De brief wordt gestuurd."
    (found,) = of_kind("passive", text, "B1")
    assert (shown([found], text), found.weight) == (["wordt gestuurd"], Weight.HINT)


@pytest.mark.parametrize(
    ("text", "word", "repair"),
    [
        ("Indien u ziek bent, belt u.", "Indien", 'Schrijf "als" in plaats van "indien".'),
        ("U belt reeds om 8 uur.", "reeds", 'Schrijf "al" in plaats van "reeds".'),
        ("U dient de brief te tekenen.", "dient", 'Schrijf "moet" in plaats van "dient", en haal "te" weg.'),
        ("U tekent uiterlijk op 3 mei.", "uiterlijk", 'Schrijf "niet later dan" in plaats van "uiterlijk".'),
        ("U krijgt een brief met betrekking tot werk.", "met betrekking tot", 'Schrijf "over" in plaats van "met betrekking tot".'),
        ("U leest de betreffende brief.", "betreffende", 'Schrijf "deze" in plaats van "de betreffende".'),
    ],
)  # fmt: skip
def test_formal_words(text: str, word: str, repair: str) -> None:
    (found,) = of_kind("formal-word", text)
    assert (shown([found], text), found.suggestion) == ([word], repair)
    assert found.weight is Weight.WARNING
    assert [hit.weight for hit in of_kind("formal-word", text, "B1")] == [Weight.HINT]


@pytest.mark.parametrize(
    "text",
    [
        "Dit huis dient als school.",
        "Mensen kijken naar je uiterlijk.",
        "Welke dokter belt u?",
        'In de wet staat "indien".',
    ],
)
def test_no_formal_word(text: str) -> None:
    assert of_kind("formal-word", text) == []


def test_noun_style() -> None:
    text = "Door de verhoging van de huur komt er een vermindering van de hulp."
    (found,) = of_kind("noun-style", text)
    assert shown([found], text) == ["verhoging van de huur komt er een vermindering"]
    assert found.suggestion == 'Zeg het gewoner, bijvoorbeeld met "verhogen" in plaats van "verhoging".'
    assert of_kind("noun-style", "De verhoging komt morgen.") == []
    assert of_kind("noun-style", "De woning en de verzekering kosten geld.") == []
    assert of_kind("noun-style", "De leerling heeft een rekening en een mening.") == []


@pytest.mark.parametrize(("level", "limit"), [("A1", 12), ("A2", 14), ("B1", 16)])
def test_long_words(level: str, limit: int) -> None:
    assert of_kind("long-word", "Dit is een " + "a" * (limit - 1) + ".", level) == []
    text = "Dit is een " + "a" * limit + "."
    (found,) = of_kind("long-word", text, level)
    assert (found.weight, shown([found], text)) == (Weight.HINT, ["a" * limit])
    assert f"{limit} letters" in found.message


def test_a_long_word_is_shown_once_with_its_head() -> None:
    text = "Een werkvergunning is een papier. De werkvergunning is nodig."
    (found,) = of_kind("long-word", text)
    assert found.suggestion == 'Omschrijf het: "vergunning voor …". Of leg het kort uit.'


@pytest.mark.parametrize(
    "text",
    [
        "De kinderopvangtoeslag is voor ouders.",
        "De zorgverzekeringen zijn duur.",
        "Zij woont in Nieuw-Heerhugowaard vlakbij.",
        "Zij leest de 'arbeidsongeschiktheidsregeling' na.",
        "Dit heet “arbeidsongeschiktheidsregeling”.",
        "> arbeidsongeschiktheidsregeling",
    ],
)
def test_domain_words_names_and_quotations_are_not_flagged(text: str) -> None:
    assert findings(text, "A1", zipf=lambda word: 0.0 if "a" in word and len(word) > 8 else 9.0) == ()


def test_rare_words_need_a_frequency_list() -> None:
    text = "Dit beginsel is vaak duur."
    assert of_kind("rare-word", text) == []
    (found,) = [hit for hit in of_kind("rare-word", text, zipf=ZIPF) if "beginsel" in hit.message]
    assert shown([found], text) == ["beginsel"]
    assert found.suggestion == 'Leg "beginsel" uit, of kies een gewoner woord.'
    assert of_kind("rare-word", "De huisarts en de gemeente.", zipf=lambda _: 0.0) == []
    known = frozenset({"beginsel"})
    assert not [
        hit for hit in of_kind("rare-word", text, known_words=known, zipf=ZIPF) if "beginsel" in hit.message
    ]


def test_zipf_of_compounds() -> None:
    assert ZIPF("vaak") == pytest.approx(6.0)
    assert ZIPF("huisdeur") == pytest.approx(5.301 - 0.9, abs=0.001)  # the rarer half, minus 0.9
    assert ZIPF("boeteskosten") == pytest.approx(4.301 - 0.9, abs=0.001)
    assert ZIPF("huis-deur") == pytest.approx(5.301, abs=0.001)
    assert ZIPF("beginselhuis") == 0.0  # one half is not common
    assert ZIPF("onbekend") == 0.0


def test_without_wordfreq_there_is_no_rarity(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    installed_zipf.cache_clear()
    assert installed_zipf() is None
    installed_zipf.cache_clear()


def test_the_letter_at_a2() -> None:
    found = findings(LETTER, "A2", zipf=ZIPF)
    kinds = [(hit.kind, LETTER[hit.start : hit.end]) for hit in found if hit.kind != "rare-word"]
    assert kinds == [
        ("long-sentence", LETTER[: LETTER.index(" Indien")]),
        ("formal-word", "in beginsel"),
        ("formal-word", "mits"),
        ("formal-word", "Indien"),
        ("passive", "wordt door het CAK een bestuurlijke boete opgelegd"),
    ]


def test_an_easy_text_is_quiet() -> None:
    text = "Fatima is ziek. Zij belt de huisarts. De huisarts helpt haar. Morgen gaat zij weer naar school."
    for level in ("A1", "A2", "B1", "B2", "alfa", None):
        assert findings(text, level) == ()


def test_no_level_means_a2_and_b2_means_the_limits_of_b1() -> None:
    assert findings(LETTER) == findings(LETTER, "A2")
    assert LIMITS["B2"] is LIMITS["B1"]
    assert LIMITS["alfa"] is LIMITS["A1"]
    with pytest.raises(ValueError, match="C1"):
        findings(LETTER, "C1")


def test_sorted_within_the_text_and_in_plain_dutch() -> None:
    hard = (
        LETTER
        + " Zij weet dat hij thuis blijft omdat hij griep heeft die erg is. De verhoging en de vermindering van "
        "de arbeidsongeschiktheidsverzekering worden door de gemeente tevens uitgebreid behandeld en zij dienen dat te "
        "weten, de bewoners, de kinderen, de ouders. De boete wordt betaald. De brief wordt gestuurd."
    )
    seen = set()
    for level in ("A1", "A2", "B1"):
        found = findings(hard, level, zipf=lambda word: 2.0 if len(word) > 7 else 6.0)
        assert list(found) == sorted(found, key=lambda hit: (hit.start, hit.end, KINDS.index(hit.kind)))
        for hit in found:
            seen.add(hit.kind)
            assert 0 <= hit.start < hit.end <= len(hard)
            for text in (hit.message, hit.suggestion):
                for line in re.split(r"(?<=[.?!])\s", text):
                    assert 0 < len(line.split()) <= 18, line
                assert not re.search(r"\b(u|uw|ongeldig|helaas|gelieve|fout opgetreden)\b|!", text), text
                assert text[-1] in ".?"
    assert seen == set(KINDS)
