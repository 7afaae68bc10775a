"""`knm toets`: a toets by hand, whether it still holds, and changes to it. `cli.py` hangs the group under `knm`."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from builder import report, yaml_writing
from builder.artifacts import WriteError, write_file
from builder.checks.toetsen import check_toets
from builder.cli_exam import SEED, TOETS_SCHEMA, folder_of, write_all
from builder.cli_project import (
    Refused,
    all_items_there,
    create,
    day_of,
    day_option,
    fit_name,
    here,
    loaded_toets,
    only_writer,
    parts_of,
    tell,
    toets_named,
)
from builder.diagnostics import Severity, sort_key
from builder.dutch import count, meant
from builder.exam import by_hand, changes, verify
from builder.loading.load import load
from builder.model.lifecycle import is_public
from builder.model.lijsten import Doel
from builder.model.toets import Toets
from builder.project import Project


@click.group("toets")
def toets_group() -> None:
    """Maakt en controleert toetsen.

    Voorbeeld: knm toets verify oefentoets-a
    """


@toets_group.command("new")
@click.argument("naam")
@click.option("--items", required=True, help="De vragen, met komma's ertussen.")
@click.option("--titel", help="De titel op het boekje.")
@click.option(
    "--doel", type=click.Choice(["oefenen", "examen"]), default="oefenen", help="Waarvoor de toets is."
)
@click.option("--matrijs", default="", help="De toetsmatrijs die de toets volgt.")
@click.option("--minuten", type=click.IntRange(1), help="Hoe lang de toets duurt.")
@day_option("De datum van de toets")
def toets_new(
    naam: str, items: str, titel: str | None, doel: Doel, matrijs: str, minuten: int | None, day: str | None
) -> None:
    """Maakt met de hand een toets van gekozen vragen.

    Voorbeeld: knm toets new oefentoets-b --items wonen-001,werk-002 --doel oefenen
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    fit_name(naam)
    datum = day_of(project, day).isoformat()
    request = by_hand.Request(naam, titel or naam, doel, datum, parts_of(items), matrijs, minuten)
    data, objections = by_hand.make(bank, request)
    if objections:
        raise Refused("\n".join(objections))
    create(project, folder_of(project) / f"{naam}.yaml", yaml_writing.dump(data, TOETS_SCHEMA))


@toets_group.command("verify")
@click.argument("naam", metavar="TOETS")
def toets_verify(naam: str) -> None:
    """Controleert of een toets nog klopt met de vragen van nu.

    Voorbeeld: knm toets verify oefentoets-a
    """
    bank, chosen = loaded_toets(here(), naam)
    wrong = sorted([*check_toets(bank, chosen), *verify.diagnostics(bank, chosen)], key=sort_key)
    tell(wrong)
    if report.count(wrong, Severity.ERROR):
        sys.exit(1)
    click.echo(f"{chosen.id} klopt: {len(chosen.items)} vragen zijn niet veranderd en mogen gebruikt worden.")


@toets_group.command("diff")
@click.argument("one", metavar="TOETS")
@click.argument("other", metavar="TOETS")
def toets_diff(one: str, other: str) -> None:
    """Laat zien waarin twee toetsen verschillen.

    Voorbeeld: knm toets diff oefentoets-20-a oefentoets-20-b
    """
    bank, _ = load(here())
    first, second = toets_named(bank, one), toets_named(bank, other)
    said = changes.difference(bank, first, second)
    shared = len({plek.id for plek in first.items} & {plek.id for plek in second.items})
    for line in said:
        click.echo(line)
    if not said:
        click.echo(f"{first.id} en {second.id} zijn gelijk.")
    else:
        click.echo(f"{count(shared, 'vraag staat', 'vragen staan')} in allebei.")


