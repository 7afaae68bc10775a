"""Questions that are nearly the same, and pairs that had better be each other's vijanden.

In: what all items tell. Out: for each item the earlier item that it resembles most. Only items that share rare words are
compared, so that the work grows with the bank and not with its square. That one question answers another is
the business of `item_sets`; here it is about questions that ask the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from rapidfuzz import fuzz

from builder.checks.tellings import Telling, tellings
from builder.diagnostics import Diagnostic, Rule, Severity
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


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield for each item at most one earlier item that is nearly the same, or asks the same."""
    yield from findings(bank, tellings(bank.items.values()))


def findings(bank: Itembank, texts: Mapping[str, Telling]) -> Iterator[Diagnostic]:
    """Yield the same from what all items tell."""
    counts: Counter[str] = Counter()
    for told in texts.values():
        counts.update(told.content)
    rare = {word for word, count in counts.items() if count <= _COMMON}
    rank = {word: place for place, word in enumerate(sorted(rare, key=lambda word: (counts[word], word)))}
    index: dict[str, list[str]] = defaultdict(list)
    exact: dict[str, str] = {}
    for name, told in sorted(texts.items()):
        content = told.content
        places = [index[word] for word in sorted(rare & content, key=rank.__getitem__)[:_RAREST]]
        shared = Counter(chain.from_iterable(places))
        least = min(_SHARED, len(content))
        candidates = {other for other, number in shared.items() if number >= least}
        if told.asked in exact:
            candidates.add(exact[told.asked])
        exact.setdefault(told.asked, name)
        if content and candidates:
            yield from _best(bank, told, (texts[other] for other in sorted(candidates)))
        for place in places:
            place.append(name)


def _best(bank: Itembank, one: Telling, others: Iterator[Telling]) -> Iterator[Diagnostic]:
    same: tuple[float, str] = (0.0, "")
    alike: tuple[float, str] = (0.0, "")
    for other in others:
        the_same_text = one.asked == other.asked and not one.has_pictures and not other.has_pictures
        # First the short texts: hardly a pair has the same answer.
        answers = fuzz.ratio(one.said, other.said)
        if (answers < _SAME_ANSWER and not the_same_text) or _is_known(one, other):
            continue
        # Words in another order, or one longer name: either may hide that two questions are the same.
        score = fuzz.token_sort_ratio(one.asked, other.asked, score_cutoff=_ALIKE)
        if score and score < _SAME_QUESTION:
            score = max(score, fuzz.ratio(one.asked, other.asked, score_cutoff=_SAME_QUESTION))
        if not score:
            continue
        asked = one.content - set(one.key.split())  # what the question says beside the answer
        if score >= _SAME_QUESTION and (answers >= _SAME_ANSWER or len(asked) >= _SHARED):
            same = max(same, (score + answers / 1000, other.id))
        elif (
            answers >= _EQUAL_ANSWER
            and one.key
            and one.eindterm == other.eindterm
            and len(asked & other.content) >= _SHARED
        ):
            alike = max(alike, (score, other.id))
    if same[1]:
        yield Diagnostic(
            C541,
            bank.locate(one.id, "stam"),
            f"Deze vraag lijkt veel op {same[1]}. Bekijk ze naast elkaar.",
            f"Haal er één weg. Of zet {same[1]} bij vijanden, of bij variant_van.",
        )
    elif alike[1]:
        yield Diagnostic(
            C542,
            bank.locate(one.id, "vijanden") if one.vijanden else bank.locate(one.id, "stam"),
            f"Deze vraag en {alike[1]} gaan over hetzelfde en hebben hetzelfde goede antwoord.",
            f"Zet {alike[1]} bij vijanden. Dan komen ze niet samen in een toets.",
        )


def _is_known(one: Telling, other: Telling) -> bool:
    """Tell whether the authors know of this pair already."""
    return (
        other.id in one.vijanden
        or one.id in other.vijanden
        or one.variant_van == other.id
        or other.variant_van == one.id
        or bool(one.variant_van and one.variant_van == other.variant_van)
    )
