"""Random banks and matrices: what is found keeps every rule, and what is said to be impossible is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from builder import yaml_writing
from builder.exam import solve_cpsat, solve_highs
from builder.exam.assemble import Assembly, Request, assemble
from builder.exam.changes import as_document
from builder.exam.constraints import series_model
from builder.exam.explain import name_of
from builder.exam.plan import make_plan
from builder.exam.verify import verify
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.toets import Cel, Toetsmatrijs, Woorden
from tests.exam import banks

THEMAS = ("werk", "omgang", "wonen")
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def pools(draw: Any) -> list[Item]:
    number = draw(st.integers(1, 24))
    items = []
    for n in range(number):
        thema = draw(st.sampled_from(THEMAS))
        items.append(
            banks.item(
                f"{thema}-{n:03}",
                eindterm=f"{THEMAS.index(thema) + 1}.1.{draw(st.integers(1, 2))}",
                taalniveau=draw(st.sampled_from(("A1", "A2"))),
                abstractieniveau=draw(st.sampled_from(("concreet", "begrip"))),
                status=draw(st.sampled_from(("review", "review", "review", "concept"))),
                stam="woord " * draw(st.integers(1, 9)) + "?",
                set=draw(st.sampled_from(("", "", "", "", "brief"))),
            )
        )
    names = [item.id for item in items]
    for index in draw(st.lists(st.integers(0, number - 1), max_size=4)):
        other = draw(st.sampled_from(names))
        if other != names[index]:
            items[index] = replace(items[index], vijanden=(*items[index].vijanden, other))
    return items


@st.composite
def matrices(draw: Any, names: tuple[str, ...]) -> Toetsmatrijs:
    aantal = draw(st.integers(1, 8))

    def cell(**labels: Any) -> Cel:
        low = draw(st.integers(0, 2))
        return Cel(low, draw(st.none() | st.integers(low, low + 3)), **labels)

    cells = [cell(thema=thema) for thema in THEMAS]
    margins = [cell(taalniveau=level) for level in draw(st.sets(st.sampled_from(("A1", "A2"))))]
    margins += [
        cell(eindterm=term) for term in draw(st.sets(st.sampled_from(("1.1.1", "3.1.2")), max_size=1))
    ]
    words = draw(st.none() | st.integers(0, 12 * aantal).map(lambda low: Woorden(low, low + 6 * aantal)))
    few = st.lists(st.sampled_from(names), max_size=1, unique=True).map(tuple)
    return banks.matrix(
        cells,
        aantal,
        marges=tuple(margins),
        woorden=words,
        formulieren=draw(st.integers(1, 3)),
        overlap=draw(st.sampled_from((0, 0, 1, 2))),
        verplicht=draw(few),
        verboden=draw(few),
        sleutelbalans=None,
    )


@st.composite
def problems(draw: Any) -> tuple[Itembank, Toetsmatrijs, int]:
    items = draw(pools())
    matrijs = draw(matrices(tuple(item.id for item in items)))
    return banks.bank(items, [matrijs]), matrijs, draw(st.integers(0, 1000))


def document(assembly: Assembly) -> list[str]:
    return [yaml_writing.dump(as_document(toets), "toets.schema.json") for toets in assembly.toetsen]


@SLOW
@given(problems())
def test_a_toets_keeps_every_rule_or_there_is_a_true_reason(
    problem: tuple[Itembank, Toetsmatrijs, int],
) -> None:
    bank, matrijs, seed = problem
    plan = make_plan(bank, matrijs)
    request = Request(seed, "2026-11-25", seconds=20)
    assembly = assemble(bank, plan, request)
    event(
        "found"
        if assembly.failure is None
        else "impossible, conflict"
        if assembly.failure.conflict
        else "impossible"
    )
    if assembly.failure is None:
        assert len(assembly.toetsen) == matrijs.formulieren
        for toets in assembly.toetsen:
            others = [other for other in assembly.toetsen if other is not toets]
            assert verify(bank, toets, matrijs, others) == ()
            assert len({plek.id for plek in toets.items}) == matrijs.aantal
        assert document(assemble(bank, plan, request)) == document(assembly)
        return
    assert assembly.failure.kind == "kan niet"
    assert len(assembly.failure.sentences) > 1
    if not plan.pool:
        return
    model = series_model(plan, plan.pool)
    named = {short.rule for short in plan.shortages}
    if not any(rule.startswith(("verplicht", "anker")) for rule in named):
        # the other back end agrees, and giving up what was named makes it possible
        assert solve_cpsat.solve(model, 20).status == "impossible"
        assert solve_highs.solve(model.without(assembly.failure.rules), 20).found
    if assembly.failure.conflict:
        only = model.without({row.rule for row in model.rows} - set(assembly.failure.conflict))
        assert solve_cpsat.solve(only, 20).status == "impossible"
        for rule in assembly.failure.conflict:
            assert solve_highs.solve(only.without([rule]), 20).found, name_of(rule, plan)
