"""The verdict for an author: when to warn, in which words, with which reasons; and the JSON."""

from __future__ import annotations

import json
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.language import (
    Estimate,
    Probabilities,
    Verdict,
    as_json,
    findings,
    judge,
    read,
    verdict_of,
    weigh,
)
from tests.timing import spent

LETTER = (
    "De zorgverzekeraar vergoedt in beginsel de noodzakelijke medische kosten, mits de verzekerde het verplichte "
    "eigen risico heeft voldaan. Indien u niet tijdig een zorgverzekering afsluit, wordt door het CAK een "
    "bestuurlijke boete opgelegd. De huisarts is uw eerste aanspreekpunt."
)
EASY = "Fatima is ziek. Zij belt de huisarts. Wat moet zij zeggen? Zij zegt haar naam. Dan maakt zij een afspraak."


def estimated(b1: float, words: int, a2: float = 0.0) -> Estimate:
    return Estimate("B1" if b1 > 0.5 else "A2", 14.0, Probabilities(1 - a2 - b1, a2, b1), words, ())


@pytest.mark.parametrize(
    ("words", "chance", "expected"),
    [
        (15, 0.80, Verdict.HARDER),
        (40, 0.79, Verdict.PERHAPS),
        (40, 0.60, Verdict.PERHAPS),
        (40, 0.59, Verdict.FITS),
        (41, 0.70, Verdict.HARDER),
        (100, 0.69, Verdict.PERHAPS),
        (100, 0.50, Verdict.PERHAPS),
        (100, 0.49, Verdict.FITS),
        (101, 0.50, Verdict.HARDER),
        (101, 0.49, Verdict.FITS),
    ],
)
def test_when_to_warn(words: int, chance: float, expected: Verdict) -> None:
    assert verdict_of(estimated(chance, words), "A2") is expected
    assert verdict_of(estimated(0.0, words, a2=chance), "A1") is expected
    assert verdict_of(estimated(chance, words), "B1") is Verdict.FITS
    for level in (None, "B2"):
        assert verdict_of(estimated(chance, words), level) is Verdict.NONE


@pytest.mark.parametrize(
    ("text", "level", "line"),
    [
        ("", "A2", "Hier staan geen woorden die we kunnen lezen. We schatten geen niveau."),
        ("Dag", "A2", "Deze tekst heeft 1 woord: te kort voor een oordeel over het niveau."),
        ("Fatima is ziek.", None, "Deze tekst heeft 3 woorden: te kort voor een oordeel over het niveau."),
        (LETTER, None, "De vorm past zeer waarschijnlijk bij B1 of moeilijker (99%). We lazen 39 woorden."),
        (
            LETTER,
            "A2",
            "Opgegeven niveau: A2. Deze tekst is zeer waarschijnlijk moeilijker dan A2 (99%). De vorm past bij "
            "B1 of moeilijker. We lazen 39 woorden.",
        ),
        (
            LETTER,
            "alfa",
            "Opgegeven niveau: alfa. Deze tekst is waarschijnlijk moeilijker dan A1 (99%). De vorm past bij "
            "B1 of moeilijker. We lazen 39 woorden.",
        ),
        (
            LETTER,
            "B2",
            "Opgegeven niveau: B2. We schatten geen niveau boven B1. Kijk naar de plaatsen in de tekst. "
            "We lazen 39 woorden.",
        ),
    ],
)  # fmt: skip
def test_the_line(text: str, level: str | None, line: str) -> None:
    assert judge(text, level).line == line


def test_lines_are_plain_dutch() -> None:
    texts = [EASY, LETTER, LETTER * 2, EASY + " " + LETTER, EASY * 4 + " " + LETTER, "Ja."]
    for text in texts:
        for level in (None, "alfa", "A1", "A2", "B1", "B2"):
            line = judge(text, level).line
            assert all(len(part.split()) <= 18 for part in re.split(r"(?<=[.?!])\s", line))
            assert not re.search(r"\bis (A1|A2|B1)\b|100%|\b0%|!", line), line


def test_too_unsure_for_a_warning() -> None:
    judged = weigh(read(LETTER), estimated(0.55, 30, a2=0.4), "A2", ())
    assert judged.verdict is Verdict.FITS
    assert judged.line == (
        "Opgegeven niveau: A2. De vorm past misschien bij B1 of moeilijker (55%). "
        "Dat is te onzeker voor een waarschuwing. We lazen 30 woorden."
    )


def test_a_hint() -> None:
    judged = weigh(read(LETTER), estimated(0.65, 30, a2=0.3), "A2", ())
    assert judged.line == (
        "Opgegeven niveau: A2. Deze tekst lijkt moeilijker dan A2 (65%). "
        "De vorm past bij B1 of moeilijker. We lazen 30 woorden."
    )


