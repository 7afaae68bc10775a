"""A document with a field of the wrong form → the same document with another value there, to judge the rest by.

In: the data as typed, the data as saved, and where the form is wrong. Out: data that may hold, and the places that say
nothing about what was typed. Loading stops at a wrong form, and one wrong date would hide all that is still to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.workshop.fields import HIDDEN
from builder.workshop.forms import TODO

_NOTHING = object()


@dataclass(slots=True)
class StandIn:
    """The data to judge by, and the places (pointers) in it that are not what was typed."""

    data: dict[str, Any]
    places: set[str] = field(default_factory=set)

    def covers(self, pointer: str) -> bool:
        """Tell whether a place is one of those, or in it."""
        return any(pointer == place or pointer.startswith(f"{place}/") for place in self.places)

    def touches(self, pointer: str) -> bool:
        """Tell whether a place is one of those, in it, or around it (the whole document is not meant)."""
        return self.covers(pointer) or (
            pointer != "" and any(place.startswith(f"{pointer}/") for place in self.places)
        )

    def repair(self, saved: Mapping[str, Any], pointers: Iterable[str]) -> bool:
        """Put what was saved in these places, or take them out; return False when there is one that cannot be."""
        paths = {tuple(pointer.lstrip("/").split("/")) for pointer in pointers}
        for path in sorted(paths, key=lambda path: [(len(part), part) for part in path], reverse=True):
            if path[0] in HIDDEN or path == ("",):
                return False
            place = "/" + "/".join(path)
            had = _at(saved, path)
            tried = place in self.places or had == _at(self.data, path) or str(had).startswith(TODO)
            self.places.add(place)
            if had is _NOTHING or tried:
                had = _NOTHING
                if path[-1].isdigit():  # what comes after it moves up
                    self.places.add(place.rpartition("/")[0])
            self.data = _with(self.data, path, had)
        return True


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, Mapping) and part in value:
            value = value[part]
        else:
            return _NOTHING
    return value


def _with(value: Any, path: tuple[str, ...], new: Any) -> Any:
    """Return a copy with another value at a path, or without what stands there."""
    first, rest = path[0], path[1:]
    if isinstance(value, list) and first.isdigit() and int(first) < len(value):
        place = int(first)
        put = [_with(value[place], rest, new)] if rest else [] if new is _NOTHING else [new]
        return [*value[:place], *put, *value[place + 1 :]]
    if not isinstance(value, Mapping) or first not in value:
        return value
    if rest:
        return {**value, first: _with(value[first], rest, new)}
    if new is _NOTHING:
        return {name: one for name, one in value.items() if name != first}
    return {**value, first: new}
