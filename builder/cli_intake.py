"""The way in: `knm import` and `knm template`. `cli.py` hangs them under `knm`.

Nothing is changed without `--write`. The work is done by `admission.py`, which is only loaded when it is asked for:
it brings the libraries of Excel and pictures along.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import get_args

import click

from builder import report
from builder.cli_project import Refused, day_option, form_option, here, known_day, only_writer
from builder.diagnostics import Diagnostic, Location
from builder.model.lijsten import TAALNIVEAUS, Herkomst, Licentie


@click.command("import")
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Zet de goede vragen in de bank. Zonder dit verandert er niets.")
@click.option("--eindterm", default="", help="De eindterm van vragen die er zelf geen noemen.")
@click.option("--taalniveau", type=click.Choice(TAALNIVEAUS), help="Van vragen die het niet noemen.")
@click.option("--herkomst", type=click.Choice(get_args(Herkomst)), help="Wie de vragen schreef.")
@click.option(
    "--maker", default="auteur", show_default=True, help="De rol van wie de vragen schreef, geen naam."
)
@click.option("--picture-maker", default="", help="De maker van plaatjes waar het niet bij staat.")
@click.option(
    "--picture-licence", type=click.Choice(get_args(Licentie)), help="De licentie van die plaatjes."
)
@form_option()
@day_option()
def import_verb(
    file: Path,
    write: bool,
    eindterm: str,
    taalniveau: str | None,
    herkomst: str | None,
    maker: str,
    picture_maker: str,
    picture_licence: str | None,
    form: str,
    day: str | None,
) -> None:
    """Leest vragen in uit Excel, CSV, Moodle XML, GIFT, QTI of onze eigen JSON.

    Je leest eerst per vraag wat er goed en fout is. Pas met --write komen de goede vragen in de bank.

    Voorbeeld: knm import vragen.xlsx
    """
    from builder import admission
    from builder.intake import telling
    from builder.intake.draft import Wishes
    from builder.intake.plan import Verdict

    project = here()
    if write:
        only_writer(project)
    known = known_day(project, day)
    wishes = Wishes(eindterm, taalniveau or "", maker, herkomst or "", picture_maker, picture_licence or "")
    try:
        verdicts = admission.admit(project, file, wishes, known)
        made = admission.write_items(project, verdicts.entries) if write else []
        back = admission.write_back(file, verdicts, known) if write else []
    except admission.NotAdmitted as error:
        raise Refused(str(error)) from error
    delivery, entries = verdicts.delivery, verdicts.entries
    if form == "json":
        data = telling.as_data(file.name, delivery, entries, write)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        remarks = [
            Diagnostic(one.rule, Location(file.name, one.spot.line, one.spot.column), one.message, one.hint)
            for one in delivery.remarks
        ]
        if remarks:
            click.echo(report.as_text(remarks))
        if delivery.refused:
            click.echo("Er is niets ingelezen.")
        else:
            names = [path.name for path in back]
            done = telling.after(made, names) if write else [telling.before(entries, str(file))]
            counted = f"\n{file.name} ({delivery.form}), {telling.counts(entries)}"
            click.echo("\n".join([*telling.lines(entries, write), counted, *done]))
    sys.exit(1 if delivery.refused or any(entry.verdict is Verdict.BAD for entry in entries) else 0)


@click.group("template")
def template_group() -> None:
    """Maakt een leeg werkblad om in te vullen.

    Voorbeeld: knm template xlsx
    """


@template_group.command("xlsx")
@click.argument("target", type=click.Path(path_type=Path), required=False, metavar="[BESTAND]")
@click.option("--out", type=click.Path(path_type=Path), help="Het bestand. Zonder deze keuze: vragen.xlsx.")
@day_option()
def template_xlsx(target: Path | None, out: Path | None, day: str | None) -> None:
    """Maakt een werkblad voor Excel om vragen in te vullen: één rij is één vraag. Overschrijft nooit iets.

    Voorbeeld: knm template xlsx mijn-vragen.xlsx
    """
    from builder import admission

    if target is not None and out is not None:
        raise Refused(f"Noem één bestand: {target}, of {out} achter --out.")
    out = target or out or Path("vragen.xlsx")
    if out.suffix.lower() != ".xlsx":
        raise Refused(f"{out} eindigt niet op .xlsx. Kies een naam zoals vragen.xlsx.")
    project = here()
    try:
        made = admission.write_template(project, out, known_day(project, day))
    except admission.NotAdmitted as error:
        raise Refused(str(error)) from error
    if not made:
        raise Refused(f"{out} bestaat al. Er is niets veranderd. Kies een andere naam.")
    click.echo(f"Gemaakt: {out}. Vul het blad Vragen in, en typ daarna: knm import {out}")
