"""A workbook becomes a request: every cell read, every fault told at once, in Dutch and with its place.

In: the bytes of a workbook and the name to call it by. Out: an `Aanvraag` (None as long as there is an error) and
findings. It guesses nothing: what is empty stays unknown. It knows no plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from builder import sheets
from builder.diagnostics import Diagnostic, Location, Severity, sort_key
from builder.visits import columns, rules
from builder.visits.columns import (
    NAAM_INSTELLINGEN,
    TABBLADEN,
    WIJZIGING_KOLOMMEN,
)
from builder.visits.faults import Faults
from builder.visits.meaning import check_meaning
from builder.visits.nouns import (
    DAGDELEN,
    Aanvraag,
    Bezoek,
    Gewichten,
    Gids,
    Groep,
    Instellingen,
    Locatie,
    Reistijd,
    Sluiting,
)
from builder.visits.read_rows import Row, read_settings, read_tab, refuse_others
from builder.visits.references import check_doubles, find_points, resolve_names
from builder.visits.values import CellFault, parse


def read_request(
    path: str, content: bytes, refused: Collection[str] = (), today: date | None = None
) -> tuple[Aanvraag | None, tuple[Diagnostic, ...]]:
    """Return what a workbook asks, or None with the errors that stand in the way; warnings come with both.

    The changes of the groups in `refused` count as not agreed, as if `nee` stood behind them in `Wijzigingen`. With
    `today` there must be something left to plan from that day on.
    """
    faults = Faults(path)
    try:
        read = sheets.read(content)
        unsaved = sheets.unsaved_formulas(content)
    except sheets.SheetError as error:
        faults.found.append(
            Diagnostic(rules.V601, Location(path), str(error), "Begin met `knm visits template`.")
        )
        return None, tuple(faults.found)
    found = {sheet.name.strip().casefold(): sheet for sheet in read}
    refuse_others(read, (*(tab.naam for tab in TABBLADEN), NAAM_INSTELLINGEN, *columns.UITVOER), faults)
    for tab, row, column in sorted(unsaved):
        if tab.strip().casefold() in {one.naam.casefold() for one in TABBLADEN} | {
            NAAM_INSTELLINGEN.casefold()
        }:
            faults.add(
                rules.V612,
                tab,
                row,
                column,
                "de uitkomst van deze formule is niet bewaard.",
                "Open het bestand in Excel of LibreOffice, bewaar het en probeer het opnieuw.",
            )
    blocked = {(tab.strip().casefold(), row, column) for tab, row, column in unsaved}
    rows = {tab.naam: read_tab(tab, found.get(tab.naam.casefold()), faults, blocked) for tab in TABBLADEN}
    settings = read_settings(found.get(NAAM_INSTELLINGEN.casefold()), faults)
    back = _refused(found.get(columns.WIJZIGINGEN.casefold()), refused, faults)
    request = _build(rows, settings, back, faults, today)
    errors = [finding for finding in faults.found if finding.rule.severity is Severity.ERROR]
    return None if errors else request, tuple(sorted(faults.found, key=_by_sheet))


def _by_sheet(found: Diagnostic) -> tuple[object, ...]:
    """Order findings by sheet as the workbook has them, then by row and column: so one mends sheet after sheet."""
    names = [*(tab.naam for tab in TABBLADEN), NAAM_INSTELLINGEN]
    tab = found.location.pointer[1:].partition("/")[0]
    return names.index(tab) if tab in names else -1, *sort_key(found)


def _refused(sheet: sheets.ReadSheet | None, also: Collection[str], faults: Faults) -> dict[str, Bezoek]:
    """Return, per group behind whose change the coordinator wrote `nee`, the visit that it had before."""
    if sheet is None or not sheet.rows or sheet.rows[0][: len(WIJZIGING_KOLOMMEN)] != WIJZIGING_KOLOMMEN:
        return {}
    found = {}
    for number, cells in enumerate(sheet.rows[1:], start=2):
        row = dict(zip(WIJZIGING_KOLOMMEN, [cell.strip() for cell in (*cells, *[""] * 8)], strict=False))
        no = row["Akkoord"].casefold() in ("nee", "n") or row["Groep"] in also
        if not no or not row["Was locatie"]:
            continue
        try:
            day = parse("datum", row["Was datum"])
            part = parse("keuze", row["Was dagdeel"], DAGDELEN)
        except CellFault as fault:
            faults.add(rules.V607, columns.WIJZIGINGEN, number, 7, str(fault), fault.hint)
            continue
        found[row["Groep"]] = Bezoek(row["Groep"], row["Was locatie"], day, part)
    return found


def _build(
    rows: Mapping[str, list[Row]],
    settings: Row | None,
    refused: Mapping[str, Bezoek],
    faults: Faults,
    today: date | None,
) -> Aanvraag | None:
    check_doubles(rows, faults)
    resolve_names(rows, faults)
    find_points(rows, faults)
    if settings is None:
        return None
    visits = [
        Bezoek(**{key: value for key, value in row.items() if key != "rij"})
        for row in _whole(rows["Bezoeken"])
    ]
    made = Aanvraag(
        tuple(Groep(**row) for row in _whole(rows["Groepen"])),
        tuple(Locatie(**row) for row in _whole(rows["Locaties"])),
        tuple(Gids(**row) for row in _whole(rows["Begeleiders"])),
        tuple(Sluiting(**{"tot": row["van"], **row}) for row in _whole(rows["Gesloten dagen"])),
        tuple(Reistijd(**row) for row in _whole(rows["Reistijden"])),
        Instellingen(**{**settings, "gewichten": Gewichten(**settings["gewichten"])}),
        tuple(_back(visit, refused) for visit in visits),
        tuple(refused),
    )
    everyone = all(row["heel"] for row in rows["Groepen"])
    check_meaning(made, faults.add, today, everyone)
    return made


def _back(visit: Bezoek, refused: Mapping[str, Bezoek]) -> Bezoek:
    """Return a visit where it was before a change that the coordinator refused: in calendars that is a change too."""
    was = refused.get(visit.groep)
    return visit if was is None else replace(was, volgnummer=visit.volgnummer + (2 if visit.afgezegd else 1))


def _whole(rows: Sequence[Row]) -> Iterator[Row]:
    for row in rows:
        if row["heel"]:
            yield {key: value for key, value in row.items() if key != "heel"}
