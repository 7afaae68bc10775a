"""What click says is Dutch: every sentence that the click of the lock has, and every help and refusal of our verbs."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click import core, exceptions, parser, types

from builder import cli_words
from builder.cli import main
from builder.cli_words import DUTCH
from tests.verbs import knm

# Sentences of click that nobody meets here: we have no prompt, pager, editor, colour or shell completion,
# no option that may be left out or is old, no argument of two words, no date, yes or number of a machine as type.
# The others tell a mistake of ours in the making of a command.
UNMET = {
    "d",
    "{editor}: Editing failed",
    "{editor}: Editing failed: {e}",
    "Windows error: {error}",
    "deprecated",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Value must be an iterable.",
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?",
    "env var: {var}",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "(dynamic)",
    "Name '{name}' defined twice",
    "Takes {nargs} values but 1 was given.",
    "Takes {nargs} values but {len} were given.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Do you want to continue?",
    "Confirm the action without prompting.",
    "unknown error",
    "Could not open file {filename!r}: {message}",
    "Missing parameter: {param_name}",
    "Missing {param_type}",
    "Invalid start character for option ({option})",
    "Option {name!r} requires {nargs} arguments.",
    "Argument {name!r} takes {nargs} values.",
    "Couldn't detect Bash version, shell completion is not supported.",
    "Shell completion is not supported for Bash versions older than 4.4.",
    "Press any key to continue...",
    "Repeat for confirmation",
    "Error: The two entered values do not match.",
    "Unknown color {colour!r}",
    "Error: invalid input",
    "Choice({choices})",
    "{value!r} does not match the format {format}.",
    "{value!r} does not match the formats {formats}.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
    "{value!r} is not a valid UUID.",
    "{name} {filename!r} is not executable.",
    "Unknown standard stream '{name}'",
}
# What every walk over our verbs has to meet: that it is met proves that the walk looks.
SURELY_MET = {
    "Usage:", "Options", "Commands", "required", "default: {default}", "Show this message and exit.",
    "Error: {message}", "Try '{command} {option}' for help.", "No such command {name!r}.",
    "No such option {name!r}.", "Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)",
    "Missing argument", "Missing option", "Got unexpected extra argument ({args})",
    "Got unexpected extra arguments ({args})", "Option {name!r} requires an argument.",
    "Option {name!r} does not take a value.", "Invalid value for {param_hint}: {message}",
    "{value!r} is not one of {choices}.", "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.", "{name} {filename!r} does not exist.",
    "{name} {filename!r} is a directory.",
}  # fmt: skip
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Missing|Invalid|Try '|No such|Did you|Show |required|default:|"
    r"unexpected|is not|OPTIONS|ARGS|COMMAND|TEXT|INTEGER|FLOAT|RANGE|PATH|FILE|DIRECTORY)\b|x<=|x>="
)


def sentences_of_click() -> set[str]:
    found: set[str] = set()
    for source in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                found |= {
                    one.value
                    for one in node.args
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    return found


def test_every_sentence_of_click_is_known() -> None:
    there = sentences_of_click() | {"required"}  # that one goes by a variable
    assert sorted(there - set(DUTCH) - UNMET) == [], "a newer click says something new: translate it"
    assert sorted((set(DUTCH) | UNMET) - there) == [], "click no longer says this"


@pytest.mark.parametrize("english", DUTCH)
def test_a_translation_has_the_same_gaps(english: str) -> None:
    def gaps(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    # where the name of a file says enough, "path" or "file" may be left out
    assert gaps(DUTCH[english]) <= gaps(english)
    assert gaps(english) - gaps(DUTCH[english]) <= {"name"}


def commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*words, name))


def faults(command: click.Command, folder: Path) -> Iterator[list[str]]:
    """Yield every kind of wrong use of a command; none of them runs it."""
    yield ["--bestaat-niet"]
    if isinstance(command, click.Group):
        yield ["bestaatniet"]
        return
    needed: list[str] = []
    for param in command.params:
        if isinstance(param, click.Argument) and (param.required or param.nargs != -1):
            needed.append("woord")
        elif isinstance(param, click.Option) and param.required:
            needed += [param.opts[0], "woord"]
    if any(param.required for param in command.params):
        yield []
    if not any(param.nargs == -1 for param in command.params):
        yield [*needed, "teveel"]
        yield [*needed, "teveel", "ookteveel"]
    for param in command.params:
        if not isinstance(param, click.Option):
            continue
        name = param.opts[-1]
        if param.is_flag:
            yield [*needed, f"{name}=x"]
            continue
        yield [f"--{name.strip('-')[:-1]}"]
        yield [*needed, name]
        if isinstance(param.type, click.Choice | click.IntRange | click.FloatRange):
            yield [*needed, name, "onzin"]
        if isinstance(param.type, click.IntRange | click.FloatRange):
            yield [*needed, name, "-999999"]
        if isinstance(param.type, click.Path) and param.type.exists:
            yield [*needed, name, str(folder / "is-er-niet")]
            yield [*needed, name, str(folder)]
        if param.required:
            at = needed.index(param.opts[0])
            yield needed[:at] + needed[at + 2 :]


def test_every_help_and_every_refusal_is_dutch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    met: set[str] = set()

    def dutch(text: str) -> str:
        met.add(text)
        return cli_words.dutch(text)

    for module in (core, exceptions, click.formatting, parser, types, click.decorators, click.termui):
        monkeypatch.setattr(module, "_", dutch)
    for module in (core, exceptions, parser, types):
        monkeypatch.setattr(module, "ngettext", lambda one, more, number: dutch(one if number == 1 else more))
    monkeypatch.chdir(tmp_path)
    for words, command in commands(main):
        said = knm(*words, "--help").output
        assert not ENGLISH.search(said), said
        assert said.startswith("Gebruik: ")
        for fault in faults(command, tmp_path):
            result = knm(*words, *fault)
            assert result.exit_code == 2, (words, fault, result.output)
            assert not ENGLISH.search(result.output), result.output
    said = knm("strat").output
    assert "De opdracht 'strat' bestaat niet. Bedoel je een van deze: 'start', 'status'?" in said
    assert sorted(met - set(DUTCH)) == []
    assert sorted(SURELY_MET - met) == []
    assert list(tmp_path.iterdir()) == []


def test_the_number_of_the_version_is_told_in_dutch() -> None:
    assert re.search(r"^knm, versie [0-9.]+$", knm("--version").output)


def test_check_alone_speaks_dutch_too(tmp_path: Path) -> None:
    run = [sys.executable, "-c", "from builder.cli import main; main()", "check", "--fromat", "json"]
    result = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True)
    assert "De keuze '--fromat' bestaat niet. Bedoel je '--format'?" in result.stderr
    assert result.returncode == 2
