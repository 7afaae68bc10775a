"""The figures of a pilot as a page and on paper, each with its own tables and bars.

In: an `Evaluatie`, a title and the date. Out: artifacts. It shows no figure of a single group.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from io import StringIO
from typing import Any

import jinja2

from builder.artifacts import Artifact
from builder.dutch import count, dutch_date, euro
from builder.templating import html_environment
from builder.typesetting import to_pdf
from builder.visits.evaluation import Evaluatie, Kosten
from builder.visits.knowledge import VOORBEHOUD, Verschil
from builder.visits.values import show_money


def evaluation_files(found: Evaluatie, title: str, day: date) -> tuple[Artifact, ...]:
    """Return the report as HTML, PDF and CSV. Raises `TypesettingError` for a sign that has no letter."""
    data = _data(found, title, day)
    return (
        Artifact("verslag.html", _template().render(**data).encode("utf-8")),
        Artifact("verslag.pdf", to_pdf("bezoekverslag.typ", data, {}, day)),
        Artifact("kosten.csv", _csv(found)),
    )


@cache
def _template() -> jinja2.Template:
    return html_environment().get_template("bezoekverslag.html")


def _data(found: Evaluatie, title: str, day: date) -> dict[str, Any]:
    period = f"{dutch_date(found.eerste.isoformat())} tot en met {dutch_date(found.laatste.isoformat())}"
    return {
        "titel": title,
        "id": "verslag",
        "code": "",
        "voet": f"{title} · gemaakt op {dutch_date(day.isoformat())}",
        "variant": "A",
        "label": "",
        "datum": day.isoformat(),
        "datum_in_woorden": dutch_date(day.isoformat()),
        "regels": _facts(found, period),
        "tabellen": [
            {"titel": "Kosten per locatie", "kop": "Locatie", "rijen": _bars(found.per_locatie)},
            {"titel": "Kosten per reistijd", "kop": "Heenreis", "rijen": _bars(found.per_reisband)},
        ],
        "verschillen": [_difference(one) for one in found.verschillen],
        "voorbehoud": list(VOORBEHOUD),
    }


def went_on(found: Evaluatie) -> str:
    """Return how many visits took place, as a sentence."""
    verb = "ging" if found.doorgegaan == 1 else "gingen"
    visits = "bezoek" if found.bezoeken == 1 else "bezoeken"
    return f"{found.doorgegaan} van {found.bezoeken} {visits} {verb} door."


def _facts(found: Evaluatie, period: str) -> list[str]:
    lines = [f"Periode: {period}.", went_on(found)]
    if found.redenen:
        lines.append(
            "Niet doorgegaan: " + ", ".join(f"{reason} ({number})" for reason, number in found.redenen) + "."
        )
    if found.grootte is not None:
        least, middle, most = found.grootte
        shown = f"{middle:g}".replace(".", ",")
        people = "deelnemer" if most == 1 else "deelnemers"
        lines.append(f"Groepen: van {least} tot {most} {people}, het midden is {shown}.")
    if found.aangemeld:
        share = round(100 * found.aanwezig / found.aangemeld)
        lines.append(
            f"{found.aanwezig} van {found.aangemeld} aangemelde deelnemers waren er ({share} procent)."
        )
    lines.append(f"Les vooraf: {found.les_vooraf} keer. Les erna: {found.les_erna} keer.")
    if found.samen.per_deelnemer is not None:
        lines.append(f"Bekende kosten: {euro(found.samen.cent)}. Dat is {_each(found.samen)} per deelnemer.")
    if found.samen.onvolledig:
        visits = count(found.samen.onvolledig, "bezoek", "bezoeken")
        lines.append(f"Bij {visits} is een deel van de kosten niet bekend. Het echte bedrag kan hoger zijn.")
    if found.niet_gegaan:
        groups = count(found.niet_gegaan, "groep telt", "groepen tellen")
        lines.append(f"Kennis: {groups} niet mee, want het bezoek ging niet door.")
    return lines


def _bars(rows: Sequence[Kosten]) -> list[dict[str, Any]]:
    most = max((row.per_deelnemer or 0 for row in rows), default=0) or 1
    return [
        {
            "naam": row.naam,
            "bezoeken": row.bezoeken,
            "deelnemers": row.deelnemers,
            "samen": euro(row.cent),
            "per_deelnemer": _each(row),
            "lengte": round(100 * (row.per_deelnemer or 0) / most, 1),
            "onvolledig": f"{row.onvolledig} niet volledig" if row.onvolledig else "",
        }
        for row in rows
    ]


def _each(row: Kosten) -> str:
    """Return the costs per person: at least that, when a part of them is not known."""
    if row.per_deelnemer is None:
        return "niemand was er"
    return f"{'ten minste ' if row.onvolledig else ''}{euro(row.per_deelnemer)}"


def _difference(one: Verschil) -> dict[str, Any]:
    between = (
        "niet te berekenen"
        if one.van is None or one.tot is None
        else f"{_points(one.van)} tot {_points(one.tot)}"
    )
    return {
        "eindterm": one.eindterm,
        "groepen": one.groepen,
        "deelnemers": one.deelnemers,
        "vooraf": _percent(one.vooraf),
        "achteraf": _percent(one.achteraf),
        "verschil": _points(one.verschil),
        "interval": between,
        "waarschuwing": one.waarschuwing,
    }


def _percent(value: float) -> str:
    return f"{value:.0f}%"


def _points(value: float) -> str:
    return f"{value:+.1f}".replace(".", ",")


def _csv(found: Evaluatie) -> bytes:
    """Return the costs as a table for the funder: semicolons and a decimal comma, as Dutch Excel reads it."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ["soort", "naam", "bezoeken", "deelnemers", "euro", "euro per deelnemer", "bezoeken niet volledig"]
    )
    for kind, rows in (
        ("locatie", found.per_locatie),
        ("reistijd", found.per_reisband),
        ("samen", (found.samen,)),
    ):
        for row in rows:
            each = "" if row.per_deelnemer is None else show_money(row.per_deelnemer)
            name = f"'{row.naam}" if row.naam[:1] in "=+-@" else row.naam
            writer.writerow(
                [kind, name, row.bezoeken, row.deelnemers, show_money(row.cent), each, row.onvolledig]
            )
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")
