"""The report on paper: PDF/UA-1 and PDF/A-2a through Typst.

In: an analysis. Out: bytes. Charts go along as SVG with what they show as their alternative text.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from builder.analysis import tables, tables_groups
from builder.analysis.analyse import Analysis
from builder.analysis.charts import Chart, option_chart
from builder.analysis.report_html import distribution, short
from builder.analysis.report_json import as_json
from builder.analysis.tables import Grid
from builder.analysis.words import number, percent
from builder.typesetting import to_pdf


def pdf(analysis: Analysis) -> bytes:
    """Return the paper. Raises `TypesettingError` when a text has a character that no font has."""
    pictures: dict[str, bytes] = {}

    def picture(chart: Chart | None) -> dict[str, str] | None:
        if chart is None:
            return None
        name = f"grafiek/{len(pictures)}.svg"
        pictures[name] = chart.svg(alone=True).encode("utf-8")
        return {"bestand": name, "alt": chart.told}

    def grid(found: Grid | None) -> dict[str, Any] | None:
        return None if found is None else {"caption": found.caption, "head": found.head, "rows": found.rows}

    flags = Grid(
        "Rood: doe hier iets aan. Oranje: kijk ernaar.",
        ("Vraag", "Kleur", "Wat valt op", "Wat kun je doen"),
        tuple(
            (
                analysis.name_of(flag.item),
                flag.colour,
                flag.message + (" Indicatief." if flag.unsure else ""),
                flag.hint,
            )
            for flag in analysis.flags
        ),
    )
    wishes = analysis.wishes
    data: dict[str, Any] = {
        "id": wishes.name,
        "titel": wishes.titel,
        "datum": wishes.day,
        "variant": "A",
        "code": hashlib.sha256(as_json(analysis).encode("utf-8"))
        .hexdigest()[:6]
        .upper(),  # same numbers, same code
        "label": "",
        "waarschuwing": wishes.label,
        "samenvatting": tables.summary(analysis),
        "meldingen": [f"{one.message} {one.hint}".strip() for one in analysis.found],
        "vlaggen": grid(flags),
        "toetsen": [
            {
                "naam": form.name,
                "cijfers": tables.overview(form),
                "verdeling": picture(distribution(analysis, place)),
            }
            for place, form in enumerate(analysis.forms)
        ],
        "cesuur": tables.standard_lines(analysis),
        "twijfel": grid(tables.doubt_grid(analysis)),
        "grenzen": grid(tables.cut_grid(analysis)),
        "dif": grid(tables_groups.dif_grid(analysis)),
        "dif_uitleg": tables_groups.dif_told(analysis),
        "alle": grid(tables.item_grid(analysis)),
        "vragen": [
            {
                "id": analysis.name_of(item.vraag.id),
                "stam": item.vraag.stam,
                "kort": short(analysis, item),
                "vlaggen": [
                    f"{flag.colour}: {flag.message} {flag.hint}"
                    for flag in analysis.flags
                    if flag.item == item.vraag.id
                ],
                "antwoorden": grid(
                    Grid(
                        "Wie koos welk antwoord",
                        ("Antwoord", "n", "Deel", "rat", "rar"),
                        tuple(
                            (
                                f"{option.label}{' (goed)' if place == item.vraag.key else ''} {option.text}".strip(),
                                str(option.n),
                                percent(option.share),
                                number(option.rat),
                                number(option.rar),
                            )
                            for place, option in enumerate(item.options)
                        ),
                    )
                ),
                "lijnen": picture(option_chart(item)),
            }
            for item in analysis.items
        ],
        "woorden": tables.WORDS,
        "over": tables.about(analysis),
    }
    return to_pdf("analyse.typ", data, pictures, date.fromisoformat(wishes.day))
