"""A sheet for a lesson: what stands on it, before it becomes PDF or Word.

In: nothing; these are the nouns between a les and its papers, so that PDF and Word never disagree.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from builder.export.rich_text import Node, Paragraph
from builder.model.kandidaat import KandidaatVraag, Plaatje
from builder.picture_letters import EASY, READABLE, width_to_read

LARGE_PICTURE = (120, 80)  # the largest that a picture may be: width and height in mm


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2, below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs and lists, perhaps in small letters; a list of sources may be `halved` over two columns."""

    nodes: tuple[Node, ...]
    small: bool = False
    halved: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Text in a frame: what must not be missed."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of a label and what belongs to it; the labels stand in a column of `width` mm.

    `paired` rows are short: in a PDF two of them stand side by side.
    """

    rows: tuple[tuple[str, tuple[Node, ...]], ...]
    width: int = 34
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a les: its title, when it is, what the teacher does and the learners, and what else is said."""

    title: str
    when: str
    left: tuple[str, tuple[Node, ...]]
    right: tuple[str, tuple[Node, ...]]
    small: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, as large as fits in width and height (mm)."""

    plaatje: Plaatje
    largest: tuple[int, int] = LARGE_PICTURE


@dataclass(frozen=True, slots=True)
class Beside:
    """A picture with its text and lines to write on: in a PDF side by side.

    What is longer than the picture goes on below it; of lines beside it, half as long, two stand for one.
    """

    plaatje: Plaatje
    nodes: tuple[Node, ...]
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Phone:
    """A QR code at the right, and at the left what it is for."""

    text: str
    plaatje: Plaatje


@dataclass(frozen=True, slots=True)
class Blanks:
    """Labels with a line behind them to write on, side by side."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Empty lines to write on."""

    number: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a candidate sees it, under its heading."""

    vraag: KandidaatVraag


@dataclass(frozen=True, slots=True)
class Together:
    """What stays on one page, unless it is longer than a page. `name` is for who reads by ear.

    What is `loose_in_word` stays together in a PDF only.
    """

    name: str
    elements: tuple[Element, ...]
    loose_in_word: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Cells that stand side by side in a PDF, so many in a row, and below each other in Word."""

    cells: tuple[tuple[Element, ...], ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class NewPage:
    """The next page begins here."""


Element = (
    Heading
    | Text
    | Frame
    | Facts
    | Step
    | Picture
    | Beside
    | Phone
    | Blanks
    | WritingLines
    | Question
    | Together
    | SideBySide
    | NewPage
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet. `foot` and `label` stand at the foot of each page; letters are `points` large.

    A `dense` one is for who reads well: narrow margins, little room between lines.
    """

    id: str
    title: str
    subtitle: str
    kind: str
    foot: str
    label: str
    day: date
    elements: tuple[Element, ...]
    points: int = 12
    dense: bool = False


def task_width(plaatje: Plaatje) -> int:
    """Return how wide (mm) the picture of a task is: so wide that who learns to read can read its letters."""
    return width_to_read(plaatje.data, (plaatje.width, plaatje.height), 75, (110, 118), EASY)


def question_width(shown: Sequence[Plaatje | None], least: int, most: tuple[int, int]) -> int:
    """Return how wide (mm) pictures of a question are on a paper, all the same: `least`, or more for their letters."""
    return max(
        (
            width_to_read(plaatje.data, (plaatje.width, plaatje.height), least, most, READABLE)
            for plaatje in shown
            if plaatje is not None
        ),
        default=least,
    )


def measured(nodes: Sequence[Node], wide: float, points: float) -> float:
    """Return about how high (mm) text is in Word, in a column of so many mm: it tells so only when it is opened."""
    letters = wide / (points * 0.5 * 0.353)
    line, between = points * 1.27 * 0.353, 1.6
    high = 0.0
    for node in nodes:
        if isinstance(node, Paragraph):
            text = "".join(piece.text for piece in node.pieces)
            rows = sum(max(1, math.ceil(len(part) / letters)) for part in text.split("\n"))
            high += rows * line + between
        else:
            high += sum(measured(entry, wide - 8, points) for entry in node.entries)
    return high


def pictures_of(elements: tuple[Element, ...]) -> Iterator[Plaatje]:
    """Yield every picture on a sheet, in order."""
    for element in elements:
        if isinstance(element, Picture | Beside | Phone):
            yield element.plaatje
        elif isinstance(element, SideBySide):
            for cell in element.cells:
                yield from pictures_of(cell)
        elif isinstance(element, Together):
            yield from pictures_of(element.elements)
        elif isinstance(element, Question):
            shown = (element.vraag.afbeelding, *(optie.afbeelding for optie in element.vraag.opties))
            yield from (plaatje for plaatje in shown if plaatje is not None)
