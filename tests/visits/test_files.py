"""What leaves the planner: calendar, workbook, papers, overview, data; from the worked example."""

from __future__ import annotations

import hashlib
import json
import random
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import openpyxl
import pypdfium2
import pytest
import vobject
from playwright.sync_api import Browser

from builder import language, sheets
from builder.office import Properties
from builder.visits import ics
from builder.visits.bundle import bundle
from builder.visits.letters import letter, sentences
from builder.visits.map_drawing import HIGH, WIDE, Box, placed
from builder.visits.outcome_sheets import plan_sheets
from builder.visits.plan import Voorstel, make_plan
from builder.visits.read_request import read_request
from builder.visits.solve import Opdracht
from builder.visits.tasks import tasks_of
from tests.visits import pilot
from tests.visits.requests import TODAY, aanvraag, groep, locatie

ZONE = ZoneInfo("Europe/Amsterdam")


@cache
def proposal() -> Voorstel:
    return make_plan(pilot.request(), pilot.TODAY)


@cache
def files() -> dict[str, bytes]:
    made, found = bundle(proposal(), "voorstel-001", Opdracht())
    assert found == ()
    return {artifact.path: artifact.content for artifact in made}


def on(day: date, part: str = "ochtend", **place: object) -> Voorstel:
    """A plan with one visit on this day."""
    request = aanvraag(
        [
            groep(
                "Groep; met, teken\\s",
                van=day,
                tot=day,
                lesdagen=(0, 1, 2, 3, 4),
                dagen=tuple(range(7)),
                dagdelen=(part,),
            )
        ],
        [locatie(dagen=tuple(range(7)), start_middag=810, **place)],
        van=day - timedelta(days=1),
        tot=day + timedelta(days=1),
    )
    return make_plan(request, day - timedelta(days=90))


def test_calendars_by_two_readers() -> None:
    for path, content in files().items():
        if not path.endswith(".ics"):
            continue
        calendar = icalendar.Calendar.from_ical(content)
        assert calendar.errors == [] and calendar["METHOD"] == "PUBLISH"
        events = list(calendar.walk("VEVENT"))
        other = vobject.readOne(content.decode())
        assert len(events) == len(other.contents["vevent"]) >= 1
        for mine, theirs in zip(events, other.contents["vevent"], strict=True):
            assert str(mine["UID"]) == theirs.uid.value
            assert mine.decoded("DTSTART") == theirs.dtstart.value
            assert str(mine["SUMMARY"]) == theirs.summary.value
            assert mine.errors == []
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert b"\n" not in content.replace(b"\r\n", b"")
    everything = icalendar.Calendar.from_ical(files()["agenda/alles.ics"])
    assert len({str(event["UID"]) for event in everything.walk("VEVENT")}) == len(proposal().gepland)


