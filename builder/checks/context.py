"""What a check may know beside the bank: the reference date and the dictionary.

There is no clock in a check and it opens no file; whoever runs the checks passes these in. What is None is
unknown: the findings that need it are then not made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Words(Protocol):
    """A dictionary, as `language/dictionary.py` has it."""

    def __bool__(self) -> bool:
        """Whether there are any words."""
        ...

    def knows(self, word: str) -> bool:
        """Tell whether a word is spelled well."""
        ...

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return words that are one mistake away, the likeliest first."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """The reference date, and the Dutch dictionary (an empty one when it was sought and not found)."""

    today: date | None = None
    dictionary: Words | None = None
