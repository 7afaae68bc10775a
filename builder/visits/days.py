"""Days that matter, for any year: Dutch holidays, commemorations, Jewish and Islamic days, and sunset.

In: years or a date. Out: days with their Dutch name. Jewish days are by pyluach, in the diaspora; Islamic days by
hijridate (Umm al-Qura): the real day can differ by one. Only a place can be shut for them; of a group it says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter
from hijridate import Gregorian, Hijri
from pyluach.dates import HebrewDate

_ONE = timedelta(days=1)
# Days after Easter Sunday. Good Friday is no day off for all.
_FROM_EASTER = (
    (0, "Eerste Paasdag"),
    (1, "Tweede Paasdag"),
    (39, "Hemelvaartsdag"),
    (49, "Eerste Pinksterdag"),
    (50, "Tweede Pinksterdag"),
)
_COMMEMORATIONS = (
    (1, 27, "Internationale Holocaust-herdenking"),
    (2, 25, "herdenking van de Februaristaking"),
    (2, 26, "herdenking van de Februaristaking"),
    (5, 19, "herdenking van de deportatie van Sinti en Roma"),
    (6, 6, "herdenking van de kindertransporten"),
    (6, 7, "herdenking van de kindertransporten"),
)
# Month (from Nisan), day, name, kind. `rosj` and `jom` are days on which some places shut that stay open on others.
_JEWISH = (
    *((1, day, "Pesach", "feest") for day in (15, 16, 21, 22)),
    *((3, day, "Sjavoeot", "feest") for day in (6, 7)),
    *((7, day, "Rosj Hasjana", "rosj") for day in (1, 2)),
    (7, 10, "Jom Kipoer", "jom"),
    *((7, day, "Soekot", "feest") for day in (15, 16)),
    (7, 22, "Sjemini Atseret", "feest"),
    (7, 23, "Simchat Tora", "feest"),
)


@dataclass(frozen=True, slots=True)
class JoodseDag:
    """A Jewish day: its name and kind (`rosj`, `jom`, `feest`, `vooravond` or `halffeest`)."""

    naam: str
    soort: str


def dutch_holidays(years: Iterable[int]) -> Mapping[date, str]:
    """Return the days on which the Netherlands is free; Good Friday is not one of them."""
    found: dict[date, str] = {}
    for year in sorted(set(years)):
        found[date(year, 1, 1)] = "Nieuwjaarsdag"
        king = date(year, 4, 27)
        found[king - _ONE if king.weekday() == 6 else king] = "Koningsdag"
        found |= {easter(year) + number * _ONE: name for number, name in _FROM_EASTER}
        found[date(year, 12, 25)], found[date(year, 12, 26)] = "Eerste Kerstdag", "Tweede Kerstdag"
    return found


def commemorations(years: Iterable[int]) -> Mapping[date, str]:
    """Return the days on which memorial places are busy with a ceremony."""
    found: dict[date, str] = {}
    for year in sorted(set(years)):
        found |= {date(year, month, day): name for month, day, name in _COMMEMORATIONS}
        shoah = _gregorian(year + 3760, 1, 27)
        shoah += {4: -_ONE, 6: _ONE}.get(shoah.weekday(), timedelta())  # never beside the sabbath
        found[shoah] = "Jom Hasjoa"
    return found


def jewish_days(years: Iterable[int]) -> Mapping[date, JoodseDag]:
    """Return Jewish holy days, the days before them (they begin at sunset), half feasts and Chanoeka."""
    found: dict[date, JoodseDag] = {}
    for year in sorted({year_there for common in years for year_there in (common + 3760, common + 3761)}):
        for month, day, name, kind in _JEWISH:
            found[_gregorian(year, month, day)] = JoodseDag(name, kind)
        for month, days, name in ((1, range(17, 21), "Pesach"), (7, range(17, 22), "Soekot")):
            for day in days:
                found.setdefault(_gregorian(year, month, day), JoodseDag(name, "halffeest"))
        first = _gregorian(year, 9, 25)
        for number in range(8):
            found.setdefault(first + number * _ONE, JoodseDag("Chanoeka", "halffeest"))
    for holy, jewish in sorted(found.items()):
        if jewish.soort in ("rosj", "jom", "feest"):
            found.setdefault(holy - _ONE, JoodseDag(f"vooravond van {jewish.naam}", "vooravond"))
    return found


def _gregorian(year: int, month: int, day: int) -> date:
    made: date = HebrewDate(year, month, day).to_pydate()
    return made


def islamic_feasts(years: Iterable[int]) -> Mapping[date, str]:
    """Return Suikerfeest and Offerfeest, with the day before and after: the real day can differ by one."""
    found: dict[date, str] = {}
    for year in sorted(set(years)):
        first = Gregorian(year, 1, 1).to_hijri().year
        for hijri in (first, first + 1):
            for month, day, name in ((10, 1, "Suikerfeest"), (12, 10, "Offerfeest")):
                middle = _from_hijri(hijri, month, day)
                found[middle] = name
                for beside in (middle - _ONE, middle + _ONE):
                    found.setdefault(beside, f"{name} (kan een dag verschuiven)")
    return found


def in_ramadan(day: date) -> bool:
    """Tell whether the day is in Ramadan, by calculation."""
    return int(Gregorian(day.year, day.month, day.day).to_hijri().month) == 9


def _from_hijri(year: int, month: int, day: int) -> date:
    found = Hijri(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)


def summer_time(day: date) -> bool:
    """Tell whether clocks in the Netherlands are an hour ahead at noon of this day (EU rule since 1996)."""
    return _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def sunset(day: date) -> int:
    """Return the sunset at the middle of the country, in minutes after midnight (NOAA's formula, to some minutes)."""
    turn = 2 * math.pi / 365 * (day.timetuple().tm_yday - 1 + 0.25)
    equation = 229.18 * (
        0.000075
        + 0.001868 * math.cos(turn)
        - 0.032077 * math.sin(turn)
        - 0.014615 * math.cos(2 * turn)
        - 0.040849 * math.sin(2 * turn)
    )
    tilt = (
        0.006918
        - 0.399912 * math.cos(turn)
        + 0.070257 * math.sin(turn)
        - 0.006758 * math.cos(2 * turn)
        + 0.000907 * math.sin(2 * turn)
        - 0.002697 * math.cos(3 * turn)
        + 0.00148 * math.sin(3 * turn)
    )
    north, east = math.radians(52.16), 5.39
    angle = math.degrees(
        math.acos(
            math.cos(math.radians(90.833)) / (math.cos(north) * math.cos(tilt))
            - math.tan(north) * math.tan(tilt)
        )
    )
    return round(720 - 4 * (east - angle) - equation) + (120 if summer_time(day) else 60)
