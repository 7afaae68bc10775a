"""Verbs for empty sheets: `knm template`. `cli.py` hangs the group under `knm`."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from builder.artifacts import WriteError, create_file
from builder.cli_project import Refused, here
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from builder.project import Project


def toets_named(bank: Itembank, given: str) -> Toets:
    """Return the toets with this id or path. Raises `Refused` when there is none that loaded."""
    name = Path(given).stem if given.endswith(".yaml") else given
    if name in bank.toetsen:
        return bank.toetsen[name]
    if name in bank.broken:
        raise Refused(f"Toets {name} heeft fouten. Kijk eerst met `knm check`.")
    near = get_close_matches(name, list(bank.toetsen), 1, 0.5)
    raise Refused(f"Toets {name} bestaat niet.{f' Bedoelde je {near[0]}?' if near else ''}")


@click.group("template")
def template_group() -> None:
    """Maakt een leeg blad om in te vullen. Overschrijft nooit iets.

    Voorbeeld: knm template antwoorden oefentoets-20-a
    """


def _create(project: Project, target: Path, sheets: Any, title: str, day: str) -> None:
    from builder import sheets as workbooks
    from builder.office import Properties

    if target.suffix.lower() != ".xlsx":
        raise Refused(f"{target} eindigt niet op .xlsx. Kies een naam zoals antwoorden.xlsx.")
    content = workbooks.write(sheets, Properties(title, "knm", date.fromisoformat(day)))
    try:
        made = create_file(target, content)
    except WriteError as error:
        raise Refused(str(error)) from error
    if not made:
        raise Refused(f"{target} bestaat al. Kies een andere naam, dan gaat er niets verloren.")
    click.echo(f"Gemaakt: {target}. Lees eerst het tabblad Uitleg.")


@template_group.command("antwoorden")
@click.argument("naam", metavar="TOETS")
@click.argument("target", type=click.Path(path_type=Path), default="antwoorden.xlsx", metavar="[BESTAND]")
@click.option("--persons", type=click.IntRange(1, 1000), default=60, show_default=True, help="Hoeveel rijen.")
def template_answers(naam: str, target: Path, persons: int) -> None:
    """Maakt een blad om antwoorden van papier in te typen.

    Voorbeeld: knm template antwoorden oefentoets-20-a groep-1.xlsx
    """
    from builder.analysis.template import answer_sheets

    project = here()
    bank, _ = load(project)
    toets = toets_named(bank, naam)
    _complete(bank, toets)
    _create(project, target, answer_sheets(bank, toets, persons), f"Antwoorden {toets.titel}", toets.datum)


@template_group.command("angoff")
@click.argument("naam", metavar="TOETS")
@click.argument("target", type=click.Path(path_type=Path), default="angoff.xlsx", metavar="[BESTAND]")
@click.option(
    "--judges", type=click.IntRange(1, 50), default=6, show_default=True, help="Hoeveel beoordelaars."
)
def template_angoff(naam: str, target: Path, judges: int) -> None:
    """Maakt een blad waarop beoordelaars per vraag schatten hoe moeilijk zij is (Angoff).

    Voorbeeld: knm template angoff oefentoets-20-a --judges 8
    """
    from builder.analysis.template import angoff_sheets

    project = here()
    bank, _ = load(project)
    toets = toets_named(bank, naam)
    _complete(bank, toets)
    _create(project, target, angoff_sheets(bank, toets, judges), f"Angoff {toets.titel}", toets.datum)


@template_group.command("hofstee")
@click.argument("naam", metavar="TOETS")
@click.argument("target", type=click.Path(path_type=Path), default="hofstee.xlsx", metavar="[BESTAND]")
@click.option(
    "--judges", type=click.IntRange(1, 50), default=6, show_default=True, help="Hoeveel beoordelaars."
)
def template_hofstee(naam: str, target: Path, judges: int) -> None:
    """Maakt een blad waarop beoordelaars grenzen voor de cesuur geven (Hofstee).

    Voorbeeld: knm template hofstee oefentoets-20-a
    """
    from builder.analysis.template import hofstee_sheets

    project = here()
    bank, _ = load(project)
    toets = toets_named(bank, naam)
    _create(project, target, hofstee_sheets(toets, judges), f"Hofstee {toets.titel}", toets.datum)


def _complete(bank: Itembank, toets: Toets) -> None:
    missing = [plek.id for plek in toets.items if plek.id not in bank.items]
    if missing:
        raise Refused(f"Vraag {missing[0]} bestaat niet of heeft fouten. Kijk eerst met `knm check`.")
