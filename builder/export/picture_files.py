"""Pictures of questions as files in a package: a name that cannot clash, a size, and PNG where asked.

In: a question as the teacher sees it. Out: names, sizes and bytes. It knows no format.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.diagnostics import Diagnostic, Rule, Severity
from builder.model.docent import DocentOptie, DocentToets, DocentVraag
from builder.model.itembank import Itembank
from builder.model.kandidaat import LETTERS, Plaatje
from builder.typesetting import TypesettingError, svg_to_png

PNG_SIDE = 960  # pixels: sharp on a telephone, small in a file

X511 = Rule(
    "X511",
    "plaatje-wordt-geen-png",
    Severity.ERROR,
    "Moodle en H5P kunnen geen SVG tonen. Daarom maken we er een PNG van. Lukt dat niet, dan zou de vraag zonder plaatje komen.",
    '<svg viewBox="0 0 480 320" width="0">',
    '<svg viewBox="0 0 480 320">',
)


RULES = (X511,)


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture with the name, the bytes and the size it gets in a package."""

    name: str
    data: bytes
    media_type: str
    width: int
    height: int
    alt: str


# The pictures of a toets by question id and the option's place in the item (0 is the stem).
Pictures = dict[tuple[str, int], PictureFile]


def picture_name(vraag: DocentVraag, optie: DocentOptie | None = None) -> str:
    """Return the name without ending: made of the item id and the option's place in the item.

    So two items that each have a `foto.png` never clash, and no space or accent is in it.
    """
    place = "stam" if optie is None else f"optie-{LETTERS[optie.plaats - 1].lower()}"
    return f"{vraag.item.id}-{place}"


def as_it_is(picture: Plaatje, name: str, widest: int) -> PictureFile:
    """Return the picture unchanged, to be shown at most `widest` pixels wide."""
    ending = "svg" if picture.media_type == "image/svg+xml" else "png"
    width, height = shown_size(picture, widest)
    return PictureFile(f"{name}.{ending}", picture.data, picture.media_type, width, height, picture.alt)


def as_png(picture: Plaatje, name: str, side: int = PNG_SIDE) -> PictureFile:
    """Return the picture as a PNG whose longest side is `side` pixels. Raises `TypesettingError`."""
    data, width, height = picture.data, picture.width, picture.height
    if picture.media_type != "image/png":
        scale = side / max(width, height)
        width, height = max(1, round(width * scale)), max(1, round(height * scale))
        data = svg_to_png(picture.data, width, height)
    return PictureFile(f"{name}.png", data, "image/png", width, height, picture.alt)


def shown_size(picture: Plaatje, widest: int) -> tuple[int, int]:
    """Return width and height to show: never larger than it is, at most `widest` wide."""
    if picture.width <= widest:
        return picture.width, picture.height
    return widest, max(1, round(picture.height * widest / picture.width))


def png_pictures(bank: Itembank, view: DocentToets) -> tuple[Pictures, tuple[Diagnostic, ...]]:
    """Return all pictures of the toets as PNG, and a finding for each that cannot be one."""
    made: Pictures = {}
    found: list[Diagnostic] = []
    for vraag in view.vragen:
        shown: list[tuple[DocentOptie | None, Plaatje | None]] = [(None, vraag.gezien.afbeelding)]
        shown += [(optie, optie.gezien.afbeelding) for optie in vraag.opties]
        for optie, picture in shown:
            if picture is None:
                continue
            try:
                file = as_png(picture, picture_name(vraag, optie))
            except TypesettingError as error:
                found.append(_png_refused(bank, vraag, optie, error))
            else:
                made[vraag.item.id, optie.plaats if optie else 0] = file
    return made, tuple(found)


def _png_refused(
    bank: Itembank, vraag: DocentVraag, optie: DocentOptie | None, error: TypesettingError
) -> Diagnostic:
    """Return the finding for a picture that did not become a PNG."""
    path = ("afbeelding",) if optie is None else ("opties", optie.plaats - 1, "afbeelding")
    return Diagnostic(
        X511,
        bank.locate(vraag.item.id, *path),
        f"Van een plaatje van {vraag.item.id} kan geen PNG gemaakt worden. {error}.",
        "Sla het plaatje opnieuw op, bijvoorbeeld met Inkscape als gewone SVG.",
    )
