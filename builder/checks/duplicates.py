"""Questions that are nearly the same, and pairs that had better be each other's vijanden.

In: the bank. Out: for each item the earlier item that it resembles most. Only items that share rare words are
compared, so that the work grows with the bank and not with its square. That one question answers another is
the business of `item_sets`; here it is about questions that ask the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from builder.checks.words import content, is_unfinished, tokens
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.item import Item
from builder.model.itembank import Itembank

C541 = Rule(
    "C541",
    "bijna-dezelfde-vraag",
    Severity.WARNING,
    "Twee bijna gelijke vragen tellen in een toets dubbel. En wie de ene kent, kent de andere.",
    "wonen-014: Wie betaalt de huur?\nwonen-020: Wie moet de huur betalen?",
    "Eén van de twee vragen, of wonen-014 genoemd bij vijanden of bij variant_van.",
)
C542 = Rule(
    "C542",
    "voorstel-voor-vijanden",
    Severity.ADVICE,
    "Twee vragen over hetzelfde met hetzelfde goede antwoord horen niet in één toets. Als vijanden komen ze niet samen.",
    "Twee vragen over huur opzeggen, allebei met het antwoord: een maand van tevoren.",
    "vijanden:\n  - wonen-014",
)
RULES = (C541, C542)

_SAME_QUESTION = 88.0
_SAME_ANSWER = 80.0
_ALIKE = 50.0
_EQUAL_ANSWER = 95.0
_RAREST = 8  # so many words of an item are looked up
_COMMON = 200  # a word in more items than this points at no item in particular
_SHARED = 2


@dataclass(frozen=True, slots=True)
class _Read:
    """What is compared of one item: question and answer as sorted words, the words that carry meaning."""

    item: Item
    question: str
    answer: str
    content: frozenset[str]
    answer_content: frozenset[str]
    exact: str


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield for each item at most one earlier item that is nearly the same, or asks the same."""
    read = {
        name: _read(item)
        for name, item in sorted(bank.items.items())
        if item.status != "vervallen" and not is_unfinished(item)
    }
    counts = Counter(word for one in read.values() for word in one.content)
    index: dict[str, list[str]] = defaultdict(list)
    exact: dict[str, str] = {}
    for name, one in read.items():
        rare = sorted(one.content, key=lambda word: (counts[word], word))
        rare = [word for word in rare if counts[word] <= _COMMON][:_RAREST]
        shared = Counter(other for word in rare for other in index[word])
        candidates = {other for other, number in shared.items() if number >= min(_SHARED, len(one.content))}
        if one.exact in exact:
            candidates.add(exact[one.exact])
        exact.setdefault(one.exact, name)
        yield from _best(bank, one, (read[other] for other in sorted(candidates)))
        for word in rare:
            index[word].append(name)


def _read(item: Item) -> _Read:
    answer = ""
    if item.sleutel is not None:
        optie = item.opties[item.sleutel]
        answer = optie.tekst or (optie.afbeelding.alt if optie.afbeelding else "")
    asked, said = tokens(f"{item.context} {item.stam}"), tokens(answer)
    words = content(asked)
    return _Read(
        item,
        " ".join(sorted(asked)),
        " ".join(sorted(said)),
        frozenset([*words, *content(said)]),
        frozenset(content(said)),
        " ".join(asked),
    )


def _best(bank: Itembank, one: _Read, others: Iterator[_Read]) -> Iterator[Diagnostic]:
    same: tuple[float, str] = (0.0, "")
    alike: tuple[float, str] = (0.0, "")
    for other in others:
        if not one.content or _is_known(one.item, other.item):
            continue
        # Words in another order, or one longer name: either may hide that two questions are the same.
        score = fuzz.ratio(one.question, other.question, score_cutoff=_ALIKE)
        if score and score < _SAME_QUESTION:
            score = max(score, fuzz.ratio(one.exact, other.exact, score_cutoff=_SAME_QUESTION))
        if not score:
            continue
        answers = fuzz.ratio(one.answer, other.answer)
        if score >= _SAME_QUESTION and (answers >= _SAME_ANSWER or _is_the_same_text(one, other)):
            same = max(same, (score + answers / 1000, other.item.id))
        elif (
            answers >= _EQUAL_ANSWER
            and one.answer_content
            and one.item.eindterm == other.item.eindterm
            and len((one.content & other.content) - one.answer_content) >= _SHARED
        ):
            alike = max(alike, (score, other.item.id))
    if same[1]:
        yield Diagnostic(
            C541,
            bank.locate(one.item.id, "stam"),
            f"Deze vraag lijkt veel op {same[1]}. Bekijk ze naast elkaar.",
            f"Haal er één weg. Of zet {same[1]} bij vijanden, of bij variant_van.",
        )
    elif alike[1]:
        yield Diagnostic(
            C542,
            bank.locate(one.item.id, "vijanden") if one.item.vijanden else bank.locate(one.item.id, "stam"),
            f"Deze vraag en {alike[1]} gaan over hetzelfde en hebben hetzelfde goede antwoord.",
            f"Zet {alike[1]} bij vijanden. Dan komen ze niet samen in een toets.",
        )


def _is_the_same_text(one: _Read, other: _Read) -> bool:
    """Tell whether two questions are word for word the same, without pictures that make the difference."""
    pictures = one.item.afbeeldingen or other.item.afbeeldingen
    return one.exact == other.exact and len(one.content - one.answer_content) >= _SHARED and not pictures


def _is_known(one: Item, other: Item) -> bool:
    """Tell whether the authors know of this pair already."""
    return (
        other.id in one.vijanden
        or one.id in other.vijanden
        or one.variant_van == other.id
        or other.variant_van == one.id
        or bool(one.variant_van and one.variant_van == other.variant_van)
    )
