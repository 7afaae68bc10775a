"""Markdown fields on paper: the same structure as on the page, no markup left, places to write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.export.rich_text import (
    LONG_GAP,
    SHORT_GAP,
    Listing,
    Node,
    Paragraph,
    Piece,
    as_lines,
    has_gap,
    plain,
    read,
)


def text_of(nodes: tuple[Node, ...]) -> str:
    return "\n".join(as_lines(nodes))


def test_bold_italic_and_breaks() -> None:
    assert read("Dit is **vet** en *schuin*.  \nTweede regel") == (
        Paragraph(
            (
                Piece("Dit is "),
                Piece("vet", bold=True),
                Piece(" en "),
                Piece("schuin", italic=True),
                Piece("."),
                Piece("\n"),
                Piece("Tweede regel"),
            )
        ),
    )


def test_lists_in_lists_and_loose_lists() -> None:
    (outer,) = read("1. een\n    - diep\n2. twee\n\n    nog een alinea")
    assert isinstance(outer, Listing) and outer.ordered
    first, second = outer.entries
    assert isinstance(first[1], Listing) and not first[1].ordered
    assert [type(node) for node in second] == [Paragraph, Paragraph]
    assert text_of((outer,)) == "1. een\n   • diep\n2. twee\n   nog een alinea"


def test_markup_and_scripts_do_not_come_through() -> None:
    shown = text_of(
        read("> Een **brief**\n\n<script>alert(1)</script><b onclick=x>hoi</b> [x](javascript:y)")
    )
    assert "Een brief" in shown and "hoi" in shown
    assert not any(sign in shown for sign in ("<", "script>", "onclick", "javascript", "**"))


def test_a_link_shows_its_address_once() -> None:
    assert text_of(read("[folder](https://voorbeeld.nl/a)")) == "folder (https://voorbeeld.nl/a)"
    assert text_of(read("<https://voorbeeld.nl/a>")) == "https://voorbeeld.nl/a"


def test_citations() -> None:
    text = "Zo is het [bron:folder-a] [bron:folder-b]."
    assert text_of(read(text)) == "Zo is het."
    assert text_of(read(text, lambda name: f" [{name[-1]}]")) == "Zo is het [a] [b]."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- (…) Zij belt", f"• {SHORT_GAP} Zij belt"),
        ("- Zij belt. (…)", f"• Zij belt. {LONG_GAP}"),
        ("- **Zij** (...)", f"• Zij {LONG_GAP}"),
        ("- *(…)* Zij (…)", f"• {SHORT_GAP} Zij {LONG_GAP}"),
    ],
)
def test_a_place_to_write(text: str, shown: str) -> None:
    assert has_gap(text)
    assert text_of(read(text, gaps=True)) == shown
    assert "(" in text_of(read(text))


def test_plain_is_never_read_as_markdown() -> None:
    assert plain("**a** [bron:x]") == (Paragraph((Piece("**a** [bron:x]"),)),)
    assert plain("") == ()
    assert not has_gap("Maak de zin af: de huisarts is …")


@given(st.lists(st.text("abc déf", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=6))
def test_no_word_is_lost(words: list[str]) -> None:
    text = "\n".join(f"- {word}" for word in words)
    assert "".join(text_of(read(text)).split()) == "".join(f"•{word}" for word in words).replace(" ", "")
