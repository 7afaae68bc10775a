"""A plan changed by hand: what may be is what the independent checker allows, and what it costs is what the plan costs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.visits import proposals
from builder.visits.by_hand import Bord, Stap, after
from builder.visits.compare import compare
from builder.visits.example import example
from builder.visits.nouns import DAGDELEN, Aanvraag, Bezoek, Gids
from builder.visits.plan import known_of, make_plan
from builder.visits.read_request import read_request
from builder.visits.solve import Opdracht, Tussenstand
from builder.visits.verify import verify
from tests.visits import pilot
from tests.visits.requests import TODAY, aanvraag, groep, instellingen, large, locatie

SMALL = dict(dagen=(1,), start_middag=None)  # one half day in a week


def planned(request: Aanvraag, today: date = TODAY) -> Aanvraag:
    return replace(request, bezoeken=make_plan(request, today, asking=False).bezoeken)


def going(request: Aanvraag) -> list[Bezoek]:
    return [visit for visit in request.bezoeken if not visit.afgezegd]


@pytest.fixture(scope="module")
def example_plan() -> Aanvraag:
    return planned(pilot.request(), pilot.TODAY)


# ---- what may be


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_board_and_independent_checker_agree_on_every_place(seed: int) -> None:
    """For a group of a random plan and every place and half day: free on the board is exactly no new breach."""
    request = planned(large(8, 2, 56, seed))
    board = Bord(request, TODAY)
    had = set(verify(request, TODAY, request.bezoeken, board.basis))
    for name in (request.groepen[0].naam, request.groepen[5].naam):
        free = {
            (one.bezoek.locatie, one.bezoek.dag, one.bezoek.dagdeel) for one in board.halves(request, name)
        }
        now = next(((v.locatie, v.dag, v.dagdeel) for v in going(request) if v.groep == name), None)
        rules = request.instellingen
        for number in range(0, (rules.tot - rules.van).days + 1, 3):
            day = rules.van + timedelta(days=number)
            for place in request.locaties:
                for part in DAGDELEN:
                    key = (place.naam, day, part)
                    if key == now:
                        continue
                    moved = after(request, [Stap("verplaats", name, *key)])
                    fine = not set(verify(request, TODAY, moved.bezoeken, board.basis)) - had
                    verdict = board.judge(request, name, *key)
                    assert (not verdict.redenen) == fine == (key in free), (name, key, verdict.redenen)


def test_the_price_that_is_told_is_the_price_of_the_plan(example_plan: Aanvraag) -> None:
    board = Bord(example_plan, pilot.TODAY)
    before = known_of(board.laid_out(example_plan))
    for visit in going(example_plan):
        for one in board.halves(example_plan, visit.groep)[::7]:
            at = one.bezoek
            moved = after(example_plan, [Stap("verplaats", at.groep, at.locatie, at.dag, at.dagdeel)])
            assert known_of(board.laid_out(moved)) == before + one.cent
            saved = make_plan(moved, pilot.TODAY, asking=False, before=board.basis, searching=False)
            assert saved.bekend == before + one.cent
            break


def test_a_full_place_names_who_is_there(example_plan: Aanvraag) -> None:
    board = Bord(example_plan, pilot.TODAY)
    there = next(visit for visit in going(example_plan) if visit.groep == "A avond")
    verdict = board.judge(example_plan, "B1", there.locatie, there.dag, there.dagdeel)
    assert [reason.regel for reason in verdict.redenen] == ["C18", "C18"]  # the place and its guide
    assert verdict.redenen[0].tekst == "Museum A is dan vol: er kan 1 groep tegelijk. Daar gaat dan A avond."
    assert "geen gids meer vrij" in verdict.redenen[1].tekst


def test_refusals_have_words() -> None:
    small = locatie("Museum A", **SMALL)
    request = planned(
        aanvraag(
            [groep("Een"), groep("Twee")],
            [small, locatie("Museum B", groepen_per_dag=1, groepen_per_dagdeel=2)],
        )
    )
    board = Bord(request, TODAY)
    mine = going(request)[0]
    same = board.judge(request, mine.groep, mine.locatie, mine.dag, mine.dagdeel)
    assert same.redenen[0].tekst == "Hier staat dit bezoek nu."
    assert "periode" in board.judge(request, "Een", "Museum B", date(2027, 1, 5), "ochtend").redenen[0].tekst
    other = next(visit for visit in going(request) if visit.groep == "Twee")
    if other.locatie == "Museum B":
        part = "middag" if other.dagdeel == "ochtend" else "ochtend"
        assert "Meer kan niet" in board.judge(request, "Een", "Museum B", other.dag, part).redenen[0].tekst


def test_a_move_over_budget_is_refused_with_the_amounts() -> None:
    cheap, dear = (
        locatie("Museum A", prijs_persoon=0, prijs_groep=1000),
        locatie("Museum B", prijs_persoon=0, prijs_groep=9000),
    )
    request = planned(aanvraag([groep()], [cheap, dear], budget_totaal=5000))
    board, visit = Bord(request, TODAY), going(request)[0]
    assert visit.locatie == "Museum A"
    verdict = board.judge(request, visit.groep, "Museum B", visit.dag, visit.dagdeel)
    assert (
        verdict.redenen[0].tekst == "Er is nog € 50,00 van het budget van € 50,00. Dit bezoek kost € 90,00."
    )
    assert not [one for one in board.halves(request, visit.groep) if one.bezoek.locatie == "Museum B"]


def test_consequences_name_attendants_guides_budget_and_labels() -> None:
    place = locatie("Museum A", max_groep=10, groepen_per_dagdeel=None, reken_met_een=True)
    guided = locatie("Museum B")
    guides = [Gids("Museum B", 2, ("nederlands",))]
    request = planned(aanvraag([groep(deelnemers=10)], [place, guided], gidsen=guides, budget_totaal=100_000))
    board, visit = Bord(request, TODAY), going(request)[0]
    told = {}
    for one in board.halves(request, visit.groep):
        at = one.bezoek
        verdict = board.judge(request, at.groep, at.locatie, at.dag, at.dagdeel)
        told.setdefault(at.locatie, " ".join(verdict.gevolgen))
    assert "Begeleiders: 2 nodig, 2 gaan mee." in told["Museum A"]
    assert "Aantal groepen niet bekend: gerekend met 1 groep per dagdeel." in told["Museum A"]
    assert "Gid" in told["Museum B"] and "Er passen er 2" in told["Museum B"]
    assert "Van het budget blijft € 930,00 over." in told["Museum B"]
    assert "(schatting)" in told["Museum B"] and "Les vooraf:" in told["Museum B"]


def test_a_visit_that_is_over_stays(example_plan: Aanvraag) -> None:
    visit = going(example_plan)[0]
    board = Bord(example_plan, visit.dag + timedelta(days=1))
    assert board.halves(example_plan, visit.groep) == ()
    later = visit.dag + timedelta(days=7)
    assert (
        board.judge(example_plan, visit.groep, visit.locatie, later, visit.dagdeel).redenen[0].tekst
        == "Dit bezoek is voorbij."
    )


def test_who_could_have_the_place_of_who_calls_off(example_plan: Aanvraag) -> None:
    board = Bord(example_plan, pilot.TODAY)
    visits = {visit.groep: visit for visit in going(example_plan)}
    assert board.could_take(example_plan, visits["C extra"]) == ("C laat",)
    assert board.could_take(example_plan, visits["B3"]) == ()


# ---- steps


def test_steps_and_the_numbers_for_calendars() -> None:
    was = Bezoek("Groep 1", "Museum A", date(2026, 9, 8), "ochtend", volgnummer=3)
    request = aanvraag([groep(), groep("Groep 2")], bezoeken=[was])
    move = Stap("verplaats", "Groep 1", "Museum A", date(2026, 9, 9), "middag")
    moved = after(request, [move]).bezoeken[0]
    assert (moved.dag, moved.dagdeel, moved.vast, moved.volgnummer) == (date(2026, 9, 9), "middag", True, 4)
    twice = after(request, [move, replace(move, dagdeel="ochtend")]).bezoeken[0]
    assert twice.volgnummer == 4  # nobody heard of the step between
    back = after(request, [move, Stap("verplaats", "Groep 1", "Museum A", was.dag, "ochtend")]).bezoeken[0]
    assert (back.dag, back.volgnummer) == (was.dag, 3)
    off = after(request, [move, Stap("afgezegd", "Groep 1")]).bezoeken[0]
    assert off == replace(was, afgezegd=True)
    again = after(replace(request, bezoeken=(off,)), [move]).bezoeken[0]
    assert not again.afgezegd and again.volgnummer == 5  # the calendar file called it off with 4
    fresh = after(request, [Stap("verplaats", "Groep 2", "Museum A", was.dag, "middag")])
    assert [visit.groep for visit in fresh.bezoeken] == ["Groep 1", "Groep 2"]
    assert len(after(fresh, [Stap("afgezegd", "Groep 2")]).bezoeken) == 2
    assert (
        after(request, [Stap("verplaats", "Weg", "Museum A", was.dag, "middag"), Stap("vast", "Groep 2")])
        == request
    )
    loose = after(request, [Stap("vast", "Groep 1"), Stap("los", "Groep 1")])
    assert not loose.bezoeken[0].vast


def test_saving_keeps_every_other_visit_and_gives_nobody_a_new_one(example_plan: Aanvraag) -> None:
    board = Bord(example_plan, pilot.TODAY)
    target = board.halves(example_plan, "B1")[0].bezoek
    steps = [
        Stap("verplaats", "B1", target.locatie, target.dag, target.dagdeel),
        Stap("afgezegd", "C extra"),
    ]
    request = after(example_plan, steps)
    made = make_plan(request, pilot.TODAY, asking=False, before=board.basis, searching=False)
    assert {visit.groep: visit for visit in made.bezoeken} == {
        visit.groep: visit for visit in request.bezoeken
    }
    assert not made.gezocht and not made.breuken
    assert [(move.groep, move.waarom) for move in made.verhuizingen] == [
        ("C extra", "De groep heeft afgezegd."),
        ("B1", "Jij koos deze plek."),
    ]
    why = {made.aanvraag.groepen[one.groep].naam: one.zin for one in made.uitleg}
    assert why["C laat"] == "De groep past misschien wel. Kies zelf een plek, of plan opnieuw."


def test_planning_again_after_a_move_keeps_it_and_tells_against_the_proposal(example_plan: Aanvraag) -> None:
    board = Bord(example_plan, pilot.TODAY)
    target = board.halves(example_plan, "B1")[-1].bezoek
    request = after(
        example_plan,
        [Stap("verplaats", "B1", target.locatie, target.dag, target.dagdeel), Stap("afgezegd", "C extra")],
    )
    made = make_plan(request, pilot.TODAY, asking=False, before=board.basis)
    assert next(visit for visit in made.bezoeken if visit.groep == "B1") == target
    assert {move.groep for move in made.verhuizingen} == {"B1", "C extra", "C laat"}
    assert not verify(request, pilot.TODAY, made.bezoeken, board.basis)


# ---- the search tells how far it is, and stops


def test_the_search_tells_groups_and_gap() -> None:
    heard: list[Tussenstand] = []
    phases: list[str] = []
    request = large(60, 4, 90)
    made = make_plan(request, TODAY, Opdracht(verslag=heard.append, fase=phases.append), asking=False)
    assert phases == ["zoeken", "uitleggen", "wat als"]
    assert heard[-1].zonder == len(made.uitleg) and heard[-1].prijs == made.oplossing.prijs
    assert all(one.ondergrens <= made.oplossing.prijs + 1 for one in heard)
    assert all(0 <= one.marge <= 1 for one in heard)


def test_after_stop_nothing_more_is_worked_out() -> None:
    pressed: list[bool] = []
    order = Opdracht(
        fase=lambda phase: pressed.append(True) if phase == "uitleggen" else None,
        gestopt=lambda: bool(pressed),
    )
    made = make_plan(pilot.request(), pilot.TODAY, order)
    assert made.als_dan == () and len(made.gepland) == 6
    why = {made.aanvraag.groepen[one.groep].naam: one.zin for one in made.uitleg}
    assert "niet uitgezocht" in why["C laat"] and "begeleider" in why["B2"]


# ---- proposals, side by side, the example


def test_a_kept_proposal_tells_what_it_is(tmp_path: Path) -> None:
    order = Opdracht()
    made = make_plan(pilot.request(), pilot.TODAY, order)
    kept = proposals.keep(made, tmp_path, order)
    assert kept.name == "voorstel-001" and proposals.names_in(tmp_path) == ("voorstel-001",)
    told = proposals.story(tmp_path / kept.name)
    assert told is not None and told.bewezen and told.gezocht and told.marge == 0
    assert told.waarom["B3"] == "Beste van 60 mogelijkheden: vroegste week en minste bezwaren."
    assert [one.groep for one in told.gemist] == [one.groep for one in made.wachtlijst]
    assert proposals.keep(made, tmp_path, order).name == "voorstel-002"
    (tmp_path / "voorstel-1000").mkdir()
    assert proposals.keep(made, tmp_path, order).name == "voorstel-1001"
    assert proposals.names_in(tmp_path)[-1] == "voorstel-1001"
    file = tmp_path / kept.name / "plan.json"
    for spoiled in (b"", b"[]", b"{}", b'{"wachtlijst": 3}', b"\xff"):
        file.write_bytes(spoiled)
        assert proposals.story(tmp_path / kept.name) is None
    assert json.loads((tmp_path / "voorstel-002/plan.json").read_bytes())["zoeken"]["gezocht"] is True


def test_two_proposals_side_by_side(example_plan: Aanvraag) -> None:
    board = Bord(example_plan, pilot.TODAY)
    target = board.halves(example_plan, "B1")[0].bezoek
    moved = after(example_plan, [Stap("verplaats", "B1", target.locatie, target.dag, target.dagdeel)])
    found = compare(board, Bord(moved, pilot.TODAY))
    assert [row.groep for row in found.rijen] == ["B1"]
    assert (found.een.geplaatst, found.ander.geplaatst, found.gelijk, found.ander.vast) == (6, 6, 5, 1)
    same = compare(board, board)
    assert same.rijen == () and same.gelijk == 6 and same.een == same.ander


@pytest.mark.parametrize("today", [date(2026, 8, 3), date(2026, 8, 4), date(2025, 12, 31), date(2031, 2, 28)])
def test_the_example_can_be_planned_on_any_day(today: date) -> None:
    request, found = read_request("voorbeeld.xlsx", example(today))
    assert request is not None and not [one for one in found if one.rule.severity == "error"]
    ahead = (request.instellingen.van - today).days
    assert (
        63 <= ahead < 70 and request.instellingen.van.weekday() == pilot.request().instellingen.van.weekday()
    )
    assert make_plan(request, today, asking=False).gepland
    if today == date(2026, 8, 3):
        assert pilot.unnumbered(request) == pilot.request()


def test_refusing_a_change_counts_as_nee_in_the_sheet(tmp_path: Path, example_plan: Aanvraag) -> None:
    shut = replace(
        example_plan,
        instellingen=instellingen(
            **{"van": example_plan.instellingen.van + timedelta(days=2), "tot": example_plan.instellingen.tot}
        ),
    )
    order = Opdracht()
    made = make_plan(shut, pilot.TODAY, order, asking=False)
    moved = [one for one in made.verhuizingen if one.was and one.wordt]
    assert moved
    proposals.keep(made, tmp_path, order)
    content = (tmp_path / "voorstel-001/plan.xlsx").read_bytes()
    plain, _ = read_request("plan.xlsx", content)
    back, _ = read_request("plan.xlsx", content, [moved[0].groep])
    assert plain is not None and back is not None and moved[0].was is not None and moved[0].wordt is not None
    visit = {one.groep: one for one in back.bezoeken}[moved[0].groep]
    assert (visit.locatie, visit.dag) == (moved[0].was.locatie, moved[0].was.dag)
    assert visit.volgnummer == moved[0].wordt.volgnummer + 1
    assert back.geweigerd == (moved[0].groep,) and plain.geweigerd == ()


def test_a_price_is_told_as_surely_as_on_the_board() -> None:
    """What is not known of a price may still come on top: so what is left is at most that."""
    places = [locatie("Museum A"), locatie("Museum B", prijs_persoon=800)]
    for kilometre, sure in ((0, True), (None, False)):
        request = planned(aanvraag([groep()], places, budget_totaal=100_000, ov_per_km=kilometre))
        board, visit = Bord(request, TODAY), going(request)[0]
        told = " ".join(board.judge(request, visit.groep, "Museum B", visit.dag, visit.dagdeel).gevolgen)
        assert ("Het hele plan kost dan € 112,00." in told) is sure
        assert ("Het hele plan kost dan € 112,00 (niet overal bekend: vervoer)." in told) is not sure
        assert ("Van het budget blijft € 888,00 over." in told) is sure
        assert ("Van het budget blijft ten hoogste € 888,00 over." in told) is not sure


def test_one_attendant_is_one() -> None:
    request = planned(aanvraag([groep(begeleiders=2)], [locatie(), locatie("Museum B")]))
    board = Bord(replace(request, groepen=(replace(request.groepen[0], begeleiders=1),)), TODAY)
    plan = board.laid_out(board.request)[0]
    assert "1 gaat mee." in next(board._people(plan, board.candidate(plan.bezoek)))


def test_why_a_visit_stands_where_a_person_put_it(example_plan: Aanvraag) -> None:
    board = Bord(example_plan, pilot.TODAY)
    target = board.halves(example_plan, "B1")[-1].bezoek
    request = after(example_plan, [Stap("verplaats", "B1", target.locatie, target.dag, target.dagdeel)])
    moved = make_plan(request, pilot.TODAY, asking=False, before=board.basis, searching=False)
    assert {one.groep.naam: one.waarom for one in moved.gepland}["B1"] == "Jij koos deze plek."
    # planned once more, nobody moved it
    again = make_plan(request, pilot.TODAY, asking=False)
    assert {one.groep.naam: one.waarom for one in again.gepland}["B1"] == "Blijft staan: vast."
    # that change was not agreed: the visit goes back, and it was nobody's choice to be there
    refused = replace(example_plan, geweigerd=("B1",))
    back = make_plan(refused, pilot.TODAY, asking=False, before=moved.bezoeken)
    told = "Terug op deze plek: je ging niet akkoord met de wijziging."
    assert {one.groep.naam: one.waarom for one in back.gepland}["B1"] == told
    assert [(one.groep, one.waarom) for one in back.verhuizingen] == [("B1", told)]


def test_the_example_names_no_season(example_plan: Aanvraag) -> None:
    request, _ = read_request("voorbeeld.xlsx", example(date(2026, 11, 26)))
    assert request is not None and request.instellingen.van.year == 2027
    seasons = ("herfst", "kerst", "voorjaar", "mei", "zomer", "pasen")
    assert [one.reden for one in request.sluitingen if one.reden.startswith(seasons)] == []