@toets_group.command("swap")
@click.argument("naam", metavar="TOETS")
@click.argument("item", metavar="VRAAG")
@click.option("--with", "new", metavar="VRAAG", help="Maak de nieuwe toets met deze vraag.")
@click.option("--name", help="De naam van de nieuwe toets.")
@click.option("--replace", "in_place", is_flag=True, help="Verander de toets zelf, als volgende editie.")
@day_option("De datum")
def toets_swap(
    naam: str, item: str, new: str | None, name: str | None, in_place: bool, day: str | None
) -> None:
    """Zoekt de beste vervangers voor een vraag in een toets. De andere vragen blijven staan.

    Voorbeeld: knm toets swap oefentoets-20-a wonen-001
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    chosen = toets_named(bank, naam)
    if stays := changes.may_not_swap(bank, chosen, item):
        raise Refused(stays)
    if new is None:
        good = changes.replacements(bank, chosen, item)
        if not good:
            click.echo(f"Er is geen vraag die {item} kan vervangen zonder een regel te breken.")
            sys.exit(1)
        for number, one in enumerate(good, start=1):
            differs = f"anders: {', '.join(one.other)}" if one.other else "zelfde eindterm en niveau"
            times = f", al {one.used} keer gebruikt" if one.used else ""
            stam = one.item.stam if is_public(one.item) else "(geheim)"
            click.echo(f"{number}. {one.item.id}  {stam}  ({differs}{times})")
        click.echo(f"Kies met: knm toets swap {chosen.id} {item} --with {good[0].item.id} --name NAAM")
        return
    good_ids = [one.item.id for one in changes.replacements(bank, chosen, item, len(bank.items))]
    if new not in good_ids:
        near = meant(new, good_ids, likeness=0.5)
        raise Refused(f"Vraag {new} kan {item} niet vervangen zonder een regel te breken. {near}".rstrip())
    changed = changes.swap(bank, chosen, item, new)
    _write_changed(project, chosen, changed, name or f"{chosen.id}-geruild", in_place, day)


@toets_group.command("variant")
@click.argument("naam", metavar="TOETS")
@click.option(
    "--n", "number", type=click.IntRange(1, 25), default=1, show_default=True, help="Hoeveel varianten."
)
@click.option("--seed", type=SEED, default=1, show_default=True, help="Het getal voor de loting.")
@click.option("--name", help="De naam van de nieuwe toets.")
@click.option("--replace", "in_place", is_flag=True, help="Zet de varianten in de toets zelf.")
def toets_variant(naam: str, number: int, seed: int, name: str | None, in_place: bool) -> None:
    """Maakt varianten van een toets: dezelfde vragen in een andere volgorde.

    Voorbeeld: knm toets variant oefentoets-20-a --n 2 --seed 3 --replace
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    chosen = toets_named(bank, naam)
    all_items_there(bank, chosen)
    changed, code = chosen, ""
    for step in range(number):
        code = changes.next_code(changed)
        if not code:
            raise Refused(f"{chosen.id} krijgt dan meer varianten dan er letters zijn, van B tot en met Z.")
        changed = changes.with_variant(bank, changed, code, seed + step)
    if in_place:
        _overwrite(project, changed)
    else:
        _create(project, changes.renamed(changed, name or f"{chosen.id}-variant-{code.lower()}"))


@toets_group.command("vernieuw")
@click.argument("naam", metavar="TOETS")
@click.option("--name", help="De naam van de nieuwe toets.")
@click.option("--replace", "in_place", is_flag=True, help="Verander de toets zelf.")
@day_option("De datum")
def toets_vernieuw(naam: str, name: str | None, in_place: bool, day: str | None) -> None:
    """Maakt de volgende editie van een toets, met de vragen zoals ze nu zijn en een nieuwe afdrukcode.

    Voorbeeld: knm toets vernieuw oefentoets-20-a --replace
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    chosen = toets_named(bank, naam)
    changed, said, wrong = changes.next_edition(bank, chosen, day_of(project, day).isoformat())
    if wrong:
        raise Refused("\n".join(wrong))
    for line in said or ("Geen enkele vraag is veranderd.",):
        click.echo(line)
    if in_place:
        _overwrite(project, changed)
    else:
        _create(project, changes.renamed(changed, name or changes.edition_name(changed)))
    click.echo(f"Dit is editie {changed.editie}. Druk boekje, antwoordblad en sleutel opnieuw af.")


def _write_changed(
    project: Project, old: Toets, changed: Toets, name: str, in_place: bool, day: str | None
) -> None:
    if not in_place:
        _create(project, changes.renamed(changed, name))
        return
    _overwrite(project, replace(changed, editie=old.editie + 1, datum=day_of(project, day).isoformat()))


def _create(project: Project, toets: Toets) -> None:
    write_all(project, [folder_of(project) / f"{fit_name(toets.id)}.yaml"], [toets])


def _overwrite(project: Project, toets: Toets) -> None:
    """Write over the toets itself, only when asked with --replace: the old one or the new one, never half."""
    target = folder_of(project) / f"{toets.id}.yaml"
    try:
        write_file(target, yaml_writing.dump(changes.as_document(toets), TOETS_SCHEMA).encode("utf-8"))
    except WriteError as error:
        raise Refused(str(error)) from error
    click.echo(f"Veranderd: {project.relative(target)}")
