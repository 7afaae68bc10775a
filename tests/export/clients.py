"""Programs and libraries that read what we make: LibreOffice, python-docx, python-pptx, pdfium."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import docx
import pptx
import pypdfium2
import pytest
from docx.document import Document

SOFFICE = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)


def through_libreoffice(files: dict[str, bytes], folder: Path) -> dict[str, str]:
    """Open office files in LibreOffice, print them to PDF and return the text of each."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed: KNM_APT=1 make test installs it")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    profile = (folder / "profile").as_uri()
    options = [
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run(
        [SOFFICE, *options, *(str(folder / name) for name in files)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: text_of((folder / name).with_suffix(".pdf").read_bytes()) for name in files}


def text_of(content: bytes) -> str:
    """Return the text of a PDF, its pages parted by form feeds."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return "\f".join(pages).replace("\r\n", "\n")


def squeezed(text: str) -> str:
    """Return the text without any space, to find what a line end has cut."""
    return "".join(text.split())


def flat(text: str) -> str:
    """Return the text as every format keeps it: NFC, and one space for any white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def word_of(content: bytes) -> Document:
    """Return a file for Word as python-docx reads it."""
    return docx.Document(io.BytesIO(content))


def slides_of(content: bytes) -> Any:
    """Return a presentation as python-pptx reads it."""
    return pptx.Presentation(io.BytesIO(content))


def on_screen(slide: Any) -> str:
    """Return the words on a slide, without its notes."""
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def pictures_within(presentation: Any) -> list[str]:
    """Return what is told of each picture; fail when something runs off its slide."""
    alts = []
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width + 1000, shape.name
            assert shape.top + shape.height <= presentation.slide_height + 1000, shape.name
            if shape.shape_type == 13:
                alts.append(shape._element.nvPicPr.cNvPr.get("descr"))
    return alts
