"""How a search goes: for how long, who hears of it, who may stop it, and the run of CP-SAT itself.

In: a model and an `Opdracht`. Out: the solver after its run, with its status. It knows no visit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Thread

from ortools.sat.python import cp_model


@dataclass(frozen=True, slots=True)
class Tussenstand:
    """How far the search is: the number of the plan, the groups it leaves out, its price, and the best price possible."""

    nummer: int
    zonder: int
    prijs: float
    ondergrens: float

    @property
    def marge(self) -> float:
        """The share by which a better plan could still be cheaper."""
        return 0.0 if self.prijs <= 0 else max(0.0, (self.prijs - self.ondergrens) / self.prijs)


@dataclass(frozen=True, slots=True)
class Opdracht:
    """How to solve: seconds, the gap that is good enough, what to call with each better plan, and who may stop it.

    `fase` hears what is being done: `zoeken`, `uitleggen`, `wat als`.
    """

    seconden: float = 30.0
    marge: float = 0.001
    verslag: Callable[[Tussenstand], None] | None = None
    gestopt: Callable[[], bool] | None = None
    fase: Callable[[str], None] | None = None

    @property
    def stop(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self.gestopt is not None and self.gestopt()

    def begin(self, fase: str) -> None:
        """Tell what is being done now."""
        if self.fase is not None:
            self.fase(fase)


class _Report(cp_model.CpSolverSolutionCallback):
    """Tells of each better plan, and stops when asked."""

    def __init__(self, order: Opdracht, unplanned: Sequence[cp_model.IntVar], impossible: int) -> None:
        super().__init__()
        self._order, self._unplanned, self._impossible = order, unplanned, impossible
        self._last = Tussenstand(0, 0, 0.0, 0.0)

    def on_solution_callback(self) -> None:
        """Count and tell."""
        left_out = self._impossible + sum(self.boolean_value(one) for one in self._unplanned)
        number = self._last.nummer + 1
        self._tell(Tussenstand(number, left_out, self.objective_value, self.best_objective_bound))

    def on_bound(self, bound: float) -> None:
        """Tell that the best plan so far is nearer to what is possible than was known."""
        if self._last.nummer:
            self._tell(replace(self._last, ondergrens=bound))

    def _tell(self, now: Tussenstand) -> None:
        self._last = now
        if self._order.verslag is not None:
            self._order.verslag(now)


def run(
    model: cp_model.CpModel, order: Opdracht, unplanned: Sequence[cp_model.IntVar], impossible: int
) -> tuple[cp_model.CpSolver, int]:
    """Run in a second thread, so that Ctrl-C and a stop button are heard at once."""
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = order.seconden
    solver.parameters.relative_gap_limit = order.marge
    solver.parameters.random_seed = 1
    # One worker gives the same answer on every run. Choosing visits is almost a linear problem: with the full linear
    # relaxation and without presolve, 500 groups take seconds; with CP-SAT's defaults they take minutes.
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_presolve = False
    solver.parameters.catch_sigint_signal = False
    told: list[int] = []
    report = _Report(order, unplanned, impossible)
    solver.best_bound_callback = report.on_bound
    thread = Thread(target=lambda: told.append(int(solver.solve(model, report))), daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.05)
            if order.stop:
                solver.stop_search()
    except KeyboardInterrupt:
        solver.stop_search()
        thread.join(5)
        raise
    return solver, told[0] if told else int(cp_model.UNKNOWN)
