"""The rules of one visit (C1-C29): the test cases of the planning rules, and days that are easily wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from builder.visits import days
from builder.visits.candidates import Terrain
from builder.visits.costs import programme
from builder.visits.nouns import Aanvraag, Bezoek, Gids, Reistijd, Sluiting
from builder.visits.plan import make_plan
from builder.visits.solve import solve
from builder.visits.verify import verify
from tests.visits.requests import TODAY, aanvraag, groep, locatie

MONDAY, TUESDAY = date(2026, 9, 14), date(2026, 9, 15)
YOM_KIPPUR = date(2026, 9, 21)  # a Monday


def reasons(request: Aanvraag, day: date, part: str = "ochtend", today: date = TODAY) -> set[str]:
    """Rules against the only visit of a request, by the model; the checker must agree that there are any."""
    visit = Bezoek(request.groepen[0].naam, request.locaties[0].naam, day, part)
    terrain = Terrain(request, today)
    found = {reason.regel for reason in terrain.reason_against(visit)}
    broken = {breach.regel for breach in verify(request, today, [visit])}
    assert bool(found) == bool(broken), (found, broken)
    assert found <= broken | {"C4"}, "the checker must break every rule that the model names"
    is_candidate = any(terrain.visit(one) == visit for one in terrain.candidates)
    assert is_candidate == (not found)
    return found


def one(group: dict[str, Any] | None = None, place: dict[str, Any] | None = None, **rest: Any) -> Aanvraag:
    return aanvraag([groep(**(group or {}))], [locatie(**(place or {}))], **rest)


def test_a_plain_visit_is_allowed() -> None:
    assert reasons(one(), MONDAY) == set()


def test_monday_is_for_the_place_to_say() -> None:
    assert reasons(one(place={"dagen": (0, 1, 2)}), MONDAY) == set()
    assert reasons(one(place={"dagen": (1, 2, 3, 4, 5, 6)}), MONDAY) == {"C4"}


@pytest.mark.parametrize(
    "choice", ["alle dagen dicht", "Rosj Hasjana en Jom Kipoer dicht", "Jom Kipoer dicht"]
)
def test_a_place_that_shuts_on_yom_kippur(choice: str) -> None:
    assert reasons(one(place={"joodse_dagen": choice}), YOM_KIPPUR) == {"C7"}
    assert reasons(one(place={"joodse_dagen": "open"}), YOM_KIPPUR) == set()


def test_rosh_hashanah_only_where_the_place_shuts() -> None:
    saturday = {"dagen": (5, 6), "lesdagen": (0, 2)}
    day = date(2026, 9, 12)
    for choice, expected in (("Rosj Hasjana en Jom Kipoer dicht", {"C7"}), ("Jom Kipoer dicht", set())):
        place = {"dagen": (5, 6), "joodse_dagen": choice}
        assert reasons(one(saturday, place), day) == expected


@pytest.mark.parametrize("day", [date(2027, 5, 4), date(2027, 5, 5)])
def test_4_and_5_may_only_on_purpose(day: date) -> None:
    period = {"van": date(2027, 4, 1), "tot": date(2027, 6, 1)}
    assert reasons(one({"lesdagen": (0, 3)}, **period), day) == {"C5"}
    assert reasons(one({"lesdagen": (0, 3)}, {"meidagen": True}, **period), day) == set()


def test_51_people_where_50_may_are_split() -> None:
    place = {"max_groep": 50, "groepen_per_dagdeel": 2}
    assert reasons(one({"deelnemers": 50, "begeleiders": 4}, place), MONDAY) == set()
    big = {"deelnemers": 51, "begeleiders": 4}
    assert reasons(one(big, place), MONDAY) == {"C12"}
    request = one(big | {"splitsen": True}, place)
    assert reasons(request, MONDAY) == set()
    assert {one.delen for one in Terrain(request, TODAY).candidates} == {2}


def test_going_in_parts_is_only_advised_where_there_is_room_for_the_parts() -> None:
    big = {"deelnemers": 31, "begeleiders": 3}
    (reason,) = Terrain(one(big, {"max_groep": 30}), TODAY).pairs[0][0].redenen
    assert "Mag in delen" not in reason.hulp and "kleinere groepen" in reason.hulp
    (reason,) = Terrain(one(big, {"max_groep": 30, "groepen_per_dagdeel": 2}), TODAY).pairs[0][0].redenen
    assert reason.hulp == "Kies ja bij Mag in delen. De groep gaat dan in 2 delen."


def test_going_in_parts_needs_room_for_the_parts() -> None:
    request = one({"deelnemers": 31, "begeleiders": 3, "splitsen": True}, {"max_groep": 30})
    assert reasons(request, MONDAY) == {"C18"}  # room for one part only


@pytest.mark.parametrize(("people", "adults", "allowed"), [(16, 1, False), (15, 1, False), (15, 2, True), (30, 2, True), (31, 2, False), (31, 3, True)])  # fmt: skip
def test_attendants(people: int, adults: int, allowed: bool) -> None:
    found = reasons(one({"deelnemers": people, "begeleiders": adults}, {"max_groep": 50}), MONDAY)
    assert found == (set() if allowed else {"C13"})


def test_the_lesson_before_is_still_to_come() -> None:
    """A place that can be asked today: a new visit waits for the next lesson, one that was booked has had its lesson."""
    request = one({"lesdagen": (0, 3)}, {"aanvraag": 0})
    today = date(2026, 9, 15)  # a Tuesday: the lesson of Monday is over
    thursday, friday = date(2026, 9, 17), date(2026, 9, 18)

    def against(day: date, old: tuple[Bezoek, ...] = ()) -> tuple[set[str], set[str]]:
        visit = Bezoek("Groep 1", "Museum A", day, "ochtend")
        model = {reason.regel for reason in Terrain(request, today, old).reason_against(visit)}
        return model, {breach.regel for breach in verify(request, today, [visit], old)}

    assert against(thursday) == ({"C1"}, {"C1"})
    assert against(friday) == (set(), set())
    assert against(thursday, (Bezoek("Groep 1", "Museum A", thursday, "ochtend"),)) == (set(), set())
    assert against(thursday, (Bezoek("Groep 1", "Museum A", thursday, "middag"),)) == ({"C1"}, {"C1"})
    days = {candidate.dag for candidate in Terrain(request, today).candidates}
    assert min(days) == friday  # from Friday on there is the lesson of Thursday
    plan = make_plan(request, today, asking=False)
    assert plan.breuken == () and plan.gepland[0].les_vooraf is not None
    assert plan.gepland[0].les_vooraf >= today


def test_no_visit_without_a_lesson_before_and_after() -> None:
    assert reasons(one({"lesdagen": (0,)}, voorbereiding_max=5), MONDAY) == {"C1"}
    assert reasons(one({"lesdagen": (0,)}, voorbereiding_max=7), MONDAY) == set()
    off = [Sluiting("groep", "Groep 1", date(2026, 9, 15), date(2026, 9, 30), "geen les")]
    assert reasons(one(sluitingen=off), MONDAY) == {"C2"}
    assert reasons(one({"geen_les": tuple(date(2026, 9, n) for n in range(4, 14))}), MONDAY) == {"C1"}


def test_a_budget_of_250_euro_for_15_people() -> None:
    """Programme only, as in the rules: 300 a group is refused, 8 + 3.50 and 7 a person are not."""
    group = {"deelnemers": 15, "begeleiders": 2, "budget": 25000}
    camp = {"prijs_persoon": 800, "toeslag": 350}
    assert programme(groep(deelnemers=15, begeleiders=1), locatie(**camp)) == 17600
    assert programme(groep(deelnemers=15), locatie(prijs_persoon=700)) == 10500
    assert reasons(one(group, {"prijs_persoon": None, "prijs_groep": 30000}), MONDAY) == {"C24"}
    assert reasons(one(group, camp), MONDAY) == set()
    assert reasons(one(group, {"prijs_persoon": 700}), MONDAY) == set()


def test_money_limits_per_person_and_zero() -> None:
    assert reasons(one(budget_persoon=699), MONDAY) == {"C24"}
    assert reasons(one(budget_persoon=700), MONDAY) == set()
    assert reasons(one({"budget": 0}), MONDAY) == {"C24"}
    assert reasons(one({"budget": 0}, {"prijs_persoon": 0}), MONDAY) == set()


def test_unknown_is_not_zero() -> None:
    assert reasons(one(place={"prijs_persoon": None}), MONDAY) == {"C24"}
    assert reasons(one(place={"prijs_persoon": None}, onbekende_prijs=True), MONDAY) == set()
    assert reasons(one(place={"groepen_per_dagdeel": None}), MONDAY) == {"C18"}
    assert reasons(one(place={"groepen_per_dagdeel": None, "reken_met_een": True}), MONDAY) == set()
    assert reasons(one(place={"groepen_per_dagdeel": 0}), MONDAY) == {"C18"}
    assert reasons(one(place={"max_groep": 0}), MONDAY) == {"C12"}
    assert reasons(one(place={"niveaus": ()}), MONDAY) == {"C15"}
    assert reasons(one(place={"ziet": ""}), MONDAY) == {"C29"}
    pair = Terrain(one(ov_per_km=None), TODAY).pairs[0][0]
    assert pair.kosten is not None and pair.kosten.in_woorden() == "€ 98,00 + vervoer onbekend"


def test_level_language_and_opt_out() -> None:
    assert reasons(one({"niveau": "alfa"}, {"niveaus": ("A2", "B1+")}), MONDAY) == {"C15"}
    assert reasons(one({"talen": ("tigrinya",)}), MONDAY) == {"C16"}
    assert reasons(one({"talen": ("tigrinya",)}, {"tolk": True}), MONDAY) == set()
    assert reasons(one(alternatief=""), MONDAY) == {"C17"}
    assert reasons(one({"eigen_docent": False}), MONDAY) == {"C14"}


def test_access() -> None:
    stairs = {"toegang": ("toilet",)}
    assert reasons(one({"toegang": ("geen trappen",)}, stairs), MONDAY) == {"C21"}
    assert reasons(one({"toegang": ("geen trappen",)}), MONDAY) == set()
    assert reasons(one({"toegang": ("rustruimte",)}, {"toegang": None}), MONDAY) == {"C21"}
    far = {"loopafstand": 2700}
    assert reasons(one({"toegang": ("kort lopen",)}, far), MONDAY) == {"C21"}
    assert reasons(one({"toegang": ("kort lopen",)}, far | {"pendel": 15}), MONDAY) == {"C19"}
    assert reasons(one({"toegang": ("kort lopen",)}, far | {"pendel": 16}), MONDAY) == set()


def test_the_journey() -> None:
    groningen = (53.2192, 6.5667)
    assert reasons(one({"punt": groningen, "plaats": "Groningen"}), MONDAY) == {"C19"}
    measured = replace(
        one({"punt": groningen, "plaats": "Groningen"}),
        reistijden=(Reistijd("groningen", "Museum A", 85, 20000),),
    )
    assert reasons(measured, MONDAY) == set()
    assert reasons(one({"punt": None}), MONDAY) == {"C19"}


def test_time_to_ask() -> None:
    assert reasons(one(), MONDAY, today=date(2026, 8, 4)) == {"C26"}
    assert reasons(one(), MONDAY, today=date(2026, 8, 3)) == set()
    assert reasons(one(place={"aanvraag": 60}), MONDAY, today=date(2026, 8, 3)) == {"C26"}


def test_closed_days_by_kind_and_half_day() -> None:
    for kind, name in (
        ("alles", ""),
        ("locatie", "Museum A"),
        ("groep", "Groep 1"),
        ("vakantieregio", "noord"),
    ):
        rows = [Sluiting(kind, name, MONDAY, MONDAY, "dicht", ("ochtend",))]
        request = one({"vakantieregio": "noord"}, sluitingen=rows)
        assert reasons(request, MONDAY) == {"C3"}
        assert reasons(request, MONDAY, "middag") == set()


def test_guides_by_day_language_and_level() -> None:
    guide = Gids("Museum A", 1, ("nederlands",), ("A2",), (0,), ("ochtend",))
    assert reasons(one(gidsen=[guide]), MONDAY) == set()
    assert reasons(one(gidsen=[guide]), MONDAY, "middag") == {"C18"}
    assert reasons(one({"niveau": "A1"}, gidsen=[guide]), MONDAY) == {"C18"}
    assert reasons(one({"deelnemers": 16}, gidsen=[guide]), MONDAY) == {"C18"}
    assert reasons(one({"deelnemers": 16}, gidsen=[replace(guide, aantal=2)]), MONDAY) == set()


# As the government and church calendars give them: Easter, King's Day, Ascension Day, Whit Sunday.
KNOWN = {
    2024: ((3, 31), (4, 27), (5, 9), (5, 19)), 2025: ((4, 20), (4, 26), (5, 29), (6, 8)),
    2026: ((4, 5), (4, 27), (5, 14), (5, 24)), 2027: ((3, 28), (4, 27), (5, 6), (5, 16)),
    2028: ((4, 16), (4, 27), (5, 25), (6, 4)), 2029: ((4, 1), (4, 27), (5, 10), (5, 20)),
    2030: ((4, 21), (4, 27), (5, 30), (6, 9)), 2031: ((4, 13), (4, 26), (5, 22), (6, 1)),
}  # fmt: skip


@pytest.mark.parametrize("year", KNOWN)
def test_dutch_holidays_of_known_years(year: int) -> None:
    easter, king, ascension, whit = (date(year, *day) for day in KNOWN[year])
    next_day = timedelta(days=1)
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    assert set(days.dutch_holidays([year])) == fixed | {
        easter,
        easter + next_day,
        king,
        ascension,
        whit,
        whit + next_day,
    }


@pytest.mark.parametrize("year", range(2024, 2041))
def test_dutch_holidays_agree_with_easters_formula(year: int) -> None:
    from builder.visits.verify_visit import free_days

    assert set(days.dutch_holidays([year])) == free_days(year)


def test_jewish_and_islamic_days_of_2026() -> None:
    """As published: planning rules C7 and C9."""
    jewish = days.jewish_days([2026])
    named = {day: one.naam for day, one in jewish.items() if one.soort not in ("halffeest", "vooravond")}
    assert named[date(2026, 4, 2)] == "Pesach" and named[date(2026, 5, 22)] == "Sjavoeot"
    assert [d for d, name in named.items() if name == "Rosj Hasjana" and d.year == 2026] == [
        date(2026, 9, 12),
        date(2026, 9, 13),
    ]
    assert named[YOM_KIPPUR] == "Jom Kipoer" and jewish[date(2026, 9, 20)].soort == "vooravond"
    assert named[date(2026, 9, 26)] == "Soekot" and named[date(2026, 10, 4)] == "Simchat Tora"
    assert jewish[date(2026, 12, 5)].naam == "Chanoeka"
    feasts = days.islamic_feasts([2026])
    assert feasts[date(2026, 3, 20)] == "Suikerfeest" and feasts[date(2026, 5, 27)] == "Offerfeest"
    assert days.in_ramadan(date(2026, 2, 18)) and not days.in_ramadan(date(2026, 2, 17))
    assert days.commemorations([2026])[date(2026, 4, 14)] == "Jom Hasjoa"


def test_sunset_and_summer_time() -> None:
    """Utrecht, from an almanac: 21 June 22.03, 21 December 16.28; the clock jumps on 29 March and 25 October 2026."""
    assert abs(days.sunset(date(2026, 6, 21)) - (22 * 60 + 3)) <= 3
    assert abs(days.sunset(date(2026, 12, 21)) - (16 * 60 + 28)) <= 3
    assert [days.summer_time(date(2026, *day)) for day in ((3, 28), (3, 29), (10, 24), (10, 25))] == [
        False,
        True,
        True,
        False,
    ]


def wishes(request: Aanvraag, day: date, part: str = "ochtend") -> dict[str, int]:
    terrain = Terrain(request, TODAY)
    visit = Bezoek(request.groepen[0].naam, request.locaties[0].naam, day, part)
    found = next(one for one in terrain.candidates if terrain.visit(one) == visit)
    named = {wish.tekst: wish.punten for wish in terrain.wishes(found)}
    assert sum(named.values()) == found.punten
    return named


def test_wishes_have_the_weight_of_the_settings() -> None:
    request = one(
        {"liever_niet": (MONDAY,), "terug": 11 * 60, "talen": ("engels", "nederlands"), "lesdagen": (2, 3)}
    )
    found = wishes(request, MONDAY)
    assert found["de groep heeft deze dag liever niet"] == 300
    assert found["terug om 11.55 uur"] == 80  # 25 minutes of journey, back 55 minutes late: two half hours
    assert found["niet in de eerste taal"] == 40
    assert found["niet op een lesdag"] == 15
    assert found["1 week na de eerste dag"] == 1


@pytest.mark.parametrize("day", [(1, 27), (2, 25), (2, 26), (5, 19), (6, 7)])
def test_commemorations_are_wishes(day: tuple[int, int]) -> None:
    """C6; 6 June 2027 is a Sunday, on which this place is shut."""
    there = date(2027, *day)
    request = one({"lesdagen": (0, 1, 2, 3, 4)}, van=date(2027, 1, 4), tot=date(2027, 6, 30))
    assert [points for text, points in wishes(request, there).items() if text.endswith(": druk")] == [50]
    assert not [text for text in wishes(request, there + timedelta(days=21)) if text.endswith(": druk")]


def test_school_holidays_and_the_busy_season_are_wishes() -> None:
    """C11: April to June is busy, and a school holiday of the region has its weight, but both can be chosen."""
    rows = [Sluiting("vakantieregio", "noord", MONDAY, MONDAY, "geen les", reden="herfstvakantie")]
    found = wishes(one({"vakantieregio": "noord", "lesdagen": (1, 2, 3)}, sluitingen=rows), MONDAY)
    assert found["geen les: herfstvakantie"] == 60
    assert "geen les: herfstvakantie" not in wishes(one({"vakantieregio": "zuid"}, sluitingen=rows), MONDAY)
    spring = {"van": date(2027, 3, 1), "tot": date(2027, 6, 30)}
    assert wishes(one({"lesdagen": (0, 1, 2, 3, 4)}, **spring), date(2027, 4, 13))["drukke maand"] == 20
    assert "drukke maand" not in wishes(one({"lesdagen": (0, 1, 2, 3, 4)}, **spring), date(2027, 3, 16))


def test_what_the_group_itself_asks() -> None:
    """C10 and C20: places, days and times of its own; feasts of the group are days that it rather has not."""
    assert reasons(one({"locaties": ("Museum B",)}), MONDAY) == {"C10"}
    assert reasons(one({"dagen": (1, 2)}), MONDAY) == {"C20"}
    assert reasons(one({"dagdelen": ("middag",)}), MONDAY) == {"C20"}
    assert reasons(one({"van": TUESDAY}), MONDAY) == {"C20"}
    assert wishes(one({"liever_niet": (MONDAY,)}), MONDAY)["de groep heeft deze dag liever niet"] == 300


def test_a_language_that_is_not_known_is_a_wish() -> None:
    assert wishes(one(place={"talen": ()}), MONDAY)["taal van de rondleiding niet bekend"] == 60
    assert wishes(one({"talen": ("tigrinya",)}, {"tolk": True}), MONDAY)["met tolk"] == 40


def test_feasts_are_wishes_never_rules() -> None:
    spring = {"van": date(2027, 2, 1), "tot": date(2027, 4, 1)}
    eid = next(day for day, name in days.islamic_feasts([2027]).items() if name == "Suikerfeest")
    assert wishes(one(**spring), eid)["Suikerfeest"] == 500
    outside = one(place={"buiten": True}, **spring)
    assert wishes(outside, date(2027, 2, 15))["lang buiten in de ramadan"] == 100
    late = one(place={"start_middag": 16 * 60 + 30}, **spring)
    assert wishes(late, date(2027, 2, 15), "middag")["in de ramadan na zonsondergang thuis"] == 100
    open_then = one(place={"joodse_dagen": ""})
    assert wishes(open_then, YOM_KIPPUR)["Joodse dag: Jom Kipoer"] == 100
    saturday = one({"dagen": (4, 5)}, {"dagen": (4, 5), "sjabbat": True})
    assert wishes(saturday, date(2026, 9, 19))["sjabbat"] == 50
    friday = date(2026, 12, 18)  # sunset at half past four
    winter = {"van": date(2026, 12, 1), "tot": date(2026, 12, 19)}
    for start, late in ((13 * 60 + 30, False), (15 * 60 + 30, True)):
        place = {"dagen": (4,), "sjabbat": True, "start_middag": start}
        assert ("sjabbat" in wishes(one({"dagen": (4,)}, place, **winter), friday, "middag")) is late


def test_the_turn_of_the_year_is_no_edge() -> None:
    request = one({"lesdagen": (0, 1, 2, 3)}, van=date(2026, 12, 28), tot=date(2027, 1, 8))
    assert reasons(request, date(2027, 1, 1)) == {"C3"}
    assert reasons(request, date(2027, 1, 4)) == set()
    plan = solve(Terrain(request, TODAY))
    assert len(plan.gekozen) == 1


def test_two_groups_do_not_share_one_place() -> None:
    request = aanvraag([groep("A"), groep("B")], [locatie(start_middag=None)], van=MONDAY, tot=MONDAY)
    plan = solve(Terrain(request, TODAY))
    assert len(plan.gekozen) == 1 and len(plan.ongepland) == 1
    both = [Bezoek(name, "Museum A", MONDAY, "ochtend") for name in ("A", "B")]
    assert {breach.regel for breach in verify(request, TODAY, both)} == {"C18"}


def test_the_checker_sees_what_only_the_whole_shows() -> None:
    places = [locatie(groepen_per_dagdeel=2, groepen_per_dag=2)]
    request = aanvraag([groep("A"), groep("B"), groep("C")], places, budget_totaal=29000)
    day = [Bezoek("A", "Museum A", MONDAY, "ochtend"), Bezoek("B", "Museum A", MONDAY, "ochtend")]
    assert verify(request, TODAY, day) == ()
    assert {
        one.regel for one in verify(request, TODAY, [*day, Bezoek("C", "Museum A", MONDAY, "middag")])
    } == {"C18", "C24"}
    assert {
        one.regel for one in verify(request, TODAY, [*day, Bezoek("A", "Museum A", TUESDAY, "middag")])
    } >= {"C12"}
