"""Whether a text is as easy as its taalniveau says: items one by one, and as a set per toets and handout.

In: the bank. Out: findings that point at the words and give one repair. The measuring is `builder/language`;
here it is said which texts belong together, which words the reader knows, and how heavy a finding is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from builder import language
from builder.checks.levels import LEARNERS
from builder.checks.texts import Path, documents, item_texts
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.dutch import listed
from builder.language import Finding, Judgement, Verdict, Weight
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Handout, Les

C451 = Rule(
    "C451",
    "tekst-te-moeilijk",
    Severity.WARNING,
    "Het examen meet kennis van Nederland, niet hoe goed iemand leest. De taal is makkelijker dan de kennis.",
    "Taalniveau A2: Indien de huurder in gebreke blijft, wordt door de verhuurder een procedure aangevangen.",
    "Taalniveau A2: De huurder betaalt niet. Wat doet de verhuurder?",
)
C452 = Rule(
    "C452",
    "tekst-lijkt-te-moeilijk",
    Severity.ADVICE,
    "De tekst zit dicht bij de grens van zijn taalniveau. Lees haar nog eens hardop.",
    "Taalniveau A1: De gemeente geeft de bewoner informatie over het inzamelen van afval in de wijk.",
    "Taalniveau A1: De gemeente haalt het afval op. Zij vertelt wanneer.",
)
C453 = Rule(
    "C453",
    "moeilijke-plek",
    Severity.WARNING,
    "Lange zinnen, de lijdende vorm en formele woorden kosten een lezer het meest.",
    "Het formulier dient te worden ingeleverd.",
    "Lever het formulier in.",
)
C454 = Rule(
    "C454",
    "lastige-plek",
    Severity.ADVICE,
    "Een lang woord of een volle zin mag, als het niet anders kan. Vaak kan het korter.",
    "de afvalverwerkingsinstallatie",
    "de plaats waar het afval heen gaat",
)
C455 = Rule(
    "C455",
    "toets-te-moeilijk",
    Severity.WARNING,
    "Alle vragen samen zeggen meer dan één vraag. Is de hele toets te moeilijk, dan meet hij lezen.",
    "Een toets op A2 waarvan de vragen samen op B1 lijken.",
    "Een toets op A2 met korte zinnen en gewone woorden.",
)
RULES = (C451, C452, C453, C454, C455)
_Part = tuple[Path, str, bool]  # where it stands, the text, whether it is a stem or an option
# A rare or long word is often the very thing that is asked or taught: seen with `knm language`, not here.
_ONLY_ON_REQUEST = frozenset({"rare-word"})
# Read after the answer, or instead of a picture. They measure nobody: only what is clearly too hard, and as advice.
_BESIDE = ("toelichting", "alt")


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about every item, handout and toets that is in use."""
    yield from check_items(bank)
    yield from check_documents(bank, frozenset(documents(bank)))
    yield from check_rest(bank)


