"""Texts about the Holocaust: figures on which sources differ, and words that need their context.

In: the bank. Out: findings with wording that holds in all sources. A figure is only looked at in a sentence that
is about that figure; a sentence that says itself that sources differ is left in peace. The figures come from
memorial centres, archives, museums and press; where those differ, the advice is the wording that each of them
bears out. It cannot tell whether a figure that is not in the table is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from builder.checks.texts import (
    CITATION,
    Text,
    all_texts,
    dutch_pages,
    is_about_the_holocaust,
    page_location,
)
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.model.item import Item
from builder.model.itembank import Itembank

C521 = Rule(
    "C521",
    "betwist-feit",
    Severity.ERROR,
    "Over dit getal, deze datum of dit feit verschillen de bronnen. Met de aangeraden woorden klopt de zin altijd.",
    "De nazi's vermoordden 104.000 Joden uit Nederland.",
    "De nazi's vermoordden meer dan 100.000 Joden uit Nederland.",
)
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
C525 = Rule(
    "C525",
    "getal-te-precies",
    Severity.WARNING,
    "Bij deze getallen past een rond getal met ongeveer of meer dan. Een precies getal lijkt zekerder dan het is.",
    "In 1940 woonden er 140.000 Joden in Nederland.",
    "In 1940 woonden er ongeveer 140.000 Joden in Nederland.",
)
C526 = Rule(
    "C526",
    "getal-als-goed-antwoord",
    Severity.WARNING,
    "Bij getallen over de Holocaust verschillen de bronnen. Vraag daarom wat er gebeurde, en niet hoeveel precies.",
    "stam: Hoeveel Joden uit Nederland vermoordden de nazi's?\njuist: 102.000",
    "stam: Wat deden de nazi's met de meeste Joden uit Nederland?",
)
RULES = (C521, C522, C523, C524, C525, C526)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or fact: which sentences are about it, what in them is disputed, and the advised wording."""

    about: str
    wrong: str
    advice: str
    rule: Rule = C521


def _number(*numbers: str) -> str:
    """Return a pattern for whole numbers written as 140.552, 140 552 or 140552."""
    bodies = "|".join(number.replace(".", "[. \\u00a0\\u202f]?") for number in numbers)
    return rf"(?<![\d.,])(?:{bodies})(?![\d%]|[.,]\d)"


_HEDGES = (
    "ongeveer", "omstreeks", "circa", "rond", "rond de", "zo'n", "zo’n", "dan", "ruim", "bijna", "minstens",
    "schatting", "tegen de",
)  # fmt: skip


def _bare(pattern: str) -> str:
    """Return a pattern for a number without a word as "ongeveer" before it."""
    return "".join(f"(?<!{word} )" for word in _HEDGES) + pattern


_JEWS = r"\b(?:jood|joods|joodse|joden)\b"
_MURDERED = r"\b(?:vermoord\w*|omgebracht\w*|slachtoffers?|gedood\w*|stierven|omgekomen|doden)\b"
_CAME_BACK = r"\b(?:terug\w*|overleefd?\w*|overlevenden?)\b"
_CARRIED_OFF = (
    r"\b(?:weggevoerd\w*|gedeporteerd\w*|deporteerden?|voerden?|brachten?|gebracht|transport\w*|trein\w*)\b"
)
_SINTI = r"\b(?:sinti|roma)\b"

