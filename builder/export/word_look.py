"""How our Word documents look: the built-in styles in our letters and colours, and ways of numbering.

In: a Word document. Out: the same document, changed. It knows no text.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

LETTERTYPE = "Arial"
DARK = RGBColor(0x14, 0x38, 0x42)
GREY = RGBColor(0x4D, 0x54, 0x59)


def dress(document: Document, scale: float) -> None:
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
        letters = style.element.get_or_add_rPr()
        for spread in letters.findall(qn("w:spacing")):
            letters.remove(spread)  # the built-in subtitle has its letters far apart
        fonts = letters.get_or_add_rFonts()
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), LETTERTYPE)
        font, form = style.font, style.paragraph_format
        font.size, font.bold, font.italic = Pt(size * (1 if name == "Footer" else scale)), bold, False
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


def numbering_of(document: Document, form: str, bold: bool) -> int:
    """Add a way of numbering, such as A. B. C., and return its number."""
    numbering = document.part.numbering_part.element
    known = [int(found.get(qn("w:abstractNumId"))) for found in numbering.iter(qn("w:abstractNum"))]
    number = max(known, default=-1) + 1
    kind = OxmlElement("w:abstractNum", {qn("w:abstractNumId"): str(number)})
    level = OxmlElement("w:lvl", {qn("w:ilvl"): "0"})
    for tag, value in (("start", "1"), ("numFmt", form), ("lvlText", "%1."), ("lvlJc", "left")):
        level.append(OxmlElement(f"w:{tag}", {qn("w:val"): value}))
    place = OxmlElement("w:pPr")
    place.append(OxmlElement("w:ind", {qn("w:left"): "567", qn("w:hanging"): "567"}))
    level.append(place)
    if bold:
        letters = OxmlElement("w:rPr")
        letters.append(OxmlElement("w:b"))
        level.append(letters)
    kind.append(OxmlElement("w:multiLevelType", {qn("w:val"): "singleLevel"}))
    kind.append(level)
    # the schema wants every abstractNum before the first num
    numbering.insert(len(known), kind)
    return number
