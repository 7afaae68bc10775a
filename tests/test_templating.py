"""What a document says is data: neither HTML nor Markdown reads a command in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from builder import templating
from builder.checks.texts import all_texts
from builder.dutch import dutch_date
from builder.loading.load import load
from builder.project import Project
from builder.templating import code_block, inert, lines, markdown_html
from tests.conftest import ROOT


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_comment(self, data: str) -> None:
        self.tags.append("comment")


def rendered(source: str) -> _Text:
    parser = _Text()
    parser.feed(markdown.markdown(source, extensions=["attr_list", "tables", "toc"]))
    parser.close()
    return parser


NASTY = [
    "<script>alert(1)</script>",
    "{{ bank }} {% raw %} {# x #}",
    "[klik](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "# Kop",
    "- lijst",
    "1. lijst",
    "> citaat",
    "*vet* _schuin_ `code` ~~weg~~ ==x== ^x^",
    "a | b",
    "--- | ---",
    "Term\n:   uitleg",
    "&lt;b&gt; & &amp;",
    "{: .klas #id }",
    "[TOC]",
    "<!-- commentaar -->",
    "https://example.org <https://example.org>",
    "$5,00 en 10% van “iets” @iemand",
    "\\*geen vet\\*",
    "***",
    "=====",
    "+ plus",
    "    vier spaties",
]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize(
    "around", ["{}\n", "Voor {} na\n", "# {} {{#kop}}\n", "<p>{}</p>\n", "<dl><dd>{}</dd></dl>\n"]
)
def test_text_comes_out_as_its_own_characters(text: str, around: str) -> None:
    parser = rendered(around.replace("{{", "{").replace("}}", "}").replace("{}", str(inert(text))))
    shown = " ".join(parser.text.split())
    wanted = " ".join(text.split())
    assert wanted in shown
    assert set(parser.tags) <= {"p", "h1", "dl", "dd"}


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(lambda text: text.strip()))
def test_any_text_comes_out_as_its_own_characters(text: str) -> None:
    parser = rendered(f"Voor {inert(text)} na")
    assert re.sub(r"\s+", " ", parser.text).strip() == re.sub(r"\s+", " ", f"Voor {text} na").strip()
    assert parser.tags == ["p"]


def test_markup_passes_and_none_is_empty() -> None:
    assert inert(Markup("<b>x</b>")) == "<b>x</b>"
    assert inert(None) == ""


def test_lines_keep_paragraphs_and_line_ends() -> None:
    assert lines("Een\ntwee\n\ndrie <b>") == "<p>Een<br>twee</p><p>drie &#60;b&#62;</p>"


def test_a_block_of_code_keeps_its_line_ends() -> None:
    parser = rendered(str(code_block("- a: <b>\n  - c: '*'\n\n# x")))
    assert parser.text == "- a: <b>\n  - c: '*'\n\n# x"
    assert parser.tags == ["pre", "code"]


def test_markdown_fields_are_rendered_and_cleaned() -> None:
    html = markdown_html(
        "**Vet** en [goed](https://example.org)\n\n- een\n- twee\n\n"
        "[fout](javascript:alert(1)) <script>alert(1)</script> <img src=x onerror=alert(1)> {: .x }"
    )
    assert "<strong>Vet</strong>" in html
    assert 'href="https://example.org"' in html
    assert "<li>een</li>" in html
    assert "javascript" not in html
    assert "<script" not in html
    assert "<img" not in html
    assert "{" not in html


def test_a_citation_becomes_a_link_and_nothing_else() -> None:
    html = markdown_html("Feit. [bron:abc-1] [bron:<x>]", lambda bron: Markup("<a>{}</a>").format(bron))
    assert "<a>abc-1</a>" in html
    assert "[bron:" in html.replace("<a>", "")


@pytest.mark.parametrize(
    ("given_date", "shown"),
    [
        ("2026-05-12", "12 mei 2026"),
        ("2026-12-01", "1 december 2026"),
        ("2026-13-01", "2026-13-01"),
        ("", ""),
    ],
)
def test_dates_are_written_in_dutch(given_date: str, shown: str) -> None:
    assert dutch_date(given_date) == shown


def slowly(text: str) -> str:
    """What Markdown and the sanitiser make of a text, without the short way for plain ones."""
    html = nh3.clean(
        templating._MARKDOWN.reset().convert(text), tags=templating._TAGS, attributes={"a": {"href"}}
    )
    return html.replace("\n\n", "\n")


@settings(max_examples=500, deadline=None, database=None, derandomize=True)
@given(
    st.from_regex(templating._PLAIN, fullmatch=True)
    | st.text(alphabet="ab ÀéIi9.,;:?!'’‘“”„…()/%€–-\"_*[]<>&`#+=|~{}^$@\\\t\n\xa0²½ßĳ中", max_size=40)
    | st.lists(st.sampled_from(["www.a.nl", "http://a.nl", "1.", "- ", "a", " ", "---", "(c)", "...", "x:", "III"])).map("".join)
)  # fmt: skip
def test_a_plain_field_is_what_markdown_makes_of_it(text: str) -> None:
    if templating._PLAIN.fullmatch(text):
        assert slowly(text) == markdown_html(text)


def test_most_fields_of_our_own_bank_are_plain() -> None:
    bank, _ = load(Project(ROOT))
    fields = [text.text for text in all_texts(bank)]
    plain = [text for text in fields if templating._PLAIN.fullmatch(text)]
    assert len(plain) > len(fields) / 2
    assert [text for text in plain if slowly(text) != markdown_html(text)] == []
