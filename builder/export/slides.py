"""The toets for the whiteboard: one question a slide, the answer only in the speaker's notes.

In: a toets and the bank. Out: one PowerPoint file under `docent/` (the notes hold the key). A text that is
too long to be read from the back of a classroom gets slides of its own before its question.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
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
from pptx.util import Emu, Inches, Pt

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.export.picture_files import PictureFile, Pictures, png_pictures
from builder.model.docent import DocentToets, DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from builder.office import Properties, fit_text, pack, right_to_left
from builder.templating import dutch_date

LETTERTYPE = "Arial"
DARK = RGBColor(0x1D, 0x4C, 0x58)
INK = RGBColor(0x22, 0x26, 0x2A)
GREY = RGBColor(0x4D, 0x54, 0x59)
WIDE, HIGH = 13.333, 7.5  # inches: 16 by 9
EDGE = 0.6
TOP = 1.2  # where the text begins
FOOT = 0.65  # kept free at the bottom
LARGEST, SMALLEST = 34, 20  # points; smaller cannot be read from the back row
READING = 26  # points, for a text on slides of its own


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the slides of the toets in its own order; none when a picture cannot be shown."""
    view = teacher_view(bank, toets)
    pictures, found = png_pictures(bank, view)
    if found:
        return (), found
    slides = _Slides(view)
    for vraag in view.vragen:
        slides.question(vraag, pictures)
    return (Artifact(f"docent/{toets.id}-bord.pptx", slides.bytes()),), ()


