"""Words about the Holocaust that need their context: those of the perpetrators, an old insult, comparing suffering.

In: a text. Out: findings. A word between quotation marks, or with who said it, is left in peace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.texts import Text, sentences
from builder.diagnostics import Diagnostic, Location, Rule, Severity

C522 = Rule(
    "C522",
    "woord-van-de-daders",
    Severity.WARNING,
    "Woorden van de nazi's lijken zonder uitleg gewone woorden. Zet ze tussen aanhalingstekens en zeg van wie ze zijn.",
    "De Joden gingen weg voor de Endlösung.",
    'De nazi\'s noemden de moord op de Joden de "Endlösung".',
)
C523 = Rule(
    "C523",
    "kwetsend-woord",
    Severity.WARNING,
    "Veel Sinti en Roma voelen dit oude woord als een belediging. Het staat alleen in een citaat.",
    "In 1944 pakte de politie ook zigeuners op.",
    "In 1944 pakte de politie ook Sinti en Roma op.",
)
C524 = Rule(
    "C524",
    "leed-vergelijken",
    Severity.WARNING,
    "Leed heeft geen ranglijst. Wie vergelijkt wat erger was, doet mensen pijn. Leg wel uit wat er anders was.",
    "De Holocaust was erger dan de slavernij.",
    "De Holocaust en de slavernij zijn verschillende geschiedenissen. Elk verhaal telt.",
)
RULES = (C522, C523, C524)

# Words of the perpetrators, and what to write where no quotation is meant.
PERPETRATOR_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"endlösung|(?:definitieve |eind)oplossing\b[^.]*\b(?:joden|joods)\w*",
        "Schrijf: de moord op de Joden.",
    ),
    (
        r"jodenvraagstuk|jodenkwestie|joodse kwestie|joodse vraagstuk|judenfrage",
        "Schrijf: de vervolging van de Joden.",
    ),
    (r"untermensch\w*|übermensch\w*|herrenvolk", "Noem de mensen zelf."),
    (r"arisch\w*|ariër\w*", "Schrijf: niet-Joodse mensen."),
    (r"judenfrei|judenrein|jodenvrij", "Schrijf: alle Joden waren weggevoerd of vermoord."),
    (
        r"halfjood|halfjoden|voljood|voljoden|kwartjood|kwartjoden|halfjoodse?|voljoodse?",
        "Schrijf wie Joods was in de familie.",
    ),
    (r"(?:joodse?|semitische?) ras(?:sen)?", "Schrijf: het Joodse volk, of Joodse mensen."),
    (r"rassenschande|ontaarde kunst|entartete kunst", "Schrijf wat de nazi's verboden."),
    (r"sonderbehandlung|umsiedlung|arbeidsinzet in het oosten", "Schrijf: moord, of wegvoeren."),
    (
        r"poolse? (?:concentratie|vernietigings|dood)?kamp(?:en)?|poolse? doodskamp(?:en)?",
        "Schrijf: een kamp van de nazi's in bezet Polen.",
    ),
    (
        r"(?:joden|joodse?|sinti|roma)\b[^.]*\b(?:ongedierte|parasieten)"
        r"|(?:ongedierte|parasieten)\b[^.]*\b(?:joden|joodse?|sinti|roma)|wereldjodendom",
        "Laat dit weg.",
    ),
)
_PERPETRATOR = re.compile(
    r"\b(?:" + "|".join(f"({pattern})" for pattern, _ in PERPETRATOR_WORDS) + r")(?!\w)", re.IGNORECASE
)
_OLD_WORD = re.compile(r"\bzigeuner\w*|\bzigeunerin\w*", re.IGNORECASE)
_COMPARISON = re.compile(
    r"\b(?:erger|zwaarder|minder erg|veel erger) dan\b|\b(?:net )?(?:zo|even) erg als\b|\bhet ergst(?:e)?\b"
    r"|\b(?:meer|minder|het meest?|het minst) (?:hebben |heeft |had |hadden )?(?:geleden|leed|lijden|lijdt|leden)\b"
    r"|\b(?:een|de) (?:nieuwe|tweede|andere|zwarte|groene) holocaust\b"
    r"|\b(?:te vergelijken|vergelijkbaar|gelijk|gelijk te stellen) (?:met|aan) de holocaust\b"
    r"|\bnet (?:als|zoals) (?:de holocaust|de nazi'?s|hitler)\b",
    re.IGNORECASE,
)
# Cheap and broad, because nearly every text has none of these words: letters of which one must be there.
_LETTERS_OF_WORDS = (
    "zigeuner", "lösung", "oplossing", "jodenv", "jodenk", "joodse", "judenf", "judenr", "joden", "semitische", "mensch",
    "herrenvolk", "aris", "ariër", "pools", "ontaard", "entartet", "handlung", "umsiedlung", "arbeidsinzet",
    "rassenschande", "ongedierte", "parasieten", "wereldjodendom", "erg als", "erger", "erg dan", "ergst", "zwaarder",
    "lijd", "leed", "leden", "holocaust", "net als", "net zoals",
)  # fmt: skip
_SAYS_NO = re.compile(r"\b(?:niet|geen|nooit|niemand|vermijd|voorkom|stop)\b|\?", re.IGNORECASE)
# What makes a text one about the Holocaust.
ABOUT_THE_HOLOCAUST = re.compile(
    r"holocaust|sjoa\b|shoah|jood|joden|sinti|nazi|auschwitz|westerbork|genocide|vernietigingskamp|sobibor"
)
_OF_THE_NAZIS = re.compile(
    r"\b(?:nazi[’']?s?|bezetter|hitler|daders)\b.{0,60}\b(?:noem\w+|zeiden|zei|schreven|gebruikten|vonden|spraken)\b"
    r"|\b(?:noem\w+|zeiden|schreven|gebruikten|vonden|spraken)\b.{0,40}\b(?:nazi[’']?s?|bezetter|hitler|daders)\b"
    r"|\bvolgens de nazi[’']?s|\bwoord(?:en)? van de (?:nazi[’']?s|daders)|\bzogenaamd\w*|\bscheldwoord|\bbeledig\w*"
    r"|\bgebruik\b.*\bniet\b|\bzeg\b.*\b(?:niet|nooit)\b|\bschrijf\b.*\b(?:niet|nooit)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"“[^”\n]*”|„[^”“\n]*[”“]|«[^»\n]*»|\"[^\"\n]*\"|‘[^’\n]*’(?!\w)|(?<!\w)'(?![stnm]\b)[^'\n]*'(?!\w)|(?<!\*)\*[^*\n]+\*(?!\*)"
)


def may_hold_a_word(lower: str) -> bool:
    """Tell whether a text in small letters could hold one of the words: quick, and true too often."""
    return any(letters in lower for letters in _LETTERS_OF_WORDS)


def words(text: Text, at: Location) -> Iterator[Diagnostic]:
    """Yield the words in a text that stand there without their context."""
    if text.quoted:
        return
    lower = text.text.lower()
    if not may_hold_a_word(lower):
        return
    for _, sentence in sentences(text.text):
        open_text = _QUOTED.sub(lambda match: " " * len(match[0]), sentence)
        if (found := _PERPETRATOR.search(open_text)) and not _OF_THE_NAZIS.search(sentence):
            advice = next(
                advice
                for index, (_, advice) in enumerate(PERPETRATOR_WORDS, start=1)
                if found[index] is not None
            )
            yield Diagnostic(
                C522,
                at,
                f'Het woord "{found[0]}" hoort bij de taal van de nazi\'s of wekt een verkeerd beeld.',
                f"{advice} Of zet het tussen aanhalingstekens en zeg van wie het is.",
            )
        if found := _OLD_WORD.search(open_text):
            yield Diagnostic(
                C523,
                at,
                f'Het woord "{found[0]}" staat hier niet in een citaat.',
                "Schrijf: Sinti en Roma.",
            )
        if (
            (found := _COMPARISON.search(open_text))
            and not _SAYS_NO.search(sentence)
            and ABOUT_THE_HOLOCAUST.search(lower)
        ):
            yield Diagnostic(
                C524,
                at,
                f'Met "{found[0]}" vergelijkt deze zin het leed van mensen.',
                "Zeg wat er gebeurde, en bij wie. Laat het vergelijken weg.",
            )
