"""Where it says so: whether what is claimed has a bron.

In: the bank. Out: items without a bron, citations on pages that lead nowhere, and sentences with a fact and no
bron in the Holocaust part. In a les the block for the teacher names its sources sentence by sentence; the texts for learners hold no
citations, so there the list of the les itself counts. It opens no page and no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.checks.texts import (
    CITATION,
    HOLOCAUST_PAGES,
    dutch_pages,
    is_about_the_holocaust,
    page_location,
    without_code,
)
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.dutch import listed, meant
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.pagina import Pagina

C501 = Rule(
    "C501",
    "examenstof-zonder-bron",
    Severity.WARNING,
    "Bij examenstof moet een lezer kunnen nazien dat het antwoord klopt. Zoek de bron voordat je verder schrijft.",
    "stof: examenstof\nbronnen: []",
    "stof: examenstof\nbronnen:\n  - id: regeling-inburgering-2021",
)
C504 = Rule(
    "C504",
    "feit-zonder-bron",
    Severity.ADVICE,
    "Over de Holocaust moet elk getal, elke datum en elke naam na te zien zijn. Zo kan niemand de feiten afdoen als een mening.",
    "Op 6 juli 1942 dook Anne onder.",
    "Op 6 juli 1942 dook Anne onder [bron:annefrank-wie-was].",
)
C505 = Rule(
    "C505",
    "onbekende-bron-op-pagina",
    Severity.ERROR,
    "Een verwijzing [bron:naam] op een pagina noemt een bron die bovenaan de pagina en in content/bronnen.yaml staat.",
    "… in 1942 [bron:onbekend]",
    "bronnen: [anne-frank-dagboek] bovenaan, en … in 1942 [bron:anne-frank-dagboek]",
)
C506 = Rule(
    "C506",
    "taalniveau-van-pagina",
    Severity.ERROR,
    "Aan het taalniveau ziet het programma hoe moeilijk een pagina mag zijn.",
    "taalniveau: makkelijk",
    "taalniveau: B1",
)
RULES = (C501, C504, C505, C506)

_PAGE_LEVELS = ("alfa", "A1", "A2", "B1", "B2")

# What a sentence with a fact looks like.
_CLASS_ROOM = re.compile(  # numbers that organise a lesson, and are no fact about the past
    r"(?<![\w.,])\d+(?: tot \d+| of \d+|-\d+)? ?(?:minu(?:ut|ten)|uur|uren|seconden|lessen|les|stappen|keer|woorden|zinnen"
    r"|cursisten|deelnemers|vragen|werkbladen|bladzijden|platen|plaatjes|tellen|stoelen|euro|kilometer|km)\b"
    r"|\b(?:les|stap|plaat|vraag|werkblad|bladzijde|nummer|deel|blok|eindterm|hoofdstuk|niveau) \d[\d.]*(?:-[a-z])?\b"
    r"|\b[AB][12]\b|\bNT2\b|\b4 en 5 mei\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<!\w)\d[\d.,]*|\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|honderd|duizend|half|anderhalf|tien)\w*"
    r"(?:duizend(?:en)?|honderd(?:en)?)\b|\b(?:honderd|tien)?duizenden\b|\bmiljoen(?:en)?\b|\bhonderden\b|\bdrie van de vier\b"
)
_NAME = re.compile(
    r"(?<=[\w,;)’'] )(?:[A-Z][\w’'-]+)(?: (?:van|de|der|den|ter|ten|en) (?=[A-Z])| [A-Z][\w’'-]+)*"
)
# Words with a capital that everybody knows, or that name a people, a time or this subject: no fact by themselves.
_COMMON_NAMES = frozenset(
    """
    Joden Joods Joodse Jood Holocaust Sjoa Sinti Roma Nederland Nederlands Nederlandse Nederlander Nederlanders
    Duitsland Duits Duitse Duitser Duitsers Europa Europees Europese Tweede Wereldoorlog Grondwet Nazi's KNM Engels
    Arabisch Tigrinya Turks Oekraïens Dodenherdenking Bevrijdingsdag Zeg Vraag Toon Lees Schrijf Kijk Veilig Woorden
    Nu Gaza Israël Palestijnen Syrië Oekraïne Word Excel Internet God Bijbel Koran Islam Christenen Moslims Kerst Pasen
    Grieks Hebreeuws Latijn Frans Spaans Inburgering Werkblad Ja Nee
    """.split()
)
_MARKS = re.compile(r"[*_`]+")
_ADDRESS = re.compile(r"\]\([^)\n]*\)|<[^<>\n]*>|https?://\S+")
_END = re.compile(r"(?<=[.!?…])[\"”’')*_]*(?:\s*\[bron:[^\]\n]*\])*\s+|\n+")
_LIST_NUMBER = re.compile(r"^\s*\d+[.)](?=\s)")
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+•]|\d+[.)]|#{1,6}|\|)\s)")


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about items, lessons and Dutch pages."""
    yield from check_items(bank)
    yield from check_rest(bank)


