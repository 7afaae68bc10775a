"""From the schema to fields, from a form to data: whatever is sent, a file that can be read or a message."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import yaml_writing
from builder.checks.context import Context
from builder.loading.document import kind_of
from builder.loading.read import parse
from builder.workshop import forms
from builder.workshop.desk import Desk
from builder.workshop.fields import Field, all_fields, form_of
from builder.yaml_writing import CannotEdit
from tests.conftest import ITEM, ITEM_PATH, ROOT, copy_of_the_voorbeeldbank

FIELDS = all_fields(form_of(ROOT / "schemas", "item"))
DATA = parse(ITEM_PATH, ITEM.encode())[0] or {}


def test_every_field_of_the_schema_is_asked_or_filled_in_by_the_machine() -> None:
    import json

    from builder.workshop.fields import HIDDEN

    for kind in ("item", "les"):
        schema = json.loads((ROOT / f"schemas/{kind}.schema.json").read_text())
        asked = {field.name for field in all_fields(form_of(ROOT / "schemas", kind))}
        assert asked | (HIDDEN & set(schema["properties"])) == set(schema["properties"])


def test_labels_hints_and_choices_come_from_the_schema() -> None:
    fields = {field.name: field for field in FIELDS}
    assert fields["taalniveau"].choices == ("A1", "A2", "B1")
    assert fields["beheersing"].label == "Beheersing"
    assert fields["beheersing"].hint == "Wat de kandidaat moet doen."
    assert fields["opties"].kind == "list" and fields["opties"].most == 4


def posted(fields: tuple[Field, ...], data: dict[str, object], prefix: str = "") -> dict[str, list[str]]:
    """Return what a browser sends of an untouched form."""
    sent: dict[str, list[str]] = {}
    for field in fields:
        name, value = f"{prefix}{field.name}", data.get(field.name)
        if field.kind == "list":
            sent[f"{name}!"] = ["ja"]
            for place, entry in enumerate(value if isinstance(value, list) else []):
                sent[f"{name}.{place}.!"] = ["ja"]
                sent |= posted(field.fields, entry, f"{name}.{place}.")
                for one in field.fields:
                    if one.kind == "only" and entry.get(one.name):
                        sent[f"{name}!{one.name}"] = [str(place)]
        elif field.kind == "group":
            if isinstance(value, dict):
                sent |= posted(field.fields, value, f"{name}.")
        elif field.kind == "flag":
            sent[name] = ["nee", "ja"] if value else ["nee"]
        elif field.kind == "only":
            continue
        elif field.kind == "choices":
            sent[name] = ["", *(value if isinstance(value, list) else [])]
        elif field.kind in ("lines", "numbers"):
            sent[name] = ["\r\n".join(str(one) for one in (value if isinstance(value, list) else []))]
        else:
            sent[name] = [forms.shown(value).replace("\n", "\r\n")]
    return sent


def test_an_untouched_form_changes_nothing_in_any_document() -> None:
    seen = set()
    for root in (ROOT, ROOT / "tests/voorbeeldbank"):
        for file in [*root.glob("items/**/*.yaml"), *root.glob("content/*/**/*.yaml")]:
            kind = kind_of(file.relative_to(root).as_posix())
            data = parse("x", file.read_bytes())[0]
            assert data is not None and kind is not None
            fields = all_fields(form_of(ROOT / "schemas", kind))
            assert forms.read_form(fields, posted(fields, data), data) == data, file
            seen.add(kind)
    assert {"item", "les"} <= seen


def test_an_emptied_text_that_must_be_there_becomes_todo_and_shows_as_empty() -> None:
    data = forms.read_form(FIELDS, {"stam": ["  "], "context": [""], "set": ["  huurbrief "]}, DATA)
    assert data["stam"] == "TODO" and forms.shown(data["stam"]) == ""
    assert "context" not in data
    assert data["set"] == "huurbrief"


def test_the_one_right_answer_is_one() -> None:
    sent = {**posted(FIELDS, DATA), "opties!juist": ["2"]}
    assert [optie["juist"] for optie in forms.read_form(FIELDS, sent, DATA)["opties"]] == [False, False, True]


def test_entries_come_go_and_move() -> None:
    more = forms.add_entry(FIELDS, DATA, "opties")
    assert len(more["opties"]) == 4 and more["opties"][3]["juist"] is False
    assert forms.remove_entry(FIELDS, more, "opties.3") == DATA
    moved = forms.move_entry(FIELDS, DATA, "opties.1")
    assert moved["opties"][0] == DATA["opties"][1]
    for odd in ("", "opties", "opties.x", "opties.99", "niets.1", "stam", "opties.0.afbeelding.0", "."):
        for act in (forms.remove_entry, forms.move_entry, forms.add_entry):
            act(FIELDS, DATA, odd)


def test_unseen_signs_are_left_out_and_accents_are_one_sign() -> None:
    assert forms.clean("cafe\u0301\x00\x1b\ufeff\r\n\r\n\r\n\r\nb \t", False) == "caf\u00e9\n\nb"
    assert forms.clean(" a \n b ", True) == "a b"


_PROJECT = copy_of_the_voorbeeldbank(Path(tempfile.mkdtemp(prefix="knm-forms-")) / "bank")
(_PROJECT.root / ITEM_PATH).write_text(ITEM, encoding="utf-8")
_DESK = Desk(_PROJECT, None, Context())


def test_what_would_not_be_read_back_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    text = _DESK.document(ITEM_PATH)
    assert _DESK.written(text, {**DATA, "stam": "Anders?"})
    monkeypatch.setattr(yaml_writing, "edit", lambda *_: ITEM)
    with pytest.raises(CannotEdit):
        _DESK.written(text, {**DATA, "stam": "Anders?"})


_names = st.one_of(
    st.sampled_from(
        [
            *posted(FIELDS, DATA),
            "opties.7.!",
            "opties.7.tekst",
            "afbeelding.alt",
            "opties!juist",
            "id",
            "status",
        ]
    ),
    st.from_regex(r"[a-z]{1,8}(\.[0-9a-z]{1,6}){0,3}!?", fullmatch=True),
)
_texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            " ",
            "no",
            "true",
            "12:30",
            "- a",
            "a: b",
            "#",
            "'",
            '"',
            "*a",
            "&a",
            "!b",
            "---",
            "\t",
            "\x00",
            "é" * 40,
            "a\n\n\nb",
            "{a",
            "2026-02-30",
            "null",
            "~",
            "\ud83d\ude00",
        ]
    ),
)


@given(st.dictionaries(_names, st.lists(_texts, min_size=1, max_size=2), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_form_gives_a_file_that_can_be_read_or_a_message(sent: dict[str, list[str]]) -> None:
    text = _DESK.document(ITEM_PATH)
    base = {
        name: [value.encode("utf-8", "replace").decode() for value in values] for name, values in sent.items()
    }
    data = forms.read_form(FIELDS, {**posted(FIELDS, DATA), **base}, DATA)
    assert data["id"] == DATA["id"] and data["status"] == DATA["status"]
    try:
        raw = _DESK.written(text, data)
    except CannotEdit as refusal:
        assert str(refusal).endswith(".")
        return
    assert parse(ITEM_PATH, raw)[0] == data
    judged = _DESK.judge(text, data)
    if DATA["id"] not in judged.bank.items:  # it does not hold: then the author is told why
        assert judged.errors
