"""What a check may know beside the bank: the reference date and the dictionary.

There is no clock in a check and it opens no file; whoever runs the checks passes these in. What is None is
unknown: the findings that need it are then not made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from builder.language.dictionary import Dictionary


@dataclass(frozen=True, slots=True)
class Context:
    """The reference date, and the Dutch dictionary (an empty one when it was sought and not found)."""

    today: date | None = None
    dictionary: Dictionary | None = None
