"""How the program is put together, read from its own source: floors, parts, imports and commands.

In: the folder of a Python package. Out: a `House`. It reads source text and runs none of it, so it also sees what
an `import` inside a function or for a type asks. `FLOORS` is the rule that the tests hold the code to.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from builder.diagnostics import Rule

# Which floor each part of the package lives on: no part imports a part of a higher floor.
FLOORS = {
    5: ("cli",),
    4: ("website", "workshop", "rulebook", "admission", "known_findings", "renewal"),
    3: ("loading", "checks", "exam", "export", "intake", "visits", "analysis", "review", "links"),
    2: (
        "model",
        "report",
        "artifacts",
        "locking",
        "beginning",
        "cells",
        "balance",
        "yaml_writing",
        "fingerprint",
        "sealed",
        "known_words",
    ),
    1: (
        "language",
        "diagnostics",
        "templating",
        "dutch",
        "bsn",
        "project",
        "typesetting",
        "sheets",
        "office",
        "pictures",
        "picture_letters",
        "qr",
        "repicture",
    ),
}
FLOOR_OF = {part: floor for floor, parts in FLOORS.items() for part in parts}
WINGS = 3  # the floor of which the parts do not import each other
FLOOR_NAMES = {
    5: "De opdrachten",
    4: "De site en de werkplaats",
    3: "De vleugels",
    2: "De zelfstandige naamwoorden",
    1: "Het gereedschap",
}


@dataclass(frozen=True, slots=True)
class Import:
    """Something of our own that a module imports: the full names of both modules, and the line."""

    module: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the house: a package, or a module that stands alone. `modules` counts files, `lines` their lines."""

    name: str
    floor: int
    modules: int
    lines: int
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command as a user types it, and what it says about itself."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class House:
    """All parts from the highest floor down, how often each uses another, what is not allowed, and the commands."""

    parts: tuple[Part, ...]
    uses: Mapping[tuple[str, str], int]
    forbidden: tuple[Import, ...]
    commands: tuple[Command, ...]


def part_of(module: str) -> str:
    """Return the part that a module belongs to: builder.loading.read → loading; all of builder.cli… is one part."""
    name = module.split(".")[1] if "." in module else ""
    return "cli" if name == "cli" or name.startswith("cli_") else name


def module_names(package: Path) -> dict[str, Path]:
    """Return the modules of a package by their full names."""
    return {
        ".".join(file.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__"): file
        for file in sorted(package.rglob("*.py"))
    }


def imported(
    tree: ast.Module, module: str, is_package: bool, known: Mapping[str, Path]
) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything that a module imports, also inside functions and for types."""
    for node in _statements(tree.body):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".") if is_package else module.split(".")[:-1]
            start = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*start, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield node.lineno, inner if inner in known else source


def _statements(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Yield every statement, also those inside others; expressions hold no imports and are passed over."""
    for node in body:
        yield node
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _statements(getattr(node, name, ()))


def is_allowed(module: str, target: str) -> bool:
    """Tell whether a module of ours may import another: never upward, never from wing to wing."""
    mine, other = part_of(module), part_of(target)
    if FLOOR_OF[other] != FLOOR_OF[mine]:
        return FLOOR_OF[other] < FLOOR_OF[mine]
    return mine == other or FLOOR_OF[mine] != WINGS


@cache
def read_house(package: Path = Path(__file__).parents[1]) -> House:
    """Return the house of this package. Raises `KeyError` for a part that has no floor."""
    known = module_names(package)
    trees = {module: ast.parse(file.read_text(encoding="utf-8")) for module, file in known.items()}
    imports = [
        Import(module, target, line)
        for module, tree in trees.items()
        for line, target in imported(tree, module, known[module].name == "__init__.py", known)
        if part_of(module) and part_of(target) and target.partition(".")[0] == package.name
    ]
    named: dict[str, list[str]] = {}
    for module in known:
        if part_of(module):
            named.setdefault(part_of(module), []).append(module)
    order = {name: place for place, name in enumerate(name for names in FLOORS.values() for name in names)}
    parts = [
        Part(
            name,
            FLOOR_OF[name],
            len(modules),
            sum(known[module].read_text(encoding="utf-8").count("\n") for module in modules),
            _first_sentence(trees[f"{package.name}.{name}"]),
        )
        for name, modules in named.items()
    ]
    return House(
        tuple(sorted(parts, key=lambda part: order[part.name])),
        Counter(
            (part_of(one.module), part_of(one.target))
            for one in imports
            if part_of(one.module) != part_of(one.target)
        ),
        tuple(one for one in imports if not is_allowed(one.module, one.target)),
        tuple(sorted(_commands(trees), key=lambda command: command.name)),
    )


def _first_sentence(tree: ast.Module | ast.FunctionDef) -> str:
    return " ".join((ast.get_docstring(tree) or "").partition("\n\n")[0].split())


def _commands(trees: Mapping[str, ast.Module]) -> Iterator[Command]:
    """Yield the commands from their decorators: `@click.command("check")`, `@visits_group.command("plan")`."""
    found = [
        (node, decorator, decorator.func)
        for module, tree in trees.items()
        if part_of(module) == "cli"
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in ("command", "group")
        and decorator.args
    ]
    groups = {node.name: ast.literal_eval(call.args[0]) for node, call, made in found if made.attr == "group"}
    for node, call, made in found:
        if made.attr == "command":
            above = groups.get(ast.unparse(made.value), "")
            yield Command(f"{above} {ast.literal_eval(call.args[0])}".strip(), _first_sentence(node))


def context(house: House, rules: Sequence[Rule], schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the page shows: the house, the floors, how many rules each family has, and the schemas."""
    floors = [
        (floor, FLOOR_NAMES[floor], [part for part in house.parts if part.floor == floor]) for floor in FLOORS
    ]
    per_family = Counter((rule.code[:2].lower(), rule.severity) for rule in rules)
    return {
        "huis": house,
        "floors": floors,
        "uses": {
            part.name: [
                (other.name, house.uses[part.name, other.name])
                for other in house.parts
                if (part.name, other.name) in house.uses
            ]
            for part in house.parts
        },
        "families": sorted({family for family, _ in per_family}),
        "per_family": per_family,
        "schemas": {
            name: (schema["title"], len(schema.get("properties", schema.get("$defs", {}))))
            for name, schema in schemas.items()
        },
    }
