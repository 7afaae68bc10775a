"""Whether a picture is fit to use: form, size, and nothing in it that can act or call elsewhere.

In: the bytes of a picture. Out: its media type and size in pixels, or what is wrong, in Dutch.
It opens no file and knows no document.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from xml.etree import ElementTree

MAX_SVG_BYTES = 200 * 1024
MAX_PIXELS = 4000
_SVG = "{http://www.w3.org/2000/svg}"
# Shapes and what colours them; all else is refused.
_ALLOWED = frozenset(
    "svg g defs title desc metadata rect circle ellipse line polyline polygon path linearGradient "
    "radialGradient stop clipPath mask pattern use symbol".split()
)
# What is met most often, said more clearly.
_FORBIDDEN = {
    "script": "een script",
    "text": "losse letters (<text>); teken letters als vormen",
    "style": "een <style>; zet kleuren als fill en stroke op de vormen",
    "foreignObject": "iets wat geen tekening is (<foreignObject>)",
    "image": "een ander plaatje (<image>)",
    "animate": "een animatie",
    "animateTransform": "een animatie",
    "set": "een animatie",
    "a": "een link",
    "iframe": "een andere pagina",
}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a picture is: media type and size in pixels; `problems` is empty when it is fit."""

    media_type: str
    width: int
    height: int
    problems: tuple[str, ...] = ()


def inspect(name: str, data: bytes) -> Inspected:
    """Return what the picture `name` is and every problem with it (Dutch clauses, without full stop)."""
    suffix = name.rpartition(".")[2].lower()
    if suffix == "svg":
        return _svg(data)
    if suffix == "png":
        return _png(data)
    return Inspected("", 0, 0, ("het is geen SVG of PNG; bewaar het als PNG of teken het als SVG",))


def _png(data: bytes) -> Inspected:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:
        return Inspected("image/png", 0, 0, ("het bestand is geen goede PNG",))
    width, height = struct.unpack(">II", data[16:24])
    problems: tuple[str, ...] = ()
    if not 0 < width <= MAX_PIXELS or not 0 < height <= MAX_PIXELS:
        problems = (f"het is {width} bij {height} beeldpunten; ten hoogste {MAX_PIXELS} mag",)
    return Inspected("image/png", width, height, problems)


def _svg(data: bytes) -> Inspected:
    problems: list[str] = []
    if len(data) > MAX_SVG_BYTES:
        return Inspected("image/svg+xml", 0, 0, ("het is groter dan 200 kB",))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return Inspected("image/svg+xml", 0, 0, ("het is niet als UTF-8 opgeslagen",))
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return Inspected("image/svg+xml", 0, 0, ("er staat een DOCTYPE of ENTITY in",))
    if re.search(r"<\?(?!xml\s)", text) or re.search(
        r"encoding\s*=\s*[\"'](?!utf-8[\"'])", text[:200], re.IGNORECASE
    ):
        return Inspected(
            "image/svg+xml", 0, 0, ("er staat een opdracht voor een ander programma in (<?…?>)",)
        )
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        return Inspected("image/svg+xml", 0, 0, (f"het is geen goede SVG (regel {error.position[0]})",))
    if root.tag != f"{_SVG}svg":
        return Inspected("image/svg+xml", 0, 0, ("het begint niet met <svg>",))
    box = re.fullmatch(
        r"\s*0[ ,]+0[ ,]+([0-9]+(?:\.[0-9]+)?)[ ,]+([0-9]+(?:\.[0-9]+)?)\s*", root.get("viewBox", "")
    )
    width, height = (float(box[1]), float(box[2])) if box else (0.0, 0.0)
    if not (0 < width <= MAX_PIXELS and 0 < height <= MAX_PIXELS):
        problems.append('er hoort een viewBox in, bijvoorbeeld viewBox="0 0 480 320"')
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        local = element.tag.rpartition("}")[2]
        if local not in _ALLOWED or not element.tag.startswith(_SVG):
            problems.append(f"er staat {_FORBIDDEN.get(local, f'iets wat geen vorm is (<{local}>)')} in")
        for attribute, value in element.attrib.items():
            problems.extend(_attribute_problems(attribute.rpartition("}")[2], value))
    if not problems and not _has_background(root, width, height):
        problems.append("er is geen eigen achtergrond; begin met een rechthoek (<rect>) over het hele vlak")
    return Inspected("image/svg+xml", round(width), round(height), tuple(dict.fromkeys(problems)))


def _attribute_problems(name: str, value: str) -> list[str]:
    if name.lower().startswith("on"):
        return [f"er staat een opdracht in ({name})"]
    if name == "href" and not value.startswith("#"):
        return ["er staat een verwijzing naar buiten in (href)"]
    outside = re.search(r"url\(\s*['\"]?(?!#)", value) or "javascript:" in value.lower() or "@import" in value
    if outside and name != "xmlns":
        return [f"er staat een verwijzing naar buiten in ({name})"]
    return []


def _has_background(root: ElementTree.Element, width: float, height: float) -> bool:
    skip = {"title", "desc", "defs", "metadata"}
    for element in root.iter():
        local = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if element is root or local in skip or local == "g":
            continue
        if local != "rect":
            return False
        wide, high = element.get("width", ""), element.get("height", "")
        try:
            covers = (wide == "100%" or float(wide) >= width) and (high == "100%" or float(high) >= height)
        except ValueError:
            return False
        return covers and element.get("fill", "") != "none"
    return False
