"""The checker's look at one visit: every hard rule of a single visit, worked out anew.

In: a request, the reference date and a visit. Out: breaches. It shares no code with the model, only the nouns: holidays
come from Easter's own formula, distances from chords.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pyluach.dates import HebrewDate

from builder.visits.nouns import Aanvraag, Bezoek, Groep, Instellingen, Locatie


@dataclass(frozen=True, slots=True)
class Breuk:
    """A rule that a plan breaks: its number, the group (empty for the whole plan) and a Dutch sentence."""

    regel: str
    groep: str
    tekst: str


def of_visit(request: Aanvraag, today: date, visit: Bezoek, fresh: bool) -> Iterator[Breuk]:
    """Yield every hard rule that this visit breaks; `fresh`: it still has to be asked for."""
    group = next(one for one in request.groepen if one.naam == visit.groep)
    place = next(one for one in request.locaties if one.naam == visit.locatie)
    rules = request.instellingen
    checks: tuple[tuple[str, bool, str], ...] = (
        *_lessons(request, group, visit.dag, today if fresh else date.min),
        *_calendar(request, group, place, visit),
        *_people(group, place, rules),
        *_access(group, place, rules),
        *_money(request, group, place),
        ("C19", _minutes(request, group, place) <= (rules.reistijd if group.reistijd is None else group.reistijd), "reist te lang"),
        (
            "C26",
            not fresh or visit.dag >= today + timedelta(rules.aanvraag if place.aanvraag is None else place.aanvraag),
            "is te laat aangevraagd",
        ),
    )  # fmt: skip
    for rule, kept, text in checks:
        if not kept:
            yield Breuk(
                rule, group.naam, f"{group.naam} bij {place.naam} op {visit.dag.isoformat()}: {text}."
            )


def _lessons(request: Aanvraag, group: Groep, day: date, since: date) -> Iterator[tuple[str, bool, str]]:
    """A lesson before that is still to come at `since`, and one after."""
    rules = request.instellingen

    def lesson(when: date) -> bool:
        if when.weekday() not in group.lesdagen or when in group.geen_les or when in free_days(when.year):
            return False
        if when.month == 5 and when.day in (4, 5):
            return False
        return not any(
            row.van <= when <= row.tot
            and row.wat != "liever niet"
            and _touches(row.geldt_voor, row.naam, group)
            for row in request.sluitingen
        )

    before = [
        day - timedelta(number)
        for number in range(max(1, rules.voorbereiding_min), rules.voorbereiding_max + 1)
    ]
    after = [day + timedelta(number) for number in range(1, rules.nabespreking_max + 1)]
    yield "C1", any(lesson(when) and when >= since for when in before), "geen les vooraf"
    yield "C2", any(lesson(when) for when in after), "geen les erna"


def _touches(kind: str, name: str, group: Groep) -> bool:
    return (
        kind == "alles"
        or (kind == "groep" and name == group.naam)
        or (kind == "vakantieregio" and name == group.vakantieregio)
    )


def _calendar(
    request: Aanvraag, group: Groep, place: Locatie, visit: Bezoek
) -> Iterator[tuple[str, bool, str]]:
    day, rules = visit.dag, request.instellingen
    yield "C3", rules.van <= day <= rules.tot, "valt buiten de periode"
    yield "C3", day.weekday() in place.dagen, "dan is de locatie niet open voor groepen"
    begins = {"ochtend": place.start_ochtend, "middag": place.start_middag}[visit.dagdeel]
    yield "C3", begins is not None, "dan begint er geen bezoek"
    shut = [
        row
        for row in request.sluitingen
        if row.wat == "dicht" and row.van <= day <= row.tot and visit.dagdeel in row.dagdelen
    ]
    yield (
        "C3",
        not any(row.geldt_voor == "locatie" and row.naam == place.naam for row in shut),
        "dan is de locatie dicht",
    )
    yield "C3", not any(_touches(row.geldt_voor, row.naam, group) for row in shut), "dan kan de groep niet"
    yield "C3", place.feestdagen or day not in free_days(day.year), "het is een feestdag"
    yield (
        "C5",
        place.meidagen or (day.month, day.day) not in ((5, 4), (5, 5)),
        "4 en 5 mei zijn geen bezoekdagen",
    )
    hebrew = HebrewDate.from_pydate(day)
    yield (
        "C7",
        (hebrew.month, hebrew.day) not in _SHUT_THEN.get(place.joodse_dagen, ()),
        "de locatie is dicht",
    )
    yield (
        "C20",
        (group.van is None or group.van <= day) and (group.tot is None or day <= group.tot),
        "buiten de periode van de groep",
    )
    yield "C20", day.weekday() in group.dagen and visit.dagdeel in group.dagdelen, "dan kan de groep niet"


_ROSJ_JOM = ((7, 1), (7, 2), (7, 10))
_SHUT_THEN = {
    "Jom Kipoer dicht": ((7, 10),),
    "Rosj Hasjana en Jom Kipoer dicht": _ROSJ_JOM,
    "alle dagen dicht": (
        *_ROSJ_JOM, (1, 15), (1, 16), (1, 21), (1, 22), (3, 6), (3, 7), (7, 15), (7, 16), (7, 22), (7, 23),
    ),
}  # fmt: skip


def free_days(year: int) -> set[date]:
    """Return the free days of a year, from Easter by the formula of Meeus."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - ((b - (b + 8) // 25 + 1) // 3) + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    easter = date(year, f // 31, f % 31 + 1)
    king = date(year, 4, 27) if date(year, 4, 27).weekday() != 6 else date(year, 4, 26)
    return {
        date(year, 1, 1), king, date(year, 12, 25), date(year, 12, 26),
        *(easter + timedelta(number) for number in (0, 1, 39, 49, 50)),
    }  # fmt: skip