def test_clock_times_on_both_sides_of_winter_time() -> None:
    """10:00 on 23 and on 30 October 2026 is 08:00 and 09:00 in UTC, and the zone in the file itself says so."""
    for day, utc in (
        (date(2026, 10, 23), 8),
        (date(2026, 10, 30), 9),
        (date(2027, 3, 26), 9),
        (date(2027, 3, 30), 8),
    ):
        content = ics.calendar(on(day), "proef")
        (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
        start = event.decoded("DTSTART")
        assert start.replace(tzinfo=None) == datetime(day.year, day.month, day.day, 10)
        assert start.astimezone(ZoneInfo("UTC")).hour == utc
        zone = next(iter(icalendar.Calendar.from_ical(content).walk("VTIMEZONE"))).to_tz()
        assert datetime(day.year, day.month, day.day, 10, tzinfo=zone).utcoffset() == timedelta(
            hours=10 - utc
        )
        assert datetime(day.year, day.month, day.day, 10, tzinfo=ZONE).utcoffset() == timedelta(
            hours=10 - utc
        )


def test_the_zone_changes_on_the_right_night() -> None:
    (zone,) = icalendar.Calendar.from_ical(files()["agenda/alles.ics"]).walk("VTIMEZONE")
    assert {part.name for part in zone.subcomponents} == {"DAYLIGHT", "STANDARD"}
    clock = zone.to_tz()
    for moment, hours in ((datetime(2026, 3, 29, 1, 59), 1), (datetime(2026, 3, 29, 3, 1), 2), (datetime(2026, 10, 25, 1, 59), 2), (datetime(2026, 10, 25, 3, 1), 1)):  # fmt: skip
        assert moment.replace(tzinfo=clock).utcoffset() == timedelta(hours=hours)


def test_special_signs_survive_the_calendar() -> None:
    plan = on(
        date(2026, 9, 14),
        ziet="lijn 1; lijn 2, met \\ en een heel lange zin vol ëëëëëëëëëëëëëëëëëëëëëëëëëëëë tekens",
    )
    (event,) = icalendar.Calendar.from_ical(ics.calendar(plan, "proef")).walk("VEVENT")
    assert "Groep; met, teken\\s" in str(event["SUMMARY"])
    assert "lijn 1; lijn 2, met \\ en een heel lange zin vol ëëë" in str(event["DESCRIPTION"])
    assert "\n" in str(event["DESCRIPTION"])


def test_a_moved_and_a_cancelled_visit_keep_their_identity() -> None:
    first = proposal()
    moved, quits = first.gepland[0].bezoek, first.gepland[-1].bezoek
    closing = replace(pilot.request().sluitingen[-1], naam=moved.locatie, van=moved.dag, tot=moved.dag)
    visits = tuple(replace(one.bezoek, afgezegd=one.bezoek == quits) for one in first.gepland)
    second = make_plan(
        replace(first.aanvraag, bezoeken=visits, sluitingen=(*first.aanvraag.sluitingen, closing)),
        pilot.TODAY,
        asking=False,
    )
    before = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(ics.calendar(first, "x")).walk("VEVENT")}
    after = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(ics.calendar(second, "x")).walk("VEVENT")}
    ids = {name: ics.identity(first.aanvraag, name) for name in (moved.groep, quits.groep)}
    assert after[ids[moved.groep]]["SEQUENCE"] == before[ids[moved.groep]]["SEQUENCE"] + 1
    assert after[ids[moved.groep]]["STATUS"] == "CONFIRMED"
    assert after[ids[quits.groep]]["STATUS"] == "CANCELLED"
    assert after[ids[quits.groep]]["SEQUENCE"] > before[ids[quits.groep]]["SEQUENCE"]
    assert after[ids[quits.groep]].decoded("DTSTART") == before[ids[quits.groep]].decoded("DTSTART")
    same = [uid for uid in before if uid not in ids.values()]
    assert same and all(after[uid].to_ical() == before[uid].to_ical() for uid in same if uid in after)
    assert b"STATUS:CANCELLED" in ics.calendar(second, "x", groep=quits.groep)


def test_a_visit_that_was_called_off_has_a_message_of_its_own() -> None:
    """METHOD:CANCEL as RFC 5546, 3.2.5 asks it: one identity, an organizer, a higher number, and no attendee."""
    first = proposal()
    gone = {"B1", "C extra"}
    visits = tuple(replace(one.bezoek, afgezegd=one.groep.naam in gone) for one in first.gepland)
    second = make_plan(replace(first.aanvraag, bezoeken=visits), pilot.TODAY, asking=False)
    made = {one.path: one.content for one in bundle(second, "voorstel-002", Opdracht())[0]}
    assert {path for path in made if "afgezegd" in path} == {
        "agenda/afgezegd-b1.ics",
        "agenda/afgezegd-c-extra.ics",
    }
    assert not [path for path in files() if "afgezegd" in path]
    known = {
        str(e["UID"]): e for e in icalendar.Calendar.from_ical(files()["agenda/alles.ics"]).walk("VEVENT")
    }
    for name, path in (("B1", "agenda/afgezegd-b1.ics"), ("C extra", "agenda/afgezegd-c-extra.ics")):
        calendar = icalendar.Calendar.from_ical(made[path])
        assert calendar.errors == [] and calendar["METHOD"] == "CANCEL"
        (event,) = calendar.walk("VEVENT")
        before = known[ics.identity(first.aanvraag, name)]
        assert event.errors == [] and str(event["UID"]) == str(before["UID"])
        assert event["STATUS"] == "CANCELLED" and event["SEQUENCE"] > before["SEQUENCE"]
        assert {"DTSTAMP", "ORGANIZER", "SEQUENCE", "UID"} <= set(event) and "ATTENDEE" not in event
        assert "@" not in str(event["ORGANIZER"])
        other = vobject.readOne(made[path].decode())
        assert other.method.value == "CANCEL" and other.vevent.status.value == "CANCELLED"
        assert other.vevent.uid.value == str(event["UID"])
        assert other.vevent.dtstart.value == event.decoded("DTSTART") == before.decoded("DTSTART")
        assert other.vevent.organizer.params["CN"] == ["Voorbeeldpilot"]
        other.serialize()  # vobject looks once more whether all that is needed is there


