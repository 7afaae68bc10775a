"""The plan as a workbook: what came out, before the same input sheets with `Bezoeken` filled in.

In: a proposal. Out: sheets. The workbook is itself the input of the next round: change a cell and plan again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.dutch import count, euro
from builder.sheets import Column, Sheet
from builder.visits.columns import JA_NEE, WIJZIGING_KOLOMMEN, WIJZIGINGEN
from builder.visits.nouns import Aanvraag, Bezoek
from builder.visits.plan import Gepland, Voorstel, counted_as_one, day_in_words
from builder.visits.tasks import Taak, tasks_of
from builder.visits.values import clock
from builder.visits.workbook import request_sheets

Rows = tuple[tuple[str | int | float, ...], ...]


def plan_sheets(proposal: Voorstel, name: str) -> tuple[Sheet, ...]:
    """Return all sheets of the plan."""
    request = replace(proposal.aanvraag, bezoeken=_kept(proposal), geweigerd=())
    about = tuple(notes(proposal, name))
    return (
        _plan(proposal, about),
        *([_changes(proposal)] if proposal.verhuizingen else []),
        _missed(proposal),
        _costs(proposal),
        _tasks(proposal),
        _what_if(proposal),
        *request_sheets(request),
    )


def _kept(proposal: Voorstel) -> tuple[Bezoek, ...]:
    order = {groep.naam: number for number, groep in enumerate(proposal.aanvraag.groepen)}
    return tuple(sorted(proposal.bezoeken, key=lambda visit: order[visit.groep]))


def notes(proposal: Voorstel, name: str) -> list[str]:
    """Return what must stand on every paper and sheet: name, state, what was counted without being known."""
    lines = [f"{proposal.aanvraag.instellingen.naam}: {name}"]
    placed, missed = len(proposal.gepland), len(proposal.uitleg)
    groups = f"{placed} van {count(placed + missed, 'groep', 'groepen')}"
    has = "heeft" if placed == 1 else "hebben"
    lines.append(f"{groups} {has} een bezoek. Kosten: {cost_line(proposal)}.")
    lines += labels(proposal.aanvraag, proposal.gepland)
    if not proposal.gezocht:
        lines.append("Dit plan is met de hand veranderd. Er is niet opnieuw gezocht.")
    elif not proposal.oplossing.bewezen:
        lines.append(_stopped(proposal))
    return lines


def labels(request: Aanvraag, planned: Sequence[Gepland]) -> list[str]:
    """Return what was counted without being known: places that count as one, journeys that are an estimate."""
    lines = []
    if counted := counted_as_one(request):
        lines.append(f"Aantal onbekend, gerekend met 1 groep per dagdeel: {', '.join(counted)}.")
    if any(one.reis and one.reis.schatting for one in planned):
        detour = str(request.instellingen.omweg).replace(".", ",")
        lines.append(f"Reistijd is een schatting: rechte lijn maal {detour}.")
    return lines


def _stopped(proposal: Voorstel) -> str:
    share = f"{100 * proposal.oplossing.marge:.1f}".replace(".", ",")
    return f"Het zoeken stopte op tijd. Een ander plan kan hoogstens {share} procent beter zijn."


def cost_line(proposal: Voorstel) -> str:
    """Return the price of the plan, with the names of what is not known for every visit."""
    return cost_in_words(proposal.bekend, proposal.onbekend)


def cost_in_words(cents: int, unknown: Sequence[str]) -> str:
    """Return an amount, with the names of costs that are not known for every visit."""
    missing = f" (niet overal bekend: {', '.join(unknown)})" if unknown else ""
    return f"{euro(cents)}{missing}"


def _sheet(name: str, heads: tuple[tuple[str, float], ...], rows: Rows, above: tuple[str, ...] = ()) -> Sheet:
    columns = tuple(Column(title, width) for title, width in heads)
    return Sheet(name, columns, rows, above, len(above) + 2 if above else 1, frozen=1)


def _plan(proposal: Voorstel, about: tuple[str, ...]) -> Sheet:
    heads = (
        ("Groep", 20.0), ("Datum", 12.0), ("Dag", 22.0), ("Weg", 8.0), ("Begin", 8.0), ("Einde", 8.0), ("Terug", 8.0),
        ("Locatie", 20.0), ("Aanbieder", 18.0), ("Deelnemers", 11.0), ("Begeleiders", 11.0), ("Delen", 7.0),
        ("Reis", 16.0), ("Halte", 18.0), ("Les vooraf", 12.0), ("Les erna", 12.0), ("Kosten", 24.0),
        ("Kosteloos afzeggen tot", 14.0), ("Gebroken wensen", 36.0), ("Waarom", 44.0),
    )  # fmt: skip
    return _sheet("Plan", heads, tuple(_plan_row(one) for one in proposal.gepland), about)


def _plan_row(one: Gepland) -> tuple[str | int | float, ...]:
    way = (
        f"{one.reis.minuten} minuten{' (schatting)' if one.reis.schatting else ''}"
        if one.reis
        else "niet bekend"
    )
    return (
        one.groep.naam, one.bezoek.dag.isoformat(), day_in_words(one.bezoek.dag), clock(max(0, one.weg)), clock(one.begin),
        clock(one.einde), clock(one.terug), one.locatie.naam, one.groep.aanbieder, one.groep.deelnemers,
        one.groep.begeleiders, one.delen, way, one.locatie.halte,
        one.les_vooraf.isoformat() if one.les_vooraf else "", one.les_erna.isoformat() if one.les_erna else "",
        one.kosten.in_woorden() if one.kosten else "niet bekend",
        one.afzeggen_tot.isoformat() if one.afzeggen_tot else "",
        "; ".join(wish.tekst for wish in one.wensen), one.waarom,
    )  # fmt: skip


def _changes(proposal: Voorstel) -> Sheet:
    widths = (20.0, 34.0, 34.0, 40.0, 10.0, 20.0, 13.0, 13.0)
    choices = {"Akkoord": JA_NEE}
    columns = tuple(
        Column(title, width, choices.get(title, ()))
        for title, width in zip(WIJZIGING_KOLOMMEN, widths, strict=True)
    )
    rows = tuple(
        (
            one.groep,
            visit_in_words(one.was),
            visit_in_words(one.wordt),
            one.waarom,
            "",
            *((one.was.locatie, one.was.dag.isoformat(), one.was.dagdeel) if one.was else ("", "", "")),
        )
        for one in proposal.verhuizingen
    )
    return Sheet(WIJZIGINGEN, columns, rows, frozen=1)


def visit_in_words(visit: Bezoek | None) -> str:
    """Return where and when a visit is."""
    return f"{visit.locatie}, {day_in_words(visit.dag)}, {visit.dagdeel}" if visit else "geen bezoek"


def _missed(proposal: Voorstel) -> Sheet:
    heads = (
        ("Groep", 20.0), ("Beurt", 7.0), ("Aanbieder", 18.0), ("Waarom niet?", 50.0), ("Per locatie", 60.0),
        ("Wat helpt?", 46.0), ("Past ook op de plaats van", 40.0),
    )  # fmt: skip
    told = {proposal.aanvraag.groepen[one.groep].naam: one for one in proposal.uitleg}
    rows = []
    for turn, waiting in enumerate(proposal.wachtlijst, start=1):
        why = told[waiting.groep]
        places = [
            f"{name}: "
            + " ".join(
                f"{reason.tekst}{f' ({number} dagdelen)' if number else ''}" for reason, number in reasons
            )
            for name, reasons in why.per_locatie
        ]
        rows.append(
            (
                waiting.groep,
                turn,
                proposal.aanvraag.groep(waiting.groep).aanbieder,
                why.zin,
                "\n".join(places),
                "\n".join(why.helpt),
                "\n".join(f"{visit.groep}: {visit_in_words(visit)}" for visit in waiting.zou_passen[:5]),
            )
        )
    return _sheet("Niet gepland", heads, tuple(rows))


def _costs(proposal: Voorstel) -> Sheet:
    heads = (
        ("Groep", 20.0), ("Aanbieder", 18.0), ("Locatie", 20.0), ("Deelnemers", 11.0), ("Programma", 12.0), ("Vervoer", 12.0),
        ("Docent", 12.0), ("Tolk", 12.0), ("Bekend samen", 13.0), ("Per deelnemer", 13.0), ("Niet bekend", 22.0),
        ("Rekening", 12.0),
    )  # fmt: skip
    rows: list[tuple[str | int | float, ...]] = []
    sums = [0, 0, 0, 0]
    for one in proposal.gepland:
        parts = [getattr(one.kosten, name, None) for name in ("programma", "vervoer", "docent", "tolk")]
        sums = [total + (part or 0) for total, part in zip(sums, parts, strict=True)]
        known = one.kosten.bekend if one.kosten else 0
        rows.append(
            (
                one.groep.naam, one.groep.aanbieder, one.locatie.naam, one.groep.deelnemers,
                *("onbekend" if part is None else part / 100 for part in parts),
                known / 100, round(known / one.groep.deelnemers) / 100,
                ", ".join(one.kosten.onbekend) if one.kosten else "alles", "",
            )
        )  # fmt: skip
    people = sum(one.groep.deelnemers for one in proposal.gepland)
    each = round(proposal.bekend / people) / 100 if people else 0.0
    rows.append(
        (
            "Samen",
            "",
            "",
            people,
            *(total / 100 for total in sums),
            proposal.bekend / 100,
            each,
            ", ".join(proposal.onbekend),
            "",
        )
    )
    return _sheet("Kosten", heads, tuple(rows))


def _tasks(proposal: Voorstel) -> Sheet:
    made = [task for one in proposal.gepland for task in tasks_of(one, proposal.aanvraag.instellingen)]
    had = {_where(visit) for visit in proposal.aanvraag.bezoeken if not visit.afgezegd}
    kept = {one.groep.naam for one in proposal.gepland if _where(one.bezoek) in had}

    def text(task: Taak) -> str:
        if task.dag >= proposal.vandaag:
            return task.tekst
        over = (
            "Deze dag is voorbij. Is dit gedaan?"
            if task.groep in kept
            else "Eerst doen: deze dag is voorbij."
        )
        return f"{over} {task.tekst}"

    rows = tuple(
        (task.dag.isoformat(), task.groep, task.wanneer, text(task), "")
        for task in sorted(made, key=lambda task: (task.dag, task.groep))
    )
    heads = (("Datum", 12.0), ("Groep", 20.0), ("Wanneer", 16.0), ("Taak", 70.0), ("Klaar", 8.0))
    return _sheet("Taken", heads, rows)


def _where(visit: Bezoek) -> tuple[object, ...]:
    return visit.groep, visit.locatie, visit.dag, visit.dagdeel


def _what_if(proposal: Voorstel) -> Sheet:
    heads = (("Als er … is", 46.0), ("Groepen meer", 14.0), ("Kosten meer", 16.0), ("Zeker", 30.0))
    rows = tuple(
        (one.als, one.groepen_meer, euro(one.cent_meer), "ja" if one.zeker else "meer tijd kan meer geven")
        for one in proposal.als_dan
    )
    return _sheet("Wat als", heads, rows)
