"""Where each planning rule (C1-C29) and each line of the proof is kept: in which module, shown by which tests.

A renamed module or test fails here, so that the table stays true. H is a hard rule, S a wish, P stands on paper. For every
hard rule there is a visit that breaks just that rule: model and independent checker must both refuse it by its number.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from builder.visits.candidates import Terrain
from builder.visits.nouns import Bezoek, Gids, Sluiting
from builder.visits.plan import make_plan
from builder.visits.verify import verify
from tests.visits.requests import TODAY, aanvraag, groep, locatie

RULES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "C1": ("H", "a lesson before", "moments", (
        "rules.no_visit_without_a_lesson_before_and_after", "rules.the_lesson_before_is_still_to_come",
        "places_of_the_bank.no_place_without_a_lesson_before"),
    ),
    "C2": ("H", "talk on the spot, a lesson after", "moments", (
        "rules.no_visit_without_a_lesson_before_and_after", "files.tasks_count_back_from_the_visit"),
    ),
    "C3": ("H", "the place is open", "moments", ("rules.closed_days_by_kind_and_half_day", "rules.the_turn_of_the_year_is_no_edge")),
    "C4": ("H", "Monday", "moments", (
        "rules.monday_is_for_the_place_to_say", "places_of_the_bank.monday_at_westerbork_is_allowed_and_at_amersfoort_not"),
    ),
    "C5": ("H", "4 and 5 May", "moments", ("rules.4_and_5_may_only_on_purpose", "places_of_the_bank.4_may_is_refused_at_every_place_unless_chosen")),
    "C6": ("S", "days of commemoration", "days", ("rules.commemorations_are_wishes",)),
    "C7": ("H", "Jewish holy days", "days", (
        "rules.a_place_that_shuts_on_yom_kippur", "rules.rosh_hashanah_only_where_the_place_shuts",
        "rules.jewish_and_islamic_days_of_2026", "places_of_the_bank.yom_kippur_2026_is_refused_where_the_place_shuts"),
    ),
    "C8": ("S", "sabbath", "moments", ("rules.feasts_are_wishes_never_rules",)),
    "C9": ("S", "Ramadan and both feasts", "candidates", ("rules.feasts_are_wishes_never_rules", "rules.jewish_and_islamic_days_of_2026")),
    "C10": ("S", "other days of the group", "fit", ("rules.what_the_group_itself_asks", "rules.wishes_have_the_weight_of_the_settings")),
    "C11": ("S", "school holidays, busy months, weeks", "moments", (
        "rules.school_holidays_and_the_busy_season_are_wishes", "solve.visits_spread_over_weeks"),
    ),
    "C12": ("H", "size of the group", "fit", (
        "rules.51_people_where_50_may_are_split", "rules.going_in_parts_needs_room_for_the_parts",
        "places_of_the_bank.51_at_westerbork_and_31_at_the_holocaust_museum_go_in_parts_or_not",
        "solve.two_groups_together_are_tried_and_told_with_what_it_brings", "solve.a_group_that_is_too_large_is_tried_in_parts"),
    ),
    "C13": ("H", "adults", "fit", ("rules.attendants", "places_of_the_bank.16_people_with_1_adult_are_refused_everywhere")),
    "C14": ("H", "the own teacher", "fit", ("rules.level_language_and_opt_out",)),
    "C15": ("H", "one level per tour", "fit", (
        "rules.level_language_and_opt_out", "rules.unknown_is_not_zero",
        "solve.two_groups_that_are_too_small_are_told_of_each_other"),
    ),
    "C16": ("S", "language and interpreter", "candidates", ("rules.level_language_and_opt_out", "rules.a_language_that_is_not_known_is_a_wish")),
    "C17": ("H", "something else for who stays", "fit", ("rules.level_language_and_opt_out", "files.papers_say_what_people_need")),
    "C18": ("H", "room and guides", "limits", (
        "rules.guides_by_day_language_and_level", "rules.two_groups_do_not_share_one_place",
        "solve.two_halls_of_guides_are_shared_fairly"),
    ),
    "C19": ("H", "the journey, the shuttle", "fit", ("rules.the_journey", "rules.access", "reading.a_postcode_area_has_a_middle")),
    "C20": ("S", "a day with family and work", "moments", ("rules.what_the_group_itself_asks", "rules.wishes_have_the_weight_of_the_settings")),
    "C21": ("H", "access", "fit", ("rules.access",)),
    "C22": ("P", "photos", "letters", ("files.papers_say_what_people_need", "files.tasks_count_back_from_the_visit")),
    "C23": ("H", "no data about people", "personal", ("reading.a_column_about_people_is_refused", "reading.a_cell_about_people_is_refused")),
    "C24": ("H", "money", "costs", (
        "rules.a_budget_of_250_euro_for_15_people", "rules.money_limits_per_person_and_zero", "rules.unknown_is_not_zero",
        "places_of_the_bank.250_euro_for_15_people"),
    ),
    "C25": ("H", "terms of booking", "tasks", ("files.tasks_count_back_from_the_visit", "solve.the_past_and_what_costs_money_stay")),
    "C26": ("H", "time to ask", "candidates", ("rules.time_to_ask",)),
    "C27": ("S", "fair shares", "solve", ("solve.providers_and_regions_share_what_is_scarce",)),
    "C28": ("P", "news, weather, who decides, what to say", "tasks", ("files.tasks_count_back_from_the_visit", "files.papers_say_what_people_need")),
    "C29": ("H", "what people will see is told", "fit", ("rules.unknown_is_not_zero", "files.tasks_count_back_from_the_visit")),
}  # fmt: skip
PROOF: dict[str, tuple[str, ...]] = {
    "winter and summer time, 23 and 30 October at 10:00": (
        "files.clock_times_on_both_sides_of_winter_time", "files.the_zone_changes_on_the_right_night",
    ),
    "the turn of the year": ("rules.the_turn_of_the_year_is_no_edge",),
    "two groups of one name": ("reading.two_groups_of_the_same_name",),
    "capacity 0, budget 0": (
        "rules.unknown_is_not_zero", "rules.money_limits_per_person_and_zero", "reading.capacity_and_budget_of_zero_are_numbers",
    ),
    "an empty sheet": ("reading.an_empty_template_says_what_to_fill_in",),
    "5,000 rows": ("reading.a_sheet_of_5000_rows_is_read_whole",),
    "dates as text, decimal commas": ("reading.values_as_people_write_them",),
    "formulas in cells": ("reading.a_formula_counts_by_its_outcome_and_without_one_not",),
    "random requests keep every hard rule; a cannot is checked": (
        "solve.no_plan_breaks_a_rule", "solve.what_is_no_candidate_breaks_a_rule",
        "solve.a_conflict_is_real_and_has_nothing_needless",
        "reasons.what_is_said_to_help_a_group_that_fits_nowhere_helps", "reasons.the_waiting_list_is_true",
    ),
    "the best of all, against brute force": ("solve.the_plan_is_the_best_of_all",),
    "a cancellation moves no more than needed, against brute force": ("solve.replanning_moves_no_more_than_needed",),
    "the worked example": ("reading.the_worked_example_is_up_to_date_and_reads_back", "site_page.the_quoted_output_is_what_the_program_says"),
    "calendars by two readers": ("files.calendars_by_two_readers", "files.a_moved_and_a_cancelled_visit_keep_their_identity"),
    "Dutch holidays": ("rules.dutch_holidays_of_known_years", "rules.dutch_holidays_agree_with_easters_formula"),
}  # fmt: skip


MONDAY = date(2026, 9, 14)
# What is changed at group, place, settings and request to break the rule on Monday 14 September 2026, and what the checker
# calls it when that is not the number of the rule.
BROKEN: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any], str]] = {
    "C1": ({"lesdagen": (0,)}, {}, {"voorbereiding_max": 5}, {}, ""),
    "C2": ({"lesdagen": (3,), "geen_les": (date(2026, 9, 17),)}, {}, {}, {}, ""),
    "C3": ({}, {}, {}, {"sluitingen": (Sluiting("locatie", "Museum A", MONDAY, MONDAY),)}, ""),
    "C4": ({}, {"dagen": (1, 2)}, {}, {}, "C3"),
    "C5": ({}, {}, {"van": date(2026, 5, 4), "tot": date(2026, 5, 4)}, {}, ""),
    "C7": ({}, {"joodse_dagen": "Jom Kipoer dicht"}, {"van": date(2026, 9, 21), "tot": date(2026, 9, 21)}, {}, ""),
    "C12": ({"deelnemers": 31, "begeleiders": 3}, {"groepen_per_dagdeel": 2}, {}, {}, ""),
    "C13": ({"begeleiders": 1}, {}, {}, {}, ""),
    "C14": ({"eigen_docent": False}, {}, {}, {}, ""),
    "C15": ({}, {"niveaus": ("A1",)}, {}, {}, ""),
    "C17": ({}, {}, {"alternatief": ""}, {}, ""),
    "C18": ({}, {}, {}, {"gidsen": (Gids("Museum A", 1, ("nederlands",), dagen=(1,)),)}, ""),
    "C19": ({"punt": (53.2, 6.5)}, {}, {}, {}, ""),
    "C21": ({"toegang": ("rustruimte",)}, {}, {}, {}, ""),
    "C24": ({"budget": 9000}, {}, {}, {}, ""),
    "C26": ({}, {"aanvraag": 90}, {}, {}, ""),
    "C29": ({}, {"ziet": ""}, {}, {}, ""),
}  # fmt: skip
# Hard, and not of one visit on one day: who may be named in a sheet, and until when cancelling is free.
ELSEWHERE = {"C23", "C25"}


@pytest.mark.parametrize("rule", [rule for rule, (kind, *_) in RULES.items() if kind == "H"])
def test_a_hard_rule_is_refused_by_model_and_checker(rule: str) -> None:
    if rule in ELSEWHERE:
        assert rule not in BROKEN
        return
    group, place, period, rest, name = BROKEN[rule]
    day = period.get("van", MONDAY)
    request = aanvraag([groep(**group)], [locatie(**place)], **({"van": day, "tot": day} | period))
    request = replace(request, **rest)
    today = min(TODAY, day - timedelta(days=75))
    for part in ("ochtend", "middag"):
        visit = Bezoek("Groep 1", "Museum A", day, part)
        found = {reason.regel for reason in Terrain(request, today).reason_against(visit)}
        assert found == {rule}, found
        assert {breach.regel for breach in verify(request, today, [visit])} == {name or rule}
    plan = make_plan(request, today, asking=False)
    assert plan.gepland == () and plan.uitleg[0].soort == "regels"
    free = locatie(meidagen=True, feestdagen=True)
    whole = make_plan(aanvraag([groep()], [free], van=day, tot=day), today, asking=False)
    assert len(whole.gepland) == 1  # without the change it goes


def is_there(name: str) -> bool:
    module, _, test = name.partition(".")
    return callable(getattr(importlib.import_module(f"tests.visits.test_{module}"), f"test_{test}", None))


def test_every_rule_has_a_row() -> None:
    assert list(RULES) == [f"C{number}" for number in range(1, 30)]
    assert {kind for kind, *_ in RULES.values()} == {"H", "S", "P"}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_kept_somewhere_and_shown(rule: str) -> None:
    _, _, module, tests = RULES[rule]
    importlib.import_module(f"builder.visits.{module}")
    assert tests and [name for name in tests if not is_there(name)] == []


@pytest.mark.parametrize("line", PROOF)
def test_a_line_of_the_proof_is_shown(line: str) -> None:
    assert PROOF[line] and [name for name in PROOF[line] if not is_there(name)] == []
