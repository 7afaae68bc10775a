"""Office files made equal: Word, Excel and PowerPoint files packed again, so that same input gives same bytes.

In: an office file as its library wrote it, and what it is called. Out: the same file with our own core
properties, a fixed date everywhere and no preview picture. It knows no toets and none of the libraries.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from lxml import etree

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML cannot hold at all; a document of the bank has none of it, a text from elsewhere may.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Properties:
    """What an office file says about itself."""

    title: str
    keywords: str
    day: date


def pack(content: bytes, properties: Properties) -> bytes:
    """Return the office file with these properties, its parts sorted and dated the same for ever."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = _core(properties)
    parts["docProps/app.xml"] = (
        _HEAD + f'<Properties xmlns="{_APP}"><Application>knm</Application></Properties>'.encode()
    )
    if parts.pop("docProps/thumbnail.jpeg", None) is not None:
        parts["_rels/.rels"] = _without_thumbnail(parts["_rels/.rels"])
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # The list of content types first: some programs know the file by its first part.
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def fit_text(text: str) -> str:
    """Return the text in NFC, without the control characters that XML cannot hold."""
    return _UNFIT.sub("", unicodedata.normalize("NFC", text))


def right_to_left(text: str) -> bool:
    """Tell whether the first letter with a direction runs from right to left, as in Arabic."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def _core(properties: Properties) -> bytes:
    names = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=names)
    moment = f"{properties.day.isoformat()}T00:00:00Z"
    for tag, text in (
        (f"{{{_DC}}}title", fit_text(properties.title)),
        (f"{{{_DC}}}creator", "knm"),
        (f"{{{_CORE}}}keywords", properties.keywords),
        (f"{{{_CORE}}}lastModifiedBy", "knm"),
        (f"{{{_CORE}}}revision", "1"),
        (f"{{{_TERMS}}}created", moment),
        (f"{{{_TERMS}}}modified", moment),
        (f"{{{_DC}}}language", "nl-NL"),
    ):
        element = etree.SubElement(root, tag)
        element.text = text
        if tag.startswith(f"{{{_TERMS}}}"):
            element.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
    return _HEAD + bytes(etree.tostring(root, encoding="utf-8"))


def _without_thumbnail(content: bytes) -> bytes:
    root = etree.fromstring(content)
    for relation in list(root):
        if relation.get("Type", "").endswith("/metadata/thumbnail"):
            root.remove(relation)
    return _HEAD + bytes(etree.tostring(root, encoding="utf-8"))