def test_the_name_of_a_plan_cannot_break_a_calendar() -> None:
    plan = on(date(2026, 9, 14))
    named = replace(
        plan, aanvraag=replace(plan.aanvraag, instellingen=replace(plan.aanvraag.instellingen, naam='Pilot "A"; x:\ny'))
    )  # fmt: skip
    (event,) = icalendar.Calendar.from_ical(ics.calendar(named, "proef")).walk("VEVENT")
    assert event["ORGANIZER"].params["CN"] == "Pilot 'A'; x:y" and str(event["ORGANIZER"]) == "invalid:nomail"


def test_days_in_a_calendar_are_in_dutch_words() -> None:
    (event,) = icalendar.Calendar.from_ical(ics.calendar(on(date(2026, 9, 14)), "proef")).walk("VEVENT")
    told = str(event["DESCRIPTION"])
    assert "Les vooraf: vr 11 september 2026." in told and "Les erna: di 15 september 2026." in told
    assert not re.search(r"\d{4}-\d\d-\d\d", told)


def test_the_workbook_is_the_next_input() -> None:
    made, found = read_request("plan.xlsx", files()["plan.xlsx"])
    assert made is not None and not [one for one in found if one.rule.severity == "error"]
    again = pilot.unnumbered(made)
    assert replace(again, bezoeken=()) == pilot.request()
    assert {visit.groep for visit in made.bezoeken} == {one.groep.naam for one in proposal().gepland}
    second = make_plan(made, pilot.TODAY)
    assert second.verhuizingen == ()
    assert [one.bezoek for one in second.gepland] == [one.bezoek for one in proposal().gepland]


def test_a_refused_line_comes_back_from_the_workbook() -> None:
    old = (proposal().gepland[0].bezoek,)
    moved = replace(old[0], dag=old[0].dag + timedelta(days=7), volgnummer=1)
    later = replace(proposal(), verhuizingen=())
    from builder.visits.plan import Verhuizing

    later = replace(later, verhuizingen=(Verhuizing(moved.groep, old[0], moved, "proef"),))
    content = sheets.write(plan_sheets(later, "voorstel-002"), Properties("proef", "knm", TODAY))
    book = openpyxl.load_workbook(BytesIO(content))
    assert [cell.value for cell in book["Wijzigingen"][1]][:5] == [
        "Groep",
        "Was",
        "Wordt",
        "Waarom",
        "Akkoord",
    ]
    book["Wijzigingen"]["E2"] = "nee"
    buffer = BytesIO()
    book.save(buffer)
    made, _ = read_request("plan.xlsx", buffer.getvalue())
    assert made is not None and made.geweigerd == (moved.groep,)
    (visit,) = [one for one in made.bezoeken if one.groep == moved.groep]
    assert (visit.locatie, visit.dag, visit.dagdeel) == (old[0].locatie, old[0].dag, old[0].dagdeel)


def test_money_in_the_workbook_adds_up() -> None:
    book = openpyxl.load_workbook(BytesIO(files()["plan.xlsx"]))
    rows = list(book["Kosten"].iter_rows(min_row=2, values_only=True))
    *visits, total = rows
    assert total[0] == "Samen"
    assert abs(sum(row[8] for row in visits) - total[8]) < 0.005
    assert any(row[5] == "onbekend" and "vervoer" in row[10] for row in visits)
    assert abs(total[8] * 100 - proposal().bekend) < 0.5


