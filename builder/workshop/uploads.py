"""The name of a picture that was sent: made here, whatever it was called. The picture itself is made by `repicture`.

In: a document, a field and the names that are taken. Out: a free file name. It opens no file.
"""

from __future__ import annotations

import re


def name_for(document: str, field: str, suffix: str, taken: frozenset[str]) -> str:
    """Return a free file name for a picture of a field: the id, a letter for an option, a number when needed."""
    option = re.search(r"\.([0-9]+)\.", f".{field}.")
    stem = f"{document}-{chr(ord('a') + int(option[1]) % 26)}" if option else document
    names = [f"{stem}.{suffix}", *(f"{stem}-{number}.{suffix}" for number in range(2, 1000))]
    return next(name for name in names if name not in taken)
