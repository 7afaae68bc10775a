"""A proposal as files: workbook, calendars, papers, overview, data, and the input it was made from.

In: a proposal, its name and how was searched. The input is written from what was read, never copied: what else stood in
the workbook of the coordinator stays there. Out: artifacts for one folder, and findings.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from importlib import metadata
from typing import Any

from builder import sheets
from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.model.locatie import Locatie
from builder.office import Properties
from builder.visits import ics, paper
from builder.visits.outcome_sheets import notes, plan_sheets, visit_in_words
from builder.visits.overview import overview
from builder.visits.plan import Voorstel
from builder.visits.solve import NAME, Opdracht
from builder.visits.workbook import as_read, template

_READ_ME = """\
{titel}

{regels}

plan.xlsx        het plan. Je kunt het veranderen en opnieuw plannen.
overzicht.html   kalender, kaart, kosten en wachtlijst. Open het in een browser. Je kunt het printen.
agenda           bestanden voor de agenda: alles, per groep en per locatie.
papier           roosters en brieven om te printen.
invoer.xlsx      wat we lazen, en waarvan dit plan gemaakt is. Iets anders staat er niet in.
plan.json        hetzelfde plan voor andere programma's.

Opnieuw plannen
  knm visits replan plan.xlsx
  Zet bij Bezoeken Vast op ja voor wat moet blijven. Zet Afgezegd op ja voor wie niet gaat.
  Zet bij Wijzigingen Akkoord op nee voor een wijziging die je niet wilt.
  Elk voorstel krijgt een nieuw nummer. Er wordt nooit iets overschreven.

Agenda in Outlook
  Kies Agenda, Agenda toevoegen, Uploaden uit bestand. Kies een .ics-bestand.
Agenda in Google
  Kies Instellingen, Importeren en exporteren, Importeren. Kies een .ics-bestand.
  Google past een bezoek dat al in de agenda staat, aan. Een afgezegd bezoek haal je in Google zelf weg.
Een bezoek is afgezegd
  Open agenda/afgezegd-….ics. Het programma vraagt dan of het bezoek weg mag uit de agenda.
Op een telefoon
  Stuur het bestand naar jezelf en open het.
"""


def bundle(
    proposal: Voorstel, name: str, order: Opdracht
) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return every file of the proposal."""
    properties = Properties(f"{proposal.aanvraag.instellingen.naam} · {name}", name, proposal.vandaag)
    pdfs, found = paper.papers(proposal, name)
    groups, places = ics.names(proposal)
    title = proposal.aanvraag.instellingen.naam
    calendars = [Artifact("agenda/alles.ics", ics.calendar(proposal, title))]
    calendars += [
        Artifact(f"agenda/groep-{slug}.ics", ics.calendar(proposal, f"{title}: {group}", groep=group))
        for group, slug in _slugs(groups)
    ]
    calendars += [
        Artifact(f"agenda/locatie-{slug}.ics", ics.calendar(proposal, f"{title}: {place}", locatie=place))
        for place, slug in _slugs(places)
    ]
    calendars += [
        Artifact(f"agenda/afgezegd-{slug}.ics", ics.cancellation(proposal, visit))
        for visit, (_, slug) in zip(
            proposal.afgezegd, _slugs(one.groep for one in proposal.afgezegd), strict=True
        )
    ]
    source = as_read(proposal.aanvraag)
    about = notes(proposal, name)
    read_me = _READ_ME.format(titel=about[0], regels="\n".join(about[1:]))
    made = (
        Artifact("LEESMIJ.txt", read_me.encode("utf-8")),
        Artifact("invoer.xlsx", source),
        Artifact("overzicht.html", overview(proposal, name)),
        Artifact("plan.json", as_json(proposal, name, source, order)),
        Artifact("plan.xlsx", sheets.write(plan_sheets(proposal, name), properties)),
        *calendars,
        *pdfs,
    )
    return made, found


def empty_workbook(known: Iterable[Locatie] = ()) -> bytes:
    """Return the workbook to begin with, with the places that are known already."""
    return sheets.write(template(known), Properties("Bezoeken plannen", "knm", date(1980, 1, 1)))


def _slugs(names: Any) -> list[tuple[str, str]]:
    """Return each name with a file name of its own."""
    taken: set[str] = set()
    made = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "naam"
        number = 2
        first = slug
        while slug in taken:
            slug, number = f"{first}-{number}", number + 1
        taken.add(slug)
        made.append((name, slug))
    return made


def as_json(proposal: Voorstel, name: str, source: bytes, order: Opdracht) -> bytes:
    """Return the proposal as data: visits, reasons, waiting list, changes, and how it was found."""
    plan = proposal.oplossing
    data: dict[str, Any] = {
        "voorstel": name,
        "naam": proposal.aanvraag.instellingen.naam,
        "vandaag": proposal.vandaag.isoformat(),
        "invoer_sha256": hashlib.sha256(source).hexdigest(),
        "zoeken": {
            "programma": f"{NAME} {metadata.version('ortools')}",
            "seconden": order.seconden,
            "marge": order.marge,
            "prijs_cent": plan.prijs,
            "ondergrens_cent": plan.ondergrens,
            "bewezen": plan.bewezen,
            "gezocht": proposal.gezocht,
        },
        "let_op": notes(proposal, name)[1:],
        "bezoeken": [
            {
                "groep": one.groep.naam,
                "locatie": one.locatie.naam,
                "dag": one.bezoek.dag.isoformat(),
                "dagdeel": one.bezoek.dagdeel,
                "begin": one.begin,
                "einde": one.einde,
                "vast": one.bezoek.vast,
                "volgnummer": one.bezoek.volgnummer,
                "uid": ics.identity(proposal.aanvraag, one.groep.naam),
                "cent_bekend": one.kosten.bekend if one.kosten else None,
                "onbekend": list(one.kosten.onbekend) if one.kosten else ["alles"],
                "wensen": [{"tekst": wish.tekst, "punten": wish.punten} for wish in one.wensen],
                "waarom": one.waarom,
            }
            for one in proposal.gepland
        ],
        "niet_gepland": [
            {
                "groep": proposal.aanvraag.groepen[why.groep].naam,
                "soort": why.soort,
                "waarom": why.zin,
                "per_locatie": {
                    place: [{"regel": reason.regel, "tekst": reason.tekst, "dagdelen": number} for reason, number in all_]
                    for place, all_ in why.per_locatie
                },
                "helpt": list(why.helpt),
                "conflict_met": [proposal.aanvraag.groepen[g].naam for g in why.groepen if g != why.groep],
            }
            for why in proposal.uitleg
        ],
        "afgezegd": [{"groep": visit.groep, "was": visit_in_words(visit)} for visit in proposal.afgezegd],
        "wachtlijst": [one.groep for one in proposal.wachtlijst],
        "wat_als": [
            {"als": one.als, "groepen_meer": one.groepen_meer, "cent_meer": one.cent_meer, "zeker": one.zeker}
            for one in proposal.als_dan
        ],
        "wijzigingen": [
            {"groep": one.groep, "was": visit_in_words(one.was), "wordt": visit_in_words(one.wordt), "waarom": one.waarom}
            for one in proposal.verhuizingen
        ],
        "breuken": [{"regel": one.regel, "tekst": one.tekst} for one in proposal.breuken],
    }  # fmt: skip
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
