"""Our pages around the Markdown parser: the same HTML as through it."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import markdown
import pytest
import yaml
from lxml import html
from mkdocs.utils import meta

from builder import rulebook
from builder.loading.load import load
from builder.project import Project
from builder.templating import markdown_html
from builder.website.html_pages import TOC_DEPTH, body, framed
from builder.website.pages import Pages
from builder.website.plugin import site_input
from tests.conftest import ROOT


def through_markdown(text: str) -> tuple[str, list[Any]]:
    """What mkdocs itself would make of it, with the settings of mkdocs.yml."""
    wanted = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    names = [next(iter(one)) if isinstance(one, dict) else one for one in wanted]
    settings = {name: one[name] for name, one in zip(names, wanted, strict=True) if isinstance(one, dict)}
    assert settings["toc"]["toc_depth"] == TOC_DEPTH
    parser = markdown.Markdown(extensions=names, extension_configs=settings)
    return parser.convert(text), parser.toc_tokens  # type: ignore[attr-defined]


def nodes(text: str) -> list[tuple[Any, ...]]:
    root = html.fromstring(f"<div>{text}</div>")
    return [
        (
            node.tag,
            sorted(node.attrib.items()),
            *(" ".join((words or "").split()) for words in (node.text, node.tail)),
        )
        for node in root.iter()
        if isinstance(node.tag, str)
    ]


def headings(tokens: list[Any]) -> list[Any]:
    return [(one["level"], one["id"], one["name"], headings(one["children"])) for one in tokens]


def test_every_page_is_what_markdown_makes_of_it(bank_project: Project) -> None:
    bank, found = load(bank_project)
    assert not found
    given = dataclasses.replace(
        site_input(bank_project, bank), templates=ROOT / "site/templates", rules=rulebook.RULES
    )
    pages = {one.path: one.content.decode() for one in Pages(given).artifacts() if one.path.endswith(".md")}
    assert len(pages) > 60
    for path, source in pages.items():
        text, _ = meta.get_data(source)
        wanted, tokens = through_markdown(text)
        ours = body(text)
        assert nodes(ours.html) == nodes(wanted), path
        assert headings(ours.headings) == headings(tokens), path
        assert ours.ids == frozenset(re.findall(r'\sid="([^"]+)"', wanted)), path


@pytest.mark.parametrize(
    "text",
    [
        "# Één naam &#38; meer\n\n## Twee {#twee .knm-blad}\n\n### Drie {: .a }\n\n## Twee {#vier}\n\n# Nog een",
        "# &#35;1 in &#60;de&#62; klas\n\n<p>tekst</p>\n\n### Diep\n\n## Minder",
    ],
)
def test_headings_with_marks_and_without(text: str) -> None:
    ours = body(text)
    wanted, tokens = through_markdown(text)
    assert headings(ours.headings) == headings(tokens)
    assert nodes(ours.html) == nodes(wanted)


def test_an_id_stands_once() -> None:
    made = body('# Zelfde\n\n## Zelfde\n\n<p id="zelfde_1">x</p>\n')
    found = re.findall(r'\sid="([^"]+)"', made.html)
    assert len(found) == len(set(found)) == len(made.ids) == 3


def test_a_field_with_markdown_can_make_no_heading() -> None:
    field = markdown_html("een\n\\# twee\n\n# drie\n\n- x\n\n\\## vier")
    assert "<h" not in body(f"# Kop\n\n<div>{field}</div>").html.partition("</h1>")[2]


def test_a_table_is_named_after_the_heading_above_it() -> None:
    table = "<table><tr><td>1</td></tr></table>"
    text = f"{table}<h2 id=a>Wat <em>er</em> is</h2>{table}<p>x</p>{table}"
    names = re.findall(
        'role="region" aria-label="([^"]+)" tabindex="0"><table class="knm-rooster">', framed(text)
    )
    assert names == ["Tabel", "Tabel bij Wat er is", "Tabel bij Wat er is (2)"]
    own = '<div><table class="x"><tr><td>1</td></tr></table></div>'
    assert framed(own) == own
    assert framed(text).count("</div>") == 3
