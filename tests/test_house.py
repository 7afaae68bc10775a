"""The house keeps its shape: floors, wings, who may import what, and complete lists of checks and exporters."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import builder
from builder import checks, export, rulebook
from builder.diagnostics import Rule
from tests.conftest import ROOT

BUILDER = ROOT / "builder"

# Which floor each part of the package lives on; what does not exist yet has its place already.
FLOORS = {
    1: ("language", "diagnostics", "templating", "project", "typesetting", "sheets", "office", "pictures"),
    2: ("model", "report", "artifacts", "locking", "cells", "balance", "yaml_writing"),
    3: ("loading", "checks", "exam", "export", "intake", "visits", "analysis", "review", "links"),
    4: ("website", "workshop", "rulebook", "admission"),
    5: (
        "cli",
        "cli_analysis",
        "cli_analysis_asked",
        "cli_authors",
        "cli_exam",
        "cli_intake",
        "cli_links",
        "cli_project",
        "cli_sheets",
        "cli_visits",
        "cli_visits_after",
        "cli_workshop",
    ),
}
FLOOR_OF = {part: floor for floor, parts in FLOORS.items() for part in parts}

# Libraries that only one or two modules may know.
ONLY = {
    "mkdocs": {"builder.website.plugin"},
    "yaml": {"builder.loading.read", "builder.yaml_writing"},
    "ruamel": {"builder.yaml_writing"},
    "starlette": {
        "builder.workshop.app",
        "builder.workshop.composing",
        "builder.workshop.editing",
        "builder.workshop.exchanging",
        "builder.workshop.guard",
        "builder.workshop.judging",
        "builder.workshop.looking",
        "builder.workshop.screens",
        "builder.workshop.sourcing",
        "builder.workshop.starting",
    },
    "uvicorn": {"builder.cli_workshop"},
    "typst": {"builder.typesetting"},
    "openpyxl": {"builder.sheets"},
    "xlsxwriter": {"builder.sheets"},
    "jsonschema": {"builder.loading.validate"},
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


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


SOURCES = {name_of(file): file for file in sorted(BUILDER.rglob("*.py"))}


def imports_of(name: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, also inside functions."""
    file = SOURCES[name]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = name.split(".") if file.name == "__init__.py" else name.split(".")[:-1]
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{module}.{alias.name}"
                yield node.lineno, inner if inner in SOURCES else module
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            target = node.args[0]
            assert isinstance(target, ast.Constant), f"{name}:{node.lineno}: imports something that varies"
            yield node.lineno, str(target.value)


def part_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


IMPORTS = [(name, line, target) for name in SOURCES for line, target in imports_of(name)]
INSIDE = [entry for entry in IMPORTS if entry[2].startswith("builder.")]


def test_there_are_imports_to_look_at() -> None:
    assert ("builder.loading.link", "builder.model.item") in {(name, target) for name, _, target in INSIDE}


def test_every_part_has_a_floor() -> None:
    assert {part_of(name) for name in SOURCES} - {""} <= set(FLOOR_OF)


def test_no_file_imports_a_higher_floor() -> None:
    assert [
        f"{name}:{line} imports {target}"
        for name, line, target in INSIDE
        if FLOOR_OF[part_of(target)] > FLOOR_OF[part_of(name)]
    ] == []


def test_the_wings_do_not_import_each_other() -> None:
    assert [
        f"{name}:{line} imports {target}"
        for name, line, target in INSIDE
        if part_of(name) in FLOORS[3] and part_of(target) in FLOORS[3] and part_of(name) != part_of(target)
    ] == []


@pytest.mark.parametrize("library", sorted(ONLY))
def test_a_library_stays_in_its_place(library: str) -> None:
    users = {name for name, _, target in IMPORTS if target.partition(".")[0] == library}
    assert users <= ONLY[library]


def test_no_check_opens_a_file() -> None:
    modules = {"os", "io", "pathlib", "shutil", "tempfile", "subprocess", "glob", "zipfile", "importlib"}
    parts = {"builder.project", "builder.artifacts", "builder.sheets", "builder.typesetting"}
    calls = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "scandir", "iterdir"}
    wrong = []
    for name, file in SOURCES.items():
        if part_of(name) != "checks":
            continue
        wrong += [
            f"{name}:{line} imports {target}"
            for line, target in imports_of(name)
            if target.partition(".")[0] in modules or target in parts
        ]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func).rpartition(".")[2]
                wrong += [f"{name}:{node.lineno} calls {called}"] if called in calls else []
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
