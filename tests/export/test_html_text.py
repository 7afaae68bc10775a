"""Plain text as HTML: what is shown is what was written, whatever is in it."""

from __future__ import annotations

import unicodedata
from xml.etree import ElementTree as ET

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from builder.export.html_text import blocks, clean, html, one_line, short_html, xml_file

TEXTS = st.text(
    st.one_of(st.sampled_from("<>&\"'\n -•=#~{}:[]\\%$é\u0301\u202eא中\x00\x0b\ufffe"), st.characters())
)


def shown(fragment: str) -> str:
    root = html5lib.parseFragment(fragment, namespaceHTMLElements=False)
    for element in root.iter():
        if element.tag in ("br", "p", "li"):
            element.tail = " " + (element.tail or "")
    return "".join("".join(root.itertext()).split())


@given(TEXTS)
def test_what_is_shown_is_what_was_written(text: str) -> None:
    # html5lib reads a NUL and some private signs as another sign; ours are gone before
    wanted = "".join(clean(text).split())
    assert shown(html(text, lists=False)) == wanted
    assert shown(short_html(text, lists=False)) == wanted


@given(TEXTS)
def test_it_is_always_good_xml(text: str) -> None:
    root = ET.Element("root", {"titel": one_line(text)})
    root.extend(blocks(text))
    content = xml_file(root)
    assert ET.fromstring(content).get("titel") == one_line(text)
    assert unicodedata.is_normalized("NFC", clean(text))


def test_paragraphs_lines_and_lists() -> None:
    assert html("één\ntwee\n\ndrie") == "<p>één<br>twee</p><p>drie</p>"
    assert html("zie:\n- a\n• b\nklaar") == "<p>zie:</p><ul><li>a</li><li>b</li></ul><p>klaar</p>"
    assert html("- een streepje") == "<p>- een streepje</p>"
    assert html("-5\n-3") == "<p>-5<br>-3</p>"
    assert html("- a\n- b", lists=False) == "<p>- a<br>- b</p>"
    assert short_html("kort & goed") == "kort &amp; goed"
    assert short_html("twee\nregels") == "<p>twee<br>regels</p>"
    assert html("a\r\nb") == "<p>a<br>b</p>"


def test_arabic_runs_from_the_right() -> None:
    assert html("مرحبا") == '<p dir="auto">مرحبا</p>'
    assert html("ሰላም") == "<p>ሰላም</p>"


def test_a_long_title_is_cut_on_one_line() -> None:
    assert one_line("a\n  b") == "a b"
    assert len(one_line("woord " * 100, 50)) <= 50
    assert one_line("woord " * 100, 50).endswith("…")
