"""What the pages of a plan of visits show: proposals, the calendar by half day, groups with and without a visit.

In: a board, the plan on it with what was changed by hand, and what the proposal tells. Out: plain rows for the templates.
It changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from builder.diagnostics import Diagnostic
from builder.dutch import MAANDEN, dutch_date
from builder.visits import proposals
from builder.visits.by_hand import Bord, Stap
from builder.visits.moves import BY_HAND
from builder.visits.nouns import DAGDELEN, WEEKDAGEN, Aanvraag, Bezoek
from builder.visits.outcome_sheets import visit_in_words
from builder.visits.plan import Gepland, day_in_words
from builder.visits.proposals import Gemist, Verhaal
from builder.visits.values import clock
from builder.workshop.plans import DRAFTS
from builder.workshop.saying import SEVERITIES, here

COLOURS = 6


@dataclass(frozen=True, slots=True)
class VoorstelRij:
    """A proposal in the list of a plan."""

    naam: str
    dag: str
    zinnen: tuple[str, ...]
    vastgesteld: bool
    klad: bool


@dataclass(frozen=True, slots=True)
class Kaart:
    """A visit in the calendar."""

    groep: str
    locatie: str
    tijd: str
    kleur: int
    vast: bool
    voorbij: bool
    veranderd: bool


@dataclass(frozen=True, slots=True)
class Dag:
    """A day of the calendar; `binnen`: visits can be planned on it."""

    iso: str
    kop: str
    kort: str
    binnen: bool
    delen: tuple[tuple[str, tuple[Kaart, ...]], ...]

    @property
    def leeg(self) -> bool:
        """Tell whether there is no visit on it."""
        return not any(cards for _, cards in self.delen)


@dataclass(frozen=True, slots=True)
class Kalender:
    """Weeks of days, with where one can go from there: name, first day, and whether it is what is shown."""

    beeld: str
    titel: str
    weken: tuple[tuple[Dag, ...], ...]
    eerder: str
    later: str
    sprongen: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class GroepRij:
    """A group with its visit."""

    groep: str
    aanbieder: str
    bezoek: str
    tijd: str
    kosten: str
    waarom: str
    wensen: str
    vast: bool
    voorbij: bool
    veranderd: bool


def findings(found: Sequence[Diagnostic]) -> list[tuple[str, str, str]]:
    """Return findings as the kind in words, the sentence and what to do."""
    return [(SEVERITIES[one.rule.severity], here(one.message), here(one.hint)) for one in found]


def proposal_rows(folder: Path) -> list[VoorstelRij]:
    """Return the proposals of a plan, in the order of their numbers."""
    published = proposals.published_in(folder)
    rows = []
    for name in proposals.names_in(folder):
        told = proposals.story(folder / name)
        day = dutch_date(told.vandaag) if told else ""
        draft = (folder / DRAFTS / f"{name}.json").is_file()
        rows.append(VoorstelRij(name, day, told.let_op if told else (), name in published, draft))
    return rows


def calendar(board: Bord, plan: Sequence[Gepland], picture: str, asked: str) -> Kalender:
    """Return a week or a month of the plan around a day; when no day is asked, around the first visit to come."""
    first = _day(asked) or next(
        (one.bezoek.dag for one in plan if one.bezoek.dag >= board.today), board.request.instellingen.van
    )
    rules = board.request.instellingen
    first = min(max(first, rules.van - timedelta(days=7)), rules.tot + timedelta(days=7))
    if picture == "maand":
        return _month(board, plan, first)
    monday = first - timedelta(days=first.weekday())
    starts = sorted({one.bezoek.dag - timedelta(days=one.bezoek.dag.weekday()) for one in plan})
    jumps = [(f"week {start.isocalendar()[1]}", start.isoformat(), start == monday) for start in starts]
    sunday = monday + timedelta(days=6)
    title = f"Week {monday.isocalendar()[1]}: {dutch_date(monday.isoformat())} tot en met {dutch_date(sunday.isoformat())}"
    before, later = monday - timedelta(days=7), monday + timedelta(days=7)
    return Kalender(
        "week",
        title,
        (_week(board, plan, monday),),
        before.isoformat() if sunday - timedelta(days=7) >= rules.van or _any(plan, before, 7) else "",
        later.isoformat() if later <= rules.tot or _any(plan, later, 7) else "",
        tuple(jumps),
    )


def _month(board: Bord, plan: Sequence[Gepland], day: date) -> Kalender:
    first = day.replace(day=1)
    later = (first + timedelta(days=32)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday < later:
        weeks.append(_week(board, plan, monday))
        monday += timedelta(days=7)
    rules = board.request.instellingen
    months = sorted({one.bezoek.dag.replace(day=1) for one in plan})
    return Kalender(
        "maand",
        f"{MAANDEN[first.month - 1]} {first.year}".capitalize(),
        tuple(weeks),
        before.isoformat() if first > rules.van or any(one.bezoek.dag < first for one in plan) else "",
        later.isoformat() if later <= rules.tot or any(one.bezoek.dag >= later for one in plan) else "",
        tuple((MAANDEN[one.month - 1], one.isoformat(), one == first) for one in months),
    )


def _any(plan: Sequence[Gepland], first: date, days: int) -> bool:
    return any(first <= one.bezoek.dag < first + timedelta(days=days) for one in plan)


def _week(board: Bord, plan: Sequence[Gepland], monday: date) -> tuple[Dag, ...]:
    rules = board.request.instellingen
    wanted = {day for place in board.request.locaties for day in place.dagen} | {0, 1, 2, 3, 4}
    wanted |= {one.bezoek.dag.weekday() for one in plan}
    return tuple(
        Dag(
            day.isoformat(),
            f"{WEEKDAGEN[day.weekday()]} {day.day} {MAANDEN[day.month - 1]}",
            f"{WEEKDAGEN[day.weekday()]} {day.day}",
            rules.van <= day <= rules.tot and day >= board.today,
            tuple((part, _cards(board, plan, day, part)) for part in DAGDELEN),
        )
        for number in sorted(wanted)
        if (day := monday + timedelta(days=number))
    )


def _cards(board: Bord, plan: Sequence[Gepland], day: date, part: str) -> tuple[Kaart, ...]:
    return tuple(
        Kaart(
            one.groep.naam, one.locatie.naam, clock(one.begin),
            board.terrain.locatie_nummer[one.locatie.naam] % COLOURS,
            one.bezoek.vast, day < board.today, changed(board, one.bezoek),
        )
        for one in plan
        if (one.bezoek.dag, one.bezoek.dagdeel) == (day, part)
    )  # fmt: skip


def changed(board: Bord, visit: Bezoek) -> bool:
    """Tell whether a visit is elsewhere than in the proposal."""
    place = (visit.groep, visit.locatie, visit.dag, visit.dagdeel)
    return place not in {(one.groep, one.locatie, one.dag, one.dagdeel) for one in board.basis}


def group_rows(board: Bord, plan: Sequence[Gepland], told: Verhaal | None) -> list[GroepRij]:
    """Return the groups with a visit, in the order of the days."""
    why = told.waarom if told else {}
    return [
        GroepRij(
            one.groep.naam, one.groep.aanbieder, visit_in_words(one.bezoek), f"{clock(one.begin)}-{clock(one.einde)}",
            money(one.kosten.in_woorden()) if one.kosten else "niet bekend",
            BY_HAND if (new := changed(board, one.bezoek)) else why.get(one.groep.naam, ""),
            "; ".join(wish.tekst for wish in one.wensen),
            one.bezoek.vast, one.bezoek.dag < board.today, new,
        )
        for one in plan
    ]  # fmt: skip


def missed_rows(request: Aanvraag, told: Verhaal | None) -> list[Gemist]:
    """Return the groups without a visit, with why and what would help, in the order of their turn."""
    going = {visit.groep for visit in request.bezoeken if not visit.afgezegd}
    off = {visit.groep for visit in request.bezoeken if visit.afgezegd}
    known = [one for one in (told.gemist if told else ()) if one.groep not in going | off]
    names = {one.groep for one in known}
    rest = [one.naam for one in request.groepen if one.naam not in going | off | names]
    return [*known, *(Gemist(name, "Deze groep heeft nog geen bezoek.", (), ()) for name in rest)]


def in_words(step: Stap) -> str:
    """Return what a step does."""
    if step.soort == "verplaats" and step.dag is not None:
        return f"{step.groep} gaat naar {step.locatie}, {day_in_words(step.dag)}, {step.dagdeel}."
    return {
        "vast": f"Het bezoek van {step.groep} staat vast.",
        "los": f"Het bezoek van {step.groep} mag weer verhuizen.",
        "afgezegd": f"{step.groep} heeft afgezegd.",
    }.get(step.soort, "")


def money(text: str) -> str:
    """Return a text in which no amount is cut from its sign at the end of a line."""
    return text.replace("€ ", "€\u00a0")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
