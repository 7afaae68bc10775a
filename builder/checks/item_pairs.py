"""One question that answers another: the key of an item that stands in the text of a second item.

In: all items, read. Out: a finding at the item that tells. Pairs are looked for through an index of words, so
that the work grows with the bank and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from builder.checks.words import ItemText, listed
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.item import Item
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


def findings(bank: Itembank, texts: Mapping[str, ItemText]) -> Iterator[Diagnostic]:
    """Yield a finding for every item whose text tells the key of another."""
    index: dict[str, list[str]] = defaultdict(list)
    for item_id, text in texts.items():
        for word in _told(text):
            index[word].append(item_id)
    for item_id, text in texts.items():
        if text.key is None or text.options[text.key].is_picture:
            continue
        answer = text.options[text.key].content
        if all(word.isdigit() for word in answer.values()):
            continue
        rarest = min(answer, key=lambda word: len(index.get(word, ())))
        if len(index.get(rarest, ())) > _COMMON:
            continue
        asked = {
            word
            for word in text.stem_content.keys() - answer.keys()
            if len(index[word]) <= max(_COMMON, len(texts) // 50)
        }
        if len(asked) < 2:
            asked |= text.context_content.keys() - answer.keys()
        for other_id in index.get(rarest, ()):
            other = texts[other_id]
            told = _told(other)
            if other_id == item_id or not answer.keys() <= told or are_apart(text.item, other.item):
                continue
            shared_story = bool(text.item.context) and text.item.context == other.item.context
            says = set(other.stem_content) if shared_story else told
            common = asked & says
            if answer.keys() <= says and len(common) >= max(2, (len(asked) + 1) // 2):
                part = "stam" if answer.keys() <= other.stem_content.keys() else "context"
                yield Diagnostic(
                    C429,
                    bank.locate(other_id, part),
                    f"Deze vraag noemt het antwoord op {item_id}: {listed(list(answer.values()))}.",
                    f"Zet {item_id} bij vijanden, of noem dit hier niet.",
                )


def _told(text: ItemText) -> set[str]:
    return {*text.stem_content, *text.context_content}


def are_apart(one: Item, two: Item) -> bool:
    """Tell whether two items are known not to go together: enemies, or variants of the same item."""
    variants = {one.variant_van or one.id, two.variant_van or two.id}
    return one.id in two.vijanden or two.id in one.vijanden or len(variants) == 1
