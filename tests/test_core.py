"""The spine on small inputs: reading, schema, link, checks."""

from __future__ import annotations

import pytest

from builder import checks
from builder.loading.load import load
from builder.loading.read import parse, scalar
from tests.conftest import ITEM, ITEM_PATH, CopiedProject


def findings(project: CopiedProject, old: str, new: str) -> list[tuple[int, int, str]]:
    assert old in ITEM
    (project.root / ITEM_PATH).write_text(ITEM.replace(old, new, 1), encoding="utf-8")
    bank, found = load(project)
    return [(f.location.line, f.location.column, f.rule.code) for f in [*found, *checks.check(bank)]]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("juist: true", "juist: yes", [(14, 12, "S103")]),
        ("eindterm: 3.1.2", "eindterm: 3.1.12", [(4, 11, "L203")]),
        ("eindterm: 3.1.2", "eindterm: 3.1", [(4, 11, "S103")]),
        ("taalniveau: A2", "taalniveau: B2", [(7, 13, "S104")]),
        ("juist: false", "juist: true", [(17, 12, "C302")]),
        ("juist: true", "juist: false", [(13, 3, "C301")]),
        ("id: wonen-004", "id: wonen-005", [(1, 5, "L201")]),
        ("- id: voorbeeldfolder", "- id: voorbeeldmap", [(23, 9, "L205")]),
        ("stam: Wat", 'stam: "Wat', [(11, 7, "R006")]),
        ("  - tekst: Je krijgt een prijs", "\t- tekst: Je krijgt een prijs", [(16, 1, "R005")]),
        ("stam: Wat", "stam: x\nstam: Wat", [(12, 1, "R007")]),
        ("veroudert: niet", "veroudert: &a niet", []),
    ],
)
def test_one_changed_value_gives_exactly_this_finding(
    bank_project: CopiedProject, old: str, new: str, expected: list[tuple[int, int, str]]
) -> None:
    assert findings(bank_project, old, new) == expected


@pytest.mark.parametrize(
    ("word", "value"),
    [("no", "no"), ("12:30", "12:30"), ("2026-05-12", "2026-05-12"), ("5.1.2", "5.1.2"), ("007", "007"),
     ("true", True), ("null", None), ("12", 12), ("2.3", 2.3)],
)  # fmt: skip
def test_plain_words_mean_what_an_author_means(word: str, value: object) -> None:
    assert scalar(word) == value


def test_a_yaml_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    data, _, found = parse("items/wonen/wonen-001.yaml", "\n".join(lines).encode())
    assert data is None
    assert [finding.rule.code for finding in found] == ["R008"]
