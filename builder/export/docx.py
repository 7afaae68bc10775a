"""The toets for Word: booklet and key that a teacher can change, with real headings and lists.

In: a toets and the bank. Out: artifacts under `kandidaat/` and `docent/`, one pair per variant. The
booklet is made from a `KandidaatToets`, which has no place for a key; it neither shuffles nor scores.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.export.picture_files import as_png, png_pictures
from builder.model.digest import print_code
from builder.model.docent import DocentToets, DocentVraag, teacher_view, variants
from builder.model.itembank import Itembank
from builder.model.kandidaat import KandidaatToets, KandidaatVraag, Plaatje, candidate_view
from builder.model.toets import Toets
from builder.office import Properties, fit_text, pack, right_to_left
from builder.templating import dutch_date

_AFTER_BIDI = tuple(
    f"w:{tag}"
    for tag in (
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
        "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ).split()
)
LETTERTYPE = "Arial"
DARK = RGBColor(0x14, 0x38, 0x42)
GREY = RGBColor(0x4D, 0x54, 0x59)
TEXT_WIDTH = Mm(210 - 2 * 22)
STEM = (Mm(96), Mm(60))  # the largest that a picture may be
OPTION = (Mm(46), Mm(36))


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return booklet and key of every variant; none when a picture cannot be shown in Word."""
    _, found = png_pictures(bank, teacher_view(bank, toets))
    if found:
        return (), found
    made = []
    for variant in variants(toets):
        tail = "" if variant == "A" else f"-{variant.lower()}"
        booklet = _booklet(candidate_view(bank, toets, variant))
        key = _key(teacher_view(bank, toets, variant))
        made.append(Artifact(f"kandidaat/{toets.id}-boekje{tail}.docx", booklet))
        made.append(Artifact(f"docent/{toets.id}-sleutel{tail}.docx", key))
    return tuple(made), ()


def _booklet(view: KandidaatToets) -> bytes:
    code = print_code(view)
    paper = _Paper(view, code, "boekje")
    number = len(view.vragen)
    paper.bullet(f"In dit boekje {'staat 1 vraag' if number == 1 else f'staan {number} vragen'}.")
    if view.minuten is not None:
        paper.bullet(f"U hebt {view.minuten} minuten.")
    paper.bullet("Elke vraag heeft één goed antwoord.")
    paper.bullet("Schrijf niet in dit boekje. Zet een kruisje op het antwoordblad.")
    paper.bullet(f"Staat op uw antwoordblad ook de code {code}? Dan kunt u beginnen.")
    if view.uitleg:
        paper.text(view.uitleg)
    for vraag in view.vragen:
        paper.heading(f"Vraag {vraag.nummer}", 1)
        paper.start_block(f"Vraag {vraag.nummer}")
        paper.question(vraag)
        letters = paper.letters()
        for optie in vraag.opties:
            paragraph = paper.option(letters, optie.tekst)
            if optie.afbeelding is not None:
                paper.letter_on_top(paragraph)
                if optie.tekst:
                    paragraph.add_run().add_break()
                paper.picture(paragraph, optie.afbeelding, OPTION)
        paper.end_block()
    paper.note("Einde van de vragen")
    return paper.bytes()


def _key(view: DocentToets) -> bytes:
    paper = _Paper(view.gezien, view.code, "sleutel")
    paper.text(
        f"Past de code {view.code} op het boekje en op het antwoordblad? Alleen dan hoort deze sleutel erbij. "
        "Laat dit blad niet bij de cursisten liggen."
    )
    paper.heading("In één oogopslag", 1)
    paper.table(
        ("Vraag", "Goed", "Nummer in de bank", "Eindterm"),
        [(str(vraag.gezien.nummer), vraag.goed, vraag.item.id, vraag.item.eindterm) for vraag in view.vragen],
    )
    paper.heading("Waarom dit antwoord", 1)
    for vraag in view.vragen:
        paper.heading(f"Vraag {vraag.gezien.nummer}: {vraag.goed}", 2)
        paper.start_block(f"Vraag {vraag.gezien.nummer}")
        paper.question(vraag.gezien, in_words=True)
        letters = paper.letters()
        for optie in vraag.opties:
            paragraph = paper.option(letters, optie.in_woorden)
            if optie.juist:
                paragraph.add_run(" (goed)").bold = True
            if optie.toelichting:
                paragraph.add_run().add_break()
                paragraph.add_run(fit_text(optie.toelichting)).font.size = Pt(10)
        paper.note(_note(vraag))
        paper.end_block()
    paper.note("Einde van de sleutel")
    return paper.bytes()


def _note(vraag: DocentVraag) -> str:
    item = vraag.item
    bronnen = "; ".join(
        ", ".join(part for part in (bron.titel, plaats) if part) for bron, plaats in vraag.bronnen
    )
    said = f"{item.id}, versie {item.versie} · eindterm {item.eindterm} · {item.stof} · {item.taalniveau}"
    return f"{said} · Bron: {bronnen}" if bronnen else said


