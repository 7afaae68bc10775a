"""An older bank and a newer program: what of the bank belongs to the program, and bringing that up to date.

In: a project. Out: what would change; and, when asked, the new files, with the old ones kept under `.knm/bijgewerkt`.
Schemas, templates and eindtermen are the program's. Lists that people add to (bronnen, begrippen) stay as they are once
somebody changed them; only bronnen that the eindtermen name are added. Items and lessons are never touched. A checkout
of the program itself is its own source and is left alone.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder import beginning, yaml_writing
from builder.artifacts import WriteError, explain_failure, write_file
from builder.loading.read import parse
from builder.locking import held
from builder.project import Project

_PATIENCE = 4.0
_PROGRAM = ("schemas/", "site/", "content/eindtermen.yaml")
_TERMS = "content/eindtermen.yaml"
_SOURCES = "content/bronnen.yaml"


@dataclass(frozen=True, slots=True)
class Change:
    """A file that would change: its path, how (nieuw, anders, eigen, erbij), and what it becomes.

    `eigen` is a file of the program that the owner of the bank changed: the old one is kept.
    """

    path: str
    how: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a bank lacks of this program; `newer` tells that the bank is of a newer program: then nothing changes."""

    changes: tuple[Change, ...] = ()
    newer: bool = False


def renewal(project: Project) -> Renewal:
    """Return what this program would change in a bank; nothing when it is up to date."""
    if (project.root / "builder").is_dir():
        return Renewal()
    try:
        fresh = beginning.files()
    except beginning.NoBeginning:
        return Renewal()
    mark = _mark(project)
    given: Mapping[str, Any] = mark.get("bestanden", {})
    made = [
        change
        for path, content in fresh.items()
        if path != beginning.SETTINGS and (change := _change(project, path, content, given, bool(mark)))
    ]
    if not any(change.path.startswith(_PROGRAM) for change in made):
        return Renewal()
    if _number(str(mark.get("versie", "0"))) > _number(beginning.own_version()):
        return Renewal(newer=True)
    return Renewal(tuple(made))


def _change(
    project: Project, path: str, content: bytes, given: Mapping[str, Any], marked: bool
) -> Change | None:
    old = _read(project, path)
    ours = path.startswith(_PROGRAM)
    if old is None:
        # what was given once and is gone, its owner threw away
        return Change(path, "nieuw", content) if ours or path not in given else None
    if beginning.digest(old) == beginning.digest(content):
        return None
    untouched = given.get(path) == beginning.digest(old)
    if untouched or (ours and not marked):
        return Change(path, "anders", content)
    if ours:
        return Change(path, "eigen", content)
    return _more_sources(old, content) if path == _SOURCES else None


def _more_sources(old: bytes, fresh: bytes) -> Change | None:
    """Return the list of bronnen with those that the eindtermen of this program name and it does not have."""
    mine, theirs = parse(_SOURCES, old)[0], parse(_SOURCES, fresh)[0]
    terms = beginning.files().get(_TERMS, b"").decode("utf-8")
    if mine is None or theirs is None or not isinstance(mine.get("bronnen"), list):
        return None
    known = {bron.get("id") for bron in mine["bronnen"] if isinstance(bron, dict)}
    text = old.decode("utf-8-sig")
    lacking = [
        bron
        for bron in theirs["bronnen"]
        if bron["id"] not in known and re.search(rf"(?m)^\s*bron: {re.escape(bron['id'])}$", terms)
    ]
    for bron in lacking:
        try:
            text = yaml_writing.add_to_list(text, "bronnen", bron)
        except ValueError:
            return None
    return Change(_SOURCES, "erbij", text.encode("utf-8")) if lacking else None


def renew(project: Project) -> int:
    """Bring a bank up to date; returns the number under which the old files are kept, 0 when nothing had to change.

    Each file is the old or the new one, whole; what was stopped half-way goes on the next time.
    Raises `WriteError`, also when another run is at work.
    """
    with held(project.root, _PATIENCE):
        wanted = renewal(project)
        if not wanted.changes:
            return 0
        used = (int(one.name) for one in _kept(project).glob("[0-9]*") if one.name.isdecimal())
        number = max(used, default=0) + 1
        folder = _kept(project) / f"{number:05}"
        for change in wanted.changes:
            old = _read(project, change.path)
            if old is not None:
                write_file(folder / change.path, old)
        mark = _read(project, beginning.MARK)
        if mark is not None:
            write_file(folder / beginning.MARK, mark)
        known = {change.path: beginning.digest(change.content) for change in wanted.changes}
        write_file(folder / "inhoud.json", json.dumps(known, indent=1).encode())
        for change in wanted.changes:
            write_file(project.root / change.path, change.content)
        write_file(project.root / beginning.MARK, beginning.mark_of(beginning.files()))
        return number


def can_go_back(project: Project) -> bool:
    """Tell whether an update can be undone."""
    return bool(_numbers(project))


def go_back(project: Project) -> tuple[str, ...]:
    """Put back the files from before the last update; returns those that were changed since, which stay as they are.

    Raises `WriteError`.
    """
    with held(project.root, _PATIENCE):
        numbers = _numbers(project)
        if not numbers:
            return ()
        folder = _kept(project) / f"{max(numbers):05}"
        stay = []
        try:
            for path, made in _renewed(folder).items():
                now, old = _read(project, path), folder / path
                if now is not None and beginning.digest(now) != made:
                    if not old.is_file() or now != old.read_bytes():
                        stay.append(path)
                elif old.is_file():
                    write_file(project.root / path, old.read_bytes())
                else:
                    (project.root / path).unlink(missing_ok=True)
            mark = folder / beginning.MARK
            if mark.is_file():
                write_file(project.root / beginning.MARK, mark.read_bytes())
            else:
                (project.root / beginning.MARK).unlink(missing_ok=True)
            os.replace(folder / "inhoud.json", folder / "teruggedraaid.json")
        except OSError as error:
            raise WriteError(explain_failure(error)) from error
        return tuple(stay)


def _kept(project: Project) -> Path:
    return project.root / ".knm" / "bijgewerkt"


def _numbers(project: Project) -> list[int]:
    found = _kept(project).glob("[0-9]*/inhoud.json")
    return [int(file.parent.name) for file in found if file.parent.name.isdecimal()]


def _renewed(folder: Path) -> dict[str, str]:
    """Return the digest of each file that an update made, by path. A bank may come from anybody: no path leads out of it."""
    try:
        known = json.loads((folder / "inhoud.json").read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return {
        path: made
        for path, made in (known.items() if isinstance(known, dict) else ())
        if isinstance(made, str) and not Path(path).is_absolute() and ".." not in Path(path).parts
    }


def _read(project: Project, path: str) -> bytes | None:
    try:
        return (project.root / path).read_bytes()
    except OSError:
        return None


def _mark(project: Project) -> dict[str, Any]:
    try:
        known = json.loads(_read(project, beginning.MARK) or b"{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) and isinstance(known.get("bestanden"), dict) else {}


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", version)[:3])
