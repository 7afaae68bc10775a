"""A number of an eindterm that a spreadsheet took for a date: 3.1.2 becomes 2 maart 2001, and the number is gone.

In: the text of a cell and the numbers that exist. Out: a remark that says so. It never guesses which number it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import permutations

from builder.dutch import listed
from builder.intake.delivery import Remark
from builder.intake.rules import I505

_DATE = re.compile(r"(\d{4}|\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{1,2})(?: 00:00(?::00)?)?")


def taken_for_a_date(text: str, known: Collection[str]) -> Remark | None:
    """Return a remark when this cell holds a date; the numbers that it may have been are named when they exist."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    parts = [int(part) % 100 for part in found.groups()]
    could = sorted({".".join(map(str, order)) for order in permutations(parts)} & set(known))
    meant = f"Bedoelde je {listed(could, 'of')}? " if could else ""
    return Remark(
        I505,
        "/eindterm",
        f'Excel maakte een datum van de eindterm: "{text.strip()[:20]}".',
        f"{meant}Geef de cel eerst de opmaak Tekst, en typ dan het nummer opnieuw.",
    )
