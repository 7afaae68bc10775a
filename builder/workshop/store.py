"""Files of the workshop: saving without loss, drafts, history with undo. What was thrown away is in `bin`.

In: a root folder (of the bank, or of the bank with secret items) and paths in it. Out: bytes on disk. Beside
the documents it keeps everything under `.knm/` of the same root, so that a secret text never leaves its folder.
It knows no field, no check and no clock: versions are numbered.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.artifacts import create_file, write_file
from builder.locking import held

_PLACE = re.compile(
    r"items/[a-z]+/[a-z]+-[0-9]{3}(-[a-z0-9]+)*\.(yaml|png|svg)"
    r"|content/(lessen|lesmateriaal|locaties|lastige-momenten|toetsen)/([a-z0-9-]+/)?[a-z0-9-]{1,100}\.(yaml|png|svg)"
    r"|content/bronnen\.yaml"
)
# How long a save waits for another workshop or a verb, in seconds.
PATIENCE = 4.0


class Conflict(Exception):
    """The file changed since it was read; `now` is what stands there, None when it has gone."""

    def __init__(self, now: bytes | None) -> None:
        """Keep what stands there now."""
        super().__init__()
        self.now = now


class Refusal(Exception):
    """Something that the workshop does not do; the message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that was typed and not saved: the data of a document, and the file that it was typed over.

    `sheet` is the page in the browser whose own check kept it: that page may go on before the answer has come back.
    What any other page types over the same draft is kept apart. `saved` is when that was, for whoever has to choose.
    """

    path: str
    window: str
    basis: str
    data: dict[str, Any]
    sheet: str = ""
    saved: float = field(default=0.0, compare=False)  # the time of its file, in seconds


def mark_of(raw: bytes | None) -> str:
    """Return the mark of a file: 16 hex digits, or "geen" when there is no file."""
    return "geen" if raw is None else hashlib.sha256(raw).hexdigest()[:16]


class Store:
    """One root folder with documents."""

    def __init__(self, root: Path) -> None:
        """Work under `root`; nothing is made before something is written."""
        self.root = root
        self.own = root / ".knm"
        self.draft_folder = self.own / "concepten"

    def place(self, path: str) -> Path:
        """Return the file at a path of a document or picture. Raises `Refusal` for any other place."""
        target = self.root / path
        if not _PLACE.fullmatch(path) or not target.resolve().is_relative_to(self.root.resolve()):
            raise Refusal("Op deze plaats bewaart de werkplaats niets.")
        if any(
            part.is_symlink()
            for part in (target, *target.parents)
            if part != self.root and part.is_relative_to(self.root)
        ):
            raise Refusal(
                "Dit is een verwijzing naar een bestand elders. Daar bewaart de werkplaats niets in."
            )
        return target

    def read(self, path: str) -> bytes | None:
        """Return what stands at a path, None when nothing does."""
        try:
            return self.place(path).read_bytes()
        except FileNotFoundError:
            return None

    def create(self, path: str, content: bytes) -> bool:
        """Write a new file; return False when it exists already. Raises `Busy`."""
        target = self.place(path)
        with self.alone():
            return create_file(target, content)

    def create_all(self, path: str, content: bytes, beside: Mapping[str, bytes]) -> bool:
        """Write a new document and the files beside it, these first; return False, with nothing left, when one exists."""
        made: list[Path] = []
        with self.alone():
            try:
                for name, raw in [*beside.items(), (path, content)]:
                    target = self.place(name)
                    if not create_file(target, raw):
                        break
                    made.append(target)
                else:
                    made = []
                    return True
            finally:
                for target in made:
                    target.unlink(missing_ok=True)
        return False

    def save(self, path: str, content: bytes, basis: str, who: str = "") -> None:
        """Replace a document that still has the mark `basis`; the old text goes to the history first.

        Raises `Conflict` when it changed meanwhile, also by another workshop or verb on the same folder, and `Busy`
        when one of those does not finish.
        """
        target = self.place(path)
        with self.alone():
            now = self.read(path)
            if mark_of(now) != basis:
                raise Conflict(now)
            if now == content:
                return
            if now is not None:
                self._remember(path, now, content, who)
            write_file(target, content)

    def history(self, path: str) -> list[dict[str, Any]]:
        """Return the saves of a document that can be undone, the last one first."""
        found = []
        for file in sorted((self.own / "geschiedenis" / _flat(path)).glob("*.json"), reverse=True):
            known = from_json(file)
            if known is not None:
                found.append({**known, "nummer": int(file.stem)})
        return found

    def undo(self, path: str, who: str = "") -> None:
        """Put back the text from before the last save. Raises `Refusal` or `Conflict`; nothing is lost."""
        with self.alone():
            now = self.read(path)
            steps = self.history(path)
            while steps and steps[0]["voor"] == mark_of(now):  # killed before the new text was written
                (self.own / "geschiedenis" / _flat(path) / f"{steps.pop(0)['nummer']:05}.json").unlink()
            if not steps:
                raise Refusal("Er is niets om terug te draaien.")
            last = steps[0]
            if mark_of(now) != last["na"]:
                raise Conflict(now)
            folder = self.own / "geschiedenis" / _flat(path)
            old = (folder / f"{last['nummer']:05}.yaml").read_bytes()
            if now is not None:
                write_file(folder / f"{last['nummer']:05}.teruggedraaid", now)
            write_file(self.place(path), old)
            (folder / f"{last['nummer']:05}.json").unlink()

    def before_last(self, path: str) -> bytes | None:
        """Return the text from before the last save, None when there was none."""
        steps = self.history(path)
        if not steps:
            return None
        return (self.own / "geschiedenis" / _flat(path) / f"{steps[0]['nummer']:05}.yaml").read_bytes()

    def _remember(self, path: str, old: bytes, new: bytes, who: str) -> None:
        folder = self.own / "geschiedenis" / _flat(path)
        number = max((int(file.name[:5]) for file in folder.glob("[0-9]*")), default=0) + 1
        write_file(folder / f"{number:05}.yaml", old)
        note = {"voor": mark_of(old), "na": mark_of(new), "door": who}
        write_file(folder / f"{number:05}.json", as_json(note))

    # ---- drafts

    def keep_draft(self, draft: Draft) -> None:
        """Write what was typed in one window; other windows keep theirs."""
        self.place(draft.path)
        known = {"path": draft.path, "basis": draft.basis, "data": draft.data, "blad": draft.sheet}
        write_file(self._draft_file(draft.path, draft.window), as_json(known))

    def drafts(self, path: str | None = None) -> list[Draft]:
        """Return the drafts of a document, or all of them."""
        found = []
        for file in sorted(self.draft_folder.glob("*.json")):
            known = from_json(file)
            window = file.stem.rpartition(".")[2]
            if known is None or not isinstance(known.get("data"), dict):
                continue
            if path is None or known["path"] == path:
                sheet, saved = str(known.get("blad", "")), _time_of(file)
                found.append(Draft(known["path"], window, known["basis"], known["data"], sheet, saved))
        return found

    def draft_files(self, path: str) -> list[Path]:
        """Return the files with the drafts of a document, also of one that cannot be read back."""
        return sorted(self.draft_folder.glob(f"{_flat(path)}.*.json"))

    def drop_draft(self, path: str, window: str) -> None:
        """Forget what was typed in one window, after it was saved or refused by its writer."""
        self._draft_file(path, window).unlink(missing_ok=True)

    def shelve_draft(self, path: str, window: str) -> None:
        """Take a draft off the screen, but keep it: its writer chose another text, and may come to regret it."""
        file = self._draft_file(path, window)
        shelf = self.draft_folder / "opzij"
        shelf.mkdir(parents=True, exist_ok=True)
        if file.exists():
            os.replace(file, shelf / file.name)

    def _draft_file(self, path: str, window: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{8}", window):
            raise Refusal("Dit venster kennen we niet. Open de vraag opnieuw.")
        return self.draft_folder / f"{_flat(path)}.{window}.json"

    def tidy(self) -> None:
        """Clear what a killed workshop left half-written beside the documents."""
        with self.alone():
            for top in ("items", "content"):
                for left in (self.root / top).rglob(".*.nieuw"):
                    left.unlink(missing_ok=True)

    def note(self, name: str) -> dict[str, Any]:
        """Return a small note of the workshop, empty when there is none."""
        return from_json(self.own / f"{name}.json") or {}

    def write_note(self, name: str, known: Mapping[str, Any]) -> None:
        """Write a small note of the workshop."""
        write_file(self.own / f"{name}.json", as_json(known))

    def alone(self) -> AbstractContextManager[None]:
        """Keep every other writer in this folder out: threads, other workshops, verbs of the command line.

        Raises `Busy` with a sentence when one is still at work after a short wait. Whoever is killed lets go by itself.
        """
        return held(self.root, PATIENCE)


def _flat(path: str) -> str:
    return path.replace("/", "_").removesuffix(".yaml")


def _time_of(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def as_json(known: Mapping[str, Any]) -> bytes:
    """Return a note as bytes."""
    return json.dumps(known, ensure_ascii=False, indent=1).encode("utf-8")


def from_json(file: Path) -> dict[str, Any] | None:
    """Return a note that was written, None when it is not there or not whole."""
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return known if isinstance(known, dict) else None
