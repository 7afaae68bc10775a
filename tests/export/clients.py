"""Programs that read what we make: LibreOffice for office files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

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
