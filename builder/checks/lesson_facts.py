"""Where the facts of the lessons and hard moments about the Holocaust stand: sentence by sentence.

In: the bank. Out: every sentence with a number, a date or a name that leads to no bron (C507), and part-lists of
bronnen that name one which is not in the list of the les (C324). A sentence leads to a bron when one of these holds:
a `[bron:id]` stands behind it in its paragraph; its part (woord, stap, uitspraak, deel of a handout, feit) has
`bronnen` of its own; or it only introduces or repeats (title, goals, entry and exit, differentiation, what comes
next) and every number and name in it also stands in a part that has a bron. A part that is `verzonnen` is an exercise and states nothing.
The block for the teacher and the pages are looked at by `sources` (C504); here only the tables of those pages, which
that one steps over. It opens no page and judges no fact: whether the bron says so is for a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from builder.checks.lessons import C324
from builder.checks.sources import facts_without_bron, states_a_fact
from builder.checks.texts import (
    CITATION,
    HOLOCAUST_PAGES,
    Path,
    dutch_pages,
    is_about_the_holocaust,
    les_texts,
    page_location,
)
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.model.itembank import Itembank
from builder.model.les import Deel, Les, Stap, Uitspraak, Woord
from builder.model.moment import LastigMoment

C507 = Rule(
    "C507",
    "feit-zonder-bron-in-les",
    Severity.WARNING,
    "Over de Holocaust moet elk getal, elke datum en elke naam na te zien zijn, ook op een werkblad en bij een lastig"
    " moment. Een zin heeft een bron als er [bron:naam] achter staat, of als het deel van de les zelf bronnen heeft."
    " Titels, doelen, begin en einde van de les, en wat hierna komt, mogen noemen wat in een deel met een bron staat."
    " Wat voor een oefening verzonnen is, krijgt verzonnen: true.",
    "kop: Anne in Amsterdam\ntekst: In 1933 ging het gezin naar Amsterdam.",
    "kop: Anne in Amsterdam\ntekst: In 1933 ging het gezin naar Amsterdam.\nbronnen: [onsamsterdam-merwedeplein]",
)
RULES = (C507,)

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_][\w’'-]*")
_ROW = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]\n]*\]\([^)\n]*\)")
# Everybody may name these: the one number that is certain (the wegwijzer has its bron) and ordinary words.
_EVERYDAY = frozenset({"112", "jodenvervolging", "palestijnse"})
_PART = ("woorden", "stappen", "dit_hoor_je_soms")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a les that answers for its own facts."""

    path: Path
    bronnen: tuple[str, ...]
    verzonnen: bool


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield what leads to no bron in lessons, hard moments and tables about the Holocaust."""
    for les in bank.lessen.values():
        if les.status == "vervallen":
            continue
        yield from _unlisted(bank, les)
        if les.bronnen and is_about_the_holocaust(les):  # a les without any bron is told by C504
            yield from _les(bank, les)
    for moment in bank.momenten.values():
        yield from _moment(bank, moment)
    for pagina in dutch_pages(bank):
        if pagina.pad.startswith(HOLOCAUST_PAGES):
            for row in _ROW.finditer(pagina.tekst):
                if not CITATION.search(row[0]) and any(map(_tells, _LINK.sub("", row[0]).split("|"))):
                    yield _finding(page_location(pagina, row.start()), row[0].strip("| \t"), _IN_TEXT)


_IN_TEXT = "Zet er [bron:naam] achter, of haal het getal, de datum of de naam weg."
_IN_PART = "Zet bij dit deel de bronnen. Is het verzonnen voor een oefening? Zet er dan verzonnen: true bij."
_IN_MOMENT = "Zet het bij feiten, met een bron. Of haal het getal, de datum of de naam hier weg."


def _parts(les: Les) -> dict[Path, _Part]:
    """Return the parts of a les by their path."""
    found: list[tuple[Path, Woord | Stap | Uitspraak | Deel]] = []
    for name in _PART:
        found += [((name, index), part) for index, part in enumerate(getattr(les, name))]
    for h, handout in enumerate(les.handouts):
        found += [(("handouts", h, "delen", d), deel) for d, deel in enumerate(handout.delen)]
    return {path: _Part(path, part.bronnen, getattr(part, "verzonnen", False)) for path, part in found}


def _unlisted(bank: Itembank, les: Les) -> Iterator[Diagnostic]:
    listed = {bron.id for bron in les.bronnen}
    for part in _parts(les).values():
        for index, name in enumerate(part.bronnen):
            if name not in listed:
                yield Diagnostic(
                    C324,
                    bank.locate(les.id, *part.path, "bronnen", index),
                    f'Dit deel noemt bron "{name}", maar die staat niet bij de bronnen van de les.',
                    "Zet de bron bij bronnen, of verbeter de naam.",
                )


def _les(bank: Itembank, les: Les) -> Iterator[Diagnostic]:
    parts = _parts(les)
    texts = [(text, _part_of(text.path, parts)) for text in les_texts(les)]
    told = _EVERYDAY | _words([les.docent, *(text.text for text, part in texts if part and part.bronnen)])
    for text, part in texts:
        if text.path == ("docent",) or text.quoted or (part and (part.bronnen or part.verzonnen)):
            continue
        known = told
        if text.path[0] == "verder" and isinstance(index := text.path[1], int):
            known = told | _told_by(bank, les.verder[index].les)
        for _, sentence in facts_without_bron(text.text):
            if not _within(sentence, known if part is None else _EVERYDAY):
                at = bank.locate(les.id, *text.path)
                yield _finding(at, sentence, _IN_PART if part is not None else _IN_TEXT)


def _told_by(bank: Itembank, name: str) -> frozenset[str]:
    """Return the words of the les that comes next: it answers for its own facts."""
    les = bank.lessen.get(name)
    return _words(text.text for text in les_texts(les)) if les else frozenset()


def _part_of(path: Path, parts: dict[Path, _Part]) -> _Part | None:
    return parts.get(path[:4]) or parts.get(path[:2])


def _moment(bank: Itembank, moment: LastigMoment) -> Iterator[Diagnostic]:
    told = _EVERYDAY | _words(feit.tekst for feit in moment.feiten if feit.bronnen)
    loose: list[tuple[Path, str]] = [
        (("titel",), moment.titel),
        (("situatie",), moment.situatie),
        (("eerst",), moment.eerst),
        *((("je_kunt_zeggen", index), zin) for index, zin in enumerate(moment.je_kunt_zeggen)),
        (("grens",), moment.grens),
        (("daarna",), moment.daarna),
    ]
    for path, text in loose:
        for _, sentence in facts_without_bron(text):
            if not _within(sentence, told):
                yield _finding(bank.locate(moment.id, *path), sentence, _IN_MOMENT)
    for index, feit in enumerate(moment.feiten):
        if not feit.bronnen and _tells(feit.tekst):
            yield _finding(bank.locate(moment.id, "feiten", index), feit.tekst, "Zet de bron bij dit feit.")


def _tells(text: str) -> bool:
    return next(facts_without_bron(text), None) is not None


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_plain, {word for text in texts for word in _WORD.findall(text)}))


def _within(sentence: str, known: frozenset[str]) -> bool:
    """Tell whether every number and name of a sentence is known. Its first word counts only as a number."""
    first, *rest = _WORD.findall(sentence)
    facts = [word for word in (first.lower(), *rest) if states_a_fact(f"… en {word}.")]
    return bool(facts) and all(_plain(word) in known for word in facts)


@lru_cache(maxsize=1 << 15)
def _plain(word: str) -> str:
    return re.sub(r"['’]?s$", "", word.casefold()).rstrip(".,'’")


def _finding(at: Location, sentence: str, hint: str) -> Diagnostic:
    words = sentence.split()
    shown = " ".join(words[:8]) + (" …" if len(words) > 8 else "")
    return Diagnostic(C507, at, f'In deze zin staat een feit zonder bron: "{shown}"', hint)
