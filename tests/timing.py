"""How long something takes, to compare with something else that ran here just now: never with the clock alone."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def spent(what: Callable[[], object], runs: int = 3) -> float:
    """Return the seconds of the processor of the quickest of a few runs: of this thread only, and without the
    collecting of what other tests left behind."""
    taken = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(runs):
            start = time.thread_time()
            what()
            taken.append(time.thread_time() - start)
    finally:
        gc.enable()
    return min(taken)
