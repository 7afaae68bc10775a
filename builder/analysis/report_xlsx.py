"""The report as a workbook: all numbers in full, to sort and to compute with.

In: an analysis. Out: bytes. Numbers are numbers; what cannot be known is an empty cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from builder.analysis import tables, tables_groups
from builder.analysis.analyse import Analysis
from builder.analysis.classical import ItemStat
from builder.office import Properties
from builder.sheets import Column, Sheet, write

_Row = tuple[str | int | float, ...]


def xlsx(analysis: Analysis) -> bytes:
    """Return the workbook."""
    wishes = analysis.wishes
    footer = f"{wishes.name} · {wishes.day}"
    sheets = [
        _sheet("In het kort", (("In het kort", 110),), [(line,) for line in _told(analysis)], footer),
        _flags(analysis, footer),
        _items("Vragen", analysis, analysis.items, footer),
        _options(analysis, footer),
        _forms(analysis, footer),
        _spread(analysis, footer),
    ]
    if len(analysis.forms) > 1:
        every = [item for form in analysis.per_form for item in form]
        sheets.insert(3, _items("Vragen per toets", analysis, every, footer))
    if analysis.dif is not None and analysis.dif.rows:
        head = (
            ("Vraag", 18),
            ("Groep", 14),
            ("alpha_MH", 10),
            ("delta", 10),
            ("se", 10),
            ("chi-kwadraat", 12),
            ("kans", 10),
            ("Klasse", 8),
        )
        dif = [
            (
                row.id,
                row.group,
                *map(_cell, (row.alpha, row.delta, row.se, row.chi_square, row.p)),
                row.grade or "",
            )
            for row in analysis.dif.rows
        ]
        sheets.append(_sheet("Groepen", head, dif, footer))
    if analysis.calibration is not None:
        sheets.append(_rasch(analysis, footer))
    cuts = [(row.cesuur, row.persons, row.passing, 1 - row.passing) for row in analysis.cuts]
    sheets.append(
        _sheet("Cesuur", (("Cesuur", 9), ("Personen", 10), ("Slaagt", 10), ("Zakt", 10)), cuts, footer)
    )
    if analysis.abilities:
        scale = (("Score", 9), ("Vaardigheid", 12), ("Meetfout", 10))
        sheets.append(_sheet("Vaardigheid", scale, list(analysis.abilities), footer))
    words = [*tables.WORDS, *(("", line) for line in tables.about(analysis))]
    sheets.append(_sheet("Uitleg", (("Woord", 14), ("Uitleg", 100)), words, footer))
    day = date.fromisoformat(wishes.day)
    return write(tuple(sheets), Properties(f"{wishes.titel} · antwoorden bekeken", wishes.name, day))


def _sheet(name: str, head: Sequence[tuple[str, float]], rows: Sequence[_Row], footer: str) -> Sheet:
    return Sheet(
        name,
        tuple(Column(title, width, number="0.000") for title, width in head),
        tuple(rows),
        footer=footer,
        frozen=1,
    )


def _cell(value: float | None) -> float | str:
    return "" if value is None else value


def _told(analysis: Analysis) -> list[str]:
    return [
        f"{analysis.wishes.titel} ({analysis.wishes.day})",
        "In dit bestand staan de goede antwoorden. Geef het niet aan cursisten.",
        *([analysis.wishes.label] if analysis.wishes.label else []),
        *tables.summary(analysis),
        *tables.standard_lines(analysis),
        *tables_groups.dif_told(analysis),
        *(f"{one.message} {one.hint}".strip() for one in analysis.found),
    ]


def _flags(analysis: Analysis, footer: str) -> Sheet:
    head = (
        ("Vraag", 18),
        ("Nr", 6),
        ("Kleur", 9),
        ("Code", 8),
        ("Wat valt op", 60),
        ("Wat kun je doen", 60),
        ("Indicatief", 10),
    )
    rows = [
        (
            flag.item,
            analysis.number_of(flag.item),
            flag.colour,
            flag.rule.code,
            flag.message,
            flag.hint,
            "ja" if flag.unsure else "nee",
        )
        for flag in analysis.flags
    ]
    return _sheet("Let op", head, rows, footer)


def _items(name: str, analysis: Analysis, items: Sequence[ItemStat], footer: str) -> Sheet:
    head = [
        ("Vraag", 18), ("Nr", 6), ("Toets", 20), ("Versie", 7), ("n", 8), ("Overgeslagen", 12), ("Niet bereikt", 11), ("Gemiddelde", 11),
        ("sd", 9), ("p", 9), ("p laag", 9), ("p hoog", 9), ("p'", 9), ("rit", 9), ("rir", 9), ("rir laag", 9), ("rir hoog", 9),
    ]  # fmt: skip
    rows: list[_Row] = []
    for item in items:
        low, high = item.p_interval or (None, None)
        rir_low, rir_high = item.rir_interval or (None, None)
        numbers = (
            item.mean,
            item.sd,
            item.p,
            low,
            high,
            item.p_corrected,
            item.rit,
            item.rir,
            rir_low,
            rir_high,
        )
        rows.append(
            (
                item.vraag.id, analysis.number_of(item.vraag.id), item.form or "alle", item.vraag.versie or "", item.n, item.skipped, item.not_reached,
                *map(_cell, numbers),
            )
        )  # fmt: skip
    return _sheet(name, head, rows, footer)


def _options(analysis: Analysis, footer: str) -> Sheet:
    head = (
        ("Vraag", 18),
        ("Antwoord", 10),
        ("Tekst", 50),
        ("Punten", 8),
        ("n", 8),
        ("Deel", 9),
        ("rat", 9),
        ("rar", 9),
    )
    rows = [
        (
            item.vraag.id,
            option.label,
            option.text,
            option.score,
            option.n,
            option.share,
            _cell(option.rat),
            _cell(option.rar),
        )
        for item in analysis.items
        for option in item.options
    ]
    return _sheet("Antwoorden", head, rows, footer)


def _forms(analysis: Analysis, footer: str) -> Sheet:
    head = (
        ("Toets", 22), ("n", 8), ("Vragen", 8), ("Hoogste", 9), ("Gemiddelde", 11), ("sd", 9), ("Gem. p", 9), ("Gem. p met spreiding", 11),
        ("Gem. rit", 9),
        ("Gem. rir", 9), ("Alfa", 9), ("Alfa laag", 9), ("Alfa hoog", 9), ("Lambda-2", 9), ("SEM", 9), ("Zonder spreiding", 30),
    )  # fmt: skip
    rows = []
    for form in analysis.forms:
        low, high = form.alpha_interval or (None, None)
        numbers = (
            form.mean, form.sd, form.mean_p, form.mean_p_varied, form.mean_rit, form.mean_rir, form.alpha, low, high, form.lambda2, form.sem,
        )  # fmt: skip
        rows.append((form.name, form.n, form.items, form.most, *map(_cell, numbers), ", ".join(form.flat)))
    return _sheet("Toetsen", head, rows, footer)


def _spread(analysis: Analysis, footer: str) -> Sheet:
    rows = [
        (form.name, score, persons) for form in analysis.forms for score, persons in enumerate(form.counts)
    ]
    return _sheet("Verdeling", (("Toets", 22), ("Score", 8), ("Personen", 10)), rows, footer)


def _rasch(analysis: Analysis, footer: str) -> Sheet:
    head = (
        ("Vraag", 18), ("Punten", 8), ("b", 10), ("se", 10), ("infit", 10), ("z", 10), ("outfit", 10), ("chi-kwadraat", 12),
        ("vrijheidsgraden", 14), ("kans", 10),
    )  # fmt: skip
    rows: list[_Row] = []
    for found in analysis.calibration.difficulties if analysis.calibration else ():
        fit = analysis.fits[found.id]
        about = (fit.infit, fit.z, fit.outfit, fit.chi_square, fit.freedom, fit.p)
        for score, b, se in found.steps:
            rows.append((found.id, score, b, se, *about))
    return _sheet("Rasch", head, rows, footer)
