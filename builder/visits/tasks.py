"""What must be done for a visit, with dates counted back from it: 8, 4 and 1 weeks before, the day, and a week later.

In: a planned visit and the settings. Out: tasks with a date, in order. It knows no paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from builder.dutch import listed
from builder.visits.nouns import Instellingen
from builder.visits.plan import Gepland


@dataclass(frozen=True, slots=True)
class Taak:
    """Something to do: when, for which group, when in words, and what."""

    dag: date
    groep: str
    wanneer: str
    tekst: str


def tasks_of(one: Gepland, settings: Instellingen) -> tuple[Taak, ...]:
    """Return the tasks of a visit in order of their dates."""
    name = one.groep.naam
    return tuple(
        sorted(
            (Taak(day, name, when, text) for day, when, text in _tasks(one, settings)),
            key=lambda task: task.dag,
        )
    )


def _tasks(one: Gepland, settings: Instellingen) -> Iterator[tuple[date, str, str]]:
    day, place = one.bezoek.dag, one.locatie

    def before(**span: int) -> date:
        return day - timedelta(**span)

    lead = settings.aanvraag if place.aanvraag is None else place.aanvraag
    asked = before(days=max(56, lead))
    open_ = ["de prijs"] if place.prijs_persoon is None and place.prijs_groep is None else []
    open_ += [] if place.talen else ["de taal"]
    ask = f" Vraag ook {listed(open_)} na." if open_ else ""
    weeks = f"{(day - asked).days // 7} weken ervoor"
    yield asked, weeks, f"Vraag het bezoek aan bij {place.naam}.{ask}"
    if place.optie is not None:
        yield asked + timedelta(days=place.optie), "optie", "De optie loopt af. Maak er een boeking van."
    yield (
        before(weeks=4),
        "4 weken ervoor",
        f"Leg de reis vast ({one.groep.vervoer}). Regel {one.groep.begeleiders} begeleiders.",
    )
    if one.groep.toegang:
        yield before(weeks=4), "4 weken ervoor", f"Vraag na bij de locatie: {', '.join(one.groep.toegang)}."
    yield before(weeks=1), "1 week ervoor", "Geef het aantal mensen door. Deel de brief uit."
    if one.afzeggen_tot is not None:
        yield one.afzeggen_tot, "laatste dag", "Afzeggen is tot en met vandaag kosteloos."
    if one.les_vooraf is not None:
        skip = f" Overslaan mag: {place.overslaan}." if place.overslaan else ""
        yield one.les_vooraf, "les vooraf", f"Vertel wat mensen zien: {place.ziet}.{skip} Meegaan is vrij."
    who = settings.beslisser or "spreek één persoon af"
    yield before(days=1), "dag ervoor", f"Kijk naar nieuws, weer en reis. Wie beslist of het doorgaat: {who}."
    yield (
        day,
        "de dag zelf",
        f"Foto's: {one.groep.fotos}. Sluit ter plaatse af met een gesprek van 20 minuten.",
    )
    if one.les_erna is not None:
        yield one.les_erna, "les erna", "Praat na in de klas. Vul het formulier over het bezoek in."
    yield (
        day + timedelta(weeks=1),
        "1 week erna",
        "Stuur het formulier op. Zet de rekening in het kostenblad.",
    )
