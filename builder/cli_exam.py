"""Verbs for assembling: `knm plan` and `knm assemble`. `cli.py` hangs them under `knm`."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder import yaml_writing
from builder.artifacts import WriteError, create_file
from builder.cli_project import (
    Refused,
    day_of,
    day_option,
    fit_name,
    form_option,
    here,
    named,
    only_writer,
    progress,
)
from builder.dutch import count
from builder.exam import changes
from builder.exam.plan import Plan, make_plan
from builder.loading.load import load
from builder.model.toets import Toets
from builder.project import Project

if TYPE_CHECKING:
    from builder.exam.assemble import Assembly

TOETS_SCHEMA = "../../schemas/toets.schema.json"


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


SEED = Whole(0, 2**53)


def folder_of(project: Project) -> Path:
    """Return where the toetsen of a project stand."""
    return project.root / "content" / "toetsen"


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
@form_option()
def plan(matrix: str, forms: int | None, difficulty: Path | None, form: str) -> None:
    """Telt of er genoeg vragen zijn voor een toetsmatrijs, cel voor cel.

    Voorbeeld: knm plan oefentoets-20 --forms 2
    """
    bank, _ = load(here())
    matrijs, known = named(bank, "Toetsmatrijs", bank.matrijzen, matrix), _difficulties(difficulty)
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

    toetsen = count(made.forms, "toets", "toetsen")
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
        lines.append(f"{count(number, 'vraag doet', 'vragen doen')} niet mee: {reason}.")
    lines += made.notes
    if made.shortages:
        lines += [short.sentence for short in made.shortages]
        if most:
            lines.append(f"Volgens de telling kan het wel met {count(most, 'toets', 'toetsen')}.")
    else:
        lines.append("Volgens de telling kan het. Maak de toetsen met `knm assemble`.")
    return "\n".join(lines)


@click.command("assemble")
@click.argument("matrix", metavar="MATRIJS")
@click.option("--forms", type=Whole(1, 100), help="Hoeveel toetsen naast elkaar.")
@click.option("--seed", type=SEED, default=1, show_default=True, help="Het getal voor de loting.")
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
@day_option("De datum van de toetsen")
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
    matrijs = named(bank, "Toetsmatrijs", bank.matrijzen, matrix)
    if name is not None:
        fit_name(name)
    made = make_plan(bank, matrijs, forms, _difficulties(difficulty))
    folder = out or folder_of(project)
    targets = [folder / f"{one}.yaml" for one in assembling.form_names(name or matrijs.id, made.forms)]
    taken = [] if dry else [target for target in targets if target.exists() or target.is_symlink()]
    if taken:
        raise Refused(f"{taken[0].name} bestaat al. Kies een andere naam met --name. Er is niets veranderd.")
    request = assembling.Request(
        seed, day_of(project, day).isoformat(), name or "", titel or "", float(seconds), solver, variants,
        f"knm {metadata.version('knm')}",
    )  # fmt: skip
    try:
        result = assembling.assemble(bank, made, request, progress)
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
    write_all(project, targets, result.toetsen)


def _report(result: Assembly) -> str:
    rows = [("", "gevraagd", *(toets.id for toets in result.toetsen), "nog vrij")]
    for row in result.rows:
        rows.append((row.name, row.asked, *(str(number) for number in row.got), str(row.left)))
    return _table(rows)


def write_all(project: Project, targets: Sequence[Path], toetsen: Sequence[Toets]) -> None:
    """Write all or nothing: what was made is taken away again when one fails or Ctrl-C comes."""
    done: list[Path] = []
    try:
        for target, toets in zip(targets, toetsen, strict=True):
            text = yaml_writing.dump(changes.as_document(toets), TOETS_SCHEMA)
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
