"""The command `knm`: every verb by its name. The verbs stand in the other modules whose names start with `cli`.

A verb parses arguments, calls, prints and gives an exit code; no domain logic.
"""

from __future__ import annotations

from collections.abc import MutableMapping

import click

from builder import cli_check
from builder.artifacts import explain_failure
from builder.cli_project import Failed


class _Verbs(click.Group):
    """The verbs; a failing machine gives a sentence, never a traceback.

    `check` is run the whole day: it starts without the modules of all other verbs, which come when one is asked for.
    """

    _all = False

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        """Every verb by name."""
        if self._all:
            self._all = False
            _register_all()
        return self._here

    @commands.setter
    def commands(self, given: MutableMapping[str, click.Command]) -> None:
        self._here = given

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb; for `check` without asking for the others."""
        return self._here["check"] if cmd_name == "check" else super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Failed(explain_failure(error)) from error


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="knm", prog_name="knm")
def main() -> None:
    """Itembank en handreiking KNM: controleren, bouwen, exporteren.

    Voorbeeld: knm check
    """


def _register_all() -> None:
    """Hang the verbs of the other modules under `knm`."""
    from builder import (
        cli_analysis,
        cli_authors,
        cli_build,
        cli_exam,
        cli_intake,
        cli_links,
        cli_new,
        cli_toets,
        cli_visits_after,
        cli_workshop,
    )

    for verb in (
        cli_check.explain,
        cli_new.new_group,
        cli_authors.language_verb,
        cli_authors.coverage_verb,
        cli_authors.review_group,
        cli_workshop.start,
        cli_workshop.status,
        cli_links.links_verb,
        cli_exam.plan,
        cli_exam.assemble,
        cli_toets.toets_group,
        cli_intake.import_verb,
        cli_intake.template_group,
        cli_visits_after.visits_group,
        cli_build.export,
        cli_build.build,
        cli_build.serve,
    ):
        main.add_command(verb)
    cli_analysis.register(main)


main.add_command(cli_check.check)
main._all = True
