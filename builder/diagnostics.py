"""What a finding is: a rule, a place and a Dutch sentence.

In: nothing. Out: the four types that every stage uses to speak to an author. It knows no item, no
file format and no way of printing (that is `report.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: only an error blocks."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file: path from the project root, line and column (from 1), JSON pointer into the data."""

    path: str
    line: int = 1
    column: int = 1
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a stage can find broken. `why`, `wrong` and `right` are its documentation (`knm explain`)."""

    code: str
    name: str
    severity: Severity
    why: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: which rule, where, what is the matter and what to do about it (both in Dutch)."""

    rule: Rule
    location: Location
    message: str
    hint: str = ""


def sort_key(found: Diagnostic) -> tuple[str, int, int, str, str, str]:
    """Order of findings: file, line, column, code, pointer, message."""
    at = found.location
    return (at.path, at.line, at.column, found.rule.code, at.pointer, found.message)


def pointer_of(path: tuple[str | int, ...]) -> str:
    """Return the JSON pointer (RFC 6901) of a path of keys and indices."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)



def place_in_words(path: tuple[str | int, ...]) -> str:
    """Name the place for people: `opties`, or `optie 2 › toelichting`."""
    if not path:
        return "dit document"
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            words[-1] = f"{words[-1]} {part + 1}" if words else str(part + 1)
        else:
            words.append(part)
    return " › ".join(words)
