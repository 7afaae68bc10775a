"""No finding quotes a secret item: not a word of its text may reach a log or an error message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builder import checks, report
from builder.checks.context import Context
from builder.language.dictionary import find_dictionary
from builder.loading.load import load
from builder.project import Project

CANARY = "kanarievogelhok"


def test_a_secret_item_is_refused_without_a_word_of_it(bank_project: Project) -> None:
    bank, _ = load(bank_project)
    bad = f"Indien {CANARY} niet wordt gehaald, wat is dan nooit {CANARY} en waarom, zigeuner {CANARY}"
    item = bank.items["wonen-001"]
    spoilt = replace(
        item,
        stam=bad,
        context=f"{bad}. {bad}.",
        opties=tuple(
            replace(optie, tekst=f"{CANARY} {bad} {place}", toelichting=f"{CANARY} fuot")
            for place, optie in enumerate(item.opties)
        ),
    )
    context = Context(date(2026, 11, 25), find_dictionary())

    def told(status: str) -> str:
        items = {**bank.items, item.id: replace(spoilt, status=status)}  # type: ignore[arg-type]
        return report.as_text(checks.check(replace(bank, items=items), context))

    assert CANARY in told("review")  # the same text does get quoted when it is public
    secret = told("geheim")
    assert "C313" in secret
    assert CANARY not in secret
