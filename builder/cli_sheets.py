"""Verbs for empty sheets: `knm template`. `cli.py` hangs the group under `knm`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from builder.cli_project import Refused, all_items_there, here, toets_named, write_new
from builder.loading.load import load


@click.group("template")
def template_group() -> None:
    """Maakt een leeg blad om in te vullen. Overschrijft nooit iets.

    Voorbeeld: knm template antwoorden oefentoets-20-a
    """


def _create(target: Path, sheets: Any, title: str, day: str) -> None:
    from builder import sheets as workbooks
    from builder.office import Properties

    if target.suffix.lower() != ".xlsx":
        raise Refused(f"{target} eindigt niet op .xlsx. Kies een naam zoals antwoorden.xlsx.")
    content = workbooks.write(sheets, Properties(title, "knm", date.fromisoformat(day)))
    write_new(target, content)
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

    bank, _ = load(here())
    toets = toets_named(bank, naam)
    all_items_there(bank, toets)
    _create(target, answer_sheets(bank, toets, persons), f"Antwoorden {toets.titel}", toets.datum)


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

    bank, _ = load(here())
    toets = toets_named(bank, naam)
    all_items_there(bank, toets)
    _create(target, angoff_sheets(bank, toets, judges), f"Angoff {toets.titel}", toets.datum)


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

    bank, _ = load(here())
    toets = toets_named(bank, naam)
    _create(target, hofstee_sheets(toets, judges), f"Hofstee {toets.titel}", toets.datum)
