"""Files with answers → `Answers`, or every reason why not.

In: names and bytes of files, what can be asked, what the user said. Out: the answers, findings and notes.
The one door to the analysis; what comes out holds pseudonyms only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.analysis import privacy
from builder.analysis.catalogue import Catalogue
from builder.analysis.columns import assign, plain
from builder.analysis.gather import Gather
from builder.analysis.kind import told
from builder.analysis.nouns import Answers
from builder.analysis.paper import codes_of_sheet, toets_of_sheet
from builder.analysis.read_moodle import read_moodle
from builder.analysis.read_qti import is_xml, read_qti
from builder.analysis.read_table import read_rows
from builder.analysis.rules import A504, A511, A513
from builder.analysis.table import Table, read_table
from builder.analysis.told import Settings
from builder.diagnostics import Diagnostic, Location, Severity, sort_key


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of the files. `answers` is None when there is an error. `nobody`: asked of no one."""

    answers: Answers | None
    found: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()


def read_answers(files: Sequence[tuple[str, bytes]], catalogue: Catalogue, settings: Settings) -> Reading:
    """Return all answers of these files together; all findings at once, sorted."""
    gather = Gather(catalogue.orders, settings.properties, source=files[0][0] if files else "")
    found: list[Diagnostic] = []
    dropped: set[str] = set()
    about: set[str] = set()
    for number, (name, content) in enumerate(files, start=1):
        if is_xml(content):
            table, wrong = read_qti(name, content, settings.toets, f"bestand-{number:03}")
        else:
            table, wrong = read_table(name, content)
        found += wrong
        if table is None:
            continue
        heads = {plain(head) for head in table.head}
        dropped |= {drop for drop in settings.drop if plain(drop) in heads}
        about |= {one for one in settings.properties if plain(one) in heads}
        gather.file = number
        found += _one_table(table, catalogue, settings, gather, f"bestand-{number:03}")
    at = Location(files[0][0] if files else "")
    for option, given, seen in (
        ("--drop", settings.drop, dropped),
        ("--property", settings.properties, about),
    ):
        for name in dict.fromkeys(given):
            if name not in seen:
                found.append(
                    Diagnostic(A504, at, f'De kolom "{name}" van {option} staat in geen enkel bestand.')
                )
    answers: Answers | None = None
    nobody: tuple[str, ...] = ()
    if not any(finding.rule.severity is Severity.ERROR for finding in found):
        answers, wrong, nobody = gather.finish(settings.missing)
        found += wrong
    return Reading(
        answers, tuple(sorted(found, key=sort_key)), (*told(gather.read_as), *gather.notes), nobody
    )


def _one_table(
    table: Table, catalogue: Catalogue, settings: Settings, gather: Gather, otherwise: str
) -> list[Diagnostic]:
    items = [*catalogue.vragen, *catalogue.elsewhere]
    columns, wrong = assign(table, items, settings.drop, settings.properties, not settings.bank)
    found = list(wrong)
    dropped = columns.dropped if columns else ()
    person = columns.roles.get("persoon") if columns else None
    answers = [place for place, _, _ in columns.answers] if columns else []
    personal = privacy.check(table, dropped, person, answers)
    places = {finding.location.column for finding in personal}
    found = [one for one in found if one.rule is not A504 or one.location.column not in places] + personal
    if columns is None or any(finding.rule.severity is Severity.ERROR for finding in found):
        return found
    paper = _right_paper(table, catalogue, settings.toets)
    found += paper
    if any(finding.rule.severity is Severity.ERROR for finding in paper):
        return found
    settings = replace(settings, toets=settings.toets or toets_of_sheet(table))
    if columns.layout == "moodle":
        attempts = read_moodle(table, columns, catalogue, settings.toets, len(gather.rows))
        gather.notes += attempts.notes
        if attempts.table is None:
            return [*found, *attempts.found]
        table = attempts.table
        columns, _ = assign(table, items, (), settings.properties, False)
        assert columns is not None
    elif columns.layout == "wide" and "persoon" not in columns.roles:
        gather.notes.append(
            f"In bestand {gather.file} staat geen nummer van de persoon. Elke rij telt als één persoon."
        )
    return found + read_rows(table, columns, catalogue, settings, gather, otherwise)


def _right_paper(table: Table, catalogue: Catalogue, toets: str) -> list[Diagnostic]:
    """Compare what a typing sheet says of itself with the toets that was asked for, and with its paper of now."""
    codes, named = codes_of_sheet(table), toets_of_sheet(table)
    at = table.at(-1)
    if not codes:
        return []
    if named and toets and named != toets:
        message = f"Dit invulblad is van toets {named}, maar je koos {toets}."
        hint = f"Kies --toets {named}, of neem het blad van {toets}."
        return [Diagnostic(A511, at, message, hint)]
    if not toets and named not in catalogue.toetsen:
        message = (
            f"Dit is een invulblad van een toets.{f' Toets {named} staat niet in de bank.' if named else ''}"
        )
        return [Diagnostic(A511, at, message, "Zeg met --toets van welke toets dit blad is.")]
    known = catalogue.codes.get(toets or named)
    if known is None or known & set(codes):
        return []
    message = f"Op dit blad staat code {codes[0]}. Toets {toets or named} heeft nu een andere code."
    hint = "De toets is veranderd, of dit blad is van een andere toets. Kijk of de volgorde nog klopt."
    return [Diagnostic(A513, at, message, hint)]
