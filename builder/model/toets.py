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
class Toetsmatrijs:
    """How many items about what: cells, and margins across them."""

    id: str
    titel: str
    doel: Doel
    aantal: int
    minuten: int
    cellen: tuple[Cel, ...]
    marges: tuple[Cel, ...] = ()
    uitleg: str = ""


@dataclass(frozen=True, slots=True)
class Plek:
    """An item on its place: version and digest then, and the printed order of its options (from 1)."""

    id: str
    versie: int
    digest: str
    opties: tuple[int, ...]


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
    varianten: tuple[Variant, ...] = ()
