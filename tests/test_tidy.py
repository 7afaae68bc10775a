"""`knm check --fix`: mends what is mechanical, shows it first, and never changes what a text says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.loading.read import parse
from builder.loading.tidy import tidy
from tests.verbs import knm

PATH = "items/wonen/wonen-001.yaml"
ORDER = ("id", "context", "stam", "opties", "bronnen")


def tidied(text: str) -> str:
    return tidy(PATH, text.encode("utf-8"), ORDER)[0].decode("utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a  \nstam: b\n\n", "id: a\nstam: b\n"),
        ("id: a\r\nstam: b\r\n", "id: a\nstam: b\n"),
        ("\ufeffid: a\nstam: b\n", "id: a\nstam: b\n"),
        ("id: a\nstam: geinformeerd e\u0301e\u0301n\n", "id: a\nstam: geinformeerd één\n"),
        ("id: a\nstam: Wat  doet   hij?\n", "id: a\nstam: Wat doet hij?\n"),
        ("id: a\nstam: Hij zegt “ja”.\n", 'id: a\nstam: Hij zegt "ja".\n'),
        ("stam: b\nid: a\n", "id: a\nstam: b\n"),
        ("# kop\nstam: b\n# over id\nid: a\n", "# kop\n# over id\nid: a\nstam: b\n"),
        (
            "opties:\n  - tekst: x\n    juist: true\nid: a\n",
            "id: a\nopties:\n  - tekst: x\n    juist: true\n",
        ),
        ("id: a\nstam: b", "id: a\nstam: b\n"),
    ],
)
def test_what_is_mechanical_is_mended(before: str, after: str) -> None:
    assert tidied(before) == after
    assert tidied(after) == after


@pytest.mark.parametrize(
    "text",
    [
        'id: a\nstam: "Hij zegt “ja”."\n',  # straight marks would end the text
        "id: a\nstam: 'Zij zegt ‘nee’.'\n",
        "id: a\nid: b\n",
        "id: a\nstam: [\n",
        "",
    ],
)
def test_what_is_not_safe_stays(text: str) -> None:
    assert tidied(text) == text


def test_a_file_of_another_encoding_stays() -> None:
    assert tidy(PATH, b"stam: \xe9\xe9n\n", ORDER) == (b"stam: \xe9\xe9n\n", ())


@given(
    st.dictionaries(
        st.sampled_from(ORDER), st.text("aé “”'\"  :#-\n{}[]&*!|>%@`,?", min_size=1, max_size=30), min_size=1
    )
)
def test_tidying_never_changes_what_is_read(data: dict[str, str]) -> None:
    from builder.yaml_writing import dump

    text = dump(data, "x")
    before, _, found = parse(PATH, text.encode("utf-8"))
    if before is None or found:
        return
    after, _, wrong = parse(PATH, tidied(text).encode("utf-8"))
    assert not wrong
    assert after is not None
    assert after.keys() == before.keys()
    marks = str.maketrans("“”", '""')
    for key, value in before.items():
        shown, wanted = (" ".join(str(text).translate(marks).split()) for text in (after[key], value))
        assert shown == wanted


def test_fix_is_dry_until_write(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bank_folder)
    item = bank_folder / PATH
    text = item.read_text(encoding="utf-8").replace("Wie belt Amina?", "Wie  belt Amina?  ")
    item.write_text(text, encoding="utf-8")
    other = bank_folder / "items/wonen/wonen-002.yaml"
    other.write_text(other.read_text(encoding="utf-8").replace("\n", "  \n", 1), encoding="utf-8")
    result = knm("check", PATH, "--fix")
    assert result.exit_code == 0
    assert "-stam: Wie  belt Amina?  " in result.output
    assert "+stam: Wie belt Amina?" in result.output
    assert "--write" in result.output
    assert item.read_text(encoding="utf-8") == text
    before_other = other.read_bytes()
    result = knm("check", PATH, "--fix", "--write")
    assert "stam: Wie belt Amina?\n" in item.read_text(encoding="utf-8")
    assert other.read_bytes() == before_other
    assert "Er is niets te herstellen." in knm("check", PATH, "--fix").output


def test_write_without_fix_is_refused(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bank_folder)
    assert knm("check", "--write").exit_code == 2
