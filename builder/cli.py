"""The command `knm`: every verb by its name. The verbs stand in the other modules whose names start with `cli`.

A verb parses arguments, calls, prints and gives an exit code; no domain logic.
"""

from __future__ import annotations

import click

from builder import (
    cli_analysis,
    cli_authors,
    cli_build,
    cli_check,
    cli_exam,
    cli_intake,
    cli_links,
    cli_new,
    cli_toets,
    cli_visits_after,
    cli_workshop,
)
from builder.artifacts import explain_failure
from builder.cli_project import Failed


class _Verbs(click.Group):
    """The verbs; a failing machine gives a sentence, never a traceback."""

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


for _verb in (
    cli_check.check,
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
    main.add_command(_verb)
cli_analysis.register(main)
