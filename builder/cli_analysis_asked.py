"""What the words of `knm analyse` ask: files, limits, forms, cesuur. `cli_analysis.py` does what they ask.

In: words and sheets as the user gave them. Out: values for the analysis. Raises `Refused` for wrong use, and stops
with the findings when a sheet has mistakes.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder import report
from builder.cli_project import Refused
from builder.diagnostics import Diagnostic
from builder.model.itembank import Itembank
from builder.model.toets import Toets

if TYPE_CHECKING:
    from builder.analysis.flags import Limits

FORMATS = ("html", "pdf", "xlsx", "json", "dexter")
_ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xml")


def files_of(given: Sequence[str]) -> list[tuple[str, bytes]]:
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


def toets_on_sheets(files: Sequence[tuple[str, bytes]], bank: Itembank) -> str:
    """Return the toets that all these files say they are typing sheets of, empty when they do not all say one."""
    from builder.analysis.paper import toets_of_file

    named = {toets_of_file(content) for _, content in files}
    return next(iter(named)) if len(named) == 1 and named <= set(bank.toetsen) else ""


def split(given: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of texts with commas, without spaces and empty parts."""
    return tuple(part.strip() for text in given for part in text.split(",") if part.strip())


def limits_of(given: Sequence[str]) -> Limits:
    """Return the rules of thumb, with those that were given as name=number moved."""
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


def table_of(path: Path) -> Any:
    """Return the table in a file; stops with the findings when there is none."""
    from builder.analysis.table import read_table

    if not path.is_file():
        raise Refused(f"{path} bestaat niet, of is geen bestand. Kijk naar de naam en de map.")
    table, found = read_table(path.name, path.read_bytes())
    if table is None:
        stop(found)
    return table


def stop(found: Sequence[Diagnostic]) -> None:
    """Print the findings and stop: nothing was computed."""
    click.echo(report.as_text(found))
    click.echo("Er is niets uitgerekend. Verbeter eerst de fouten.")
    sys.exit(1)


def formats_of(given: str | None) -> tuple[str, ...]:
    """Return the formats of the report, in the order that was asked."""
    if given is None:
        return ("html", "pdf", "xlsx")
    names = tuple(dict.fromkeys(split([given])))
    if unknown := [name for name in names if name not in FORMATS] or ([] if names else ["geen"]):
        raise Refused(f"Vorm {', '.join(unknown)} kennen we niet. Kies uit: {', '.join(FORMATS)}.")
    return names


def equate_of(given: str | None) -> tuple[str, int]:
    """Return the old toets and its cesuur, ("", 0) when nothing was asked."""
    if given is None:
        return "", 0
    name, _, cut = given.rpartition("=")
    if not name or not cut.isdigit() or not int(cut):
        raise Refused("Bij --equate hoort de oude toets met haar cesuur: oefentoets-20-a=14.")
    return name, int(cut)


def old_items(bank: Itembank, toets: str) -> dict[str, tuple[float, float]]:
    """Return the difficulties of the last administration of a toets that has one for each question."""
    taken = [one for one in bank.statistieken.values() if one.toets == toets and toets]
    for statistiek in sorted(taken, key=lambda one: (one.datum, one.id), reverse=True):
        known = {v.id: (v.b, v.se) for v in statistiek.vragen if v.b is not None and v.se is not None}
        if len(known) == len(statistiek.vragen):
            return known
    return {}


def judgements(angoff: Path | None, hofstee: Path | None, toets: Toets | None) -> dict[str, Any]:
    """Return what the sheets of judges say, by the field of `Wishes`; stops with the findings of a wrong sheet."""
    from builder.analysis.judgements import read_angoff, read_hofstee

    made: dict[str, Any] = {}
    if angoff is not None and toets is not None:
        estimates, found = read_angoff(table_of(angoff), [plek.id for plek in toets.items])
        if estimates is None:
            stop(found)
        made["angoff"] = estimates
    if hofstee is not None and toets is not None:
        judges, found = read_hofstee(table_of(hofstee), len(toets.items))
        if judges is None:
            stop(found)
        made["hofstee"] = judges
    return made
