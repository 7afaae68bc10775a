"""What is told of a plan is true: what helps really helps, a reason is the reason, and who could take a place, could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, event, given

from builder.visits.candidates import Terrain
from builder.visits.nouns import Aanvraag, Bezoek, Gewichten, Gids, Sluiting
from builder.visits.obstacles import per_place
from builder.visits.outcome_sheets import plan_sheets
from builder.visits.plan import Voorstel, make_plan
from builder.visits.read_request import read_request
from builder.visits.solve import Opdracht
from builder.visits.verify import verify
from tests.visits import pilot
from tests.visits.changes import follow, pinned, split_hint
from tests.visits.requests import TODAY, aanvraag, groep, locatie
from tests.visits.test_solve import EXACT, FIRST, SLOW, TODAYS, requests

MONDAY = date(2026, 9, 14)


def told(plan: Voorstel) -> dict[str, tuple[str, ...]]:
    return {plan.aanvraag.groepen[one.groep].naam: one.helpt for one in plan.uitleg}


def helps(plan: Voorstel, name: str, hint: str) -> bool:
    """Whether the group has a visit after what the hint says, while all others stay; the checker looks at that plan."""
    request, today = plan.aanvraag, plan.vandaag
    places, said = split_hint(hint, [one.naam for one in request.locaties])
    assert places and said, hint
    for place in places:
        made, names = pinned(request, [one.bezoek for one in plan.gepland]), (name,)
        for sentence in said:
            made, names = follow(made, names, place, sentence)
        # who waits too, waits on: the place is for this group
        going = {one.groep for one in made.bezoeken}
        groups = [
            replace(one, locaties=(place,)) if one.naam in names else one
            for one in made.groepen
            if one.naam in names or one.naam in going
        ]
        only = replace(made, groepen=tuple(groups))
        again = make_plan(only, today, Opdracht(seconden=5), asking=False)
        mine = [one.bezoek for one in again.gepland if one.bezoek.groep in names]
        others = [one for one in again.bezoeken if one.groep not in names]
        if len(mine) != len(names) or [one for one in verify(only, today, again.bezoeken, others)]:
            return False
    return True


# ---- what helps


@SLOW
@given(requests(groups=(2, 6), places=3, days=12), TODAYS)
def test_what_is_said_to_help_a_group_that_fits_nowhere_helps(request: Aanvraag, today: date) -> None:
    plan = make_plan(request, today, EXACT, asking=False)
    nowhere = [one for one in plan.uitleg if one.soort == "regels" and one.helpt]
    assume(nowhere)
    for one in nowhere:
        name = request.groepen[one.groep].naam
        for hint in one.helpt:
            event("alone" if "samen genoeg" not in hint else "together")
            assert helps(plan, name, hint), (name, hint)


def test_every_hint_of_the_worked_example_helps_and_what_if_agrees() -> None:
    plan = make_plan(pilot.request(), pilot.TODAY)
    hints = told(plan)
    assert hints["B4"][0] == "Museum A en Huis C: Maak er 3 groepen van, elk met een eigen bezoek."
    for name in ("A start", "B2", "B4"):
        assert hints[name]
        for hint in hints[name]:
            assert "Mag in delen" not in hint
            assert helps(plan, name, hint), (name, hint)
    more = {one.als: one.groepen_meer for one in plan.als_dan}
    assert more["B4 wordt 3 groepen, elk met een eigen bezoek"] == 1
    assert more["grote groepen mogen in delen"] == 0


def test_the_interpreter_of_hints_can_tell_that_one_does_not_help() -> None:
    """B4 in two groups, or allowed to go in parts: that is what the page once said, and neither is enough."""
    plan = make_plan(pilot.request(), pilot.TODAY, asking=False)
    assert not helps(plan, "B4", "Museum A: Kies ja bij Mag in delen. De groep gaat dan in 2 delen.")
    assert not helps(plan, "B4", "Museum A: Maak er 2 groepen van, elk met een eigen bezoek.")
    assert not helps(plan, "B2", "Huis C: Zoek nog een begeleider.")


@pytest.mark.parametrize(
    ("vervoer", "km", "said"), [("ov", 0.75, True), ("bus", 1.2, False), ("ov", 1.2, False)]
)
def test_a_bus_is_only_named_when_it_is_quick_enough(vervoer: str, km: float, said: bool) -> None:
    """Degrees to the north: 0.75 is 108 km by road, 134 minutes by public transport and 103 by bus."""
    group = groep(vervoer=vervoer, punt=(52.1 + km, 5.2), reistijd=110)
    (reason,) = make_plan(aanvraag([group], [locatie()]), TODAY, asking=False).uitleg
    assert ("Museum A: Reis met een eigen bus." in reason.helpt) is said
    (against,) = reason.per_locatie[0][1]
    assert ("eigen bus" in against[0].hulp) is said


def test_what_helps_counts_places_that_others_have() -> None:
    """With an interpreter the group could go, but the one group of that day is another: then nothing is said to help."""
    day = MONDAY
    groups = [groep("Eerst"), groep("Tigrinya", talen=("tigrinya",), dagen=(0, 2))]
    place = locatie(groepen_per_dag=1, groepen_per_dagdeel=2)
    full = make_plan(aanvraag(groups, [place], van=day, tot=day), TODAY, asking=False)
    (reason,) = full.uitleg
    assert reason.helpt == () and reason.zin.endswith(
        "We probeerden wat je kunt veranderen. Dat is niet genoeg."
    )
    free = make_plan(aanvraag(groups, [place], van=day, tot=day + timedelta(days=2)), TODAY, asking=False)
    assert told(free)["Tigrinya"] == ("Museum A: Vraag of een tolk mee mag.",)


# ---- why not


def test_the_reason_is_what_stands_in_the_way_alone() -> None:
    """Only mornings, and it is too late to ask: the afternoon would change nothing, and is not named."""
    request = aanvraag([groep(dagdelen=("ochtend",), dagen=(0,))], [locatie()], tot=date(2026, 9, 25))
    today = date(2026, 9, 10)  # a Thursday with a lesson
    ((_, reasons),) = per_place(Terrain(request, today), 0)
    assert [one.tekst for one, _ in reasons] == ["Korter dan 42 dagen vooraf.", "Deze dag is voorbij."]
    assert reasons[0][1] == 2  # Monday the 14th and the 21st
    (why,) = make_plan(request, today, asking=False).uitleg
    assert why.helpt == ("Museum A, ma 14 september 2026, ochtend: Vraag of de locatie sneller kan.",)


def test_days_that_are_over_are_no_matter_of_asking_sooner() -> None:
    """The worked example at the end of its period: what C extra and A ochtend can, is over."""
    late = make_plan(pilot.request(), date(2026, 11, 26), asking=False)
    names = [one.naam for one in late.aanvraag.groepen]
    why = {names[one.groep]: one for one in late.uitleg}
    for name in ("C extra", "A ochtend"):
        places = dict(why[name].per_locatie)
        assert places["Museum A"][0][0].tekst == "Deze dag is voorbij."
        # asking sooner is not enough, whatever else is said
        assert not any("sneller" in hint and "alleen samen" not in hint for hint in why[name].helpt)
    for name, one in why.items():
        assert all(helps(late, name, hint) for hint in one.helpt)


def test_two_obstacles_on_every_half_day_are_told_together() -> None:
    """On its only day the group has no lesson before it, and the place is shut: one of the two is not enough."""
    shut = [Sluiting("locatie", "Museum A", MONDAY, MONDAY, reden="nieuwe zaal")]
    request = aanvraag(
        [groep(dagen=(0,), lesdagen=(1,), geen_les=(date(2026, 9, 8),))], [locatie()], sluitingen=shut,
        van=MONDAY, tot=MONDAY, voorbereiding_max=6,
    )  # fmt: skip
    ((_, reasons),) = per_place(Terrain(request, TODAY), 0)
    assert {one.regel for one, _ in reasons} == {"C1", "C3"} and {number for _, number in reasons} == {2}
    assert make_plan(request, TODAY, asking=False).uitleg[0].helpt == ()


def test_with_a_weight_of_nothing_a_plan_without_groups_is_the_choice() -> None:
    request = aanvraag([groep("A"), groep("B")], [locatie()])
    weights = replace(request.instellingen, gewichten=Gewichten(niet_gepland=0))
    plan = make_plan(replace(request, instellingen=weights), TODAY, EXACT, asking=False)
    assert plan.oplossing.bewezen and len(plan.uitleg) == 2
    for one in plan.uitleg:
        assert one.soort == "keuze" and one.helpt == ()
        assert one.zin.startswith(
            "De groep past wel. Met deze gewichten is het plan zonder deze groep goedkoper."
        )


def test_what_is_lacking_is_said_as_a_sentence() -> None:
    """One group alone asks more than the budget: nobody else is in it."""
    (reason,) = make_plan(aanvraag([groep()], [locatie()], budget_totaal=5000), TODAY).uitleg
    assert reason.zin == "Er is te weinig budget (€ 50,00)."
    assert reason.helpt == ("€ 48,00 meer budget",)
    (none,) = make_plan(aanvraag([groep(begeleiders=0)], [locatie()]), TODAY, asking=False).uitleg
    assert none.zin == "Er gaan geen begeleiders mee. Twee is het minste."
    assert none.helpt == ("Museum A: Zoek 2 begeleiders erbij.",) and none.per_locatie == ()


# ---- why here


def test_daar_gaat_is_said_of_a_place_that_is_full() -> None:
    day = MONDAY
    groups = [groep("Klein", deelnemers=8, dagen=(0,)), groep("Groot", deelnemers=15, dagen=(0,))]
    places = [locatie("Goedkoop", prijs_persoon=0), locatie("Duur", prijs_persoon=900)]
    request = aanvraag(groups, [replace(one, start_middag=None) for one in places], van=day, tot=day)
    plan = make_plan(request, TODAY, EXACT, asking=False)
    why = {one.groep.naam: one.waarom for one in plan.gepland}
    assert why["Klein"] == (
        "Nummer 2 van 2 mogelijkheden. Liever Goedkoop op ma 14 september 2026, ochtend, maar daar gaat Groot."
    )
    assert why["Groot"] == "Beste van 2 mogelijkheden: laagste kosten en minste bezwaren." or (
        why["Groot"] == "Beste van 2 mogelijkheden: laagste kosten."
    )


def test_a_week_that_is_busy_is_told_as_that_and_not_as_full() -> None:
    """Room for three at once: who goes later does so for the weight of a busy week, not because somebody is there."""
    groups = [groep(f"Groep {n}", lesdagen=(0, 1, 2, 3, 4), dagen=(0,)) for n in range(6)]
    request = aanvraag(groups, [locatie(groepen_per_dagdeel=3)], van=FIRST, tot=FIRST + timedelta(days=39))
    plan = make_plan(request, TODAY, EXACT, asking=False)
    later = [one.waarom for one in plan.gepland if "Nummer" in one.waarom]
    assert later and all("bezoek te veel in een week" in one and "daar gaat" not in one for one in later)


@SLOW
@given(requests(groups=(3, 8), places=2, days=8))
def test_what_is_said_of_the_other_place_is_so(request: Aanvraag) -> None:
    """Where "daar gaat" is said, the checker refuses the group there beside who goes; each reason names a plan that is."""
    plan = make_plan(request, TODAY, EXACT, asking=False)
    for one in plan.gepland:
        if "daar ga" not in one.waarom:
            continue
        where = one.waarom.partition("Liever ")[2]
        others = [two.bezoek for two in plan.gepland if two.groep.naam != one.groep.naam]
        terrain = Terrain(request, TODAY)
        (there,) = [
            visit
            for visit in map(terrain.visit, terrain.candidates)
            if visit.groep == one.groep.naam and where.startswith(f"{visit.locatie} op ")
            and f"{visit.dag.day} " in where and f", {visit.dagdeel}," in where
        ]  # fmt: skip
        assert any(breach.regel == "C18" for breach in verify(request, TODAY, [*others, there]))
        event("daar gaat")


def test_the_best_is_said_to_be_best_in_what_it_is() -> None:
    """Cheap and far, or dear and near: what the group gets, is the best in one thing and said to be so."""
    near, far = locatie("Dichtbij", prijs_persoon=2000), locatie("Ver", punt=(52.5, 5.2), prijs_persoon=0)
    plan = make_plan(aanvraag([groep()], [near, far], van=MONDAY, tot=MONDAY), TODAY, asking=False)
    (one,) = plan.gepland
    assert one.locatie.naam == "Ver" and "laagste kosten" in one.waarom and "kortste reis" not in one.waarom
    cheap = replace(near, prijs_persoon=0)
    plan = make_plan(aanvraag([groep()], [cheap, far], van=MONDAY, tot=MONDAY), TODAY, asking=False)
    (one,) = plan.gepland
    assert one.locatie.naam == "Dichtbij" and "kortste reis" in one.waarom


def test_a_visit_that_stays_against_its_wish_says_that_it_was_there() -> None:
    request = aanvraag([groep()], [locatie()])
    late = Bezoek("Groep 1", "Museum A", date(2026, 10, 5), "ochtend")
    (one,) = make_plan(replace(request, bezoeken=(late,)), TODAY, asking=False).gepland
    assert one.bezoek.dag == late.dag and one.waarom.startswith("Stond hier al. Verplaatsen weegt zwaarder")


# ---- the waiting list


def waiting_is_true(plan: Voorstel) -> int:
    """Who is said to fit in the place of another does so by the checker, and nobody else does. Returns how many."""
    request, number = plan.aanvraag, 0
    visits = [one.bezoek for one in plan.gepland]
    for waiting in plan.wachtlijst:
        named = {one.groep for one in waiting.zou_passen}
        for visit in visits:
            others = [one for one in visits if one != visit]
            fits = verify(request, plan.vandaag, [*others, replace(visit, groep=waiting.groep)], others) == ()
            assert fits == (visit.groep in named), (waiting.groep, visit)
            number += fits
    return number


def test_the_waiting_list_counts_guides() -> None:
    """Two guides, two small groups and a large one that needs both: in the place of one small group it does not fit."""
    groups = [groep("Klein", deelnemers=8), groep("Klein2", deelnemers=9), groep("Groot", deelnemers=25)]
    place = locatie(groepen_per_dagdeel=2, start_middag=None)
    guides = [Gids("Museum A", 2, ("nederlands",))]
    request = aanvraag(groups, [place], gidsen=guides, van=MONDAY, tot=MONDAY)
    plan = make_plan(request, TODAY, EXACT, asking=False)
    assert [one.groep for one in plan.wachtlijst] == ["Groot"]
    assert plan.wachtlijst[0].zou_passen == () and waiting_is_true(plan) == 0
    small = replace(groups[2], deelnemers=10)
    plan = make_plan(replace(request, groepen=(*groups[:2], small)), TODAY, EXACT, asking=False)
    assert len(plan.wachtlijst[0].zou_passen) == 2 == waiting_is_true(plan)


@SLOW
@given(requests(groups=(4, 8), places=1, days=3))
def test_the_waiting_list_is_true(request: Aanvraag) -> None:
    plan = make_plan(request, TODAY, EXACT, asking=False)
    assume(plan.wachtlijst and len(plan.gepland) <= 5)
    event(f"{min(2, waiting_is_true(plan))} places that another could take")


# ---- the sheets


def test_tasks_of_a_visit_that_was_there_are_asked_after() -> None:
    """A new visit says what to do first; of one that was planned before, it may be done."""
    request = aanvraag([groep("Nieuw"), groep("Gepland")], [locatie(aanvraag=14)])
    old = Bezoek("Gepland", "Museum A", date(2026, 9, 21), "ochtend")
    plan = make_plan(replace(request, bezoeken=(old,)), date(2026, 9, 1), asking=False)
    tasks = next(sheet for sheet in plan_sheets(plan, "voorstel-002") if sheet.name == "Taken")
    first = {str(row[1]): str(row[3]) for row in reversed(tasks.rows)}
    assert first["Gepland"].startswith("Deze dag is voorbij. Is dit gedaan? Vraag het bezoek aan")
    assert first["Nieuw"].startswith("Eerst doen: deze dag is voorbij. Vraag het bezoek aan")
    # what is known need not be asked
    assert "Vraag ook de taal" not in first["Nieuw"] and "prijs" not in first["Nieuw"]


def sentences_of(plan: Voorstel) -> Sequence[str]:
    return [one.zin for one in plan.uitleg] + [hint for one in plan.uitleg for hint in one.helpt]


def test_sentences_of_the_example_are_short_and_whole() -> None:
    request, _ = read_request("groepen.xlsx", pilot.content())
    assert request is not None
    for text in sentences_of(make_plan(request, pilot.TODAY, asking=False)):
        assert "  " not in text and "Er is te weinig: " not in text


@pytest.mark.parametrize("limits", [("totaal", "groep", "persoon"), ("totaal", "groep"), ("totaal", "persoon")])
def test_where_only_money_stands_in_the_way_all_budgets_are_raised_together(limits: tuple[str, ...]) -> None:
    zero = {f"budget_{name}": 0 for name in limits}
    request = aanvraag([groep("A"), groep("B")], [locatie()], **zero)
    for reason in make_plan(request, TODAY).uitleg:
        assert "Dat is niet genoeg" not in reason.zin
        (said,) = reason.helpt
        assert said.startswith("Museum A: dit is alleen samen genoeg. ")
        assert said.endswith("Maak het budget totaal € 98,00.")
        assert helps(make_plan(request, TODAY), request.groepen[reason.groep].naam, said)
