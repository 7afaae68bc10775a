"""What came from a form → the data of a document, and the other way round.

In: fields, the posted names and values, and the data that the form was made from. Out: plain data that YAML can
hold, whatever was posted. An empty text that must be there becomes TODO, so that a half-finished document can be
read back. A name is the path of its field with dots: `opties.0.tekst`. It judges nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from builder.workshop.fields import Field

TODO = "TODO"
MOST_ENTRIES = 60
# What no file of ours may hold: control characters, halves of pairs, and the mark at the start of a file.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})\Z")

Given = Mapping[str, Sequence[str]]


def clean(text: str, one_line: bool = False) -> str:
    """Return typed text as it is kept: NFC, no unseen signs, no spaces at the ends of lines."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _UNSEEN.sub("", text).replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    text = "\n".join(line.replace("\t", " ").rstrip() for line in text.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return re.sub(r"\s+", " ", text) if one_line else text


def shown(value: Any) -> str:
    """Return a value as its field shows it; what is still TODO shows as empty."""
    if value is None or value is False or value is True:
        return ""
    text = str(value)
    return "" if text.startswith(TODO) else text


def read_form(
    fields: Sequence[Field], given: Given, before: Mapping[str, Any], prefix: str = ""
) -> dict[str, Any]:
    """Return the data after the form: what was posted, and from `before` what the form does not ask."""
    after = dict(before)
    for field in fields:
        name = f"{prefix}{field.name}"
        value = _value(field, name, given, before.get(field.name))
        if value is _ABSENT:
            after.pop(field.name, None)
        elif value is not _KEEP:
            after[field.name] = value
    for field in fields:
        if field.unless and field.unless in after and shown(after.get(field.name)) == "":
            after.pop(field.name, None)
    return after


class _Sign:
    """A sign that is no value."""


_KEEP, _ABSENT = _Sign(), _Sign()


def _value(field: Field, name: str, given: Given, before: Any) -> Any:
    if field.kind == "group":
        return _group(field, name, given, before)
    if field.kind == "list":
        return _list(field, name, given, before)
    if name not in given:
        return _KEEP
    if field.kind == "flag":
        on = given[name][-1] == "ja"
        return on if on or field.required or before is not None else _ABSENT
    if field.kind == "choices":
        chosen = [value for value in dict.fromkeys(given[name]) if value]
        had = [value for value in before if value in chosen] if isinstance(before, list) else []
        ordered = had + [choice for choice in field.choices if choice in chosen and choice not in had]
        return ordered if ordered or field.required or before is not None else _ABSENT
    if field.kind in ("lines", "numbers"):
        lines = [clean(line, True) for line in given[name][-1].replace("\r", "\n").split("\n")]
        kept = [line for line in dict.fromkeys(lines) if line]
        if isinstance(before, list) and kept == [str(value) for value in before]:
            return _KEEP
        if not kept and not field.required:
            return _ABSENT
        return [int(line) if field.kind == "numbers" and _NUMBER.match(line) else line for line in kept]
    text = clean(given[name][-1], field.kind != "long")
    if not text:
        return _empty(field, before)
    if isinstance(before, str) and clean(before, field.kind != "long") == text:
        return _KEEP  # nobody touched it: it stays to the letter
    if field.kind == "number":
        return int(text) if _NUMBER.match(text) else text
    return text


def _empty(field: Field, before: Any) -> Any:
    if not field.required:
        return _ABSENT
    if isinstance(before, str) and before.startswith(TODO):
        return before
    return TODO if field.kind in ("long", "text") else _KEEP


def _group(field: Field, name: str, given: Given, before: Any) -> Any:
    inside = [key for key in given if key.startswith(f"{name}.") and "!" not in key]
    if not inside:
        return _KEEP
    had = before if isinstance(before, dict) else {}
    typed = any(
        value for key in inside if not _is_choice(field, key) for value in given[key] if value.strip()
    )
    if not typed and not field.required:
        return _ABSENT
    return read_form(field.fields, given, had, f"{name}.")


def _is_choice(field: Field, key: str) -> bool:
    """Tell whether this is a select, which always has a value and so says nothing about being used."""
    last = key.rpartition(".")[2]
    return any(inner.name == last and inner.kind in ("choice", "flag") for inner in field.fields)


def entries_of(name: str, given: Given) -> list[int]:
    """Return the numbers of the entries of a list that were posted, in the order on the screen."""
    pattern = re.compile(rf"{re.escape(name)}\.([0-9]{{1,3}})\.!")
    return sorted(int(match[1]) for key in given if (match := pattern.fullmatch(key)))[:MOST_ENTRIES]


