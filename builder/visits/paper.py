"""The plan on paper: rosters per day, place and group, and the letters, as PDF.

In: a proposal. Out: artifacts, and a finding for a paper that cannot be set. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Location
from builder.dutch import dutch_date
from builder.typesetting import TypesettingError, to_pdf
from builder.visits.letters import letter
from builder.visits.outcome_sheets import notes
from builder.visits.plan import Gepland, Voorstel, day_in_words
from builder.visits.rules import V617
from builder.visits.tasks import tasks_of
from builder.visits.values import clock

Part = dict[str, Any]


def papers(proposal: Voorstel, name: str) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the PDF files of a proposal."""
    about = notes(proposal, name)
    base = {
        "titel": proposal.aanvraag.instellingen.naam,
        "id": name,
        "code": "",
        "variant": "A",
        "label": about[2] if proposal.geteld_als_een else "",
        "datum": proposal.vandaag.isoformat(),
        "regels": about[1:],
    }
    wanted: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("daglijst", "bezoekrooster.typ", {"soort": "daglijst", "elk_een_blad": False, "delen": _by_day(proposal)}),
        ("per-locatie", "bezoekrooster.typ", {"soort": "rooster per locatie", "elk_een_blad": True, "delen": _by_place(proposal)}),
        ("per-groep", "bezoekrooster.typ", {"soort": "rooster per groep", "elk_een_blad": True, "delen": _by_group(proposal)}),
        ("brieven", "bezoekbrief.typ", {"brieven": [letter(one, proposal.aanvraag.instellingen) for one in _named(proposal)]}),
    )  # fmt: skip
    made, found = [], []
    for title, template, data in wanted:
        if template == "bezoekbrief.typ" and not data["brieven"]:
            continue
        try:
            foot = (
                f"{name} · {data.get('soort', title)} · gemaakt op {dutch_date(proposal.vandaag.isoformat())}"
            )
            content = to_pdf(template, {**base, "voet": foot, **data}, {}, proposal.vandaag)
            made.append(Artifact(f"papier/{title}.pdf", content))
        except TypesettingError as error:
            found.append(
                Diagnostic(
                    V617,
                    Location("Groepen en Locaties"),
                    f"{title}.pdf is niet gemaakt. {error}.",
                    "Haal dit teken uit de namen en teksten.",
                )
            )
    return tuple(made), tuple(found)


def _named(proposal: Voorstel) -> list[Gepland]:
    return sorted(proposal.gepland, key=lambda one: one.groep.naam)


def _by_day(proposal: Voorstel) -> list[Part]:
    parts = []
    who = proposal.aanvraag.instellingen.beslisser or "nog invullen"
    for day, there in groupby(proposal.gepland, key=lambda one: one.bezoek.dag):
        rows = [
            [
                f"{clock(one.begin)}-{clock(one.einde)}",
                f"{one.groep.naam} ({one.groep.deelnemers} + {one.groep.begeleiders})",
                one.locatie.naam + (f", tel. {one.locatie.telefoon}" if one.locatie.telefoon else ""),
                f"weg {clock(max(0, one.weg))}, terug {clock(one.terug)}",
                "",
            ]
            for one in there
        ]
        parts.append(
            _part(
                day_in_words(day),
                [f"Wie beslist of het doorgaat: {who}. Kijk de dag ervoor naar nieuws, weer en reis."],
                (("Tijd", 11), ("Groep", 17), ("Locatie", 18), ("Reis", 14), ("Telefoon onderweg", 14)),
                rows,
            )
        )
    return parts


def _by_place(proposal: Voorstel) -> list[Part]:
    def rows(there: Iterable[Gepland]) -> list[list[str]]:
        return [
            [
                day_in_words(one.bezoek.dag),
                f"{clock(one.begin)}-{clock(one.einde)}",
                one.groep.naam,
                f"{one.groep.deelnemers} + {one.groep.begeleiders}"
                + (f", {one.delen} delen" if one.delen > 1 else ""),
                f"{one.groep.niveau}, {one.groep.talen[0]}",
                ", ".join(one.groep.toegang),
            ]
            for one in there
        ]

    heads = (("Dag", 16), ("Tijd", 11), ("Groep", 16), ("Mensen", 9), ("Niveau en taal", 12), ("Nodig", 14))
    return [
        _part(name, _place_lines(there[0]), heads, rows(there))
        for name, there in _grouped(proposal, lambda one: one.locatie.naam)
    ]


