"""A sheet for a lesson: what stands on it, before it becomes PDF or Word.

In: nothing; these are the nouns between a les and its papers, so that PDF and Word never disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from builder.export.rich_text import Node
from builder.model.kandidaat import KandidaatVraag, Plaatje

LARGE_PICTURE = (120, 80)  # the largest that a picture may be: width and height in mm


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2, below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs and lists, perhaps in small letters."""

    nodes: tuple[Node, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Text in a frame: what must not be missed."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of a label and what belongs to it; the labels stand in a column of `width` mm."""

    rows: tuple[tuple[str, tuple[Node, ...]], ...]
    width: int = 34


@dataclass(frozen=True, slots=True)
class Columns:
    """Two texts side by side, each under its label; the left one is wider."""

    left: tuple[str, tuple[Node, ...]]
    right: tuple[str, tuple[Node, ...]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, as large as fits in width and height (mm)."""

    plaatje: Plaatje
    largest: tuple[int, int] = LARGE_PICTURE


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
    """What stays on one page, unless it is longer than a page. `name` is for who reads by ear."""

    name: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """The next page begins here."""


Element = (
    Heading
    | Text
    | Frame
    | Facts
    | Columns
    | Picture
    | Phone
    | Blanks
    | WritingLines
    | Question
    | Together
    | NewPage
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet. `foot` and `label` stand at the foot of each page; letters are `points` large."""

    id: str
    title: str
    subtitle: str
    kind: str
    foot: str
    label: str
    day: date
    elements: tuple[Element, ...]
    points: int = 12


def pictures_of(elements: tuple[Element, ...]) -> Iterator[Plaatje]:
    """Yield every picture on a sheet, in order."""
    for element in elements:
        if isinstance(element, Picture | Phone):
            yield element.plaatje
        elif isinstance(element, Together):
            yield from pictures_of(element.elements)
        elif isinstance(element, Question):
            shown = (element.vraag.afbeelding, *(optie.afbeelding for optie in element.vraag.opties))
            yield from (plaatje for plaatje in shown if plaatje is not None)
