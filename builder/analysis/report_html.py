"""The report as one HTML file that needs no internet and no script.

In: an analysis. Out: bytes. All texts are escaped by the template; only our own style and charts are markup.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from builder.analysis import tables, tables_groups
from builder.analysis.analyse import Analysis
from builder.analysis.charts import Chart, option_chart, spread_chart
from builder.analysis.classical import ItemStat
from builder.analysis.words import count, number, percent
from builder.dutch import dutch_date
from builder.templating import HTML, html_environment


def html(analysis: Analysis) -> bytes:
    """Return the page."""
    style = (HTML / "analyse.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    cesuur = tables.standard_lines(analysis)
    data: dict[str, Any] = {
        "titel": analysis.wishes.titel,
        "datum": dutch_date(analysis.wishes.day),
        "label": analysis.wishes.label,
        "beleid": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        "stijl": Markup(style),
        "svg": lambda chart: Markup(chart.svg()),  # made by us; every text in it is escaped
        "nummer": analysis.number_of,
        "ankers": {item.vraag.id for item in analysis.items},
        "samenvatting": tables.summary(analysis),
        "meldingen": analysis.found,
        "vlaggen": analysis.flags,
        "toetsen": [
            {"naam": form.name, "cijfers": tables.overview(form), "verdeling": distribution(analysis, place)}
            for place, form in enumerate(analysis.forms)
        ],
        "cesuur": cesuur,
        "twijfel": tables.doubt_grid(analysis),
        "grenzen": tables.cut_grid(analysis),
        "vaardigheid": tables.ability_grid(analysis),
        "dif": tables_groups.dif_grid(analysis),
        "dif_uitleg": tables_groups.dif_told(analysis),
        "alle": tables.item_grid(analysis),
        "vragen": [_vraag(analysis, item) for item in analysis.items],
        "woorden": tables.WORDS,
        "over": tables.about(analysis),
    }
    return _template().render(data).encode("utf-8")


def distribution(analysis: Analysis, place: int) -> Chart:
    """Return the chart of the totals of a form; the cesuur stands in that of the main form."""
    cesuur = analysis.misclassified.cesuur if analysis.misclassified and place == analysis.main else None
    return spread_chart(analysis.forms[place], cesuur, place)


@cache
def _template() -> jinja2.Template:
    return html_environment().get_template("analyse.html")


def short(analysis: Analysis, item: ItemStat) -> str:
    """Return the figures of a question in one line."""
    parts = [
        count(item.n, "persoon", "personen"),
        f"p {number(item.p)}",
        f"rit {number(item.rit)}",
        f"rir {number(item.rir)}",
        f"overgeslagen {item.skipped}",
        f"niet bereikt {item.not_reached}",
    ]
    found = analysis.calibration.of(item.vraag.id) if analysis.calibration else None
    if found is not None:
        parts.append(f"b {number(found.b)} (se {number(found.se)})")
    return " · ".join(parts)


def _vraag(analysis: Analysis, item: ItemStat) -> dict[str, Any]:
    return {
        "id": item.vraag.id,
        "nr": analysis.number_of(item.vraag.id),
        "versie": item.vraag.versie,
        "stam": item.vraag.stam,
        "kort": short(analysis, item),
        "vlaggen": [flag for flag in analysis.flags if flag.item == item.vraag.id],
        "antwoorden": [
            {
                "label": option.label,
                "tekst": option.text,
                "goed": place == item.vraag.key,
                "n": option.n,
                "deel": percent(option.share),
                "rat": number(option.rat),
                "rar": number(option.rar),
            }
            for place, option in enumerate(item.options)
        ],
        "lijnen": option_chart(item),
    }
