"""Fields, values and findings → what a template shows: rows with names, choices, messages and marked words.

In: a form, the data in it, the bank and the findings. Out: plain rows. It renders nothing and judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from builder import language
from builder.checks.language import known_words, words_of_thema
from builder.diagnostics import Diagnostic
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lijsten import TAALNIVEAUS
from builder.workshop.fields import Field, Group
from builder.workshop.forms import shown
from builder.workshop.offering import Choice, choices
from builder.workshop.saying import Message, message

# A rare or long word is often the very thing that is asked.
_NOT_MARKED = frozenset({"rare-word"})


@dataclass(frozen=True, slots=True)
class Row:
    """A field on the screen."""

    field: Field
    name: str
    value: str
    choices: tuple[Choice, ...] = ()
    rows: tuple[Row, ...] = ()
    entries: tuple[Entry, ...] = ()
    filled: bool = False
    messages: tuple[Message, ...] = ()
    marked: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The id of its input."""
        return "v-" + self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its name, number from 1, and fields."""

    name: str
    number: int
    rows: tuple[Row, ...]
    messages: tuple[Message, ...] = ()

    @property
    def id(self) -> str:
        """The id of its box."""
        return "v-" + self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Form:
    """All that the form shows: groups of rows, the messages of the whole, and those that have no field."""

    groups: tuple[tuple[Group, tuple[Row, ...]], ...]
    messages: tuple[Message, ...]

    def all_rows(self) -> Iterator[Row]:
        """Yield every row, those inside others too."""
        for _, rows in self.groups:
            yield from _flat(rows)

    def errors_in(self, rows: Sequence[Row]) -> int:
        """Return how many things must still change in these rows."""
        found = [one for row in _flat(rows) for one in row.messages]
        found += [one for row in _flat(rows) for entry in row.entries for one in entry.messages]
        return sum(one.weight == "fout" for one in found)

    def holds(self, rows: Sequence[Row], name: str) -> bool:
        """Tell whether a field is among these rows."""
        return any(row.name == name for row in rows)

    def all_entries(self) -> Iterator[Entry]:
        """Yield every entry of every list."""
        for row in self.all_rows():
            yield from row.entries


@dataclass(slots=True)
class _Maker:
    """What making the rows needs to know; local to one call."""

    bank: Itembank
    kind: str
    data: Mapping[str, Any]
    here: dict[str, list[Message]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


def form_view(
    groups: Sequence[Group],
    data: Mapping[str, Any],
    kind: str,
    bank: Itembank,
    findings: Sequence[Diagnostic],
) -> Form:
    """Return the form filled with data and findings."""
    known = labels(groups, data)
    maker = _Maker(bank, kind, data)
    if kind == "item":
        thema = str(data.get("id", "")).rpartition("-")[0]
        maker.words = known_words(bank) | words_of_thema(bank, thema)
    messages = tuple(message(one, known) for one in findings)
    for one_said in messages:
        maker.here.setdefault(one_said.name, []).append(one_said)
    made = tuple(
        (group, tuple(_row(maker, one, one.name, data.get(one.name)) for one in group.fields))
        for group in groups
    )
    return Form(made, messages)


def _flat(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from _flat(row.rows)
        for entry in row.entries:
            yield from _flat(entry.rows)


def labels(groups: Sequence[Group], data: Mapping[str, Any]) -> dict[str, str]:
    """Return what each field that will be on the screen is called, by its name: with the entry that it is in."""
    return dict(_names(groups, data))


def _names(groups: Sequence[Group], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the name of every field that will be on the screen, with its label."""

    def inside(
        fields: Sequence[Field], value: Mapping[str, Any], prefix: str, tail: str
    ) -> Iterator[tuple[str, str]]:
        for one in fields:
            name = f"{prefix}{one.name}"
            yield name, f"{one.label}{tail}"
            part = value.get(one.name)
            if one.kind == "group" and isinstance(part, dict):
                yield from inside(one.fields, part, f"{name}.", tail)
            if one.kind == "list" and isinstance(part, list):
                for place, entry in enumerate(part):
                    rest = f" ({one.entry.lower()} {place + 1})"
                    yield f"{name}.{place}", f"{one.entry} {place + 1}"
                    yield from inside(
                        one.fields, entry if isinstance(entry, dict) else {}, f"{name}.{place}.", rest
                    )

    for group in groups:
        yield from inside(group.fields, data, "", "")


def _row(maker: _Maker, one: Field, name: str, value: Any) -> Row:
    text = (
        "\n".join(map(str, value))
        if one.kind in ("lines", "numbers") and isinstance(value, list)
        else shown(value)
    )
    rows: tuple[Row, ...] = ()
    entries: tuple[Entry, ...] = ()
    if one.name == "bronnen" and one.kind == "list" and value == []:
        value = [{}]  # a place to choose the first one
    if one.kind == "group" and (
        value or one.name != "afbeelding"
    ):  # a picture has its fields once it is there
        inside = value if isinstance(value, dict) else {}
        rows = tuple(_row(maker, part, f"{name}.{part.name}", inside.get(part.name)) for part in one.fields)
    elif one.kind == "list":
        entries = tuple(
            Entry(
                f"{name}.{place}",
                place + 1,
                tuple(
                    _row(
                        maker,
                        part,
                        f"{name}.{place}.{part.name}",
                        entry.get(part.name) if isinstance(entry, dict) else None,
                    )
                    for part in one.fields
                ),
                tuple(maker.here.get(f"{name}.{place}", ())),
            )
            for place, entry in enumerate(value if isinstance(value, list) else [])
        )
    elif one.kind in ("flag", "only"):
        text = "ja" if value is True else ""
    return Row(
        one,
        name,
        text,
        tuple(choices(maker.bank, maker.kind, maker.data, one, name, value)),
        rows,
        entries,
        value not in (None, "", [], {}),
        tuple(maker.here.get(name, ())),
        tuple(_marked(maker, name, text)),
    )


def _marked(maker: _Maker, name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces, with a remark on each piece that is hard; nothing when no piece is."""
    last = name.rpartition(".")[2]
    level = str(maker.data.get("taalniveau", ""))
    if (
        maker.kind != "item"
        or last not in ("context", "stam", "tekst")
        or level not in TAALNIVEAUS
        or not text
    ):
        return
    found = [
        one
        for one in language.findings(text, level, maker.words, item=last != "context")
        if one.kind not in _NOT_MARKED
    ]
    done = 0
    for one in found:
        if one.start < done:
            continue
        yield text[done : one.start], ""
        yield text[one.start : one.end], f"{one.message} {one.suggestion}"
        done = one.end
    if done:
        yield text[done:], ""


def short_text(document: Item | Les) -> str:
    """Return a line that a person knows the document by."""
    text = document.stam if isinstance(document, Item) else document.titel
    text = " ".join(shown(text).split()) or "(nog leeg)"
    return text if len(text) < 90 else f"{text[:89]}…"
