"""Plans of visits on disk: `bezoeken/<naam>/` with the workbook that was given, numbered proposals, and drafts.

In: a project root and names. Out: folders, requests, boards, and steps that were not made a proposal yet. The folder is
that of `knm visits plan --out bezoeken/<naam>`, so that command and workshop can take turns. It searches nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from builder.artifacts import create_file, write_file
from builder.diagnostics import Diagnostic, Severity
from builder.locking import held
from builder.visits import proposals
from builder.visits.by_hand import SOORTEN, Bord, Stap
from builder.visits.nouns import DAGDELEN, Aanvraag
from builder.visits.read_request import read_request
from builder.workshop.saying import here
from builder.workshop.store import Refusal

FOLDER = "bezoeken"
INPUT = "groepen.xlsx"
DRAFTS = ".klad"
MAX_UPLOAD = 2 * 1024 * 1024
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WORKING_OUT = threading.Lock()
_BOARDS = 3


class Plans:
    """The plans of one project."""

    def __init__(self, root: Path, day: Callable[[], str]) -> None:
        """Work in `bezoeken` under a project root; `day` tells the date as jaar-maand-dag."""
        self.root = root / FOLDER
        self._day = day
        self._boards: dict[object, Bord] = {}

    @property
    def today(self) -> date:
        """The date of today."""
        return date.fromisoformat(self._day())

    # ---- folders

    def names(self) -> list[str]:
        """Return the plans that there are; one that the command made in the folder itself has the name of the folder."""
        if not self.root.is_dir():
            return []
        found = [
            path.name
            for path in self.root.iterdir()
            if path.is_dir() and not path.is_symlink() and _usable(path.name)
        ]
        own = [FOLDER] if proposals.names_in(self.root) else []
        return [*own, *sorted(found)]

    def folder(self, name: str) -> Path:
        """Return the folder of a plan. Raises `Refusal` when there is none."""
        if name not in self.names():
            raise Refusal("Dit plan is er niet. Ga terug naar Bezoeken.")
        return self.root if name == FOLDER else self.root / name

    def proposal(self, name: str, number: str) -> Path:
        """Return the folder of a proposal. Raises `Refusal` when there is none."""
        folder = self.folder(name)
        if number not in proposals.names_in(folder) or (folder / number).is_symlink():
            raise Refusal("Dit voorstel is er niet. Ga terug naar Bezoeken.")
        return folder / number

    def create(self, name: str, content: bytes) -> None:
        """Begin a plan with a workbook. Raises `Refusal` when the name cannot be, or is in use."""
        if not _NAME.fullmatch(name) or len(name) > 60 or not _usable(name):
            raise Refusal("Geef het plan een korte naam. Gebruik kleine letters, cijfers en streepjes.")
        if (self.root / name).exists() or not create_file(self.root / name / INPUT, content):
            raise Refusal(f"Er is al een plan met de naam {name}. Kies een andere naam.")

    def renew(self, name: str, content: bytes) -> None:
        """Put another workbook in the place of the one that was given; proposals keep a copy of theirs."""
        write_file(self.folder(name) / INPUT, content)

    def given(self, name: str) -> bytes | None:
        """Return the workbook that was given last, None when the plan was made by the command."""
        file = self.folder(name) / INPUT
        return file.read_bytes() if file.is_file() and not file.is_symlink() else None

    # ---- boards

    def content(self, name: str, number: str) -> bytes:
        """Return the workbook of a proposal. Raises `Refusal` when it has gone."""
        try:
            return (self.proposal(name, number) / proposals.PLAN).read_bytes()
        except OSError:
            raise Refusal(f"In {number} is plan.xlsx er niet meer. Kies een ander voorstel.") from None

    def board(self, name: str, number: str) -> Bord:
        """Return the board of a proposal; it is worked out anew when the workbook changed, or the day."""
        content, today = self.content(name, number), self.today
        key = (hashlib.sha256(content).hexdigest(), today)
        with _WORKING_OUT:
            if key not in self._boards:
                self._boards[key] = Bord(whole(content), today)
            self._boards[key] = self._boards.pop(key)  # the last one used stands last
            while len(self._boards) > _BOARDS:
                del self._boards[next(iter(self._boards))]
            return self._boards[key]

    # ---- drafts

    def _draft(self, name: str, number: str) -> Path:
        self.proposal(name, number)
        return self.folder(name) / DRAFTS / f"{number}.json"

    def _alone(self, name: str) -> AbstractContextManager[None]:
        """Keep other windows and other workshops away from the drafts of a plan. Raises `WriteError` when they stay."""
        return held(self.folder(name) / DRAFTS, patience=10.0)

    def steps(self, name: str, number: str) -> tuple[Stap, ...]:
        """Return what was changed by hand in a proposal and is not a proposal of its own yet."""
        try:
            known = json.loads(self._draft(name, number).read_text(encoding="utf-8"))
            return tuple(_step(one) for one in known["stappen"])
        except (OSError, ValueError, KeyError, TypeError):
            return ()

    def add_step(self, name: str, number: str, step: Stap, seen: int) -> None:
        """Add a step after the `seen` ones. Raises `Refusal` when another window was first."""
        with self._alone(name):
            steps = self.steps(name, number)
            if len(steps) != seen:
                raise Refusal("Het klad is net veranderd in een ander venster. Ga terug en kijk opnieuw.")
            self._write(name, number, (*steps, step))

    def undo_step(self, name: str, number: str) -> Stap:
        """Take the last step back and return it. Raises `Refusal` when there is none."""
        with self._alone(name):
            steps = self.steps(name, number)
            if not steps:
                raise Refusal("Er is niets om terug te draaien.")
            self._write(name, number, steps[:-1])
            return steps[-1]

    def drop_steps(self, name: str, number: str, done: Sequence[Stap] = ()) -> None:
        """Forget the steps that became a proposal; those that came later stay."""
        with self._alone(name):
            steps = self.steps(name, number)
            self._write(name, number, steps[len(done) :] if steps[: len(done)] == tuple(done) else steps)

    def _write(self, name: str, number: str, steps: Sequence[Stap]) -> None:
        file = self._draft(name, number)
        if not steps:
            with suppress(OSError):
                file.unlink(missing_ok=True)
            return
        rows = [
            {
                "soort": one.soort, "groep": one.groep, "locatie": one.locatie,
                "dag": one.dag.isoformat() if one.dag else "", "dagdeel": one.dagdeel,
            }
            for one in steps
        ]  # fmt: skip
        write_file(file, json.dumps({"stappen": rows}, ensure_ascii=False, indent=1).encode("utf-8"))


def _usable(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and name != FOLDER and not proposals.NUMBERED.fullmatch(name)


def _step(known: Any) -> Stap:
    """Return a step as it was written. Raises ValueError when it can be none."""
    day = date.fromisoformat(known["dag"]) if known["dag"] else None
    step = Stap(str(known["soort"]), str(known["groep"]), str(known["locatie"]), day, str(known["dagdeel"]))
    moves = step.soort == "verplaats"
    if step.soort not in SOORTEN or (moves and (step.dag is None or step.dagdeel not in DAGDELEN)):
        raise ValueError(step)
    return step


@lru_cache(maxsize=4)
def checked(name: str, content: bytes, today: date) -> tuple[Aanvraag | None, tuple[Diagnostic, ...]]:
    """Return what a workbook asks from today on, None with errors, and all that was found.

    Raises `Refusal` when it is too large.
    """
    if len(content) > MAX_UPLOAD:
        size = f"{len(content) / 1_000_000:.1f}".replace(".", ",")
        raise Refusal(f"Dit bestand is {size} MB. Ten hoogste 2 MB kan. Er is niets bewaard.")
    return read_request(name, content, today=today)


def whole(content: bytes, refused: Sequence[str] = ()) -> Aanvraag:
    """Return the request in the workbook of a proposal. Raises `Refusal` when somebody put a fault in it."""
    request, found = read_request(proposals.PLAN, content, refused)
    if request is None:
        first = next(one for one in found if one.rule.severity is Severity.ERROR)
        raise Refusal(f"plan.xlsx klopt niet meer. {here(first.message)} {here(first.hint)}")
    return request
