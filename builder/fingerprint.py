"""What decides what this program makes and finds: its own files and the libraries it leans on, as one digest.

For what is kept between runs: made by another version, it is not used. It knows nothing of what is kept.
"""

from __future__ import annotations

import hashlib
import platform
import zlib
from functools import cache
from importlib import metadata
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def fingerprint(libraries: tuple[str, ...]) -> str:
    """Return the digest of the Python files, templates and word lists of this program, and of these libraries' versions.

    Worked out once in a run: what changes on the disk later is not what is running.
    """
    known = hashlib.sha256()
    files = [*_PACKAGE.rglob("*.py"), *(_PACKAGE / "templates").rglob("*"), *_PACKAGE.glob("*/data/**/*")]
    for file in sorted(file for file in files if file.is_file() and "__pycache__" not in file.parts):
        known.update(f"{file.relative_to(_PACKAGE).as_posix()}\0".encode())
        known.update(hashlib.sha256(file.read_bytes()).digest())
    known.update(f"{platform.python_version()} {zlib.ZLIB_RUNTIME_VERSION}\0".encode())
    for name in libraries:
        known.update(f"{name} {metadata.version(name)}\0".encode())
    return known.hexdigest()
