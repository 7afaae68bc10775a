"""Verbs for statistics: `knm analyse` and the empty sheets that go with it. `cli.py` hangs them under `knm`.

The libraries that compute are loaded only when a verb runs, so that `knm check` starts without them.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder import report
from builder.artifacts import Artifact, WriteError, create_file, write_folder
from builder.cli_project import Refused, day_of, here, only_writer
from builder.cli_sheets import template_group, toets_named
from builder.diagnostics import Diagnostic, Severity
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from builder.project import Project

if TYPE_CHECKING:
    from builder.analysis.analyse import Analysis
    from builder.analysis.flags import Limits
    from builder.analysis.nouns import Answers

FORMATS = ("html", "pdf", "xlsx", "json", "dexter")
_ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xml")


def _files(given: Sequence[str]) -> list[tuple[str, bytes]]:
    """Return names and bytes of the files, those in a folder in order of name."""
    paths: list[Path] = []
    for name in given:
        path = Path(name)
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in _ENDINGS and one.is_file())
            if not inside:
                raise Refused(f"In de map {name} staan geen bestanden die eindigen op {', '.join(_ENDINGS)}.")
            paths += inside
        elif path.is_file():
            paths.append(path)
        else:
            raise Refused(f"{name} bestaat niet. Kijk naar de naam en naar de map waarin je staat.")
    return [(path.name, path.read_bytes()) for path in paths]


def _split(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for text in given for part in text.split(",") if part.strip())


def _limits(given: Sequence[str]) -> Limits:
    from builder.analysis.flags import Limits

    names = {field.name.replace("_", "-"): field.name for field in dataclasses.fields(Limits)}
    texts = {"few": "weinig", "none": "geen"}
    names = {texts.get(shown, shown): name for shown, name in names.items()}
    values: dict[str, Any] = {}
    for text in given:
        name, _, value = text.partition("=")
        if name.strip() not in names:
            raise Refused(f"Grens {name} bestaat niet. Kies uit: {', '.join(names)}.")
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            raise Refused(f"Bij --limit {name} hoort een getal, zoals {name}=0,15.") from None
        field = names[name.strip()]
        values[field] = int(number) if field in ("few", "none") else number
    return Limits(**values)


def _table(path: Path) -> Any:
    from builder.analysis.table import read_table

    if not path.is_file():
        raise Refused(f"{path} bestaat niet, of is geen bestand. Kijk naar de naam en de map.")
    table, found = read_table(path.name, path.read_bytes())
    if table is None:
        _stop(found)
    return table


def _stop(found: Sequence[Diagnostic]) -> None:
    """Print the findings and stop: nothing was computed."""
    click.echo(report.as_text(found))
    click.echo("Er is niets uitgerekend. Verbeter eerst de fouten.")
    sys.exit(1)


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
    "--cells", type=click.Choice(["auto", "letters", "places", "scores"]), default="auto",
    help="Letters van het boekje, plaatsen in het bestand van de vraag, of scores.",
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
    wanted = _formats(formats)
    if name is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise Refused(f"{name} kan geen naam zijn. Gebruik kleine letters, cijfers en streepjes.")
    limits = _limits(limit)
    old, cut = _equate(equate)
    if (angoff or hofstee) and not naam:
        raise Refused("Zeg met --toets bij welke toets de oordelen horen.")
    bank, _ = load(project)
    toets = toets_named(bank, naam) if naam else None
    if rules is not None:
        known, found = catalogue.from_rules(_table(rules))
    elif no_bank:
        known, found = catalogue.Catalogue({}), ()
    else:
        known, found = catalogue.from_bank(bank, toets)
    if known is None:
        _stop(found)
        return
    property_name, _, reference = (dif or "").partition("=")
    asked = dict.fromkeys([*_split(properties), *([property_name] if dif else [])])
    settings = Settings(
        toets=toets.id if toets else "", drop=_split(drop), properties=tuple(asked), missing=_missing(missing),
        cells=_cells(cells), rules=rules is not None, bank=not no_bank,
    )  # fmt: skip
    reading = read_answers.read_answers(_files(files), known, settings)
    found = (*found, *reading.found)
    if reading.answers is None or report.count(found, Severity.ERROR):
        _stop(found)
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
    wishes = analyse.Wishes(
        name=called, titel=title, day=datum, label=_secret(bank, reading.answers), limits=limits, dif=property_name, reference=reference, cesuur=cesuur,
        old_toets=old, old_cut=cut, old_items=_old_items(bank, old), file=Path(files[0]).name, **_judgements(angoff, hofstee, toets),
    )  # fmt: skip
    done = analyse.analyse(reading.answers, wishes, reading.notes, reading.nobody)
    _show(found, done, form)
    if report.count(done.found, Severity.ERROR):
        sys.exit(1)
    keep = _kept(project, done) if write else None
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


def _missing(given: str | None) -> Any:
    return given or ""


def _cells(given: str) -> Any:
    return given


def _formats(given: str | None) -> tuple[str, ...]:
    if given is None:
        return ("html", "pdf", "xlsx")
    names = tuple(dict.fromkeys(_split([given])))
    if unknown := [name for name in names if name not in FORMATS] or ([] if names else ["geen"]):
        raise Refused(f"Vorm {', '.join(unknown)} kennen we niet. Kies uit: {', '.join(FORMATS)}.")
    return names


def _equate(given: str | None) -> tuple[str, int]:
    if given is None:
        return "", 0
    name, _, cut = given.rpartition("=")
    if not name or not cut.isdigit() or not int(cut):
        raise Refused("Bij --equate hoort de oude toets met haar cesuur: oefentoets-20-a=14.")
    return name, int(cut)


def _old_items(bank: Itembank, toets: str) -> dict[str, tuple[float, float]]:
    """Return the difficulties of the last administration of a toets that has one for each question."""
    taken = [one for one in bank.statistieken.values() if one.toets == toets and toets]
    for statistiek in sorted(taken, key=lambda one: (one.datum, one.id), reverse=True):
        known = {v.id: (v.b, v.se) for v in statistiek.vragen if v.b is not None and v.se is not None}
        if len(known) == len(statistiek.vragen):
            return known
    return {}


def _judgements(angoff: Path | None, hofstee: Path | None, toets: Toets | None) -> dict[str, Any]:
    from builder.analysis.judgements import read_angoff, read_hofstee

    made: dict[str, Any] = {}
    if angoff is not None and toets is not None:
        estimates, found = read_angoff(_table(angoff), [plek.id for plek in toets.items])
        if estimates is None:
            _stop(found)
        made["angoff"] = estimates
    if hofstee is not None and toets is not None:
        judges, found = read_hofstee(_table(hofstee), len(toets.items))
        if judges is None:
            _stop(found)
        made["hofstee"] = judges
    return made


def _show(found: Sequence[Diagnostic], done: Analysis, form: str) -> None:
    from builder.analysis import tables
    from builder.analysis.report_json import as_json

    if form == "json":
        click.echo(as_json(done))
        return
    told = [*found, *done.found]
    if told:
        click.echo(report.as_text(told))
    for line in (*tables.summary(done), *tables.standard_lines(done)):
        click.echo(line)
    for flag in done.flags:
        click.echo(
            f"{flag.colour:7} {flag.rule.code} {flag.item}: {flag.message}{' (indicatief)' if flag.unsure else ''}"
        )
        click.echo(f"    → {flag.hint}")


def _write_report(
    project: Project, done: Analysis, wanted: Sequence[str], out: Path | None, form: str
) -> None:
    target = out or project.build / "analyse" / done.wishes.name
    if out is not None and target.exists() and any(target.iterdir() if target.is_dir() else (target,)):
        raise Refused(f"{out} is niet leeg. Kies een nieuwe of lege map, dan gaat er niets verloren.")
    only_writer(project)
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
