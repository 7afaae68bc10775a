"""Numbered proposals on disk: the next number, the files, what was decided, and publishing. Nothing is overwritten.

In: a folder and a proposal. Out: a folder `voorstel-001` and on; findings. The command and the
workshop both keep proposals here, so that the one can go on where the other stopped.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from builder.artifacts import create_file, write_folder
from builder.diagnostics import Diagnostic, Location
from builder.locking import held
from builder.visits.bundle import bundle
from builder.visits.nouns import Aanvraag
from builder.visits.plan import Voorstel
from builder.visits.rules import V616
from builder.visits.solve import Opdracht

NUMBERED = re.compile(r"voorstel-(\d{3,9})")
PUBLISHED = "VASTGESTELD.txt"
PLAN = "plan.xlsx"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A proposal that is on disk: its name, and what a person should know."""

    name: str
    findings: tuple[Diagnostic, ...]


def names_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the proposals in a folder, in the order of their numbers."""
    found = [path.name for path in folder.glob("voorstel-*") if NUMBERED.fullmatch(path.name)]
    return tuple(sorted(found, key=_number))


def called_off_in(folder: Path) -> tuple[str, ...]:
    """Return the groups that had called off already in the proposal of this folder; none when it holds no proposal."""
    try:
        data = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        return tuple(str(one["groep"]) for one in data["afgezegd"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _number(name: str) -> int:
    match = NUMBERED.fullmatch(name)
    return int(match[1]) if match else 0


def keep(proposal: Voorstel, folder: Path, order: Opdracht) -> Kept:
    """Write a proposal under the next number; two runs at once get two numbers. Raises `WriteError`."""
    with held(folder, patience=_PATIENCE):
        name = f"voorstel-{max(map(_number, names_in(folder)), default=0) + 1:03}"
        made, found = bundle(proposal, name, order)
        write_folder(folder / name, made)
    breaches = [
        Diagnostic(V616, Location("Bezoeken"), breach.tekst, "Verplaats het bezoek, of maak het los.")
        for breach in proposal.breuken
    ]
    return Kept(name, (*breaches, *found))


def with_decisions(
    request: Aanvraag, called_off: Collection[str] = (), pinned: Collection[str] = ()
) -> Aanvraag:
    """Return the request with these groups called off and the visits of those groups pinned."""
    visits = tuple(
        replace(
            visit,
            afgezegd=visit.afgezegd or visit.groep in called_off,
            vast=visit.vast or visit.groep in pinned,
        )
        for visit in request.bezoeken
    )
    return replace(request, bezoeken=visits)


def publish(folder: Path, day: date) -> bool:
    """Mark a proposal as published, with a checksum of each file; False when it was already. Raises `WriteError`."""
    lines = [f"{number}  {path}" for path, number in _sums(folder).items()]
    text = f"Vastgesteld op {day.isoformat()}.\n\n" + "\n".join(lines) + "\n"
    return create_file(folder / PUBLISHED, text.encode("utf-8"))


def _sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != PUBLISHED
    }


def spoiled(folder: Path) -> tuple[str, ...]:
    """Return in words what changed in a published proposal since: a file with another content, one gone, one added."""
    text = (folder / PUBLISHED).read_text(encoding="utf-8", errors="replace")
    then = {path: number for number, path in re.findall(r"^([0-9a-f]{64})  (.+)$", text, re.M)}
    now = _sums(folder)
    if not then:
        return (f"{PUBLISHED} zelf is veranderd",)
    return tuple(
        f"{path} is {'weg' if path not in now else 'erbij gekomen' if path not in then else 'veranderd'}"
        for path in sorted({*then, *now})
        if then.get(path) != now.get(path)
    )


def published_in(folder: Path) -> tuple[str, ...]:
    """Return the names of the proposals that were published."""
    return tuple(name for name in names_in(folder) if (folder / name / PUBLISHED).is_file())


@dataclass(frozen=True, slots=True)
class Gemist:
    """A group without a visit, as a kept proposal tells of it."""

    groep: str
    waarom: str
    per_locatie: tuple[tuple[str, str], ...]
    helpt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wijziging:
    """A line of "wie verhuist, waarom", in words."""

    groep: str
    was: str
    wordt: str
    waarom: str


@dataclass(frozen=True, slots=True)
class Verhaal:
    """What a kept proposal says of itself, beside the plan: why, what helps, and how good it is."""

    vandaag: str
    let_op: tuple[str, ...]
    waarom: dict[str, str]
    gemist: tuple[Gemist, ...]
    als_dan: tuple[tuple[str, int, int], ...]
    wijzigingen: tuple[Wijziging, ...]
    breuken: tuple[str, ...]
    bewezen: bool
    gezocht: bool
    marge: float


def story(folder: Path) -> Verhaal | None:
    """Return what `plan.json` of a proposal tells; None when it is not there or somebody spoiled it."""
    try:
        return _story(json.loads((folder / "plan.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _story(data: Any) -> Verhaal:
    turns = {name: turn for turn, name in enumerate(map(str, data["wachtlijst"]))}
    missed = [
        Gemist(
            str(one["groep"]), str(one["waarom"]),
            tuple((str(place), " ".join(str(why["tekst"]) for why in reasons)) for place, reasons in one["per_locatie"].items() if reasons),
            tuple(map(str, one["helpt"])),
        )
        for one in data["niet_gepland"]
    ]  # fmt: skip
    search = data["zoeken"]
    price, bound = int(search["prijs_cent"]), int(search["ondergrens_cent"])
    return Verhaal(
        str(data["vandaag"]),
        tuple(map(str, data["let_op"])),
        {str(one["groep"]): str(one["waarom"]) for one in data["bezoeken"]},
        tuple(sorted(missed, key=lambda one: turns.get(one.groep, len(turns)))),
        tuple((str(one["als"]), int(one["groepen_meer"]), int(one["cent_meer"])) for one in data["wat_als"]),
        tuple(_changes(data["wijzigingen"])),
        tuple(str(one["tekst"]) for one in data["breuken"]),
        bool(search["bewezen"]),
        bool(search.get("gezocht", True)),
        max(0.0, (price - bound) / price) if price > 0 else 0.0,
    )


def _changes(rows: Sequence[Any]) -> list[Wijziging]:
    return [
        Wijziging(str(one["groep"]), str(one["was"]), str(one["wordt"]), str(one["waarom"])) for one in rows
    ]
