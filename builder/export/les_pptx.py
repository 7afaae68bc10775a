"""The presentation of a les: one idea a slide, large letters, and in the notes what the teacher says.

In: a les, the bank, addresses. Out: one PowerPoint file under `docent/`. On the slides stands only what learners may
see: titles, words, goals and pictures; no question and no answer. Words and pictures stand at the step that
needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from builder.artifacts import Artifact
from builder.export.les_papier import Made, unfit_pictures
from builder.export.les_stappen import first_sentence, for_learners, pictures_per_step, words_per_step
from builder.export.picture_files import as_png
from builder.export.rich_text import as_lines, read
from builder.export.slide_deck import DARK, EDGE, FOOT, GREY, HIGH, INK, TOP, WIDE, Deck, height_of
from builder.model.adressen import Adressen
from builder.model.cursist import learner_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje
from builder.model.les import Les, Stap, Woord
from builder.model.lifecycle import lesson_label
from builder.office import Properties, fit_text

SHARP = 1600  # pixels: a picture fills the screen
LARGEST, SMALLEST = 36, 22  # points
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_DECORATION = (
    f"<a:extLst {nsdecls('a')}><a:ext uri='{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}'><adec:decorative "
    "xmlns:adec='http://schemas.microsoft.com/office/drawing/2017/decorative' val='1'/></a:ext></a:extLst>"
)
_CALM = "Je mag altijd even naar buiten.\nJe hoeft niets over jezelf te vertellen."


def export(bank: Itembank, les: Les, adressen: Adressen) -> Made:
    """Return the presentation; none when a picture cannot be shown."""
    shown = _pictures(bank, les)
    _, found = unfit_pictures(bank, les, [(plaatje, path) for _, plaatje, path in shown])
    if found:
        return (), found
    slides = _LessonSlides(les, [(title, plaatje) for title, plaatje, _ in shown])
    themas = [thema.titel for thema in bank.themas if thema.slug == les.thema]
    slides.fill(themas)
    return (Artifact(f"docent/{les.id}-presentatie.pptx", slides.bytes()),), ()


def _pictures(bank: Itembank, les: Les) -> list[tuple[str, Plaatje, tuple[str | int, ...]]]:
    """Return each picture of the handouts once, with the heading it stands under and its place in the les."""
    found: dict[str, tuple[str, Plaatje, tuple[str | int, ...]]] = {}
    for sheet, blad in enumerate(learner_view(bank, les).bladen):
        for part, deel in enumerate(blad.delen):
            if deel.afbeelding is not None:
                path = ("handouts", sheet, "delen", part, "afbeelding")
                found.setdefault(deel.afbeelding.path, (deel.kop, deel.afbeelding, path))
    return list(found.values())


class _LessonSlides:
    """The slides of one les."""

    def __init__(self, les: Les, shown: Sequence[tuple[str, Plaatje]]) -> None:
        self._les = les
        self._shown = shown
        foot = (f"redactie knm, {les.licentie}", lesson_label(les))
        self._deck = Deck(" · ".join(part for part in foot if part))

    def bytes(self) -> bytes:
        """Return the finished file."""
        les = self._les
        day = date.fromisoformat(les.bijgewerkt_op)
        return self._deck.bytes(
            Properties(f"{les.titel} · presentatie", f"{les.id} versie {les.versie}", day)
        )

    def fill(self, themas: Sequence[str]) -> None:
        """Add all slides."""
        les = self._les
        self._cover(themas)
        if les.gevoelig:  # what follows the first sentence may be for the teacher
            warning = first_sentence(les.inhoudswaarschuwing)
            notes = f"{les.inhoudswaarschuwing}\n\n{_said(les.veilig_beginnen)}"
            self._large("Voor we beginnen", f"{warning}\n{_CALM}", notes)
        self._agenda()
        self._goals()
        words = words_per_step(les)
        pictures = pictures_per_step(les, self._shown)
        begin = 0
        for place, stap in enumerate(les.stappen):
            self._step(place, stap, begin)
            begin += stap.minuten
            for woord in words[place]:
                self._word(woord)
            for title, plaatje in pictures[place]:
                self._picture(title, plaatje)

    def _cover(self, themas: Sequence[str]) -> None:
        les = self._les
        lines = [" · ".join(["Kennis van de Nederlandse Maatschappij", *themas]), lesson_label(les)]
        slide = self._deck.cover(les.titel, "\n".join(line for line in lines if line))
        _band(slide)
        notes = [
            "In de notities staat bij elke dia wat jij doet en zegt.",
            "Op de dia's staan geen vragen en geen antwoorden.",
            f"Nodig: {'; '.join(f'{needs.naam} ({needs.aantal})' if needs.aantal else needs.naam for needs in les.materiaal)}."
            if les.materiaal
            else "",
            "“Dit hoor je soms” en de bronnen staan op het docentblad." if les.dit_hoor_je_soms else "",
        ]
        self._deck.finish(slide, "\n".join(line for line in notes if line))

    def _agenda(self) -> None:
        les = self._les
        slide = self._deck.slide("Dit gaan we doen")
        width = WIDE - 2 * EDGE
        titles = [f"{number}. {stap.titel}" for number, stap in enumerate(les.stappen, start=1)]
        times = [f" · {stap.minuten} minuten" for stap in les.stappen]
        size = _size([f"{title}{time}" for title, time in zip(titles, times, strict=True)], width)
        for paragraph, time in zip(self._lines(slide, titles, size, bold=True), times, strict=True):
            _run(paragraph, time, round(size * 0.75), GREY)
        self._deck.finish(
            slide,
            f"De les duurt {les.minuten} minuten. Zo weet iedereen wat er komt en wanneer het klaar is.",
        )

    def _goals(self) -> None:
        goals = for_learners([doel.tekst for doel in self._les.doelen])
        self._large("Dit leer je", "\n".join(goals), "")

    def _large(self, title: str, text: str, notes: str) -> None:
        """Add a slide with a few sentences, in letters as large as fit."""
        slide = self._deck.slide(title)
        lines = fit_text(text).split("\n")
        self._lines(slide, lines, _size(lines, WIDE - 2 * EDGE))
        self._deck.finish(slide, notes)

    def _lines(self, slide: Slide, lines: Sequence[str], size: int, bold: bool = False) -> list[Any]:
        """Fill the body of a slide with one paragraph a line and return these."""
        frame = self._deck.body(slide, WIDE - 2 * EDGE, HIGH - TOP - FOOT, TOP + 0.1).text_frame
        frame.word_wrap = True
        made = []
        for place, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(size * 0.6)
            _plain(paragraph)
            _run(paragraph, line, size, INK, bold=bold)
            made.append(paragraph)
        return made

    def _step(self, place: int, stap: Stap, begin: int) -> None:
        """Add the slide of a step: its name and how long it takes, large, in the middle."""
        les = self._les
        slide = self._deck.cover(stap.titel, f"{stap.minuten} minuten")
        for shape, points in ((slide.placeholders[0], 54), (slide.placeholders[1], 32)):
            for run in shape.text_frame.paragraphs[0].runs:
                run.font.size = Pt(points)
        _band(slide, str(place + 1))
        notes = [
            f"Stap {place + 1} van {len(les.stappen)}, minuut {begin} tot {begin + stap.minuten}.",
            "",
            _said(stap.docent),
            "",
            f"Cursisten: {_said(stap.cursisten)}",
        ]
        if stap.materiaal:
            notes += ["", f"Materiaal: {stap.materiaal}"]
        if place + 1 == len(les.stappen) and les.veilig_afsluiten:
            notes += ["", "Veilig afsluiten", _said(les.veilig_afsluiten)]
        self._deck.finish(slide, "\n".join(notes))

    def _word(self, woord: Woord) -> None:
        slide = self._deck.slide(woord.woord)
        title = slide.shapes.title
        assert title is not None
        title.top, title.height = Inches(1.0), Inches(1.3)
        title.left, title.width = Inches(EDGE), Inches(WIDE - 2 * EDGE)
        for run in title.text_frame.paragraphs[0].runs:
            run.font.size = Pt(60 if len(woord.woord) <= 24 else 44)
        width = WIDE - 2 * EDGE
        frame = self._deck.body(slide, width, HIGH - 2.6 - FOOT, 2.6).text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        first, second = frame.paragraphs[0], frame.add_paragraph()
        first.space_after = Pt(24)
        for paragraph in (first, second):
            _plain(paragraph)
        size = 34 if height_of(woord.uitleg, 34, width) + height_of(woord.voorbeeld, 30, width) < 230 else 28
        _run(first, woord.uitleg, size, INK)
        _run(second, woord.voorbeeld, size - 4, GREY, italic=True)
        self._deck.finish(
            slide, f"Zeg het woord. Lees de uitleg en de zin voor.\n{woord.uitleg}\n{woord.voorbeeld}"
        )

    def _picture(self, title: str, plaatje: Plaatje) -> None:
        slide = self._deck.slide(fit_text(title))
        body = slide.placeholders[1]
        body._element.getparent().remove(body._element)
        height = HIGH - TOP - FOOT - 0.1
        file = as_png(plaatje, plaatje.path.rpartition("/")[2].rpartition(".")[0], SHARP)
        width = min(WIDE - 2 * EDGE, height * file.width / file.height)
        self._deck.picture(slide, file, (WIDE - width) / 2, TOP, width, height)
        self._deck.finish(slide, f"Op de plaat: {plaatje.alt}")


def _said(markdown: str) -> str:
    """Return a Markdown field as lines for the notes, without citations."""
    return "\n".join(as_lines(read(markdown)))


def _size(lines: Sequence[str], width: float) -> int:
    """Return the largest size of letters with which these lines fit on a slide."""
    room = (HIGH - TOP - FOOT) * 72 - 24
    for size in range(LARGEST, SMALLEST, -1):
        if sum(height_of(line, size, width) + size * 0.6 for line in lines) <= room:
            return size
    return SMALLEST


def _plain(paragraph: Any) -> None:
    """Take the bullet and the indent of the layout away; the distances must be set before."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    etree.SubElement(properties, qn("a:buNone"))


def _run(
    paragraph: Any, text: str, points: float, colour: RGBColor, bold: bool = False, italic: bool = False
) -> None:
    run = paragraph.add_run()
    run.text = fit_text(text)
    run.font.size, run.font.color.rgb = Pt(points), colour
    run.font.bold, run.font.italic = bold, italic


def _band(slide: Slide, number: str = "") -> None:
    """Give a slide with only a title its look: a band of colour, with the number of the step in it."""
    for paragraph in slide.placeholders[1].text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = GREY
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Inches, (0, 0, EDGE - 0.15, HIGH)))
    band.fill.solid()
    band.fill.fore_color.rgb = DARK
    band.line.fill.background()
    properties = band._element.nvSpPr.cNvPr
    properties.set("name", "Kleurvlak")
    properties.append(parse_xml(_DECORATION))  # read past by who listens
    if number:
        frame = band.text_frame
        frame.margin_left = frame.margin_right = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        _run(frame.paragraphs[0], number, 28, _WHITE, bold=True)
