"""What every verb starts with: the project it stands in, the date, and the way to say that use was wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from builder.artifacts import WriteError
from builder.locking import held
from builder.project import Project, ProjectError, find_project, today


class Refused(click.ClickException):
    """Wrong use: a sentence on the error stream and exit code 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Print the sentence without English words around it."""
        click.echo(self.message, err=True)


def here() -> Project:
    """Return the project that the command runs in. Raises `Refused` outside one."""
    try:
        return find_project(Path.cwd())
    except ProjectError as error:
        raise Refused(str(error)) from error


def day_of(project: Project, given: str | None) -> date:
    """Return the reference date. Raises `Refused` when it is unknown or no date."""
    try:
        return today(project.root, given)
    except ProjectError as error:
        raise Refused(str(error)) from error


def only_writer(project: Project) -> None:
    """Let no other run write in this project until the verb ends. Raises `Refused` when one is busy.

    Between reading and writing nobody else changes what was read, so no review or edition is lost.
    """
    try:
        click.get_current_context().with_resource(held(project.build))
    except WriteError as error:
        raise Refused(str(error)) from error
