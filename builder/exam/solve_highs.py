"""The neutral model through HiGHS: first choice for problems that only count.

In: a `Model`. Out: an `Outcome`. It knows no item and no matrix. One thread and a fixed seed: the same model
gives the same answer, as long as the time limit is not what stops it.
"""

from __future__ import annotations

from threading import Thread

import highspy
import numpy as np
from highspy._core import _Highs

from builder.exam.constraints import INFINITY, Model, Outcome, Status

# `_Highs` is the plain solver; `highspy.Highs` around it prints a banner on standard output.
NAME = "HiGHS"


def version() -> str:
    """Return the version of the solver."""
    return str(_Highs().version())


def solve(model: Model, seconds: float, seed: int = 1, gap: float = 0.0) -> Outcome:
    """Solve within `seconds`; an answer within a share `gap` of the best possible counts as optimal."""
    name = f"{NAME} {version()}"
    if any(not row.columns and (row.low > 0 or row.high < 0) for row in model.rows):
        return Outcome("impossible", solver=name)
    solver = _Highs()
    for option, value in (
        ("output_flag", False),
        ("time_limit", float(seconds)),
        ("threads", 1),
        ("random_seed", seed % 2**31),
        ("mip_rel_gap", float(gap)),
        ("mip_feasibility_tolerance", 1e-7),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(_problem(model))
    _run(solver)
    status = solver.getModelStatus()
    known = highspy.HighsModelStatus
    if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
        return Outcome("impossible", solver=name)
    info = solver.getInfo()
    if info.primal_solution_status != 2:  # kSolutionStatusFeasible
        if status == known.kModelEmpty:
            return Outcome("optimal", tuple(model.low), 0.0, 0.0, name)
        return Outcome("time", solver=name)
    values = tuple(
        float(round(value)) if whole else float(value)
        for value, whole in zip(solver.getSolution().col_value, model.whole, strict=True)
    )
    done: Status = "optimal" if status == known.kOptimal else "feasible"
    bound = float(info.mip_dual_bound) if any(model.whole) else model.value(values)
    return Outcome(done, values, model.value(values), bound, name)


def _problem(model: Model) -> highspy.HighsLp:
    problem = highspy.HighsLp()
    problem.num_col_ = model.size
    problem.num_row_ = len(model.rows)
    problem.col_cost_ = np.asarray(model.cost, dtype=np.double)
    problem.col_lower_ = np.asarray(model.low, dtype=np.double)
    problem.col_upper_ = np.asarray(model.high, dtype=np.double)
    problem.row_lower_ = np.asarray([_edge(row.low) for row in model.rows], dtype=np.double)
    problem.row_upper_ = np.asarray([_edge(row.high) for row in model.rows], dtype=np.double)
    kinds = highspy.HighsVarType
    if any(model.whole):
        problem.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in model.whole]
    lengths = [len(row.columns) for row in model.rows]
    matrix = problem.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_ = model.size
    matrix.num_row_ = len(model.rows)
    matrix.start_ = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    size = sum(lengths)
    matrix.index_ = np.fromiter((column for row in model.rows for column in row.columns), np.int32, size)
    matrix.value_ = np.fromiter(
        (coefficient for row in model.rows for coefficient in (row.coefficients or [1.0] * len(row.columns))),
        np.double,
        size,
    )
    return problem


def _edge(value: float) -> float:
    if value == INFINITY:
        return float(highspy.kHighsInf)
    return -float(highspy.kHighsInf) if value == -INFINITY else value


def _run(solver: _Highs) -> None:
    """Run in a second thread, so that Ctrl-C is heard at once (the thread ends with the process)."""
    thread = Thread(target=solver.run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.2)
