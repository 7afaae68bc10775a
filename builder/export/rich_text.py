"""Markdown fields of a les as paragraphs and lists, for paper and slides.

In: a Markdown field. Out: a small tree: paragraphs of pieces (plain, bold, italic) and lists. The Markdown is read
by the same function as on the site, so paper and page never disagree. It knows no les.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from builder.templating import markdown_html

_CITATION = re.compile(r"[ \t]?\[bron:([a-z0-9-]+)\]")
# In a handout this marks a place to write: before a sentence a number, elsewhere words.
_GAP = re.compile(r"\((?:…|\.\.\.)\)")
SHORT_GAP, LONG_GAP = "_" * 5, "_" * 26


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style; a line end in it is a break."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each entry holds paragraphs and perhaps lists."""

    ordered: bool
    entries: tuple[tuple[Node, ...], ...]


Node = Paragraph | Listing


def read(text: str, cite: Callable[[str], str] = lambda _: "", gaps: bool = False) -> tuple[Node, ...]:
    """Return a Markdown field as paragraphs and lists; a block quote becomes its paragraphs.

    `cite` says what stands in the place of a `[bron:id]` (nothing, unless told); with `gaps`, `(…)` becomes a
    line to write on. The address of a link follows its text, between brackets.
    """
    reader = _Reader()
    reader.feed(str(markdown_html(_CITATION.sub(lambda match: cite(match[1]), text))))
    reader.close()
    nodes = reader.finished()
    return tuple(_with_gaps(node) for node in nodes) if gaps else nodes


def has_gap(text: str) -> bool:
    """Tell whether there is a place to write in a Markdown field."""
    return bool(_GAP.search(text))


def plain(text: str, bold: bool = False) -> tuple[Node, ...]:
    """Return text without markup as one paragraph."""
    return (Paragraph((Piece(text, bold),)),) if text else ()


def as_lines(nodes: Iterable[Node], indent: str = "") -> Iterator[str]:
    """Yield the text line by line, with marks before the entries of lists: for the notes under a slide."""
    for node in nodes:
        if isinstance(node, Paragraph):
            yield indent + "".join(piece.text for piece in node.pieces)
            continue
        for number, entry in enumerate(node.entries, start=1):
            mark = f"{number}. " if node.ordered else "• "
            for place, line in enumerate(as_lines(entry)):
                yield indent + (mark if place == 0 else "   ") + line


def _with_gaps(node: Node) -> Node:
    if isinstance(node, Listing):
        return Listing(node.ordered, tuple(tuple(map(_with_gaps, entry)) for entry in node.entries))
    first = True
    pieces = []
    for piece in node.pieces:

        def line(match: re.Match[str], whole: str = piece.text, at_start: bool = first) -> str:
            return SHORT_GAP if at_start and not whole[: match.start()].strip() else LONG_GAP

        pieces.append(Piece(_GAP.sub(line, piece.text), piece.bold, piece.italic))
        first = first and not piece.text.strip()
    return Paragraph(tuple(pieces))


class _Reader(HTMLParser):
    """Reads the few tags that a field may have."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[list[Node]] = [[]]  # the innermost list entry last
        self._lists: list[tuple[bool, list[tuple[Node, ...]]]] = []
        self._pieces: list[Piece] = []
        self._bold = self._italic = 0
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._end_paragraph()
            self._lists.append((tag == "ol", []))
        elif tag == "li":
            self._end_paragraph()
            self._blocks.append([])
        elif tag in ("p", "blockquote"):
            self._end_paragraph()
        elif tag == "br":
            self._add("\n")
        elif tag == "a":
            self._link = (dict(attrs).get("href") or "", len(self._pieces))
        self._bold += tag == "strong"
        self._italic += tag == "em"

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._end_paragraph()
            self._lists[-1][1].append(tuple(self._blocks.pop()))
        elif tag in ("ul", "ol"):
            self._end_paragraph()
            ordered, entries = self._lists.pop()
            self._blocks[-1].append(Listing(ordered, tuple(entries)))
        elif tag in ("p", "blockquote"):
            self._end_paragraph()
        elif tag == "a" and self._link is not None:
            address, start = self._link
            shown = "".join(piece.text for piece in self._pieces[start:])
            if address and address.removeprefix("mailto:") != shown:
                self._add(f" ({address})")
            self._link = None
        self._bold -= tag == "strong"
        self._italic -= tag == "em"

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        if not self._pieces or self._pieces[-1].text.endswith("\n"):
            text = text.lstrip()
        self._add(text)

    def finished(self) -> tuple[Node, ...]:
        self._end_paragraph()
        return tuple(self._blocks[0])

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(Piece(text, bool(self._bold), bool(self._italic)))

    def _end_paragraph(self) -> None:
        if self._pieces:
            last = self._pieces[-1]
            self._pieces[-1] = Piece(last.text.rstrip(), last.bold, last.italic)
        pieces = tuple(piece for piece in self._pieces if piece.text)
        if any(piece.text.strip() for piece in pieces):
            self._blocks[-1].append(Paragraph(pieces))
        self._pieces = []
