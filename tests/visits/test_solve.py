"""The choice: random requests against an independent checker, and small ones against trying everything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from builder.visits.candidates import Kandidaat, Terrain
from builder.visits.conflict import Bron, find_conflict
from builder.visits.nouns import DAGDELEN, Aanvraag, Bezoek, Gewichten, Gids, Sluiting
from builder.visits.outcome_sheets import notes
from builder.visits.plan import make_plan
from builder.visits.regroup import in_parts, together
from builder.visits.solve import Opdracht, core_of, solve
from builder.visits.verify import verify
from tests.visits.requests import TODAY, aanvraag, groep, large, locatie

SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
FIRST = date(2026, 9, 14)
EXACT = Opdracht(seconden=20, marge=0.0)


def mostly(*good: Any, odd: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """One of the good values, now and then an odd one: with an odd value everywhere no visit would be possible."""
    return st.integers(0, 9).flatmap(
        lambda n: st.sampled_from(odd) if odd and n == 7 else st.sampled_from(good)
    )


def weekdays(least: int, most: int = 5) -> st.SearchStrategy[tuple[int, ...]]:
    return st.sets(st.integers(0, 4), min_size=least, max_size=most).map(lambda found: tuple(sorted(found)))


@st.composite
def requests(draw: Any, groups: tuple[int, int] = (3, 8), places: int = 2, days: int = 4) -> Aanvraag:
    talks = mostly(("nederlands",), ("engels", "nederlands"), odd=(("tigrinya",),))
    made_groups = [
        groep(
            f"Groep {number}",
            aanbieder=f"School {draw(st.integers(1, 2))}",
            regio=draw(st.sampled_from(["", "oost"])),
            deelnemers=draw(mostly(14, 12, 16, odd=(6, 31))),
            begeleiders=draw(mostly(2, 3, odd=(1,))),
            niveau=draw(mostly("A2", odd=("alfa",))),
            talen=draw(talks),
            dagen=draw(weekdays(1, 3)),
            dagdelen=draw(st.sampled_from([DAGDELEN, ("ochtend",), ("ochtend",), ("middag",)])),
            lesdagen=draw(weekdays(2)),
            splitsen=draw(st.booleans()),
            vakantieregio=draw(st.sampled_from(["", "noord"])),
            toegang=draw(mostly((), odd=(("rolstoel",), ("kort lopen",)))),
            budget=draw(mostly(None, 20000, odd=(0,))),
        )
        for number in range(draw(st.integers(*groups)))
    ]
    made_places = [
        locatie(
            f"Museum {number}",
            dagen=draw(weekdays(2)),
            max_groep=draw(mostly(30, 15, odd=(0,))),
            min_groep=draw(mostly(1, odd=(8,))),
            groepen_per_dagdeel=draw(mostly(1, 1, 2, odd=(None, 0))),
            groepen_per_dag=draw(mostly(None, 1, odd=(2,))),
            reken_met_een=draw(st.booleans()),
            start_ochtend=draw(mostly(600, odd=(None,))),
            start_middag=810,
            talen=draw(talks),
            tolk=draw(st.booleans()),
            prijs_persoon=draw(mostly(700, 0, odd=(None,))),
            prijs_groep=draw(mostly(None, odd=(5000,))),
            joodse_dagen=draw(st.sampled_from(["", "alle dagen dicht", "Jom Kipoer dicht"])),
            pendel=draw(mostly(None, odd=(10, 40))),
            aanvraag=draw(mostly(0, 0, 3, odd=(None,))),
        )
        for number in range(draw(st.integers(1, places)))
    ]
    guides = [
        Gids(
            f"Museum {draw(st.integers(0, len(made_places) - 1))}",
            draw(st.integers(1, 2)),
            draw(talks),
            draw(st.sampled_from([("A2",), ("alfa", "A2")])),
            draw(weekdays(2)),
        )
        for _ in range(draw(st.sampled_from([0, 0, 1, 2, 3])))
    ]
    closed = [
        Sluiting(
            *draw(st.sampled_from([("alles", ""), ("locatie", "Museum 0"), ("groep", "Groep 0"), ("vakantieregio", "noord")])),
            FIRST + timedelta(days=start),
            FIRST + timedelta(days=start + draw(st.integers(0, 2))),
            draw(st.sampled_from(["dicht", "geen les", "liever niet"])),
        )
        for start in draw(st.lists(st.integers(0, days), max_size=1))
    ]  # fmt: skip
    return aanvraag(
        made_groups, made_places, gidsen=guides, sluitingen=closed, van=FIRST, tot=FIRST + timedelta(days=days),
        budget_totaal=draw(mostly(None, None, 30000, odd=(0, 15000))), budget_persoon=draw(mostly(None, odd=(1000,))),
    )  # fmt: skip


# Long before, or in the period itself: then the time to ask and the last lesson count.
TODAYS = st.sampled_from([TODAY, TODAY, *(FIRST + timedelta(days=number) for number in (-3, 0, 1, 4))])


@SLOW
@given(requests(groups=(3, 9), places=3, days=19), TODAYS)
def test_no_plan_breaks_a_rule(request: Aanvraag, today: date) -> None:
    plan = make_plan(request, today, EXACT, asking=False)
    assert all(one.les_vooraf is not None and one.les_vooraf >= today for one in plan.gepland)
    assert plan.breuken == ()
    assert len(plan.gepland) + len(plan.uitleg) == len(request.groepen)
    event(f"{round(4 * len(plan.gepland) / len(request.groepen))} of 4 quarters placed")
    for reason in plan.uitleg:
        event(reason.soort)
        assert reason.zin and reason.soort in ("regels", "grens")


@SLOW
@given(requests(groups=(1, 5), places=3, days=19), TODAYS)
def test_what_is_no_candidate_breaks_a_rule(request: Aanvraag, today: date) -> None:
    """The filter is exact: every possible visit is a candidate, every other breaks a rule by the checker."""
    terrain = Terrain(request, today)
    can = {terrain.visit(one) for one in terrain.candidates}
    for group, place in product(request.groepen, request.locaties):
        for number in range(0, 20, 3):
            for part in DAGDELEN:
                visit = Bezoek(group.naam, place.naam, FIRST + timedelta(days=number), part)
                alone = replace(request, instellingen=replace(request.instellingen, budget_totaal=None))
                if place.groepen_per_dag == 1 and group.splitsen:
                    continue  # parts against a limit per day: a limit of the whole plan
                assert (visit in can) == (verify(alone, today, [visit]) == ()), visit


def only_with(request: Aanvraag, sources: Collection[Bron]) -> Aanvraag:
    """The request in which only these limits are left: elsewhere there is room, there are guides, there is money."""
    places = tuple(
        replace(
            place,
            groepen_per_dagdeel=place.groepen_per_dagdeel if ("plaats", p) in sources else 99,
            groepen_per_dag=place.groepen_per_dag if ("dag", p) in sources else None,
        )
        for p, place in enumerate(request.locaties)
    )
    number = {place.naam: p for p, place in enumerate(request.locaties)}
    guides = tuple(
        one if ("gids", number[one.locatie]) in sources else replace(one, aantal=99) for one in request.gidsen
    )
    money = request.instellingen.budget_totaal if ("budget", -1) in sources else None
    settings = replace(request.instellingen, budget_totaal=money)
    return replace(request, locaties=places, gidsen=guides, instellingen=settings)


def can_all_go(request: Aanvraag, groups: Collection[int], sources: Collection[Bron]) -> bool:
    """Whether the independent checker allows a plan with all of these groups under only these limits: every one is tried."""
    looser = only_with(request, sources)
    options: dict[int, list[Bezoek]] = {g: [] for g in groups}
    terrain = Terrain(request, TODAY)
    for one in terrain.candidates:
        if one.groep in options:
            options[one.groep].append(terrain.visit(one))

    def go(left: list[int], visits: list[Bezoek]) -> bool:
        if not left:
            return True
        return any(
            go(left[1:], [*visits, visit])
            for visit in options[left[0]]
            if verify(looser, TODAY, [*visits, visit]) == ()
        )

    return go(sorted(groups, key=lambda g: len(options[g])), [])


@SLOW
@given(requests(groups=(4, 6), places=1, days=2))
def test_a_conflict_is_real_and_has_nothing_needless(request: Aanvraag) -> None:
    """Judged by the independent checker over every plan, not by the model that found the conflict."""
    plan = make_plan(request, TODAY, EXACT, asking=False)
    conflicts = [reason for reason in plan.uitleg if reason.soort == "grens"]
    assume(conflicts)
    for reason in conflicts:
        event(f"{len(reason.groepen)} groups, {len(reason.bronnen)} limits")
        assert reason.groep in reason.groepen and reason.bronnen
        assert not can_all_go(request, reason.groepen, reason.bronnen)
        for group in reason.groepen:
            if group != reason.groep:
                assert can_all_go(request, [one for one in reason.groepen if one != group], reason.bronnen)
        for source in reason.bronnen:
            assert can_all_go(request, reason.groepen, [one for one in reason.bronnen if one != source])


def every_plan(terrain: Terrain, most: int = 3000) -> list[tuple[Kandidaat | None, ...]] | None:
    """All plans that the checker allows, by trying every combination; None when there are too many."""
    mine: list[list[Kandidaat | None]] = [[None] for _ in terrain.request.groepen]
    for one in terrain.candidates:
        mine[one.groep].append(one)
    size = 1
    for options in mine:
        size *= len(options)
    if size > most:
        return None
    return [
        choice
        for choice in product(*mine)
        if verify(
            terrain.request,
            TODAY,
            [terrain.visit(one) for one in choice if one is not None],
            terrain.request.bezoeken,
        )
        == ()
    ]


def without_whole_wishes(request: Aanvraag) -> Aanvraag:
    weights = Gewichten(ongelijk=0, drukke_week=0)
    return replace(request, instellingen=replace(request.instellingen, gewichten=weights))


@SLOW
@given(requests(groups=(2, 4), places=2, days=2))
def test_the_plan_is_the_best_of_all(request: Aanvraag) -> None:
    request = without_whole_wishes(request)
    terrain = Terrain(request, TODAY)
    plans = every_plan(terrain)
    assume(plans is not None and len(terrain.candidates) > 2)
    assert plans is not None
    found = solve(terrain, order=EXACT)

    def price(choice: Sequence[Kandidaat | None]) -> int:
        return sum(10_000_000 if one is None else one.cent + 100 * one.punten for one in choice)

    best = min(price(choice) for choice in plans)
    mine: list[Kandidaat | None] = [None] * len(request.groepen)
    for one in found.gekozen:
        mine[one.groep] = one
    assert price(mine) == best
    assert found.bewezen
    event("many plans" if len(plans) > 20 else "few plans")


@SLOW
@given(requests(groups=(3, 5), places=2, days=2), st.data())
def test_replanning_moves_no_more_than_needed(request: Aanvraag, data: Any) -> None:
    """One group calls off, one place shuts for a day: as many groups as possible, then as few moves as possible."""
    request = without_whole_wishes(request)
    first = make_plan(request, TODAY, EXACT, asking=False)
    assume(len(first.gepland) >= 2)
    quits = data.draw(st.sampled_from([one.bezoek.groep for one in first.gepland]))
    shut = data.draw(st.sampled_from([one.bezoek for one in first.gepland]))
    old = tuple(replace(one.bezoek, afgezegd=one.bezoek.groep == quits) for one in first.gepland)
    closing = Sluiting("locatie", shut.locatie, shut.dag, shut.dag)
    changed = replace(request, bezoeken=old, sluitingen=(*request.sluitingen, closing))
    plans = every_plan(Terrain(changed, TODAY, old))
    assume(plans is not None)
    assert plans is not None
    was = {visit.groep: (visit.locatie, visit.dag, visit.dagdeel) for visit in old if not visit.afgezegd}
    terrain = Terrain(changed, TODAY, old)

    def changed_for(visits: Sequence[Bezoek]) -> int:
        """Groups that had a visit and now have another one, or none."""
        now = {one.groep: (one.locatie, one.dag, one.dagdeel) for one in visits}
        return sum(now.get(name) != place for name, place in was.items())

    as_visits = [[terrain.visit(one) for one in choice if one is not None] for choice in plans]
    most = max(len(visits) for visits in as_visits)
    fewest = min(changed_for(visits) for visits in as_visits if len(visits) == most)
    second = make_plan(changed, TODAY, EXACT, asking=False)
    going = [one.bezoek for one in second.gepland]
    assert second.breuken == ()
    assert quits not in {visit.groep for visit in going}
    assert (len(going), changed_for(going)) == (most, fewest)
    told = {one.groep for one in second.verhuizingen if one.was} - {quits}
    assert len(told) == fewest
    event(f"{fewest} changed")


def test_the_same_request_gives_the_same_plan() -> None:
    request = large(40, 4, 60)
    first, second = (make_plan(request, TODAY, asking=False) for _ in range(2))
    assert first.gepland == second.gepland and first.breuken == ()
    assert first.oplossing.bewezen


def test_what_stays_stays_and_all_fixed_needs_no_search() -> None:
    request = large(40, 4, 60)
    first = make_plan(request, TODAY, asking=False)
    fixed = replace(request, bezoeken=tuple(replace(one.bezoek, vast=True) for one in first.gepland))
    fixed = replace(
        fixed, groepen=tuple(one for one in request.groepen if one.naam in {v.groep for v in fixed.bezoeken})
    )
    second = make_plan(fixed, TODAY, Opdracht(seconden=0.001))
    assert [one.bezoek.dag for one in second.gepland] == [one.bezoek.dag for one in first.gepland]
    assert second.verhuizingen == () and second.oplossing.bewezen


def test_a_closure_of_two_weeks_moves_hardly_anyone_else() -> None:
    request = large(60, 5, 90)
    first = make_plan(request, TODAY, asking=False)
    start = date(2026, 10, 5)
    closing = Sluiting("locatie", "Museum 1", start, start + timedelta(days=13))
    visits = tuple(one.bezoek for one in first.gepland)
    hit = [v for v in visits if v.locatie == "Museum 1" and closing.van <= v.dag <= closing.tot]
    assert hit
    second = make_plan(replace(request, bezoeken=visits, sluitingen=(closing,)), TODAY, asking=False)
    moved = [one for one in second.verhuizingen if one.was and one.wordt]
    assert second.breuken == () and len(second.gepland) == len(first.gepland)
    assert len(moved) <= len(hit) * 1.1 + 1
    assert {one.groep for one in moved} >= {v.groep for v in hit}
    assert all("gesloten" in one.waarom for one in moved if one.groep in {v.groep for v in hit})


def test_the_past_and_what_costs_money_stay() -> None:
    request = aanvraag([groep("A"), groep("B"), groep("C")], [locatie(annuleren=7)])
    today = date(2026, 9, 20)
    old = (
        Bezoek("A", "Museum A", date(2026, 9, 15), "ochtend"),
        Bezoek("B", "Museum A", date(2026, 9, 24), "ochtend"),
        Bezoek("C", "Museum A", date(2026, 10, 5), "ochtend"),
    )
    plan = make_plan(replace(request, bezoeken=old), today, asking=False)
    why = {one.bezoek.groep: one.waarom for one in plan.gepland}
    assert why["A"] == "Blijft staan: voorbij."
    assert why["B"] == "Blijft staan: niet meer kosteloos af te zeggen."
    assert "Blijft staan" not in why["C"]
    assert plan.verhuizingen == ()  # C keeps a visit that could no longer be asked for


def test_a_refused_change_is_not_made() -> None:
    """B lost its place; A could give way, but the coordinator refused that line."""
    monday, tuesday = date(2026, 9, 14), date(2026, 9, 15)
    both = [groep("A", dagen=(0, 1), dagdelen=("ochtend",)), groep("B", dagen=(0,), dagdelen=("ochtend",))]
    place = locatie(groepen_per_dagdeel=1)
    request = aanvraag(
        both, [place], van=monday, tot=tuesday, bezoeken=[Bezoek("A", "Museum A", monday, "ochtend")]
    )
    moved = make_plan(request, TODAY, asking=False)
    assert {(one.groep, one.waarom) for one in moved.verhuizingen} == {
        ("A", "Maakt plaats voor B."),
        ("B", "Nieuw: er is nu een plaats."),
    }
    refused = make_plan(replace(request, geweigerd=("A",)), TODAY, asking=False)
    assert [one.bezoek for one in refused.gepland] == [Bezoek("A", "Museum A", monday, "ochtend")]


def test_two_halls_of_guides_are_shared_fairly() -> None:
    """A guide for each language and one group that can take either: only a matching finds room for both."""
    guides = [Gids("Museum A", 1, ("nederlands",)), Gids("Museum A", 1, ("engels",))]
    groups = [
        groep("A", talen=("nederlands", "engels")),
        groep("B", talen=("nederlands",)),
        groep("C", talen=("nederlands",)),
    ]
    day = date(2026, 9, 14)
    place = locatie(groepen_per_dagdeel=3, talen=(), start_middag=None)
    request = aanvraag(groups, [place], gidsen=guides, van=day, tot=day)
    plan = make_plan(request, TODAY)
    assert len(plan.gepland) == 2 and plan.breuken == ()
    (reason,) = plan.uitleg
    assert "gidsen die passen bij Museum A" in reason.zin
    kern = core_of(Terrain(request, TODAY))
    assert find_conflict(kern, plan.oplossing.gekozen, reason.groep) == ((1, 2), (("gids", 0),))
    assert plan.als_dan[0].groepen_meer == 1


def test_more_money_is_what_would_help() -> None:
    groups = [groep("A"), groep("B")]
    plan = make_plan(aanvraag(groups, [locatie()], budget_totaal=15000), TODAY)
    (reason,) = plan.uitleg
    assert "budget (€ 150,00)" in reason.zin
    assert reason.helpt == ("€ 46,00 meer budget",)
    assert plan.als_dan[0].als == "500 euro meer budget" and plan.als_dan[0].groepen_meer == 1
    assert plan.wachtlijst[0].zou_passen == (plan.gepland[0].bezoek,)


def test_a_day_without_any_place_is_counted() -> None:
    request = aanvraag([groep(dagen=(6,))], [locatie(), locatie("Museum B", niveaus=("A1",))])
    (reason,) = make_plan(request, TODAY).uitleg
    assert reason.soort == "regels"
    told = dict(reason.per_locatie)
    assert told["Museum B"][0][0].tekst == "Niet voor taalniveau A2."
    assert any("niet op" in one.tekst and number > 0 for one, number in told["Museum A"])


def test_two_groups_that_are_too_small_are_told_of_each_other() -> None:
    groups = [
        groep("Klein 1", deelnemers=5),
        groep("Klein 2", deelnemers=6),
        groep("Ander niveau", deelnemers=6, niveau="alfa"),
    ]
    plan = make_plan(aanvraag(groups, [locatie(min_groep=10)]), TODAY)
    told = {groups[why.groep].naam: why.helpt for why in plan.uitleg}
    assert told["Klein 1"] == ("Museum A: Ga samen met Klein 2, dat zijn 11 deelnemers.",)
    assert told["Klein 2"] == ("Museum A: Ga samen met Klein 1, dat zijn 11 deelnemers.",)
    assert told["Ander niveau"] == ()


def test_two_groups_together_are_tried_and_told_with_what_it_brings() -> None:
    """The proposal to merge is solved, not only said; the checker agrees with the merged plan."""
    groups = [groep("Klein 1", deelnemers=5), groep("Klein 2", deelnemers=6, lesdagen=(0, 2, 4))]
    request = aanvraag(groups, [locatie(min_groep=10)])
    plan = make_plan(request, TODAY)
    assert plan.gepland == ()
    case = next(one for one in plan.als_dan if "samen" in one.als)
    assert (case.als, case.groepen_meer, case.cent_meer) == ("Klein 1 en Klein 2 gaan samen", 2, 11 * 700)
    made = together(request, 0, 1)
    merged = make_plan(made.aanvraag, TODAY, asking=False)
    (visit,) = merged.gepland
    assert visit.groep.deelnemers == 11 and visit.groep.lesdagen == (0, 2) and merged.breuken == ()
    assert made.wie == {"Klein 1": ("Klein 2 + Klein 1",), "Klein 2": ("Klein 2 + Klein 1",)}


def test_a_merger_takes_no_lesson_away() -> None:
    """Closed days of one hold for both; and who has no lesson around the visit of the two, does not go along."""
    away = Sluiting("groep", "Klein 2", date(2026, 9, 1), date(2026, 10, 9), "geen les")
    groups = [groep("Klein 1", deelnemers=5), groep("Klein 2", deelnemers=6)]
    plan = make_plan(aanvraag(groups, [locatie(min_groep=10)], sluitingen=[away]), TODAY)
    assert [one.groepen_meer for one in plan.als_dan if "samen" in one.als] == [0]
    thursdays = tuple(date(2026, 8, 20) + timedelta(weeks=n) for n in range(10))
    groups = [
        groep("Klein 1", deelnemers=5, lesdagen=(3,), geen_les=thursdays),
        groep("Klein 2", deelnemers=6, lesdagen=(0,)),
    ]
    request = aanvraag(groups, [locatie(min_groep=10)])
    assert len(make_plan(together(request, 0, 1).aanvraag, TODAY, asking=False).gepland) == 1
    assert not [one for one in make_plan(request, TODAY).als_dan if "samen" in one.als]


def test_a_group_that_is_too_large_is_tried_in_parts() -> None:
    big = groep("Groot", deelnemers=31, begeleiders=3)
    request = aanvraag([big], [locatie(max_groep=30)])
    plan = make_plan(request, TODAY)
    told = {one.als: one.groepen_meer for one in plan.als_dan}
    # in two, and in three: then one guide can lead each part
    assert [told[f"Groot wordt {n} groepen, elk met een eigen bezoek"] for n in (2, 3)] == [1, 1]
    for number, sizes in ((2, [16, 15]), (3, [11, 10, 10])):
        parted = make_plan(in_parts(request, 0, number).aanvraag, TODAY, asking=False)
        assert sorted((one.groep.deelnemers for one in parted.gepland), reverse=True) == sizes
        assert parted.breuken == ()
    # with room for both parts at once, and leave to split, no more is needed
    free = make_plan(
        aanvraag([replace(big, splitsen=True)], [locatie(max_groep=30, groepen_per_dagdeel=2)]), TODAY
    )
    assert len(free.gepland) == 1 and free.gepland[0].delen == 2


def test_providers_and_regions_share_what_is_scarce() -> None:
    """Two places, four groups of two schools; those of one school would be cheaper by a little."""
    groups = [groep(f"A{n}", aanbieder="School A", dagen=(0,), deelnemers=10) for n in (1, 2)]
    groups += [groep(f"B{n}", aanbieder="School B", dagen=(0,), deelnemers=12) for n in (1, 2)]
    day = date(2026, 9, 14)
    request = aanvraag(groups, [locatie()], van=day, tot=day)
    plan = make_plan(request, TODAY, EXACT, asking=False)
    assert {one.groep.aanbieder for one in plan.gepland} == {"School A", "School B"}
    unfair = replace(request, instellingen=replace(request.instellingen, gewichten=Gewichten(ongelijk=0)))
    assert {one.groep.aanbieder for one in make_plan(unfair, TODAY, EXACT, asking=False).gepland} == {
        "School A"
    }


def test_visits_spread_over_weeks() -> None:
    """Six groups that could all go in the first of six weeks at one place: above two a week each has its price."""
    groups = [groep(f"Groep {n}", dagen=(0, 1, 2, 3, 4), lesdagen=(0, 1, 2, 3, 4)) for n in range(6)]
    request = aanvraag(groups, [locatie()], van=FIRST, tot=FIRST + timedelta(days=39))
    plan = make_plan(request, TODAY, EXACT, asking=False)
    weeks = [one.bezoek.dag.isocalendar()[1] for one in plan.gepland]
    assert sorted(weeks.count(week) for week in set(weeks)) == [2, 2, 2]
    crowded = replace(request, instellingen=replace(request.instellingen, gewichten=Gewichten(drukke_week=0)))
    assert (
        len(
            {
                one.bezoek.dag.isocalendar()[1]
                for one in make_plan(crowded, TODAY, EXACT, asking=False).gepland
            }
        )
        == 1
    )


def test_when_time_is_up_the_best_so_far_comes_with_its_gap() -> None:
    request = large(120, 4, 60)
    plan = make_plan(request, TODAY, Opdracht(seconden=0.02, marge=0.0), asking=False)
    assert plan.breuken == () and len(plan.gepland) > 20
    assert not plan.oplossing.bewezen and 0 < plan.oplossing.marge <= 1
    assert any("stopte op tijd" in line for line in notes(plan, "voorstel-001"))


def test_a_stop_is_heard() -> None:
    request = large(200, 5, 90)
    plan = make_plan(request, TODAY, Opdracht(seconden=60, marge=0.0, gestopt=lambda: True), asking=False)
    assert plan.breuken == () and plan.gepland
