"""Zips in memory, and folders as if they were one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """Return a zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the files of a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Return the paths of files that are not the same in both; to let pytest show how two sites differ costs minutes."""
    return [path for path in {**before, **after} if before.get(path) != after.get(path)]


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, hidden ones too, by its path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }
