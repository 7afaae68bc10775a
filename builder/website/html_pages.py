"""Our own pages are HTML but for their headings: this makes the headings, without a Markdown parser.

In: what a template of ours wrote. Out: HTML, the tree of headings as mkdocs wants it, and the ids on the page.
Python-Markdown would give the same HTML (a test compares the two), in half the time that a whole site takes: it
parses every tag to find out that there is nothing for it to do. Hand-written pages still go through Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TypedDict

from markdown.extensions.toc import slugify, unique

TOC_DEPTH = 2  # as toc_depth in mkdocs.yml
# `## Title {#id .class}`, with the attribute list of Python-Markdown; its brace may be followed by a colon
_HEADING = re.compile(r"(?m)^(?P<marks>#{1,6}) +(?P<text>.*?) *(?:\{:?(?P<marked>[^{}\n]*)\} *)?$")
_ID = re.compile(r'\sid="([^"]+)"')
_HEADINGS = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_TABLE = re.compile("<table>(.*?</table>)", re.DOTALL)
_INDENTS = re.compile(r"\n\s+")
# A checkbox has no autocomplete, and tabindex is a number. White space between tags of the frame shows nowhere.
_OF_THE_THEME = {' autocomplete="off"': "", ' tabindex=""': "", ">\n<": "><"}


class Token(TypedDict):
    """A heading for the list beside a page, in the shape that mkdocs reads."""

    level: int
    id: str
    name: str
    children: list[Token]


@dataclass(frozen=True, slots=True)
class Body:
    """The HTML of a page, its headings of the first two levels, and every id that can be linked to."""

    html: str
    headings: list[Token]
    ids: frozenset[str]


def body(text: str) -> Body:
    """Return the HTML of a page that holds only HTML and headings that begin with `#`."""
    found: list[Token] = []
    used = set(_ID.findall(text))

    def heading(match: re.Match[str]) -> str:
        level = len(match["marks"])
        words = (match["marked"] or "").split()
        name = next((word[1:] for word in words if word.startswith("#")), "")
        kinds = " ".join(word[1:] for word in words if word.startswith("."))
        anchor = unique(name or slugify(unescape(match["text"]), "-"), used)
        if level <= TOC_DEPTH:
            found.append({"level": level, "id": anchor, "name": match["text"], "children": []})
        kind = f' class="{kinds}"' if kinds else ""
        return f'<h{level}{kind} id="{anchor}">{match["text"]}</h{level}>'

    html = _HEADING.sub(heading, text)
    return Body(html, _nested(found), frozenset(used))


def _nested(found: list[Token]) -> list[Token]:
    """Return the headings with those of a lower level under the one before them."""
    top: list[Token] = []
    open_: list[Token] = []
    for token in found:
        while open_ and open_[-1]["level"] >= token["level"]:
            open_.pop()
        (open_[-1]["children"] if open_ else top).append(token)
        open_.append(token)
    return top


def framed(html: str) -> str:
    """Return the HTML of a hand-written page with a frame around each table, named after the heading above it."""
    named: dict[str, int] = {}

    def frame(match: re.Match[str]) -> str:
        above = _HEADINGS.findall(html, 0, match.start())
        name = _TAG.sub("", above[-1]).strip() if above else ""
        name = f"Tabel bij {name}" if name else "Tabel"
        named[name] = named.get(name, 0) + 1
        if named[name] > 1:
            name = f"{name} ({named[name]})"
        name = name.replace('"', "&quot;")
        region = f'<div class="knm-tabel" role="region" aria-label="{name}" tabindex="0">'
        return f'{region}<table class="knm-rooster">{match[1]}</div>'

    return _TABLE.sub(frame, html)


def mended(page: str) -> str:
    """Return a whole page without what nobody sees, a tenth of it, and with what HTML forbids mended."""
    head, found, rest = (page if "<pre" in page else _INDENTS.sub("\n", page)).partition("<article")
    for wrong, right in _OF_THE_THEME.items():
        head = head.replace(wrong, right)
    return head + found + rest
