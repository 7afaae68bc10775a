"""Files that somebody just sent and has not decided about: kept in memory until the workshop closes.

In: names and bytes. Out: a token for a hidden field, and the files back. Nothing of it comes on disk; only the last few
are kept, and who comes too late sends the file again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from builder.workshop.store import Refusal

MOST = 6


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent, and the files beside it by name."""

    name: str
    content: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)


class Holding:
    """The last few files that were sent."""

    def __init__(self) -> None:
        """Begin with none."""
        self._sent: dict[str, Sent] = {}
        self._alone = Lock()

    def keep(self, sent: Sent) -> str:
        """Keep what was sent and return its token; the oldest goes when there are too many."""
        mark = hashlib.sha256()
        for part in (sent.name.encode("utf-8", "surrogatepass"), sent.content):
            mark.update(b"%d:" % len(part) + part)
        for name, content in sorted(sent.beside.items()):
            mark.update(name.encode("utf-8", "surrogatepass") + b":%d:" % len(content) + content)
        token = mark.hexdigest()[:32]
        with self._alone:
            self._sent.pop(token, None)
            self._sent[token] = sent
            while len(self._sent) > MOST:
                self._sent.pop(next(iter(self._sent)))
        return token

    def get(self, token: str) -> Sent:
        """Return what was sent. Raises `Refusal` when it is not kept any more."""
        with self._alone:
            found = self._sent.get(token)
        if found is None:
            raise Refusal("Dit bestand hebben we niet meer. Kies het nog een keer.")
        return found
