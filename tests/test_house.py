"""The house keeps its shape: floors, wings, who may import what, and complete lists of checks and exporters."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import pytest

import builder
from builder import checks, export, rulebook
from builder.diagnostics import Rule
from builder.website.bouwplan import FLOOR_OF, WINGS, imported, module_names, part_of
from tests.conftest import ROOT

BUILDER = ROOT / "builder"

# Libraries that only one or two modules may know.
ONLY = {
    "mkdocs": {"builder.website.plugin"},
    "yaml": {"builder.loading.composing", "builder.yaml_writing"},
    "ruamel": {"builder.yaml_writing"},
    "starlette": {
        "builder.workshop.app",
        "builder.workshop.composing",
        "builder.workshop.editing",
        "builder.workshop.exchanging",
        "builder.workshop.guard",
        "builder.workshop.importing",
        "builder.workshop.judging",
        "builder.workshop.judging_lessons",
        "builder.workshop.looking",
        "builder.workshop.moving",
        "builder.workshop.renewing",
        "builder.workshop.screens",
        "builder.workshop.sourcing",
        "builder.workshop.starting",
        "builder.workshop.versions",
        "builder.workshop.visiting",
    },
    "uvicorn": {"builder.cli_workshop"},
    "segno": {"builder.qr"},
    "typst": {"builder.typesetting"},
    "openpyxl": {"builder.sheets"},
    "xlsxwriter": {"builder.sheets"},
    "jsonschema": {"builder.loading.wording", "builder.loading.hints"},
    "jsonschema_rs": {"builder.loading.validate"},
}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc", "core"}
# The letters of the codes that each place may give out.
STAGES = {
    "builder.loading.read": "R",
    "builder.loading.validate": "S",
    "builder.loading.link": "L",
    "builder.checks": "CM",
    "builder.exam": "M",
    "builder.export": "X",
    "builder.intake": "I",
    "builder.visits": "V",
    "builder.analysis": "A",
}


SOURCES = module_names(BUILDER)


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse(SOURCES[name].read_text(encoding="utf-8"))


def imports_of(name: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, also inside functions, and by name."""
    yield from imported(tree_of(name), name, SOURCES[name].name == "__init__.py", SOURCES)
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
            target = node.args[0]
            assert isinstance(target, ast.Constant), f"{name}:{node.lineno}: imports something that varies"
            yield node.lineno, str(target.value)


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


@cache
def all_imports() -> list[tuple[str, int, str]]:
    return [(name, line, target) for name in SOURCES for line, target in imports_of(name)]


@cache
def inside() -> list[tuple[str, int, str]]:
    return [entry for entry in all_imports() if entry[2].startswith("builder.")]


# A module of more lines has a reason, in one line. Nothing else may be on this list.
MOST_LINES = 300
LONGER: dict[str, str] = {}


def test_there_are_imports_to_look_at() -> None:
    assert ("builder.loading.link_items", "builder.model.item") in {(name, target) for name, _, target in inside()}


def test_every_part_has_a_floor() -> None:
    assert {part_of(name) for name in SOURCES} - {""} <= set(FLOOR_OF)


def test_no_file_imports_a_higher_floor() -> None:
    assert [
        f"{name}:{line} imports {target}"
        for name, line, target in inside()
        if FLOOR_OF[part_of(target)] > FLOOR_OF[part_of(name)]
    ] == []


def test_the_wings_do_not_import_each_other() -> None:
    assert [
        f"{name}:{line} imports {target}"
        for name, line, target in inside()
        if FLOOR_OF[part_of(name)] == FLOOR_OF[part_of(target)] == WINGS and part_of(name) != part_of(target)
    ] == []


def test_a_long_module_has_a_reason() -> None:
    long = {
        name for name, file in SOURCES.items() if file.read_text(encoding="utf-8").count("\n") > MOST_LINES
    }
    assert long == set(LONGER)
    assert all(LONGER.values())


def test_nothing_is_left_that_nobody_uses() -> None:
    """A function, class or constant of a module is named somewhere else in the code, or in a template."""
    folders = (ROOT / "site/templates", BUILDER / "templates")
    texts = [file.read_text(encoding="utf-8") for file in SOURCES.values()]
    texts += [
        file.read_text(encoding="utf-8")
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix in (".j2", ".jinja", ".html", ".typ")
    ]
    named = Counter(word for text in texts for word in re.findall(r"[^\W\d]\w*", text))
    unused = []
    for module in SOURCES:
        for node in tree_of(module).body:
            names = []
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.decorator_list:
                names = [node.name]
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = [target.id for target in targets if isinstance(target, ast.Name)]
            unused += [f"{module}: {name}" for name in names if named[name] == 1 and name != "__all__"]
    assert unused == []


