"""What items have in common is found anew in each run: from what is kept of them, the same as from their files."""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path

import pytest

from builder.project import Project
from tests.conftest import ROOT
from tests.test_known_files import Edit, deletes, in_lists, items_of, renames, replaces
from tests.test_known_findings import cold, remembered

pytestmark = pytest.mark.usefixtures("small_banks_count")


def wide(root: Path) -> Project:
    """Twenty-five real items, which pairs can be made of."""
    shutil.copytree(ROOT / "schemas", root / "schemas")
    shutil.copytree(
        ROOT / "content", root / "content", ignore=lambda *_: ["lessen", "toetsen", "lastige-momenten"]
    )
    (root / "items/wonen").mkdir(parents=True)
    (root / "knm.toml").write_text("", encoding="utf-8")
    for file in sorted((ROOT / "items/wonen").glob("*.yaml"))[:25]:
        shutil.copy(file, root / "items/wonen")
    for file in (ROOT / "items/wonen").glob("*.svg"):
        shutil.copy(file, root / "items/wonen")
    return Project(root)


def lines_of(file: Path, start: str) -> list[str]:
    return [
        line for line in file.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith(start)
    ]


def takes(start: str) -> Edit:
    """One item gets the lines that begin so from another, in the place of its own."""

    def edit(root: Path, chance: random.Random) -> None:
        one, other = chance.sample(items_of(root), 2)
        theirs, mine = lines_of(other, start), lines_of(one, start)
        if len(theirs) == len(mine):
            text = one.read_text(encoding="utf-8")
            for old, new in zip(mine, theirs, strict=True):
                text = text.replace(old, new, 1)
            one.write_text(text, encoding="utf-8")

    return edit


def doubles(root: Path, chance: random.Random) -> None:
    """An item comes back under another number, as it was or with its question turned round."""
    file = chance.choice(items_of(root))
    other = file.with_name(f"wonen-{chance.randint(700, 799)}.yaml")
    text = file.read_text(encoding="utf-8").replace(f"id: {file.stem}\n", f"id: {other.stem}\n", 1)
    if chance.random() < 0.5:
        text = re.sub(
            r"^stam: (.*)$", lambda found: f"stam: {found[1][:-1]} dan ook?", text, count=1, flags=re.M
        )
    other.write_text(text, encoding="utf-8")


def moves_the_key(root: Path, chance: random.Random) -> None:
    file = chance.choice(items_of(root))
    text = (
        file.read_text(encoding="utf-8")
        .replace("juist: true", "juist: was")
        .replace("juist: false", "juist: true", 1)
    )
    file.write_text(text.replace("juist: was", "juist: false"), encoding="utf-8")


def tells_the_key(root: Path, chance: random.Random) -> None:
    """The question and the right answer of one item become the context of another."""
    one, other = chance.sample(items_of(root), 2)
    text = one.read_text(encoding="utf-8")
    key = re.search(r"  - tekst: (.*)\n    juist: true", text)
    stam = re.search(r"^stam: (.*)$", text, re.MULTILINE)
    if key and stam:
        told = f"context: {json.dumps(f'{stam[1]} {key[1]}', ensure_ascii=False)}\nstam:"
        bare = "".join(line for line in other.read_text(encoding="utf-8").splitlines(keepends=True)
                       if not line.startswith("context: "))  # fmt: skip
        other.write_text(bare.replace("stam:", told, 1), encoding="utf-8")


def narrows_a_schema(root: Path, chance: random.Random) -> None:
    file = root / "schemas" / "item.schema.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"maxLength": ', '"maxLength": 1', 1) if chance.random() < 0.5 else text + "\n",
                    encoding="utf-8")  # fmt: skip


PAIRS: tuple[Edit, ...] = (
    tells_the_key, doubles, takes("stam:"), takes("context:"), takes("  - tekst:"), takes("eindterm:"),
    moves_the_key, renames, deletes, narrows_a_schema,
    replaces("vijanden:\n", "vijanden:\n  - wonen-001\n"),
    in_lists("begrippen.yaml", "woord: h", "woord: th"),
    in_lists("eindtermen.yaml", "nummer: 3.1.2", "nummer: 3.1.9"),
)  # fmt: skip


@pytest.mark.parametrize("runs", [1, pytest.param(6, marks=pytest.mark.audit)])
def test_any_edits_of_pairs_give_the_same_answer(tmp_path: Path, runs: int) -> None:
    """Edits in a row of one bank, so that what is kept comes from many runs before."""
    seen = set()
    for seed in range(runs):
        project = wide(tmp_path / f"bank{seed}")
        remembered(project)
        chance = random.Random(seed)
        for edit in [tells_the_key, doubles, *chance.choices(PAIRS, k=6)]:
            edit(project.root, chance)
            expected = cold(project)
            assert remembered(project) == expected
            seen |= {one.rule.code for one in expected}
    assert seen >= {"C429", "C541"}, "the edits make what pairs are looked for"
