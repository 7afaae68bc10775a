"""A les: the fifteen blocks of a lesson page and the handouts per taalniveau. Block text holds Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.lijsten import (
    Abstractieniveau,
    Afbeelding,
    Beoordeling,
    Bronverwijzing,
    Herkomst,
    Leesniveau,
    Licentie,
    Route,
    Status,
    Uitzondering,
    Werkvorm,
)


@dataclass(frozen=True, slots=True)
class PlaatsInReeks:
    """The place (from 1) of a les in a reeks."""

    id: str
    les: int


@dataclass(frozen=True, slots=True)
class Materiaal:
    """Something needed, and how many."""

    naam: str
    aantal: str = ""


@dataclass(frozen=True, slots=True)
class Lesdoel:
    """What a cursist can do afterwards, and the eindtermen it serves."""

    tekst: str
    eindtermen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Woord:
    """A word of the lesson with a B1 explanation and an example; `bronnen` are ids from the list of the les."""

    woord: str
    uitleg: str
    voorbeeld: str
    bronnen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stap:
    """A step: what the teacher and the cursisten do, in how many minutes.

    `bronnen` are ids from the list of the les: where the facts of this step stand. `verzonnen`: people or
    events in it are made up for the exercise.
    """

    titel: str
    minuten: int
    docent: str
    cursisten: str
    materiaal: str = ""
    bronnen: tuple[str, ...] = ()
    verzonnen: bool = False


@dataclass(frozen=True, slots=True)
class Differentiatie:
    """What to do differently for one level."""

    niveau: Leesniveau
    tekst: str


@dataclass(frozen=True, slots=True)
class Uitspraak:
    """Something one sometimes hears, what to ask and say, and when to stop; `bronnen` as in `Stap`."""

    uitspraak: str
    vraag: str
    antwoord: str
    stop: str
    bronnen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vervolg:
    """A next step, possibly another les."""

    tekst: str
    les: str = ""


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of a handout; `antwoord` is for the teacher only, and so are `bronnen` (as in `Stap`)."""

    kop: str
    tekst: str = ""
    afbeelding: Afbeelding | None = None
    schrijfregels: int = 0
    antwoord: str = ""
    bronnen: tuple[str, ...] = ()
    verzonnen: bool = False


@dataclass(frozen=True, slots=True)
class Handout:
    """What a cursist of one taalniveau gets."""

    taalniveau: Leesniveau
    titel: str
    delen: tuple[Deel, ...]


@dataclass(frozen=True, slots=True)
class Les:
    """One lesson, as its YAML file has it."""

    id: str
    versie: int
    status: Status
    titel: str
    thema: str
    samenvatting: str
    minuten: int
    taalniveaus: tuple[Leesniveau, ...]
    abstractieniveau: Abstractieniveau
    groepsvorm: str
    werkvorm: tuple[Werkvorm, ...]
    materiaal: tuple[Materiaal, ...]
    gevoelig: bool
    bijgewerkt_op: str
    doelen: tuple[Lesdoel, ...]
    woorden: tuple[Woord, ...]
    docent: str
    stappen: tuple[Stap, ...]
    differentiatie: tuple[Differentiatie, ...]
    handouts: tuple[Handout, ...]
    bronnen: tuple[Bronverwijzing, ...]
    licentie: Licentie
    herkomst: Herkomst
    maker: str
    reden: str = ""
    vervangen_door: str = ""
    reeks: tuple[PlaatsInReeks, ...] = ()
    routes: tuple[Route, ...] = ()
    inhoudswaarschuwing: str = ""
    veilig_beginnen: str = ""
    dit_hoor_je_soms: tuple[Uitspraak, ...] = ()
    veilig_afsluiten: str = ""
    controlevragen: tuple[str, ...] = ()
    verder: tuple[Vervolg, ...] = ()
    trefwoorden: tuple[str, ...] = ()
    beoordelingen: tuple[Beoordeling, ...] = ()
    uitzonderingen: tuple[Uitzondering, ...] = ()

    @property
    def eindtermen(self) -> tuple[str, ...]:
        """The eindtermen of all goals, each once, in order of number."""
        return tuple(sorted({nummer for doel in self.doelen for nummer in doel.eindtermen}))

    @property
    def afbeeldingen(self) -> tuple[Afbeelding, ...]:
        """All pictures of the handouts, in order."""
        return tuple(
            deel.afbeelding for handout in self.handouts for deel in handout.delen if deel.afbeelding
        )
