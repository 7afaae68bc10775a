"""The independent check finds each broken rule, one at a time, in a toets that was good."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

import pytest

from builder.exam.assemble import Request, assemble
from builder.exam.plan import make_plan
from builder.exam.verify import Breach, diagnostics, series_of, verify
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.toets import Cel, Tempo, Toets, Toetsmatrijs, Woorden
from tests.conftest import ROOT
from tests.exam import banks

MATRIX = banks.matrix([Cel(4, 4, thema="wonen"), Cel(2, 2, thema="werk")], 6)


def pool() -> list[Item]:
    return [banks.item(f"{thema}-{n:03}") for thema in ("wonen", "werk") for n in range(1, 9)]


def series(matrijs: Toetsmatrijs = MATRIX, forms: int = 2) -> tuple[Itembank, tuple[Toets, ...]]:
    bank = banks.bank(pool(), [matrijs])
    toetsen = assemble(bank, make_plan(bank, matrijs, forms), Request(3, "2026-11-25")).toetsen
    return bank, toetsen


def kinds(found: tuple[Breach, ...]) -> set[str]:
    return {breach.kind for breach in found}


def with_item(bank: Itembank, toets: Toets, place: int, **labels: object) -> Itembank:
    """The bank in which the item on this place has other labels (those that no digest covers)."""
    name = toets.items[place].id
    items = [replace(i, **labels) if i.id == name else i for i in bank.items.values()]  # type: ignore[arg-type]
    return banks.bank(items, bank.matrijzen.values(), bank.toetsen.values())


def test_a_good_toets_breaks_nothing() -> None:
    bank, toetsen = series()
    assert all(verify(bank, toets, MATRIX, toetsen[1 - n : 2 - n]) == () for n, toets in enumerate(toetsen))


def test_it_shares_nothing_with_the_model() -> None:
    tree = ast.parse((ROOT / "builder" / "exam" / "verify.py").read_text(encoding="utf-8"))
    used = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(str(module).startswith(("builder.exam", "builder.cells")) for module in used)


Spoil = Callable[[Toets], Toets]


def drop(toets: Toets) -> Toets:
    return replace(toets, items=toets.items[1:])


def double(toets: Toets) -> Toets:
    return replace(toets, items=(*toets.items[:-1], toets.items[0]))


def first(toets: Toets, **changes: object) -> Toets:
    return replace(toets, items=(replace(toets.items[0], **changes), *toets.items[1:]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (drop, "aantal"),
        (double, "vraag"),
        (lambda toets: first(toets, id="wonen-999"), "vraag"),
        (lambda toets: first(toets, digest="0" * 64), "digest"),
        (lambda toets: first(toets, versie=2), "digest"),
        (lambda toets: first(toets, opties=(1, 2)), "vraag"),
        (lambda toets: replace(toets, doel="examen"), "status"),
    ],
)
def test_a_spoilt_toets_is_found(spoil: Spoil, kind: str) -> None:
    bank, toetsen = series()
    assert kind in kinds(verify(bank, spoil(toetsen[0]), MATRIX))


@pytest.mark.parametrize(
    ("rules", "kind"),
    [
        ({"cellen": (Cel(5, thema="wonen"), Cel(0, thema="werk"))}, "cel"),
        ({"marges": (Cel(1, taalniveau="B1"),)}, "cel"),
        ({"marges": (Cel(0, 2, handeling="3.1"),)}, "cel"),
        ({"ankers": ("wonen-008x",)}, "anker"),
        ({"verboden": tuple(f"wonen-{n:03}" for n in range(1, 9))}, "verboden"),
        ({"woorden": Woorden(None, 10)}, "woorden"),
        ({"woorden": Woorden(1000)}, "woorden"),
        ({"tempo": Tempo(10, 600)}, "minuten"),
        ({"doel": "examen"}, "doel"),
    ],
)
def test_a_toets_under_another_matrix(rules: dict[str, object], kind: str) -> None:
    bank, toetsen = series()
    assert kind in kinds(verify(bank, toetsen[0], replace(MATRIX, **rules)))  # type: ignore[arg-type]


def test_enemies_variants_and_half_sets() -> None:
    bank, (toets, _) = series()
    other = toets.items[1].id
    assert kinds(verify(with_item(bank, toets, 0, vijanden=(other,)), toets, MATRIX)) == {"vijanden"}
    assert kinds(verify(with_item(bank, toets, 0, variant_van=other), toets, MATRIX)) == {"vijanden"}
    half = banks.bank([replace(item, set="brief") for item in bank.items.values()], [MATRIX])
    assert "set" in kinds(verify(half, toets, MATRIX))
    assert "set" not in kinds(verify(half, replace(toets, samenstelling=None), MATRIX))


def test_keys_that_stand_in_a_row() -> None:
    bank, (toets, _) = series()
    same = replace(toets, items=tuple(replace(plek, opties=(1, 2, 3)) for plek in toets.items))
    assert kinds(verify(bank, same, MATRIX)) == {"reeks"}
    assert kinds(verify(bank, same, replace(MATRIX, sleutelbalans=2))) == {"reeks", "sleutelbalans"}


def test_forms_that_share_an_item() -> None:
    bank, (one, other) = series()
    shared = replace(other, items=(one.items[0], *other.items[1:]))
    assert "overlap" in kinds(verify(bank, one, MATRIX, [shared]))
    assert "overlap" not in kinds(verify(bank, one, replace(MATRIX, overlap=1), [shared]))
    stored = banks.bank(pool(), [MATRIX], [one, shared])
    assert series_of(stored, one) == (shared,)
    assert [finding.rule.code for finding in diagnostics(stored, one)] == ["M410"]


def test_an_option_that_must_keep_its_place() -> None:
    bank, (toets, _) = series()
    name = toets.items[0].id
    options = bank.items[name].opties
    fixed = (*options[:2], replace(options[2], vast=True))
    changed = with_item(bank, toets, 0, opties=fixed)
    moved = first(toets, opties=(3, 2, 1))
    assert "vast" in kinds(verify(changed, moved, MATRIX))


def test_a_variant_with_other_items() -> None:
    bank = banks.bank(pool(), [MATRIX])
    request = Request(3, "2026-11-25", variants=2)
    (toets,) = assemble(bank, make_plan(bank, MATRIX, 1), request).toetsen
    assert [variant.code for variant in toets.varianten] == ["B", "C"]
    assert verify(bank, toets, MATRIX) == ()
    short = replace(toets.varianten[0], items=toets.varianten[0].items[1:])
    assert "vraag" in kinds(verify(bank, replace(toets, varianten=(short,)), MATRIX))
