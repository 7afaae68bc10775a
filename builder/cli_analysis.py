"""Verbs for statistics: `knm analyse` and the empty sheets that go with it. `cli.py` hangs them under `knm`.

The libraries that compute are loaded only when a verb runs, so that `knm check` starts without them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from builder import report
from builder.artifacts import Artifact, WriteError, create_file, write_folder
from builder.cli_analysis_asked import (
    equate_of,
    files_of,
    formats_of,
    judgements,
    limits_of,
    old_items,
    split,
    stop,
    table_of,
    toets_on_sheets,
)
from builder.cli_project import Refused, day_of, here, only_builder, only_writer, toets_named
from builder.cli_sheets import template_group
from builder.diagnostics import Diagnostic, Severity
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.project import Project

if TYPE_CHECKING:
    from builder.analysis.analyse import Analysis
    from builder.analysis.nouns import Answers, Cells, Missing


@click.command("analyse")
@click.argument("files", nargs=-1, required=True, metavar="ANTWOORDEN…")
@click.option("--toets", "naam", metavar="TOETS", help="De toets die is gemaakt.")
@click.option("--drop", multiple=True, metavar="KOLOM", help="Lees deze kolommen niet, zoals namen.")
@click.option("--property", "properties", multiple=True, metavar="KOLOM", help="Een kenmerk, zoals groep.")
@click.option(
    "--missing", type=click.Choice(["skipped", "not-administered"]),
    help="Wat een lege plek betekent als dat niet uit de toets blijkt.",
)  # fmt: skip
@click.option(
    "--cells", type=click.Choice(["auto", "letters", "printed", "places", "scores"]), default="auto",
    help="Wat er in de cellen staat. Bij letters en printed: wat voor het antwoord staat in het boekje. Bij places: de "
    "plaats van het antwoord in het bestand. Bij scores: 1 is goed, 0 is fout.",
)  # fmt: skip
@click.option("--rules", type=click.Path(path_type=Path), help="Scoreregels: item_id, response, item_score.")
@click.option(
    "--no-bank", is_flag=True, help="De vragen staan niet in de bank. De cellen zijn scores, 0 of 1."
)
@click.option(
    "--dif", metavar="KOLOM[=GROEP]", help="Vergelijk groepen. GROEP is de groep om mee te vergelijken."
)
@click.option("--cesuur", type=click.IntRange(1), help="De laagste score waarmee iemand slaagt.")
@click.option("--angoff", type=click.Path(path_type=Path), help="Het ingevulde blad van Angoff.")
@click.option("--hofstee", type=click.Path(path_type=Path), help="Het ingevulde blad van Hofstee.")
@click.option("--equate", metavar="TOETS=CESUUR", help="Zet de cesuur van een oude toets over.")
@click.option("--limit", multiple=True, metavar="NAAM=GETAL", help="Een andere grens, zoals rir-oranje=0,15.")
@click.option(
    "--to", "formats", help="De vormen: html, pdf, xlsx, json, dexter. Zonder deze keuze: html,pdf,xlsx."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="De map. Zonder deze keuze: build/analyse/<naam>."
)
@click.option("--name", help="De naam van het rapport. Zonder deze keuze: de naam van de toets.")
@click.option("--write", is_flag=True, help="Bewaar een samenvatting bij de bank, in content/statistiek.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="De vorm van de uitvoer."
)
@click.option("--today", "day", help="De datum van de afname, als jaar-maand-dag.")
def analyse_verb(
    files: tuple[str, ...], naam: str | None, drop: tuple[str, ...], properties: tuple[str, ...], missing: str | None,
    cells: str, rules: Path | None, no_bank: bool, dif: str | None, cesuur: int | None, angoff: Path | None,
    hofstee: Path | None, equate: str | None, limit: tuple[str, ...], formats: str | None, out: Path | None,
    name: str | None, write: bool, form: str, day: str | None,
) -> None:  # fmt: skip
    """Laat zien wat antwoorden zeggen over de vragen en de toets. Alleen met nummers van personen, nooit met namen.

    ANTWOORDEN zijn bestanden of een map: CSV, Excel, het rapport Antwoorden van Moodle, QTI-resultaten,
    of wat cursisten op de oefenpagina bewaarden.

    Voorbeeld: knm analyse antwoorden.xlsx --toets oefentoets-20-a
    """
    from builder.analysis import analyse, catalogue, read_answers
    from builder.analysis.told import Settings

    project = here()
    wanted = formats_of(formats)
    if name is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise Refused(f"{name} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    limits = limits_of(limit)
    old, cut = equate_of(equate)
    if out is not None and out.exists() and any(out.iterdir() if out.is_dir() else (out,)):
        raise Refused(f"{out} is niet leeg. Kies een nieuwe of lege map, dan gaat er niets verloren.")
    bank, _ = load(project)
    contents = files_of(files)
    on_sheet = "" if naam or rules is not None or no_bank else toets_on_sheets(contents, bank)
    toets = toets_named(bank, naam or on_sheet) if naam or on_sheet else None
    if (angoff or hofstee) and toets is None:
        raise Refused("Zeg met --toets bij welke toets de oordelen horen.")
    if rules is not None:
        known, found = catalogue.from_rules(table_of(rules))
    elif no_bank:
        known, found = catalogue.Catalogue({}), ()
    else:
        known, found = catalogue.from_bank(bank, toets)
    if known is None:
        stop(found)
        return
    property_name, _, reference = (dif or "").partition("=")
    asked = dict.fromkeys([*split(properties), *([property_name] if dif else [])])
    settings = Settings(
        toets=toets.id if toets else "", drop=split(drop), properties=tuple(asked), missing=cast("Missing", missing or ""),
        cells=cast("Cells", cells), rules=rules is not None, bank=not no_bank,
    )  # fmt: skip
    reading = read_answers.read_answers(contents, known, settings)
    found = (*found, *reading.found)
    if reading.answers is None or report.count(found, Severity.ERROR):
        stop(found)
        return
    datum = day_of(project, day).isoformat()
    title = toets.titel if toets else name or reading.answers.forms[0].name
    called = name or (
        toets.id
        if toets
        else reading.answers.toetsen[0]
        if len(reading.answers.toetsen) == 1
        else "antwoorden"
    )
    taken = toets or (bank.toetsen[reading.answers.toetsen[0]] if len(reading.answers.toetsen) == 1 else None)
    wishes = analyse.Wishes(
        name=called, titel=title, day=datum, label=_secret(bank, reading.answers), limits=limits, dif=property_name, reference=reference, cesuur=cesuur,
        old_toets=old, old_cut=cut, old_items=old_items(bank, old), file=Path(files[0]).name,
        order=tuple(plek.id for plek in taken.items) if taken else (), **judgements(angoff, hofstee, toets),
    )  # fmt: skip
    about = (
        *((f"Het invulblad is van toets {on_sheet}.",) if on_sheet else ()),
        *reading.notes,
        *(("De nummers van de vragen zijn die van variant A.",) if taken and taken.varianten else ()),
    )
    done = analyse.analyse(reading.answers, wishes, about, reading.nobody)
    impossible = bool(report.count(done.found, Severity.ERROR))
    keep = None
    if write and not impossible:
        only_writer(project)
        keep = _kept(project, done)
    _show(found, done, form)
    if impossible:
        if form == "text":
            click.echo("Er is geen rapport gemaakt. Verander wat je vroeg, of laat het weg.")
        sys.exit(1)
    _write_report(project, done, wanted, out, form)
    if keep is not None:
        _keep(project, *keep, form)


def _secret(bank: Itembank, answers: Answers) -> str:
    """Return the label for a report with secret questions in it, empty without."""
    secret = any(v.id in bank.items and bank.items[v.id].status == "geheim" for v in answers.vragen)
    return "In dit rapport staan geheime vragen. Bewaar het veilig." if secret else ""


def _kept(project: Project, done: Analysis) -> tuple[Path, bytes]:
    """Return where the summary goes and what is in it. Raises `Refused` before anything is written."""
    from builder import yaml_writing
    from builder.analysis.store import document

    data, objections = document(done)
    if objections:
        raise Refused("\n".join([*objections, "Er is niets bewaard."]))
    target = project.root / "content" / "statistiek" / f"{data['id']}.yaml"
    if target.exists():
        raise Refused(
            f"{project.relative(target)} bestaat al. Kies een andere naam met --name. Er is niets veranderd."
        )
    return target, yaml_writing.dump(data, "../../schemas/statistiek.schema.json").encode("utf-8")


def _keep(project: Project, target: Path, content: bytes, form: str) -> None:
    try:
        made = create_file(target, content)
    except WriteError as error:
        raise Refused(str(error)) from error
    if not made:
        raise Refused(f"{project.relative(target)} bestaat al. Er is niets veranderd.")
    if form == "text":
        click.echo(
            f"Bewaard: {project.relative(target)}. `knm plan` en `knm assemble` gebruiken het voortaan."
        )


def _show(found: Sequence[Diagnostic], done: Analysis, form: str) -> None:
    from builder.analysis import tables
    from builder.analysis.report_json import as_json

    if form == "json":
        click.echo(as_json(done))
        return
    told = [*found, *done.found]
    if told:
        click.echo(report.as_text(told))
    for line in (*done.notes, *tables.summary(done), *tables.standard_lines(done)):
        click.echo(line)
    for flag in done.flags:
        click.echo(
            f"{flag.colour:7} {flag.rule.code} {done.name_of(flag.item)}: {flag.message}{' (indicatief)' if flag.unsure else ''}"
        )
        click.echo(f"    → {flag.hint}")


def _write_report(
    project: Project, done: Analysis, wanted: Sequence[str], out: Path | None, form: str
) -> None:
    target = out or project.build / "analyse" / done.wishes.name
    only_builder(project)
    try:
        artifacts = _artifacts(done, wanted)
        write_folder(target, artifacts, private=bool(done.wishes.label))
    except WriteError as error:
        raise Refused(str(error)) from error
    if form == "text":
        for artifact in artifacts:
            click.echo(f"{project.relative(target.resolve())}/{artifact.path}")


def _artifacts(done: Analysis, wanted: Sequence[str]) -> list[Artifact]:
    from builder.analysis import report_html, report_json, report_pdf, report_xlsx
    from builder.analysis.dexter import dexter
    from builder.typesetting import TypesettingError

    made = []
    name = done.wishes.name
    for one in wanted:
        if one == "html":
            made.append(Artifact(f"{name}.html", report_html.html(done)))
        elif one == "xlsx":
            made.append(Artifact(f"{name}.xlsx", report_xlsx.xlsx(done)))
        elif one == "json":
            made.append(Artifact(f"{name}.json", report_json.as_json(done).encode("utf-8")))
        elif one == "dexter":
            made += dexter(done)
        else:
            try:
                made.append(Artifact(f"{name}.pdf", report_pdf.pdf(done)))
            except TypesettingError as error:
                raise Refused(f"Het rapport op papier kan niet gemaakt worden. {error}.") from error
    return made


def register(main: click.Group) -> None:
    """Hang these verbs under `knm`; the group `template` may be there already."""
    main.add_command(analyse_verb)
    group = main.commands.get("template")
    if group is None:
        main.add_command(template_group)
    elif isinstance(group, click.Group):
        for command in template_group.commands.values():
            group.add_command(command)
