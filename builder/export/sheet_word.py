"""A sheet for a lesson as a Word document that a teacher can change.

In: a `Sheet`. Out: the bytes of a Word file. It knows no les.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from docx.text.paragraph import Paragraph as WordParagraph

from builder.export.rich_text import Listing, Node, Paragraph, plain
from builder.export.sheet import (
    Beside,
    Blanks,
    Element,
    Facts,
    Frame,
    Heading,
    NewPage,
    Phone,
    Picture,
    Question,
    Sheet,
    SideBySide,
    Step,
    Text,
    Together,
    WritingLines,
    measured,
    task_width,
)
from builder.export.word_paper import TEXT_WIDTH, Paper, over_both
from builder.office import Properties, fit_text

_AFTER_BORDER = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:rPr")
_FULL = TEXT_WIDTH / Mm(1)
_GAP = 5  # mm between a text and its picture
_LINE = 11  # mm that a line to write on takes
_LONG = 170  # mm: what is higher may be cut
_SHORT = 90  # mm: what is no higher stays on one page


def as_word(sheet: Sheet) -> bytes:
    """Return the sheet as a Word file. Raises `TypesettingError` for a picture that cannot be shown."""
    paper = _SheetPaper(
        sheet.title,
        sheet.subtitle,
        Properties(f"{sheet.title} · {sheet.kind}", sheet.id, sheet.day),
        sheet.foot,
        sheet.label,
        sheet.points,
    )
    paper.add(sheet.elements)
    paper.close()
    return paper.bytes()


class _SheetPaper(Paper):
    """A paper that takes the parts of a sheet."""

    def add(self, elements: Iterable[Element]) -> None:
        """Add the parts, in order."""
        for element in elements:
            self._one(element)

    def close(self) -> None:
        """End with a paragraph: Word wants one after the last table."""
        if self._document.element.body[-2].tag == qn("w:tbl"):
            self.note("")

    def _one(self, element: Element) -> None:
        match element:
            case Heading(text, level):
                self.heading(text, level)
            case Text(nodes, small, _):
                self._nodes(nodes, points=9 if small else None)
            case Frame(nodes):
                self._cells("Let op", [_FULL], [[nodes]], lines=True)
            case Facts(rows, width, _):
                cells = [[plain(label, bold=True), nodes] for label, nodes in rows]
                self._cells("Overzicht", [width, _FULL - width], cells, whole=True)
            case Step(title, when, (left, doing), (right, done), small):
                self.heading(f"{title} · {when}", 2)
                wide = round(_FULL * 0.7)
                cells = [[plain(left, bold=True), plain(right, bold=True)], [doing, done]]
                short = max(measured(doing, wide, 10), measured(done, _FULL - wide, 10)) < _SHORT
                self._cells(left, [wide, _FULL - wide], cells, lines=True, head=True, whole=short)
                if small:
                    self._nodes(plain(small), points=9)
            case Beside():
                self._beside(element, "Tekst met plaatje")
            case Picture(plaatje, (width, height)):
                paragraph = self.paragraph()
                paragraph.paragraph_format.keep_with_next = True
                self.picture(paragraph, plaatje, (Mm(width), Mm(height)))
            case Phone(text, plaatje):
                left, right = self.start_cells("Op je telefoon", [_FULL - 30, 30])[0]
                self._cell = left
                self.text(text)
                self._cell = right
                self.picture(self.paragraph(), plaatje, (Mm(28), Mm(28)))
                self.end_block()
            case Blanks(labels):
                self._blanks([f"{label}: " for label in labels])
            case WritingLines(number):
                self._lines(number)
            case Question(vraag):
                self.heading(f"Vraag {vraag.nummer}", 2)
                self.start_block(f"Vraag {vraag.nummer}")
                self.question(vraag)
                self.choices(vraag)
                self.end_block()
            case Together(_, elements, loose_in_word=True):
                self.add(elements)
            case Together(name, (Heading() as head, *rest)):  # a heading stays with what follows by itself
                self.add((head, Together(name, tuple(rest))))
            case Together(name, (Beside() as first, *rest)):
                self._beside(first, name)
                self.add(rest)
            case Together(name, elements):
                self.start_block(name)
                self.add(elements)
                self.end_block()
            case SideBySide(cells, _):
                for cell in cells:
                    self.add(cell)
            case NewPage():
                self.paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _cells(
        self,
        name: str,
        widths: Sequence[float],
        rows: Sequence[Sequence[tuple[Node, ...]]],
        lines: bool = False,
        head: bool = False,
        whole: bool = False,
    ) -> None:
        """Add a table; with `head` its first row is repeated on each page, and `whole` rows do not split."""
        if self._document.element.body[-2].tag == qn("w:tbl"):  # two in a row would become one
            self.paragraph().paragraph_format.space_after = Pt(0)
        cells = self.start_cells(name, widths, len(rows), lines, whole, head)
        for row, made in zip(rows, cells, strict=True):
            for nodes, cell in zip(row, made, strict=True):
                self._cell = cell
                self._nodes(nodes)
                if not nodes:
                    self.paragraph()  # a cell without a paragraph is broken
        self.end_block()
        if lines:
            self.paragraph().paragraph_format.space_after = Pt(0)

    def _beside(self, part: Beside, name: str) -> None:
        """Add a picture at the right of its text, as in a PDF; what is longer than it goes on below, on the same page."""
        wide = task_width(part.plaatje)
        high = wide * part.plaatje.height / part.plaatje.width
        left = _FULL - wide - _GAP
        nodes = [one for node in part.nodes for one in _pieces(node)]
        count = len(nodes)
        while count and measured(nodes[:count], left, self._points) > high * 1.25:
            count -= 1
        while 0 < count < len(nodes) and _is_head(nodes[count - 1]):
            count -= 1
        if nodes and not count:  # no room beside it
            self.start_block(name)
            self.add((Picture(part.plaatje, (wide, 200)), Text(tuple(nodes)), WritingLines(part.lines)))
            self.end_block()
            return
        room = high - measured(nodes[:count], left, self._points)
        # lines beside the picture are half as long: two stand for one
        short = min(2 * part.lines, 2 * int(room / _LINE / 2)) if count == len(nodes) else 0
        long = part.lines - short // 2
        below = nodes[count:]
        # what would fill most of a page runs on over it, else its heading may stand alone on the page before
        loose = high + measured(below, _FULL, self._points) + long * _LINE > _LONG
        two = bool(below or long) and not loose
        rows = self.start_cells(name, [left, _FULL - left], 2 if two else 1, whole=True)
        self._cell = rows[0][0]
        self._nodes(nodes[:count])
        self._lines(short)
        self._cell = rows[0][1]
        paragraph = self.paragraph()
        paragraph.paragraph_format.left_indent = Mm(_GAP)
        self.picture(paragraph, part.plaatje, (Mm(wide), Mm(high)))
        if two:
            for line in self._document.element.body[-2][-2].iter(qn("w:p")):  # both rows stay on one page
                line.get_or_add_pPr().get_or_add_keepNext()
        self._cell = over_both(rows[1]) if two else None
        self._nodes(below)
        self._lines(long)
        self.end_block()

    def _lines(self, number: int) -> None:
        for place in range(1, number + 1):
            self._writing_line(place % 2, last=place == number)

    def _blanks(self, labels: Sequence[str]) -> None:
        """Add labels with a line behind each, side by side over the whole width."""
        paragraph = self._add("Body Text", "")
        paragraph.paragraph_format.space_before = Pt(12)
        for place, label in enumerate(labels, start=1):
            stop = Mm(int(_FULL * place / len(labels)) - 1)  # just before the edge, else it is not seen
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                stop, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES
            )
            paragraph.add_run(f"{' ' if place > 1 else ''}{label}\t")

    def _writing_line(self, odd: int, last: bool) -> None:
        """Add an empty line with a border under it; two that are equal would share one border."""
        paragraph = self.paragraph()
        paragraph.paragraph_format.space_before = Pt(14)
        paragraph.paragraph_format.space_after = Pt(14 if last else 4)
        paragraph.paragraph_format.right_indent = Twips(20 * odd)
        border = OxmlElement("w:pBdr")
        kind = {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "666666"}
        border.append(OxmlElement("w:bottom", {qn(name): value for name, value in kind.items()}))
        paragraph._p.get_or_add_pPr().insert_element_before(border, *_AFTER_BORDER)

    def _nodes(self, nodes: Iterable[Node], level: int = 0, points: float | None = None) -> None:
        for node in nodes:
            if isinstance(node, Paragraph):
                paragraph = self._add("Body Text", "")
                if level:
                    paragraph.paragraph_format.left_indent = Mm(6 * level)
                self._fill(paragraph, node, points)
                continue
            number = self.numbers() if node.ordered else 0
            for entry in node.entries:
                self._entry(entry, number, level, points)

    def _entry(self, entry: Sequence[Node], number: int, level: int, points: float | None) -> None:
        """Add an entry of a list: its first paragraph gets the mark, the rest is indented."""
        paragraph = self._numbered(number, "") if number else self._add("List Bullet", "")
        if level:
            paragraph.paragraph_format.left_indent = Mm(6 * (level + 1))
        first = entry[0] if entry else None
        if isinstance(first, Paragraph):
            self._fill(paragraph, first, points)
            entry = entry[1:]
        self._nodes(entry, level + 1, points)

    def _fill(self, paragraph: WordParagraph, node: Paragraph, points: float | None) -> None:
        self.direct(paragraph, "".join(piece.text for piece in node.pieces))
        for piece in node.pieces:
            run: Any = paragraph.add_run(fit_text(piece.text))
            run.bold, run.italic = piece.bold or None, piece.italic or None
            if points:
                run.font.size = Pt(points)
            if paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:bidi")) is not None:
                run.font.rtl = True


def _is_head(node: Node) -> bool:
    """Tell whether a paragraph is a heading in bold, which stays with what follows."""
    return isinstance(node, Paragraph) and all(piece.bold for piece in node.pieces)


def _pieces(node: Node) -> list[Node]:
    """Return the points of a list apart, as it may be cut between two of them; all else is one piece."""
    if isinstance(node, Listing) and not node.ordered:
        return [Listing(False, (entry,)) for entry in node.entries]
    return [node]
