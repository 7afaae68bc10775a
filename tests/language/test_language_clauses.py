"""Subordinate clauses and passives: a hit where it should be, silence where it should not."""

from __future__ import annotations

import pytest

from builder.language.clauses import is_participle, openers, passive
from builder.language.wordlists import word_set


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("hij blijft thuis omdat hij ziek is", ["omdat"]),
        ("ik weet dat hij komt", ["dat"]),
        ("dat is goed", []),
        ("en dat is goed", []),
        ("weet u of zij komt", ["of"]),
        ("koffie of thee", []),
        ("de man of de vrouw", []),
        ("als u ziek bent belt u", ["als"]),
        ("zij werkt als verpleegster", []),
        ("de man die hier woont", ["die"]),
        ("die man woont hier", []),
        ("wat moet zij doen", []),
        ("hij kijkt wat er is", ["wat"]),
        ("de vraag is wie is dat", []),
        ("wanneer komt de bus", []),
        ("ik weet wanneer de bus komt", ["wanneer"]),
        ("hij weet niet waarom", []),
        ("het huis waarin zij woont en waarvan de deur dicht is", ["waarin", "waarvan"]),
    ],
)
def test_openers(sentence: str, expected: list[str]) -> None:
    words = sentence.split()
    assert [words[index] for index in openers(words)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("de brief wordt morgen gestuurd", ("wordt", "gestuurd")),
        ("hier worden mensen geholpen", ("worden", "geholpen")),
        ("nederland werd in 1940 bezet", ("werd", "bezet")),
        ("de wet werd door de kamer aangenomen", ("werd", "aangenomen")),
        ("u wordt doorverwezen naar een arts", ("wordt", "doorverwezen")),
        ("de man werd onderzocht", ("werd", "onderzocht")),
        ("joden werden vermoord", ("werden", "vermoord")),
        ("de boete wordt betaald", ("wordt", "betaald")),
        ("hij wordt ziek", None),
        ("het kind wordt geboren", None),
        ("de koning wordt koning van alle gemeenten", None),
        ("als het koud wordt betaalt u meer", None),
        ("de les begint als het donker wordt", None),
        ("zij wil arts worden en geld verdienen", None),
        ("u kunt lid worden van een vereniging", None),
        ("hij wordt verliefd", None),
        ("er wordt een verbod", None),
        ("de gemeente heeft hem geholpen", None),
        ("zij probeert rijk te worden om te ontvangen", None),
    ],
)
def test_passive(sentence: str, expected: tuple[str, str] | None) -> None:
    words = sentence.split()
    pair = passive(words)
    assert (pair and (words[pair[0]], words[pair[1]])) == expected


def test_participles() -> None:
    yes = word_set(
        "opgelegd gemaakt betaald verkocht gezocht gezet gebracht besproken verboden ontslagen ontvangen meegenomen "
        "doorverwezen aangevraagd onderzocht onderbroken geregistreerd gedaan gezien herdacht voorbereid uitbetaald "
        "geëist vermoord weggevoerd gedeporteerd bezet verzekerd gekozen benoemd vervolgd opgehaald beslist behandeld "
        "gestraft vastgesteld gesloten verwezen omschreven overgenomen uitgenodigd beheerd ontdekt afgewezen "
        "toegelaten geschreven gegeven verlaten vernietigd gearresteerd gediscrimineerd aangenomen verhoogd"
    )
    no = word_set(
        "geen geld gemeente gemeenten gezondheid vergaderingen verkiezingen gebeurt betaalt bestaat begint vertelt "
        "verdient vergoedt bevindt beleid bericht voorbeeld voorbeelden overheid verstand vereniging verzekeren "
        "bestellen gebouwen gevallen gezinnen gebied geboren veiligheid herfst bekend verkeerd verbod geeft aangeeft "
        "uitgeeft ontbijt bezoekt overleden overgewicht werkgever gelijkheid beslissingen verhuizen betekent"
    )
    assert {word for word in yes if not is_participle(word)} == set()
    assert {word for word in no if is_participle(word)} == set()
