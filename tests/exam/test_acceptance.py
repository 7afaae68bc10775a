"""Known instances with known answers, from the public data of eatATA and TestDesign (data only, through KNM_TESTDATA).

The information functions are written here and the rules are read from the CSV files: the tests prove the neutral
model and both back ends, not the way our own matrices are turned into rows.
"""

from __future__ import annotations

import csv
import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from builder.exam import solve_cpsat, solve_highs
from builder.exam.assemble import Request, assemble
from builder.exam.constraints import INFINITY, Model, Outcome, Row
from builder.exam.plan import make_plan
from builder.exam.verify import verify
from tests.exam import banks

Solve = Callable[..., Outcome]
BOTH = pytest.mark.parametrize("solve", [solve_highs.solve, solve_cpsat.solve], ids=["highs", "cpsat"])
Record = Mapping[str, str]


def table(name: str) -> list[dict[str, str]]:
    folder = os.environ.get("KNM_TESTDATA")
    if not folder:
        pytest.skip("KNM_TESTDATA is not set")
    with (Path(folder) / "ata" / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def binary(cost: Sequence[float], rows: Sequence[Row]) -> Model:
    size = len(cost)
    return Model([0.0] * size, [1.0] * size, [True] * size, list(cost), tuple(rows))


def chosen(outcome: Outcome, number: int) -> list[int]:
    return [index for index in range(number) if outcome.values[index] > 0.5]


# ---- ATA-1: one form, the most information at one point


@BOTH
def test_ata_1_most_information_in_eight_minutes(solve: Solve) -> None:
    items = table("items_mini.csv")
    assert len(items) == 30
    information = []
    for item in items:
        p = 1 / (1 + math.exp(-1.7 * (0 - float(item["difficulty"]))))
        information.append(1.7**2 * p * (1 - p))
    times = [float(item["time"]) for item in items]
    everything = range(len(items))
    rows = [Row("aantal", everything, 10, 10), Row("tijd", everything, 475, 485, times)]
    outcome = solve(binary([-value for value in information], rows), 30)
    assert outcome.status == "optimal"
    picked = chosen(outcome, len(items))
    assert sum(information[index] for index in picked) == pytest.approx(6.729573876, abs=1e-6)
    assert [int(items[index]["item"]) for index in picked] == [8, 14, 15, 20, 22, 24, 25, 26, 28, 29]
    assert sum(times[index] for index in picked) == pytest.approx(477.09, abs=0.01)
    # it is the only optimum: without this very choice the best is less
    other = [*rows, Row("anders", picked, 0, 9)]
    second = solve(binary([-value for value in information], other), 30)
    assert -second.value == pytest.approx(6.668582, abs=1e-5)


# ---- ATA-2: fourteen booklets, every item in exactly one, times as close to ten minutes as can be


def vera() -> tuple[Model, list[float]]:
    items = table("items_vera.csv")
    assert len(items) == 80
    forms, number = 14, len(items)
    place = {item["item"]: index for index, item in enumerate(items)}

    def column(item: int, form: int) -> int:
        return item * forms + form

    def value(item: Record, name: str) -> float:
        return 0.0 if item[name] in ("NA", "") else float(item[name])

    times = [float(item["time"]) for item in items]
    worst = number * forms
    rows = [Row("alles", [column(i, f) for f in range(forms)], 1, 1) for i in range(number)]
    spread: list[tuple[list[float], float, float]] = []
    for wanted in ("MC", "open", ""):  # a factor with three levels: as even as whole numbers allow
        kind = [
            float(value(i, wanted) == 1) if wanted else float(not value(i, "MC") and not value(i, "open"))
            for i in items
        ]
        spread.append((kind, math.floor(sum(kind) / forms), math.ceil(sum(kind) / forms)))
    for yes in (0, 1):
        kind = [float(value(i, "CMC") == yes) for i in items]
        spread.append((kind, math.floor(sum(kind) / forms), math.ceil(sum(kind) / forms)))
    for name in (
        "short_answer",
        *(f"diff_{level}" for level in range(1, 6)),
    ):  # numbers: the mean, one up or down
        numbers = [value(i, name) for i in items]
        spread.append((numbers, sum(numbers) / forms - 1, sum(numbers) / forms + 1))
    for weights, low, high in spread:
        used = [i for i in range(number) if weights[i]]
        rows += [
            Row(
                "verdeling",
                [column(i, f) for i in used],
                math.ceil(low),
                math.floor(high),
                [weights[i] for i in used],
            )
            for f in range(forms)
        ]
    pairs = {
        tuple(sorted((place[item["item"]], place[other])))
        for item in items
        if item["exclusions"] != "NA"
        for other in item["exclusions"].split(", ")
    }
    assert len(pairs) == 45
    rows += [
        Row("vijanden", (column(a, f), column(b, f)), 0, 1) for a, b in sorted(pairs) for f in range(forms)
    ]
    for form in range(forms):
        columns = [*(column(i, form) for i in range(number)), worst]
        rows.append(Row("tijd", columns, -INFINITY, 10, [*times, -1.0]))
        rows.append(Row("tijd", columns, 10, INFINITY, [*times, 1.0]))
    size = worst + 1
    return (
        Model(
            [0.0] * size, [*([1.0] * worst), 100.0], [*([True] * worst), False], [*([0.0] * worst), 1.0], tuple(rows)
        ),
        times,
    )  # fmt: skip


def test_ata_2_fourteen_booklets_that_use_every_item() -> None:
    model, times = vera()
    outcome = solve_cpsat.solve(model, 60)  # the benchmark times it
    assert outcome.status == "optimal"
    assert outcome.value == pytest.approx(0.5)
    for form in range(14):
        total = sum(times[i] for i in range(80) if outcome.values[i * 14 + form] > 0.5)
        assert abs(total - 10) <= 0.5
    assert sum(times) == 136


# ---- ATA-3, 4 and 5: the item banks of TestDesign


def information(item: Record, theta: float) -> float:
    """The information of an item (3PL or generalised partial credit, D = 1) at one point."""
    a = float(item["PAR1"])
    if item["MODEL"] == "3PL":
        b, c = float(item["PAR2"]), float(item["PAR3"])
        p = c + (1 - c) / (1 + math.exp(-a * (theta - b)))
        return a**2 * ((p - c) / (1 - c)) ** 2 * (1 - p) / p
    steps = [float(item[name]) for name in ("PAR2", "PAR3", "PAR4") if item.get(name)]
    exponents = [0.0]
    for step in steps:
        exponents.append(exponents[-1] + a * (theta - step))
    weights = [math.exp(exponent) for exponent in exponents]
    mean = sum(k * weight for k, weight in enumerate(weights)) / sum(weights)
    square = sum(k * k * weight for k, weight in enumerate(weights)) / sum(weights)
    return a**2 * (square - mean**2)


def fits(condition: str, record: Record) -> bool:
    """Evaluate a condition such as `STANDARD %in% c(2, 4) & DOK >= 3` on one item."""
    for part in condition.split("&"):
        match = re.fullmatch(r"\s*(\w+)\s*(==|%in%|>=|<)\s*(.+?)\s*", part)
        assert match, condition
        own, sign = record[match[1]], match[2]
        wanted = [text.strip().strip('"') for text in match[3].removeprefix("c(").rstrip(")").split(",")]
        if sign in ("==", "%in%"):
            if own not in wanted:
                return False
        elif (float(own) >= float(wanted[0])) != (sign == ">="):
            return False
    return True


def bank(name: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    pool = table(f"itempool_{name}.csv")
    labels = {record["ID"]: record for record in table(f"itemattrib_{name}.csv")}
    return [{**labels[item["ID"]], **item} for item in pool], table(f"constraints_{name}.csv")


def science() -> tuple[list[dict[str, str]], list[Row]]:
    items, rules = bank("science_1000")
    assert (len(items), len(rules)) == (1000, 36)
    rows: list[Row] = []
    for rule in rules:
        kind, condition = rule["TYPE"], rule["CONDITION"]
        members = [
            i for i, item in enumerate(items) if kind != "Order" and (not condition or fits(condition, item))
        ]
        if kind == "Number":
            rows.append(Row(rule["CONSTRAINT_ID"], members, float(rule["LB"]), float(rule["UB"])))
        elif kind == "Enemy":
            rows.append(Row(rule["CONSTRAINT_ID"], members, 0, 1))
        elif kind == "Include":
            rows += [Row(rule["CONSTRAINT_ID"], (i,), 1, 1) for i in members]
        elif kind == "Exclude":
            rows += [Row(rule["CONSTRAINT_ID"], (i,), 0, 0) for i in members]
        elif kind == "AllOrNone":
            rows += [Row(rule["CONSTRAINT_ID"], (members[0], i), 0, 0, (1.0, -1.0)) for i in members[1:]]
        else:
            assert kind == "Order"  # C32 is about the order on paper, not about the choice
    return items, rows


@BOTH
def test_ata_3_most_information_under_the_rules_of_a_science_test(solve: Solve) -> None:
    items, rows = science()
    outcome = solve(binary([-information(item, 0) for item in items], rows), 60)
    assert outcome.status == "optimal"
    assert -outcome.value == pytest.approx(19.798275, abs=1e-5)
    assert len(chosen(outcome, len(items))) == 30


def test_ata_4_two_targets_at_once() -> None:
    items, rows = science()
    worst = len(items)
    for theta, target in ((-1.0, 8.0), (1.0, 10.0)):
        values = [information(item, theta) for item in items]
        columns = [*range(worst), worst]
        rows.append(Row("doel", columns, -INFINITY, target, [*values, -1.0]))
        rows.append(Row("doel", columns, target, INFINITY, [*values, 1.0]))
    model = Model(
        [*([0.0] * worst), 0.001], [*([1.0] * worst), 20.0], [*([True] * worst), False],
        [*([0.0] * worst), 1.0], tuple(rows),
    )  # fmt: skip
    outcome = solve_cpsat.solve(model, 60)
    picked = chosen(outcome, worst)
    assert len(picked) == 30
    for theta, target in ((-1.0, 8.0), (1.0, 10.0)):
        assert abs(sum(information(items[i], theta) for i in picked) - target) <= 0.001 + 1e-4


@pytest.mark.slow
def test_ata_5_passages_with_their_items() -> None:
    items, rules = bank("reading_303")
    assert len(items) == 303
    passages = sorted({item["STID"] for item in items})
    number = len(items)
    spot = {name: number + place for place, name in enumerate(passages)}
    rows: list[Row] = []
    for rule in rules:
        if rule["ONOFF"] == "OFF":
            continue
        low, high, name = float(rule["LB"]), float(rule["UB"]), rule["CONSTRAINT_ID"]
        condition = rule["CONDITION"]
        if rule["WHAT"] == "Stimulus":
            rows.append(Row(name, list(spot.values()), low, high))
        elif condition == "Per Stimulus":
            for passage in passages:
                mine = [i for i, item in enumerate(items) if item["STID"] == passage]
                rows += [Row(name, (i, spot[passage]), -INFINITY, 0, (1.0, -1.0)) for i in mine]
                rows.append(Row(name, [*mine, spot[passage]], 0, INFINITY, [*([1.0] * len(mine)), -low]))
                rows.append(Row(name, [*mine, spot[passage]], -INFINITY, 0, [*([1.0] * len(mine)), -high]))
        elif re.fullmatch(r"\w+", condition):  # a bare label: for each of its values
            for value in sorted({item[condition] for item in items}):
                rows.append(
                    Row(name, [i for i, item in enumerate(items) if item[condition] == value], low, high)
                )
        else:
            members = [i for i, item in enumerate(items) if not condition or fits(condition, item)]
            rows.append(Row(name, members, low, high))
    cost = [*(-information(item, 0) for item in items), *([0.0] * len(passages))]
    outcome = solve_cpsat.solve(binary(cost, rows), 120)
    assert outcome.status == "optimal"
    assert -outcome.value == pytest.approx(12.896558, abs=1e-5)
    assert len(chosen(outcome, number)) == 30


# ---- ATA-6: our own generator, through the whole of plan, assemble and verify


@pytest.mark.parametrize("number", [1000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_ata_6_ten_forms_that_share_nothing(number: int) -> None:
    matrijs = banks.matrix_of_forty()
    pool = banks.bank(banks.many(number, enemies=number // 10), [matrijs])
    plan = make_plan(pool, matrijs, 10)
    assembly = assemble(pool, plan, Request(1, "2026-11-25"))
    assert assembly.failure is None
    assert len({plek.id for toets in assembly.toetsen for plek in toets.items}) == 400
    for toets in assembly.toetsen:
        others = [other for other in assembly.toetsen if other is not toets]
        assert verify(pool, toets, matrijs, others) == ()
