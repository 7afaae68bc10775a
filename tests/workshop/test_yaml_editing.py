"""Changing a document in its text: one field is one line, and all else stays as it was to the letter."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.loading.read import parse
from builder.yaml_writing import CannotEdit, edit
from tests.conftest import ITEM, ROOT

TEXT = """\
# yaml-language-server: $schema=../../schemas/item.schema.json
id: wonen-014          # the id

stam: Wie belt u bij brand?   # read this
# above the options
opties:
  - tekst: "De brandweer"
    juist: true
  - tekst: 'De buren'
    juist: false
getallen: [1, 2, 3]
datum: '2026-11-25'
opmerkingen: Een lange opmerking die over de rand van de regel heen is gegaan en daarom
  gevouwen is.
"""


def data_of(text: str) -> dict[str, Any]:
    data, _, found = parse("items/wonen/wonen-014.yaml", text.encode())
    assert data is not None and not found, found
    return data


def changed_lines(before: str, after: str) -> list[str]:
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def edited(text: str, change: Any, order: list[str] | None = None) -> str:
    before = data_of(text)
    after = copy.deepcopy(before)
    change(after)
    made = edit(text, before, after, order or list(before))
    assert data_of(made) == after
    return made


def test_one_field_is_one_line_and_comments_stay() -> None:
    made = edited(TEXT, lambda data: data.update(stam="Wat doet u bij brand?"))
    assert changed_lines(TEXT, made) == [
        "-stam: Wie belt u bij brand?   # read this",
        "+stam: Wat doet u bij brand?   # read this",
    ]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (lambda data: data["opties"][0].update(tekst="De politie"), 2),  # keeps its quotation marks
        (lambda data: data["opties"][1].update(juist=True), 2),
        (lambda data: data["opties"].pop(0), 2),
        (lambda data: data["opties"].append({"tekst": "Niemand", "juist": False}), 2),
        (lambda data: data["getallen"].append(4), 2),
        (lambda data: data.update(datum="2026-11-26"), 2),
        (lambda data: data.pop("datum"), 1),
        (lambda data: data.update(opmerkingen="Kort."), 3),
        (lambda data: data.update(set="huurbrief"), 1),
        (lambda data: None, 0),
    ],
)
def test_only_the_lines_of_the_change_differ(change: Any, lines: int) -> None:
    assert len(changed_lines(TEXT, edited(TEXT, change))) == lines


def test_a_new_field_comes_in_the_order_of_the_schema() -> None:
    made = edited(
        ITEM,
        lambda data: data.update(context="Amina woont in een huurhuis."),
        ["id", "soort", "context", "stam"],
    )
    assert made.index("\nsoort:") < made.index("\ncontext:") < made.index("\nstam:")


@pytest.mark.parametrize("value", ["no", "true", "12:30", "12", "2026-05-12", "~", "- a", "# a", "a: b", "'", '"', "*a", "é", "a\nb", "a\n\nb\n  c", "%", "[a", "null", "1.0", "?"])  # fmt: skip
def test_a_text_stays_a_text(value: str) -> None:
    edited(TEXT, lambda data: data.update(stam=value))
    edited(TEXT, lambda data: data["opties"][0].update(tekst=value))


def test_line_ends_of_windows_stay() -> None:
    windows = TEXT.replace("\n", "\r\n")
    before = data_of(TEXT)
    made = edit(windows, before, {**before, "stam": "Anders?"}, list(before))
    assert made.replace("\r\n", "") == made.replace("\n", "").replace("\r", "")
    assert data_of(made.replace("\r\n", "\n"))["stam"] == "Anders?"


@pytest.mark.parametrize(
    "text",
    [
        "id:   wonen-014\nopties: [ {tekst:  a} ]\n",  # the library would write the brackets otherwise
        "id: wonen-014\nid: wonen-015\n",
        "- a\n",
        "id: 'a\n",
    ],
)
def test_what_would_not_come_back_the_same_is_read_only(text: str) -> None:
    before = parse("x", text.encode())[0] or {"id": "x"}
    with pytest.raises(CannotEdit, match="alleen lezen"):
        edit(text, before, {**before, "id": "wonen-015"}, [])


def documents() -> Iterator[Path]:
    for top in ("items", "content/lessen", "tests/voorbeeldbank/items", "tests/voorbeeldbank/content/lessen"):
        yield from sorted((ROOT / top).rglob("*.yaml"))


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.audit)], ids=["one in five", "all"])
def test_every_document_of_the_bank_comes_back_the_same_and_changes_one_line(step: int) -> None:
    seen = 0
    for file in list(documents())[::step]:
        text = file.read_text(encoding="utf-8")
        data = data_of(text)
        assert edit(text, data, data, list(data)) == text, file
        made = edit(text, data, {**data, "maker": "iemand-anders"}, list(data))
        assert data_of(made)["maker"] == "iemand-anders"
        assert len(changed_lines(text, made)) == 2, file
        seen += 1
    assert seen > 5


_words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
_values = st.recursive(
    st.one_of(_words, st.booleans(), st.integers(-99, 99)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), inner, min_size=1, max_size=4),
    ),
    max_leaves=8,
)
_documents = st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), _values, min_size=1, max_size=5)


@given(_documents)
@settings(max_examples=60, deadline=None)
def test_any_data_is_read_back_or_refused(after: dict[str, Any]) -> None:
    """What the editor writes may differ from what was asked only when the caller, who reads it back, sees that."""
    before = data_of(TEXT)
    try:
        made = edit(TEXT, before, {**before, **after}, list(before))
    except CannotEdit:
        return
    read = parse("x", made.encode())[0]
    assert read is None or set(read) == {*before, *after}
