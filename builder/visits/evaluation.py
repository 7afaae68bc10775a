"""What the pilot taught: the workbook with reports of visits and group totals of knowledge checks, and its figures.

In: the bytes of that workbook. Out: an `Evaluatie` with counts, costs and differences, and findings per cell. Totals of
groups only: no answer of a person comes in, and no result of one group goes out.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from builder import sheets
from builder.diagnostics import Diagnostic, Location, Severity, sort_key
from builder.visits import rules
from builder.visits.columns import VOORBEELD, Kolom, Tabblad
from builder.visits.faults import Faults
from builder.visits.knowledge import MOMENTEN, Verschil, differences
from builder.visits.read_rows import Row, read_tab, refuse_others

REDENEN = ("groep", "locatie", "vervoer", "weer", "nieuws", "te weinig mensen", "anders")
BANDEN = ((30, "tot en met 30 minuten"), (60, "31 tot 60 minuten"), (90, "61 tot 90 minuten"), (9999, "meer dan 90 minuten"))  # fmt: skip

# One column on a line: this is a table.
# fmt: off
VERSLAG = Tabblad(
    "Verslag",
    (
        Kolom("groep", "Groep", "tekst", "Zoals in het plan.", "A2 ochtend", True, breedte=20),
        Kolom("locatie", "Locatie", "tekst", "Zoals in het plan.", "Museum A", True, breedte=20),
        Kolom("dag", "Datum", "datum", "De dag van het bezoek.", "2026-11-12", True),
        Kolom("door", "Ging door", "ja", "Ging het bezoek door?", "ja", True),
        Kolom("reden", "Waarom niet", "keuze", "Alleen als het niet doorging.", "", keuzes=REDENEN, breedte=18),
        Kolom("aangemeld", "Aangemeld", "getal", "Hoeveel deelnemers stonden op de lijst?", "14"),
        Kolom("aanwezig", "Aanwezig", "getal", "Hoeveel deelnemers waren er?", "12"),
        Kolom("begeleiders", "Begeleiders", "getal", "Hoeveel begeleiders waren er?", "2"),
        Kolom("programma", "Programma", "geld", "Wat betaalde je de locatie? Leeg is onbekend.", "150,00"),
        Kolom("vervoer", "Vervoer", "geld", "Wat kostte de reis? Leeg is onbekend.", "96,00"),
        Kolom("docent", "Docent", "geld", "Wat kostten de uren? Leeg is onbekend.", "180,00"),
        Kolom("overig", "Overig", "geld", "Tolk, eten en meer. Leeg is onbekend. Niets is 0.", "0"),
        Kolom("reis", "Reis in minuten", "getal", "Hoelang duurde de heenreis echt?", "55"),
        Kolom("les_vooraf", "Les vooraf", "ja", "Is de les vooraf gegeven?", "ja"),
        Kolom("les_erna", "Les erna", "ja", "Is de les erna gegeven?", "ja"),
        Kolom("goed", "Wat ging goed", "tekst", "Kort, zonder namen.", "", breedte=30),
        Kolom("beter", "Wat kan beter", "tekst", "Kort, zonder namen.", "", breedte=30),
    ),
    True,
    "Eén rij per bezoek.",
)
KENNIS = Tabblad(
    "Kennis",
    (
        Kolom("groep", "Groep", "tekst", "Zoals in het plan.", "A2 ochtend", True, breedte=20),
        Kolom("moment", "Moment", "keuze", "vooraf of achteraf", "vooraf", True, MOMENTEN),
        Kolom("eindterm", "Eindterm", "tekst", "Het nummer van de eindterm.", "5.1.1", True),
        Kolom("deelnemers", "Deelnemers", "getal", "Hoeveel mensen maakten de vragen?", "12", True),
        Kolom("vragen", "Vragen", "getal", "Hoeveel vragen waren er?", "5", True),
        Kolom("goed", "Goed samen", "getal", "Alle goede antwoorden van de groep bij elkaar.", "34", True),
    ),
    wat="Alleen het totaal van de groep. Nooit een antwoord van één mens.",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Kosten:
    """Costs of some visits: people who were there, cents that are known, and visits of which a part is unknown."""

    naam: str
    bezoeken: int
    deelnemers: int
    cent: int
    onvolledig: int

    @property
    def per_deelnemer(self) -> int | None:
        """Cents per person, None when nobody was there."""
        return round(self.cent / self.deelnemers) if self.deelnemers else None


@dataclass(frozen=True, slots=True)
class Evaluatie:
    """The figures of a pilot."""

    bezoeken: int
    doorgegaan: int
    redenen: tuple[tuple[str, int], ...]
    grootte: tuple[int, float, int] | None
    aangemeld: int
    aanwezig: int
    les_vooraf: int
    les_erna: int
    samen: Kosten
    per_locatie: tuple[Kosten, ...]
    per_reisband: tuple[Kosten, ...]
    verschillen: tuple[Verschil, ...]
    niet_gegaan: int  # groups with knowledge checks whose visit did not go on: they are in no difference
    eerste: date
    laatste: date


def read_evaluation(path: str, content: bytes) -> tuple[Evaluatie | None, tuple[Diagnostic, ...]]:
    """Return the figures, or None with the errors in the workbook."""
    faults = Faults(path)
    try:
        given = sheets.read(content)
    except sheets.SheetError as error:
        hint = "Maak het bestand met `knm visits form`."
        return None, (Diagnostic(rules.V601, Location(path), str(error), hint),)
    refuse_others(given, (VERSLAG.naam, KENNIS.naam, "Uitleg"), faults)
    found = {sheet.name.strip().casefold(): sheet for sheet in given}
    visits = read_tab(VERSLAG, found.get("verslag"), faults, set())
    knowledge = read_tab(KENNIS, _filled_in(found.get("kennis")), faults, set())
    _check(visits, knowledge, faults)
    if any(finding.rule.severity is Severity.ERROR for finding in faults.found):
        return None, tuple(sorted(faults.found, key=sort_key))
    return evaluate(visits, knowledge), tuple(sorted(faults.found, key=sort_key))


def _filled_in(sheet: sheets.ReadSheet | None) -> sheets.ReadSheet | None:
    """Return the sheet without the rows of the form that nobody filled in.

    Older forms put `(voorbeeld)` before the group: with numbers behind it, such a row counts as any other.
    """
    if sheet is None:
        return None
    rows = list(sheet.rows[:1])
    for cells in sheet.rows[1:]:
        group = cells[0].strip() if cells else ""
        if group.casefold().startswith(VOORBEELD):
            cells = (group[len(VOORBEELD) :].strip(), *cells[1:])
        rows.append(cells if any(cell.strip() for cell in cells[2:]) else ())
    return replace(sheet, rows=tuple(rows))


def _check(visits: Sequence[Row], knowledge: Sequence[Row], faults: Faults) -> None:
    for row in visits:
        if not row["heel"]:
            continue
        if row["door"] and "aanwezig" not in row:
            faults.add(
                rules.V606,
                "Verslag",
                row["rij"],
                7,
                "deze cel is leeg.",
                "Hoeveel deelnemers waren er?",
                "Aanwezig",
            )
        if row.get("aanwezig", 0) > row.get("aangemeld", 10**6):
            faults.add(
                rules.V614,
                "Verslag",
                row["rij"],
                0,
                "er waren er meer dan er aangemeld zijn.",
                "Kijk naar de twee getallen.",
            )
    listed = {str(row.get("groep", "")).casefold() for row in visits}
    for row in knowledge:
        if not row["heel"]:
            continue
        if row["groep"].casefold() not in listed:
            faults.add(
                rules.V610, "Kennis", row["rij"], 1, "deze groep staat niet bij Verslag.",
                "Schrijf de naam zoals bij Verslag, of zet het bezoek daar erbij.", "Groep",
            )  # fmt: skip
        if not row["deelnemers"] or not row["vragen"] or row["goed"] > row["deelnemers"] * row["vragen"]:
            faults.add(
                rules.V614, "Kennis", row["rij"], 0, "er zijn meer goede antwoorden dan er konden zijn.",
                "Goed samen is hoogstens deelnemers keer vragen.",
            )  # fmt: skip
    seen: set[tuple[str, str, str]] = set()
    for row in knowledge:
        key = tuple(str(row.get(name, "")).casefold() for name in ("groep", "moment", "eindterm"))
        if row["heel"] and key in seen:
            faults.add(
                rules.V609,
                "Kennis",
                row["rij"],
                0,
                "deze groep en dit moment staan er al.",
                "Haal een rij weg.",
            )
        seen.add((key[0], key[1], key[2]))


def evaluate(visits: Sequence[Row], knowledge: Sequence[Row]) -> Evaluatie:
    """Return the figures of rows that were read whole."""
    done = [row for row in visits if row["door"]]
    sizes = sorted(row["aanwezig"] for row in done)
    days = [row["dag"] for row in visits]
    listed = [row for row in done if "aangemeld" in row]
    went = {row["groep"].casefold() for row in done}
    others = {row["groep"].casefold() for row in knowledge} - went
    return Evaluatie(
        len(visits),
        len(done),
        tuple(Counter(row.get("reden", "niet gezegd") for row in visits if not row["door"]).most_common()),
        (sizes[0], statistics.median(sizes), sizes[-1]) if sizes else None,
        sum(row["aangemeld"] for row in listed),
        sum(row["aanwezig"] for row in listed),
        sum(bool(row.get("les_vooraf")) for row in done),
        sum(bool(row.get("les_erna")) for row in done),
        _costs("Samen", done),
        _by(done, lambda row: str(row["locatie"])),
        tuple(
            cost
            for _, band in (*BANDEN, (0, "niet bekend"))
            for cost in _by([row for row in done if _band(row) == band], _band)
        ),
        differences([row for row in knowledge if row["groep"].casefold() in went]),
        len(others),
        min(days),
        max(days),
    )


def _band(row: Row) -> str:
    if "reis" not in row:
        return "niet bekend"
    return next(name for limit, name in BANDEN if row["reis"] <= limit or limit == BANDEN[-1][0])


def _by(rows: Sequence[Row], key: Callable[[Row], str]) -> tuple[Kosten, ...]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return tuple(_costs(name, found[name]) for name in sorted(found))


def _costs(name: str, rows: Iterable[Row]) -> Kosten:
    rows = list(rows)
    parts = ("programma", "vervoer", "docent", "overig")
    return Kosten(
        name,
        len(rows),
        sum(row["aanwezig"] for row in rows),
        sum(row.get(part, 0) for row in rows for part in parts),
        sum(any(part not in row for part in parts) for row in rows),
    )
