"""Verbs for authors: how hard a text is, what the bank has and lacks. `cli.py` hangs them under `knm`."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from builder import language, review, yaml_writing
from builder.artifacts import WriteError, write_file
from builder.cells import coverage as count_coverage
from builder.cells import coverage_cells, matrix_cells
from builder.checks.language import known_words, words_of_thema
from builder.cli_project import Refused, day_of, day_option, form_option, here, only_writer, parts_of
from builder.loading.load import load
from builder.model.lifecycle import is_public
from builder.model.lijsten import ABSTRACTIENIVEAUS, TAALNIVEAUS
from builder.project import ProjectError, find_project

LEVELS = ("alfa", "A1", "A2", "B1", "B2")


def _words_ofhere() -> frozenset[str]:
    """Return the words that the bank explains, or none outside a project."""
    try:
        project = find_project(Path.cwd())
    except ProjectError:
        return frozenset()
    bank, _ = load(project)
    return known_words(bank).union(*(words_of_thema(bank, thema) for thema in bank.domeinwoorden))


def _read(file: str) -> str:
    if file == "-":
        data = sys.stdin.buffer.read()
    else:
        path = Path(file)
        if not path.is_file():
            raise Refused(f"{file} bestaat niet, of is geen bestand. Kijk naar de naam en de map.")
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            "Deze tekst is niet als UTF-8 opgeslagen. Bewaar haar opnieuw met codering UTF-8."
        ) from None


@click.command("language")
@click.argument("file", default="-", metavar="[BESTAND]")
@click.option("--level", type=click.Choice(LEVELS), help="Het taalniveau waarvoor de tekst bedoeld is.")
@form_option()
@click.option("--batch", is_flag=True, help="Lees een JSON-lijst met teksten, geef een JSON-lijst terug.")
def language_verb(file: str, level: str | None, form: str, batch: bool) -> None:
    """Schat hoe moeilijk een Nederlandse tekst is en wijst aan waar het makkelijker kan.

    Zonder bestand (of met -) leest dit van de standaardinvoer.

    Voorbeeld: knm language brief.txt --level A2
    """
    text = _read(file)
    words = _words_ofhere()
    zipf = language.installed_zipf()
    if batch:
        click.echo(
            json.dumps([_as_data(item, level, words, zipf) for item in _texts(text)], ensure_ascii=False)
        )
        return
    if form == "json":
        click.echo(json.dumps(_as_data(text, level, words, zipf), ensure_ascii=False, indent=2))
        return
    judged = language.judge(text, level, words, zipf=zipf)
    click.echo(judged.line)
    if judged.reasons:
        click.echo("Wat het moeilijker maakt: " + "; ".join(reason.text for reason in judged.reasons) + ".")
    for finding in judged.findings:
        line = text.count("\n", 0, finding.start) + 1
        shown = " ".join(text[finding.start : finding.end].split())
        click.echo(f'\nRegel {line}: "{shown if len(shown) <= 70 else shown[:67] + "…"}"')
        click.echo(f"  {finding.message}\n  → {finding.suggestion}")


def _texts(text: str) -> Sequence[str]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused(
            f'Dit is geen JSON (regel {error.lineno}). Geef een lijst met teksten, zoals ["Een tekst.", "Nog een."].'
        ) from None
    if not isinstance(data, list) or not all(isinstance(item, str) for item in data):
        raise Refused('Geef een JSON-lijst met alleen teksten, zoals ["Een tekst.", "Nog een."].')
    return data


def _as_data(
    text: str, level: str | None, words: frozenset[str], zipf: language.Zipf | None
) -> dict[str, Any]:
    return language.as_json(language.judge(text, level, words, zipf=zipf))


@click.command("coverage")
@form_option()
def coverage_verb(form: str) -> None:
    """Laat zien hoeveel vragen er zijn, en waar nog vragen nodig zijn.

    Voorbeeld: knm coverage --format json
    """
    bank, _ = load(here())
    counts: Mapping[str, Any] = count_coverage(bank)
    cells = coverage_cells(bank)
    matrices = matrix_cells(bank)
    if form == "json":
        click.echo(
            json.dumps({**counts, "cells": cells, "matrijzen": matrices}, ensure_ascii=False, indent=2)
        )
        return
    click.echo(f"Vragen: {counts['items']}. Lessen: {counts['lessen']}.\n")
    heads = [f"{taal} {abstractie[:4]}" for taal in TAALNIVEAUS for abstractie in ABSTRACTIENIVEAUS]
    click.echo(f"{'eindterm':9}{'samen':>6} " + "".join(f"{head:>8}" for head in heads))
    width = len(heads)
    for row, nummer in enumerate(bank.eindterm_nummers()):
        mine = cells[row * width : (row + 1) * width]
        shown = "".join(f"{_shown(cell):>8}" for cell in mine)
        click.echo(f"{nummer:9}{counts['by_eindterm'][nummer]:>6} {shown}".rstrip())
    click.echo("\nEen getal met / erachter: aanwezig / nodig volgens een toetsmatrijs.")
    for label in ("by_taalniveau", "by_abstractieniveau", "by_status"):
        click.echo("")
        for name, number in counts[label].items():
            click.echo(f"{name:14}{number:4}")
    short = [cell for cell in matrices if cell["ontbreekt"]]
    if short:
        click.echo("\nTe weinig vragen:")
        for cell in short:
            click.echo(
                f"  {cell['matrijs']}, {cell['cel']}: {cell['nodig']} nodig, {cell['aanwezig']} aanwezig, "
                f"{cell['ontbreekt']} te weinig"
            )
    elif matrices:
        click.echo("\nVoor elke toetsmatrijs zijn er genoeg vragen.")


def _shown(cell: Mapping[str, Any]) -> str:
    if cell["nodig"]:
        return f"{cell['aanwezig']}/{cell['nodig']}"
    return str(cell["aanwezig"]) if cell["aanwezig"] else "·"


@click.group("review")
def review_group() -> None:
    """Laat een tweede lezer vragen beantwoorden zonder sleutel, en bewaart wat die vond.

    Voorbeeld: knm review sheet wonen-001 wonen-002
    """


@review_group.command("sheet")
@click.argument("items", nargs=-1, metavar="VRAAG…")
@click.option("--thema", help="Alle vragen van dit thema die nog niet vervallen zijn.")
@form_option()
def review_sheet(items: tuple[str, ...], thema: str | None, form: str) -> None:
    """Toont vragen zonder sleutel en zonder toelichting, voor een tweede lezer.

    Voorbeeld: knm review sheet --thema wonen --format json
    """
    bank, _ = load(here())
    chosen = list(items)
    if thema is not None:
        chosen += [
            item.id
            for item in bank.items.values()
            if item.thema == thema and item.status != "vervallen" and is_public(item)
        ]
    secret = [name for name in items if name in bank.items and not is_public(bank.items[name])]
    if secret:
        raise Refused(f"Vraag {secret[0]} is geheim. Een blad met geheime vragen maken we niet.")
    rows, objections = review.sheet(bank, chosen)
    if objections or not rows:
        raise Refused("\n".join(objections) or "Noem ten minste één vraag, of een thema met --thema.")
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2) if form == "json" else review.sheet_text(rows))


@review_group.command("record")
@click.argument("item", required=False, metavar="[VRAAG]")
@click.option(
    "--antwoord", default="", help="De letter van je antwoord: A is de eerste optie in het bestand."
)
@click.option("--beoordelaar", default="", help="Een code voor wie beoordeelt, nooit een echte naam.")
@click.option("--rol", default="toets-taal", show_default=True, help="vakinhoud, toets-taal of gevoeligheid.")
@click.option("--soort", default="mens", show_default=True, help="mens of automatisch.")
@click.option(
    "--oordeel",
    default="goed",
    show_default=True,
    help="goed, goed na kleine wijziging, terug of niet gebruiken.",
)
@click.option("--vinkjes", default="", help="De vinkjes, met komma's ertussen: R-01,R-02.")
@click.option("--opmerkingen", default="", help="Wat je erbij wilt zeggen.")
@click.option("--from", "source", help="Een JSON-lijst met zulke antwoorden, in plaats van één vraag.")
@day_option()
def review_record(
    item: str | None,
    antwoord: str,
    beoordelaar: str,
    rol: str,
    soort: str,
    oordeel: str,
    vinkjes: str,
    opmerkingen: str,
    source: str | None,
    day: str | None,
) -> None:
    """Bewaart een beoordeling bij de vraag, vast aan de tekst van nu.

    Is er iets niet goed, dan wordt er niets bewaard.

    Voorbeeld: knm review record wonen-001 --antwoord B --beoordelaar lezer-2 --vinkjes R-01,R-02
    """
    project = here()
    only_writer(project)
    bank, _ = load(project)
    datum = day_of(project, day).isoformat()
    if source is not None:
        readings = _readings(_read(source))
    elif item is not None:
        ticks = parts_of(vinkjes)
        readings = [review.Reading(item, antwoord, beoordelaar, rol, soort, oordeel, ticks, opmerkingen)]
    else:
        raise Refused("Noem een vraag, of geef een bestand met --from.")
    objections: list[str] = []
    fresh: dict[Path, str] = {}
    for reading in readings:
        data, wrong = review.entry(bank, reading, datum)
        objections += wrong
        if wrong:
            continue
        path = project.root / bank.locations[reading.item].path
        text = fresh.get(path) or path.read_text(encoding="utf-8")
        try:
            fresh[path] = yaml_writing.add_to_list(text, "beoordelingen", data)
        except ValueError:
            objections.append(
                f"{reading.item}: zet beoordelingen als lijst onder elkaar. Dan kan er een bij."
            )
    if objections:
        raise Refused("\n".join([*objections, "Er is niets bewaard."]))
    try:
        for path, text in fresh.items():
            write_file(path, text.encode("utf-8"))
    except WriteError as error:
        raise Refused(str(error)) from error
    different = [reading.item for reading in readings if not review.agrees(bank, reading)]
    click.echo(f"Bewaard: {len(readings)} beoordelingen bij {len(fresh)} vragen.")
    for name in different:
        click.echo(f"{name}: het antwoord is niet de sleutel. Kijk samen welke van de twee klopt.")
    if any(one.soort == "mens" and one.oordeel == "goed" and one.item in different for one in readings):
        click.echo("Bij een ander antwoord dan de sleutel telt goed niet als goedkeuring.")


_READING_FIELDS = frozenset(field.name for field in dataclasses.fields(review.Reading))


def _readings(text: str) -> list[review.Reading]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused(f"Dit is geen JSON (regel {error.lineno}). Kijk het bestand na.") from None
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise Refused("Geef een JSON-lijst met per vraag: item, antwoord, beoordelaar, oordeel.")
    made = []
    for number, row in enumerate(data, start=1):
        unknown = sorted(set(row) - _READING_FIELDS)
        lacking = sorted({"item", "antwoord", "beoordelaar"} - set(row))
        ticks = row.get("vinkjes", [])
        texts = [value for key, value in row.items() if key != "vinkjes"]
        if (
            unknown
            or lacking
            or not all(isinstance(value, str) for value in texts)
            or not isinstance(ticks, list)
        ):
            what = f" Onbekend: {', '.join(unknown)}." if unknown else ""
            what += f" Nodig: {', '.join(lacking)}." if lacking else ""
            raise Refused(f"Rij {number} klopt niet.{what} Kies uit {', '.join(sorted(_READING_FIELDS))}.")
        made.append(review.Reading(**{**row, "vinkjes": tuple(str(tick) for tick in ticks)}))
    return made
