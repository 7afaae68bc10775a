"""An item: one question with its options, key and everything an author records about it."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.lijsten import (
    Abstractieniveau,
    Afbeelding,
    Beheersing,
    Beoordeling,
    Bronverwijzing,
    Herkomst,
    SoortItem,
    Status,
    Stof,
    Taalniveau,
    Uitzondering,
    Veroudert,
)


@dataclass(frozen=True, slots=True)
class Optie:
    """One option: text or picture, whether it is the key, and why. `vast` keeps its place in a shuffle."""

    juist: bool
    tekst: str = ""
    afbeelding: Afbeelding | None = None
    toelichting: str = ""
    vast: bool = False


@dataclass(frozen=True, slots=True)
class Gebruik:
    """One time that the item was used in a toets."""

    toets: str
    datum: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the bank, as its YAML file has it."""

    id: str
    versie: int
    status: Status
    eindterm: str
    stof: Stof
    taalniveau: Taalniveau
    abstractieniveau: Abstractieniveau
    beheersing: Beheersing
    soort: SoortItem
    stam: str
    bronnen: tuple[Bronverwijzing, ...]
    veroudert: Veroudert
    herkomst: Herkomst
    maker: str
    opties: tuple[Optie, ...] = ()
    reden: str = ""
    vervangen_door: str = ""
    indicator: str = ""
    gevoelig: bool = False
    set: str = ""
    context: str = ""
    afbeelding: Afbeelding | None = None
    gecontroleerd_op: str = ""
    ingelezen_uit: str = ""
    vijanden: tuple[str, ...] = ()
    variant_van: str = ""
    trefwoorden: tuple[str, ...] = ()
    gebruik: tuple[Gebruik, ...] = ()
    beoordelingen: tuple[Beoordeling, ...] = ()
    uitzonderingen: tuple[Uitzondering, ...] = ()

    @property
    def thema(self) -> str:
        """The slug of the thema: the part of the id before the dash."""
        return self.id.rpartition("-")[0]

    @property
    def sleutel(self) -> int | None:
        """The index (from 0) of the only right option, or None when there is not exactly one."""
        right = [index for index, optie in enumerate(self.opties) if optie.juist]
        return right[0] if len(right) == 1 else None

    @property
    def afbeeldingen(self) -> tuple[Afbeelding, ...]:
        """All pictures of the item, that of the stem first."""
        found = [self.afbeelding, *(optie.afbeelding for optie in self.opties)]
        return tuple(afbeelding for afbeelding in found if afbeelding is not None)
