"""A file from outside → verdicts on its questions → new items in the bank. Composes intake, loading and checks.

In: a project and a file. Out: entries; and, only when asked, new files on disk. The new items are judged by the same
load → validate → link → check as everything, laid over the bank. What is written is new: nothing is overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from builder import checks, sheets, yaml_writing
from builder.artifacts import WriteError, create_file
from builder.checks import duplicates
from builder.checks.context import Context
from builder.diagnostics import Diagnostic
from builder.dutch import file_size
from builder.intake import giving_back, reading
from builder.intake.delivery import Delivery
from builder.intake.draft import Wishes
from builder.intake.opening import MAX_FILE
from builder.intake.plan import Entry, Verdict, plan, settle
from builder.intake.rows import Beside
from builder.language.dictionary import find_dictionary
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.office import Properties
from builder.project import Project
from builder.repicture import MAX_BYTES

SCHEMA = "../../schemas/item.schema.json"
NO_DATE = date(1980, 1, 1)  # of a workbook, where nobody told the day: outside git
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


class NotAdmitted(Exception):
    """The file cannot be read or the items not be written; the message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was read and what becomes of each question; `bank` is the bank as it was."""

    delivery: Delivery
    entries: tuple[Entry, ...]
    bank: Itembank


def admit(project: Project, file: Path, wishes: Wishes, day: date | None) -> Verdicts:
    """Return the verdict on each question of a file; nothing is written. Raises `NotAdmitted`."""
    return _admitted(
        project,
        file.name,
        lambda: _read(file),
        lambda name: picture_beside(file.parent, name),
        wishes,
        day,
        (),
    )


def admit_sent(
    project: Project, name: str, data: bytes, beside: Mapping[str, bytes], wishes: Wishes, day: date | None,
    taken: Iterable[str] = (),
) -> Verdicts:  # fmt: skip
    """Return the verdict on each question of a file that is in memory, with the pictures that were sent beside it.

    `taken` are more ids that are never given again. Nothing is written. Raises `NotAdmitted`.
    """

    def picture(wanted: str) -> bytes | None:
        return beside.get(wanted) if wanted.lower().endswith(_PICTURES) else None

    return _admitted(project, name, lambda: data, picture, wishes, day, taken)


def _admitted(
    project: Project, name: str, content: Callable[[], bytes], beside: Beside, wishes: Wishes, day: date | None,
    taken: Iterable[str],
) -> Verdicts:  # fmt: skip
    bank, _ = load(project)
    if wishes.eindterm and not bank.has_eindterm(wishes.eindterm):
        raise NotAdmitted(f"Eindterm {wishes.eindterm} bestaat niet. Kijk in content/eindtermen.yaml.")
    data = content()
    delivery = reading.read(name, data, beside)
    entries = () if delivery.refused else judged(project, bank, delivery, len(data), wishes, day, taken)
    return Verdicts(delivery, entries, bank)


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise NotAdmitted(f"{file} bestaat niet, of is geen bestand. Kijk naar de naam en de map.")
    size = file.stat().st_size
    if size > MAX_FILE:
        told = f"{file.name} is {file_size(size)}. Ten hoogste {file_size(MAX_FILE)} kan. Verdeel de vragen."
        raise NotAdmitted(told)
    return file.read_bytes()


def picture_beside(folder: Path, name: str) -> bytes | None:
    """Return a picture that lies in a folder: an ordinary file with a plain name, and no more of it than is allowed."""
    path = folder / name
    if "\0" in name or path.name != name or path.suffix.lower() not in _PICTURES:
        return None
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError:
        return None


def judged(
    project: Project, bank: Itembank, delivery: Delivery, size: int, wishes: Wishes, day: date | None,
    also_taken: Iterable[str] = (),
) -> tuple[Entry, ...]:  # fmt: skip
    """Return the verdict on each question: the new items are loaded and checked as if they stood in the bank."""
    taken = _taken(project, bank) | set(also_taken)
    entries = plan(delivery, size, bank, wishes, taken)
    swapped = dict(_documents(entries))
    if not swapped:
        return entries
    together, found = load(project, swapped)
    ids = {entry.id for entry in entries if entry.verdict is Verdict.READY}
    # only the new items: the rest of the bank was checked before, and checking takes time
    items = {name: item for name, item in together.items.items() if name in ids}
    alone = replace(together, items=items, lessen={}, toetsen={}, matrijzen={}, paginas={})
    told: list[Diagnostic] = [*found, *checks.check(alone, Context(day, find_dictionary()))]
    told += [one for one in duplicates.check(together) if one not in told]
    return settle(entries, [one for one in told if one.location.path in swapped], taken)


def _documents(entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each new file: the pictures of an item before the item itself."""
    for entry in entries:
        if entry.verdict is Verdict.READY:
            data, files = entry.item()
            yield from ((f"{entry.folder}/{name}", content) for name, content in files.items())
            yield f"{entry.folder}/{entry.id}.yaml", yaml_writing.dump(data, SCHEMA).encode("utf-8")


