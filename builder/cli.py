"""The command `knm`: parse arguments, call, print, exit code. No domain logic."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from builder import checks, report, rulebook
from builder.cells import coverage as count_coverage
from builder.diagnostics import Diagnostic, Severity, sort_key
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.project import Project, ProjectError, find_project


class Refused(click.ClickException):
    """Wrong use: a sentence on the error stream and exit code 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Print the sentence without English words around it."""
        click.echo(self.message, err=True)


def _project() -> Project:
    try:
        return find_project(Path.cwd())
    except ProjectError as error:
        raise Refused(str(error)) from error


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="knm", prog_name="knm")
def main() -> None:
    """Itembank en handreiking KNM: controleren, bouwen, exporteren.

    Voorbeeld: knm check
    """


def _within(project: Project, paths: Sequence[str]) -> tuple[str, ...]:
    wanted = []
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise Refused(f"{given} bestaat niet. Kijk naar de naam en naar de map waarin je staat.")
        relative = project.relative(path.resolve())
        wanted.append("" if relative == "." else relative)
    return tuple(wanted)


def _findings(project: Project, until: str) -> tuple[Itembank, tuple[Diagnostic, ...]]:
    bank, found = load(project)
    if until == "link":
        return bank, found
    return bank, tuple(sorted([*found, *checks.check(bank)], key=sort_key))


@main.command()
@click.argument("paths", nargs=-1, metavar="[PAD]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="De vorm van de uitvoer.",
)
@click.option(
    "--until",
    type=click.Choice(["link", "check"]),
    default="check",
    help="link: stop vóór de inhoudelijke controles.",
)
@click.option("--strict", is_flag=True, help="Ook een waarschuwing telt als fout (exit 1).")
def check(paths: tuple[str, ...], form: str, until: str, strict: bool) -> None:
    """Controleert de hele bank en meldt wat er op deze paden te verbeteren is.

    Voorbeeld: knm check items/wonen
    """
    project = _project()
    within = _within(project, paths)
    bank, found = _findings(project, until)
    if within and "" not in within:
        found = tuple(
            finding
            for finding in found
            if any(
                finding.location.path == path or finding.location.path.startswith(f"{path}/")
                for path in within
            )
        )
    if form == "json":
        click.echo(report.as_json(found, len(bank.locations), len(bank.items)))
    elif form == "github":
        if found:
            click.echo(report.as_github(found))
    else:
        if found:
            click.echo(report.as_text(found, _colour()))
        click.echo(_summary(bank, found, until))
    errors = report.count(found, Severity.ERROR)
    warnings = report.count(found, Severity.WARNING)
    sys.exit(1 if errors or (strict and warnings) else 0)


def _summary(bank: Itembank, found: Sequence[Diagnostic], until: str) -> str:
    errors = report.count(found, Severity.ERROR)
    warnings = report.count(found, Severity.WARNING)
    advices = report.count(found, Severity.ADVICE)
    counted = f"{len(bank.items)} vragen, {len(bank.lessen)} lessen, {len(bank.toetsen)} toetsen."
    if errors or warnings or advices:
        return f"{errors} fouten, {warnings} waarschuwingen, {advices} adviezen. Goed geladen: {counted}"
    guaranteed = "Alles is leesbaar, volgt het schema en verwijst naar iets wat er is."
    if until != "link":
        guaranteed += " Elke vraag heeft één goed antwoord. Elke les past in haar tijd."
    return f"Geen fouten. {counted} {guaranteed}"


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Legt een regel uit, met een fout en een goed voorbeeld.

    Voorbeeld: knm explain C301
    """
    rules = {rule.code: rule for rule in rulebook.RULES}
    if code is None:
        for rule in rulebook.RULES:
            click.echo(f"{rule.code}  {report.SEVERITY_NAMES[rule.severity]:13} {rule.name}")
        return
    found = rules.get(code.upper())
    if found is None:
        near = get_close_matches(code.upper(), list(rules), 1, 0.5)
        meant = f" Bedoelde je {near[0]}?" if near else ""
        raise Refused(f"Regel {code} bestaat niet.{meant} `knm explain` toont alle regels.")
    click.echo(f"{found.code} {found.name} ({report.SEVERITY_NAMES[found.severity]})\n\n{found.why}\n")
    click.echo(f"Fout:\n{_indent(found.wrong)}\n\nGoed:\n{_indent(found.right)}")


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


@main.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="De vorm van de uitvoer."
)
def coverage(form: str) -> None:
    """Telt hoeveel vragen er zijn per eindterm, indicator en niveau.

    Voorbeeld: knm coverage --format json
    """
    bank, _ = load(_project())
    counts = count_coverage(bank)
    if form == "json":
        click.echo(json.dumps(counts, ensure_ascii=False, indent=2))
        return
    click.echo(f"{counts['items']} vragen, {counts['lessen']} lessen\n")
    for nummer, number in counts["by_eindterm"].items():
        click.echo(f"{nummer:8}{number:4}")
    for label in ("by_taalniveau", "by_abstractieniveau", "by_status"):
        click.echo("")
        for name, number in counts[label].items():
            click.echo(f"{name:14}{number:4}")