def check_items(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about each item: they need nothing of other items."""
    common = known_words(bank)
    for item in bank.items.values():
        if item.status != "vervallen":
            yield from _item(bank, item, common | words_of_thema(bank, item.thema))


def check_documents(bank: Itembank, wanted: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the findings about handouts and what a teacher says, in these documents."""
    common = known_words(bank)
    for les in bank.lessen.values():
        if les.id in wanted and les.status != "vervallen":
            words = common | words_of_thema(bank, les.thema) | _split(woord.woord for woord in les.woorden)
            for index, handout in enumerate(les.handouts):
                yield from _handout(bank, les, index, handout, words)
    for moment in bank.momenten.values():  # what a teacher says aloud is for a group at A2
        if moment.id not in wanted:
            continue
        said: list[_Part] = [
            (("je_kunt_zeggen", place), zin, False) for place, zin in enumerate(moment.je_kunt_zeggen)
        ]
        yield from _document(bank, moment.id, ("je_kunt_zeggen",), said, LEARNERS, common)


def check_rest(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about the items of a toets together."""
    common = known_words(bank)
    for toets in bank.toetsen.values():
        items = [bank.items[plek.id] for plek in toets.items if plek.id in bank.items]
        for level in ("A1", "A2", "B1"):
            same = [item for item in items if item.taalniveau == level]
            words = common.union(*(words_of_thema(bank, item.thema) for item in same))
            judged = _judge(language.together(_seen(item) for item in same), level, words)
            if judged.verdict is Verdict.HARDER:
                yield Diagnostic(
                    C455,
                    bank.locate(toets.id, "items"),
                    f"Alle vragen op {level} samen: {_first_down(judged.line)}",
                    f"Kijk eerst naar: {_reasons(judged)}.",
                )


def known_words(bank: Itembank) -> frozenset[str]:
    """Return the words that the glossary explains."""
    return _split(begrip.woord for begrip in bank.begrippen.values())


def words_of_thema(bank: Itembank, thema: str) -> frozenset[str]:
    """Return the domain words of a thema."""
    return _split(bank.domeinwoorden.get(thema, ()))


def _split(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for phrase in phrases for word in phrase.split())


def _seen(item: Item) -> str:
    return language.together([item.context, item.stam, *(optie.tekst for optie in item.opties)])


def _item(bank: Itembank, item: Item, words: frozenset[str]) -> Iterator[Diagnostic]:
    parts: list[_Part] = [(("context",), item.context, False), (("stam",), item.stam, True)]
    parts += [(("opties", place, "tekst"), optie.tekst, True) for place, optie in enumerate(item.opties)]
    yield from _document(bank, item.id, ("stam",), parts, item.taalniveau, words)
    for text in item_texts(item):
        if text.path[-1] in _BESIDE:
            for finding in language.findings(text.text, item.taalniveau, words):
                if finding.weight is Weight.WARNING:
                    yield place(
                        bank.locate(item.id, *text.path), text.text, replace(finding, weight=Weight.HINT)
                    )


def _handout(
    bank: Itembank, les: Les, index: int, handout: Handout, words: frozenset[str]
) -> Iterator[Diagnostic]:
    at: Path = ("handouts", index)
    parts: list[_Part] = [
        ((*at, "delen", place, "tekst"), deel.tekst, False) for place, deel in enumerate(handout.delen)
    ]
    yield from _document(bank, les.id, at, parts, handout.taalniveau, words)


def _document(
    bank: Itembank, document: str, at: Path, parts: Sequence[_Part], level: str, words: frozenset[str]
) -> Iterator[Diagnostic]:
    """Yield the finding about the parts as one text, and those about each part by itself; it reads them once."""
    shown = [part for part in parts if part[1].strip()]
    reading = language.read(language.together(text for _, text, _ in shown), words)
    yield from whole(bank.locate(document, *at), language.weigh(reading, language.score(reading), level, ()))
    start = 0
    for path, text, short in shown:
        end = start + len(text)
        mine = tuple(sentence for sentence in reading.sentences if start <= sentence.start < end)
        found = language.find(language.Reading(reading.text, mine), level, None, short)
        here = bank.locate(document, *path)
        yield from (
            place(here, reading.text, finding) for finding in found if finding.kind not in _ONLY_ON_REQUEST
        )
        start = end + len(language.BETWEEN)


def _judge(text: str, level: str, words: frozenset[str]) -> Judgement:
    """Return the judgement of a whole text; its places are asked part by part, so not here."""
    reading = language.read(text, words)
    return language.weigh(reading, language.score(reading), level, ())


def whole(at: Location, judged: Judgement) -> Iterator[Diagnostic]:
    """Yield what an author is told about a text as a whole, when it is or seems too hard."""
    if judged.verdict in (Verdict.HARDER, Verdict.PERHAPS):
        rule = C451 if judged.verdict is Verdict.HARDER else C452
        yield Diagnostic(rule, at, judged.line, f"Kijk eerst naar: {_reasons(judged)}.")


def place(at: Location, text: str, finding: Finding) -> Diagnostic:
    """Return what an author is told about one hard place of a text."""
    words = " ".join(text[finding.start : finding.end].split())
    message = finding.message
    if f'"{words}"' not in message:
        shown = words if len(words) <= 60 else f"{words[:57]}…"
        message = f'"{shown}": {_first_down(message)}'
    return Diagnostic(C453 if finding.weight is Weight.WARNING else C454, at, message, finding.suggestion)


def _reasons(judged: Judgement) -> str:
    """Return where to look first; the numbers are for `knm language`."""
    return listed([reason.name for reason in judged.reasons]) or "de zinnen"


def _first_down(text: str) -> str:
    return text[:1].lower() + text[1:]
