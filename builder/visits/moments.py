"""Which half days are possible, for a group and for a place, and which wishes each would break.

In: a request and the reference date. Out: `Moments`: per half day a reason against or the wishes it breaks. A wish is
weighed in euro by the settings. It knows no pair of group and place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from builder.visits import days
from builder.visits.fit import Reden
from builder.visits.nouns import DAGDELEN, WEEKDAGEN, Aanvraag, Groep, Locatie, Sluiting
from builder.visits.values import clock

Half = tuple[date, str]


@dataclass(frozen=True, slots=True)
class Wens:
    """A wish that a choice breaks: what it is, and what it weighs in euro."""

    tekst: str
    punten: int


_Names = Mapping[date, str]


@lru_cache(maxsize=16)
def _calendar(first: int, end: int) -> tuple[_Names, _Names, Mapping[date, days.JoodseDag], _Names]:
    """Return what the calendar knows of these years; what helps is tried in many small requests of the same years."""
    years = range(first, end)
    named = days.dutch_holidays(years), days.commemorations(years)
    return *named, days.jewish_days(years), days.islamic_feasts(years)


class Moments:
    """The half days of one request, with what is known of each."""

    def __init__(self, request: Aanvraag, today: date) -> None:
        """Work out the calendar of the period; `today` decides what can still be asked for."""
        self.request = request
        self.today = today
        settings = request.instellingen
        known = _calendar(settings.van.year - 1, settings.tot.year + 2)
        self.holidays, self.commemorations, self.jewish, self.feasts = known
        count = (settings.tot - settings.van).days + 1
        self.days = tuple(settings.van + timedelta(days=number) for number in range(count))
        self.halves: tuple[Half, ...] = tuple((day, part) for day in self.days for part in DAGDELEN)
        self._by_kind: dict[tuple[str, str], list[Sluiting]] = {}
        for closing in request.sluitingen:
            self._by_kind.setdefault(
                (closing.geldt_voor, closing.naam if closing.geldt_voor != "alles" else ""), []
            ).append(closing)
        self._lessons: dict[str, frozenset[date]] = {}

    def closings(self, *keys: tuple[str, str]) -> list[Sluiting]:
        """Return the rows of closed days for these kinds and names."""
        return [row for key in keys for row in self._by_kind.get(key, ())]

    def lessons(self, groep: Groep) -> frozenset[date]:
        """Return the days on which the group has a lesson, also just outside the period."""
        if groep.naam not in self._lessons:
            self._lessons[groep.naam] = frozenset(self._lesson_days(groep))
        return self._lessons[groep.naam]

    def _lesson_days(self, groep: Groep) -> Iterator[date]:
        settings = self.request.instellingen
        off = [row for row in self._of_group(groep) if row.wat in ("dicht", "geen les")]
        day = settings.van - timedelta(days=settings.voorbereiding_max)
        while day <= settings.tot + timedelta(days=settings.nabespreking_max):
            free = (
                day in self.holidays
                or (day.month == 5 and day.day in (4, 5))
                or day in groep.geen_les
                or any(row.van <= day <= row.tot for row in off)
            )
            if day.weekday() in groep.lesdagen and not free:
                yield day
            day += timedelta(days=1)

    def _of_group(self, groep: Groep) -> list[Sluiting]:
        return self.closings(("alles", ""), ("groep", groep.naam), ("vakantieregio", groep.vakantieregio))

    def preparation(self, groep: Groep, day: date) -> date | None:
        """Return the last lesson in time before a visit on this day."""
        settings = self.request.instellingen
        for number in range(settings.voorbereiding_min or 1, settings.voorbereiding_max + 1):
            if day - timedelta(days=number) in self.lessons(groep):
                return day - timedelta(days=number)
        return None

    def prepared_too_late(self, groep: Groep) -> frozenset[date]:
        """Return the coming days before which the last lesson in time is over already: nobody can tell of a new visit."""
        last = self.today + timedelta(days=self.request.instellingen.voorbereiding_max)
        found = set()
        for day in self.days:
            if self.today <= day <= last:
                lesson = self.preparation(groep, day)
                if lesson is not None and lesson < self.today:
                    found.add(day)
        return frozenset(found)

    def debrief(self, groep: Groep, day: date) -> date | None:
        """Return the first lesson in time after a visit on this day."""
        for number in range(1, self.request.instellingen.nabespreking_max + 1):
            if day + timedelta(days=number) in self.lessons(groep):
                return day + timedelta(days=number)
        return None

    def of_group(self, groep: Groep) -> dict[Half, Reden | tuple[Wens, ...]]:
        """Return for each half day why the group cannot, or what it would rather not."""
        weights = self.request.instellingen.gewichten
        rows = self._of_group(groep)
        first = max(self.request.instellingen.van, groep.van or self.request.instellingen.van)
        found: dict[Half, Reden | tuple[Wens, ...]] = {}
        for day in self.days:
            reason = next(self._group_day(groep, day), None)
            wishes: list[Wens] = []
            if reason is None:
                if day.weekday() not in groep.lesdagen:
                    wishes.append(Wens("niet op een lesdag", weights.geen_lesdag))
                if (day - first).days >= 7:
                    weeks = (day - first).days // 7
                    wishes.append(
                        Wens(
                            f"{weeks} {'week' if weeks == 1 else 'weken'} na de eerste dag",
                            weeks * weights.week_later,
                        )
                    )
                if day in groep.liever_niet:
                    wishes.append(Wens("de groep heeft deze dag liever niet", weights.liever_niet))
                if day in self.feasts:
                    wishes.append(
                        Wens(
                            self.feasts[day],
                            weights.islamitisch_feest // (1 if "(" not in self.feasts[day] else 5),
                        )
                    )
            for part in DAGDELEN:
                if reason is not None:
                    found[day, part] = reason
                    continue
                against = next(self._group_half(groep, day, part), None)
                if against is not None:
                    found[day, part] = against
                    continue
                soft = [
                    Wens(f"geen les{_because(row)}", weights.vakantie)
                    if row.wat == "geen les"
                    else Wens(f"liever niet{_because(row)}", weights.liever_niet)
                    for row in rows
                    if row.raakt(day, part)
                ]
                found[day, part] = (*wishes, *soft)
        return found

    def against_group(self, groep: Groep, half: Half) -> Iterator[Reden]:
        """Yield every reason of the group against a half day, not only the first."""
        yield from self._group_day(groep, half[0])
        yield from self._group_half(groep, *half)

    def _group_half(self, groep: Groep, day: date, part: str) -> Iterator[Reden]:
        for row in self._of_group(groep):
            if row.wat == "dicht" and row.raakt(day, part):
                yield Reden("C3", f"Gesloten dag{_because(row)}.", "Kies een andere week.")
                break
        if part not in groep.dagdelen:
            yield Reden("C20", f"De groep kan niet in de {part}.", f"Vraag of de {part} toch kan.", "dagdeel")

    def _group_day(self, groep: Groep, day: date) -> Iterator[Reden]:
        settings = self.request.instellingen
        if (groep.van and day < groep.van) or (groep.tot and day > groep.tot):
            hint = "Maak Vanaf of Tot en met ruimer."
            yield Reden("C20", "Buiten de periode van de groep.", hint, "venster")
        if day.weekday() not in groep.dagen:
            name = WEEKDAGEN[day.weekday()]
            yield Reden("C20", f"De groep kan niet op {name}.", f"Voeg {name} toe bij Bezoekdagen.", "dag")
        if self.preparation(groep, day) is None:
            least = max(1, settings.voorbereiding_min)
            text = f"Geen les {least} tot {settings.voorbereiding_max} dagen ervoor."
            yield Reden("C1", text, "Plan een extra les vóór het bezoek.", "les vooraf")
        if self.debrief(groep, day) is None:
            text = f"Geen les binnen {settings.nabespreking_max} dagen erna."
            yield Reden("C2", text, "Plan een extra les na het bezoek.", "les erna")

    def of_place(self, locatie: Locatie) -> dict[Half, Reden | tuple[Wens, ...]]:
        """Return for each half day why the place cannot, or which wishes a visit then breaks."""
        rows = [row for row in self.closings(("locatie", locatie.naam)) if row.wat != "geen les"]
        found: dict[Half, Reden | tuple[Wens, ...]] = {}
        for day in self.days:
            reason = next(self._place_day(locatie, day), None)
            wishes = () if reason is not None else tuple(self._place_wishes(locatie, day))
            for part in DAGDELEN:
                start = locatie.start(part)
                against = reason or next(self._place_half(locatie, day, part), None)
                if against is not None or start is None:
                    found[day, part] = against or ()
                    continue
                hit = [row for row in rows if row.raakt(day, part)]
                weights = self.request.instellingen.gewichten
                soft = [Wens(f"liever niet{_because(row)}", weights.liever_niet) for row in hit]
                if locatie.sjabbat and (
                    (day.weekday() == 4 and start + locatie.duur > days.sunset(day)) or day.weekday() == 5
                ):
                    soft.append(Wens("sjabbat", weights.sjabbat))
                found[day, part] = (*wishes, *soft)
        return found

    def against_place(self, locatie: Locatie, half: Half) -> Iterator[Reden]:
        """Yield every reason of the place against a half day, not only the first."""
        yield from self._place_day(locatie, half[0])
        yield from self._place_half(locatie, *half)

    def _place_half(self, locatie: Locatie, day: date, part: str) -> Iterator[Reden]:
        if locatie.start(part) is None:
            hint = f"Vraag of er een bezoek in de {part} kan."
            yield Reden("C3", f"Geen bezoek in de {part}.", hint, "begin")
        for row in self.closings(("locatie", locatie.naam)):
            if row.wat == "dicht" and row.raakt(day, part):
                yield Reden("C3", f"Locatie gesloten{_because(row)}.", "Kies een andere week.")
                break

    def lead(self, locatie: Locatie) -> int:
        """Return how many days ahead a visit to this place must be asked for."""
        return self.request.instellingen.aanvraag if locatie.aanvraag is None else locatie.aanvraag

    def _place_day(self, locatie: Locatie, day: date) -> Iterator[Reden]:
        if day.weekday() not in locatie.dagen:
            name = WEEKDAGEN[day.weekday()]
            rule = "C4" if day.weekday() == 0 else "C3"
            yield Reden(rule, f"Op {name} niet open voor groepen.", "Vraag of er een extra dag kan.", "open")
        if day.month == 5 and day.day in (4, 5) and not locatie.meidagen:
            yield Reden("C5", "4 en 5 mei: geen bezoek.", "Kies bewust ja bij Ook 4 en 5 mei.", "mei")
        if day in self.holidays and not locatie.feestdagen:
            hint = "Kies ja bij Ook op feestdagen als het kan."
            yield Reden("C3", f"{self.holidays[day]}.", hint, "feestdag")
        jewish = self.jewish.get(day)
        if jewish is not None and jewish.soort in _SHUT.get(locatie.joodse_dagen, ()):
            yield Reden("C7", f"Dicht: {jewish.naam}.", "Kies een andere dag.")

    def _place_wishes(self, locatie: Locatie, day: date) -> Iterator[Wens]:
        weights = self.request.instellingen.gewichten
        if day in self.commemorations:
            yield Wens(f"{self.commemorations[day]}: druk", weights.herdenkingsdag)
        if day in self.jewish:
            yield Wens(
                f"Joodse dag: {self.jewish[day].naam}",
                weights.joodse_dag // (1 if self.jewish[day].soort in ("rosj", "jom", "feest") else 4),
            )
        if day.month in self.request.instellingen.drukke_maanden:
            yield Wens("drukke maand", weights.drukke_maand)
        if locatie.buiten and days.in_ramadan(day):
            yield Wens("lang buiten in de ramadan", weights.ramadan)


_SHUT = {
    "alle dagen dicht": ("rosj", "jom", "feest"),
    "Rosj Hasjana en Jom Kipoer dicht": ("rosj", "jom"),
    "Jom Kipoer dicht": ("jom",),
}


def _because(row: Sluiting) -> str:
    return f": {row.reden}" if row.reden else ""


def times(locatie: Locatie, dagdeel: str, minuten: int) -> tuple[int, int, int, int]:
    """Return when the group leaves, the visit starts, it ends and the group is back, in minutes after midnight."""
    start = locatie.start(dagdeel)
    if start is None:
        start = (
            10 * 60 if dagdeel == "ochtend" else 13 * 60 + 30
        )  # a fixed visit at a time that the place has dropped
    return start - minuten, start, start + locatie.duur, start + locatie.duur + minuten


def wishes_of_times(
    groep: Groep, locatie: Locatie, dagdeel: str, minuten: int, late: int, weights_half_hour: int
) -> Iterator[Wens]:
    """Yield a wish for each half hour that the group leaves too early or comes back too late."""
    leaves, start, _, back = times(locatie, dagdeel, minuten)
    early = max(0, (groep.vertrek or 0) - leaves, late - start if late else 0)
    over = max(0, back - groep.terug) if groep.terug is not None else 0
    for minutes, text in (
        (early, f"weg om {clock(max(0, leaves))} uur"),
        (over, f"terug om {clock(back)} uur"),
    ):
        if minutes > 0:
            yield Wens(text, -(-minutes // 30) * weights_half_hour)
