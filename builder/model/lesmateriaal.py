"""A lesmateriaal: one existing material of others, as the inventory knows it. Levels are our own estimate."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.lijsten import (
    Abstractieniveau,
    Beelden,
    Bronverwijzing,
    Gebruiker,
    Gezien,
    Materiaalniveau,
    SoortLesmateriaal,
)


@dataclass(frozen=True, slots=True)
class Lesmateriaal:
    """One material, as its YAML file has it. An empty text, no list or None means: not known."""

    id: str
    titel: str
    maker: str
    soort: SoortLesmateriaal
    voor: tuple[Gebruiker, ...]
    publiek: str
    samenvatting: str
    abstractieniveaus: tuple[Abstractieniveau, ...]
    talen: tuple[str, ...]
    bronnen: tuple[Bronverwijzing, ...]
    gezien: Gezien
    adres: str = ""
    taligheid: tuple[int, ...] = ()
    taalniveaus: tuple[Materiaalniveau, ...] = ()
    beelden: Beelden | None = None
    duur: str = ""
    minuten: int | None = None
    prijs: str = ""
    licentie: str = ""
    geschikt_voor: str = ""
    let_op: str = ""
    niet_aangeraden: str = ""
    eindtermen: tuple[str, ...] = ()
    gecontroleerd_op: str = ""

    @property
    def kosten(self) -> str:
        """Whether it costs something: gratis, betaald or onbekend."""
        if not self.prijs:
            return "onbekend"
        return "gratis" if self.prijs.lower().startswith("gratis") else "betaald"
