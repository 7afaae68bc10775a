"""What an item tells, as far as pairs of items need it: small enough to be kept of every item between two runs.

In: an item. Out: a `Telling`, plain values only. It judges nothing. `item_pairs` and `duplicates` look at nothing else of
an item that is in use, so that they can go over a large bank without opening it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from builder.checks.words import content, is_unfinished, tokens
from builder.model.item import Item


class Telling(NamedTuple):
    """One item. Each text is a row of words with a space between them: so it is small, and compared at once."""

    id: str
    eindterm: str
    vijanden: Sequence[str]
    variant_van: str
    has_pictures: bool
    key_is_picture: bool
    story: str  # a digest of the context, empty without one
    asked: str  # the words of context and stem, as they stand
    said: str  # the words of the right answer, sorted; of a picture those of its alt text
    stem: str  # the word stems that carry meaning: of the stem,
    context: str  # of the context,
    key: str  # and of the right answer; empty when there is not one
    key_words: str  # the same, as they stand there

    @property
    def told(self) -> set[str]:
        """The word stems that the question gives away: those of its stem and context."""
        return {*self.stem.split(), *self.context.split()}

    @property
    def content(self) -> set[str]:
        """The word stems of question and right answer together."""
        return {*self.stem.split(), *self.context.split(), *self.key.split()}


class Related(Protocol):
    """What may name other items that it does not go with."""

    @property
    def id(self) -> str:
        """Its own name."""
        ...

    @property
    def vijanden(self) -> Sequence[str]:
        """The names of those it may not meet."""
        ...

    @property
    def variant_van(self) -> str:
        """The name of what it is a variant of, or nothing."""
        ...


def telling(item: Item) -> Telling | None:
    """Return what an item tells, None when it is out of use or not finished: then it is compared with nothing."""
    if item.status == "vervallen" or is_unfinished(item):
        return None
    key = None if item.sleutel is None else item.opties[item.sleutel]
    drawn = key.afbeelding if key else None
    said = tokens((key.tekst or (drawn.alt if drawn else "")) if key else "")
    context, stem, answer = tokens(item.context), tokens(item.stam), content(said)
    return Telling(
        id=item.id,
        eindterm=item.eindterm,
        vijanden=item.vijanden,
        variant_van=item.variant_van,
        has_pictures=bool(item.afbeeldingen),
        key_is_picture=drawn is not None,
        story=hashlib.sha256(item.context.encode()).hexdigest()[:32] if item.context else "",
        asked=" ".join((*context, *stem)),
        said=" ".join(sorted(said)),
        stem=" ".join(content(stem)),
        context=" ".join(content(context)),
        key=" ".join(answer),
        key_words=" ".join(answer.values()),
    )


def tellings(items: Iterable[Item]) -> Mapping[str, Telling]:
    """Return what these items tell, by name, without those that are compared with nothing."""
    return {item.id: told for item in items if (told := telling(item))}


def are_apart(one: Related, two: Related) -> bool:
    """Tell whether two items are known not to go together: enemies, or variants of the same item."""
    variants = {one.variant_van or one.id, two.variant_van or two.id}
    return one.id in two.vijanden or two.id in one.vijanden or len(variants) == 1
