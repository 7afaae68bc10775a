"""The page on how the program is put together says what the code says, and a forbidden import would show on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import click
import pytest

from builder.cli import main
from builder.loading.load import load
from builder.project import Project
from builder.website import bouwplan, bouwtekening
from builder.website.bouwplan import FLOOR_OF, House, part_of, read_house
from builder.website.pages import Pages
from builder.website.plugin import site_input
from tests.conftest import ROOT, copy_of_the_site, copy_of_the_voorbeeldbank

SVG = "{http://www.w3.org/2000/svg}"
# Made up, with every way to import: two of these are not allowed.
MADE_UP = {
    "__init__.py": "",
    "cli.py": '"""Verbs."""\nfrom builder import exam\nfrom builder.checks import words\n',
    "cli_more.py": "import builder.model.item\n",
    "model/__init__.py": '"""Nouns.\n\nMore about them."""\n',
    "model/item.py": "def late():\n    if True:\n        from builder.checks.words import stem\n",
    "checks/__init__.py": "from . import words\n",
    "checks/words.py": "from ..model import item\nfrom builder.exam import plan\nimport json\n",
    "exam/__init__.py": "",
    "exam/plan.py": "try:\n    import builder.model\nexcept ImportError:\n    from builder import model\n",
}


@pytest.fixture(scope="module")
def house() -> House:
    return read_house()


@pytest.fixture
def made_up(tmp_path: Path) -> House:
    for name, text in MADE_UP.items():
        file = tmp_path / "builder" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return read_house(tmp_path / "builder")


def commands_of(group: click.Group, above: str = "") -> Iterator[tuple[str, str]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", " ".join((command.help or "").partition("\n\n")[0].split())


def test_the_commands_are_those_of_the_program(house: House) -> None:
    told = [(command.name, command.text) for command in house.commands]
    assert sorted(told) == sorted(commands_of(main))
    assert all(text for _, text in told)


def test_the_imports_are_those_in_the_text(house: House) -> None:
    """Counted again without the parser: the lines that start with from or import, over brackets too."""
    line = re.compile(r"^ *(?:from builder([\w.]*) import (\([^)]*\)|[^\n]*)|import builder([\w.]*))", re.M)
    counted: Counter[tuple[str, str]] = Counter()
    for file in sorted((ROOT / "builder").rglob("*.py")):
        mine = part_of(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
        for source, names, whole in line.findall(file.read_text(encoding="utf-8")):
            chosen = [
                part.split()[0] for part in re.sub(r"#[^\n]*|[()]", "", names).split(",") if part.strip()
            ]
            for name in chosen or [""]:
                other = part_of(f"builder{source or whole or '.' + name}")
                if mine and other and other != mine:
                    counted[mine, other] += 1
    assert dict(house.uses) == dict(counted)
    assert sum(counted.values()) > 500


def test_every_part_stands_once_on_its_floor(house: House) -> None:
    assert [part.floor for part in house.parts] == sorted((part.floor for part in house.parts), reverse=True)
    assert len({part.name for part in house.parts}) == len(house.parts)
    assert sum(part.modules for part in house.parts) == len(list((ROOT / "builder").rglob("*.py"))) - 1
    assert all(part.text.endswith(".") for part in house.parts)
    assert house.forbidden == ()


def test_a_forbidden_import_is_seen(made_up: House) -> None:
    assert [(one.module, one.target, one.line) for one in made_up.forbidden] == [
        ("builder.checks.words", "builder.exam.plan", 2),
        ("builder.model.item", "builder.checks.words", 3),
    ]
    assert dict(made_up.uses) == {
        ("cli", "exam"): 1,
        ("cli", "checks"): 1,
        ("cli", "model"): 1,
        ("model", "checks"): 1,
        ("checks", "model"): 1,
        ("checks", "exam"): 1,
        ("exam", "model"): 2,
    }
    assert [(part.name, part.modules, part.text) for part in made_up.parts] == [
        ("cli", 2, "Verbs."),
        ("checks", 2, ""),
        ("exam", 2, ""),
        ("model", 2, "Nouns."),
    ]


def titles(svg: str, kind: str) -> list[str]:
    root = ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    return [found.findtext(f"{SVG}title", "") for found in root.iter() if found.get("class") == kind]


def boxes(svg: str) -> int:
    return re.findall(r'class="knm-bouw__vak" d="([^"]*)"', svg)[0].count("M")


def test_a_forbidden_import_shows_in_the_drawings(made_up: House, house: House) -> None:
    uses, floors = bouwtekening.uses_svg(made_up), bouwtekening.floors_svg(made_up)
    assert titles(uses, "knm-bouw__fout") == [
        "checks gebruikt exam: 1 keer",
        "model gebruikt checks: 1 keer",
    ]
    assert titles(floors, "knm-bouw__fout") == ["Verdieping 2 gebruikt verdieping 3: 1 keer"]
    assert boxes(uses) == len(made_up.uses) - 2
    assert titles(bouwtekening.uses_svg(house), "knm-bouw__fout") == []
    assert titles(bouwtekening.floors_svg(house), "knm-bouw__fout") == []
    assert boxes(bouwtekening.uses_svg(house)) == len(house.uses)


def test_the_drawings_stay_within_their_frame(house: House) -> None:
    for svg in (bouwtekening.floors_svg(house), bouwtekening.uses_svg(house)):
        root = ET.fromstring(svg)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for box in root.iter("rect"):
            assert float(box.attrib["x"]) + float(box.attrib["width"]) <= width
            assert float(box.attrib["y"]) + float(box.attrib["height"]) <= height
        for number in re.findall(r"H([\d.]+)", svg):
            assert float(number) <= width


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = copy_of_the_voorbeeldbank(tmp_path / "bank")
    copy_of_the_site(tmp_path / "bank")
    return made


def page(project: Project) -> str:
    pages = Pages(site_input(project, load(project)[0]))
    return next(one.content for one in pages.artifacts() if one.path == "over/bouwplan.md").decode()


def test_the_page_has_it_all_in_words(project: Project, house: House) -> None:
    text = page(project)
    for part in house.parts:
        assert f'<tr id="{part.name}">'.replace("_", "&#95;") in text
    for one, other in house.uses:
        assert FLOOR_OF[one] >= FLOOR_OF[other]
    assert text.count("<code>knm ") == len(house.commands)
    assert "niet mag" not in text
    assert page(project) == text
    assert str(ROOT) not in text


def test_the_page_tells_what_is_forbidden(
    project: Project, made_up: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bouwplan, "read_house", lambda: made_up)
    text = page(project)
    assert "Er is een import die niet mag" in text
    assert "<code>builder.model.item</code>, regel 3, gebruikt <code>builder.checks.words</code>" in text
