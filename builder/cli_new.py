"""`knm new`: a skeleton of an item or a les, that passes `check` but for its TODOs. `cli.py` hangs the group up."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from builder import yaml_writing
from builder.cli_project import Refused, create, day_of, day_option, fit_name, here, only_writer
from builder.dutch import meant
from builder.loading.load import load
from builder.model.itembank import Itembank


@click.group("new")
def new_group() -> None:
    """Maakt een begin voor een nieuwe vraag of les. Overschrijft nooit iets.

    Voorbeeld: knm new item wonen 3.1.2
    """


def _known_thema(bank: Itembank, thema: str, extra: Sequence[str] = ()) -> None:
    slugs = [found.slug for found in bank.themas] + list(extra)
    if thema not in slugs:
        hint = meant(thema, slugs, f"Kies {', '.join(slugs)}.", likeness=0.5)
        raise Refused(f"Thema {thema} bestaat niet. {hint}")


def _known_eindterm(bank: Itembank, nummer: str) -> None:
    if not bank.has_eindterm(nummer):
        hint = meant(nummer, bank.eindterm_nummers(), "Kijk in content/eindtermen.yaml.", likeness=0.5)
        raise Refused(f"Eindterm {nummer} bestaat niet. {hint}")


def _official(bank: Itembank) -> str:
    """Return the bron of the eindtermen themselves."""
    return bank.eindtermen.bron if bank.eindtermen else "TODO"


@new_group.command("item")
@click.argument("thema")
@click.argument("eindterm")
def new_item(thema: str, eindterm: str) -> None:
    """Maakt een vraag met het eerste vrije nummer van een thema.

    Voorbeeld: knm new item wonen 3.1.2
    """
    project = here()
    only_writer(project)
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
    create(project, folder / f"{name}.yaml", text)
    click.echo("Vul in wat met TODO begint. Kies het goede antwoord en een bron.")
    click.echo("Maak de status review als je klaar bent. Controleer daarna met: knm check")


@new_group.command("les")
@click.argument("thema")
@click.argument("naam")
@click.argument("eindterm")
@day_option()
def new_les(thema: str, naam: str, eindterm: str, day: str | None) -> None:
    """Maakt een les met deze naam (kleine letters en streepjes).

    Voorbeeld: knm new les wonen een-kamer-huren 3.1.2
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    _known_thema(bank, thema, ("pvt",))
    _known_eindterm(bank, eindterm)
    fit_name(naam)
    datum = day_of(project, day).isoformat()
    text = yaml_writing.skeleton(
        "les", {"id": naam, "thema": thema, "eindterm": eindterm, "datum": datum, "bron": _official(bank)}
    )
    create(project, project.root / "content" / "lessen" / thema / f"{naam}.yaml", text)
    click.echo("Vul in wat met TODO begint. Controleer daarna met: knm check")