def parts(group: Groep, place: Locatie) -> int:
    """Return in how many parts the group goes around (0 where no group may come)."""
    return math.ceil(group.deelnemers / place.max_groep) if place.max_groep else 0


def _people(group: Groep, place: Locatie, rules: Instellingen) -> Iterator[tuple[str, bool, str]]:
    number = parts(group, place)
    yield "C12", number == 1 or (number > 1 and group.splitsen), "de groep is te groot"
    yield "C12", group.deelnemers >= place.min_groep, "de groep is te klein"
    adults = max(2, math.ceil(group.deelnemers / place.personen_per_begeleider))
    yield "C13", group.begeleiders >= adults, f"er zijn {adults} begeleiders nodig"
    yield "C14", group.eigen_docent, "de eigen docent gaat niet mee"
    yield "C15", group.niveau in place.niveaus, "het taalniveau past niet"
    yield (
        "C16",
        place.tolk or not place.talen or any(talk in place.talen for talk in group.talen),
        "de taal past niet",
    )
    yield "C17", bool(group.alternatief or rules.alternatief), "er is niets voor wie niet mee wil"
    yield "C22", group.fotos in ("nee", "met toestemming op papier"), "de afspraak over foto's klopt niet"
    yield "C29", bool(place.ziet), "niet bekend wat mensen zien"
    yield "C10", not group.locaties or place.naam in group.locaties, "de groep koos een andere locatie"
    known = place.groepen_per_dagdeel is not None or place.reken_met_een
    yield "C18", known, "niet bekend hoeveel groepen er kunnen"


