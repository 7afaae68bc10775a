"""Verbs for the coordinator of visits. `cli.py` hangs the group under `knm`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder import report
from builder.artifacts import WriteError
from builder.cli_project import Refused, day_option, write_new
from builder.diagnostics import Diagnostic
from builder.dutch import count, meant
from builder.model.locatie import Locatie
from builder.project import ProjectError, told_day
from builder.visits.nouns import Aanvraag, Bezoek

if TYPE_CHECKING:
    from builder.visits.plan import Voorstel


@click.group("visits")
def visits_group() -> None:
    """Plant bezoeken van groepen aan musea en herinneringscentra.

    Voorbeeld: knm visits template groepen.xlsx
    """


@visits_group.command("template")
@click.argument("target", type=click.Path(path_type=Path), default="bezoeken.xlsx", metavar="[BESTAND]")
@click.option("--leeg", is_flag=True, help="Zonder de locaties van dit project.")
def visits_template(target: Path, leeg: bool) -> None:
    """Maakt een rekenblad voor groepen en locaties. Overschrijft nooit iets.

    De locaties van dit project staan er al in, met wat bekend is. De rest vul je zelf in.

    Voorbeeld: knm visits template groepen.xlsx
    """
    from builder.visits.bundle import empty_workbook

    if target.suffix.lower() != ".xlsx":
        raise Refused(f"{target} eindigt niet op .xlsx. Kies een naam zoals groepen.xlsx.")
    known = () if leeg else _known_places()
    write_new(target, empty_workbook(known))
    click.echo(f"Gemaakt: {target}. Lees eerst het tabblad Uitleg.")
    if known:
        click.echo(
            f"Er staan {len(known)} locaties in. Bel elke locatie, vul de lege cellen in, en haal weg wat je niet gebruikt."
        )


def _known_places() -> tuple[Locatie, ...]:
    """Return the places of the project that the user stands in; none outside a project."""
    from builder.loading.load import load
    from builder.project import find_project

    try:
        project = find_project(Path.cwd())
    except ProjectError:
        return ()
    return tuple(load(project)[0].locaties.values())


def read_workbook(
    path: Path, day: Callable[[], date] | None = None
) -> tuple[Aanvraag, tuple[Diagnostic, ...]]:
    """Return what the workbook asks and its warnings; tell the errors and stop (exit 2) otherwise.

    With a day it must also be possible to plan from that day on.
    """
    from builder.visits.read_request import read_request

    if not path.is_file():
        raise Refused(f"{path} bestaat niet, of is geen bestand. Kijk naar de naam en de map.")
    request, found = read_request(path.name, path.read_bytes(), today=day() if day is not None else None)
    tell(found)
    if request is None:
        click.echo("Er is niets gepland. Verbeter eerst de fouten.", err=True)
        sys.exit(2)
    return request, found


def tell(found: Sequence[Diagnostic]) -> None:
    """Print findings on the error stream."""
    if found:
        click.echo(report.as_text(found), err=True)


def reference_day(given: str | None) -> date:
    """Return the date as it was told, else that of the computer: a plan is about the days to come. Raises `Refused`."""
    try:
        return told_day(given) or date.today()
    except ProjectError as error:
        raise Refused(str(error)) from error


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        day_option(),
        click.option(
            "--seconds",
            type=click.FloatRange(0.1, 3600),
            default=30.0,
            show_default=True,
            help="Hoelang er ten hoogste gezocht wordt.",
        ),
        click.option("--quick", is_flag=True, help="Zonder te zoeken wat er zou helpen."),
    ):
        command = option(command)
    return command


@visits_group.command("plan")
@click.argument("source", type=click.Path(path_type=Path), metavar="BESTAND")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="De map voor de voorstellen.")
@_options
def visits_plan(source: Path, out: Path, day: str | None, seconds: float, quick: bool) -> None:
    """Maakt een plan: wie gaat wanneer waarheen, en waarom. Elk voorstel krijgt een eigen nummer.

    Einde met 0: alle groepen hebben een bezoek. Met 1: niet alle groepen. Met 2: het bestand klopt nog niet.

    Voorbeeld: knm visits plan groepen.xlsx --out build/bezoeken
    """
    request, _ = read_workbook(source, lambda: reference_day(day))
    _make(request, request.bezoeken, out, reference_day(day), seconds, quick)


@visits_group.command("replan")
@click.argument("source", type=click.Path(path_type=Path), metavar="PLAN")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="De map voor de voorstellen. Zonder deze keuze: naast PLAN.",
)
@click.option("--cancel", "quits", multiple=True, metavar="GROEP", help="Deze groep gaat niet. Mag vaker.")
@click.option("--pin", "pins", multiple=True, metavar="GROEP", help="Dit bezoek blijft staan. Mag vaker.")
@_options
def visits_replan(
    source: Path,
    out: Path | None,
    quits: tuple[str, ...],
    pins: tuple[str, ...],
    day: str | None,
    seconds: float,
    quick: bool,
) -> None:
    """Plant opnieuw na een wijziging, en verplaatst zo weinig mogelijk bezoeken. Zegt wie verhuist en waarom.

    Voorbeeld: knm visits replan build/bezoeken/voorstel-001/plan.xlsx --cancel "A2 ochtend"
    """
    from builder.visits import moves, proposals

    if source.is_dir():
        source = source / proposals.PLAN
    request, _ = read_workbook(source, lambda: reference_day(day))
    if not request.bezoeken:
        raise Refused(f"{source.name} heeft nog geen bezoeken. Gebruik eerst: knm visits plan {source.name}.")
    unknown = [name for name in (*quits, *pins) if name not in {visit.groep for visit in request.bezoeken}]
    if unknown:
        near = meant(unknown[0], [visit.groep for visit in request.bezoeken], likeness=0.5)
        raise Refused(f"{unknown[0]} heeft geen bezoek. {near}".rstrip())
    folder = source.resolve().parent
    target = out or (folder.parent if proposals.NUMBERED.fullmatch(folder.name) else folder)
    before = moves.as_it_was(request.bezoeken, proposals.called_off_in(folder))
    decided = proposals.with_decisions(request, quits, pins)
    _make(decided, before, target, reference_day(day), seconds, quick)


def _make(
    request: Aanvraag, before: Sequence[Bezoek], out: Path, day: date, seconds: float, quick: bool
) -> None:
    """Solve, write the next numbered proposal, tell against the plan before, and end with 0 or 1."""
    from builder.visits import proposals
    from builder.visits.plan import make_plan
    from builder.visits.solve import Opdracht

    if out.exists() and not out.is_dir():
        raise Refused(f"{out} is een bestand. Kies een map.")
    seen = sys.stderr.isatty()
    order = Opdracht(
        seconden=seconds,
        verslag=lambda now: (
            click.echo(f"\rPlan {now.nummer} gevonden …", nl=False, err=True) if seen else None
        ),
    )
    proposal = make_plan(request, day, order, asking=not quick, before=before)
    if seen:
        click.echo("", err=True)
    try:
        kept = proposals.keep(proposal, out, order)
    except WriteError as error:
        raise Refused(str(error)) from error
    tell(kept.findings)
    _summary(proposal, out / kept.name)
    sys.exit(1 if proposal.uitleg else 0)


def _summary(proposal: Voorstel, target: Path) -> None:
    from builder.visits.outcome_sheets import notes, visit_in_words

    for line in notes(proposal, target.name):
        click.echo(line)
    if proposal.verhuizingen:
        click.echo("\nWie verhuist, en waarom:")
        for move in proposal.verhuizingen:
            click.echo(
                f"  {move.groep}: {visit_in_words(move.was)} → {visit_in_words(move.wordt)}. {move.waarom}"
            )
    elif proposal.aanvraag.bezoeken:
        click.echo("\nNiemand verhuist.")
    if proposal.uitleg:
        click.echo("\nZonder bezoek:")
    told = {proposal.aanvraag.groepen[why.groep].naam: why for why in proposal.uitleg}
    for waiting in proposal.wachtlijst:
        why = told[waiting.groep]
        click.echo(f"  {waiting.groep}: {why.zin}")
        for place, reasons in why.per_locatie:
            if reasons:
                click.echo(f"    {place}: {' '.join(reason.tekst for reason, _ in reasons)}")
        for text in why.helpt:
            click.echo(f"    → {text}")
        if waiting.zou_passen:
            click.echo(f"    Past ook op de plaats van {waiting.zou_passen[0].groep}.")
    if proposal.als_dan:
        click.echo("\nWat als?")
    for case in proposal.als_dan:
        click.echo(f"  {case.als}: {_more(case.groepen_meer)}")
    click.echo(f"\nHet voorstel staat in {target}. Begin met overzicht.html.")


def _more(groups: int) -> str:
    return f"{count(groups, 'groep', 'groepen')} meer." if groups > 0 else "geen groep meer."


@visits_group.command("publish")
@click.argument("folder", type=click.Path(path_type=Path), metavar="VOORSTEL")
@day_option()
def visits_publish(folder: Path, day: str | None) -> None:
    """Stelt een voorstel vast. Is het al vastgesteld? Dan kijkt het of er sindsdien iets veranderd is.

    Einde met 0: vastgesteld. Met 1: een vastgesteld voorstel is veranderd. Met 2: het was al vastgesteld, en is nog heel.

    Voorbeeld: knm visits publish build/bezoeken/voorstel-002
    """
    from builder.visits import proposals

    if not (folder / proposals.PLAN).is_file() and not (folder / proposals.PUBLISHED).is_file():
        raise Refused(f"{folder} is geen voorstel: plan.xlsx is er niet. Kies een map zoals voorstel-001.")
    marked = proposals.published_in(folder.resolve().parent)
    try:
        made = proposals.publish(folder, reference_day(day))
        changed = {name: proposals.spoiled(folder.resolve().parent / name) for name in marked}
        if not made:
            changed[folder.resolve().name] = proposals.spoiled(folder)
    except WriteError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused("Een bestand van een vastgesteld voorstel is niet te lezen.") from error
    if made:
        click.echo(f"Vastgesteld: {folder.name}.")
    for name, differences in changed.items():
        if not differences:
            click.echo(f"Eerder vastgesteld, en nog heel: {name}.")
            continue
        click.echo(f"Veranderd na het vaststellen: {name}.", err=True)
        for difference in differences:
            click.echo(f"  {difference}", err=True)
    if any(changed.values()):
        click.echo("Zet de bestanden terug, of maak met `knm visits replan` een nieuw voorstel.", err=True)
        sys.exit(1)
    if not made:
        raise Refused(f"{folder.name} was al vastgesteld. Er is niets veranderd.")
