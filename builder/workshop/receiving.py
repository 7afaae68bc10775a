"""A package from outside → what may be written in this bank, and whether it is here already.

In: the desk and a `Package`. Out: a `Taken` with the bytes to write, or a `Meeting` with a document that is here. What
others said about the text does not come along. Only `keep` writes: bronnen first, then pictures, then the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.diagnostics import Diagnostic
from builder.model.item import Item
from builder.model.les import Les
from builder.workshop import bronlijst, reviewing
from builder.workshop.desk import Desk, Judged, Text
from builder.workshop.store import Conflict, Refusal, Store, mark_of
from builder.workshop.submissions import Package

_NOT_ALONG = ("beoordelingen", "gebruik", "reden", "vervangen_door")
_NOT_COMPARED = frozenset({*_NOT_ALONG, "id", "status", "versie", "reeks"})
_NOTE = "ontvangen"
_AGAIN = "Iemand anders veranderde net iets. Probeer het nog een keer."


@dataclass(frozen=True, slots=True)
class Taken:
    """What may be written: path and bytes of the document, its pictures by path, bronnen, and what to tell.

    `basis` is the mark of the document that it replaces, empty for a new one.
    """

    path: str
    raw: bytes
    pictures: dict[str, bytes]
    bronnen: bronlijst.Longer | None
    digest: str
    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...]
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A document that is here already: is its text the same, in what else it differs, may it be replaced."""

    id: str
    path: str
    same_text: bool
    differs: tuple[str, ...]
    replaceable: bool


def take_in(desk: Desk, package: Package, taken_ids: Sequence[str]) -> Taken:
    """Return the document as it may come into the bank: as concept, with a free id. Raises `Refusal`.

    `taken_ids` are names that are in use or ever were.
    """
    if package.secret and desk.secret is None:
        raise Refusal("Deze vraag is geheim. Zet eerst een besloten map in knm.toml. Er is niets bewaard.")
    name, notes = package.name, []
    if name in taken_ids:
        name = _free(package, taken_ids)
        notes.append(f"{package.name} bestond al. Het nieuwe nummer is {name}.")
        if "reeks" in package.data:  # the one that was there has that place
            notes.append("De plaats in een reeks is niet meegekomen. Vul die zelf in.")
    if set(_NOT_ALONG) & set(package.data):
        notes.append("Oude beoordelingen zijn niet meegekomen. Een collega hier kijkt opnieuw.")
    files = {one: _new_name(one, package.name, name) for one in package.pictures}
    return _taken(desk, package, name, files, notes, "")


def replacement(desk: Desk, package: Package, meeting: Meeting) -> Taken:
    """Return the package as the next text of a concept that came before it. Raises `Refusal`."""
    if not meeting.replaceable:
        raise Refusal(f"{meeting.id} is hier veranderd. Neem deze versie als nieuwe vraag.")
    store = desk.store_of(meeting.path)
    folder = meeting.path.rpartition("/")[0]
    files = {}
    for one, content in package.pictures.items():
        first = _new_name(one, package.name, meeting.id)
        stem, _, suffix = first.rpartition(".")
        free = (
            name
            for name in (first, *(f"{stem}-{number}.{suffix}" for number in range(2, 1000)))
            if store.read(f"{folder}/{name}") in (None, content)
        )  # the old pictures stay: going back needs them
        files[one] = next(free)
    return _taken(desk, package, meeting.id, files, [], mark_of(store.read(meeting.path)))


def _taken(
    desk: Desk, package: Package, name: str, files: Mapping[str, str], notes: list[str], basis: str
) -> Taken:
    thema = name.rpartition("-")[0] if package.kind == "item" else str(package.data.get("thema", ""))
    if not re.fullmatch(r"[a-z]+", thema):
        raise Refusal("Het thema van deze les kennen we niet. Er is niets bewaard.")
    folder = f"items/{thema}" if package.kind == "item" else f"content/lessen/{thema}"
    path = f"{folder}/{name}.yaml"
    data = _as(package, name, files)
    raw = desk.written(Text(path, package.kind, package.raw, package.data), data)
    pictures = {f"{folder}/{files[one]}": content for one, content in package.pictures.items()}
    bronnen = _bronnen(desk, package, notes)
    beside = {**pictures, bronlijst.PATH: bronnen.after} if bronnen else pictures
    judged = desk.judge_raw(path, raw, beside)
    document = reviewing.document_of(judged.bank, name)
    if document is None:
        raise Refusal(_why_not(judged))
    digest = reviewing.digest_of(judged.bank, document)
    return Taken(path, raw, pictures, bronnen, digest, judged.findings, tuple(notes), basis)


def _why_not(judged: Judged) -> str:
    why = " ".join(one.message for one in judged.errors[:5])
    more = (
        " Vraag je collega om een nieuwe zip. Daar gaan de bronnen in mee."
        if any(one.rule.code == "L205" for one in judged.errors)
        else ""
    )
    return f"Deze inzending past niet in de bank. {why}{more} Er is niets bewaard."


