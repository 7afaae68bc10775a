"""The workbook of the planner: which sheets, which columns, what each column asks.

In: nothing. Out: `TABBLADEN`, from which the template is written, a workbook is read and a plan is written back,
so that the three cannot differ. The keys are the fields of the types in `nouns.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.visits import nouns
from builder.visits.nouns import DAGDELEN, FOTOS, GELDT_VOOR, JOODSE_DAGEN, NIVEAUS, TOEGANG, VERVOER, WAT

JA_NEE = ("ja", "nee")


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column: the field it fills, its title, its kind (see `values.py`) and what a coordinator reads."""

    veld: str
    titel: str
    soort: str
    uitleg: str
    voorbeeld: str = ""
    nodig: bool = False
    keuzes: tuple[str, ...] = ()
    breedte: float = 14

    @property
    def lijst(self) -> tuple[str, ...]:
        """What the drop-down offers; only for a column that takes one word."""
        return JA_NEE if self.soort == "ja" else self.keuzes if self.soort == "keuze" else ()


@dataclass(frozen=True, slots=True)
class Tabblad:
    """One sheet. `nodig`: a workbook without it cannot be planned."""

    naam: str
    kolommen: tuple[Kolom, ...]
    nodig: bool = False
    wat: str = ""


# One column on a line: this is a table.
# fmt: off
GROEPEN = Tabblad(
    "Groepen",
    (
        Kolom("naam", "Naam", "tekst", "Een naam of code voor de groep, nooit van een mens.", "A2 ochtend", True, breedte=22),
        Kolom("aanbieder", "Aanbieder", "tekst", "De school of organisatie.", "Taalschool A", True, breedte=18),
        Kolom("regio", "Regio", "tekst", "Voor een eerlijke verdeling.", "noordoost"),
        Kolom("deelnemers", "Deelnemers", "getal", "Hoeveel cursisten gaan mee?", "14", True),
        Kolom("begeleiders", "Begeleiders", "getal", "Hoeveel volwassenen gaan mee als begeleider? Ten minste 2.", "2", True),
        Kolom("eigen_docent", "Eigen docent mee", "ja", "Gaat de eigen docent mee? Die houdt orde.", "ja", keuzes=JA_NEE),
        Kolom("niveau", "Taalniveau", "keuze", "Eén niveau per groep.", "A2", True, NIVEAUS),
        Kolom("talen", "Talen", "talen", "In welke talen kan de groep een rondleiding volgen? De beste eerst.", "Nederlands, Engels", breedte=18),
        Kolom("plaats", "Plaats", "tekst", "De plaats van de les, of de vier cijfers van de postcode.", "Zwolle", True, breedte=16),
        Kolom("punt", "Coördinaten", "punt", "Niet nodig. Beter dan een plaatsnaam.", "52.5125; 6.0944", breedte=18),
        Kolom("vervoer", "Vervoer", "keuze", "Hoe reist de groep?", "ov", keuzes=VERVOER),
        Kolom("lesdagen", "Lesdagen", "dagen", "Op welke dagen is er les? Voor de les vóór en de les na het bezoek.", "ma, do", True),
        Kolom("dagen", "Bezoekdagen", "dagen", "Op welke dagen kan de groep op bezoek?", "ma, di, do"),
        Kolom("dagdelen", "Dagdelen", "dagdelen", "Ochtend, middag of allebei.", "ochtend, middag", breedte=16),
        Kolom("van", "Vanaf", "datum", "De eerste dag die kan.", "2026-10-01"),
        Kolom("tot", "Tot en met", "datum", "De laatste dag die kan.", "2026-12-18"),
        Kolom("geen_les", "Geen les op", "data", "Dagen zonder les, buiten de vakanties.", "2026-11-02", breedte=18),
        Kolom("liever_niet", "Liever niet op", "data", "Dagen die de groep liever niet heeft. Vraag niet waarom.", "2026-11-05", breedte=18),
        Kolom("vakantieregio", "Vakantieregio", "keuze", "noord, midden of zuid", "noord", keuzes=nouns.REGIOS),
        Kolom("toegang", "Nodig", "keuzes", f"Wat moet er zijn? Kies uit: {', '.join(TOEGANG)}.", "geen trappen", keuzes=TOEGANG, breedte=22),
        Kolom("reistijd", "Reistijd hoogstens", "getal", "Minuten voor de heenreis. Leeg: zie Instellingen.", "75"),
        Kolom("vertrek", "Weg vanaf", "tijd", "Hoe laat kan de groep op zijn vroegst weg?", "08:30"),
        Kolom("terug", "Terug om", "tijd", "Hoe laat is de groep liefst terug? Denk aan kinderen en werk.", "14:45"),
        Kolom("splitsen", "Mag in delen", "ja", "Mag een te grote groep in delen, op hetzelfde dagdeel?", "ja", keuzes=JA_NEE),
        Kolom("budget", "Budget", "geld", "Hoeveel mag dit bezoek kosten? Leeg: zie Instellingen.", "250,00"),
        Kolom("locaties", "Alleen naar", "lijst", "Namen van locaties. Leeg: alle locaties.", "", breedte=20),
        Kolom("alternatief", "Wie niet meegaat", "tekst", "Wat doet wie niet mee wil? Leeg: zie Instellingen.", "wandeling in de buurt", breedte=24),
        Kolom("fotos", "Foto's", "keuze", "Herkenbare foto's: standaard niet.", "nee", keuzes=FOTOS, breedte=18),
    ),
    True,
    "Eén rij per groep.",
)
LOCATIES = Tabblad(
    "Locaties",
    (
        Kolom("naam", "Naam", "tekst", "De naam van de locatie.", "Museum A", True, breedte=22),
        Kolom("plaats", "Plaats", "tekst", "De plaats, voor de reistijd.", "Amersfoort", True, breedte=16),
        Kolom("punt", "Coördinaten", "punt", "Niet nodig. Beter dan een plaatsnaam.", "52.1550; 5.3875", breedte=18),
        Kolom("telefoon", "Telefoon", "tekst", "Van de locatie, voor de daglijst.", "", breedte=16),
        Kolom("halte", "Halte", "tekst", "De halte van het openbaar vervoer.", "Halte Museumplein", breedte=18),
        Kolom("dagen", "Open voor groepen", "dagen", "Op welke dagen is er iemand voor groepen?", "di-vr", True),
        Kolom("start_ochtend", "Start ochtend", "tijd", "Leeg: geen bezoek in de ochtend.", "10:00"),
        Kolom("start_middag", "Start middag", "tijd", "Leeg: geen bezoek in de middag.", "13:30"),
        Kolom("duur", "Duur", "getal", "Minuten, met de nabespreking ter plaatse.", "90", True),
        Kolom("max_groep", "Grootste groep", "getal", "Hoeveel deelnemers in één groep?", "30", True),
        Kolom("min_groep", "Kleinste groep", "getal", "Hoeveel deelnemers ten minste?", "8"),
        Kolom("groepen_per_dagdeel", "Groepen per dagdeel", "getal", "Vraag het na. Leeg: de locatie telt niet mee.", "1"),
        Kolom("groepen_per_dag", "Groepen per dag", "getal", "Als er een grens per dag is.", "2"),
        Kolom("reken_met_een", "Reken met 1 groep", "ja", "Aantal onbekend? Dan 1 groep per dagdeel. Dit staat dan op elk papier.", "nee"),
        Kolom("gids", "Gids", "ja", "Geeft de locatie een gids mee?", "ja"),
        Kolom("personen_per_gids", "Personen per gids", "getal", "Gewoonlijk 15.", "15"),
        Kolom("personen_per_begeleider", "Personen per begeleider", "getal", "Gewoonlijk 15.", "15"),
        Kolom("talen", "Talen", "talen", "Talen van de rondleiding. Leeg: niet bekend.", "Nederlands, Engels", breedte=18),
        Kolom("tolk", "Tolk mag", "ja", "Mag een groep een tolk meenemen?", "ja"),
        Kolom("niveaus", "Taalniveaus", "keuzes", f"Kies uit: {', '.join(NIVEAUS)}. Leeg: niet bekend, dus niet te plannen.", "A1, A2", keuzes=NIVEAUS),
        Kolom("prijs_persoon", "Prijs per persoon", "geld", "Leeg is onbekend. Gratis is 0.", "7,00"),
        Kolom("prijs_groep", "Prijs per groep", "geld", "Leeg is onbekend. Gratis is 0.", ""),
        Kolom("toeslag", "Toeslag voor ieder", "geld", "Per persoon, ook voor begeleiders. Zoals een pendelbus.", "0"),
        Kolom("begeleiders_betalen", "Begeleiders betalen", "ja", "Betalen begeleiders de prijs per persoon?", "nee"),
        Kolom("toegang", "Toegang", "toegang", f"{', '.join(TOEGANG)}. Niets daarvan? Schrijf geen. Leeg: niet bekend.", "rolstoel, geen trappen, toilet", keuzes=TOEGANG, breedte=24),
        Kolom("loopafstand", "Loopafstand", "getal", "Hoeveel meter lopen bij het bezoek?", "400"),
        Kolom("pendel", "Plaatsen pendelbus", "getal", "Leeg: geen pendelbus.", ""),
        Kolom("buiten", "Vooral buiten", "ja", "Is het bezoek vooral buiten?", "nee"),
        Kolom("joodse_dagen", "Joodse feestdagen", "keuze", "Is de locatie dan dicht? Leeg: niet bekend.", "open", keuzes=JOODSE_DAGEN, breedte=20),
        Kolom("sjabbat", "Let op sjabbat", "ja", "Zijn er gidsen of sprekers voor wie dit telt?", "nee"),
        Kolom("meidagen", "Ook 4 en 5 mei", "ja", "Alleen als je dat bewust kiest.", "nee"),
        Kolom("feestdagen", "Ook op feestdagen", "ja", "Kan een bezoek op een feestdag?", "nee"),
        Kolom("aanvraag", "Dagen vooraf", "getal", "Hoeveel dagen vooraf aanvragen? Leeg: zie Instellingen.", "42"),
        Kolom("annuleren", "Kosteloos afzeggen", "getal", "Tot hoeveel dagen vooraf?", "7"),
        Kolom("optie", "Optie geldt", "getal", "Hoeveel dagen geldt een optie?", "14"),
        Kolom("ziet", "Wat je ziet", "tekst", "Beelden en ruimten die zwaar kunnen zijn. De les vooraf noemt ze.", "foto's van vervolging", breedte=30),
        Kolom("overslaan", "Wat je mag overslaan", "tekst", "Welke delen zijn niet nodig?", "de filmzaal", breedte=24),
    ),
    True,
    "Eén rij per locatie. Weet je iets niet? Laat het leeg en vraag het na.",
)
GIDSEN = Tabblad(
    "Begeleiders",
    (
        Kolom("locatie", "Locatie", "tekst", "Zoals in het tabblad Locaties.", "Museum A", True, breedte=22),
        Kolom("aantal", "Aantal", "getal", "Hoeveel gidsen van deze soort? Schrijf geen namen.", "1", True),
        Kolom("talen", "Talen", "talen", "Talen die deze gidsen spreken.", "Nederlands", True, breedte=18),
        Kolom("niveaus", "Taalniveaus", "keuzes", f"Kies uit: {', '.join(NIVEAUS)}. Leeg: alle.", "A2", keuzes=NIVEAUS),
        Kolom("dagen", "Dagen", "dagen", "Leeg: elke dag.", "di, do"),
        Kolom("dagdelen", "Dagdelen", "dagdelen", "Leeg: ochtend en middag.", "ochtend", breedte=16),
        Kolom("van", "Vanaf", "datum", "Leeg: de hele periode.", ""),
        Kolom("tot", "Tot en met", "datum", "Leeg: de hele periode.", ""),
    ),
    wat="Gidsen per locatie. Leeg: de locatie regelt de gidsen zelf.",
)
SLUITINGEN = Tabblad(
    "Gesloten dagen",
    (
        Kolom("geldt_voor", "Geldt voor", "keuze", "alles, locatie, groep of vakantieregio", "vakantieregio", True, GELDT_VOOR),
        Kolom("naam", "Naam", "tekst", "Welke locatie, groep of regio? Bij alles: leeg.", "noord", breedte=22),
        Kolom("van", "Vanaf", "datum", "De eerste dag.", "2026-10-10", True),
        Kolom("tot", "Tot en met", "datum", "De laatste dag. Leeg: één dag.", "2026-10-18"),
        Kolom("wat", "Wat", "keuze", "dicht: geen bezoek. geen les: geen les vooraf of erna. liever niet: als het anders kan.", "geen les", True, WAT),
        Kolom("dagdelen", "Dagdelen", "dagdelen", "Leeg: de hele dag.", "", breedte=16),
        Kolom("reden", "Reden", "tekst", "Kort, zonder namen.", "herfstvakantie", breedte=24),
    ),
    wat="Sluitingen en schoolvakanties. Vul de vakanties zelf in. Feestdagen rekenen we zelf uit.",
)
REISTIJDEN = Tabblad(
    "Reistijden",
    (
        Kolom("van", "Van", "tekst", "De plaats van een groep, zoals je hem bij Groepen schrijft.", "Zwolle", True, breedte=20),
        Kolom("naar", "Naar", "tekst", "De naam van de locatie.", "Museum A", True, breedte=20),
        Kolom("minuten", "Minuten", "getal", "Van deur tot deur, heen.", "65", True),
        Kolom("kosten", "Kosten", "geld", "Heen en terug, voor de hele groep. Leeg is onbekend.", "180,00"),
    ),
    wat="Niet nodig. Wat hier staat, vervangt de schatting.",
)
BEZOEKEN = Tabblad(
    "Bezoeken",
    (
        Kolom("groep", "Groep", "tekst", "Zoals in het tabblad Groepen.", "A2 ochtend", True, breedte=22),
        Kolom("locatie", "Locatie", "tekst", "Zoals in het tabblad Locaties.", "Museum A", True, breedte=22),
        Kolom("dag", "Datum", "datum", "De dag van het bezoek.", "2026-11-12", True),
        Kolom("dagdeel", "Dagdeel", "keuze", "ochtend of middag", "ochtend", True, DAGDELEN),
        Kolom("vast", "Vast", "ja", "ja: dit bezoek blijft hier staan.", "nee"),
        Kolom("volgnummer", "Wijziging", "getal", "Hoe vaak het bezoek veranderde, voor de agenda.", "0"),
        Kolom("afgezegd", "Afgezegd", "ja", "ja: de groep gaat niet. De plaats komt vrij.", "nee"),
    ),
    wat="Het plan. In een nieuw bestand is het leeg.",
)
# fmt: on
NAAM_INSTELLINGEN = "Instellingen"
INSTELLING_KOLOMMEN = ("Instelling", "Waarde", "Uitleg")
TABBLADEN: tuple[Tabblad, ...] = (GROEPEN, LOCATIES, GIDSEN, SLUITINGEN, REISTIJDEN, BEZOEKEN)
WIJZIGINGEN = "Wijzigingen"
WIJZIGING_KOLOMMEN = (
    "Groep", "Was", "Wordt", "Waarom", "Akkoord", "Was locatie", "Was datum", "Was dagdeel",
)  # fmt: skip
# What stands in a workbook of ours beside the input; it is written anew each time and never read.
UITVOER = ("Uitleg", "Plan", WIJZIGINGEN, "Niet gepland", "Kosten", "Taken", "Wat als")
VOORBEELD = "(voorbeeld)"
