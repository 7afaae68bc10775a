"""The docs are true: every command in them exists and takes its options, every path is there, the counts are right."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from builder.cli import main
from builder.loading.load import load
from builder.project import Project
from builder.website.bouwplan import FLOORS, WINGS
from tests.conftest import ROOT

DOCS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES = sorted((ROOT / "site/pages").rglob("*.md"))
TEMPLATES = sorted([*(ROOT / "site/templates").iterdir(), *(ROOT / "builder/templates").rglob("*.html")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
# Paths that a command makes.
MADE_LATER = ("build/", ".knm/", ".venv/", "content/statistiek")
# In words: what a reader may count, and a number below twenty that is written out.
WORDS = {"acht": 8, "negen": 9}


def code_in(text: str) -> Iterator[tuple[int, str]]:
    """Line number and text of each line in a block of code, and of each piece of code between words."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("```"):
            inside = not inside
        elif inside:
            yield number, line.strip()
        else:
            yield from ((number, piece) for piece in re.findall(r"`([^`]+)`", line))


def commands_in(file: Path) -> Iterator[tuple[str, str]]:
    for number, line in code_in(file.read_text(encoding="utf-8")):
        if re.match(r"knm( |$)", line):
            yield f"{file.relative_to(ROOT)}:{number}", re.split(r"\s+#", line)[0].removeprefix("knm").strip()


def examples() -> Iterator[tuple[str, str]]:
    """The examples in the help of every verb."""

    def walk(group: click.Group, above: str) -> Iterator[tuple[str, str]]:
        for name, command in group.commands.items():
            for line in re.findall(r"^ *Voorbeeld: knm (.+)$", command.help or "", re.M):
                yield f"knm {above}{name} --help", line
            if isinstance(command, click.Group):
                yield from walk(command, f"{above}{name} ")

    yield from walk(main, "")


def objection(text: str) -> str:
    """What is wrong with a command, without running it; a verb by itself only has to be there."""
    words = shlex.split(text)
    command: click.Command = main
    context = click.Context(main, info_name="knm")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name = words.pop(0)
        if name not in command.commands:
            return f"{name} is no verb of {command.name}"
        command = command.commands[name]
        context = click.Context(command, parent=context, info_name=name)
    if not words or isinstance(command, click.Group):
        return "" if set(words) <= {"--help", "--version"} else f"{command.name} is a group"
    try:
        given, rest, _ = command.make_parser(context).parse_args(list(words))
        if rest:
            return f"too many words: {rest}"
        for parameter in command.get_params(context):
            value = given.get(parameter.name or "")
            absent = value in (None, ()) or value.__class__.__name__ == "Sentinel"
            if "--help" not in words and parameter.required and absent:
                return f"{parameter.name} is needed"
            if not absent and isinstance(parameter.type, click.Choice):
                parameter.type.convert(value, parameter, context)
    except click.UsageError as error:
        return error.format_message()
    return ""


COMMANDS = [found for file in (*DOCS, *PAGES) for found in commands_in(file)]


def test_there_are_commands_to_look_at() -> None:
    assert {"README.md", "CONTRIBUTING.md"} <= {place.partition(":")[0] for place, _ in COMMANDS}
    assert len({text for _, text in COMMANDS}) > 50
    assert len(list(examples())) > 30


def test_every_command_in_the_docs_exists_and_takes_its_options() -> None:
    wrong = [(place, text, said) for place, text in (*COMMANDS, *examples()) if (said := objection(text))]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "chek",
        "toets",
        "toets verfy x",
        "toets new naam",
        "check --fiks",
        "check --format yaml",
        "explain C301 C302",
        "language --level C2",
    ],
)
def test_a_wrong_command_would_be_seen(text: str) -> None:
    assert bool(objection(text)) is (text != "toets")


def test_the_sentences_of_the_program_name_verbs_that_exist() -> None:
    """Also those in messages: `knm check`, "Gebruik eerst: knm visits plan …"."""
    wrong = []
    for file in sorted((ROOT / "builder").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for verb in re.findall(r"(?:`|: )knm ([a-z]+)\b", node.value):
                    if verb not in main.commands:
                        wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}: knm {verb}")
    for file in (*TEMPLATES, *PAGES):
        for verb in re.findall(r"<code>knm ([a-z]+)\b", file.read_text(encoding="utf-8")):
            if verb not in main.commands:
                wrong.append(f"{file.relative_to(ROOT)}: knm {verb}")
    assert wrong == []


def test_every_target_of_make_exists() -> None:
    wrong = []
    for file in (*DOCS, *PAGES, ROOT / ".github/workflows/test.yml"):
        for number, line in code_in(file.read_text(encoding="utf-8")):
            if (found := re.match(r"make ([a-z-]+)", line)) and found[1] not in TARGETS:
                wrong.append(f"{file.name}:{number}: make {found[1]}")
    assert wrong == []


def test_every_path_in_the_docs_is_there() -> None:
    """From the root, or the end of a path in the code (`exam/verify.py`); what is built or has a gap is not asked."""
    files = [
        path.relative_to(ROOT).as_posix()
        for folder in ("builder", "tests", "content", "site", "schemas", "requirements")
        for path in (ROOT / folder).rglob("*")
    ]
    wrong = []
    for file in (DOCS[0], DOCS[1], *PAGES):
        for number, text in code_in(file.read_text(encoding="utf-8")):
            is_path = re.fullmatch(r"(?:[\w.-]+/)+[\w.-]*|[\w/-]+\.(?:py|md|yaml|toml|txt|js)", text)
            if not is_path or text.startswith(MADE_LATER) or "/" not in text:
                continue
            if not (ROOT / text).exists() and not any(
                name.endswith(f"/{text.rstrip('/')}") for name in files
            ):
                wrong.append(f"{file.relative_to(ROOT)}:{number}: {text}")
    assert wrong == []


def test_the_readme_counts_right() -> None:
    bank, _ = load(Project(ROOT))
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    alive = [les for les in bank.lessen.values() if les.status != "vervallen"]
    told = {
        r"alle (\d+) eindtermen": len(bank.eindterm_nummers()),
        r"\*\*(\d+) lessen\*\*": len(alive),
        r"\*\*(\d+) vragen\*\*": sum(item.status != "vervallen" for item in bank.items.values()),
        r"minuut, (\w+) over de Holocaust": sum("5.1.2" in les.eindtermen for les in alive),
        r"Er zijn (\w+) oefenexamens": sum(
            toets.matrijs == "oefenexamen-knm" for toets in bank.toetsen.values()
        ),
        r"Op de site staan (\w+) plekken": len(bank.locaties),
    }
    for pattern, number in told.items():
        found = re.findall(pattern, text)
        assert found, pattern
        assert {WORDS.get(word) or int(word) for word in found} == {number}, pattern


def test_the_wings_are_named() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"the wings on floor 3 \(`([^`]+)`\)", text)
    assert tuple(named.split()) == FLOORS[WINGS]


def test_every_decision_has_its_own_number_and_title() -> None:
    files = sorted((ROOT / "site/pages/besluiten").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    for file in files:
        title = re.search(r"^# (\d+)\. (.+)$", file.read_text(encoding="utf-8"), re.M)
        assert title and int(title[1]) == int(file.name[:4]), file.name
