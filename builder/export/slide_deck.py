"""A PowerPoint file in our look, filled from the first slide to the last.

In: texts and pictures. Out: the bytes of a PowerPoint file, the same each time. It measures, roughly, what
fits on a slide. It knows no toets, no les and no key.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pptx
from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches, Pt

from builder.export.picture_files import PictureFile
from builder.office import Properties, fit_text, pack

LETTERTYPE = "Arial"
DARK = RGBColor(0x1D, 0x4C, 0x58)
INK = RGBColor(0x22, 0x26, 0x2A)
GREY = RGBColor(0x4D, 0x54, 0x59)
WIDE, HIGH = 13.333, 7.5  # inches: 16 by 9
EDGE = 0.6
TOP = 1.2  # where the text begins
FOOT = 0.65  # kept free at the bottom


class Deck:
    """The file with its slides. What is put on a slide comes first, then `finish` closes it."""

    def __init__(self, foot: str) -> None:
        """Begin an empty file; `foot` stands at the foot of every slide."""
        self._foot = foot
        self._file: Presentation = pptx.Presentation()
        _look(self._file)

    def bytes(self, properties: Properties) -> bytes:
        """Return the finished file."""
        buffer = BytesIO()
        self._file.save(buffer)
        return pack(buffer.getvalue(), properties)

    def cover(self, title: str, text: str) -> Slide:
        """Add the first slide."""
        slide: Slide = self._file.slides.add_slide(self._file.slide_layouts[0])
        heading = slide.shapes.title
        assert heading is not None
        heading.text_frame.text = fit_text(title)
        slide.placeholders[1].text_frame.text = fit_text(text)
        return slide

    def slide(self, title: str) -> Slide:
        """Add a slide with a title and a body."""
        slide: Slide = self._file.slides.add_slide(self._file.slide_layouts[1])
        heading = slide.shapes.title
        assert heading is not None
        heading.text_frame.text = title
        return slide

    def body(self, slide: Slide, width: float, height: float, top: float = TOP) -> Any:
        """Place the body of a slide (in inches) and return it."""
        body = slide.placeholders[1]
        body.left, body.top, body.width, body.height = map(Inches, (EDGE, top, width, height))
        return body

    def picture(
        self, slide: Slide, picture: PictureFile, left: float, top: float, width: float, height: float
    ) -> None:
        """Put a picture with its alt text in a box (in inches), as large as fits, against its top left."""
        scale = min(width / picture.width, height / picture.height)
        shape = slide.shapes.add_picture(
            BytesIO(picture.data),
            Inches(left),
            Inches(top),
            Inches(picture.width * scale),
            Inches(picture.height * scale),
        )
        properties: Any = shape._element.xpath("./p:nvPicPr/p:cNvPr")[0]
        properties.set("descr", fit_text(picture.alt))
        properties.set("name", f"Plaatje {picture.name}")

    def finish(self, slide: Slide, notes: str = "") -> None:
        """Close a slide: its foot, what the teacher reads in the notes, and the language of all of it."""
        box = slide.shapes.add_textbox(*map(Inches, (EDGE, HIGH - 0.5, WIDE - 2 * EDGE, 0.4)))
        box.text_frame.word_wrap = True
        run = box.text_frame.paragraphs[0].add_run()
        run.text = fit_text(self._foot)
        run.font.size, run.font.color.rgb = Pt(12), GREY
        if notes:
            frame = slide.notes_slide.notes_text_frame
            assert frame is not None
            frame.text = fit_text(notes)
        _speak_dutch(slide)


def lines_of(text: str) -> list[str]:
    """Return a text as its lines, without empty ones."""
    return [line for line in text.split("\n") if line.strip()]


def height_of(text: str, points: float, width: float) -> float:
    """Return about how high a text comes out, in points; letters are half as wide as they are large."""
    fit = max(1.0, width * 72 / (points * 0.53))
    return sum(max(1, math.ceil(len(line) / fit)) for line in text.split("\n")) * points * 1.2


def portions(text: str, width: float, height: float, points: float) -> Iterator[str]:
    """Cut a text in portions that each fit on a slide: at the end of lines, else of sentences, else of words."""
    room = height * 72 - 10
    held = ""
    for line in lines_of(text):
        for piece in _pieces(line, width, room, points):
            joined = f"{held}\n{piece}" if held else piece
            paragraphs = joined.split("\n")
            if held and sum(height_of(each, points, width) + 12 for each in paragraphs) > room:
                yield held
                joined = piece
            held = joined
    if held:
        yield held


def _pieces(line: str, width: float, room: float, points: float) -> Iterator[str]:
    if height_of(line, points, width) + 12 <= room:
        yield line
        return
    held = ""
    for word in line.split(" "):
        joined = f"{held} {word}" if held else word
        if held and (
            height_of(joined, points, width) + 12 > room or (held.endswith(".") and len(held) > 500)
        ):
            yield held
            joined = word
        held = joined
    if held:
        yield held


def _speak_dutch(slide: Slide) -> None:
    """Mark every text of a slide and of its notes as Dutch, for spelling and screen readers."""
    roots = [slide._element]
    if slide.has_notes_slide:
        roots.append(slide.notes_slide._element)
    for root in roots:
        for run in root.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", "nl-NL")


def _look(file: Presentation) -> None:
    """Make the slides 16 by 9 and give the built-in layouts our letters and colours."""
    scale = Inches(WIDE) / file.slide_width
    file.slide_width, file.slide_height = Inches(WIDE), Inches(HIGH)
    master = file.slide_master
    for holder in (master, *master.slide_layouts):
        for place in holder._element.iter(qn("a:off")):
            place.set("x", str(round(int(place.get("x")) * scale)))
        for size in holder._element.iter(qn("a:ext")):
            if size.get("cx"):
                size.set("cx", str(round(int(size.get("cx")) * scale)))
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(theme.blob)
    for kind in ("majorFont", "minorFont"):
        for font in root.iter(qn(f"a:{kind}")):
            font.find(qn("a:latin")).set("typeface", LETTERTYPE)
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    _title(master.slide_layouts[0], EDGE, 2.2, 1.6, 40, MSO_ANCHOR.BOTTOM)
    _title(master.slide_layouts[1], EDGE, 0.35, 0.75, 24, MSO_ANCHOR.MIDDLE)
    subtitle = master.slide_layouts[0].placeholders[1]
    subtitle.left, subtitle.top, subtitle.width, subtitle.height = map(
        Inches, (EDGE, 3.95, WIDE - 2 * EDGE, 1.4)
    )
    for properties in subtitle._element.iter(qn("a:lvl1pPr")):
        properties.set("algn", "l")
        for style in properties.iter(qn("a:defRPr")):
            style.set("sz", "2200")


def _title(layout: Any, left: float, top: float, height: float, points: int, anchor: MSO_ANCHOR) -> None:
    """Place the title of a layout and give it its letters."""
    title = next(shape for shape in layout.placeholders if shape.placeholder_format.idx == 0)
    title.left, title.top, title.width, title.height = map(Inches, (left, top, WIDE - 2 * EDGE, height))
    frame = title.text_frame
    frame.vertical_anchor = anchor
    body = frame._txBody
    styles = body.find(qn("a:lstStyle"))
    for old in list(styles):
        styles.remove(old)
    level = etree.SubElement(styles, qn("a:lvl1pPr"))
    level.set("algn", "l")
    letters = etree.SubElement(level, qn("a:defRPr"))
    letters.set("sz", str(points * 100))
    letters.set("b", "1")
    fill = etree.SubElement(letters, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", str(DARK))
