"""What the checks found about an item by itself, kept for the next run under the digest of all that decides it.

In: the bank, a cache folder. Out: a `Memory` for `checks.check`. The key of an item is the digest of its file, of its
pictures, of the lists that every item leans on, and of this program; so another key means another answer, and the
same key the same. Like the files of `loading/known.py` it may be deleted, damaged or planted at any moment, holds
plain data only, and is for looking only: `knm build` and every export look anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from builder import checks
from builder.diagnostics import Diagnostic, Location
from builder.fingerprint import fingerprint
from builder.loading.document import LISTS
from builder.loading.recalled import KnownDocument
from builder.model.itembank import Itembank
from builder.sealed import read_plain, worth_keeping, write_plain

LIBRARIES = ("cattrs", "rapidfuzz")  # those that the checks and the reading of an item lean on
_RULES = {rule.code: rule for rule in checks.RULES}
_ROW = (str, int, int, str, str, str)


class KnownFindings:
    """What earlier runs found about items by themselves. Never raises for what the folder holds."""

    def __init__(self, bank: Itembank, folder: Path) -> None:
        """Read what is kept in `folder`."""
        self._bank = bank
        self._file = folder / "bevindingen"
        self._kept: dict[str, list[list[Any]]] = _kept(self._file)
        self._used: dict[str, list[list[Any]]] = {}
        self._recalled: set[str] = set()
        self._shared = _shared(bank)

    def recall(self, item_id: str) -> Sequence[Diagnostic] | None:
        """Return what was found about this item in its present text, None when that is not known."""
        source = self._bank.locations[item_id]
        # Only of a file that this machine itself found to be good before: what came with a folder is not believed.
        key = self._key(item_id) if isinstance(source.positions, KnownDocument) else ""
        rows = self._kept.get(key)
        if rows is None:
            return None
        try:
            found = [_diagnostic(source.path, row) for row in rows]
        except (ValueError, TypeError, KeyError):
            return None
        self._used[key] = rows
        self._recalled.add(key)
        return found

    def learn(self, item_id: str, found: Sequence[Diagnostic]) -> None:
        """Remember what was found about this item."""
        self._used[self._key(item_id)] = [
            [
                one.rule.code,
                one.location.line,
                one.location.column,
                one.location.pointer,
                one.message,
                one.hint,
            ]
            for one in found
        ]

    def save(self) -> None:
        """Keep what was found about the items that are there now. When the disk refuses, the next run is only slower."""
        if worth_keeping(self._kept, self._recalled, self._used):
            write_plain(self._file, self._used)

    def _key(self, item_id: str) -> str:
        """Return the digest of all that decides what is found about an item by itself, and where."""
        source = self._bank.locations[item_id]
        parts = [self._shared, source.path, source.positions.digest]
        for picture in self._bank.items[item_id].afbeeldingen:
            parts.append(self._picture(item_id, picture.bestand))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _picture(self, item_id: str, bestand: str) -> str:
        try:
            return hashlib.sha256(self._bank.picture(item_id, bestand).data).hexdigest()
        except KeyError:
            return ""


def _shared(bank: Itembank) -> str:
    """Return the digest of the lists that every item leans on, and of this program."""
    lists = [bank.locations[name].positions.digest if name in bank.locations else "" for name in LISTS]
    return hashlib.sha256("\0".join([fingerprint(LIBRARIES), *lists]).encode()).hexdigest()


def _diagnostic(path: str, row: list[Any]) -> Diagnostic:
    if tuple(map(type, row)) != _ROW:
        raise ValueError("not a row of ours")
    code, line, column, pointer, message, hint = row
    return Diagnostic(_RULES[code], Location(path, line, column, pointer), message, hint)


def _kept(file: Path) -> dict[str, list[list[Any]]]:
    """Return what is kept; nothing when it is not there or damaged."""
    kept = read_plain(file)
    if not isinstance(kept, dict) or not all(rows.__class__ is list for rows in kept.values()):
        return {}
    return kept