class _Paper:
    """A Word document in our look, filled from top to bottom."""

    def __init__(self, view: KandidaatToets, code: str, kind: str) -> None:
        self._document: Document = docx.Document()
        self._properties = Properties(
            f"{view.titel} · {kind}", f"{view.id} {code}", date.fromisoformat(view.datum)
        )
        self._pictures = 0
        self._cell: Any = None  # where text goes: in this cell of a table, or in the document itself
        _look(self._document)
        # python-docx looks a style up anew for every paragraph, which is slow
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._lettering = _lettering(self._document)
        variant = "" if view.variant == "A" else f" · variant {view.variant}"
        self._footer(f"{view.id} · {kind}{variant} · code {code}", view.label)
        self._add("Title", view.titel)
        self._add("Subtitle", f"{kind.capitalize()}{variant} · {dutch_date(view.datum)} · code {code}")

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

    def note(self, text: str) -> None:
        """Add a line in small letters."""
        paragraph = self._add("Body Text", "")
        run = paragraph.add_run(fit_text(text))
        run.font.size, run.font.color.rgb = Pt(9), GREY

    def start_block(self, name: str) -> None:
        """Begin what stays on one page with its heading: a table without lines, of one row that does not split.

        Word would also keep loose paragraphs together; LibreOffice 7 loses count and leaves a heading alone.
        """
        width = int(TEXT_WIDTH.twips)
        table = parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='{width}' w:type='dxa'/><w:tblLayout w:type='fixed'/>"
            "<w:tblCellMar><w:left w:w='0' w:type='dxa'/><w:right w:w='0' w:type='dxa'/></w:tblCellMar>"
            f"<w:tblCaption/></w:tblPr><w:tblGrid><w:gridCol w:w='{width}'/></w:tblGrid>"
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/></w:tcPr>"
            "</w:tc></w:tr></w:tbl>"
        )
        next(table.iter(qn("w:tblCaption"))).set(qn("w:val"), name)
        self._document._body._element._insert_tbl(table)
        self._cell = next(table.iter(qn("w:tc")))

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
                self.picture(self._add("Body Text", ""), vraag.afbeelding, STEM)
        self.text(vraag.stam, bold=True)

    def letters(self) -> int:
        """Return a list that starts again at A."""
        numbering = self._document.part.numbering_part.element
        number = numbering.add_num(self._lettering)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def option(self, letters: int, text: str) -> Paragraph:
        """Add an option to a list of letters and return it."""
        paragraph = self._add("List Number", text)
        numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = 0
        numbering.get_or_add_numId().val = letters
        return paragraph

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

    def table(self, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        """Add a table whose head is repeated on each page."""
        table = self._document.add_table(rows=len(rows) + 1, cols=len(head), style="Table Grid")
        table.autofit = False
        widths = (Mm(20), Mm(20), Mm(60), Mm(30))
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
                paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
        return paragraph

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


def _look(document: Document) -> None:
    """Give the built-in styles our letters, sizes and distances, and the document its language."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(18), Mm(24)
    section.footer_distance = Mm(10)
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
        language.set(qn("w:eastAsia"), "nl-NL")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "nl-NL")
    sizes: dict[str, tuple[float, bool, RGBColor | None, float, float]] = {
        # letters, bold, colour, distance above and below
        "Normal": (12, False, None, 0, 0),
        "Body Text": (12, False, None, 0, 6),
        "Title": (22, True, DARK, 0, 4),
        "Subtitle": (12, False, GREY, 0, 12),
        "Heading 1": (14, True, DARK, 20, 4),
        "Heading 2": (12, True, DARK, 16, 4),
        "List Bullet": (12, False, None, 0, 3),
        "List Number": (12, False, None, 3, 3),
        "Footer": (9, False, GREY, 0, 0),
    }
    for name, (size, bold, colour, above, below) in sizes.items():
        style = styles[name]
        assert style.type == WD_STYLE_TYPE.PARAGRAPH
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), LETTERTYPE)
        font, form = style.font, style.paragraph_format
        font.size, font.bold, font.italic = Pt(size), bold, False
        if colour is not None:
            font.color.rgb = colour
        form.space_before, form.space_after, form.line_spacing = Pt(above), Pt(below), 1.1
        form.keep_together = True if name.startswith(("Heading", "List")) else None
        if name.startswith(("Title", "Subtitle", "Heading")):
            form.keep_with_next = True
    for name, tag in (
        ("Title", "w:pBdr"),
        ("Footer", "w:tabs"),
        ("List Bullet", "w:contextualSpacing"),
        ("List Number", "w:contextualSpacing"),
    ):
        for element in list(styles[name].element.iter(qn(tag))):
            element.getparent().remove(element)


def _lettering(document: Document) -> int:
    """Add the way our options are numbered, A. B. C., and return its number."""
    numbering = document.part.numbering_part.element
    known = [int(found.get(qn("w:abstractNumId"))) for found in numbering.iter(qn("w:abstractNum"))]
    number = max(known, default=-1) + 1
    kind = OxmlElement("w:abstractNum", {qn("w:abstractNumId"): str(number)})
    level = OxmlElement("w:lvl", {qn("w:ilvl"): "0"})
    for tag, value in (("start", "1"), ("numFmt", "upperLetter"), ("lvlText", "%1."), ("lvlJc", "left")):
        level.append(OxmlElement(f"w:{tag}", {qn("w:val"): value}))
    place = OxmlElement("w:pPr")
    place.append(OxmlElement("w:ind", {qn("w:left"): "567", qn("w:hanging"): "567"}))
    level.append(place)
    form = OxmlElement("w:rPr")
    form.append(OxmlElement("w:b"))
    level.append(form)
    kind.append(OxmlElement("w:multiLevelType", {qn("w:val"): "singleLevel"}))
    kind.append(level)
    # the schema wants every abstractNum before the first num
    numbering.insert(len(known), kind)
    return number