def _taken(project: Project, bank: Itembank) -> set[str]:
    """Return every name that is used or was: ids of the bank, and files that lie in its folders."""
    files = {path.name for path in (project.root / "items").glob("*/*")}
    return {*bank.locations, *bank.broken, *files}


def write_items(project: Project, entries: Sequence[Entry]) -> list[str]:
    """Write the new items and return their paths; an item comes after its pictures, so it is whole or not there.

    Raises `NotAdmitted` when a file appeared meanwhile or the disk refuses; what was written before stays.
    """
    made: list[str] = []
    for path, content in _documents(entries):
        ready = sum(name.endswith(".yaml") for name in made)
        try:
            fresh = create_file(project.root / path, content)
        except WriteError as error:
            raise NotAdmitted(f"{error} Klaar zijn er {ready}.") from error
        if not fresh:
            raise NotAdmitted(
                f"{path} is er intussen al. Dit bestand en wat erna kwam, is niet geschreven. "
                f"Klaar zijn er {ready}. Lees het bestand nog eens in."
            )
        made.append(path)
    return made


def write_back(file: Path, verdicts: Verdicts, day: date | None) -> list[Path]:
    """Write the workbook with what cannot go in yet, and its pictures, beside the file that came in.

    Returns the new files, none when all is well. Raises `NotAdmitted`.
    """
    files = given_back(file.stem, _free_name(file), verdicts, day)
    try:
        return [
            file.parent / target
            for target, content in files.items()
            if create_file(file.parent / target, content)
        ]
    except WriteError as error:
        raise NotAdmitted(str(error)) from error


def given_back(stem: str, name: str, verdicts: Verdicts, day: date | None) -> dict[str, bytes]:
    """Return the workbook `name`.xlsx with what cannot go in yet, and its pictures, as files by name; perhaps none."""
    wrong = [entry for entry in verdicts.entries if entry.verdict is Verdict.BAD]
    if not wrong:
        return {}
    names: dict[tuple[int, str], str] = {}
    files: dict[str, bytes] = {}
    for index, entry in enumerate(wrong):
        for place, (suffix, content) in (entry.draft.pictures if entry.draft else {}).items():
            names[index, place] = f"{name}-{index + 1}{'-' if place else ''}{place}.{suffix}"
            files[names[index, place]] = content
    properties = Properties(f"{stem} · terug", "knm import", day or NO_DATE)
    files[f"{name}.xlsx"] = sheets.write(giving_back.given_back(wrong, verdicts.bank, names), properties)
    return files


def _free_name(file: Path) -> str:
    """Return the name (without ending) of what goes back; one that was given back before gets the next number."""
    stem = re.sub(r"-terug(-[0-9]+)?$", "", file.stem)
    number, name = 1, f"{stem}-terug"
    while any((file.parent / f"{name}{end}").exists() for end in (".xlsx", "-1.png", "-1.svg")):
        number += 1
        name = f"{stem}-terug-{number}"
    return name


def write_template(project: Project, out: Path, day: date | None) -> bool:
    """Write the empty template; return False when there is a file with this name. Raises `NotAdmitted`."""
    bank, _ = load(project)
    try:
        return create_file(out, template(bank, day))
    except WriteError as error:
        raise NotAdmitted(str(error)) from error


def template(bank: Itembank, day: date | None) -> bytes:
    """Return the empty template for a bank as a workbook."""
    properties = Properties("Vragen voor de itembank KNM", "knm template", day or NO_DATE)
    return sheets.write(giving_back.template(bank), properties)
