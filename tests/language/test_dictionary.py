"""The small reader of Hunspell files, on files of our own and on the Dutch dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.language.dictionary import Dictionary, find_dictionary, read_dictionary

AFF = """\
SET UTF-8
FLAG long
FORBIDDENWORD Fw
KEEPCASE Kc
ONLYINCOMPOUND Cx
COMPOUNDBEGIN Ca
COMPOUNDMIDDLE Cb
COMPOUNDEND Cc
COMPOUNDPERMITFLAG Cp
COMPOUNDRULE 1
COMPOUNDRULE (N4)(NH)		# vijf+honderd
CHECKCOMPOUNDPATTERN 2
CHECKCOMPOUNDPATTERN a /C1		# a stoot op a
CHECKCOMPOUNDPATTERN k ker
ICONV 1
ICONV ij ĳ
OCONV 1
OCONV ĳ ij
SFX Zb Y 2
SFX Zb 0 en/CaCp [^eo]		ts:NN2
SFX Zb 0 ën [eo]
SFX Zl Y 1
SFX Zl s zen s
PFX Po Y 1
PFX Po 0 on .
"""
DIC = """\
12
bank/CcZb
zee/Zb
huis/CaCcZl
deur/CaCc
mooi/Po
kerker/Cc
oma/Ca
auto/C1Cc
vĳf/N4
honderd/NH
huisbank/Fw
tussen/CaCx
Utrecht
"""


@pytest.fixture
def small() -> Dictionary:
    return read_dictionary(AFF, DIC)


@pytest.mark.parametrize(
    "word",
    [
        "bank", "banken", "Banken", "BANKEN", "zeeën", "huizen", "onmooi", "deurbank", "deurbanken", "huisdeur",
        "vijfhonderd", "Utrecht", "UTRECHT", "tussendeur", "x" * 100,
    ],
)  # fmt: skip
def test_it_knows(small: Dictionary, word: str) -> None:
    assert small.knows(word)


@pytest.mark.parametrize(
    "word",
    [
        "bankje", "zeeen", "huisen", "utrecht", "tussen", "huisbank", "deurdeur", "omaauto", "honderdvijf", "onbank",
        "bankdeur", "", "mooien",
    ],
)  # fmt: skip
def test_it_does_not_know(small: Dictionary, word: str) -> None:
    assert not small.knows(word)


def test_it_suggests_what_is_one_mistake_away(small: Dictionary) -> None:
    assert small.suggest("bnak") == ("bank",)
    assert small.suggest("Bnak") == ("Bank",)
    assert small.suggest("utrecht") == ("Utrecht",)
    assert small.suggest("huisdeurr") == ("huisdeur",)
    assert small.suggest("vijfhonderdd") == ("vijfhonderd",)
    assert small.suggest("qqqqqqq") == ()
    assert small.suggest("q" * 1000) == ()


def test_an_empty_dictionary_is_false_and_knows_nothing(tmp_path: Path) -> None:
    assert not Dictionary()
    assert not find_dictionary(tmp_path / "nergens")
    assert not Dictionary().knows("huis")
    (tmp_path / "nl.aff").write_bytes(b"\xff\xfe")
    (tmp_path / "nl.dic").write_bytes(b"1\nhuis\n")
    assert not find_dictionary(tmp_path / "nl")


def test_the_dutch_dictionary() -> None:
    dutch = find_dictionary()
    assert dutch
    good = (
        "huis huizen kijken één Eén ijs IJsselmeer nazi's inburgeringsexamen vacaturebank zorgverzekering gebeld "
        "doorgangskamp vernietigingskamp struikelstenen uitgecheckt vijfentwintig tweehonderd Dodenherdenking "
        "arbeidsvoorwaarden huurtoeslag gezinshereniging Oekraïense coördinatie mevrouw"
    ).split()
    assert [word for word in good if not dutch.knows(word)] == []
    bad = (
        "huisen hallloo zeikenhuis gebeurdt amsterdam wordd kijkken bijstant wegvoerren uitkeringg stoeppp "
        "inburgeringexamn huizne vernietigingskampp geintegreerd"
    ).split()
    assert [word for word in bad if dutch.knows(word)] == []