def text_of(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def test_papers_say_what_people_need() -> None:
    day, place, group, letters = (
        " ".join(text_of(files()[f"papier/{name}.pdf"]).split())
        for name in ("daglijst", "per-locatie", "per-groep", "brieven")
    )
    for one in proposal().gepland:
        assert one.groep.naam in day and one.locatie.naam in place
    assert "Telefoon onderweg" in day
    assert "gerekend met 1 groep per dagdeel: Huis C" in day and "gerekend met 1 groep per dagdeel" in place
    for when in (
        "8 weken ervoor",
        "4 weken ervoor",
        "1 week ervoor",
        "dag ervoor",
        "de dag zelf",
        "1 week erna",
    ):
        assert when in group
    assert group.count("Als het niet doorgaat") == len(proposal().gepland)
    assert "coördinator beslist. Bel eerst" in group and "gaat niet door. Wij zoeken een andere dag." in group
    assert "U kiest zelf. U hoeft niet mee." in letters
    assert "Wij maken geen foto's van mensen." in letters
    assert "schatting" in group


def with_stop(vervoer: str, halte: str) -> Voorstel:
    request = aanvraag([groep(vervoer=vervoer)], [locatie(halte=halte)])
    return make_plan(request, TODAY)


def test_only_who_goes_by_public_transport_gets_off_at_a_stop() -> None:
    for vervoer in ("ov", "bus", "fiets", "lopend"):
        plan = with_stop(vervoer, "Halte Plein")
        said = " ".join(sentences(letter(plan.gepland[0], plan.aanvraag.instellingen)))
        calendar = ics.calendar(plan, "x").decode().replace("\r\n ", "")
        paper = text_of(
            next(a.content for a in bundle(plan, "v", Opdracht())[0] if a.path == "papier/per-groep.pdf")
        )
        for text in (said, calendar, paper):
            assert ("Halte Plein" in text) == (vervoer == "ov"), (vervoer, text)


def test_the_word_stop_stands_there_once() -> None:
    for halte, told in (
        ("Plein", "halte Plein"),
        ("Halte Plein", "Halte Plein"),
        ("Station Noord", "Station Noord"),
    ):
        made = bundle(with_stop("ov", halte), "v", Opdracht())[0]
        for name in ("per-groep", "per-locatie"):
            text = " ".join(text_of(next(a.content for a in made if a.path == f"papier/{name}.pdf")).split())
            assert told in text and text.casefold().count("halte") == told.casefold().count("halte"), text


def test_a_group_on_foot_within_one_town_leaves_before_it_begins() -> None:
    """The middle of a town is one point: without fixed minutes the way would take no time at all."""
    for vervoer in ("lopend", "fiets"):
        (one,) = make_plan(aanvraag([groep(vervoer=vervoer)], [locatie()]), TODAY).gepland
        assert one.reis is not None and one.reis.minuten == 10 and one.reis.schatting
        assert one.weg == one.begin - 10 and one.terug == one.einde + 10


def test_a_bus_whose_price_is_known_in_part_is_not_known() -> None:
    """A part that is not known is never counted as zero (C24)."""
    known = {"bus_vast": 20000, "bus_per_km": 200}
    for settings, whole in ((known, True), (known | {"bus_vast": None}, False), (known | {"bus_per_km": None}, False),
                            (known | {"bus_per_km": 0}, True)):  # fmt: skip
        (one,) = make_plan(aanvraag([groep(vervoer="bus")], [locatie()], **settings), TODAY).gepland
        assert one.kosten is not None
        assert (one.kosten.vervoer is not None) == whole and ("vervoer" in one.kosten.onbekend) != whole


def test_a_day_is_not_cut_between_its_head_and_its_table() -> None:
    """On each page the heads of days and the heads of tables are as many."""
    pages = pypdfium2.PdfDocument(files()["papier/daglijst.pdf"])
    assert len(pages) == 2
    for page in pages:
        text = page.get_textpage().get_text_range()
        days = len(re.findall(r"^(?:ma|di|wo|do|vr|za|zo) \d+ \w+ 2026", text, re.M))
        assert days == text.count("Wie beslist of het doorgaat") == text.count("Tijd") > 0


def test_a_day_with_more_visits_than_a_page_holds_goes_on() -> None:
    many = [groep(f"Groep {number:02}") for number in range(60)]
    places = [locatie(f"Museum {number:02}", plaats="Utrecht") for number in range(60)]
    day = date(2026, 9, 14)
    request = aanvraag([replace(one, van=day, tot=day, dagdelen=("ochtend",)) for one in many], places)
    plan = make_plan(request, TODAY, Opdracht(seconden=10), asking=False)
    assert len({one.bezoek.dag for one in plan.gepland}) == 1 and len(plan.gepland) == 60
    content = next(a.content for a in bundle(plan, "v", Opdracht())[0] if a.path == "papier/daglijst.pdf")
    text = text_of(content)
    assert all(one.naam in text for one in many)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    assert len(pages) > 2 and all("Groep " in page and "Tijd" in page for page in pages[1:])


def test_the_foot_of_a_paper_says_when_it_was_made() -> None:
    for name in ("daglijst", "per-groep", "per-locatie", "brieven"):
        text = " ".join(text_of(files()[f"papier/{name}.pdf"]).split())
        assert "gemaakt op 3 augustus 2026" in text and "code" not in text


def test_letters_are_at_a2() -> None:
    for one in proposal().gepland:
        made = letter(one, proposal().aanvraag.instellingen)
        for sentence in sentences(made):
            for part in re.split(r"(?<=[.?]) ", sentence):
                assert len(part.split()) <= 14, part
        judged = language.judge(" ".join(sentences(made)), "A2", frozenset(), zipf=language.installed_zipf())
        assert judged.level in ("alfa", "A1", "A2"), judged.line
        assert [one.message for one in judged.findings if one.weight is language.Weight.WARNING] == []


def test_tasks_count_back_from_the_visit() -> None:
    one = on(date(2026, 9, 14), annuleren=7, optie=14, aanvraag=60).gepland[0]
    found = {task.wanneer: task.dag for task in tasks_of(one, proposal().aanvraag.instellingen)}
    day = date(2026, 9, 14)
    assert found["8 weken ervoor"] == day - timedelta(days=60)
    assert found["optie"] == found["8 weken ervoor"] + timedelta(days=14)
    assert found["4 weken ervoor"] == day - timedelta(days=28) and found["1 week ervoor"] == day - timedelta(
        days=7
    )
    assert found["laatste dag"] == day - timedelta(days=7) and found["dag ervoor"] == day - timedelta(days=1)
    assert found["les vooraf"] == date(2026, 9, 11) and found["les erna"] == date(2026, 9, 15)
    assert found["1 week erna"] == day + timedelta(days=7)
    told = {task.wanneer: task.tekst for task in tasks_of(one, proposal().aanvraag.instellingen)}
    assert "Vertel wat mensen zien: foto's en brieven." in told["les vooraf"]
    assert "Kijk naar nieuws, weer en reis." in told["dag ervoor"]
    assert told["dag ervoor"].endswith("Wie beslist of het doorgaat: coördinator.")
    assert "Foto's: nee." in told["de dag zelf"] and "gesprek van 20 minuten" in told["de dag zelf"]


class _Page(HTMLParser):
    """Counts tags and keeps text; refuses what is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_overview_is_whole_and_asks_nothing_of_the_net() -> None:
    content = files()["overzicht.html"].decode()
    page = _Page()
    page.feed(content)
    assert page.open == [] and "script" not in page.tags
    assert re.findall(r"https?://\S+", content) == []
    for one in proposal().gepland:
        assert one.groep.naam in page.text and one.waarom in page.text
    for waiting in proposal().wachtlijst:
        assert waiting.groep in page.text


def test_the_overview_tells_of_weeks_without_a_visit() -> None:
    page = _Page()
    page.feed(files()["overzicht.html"].decode())
    words = " ".join(page.text.split())
    assert (
        "42 geen bezoek 43" in words
        and "44 en 45 geen bezoek 46" in words
        and "47 en 48 geen bezoek" in words
    )


def test_no_amount_is_cut_from_its_sign() -> None:
    text = files()["overzicht.html"].decode()
    assert "€\u00a0" in text and "€ " not in text


def test_labels_on_the_map_stay_in_it_and_apart() -> None:
    rng = random.Random(4)
    for count in (1, 2, 6, 14):
        for _ in range(20):
            points = [(f"Museum {number} aan de kade", (rng.uniform(0, WIDE), rng.uniform(0, HIGH))) for number in range(count)]  # fmt: skip
            labels = placed(points, [])
            for label in labels:
                left, top, right, bottom = label.vak
                assert left >= 0 and top >= 0 and right <= WIDE and bottom <= HIGH
            boxes = [label.vak for label in labels]
            apart = [_apart(one, other) for number, one in enumerate(boxes) for other in boxes[:number]]
            assert all(apart)
    same = placed([("Museum A", (419.0, 2.0)), ("Amersfoort", (419.0, 2.0)), ("Kamp B", (419.0, 2.0))], [])
    assert (
        _apart(same[0].vak, same[1].vak)
        and _apart(same[1].vak, same[2].vak)
        and _apart(same[0].vak, same[2].vak)
    )


def _apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_overview_fits_a_phone_and_can_be_read_by_day_and_by_night(browser: Browser, tmp_path: Path, scheme: str) -> None:  # fmt: skip
    file = tmp_path / "overzicht.html"
    file.write_bytes(files()["overzicht.html"])
    page = browser.new_page(viewport={"width": 380, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 380
    for what in ("p", "th", "td", "h1", "li", ".kaart text"):
        paper, ink = page.evaluate(
            """what => { const one = document.querySelector(what); const style = getComputedStyle(one);
            let up = one; while (up && getComputedStyle(up).backgroundColor === 'rgba(0, 0, 0, 0)') up = up.parentElement;
            return [what.includes('text') ? getComputedStyle(document.querySelector('.kaart .grond')).fill : getComputedStyle(up).backgroundColor,
                    what.includes('text') ? style.fill : style.color]; }""",
            what,
        )
        assert _contrast(paper, ink) >= 4.5, (what, paper, ink)
        assert (_light(paper) < 0.2) == (scheme == "dark")
    page.close()


def _light(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_a_name_cannot_write_html_or_a_formula() -> None:
    bad = "<b>=1+1</b>"
    plan = make_plan(aanvraag([groep(bad)], [locatie()]), TODAY)
    made, _ = bundle(plan, "voorstel-001", Opdracht())
    by_path = {artifact.path: artifact.content for artifact in made}
    assert b"<b>=1" not in by_path["overzicht.html"]
    assert "agenda/groep-b-1-1-b.ics" in by_path
    book = openpyxl.load_workbook(BytesIO(by_path["plan.xlsx"]))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_sign_without_a_letter_is_told() -> None:
    plan = make_plan(aanvraag([groep("Groep ✈")], [locatie()]), TODAY)
    made, found = bundle(plan, "voorstel-001", Opdracht())
    assert {one.rule.code for one in found} == {"V617"}
    assert "plan.xlsx" in {artifact.path for artifact in made}


def test_the_data_of_a_plan() -> None:
    data = json.loads(files()["plan.json"])
    assert data["zoeken"]["bewezen"] is True and len(data["invoer_sha256"]) == 64
    assert {one["groep"] for one in data["niet_gepland"]} == set(data["wachtlijst"])
    kept, _ = read_request("invoer.xlsx", files()["invoer.xlsx"])
    assert kept is not None and pilot.unnumbered(kept) == pilot.request()
    assert hashlib.sha256(files()["invoer.xlsx"]).hexdigest() == data["invoer_sha256"]


def test_same_request_same_bytes() -> None:
    again, _ = bundle(make_plan(pilot.request(), pilot.TODAY), "voorstel-001", Opdracht())
    assert {artifact.path: artifact.content for artifact in again} == files()


def test_an_empty_plan_still_makes_files() -> None:
    plan = make_plan(aanvraag([groep(begeleiders=1)], [locatie()]), TODAY)
    made, found = bundle(plan, "voorstel-001", Opdracht())
    assert found == () and not plan.gepland
    assert "Er is geen bezoek gepland." in text_of(
        next(a.content for a in made if a.path == "papier/daglijst.pdf")
    )
