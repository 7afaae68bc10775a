"""Toetsmatrijs (the blueprint) and toets (an assembled form): both are documents that people commit."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.lijsten import Abstractieniveau, Beheersing, Doel, Stof, Taalniveau


@dataclass(frozen=True, slots=True)
class Cel:
    """A selection of items by their labels, with how many are wanted. `max` None means: no upper limit."""

    min: int
    max: int | None = None
    naam: str = ""
    thema: str = ""
    handeling: str = ""
    eindterm: str = ""
    indicator: str = ""
    stof: Stof | None = None
    taalniveau: Taalniveau | None = None
    abstractieniveau: Abstractieniveau | None = None
    beheersing: Beheersing | None = None


@dataclass(frozen=True, slots=True)
class Woorden:
    """How many words all items of a form have together; None means: no limit on that side."""

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Tempo:
    """How the time that an item takes is estimated from its words."""

    woorden_per_minuut: int
    seconden_per_vraag: int


@dataclass(frozen=True, slots=True)
class Moeilijkheid:
    """The mean percentage of right answers that is wanted, and how far it may be off."""

    gemiddelde: int
    marge: int


@dataclass(frozen=True, slots=True)
class Toetsmatrijs:
    """How many items about what: cells, margins across them, and the rules for a series of forms."""

    id: str
    titel: str
    doel: Doel
    aantal: int
    minuten: int
    cellen: tuple[Cel, ...]
    marges: tuple[Cel, ...] = ()
    uitleg: str = ""
    formulieren: int = 1
    overlap: int = 0
    herhaling: int | None = None
    alles_gebruiken: bool = False
    ankers: tuple[str, ...] = ()
    verplicht: tuple[str, ...] = ()
    verboden: tuple[str, ...] = ()
    los_van: tuple[str, ...] = ()
    niet_gebruikt_sinds: str = ""
    hoogste_gebruik: int | None = None
    woorden: Woorden | None = None
    tempo: Tempo | None = None
    sleutelbalans: int | None = None
    moeilijkheid: Moeilijkheid | None = None


@dataclass(frozen=True, slots=True)
class Plek:
    """An item on its place: version and digest then, and the printed order of its options (from 1)."""

    id: str
    versie: int
    digest: str
    opties: tuple[int, ...]
    vast: bool = False


@dataclass(frozen=True, slots=True)
class Variantplek:
    """An item on its place in a variant, with the printed order of its options (from 1)."""

    id: str
    opties: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """The same items in another order."""

    code: str
    items: tuple[Variantplek, ...]
    zaad: int | None = None


@dataclass(frozen=True, slots=True)
class Voorraad:
    """The items that could be chosen from: how many, how many were looked at, and a digest of all."""

    aantal: int
    bekeken: int
    digest: str


@dataclass(frozen=True, slots=True)
class Samenstelling:
    """How the machine chose: what is needed to know which forms belong together and to do it again."""

    oplosser: str
    versies: tuple[str, ...]
    formulier: int
    formulieren: int
    voorraad: Voorraad
    op_tijd_gestopt: bool = False


@dataclass(frozen=True, slots=True)
class Toets:
    """An assembled form: what was chosen, in which order, frozen by digests."""

    id: str
    titel: str
    doel: Doel
    datum: str
    editie: int
    items: tuple[Plek, ...]
    matrijs: str = ""
    minuten: int | None = None
    uitleg: str = ""
    zaad: int | None = None
    samenstelling: Samenstelling | None = None
    varianten: tuple[Variant, ...] = ()
