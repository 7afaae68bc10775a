"""What was thrown away: moved out of the bank with the files beside it and what was typed in it, kept, and put back.

In: a store. Out: files under `.knm/weggegooid` of the same root, each deed with its number. Whatever moment it is
killed at, the document is in the bank, or can be put back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from builder.artifacts import WriteError, create_file, explain_failure, write_file
from builder.workshop.store import Conflict, Refusal, Store, as_json, from_json, mark_of

_TYPED = "getypt"  # the folder with the drafts of a document that was thrown away


@dataclass(frozen=True, slots=True)
class Thrown:
    """A document that was thrown away, with the files beside it."""

    number: int
    path: str
    files: tuple[str, ...]


class Bin:
    """What was thrown away from one store."""

    def __init__(self, store: Store) -> None:
        """Keep it beside the documents of `store`."""
        self.store = store
        self.folder = store.own / "weggegooid"

    def throw_away(self, path: str, beside: Sequence[str], basis: str) -> int:
        """Move a document, the files beside it and its drafts out of the bank; returns its number there."""
        with self.store.alone():
            now = self.store.read(path)
            if now is None or mark_of(now) != basis:
                raise Conflict(now)
            files = {name: raw for name in (path, *beside) if (raw := self.store.read(name)) is not None}
            typed = self.store.draft_files(path)
            for left in self.folder.glob("[0-9]*"):
                if not any(left.glob("*.json")):  # a deed that was stopped before anything left the bank
                    shutil.rmtree(left, ignore_errors=True)
            number = max((int(one.name) for one in self.folder.glob("[0-9]*")), default=0) + 1
            folder = self.folder / f"{number:05}"
            for name, raw in files.items():
                write_file(folder / name, raw)
            for draft in typed:
                write_file(folder / _TYPED / draft.name, draft.read_bytes())
            write_file(folder / "inhoud.json", as_json({"path": path, "files": list(files)}))
            try:
                for name in files:
                    self.store.place(name).unlink()
            except OSError as error:  # on Windows: another program has the file open
                if self.store.read(path) is not None:
                    (folder / "inhoud.json").unlink()
                raise WriteError(explain_failure(error)) from error
            for draft in typed:
                draft.unlink(missing_ok=True)
            return number

    def thrown(self) -> list[Thrown]:
        """Return what was thrown away and is still kept, the last one first."""
        found = []
        for file in sorted(self.folder.glob("*/inhoud.json"), reverse=True):
            known = from_json(file)
            if known is not None:
                found.append(Thrown(int(file.parent.name), known["path"], tuple(known["files"])))
        return found

    def put_back(self, number: int) -> str:
        """Put a thrown document back with its files and drafts; returns its path.

        Raises `Refusal` when its place is taken.
        """
        with self.store.alone():
            thrown = next((one for one in self.thrown() if one.number == number), None)
            if thrown is None:
                raise Refusal("Dit is al teruggezet.")
            folder = self.folder / f"{number:05}"
            kept = {
                name: (folder / name).read_bytes() for name in reversed(thrown.files)
            }  # the document last
            # the same bytes: throwing away or putting back was stopped half-way
            taken = [name for name, raw in kept.items() if self.store.read(name) not in (None, raw)]
            if taken:
                raise Refusal(f"{taken[-1]} bestaat al. Haal dat eerst weg, dan kan dit terug.")
            for draft in sorted((folder / _TYPED).glob("*.json")):
                create_file(self.store.draft_folder / draft.name, draft.read_bytes())
            for name, raw in kept.items():
                create_file(self.store.place(name), raw)
            try:
                os.replace(folder / "inhoud.json", folder / "teruggezet.json")
            except OSError as error:
                raise WriteError(explain_failure(error)) from error
            return thrown.path

    def ever_thrown(self) -> tuple[str, ...]:
        """Return the paths of all that was ever thrown away: an id is never used again."""
        files = self.folder.glob("*/*.json")
        return tuple(sorted(known["path"] for file in files if (known := from_json(file)) is not None))
