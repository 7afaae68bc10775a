"""The worked example, moved to a time in which it can be planned.

In: the date of today. Out: the bytes of a workbook with invented schools and places. It moves by whole weeks, so that
every weekday stays what it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from builder import sheets
from builder.office import Properties
from builder.visits.nouns import Aanvraag
from builder.visits.read_request import read_request
from builder.visits.workbook import request_sheets

FILE = Path(__file__).parent / "data" / "voorbeeld.xlsx"
AHEAD = timedelta(days=63)  # so long before, every place of the example can still be asked


def example(today: date) -> bytes:
    """Return the example with its first day nine weeks or somewhat more after today."""
    request, _ = read_request(FILE.name, FILE.read_bytes())
    if request is None:
        raise RuntimeError("the example of the package cannot be read")
    late = (today + AHEAD - request.instellingen.van).days
    moved = _moved(request, timedelta(weeks=-(-late // 7)))
    return sheets.write(request_sheets(moved), Properties("Voorbeeldpilot", "knm", today))


def _moved(request: Aanvraag, by: timedelta) -> Aanvraag:
    def later(day: date | None) -> date | None:
        return None if day is None else day + by

    rules = request.instellingen
    return replace(
        request,
        groepen=tuple(
            replace(
                one,
                van=later(one.van),
                tot=later(one.tot),
                geen_les=tuple(day + by for day in one.geen_les),
                liever_niet=tuple(day + by for day in one.liever_niet),
            )
            for one in request.groepen
        ),
        gidsen=tuple(replace(one, van=later(one.van), tot=later(one.tot)) for one in request.gidsen),
        sluitingen=tuple(replace(one, van=one.van + by, tot=one.tot + by) for one in request.sluitingen),
        instellingen=replace(rules, van=rules.van + by, tot=rules.tot + by),
    )