def test_reasons_in_order_of_points_with_places() -> None:
    judged = judge(LETTER, "A2")
    assert [reason.term for reason in judged.reasons] == ["wasl", "wlen", "pas", "sub"]
    assert [reason.text for reason in judged.reasons] == [
        "lange zinnen +2,1",
        "lange woorden +1,7",
        "lijdende vorm +1,0",
        "bijzinnen +0,9",
    ]
    places = {reason.term: [LETTER[a:b] for a, b in reason.places] for reason in judged.reasons}
    assert places["sub"] == ["mits", "Indien"]
    assert places["pas"] == ["wordt door het CAK een bestuurlijke boete opgelegd"]
    assert "aanspreekpunt" in places["wlen"] and "zorgverzekeraar" not in places["wlen"]
    assert len(places["wasl"]) == 2
    assert judge(EASY, "B1").reasons == ()


def test_json() -> None:
    made = as_json(judge(LETTER, "A2"))
    assert list(made) == ["level", "score", "probabilities", "words", "terms", "findings"]
    assert made["level"] == "B1 of moeilijker"
    assert made["score"] == pytest.approx(17.74, abs=0.02)
    assert made["words"] == 39
    assert list(made["probabilities"]) == ["A1", "A2", "B1 of moeilijker"]
    assert sum(made["probabilities"].values()) == pytest.approx(1, abs=0.001)
    assert list(made["terms"]) == ["wasl", "sub", "pas", "wlen"]
    assert made["terms"]["wasl"] == {"value": 15.0, "points": 5.704}
    assert all(list(found) == ["start", "end", "kind", "message", "suggestion"] for found in made["findings"])
    assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize(("text", "score"), [("", None), ("Fatima is ziek. Zij belt de huisarts.", True)])
def test_json_of_a_short_text(text: str, score: bool | None) -> None:
    made = as_json(judge(text))
    assert made["level"] is None
    assert made["probabilities"] is None
    assert (made["score"] is not None) is bool(score)


def test_judge_and_findings_agree() -> None:
    assert judge(LETTER, "A1").findings == findings(LETTER, "A1")


HARD = st.text(
    alphabet=st.one_of(
        st.sampled_from("abeinr .,!?…\n\r\t\"'“”‘’<>&;:*_`#|[](){}-–•/@\\\u0301\u00ad\u200bİßé😀مሰ0129"),
        st.characters(),
    ),
    max_size=300,
)


@settings(max_examples=300, deadline=None)
@given(HARD, st.sampled_from(["A1", "A2", "B1", "B2", "alfa", None]))
def test_any_text_is_read(text: str, level: str | None) -> None:
    judged = judge(text, level, zipf=lambda word: 2.0)
    assert (judged.estimate.level is None) == (judged.estimate.words < 15)
    for found in judged.findings:
        assert 0 <= found.start < found.end <= len(text)
    for reason in judged.reasons:
        assert all(0 <= start < end <= len(text) for start, end in reason.places)


STRANGE = {
    "dots": ".",
    "dots with spaces": ". ",
    "tags": "<a ",
    "comments": "<!--",
    "scripts": "<script ",
    "quotes": '"',
    "open quotes": "“a ",
    "stars": "* ",
    "underscores": "_a",
    "links": "[a](",
    "table": "|a",
    "entities": "&eacute;",
    "accents": "e\u0301",
    "addresses": "a@",
    "passives": "wordt gemaakt ",
    "clauses": "dat hij ",
    "wrapped": "de huisarts van\n",
    "names": "Ali ",
    "block quotes": "<blockquote>",
    "agents": "wordt door de ",
    "one word": "ge",
}


@pytest.mark.parametrize("name", STRANGE)
def test_time_is_linear(name: str) -> None:
    unit = STRANGE[name]

    def taken(size: int) -> float:
        text = unit * (size // len(unit))
        return spent(lambda: judge(text, "A2"))

    # Quadratic would be 16 times as long; the sum keeps the smallest times out of the comparison.
    assert taken(24_000) < 9 * taken(6_000) + 0.05


def items(count: int) -> list[str]:
    pick = random.Random(1)
    words = [
        "de",
        "het",
        "een",
        "gemeente",
        "huisarts",
        "omdat",
        "als",
        "wij",
        "gaan",
        "naar",
        "school",
        "wordt",
        "gemaakt",
        "Fatima",
        "mooi",
        "werk",
    ]
    return [
        " ".join(" ".join(pick.choice(words) for _ in range(10)).capitalize() + "." for _ in range(6))
        for _ in range(count)
    ]


def test_ten_thousand_words() -> None:
    text = " ".join(items(167))
    assert judge(text, "A2").estimate.words > 10_000
    # Linear is 21 times as long, quadratic 436.
    assert spent(lambda: judge(text, "A2")) < 100 * spent(lambda: judge(" ".join(items(8)), "A2")) + 0.2
