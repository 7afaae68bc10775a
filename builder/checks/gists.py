"""The gist of an item: all that the checks need of it when they look at the whole bank; and the memory of gists.

In: an item, and the lists of `content`. Out: a `Gist`, plain values only, so that it can be kept between runs. It leans on no
other item. A bank with the gists of all its items is checked without opening them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from builder.checks.freshness import Looked, looked
from builder.checks.spelling import Doubt, Doubts, Speller, item_doubts
from builder.checks.tellings import Telling, telling
from builder.diagnostics import Diagnostic
from builder.model.item import Item
from builder.model.itembank import Itembank

_TELLING = (str, str, list, str, bool, bool, *(str,) * 7)
_LOOKED = (str, str, bool)
_DOUBT = (int, str, bool)


class Gist(NamedTuple):
    """What pairs, dates, spelling and exceptions need of one item."""

    telling: Telling | None
    looked: Looked | None
    doubts: Doubts
    has_exceptions: bool


def gist(bank: Itembank, item: Item, speller: Speller | None) -> Gist:
    """Return the gist of an item; without a speller nobody doubts its words."""
    doubts = item_doubts(item, speller) if speller else ()
    return Gist(telling(item), looked(bank, item), doubts, bool(item.uitzonderingen))


def gist_of(row: list[Any]) -> Gist:
    """Return the gist that was written as plain lists. Raises ValueError, TypeError or KeyError when it is not one."""
    told, seen, doubts, has_exceptions = row
    last = None if seen is None else Looked(*_shaped(seen, _LOOKED))
    if last:
        last.due  # noqa: B018 (a day and a period that can be counted with)
    return Gist(
        None if told is None else Telling(*_shaped(told, _TELLING)),
        last,
        tuple(
            (_path(path), tuple(Doubt(*_shaped(doubt, _DOUBT)) for doubt in found)) for path, found in doubts
        ),
        has_exceptions is True,
    )


def _shaped(row: list[Any], shape: tuple[type, ...]) -> list[Any]:
    if tuple(map(type, row)) != shape:
        raise ValueError("not a row of ours")
    return row


def _path(parts: list[Any]) -> tuple[str | int, ...]:
    if not all(type(part) in (str, int) for part in parts):
        raise ValueError("not a path")
    return tuple(parts)


class Memory(Protocol):
    """What was found about documents by themselves, in an earlier run with the same lists, dictionary and program."""

    def recall(self, item_id: str) -> tuple[Sequence[Diagnostic], Gist] | None:
        """Return what was found about this item and its gist, None when that is not known."""
        ...

    def learn(self, item_id: str, found: Sequence[Diagnostic], gist: Gist) -> None:
        """Remember what was found about this item, and its gist."""
        ...

    def recall_document(self, name: str) -> Sequence[Diagnostic] | None:
        """Return what was found about another document, a list or a page; None when that is not known."""
        ...

    def learn_document(self, name: str, found: Sequence[Diagnostic]) -> None:
        """Remember what was found about this document."""
        ...


class NoMemory:
    """Knows nothing and learns nothing."""

    def recall(self, item_id: str) -> None:
        """Know nothing."""

    def learn(self, item_id: str, found: Sequence[Diagnostic], gist: Gist) -> None:
        """Learn nothing."""

    def recall_document(self, name: str) -> None:
        """Know nothing."""

    def learn_document(self, name: str, found: Sequence[Diagnostic]) -> None:
        """Learn nothing."""


class Without(Mapping[str, Item]):
    """The items without some of them; none is made by leaving others out."""

    def __init__(self, items: Mapping[str, Item], hidden: frozenset[str]) -> None:
        """Take the items, and the names of those that are not to be seen."""
        self._items, self._hidden = items, hidden

    def __getitem__(self, name: str) -> Item:
        """Return an item that may be seen."""
        if name in self._hidden:
            raise KeyError(name)
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such an item to be seen; it need not be made for that."""
        return name not in self._hidden and name in self._items

    def __iter__(self) -> Iterator[str]:
        """Go by the names, in their order."""
        return (name for name in self._items if name not in self._hidden)

    def __len__(self) -> int:
        """Return how many there are to be seen."""
        return sum(1 for _ in self)