FACTS: tuple[Fact, ...] = (
    Fact(_JEWS, _number("140.552", "160.820", "160.000"), "ongeveer 140.000 Joden in Nederland in 1940"),
    Fact(rf"{_JEWS}.*\bnederland|\bnederland.*{_JEWS}", _bare(_number("140.000")), "ongeveer 140.000", C525),
    Fact(
        rf"{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS}",
        _number("104.000", "110.000", r"10[1-5].(?!000)\d{3}"),
        "meer dan 100.000, of ongeveer 102.000",
    ),
    Fact(
        rf"{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS}",
        _bare(_number("102.000", "100.000")),
        "meer dan 100.000, of ongeveer 102.000",
        C525,
    ),
    Fact(
        rf"{_JEWS}.*{_CARRIED_OFF}|{_CARRIED_OFF}.*{_JEWS}",
        _number(r"10[67].(?!000)\d{3}"),
        "ongeveer 107.000",
    ),
    Fact(
        rf"{_JEWS}.*{_CARRIED_OFF}|{_CARRIED_OFF}.*{_JEWS}",
        _bare(_number("107.000")),
        "ongeveer 107.000",
        C525,
    ),
    Fact(
        rf"(?:{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS})",
        r"\b\d{2}(?:,\d)? ?(?:%|procent\b)",
        "ongeveer drie van de vier",
    ),
    Fact(
        rf"{_JEWS}.*{_CAME_BACK}|{_CAME_BACK}.*{_JEWS}",
        _number("5.200", "5.500", "14.346"),
        "ongeveer 5.000 mensen kwamen terug",
    ),
    Fact(rf"{_JEWS}.*{_CAME_BACK}|{_CAME_BACK}.*{_JEWS}", _bare(_number("5.000")), "ongeveer 5.000", C525),
    Fact(
        r"\bauschwitz\b.*\b(?:overleef|overlevend)|\b(?:overleef|overlevend)\w*.*\bauschwitz\b",
        _number("500", "1.052"),
        "ongeveer 60.000 mensen naar Auschwitz, zonder een getal van overlevenden",
    ),
    Fact(r"\bsobibor\b", _number("34.313"), "meer dan 34.000", C525),
    Fact(r"\bsobibor\b", _number("170.165", "150.000", "250.000"), "ongeveer 170.000"),
    Fact(
        rf"{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS}|\bholocaust\b",
        r"(?<![\d.,])5[.,]\d miljoen\b",
        "ongeveer zes miljoen Joden in Europa",
    ),
    Fact(
        rf"{_JEWS}.*{_MURDERED}|{_MURDERED}.*{_JEWS}",
        _bare(r"(?<![\d.,])\b(?:6|zes) miljoen\b"),
        "ongeveer zes miljoen",
        C525,
    ),
    Fact(
        rf"{_SINTI}.*{_MURDERED}|{_MURDERED}.*{_SINTI}",
        rf"{_number('500.000', '220.000', '250.000')}|\b(?:een )?half miljoen\b",
        "honderdduizenden Sinti en Roma",
    ),
    Fact(
        rf"\bauschwitz\b.*{_MURDERED}|{_MURDERED}.*\bauschwitz\b",
        r"(?<![\d.,])(?:1[.,]5|1[.,]3|4|vier|anderhalf) miljoen\b",
        "ongeveer 1,1 miljoen",
    ),
    Fact(
        rf"\bauschwitz\b.*{_MURDERED}|{_MURDERED}.*\bauschwitz\b",
        _bare(r"(?<![\d.,])1[.,]1 miljoen\b"),
        "ongeveer 1,1 miljoen",
        C525,
    ),
    Fact(
        rf"{_SINTI}.*{_CARRIED_OFF}|{_CARRIED_OFF}.*{_SINTI}",
        _number("246", "247"),
        "ongeveer 245 Sinti en Roma",
    ),
    Fact(rf"{_SINTI}.*{_CARRIED_OFF}|{_CARRIED_OFF}.*{_SINTI}", _bare(_number("245")), "ongeveer 245", C525),
    Fact(rf"{_SINTI}.*{_CAME_BACK}|{_CAME_BACK}.*{_SINTI}", _number("31", "32"), "ongeveer 30 mensen"),
    Fact(rf"{_SINTI}.*\bvrij\w*", _number("279"), "een deel kwam vrij, zonder getal"),
    Fact(r"\brazzia|\bjoodse mannen\b|\braid\b", _number("427", "389", "425"), "ongeveer 400 Joodse mannen"),
    Fact(
        r"\b(?:capitul\w*|overgave|gaf zich over|geeft zich over)\b",
        r"\b14 mei\b(?!.*\b15 mei\b)(?! en 15)|(?<!14 en )(?<!14-)(?<!14–)\b15 mei\b(?<!14 mei en 15 mei)",
        "14 en 15 mei 1940",
    ),
    Fact(
        rf"{_JEWS}.*\b(?:registr\w*|aanmeld\w*|melden|opschrijven|laten inschrijven)\b",
        r"\b(?:januari|februari) 1941\b",
        "begin 1941",
    ),
    Fact(
        r"\beerste (?:trein|transport)\b",
        r"\b16 juli 1942\b",
        "15 juli 1942 (de eerste trein uit Westerbork)",
    ),
    Fact(
        r"\blaatste (?:trein|transport)\b(?!.*\bnaar auschwitz\b)",
        r"\b(?:3|13|17) september 1944\b",
        "september 1944; op 3 september ging de laatste trein naar Auschwitz",
    ),
    Fact(
        r"\b(?:kamp )?amersfoort\b.*\bgevangenen\b", _number("35.000", "37.000", "45.000"), "ongeveer 47.000"
    ),
    Fact(
        r"\bschouwburg\b",
        _number("46.000", "48.000", "60.000", "80.000"),
        "tienduizenden mensen",
    ),
    Fact(r"\b(?:crèche|creche)\b", _number("500", "600"), "honderden kinderen"),
    Fact(
        r"\banne\b.*\b(?:sterft|stierf|overl\w+|dood|gestorven)\b|\b(?:sterft|stierf|overl\w+)\b.*\banne\b",
        r"\bmaart 1945\b",
        "begin 1945",
    ),
    Fact(
        r"\b(?:anne frank|achterhuis|gezin frank|familie frank)\b",
        r"\bverraden door\b|\bde verrader was\b|\bverraadde (?:anne|hen|het gezin|de familie)\b",
        "het is niet bekend of er verraad was",
    ),
    Fact(
        r"\b(?:namenmonument|monument\b.*\bnamen)\b", _number("102.163", "102.220"), "meer dan 102.000 namen"
    ),
    Fact(
        r"\brechtvaardig\w*|\byad vashem\b", _number(r"5.[2-9]\d{2}", r"5.[2-9]\d"), "meer dan 5.000 mensen"
    ),
    Fact(
        r"\bfebruaristaking\b|\bstak\w*\b.*\b1941\b",
        r"\b(?:het|de) enige\b(?=.*\b(?:europa|protest|verzet)\b)",
        "een bijzonder protest; over het enige zijn historici het niet eens",
    ),
)

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
# Cheap and broad, because nearly every text has nothing for the patterns above and below to look at: letters of
# which one must be there for a word to be found, and for a sentence to be about one of the facts.
_LETTERS_OF_WORDS = (
    "zigeuner", "lösung", "oplossing", "jodenv", "jodenk", "joodse", "judenf", "judenr", "joden", "semitische", "mensch",
    "herrenvolk", "aris", "ariër", "pools", "ontaard", "entartet", "handlung", "umsiedlung", "arbeidsinzet",
    "rassenschande", "ongedierte", "parasieten", "wereldjodendom", "erg als", "erger", "erg dan", "ergst", "zwaarder",
    "lijd", "leed", "leden", "holocaust", "net als", "net zoals",
)  # fmt: skip
_LETTERS_OF_FACTS = (
    "jood", "joden", "holocaust", "sinti", "roma", "sobibor", "auschwitz", "razzia", "raid", "capitul", "overga",
    "zich over", "eerste t", "laatste t", "amersfoort", "schouwburg", "crèche", "creche", "anne", "achterhuis",
    "gezin frank", "familie frank", "monument", "rechtvaardig", "yad vashem", "staking", "1941",
)  # fmt: skip
_SAYS_NO = re.compile(r"\b(?:niet|geen|nooit|niemand|vermijd|voorkom|stop)\b|\?", re.IGNORECASE)
_FACT = re.compile(r"\d|miljoen|verra|enige")
_HOLOCAUST = re.compile(
    r"holocaust|sjoa\b|shoah|jood|joden|sinti|nazi|auschwitz|westerbork|genocide|vernietigingskamp|sobibor"
)
_SOURCES_DIFFER = re.compile(
    r"\b(?:sommige|andere|oudere|verschillende) (?:bronnen|tellingen|teksten|boeken)\b|\bbronnen (?:verschillen|noemen)\b"
    r"|\bregistratie van de bezetter\b|\bzijn het niet eens\b|\b(?:is|was) niet bekend\b|\bweten we niet\b"
    r"|\bweet niemand\b|\bonbekend\b",
    re.IGNORECASE,
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
_SENTENCE = re.compile(r"[^.!?\n]+(?:(?:\.(?=\d)|\.(?=[a-z]\.))[^.!?\n]+)*[.!?]*[\"”’')*]*")
_YEAR = re.compile(r"\W*(?:in )?(?:1[89]|20)\d\d\W*")
_BIG_NUMBER = re.compile(
    r"^\W*(?:ongeveer|circa|rond|meer dan|ruim|bijna|zo'n)?\s*(?:\d{3,}|\d{1,3}(?:[. ]\d{3})+|[\w,]+ (?:duizend|miljoen)|\w+(?:duizend|honderd)\w*)\b",
    re.IGNORECASE,
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], re.Pattern[str], Fact], ...]:
    return tuple((re.compile(fact.about), re.compile(fact.wrong), fact) for fact in FACTS)


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about every text of items, lessons, glossary and Dutch pages."""
    for name, texts in groupby(all_texts(bank), key=lambda text: text.document):
        together = list(texts)
        if _worth_reading(" ".join(text.text for text in together)):
            for text in together:
                yield from _text(bank, bank.items.get(name), text)
    for item in bank.items.values():
        if item.status != "vervallen":
            yield from _number_as_key(bank, item)
    for pagina in dutch_pages(bank):
        if _worth_reading(pagina.tekst):
            for start, sentence in sentences(pagina.tekst):
                at = page_location(pagina, start)
                yield from _facts(sentence, at)
                yield from _words(Text(pagina.pad, (), sentence), at)


def _text(bank: Itembank, item: Item | None, text: Text) -> Iterator[Diagnostic]:
    if item is not None and text.path[0] == "opties" and text.path[-1] == "tekst":
        # An answer is read with its question. What a wrong answer says is wrong already.
        if item.opties[int(text.path[1])].juist:
            sentence = f"{item.stam.rstrip('?. ')} {text.text}"
            yield from _facts(sentence, bank.locate(item.id, *text.path))
        yield from _words(text, bank.locate(item.id, *text.path))
    elif _worth_reading(text.text):
        at = bank.locate(text.document, *text.path)
        for _, sentence in sentences(text.text):
            yield from _facts(sentence, at)
        yield from _words(text, at)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield place and text of every sentence, without citations. A line end ends a sentence too."""
    bare = CITATION.sub(lambda match: " " * len(match[0]), text)
    for match in _SENTENCE.finditer(bare):
        sentence = match[0].strip()
        if sentence:
            yield match.start() + len(match[0]) - len(match[0].lstrip()), sentence


