"""How long something takes, to compare with something else that ran here just now: never with the clock alone."""

from __future__ import annotations

import time
from collections.abc import Callable


def spent(what: Callable[[], object], runs: int = 3) -> float:
    """Return the seconds of the processor of the quickest of a few runs."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        what()
        taken.append(time.process_time() - start)
    return min(taken)