class _Slides:
    """A PowerPoint file in our look, filled from the first slide to the last."""

    def __init__(self, view: DocentToets) -> None:
        self._view = view
        self._file: Presentation = pptx.Presentation()
        _look(self._file)
        seen = view.gezien
        slide = self._file.slides.add_slide(self._file.slide_layouts[0])
        slide.shapes.title.text_frame.text = fit_text(seen.titel)
        number = len(view.vragen)
        many = "1 vraag" if number == 1 else f"{number} vragen"
        lines = [f"{many} voor op het bord · {dutch_date(seen.datum)}", seen.label]
        slide.placeholders[1].text_frame.text = "\n".join(line for line in lines if line)
        self._footer(slide)
        _note(slide, "Het goede antwoord en de uitleg staan bij elke vraag in de notities, zoals hier.")
        _speak_dutch(slide)

    def bytes(self) -> bytes:
        """Return the finished file."""
        buffer = BytesIO()
        self._file.save(buffer)
        seen = self._view.gezien
        properties = Properties(
            f"{seen.titel} · bord", f"{seen.id} {self._view.code}", date.fromisoformat(seen.datum)
        )
        return pack(buffer.getvalue(), properties)

    def question(self, vraag: DocentVraag, pictures: Pictures) -> None:
        """Add a question: its slide, before it slides with a long text."""
        title = f"Vraag {vraag.gezien.nummer}"
        picture = pictures.get((vraag.item.id, 0))
        shown = [pictures.get((vraag.item.id, optie.plaats)) for optie in vraag.opties]
        texts = [] if any(shown) else [fit_text(optie.gezien.tekst) for optie in vraag.opties]
        context, stam = fit_text(vraag.gezien.context), fit_text(vraag.gezien.stam)
        width = WIDE - 2 * EDGE - (5.3 if picture else 0)
        height = HIGH - TOP - FOOT - (3.0 if any(shown) else 0)
        size = _size(context, stam, texts, width, height)
        if size is None and context:
            self._reading(title, context)
            context = ""
            size = _size("", stam, texts, width, height)
        slide = self._slide(title)
        body = slide.placeholders[1]
        body.left, body.top, body.width, body.height = map(Inches, (EDGE, TOP, width, height))
        _paragraphs(body.text_frame, context, stam, texts, size or SMALLEST)
        if picture is not None:
            self._picture(slide, picture, WIDE - EDGE - 5.0, TOP + 0.1, 5.0, height - 0.2)
        if any(shown):
            used = _needed(context, stam, texts, size or SMALLEST, width) / 72 + 0.25
            body.height = Inches(min(used, height))
            self._choices(slide, vraag, shown, TOP + min(used, height))
        self._footer(slide)
        _note(slide, _key(vraag))
        _speak_dutch(slide)

    def _slide(self, title: str) -> Slide:
        slide: Slide = self._file.slides.add_slide(self._file.slide_layouts[1])
        heading = slide.shapes.title
        assert heading is not None
        heading.text_frame.text = title
        return slide

    def _reading(self, title: str, context: str) -> None:
        """Add the text of a question on slides of its own."""
        width, height = WIDE - 2 * EDGE, HIGH - TOP - FOOT
        parts = list(_portions(context, width, height))
        for place, part in enumerate(parts, start=1):
            more = f", deel {place} van {len(parts)}" if len(parts) > 1 else ""
            slide = self._slide(f"{title}: lees eerst de tekst{more}")
            body = slide.placeholders[1]
            body.left, body.top, body.width, body.height = map(Inches, (EDGE, TOP, width, height))
            _paragraphs(body.text_frame, part, "", [], READING / 0.85)
            self._footer(slide)
            _speak_dutch(slide)

    def _choices(
        self, slide: Slide, vraag: DocentVraag, shown: Sequence[PictureFile | None], top: float
    ) -> None:
        """Add options that are pictures, side by side, each under its letter (and text, when it has one)."""
        gap = 0.35
        width = min(3.8, (WIDE - 2 * EDGE - 0.1 - gap * (len(shown) - 1)) / len(shown))
        room = HIGH - FOOT - top - 0.65
        for place, (optie, picture) in enumerate(zip(vraag.opties, shown, strict=True)):
            left = EDGE + place * (width + gap)
            box = slide.shapes.add_textbox(*map(Inches, (left, top, width, 0.5)))
            box.text_frame.word_wrap = True
            run = box.text_frame.paragraphs[0].add_run()
            run.text = f"{optie.gezien.letter}. {fit_text(optie.gezien.tekst)}".strip()
            run.font.size, run.font.bold, run.font.color.rgb = Pt(26), True, DARK
            if picture is not None:
                self._picture(slide, picture, left + 0.1, top + 0.6, width, room)

    def _picture(
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

    def _footer(self, slide: Slide) -> None:
        seen = self._view.gezien
        said = " · ".join(part for part in (seen.id, f"code {self._view.code}", seen.label) if part)
        box = slide.shapes.add_textbox(*map(Inches, (EDGE, HIGH - 0.5, WIDE - 2 * EDGE, 0.4)))
        box.text_frame.word_wrap = True
        run = box.text_frame.paragraphs[0].add_run()
        run.text = said
        run.font.size, run.font.color.rgb = Pt(12), GREY


def _paragraphs(frame: Any, context: str, stam: str, opties: Sequence[str], size: float) -> None:
    """Fill the body of a slide: context, stam in bold, options as a list of letters."""
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    made = [
        *((line, size * 0.85, False, False) for line in _lines(context)),
        *([(stam, size, True, False)] if stam else []),
        *((text, size, False, True) for text in opties),
    ]
    for place, (text, points, bold, option) in enumerate(made):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = None
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraph.add_line_break()
            run = paragraph.add_run()
            run.text = line
            run.font.size, run.font.bold, run.font.color.rgb = Pt(round(points)), bold, INK
        paragraph.space_before = Pt(round(size * (0.55 if bold else 0.35))) if place else Pt(0)
        properties = paragraph._p.get_or_add_pPr()
        if right_to_left(text) and not option:  # the letter of an option stays on the left
            properties.set("rtl", "1")
            properties.set("algn", "r")
        if option:
            # room for the letter, as wide as the letters are large
            indent = Emu(Pt(round(size * 1.5)))
            properties.set("marL", str(indent))
            properties.set("indent", str(-indent))
            colour = etree.SubElement(properties, qn("a:buClr"))
            etree.SubElement(colour, qn("a:srgbClr")).set("val", str(DARK))
            etree.SubElement(properties, qn("a:buFont")).set("typeface", LETTERTYPE)
            etree.SubElement(properties, qn("a:buAutoNum")).set("type", "alphaUcPeriod")
        else:
            properties.set("marL", "0")
            properties.set("indent", "0")
            etree.SubElement(properties, qn("a:buNone"))


def _lines(text: str) -> list[str]:
    """Return a text as its lines, without empty ones."""
    return [line for line in text.split("\n") if line.strip()]


def _height(text: str, points: float, width: float) -> float:
    """Return about how high a text comes out, in points; letters are half as wide as they are large."""
    fit = max(1.0, width * 72 / (points * 0.53))
    return sum(max(1, math.ceil(len(line) / fit)) for line in text.split("\n")) * points * 1.2


def _size(context: str, stam: str, opties: Sequence[str], width: float, height: float) -> int | None:
    """Return the largest size of letters with which all fits, or None when that is too small to read."""
    for size in range(LARGEST, SMALLEST - 1, -1):
        if _needed(context, stam, opties, size, width) <= height * 72 - 10:
            return size
    return None


def _needed(context: str, stam: str, opties: Sequence[str], size: float, width: float) -> float:
    """Return about how high all of it comes out, in points."""
    needed = sum(_height(line, size * 0.85, width) + size * 0.35 for line in _lines(context))
    needed += _height(stam, size * 1.06, width) + size * 0.55
    indented = width - size * 1.5 / 72
    return needed + sum(_height(text, size, indented) + size * 0.35 for text in opties)


def _portions(text: str, width: float, height: float) -> Iterator[str]:
    """Cut a text in portions that each fit on a slide: at the end of lines, else of sentences, else of words."""
    room = height * 72 - 10
    held = ""
    for line in _lines(text):
        for piece in _pieces(line, width, room):
            joined = f"{held}\n{piece}" if held else piece
            paragraphs = joined.split("\n")
            if held and sum(_height(each, READING, width) + 12 for each in paragraphs) > room:
                yield held
                joined = piece
            held = joined
    if held:
        yield held


def _pieces(line: str, width: float, room: float) -> Iterator[str]:
    if _height(line, READING, width) + 12 <= room:
        yield line
        return
    held = ""
    for word in line.split(" "):
        joined = f"{held} {word}" if held else word
        if held and (_height(joined, READING, width) + 12 > room or (held.endswith(".") and len(held) > 500)):
            yield held
            joined = word
        held = joined
    if held:
        yield held


def _key(vraag: DocentVraag) -> str:
    """Return what the teacher reads in the notes."""
    item = vraag.item
    said = [f"Goed: {vraag.goed}"]
    said += [f"{optie.gezien.letter}. {optie.toelichting}" for optie in vraag.opties if optie.toelichting]
    said.append(f"{item.id}, versie {item.versie}, eindterm {item.eindterm}")
    said += [
        "Bron: " + ", ".join(part for part in (bron.titel, plaats) if part) for bron, plaats in vraag.bronnen
    ]
    return "\n".join(said)


def _note(slide: Slide, text: str) -> None:
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    frame.text = fit_text(text)


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
