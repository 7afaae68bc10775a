"""Verbs for after the visits: forms, figures and knowledge checks. They hang in the group of `cli_visits.py`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from builder.artifacts import Artifact, WriteError, create_file, write_folder
from builder.cli_project import Refused, day_of, day_option, empty_place, fit_name, here, only_writer
from builder.cli_visits import read_workbook, reference_day, tell, visits_group
from builder.dutch import count

__all__ = ["visits_group"]


@visits_group.command("form")
@click.argument("source", type=click.Path(path_type=Path), metavar="PLAN")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="De map voor de formulieren.")
@day_option()
def visits_form(source: Path, out: Path, day: str | None) -> None:
    """Maakt formulieren voor na de bezoeken: een rekenblad voor alles en een bladzijde per bezoek.

    Voorbeeld: knm visits form build/bezoeken/voorstel-001 --out build/formulieren
    """
    from builder.visits.forms import forms

    if source.is_dir():
        source = source / "plan.xlsx"
    request, _ = read_workbook(source)
    if not request.bezoeken:
        raise Refused(f"{source.name} heeft nog geen bezoeken. Maak eerst een plan.")
    made = forms(request, reference_day(day))
    _write_new(out, made)
    click.echo(f"Gemaakt in {out}: verslag.xlsx en {count(len(made) - 1, 'formulier', 'formulieren')}.")


@visits_group.command("report")
@click.argument("source", type=click.Path(path_type=Path), metavar="VERSLAG")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="De map voor het verslag.")
@click.option(
    "--titel", default="Verslag van de bezoeken", show_default=True, help="Staat boven het verslag."
)
@day_option()
def visits_report(source: Path, out: Path, titel: str, day: str | None) -> None:
    """Rekent de pilot door: kosten per deelnemer, afzeggingen, groepen, en kennis vooraf en achteraf.

    Voorbeeld: knm visits report verslag.xlsx --out build/verslag
    """
    from builder.typesetting import TypesettingError
    from builder.visits.evaluation import read_evaluation
    from builder.visits.evaluation_files import evaluation_files, went_on
    from builder.visits.knowledge import VOORBEHOUD

    if not source.is_file():
        raise Refused(f"{source} bestaat niet, of is geen bestand. Kijk naar de naam en de map.")
    found, faults = read_evaluation(source.name, source.read_bytes())
    tell(faults)
    if found is None:
        click.echo("Er is geen verslag gemaakt. Verbeter eerst de fouten.", err=True)
        sys.exit(2)
    try:
        made = evaluation_files(found, titel, reference_day(day))
    except TypesettingError as error:
        raise Refused(f"{error}. Haal dit teken uit de namen.") from error
    _write_new(out, made)
    click.echo(went_on(found))
    for one in found.verschillen:
        if one.waarschuwing:
            click.echo(f"Eindterm {one.eindterm}: {one.waarschuwing}")
    for line in VOORBEHOUD if found.verschillen else ():
        click.echo(line)
    click.echo(f"Het verslag staat in {out}. Begin met verslag.html.")


def _write_new(out: Path, made: Sequence[Artifact]) -> None:
    """Write a folder that is not there yet, or is empty."""
    empty_place(out)
    try:
        write_folder(out, made)
    except WriteError as error:
        raise Refused(str(error)) from error


@visits_group.command("checks")
@click.argument("naam")
@click.argument("eindterm")
@click.option(
    "--number", type=click.IntRange(1, 20), default=5, show_default=True, help="Hoeveel vragen per keer."
)
@click.option("--today", "day", help="De datum van de toetsen, als jaar-maand-dag.")
def visits_checks(naam: str, eindterm: str, number: int, day: str | None) -> None:
    """Maakt twee korte toetsen over één eindterm: vooraf en achteraf, met andere vragen.

    Voorbeeld: knm visits checks pilot 5.1.2 --number 4
    """
    from builder import yaml_writing
    from builder.cli_exam import TOETS_SCHEMA, folder_of
    from builder.exam import before_after, by_hand
    from builder.loading.load import load

    project = here()
    only_writer(project)
    bank, _ = load(project)
    fit_name(naam)
    if not bank.has_eindterm(eindterm):
        raise Refused(f"Eindterm {eindterm} bestaat niet. Kijk in content/eindtermen.yaml.")
    *chosen, objection = before_after.choose(bank, eindterm, number)
    if objection:
        raise Refused(objection)
    datum = day_of(project, day).isoformat()
    texts = {}
    for moment, items in zip(("vooraf", "achteraf"), chosen, strict=True):
        name = f"{naam}-{moment}"
        request = by_hand.Request(name, f"Wat weet u {moment}?", "oefenen", datum, tuple(items))
        data, objections = by_hand.make(bank, request)
        if objections:
            raise Refused("\n".join(objections))
        texts[name] = yaml_writing.dump(data, TOETS_SCHEMA)
    folder = folder_of(project)
    there = [name for name in texts if (folder / f"{name}.yaml").exists()]
    if there:
        raise Refused(f"{there[0]} bestaat al. Kies een andere naam, dan gaat er niets verloren.")
    for name, text in texts.items():
        try:
            create_file(folder / f"{name}.yaml", text.encode("utf-8"))
        except WriteError as error:
            raise Refused(str(error)) from error
        click.echo(f"Gemaakt: content/toetsen/{name}.yaml. Exporteren kan met: knm export {name} --to pdf")
