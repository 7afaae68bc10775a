"""What the planning of visits speaks of: groups, places, guides, closed days, settings and planned visits.

In: nothing. Out: frozen types, filled by `read_request.py`. Money is whole cents, a time of day is minutes
after midnight, a weekday is 0 (Monday) to 6. None means: not known, which is never the same as zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

DAGDELEN = ("ochtend", "middag")
WEEKDAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
NIVEAUS = ("alfa", "A1", "A2", "B1+")
VERVOER = ("ov", "bus", "fiets", "lopend")
TOEGANG = ("rolstoel", "geen trappen", "kort lopen", "rustige plek", "toilet", "rustruimte")
JOODSE_DAGEN = ("alle dagen dicht", "Rosj Hasjana en Jom Kipoer dicht", "Jom Kipoer dicht", "open")
REGIOS = ("noord", "midden", "zuid")
FOTOS = ("nee", "met toestemming op papier")
GELDT_VOOR = ("alles", "locatie", "groep", "vakantieregio")
WAT = ("dicht", "geen les", "liever niet")

Punt = tuple[float, float]  # latitude and longitude in degrees


@dataclass(frozen=True, slots=True)
class Groep:
    """A group that wants one visit. It holds no person: numbers and flags only."""

    naam: str
    aanbieder: str
    deelnemers: int
    begeleiders: int
    niveau: str
    plaats: str
    lesdagen: tuple[int, ...]
    regio: str = ""
    eigen_docent: bool = True
    talen: tuple[str, ...] = ("nederlands",)
    punt: Punt | None = None
    vervoer: str = "ov"
    dagen: tuple[int, ...] = (0, 1, 2, 3, 4)
    dagdelen: tuple[str, ...] = DAGDELEN
    van: date | None = None
    tot: date | None = None
    geen_les: tuple[date, ...] = ()
    liever_niet: tuple[date, ...] = ()
    vakantieregio: str = ""
    toegang: tuple[str, ...] = ()
    reistijd: int | None = None
    vertrek: int | None = None
    terug: int | None = None
    splitsen: bool = False
    budget: int | None = None
    locaties: tuple[str, ...] = ()
    alternatief: str = ""
    fotos: str = "nee"
    rij: int = 0


@dataclass(frozen=True, slots=True)
class Locatie:
    """A place to visit, as its staff told the coordinator. `toegang` None: nobody asked yet."""

    naam: str
    plaats: str
    dagen: tuple[int, ...]
    duur: int
    max_groep: int
    punt: Punt | None = None
    start_ochtend: int | None = None
    start_middag: int | None = None
    min_groep: int = 1
    groepen_per_dagdeel: int | None = None
    groepen_per_dag: int | None = None
    reken_met_een: bool = False
    gids: bool = True
    personen_per_gids: int = 15
    personen_per_begeleider: int = 15
    talen: tuple[str, ...] = ()
    tolk: bool = False
    niveaus: tuple[str, ...] = ()
    prijs_persoon: int | None = None
    prijs_groep: int | None = None
    toeslag: int = 0
    begeleiders_betalen: bool = False
    toegang: tuple[str, ...] | None = None
    loopafstand: int | None = None
    pendel: int | None = None
    buiten: bool = False
    joodse_dagen: str = ""
    sjabbat: bool = False
    meidagen: bool = False
    feestdagen: bool = False
    aanvraag: int | None = None
    annuleren: int | None = None
    optie: int | None = None
    ziet: str = ""
    overslaan: str = ""
    telefoon: str = ""
    halte: str = ""
    rij: int = 0
    extra: tuple[int, ...] = ()  # weekdays with one more group per half day: only to ask "what if"

    def start(self, dagdeel: str) -> int | None:
        """Return when a visit in this half of the day starts, or None when there is none."""
        return self.start_ochtend if dagdeel == "ochtend" else self.start_middag

    @property
    def plekken(self) -> int | None:
        """How many groups at once; None when unknown and not ticked to be counted as one."""
        if self.groepen_per_dagdeel is None and self.reken_met_een:
            return 1
        return self.groepen_per_dagdeel

    def plekken_op(self, dag: date) -> int:
        """How many groups at once on this day."""
        return (self.plekken or 0) + self.extra.count(dag.weekday())


@dataclass(frozen=True, slots=True)
class Gids:
    """A number of alike guides of one place; a guide leads one group (or part) in half a day."""

    locatie: str
    aantal: int
    talen: tuple[str, ...]
    niveaus: tuple[str, ...] = NIVEAUS
    dagen: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    dagdelen: tuple[str, ...] = DAGDELEN
    van: date | None = None
    tot: date | None = None
    rij: int = 0

    def is_er(self, dag: date, dagdeel: str) -> bool:
        """Tell whether these guides work then."""
        return (
            dag.weekday() in self.dagen
            and dagdeel in self.dagdelen
            and (self.van is None or dag >= self.van)
            and (self.tot is None or dag <= self.tot)
        )


@dataclass(frozen=True, slots=True)
class Sluiting:
    """Days on which a place is shut, a group has no lesson, or a visit is better avoided."""

    geldt_voor: str
    naam: str
    van: date
    tot: date
    wat: str = "dicht"
    dagdelen: tuple[str, ...] = DAGDELEN
    reden: str = ""
    rij: int = 0

    def raakt(self, dag: date, dagdeel: str) -> bool:
        """Tell whether this half of this day is in it."""
        return self.van <= dag <= self.tot and dagdeel in self.dagdelen


@dataclass(frozen=True, slots=True)
class Reistijd:
    """A measured journey from door to door; it replaces the estimate, both ways."""

    van: str
    naar: str
    minuten: int
    kosten: int | None = None
    rij: int = 0


@dataclass(frozen=True, slots=True)
class Gewichten:
    """What a broken wish weighs, in euro: a plan may cost so much more to keep the wish."""

    niet_gepland: int = 100_000
    verplaatst: int = 20_000
    herdenkingsdag: int = 50
    joodse_dag: int = 100
    sjabbat: int = 50
    ramadan: int = 100
    islamitisch_feest: int = 500
    liever_niet: int = 300
    drukke_maand: int = 20
    vakantie: int = 60
    andere_taal: int = 40
    taal_onbekend: int = 60
    buiten_tijden: int = 40
    geen_lesdag: int = 15
    week_later: int = 1
    kwartier_reizen: int = 2
    drukke_week: int = 30
    ongelijk: int = 20


@dataclass(frozen=True, slots=True)
class Instellingen:
    """What holds for the whole plan. Speeds in kilometres an hour, costs in cents."""

    van: date
    tot: date
    naam: str = "Bezoeken"
    reistijd: int = 90
    omweg: float = 1.3
    snelheid_ov: int = 60
    vast_ov: int = 25
    snelheid_bus: int = 70
    vast_bus: int = 10
    ov_per_km: int | None = None
    bus_vast: int | None = None
    bus_per_km: int | None = None
    docent_per_uur: int | None = None
    tolk_per_bezoek: int | None = None
    budget_totaal: int | None = None
    budget_groep: int | None = None
    budget_persoon: int | None = None
    voorbereiding_min: int = 1
    voorbereiding_max: int = 10
    nabespreking_max: int = 7
    aanvraag: int = 42
    kort_lopen: int = 500
    drukke_maanden: tuple[int, ...] = (4, 5, 6)
    onbekende_prijs: bool = False
    alternatief: str = ""
    beslisser: str = ""
    gewichten: Gewichten = field(default_factory=Gewichten)


@dataclass(frozen=True, slots=True)
class Bezoek:
    """A planned visit: who, where, when. `vast`: may not move; `volgnummer` counts changes of it (RFC 5545)."""

    groep: str
    locatie: str
    dag: date
    dagdeel: str
    vast: bool = False
    volgnummer: int = 0
    afgezegd: bool = False


@dataclass(frozen=True, slots=True)
class Aanvraag:
    """All that a plan is made from."""

    groepen: tuple[Groep, ...]
    locaties: tuple[Locatie, ...]
    gidsen: tuple[Gids, ...]
    sluitingen: tuple[Sluiting, ...]
    reistijden: tuple[Reistijd, ...]
    instellingen: Instellingen
    bezoeken: tuple[Bezoek, ...] = ()
    geweigerd: tuple[str, ...] = ()  # groups whose change in `Wijzigingen` the coordinator refused

    def groep(self, naam: str) -> Groep:
        """Return the group of this name."""
        return next(groep for groep in self.groepen if groep.naam == naam)

    def locatie(self, naam: str) -> Locatie:
        """Return the place of this name."""
        return next(locatie for locatie in self.locaties if locatie.naam == naam)
