"""The rules of the way in: I4xx about a file as a whole, I5xx about one question in it.

In: nothing. Out: the rules, with what `knm explain` tells of each.
"""

from __future__ import annotations

from builder.diagnostics import Rule, Severity

ERR, WARN, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE

I401 = Rule(
    "I401",
    "bestand-niet-herkend",
    ERR,
    "Wij lezen Excel (.xlsx), CSV, Moodle XML, GIFT, QTI 2 en 3, en onze eigen JSON. Wat iets anders is, lezen we niet half.",
    "knm import vragen.pdf",
    "knm import vragen.xlsx",
)
I402 = Rule(
    "I402",
    "bestand-te-groot",
    ERR,
    "Een heel groot bestand is bijna altijd een vergissing, en kan de computer laten vastlopen. Daarom is er een grens.",
    "Een werkblad met 100.000 rijen.",
    "Een werkblad met 200 rijen, en de rest in een tweede bestand.",
)
I403 = Rule(
    "I403",
    "zip-niet-veilig",
    ERR,
    "In een zip kan iets staan dat buiten de map wil schrijven. Een kleine zip kan ook enorm groot uitpakken. Zo'n zip openen we niet.",
    "Een zip met ../../vraag.xml",
    "Een zip met items/vraag.xml",
)
I404 = Rule(
    "I404",
    "xml-met-opdrachten",
    ERR,
    "Een DOCTYPE of ENTITY in XML kan andere bestanden ophalen of het programma laten vastlopen. Vragen hebben dat niet nodig.",
    '<!DOCTYPE quiz [<!ENTITY a "aaaa">]>\n<quiz>…</quiz>',
    "<quiz>…</quiz>",
)
I405 = Rule(
    "I405",
    "bestand-beschadigd",
    ERR,
    "Het bestand is niet af of niet goed bewaard. Dan weten wij niet wat er had moeten staan.",
    "<quiz><question>",
    "<quiz><question>…</question></quiz>",
)
I406 = Rule(
    "I406",
    "kolom-ontbreekt",
    ERR,
    "Aan de koppen boven de kolommen zien we wat waar staat. Vraag, Antwoord A, Antwoord B en Goed antwoord zijn nodig.",
    "Een werkblad met alleen de kolommen Vraag en Antwoord A.",
    "Het werkblad van knm template xlsx.",
)
I407 = Rule(
    "I407",
    "kolom-onbekend",
    WARN,
    "Wat in een kolom staat die wij niet kennen, komt nergens terecht. Meestal is het een tikfout in de kop.",
    "Een kolom met de kop Taalnivo.",
    "Een kolom met de kop Taalniveau.",
)
I408 = Rule(
    "I408",
    "geen-vragen",
    ERR,
    "In het bestand staat geen enkele vraag. Misschien is het verkeerde bestand gekozen.",
    "Een werkblad met alleen de koppen.",
    "Een werkblad met koppen en één vraag per rij.",
)
I501 = Rule(
    "I501",
    "geen-meerkeuzevraag",
    ERR,
    "De itembank heeft nu alleen meerkeuzevragen. Een open vraag of een sleepvraag wordt anders een andere vraag.",
    "Een open vraag: Wat doe je als je huis lekt?",
    "Wie bel je als je huurhuis lekt? Met drie antwoorden.",
)
I502 = Rule(
    "I502",
    "vraag-is-leeg",
    ERR,
    "Zonder tekst is er geen vraag. Een vraag die alleen uit geluid of een plaatje bestaat, kunnen we niet bewaren.",
    "Een rij zonder tekst in de kolom Vraag.",
    "Wie bel je bij brand?",
)
I503 = Rule(
    "I503",
    "niet-een-goed-antwoord",
    ERR,
    "Een vraag heeft precies één goed antwoord. Bij geen of meer kan niemand de vraag eerlijk nakijken.",
    "Goed antwoord: A en C",
    "Goed antwoord: A",
)
I504 = Rule(
    "I504",
    "aantal-antwoorden",
    ERR,
    "Een vraag heeft twee, drie of vier antwoorden, zonder lege plek ertussen. Onze eigen vragen hebben er drie.",
    "Vijf antwoorden bij één vraag.",
    "Drie antwoorden bij één vraag.",
)
I505 = Rule(
    "I505",
    "geen-eindterm",
    ERR,
    "Elke vraag hoort bij één officiële eindterm. Aan de eindterm zien we ook bij welk thema de vraag komt.",
    "Een vraag met alleen de tag: huur",
    "Een vraag met de tag: eindterm 3.1.2",
)
I506 = Rule(
    "I506",
    "plaatje-kan-niet",
    ERR,
    "Zonder het plaatje is het een andere vraag. Daarom gaat de vraag pas mee als het plaatje goed en vrij te gebruiken is.",
    "Een plaatje op een ander adres, of zonder licentie.",
    "Een PNG in het bestand, met maker en licentie.",
)
I507 = Rule(
    "I507",
    "keuze-onbekend",
    ERR,
    "In deze kolom kies je uit een vaste lijst. Zo kunnen we tellen en filteren.",
    "Taalniveau: B2",
    "Taalniveau: B1",
)
I508 = Rule(
    "I508",
    "formule-in-cel",
    ERR,
    "De uitkomst van een formule kan morgen anders zijn, en een formule van buiten kan iets uitvoeren. Wij lezen alleen tekst.",
    "=A2&B2",
    "De tekst zelf, zonder = ervoor.",
)
I509 = Rule(
    "I509",
    "tekst-te-lang",
    ERR,
    "Een vraag moet op een telefoon en op papier passen. Boven deze grens is het bijna altijd een vergissing.",
    "Een antwoord van 5.000 tekens.",
    "Een antwoord van 40 tekens.",
)
I510 = Rule(
    "I510",
    "vraag-staat-er-anders",
    ERR,
    "Deze vraag is al in de bank, maar met een andere tekst. Inlezen verandert nooit een vraag die er al is.",
    "Een nieuwe versie van wonen-014 in het bestand van vorig jaar.",
    "De tekst van wonen-014 zelf veranderen.",
)
I511 = Rule(
    "I511",
    "vraag-is-geheim",
    ERR,
    "Een geheime vraag is voor een echt examen. In een openbare bank zou iedereen haar kunnen lezen, ook later nog.",
    "Een JSON-bestand met status: geheim",
    "Een JSON-bestand met status: review",
)
I520 = Rule(
    "I520",
    "niet-meegekomen",
    ADVICE,
    "Het andere programma kan dingen bewaren die bij ons geen plek hebben. We zeggen per vraag wat er wegblijft.",
    "Vette letters, deelpunten of feedback bij de hele vraag.",
    "Een vraag met gewone tekst en uitleg per antwoord.",
)
I521 = Rule(
    "I521",
    "vraag-mist-iets",
    WARN,
    "Er blijft iets weg dat de kandidaat misschien nodig heeft om te antwoorden. Lees de vraag na, of zij zo nog klopt.",
    "Een vraag met een geluid erbij: Wat hoor je?",
    "Een vraag die zonder het geluid te begrijpen is.",
)
I522 = Rule(
    "I522",
    "bron-onbekend",
    WARN,
    "Een bron staat eerst in content/bronnen.yaml. Een naam die we niet kennen, nemen we niet over.",
    "Bron: website van de overheid",
    "Bron: regeling-inburgering-2021",
)
I523 = Rule(
    "I523",
    "zelf-ingevuld",
    ADVICE,
    "Sommige velden zijn nodig, maar staan niet in het bestand. We vullen dan iets in en zeggen dat, zodat jij het nakijkt.",
    "Een vraag zonder taalniveau.",
    "Een vraag met taalniveau: A2",
)
RULES = (
    I401, I402, I403, I404, I405, I406, I407, I408, I501, I502, I503, I504, I505, I506, I507, I508, I509, I510,
    I511, I520, I521, I522, I523,
)  # fmt: skip
