"""What a page in the browser sent last: so that a check that comes too late changes nothing.

In: the mark of a page, and how much was typed on it when a check left. Out: whether that check is behind. Requests of one
page can overtake each other: a check that was on its way when a button was pressed, or two checks at once. A page whose
form was sent is closed: what it still had on its way, is older than that form. It is kept in memory: late is seconds.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_MOST = 500
_CLOSED = 1 << 62


class Turns:
    """The pages that are open, and how far each of them is."""

    def __init__(self) -> None:
        """Begin with no page."""
        self._last: dict[str, int] = {}
        self._alone = threading.Condition()

    def close(self, sheet: str) -> None:
        """Take no check of this page from now on: its form was sent."""
        with self._alone:
            self._note(sheet, _CLOSED)
            self._alone.notify_all()

    @contextmanager
    def take(self, sheet: str, number: str) -> Iterator[bool]:
        """Yield whether a check may be kept: nothing newer came from its page. No other one comes in between."""
        with self._alone:
            typed = int(number) if number.isdigit() and len(number) < 12 else 0
            fresh = not sheet or typed >= self._last.get(sheet, 0)
            if fresh:
                self._note(sheet, typed)
            yield fresh
            self._alone.notify_all()  # whoever waits goes on when this one is done

    def wait(self, sheet: str, number: str, seconds: float) -> None:
        """Wait until this much of a page has come, as long as that takes few seconds: it left before its successor asked."""
        typed = int(number) if number.isdigit() and len(number) < 12 else 0
        with self._alone:
            self._alone.wait_for(lambda: self._last.get(sheet, -1) >= typed, seconds)

    def _note(self, sheet: str, number: int) -> None:
        if not sheet:
            return
        self._last.pop(sheet, None)
        self._last[sheet] = number
        if len(self._last) > _MOST:
            del self._last[next(iter(self._last))]
