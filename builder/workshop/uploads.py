"""A picture from outside → bytes that are fit for the bank, or a Dutch sentence why not.

In: the name and bytes of an upload. Out: PNG made anew (nothing of the old file stays: no place, camera or
comment) or an SVG of shapes only, written anew. It opens no file and knows no document.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from xml.etree import ElementTree

from PIL import Image, ImageOps, UnidentifiedImageError

from builder import pictures
from builder.loading.read import MAX_PICTURE_BYTES

MAX_UPLOAD = 5 * 1024 * 1024
_MAX_SIDE = 1600
_MAX_AREA = 50_000_000
_SVG = "http://www.w3.org/2000/svg"
_LEFT_OUT = {f"{{{_SVG}}}metadata"}


class Unfit(Exception):
    """A picture that cannot be used; the message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A picture that can be used: its ending and its bytes."""

    suffix: str
    data: bytes


def fit(name: str, data: bytes) -> Fit:
    """Return the picture, made anew. Raises `Unfit`."""
    if not data:
        raise Unfit("Dit bestand is leeg. Kies een ander plaatje.")
    if len(data) > MAX_UPLOAD:
        raise Unfit(
            f"Dit plaatje is {len(data) / 1_000_000:.1f} MB. Ten hoogste 5 MB kan.".replace(".", ",", 1)
        )
    if name.lower().endswith(".svg") or data.lstrip()[:5] in (b"<?xml", b"<svg "):
        return Fit("svg", _svg(data))
    return Fit("png", _png(data))


def _svg(data: bytes) -> bytes:
    found = pictures.inspect("plaatje.svg", data)
    if found.problems:
        raise Unfit(f"Dit plaatje kan niet: {'; '.join(found.problems)}.")
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(data)
    for parent in root.iter():
        for child in list(parent):
            if child.tag in _LEFT_OUT:
                parent.remove(child)
    fresh = ElementTree.tostring(root, encoding="unicode").encode("utf-8") + b"\n"
    if pictures.inspect("plaatje.svg", fresh).problems:
        raise Unfit("Dit plaatje kunnen wij niet veilig bewaren. Teken het eenvoudiger.")
    return fresh


def _png(data: bytes) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
            width, height = opened.size
            if width * height > _MAX_AREA or not width or not height:
                raise Unfit(
                    f"Dit plaatje heeft {width} bij {height} punten. Dat is te groot. Maak het kleiner."
                )
            upright = ImageOps.exif_transpose(opened)
            mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
            plain = upright.convert(mode)
    except Unfit:
        raise
    except UnidentifiedImageError:
        raise Unfit("Dit is geen PNG, JPG of SVG. Bewaar het plaatje in een van die vormen.") from None
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError, Warning):
        raise Unfit("Dit plaatje is beschadigd. Bewaar het opnieuw en probeer het nog eens.") from None
    if mode == "RGBA":  # our pictures have their own background: dark mode must not change them
        white = Image.new("RGB", plain.size, "white")
        white.paste(plain, mask=plain.getchannel("A"))
        plain = white
    side = _MAX_SIDE
    while True:
        smaller = plain.copy()
        smaller.thumbnail((side, side))
        fresh = Image.new("RGB", smaller.size)
        fresh.paste(smaller)
        out = io.BytesIO()
        fresh.save(out, "PNG", optimize=True)
        if len(out.getvalue()) <= MAX_PICTURE_BYTES:
            return out.getvalue()
        side = side * 3 // 4


def name_for(document: str, field: str, suffix: str, taken: frozenset[str]) -> str:
    """Return a free file name for a picture of a field: the id, a letter for an option, a number when needed."""
    option = re.search(r"\.([0-9]+)\.", f".{field}.")
    stem = f"{document}-{chr(ord('a') + int(option[1]) % 26)}" if option else document
    names = [f"{stem}.{suffix}", *(f"{stem}-{number}.{suffix}" for number in range(2, 1000))]
    return next(name for name in names if name not in taken)
