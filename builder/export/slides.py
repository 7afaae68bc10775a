"""The toets for the whiteboard: one question a slide, the answer only in the speaker's notes.

In: a toets and the bank. Out: one PowerPoint file under `docent/` (the notes hold the key). A text that is
too long to be read from the back of a classroom gets slides of its own before its question.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.dutch import count, dutch_date
from builder.export.picture_files import PictureFile, Pictures, png_pictures
from builder.export.slide_deck import (
    DARK,
    EDGE,
    FOOT,
    HIGH,
    INK,
    LETTERTYPE,
    TOP,
    WIDE,
    Deck,
    height_of,
    lines_of,
    portions,
)
from builder.model.docent import DocentToets, DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from builder.office import Properties, fit_text, right_to_left

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
    """The slides of a toets."""

    def __init__(self, view: DocentToets) -> None:
        self._view = view
        seen = view.gezien
        foot = (seen.id, f"code {view.code}", seen.label)
        self._deck = Deck(" · ".join(part for part in foot if part))
        many = count(len(view.vragen), "vraag", "vragen")
        lines = [f"{many} voor op het bord · {dutch_date(seen.datum)}", seen.label]
        slide = self._deck.cover(seen.titel, "\n".join(line for line in lines if line))
        self._deck.finish(
            slide, "Het goede antwoord en de uitleg staan bij elke vraag in de notities, zoals hier."
        )

    def bytes(self) -> bytes:
        """Return the finished file."""
        seen = self._view.gezien
        day = date.fromisoformat(seen.datum)
        return self._deck.bytes(Properties(f"{seen.titel} · bord", f"{seen.id} {self._view.code}", day))

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
        slide = self._deck.slide(title)
        body = self._deck.body(slide, width, height)
        _paragraphs(body.text_frame, context, stam, texts, size or SMALLEST)
        if picture is not None:
            self._deck.picture(slide, picture, WIDE - EDGE - 5.0, TOP + 0.1, 5.0, height - 0.2)
        if any(shown):
            used = _needed(context, stam, texts, size or SMALLEST, width) / 72 + 0.25
            body.height = Inches(min(used, height))
            self._choices(slide, vraag, shown, TOP + min(used, height))
        self._deck.finish(slide, _key(vraag))

    def _reading(self, title: str, context: str) -> None:
        """Add the text of a question on slides of its own."""
        width, height = WIDE - 2 * EDGE, HIGH - TOP - FOOT
        parts = list(portions(context, width, height, READING))
        for place, part in enumerate(parts, start=1):
            more = f", deel {place} van {len(parts)}" if len(parts) > 1 else ""
            slide = self._deck.slide(f"{title}: lees eerst de tekst{more}")
            body = self._deck.body(slide, width, height)
            _paragraphs(body.text_frame, part, "", [], READING / 0.85)
            self._deck.finish(slide)

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
                self._deck.picture(slide, picture, left + 0.1, top + 0.6, width, room)


def _paragraphs(frame: Any, context: str, stam: str, opties: Sequence[str], size: float) -> None:
    """Fill the body of a slide: context, stam in bold, options as a list of letters."""
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    made = [
        *((line, size * 0.85, False, False) for line in lines_of(context)),
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


def _size(context: str, stam: str, opties: Sequence[str], width: float, height: float) -> int | None:
    """Return the largest size of letters with which all fits, or None when that is too small to read."""
    for size in range(LARGEST, SMALLEST - 1, -1):
        if _needed(context, stam, opties, size, width) <= height * 72 - 10:
            return size
    return None


def _needed(context: str, stam: str, opties: Sequence[str], size: float, width: float) -> float:
    """Return about how high all of it comes out, in points."""
    needed = sum(height_of(line, size * 0.85, width) + size * 0.35 for line in lines_of(context))
    needed += height_of(stam, size * 1.06, width) + size * 0.55
    indented = width - size * 1.5 / 72
    return needed + sum(height_of(text, size, indented) + size * 0.35 for text in opties)


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
