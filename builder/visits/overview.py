"""The overview: one HTML page with calendar, map, costs and who waits. It prints and needs no internet.

In: a proposal. Out: the bytes of the page. Drawings are SVG with a table beside them that says the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any

import jinja2

from builder.dutch import dutch_date, euro
from builder.templating import html_environment
from builder.visits.map_drawing import HIGH, WIDE, drawing
from builder.visits.nouns import WEEKDAGEN
from builder.visits.outcome_sheets import notes, visit_in_words
from builder.visits.plan import Voorstel, day_in_words
from builder.visits.values import clock


def overview(proposal: Voorstel, name: str) -> bytes:
    """Return the page."""
    about = notes(proposal, name)
    page = _template().render(
        titel=about[0],
        datum_in_woorden=dutch_date(proposal.vandaag.isoformat()),
        regels=[_money(line) for line in about[1:]],
        weken=_weeks(proposal),
        kaart=drawing(proposal),
        breed=WIDE,
        hoog=HIGH,
        kosten=_bars(proposal),
        wachtlijst=_waiting(proposal),
        als_dan=[(one.als, one.groepen_meer, _money(euro(one.cent_meer))) for one in proposal.als_dan],
        verhuizingen=[
            (one.groep, visit_in_words(one.was), visit_in_words(one.wordt), one.waarom)
            for one in proposal.verhuizingen
        ],
        keuzes=[
            (
                one.groep.naam,
                visit_in_words(one.bezoek),
                _money(one.kosten.in_woorden()) if one.kosten else "niet bekend",
                one.waarom,
            )
            for one in proposal.gepland
        ],
        breuken=[breach.tekst for breach in proposal.breuken],
    )
    return page.encode("utf-8")


def _money(text: str) -> str:
    """Return a text in which no amount is cut from its sign at the end of a line."""
    return text.replace("€ ", "€\u00a0")


@cache
def _template() -> jinja2.Template:
    return html_environment().get_template("bezoeken.html")


def _weeks(proposal: Voorstel) -> list[dict[str, Any]]:
    """Return the weeks of the period: one with visits as seven days, those without one told together."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for one in proposal.gepland:
        by_day[one.bezoek.dag].append(f"{clock(one.begin)} {one.groep.naam} · {one.locatie.naam}")
    rules = proposal.aanvraag.instellingen
    first = _monday(min([rules.van, *by_day]))
    last = _monday(max([rules.tot, *by_day]))
    starts = [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]
    busy = {_monday(day) for day in by_day}
    made: list[dict[str, Any]] = []
    for empty, group in groupby(starts, key=lambda start: start not in busy):
        together = list(group)
        if empty:
            made.append({"week": _numbers(together), "dagen": []})
            continue
        made += [
            {
                "week": start.isocalendar()[1],
                "dagen": [
                    {
                        "dag": WEEKDAGEN[day.weekday()],
                        "datum": f"{day.day}-{day.month}",
                        "bezoeken": by_day.get(day, []),
                    }
                    for day in (start + timedelta(days=number) for number in range(7))
                ],
            }
            for start in together
        ]
    return made


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _numbers(starts: Sequence[date]) -> str:
    first, last = starts[0].isocalendar()[1], starts[-1].isocalendar()[1]
    if len(starts) == 1:
        return f"{first}"
    return f"{first} en {last}" if len(starts) == 2 else f"{first} tot en met {last}"


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
            "samen": _money(euro(cents)),
            "per_deelnemer": _money(euro(round(cents / people[name]))),
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
                f"{name}: {' '.join(reason.tekst for reason, _ in reasons)}"
                for name, reasons in told[waiting.groep].per_locatie
                if reasons
            ],
            "helpt": told[waiting.groep].helpt,
            "past": [f"{visit.groep}, {day_in_words(visit.dag)}" for visit in waiting.zou_passen[:3]],
        }
        for waiting in proposal.wachtlijst
    ]
