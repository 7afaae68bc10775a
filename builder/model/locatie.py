"""A locatie: a place for a visit, as far as its own and other sources tell. What is not known is left out."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.lijsten import (
    Bronverwijzing,
    Gezien,
    JoodseDagen,
    Leesniveau,
    Provincie,
    SoortLocatie,
    Toegang,
    Weekdag,
)


@dataclass(frozen=True, slots=True)
class Locatie:
    """One place, as its YAML file has it. Prices are texts as `8,00`, in euro; times are `10:00`.

    An empty text, an empty list or None means: not known. That is never the same as zero or no.
    """

    id: str
    naam: str
    soort: SoortLocatie
    plaats: str
    provincie: Provincie
    samenvatting: str
    bronnen: tuple[Bronverwijzing, ...]
    gezien: Gezien
    punt: str = ""
    bezoekadres: str = ""
    adres: str = ""
    telefoon: str = ""
    mail: str = ""
    halte: str = ""
    voor_wie: str = ""
    programma: str = ""
    openingstijden: str = ""
    dagen: tuple[Weekdag, ...] = ()
    start_ochtend: str = ""
    start_middag: str = ""
    duur: int | None = None
    min_groep: int | None = None
    max_groep: int | None = None
    groepen_per_dagdeel: int | None = None
    groepen_per_dag: int | None = None
    gids: bool | None = None
    personen_per_gids: int | None = None
    personen_per_begeleider: int | None = None
    begeleiding: str = ""
    talen: tuple[str, ...] = ()
    tolk: bool | None = None
    taalniveaus: tuple[Leesniveau, ...] = ()
    prijs_persoon: str = ""
    prijs_groep: str = ""
    toeslag: str = ""
    begeleiders_betalen: bool | None = None
    prijs_uitleg: str = ""
    toegang: tuple[Toegang, ...] = ()
    toegang_uitleg: str = ""
    loopafstand: int | None = None
    pendel: int | None = None
    buiten: bool | None = None
    joodse_dagen: JoodseDagen | None = None
    bijzondere_dagen: str = ""
    reserveren: str = ""
    aanvraag: int | None = None
    annuleren: int | None = None
    optie: int | None = None
    ziet: str = ""
    overslaan: str = ""
    eindtermen: tuple[str, ...] = ()
    lessen: tuple[str, ...] = ()
    lesmateriaal: tuple[str, ...] = ()
    gecontroleerd_op: str = ""

    @property
    def coordinaten(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, or None when not known."""
        if not self.punt:
            return None
        breedte, _, lengte = self.punt.partition("; ")
        return float(breedte), float(lengte)
