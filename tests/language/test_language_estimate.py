"""The estimate: the worked examples of the method, its parameters, and what does not count against a text."""

from __future__ import annotations

import itertools

import pytest

from builder.language import Estimate, Term, domain_words, estimate, together
from builder.language.scoring import CUTS, Probabilities

CARD = "Fatima is ziek. Zij belt de huisarts. Wat moet zij zeggen?"
LETTER = (
    "De zorgverzekeraar vergoedt in beginsel de noodzakelijke medische kosten, mits de verzekerde het verplichte "
    "eigen risico heeft voldaan. Indien u niet tijdig een zorgverzekering afsluit, wordt door het CAK een "
    "bestuurlijke boete opgelegd. De huisarts is uw eerste aanspreekpunt."
)
LEAFLET = (
    "Als u ziek bent, belt u eerst de huisarts. De huisarts kijkt wat er aan de hand is. Soms stuurt de huisarts u "
    "naar het ziekenhuis."
)


def values(found: Estimate) -> dict[str, float]:
    return {term.name: term.value for term in found.terms}


@pytest.mark.parametrize(
    ("text", "wasl", "sub", "pas", "wlen", "score"),
    [
        (CARD, 3.727, 0, 0, 3.909, 8.28),
        (LETTER, 15.0, 0.667, 0.333, 5.487, 17.74),
        (LEAFLET, 8.692, 0.667, 0, 3.5, 10.87),
    ],
)
def test_worked_examples(text: str, wasl: float, sub: float, pas: float, wlen: float, score: float) -> None:
    found = estimate(text)
    expected = {"wasl": wasl, "sub": sub, "pas": pas, "wlen": wlen}
    assert values(found) == pytest.approx(expected, abs=0.001)
    assert found.score == pytest.approx(score, abs=0.02)
    assert sum(term.points for term in found.terms) == pytest.approx(found.score)


def test_levels_of_the_worked_examples() -> None:
    assert estimate(CARD).level is None  # 11 words: a score, no level
    assert estimate(LETTER).level == "B1"
    assert estimate(LETTER).label == "B1 of moeilijker"
    found = estimate(LEAFLET)
    assert found.level in ("A1", "A2")
    assert found.probabilities is not None
    assert found.probabilities.a1 == pytest.approx(0.5, abs=0.03)


def test_cuts_and_points_per_unit() -> None:
    assert pytest.approx((10.91, 14.28), abs=0.005) == CUTS
    points = {term.name: term.points / term.value for term in estimate(LETTER).terms}
    assert points == pytest.approx({"wasl": 0.380, "sub": 2.144, "pas": 2.946, "wlen": 1.755}, abs=0.001)


def test_fifteen_words_are_enough_and_fourteen_are_not() -> None:
    short = "dit is een zin met woorden en die zin is niet zo heel lang"
    long = short + " hoor"
    assert (estimate(short).words, estimate(short).level, estimate(short).probabilities) == (14, None, None)
    assert estimate(short).score is not None
    assert estimate(long).words == 15
    assert estimate(long).level is not None


@pytest.mark.parametrize(
    "text", ["", "  \n\t", "12 34,50 2026", "مرحبا بكم في هولندا", "ሰላም ከመይ ኣለኹም", "😀 🎉"]
)
def test_no_words_no_estimate(text: str) -> None:
    assert estimate(text) == Estimate(None, None, None, 0, ())


def test_probabilities_add_up_and_follow_the_score() -> None:
    for text in (LETTER, LEAFLET, LETTER * 3, LEAFLET * 5):
        chances = estimate(text).probabilities
        assert chances is not None
        assert chances.a1 + chances.a2 + chances.b1 == pytest.approx(1)
        assert min(chances.a1, chances.a2, chances.b1) >= 0
    assert Probabilities(0.2, 0.5, 0.3).above("A1") == pytest.approx(0.8)
    assert Probabilities(0.2, 0.5, 0.3).above("A2") == pytest.approx(0.3)
    assert Probabilities(0.2, 0.5, 0.3).above("B1") == 0


def test_more_words_make_it_surer() -> None:
    chances = [estimate(" ".join([LETTER] * times)).probabilities for times in (1, 5)]
    b1 = [found.b1 for found in chances if found]
    assert b1 == sorted(b1)


def test_every_feature_makes_a_text_harder() -> None:
    easy = "De man woont hier met zijn vrouw. Hij werkt in een winkel. Zij leert voor het examen."
    harder = [
        "De man woont hier met zijn vrouw en hij werkt in een winkel en zij leert voor het examen.",
        "De man woont hier omdat zijn vrouw er is. Hij werkt in een winkel. Zij leert voor het examen.",
        "De man woont hier met zijn vrouw. Hij werd gezien in een winkel. Zij leert voor het examen.",
        "De man verblijft hier met zijn echtgenote. Hij functioneert in een winkel. Zij leert voor het examen.",
    ]
    base = estimate(easy).score
    assert base is not None
    assert all((estimate(text).score or 0) > base for text in harder)


def test_domain_words_count_six_letters_at_most() -> None:
    assert {"gemeente", "zorgverzekeraar", "ov-chipkaart", "collega's", "watersnoodramp"} <= domain_words()
    plain = "De {} helpt de man en de {} helpt de vrouw."
    assert values(estimate(plain.format("gemeente", "burgemeester"))) == values(
        estimate(plain.format("school", "dokter"))
    )
    assert values(estimate(plain.format("apparaat", "apparaat")))["wlen"] > values(
        estimate(plain.format("gemeente", "gemeente"))
    )["wlen"]  # fmt: skip


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Op de kaart van Zwijndrecht staat een huis.", "Op de kaart van Almelo staat een huis."),
        ("Het is vandaag woensdag in september 2026.", "Het is vandaag zondag in zzzmei 2026."),
        ("Op de brief staat 'bestuurlijke boete' bovenaan.", "Op de brief staat 'aabbcc boetes' bovenaan."),
        ("Op de brief staat “bestuurlijke boete” bovenaan.", "Op de brief staat “aabbcc boetes” bovenaan."),
    ],
)
def test_names_dates_and_quoted_terms_do_not_count_against_a_text(long: str, short: str) -> None:
    difference = values(estimate(long))["wlen"] - values(estimate(short))["wlen"]
    assert difference <= 0.01


def test_known_words_do_not_count_against_a_text() -> None:
    text = "De onderduiker zit boven. Er zijn drie onderduikers in het huis. Hij heeft een persoonsbewijs bij zich."
    known = estimate(text, frozenset({"onderduiker", "Het persoonsbewijs"}))
    assert values(known)["wlen"] < values(estimate(text))["wlen"]
    assert (known.score or 0) < (estimate(text).score or 0)


def test_lines_parts_and_sets() -> None:
    item = together(["Fatima is ziek.", "Wie belt zij?", "", "de huisarts", "de apotheek"])
    assert values(estimate(item))["wasl"] == 3.0
    assert estimate(item).words == 10
    twice = estimate(together([LETTER, LETTER]))
    assert values(twice) == pytest.approx(values(estimate(LETTER)))


def test_steepness_only_changes_the_probability() -> None:
    scores = [estimate(" ".join([LEAFLET] * times)).score for times in (1, 2, 4, 9)]
    assert all(a == pytest.approx(b) for a, b in itertools.pairwise(scores))


def test_a_term_has_value_and_points() -> None:
    assert estimate("Dit is zo.").terms[0] == Term("wasl", 3.0, pytest.approx(3 * 0.38024, abs=1e-4))
