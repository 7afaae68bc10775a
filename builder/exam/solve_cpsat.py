"""The neutral model through CP-SAT of OR-Tools: for overlap, depletion and item sets.

In: a `Model`. Out: an `Outcome`. CP-SAT counts in whole numbers only, so everything is multiplied by one scale:
the smallest that keeps all coefficients whole, at most a million. What it found is counted again unscaled.
"""

from __future__ import annotations

from importlib import metadata
from threading import Thread

from ortools.sat.python import cp_model

from builder.exam.constraints import INFINITY, Model, Outcome, Row, Status

NAME = "CP-SAT"
_SCALES = (1, 2, 4, 5, 10, 20, 100, 1000, 10_000, 100_000, 1_000_000)


def version() -> str:
    """Return the version of the solver."""
    return metadata.version("ortools")


def solve(model: Model, seconds: float, seed: int = 1, gap: float = 0.0) -> Outcome:
    """Solve within `seconds`; an answer within a share `gap` of the best possible counts as optimal."""
    name = f"{NAME} {version()}"
    scale = _scale(model)
    cp = cp_model.CpModel()
    columns = []
    for low, high, whole in zip(model.low, model.high, model.whole, strict=True):
        unit = 1 if whole else scale
        columns.append(cp.new_int_var(_up(low * unit), _down(high * unit), ""))
    for row in model.rows:
        _add(cp, columns, row, model, scale)
    if any(model.cost):
        price = _price(model)
        used = [index for index, cost in enumerate(model.cost) if cost]
        cp.minimize(
            cp_model.LinearExpr.weighted_sum(
                [columns[index] for index in used],
                [round(model.cost[index] * price * (scale if model.whole[index] else 1)) for index in used],
            )
        )
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = float(seconds)
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.num_workers = 8
    solver.parameters.interleave_search = True  # the workers take turns: the same answer on every run
    solver.parameters.interleave_batch_size = 1
    solver.parameters.relative_gap_limit = gap
    solver.parameters.catch_sigint_signal = False
    status = _run(solver, cp)
    if status == cp_model.INFEASIBLE:
        return Outcome("impossible", solver=name)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Outcome("time", solver=name)
    values = tuple(
        solver.value(column) / (1 if whole else scale)
        for column, whole in zip(columns, model.whole, strict=True)
    )
    bound = solver.best_objective_bound / (scale * _price(model)) if any(model.cost) else 0.0
    done: Status = "optimal" if status == cp_model.OPTIMAL else "feasible"
    return Outcome(done, values, model.value(values), bound, name)


def _add(cp: cp_model.CpModel, columns: list[cp_model.IntVar], row: Row, model: Model, scale: int) -> None:
    mixed = any(not model.whole[column] for column in row.columns)
    plain = all(float(coefficient).is_integer() for coefficient in row.coefficients)
    times = 1 if plain and not mixed else scale
    factors = [
        round(coefficient * times) if model.whole[column] else round(coefficient)
        for column, coefficient in row.terms()
    ]
    expression = cp_model.LinearExpr.weighted_sum([columns[column] for column in row.columns], factors)
    low = -(2**53) if row.low == -INFINITY else _up(row.low * times)
    high = 2**53 if row.high == INFINITY else _down(row.high * times)
    if not row.columns:
        if low > 0 or high < 0:
            cp.add_bool_or([])
        return
    cp.add_linear_expression_in_domain(expression, cp_model.Domain(low, high))


def _scale(model: Model) -> int:
    """Return the smallest scale that makes all numbers whole, or the largest there is."""
    numbers = {float(value) for row in model.rows for value in row.coefficients}
    for row in model.rows:
        numbers.update(edge for edge in (row.low, row.high) if abs(edge) < INFINITY)
    return next((s for s in _SCALES if all(_is_whole(value * s) for value in numbers)), _SCALES[-1])


def _price(model: Model) -> int:
    """Return what costs are multiplied with."""
    costs = {float(cost) for cost in model.cost}
    return next((s for s in _SCALES if all(_is_whole(cost * s) for cost in costs)), _SCALES[-1])


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-9


def _up(value: float) -> int:
    return round(value) if _is_whole(value) else int(value // 1) + 1


def _down(value: float) -> int:
    return round(value) if _is_whole(value) else int(value // 1)


def _run(solver: cp_model.CpSolver, cp: cp_model.CpModel) -> int:
    """Run in a second thread, so that Ctrl-C is heard at once."""
    told: list[int] = []
    thread = Thread(target=lambda: told.append(int(solver.solve(cp))), daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.2)
    except KeyboardInterrupt:
        solver.stop_search()
        thread.join(5)
        raise
    return told[0]