def _access(group: Groep, place: Locatie, rules: Instellingen) -> Iterator[tuple[str, bool, str]]:
    there = place.toegang or ()
    for need in group.toegang:
        if need == "geen trappen":
            yield "C21", "geen trappen" in there or "rolstoel" in there, "er zijn trappen"
        elif need != "kort lopen":
            yield "C21", need in there, f"ontbreekt: {need}"
    if "kort lopen" in group.toegang or "rolstoel" in group.toegang:
        if place.pendel is not None:
            yield (
                "C19",
                place.pendel >= group.deelnemers + group.begeleiders,
                "te weinig plaatsen in de pendelbus",
            )
        else:
            near = place.loopafstand is not None and place.loopafstand <= rules.kort_lopen
            yield "C21", near, "het is te ver lopen"


def _way(request: Aanvraag, group: Groep, place: Locatie) -> tuple[float, float | None]:
    """Return minutes and kilometres one way; kilometres None when the journey was measured."""
    for row in request.reistijden:
        if row.van.casefold() == group.plaats.casefold() and row.naar.casefold() == place.naam.casefold():
            return row.minuten, None
    if group.punt is None or place.punt is None:
        return math.inf, None

    def on_the_globe(point: tuple[float, float]) -> tuple[float, float, float]:
        north, east = math.radians(point[0]), math.radians(point[1])
        return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)

    chord = math.dist(on_the_globe(group.punt), on_the_globe(place.punt))
    rules = request.instellingen
    km = 2 * math.asin(chord / 2) * 6371 * rules.omweg
    speed = {"ov": rules.snelheid_ov, "bus": rules.snelheid_bus, "fiets": 15, "lopend": 5}[group.vervoer]
    extra = {"ov": rules.vast_ov, "bus": rules.vast_bus}.get(group.vervoer, 0)
    return extra + 60 * km / speed, km


def _minutes(request: Aanvraag, group: Groep, place: Locatie) -> float:
    return (
        math.ceil(_way(request, group, place)[0] - 1e-6)
        if _way(request, group, place)[0] < math.inf
        else math.inf
    )


def price(request: Aanvraag, group: Groep, place: Locatie) -> float:
    """Return what is known of the price of a visit in cents, to a cent or so (parts are rounded elsewhere)."""
    rules = request.instellingen
    everyone = group.deelnemers + group.begeleiders
    total = float((place.prijs_groep or 0) * parts(group, place) + place.toeslag * everyone)
    total += (place.prijs_persoon or 0) * (everyone if place.begeleiders_betalen else group.deelnemers)
    minutes, km = _way(request, group, place)
    if km is None:
        total += next(
            (
                row.kosten or 0
                for row in request.reistijden
                if (row.van.casefold(), row.naar.casefold())
                == (group.plaats.casefold(), place.naam.casefold())
            ),
            0,
        )
    elif group.vervoer == "ov":
        total += (rules.ov_per_km or 0) * km * 2 * everyone
    elif group.vervoer == "bus":
        total += (rules.bus_vast or 0) + (rules.bus_per_km or 0) * km * 2
    if minutes < math.inf:
        total += (
            (rules.docent_per_uur or 0)
            * group.begeleiders
            * (2 * math.ceil(minutes - 1e-6) + place.duur)
            / 60
        )
    spoken = {
        *place.talen,
        *(talk for guide in request.gidsen if guide.locatie == place.naam for talk in guide.talen),
    }
    if spoken and place.tolk and not spoken.intersection(group.talen):
        total += rules.tolk_per_bezoek or 0
    return total


def _money(request: Aanvraag, group: Groep, place: Locatie) -> Iterator[tuple[str, bool, str]]:
    rules = request.instellingen
    known = place.prijs_persoon is not None or place.prijs_groep is not None
    yield "C24", known or rules.onbekende_prijs, "de prijs is niet bekend"
    cost = price(request, group, place) - 3  # three parts are each rounded to a cent
    limit = rules.budget_groep if group.budget is None else group.budget
    yield "C24", limit is None or cost <= limit, "het bezoek is duurder dan het budget van de groep"
    each = rules.budget_persoon
    yield (
        "C24",
        each is None or cost <= each * group.deelnemers,
        "het bezoek is duurder dan het budget per persoon",
    )
