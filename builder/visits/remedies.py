"""What can be changed about a reason: for each key of `Reden.middel` the changes that would take it away.

In: a trial (a request, and the groups that one group became), a place and a reason. Out: trials with one thing changed and
its sentence. Nothing is told from here: `helping.py` tries each trial first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from builder.dutch import euro
from builder.visits.candidates import Paar
from builder.visits.costs import parts_of
from builder.visits.fit import attendants_needed
from builder.visits.nouns import Aanvraag, Groep, Locatie, Reistijd
from builder.visits.regroup import in_parts, together

MORE_MINUTES = 30  # a journey that is longer by more than this, nobody should be asked to make
NEAR = 1.25  # an estimate that is over the limit by less than this factor, may be wrong
MOST_PARTNERS = 3
SOMETHING = "wat de coördinator nog invult"  # stands for an answer that is not known yet


@dataclass(frozen=True, slots=True)
class Poging:
    """A request with some things changed: the groups that the group became, and what was changed, in sentences.

    `met` is the other group that goes along, by its name in the request before.
    """

    aanvraag: Aanvraag
    namen: tuple[str, ...]
    stappen: tuple[str, ...] = ()
    met: str = ""

    def groups(self) -> tuple[Groep, ...]:
        """Return the groups that the group became."""
        return tuple(groep for groep in self.aanvraag.groepen if groep.naam in self.namen)


def of_groups(trial: Poging, text: str, change: Callable[[Groep], Groep]) -> Poging:
    """Return the trial with its groups changed."""
    groups = tuple(change(groep) if groep.naam in trial.namen else groep for groep in trial.aanvraag.groepen)
    return replace(trial, aanvraag=replace(trial.aanvraag, groepen=groups), stappen=(*trial.stappen, text))


def of_place(trial: Poging, text: str, place: Locatie) -> Poging:
    """Return the trial with a place changed."""
    places = tuple(place if one.naam == place.naam else one for one in trial.aanvraag.locaties)
    return replace(trial, aanvraag=replace(trial.aanvraag, locaties=places), stappen=(*trial.stappen, text))


def changes(trial: Poging, place: Locatie, pair: Paar, key: str) -> tuple[Poging, ...]:
    """Return every way to take a reason with this key away; `pair` is the group (the first of the trial) and the place."""
    found = _CHANGES.get(key)
    return () if found is None else tuple(found(trial, place, pair))


def _teacher(trial: Poging, _place: Locatie, _pair: Paar) -> Iterator[Poging]:
    yield of_groups(trial, "Laat de eigen docent meegaan.", lambda one: replace(one, eigen_docent=True))


def _alternative(trial: Poging, _place: Locatie, _pair: Paar) -> Iterator[Poging]:
    yield of_groups(trial, "Vul Wie niet meegaat in.", lambda one: replace(one, alternatief=SOMETHING))


def _attendants(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    needed = max(attendants_needed(one, place) for one in trial.groups())
    more = needed - min(one.begeleiders for one in trial.groups())
    text = "Zoek nog een begeleider." if more == 1 else f"Zoek {more} begeleiders erbij."
    yield of_groups(trial, text, lambda one: replace(one, begeleiders=max(one.begeleiders, needed)))


def _unknown(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    """What is not known may turn out well; the sentence says what it then must be."""
    level = trial.groups()[0].niveau
    wanted: list[str] = []
    known = place
    if place.plekken is None:
        wanted.append("1 groep per dagdeel kan")
        known = replace(known, groepen_per_dagdeel=1)
    if not place.niveaus:
        wanted.append(f"{level} kan")
        known = replace(known, niveaus=(level,))
    if not place.ziet:
        known = replace(known, ziet=SOMETHING)
    if place.prijs_persoon is None and place.prijs_groep is None:
        # with a price of nothing it fits at all; how much it may be, a budget says
        known = replace(known, prijs_persoon=0)
        settings, groep = trial.aanvraag.instellingen, trial.groups()[0]
        limits = (settings.budget_totaal, settings.budget_persoon, settings.budget_groep, groep.budget)
        wanted += ["de prijs in het budget past"] if any(one is not None for one in limits) else []
    text = "Vraag na wat niet bekend is." + (f" Het past als {' en '.join(wanted)}." if wanted else "")
    yield of_place(trial, text, known)


def _other_place(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    yield of_groups(
        trial,
        f"Zet {place.naam} bij Alleen naar.",
        lambda one: replace(one, locaties=(*one.locaties, place.naam)),
    )


def _too_large(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    (groep,) = trial.groups()
    parts = parts_of(groep, place)
    if not groep.splitsen and (place.plekken or 0) >= parts:
        text = f"Kies ja bij Mag in delen. De groep gaat dan in {parts} delen."
        yield of_groups(trial, text, lambda one: replace(one, splitsen=True))
    g = trial.aanvraag.groepen.index(groep)
    for number in numbers_of_parts(groep, place):
        made = in_parts(trial.aanvraag, g, number)
        text = f"Maak er {number} groepen van, elk met een eigen bezoek."
        yield Poging(made.aanvraag, made.wie[groep.naam], (*trial.stappen, text), trial.met)


def numbers_of_parts(groep: Groep, place: Locatie) -> tuple[int, ...]:
    """Return in how many groups a group that is too large could be: by the size of a group, and of a tour."""
    found = {parts_of(groep, place)}
    if place.gids and place.max_groep:
        found.add(-(-groep.deelnemers // min(place.max_groep, max(1, place.personen_per_gids))))
    return tuple(sorted(number for number in found if number > 1))


def _too_small(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    """With another group of the same level and language, that can go on the same days, when there is room for both."""
    (mine,) = trial.groups()
    g = trial.aanvraag.groepen.index(mine)
    told = 0
    for other, groep in enumerate(trial.aanvraag.groepen):
        people = mine.deelnemers + groep.deelnemers
        if other == g or not could_go_together(mine, groep, place) or told == MOST_PARTNERS:
            continue
        told += 1
        made = together(trial.aanvraag, g, other)
        text = f"Ga samen met {groep.naam}, dat zijn {people} deelnemers."
        yield Poging(made.aanvraag, made.wie[mine.naam], (*trial.stappen, text), groep.naam)


def could_go_together(mine: Groep, groep: Groep, place: Locatie) -> bool:
    """Tell whether two groups are alike enough to go to a place as one."""
    return (
        groep.niveau == mine.niveau
        and place.min_groep <= mine.deelnemers + groep.deelnemers <= place.max_groep
        and bool(set(groep.talen) & set(mine.talen))
        and bool(set(groep.dagen) & set(mine.dagen) & set(place.dagen))
        and bool(set(groep.dagdelen) & set(mine.dagdelen))
    )


def _room(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    yield of_place(trial, "Vraag of er toch 1 groep kan.", replace(place, groepen_per_dagdeel=1))


def _level(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    level = trial.groups()[0].niveau
    text = f"Vraag of de locatie een rondleiding op niveau {level} heeft."
    made = of_place(trial, text, replace(place, niveaus=(*place.niveaus, level)))
    guides = tuple(
        replace(one, niveaus=(*one.niveaus, level)) if one.locatie == place.naam else one
        for one in trial.aanvraag.gidsen
    )
    yield replace(made, aanvraag=replace(made.aanvraag, gidsen=guides))


def _interpreter(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    yield of_place(trial, "Vraag of een tolk mee mag.", replace(place, tolk=True))


def _access(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    needs = tuple(need for need in trial.groups()[0].toegang if need != "kort lopen")
    text = f"Vraag na of dit er is: {', '.join(needs)}."
    yield of_place(trial, text, replace(place, toegang=needs))


def _walk(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    most = trial.aanvraag.instellingen.kort_lopen
    text = f"Vraag na hoe ver het lopen is. Het past tot {most} meter."
    yield of_place(trial, text, replace(place, loopafstand=most))


def _shuttle(trial: Poging, place: Locatie, _pair: Paar) -> Iterator[Poging]:
    people = max(one.deelnemers + one.begeleiders for one in trial.groups())
    text = f"Vraag om vervoer op het terrein voor {people} mensen."
    yield of_place(trial, text, replace(place, pendel=people))


def _journey(trial: Poging, place: Locatie, pair: Paar) -> Iterator[Poging]:
    groep, settings = trial.groups()[0], trial.aanvraag.instellingen
    limit = settings.reistijd if groep.reistijd is None else groep.reistijd
    reis = pair.reis
    if reis is not None and reis.schatting and groep.vervoer != "bus":
        yield of_groups(trial, "Reis met een eigen bus.", lambda one: replace(one, vervoer="bus"))
    if reis is None or (reis.schatting and reis.minuten <= limit * NEAR):
        text = f"Meet de reis na. Het past tot {limit} minuten."
        row = Reistijd(groep.plaats, place.naam, limit, None if reis is None else reis.kosten)
        rows = (row, *trial.aanvraag.reistijden)
        yield replace(
            trial, aanvraag=replace(trial.aanvraag, reistijden=rows), stappen=(*trial.stappen, text)
        )
    if reis is not None and reis.minuten <= limit + MORE_MINUTES:
        text = f"Zet Reistijd hoogstens op {reis.minuten}."
        yield of_groups(trial, text, lambda one: replace(one, reistijd=reis.minuten))


def _group_budget(trial: Poging, _place: Locatie, pair: Paar) -> Iterator[Poging]:
    if pair.kosten is not None:
        needed = -(-pair.kosten.bekend // 100) * 100
        text = f"Geef de groep een budget van {euro(needed)}."
        yield of_groups(trial, text, lambda one: replace(one, budget=needed))


def _budget_each(trial: Poging, _place: Locatie, pair: Paar) -> Iterator[Poging]:
    if pair.kosten is not None:
        needed = -(-pair.kosten.bekend // trial.groups()[0].deelnemers)
        settings = replace(trial.aanvraag.instellingen, budget_persoon=needed)
        yield replace(
            trial,
            aanvraag=replace(trial.aanvraag, instellingen=settings),
            stappen=(*trial.stappen, f"Maak het budget per persoon {euro(needed)}."),
        )


def more_budget(trial: Poging, needed: int) -> Poging:
    """Return the trial with so much money for all visits together, in cents."""
    needed = -(-needed // 100) * 100
    settings = replace(trial.aanvraag.instellingen, budget_totaal=needed)
    return replace(
        trial,
        aanvraag=replace(trial.aanvraag, instellingen=settings),
        stappen=(*trial.stappen, f"Maak het budget totaal {euro(needed)}."),
    )


_CHANGES: Mapping[str, Callable[[Poging, Locatie, Paar], Iterator[Poging]]] = {
    "docent": _teacher,
    "alternatief": _alternative,
    "begeleiders": _attendants,
    "navragen": _unknown,
    "locatie": _other_place,
    "grootte": _too_large,
    "klein": _too_small,
    "plaats": _room,
    "niveau": _level,
    "tolk": _interpreter,
    "toegang": _access,
    "loopafstand": _walk,
    "pendel": _shuttle,
    "reis": _journey,
    "budget groep": _group_budget,
    "budget persoon": _budget_each,
}
