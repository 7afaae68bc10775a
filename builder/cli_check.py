"""`knm check` and `knm explain`: what is wrong in the bank, and why that is wrong. `cli.py` hangs them under `knm`."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

import click

from builder import report
from builder.artifacts import WriteError, write_file
from builder.cli_project import Refused, day_option, form_option, here, known_day, only_writer, tell
from builder.diagnostics import Diagnostic, Severity, sort_key
from builder.dutch import count, meant
from builder.loading.document import KINDS, kind_of
from builder.loading.known import enough
from builder.loading.load import load, load_known, without_collector
from builder.loading.recalled import Changed
from builder.model.itembank import Itembank
from builder.project import Project


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PAD]…")
@form_option("github")
@click.option(
    "--until",
    type=click.Choice(["link", "check"]),
    default="check",
    help="link: stop vóór de inhoudelijke controles.",
)
@click.option("--strict", is_flag=True, help="Ook een waarschuwing telt als fout (exit 1).")
@click.option(
    "--fix", is_flag=True, help="Toon wat de computer veilig kan herstellen: spaties, volgorde, NFC."
)
@click.option("--write", is_flag=True, help="Met --fix: schrijf de herstelde bestanden.")
@day_option()
@click.option(
    "--no-cache", "anew", is_flag=True, help="Lees elk bestand opnieuw, ook als het niet veranderd is."
)
def check(
    paths: tuple[str, ...],
    form: str,
    until: str,
    strict: bool,
    fix: bool,
    write: bool,
    day: str | None,
    anew: bool,
) -> None:
    """Controleert de hele bank en meldt wat er op deze paden te verbeteren is.

    Voorbeeld: knm check items/wonen
    """
    project = here()
    within = _within(project, paths)
    if fix or write:
        _fix(project, within, fix, write)
        return
    bank, found = findings(project, until, day, known=not anew and os.environ.get("KNM_CACHE") != "0")
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
        tell(found)
        click.echo(summary(bank, found, until))
    errors = report.count(found, Severity.ERROR)
    warnings = report.count(found, Severity.WARNING)
    sys.exit(1 if errors or (strict and warnings) else 0)


def _within(project: Project, paths: Sequence[str]) -> tuple[str, ...]:
    wanted = []
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise Refused(f"{given} bestaat niet. Kijk naar de naam en naar de map waarin je staat.")
        relative = project.relative(path.resolve())
        wanted.append("" if relative == "." else relative)
    return tuple(wanted)


def findings(
    project: Project, until: str, day: str | None, known: bool = False
) -> tuple[Itembank, tuple[Diagnostic, ...]]:
    """Return the bank and all findings; `until` link leaves out the checks.

    With `known`, a file that did not change since it was good stays closed.
    """
    if known:
        try:
            return _found(*load_known(project), project, until, day, enough(project.root))
        except Changed:  # somebody is writing at this moment
            pass
    return _found(*load(project), project, until, day)


def _found(
    bank: Itembank,
    found: tuple[Diagnostic, ...],
    project: Project,
    until: str,
    day: str | None,
    known: bool = False,
) -> tuple[Itembank, tuple[Diagnostic, ...]]:
    if until == "link":
        return bank, found
    from builder import checks
    from builder.checks.context import Context
    from builder.exam import verify
    from builder.known_findings import KnownFindings
    from builder.language.dictionary import find_dictionary

    with without_collector():
        memory = KnownFindings(bank, project.cache / "bank") if known else None
        context = Context(known_day(project, day), memory.dictionary if memory else find_dictionary())
        said = [*found, *checks.check(bank, context, memory), *verify.check(bank)]
        if memory:
            memory.save()
    return bank, tuple(sorted(said, key=sort_key))


def summary(bank: Itembank, found: Sequence[Diagnostic], until: str) -> str:
    """Return in a line what was found, or what is guaranteed when that is nothing."""
    counted = ", ".join(
        (
            count(len(bank.items), "vraag", "vragen"),
            count(len(bank.lessen), "les", "lessen"),
            count(len(bank.toetsen), "toets", "toetsen"),
        )
    )
    if found:
        told = ", ".join(
            (
                count(report.count(found, Severity.ERROR), "fout", "fouten"),
                count(report.count(found, Severity.WARNING), "waarschuwing", "waarschuwingen"),
                count(report.count(found, Severity.ADVICE), "advies", "adviezen"),
            )
        )
        return f"{told}. Goed geladen: {counted}."
    guaranteed = "Alles is leesbaar, volgt het schema en verwijst naar iets wat er is."
    if until != "link":
        guaranteed += " Elke vraag heeft één goed antwoord. Elke les past in haar tijd."
    return f"Geen fouten. {counted}. {guaranteed}"


# Also in a file that does not load: what is printed may end in a log that others read.
_SECRET = re.compile(rb"^status:\s*['\"]?geheim\b", re.MULTILINE)


def _fix(project: Project, within: Sequence[str], fix: bool, write: bool) -> None:
    """Show, and with `write` write, what can safely be mended in the documents on these paths."""
    if not fix:
        raise Refused("Gebruik --write samen met --fix: knm check --fix --write.")
    from builder.loading.tidy import tidy

    if write:
        only_writer(project)
    orders = {
        kind: list(json.loads((project.schemas / f"{kind}.schema.json").read_text("utf-8"))["properties"])
        for kind in KINDS
    }
    fresh: dict[Path, bytes] = {}
    for path in sorted([*project.root.glob("items/**/*.yaml"), *project.root.glob("content/**/*.yaml")]):
        name = project.relative(path)
        kind = kind_of(name)
        inside = not within or any(not at or name == at or name.startswith(f"{at}/") for at in within)
        if kind is None or not inside or path.is_symlink():
            continue
        before = path.read_bytes()
        after, done = tidy(name, before, orders[kind], straight=kind != "eindtermen")
        if done:
            fresh[path] = after
            click.echo(f"{name}: {', '.join(done)}")
            if _SECRET.search(before):
                click.echo("De vraag is geheim. Daarom staan haar regels hier niet.\n")
                continue
            old, new = (text.decode("utf-8").splitlines() for text in (before, after))
            click.echo("\n".join(unified_diff(old, new, "nu", "hersteld", lineterm="", n=1)) + "\n")
    if not fresh:
        click.echo("Er is niets te herstellen.")
        return
    if not write:
        click.echo("Er is nog niets veranderd. Is dit goed? Gebruik dan: knm check --fix --write")
        return
    try:
        for path, content in fresh.items():
            write_file(path, content)
    except WriteError as error:
        raise Refused(str(error)) from error
    click.echo(f"Hersteld: {count(len(fresh), 'bestand', 'bestanden')}.")


@click.command("explain")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Legt een regel uit, met een fout en een goed voorbeeld.

    Voorbeeld: knm explain C301
    """
    from builder import rulebook  # brings every exporter along, which `check` can do without

    rules = {rule.code: rule for rule in rulebook.RULES}
    if code is None:
        for rule in rulebook.RULES:
            click.echo(f"{rule.code}  {report.SEVERITY_NAMES[rule.severity]:13} {rule.name}")
        return
    found = rules.get(code.upper())
    if found is None:
        near = f" {meant(code.upper(), rules, likeness=0.5)}".rstrip()
        raise Refused(f"Regel {code} bestaat niet.{near} `knm explain` toont alle regels.")
    click.echo(f"{found.code} {found.name} ({report.SEVERITY_NAMES[found.severity]})\n\n{found.why}\n")
    click.echo(f"Fout:\n{_indent(found.wrong)}\n\nGoed:\n{_indent(found.right)}")


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
