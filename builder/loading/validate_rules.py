"""What the schema can find wrong: rules S101-S111. They stand apart from the words (`wording.py`), which are many."""

from __future__ import annotations

from builder.diagnostics import Rule, Severity

S101 = Rule(
    "S101",
    "veld-ontbreekt",
    Severity.ERROR,
    "Zonder dit veld weet het programma, of de lezer, iets niet wat nodig is.",
    "id: wonen-014\nversie: 1",
    "id: wonen-014\nversie: 1\nstatus: concept",
)
S102 = Rule(
    "S102",
    "onbekend-veld",
    Severity.ERROR,
    "Een veld dat we niet kennen, wordt nergens gebruikt. Meestal is het een tikfout in de naam.",
    "taalnivo: A2",
    "taalniveau: A2",
)
S103 = Rule(
    "S103",
    "verkeerde-soort",
    Severity.ERROR,
    "Elk veld heeft één soort waarde: tekst, getal, true of false, een lijst of een groep velden.",
    "juist: yes",
    "juist: true",
)
S104 = Rule(
    "S104",
    "niet-in-de-lijst",
    Severity.ERROR,
    "Voor dit veld kies je uit een vaste lijst. Zo kunnen we tellen en filteren.",
    "taalniveau: B2",
    "taalniveau: B1",
)
S105 = Rule(
    "S105",
    "verkeerde-vorm",
    Severity.ERROR,
    "Nummers, datums en namen hebben een vaste vorm. Dan vinden ze elkaar.",
    "eindterm: 5-1-2",
    "eindterm: 5.1.2",
)
S106 = Rule(
    "S106",
    "te-weinig",
    Severity.ERROR,
    "Een lege tekst of een te korte lijst is niet af.",
    "opties:\n  - tekst: Ja\n    juist: true",
    "Twee, drie of vier opties.",
)
S107 = Rule(
    "S107",
    "te-veel",
    Severity.ERROR,
    "Meer dan dit past niet op het antwoordblad of op de pagina.",
    "Een vraag met vijf opties.",
    "Een vraag met drie opties.",
)
S108 = Rule(
    "S108",
    "getal-past-niet",
    Severity.ERROR,
    "Dit getal ligt buiten de grenzen voor dit veld.",
    "versie: 0",
    "versie: 1",
)
S109 = Rule(
    "S109",
    "dubbel-in-lijst",
    Severity.ERROR,
    "In deze lijst staat elk woord één keer.",
    "trefwoorden:\n  - huur\n  - huur",
    "trefwoorden:\n  - huur",
)
S110 = Rule(
    "S110",
    "datum-bestaat-niet",
    Severity.ERROR,
    "Een datum moet op de kalender staan.",
    "gecontroleerd_op: 2026-02-30",
    "gecontroleerd_op: 2026-02-28",
)
S111 = Rule(
    "S111",
    "past-niet-in-het-schema",
    Severity.ERROR,
    "Dit past niet bij wat voor dit soort document is afgesproken.",
    "Een document dat anders is dan het schema.",
    "Een document zoals de voorbeelden in de uitleg van de velden.",
)
RULES = (S101, S102, S103, S104, S105, S106, S107, S108, S109, S110, S111)
