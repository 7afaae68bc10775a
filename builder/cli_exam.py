"""Verbs for assembling: plan, assemble, and the changes to a toets. `cli.py` hangs them under `knm`."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder import yaml_writing
from builder.artifacts import WriteError, create_file, write_file
from builder.cli_project import Refused, day_of, here, only_writer
from builder.exam import changes
from builder.exam.plan import Plan, make_plan
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.lifecycle import is_public
from builder.model.toets import Toets, Toetsmatrijs
from builder.project import Project

if TYPE_CHECKING:
    from builder.exam.assemble import Assembly

_SCHEMA = "../../schemas/toets.schema.json"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Whole(click.ParamType[int]):
    """A whole number, with a Dutch sentence when it is something else."""

    name = "getal"

    def __init__(self, least: int, most: int) -> None:
        """Numbers from `least` to `most`."""
        self.least, self.most = least, most

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        text = str(value)
        if not re.fullmatch(r"-?[0-9]+", text):
            named = f"{param.opts[0]} " if param else ""
            raise Refused(f"Bij {named}hoort een heel getal, niet {text}.")
        if not self.least <= int(text) <= self.most:
            raise Refused(f"{text} kan hier niet. Kies een getal van {self.least} tot en met {self.most}.")
        return int(text)


_SEED = Whole(0, 2**53)


def _day(project: Project, given: str | None) -> str:
    return day_of(project, given).isoformat()


def _stem(given: str) -> str:
    return Path(given).stem if given.endswith(".yaml") else given


def _near(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, 1, 0.5)
    return f" Bedoelde je {near[0]}?" if near else ""


def _matrix(bank: Itembank, given: str) -> Toetsmatrijs:
    name = _stem(given)
    if name in bank.matrijzen:
        return bank.matrijzen[name]
    if name in bank.broken:
        raise Refused(f"Toetsmatrijs {name} heeft fouten. Kijk eerst met `knm check`.")
    raise Refused(f"Toetsmatrijs {name} bestaat niet.{_near(name, list(bank.matrijzen))}")


def _toets(bank: Itembank, given: str) -> Toets:
    name = _stem(given)
    if name in bank.toetsen:
        return bank.toetsen[name]
    if name in bank.broken:
        raise Refused(f"Toets {name} heeft fouten. Kijk eerst met `knm check`.")
    raise Refused(f"Toets {name} bestaat niet.{_near(name, list(bank.toetsen))}")


def _difficulties(file: Path | None) -> dict[str, int]:
    """Return the percentage right of each item from a CSV file with the columns item and p (0-1 or 0-100)."""
    if file is None:
        return {}
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            f"{file} is niet als UTF-8 opgeslagen. Bewaar het opnieuw met codering UTF-8."
        ) from None
    dialect = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=dialect)
    if not {"item", "p"} <= set(rows.fieldnames or ()):
        raise Refused(f"In {file} ontbreekt een kolom. Nodig zijn: item en p.")
    known = {}
    for number, row in enumerate(rows, start=2):
        try:
            value = float((row["p"] or "").replace(",", "."))
        except ValueError:
            raise Refused(f"{file}, regel {number}: {row['p']} is geen getal.") from None
        known[row["item"] or ""] = round(value * 100 if value <= 1 else value)
    return known


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(text, err=True)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as text: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        first, rest = row[0].ljust(widths[0]), zip(row[1:], widths[1:], strict=True)
        lines.append("  ".join([first, *(cell.rjust(width) for cell, width in rest)]).rstrip())
    return "\n".join(lines)


@click.command("plan")
@click.argument("matrix", metavar="MATRIJS")
@click.option("--forms", type=Whole(1, 100), help="Hoeveel toetsen naast elkaar.")
@click.option(
    "--difficulty", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Een CSV-bestand met de kolommen item en p (het deel dat goed antwoordde).",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="De vorm van de uitvoer."
)
def plan(matrix: str, forms: int | None, difficulty: Path | None, form: str) -> None:
    """Telt of er genoeg vragen zijn voor een toetsmatrijs, cel voor cel.

    Voorbeeld: knm plan oefentoets-20 --forms 2
    """
    bank, _ = load(here())
    matrijs, known = _matrix(bank, matrix), _difficulties(difficulty)
    made = make_plan(bank, matrijs, forms, known)
    if form == "json":
        click.echo(json.dumps(_plan_as_data(made), ensure_ascii=False, indent=2))
    else:
        fewer = range(made.forms - 1, 0, -1) if made.shortages else range(0)
        most = next((n for n in fewer if not make_plan(bank, matrijs, n, known).shortages), 0)
        click.echo(_plan_as_text(made, most))
    sys.exit(1 if made.shortages else 0)


def _plan_as_data(made: Plan) -> dict[str, object]:
    return {
        "matrijs": made.matrijs.id,
        "formulieren": made.forms,
        "vragen": len(made.pool),
        "niet_mee": dict(made.left_out),
        "cellen": [
            {
                "naam": demand.name,
                "min": demand.low,
                "max": demand.high,
                "aanwezig": demand.available,
                "bruikbaar": demand.reach,
                "nodig": demand.low * made.forms,
                "vrij": demand.reach - demand.low * made.forms,
            }
            for demand in made.demands
        ],
        "tekort": [short.sentence for short in made.shortages],
    }


def _plan_as_text(made: Plan, most: int) -> str:
    from builder.exam.assemble import asked

    toetsen = "1 toets" if made.forms == 1 else f"{made.forms} toetsen"
    rows: list[tuple[str, ...]] = [("", "gevraagd", "nodig", "aanwezig", "bruikbaar", "vrij daarna")]
    for demand in made.demands:
        needed = demand.low * made.forms
        wanted = asked(demand.low, demand.high)
        counts = (needed, demand.available, demand.reach, demand.reach - needed)
        rows.append((demand.name, wanted, *(str(number) for number in counts)))
    lines = [f"{made.matrijs.titel}: {toetsen} van {made.matrijs.aantal} vragen", "", _table(rows), ""]
    if any(demand.reach < demand.available for demand in made.demands):
        lines.append("Bruikbaar is minder dan aanwezig: vijanden staan niet samen in een toets.")
    for reason, number in sorted(made.left_out.items()):
        lines.append(f"{number} {'vraag doet' if number == 1 else 'vragen doen'} niet mee: {reason}.")
    lines += made.notes
    if made.shortages:
        lines += [short.sentence for short in made.shortages]
        if most:
            lines.append(f"Volgens de telling kan het wel met {most} {'toets' if most == 1 else 'toetsen'}.")
    else:
        lines.append("Volgens de telling kan het. Maak de toetsen met `knm assemble`.")
    return "\n".join(lines)


@click.command("assemble")
@click.argument("matrix", metavar="MATRIJS")
@click.option("--forms", type=Whole(1, 100), help="Hoeveel toetsen naast elkaar.")
@click.option("--seed", type=_SEED, default=1, show_default=True, help="Het getal voor de loting.")
@click.option("--out", type=click.Path(path_type=Path), help="De map. Zonder deze keuze: content/toetsen.")
@click.option("--name", help="Het begin van de namen. Zonder deze keuze: de naam van de matrijs.")
@click.option("--titel", help="De titel op het boekje.")
@click.option("--variants", type=Whole(0, 25), default=0, help="Hoeveel varianten van elke toets.")
@click.option(
    "--time", "seconds", type=Whole(1, 86400), default=60, show_default=True, help="Seconden om te zoeken."
)
@click.option(
    "--solver", type=click.Choice(["auto", "highs", "cpsat"]), default="auto", help="De rekenmachine."
)
@click.option(
    "--difficulty", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Een CSV-bestand met de kolommen item en p (het deel dat goed antwoordde).",
)  # fmt: skip
@click.option("--today", "day", help="De datum van de toetsen, als jaar-maand-dag.")
@click.option("--dry", is_flag=True, help="Laat zien wat er zou komen, en schrijf niets.")
def assemble(
    matrix: str,
    forms: int | None,
    seed: int,
    out: Path | None,
    name: str | None,
    titel: str | None,
    variants: int,
    seconds: int,
    solver: str,
    difficulty: Path | None,
    day: str | None,
    dry: bool,
) -> None:
    """Stelt parallelle toetsen samen volgens een toetsmatrijs. Overschrijft nooit iets.

    Voorbeeld: knm assemble oefentoets-20 --forms 2 --seed 7
    """
    from builder.exam import assemble as assembling

    project = here()
    bank, _ = load(project)
    matrijs = _matrix(bank, matrix)
    if name is not None and not _NAME.fullmatch(name):
        raise Refused(f"{name} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    made = make_plan(bank, matrijs, forms, _difficulties(difficulty))
    folder = out or project.root / "content" / "toetsen"
    targets = [folder / f"{one}.yaml" for one in assembling.form_names(name or matrijs.id, made.forms)]
    taken = [] if dry else [target for target in targets if target.exists() or target.is_symlink()]
    if taken:
        raise Refused(f"{taken[0].name} bestaat al. Kies een andere naam met --name. Er is niets veranderd.")
    request = assembling.Request(
        seed, _day(project, day), name or "", titel or "", float(seconds), solver, variants,
        f"knm {metadata.version('knm')}",
    )  # fmt: skip
    try:
        result = assembling.assemble(bank, made, request, _progress)
    except KeyboardInterrupt:
        click.echo("Gestopt. Er is niets geschreven.", err=True)
        sys.exit(130)
    for note in result.notes:
        click.echo(note)
    if result.failure is not None:
        click.echo("\n".join(result.failure.sentences))
        sys.exit(1)
    click.echo(_report(result))
    if dry:
        click.echo("Er is niets geschreven (--dry).")
        return
    only_writer(project)
    _write_all(project, targets, result.toetsen)


def _report(result: Assembly) -> str:
    rows = [("", "gevraagd", *(toets.id for toets in result.toetsen), "nog vrij")]
    for row in result.rows:
        rows.append((row.name, row.asked, *(str(number) for number in row.got), str(row.left)))
    return _table(rows)


def _write_all(project: Project, targets: Sequence[Path], toetsen: Sequence[Toets]) -> None:
    """Write all or nothing: what was made is taken away again when one fails or Ctrl-C comes."""
    done: list[Path] = []
    try:
        for target, toets in zip(targets, toetsen, strict=True):
            text = yaml_writing.dump(changes.as_document(toets), _SCHEMA)
            if not create_file(target, text.encode("utf-8")):
                raise Refused(f"{target.name} bestaat al. Kies een andere naam met --name.")
            done.append(target)
    except BaseException as error:
        for target in done:
            target.unlink(missing_ok=True)
        if isinstance(error, KeyboardInterrupt):
            click.echo("Gestopt. Er is niets geschreven.", err=True)
            sys.exit(130)
        if isinstance(error, WriteError):
            raise Refused(str(error)) from error
        raise
    for target in done:
        click.echo(f"Gemaakt: {project.relative(target.resolve())}")


@click.command("diff")
@click.argument("one", metavar="TOETS")
@click.argument("other", metavar="TOETS")
def toets_diff(one: str, other: str) -> None:
    """Laat zien waarin twee toetsen verschillen.

    Voorbeeld: knm toets diff oefentoets-20-a oefentoets-20-b
    """
    bank, _ = load(here())
    first, second = _toets(bank, one), _toets(bank, other)
    said = changes.difference(bank, first, second)
    shared = len({plek.id for plek in first.items} & {plek.id for plek in second.items})
    for line in said:
        click.echo(line)
    if not said:
        click.echo(f"{first.id} en {second.id} zijn gelijk.")
    else:
        noun = "vraag staat" if shared == 1 else "vragen staan"
        click.echo(f"{shared} {noun} in allebei.")


@click.command("swap")
@click.argument("naam", metavar="TOETS")
@click.argument("item", metavar="VRAAG")
@click.option("--with", "new", metavar="VRAAG", help="Maak de nieuwe toets met deze vraag.")
@click.option("--name", help="De naam van de nieuwe toets.")
@click.option("--replace", "in_place", is_flag=True, help="Verander de toets zelf, als volgende editie.")
@click.option("--today", "day", help="De datum, als jaar-maand-dag.")
def toets_swap(
    naam: str, item: str, new: str | None, name: str | None, in_place: bool, day: str | None
) -> None:
    """Zoekt de beste vervangers voor een vraag in een toets. De andere vragen blijven staan.

    Voorbeeld: knm toets swap oefentoets-20-a wonen-001
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    chosen = _toets(bank, naam)
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
        raise Refused(
            f"Vraag {new} kan {item} niet vervangen zonder een regel te breken.{_near(new, good_ids)}"
        )
    changed = changes.swap(bank, chosen, item, new)
    _write_changed(project, chosen, changed, name or f"{chosen.id}-geruild", in_place, day)


