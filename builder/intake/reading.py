"""Which file is what, and the reader for it. Never raises for what a file holds.

In: a file name and bytes. Out: a `Delivery`; when the file cannot be read it says why. What counts is what is in the
file; the ending only helps to tell two kinds of text apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from builder.intake.delivery import Delivery, Stop
from builder.intake.opening import Archive, decode, local, open_zip, parse_xml
from builder.intake.read_gift import looks_like_gift, read_gift
from builder.intake.read_json import read_json
from builder.intake.read_moodle import read_moodle
from builder.intake.read_qti import read_item, read_package
from builder.intake.read_table import looks_like_table, read_csv, read_workbook
from builder.intake.rows import Beside
from builder.intake.rules import I401, I408

_KNOWN = "Wij lezen Excel (.xlsx), CSV, Moodle XML, GIFT, QTI 2 en 3, en onze eigen JSON."
# What people send that we do not read, by how it begins.
_OTHERS = (
    (b"%PDF", "Dit is een PDF.", "Zet de vragen in het werkblad van: knm template xlsx."),
    (b"\xd0\xcf\x11\xe0", "Dit is een oud Office-bestand.", "Open het, en bewaar het als .xlsx."),
    (
        b"\x1f\x8b",
        "Dit is een ingepakt bestand, misschien een back-up van Moodle.",
        "Exporteer de vragen als Moodle XML.",
    ),
    (
        b"{\\rtf",
        "Dit is een tekst uit een tekstverwerker.",
        "Zet de vragen in het werkblad van: knm template xlsx.",
    ),
    (b"Rar!", "Dit is een RAR-bestand.", "Maak er een gewone zip van."),
    (b"7z\xbc\xaf", "Dit is een 7z-bestand.", "Maak er een gewone zip van."),
    (b"\x89PNG", "Dit is een plaatje.", "Leg het naast het werkblad, en noem het in de kolom Plaatje."),
    (b"\xff\xd8\xff", "Dit is een plaatje.", "Leg het naast het werkblad, en noem het in de kolom Plaatje."),
)
_PACKED = (
    (
        "word/document.xml",
        "Dit is een Word-bestand.",
        "Zet de vragen in het werkblad van: knm template xlsx.",
    ),
    (
        "ppt/presentation.xml",
        "Dit is een PowerPoint-bestand.",
        "Zet de vragen in het werkblad van: knm template xlsx.",
    ),
    (
        "h5p.json",
        "Dit is een H5P-bestand. Dat lezen we niet.",
        "Zet de vragen in het werkblad van: knm template xlsx.",
    ),
    ("moodle_backup.xml", "Dit is een back-up van Moodle.", "Exporteer de vragen als Moodle XML."),
    ("content.xml", "Dit is een bestand van LibreOffice.", "Open het, en bewaar het als .xlsx."),
)


def no_pictures(_: str) -> bytes | None:
    """Return no picture: there is nothing beside the file."""
    return None


def read(name: str, data: bytes, beside: Beside = no_pictures) -> Delivery:
    """Return the questions of a file. `beside` gives the bytes of a picture in the same folder, or None."""
    try:
        return _reader(name.lower(), data)(data, beside)
    except Stop as stop:
        return Delivery("", (), (stop.remark,), True)


def _reader(name: str, data: bytes) -> Callable[[bytes, Beside], Delivery]:
    if not data.strip():
        raise Stop(I408, "Dit bestand is leeg.", "Kijk of je het goede bestand koos.")
    for mark, what, instead in _OTHERS:
        if data.startswith(mark):
            raise Stop(I401, what, instead)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _packed(open_zip(data))
    text = decode(data[:400_000] if len(data) > 400_000 else data, "latin-1" if len(data) > 400_000 else "")
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "<":
        return lambda data, _: _xml(parse_xml(data))
    if name.endswith((".csv", ".tsv")) or (not name.endswith((".gift", ".json")) and looks_like_table(text)):
        return read_csv
    if name.endswith(".json") or (start in "{[" and not looks_like_gift(text)):
        return lambda data, _: read_json(data)
    if name.endswith(".gift") or looks_like_gift(text):
        return lambda data, _: read_gift(data)
    if start in "{[":
        return lambda data, _: read_json(data)
    raise Stop(I401, "Wij weten niet wat dit voor een bestand is.", _KNOWN)


def _packed(archive: Archive) -> Callable[[bytes, Beside], Delivery]:
    if archive.has("xl/workbook.xml"):
        return read_workbook
    for part, what, instead in _PACKED:
        if archive.has(part):
            raise Stop(I401, what, instead)
    if any(found.lower().endswith(".xml") for found in archive.names):
        return lambda _, __: read_package(archive)
    raise Stop(I401, "In deze zip zitten geen vragen die wij kunnen lezen.", _KNOWN)


def _xml(root: Any) -> Delivery:
    name = local(root)
    if name == "quiz":
        return read_moodle(root)
    if name in ("assessmentItem", "qti-assessment-item"):
        return read_item(root)
    if name == "questestinterop":
        raise Stop(I401, "Dit is QTI 1.2. Dat lezen we niet.", "Exporteer de vragen als QTI 2.1 of QTI 3.")
    if name in ("manifest", "assessmentTest", "qti-assessment-test"):
        raise Stop(I401, "Dit is één deel van een QTI-pakket.", "Geef de hele zip, niet alleen dit bestand.")
    if name == "html":
        raise Stop(I401, "Dit is een webpagina.", "Zet de vragen in het werkblad van: knm template xlsx.")
    raise Stop(I401, f"Dit is XML, maar het is geen bestand met vragen (<{name[:40]}>).", _KNOWN)
