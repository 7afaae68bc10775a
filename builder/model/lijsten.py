"""Small shapes that several documents share; their closed lists equal `schemas/lijsten.schema.json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Status = Literal["concept", "review", "vastgesteld", "gepubliceerd", "geheim", "vervallen"]
Stof = Literal["examenstof", "verdieping"]
Taalniveau = Literal["A1", "A2", "B1"]
Leesniveau = Literal["alfa", "A1", "A2", "B1"]
Abstractieniveau = Literal["concreet", "verloop", "verband", "begrip"]
Beheersing = Literal["onthouden", "begrijpen", "toepassen"]
SoortItem = Literal["meerkeuze"]
Veroudert = Literal["niet", "jaarlijks", "halfjaarlijks"]
Herkomst = Literal["mens", "machine"]
HoeGezien = Literal["live", "kopie", "domeinbestand"]
SoortBeoordeling = Literal["mens", "automatisch"]
Rol = Literal["vakinhoud", "toets-taal", "gevoeligheid"]
Oordeel = Literal["goed", "goed na kleine wijziging", "terug", "niet gebruiken"]
Doel = Literal["oefenen", "examen"]
Werkvorm = Literal[
    "uitleg", "kringgesprek", "tweetallen", "groepjes", "zelfstandig", "voorlezen", "kijken", "bezoek"
]
Route = Literal["b1-route", "onderwijsroute", "z-route"]
SoortLesmateriaal = Literal[
    "boek", "tekst", "website", "film", "les", "kaart", "museumprogramma", "gastles", "voorstelling",
    "voor de docent",
]  # fmt: skip
Gebruiker = Literal["cursist", "docent"]
Materiaalniveau = Literal["alfa", "A1", "A2", "B1", "B2"]
Beelden = Literal["mild", "heftig"]
SoortLocatie = Literal["herinneringscentrum", "museum", "monument"]
Provincie = Literal[
    "Groningen", "Fryslân", "Drenthe", "Overijssel", "Flevoland", "Gelderland", "Utrecht", "Noord-Holland",
    "Zuid-Holland", "Zeeland", "Noord-Brabant", "Limburg",
]  # fmt: skip
Weekdag = Literal["ma", "di", "wo", "do", "vr", "za", "zo"]
Toegang = Literal["rolstoel", "geen trappen", "kort lopen", "rustige plek", "toilet", "rustruimte"]
JoodseDagen = Literal["alle dagen dicht", "Rosj Hasjana en Jom Kipoer dicht", "Jom Kipoer dicht", "open"]
GroepWegwijzer = Literal["nu", "advies", "praten", "docent", "netwerk"]
Licentie = Literal["CC BY 4.0", "CC BY-SA 4.0", "CC0 1.0", "publiek domein"]

PROVINCIES: tuple[Provincie, ...] = get_args(Provincie)  # from north to south
TAALNIVEAUS: tuple[Taalniveau, ...] = ("A1", "A2", "B1")
ABSTRACTIENIVEAUS: tuple[Abstractieniveau, ...] = ("concreet", "verloop", "verband", "begrip")
STATUSSEN: tuple[Status, ...] = (
    "concept",
    "review",
    "vastgesteld",
    "gepubliceerd",
    "geheim",
    "vervallen",
)


@dataclass(frozen=True, slots=True)
class Bronverwijzing:
    """A reference to a bron and the place in it."""

    id: str
    plaats: str = ""


@dataclass(frozen=True, slots=True)
class Afbeelding:
    """A picture beside its document: file name, alt text, maker, licence."""

    bestand: str
    alt: str
    maker: str
    licentie: Licentie


@dataclass(frozen=True, slots=True)
class Gezien:
    """When and how a source was seen."""

    op: str
    hoe: HoeGezien


@dataclass(frozen=True, slots=True)
class Beoordeling:
    """What a second reader found; bound to the digest of the text that was read."""

    soort: SoortBeoordeling
    rol: Rol
    beoordelaar: str
    datum: str
    versie: int
    digest: str
    oordeel: Oordeel
    vinkjes: tuple[str, ...] = ()
    antwoord: int | None = None
    opmerkingen: str = ""


@dataclass(frozen=True, slots=True)
class Uitzondering:
    """A rule that does not hold here, with the reason."""

    code: str
    reden: str


@dataclass(frozen=True, slots=True)
class Bron:
    """A source of facts."""

    id: str
    titel: str
    maker: str
    gezien: Gezien
    adres: str = ""
    datum: str = ""
    gecontroleerd_op: str = ""


@dataclass(frozen=True, slots=True)
class Begrip:
    """A word of the glossary, explained at B1."""

    id: str
    woord: str
    uitleg: str
    voorbeeld: str
    bronnen: tuple[Bronverwijzing, ...]
    thema: str = ""


@dataclass(frozen=True, slots=True)
class Domeinwoorden:
    """Words of one subject that never count as hard."""

    thema: str
    woorden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reeks:
    """A series of lessons; `aantal` is how many it has when complete."""

    id: str
    titel: str
    uitleg: str
    aantal: int


@dataclass(frozen=True, slots=True)
class Wegwijs:
    """An organisation of the wegwijzer. Without `telefoon` its number is not known to us."""

    id: str
    naam: str
    groep: GroepWegwijzer
    waarvoor: str
    telefoon: str = ""
    bereikbaar: str = ""
    adres: str = ""
    bronnen: tuple[Bronverwijzing, ...] = ()
    gecontroleerd_op: str = ""


@dataclass(frozen=True, slots=True)
class Kernwaarde:
    """A core value of the participatieverklaring, and the eindtermen that we join to it."""

    id: str
    titel: str
    uitleg: str
    eindtermen: tuple[str, ...]
    bronnen: tuple[Bronverwijzing, ...]
    holocaust: str = ""
