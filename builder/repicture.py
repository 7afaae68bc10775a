"""A picture from outside → a picture that is fit for the bank: made anew, so that nothing else comes along.

In: a name and bytes. Out: PNG of ordinary size on white (no place, camera or comment stays), or an SVG of shapes only,
without metadata and comments; or a Dutch sentence why not. One `Studio` serves one delivery (an upload, a zip, a file
to import) and keeps count: a thousand huge pictures in a small file are refused before they are opened. It opens no
file.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from xml.etree import ElementTree

from PIL import Image, ImageOps, UnidentifiedImageError

from builder import pictures
from builder.dutch import file_size

MAX_BYTES = 5_000_000
MOST = "5 MB"  # that, as every form and message says it
MAX_SIDE = 1600
MAX_STORED = 2 * 1024 * 1024  # what reading accepts beside an item
_MAX_AREA = 12_000_000  # pixels opened at once: 36 MB
_MAX_AREA_JPEG = 50_000_000  # a JPEG is made smaller while it is opened
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_FORMATS = ["PNG", "JPEG", "GIF", "WEBP"]


class Unfit(Exception):
    """A picture that cannot be used; the message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A picture that can be used: its ending and its bytes."""

    suffix: str
    data: bytes


class Studio:
    """Makes the pictures of one delivery anew, within what a file of `size` bytes can reasonably hold."""

    def __init__(self, size: int) -> None:
        """Start with room for forty million pixels, and more for a larger file."""
        self.room = 40_000_000 + 100 * size
        self.made: dict[bytes, Fit] = {}

    def fit(self, name: str, data: bytes) -> Fit:
        """Return the picture made anew. Raises `Unfit`."""
        if data not in self.made:
            self.made[data] = self._fit(name, data)
        return self.made[data]

    def _fit(self, name: str, data: bytes) -> Fit:
        if not data:
            raise Unfit("Het plaatje is leeg.")
        if len(data) > MAX_BYTES:
            raise Unfit(f"Het plaatje is {file_size(len(data))}. Ten hoogste {MOST} kan.")
        if name.lower().endswith(".svg") or data.lstrip()[:5] in (b"<?xml", b"<svg "):
            return Fit("svg", _svg(data))
        return Fit("png", self._png(data))

    def _png(self, data: bytes) -> bytes:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count ourselves, below
                plain = self._opened(data)
        except UnidentifiedImageError:
            raise Unfit(
                "Dit is geen PNG, JPG, GIF, WebP of SVG. Bewaar het plaatje in een van die vormen."
            ) from None
        except Image.DecompressionBombError:
            raise Unfit("Het plaatje is te groot: het heeft te veel beeldpunten. Maak het kleiner.") from None
        except (OSError, ValueError, SyntaxError, MemoryError, EOFError, IndexError, OverflowError, KeyError,
                TypeError, AttributeError, RuntimeError):  # fmt: skip
            raise Unfit("Het plaatje is beschadigd. Bewaar het opnieuw.") from None
        side = MAX_SIDE
        while True:
            smaller = plain.copy()
            smaller.thumbnail((side, side))
            out = io.BytesIO()
            smaller.save(out, "PNG")
            if out.tell() <= MAX_STORED:
                return out.getvalue()
            side = side * 3 // 4

    def _opened(self, data: bytes) -> Image.Image:
        opened = Image.open(io.BytesIO(data), formats=_FORMATS)
        width, height = opened.size
        most = _MAX_AREA_JPEG if opened.format == "JPEG" else _MAX_AREA
        if width * height > most or not width or not height:
            raise Unfit(
                f"Het plaatje heeft {width} bij {height} beeldpunten. Dat is te groot. Maak het kleiner."
            )
        self.room -= width * height
        if self.room < 0:
            raise Unfit(
                "Alle plaatjes in dit bestand zijn samen te groot. Verdeel de vragen over meer bestanden."
            )
        if opened.format == "JPEG":
            opened.draft("RGB", (2 * MAX_SIDE, 2 * MAX_SIDE))
        turned = opened.getexif().get(0x0112, 1) if opened.format in ("JPEG", "PNG", "WEBP") else 1
        see_through = "A" in opened.getbands() or "transparency" in opened.info
        flat = opened.convert("RGBA" if see_through else "RGB")
        if see_through:  # our pictures have their own background: dark mode must not change them
            white = Image.new("RGB", flat.size, "white")
            white.paste(flat, mask=flat.getchannel("A"))
            flat = white
        fresh = Image.new("RGB", flat.size)
        fresh.paste(flat)
        if turned != 1:
            fresh.getexif()[0x0112] = turned
            fresh = ImageOps.exif_transpose(fresh)
        return fresh


def _svg(data: bytes) -> bytes:
    """Return a drawing without what is not seen: the very bytes, when there is nothing of that in it."""
    found = pictures.inspect("plaatje.svg", data)
    if found.problems:
        raise Unfit(f"Het plaatje kan niet: {'; '.join(found.problems)}.")
    root = ElementTree.fromstring(data)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}metadata":
                parent.remove(child)
        for name in list(parent.attrib):
            if name.startswith("data-") or (name.startswith("{") and not name.startswith(f"{{{_XLINK}}}")):
                del parent.attrib[name]
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    fresh = ElementTree.tostring(root, encoding="unicode").encode("utf-8") + b"\n"
    if _plain(fresh) == _plain(data):
        return data
    if pictures.inspect("plaatje.svg", fresh).problems:
        raise Unfit("Dit plaatje kunnen wij niet veilig bewaren. Teken het eenvoudiger.")
    return fresh


def _plain(data: bytes) -> str:
    """Return a drawing in the one form in which two equal ones are equal, comments with it."""
    return ElementTree.canonicalize(
        data.decode("utf-8"), with_comments=True, rewrite_prefixes=True, strip_text=True
    )
