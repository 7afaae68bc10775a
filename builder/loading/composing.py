"""All of YAML, by the C parser: data, findings in plain Dutch, and where each value stands.

In: the text of one file. Out: its data or findings R005-R016. Every text is composed once and walked once; aliases,
tags and double keys are refused. Reading asks this module about each file that is not plain (`plain.py`), and about
the places in a file of which somebody wants to know them. With `yaml_writing.py` the only place that imports yaml.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from builder.diagnostics import Diagnostic, Location
from builder.loading.plain import NUMBER_START, WORDS, scalar
from builder.loading.reading_rules import MAX_DEPTH, MAX_VALUES, R002, R007, R008, R009, R010, R014, R015
from builder.loading.syntax import too_deep, worded

_PLAIN, _TEXT = "p", "t"


class _Parser(CParser):
    """The C parser with a resolver that only tells plain words from quoted ones."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        self.values = 0

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        self.values += 1
        if self.values > MAX_VALUES:
            raise _TooMany
        return _PLAIN if implicit is not True and implicit is not False and implicit[0] else _TEXT

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        return None

    def ascend_resolver(self) -> None:
        return None


class _TooMany(Exception):
    """More values than a file may hold: each costs a hundred times its size in memory."""


class Unreadable(Exception):
    """A file that cannot be read further; carries the findings."""

    def __init__(self, *found: Diagnostic) -> None:
        """Keep the findings so far, with the one that made reading stop."""
        super().__init__()
        self.found = found


class _Walk:
    """One walk over a composed tree: builds the data, refuses aliases, tags and double keys."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.seen: set[int] = set()
        self.found: list[Diagnostic] = []

    def at(self, node: Any) -> Location:
        return Location(self.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def value(self, node: Any, depth: int) -> Any:
        if id(node) in self.seen:
            raise Unreadable(
                *self.found,
                Diagnostic(
                    R008,
                    self.at(node),
                    "Hier staat een verwijzing binnen YAML (een naam met & en *). Die lezen we niet.",
                    "Schrijf de tekst op elke plaats gewoon uit.",
                ),
            )
        self.seen.add(id(node))
        if depth > MAX_DEPTH:
            raise Unreadable(*self.found, too_deep(self.at(node)))
        if isinstance(node, yaml.ScalarNode):
            if node.tag == _PLAIN:
                return scalar(node.value)
            self.tag(node)
            return node.value
        if isinstance(node, yaml.SequenceNode):
            self.tag(node)
            return [self.value(child, depth + 1) for child in node.value]
        self.tag(node)
        return self.mapping(node, depth)

    def mapping(self, node: Any, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.found.append(
                    Diagnostic(
                        R014,
                        self.at(key_node),
                        "De naam van een veld moet een woord zijn.",
                        "Schrijf naam: waarde.",
                    )
                )
                continue
            key = key_node.value
            if id(key_node) in self.seen:
                raise Unreadable(
                    *self.found,
                    Diagnostic(
                        R008,
                        self.at(key_node),
                        "Hier staat een verwijzing binnen YAML (* of &) als veldnaam.",
                        "Schrijf de veldnaam gewoon uit.",
                    ),
                )
            self.seen.add(id(key_node))
            if key_node.tag == _PLAIN and not isinstance(scalar(key), str):
                self.found.append(
                    Diagnostic(
                        R014,
                        self.at(key_node),
                        f"De naam van een veld moet een woord zijn. Hier staat {key or 'niets'}.",
                        "Schrijf naam: waarde.",
                    )
                )
            if key in first:
                self.found.append(
                    Diagnostic(
                        R007,
                        self.at(key_node),
                        f'Het veld "{key}" staat er twee keer. De eerste keer was op regel {first[key]}.',
                        "Haal er één weg.",
                    )
                )
                self.value(value_node, depth + 1)
                continue
            first[key] = key_node.start_mark.line + 1
            data[key] = self.value(value_node, depth + 1)
        return data

    def tag(self, node: Any) -> None:
        if node.tag != _TEXT:
            self.found.append(
                Diagnostic(
                    R015,
                    self.at(node),
                    "Hier staat een uitroepteken vóór de waarde. YAML leest dat als een opdracht, niet als tekst.",
                    "Haal het weg, of zet de hele tekst tussen aanhalingstekens.",
                )
            )


class _Odd(Exception):
    """Something that `_quick` leaves to the careful walk."""


def _quick(node: Any, depth: int) -> Any:
    """Return what `_Walk` returns for a tree without faults, in a third of the time; else raise `_Odd`.

    Only for a tree without aliases: it does not look whether it was here before.
    """
    if node.__class__ is yaml.ScalarNode:
        if node.tag == _PLAIN:
            return scalar(node.value)
        if node.tag == _TEXT:
            return node.value
        raise _Odd
    if node.tag != _TEXT or depth >= MAX_DEPTH:
        raise _Odd
    if node.__class__ is yaml.SequenceNode:
        return [_quick(child, depth + 1) for child in node.value]
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if key_node.__class__ is not yaml.ScalarNode or key in data:
            raise _Odd
        if key_node.tag == _PLAIN and (key in WORDS or key[0] in NUMBER_START):
            raise _Odd
        data[key] = _quick(value_node, depth + 1)
    return data


def position_index(text: str) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Return line and column of each value; under `(…, "\\0key")` those of the key of a field."""
    index: dict[tuple[str | int, ...], tuple[int, int]] = {}

    def walk(node: Any, path: tuple[str | int, ...]) -> None:
        index[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.SequenceNode):
            for place, child in enumerate(node.value):
                walk(child, (*path, place))
        elif isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                if isinstance(key, yaml.ScalarNode) and (*path, key.value) not in index:
                    walk(child, (*path, key.value))
                    index[(*path, key.value, "\0key")] = (key.start_mark.line + 1, key.start_mark.column + 1)

    parser = _Parser(text)
    try:
        walk(parser.get_single_node(), ())
    finally:
        parser.dispose()
    return index


def compose(path: str, text: str, found: list[Diagnostic]) -> dict[str, Any] | None:
    """Return the data of a text and add its findings to `found`. Raises `Unreadable` where reading must stop."""
    parser = None
    try:
        parser = _Parser(text)
        node = parser.get_single_node()
    except RecursionError:
        raise Unreadable(too_deep(Location(path))) from None
    except _TooMany:
        raise Unreadable(
            Diagnostic(
                R002,
                Location(path),
                f"In dit bestand staan meer dan {MAX_VALUES:,} waarden.".replace(",", "."),
                "Maak er meer bestanden van. Kijk ook of er iets vele keren in staat.",
            )
        ) from None
    except yaml.YAMLError as error:
        raise Unreadable(worded(path, text, error)) from None
    finally:
        if parser is not None:
            parser.dispose()
    if node is None:
        raise Unreadable(
            Diagnostic(R009, Location(path), "Dit bestand is leeg.", "Vul het in, of haal het weg.")
        )
    walk = _Walk(path)
    if isinstance(node, yaml.MappingNode) and not ("&" in text and "*" in text):  # else: maybe an alias
        try:
            quick: dict[str, Any] = _quick(node, 1)
            return quick
        except _Odd:
            pass  # the careful walk below names what is wrong
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable(
            Diagnostic(
                R010,
                walk.at(node),
                "Dit bestand begint niet met een veld. Bovenaan hoort een naam met een dubbele punt te staan.",
                "Schrijf bijvoorbeeld: id: wonen-014",
            )
        )
    data = walk.value(node, 1)
    found.extend(walk.found)
    return data if isinstance(data, dict) else None
