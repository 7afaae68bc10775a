"""A file from outside opened with care: zip, XML and text, each with its limits.

In: bytes that nobody can be trusted for. Out: the files of a zip, the root of an XML document, text; or a `Stop`
with a Dutch sentence. Nothing is unpacked on disk and nothing outside the bytes is asked for.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from builder.dutch import file_size
from builder.intake.delivery import Spot, Stop
from builder.intake.rules import I402, I403, I404, I405

MAX_FILE = 32 * 1024 * 1024  # what `knm import` reads at all
MAX_UNPACKED = 64 * 1024 * 1024  # everything in a zip together
MAX_PACKED_RATIO = 200  # above a megabyte; real text packs ten to twenty times
MAX_ENTRIES = 3000
MAX_XML = 24 * 1024 * 1024  # a Moodle file with pictures in it
MAX_PART = 4 * 1024 * 1024  # one XML file in a package
MAX_ELEMENTS = 200_000


@dataclass(slots=True)
class Archive:
    """A zip whose names and sizes were found safe; files come out one by one, each within its limit."""

    _zip: zipfile.ZipFile
    _infos: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All file names, sorted."""
        return tuple(sorted(self._infos))

    def has(self, name: str) -> bool:
        """Tell whether there is a file with this name."""
        return name in self._infos

    def read(self, name: str, most: int = MAX_PART) -> bytes:
        """Return a file. Raises KeyError when it is not there, `Stop` when it is too large or broken."""
        info = self._infos[name]
        if info.file_size > most:
            raise Stop(
                I402, f"{name} in de zip is {file_size(info.file_size)}. Ten hoogste {file_size(most)} kan."
            )
        try:
            with self._zip.open(info) as stream:
                data = stream.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ):
            raise Stop(
                I405, f"{name} in de zip is beschadigd.", "Maak de zip opnieuw en probeer het nog eens."
            ) from None
        return data


def open_zip(data: bytes) -> Archive:
    """Return the archive. Raises `Stop` when it is broken or when anything in it could do harm."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeError, IndexError):
        raise Stop(I405, "Deze zip is beschadigd.", "Haal of maak het bestand opnieuw.") from None
    if len(infos) > MAX_ENTRIES:
        raise Stop(
            I402,
            f"In deze zip zitten {len(infos)} bestanden. Ten hoogste {MAX_ENTRIES} kan.",
            "Verdeel haar.",
        )
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_UNPACKED or unpacked > max(1_000_000, MAX_PACKED_RATIO * len(data)):
        raise Stop(
            I402,
            f"Uitgepakt is deze zip {file_size(unpacked)}. Dat is te veel voor dit bestand.",
            "Verdeel de vragen over meer bestanden, of maak de plaatjes kleiner.",
        )
    safe: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        problem = _unsafe(info)
        if not problem and name.lower() in seen:
            problem = "staat er twee keer in"
        if problem:
            raise Stop(
                I403,
                f'In de zip staat "{_short(name)}". Dat {problem}.',
                "Vraag de afzender om een nieuwe zip, of pak haar zelf uit en kijk wat het is.",
            )
        seen.add(name.lower())
        if not name.endswith("/"):
            safe[name] = info
    return Archive(archive, safe)


def _unsafe(info: zipfile.ZipInfo) -> str:
    """Return what is the matter with an entry of a zip ("" when nothing is)."""
    name = info.orig_filename
    parts = re.split(r"[/\\]", name)
    if "\\" in name or name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        return "wijst naar een plaats buiten de zip"
    if any(ord(sign) < 32 for sign in name) or len(name) > 400:
        return "is geen gewone bestandsnaam"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is een verwijzing naar een ander bestand"
    if info.flag_bits & 0x1:
        return "is met een wachtwoord afgesloten"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is op een ongewone manier ingepakt"
    return ""


def _short(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in text)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", ""),
    (b"\x00\x00\xfe\xff", ""),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARED = re.compile(r"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_LATIN = {"iso-8859-1", "iso-8859-15", "latin-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"}


def decode(data: bytes, encoding: str = "") -> str:
    """Return text: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252 as older Dutch programs write.

    Raises `Stop` for what is no text.
    """
    for mark, found in _BOMS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], found or "?"
            break
    tries = ("utf-8", "cp1252", "latin-1") if not encoding else (encoding,)
    for name in tries:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
        break
    raise Stop(
        I405,
        "Wij kunnen de letters in dit bestand niet lezen.",
        "Open het in het programma waarmee het is gemaakt, en bewaar het als UTF-8.",
    )


def parse_xml(data: bytes, most: int = MAX_XML) -> Any:
    """Return the root element. No entity, no DOCTYPE, no other file; raises `Stop` otherwise."""
    if len(data) > most:
        raise Stop(I402, f"Dit XML-bestand is {file_size(len(data))}. Ten hoogste {file_size(most)} kan.")
    head = data[:200].decode("latin-1")
    declared = _DECLARED.match(head.removeprefix("\xef\xbb\xbf"))
    named = declared[1].lower() if declared else ""
    text = decode(data, "cp1252" if named in _LATIN else "utf-8" if named in ("utf-8", "utf8") else "")
    _no_doctype(text)
    # the text is ours now: its own claim about its encoding would only confuse
    plain = re.sub(r"\A\s*<\?xml[^>]*\?>", lambda found: "\n" * found[0].count("\n"), text, count=1)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        line = max(1, getattr(error, "lineno", None) or 1)
        raise Stop(
            I405,
            f"Dit is geen goede XML: op regel {line} klopt iets niet.",
            "Haal het bestand opnieuw uit het programma waar het vandaan komt.",
            Spot(line, 1, f"Regel {line}"),
        ) from None
    if root is None:
        raise Stop(I405, "In dit XML-bestand staat niets.")
    if root.getroottree().docinfo.internalDTD is not None:
        raise _entities()
    for number, _ in enumerate(root.iter()):
        if number > MAX_ELEMENTS:
            raise Stop(
                I402, f"In dit bestand staan meer dan {MAX_ELEMENTS} onderdelen.", "Verdeel de vragen."
            )
    return root


def _entities() -> Stop:
    return Stop(
        I404,
        "Dit XML-bestand begint met een DOCTYPE. Dat lezen we niet.",
        "Haal het bestand opnieuw uit het andere programma, zonder DOCTYPE.",
    )


def no_doctype(data: bytes) -> None:
    """Raise `Stop` when an XML file holds a DOCTYPE; what is no text is left to its reader."""
    _no_doctype(decode(data))


def _no_doctype(text: str) -> None:
    """Raise `Stop` when anything but comments and declarations stands before the root element."""
    at = 0
    while True:
        while at < len(text) and text[at] in " \t\r\n\ufeff":
            at += 1
        if text.startswith("<?", at):
            end, skip = text.find("?>", at), 2
        elif text.startswith("<!--", at):
            end, skip = text.find("-->", at + 4), 3
        elif text.startswith("<!", at):
            raise _entities()
        else:
            return
        if end < 0:
            return  # the parser will say what is wrong
        at = end + skip


def local(element: Any) -> str:
    """Return the name of an element without its namespace ("" for what is no element)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