@pytest.mark.parametrize("library", sorted(ONLY))
def test_a_library_stays_in_its_place(library: str) -> None:
    users = {name for name, _, target in all_imports() if target.partition(".")[0] == library}
    assert users <= ONLY[library]


def test_no_check_opens_a_file() -> None:
    modules = {"os", "io", "pathlib", "shutil", "tempfile", "subprocess", "glob", "zipfile", "importlib"}
    parts = {"builder.project", "builder.artifacts", "builder.sheets", "builder.typesetting"}
    calls = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "scandir", "iterdir"}
    wrong = []
    for name in SOURCES:
        if part_of(name) != "checks":
            continue
        wrong += [
            f"{name}:{line} imports {target}"
            for line, target in imports_of(name)
            if target.partition(".")[0] in modules or target in parts
        ]
        for node in ast.walk(tree_of(name)):
            if isinstance(node, ast.Call) and called(node) in calls:
                wrong.append(f"{name}:{node.lineno} calls {called(node)}")
    assert wrong == []


def modules_in(package: ModuleType) -> list[ModuleType]:
    return [
        importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    ]


def test_every_check_is_in_its_list() -> None:
    for module in modules_in(checks):
        if hasattr(module, "check"):
            assert module.check in checks.CHECKS, module.__name__
        for rule in getattr(module, "RULES", ()):
            assert rule in checks.RULES, f"{module.__name__}: {rule.code}"


def test_every_exporter_is_in_its_list() -> None:
    for module in modules_in(export):
        if hasattr(module, "export"):
            known = [*export.EXPORTERS.values(), *export.LESSON_EXPORTERS.values()]
            assert module.export in known, module.__name__
        for rule in getattr(module, "RULES", ()):
            assert rule in export.RULES, f"{module.__name__}: {rule.code}"


def test_every_rule_is_in_the_rulebook_and_has_the_letter_of_its_stage() -> None:
    seen = set()
    for found in pkgutil.walk_packages(builder.__path__, "builder."):
        module = importlib.import_module(found.name)
        for value in vars(module).values():
            if not isinstance(value, Rule):
                continue
            assert value in rulebook.RULES, f"{found.name}: {value.code}"
            letters = next(
                (letters for place, letters in STAGES.items() if found.name.startswith(place)), None
            )
            if letters is not None:
                assert value.code[0] in letters, f"{found.name}: {value.code}"
            seen.add(value)
    assert seen == set(rulebook.RULES)


def test_names_say_something() -> None:
    parts = {
        part for file in BUILDER.rglob("*") for part in (file.stem if file.suffix == ".py" else file.name,)
    }
    assert parts & EMPTY_NAMES == set()


def test_nouns_are_frozen_and_slotted() -> None:
    for found in pkgutil.walk_packages(builder.__path__, "builder."):
        if part_of(found.name) not in ("model", "diagnostics"):
            continue
        for value in vars(importlib.import_module(found.name)).values():
            if isinstance(value, type) and dataclasses.is_dataclass(value):
                assert value.__dataclass_params__.frozen, value  # type: ignore[attr-defined]
                assert hasattr(value, "__slots__"), value


def test_there_is_no_python_among_the_pages() -> None:
    assert list((ROOT / "site").rglob("*.py")) == []


# Put together, so that this file does not name what it forbids.
_REGISTRIES = (
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "deb.deb" + "ian.org",
)
_MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:wo" + r"rk|ho" + r"me|ro" + r"ot|Us" + r"ers|tm" + r"p)/\w")


def texts_of_the_repository() -> Iterator[tuple[str, str]]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    for path in listed.decode().split("\0"):
        file = ROOT / path
        if path and file.is_file():
            try:
                yield path, file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_names_a_machine_or_a_registry() -> None:
    wrong = []
    for path, text in texts_of_the_repository():
        for number, line in enumerate(text.splitlines(), start=1):
            if _MACHINE_PATH.search(line) or any(registry in line for registry in _REGISTRIES):
                wrong.append(f"{path}:{number}: {line.strip()[:100]}")
    assert wrong == []
