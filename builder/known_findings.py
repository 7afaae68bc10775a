"""What the checks found about a document by itself, and the gist of an item, kept for the next run beside all that decides it.

In: the bank, a cache folder. Out: a `Memory` for `checks.check`, and the dictionary that goes with it. What is kept counts
as long as the digest of the document, those of the pictures of an item, and the stamp are the same; the stamp is the digest
of the lists that every document leans on, of the dictionary and of this program. Like the files of `loading/known.py` it
may be deleted, damaged or planted at any moment, holds plain data only, and is for looking only: `knm build` and every
export look anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from builder import checks
from builder.checks.gists import Gist, gist_of
from builder.diagnostics import Diagnostic, Location
from builder.fingerprint import fingerprint
from builder.known_words import KnownWords
from builder.loading.document import LISTS
from builder.loading.recalled import KnownDocument, KnownPicture
from builder.loading.shelf import Shelf
from builder.model.itembank import Itembank
from builder.sealed import read_plain, worth_keeping, write_plain

LIBRARIES = ("cattrs", "rapidfuzz")  # those that the checks and the reading of an item lean on
_RULES = {rule.code: rule for rule in checks.RULES}
_SHAPE = (str, int, int, str, str, str)


class KnownFindings:
    """What earlier runs found about items by themselves. Never raises for what the folder holds."""

    def __init__(self, bank: Itembank, folder: Path) -> None:
        """Read what is kept in `folder`."""
        self._bank = bank
        self._file, self._others = folder / "bevindingen", folder / "bevindingen-teksten"
        self._stamp = _stamp(bank)
        kept = self._read(self._file)
        self._kept = _rows(kept.get("items"))
        self._used: dict[str, Sequence[Any]] = {}
        self._recalled: set[str] = set()
        # As below: what came with a folder is not believed, and then no item is known.
        ours = any(isinstance(source.positions, KnownDocument) for source in bank.locations.values())
        self.dictionary = KnownWords(kept.get("words") if ours else None)
        self._documents = _rows(self._read(self._others).get("documents")) if ours else {}
        self._used_documents: dict[str, Sequence[Any]] = {}

    def recall(self, item_id: str) -> tuple[Sequence[Diagnostic], Gist] | None:
        """Return what was found about this item in its present text, and its gist; None when that is not known."""
        source = self._bank.locations[item_id]
        path = source.path
        row = self._kept.get(path)
        # Only of a file that this machine itself found to be good before: what came with a folder is not believed.
        if row is None or not isinstance(source.positions, KnownDocument):
            return None
        try:
            digests, rows, gist = row
            if digests != self._digests(path, source.positions.digest, source.positions.pictures):
                return None
            found = [_diagnostic(path, one) for one in rows], gist_of(gist)
        except (ValueError, TypeError, KeyError):
            return None
        self._used[path] = row
        self._recalled.add(path)
        return found

    def learn(self, item_id: str, found: Sequence[Diagnostic], gist: Gist) -> None:
        """Remember what was found about this item, and its gist."""
        source = self._bank.locations[item_id]
        pictures = [picture.bestand for picture in self._bank.items[item_id].afbeeldingen]
        digests = self._digests(source.path, source.positions.digest, pictures)
        self._used[source.path] = [digests, list(map(_row, found)), gist]

    def recall_document(self, name: str) -> Sequence[Diagnostic] | None:
        """Return what was found about this document in its present text; None when that is not known."""
        try:
            digest, rows = self._documents[name]
            if digest != self._digest(name):
                return None
            found = [_diagnostic(self._bank.locations[name].path, one) for one in rows]
        except (ValueError, TypeError, KeyError):
            return None
        self._used_documents[name] = self._documents[name]
        return found

    def learn_document(self, name: str, found: Sequence[Diagnostic]) -> None:
        """Remember what was found about this document."""
        self._used_documents[name] = [self._digest(name), list(map(_row, found))]

    def save(self) -> None:
        """Keep what was found about what is there now. When the disk refuses, the next run is only slower."""
        new_words = worth_keeping((), (), self.dictionary.fresh)
        if new_words or worth_keeping(self._kept, self._recalled, self._used):
            kept = {"stamp": self._stamp, "items": self._used, "words": self.dictionary.plain}
            write_plain(self._file, kept)
        # these are few, and a lesson takes long to read
        if self._used_documents != self._documents:
            write_plain(self._others, {"stamp": self._stamp, "documents": self._used_documents})

    def _read(self, file: Path) -> Mapping[str, Any]:
        """Return what this program kept with the same lists, nothing when that is not there."""
        kept = read_plain(file)
        return kept if isinstance(kept, dict) and kept.get("stamp") == self._stamp else {}

    def _digest(self, name: str) -> str:
        """Return the digest of a document; of a page too the text under its fields."""
        pagina = self._bank.paginas.get(name)
        body = f"\0{pagina.regel}\0{pagina.tekst}" if pagina else ""
        return hashlib.sha256(f"{self._bank.locations[name].positions.digest}{body}".encode()).hexdigest()

    def _digests(self, path: str, content: str, pictures: Sequence[str]) -> list[str]:
        """Return the digests of an item and its pictures: with the stamp all that decides what is found in it."""
        return [content, *(self._picture(f"{path.rpartition('/')[0]}/{bestand}") for bestand in pictures)]

    def _picture(self, path: str) -> str:
        pictures = self._bank.pictures
        later = pictures.later(path) if isinstance(pictures, Shelf) else None
        if isinstance(later, KnownPicture):
            return later.digest
        return hashlib.sha256(pictures[path].data).hexdigest() if path in pictures else ""


def _stamp(bank: Itembank) -> str:
    """Return the digest of this program, its dictionary and libraries, and the lists that every item leans on."""
    lists = [bank.locations[name].positions.digest if name in bank.locations else "" for name in LISTS]
    return hashlib.sha256("\0".join([fingerprint(LIBRARIES), *lists]).encode()).hexdigest()


def _row(found: Diagnostic) -> list[Any]:
    at = found.location
    return [found.rule.code, at.line, at.column, at.pointer, found.message, found.hint]


def _diagnostic(path: str, row: list[Any]) -> Diagnostic:
    if tuple(map(type, row)) != _SHAPE:
        raise ValueError("not a row of ours")
    code, line, column, pointer, message, hint = row
    return Diagnostic(_RULES[code], Location(path, line, column, pointer), message, hint)


def _rows(kept: Any) -> Mapping[str, list[Any]]:
    """Return what is kept of items, nothing when it has another shape."""
    if not isinstance(kept, dict) or not all(row.__class__ is list for row in kept.values()):
        return {}
    return kept
