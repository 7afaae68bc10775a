"""The search in the background: one at a time for a plan, with how far it is and a way to stop.

In: the name of a plan and what to do. Out: a `Werk` that pages can ask. What is found becomes a proposal on disk; when
the workshop is killed half way, nothing of it is there and nothing else is lost.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from builder.artifacts import WriteError
from builder.visits.solve import Opdracht, Tussenstand
from builder.workshop.store import Refusal

_FASEN = {
    "": "We zetten alles klaar.",
    "zoeken": "We zoeken een eerste plan.",
    "uitleggen": "We zoeken uit waarom een groep niet past.",
    "wat als": "We rekenen uit wat zou helpen.",
    "papier": "We maken het rekenblad, de agenda en de brieven.",
}


@dataclass
class Werk:
    """A search that goes on, or that ended: in `klaar` the proposal, or in `fout` a sentence."""

    groepen: int
    seconden: float
    fase: str = ""
    stand: Tussenstand | None = None
    klaar: str = ""
    fout: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def bezig(self) -> bool:
        """Tell whether it still goes on."""
        return not self.klaar and not self.fout

    def zinnen(self) -> list[str]:
        """Return how far it is, in words."""
        if self.fout:
            return [self.fout]
        told = []
        if self.stand is not None:
            share = f"{100 * self.stand.marge:.1f}".replace(".", ",")
            told.append(f"Beste plan tot nu: {self.groepen - self.stand.zonder} van {self.groepen} groepen.")
            told.append(f"Een ander plan kan hoogstens {share} procent beter zijn.")
        if self.stop.is_set():
            told.append("We stoppen met zoeken. Het beste plan tot nu wordt een voorstel.")
        if self.fase != "zoeken" or self.stand is None:
            told.append(_FASEN[self.fase])
        return told

    def opdracht(self) -> Opdracht:
        """Return how to search, with this as the one that hears of it."""
        return Opdracht(self.seconden, verslag=self._heard, gestopt=self.stop.is_set, fase=self.begin)

    def begin(self, fase: str) -> None:
        """Hear what is being done now."""
        self.fase = fase

    def _heard(self, now: Tussenstand) -> None:
        self.stand = now


class Jobs:
    """The searches of this workshop, the last one of each plan."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[str, Werk] = {}
        self._lock = threading.Lock()

    def of(self, plan: str) -> Werk | None:
        """Return the last search for a plan."""
        return self._known.get(plan)

    def start(self, plan: str, work: Werk, deed: Callable[[Werk], str]) -> None:
        """Let `deed` make a proposal and return its name. Raises `Refusal` when this plan has a search already."""
        with self._lock:
            now = self._known.get(plan)
            if now is not None and now.bezig:
                raise Refusal("In dit plan zijn we al bezig. Wacht tot het klaar is, of druk op Stop.")
            self._known[plan] = work
        threading.Thread(target=_run, args=(work, deed), name=f"zoeken-{plan}", daemon=True).start()

    def stop(self, plan: str) -> None:
        """Ask the search of a plan to stop; nothing happens when there is none."""
        now = self._known.get(plan)
        if now is not None:
            now.stop.set()

    def seen(self, plan: str) -> None:
        """Forget a search that ended, after its end was shown."""
        with self._lock:
            now = self._known.get(plan)
            if now is not None and not now.bezig:
                del self._known[plan]


def _run(work: Werk, deed: Callable[[Werk], str]) -> None:
    try:
        work.klaar = deed(work)
    except (Refusal, WriteError) as error:
        work.fout = str(error)
    except Exception:  # a page has to say that it ended, whatever went wrong
        traceback.print_exc(file=sys.stderr)
        work.fout = "Er ging iets mis in het programma zelf. Je rekenblad en je voorstellen zijn er nog."
