"""Looking for words in everything that a file holds: zips in zips, PDF, office files, base64, names, split words.

In: a name and bytes. Out: which words stand where. What it can find is proven in `test_secrecy.py`; a word that was
drawn in a picture of pixels it cannot see.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

import pikepdf
import pypdfium2

DEEP = 8
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{4}[\r\n]*){6,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_known: dict[tuple[bytes, tuple[str, ...]], tuple[tuple[str, str], ...]] = {}


def inside(content: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """Yield what a file holds, one layer down: a name, the bytes, and whether they may be a file of their own."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield "", archive.comment, False
            for info in archive.infolist():
                yield info.filename, info.comment + info.extra, False
                yield info.filename, archive.read(info), True
    elif content.startswith(b"\x1f\x8b"):
        with suppress(OSError, EOFError, zlib.error):
            yield "gzip", gzip.decompress(content), True
    elif content.startswith(b"%PDF"):
        yield from _of_pdf(content)
    for number, match in enumerate(_BASE64.finditer(content)):
        with suppress(binascii.Error, ValueError):
            yield f"base64-{number}", base64.b64decode(re.sub(rb"\s", b"", match[0]), validate=True), True


def _of_pdf(content: bytes) -> Iterator[tuple[str, bytes, bool]]:
    document = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(document, start=1):
            yield f"page-{number}", page.get_textpage().get_text_range().encode("utf-8"), False
    finally:
        document.close()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        told: list[str] = list(_strings(pdf.trailer, 0))
        for number, thing in enumerate(pdf.objects):
            told += _strings(thing, 0)
            if isinstance(thing, pikepdf.Stream):
                try:
                    held = thing.read_bytes()
                except pikepdf.PdfError:
                    held = thing.read_raw_bytes()
                yield f"stream-{number}", held, True
        yield "objects", "\n".join(told).encode("utf-8"), False


def _strings(thing: Any, deep: int) -> Iterator[str]:
    if deep > 6:
        return
    if isinstance(thing, pikepdf.String | pikepdf.Name):
        yield str(thing)
    elif isinstance(thing, pikepdf.Array):
        for inner in thing:
            yield from _strings(inner, deep + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, inner in thing.items():
            yield str(key)
            if not getattr(inner, "is_indirect", False):
                yield from _strings(inner, deep + 1)


def squashed(text: str) -> str:
    """Return only the letters and digits of a text, small: tags, hyphens and escapes no longer part a word."""
    if "\\u" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # the signs of ASCII go first and at once; what is left has few others
    text = text.encode("utf-8", "surrogatepass").translate(None, _SIGNS).decode("utf-8", "surrogatepass")
    return (text if text.isascii() else re.sub(r"\W+", "", text)).lower()


def readings(content: bytes) -> Iterator[str]:
    """Yield the texts that these bytes can be read as, squashed."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be") if b"\0" in content else ("utf-8",):
        text = content.decode(encoding, "ignore")
        yield squashed(text)
        if encoding == "utf-8":
            if "<" in text:
                yield squashed(html.unescape(_TAG.sub("", text)))
            if "%" in text:
                yield squashed(unquote(text))


def words_in(name: str, content: bytes, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (place, word) for every word in a file or in a name; `!` stands between a file and what is inside it.

    Words are small ASCII letters and digits.
    """
    yield from ((name, word) for word in words if word in squashed(name))
    for place, word in _scan(content, tuple(words), 0):
        yield f"{name}{place}", word


def _scan(content: bytes, words: tuple[str, ...], deep: int) -> tuple[tuple[str, str], ...]:
    """Return (place, word) for these bytes and all that is in them; the same bytes are looked at once."""
    key = (hashlib.sha256(content).digest(), words)
    if key not in _known:
        texts = list(readings(content))
        found = [("", word) for word in words if any(word in text for text in texts)]
        for name, held, is_file in inside(content) if deep < DEEP else ():
            found += [(f"!{name}", word) for word in words if word in squashed(name)]
            if is_file:
                found += [(f"!{name}{place}", word) for place, word in _scan(held, words, deep + 1)]
            else:
                texts = list(readings(held))
                found += [(f"!{name}", word) for word in words if any(word in text for text in texts)]
        _known[key] = tuple(found)
    return _known[key]
