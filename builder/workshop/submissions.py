"""A document as one zip to send, and such a zip back into a bank.

In: a document with its pictures; or the bytes of a zip from outside. Out: a zip; or a document that is safe to look
at. Nothing of a zip is unpacked by name: few, small, flat files with known names are read in memory, pictures are
made anew, and what others said about the text does not come along. It writes nothing.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from builder import report
from builder.artifacts import Artifact, zip_bytes
from builder.diagnostics import Diagnostic
from builder.loading.read import MAX_BYTES, parse
from builder.model.item import Item
from builder.model.les import Les
from builder.repicture import MAX_BYTES as PICTURE_BYTES
from builder.repicture import Studio, Unfit
from builder.workshop.desk import Desk, Text
from builder.workshop.store import Refusal

MAX_FILES = 20
MAX_SUM = 12 * 1024 * 1024
_DOCUMENT = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml")
_PICTURE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(png|svg)")
_OURS = ("manifest.json", "controle.txt", "LEESMIJ.txt")
_ITEM_ID = re.compile(r"[a-z]+-[0-9]{3}")
_NOT_ALONG = ("beoordelingen", "gebruik", "reden", "vervangen_door")


@dataclass(frozen=True, slots=True)
class Package:
    """What came in: kind, data and pictures by name, and whether it is meant for the secret bank."""

    kind: str
    name: str
    raw: bytes
    data: dict[str, Any]
    pictures: dict[str, bytes]
    secret: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What may be written: the path and bytes of the document, its pictures by path, and what to tell."""

    path: str
    raw: bytes
    pictures: dict[str, bytes]
    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...]


