"""A Word document in our look, filled from top to bottom: real headings and lists, alt texts, Dutch.

In: texts, pictures and questions as a candidate sees them. Out: the bytes of a Word file, the same each time.
It knows no toets and no les, and no key.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from builder.export.picture_files import as_png
from builder.export.word_look import GREY, dress, numbering_of
from builder.model.kandidaat import KandidaatVraag, Plaatje
from builder.office import Properties, fit_text, pack, right_to_left

_AFTER_BIDI = tuple(
    f"w:{tag}"
    for tag in (
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
        "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ).split()
)
TEXT_WIDTH = Mm(210 - 2 * 22)
STEM = (Mm(96), Mm(60))  # the largest that a picture may be
OPTION = (Mm(46), Mm(36))


class Paper:
    """A Word document in our look, filled from top to bottom."""

    def __init__(
        self, title: str, subtitle: str, properties: Properties, foot: str, label: str, points: float = 12
    ) -> None:
        """Begin with the title; `foot` and `label` stand at the foot of each page, letters are `points` large."""
        self._document: Document = docx.Document()
        self._properties = properties
        self._pictures = 0
        self._points = points
        self._cell: Any = None  # where text goes: in this cell of a table, or in the document itself
        dress(self._document, points / 12)
        # python-docx looks a style up anew for every paragraph, which is slow
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._counting: int | None = None
        self._lettering = numbering_of(self._document, "upperLetter", True)
        self._footer(foot, label)
        self._add("Title", title)
        self._add("Subtitle", subtitle)

    def bytes(self) -> bytes:
        """Return the finished file."""
        buffer = BytesIO()
        self._document.save(buffer)
        return pack(buffer.getvalue(), self._properties)

    def heading(self, text: str, level: int) -> None:
        """Add a heading; it stays with what follows."""
        self._add(f"Heading {level}", text)

    def text(self, text: str, bold: bool = False) -> None:
        """Add plain text: a blank line starts a paragraph, a line end breaks."""
        for block in text.strip().split("\n\n"):
            self._add("Body Text", block.strip("\n"), bold)

    def bullet(self, text: str) -> None:
        """Add one point of a list."""
        self._add("List Bullet", text)

    def paragraph(self) -> Paragraph:
        """Add an empty paragraph and return it."""
        return self._add("Body Text", "")

    def note(self, text: str) -> None:
        """Add a line in small letters."""
        paragraph = self.paragraph()
        run = paragraph.add_run(fit_text(text))
        run.font.size, run.font.color.rgb = Pt(9), GREY

    def start_block(self, name: str) -> None:
        """Begin what stays on one page with its heading: a table without lines, of one row that does not split.

        Word would also keep loose paragraphs together; LibreOffice 7 loses count and leaves a heading alone.
        """
        ((self._cell,),) = self.start_cells(name, [TEXT_WIDTH / Mm(1)], whole=True)

    def start_cells(
        self,
        name: str,
        widths: Sequence[float],
        rows: int = 1,
        lines: bool = False,
        whole: bool = False,
        head: bool = False,
    ) -> list[list[Any]]:
        """Add a table to place things in and return its cells; widths in mm.

        `whole` rows do not split; with `head` the first row is repeated on each page.
        """
        twips = [int(Mm(width).twips) for width in widths]
        sides = "".join(
            f"<w:{side} w:val='single' w:sz='4' w:space='0' w:color='999999'/>"
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        edge = f"<w:tblInd w:w='113' w:type='dxa'/><w:tblBorders>{sides}</w:tblBorders>"
        margins = "".join(
            f"<w:{side} w:w='{size if lines else 0}' w:type='dxa'/>"
            for side, size in (("top", 57), ("left", 113), ("bottom", 57), ("right", 113))
            if lines or side in ("left", "right")
        )
        columns = "".join(
            f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/></w:tcPr></w:tc>" for width in twips
        )
        row = f"<w:tr>{'<w:trPr><w:cantSplit/></w:trPr>' if whole else ''}{columns}</w:tr>"
        first = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{columns}</w:tr>" if head else row
        table = parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='{sum(twips)}' w:type='dxa'/>"
            f"{edge if lines else ''}<w:tblLayout w:type='fixed'/>"
            f"<w:tblCellMar>{margins}</w:tblCellMar><w:tblCaption/></w:tblPr><w:tblGrid>"
            + "".join(f"<w:gridCol w:w='{width}'/>" for width in twips)
            + f"</w:tblGrid>{first}{row * (rows - 1)}</w:tbl>"
        )
        next(table.iter(qn("w:tblCaption"))).set(qn("w:val"), name)
        self._document._body._element._insert_tbl(table)
        return [list(found.iter(qn("w:tc"))) for found in table.iter(qn("w:tr"))]

    def end_block(self) -> None:
        """Go on below the block."""
        self._cell = None

    def question(self, vraag: KandidaatVraag, in_words: bool = False) -> None:
        """Add context, picture and stam of a question."""
        if vraag.context:
            self.text(vraag.context)
        if vraag.afbeelding is not None:
            if in_words:
                self.text(f"Plaatje: {vraag.afbeelding.alt}")
            else:
                self.picture(self.paragraph(), vraag.afbeelding, STEM)
        self.text(vraag.stam, bold=True)

    def letters(self) -> int:
        """Return a list that starts again at A."""
        return self._restart(self._lettering)

    def numbers(self) -> int:
        """Return a list that starts again at 1."""
        if self._counting is None:
            self._counting = numbering_of(self._document, "decimal", False)
        return self._restart(self._counting)

    def _restart(self, kind: int) -> int:
        number = self._document.part.numbering_part.element.add_num(kind)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def option(self, letters: int, text: str) -> Paragraph:
        """Add an option to a list of letters and return it."""
        return self._numbered(letters, text)

    def _numbered(self, number: int, text: str) -> Paragraph:
        paragraph = self._add("List Number", text)
        numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = 0
        numbering.get_or_add_numId().val = number
        return paragraph

    def choices(self, vraag: KandidaatVraag) -> None:
        """Add the options of a question under their letters."""
        letters = self.letters()
        for optie in vraag.opties:
            paragraph = self.option(letters, optie.tekst)
            if optie.afbeelding is not None:
                self.letter_on_top(paragraph)
                if optie.tekst:
                    paragraph.add_run().add_break()
                self.picture(paragraph, optie.afbeelding, OPTION)

    def letter_on_top(self, paragraph: Paragraph) -> None:
        """Put the letter of an option at the top of its picture instead of at the foot."""
        place = OxmlElement("w:textAlignment", {qn("w:val"): "top"})
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(place, "w:outlineLvl", "w:rPr", "w:sectPr", "w:pPrChange")

    def picture(self, paragraph: Paragraph, picture: Plaatje, largest: tuple[Length, Length]) -> None:
        """Put a picture with its alt text at the end of a paragraph."""
        self._pictures += 1
        scale = min(largest[0] / picture.width, largest[1] / picture.height)
        file = as_png(picture, f"plaatje-{self._pictures}")
        run = paragraph.add_run()
        shape = run.add_picture(
            BytesIO(file.data), width=int(picture.width * scale), height=int(picture.height * scale)
        )
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")
        properties = shape._inline.docPr
        properties.set("name", f"Plaatje {self._pictures}")
        properties.set("descr", fit_text(picture.alt))

    def table(self, head: tuple[str, ...], rows: list[tuple[str, ...]], widths: tuple[Length, ...]) -> None:
        """Add a table whose head is repeated on each page."""
        table = self._document.add_table(rows=len(rows) + 1, cols=len(head), style="Table Grid")
        table.autofit = False
        for place, (made, row) in enumerate(zip(table.rows, (head, *rows), strict=True)):
            properties = made._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if place == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, text, width in zip(made.cells, row, widths, strict=True):
                cell.width = width
                line = cell.paragraphs[0]
                line.add_run(fit_text(text)).bold = place == 0 or None
                line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width

    def _add(self, style: str, text: str, bold: bool = False) -> Paragraph:
        text = fit_text(text)
        if self._cell is None:
            paragraph = self._document.add_paragraph()
        else:
            paragraph = Paragraph(OxmlElement("w:p"), self._document._body)
            self._cell.append(paragraph._p)
        paragraph._p.style = self._styles[style]
        if text:
            run = paragraph.add_run(text)  # a line end becomes a break
            if bold:
                run.bold = True
            if right_to_left(text):
                run.font.rtl = True
                if style == "List Number":
                    return paragraph  # the letter of an option stays on the left
                self.direct(paragraph, text)
        return paragraph

    def direct(self, paragraph: Paragraph, text: str) -> None:
        """Let a paragraph run from right to left when its text does."""
        if right_to_left(text):
            paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)

    def _footer(self, left: str, label: str) -> None:
        footer = self._document.sections[0].footer
        line = footer.paragraphs[0]
        line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(f"{left}\tbladzijde ")
        _field(line, "PAGE")
        line.add_run(" van ")
        _field(line, "NUMPAGES")
        if label:
            footer.add_paragraph(label, style="Footer")


def over_both(row: Sequence[Any]) -> Any:
    """Make one cell of a row of two, and return it."""
    first, second = row
    width = sum(int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row)
    first.tcPr.find(qn("w:tcW")).set(qn("w:w"), str(width))
    first.tcPr.append(OxmlElement("w:gridSpan", {qn("w:val"): "2"}))
    second.getparent().remove(second)
    return first


def _field(paragraph: Paragraph, instruction: str) -> None:
    """Add a number that Word works out itself."""
    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run()
        if kind == "":
            code = OxmlElement("w:instrText")
            code.text = instruction
            run._r.append(code)
        elif kind == "1":
            run.text = kind
        else:
            char = OxmlElement("w:fldChar")
            char.set(qn("w:fldCharType"), kind)
            run._r.append(char)