def _list(field: Field, name: str, given: Given, before: Any) -> Any:
    if f"{name}!" not in given:
        return _KEEP
    had = before if isinstance(before, list) else []
    made: list[Any] = []
    for number in entries_of(name, given):
        old = had[number] if number < len(had) and isinstance(had[number], dict) else {}
        entry = read_form(field.fields, given, old, f"{name}.{number}.")
        for one in field.fields:
            if one.kind == "only":
                entry = {one.name: False, **entry}
                entry[one.name] = given.get(f"{name}!{one.name}", [""])[-1] == str(number)
        if number >= len(had) and field.name == "bronnen" and not any(shown(part) for part in entry.values()):
            continue  # the empty place on the screen, in which nothing was chosen
        made.append(_in_order(entry, old, field))
    return made if made or field.required or before is not None else _ABSENT


def _in_order(entry: Mapping[str, Any], old: Mapping[str, Any], field: Field) -> dict[str, Any]:
    """Return an entry with its keys where they stood, and new keys in the order of the schema."""
    names = [*old, *(one.name for one in field.fields), *entry]
    return {name: entry[name] for name in dict.fromkeys(names) if name in entry}


def add_entry(fields: Sequence[Field], data: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return the data with an empty entry at the end of the list at `path` (or as it was, when there is none)."""
    return _changed(fields, data, path.split("."), lambda field, rows: [*rows, _new_entry(field)])


def remove_entry(fields: Sequence[Field], data: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return the data without the entry at `path`, such as `opties.2`."""
    *parents, last = path.split(".")
    if not last.isdigit():
        return dict(data)
    return _changed(
        fields, data, parents, lambda _, rows: [row for place, row in enumerate(rows) if place != int(last)]
    )


def move_entry(fields: Sequence[Field], data: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return the data with the entry at `path` one place nearer to the start."""
    *parents, last = path.split(".")

    def up(_: Field, rows: list[Any]) -> list[Any]:
        place = int(last) if last.isdigit() else 0
        if 0 < place < len(rows):
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
        return rows

    return _changed(fields, data, parents, up)


def _changed(
    fields: Sequence[Field], data: Mapping[str, Any], path: Sequence[str], change: Any
) -> dict[str, Any]:
    after = dict(data)
    field = next((field for field in fields if path and field.name == path[0]), None)
    if field is None or field.kind not in ("list", "group"):
        return after
    value = data.get(field.name)
    if field.kind == "group":
        if isinstance(value, dict):
            after[field.name] = _changed(field.fields, value, path[1:], change)
        return after
    rows = list(value) if isinstance(value, list) else []
    if len(path) == 1:
        after[field.name] = change(field, rows)[:MOST_ENTRIES]
    elif path[1].isdigit() and int(path[1]) < len(rows) and isinstance(rows[int(path[1])], dict):
        rows[int(path[1])] = _changed(field.fields, rows[int(path[1])], path[2:], change)
        after[field.name] = rows
    return after


def _new_entry(field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for one in field.fields:
        if one.kind in ("only", "flag") and one.required:
            made[one.name] = False
        elif one.required and one.kind in ("text", "long"):
            made[one.name] = TODO
        elif one.required and one.kind == "choice":
            made[one.name] = one.choices[0]
        elif one.required and one.kind in ("lines", "numbers", "choices"):
            made[one.name] = []
        elif one.required and one.kind == "number":
            made[one.name] = 1
        elif one.required and one.kind == "list":
            made[one.name] = [_new_entry(one)]
    return made


def _step_into(value: Any, part: str) -> Any:
    if isinstance(value, list):
        return value[int(part)] if part.isdigit() and int(part) < len(value) else None
    return value.get(part) if isinstance(value, dict) else None


def _replaced(value: Any, path: list[str], change: Any) -> Any:
    """Return a copy of the data in which `change` was done to the mapping that holds the last key of the path."""
    if len(path) == 1:
        return change(dict(value), path[0]) if isinstance(value, dict) else value
    inner = _step_into(value, path[0])
    if inner is None:
        return value
    if isinstance(value, list):
        return [
            _replaced(part, path[1:], change) if place == int(path[0]) else part
            for place, part in enumerate(value)
        ]
    return {**value, path[0]: _replaced(inner, path[1:], change)}


def without(data: dict[str, Any], path: list[str]) -> dict[str, Any]:
    """Return the data without the field at a path."""

    def drop(holder: dict[str, Any], key: str) -> dict[str, Any]:
        holder.pop(key, None)
        return holder

    made: dict[str, Any] = _replaced(data, path, drop)
    return made


def with_picture(data: dict[str, Any], path: list[str], name: str, maker: str) -> dict[str, Any]:
    """Return the data with a picture at a path; its description is still to be written. Then a text is not needed."""

    def put(holder: dict[str, Any], key: str) -> dict[str, Any]:
        had = holder.get(key) if isinstance(holder.get(key), dict) else {}
        new = {"bestand": name, "alt": TODO, "maker": maker, "licentie": "CC BY 4.0"}
        holder[key] = {**new, **(had or {}), "bestand": name}
        if isinstance(holder.get("tekst"), str) and holder["tekst"].startswith(TODO):
            holder.pop("tekst")
        return holder

    made: dict[str, Any] = _replaced(data, path, put)
    return made
