"""What leaves the machine: a path and bytes, written so that the old or the new is there, never half.

In: artifacts in memory. Out: files, folders and zips on disk. It knows nothing of what is in them.
"""

from __future__ import annotations

import ctypes
import errno
import glob
import os
import secrets
import shutil
import stat
import sys
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_RENAME_EXCHANGE = 2  # linux/fs.h
_HERE = -100  # AT_FDCWD
_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file to write: its path with forward slashes, relative to where it goes, and its bytes."""

    path: str
    content: bytes


class WriteError(Exception):
    """Writing failed (disk full, no right to write); the message is a Dutch sentence. What was there is whole."""


def write_file(target: Path, content: bytes, private: bool = False) -> None:
    """Write one file: beside it first, then rename. Raises `WriteError`; the old file is then untouched.

    A file that is replaced keeps its rights; `private` gives it to its owner only.
    """
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(target)
        temporary = _beside(target)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600 if private else 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not private and target.exists():
            os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise WriteError(_sentence(target, error)) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def create_file(target: Path, content: bytes) -> bool:
    """Write a new file and return True; return False, touching nothing, when it exists already.

    Raises `WriteError` when writing fails; then no file is left.
    """
    if target.exists() or target.is_symlink():
        return False
    temporary = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear(target)
        temporary.write_bytes(content)
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError as error:
        raise WriteError(_sentence(target, error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return True


def write_folder(target: Path, artifacts: Iterable[Artifact], private: bool = False) -> int:
    """Replace the folder `target` by these artifacts as a whole; returns how many files were written.

    All is written beside `target` and swapped in at the end: a full disk or a kill leaves the old folder.
    `private` gives the folder and all in it to its owner only. Raises `WriteError`, and ValueError for a path
    that would leave the folder (our own mistake).
    """
    fresh: Path | None = None
    count = 0
    try:
        fresh = fresh_folder(target, private)
        for artifact in artifacts:
            file = (fresh / artifact.path).resolve()
            if not file.is_relative_to(fresh.resolve()):
                raise ValueError(f"artifact outside its folder: {artifact.path}")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(artifact.content)
            count += 1
        if private:
            for path in fresh.rglob("*"):
                path.chmod(0o700 if path.is_dir() else 0o600)
        swap_folder(fresh, target)
        fresh = None
    except OSError as error:
        raise WriteError(_sentence(target, error)) from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
    return count


def fresh_folder(target: Path, private: bool = False) -> Path:
    """Return a new empty folder beside `target`, to fill and then to swap in. Raises OSError.

    It gets the rights of the folder that it will replace; with `private` only its owner may enter. What a
    killed run left behind is cleared: half a new folder is thrown away, and when the kill came between the
    two renames of a swap, the old folder comes back.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    old = target.with_name(f".{target.name}.oud")
    if old.exists() and not target.exists():
        os.replace(old, target)
    _clear(target)
    fresh = _beside(target)
    fresh.mkdir(mode=0o700 if private else 0o777)
    if not private and target.is_dir():
        os.chmod(fresh, stat.S_IMODE(target.stat().st_mode))
    return fresh


def swap_folder(fresh: Path, target: Path) -> None:
    """Put the finished folder `fresh` in the place of `target` (same parent). Raises OSError.

    Where the system can exchange two folders at once (Linux), there is no moment without one. Elsewhere a kill
    between two renames leaves the old folder under a hidden name, and the next `fresh_folder` brings it back.
    """
    old = target.with_name(f".{target.name}.oud")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        if _exchange(fresh, target):
            shutil.rmtree(fresh, ignore_errors=True)
            return
        os.replace(target, old)
    try:
        os.replace(fresh, target)
    except OSError:
        if old.exists():
            os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False when this system or disk cannot."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _beside(target: Path) -> Path:
    """Return a free hidden name beside `target`."""
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.nieuw")


def _clear(target: Path) -> None:
    """Throw away what killed runs left beside `target`, half written."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*.nieuw"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()


def zip_bytes(artifacts: Iterable[Artifact]) -> bytes:
    """Return a zip of these artifacts: sorted, with a fixed date, so that same input gives same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for artifact in sorted(artifacts, key=lambda artifact: artifact.path):
            info = zipfile.ZipInfo(artifact.path, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, artifact.content)
    return buffer.getvalue()


def zip_folder(folder: Path, inside: str) -> bytes:
    """Return a zip of every file in a folder, under a folder named `inside`. Raises `WriteError`."""
    try:
        return zip_bytes(
            Artifact(f"{inside}/{path.relative_to(folder).as_posix()}", path.read_bytes())
            for path in folder.rglob("*")
            if path.is_file()
        )
    except OSError as error:
        raise WriteError(_sentence(folder, error)) from error


def explain_failure(error: OSError) -> str:
    """Return what a failure of the machine means for the user, in Dutch."""
    why = _READING.get(error.errno or 0) or _why(error)
    return f"{error.filename}: {why}" if error.filename else why


def _sentence(target: Path, error: OSError) -> str:
    return f"{target.name} is niet geschreven. {_why(error)} Wat er stond, is nog heel."


def _why(error: OSError) -> str:
    """Return a Dutch sentence for the number of a failure; the words of the system are in the language of the system."""
    number = f" (nummer {error.errno})" if error.errno else ""
    return _WHY.get(error.errno or 0, f"De computer geeft een fout{number}. Probeer het opnieuw.")


_NOT_ALLOWED = "Je mag hier niet schrijven. Kijk naar de rechten van de map."
_NO_FOLDER = "Op deze plaats staat een bestand waar een map hoort. Haal het weg of kies een andere map."
_WHY = {
    errno.ENOENT: "Deze map of dit bestand is er niet. Kijk naar de naam en de map.",
    errno.ENOSPC: "De schijf is vol. Maak ruimte en probeer het opnieuw.",
    errno.EDQUOT: "Je schijfruimte is op. Maak ruimte en probeer het opnieuw.",
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: "Deze schijf is alleen te lezen. Kies een andere map.",
    errno.EEXIST: _NO_FOLDER,
    errno.EFBIG: "Het bestand is te groot voor deze schijf. Kies een andere map of schijf.",
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: "Op deze plaats staat een map waar een bestand hoort. Kies een andere naam.",
    errno.ENOTEMPTY: "Deze map is niet leeg. Kies een andere map.",
    errno.ENAMETOOLONG: "De naam is te lang. Kies een kortere naam.",
    errno.EMFILE: "Er staan te veel bestanden open. Sluit andere programma's en probeer het opnieuw.",
    errno.ENFILE: "Er staan te veel bestanden open. Sluit andere programma's en probeer het opnieuw.",
    errno.EIO: "De schijf werkt niet goed. Probeer het opnieuw, of kies een andere schijf.",
    errno.EADDRINUSE: "Een ander programma gebruikt deze poort. Kies een andere poort.",
    errno.EBUSY: "Een ander programma gebruikt dit bestand of deze map. Sluit het en probeer het opnieuw.",
}
# A failure that we only pass on may as well come from reading.
_READING = dict.fromkeys(
    (errno.EACCES, errno.EPERM), "Je mag dit niet lezen of schrijven. Kijk naar de rechten van bestand en map."
)
