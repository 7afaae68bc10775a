"""The command `knm`: parse arguments, call, print, exit code. No domain logic."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from builder import checks, report, rulebook, yaml_writing
from builder.artifacts import WriteError, create_file
from builder.cells import coverage as count_coverage
from builder.checks.toetsen import check_toets
from builder.diagnostics import Diagnostic, Severity, sort_key
from builder.exam import by_hand
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.lijsten import Doel
from builder.project import Project, ProjectError, find_project, today


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


@main.group()
def new() -> None:
    """Maakt een begin voor een nieuwe vraag of les. Overschrijft nooit iets.

    Voorbeeld: knm new item wonen 3.1.2
    """


def _known_thema(bank: Itembank, thema: str, extra: Sequence[str] = ()) -> None:
    slugs = [found.slug for found in bank.themas] + list(extra)
    if thema not in slugs:
        near = get_close_matches(thema, slugs, 1, 0.5)
        hint = f"Bedoelde je {near[0]}?" if near else f"Kies {', '.join(slugs)}."
        raise Refused(f"Thema {thema} bestaat niet. {hint}")


def _known_eindterm(bank: Itembank, nummer: str) -> None:
    if not bank.has_eindterm(nummer):
        near = get_close_matches(nummer, bank.eindterm_nummers(), 1, 0.5)
        hint = f"Bedoelde je {near[0]}?" if near else "Kijk in content/eindtermen.yaml."
        raise Refused(f"Eindterm {nummer} bestaat niet. {hint}")


def _create(project: Project, target: Path, text: str) -> None:
    try:
        made = create_file(target, text.encode("utf-8"))
    except WriteError as error:
        raise Refused(str(error)) from error
    if not made:
        raise Refused(f"{project.relative(target)} bestaat al. Er is niets veranderd.")
    click.echo(f"Gemaakt: {project.relative(target)}")


@new.command("item")
@click.argument("thema")
@click.argument("eindterm")
def new_item(thema: str, eindterm: str) -> None:
    """Maakt een vraag met het eerste vrije nummer van een thema.

    Voorbeeld: knm new item wonen 3.1.2
    """
    project = _project()
    bank, _ = load(project)
    _known_thema(bank, thema)
    _known_eindterm(bank, eindterm)
    if bank.thema_of(eindterm).slug != thema:
        raise Refused(f"Eindterm {eindterm} hoort bij {bank.thema_of(eindterm).slug}, niet bij {thema}.")
    folder = project.root / "items" / thema
    numbers = [
        int(match[1])
        for name in [*bank.locations, *bank.broken]
        if (match := re.fullmatch(rf"{thema}-([0-9]{{3}})", name))
    ]
    number = max(numbers, default=0) + 1
    if number > 999:
        raise Refused(f"Bij {thema} zijn alle nummers tot en met 999 gebruikt.")
    name = f"{thema}-{number:03}"
    text = yaml_writing.skeleton("item", {"id": name, "eindterm": eindterm})
    _create(project, folder / f"{name}.yaml", text)
    click.echo("Vul in wat met TODO begint. Controleer daarna met: knm check")


@new.command("les")
@click.argument("thema")
@click.argument("naam")
@click.argument("eindterm")
@click.option("--today", "day", help="De datum van vandaag, als jaar-maand-dag.")
def new_les(thema: str, naam: str, eindterm: str, day: str | None) -> None:
    """Maakt een les met deze naam (kleine letters en streepjes).

    Voorbeeld: knm new les wonen een-huis-huren 3.1.2
    """
    project = _project()
    bank, _ = load(project)
    _known_thema(bank, thema, ("pvt",))
    _known_eindterm(bank, eindterm)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", naam):
        raise Refused(f"{naam} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    try:
        datum = today(project.root, day).isoformat()
    except ProjectError as error:
        raise Refused(str(error)) from error
    text = yaml_writing.skeleton("les", {"id": naam, "thema": thema, "eindterm": eindterm, "datum": datum})
    _create(project, project.root / "content" / "lessen" / thema / f"{naam}.yaml", text)
    click.echo("Vul in wat met TODO begint. Controleer daarna met: knm check")


@main.group()
def toets() -> None:
    """Maakt en controleert toetsen.

    Voorbeeld: knm toets verify oefentoets-a
    """


@toets.command("new")
@click.argument("naam")
@click.option("--items", required=True, help="De vragen, met komma's ertussen.")
@click.option("--titel", help="De titel op het boekje.")
@click.option(
    "--doel", type=click.Choice(["oefenen", "examen"]), default="oefenen", help="Waarvoor de toets is."
)
@click.option("--matrijs", default="", help="De toetsmatrijs die de toets volgt.")
@click.option("--minuten", type=click.IntRange(1), help="Hoe lang de toets duurt.")
@click.option("--today", "day", help="De datum van de toets, als jaar-maand-dag.")
def toets_new(
    naam: str, items: str, titel: str | None, doel: Doel, matrijs: str, minuten: int | None, day: str | None
) -> None:
    """Maakt met de hand een toets van gekozen vragen.

    Voorbeeld: knm toets new oefentoets-b --items wonen-001,werk-002 --doel oefenen
    """
    project = _project()
    bank, _ = load(project)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", naam):
        raise Refused(f"{naam} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    try:
        datum = today(project.root, day).isoformat()
    except ProjectError as error:
        raise Refused(str(error)) from error
    chosen = tuple(part.strip() for part in items.split(",") if part.strip())
    request = by_hand.Request(naam, titel or naam, doel, datum, chosen, matrijs, minuten)
    data, objections = by_hand.make(bank, request)
    if objections:
        raise Refused("\n".join(objections))
    text = yaml_writing.dump(data, "../../schemas/toets.schema.json")
    _create(project, project.root / "content" / "toetsen" / f"{naam}.yaml", text)


@toets.command("verify")
@click.argument("naam", metavar="TOETS")
def toets_verify(naam: str) -> None:
    """Controleert of een toets nog klopt met de vragen van nu.

    Voorbeeld: knm toets verify oefentoets-a
    """
    project = _project()
    bank, found = load(project)
    name = Path(naam).stem if naam.endswith(".yaml") else naam
    if name not in bank.toetsen:
        mine = [finding for finding in found if finding.location.path == f"content/toetsen/{name}.yaml"]
        if mine:
            click.echo(report.as_text(mine, _colour()))
            sys.exit(1)
        near = get_close_matches(name, list(bank.toetsen), 1, 0.5)
        hint = f" Bedoelde je {near[0]}?" if near else ""
        raise Refused(f"Toets {name} bestaat niet.{hint}")
    chosen = bank.toetsen[name]
    wrong = tuple(sorted(check_toets(bank, chosen), key=sort_key))
    if wrong:
        click.echo(report.as_text(wrong, _colour()))
        sys.exit(1)
    click.echo(f"{name} klopt: {len(chosen.items)} vragen zijn niet veranderd en mogen gebruikt worden.")
