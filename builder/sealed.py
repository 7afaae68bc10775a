"""What is kept between runs, with a seal before it: half, damaged or strange, it counts as not there.

In: bytes, or plain data. Out: the same, or nothing. The data is JSON, which cannot act when it is read. A seal is no
proof of who wrote it: whoever keeps something must itself see that it is true.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Sized
from contextlib import suppress
from pathlib import Path
from typing import Any

from builder.artifacts import WriteError, write_file

_SEAL = 32  # bytes: the SHA-256 of what follows
FEW = 20  # so many are sooner found again than all the rest is written
MOST = 512 * 1024 * 1024  # bytes; ours is 60 MB at 100,000 items


def seal(content: bytes) -> bytes:
    """Return the content with its seal before it."""
    return hashlib.sha256(content).digest() + content


def unseal(data: bytes) -> bytes | None:
    """Return the content, None when the seal is not that of the content."""
    content = data[_SEAL:]
    return content if hashlib.sha256(content).digest() == data[:_SEAL] else None


def read_plain(file: Path) -> Any:
    """Return the data in a sealed file, None when there is none that is whole. Never raises for what it holds."""
    try:
        found = file.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST:
            return None
        content = unseal(file.read_bytes())
        return None if content is None else json.loads(content)
    except (OSError, ValueError, RecursionError):
        return None


def write_plain(file: Path, data: Any) -> None:
    """Keep plain data in a sealed file, for its owner only. When that cannot be done, nothing is kept."""
    content = json.dumps(data, separators=(",", ":")).encode("ascii")
    with suppress(WriteError):
        if own_folder(file.parent):
            write_file(file, seal(content), private=True)


def worth_keeping(before: Sized, used: Sized, now: Sized) -> bool:
    """Tell whether writing is worth its time: there is more than a little new, or much that nothing uses any more."""
    return len(now) - len(used) > FEW or len(before) - len(used) > len(before) // 10


def own_folder(folder: Path) -> bool:
    """Make a folder that only its owner may enter; return False when it is elsewhere or cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if folder.is_symlink() or folder.parent.is_symlink():  # what came with the project may point anywhere
            return False
        folder.chmod(0o700)
    except OSError:
        return False
    return True
