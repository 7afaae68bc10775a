"""One question that answers another: the key of an item that stands in the text of a second item.

In: what all items tell. Out: a finding at the item that tells. Pairs are looked for through an index of words, so
that the work grows with the bank and not with its square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from builder.checks.tellings import Telling, are_apart
from builder.checks.words import listed
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.itembank import Itembank

C429 = Rule(
    "C429",
    "vraag-verraadt-vraag",
    Severity.ADVICE,
    "Wie de ene vraag leest, weet dan het antwoord op de andere. In één toets mag dat niet.",
    "stam 1: Wie is hoofd van de gemeenteraad? De burgemeester\nstam 2: De burgemeester is hoofd van de gemeenteraad. Wie kiest de raad?",
    "stam 2: Wie kiest de gemeenteraad?\nOf: noem de andere vraag bij vijanden.",
)
RULES = (C429,)

_COMMON = 200  # a word in more items than this points at no item in particular


def findings(bank: Itembank, texts: Mapping[str, Telling]) -> Iterator[Diagnostic]:
    """Yield a finding for every item whose text tells the key of another."""
    counts: Counter[str] = Counter()
    for text in texts.values():
        counts.update(text.told)
    answers: dict[str, list[str]] = {}  # of each answer the two words that tell most
    for item_id, text in texts.items():
        if not text.key_is_picture and not all(map(str.isdigit, text.key_words.split())):
            rarest = sorted(text.key.split(), key=counts.__getitem__)[:2]
            if 0 < counts[rarest[0]] <= _COMMON:
                answers[item_id] = rarest
    wanted = set(chain.from_iterable(answers.values()))
    index: dict[str, set[str]] = {word: set() for word in wanted}
    for item_id, text in texts.items() if wanted else ():
        for word in wanted & text.told:
            index[word].add(item_id)
    for item_id, rarest in answers.items():
        others = set.intersection(*(index[word] for word in rarest)) - {item_id}
        if others:
            yield from _told_elsewhere(bank, texts, counts, item_id, sorted(others))


def _told_elsewhere(
    bank: Itembank,
    texts: Mapping[str, Telling],
    counts: Mapping[str, int],
    item_id: str,
    others: Iterable[str],
) -> Iterator[Diagnostic]:
    """Yield a finding for each of the others that tells the answer of this item, and is about what was asked."""
    text = texts[item_id]
    answer = dict(zip(text.key.split(), text.key_words.split(), strict=False))
    most = max(_COMMON, len(texts) // 50)
    asked = {word for word in text.stem.split() if word not in answer and counts[word] <= most}
    if len(asked) < 2:
        asked |= set(text.context.split()) - answer.keys()
    for other_id in others:
        other = texts[other_id]
        told = other.told
        if not answer.keys() <= told or are_apart(text, other):
            continue
        in_stem = set(other.stem.split())
        says = in_stem if text.story and text.story == other.story else told
        common = asked & says
        if answer.keys() <= says and len(common) >= max(2, (len(asked) + 1) // 2):
            part = "stam" if answer.keys() <= in_stem else "context"
            yield Diagnostic(
                C429,
                bank.locate(other_id, part),
                f"Deze vraag noemt het antwoord op {item_id}: {listed(list(answer.values()))}.",
                f"Zet {item_id} bij vijanden, of noem dit hier niet.",
            )