def _bronnen(desk: Desk, package: Package, notes: list[str]) -> bronlijst.Longer | None:
    """Return the list with the bronnen that are new here; one that is here already stays as it is, and that is told."""
    if not package.bronnen:
        return None
    ours = {str(record.get("id")): record for record in bronlijst.known(desk)[1]}
    wanted = set(bronlijst.names_in(package.data))
    fresh: dict[str, bronlijst.Record] = {}
    for record in package.bronnen:
        name = str(record.get("id", ""))
        if name not in wanted or name in fresh:
            continue  # of no use to this document
        if name not in ours:
            fresh[name] = record
            notes.append(f"Nieuwe bron erbij, {name}: {bronlijst.told(record)}.")
        elif record != ours[name]:
            notes.append(
                f"Bron {name} staat hier al, maar anders. De onze blijft. "
                f"Bij de afzender staat: {bronlijst.told(record)}."
            )
    if not fresh:
        return None
    if package.secret:
        notes.append("De lijst met bronnen is openbaar. Kijk of deze bron daar mag staan.")
    made = bronlijst.longer(desk, list(fresh.values()))
    if made.findings:
        why = " ".join(one.message for one in made.findings[:3])
        raise Refusal(f"Een bron in deze zip is niet goed. {why} Er is niets bewaard.")
    return made


def meet(desk: Desk, package: Package, taken: Taken) -> Meeting | None:
    """Return the document that is here already and that this is too, or a next text of; None when there is none."""
    bank = desk.bank()
    documents: list[Item | Les] = (
        [*bank.items.values()] if package.kind == "item" else [*bank.lessen.values()]
    )
    alive = [document for document in documents if document.status != "vervallen"]
    for document in alive:
        if reviewing.digest_of(bank, document) == taken.digest:
            return _meeting(desk, package, document.id, True)
    came = _came(desk, package)
    here = next((document for document in alive if document.id == came.get("id")), None)
    return _meeting(desk, package, here.id, False) if here is not None else None


def _meeting(desk: Desk, package: Package, name: str, same_text: bool) -> Meeting:
    text = desk.document(desk.bank().locations[name].path)
    now = text.data or {}
    came = _came(desk, package)
    untouched = (
        came.get("id") == name
        and came.get("merk") == mark_of(text.raw)
        and now.get("status") == "concept"
        and not desk.store_of(text.path).drafts(text.path)
    )
    files = {one: _new_name(one, package.name, name) for one in package.pictures}
    theirs = _as(package, name, files)
    if same_text:  # the pictures are the same, whatever they are called
        theirs, now = _without_files(theirs), _without_files(now)
    differs = tuple(
        key
        for key in dict.fromkeys([*theirs, *now])
        if key not in _NOT_COMPARED and theirs.get(key) != now.get(key)
    )
    return Meeting(name, text.path, same_text, differs, untouched and bool(differs))


def _came(desk: Desk, package: Package) -> dict[str, Any]:
    """Return what was noted when this question came before: its id here, and the mark of the file that was written."""
    noted = _store(desk, package).note(_NOTE).get(_key(package)) if package.bank else None
    return noted if isinstance(noted, dict) else {}


def _key(package: Package) -> str:
    return f"{package.bank}/{package.kind}/{package.name}"


def _store(desk: Desk, package: Package) -> Store:
    store = desk.secret if package.secret else desk.open
    if store is None:
        raise Refusal("Deze vraag is geheim. Zet eerst een besloten map in knm.toml. Er is niets bewaard.")
    return store


def keep(desk: Desk, package: Package, taken: Taken) -> None:
    """Write what was taken in, and note where it came from. Raises `Refusal` when something changed meanwhile."""
    store = _store(desk, package)
    try:
        if taken.bronnen is not None:
            desk.open.save(bronlijst.PATH, taken.bronnen.after, mark_of(taken.bronnen.before))
        if taken.basis:
            for path, content in taken.pictures.items():
                if not store.create(path, content) and store.read(path) != content:
                    raise Refusal(_AGAIN)
            store.save(taken.path, taken.raw, taken.basis)
        elif not store.create_all(taken.path, taken.raw, taken.pictures):
            raise Refusal("Iemand anders nam net dit nummer. Probeer het nog een keer.")
    except Conflict:
        raise Refusal(_AGAIN) from None
    if package.bank:
        name = taken.path.rpartition("/")[2].removesuffix(".yaml")
        noted = {**store.note(_NOTE), _key(package): {"id": name, "merk": mark_of(taken.raw)}}
        store.write_note(_NOTE, noted)


def _as(package: Package, name: str, files: Mapping[str, str]) -> dict[str, Any]:
    """Return the data of a package as a concept with this id, its pictures under the names that they will have."""
    data = {key: value for key, value in package.data.items() if key not in _NOT_ALONG}
    if name != package.name:
        data.pop("reeks", None)
    made: dict[str, Any] = _renamed(data, files)
    return {**made, "id": name, "status": "concept", "versie": 1}


def _free(package: Package, taken: Sequence[str]) -> str:
    if package.kind == "item":
        thema = package.name.rpartition("-")[0]
        names = [f"{thema}-{number:03}" for number in range(1, 1000)]
    else:
        names = [f"{package.name}-{number}" for number in range(2, 1000)]
    free = next((name for name in names if name not in taken), None)
    if free is None:
        raise Refusal("Er is geen nummer meer vrij. Er is niets bewaard.")
    return free


def _new_name(file: str, old: str, new: str) -> str:
    return f"{new}{file.removeprefix(old)}" if file.startswith(old) else f"{new}-{file}"


def _renamed(value: Any, files: Mapping[str, str]) -> Any:
    """Return the data with the names of its pictures as they will be."""
    if isinstance(value, dict):
        return {
            key: files.get(part, part)
            if key == "bestand" and isinstance(part, str)
            else _renamed(part, files)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_renamed(part, files) for part in value]
    return value


def _without_files(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_files(part) for key, part in value.items() if key != "bestand"}
    if isinstance(value, list):
        return [_without_files(part) for part in value]
    return value