def pack(desk: Desk, text: Text) -> tuple[str, bytes]:
    """Return the name and bytes of the zip with a document, its pictures and what the checks say."""
    name = text.path.rpartition("/")[2].removesuffix(".yaml")
    secret = desk.is_secret(text.path)
    judged = desk.judge_raw(text.path, text.raw)
    document: Item | Les | None = judged.bank.items.get(name) or judged.bank.lessen.get(name)
    folder = text.path.rpartition("/")[0]
    store = desk.store_of(text.path)
    made = [Artifact(f"{name}.yaml", text.raw)]
    for afbeelding in document.afbeeldingen if document is not None else ():
        raw = store.read(f"{folder}/{afbeelding.bestand}")
        if raw is not None:
            made.append(Artifact(afbeelding.bestand, raw))
    said = report.as_text(judged.findings) or "De controles vonden niets."
    made.append(Artifact("controle.txt", f"{said}\n".encode()))
    read_me = (
        f"Inzending {name}\r\n\r\nStuur deze zip naar een collega. Die kiest in de werkplaats: Ontvangen.\r\n"
        + ("Let op: deze vraag is geheim. Stuur haar alleen op een veilige manier.\r\n" if secret else "")
    )
    made.append(Artifact("LEESMIJ.txt", read_me.encode("utf-8")))
    manifest = {"soort": text.kind, "id": name, "besloten": secret}
    made.append(
        Artifact("manifest.json", (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    )
    return f"inzending-{name}.zip", zip_bytes(made)


def unpack(raw: bytes) -> Package:
    """Return what is in a zip from outside. Raises `Refusal` with a Dutch sentence for whatever is not right."""
    files = _files(raw)
    documents = [name for name in files if _DOCUMENT.fullmatch(name)]
    if len(documents) != 1:
        raise Refusal(f"In deze zip zitten {len(documents)} vragen. Er hoort er precies één in te zitten.")
    document = documents[0]
    manifest = _manifest(files.get("manifest.json", b"{}"))
    kind = str(manifest.get("soort", "item"))
    name = document.removesuffix(".yaml")
    if kind not in ("item", "les") or (kind == "item" and not _ITEM_ID.fullmatch(name)):
        raise Refusal("Wat in deze zip zit, kennen we niet. Alleen een vraag of een les kan.")
    data, _, found = parse(document, files[document])
    if data is None:
        why = found[0].message if found else ""
        raise Refusal(f"De vraag in deze zip is niet te lezen. {why}".strip())
    pictures, studio = {}, Studio(len(raw))
    for one in files:
        if _PICTURE.fullmatch(one):
            try:
                pictures[one] = studio.fit(one, files[one]).data
            except Unfit as refusal:
                raise Refusal(f"{one}: {refusal}") from refusal
    return Package(kind, name, files[document], data, pictures, manifest.get("besloten") is True)


def _manifest(raw: bytes) -> dict[str, Any]:
    try:
        known = json.loads(raw)
    except (ValueError, RecursionError):
        raise Refusal(
            "Bestand manifest.json in deze zip is niet te lezen. Vraag om een nieuwe zip."
        ) from None
    return known if isinstance(known, dict) else {}


def _files(raw: bytes) -> dict[str, bytes]:
    """Return the files of a zip by name, after a look at names, number and sizes."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_FILES:
                raise Refusal(f"In deze zip zitten {len(infos)} bestanden. Ten hoogste {MAX_FILES} kan.")
            if sum(info.file_size for info in infos) > MAX_SUM:
                raise Refusal("Deze zip wordt te groot als hij open gaat. Ten hoogste 12 MB kan.")
            files: dict[str, bytes] = {}
            for info in infos:
                name = info.filename
                if name in files or not (
                    name in _OURS or _DOCUMENT.fullmatch(name) or _PICTURE.fullmatch(name)
                ):
                    raise Refusal(
                        f"In deze zip zit iets wat er niet hoort: {_short(name)}. Er is niets bewaard."
                    )
                if info.flag_bits & 1:
                    raise Refusal("Deze zip heeft een wachtwoord. Vraag om een zip zonder wachtwoord.")
                most = MAX_BYTES if name.endswith(".yaml") else PICTURE_BYTES
                with archive.open(info) as file:
                    content = file.read(most + 1)
                if len(content) > most:
                    raise Refusal(f"Het bestand {name} in deze zip is te groot.")
                files[name] = content
            return files
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise Refusal("Dit is geen goede zip. Vraag je collega om een nieuwe.") from None


def _short(name: str) -> str:
    plain = "".join(char if char.isprintable() else "?" for char in name)
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def take_in(desk: Desk, package: Package, taken_ids: Sequence[str]) -> Taken:
    """Return the document as it may come into the bank: as concept, with a free id. Raises `Refusal`.

    `taken_ids` are names that are in use or ever were.
    """
    if package.secret and desk.secret is None:
        raise Refusal("Deze vraag is geheim. Zet eerst een besloten map in knm.toml. Er is niets bewaard.")
    data = {key: value for key, value in package.data.items() if key not in _NOT_ALONG}
    name, notes = package.name, []
    if name in taken_ids:
        name = _free(package, taken_ids)
        notes.append(f"{package.name} bestond al. Het nieuwe nummer is {name}.")
        if data.pop("reeks", None):  # the one that was there has that place
            notes.append("De plaats in een reeks is niet meegekomen. Vul die zelf in.")
    data = {
        **_renamed(data, package.name, name, package.pictures),
        "id": name,
        "status": "concept",
        "versie": 1,
    }
    if set(_NOT_ALONG) & set(package.data):
        notes.append("Oude beoordelingen zijn niet meegekomen. Een collega hier kijkt opnieuw.")
    thema = name.rpartition("-")[0] if package.kind == "item" else str(package.data.get("thema", ""))
    if not re.fullmatch(r"[a-z]+", thema):
        raise Refusal("Het thema van deze les kennen we niet. Er is niets bewaard.")
    folder = f"items/{thema}" if package.kind == "item" else f"content/lessen/{thema}"
    path = f"{folder}/{name}.yaml"
    raw = desk.written(Text(path, package.kind, package.raw, package.data), data)
    pictures = {
        f"{folder}/{_new_name(one, package.name, name)}": content for one, content in package.pictures.items()
    }
    judged = desk.judge_raw(path, raw, pictures)
    if name not in judged.bank.items and name not in judged.bank.lessen:
        why = " ".join(one.message for one in judged.errors[:5])
        raise Refusal(f"Deze inzending past niet in de bank. {why} Er is niets bewaard.")
    return Taken(path, raw, pictures, judged.findings, tuple(notes))


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


def _renamed(value: Any, old: str, new: str, pictures: dict[str, bytes]) -> Any:
    """Return the data with the names of its pictures as they will be."""
    if isinstance(value, dict):
        return {
            key: _new_name(part, old, new)
            if key == "bestand" and isinstance(part, str) and part in pictures
            else _renamed(part, old, new, pictures)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_renamed(part, old, new, pictures) for part in value]
    return value