def check_items(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about each item: they need nothing of other items."""
    for item in bank.items.values():
        # From review on this is an error already: C310.
        if item.status == "concept" and item.stof == "examenstof" and not item.bronnen:
            yield Diagnostic(
                C501,
                bank.locate(item.id, "bronnen"),
                "Deze vraag gaat over examenstof, maar heeft nog geen bron.",
                "Waar staat dat het antwoord klopt? Zet die bron bij bronnen.",
            )


def check_rest(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about lessons and Dutch pages."""
    for les in bank.lessen.values():
        if les.status != "vervallen" and is_about_the_holocaust(les):
            yield from _les(bank, les)
    for pagina in bank.paginas.values():
        yield from _page_fields(bank, pagina)
    for pagina in dutch_pages(bank):
        if pagina.pad.startswith(HOLOCAUST_PAGES):
            for start, sentence in facts_without_bron(pagina.tekst):
                yield _fact(page_location(pagina, start), sentence)


def _les(bank: Itembank, les: Les) -> Iterator[Diagnostic]:
    for _, sentence in facts_without_bron(les.docent):
        yield _fact(bank.locate(les.id, "docent"), sentence)
    if les.bronnen:
        return
    # The texts for learners lean on the list of the les; there is none.
    for s, stap in enumerate(les.stappen):
        for _, sentence in facts_without_bron(stap.docent):
            yield _fact(bank.locate(les.id, "stappen", s, "docent"), sentence)
    for h, handout in enumerate(les.handouts):
        for d, deel in enumerate(handout.delen):
            for _, sentence in facts_without_bron(deel.tekst):
                yield _fact(bank.locate(les.id, "handouts", h, "delen", d, "tekst"), sentence)


def _fact(at: Location, sentence: str) -> Diagnostic:
    words = sentence.split()
    shown = " ".join(words[:8]) + (" …" if len(words) > 8 else "")
    return Diagnostic(
        C504,
        at,
        f'In deze zin staat een feit zonder bron: "{shown}"',
        "Zet er [bron:naam] achter, of haal het getal, de datum of de naam weg.",
    )


def facts_without_bron(text: str) -> Iterator[tuple[int, str]]:
    """Yield place and text of each sentence that states a fact while its paragraph names no bron after it.

    A bron at the end of a paragraph or list item covers the sentences before it.
    """
    for start, block in _parts(_BLOCK, text):
        if block.lstrip().startswith(("#", "|", "```", "---", "![")):
            continue
        block = _LIST_NUMBER.sub(lambda match: " " * len(match[0]), block)
        rows = list(_parts(_END, block))
        cited = [bool(CITATION.search(sentence)) for _, sentence in _with_citations(_END, block)]
        for index, (place, sentence) in enumerate(rows):
            if not any(cited[index:]) and states_a_fact(sentence):
                yield start + place, _bare(sentence)


def states_a_fact(sentence: str) -> bool:
    """Tell whether a sentence holds a number, a date or a name that a reader may want to look up."""
    bare = _CLASS_ROOM.sub(" ", _bare(sentence))
    if bare.endswith("?"):
        return False
    if _NUMBER.search(bare.lower()):
        return True
    return any(
        any(part not in _COMMON_NAMES and not part.islower() for part in match[0].split())
        for match in _NAME.finditer(bare)
    )


def _bare(sentence: str) -> str:
    return (
        _MARKS.sub("", _ADDRESS.sub(" ", CITATION.sub(" ", sentence))).replace("[", "").strip().lstrip("-•+ ")
    )


def _parts(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield place and text of what stands between matches of the pattern, when it is not blank."""
    start = 0
    for match in [*pattern.finditer(text), None]:
        part = text[start : match.start() if match else len(text)]
        if part.strip():
            yield start + len(part) - len(part.lstrip()), part.strip()
        start = match.end() if match else len(text)


def _with_citations(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield the same parts, each with what the pattern took away behind it."""
    start = 0
    for match in [*pattern.finditer(text), None]:
        if text[start : match.start() if match else len(text)].strip():
            yield start, text[start : match.end() if match else len(text)]
        start = match.end() if match else len(text)


def _page_fields(bank: Itembank, pagina: Pagina) -> Iterator[Diagnostic]:
    if pagina.taalniveau and pagina.taalniveau not in _PAGE_LEVELS:
        yield Diagnostic(
            C506,
            bank.locate(pagina.pad, "taalniveau"),
            f"Taalniveau {pagina.taalniveau} kennen we niet.",
            f"Kies {listed(_PAGE_LEVELS, 'of')}.",
        )
    if "bronnen" in bank.broken:
        return
    for index, name in enumerate(pagina.bronnen):
        if name not in bank.bronnen:
            yield Diagnostic(
                C505,
                bank.locate(pagina.pad, "bronnen", index),
                f'Bron "{name}" staat niet in content/bronnen.yaml.',
                _known_bron(name, bank),
            )
    for match in CITATION.finditer(without_code(pagina.tekst)):
        if match[1] not in pagina.bronnen:
            yield Diagnostic(
                C505,
                page_location(pagina, match.start()),
                f'De tekst verwijst naar bron "{match[1]}", maar die staat niet bovenaan bij bronnen.',
                "Zet de bron bovenaan de pagina bij bronnen, of verbeter de naam."
                if match[1] in bank.bronnen
                else _known_bron(match[1], bank),
            )


def _known_bron(name: str, bank: Itembank) -> str:
    return meant(name, bank.bronnen, "Zet de bron eerst in content/bronnen.yaml.")
