"""What the pilot taught: the workbook with reports of visits and group totals of knowledge checks, and its figures.

In: the bytes of that workbook. Out: an `Evaluatie` with counts, costs and differences, and findings per cell. Totals of
groups only: no answer of a person comes in, and no result of one group goes out.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from builder import sheets
from builder.diagnostics import Diagnostic, Location, Severity, sort_key
from builder.visits import rules
from builder.visits.columns import Kolom, Tabblad
from builder.visits.faults import Faults
from builder.visits.read_rows import Row, read_tab

REDENEN = ("locatie", "vervoer", "weer", "nieuws", "te weinig mensen", "anders")
MOMENTEN = ("vooraf", "achteraf")
BANDEN = ((30, "tot en met 30 minuten"), (60, "31 tot 60 minuten"), (90, "61 tot 90 minuten"), (9999, "meer dan 90 minuten"))  # fmt: skip
FEW_GROUPS = 5
FEW_PEOPLE = 30

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
class Verschil:
    """After minus before, in points of percentage, as the mean over groups; `van` and `tot` are the 95% interval."""

    eindterm: str
    groepen: int
    deelnemers: int
    vooraf: float
    achteraf: float
    verschil: float
    van: float | None
    tot: float | None

    @property
    def waarschuwing(self) -> str:
        """Return what stands in the way of a conclusion, or nothing."""
        if self.van is None or self.tot is None:
            return "Eén groep is te weinig. Hieruit kun je niets besluiten."
        if self.groepen < FEW_GROUPS or self.deelnemers < FEW_PEOPLE:
            return f"Maar {self.groepen} groepen en {self.deelnemers} mensen. Dit is te weinig voor een conclusie."
        if self.van <= 0 <= self.tot:
            return "Het verschil kan toeval zijn: 0 ligt in het interval."
        return ""


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
    eerste: date
    laatste: date


def read_evaluation(path: str, content: bytes) -> tuple[Evaluatie | None, tuple[Diagnostic, ...]]:
    """Return the figures, or None with the errors in the workbook."""
    faults = Faults(path)
    try:
        found = {sheet.name.strip().casefold(): sheet for sheet in sheets.read(content)}
    except sheets.SheetError as error:
        hint = "Maak het bestand met `knm visits form`."
        return None, (Diagnostic(rules.V601, Location(path), str(error), hint),)
    visits = read_tab(VERSLAG, found.get("verslag"), faults, set())
    knowledge = read_tab(KENNIS, found.get("kennis"), faults, set())
    _check(visits, knowledge, faults)
    if any(finding.rule.severity is Severity.ERROR for finding in faults.found):
        return None, tuple(sorted(faults.found, key=sort_key))
    return evaluate(visits, knowledge), tuple(sorted(faults.found, key=sort_key))


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
    for row in knowledge:
        if not row["heel"]:
            continue
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
        _differences(knowledge),
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


def _differences(knowledge: Sequence[Row]) -> tuple[Verschil, ...]:
    shares: dict[str, dict[str, dict[str, tuple[float, int]]]] = defaultdict(lambda: defaultdict(dict))
    for row in knowledge:
        share = 100 * row["goed"] / (row["deelnemers"] * row["vragen"])
        shares[row["eindterm"]][row["groep"].casefold()][row["moment"]] = (share, row["deelnemers"])
    found = []
    for eindterm in sorted(shares):
        pairs = [both for both in shares[eindterm].values() if set(both) == set(MOMENTEN)]
        if not pairs:
            continue
        changes = [both["achteraf"][0] - both["vooraf"][0] for both in pairs]
        mean = statistics.fmean(changes)
        half = (
            t_975(len(changes) - 1) * statistics.stdev(changes) / math.sqrt(len(changes))
            if len(changes) > 1
            else None
        )
        found.append(
            Verschil(
                eindterm,
                len(pairs),
                sum(min(both["vooraf"][1], both["achteraf"][1]) for both in pairs),
                statistics.fmean(both["vooraf"][0] for both in pairs),
                statistics.fmean(both["achteraf"][0] for both in pairs),
                mean,
                None if half is None else mean - half,
                None if half is None else mean + half,
            )
        )
    return tuple(found)


def t_975(freedom: int) -> float:
    """Return the 97.5% point of Student's t, by bisection on its distribution (a finite sum, Abramowitz 26.7.3-4)."""
    low, high = 0.0, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < 0.95 else (low, middle)
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    """Return the chance that Student's t lies between -t and t."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine = math.cos(angle)
    term, total = (cosine, cosine) if freedom % 2 else (1.0, 1.0)
    for number in range(3 if freedom % 2 else 2, freedom - 1, 2):
        term *= cosine**2 * (number - 1) / number
        total += term
    if freedom % 2 == 0:
        return math.sin(angle) * total
    return 2 / math.pi * (angle + (math.sin(angle) * total if freedom > 1 else 0.0))
