"""Typst: data in, PDF or PNG out. The only module that imports typst.

In: the name of a template in `templates/pdf`, plain data and pictures. Out: bytes. What comes from a
document reaches Typst as data (a JSON file beside the template) and never as markup. It knows no toets.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent / "templates" / "pdf"
FONTS = TEMPLATES / "fonts"
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]


class TypesettingError(Exception):
    """Typst refused; the message is a Dutch sentence, `characters` are those that no font has."""

    def __init__(self, message: str, characters: str = "") -> None:
        """Keep the sentence, and the characters when these are the matter."""
        super().__init__(message)
        self.characters = characters


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def to_pdf(template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes], day: date) -> bytes:
    """Return the template, filled with `data`, as a PDF/UA-1 and PDF/A-2a file dated `day`.

    `pictures` are files by the relative name that the data uses. Raises `TypesettingError`.
    """
    made = _compile(template, data, pictures, day, "pdf", None)
    assert isinstance(made, bytes)
    return made


def to_png(
    template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes], day: date, ppi: float = 144
) -> tuple[bytes, ...]:
    """Return the pages of the filled template as PNG files, in order. Raises `TypesettingError`."""
    made = _compile(template, data, pictures, day, "png", ppi)
    return (made,) if isinstance(made, bytes) else tuple(made)


@lru_cache(maxsize=256)  # the same picture goes into several files of a bundle
def svg_to_png(svg: bytes, width: int, height: int) -> bytes:
    """Return the SVG as a PNG of this size in pixels. Raises `TypesettingError`."""
    data = {"bestand": "plaatje.svg", "breedte": width, "hoogte": height}
    pages = to_png("plaatje.typ", data, {"plaatje.svg": svg}, date(1980, 1, 1), 72)
    return pages[0]


def _compile(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    day: date,
    form: typst.OutputFormat,
    ppi: float | None,
) -> bytes | list[bytes]:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="knm-typst-") as folder:
        root = Path(folder)
        for source in TEMPLATES.glob("*.typ"):
            (root / source.name).write_bytes(source.read_bytes())
        for name, content in pictures.items():
            target = (root / name).resolve()
            if not target.is_relative_to(root.resolve()):
                raise ValueError(f"picture outside the folder: {name}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        (root / "data.json").write_text(
            json.dumps({**data, "dag": [day.year, day.month, day.day]}, ensure_ascii=False), encoding="utf-8"
        )
        try:
            made = typst.compile(
                root / template,
                root=root,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                format=form,
                ppi=ppi,
                timestamp=moment,
                pdf_standards=STANDARDS if form == "pdf" else [],
            )
        except typst.TypstError as error:
            raise _explained(error) from error
    assert made is not None
    return made


def _explained(error: typst.TypstError) -> TypesettingError:
    said = f"{error.message}\n{error.diagnostic}"
    missing = "".join(dict.fromkeys("".join(re.findall(r'the text `"(.+?)"` could not be displayed', said))))
    if missing:
        return TypesettingError(f"Ons lettertype heeft deze tekens niet: {' '.join(missing)}", missing)
    return TypesettingError(f"Het zetprogramma zegt: {error.message}")