def _place_lines(one: Gepland) -> list[str]:
    place = one.locatie
    lines = [f"{place.plaats}. Hoogstens {place.max_groep} deelnemers in een groep."]
    if place.telefoon or place.halte:
        lines.append(
            ". ".join(
                part
                for part in (
                    place.telefoon and f"Telefoon {place.telefoon}",
                    place.halte and stop_in_words(place.halte),
                )
                if part
            )
            + "."
        )
    if place.groepen_per_dagdeel is None:
        lines.append("Aantal groepen niet bekend: gerekend met 1 groep per dagdeel.")
    return lines


def _by_group(proposal: Voorstel) -> list[Part]:
    parts = []
    for one in _named(proposal):
        way = (
            f"{one.reis.minuten} minuten{' (schatting)' if one.reis.schatting else ''}"
            if one.reis
            else "niet bekend"
        )
        rows = [
            [
                "Waar",
                f"{one.locatie.naam}, {one.locatie.plaats}"
                + (
                    f", {stop_in_words(one.locatie.halte)}"
                    if one.locatie.halte and one.groep.vervoer == "ov"
                    else ""
                ),
            ],
            ["Wanneer", f"{day_in_words(one.bezoek.dag)}, {clock(one.begin)}-{clock(one.einde)} uur"],
            [
                "Reis",
                f"{one.groep.vervoer}, {way}: weg {clock(max(0, one.weg))}, terug {clock(one.terug)} uur",
            ],
            [
                "Wie",
                f"{one.groep.deelnemers} deelnemers, {one.groep.begeleiders} begeleiders, met de eigen docent",
            ],
            ["Kosten", one.kosten.in_woorden() if one.kosten else "niet bekend"],
            ["Wat mensen zien", one.locatie.ziet],
            ["Wie niet meegaat", one.groep.alternatief or proposal.aanvraag.instellingen.alternatief],
            ["Als het niet doorgaat", _called_off(one, proposal.aanvraag.instellingen.beslisser)],
        ]
        part = _part(f"{one.groep.naam}, {one.groep.aanbieder}", [], (("Wat", 12), ("Afspraak", 50)), rows)
        part["taken"] = [
            [f"{task.dag.day}-{task.dag.month}-{task.dag.year}, {task.wanneer}", task.tekst]
            for task in tasks_of(one, proposal.aanvraag.instellingen)
        ]
        parts.append(part)
    return parts


def stop_in_words(stop: str) -> str:
    """Return a stop with the word in front of it, once."""
    known = ("halte", "station", "busstation", "metrostation")
    return stop if stop.casefold().startswith(known) else f"halte {stop}"


def _called_off(one: Gepland, who: str) -> str:
    """Return what to do and say when a visit does not go on (C28): one person decides, and everybody hears the same."""
    phone = f" ({one.locatie.telefoon})" if one.locatie.telefoon else ""
    return (
        f"{who or 'Eén persoon'} beslist. Bel eerst {one.locatie.naam}{phone}, dan het vervoer. Zeg tegen de groep: "
        f'"Ons bezoek op {day_in_words(one.bezoek.dag)} gaat niet door. Wij zoeken een andere dag."'
    )


def _part(
    title: str, lines: Sequence[str], heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]
) -> Part:
    return {
        "titel": title,
        "regels": list(lines),
        "koppen": [head for head, _ in heads],
        "breedtes": [width for _, width in heads],
        "rijen": [list(row) for row in rows],
        "taken": [],
    }


def _grouped(proposal: Voorstel, key: Callable[[Gepland], str]) -> list[tuple[str, list[Gepland]]]:
    ordered = sorted(proposal.gepland, key=lambda one: (key(one), one.bezoek.dag, one.begin, one.groep.naam))
    return [(name, list(there)) for name, there in groupby(ordered, key=key)]