def _worth_reading(text: str) -> bool:
    lower = text.lower()
    return any(letters in lower for letters in _LETTERS_OF_WORDS) or _may_hold_a_fact(lower)


def _may_hold_a_fact(lower: str) -> bool:
    return any(letters in lower for letters in _LETTERS_OF_FACTS) and bool(_FACT.search(lower))


def _facts(sentence: str, at: Location) -> Iterator[Diagnostic]:
    sentence = sentence.lower()
    if not _may_hold_a_fact(sentence) or _SOURCES_DIFFER.search(sentence):
        return
    seen: set[tuple[int, int]] = set()
    for about, wrong, fact in _compiled():
        found = wrong.search(sentence)
        if found is None or found.span() in seen or not about.search(sentence):
            continue
        seen.add(found.span())
        shown = found[0].strip()
        if fact.rule is C525:
            message = f'Bij "{shown}" hoort een woord als ongeveer of meer dan.'
            if not fact.advice.endswith(shown.rpartition(" ")[2]):
                message = f'Het getal "{shown}" is hier te precies.'
        else:
            message = f'Over "{shown}" zijn de bronnen het niet eens.'
        yield Diagnostic(fact.rule, at, message, f"Schrijf: {fact.advice}.")


def _words(text: Text, at: Location) -> Iterator[Diagnostic]:
    if text.quoted:
        return
    lower = text.text.lower()
    if not any(letters in lower for letters in _LETTERS_OF_WORDS):
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
            and _HOLOCAUST.search(lower)
        ):
            yield Diagnostic(
                C524,
                at,
                f'Met "{found[0]}" vergelijkt deze zin het leed van mensen.',
                "Zeg wat er gebeurde, en bij wie. Laat het vergelijken weg.",
            )


def _number_as_key(bank: Itembank, item: Item) -> Iterator[Diagnostic]:
    if item.sleutel is None:
        return
    if not (is_about_the_holocaust(item) or _HOLOCAUST.search(f"{item.context} {item.stam}".lower())):
        return
    key = item.opties[item.sleutel].tekst
    if _BIG_NUMBER.match(key) and not _YEAR.fullmatch(key):
        yield Diagnostic(
            C526,
            bank.locate(item.id, "opties", item.sleutel, "tekst"),
            "Het goede antwoord is een getal waarover bronnen kunnen verschillen.",
            "Vraag wat er gebeurde of wie het deed. Zet het getal in de toelichting.",
        )
