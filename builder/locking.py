"""One writer at a time in a folder: a second one gets a sentence.

Two folders are held: the root of a bank by who writes documents (verbs and the workshop), and `build/` by who makes
files there. So a long build keeps nobody from saving.

In: a folder. Out: nothing; while it is held, no other run of ours holds it. The system itself lets go of the lock
when a process ends, however it ends, so a killed run leaves nothing stuck. It knows nothing of what is written.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from builder.artifacts import WriteError

SLOT = ".knm-bezig"


class Busy(WriteError):
    """Another run writes in this folder; the message is a Dutch sentence."""


_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _TAKEN:
                return False
            raise
        return True
else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _TAKEN:
                return False
            raise
        return True


@contextmanager
def held(folder: Path, patience: float = 0.0) -> Iterator[None]:
    """Be the only writer in `folder` (made when it is not there), waiting at most `patience` seconds for it.

    Raises `Busy` with a sentence when another run holds it, and OSError when the folder cannot be made.
    In a folder where we may not write there is nobody to keep out: then nothing is held.
    """
    slot = folder / SLOT
    until = time.monotonic() + patience
    while True:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(slot, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            if error.errno not in _NO_RIGHT:
                raise
            yield
            return
        if _take(handle):
            # Who held it before us may have taken the file away after we opened it: then it keeps nobody out.
            if _same(handle, slot):
                break
            os.close(handle)
            continue
        os.close(handle)
        if time.monotonic() >= until:
            raise Busy(
                f"In de map {folder.name} is knm al bezig met een andere opdracht. "
                "Wacht tot die klaar is. Probeer het daarna opnieuw."
            )
        time.sleep(0.05)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows keeps an open file; it is in nobody's way
            slot.unlink()
        os.close(handle)


def _same(handle: int, slot: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), slot.stat())
    except OSError:
        return False