@click.command("variant")
@click.argument("naam", metavar="TOETS")
@click.option(
    "--n", "number", type=click.IntRange(1, 25), default=1, show_default=True, help="Hoeveel varianten."
)
@click.option("--seed", type=_SEED, default=1, show_default=True, help="Het getal voor de loting.")
@click.option("--name", help="De naam van de nieuwe toets.")
@click.option("--replace", "in_place", is_flag=True, help="Zet de varianten in de toets zelf.")
def toets_variant(naam: str, number: int, seed: int, name: str | None, in_place: bool) -> None:
    """Maakt varianten van een toets: dezelfde vragen in een andere volgorde.

    Voorbeeld: knm toets variant oefentoets-20-a --n 2 --seed 3 --replace
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    chosen = _toets(bank, naam)
    missing = [plek.id for plek in chosen.items if plek.id not in bank.items]
    if missing:
        raise Refused(f"Vraag {missing[0]} bestaat niet of heeft fouten. Kijk eerst met `knm check`.")
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


@click.command("vernieuw")
@click.argument("naam", metavar="TOETS")
@click.option("--name", help="De naam van de nieuwe toets.")
@click.option("--replace", "in_place", is_flag=True, help="Verander de toets zelf.")
@click.option("--today", "day", help="De datum, als jaar-maand-dag.")
def toets_vernieuw(naam: str, name: str | None, in_place: bool, day: str | None) -> None:
    """Maakt de volgende editie van een toets, met de vragen zoals ze nu zijn en een nieuwe afdrukcode.

    Voorbeeld: knm toets vernieuw oefentoets-20-a --replace
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    chosen = _toets(bank, naam)
    changed, said, wrong = changes.next_edition(bank, chosen, _day(project, day))
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
    from dataclasses import replace

    _overwrite(project, replace(changed, editie=old.editie + 1, datum=_day(project, day)))


def _target(project: Project, toets: Toets) -> Path:
    return project.root / "content" / "toetsen" / f"{toets.id}.yaml"


def _create(project: Project, toets: Toets) -> None:
    if not _NAME.fullmatch(toets.id):
        raise Refused(f"{toets.id} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    _write_all(project, [_target(project, toets)], [toets])


def _overwrite(project: Project, toets: Toets) -> None:
    """Write over the toets itself, only when asked with --replace: the old one or the new one, never half."""
    target = _target(project, toets)
    try:
        write_file(target, yaml_writing.dump(changes.as_document(toets), _SCHEMA).encode("utf-8"))
    except WriteError as error:
        raise Refused(str(error)) from error
    click.echo(f"Veranderd: {project.relative(target)}")


VERBS: tuple[click.Command, ...] = (plan, assemble)
TOETS_VERBS: tuple[click.Command, ...] = (toets_diff, toets_swap, toets_variant, toets_vernieuw)


def register(main: click.Group, toets: click.Group) -> None:
    """Hang these verbs under `knm` and under `knm toets`."""
    for verb in VERBS:
        main.add_command(verb)
    for verb in TOETS_VERBS:
        toets.add_command(verb)
