"""A document as one zip to send, and what is in such a zip from outside.

In: a document with its pictures; or the bytes of a zip. Out: a zip with the document, its pictures and the records of
its bronnen; or a `Package` that is safe to look at. Nothing of a zip is unpacked by name: few, small, flat files with
known names are read in memory and pictures are made anew. `receiving` puts it in a bank. It writes nothing.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from builder import report
from builder.artifacts import Artifact, zip_bytes
from builder.loading.read import MAX_BYTES, parse
from builder.model.item import Item
from builder.model.les import Les
from builder.repicture import MAX_BYTES as PICTURE_BYTES
from builder.repicture import Studio, Unfit
from builder.workshop import bronlijst
from builder.workshop.desk import Desk, Text
from builder.workshop.store import Refusal

MAX_FILES = 20
MAX_SUM = 12 * 1024 * 1024
_DOCUMENT = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml")
_PICTURE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(png|svg)")
_BRONNEN = "bronnen.json"
_OURS = ("manifest.json", "controle.txt", "LEESMIJ.txt", _BRONNEN)
_BANK = re.compile(r"[0-9a-f]{16}")
_ITEM_ID = re.compile(r"[a-z]+-[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Package:
    """What came in: kind, data and pictures by name, and whether it is meant for the secret bank.

    `bronnen` are records as they came; `bank` is the mark of the bank that it comes from, empty when it has none.
    """

    kind: str
    name: str
    raw: bytes
    data: dict[str, Any]
    pictures: dict[str, bytes]
    secret: bool
    bronnen: tuple[dict[str, Any], ...] = ()
    bank: str = ""


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
    if records := bronlijst.used_in(desk, text.data or {}):
        made.append(Artifact(_BRONNEN, (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()))
    manifest = {"soort": text.kind, "id": name, "besloten": secret, "bank": mark_of_bank(desk)}
    made.append(
        Artifact("manifest.json", (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    )
    return f"inzending-{name}.zip", zip_bytes(made)


def mark_of_bank(desk: Desk) -> str:
    """Return the mark of this bank, by which another knows that a newer text is of the same question; empty when none."""
    mark = str(desk.open.note("bank").get("merk", ""))
    return mark if _BANK.fullmatch(mark) else ""


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
    bank = str(manifest.get("bank", ""))
    return Package(
        kind, name, files[document], data, pictures, manifest.get("besloten") is True,
        bronlijst.from_outside(files.get(_BRONNEN, b"[]")), bank if _BANK.fullmatch(bank) else "",
    )  # fmt: skip


def holds_questions(raw: bytes) -> bool:
    """Tell whether this is a file with questions of another program: a workbook, or a package of questions."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return not {"xl/workbook.xml", "imsmanifest.xml"}.isdisjoint(archive.namelist()[:2000])
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OSError):
        return False


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
                most = PICTURE_BYTES if name.endswith((".png", ".svg")) else MAX_BYTES
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
