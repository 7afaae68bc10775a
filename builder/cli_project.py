"""What every verb starts with: the project it stands in, the date, options that return, and how to say no."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from builder import report
from builder.artifacts import WriteError, create_file
from builder.cli_words import speak_dutch
from builder.diagnostics import Diagnostic
from builder.dutch import meant
from builder.loading.document import KINDS
from builder.loading.load import load
from builder.locking import held
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from builder.project import Project, ProjectError, find_project, today

speak_dutch()

_AT_ONCE = 1000  # findings that are printed together
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Verb = TypeVar("_Verb", bound=Callable[..., object])
_Document = TypeVar("_Document")


class Refused(click.ClickException):
    """Wrong use: a sentence on the error stream and exit code 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Print the sentence without English words around it."""
        click.echo(self.message, err=True)


class Failed(Refused):
    """The machine failed (disk full, no right to write): a sentence and exit code 1."""

    exit_code = 1


def here() -> Project:
    """Return the project that the command runs in. Raises `Refused` outside one."""
    try:
        project = find_project(Path.cwd())
    except ProjectError as error:
        raise Refused(str(error)) from error
    lacking = [name for kind in KINDS if not (project.schemas / (name := f"{kind}.schema.json")).is_file()]
    if lacking:
        raise Refused(
            f"In deze bank ontbreekt {', '.join(f'schemas/{name}' for name in lacking)}. "
            "Waarschijnlijk is zij van een ouder programma. Typ knm start, en werk de bank bij."
        )
    return project


def day_of(project: Project, given: str | None) -> date:
    """Return the reference date. Raises `Refused` when it is unknown or no date."""
    try:
        return today(project.root, given)
    except ProjectError as error:
        raise Refused(str(error)) from error


def known_day(project: Project, given: str | None) -> date | None:
    """Return the reference date, or None when nobody told it: then nothing is too old. Raises `Refused`."""
    try:
        return today(project.root, given)
    except ProjectError as error:
        if given:
            raise Refused(str(error)) from error
        return None


# The workshop holds a bank for the moment of one save: that is worth waiting for.
_PATIENCE = 1.0


def only_writer(project: Project) -> None:
    """Let no other run or workshop write documents in this project until the verb ends. Raises `Refused` when one is busy.

    Between reading and writing nobody else changes what was read, so no review or edition is lost.
    """
    _hold(project.root)


def only_builder(project: Project) -> None:
    """Let no other run write under `build/` until the verb ends. Raises `Refused` when one is busy."""
    _hold(project.build)


def _hold(folder: Path) -> None:
    try:
        click.get_current_context().with_resource(held(folder, _PATIENCE))
    except WriteError as error:
        raise Refused(str(error)) from error


def day_option(what: str = "De datum van vandaag") -> Callable[[_Verb], _Verb]:
    """Return the option that tells the date of this run, as `day`."""
    return click.option("--today", "day", help=f"{what}, als jaar-maand-dag.")


def form_option(*forms: str) -> Callable[[_Verb], _Verb]:
    """Return the option for the form of the output, as `form`: text, json and these."""
    choice = click.Choice(["text", "json", *forms])
    return click.option("--format", "form", type=choice, default="text", help="De vorm van de uitvoer.")


def progress(text: str) -> None:
    """Say what is being done, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(text, err=True)


def tell(found: Sequence[Diagnostic]) -> None:
    """Print findings, with colours on a terminal; some at a time, as the text of all of them takes much room."""
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for start in range(0, len(found), _AT_ONCE):
        click.echo(report.as_text(found[start : start + _AT_ONCE], colour))


def fit_name(name: str) -> str:
    """Return a name for a document or file. Raises `Refused` when it cannot be one."""
    if not _SLUG.fullmatch(name):
        raise Refused(f"{name} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    return name


def parts_of(text: str) -> tuple[str, ...]:
    """Return what stands between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def stem_of(given: str) -> str:
    """Return the id in an id or a path."""
    return Path(given).stem if given.endswith(".yaml") else given


def toets_named(bank: Itembank, given: str) -> Toets:
    """Return the toets with this id or path. Raises `Refused` when there is none that loaded."""
    return named(bank, "Toets", bank.toetsen, given)


def named(bank: Itembank, what: str, documents: Mapping[str, _Document], given: str) -> _Document:
    """Return the document with this id or path. Raises `Refused` when there is none that loaded."""
    name = stem_of(given)
    if name in documents:
        return documents[name]
    if name in bank.broken:
        raise Refused(f"{what} {name} heeft fouten. Kijk eerst met `knm check`.")
    raise Refused(f"{what} {name} bestaat niet. {meant(name, documents, likeness=0.5)}".rstrip())


def all_items_there(bank: Itembank, toets: Toets) -> None:
    """Raise `Refused` when a question of a toets is not in the bank."""
    missing = [plek.id for plek in toets.items if plek.id not in bank.items]
    if missing:
        raise Refused(f"Vraag {missing[0]} bestaat niet of heeft fouten. Kijk eerst met `knm check`.")


def loaded_toets(project: Project, given: str) -> tuple[Itembank, Toets]:
    """Return the bank and a toets in it; tell the findings about the toets and stop when it did not load."""
    bank, found = load(project)
    name = stem_of(given)
    mine = [finding for finding in found if finding.location.path == f"content/toetsen/{name}.yaml"]
    if mine and name not in bank.toetsen:
        tell(mine)
        sys.exit(1)
    return bank, toets_named(bank, name)


def create(project: Project, target: Path, text: str) -> None:
    """Write a new document and say so. Raises `Refused` when it is there already or cannot be written."""
    try:
        made = create_file(target, text.encode("utf-8"))
    except WriteError as error:
        raise Refused(str(error)) from error
    if not made:
        raise Refused(f"{project.relative(target)} bestaat al. Er is niets veranderd.")
    click.echo(f"Gemaakt: {project.relative(target)}")


def write_new(target: Path, content: bytes) -> None:
    """Write a new file where the user wants it. Raises `Refused` when it is there already or cannot be written."""
    try:
        made = create_file(target, content)
    except WriteError as error:
        raise Refused(str(error)) from error
    if not made:
        raise Refused(f"{target} bestaat al. Kies een andere naam, dan gaat er niets verloren.")


def empty_place(out: Path) -> None:
    """Raise `Refused` when something stands where a new folder should come."""
    if out.exists() and any(out.iterdir() if out.is_dir() else (out,)):
        raise Refused(f"{out} is niet leeg. Kies een nieuwe of lege map, dan gaat er niets verloren.")
