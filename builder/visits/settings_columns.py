"""The sheet `Instellingen`: what holds for the whole plan, and what a broken wish weighs.

In: nothing. Out: `INSTELLINGEN` and `GEWICHTEN`, written and read like the columns of the other sheets.
"""

from __future__ import annotations

from builder.visits.columns import Kolom

# One setting on a line: this is a table.
# fmt: off
INSTELLINGEN: tuple[Kolom, ...] = (
    Kolom("naam", "Naam van het plan", "tekst", "Staat op elk papier.", "Bezoeken najaar 2026"),
    Kolom("van", "Periode vanaf", "datum", "De eerste dag waarop een bezoek kan.", "2026-10-01", True),
    Kolom("tot", "Periode tot en met", "datum", "De laatste dag waarop een bezoek kan.", "2027-01-29", True),
    Kolom("reistijd", "Reistijd hoogstens", "getal", "Minuten heen, van deur tot deur.", "90"),
    Kolom("omweg", "Omwegfactor", "kommagetal", "De weg is langer dan de rechte lijn. Zoveel keer.", "1,3"),
    Kolom("snelheid_ov", "Snelheid ov", "getal", "Kilometer per uur, voor de schatting.", "60"),
    Kolom("vast_ov", "Vaste minuten ov", "getal", "Lopen en wachten, voor de schatting.", "25"),
    Kolom("snelheid_bus", "Snelheid bus", "getal", "Kilometer per uur, voor de schatting.", "70"),
    Kolom("vast_bus", "Vaste minuten bus", "getal", "Instappen, voor de schatting.", "10"),
    Kolom("ov_per_km", "Ov per kilometer", "geld", "Euro per persoon. Leeg is onbekend.", ""),
    Kolom("bus_vast", "Bus per rit", "geld", "Euro heen en terug, vast deel. Leeg is onbekend.", ""),
    Kolom("bus_per_km", "Bus per kilometer", "geld", "Euro per kilometer. Leeg is onbekend.", ""),
    Kolom("docent_per_uur", "Docent per uur", "geld", "Euro per begeleider. Leeg is onbekend.", ""),
    Kolom("tolk_per_bezoek", "Tolk per bezoek", "geld", "Euro. Leeg is onbekend.", ""),
    Kolom("budget_totaal", "Budget totaal", "geld", "Voor alle bezoeken samen. Leeg: geen grens.", ""),
    Kolom("budget_groep", "Budget per groep", "geld", "Voor één bezoek. Leeg: geen grens.", ""),
    Kolom("budget_persoon", "Budget per persoon", "geld", "Voor één deelnemer. Leeg: geen grens.", ""),
    Kolom("voorbereiding_min", "Les vooraf, minste dagen", "getal", "Hoeveel dagen vóór het bezoek ten minste?", "1"),
    Kolom("voorbereiding_max", "Les vooraf, meeste dagen", "getal", "Hoeveel dagen vóór het bezoek ten hoogste?", "10"),
    Kolom("nabespreking_max", "Les erna, meeste dagen", "getal", "Hoeveel dagen na het bezoek ten hoogste?", "7"),
    Kolom("aanvraag", "Dagen vooraf aanvragen", "getal", "Als de locatie zelf niets zegt.", "42"),
    Kolom("kort_lopen", "Kort lopen is", "getal", "Hoogstens zoveel meter.", "500"),
    Kolom("drukke_maanden", "Drukke maanden", "maanden", "Als getal.", "4, 5, 6"),
    Kolom("onbekende_prijs", "Ook bij onbekende prijs", "ja", "ja: plan ook zonder prijs. Het budget is dan niet zeker.", "nee"),
    Kolom("alternatief", "Wie niet meegaat", "tekst", "Wat doet wie niet mee wil? Even goed, zonder gevolgen.", "wandeling in de buurt"),
    Kolom("beslisser", "Wie beslist", "tekst", "De functie van wie een bezoek kan afgelasten. Geen naam.", "coördinator"),
)
GEWICHTEN: tuple[Kolom, ...] = tuple(
    Kolom(veld, f"Gewicht: {titel}", "getal", uitleg)
    for veld, titel, uitleg in (
        (
            "niet_gepland",
            "groep zonder bezoek",
            "Zoveel euro mag een plan meer kosten om een groep te plaatsen.",
        ),
        ("verplaatst", "bezoek verplaatst", "Alleen bij opnieuw plannen."),
        (
            "herdenkingsdag",
            "herdenkingsdag",
            "27 januari, 25 en 26 februari, 19 mei, 6 en 7 juni, Jom Hasjoa.",
        ),
        ("joodse_dag", "Joodse feestdag", "Waar de locatie niet dicht is."),
        ("sjabbat", "sjabbat", "Alleen bij een locatie die erom vraagt."),
        ("ramadan", "ramadan", "Lang buiten lopen, of thuis na zonsondergang."),
        ("islamitisch_feest", "Suikerfeest en Offerfeest", "De dag kan een dag verschuiven."),
        ("liever_niet", "liever niet", "Dagen die de groep of locatie liever niet heeft."),
        ("drukke_maand", "drukke maand", "Zie drukke maanden."),
        ("vakantie", "schoolvakantie", "Dan is er geen les en zijn kinderen thuis."),
        ("andere_taal", "niet de beste taal", "De eerste taal van de groep is er niet."),
        ("taal_onbekend", "taal niet bekend", "De locatie zei nog niet in welke taal."),
        ("buiten_tijden", "half uur te vroeg weg of te laat terug", "Voor elk half uur."),
        ("geen_lesdag", "niet op een lesdag", "Een vaste lesdag is makkelijker."),
        ("week_later", "week later", "Voor elke week na de eerste dag die kan."),
        ("kwartier_reizen", "kwartier reizen", "Voor elk kwartier heen."),
        ("drukke_week", "bezoek te veel in een week", "Bij een locatie: meer dan twee keer het gemiddelde per week, en meer dan 2."),
        ("ongelijk", "ongelijke verdeling", "Voor elk procent dat een aanbieder of regio minder krijgt."),
    )
)
# fmt: on
