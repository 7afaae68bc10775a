"""Values by name, of which some are made only when somebody asks: a bank that is mostly known need not be built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar, cast

Thing = TypeVar("Thing")
Made = TypeVar("Made", covariant=True)


class Later(Protocol[Made]):
    """What a value can be made of."""

    def make(self) -> Made:
        """Return the value."""
        ...


class Shelf(Mapping[str, Thing], Generic[Thing]):
    """A mapping that makes a value the first time it is asked for, and keeps it."""

    __slots__ = ("_unmade", "_values")

    def __init__(self) -> None:
        """Begin empty."""
        self._values: dict[str, Thing | Later[Thing]] = {}
        self._unmade: set[str] = set()

    def put(self, name: str, value: Thing) -> None:
        """Add a value."""
        self._values[name] = value

    def put_later(self, name: str, later: Later[Thing]) -> None:
        """Add what a value will be made of."""
        self._values[name] = later
        self._unmade.add(name)

    def __getitem__(self, name: str) -> Thing:
        """Return a value; make it when nobody asked before."""
        value = self._values[name]
        if name in self._unmade:
            made = cast(Later[Thing], value).make()
            self._values[name] = made
            self._unmade.discard(name)
            return made
        return cast(Thing, value)

    def later(self, name: str) -> Later[Thing] | None:
        """Return what a value will be made of; None when it is made already, or not there."""
        return cast(Later[Thing], self._values[name]) if name in self._unmade else None

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a value with this name, made or not."""
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        """Go by the names, in the order in which they were put."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many there are, made or not."""
        return len(self._values)

    def only(self, names: Iterable[str]) -> Mapping[str, Thing]:
        """Return these, in this order; a plain dictionary when all of them are there already."""
        wanted = list(names)
        if self._unmade.isdisjoint(wanted):
            return {name: cast(Thing, self._values[name]) for name in wanted}
        chosen: Shelf[Thing] = Shelf()
        chosen._values = {name: self._values[name] for name in wanted}
        chosen._unmade = self._unmade.intersection(wanted)
        return chosen
