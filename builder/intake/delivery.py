"""What comes in: questions as another program or a colleague wrote them, before they are items of the bank.

In: nothing. Out: the types that every reader makes. A question knows where each of its parts stands in the
source, so that a finding can name the cell or the line. It knows no format and no bank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.diagnostics import Rule


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the source: line (or row) and column from 1, and how a person calls it ("Rij 7, kolom D")."""

    line: int
    column: int
    said: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a part of a question (a JSON pointer into the item), in Dutch."""

    rule: Rule
    pointer: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SourceRemark:
    """Something about the source as a whole, in Dutch."""

    rule: Rule
    spot: Spot
    message: str
    hint: str = ""


class Stop(Exception):
    """The source cannot be read further; carries why."""

    def __init__(self, rule: Rule, message: str, hint: str = "", spot: Spot | None = None) -> None:
        """Keep what is the matter; without a spot it is the whole file."""
        super().__init__(message)
        self.remark = SourceRemark(rule, spot or WHOLE, message, hint)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it came. `problem` is a Dutch sentence when its bytes could not be had."""

    name: str
    data: bytes = b""
    alt: str = ""
    maker: str = ""
    licentie: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer as it came."""

    text: str
    right: bool = False
    why: str = ""
    picture: Picture | None = None
    fixed: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to choose here."""
        return not self.text and self.picture is None


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it came.

    `name` is how it is called in the source, `origin` its stable name over deliveries ("" when it has none),
    `own_id` the id of our bank that it says it has. `fields` are values that the source gives outright, by the
    name of the field of an item; `tags` and `hints` (category, title) are searched for an eindterm. `notes`
    are sentences of our own exporters. `skipped` says why this is no question at all (a description). `right` is what
    stood in the cell for the right answer, to give back when no answer could be read from it.
    """

    name: str
    spot: Spot
    stem: str = ""
    context: str = ""
    picture: Picture | None = None
    choices: tuple[Choice, ...] = ()
    origin: str = ""
    own_id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    bronnen: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    spots: Mapping[str, Spot] = field(default_factory=dict)
    skipped: str = ""
    right: str = ""

    def at(self, pointer: str) -> Spot:
        """Return where a part of the item stands in the source, or the nearest part around it."""
        while pointer:
            if pointer in self.spots:
                return self.spots[pointer]
            pointer = pointer.rpartition("/")[0]
        return self.spot


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that a reader found. `form` is how a person calls the kind of file; `refused` when it was not read."""

    form: str
    questions: tuple[Question, ...] = ()
    remarks: tuple[SourceRemark, ...] = ()
    refused: bool = False


WHOLE = Spot(1, 1, "")
