"""The overview: one HTML page with calendar, map, costs and who waits. It prints and needs no internet.

In: a proposal. Out: the bytes of the page. Drawings are SVG with a table beside them that says the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import jinja2

from builder.dutch import dutch_date, euro
from builder.templating import html_environment
from builder.visits.nouns import Punt
from builder.visits.outcome_sheets import notes, visit_in_words
from builder.visits.plan import Voorstel, day_in_words
from builder.visits.values import clock

WIDE, HIGH = 420, 420
WIDE_DEGREE = 0.614  # a degree of longitude against one of latitude, at 52 degrees north


def overview(proposal: Voorstel, name: str) -> bytes:
    """Return the page."""
    about = notes(proposal, name)
    page = _template().render(
        titel=about[0],
        datum_in_woorden=dutch_date(proposal.vandaag.isoformat()),
        regels=about[1:],
        weken=_weeks(proposal),
        kaart=_map(proposal),
        breed=WIDE,
        hoog=HIGH,
        kosten=_bars(proposal),
        wachtlijst=_waiting(proposal),
        als_dan=[(one.als, one.groepen_meer, euro(one.cent_meer)) for one in proposal.als_dan],
        verhuizingen=[
            (one.groep, visit_in_words(one.was), visit_in_words(one.wordt), one.waarom)
            for one in proposal.verhuizingen
        ],
        keuzes=[
            (
                one.groep.naam,
                visit_in_words(one.bezoek),
                one.kosten.in_woorden() if one.kosten else "niet bekend",
                one.waarom,
            )
            for one in proposal.gepland
        ],
        breuken=[breach.tekst for breach in proposal.breuken],
    )
    return page.encode("utf-8")


@cache
def _template() -> jinja2.Template:
    return html_environment().get_template("bezoeken.html")


def _weeks(proposal: Voorstel) -> list[dict[str, Any]]:
    """Return the weeks in which there is a visit, each with seven days."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for one in proposal.gepland:
        by_day[one.bezoek.dag].append(f"{clock(one.begin)} {one.groep.naam} · {one.locatie.naam}")
    starts = sorted({day - timedelta(days=day.weekday()) for day in by_day})
    return [
        {
            "week": start.isocalendar()[1],
            "dagen": [
                {"datum": f"{day.day}-{day.month}", "bezoeken": by_day.get(day, [])}
                for day in (start + timedelta(days=number) for number in range(7))
            ],
        }
        for start in starts
    ]


def _map(proposal: Voorstel) -> dict[str, Any]:
    """Return points and lines in the units of the drawing; the map shows just what there is to see."""
    groups = {one.groep.plaats: one.groep.punt for one in proposal.gepland if one.groep.punt}
    places = {place.naam: place.punt for place in proposal.aanvraag.locaties if place.punt}
    spots = [*groups.values(), *places.values()]
    if not spots:
        return {"lijnen": [], "groepen": [], "locaties": []}
    frame = _frame(spots)
    lines = {
        (*_on_map(one.groep.punt, frame), *_on_map(one.locatie.punt, frame))
        for one in proposal.gepland
        if one.groep.punt and one.locatie.punt
    }
    return {
        "lijnen": sorted(lines),
        "groepen": [(name, _on_map(spot, frame)) for name, spot in sorted(groups.items())],
        "locaties": [(name, _on_map(spot, frame)) for name, spot in sorted(places.items())],
    }


def _frame(spots: Sequence[Punt]) -> tuple[float, float, float]:
    """Return the north, the west and the degrees of latitude that the map shows, with room around it."""
    north, south = max(lat for lat, _ in spots), min(lat for lat, _ in spots)
    west, east = min(lon for _, lon in spots), max(lon for _, lon in spots)
    high = max(north - south, (east - west) * WIDE_DEGREE * HIGH / WIDE, 0.2) * 1.2
    wide = high * WIDE / HIGH / WIDE_DEGREE
    return (north + south + high) / 2, (west + east - wide) / 2, high


def _on_map(spot: Punt, frame: tuple[float, float, float]) -> tuple[float, float]:
    north, west, high = frame
    scale = HIGH / high
    return round((spot[1] - west) * WIDE_DEGREE * scale, 1), round((north - spot[0]) * scale, 1)


def _bars(proposal: Voorstel) -> list[dict[str, Any]]:
    """Return per place what its visits cost, with a length of at most a hundred."""
    totals: dict[str, int] = defaultdict(int)
    people: dict[str, int] = defaultdict(int)
    unknown: dict[str, set[str]] = defaultdict(set)
    for one in proposal.gepland:
        totals[one.locatie.naam] += one.kosten.bekend if one.kosten else 0
        people[one.locatie.naam] += one.groep.deelnemers
        unknown[one.locatie.naam].update(one.kosten.onbekend if one.kosten else ())
    most = max(totals.values(), default=0) or 1
    return [
        {
            "naam": name,
            "lengte": round(100 * cents / most, 1),
            "samen": euro(cents),
            "per_deelnemer": euro(round(cents / people[name])),
            "onbekend": ", ".join(sorted(unknown[name])),
        }
        for name, cents in sorted(totals.items())
    ]


def _waiting(proposal: Voorstel) -> list[dict[str, Any]]:
    told = {proposal.aanvraag.groepen[one.groep].naam: one for one in proposal.uitleg}
    return [
        {
            "groep": waiting.groep,
            "waarom": told[waiting.groep].zin,
            "redenen": [
                f"{name}: {reasons[0][0].tekst}"
                for name, reasons in told[waiting.groep].per_locatie
                if reasons
            ],
            "helpt": told[waiting.groep].helpt,
            "past": [f"{visit.groep}, {day_in_words(visit.dag)}" for visit in waiting.zou_passen[:3]],
        }
        for waiting in proposal.wachtlijst
    ]
