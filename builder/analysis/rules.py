"""The rules of reading answers (codes A501 and on), with what `knm explain` tells of each.

In: nothing. Out: the rules; the modules that emit them import them here.
"""

from __future__ import annotations

from builder.diagnostics import Rule, Severity

_ERR, _WARN, _ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE

A501 = Rule(
    "A501",
    "antwoorden-niet-te-lezen",
    _ERR,
    "We lezen antwoorden uit CSV, Excel (.xlsx) en QTI-resultaten (.xml). Dit bestand is iets anders, is kapot of is te groot.",
    "antwoorden.xlsx is een foto met een andere naam",
    "antwoorden.csv, met een kop en een rij per persoon",
)
A502 = Rule(
    "A502",
    "geen-antwoorden",
    _ERR,
    "Er staan geen antwoorden in dit bestand. Dan valt er niets te tellen.",
    "Een bestand met alleen een kop.",
    "Een kop, en daaronder een rij per persoon.",
)
A503 = Rule(
    "A503",
    "kop-niet-herkend",
    _ERR,
    "Aan de kop zien we wat er in een kolom staat. Zonder herkende kop raden we niet.",
    "Gebruiker;Opgave;Reactie",
    "persoon;item;antwoord",
)
A504 = Rule(
    "A504",
    "onbekende-kolom",
    _ERR,
    "Een kolom die we niet kennen, kan een vraag met een tikfout zijn. Stil overslaan kan de cijfers fout maken.",
    "persoon;wonen-001;woonen-002",
    "persoon;wonen-001;wonen-002",
)
A505 = Rule(
    "A505",
    "persoonsgegevens-in-antwoorden",
    _ERR,
    "Voor statistiek zijn namen, e-mailadressen en burgerservicenummers niet nodig. Ze mogen niet in een bestand dat "
    "rondgaat. Haal ze zelf weg, of zeg met --drop dat wij ze niet lezen.",
    "Voornaam;E-mailadres;wonen-001",
    "persoon;wonen-001",
)
A506 = Rule(
    "A506",
    "vraag-staat-niet-in-de-bank",
    _ERR,
    "Dit nummer hoort niet bij deze toets of staat niet in de bank. Dan weten we niet wat goed is.",
    "p1;woonen-001;A",
    "p1;wonen-001;A",
)
A507 = Rule(
    "A507",
    "antwoord-bestaat-niet",
    _ERR,
    "Dit antwoord kan bij deze vraag niet gegeven zijn. Meestal is het een tikfout.",
    "p1;wonen-001;E",
    "p1;wonen-001;B",
)
A508 = Rule(
    "A508",
    "persoon-staat-er-twee-keer-in",
    _ERR,
    "Elke persoon telt één keer per toets. Bij twee rijen weten we niet welke echt is.",
    "Twee rijen met persoon p1 bij dezelfde toets.",
    "Eén rij met persoon p1.",
)
A509 = Rule(
    "A509",
    "nummer-werd-een-datum",
    _ERR,
    "Excel maakt van 3-4 een datum, en van een lang nummer 1,2E+11. Het echte nummer is dan weg.",
    "2026-04-03;A;B",
    "p-3-4;A;B",
)
A510 = Rule(
    "A510",
    "antwoord-ontbreekt",
    _ERR,
    "Overgeslagen is iets anders dan niet voorgelegd. Het eerste telt als fout, het tweede telt niet mee.",
    "Een lege cel, terwijl de toets niet bekend is. Of een vraag waar niemand iets invulde.",
    "Een streepje voor overgeslagen, nvt voor niet voorgelegd.",
)
A511 = Rule(
    "A511",
    "toets-niet-bekend",
    _ERR,
    "Letters en vraagnummers krijgen pas betekenis met de toets erbij: de volgorde verschilt per toets.",
    "Een kolom Vraag 1 zonder --toets.",
    "knm analyse antwoorden.csv --toets oefentoets-20-a",
)
A512 = Rule(
    "A512",
    "goed-spreekt-de-sleutel-tegen",
    _ERR,
    "In het bestand staat of een antwoord goed is. De bank zegt iets anders. Een van de twee klopt niet.",
    "item wonen-001, optie 2, goed: ja (de sleutel is 1)",
    "item wonen-001, optie 1, goed: ja",
)
A513 = Rule(
    "A513",
    "vraag-of-toets-is-veranderd",
    _WARN,
    "De antwoorden horen bij een andere tekst dan die van nu. Cijfers van een oude tekst zeggen weinig over de nieuwe.",
    "Antwoorden op versie 1, terwijl de bank versie 2 heeft.",
    "Antwoorden op dezelfde versie.",
)
A514 = Rule(
    "A514",
    "twee-antwoorden-op-een-vraag",
    _ERR,
    "Bij één vraag hoort per persoon één antwoord.",
    "p1;wonen-001;A en p1;wonen-001;B",
    "p1;wonen-001;A",
)
A515 = Rule(
    "A515",
    "oude-tekencodering",
    _ADVICE,
    "Dit bestand is niet als UTF-8 opgeslagen. We lezen het als Windows-tekst. Kijk of letters met een accent kloppen.",
    "Bewaren als: CSV (gescheiden door lijstscheidingsteken)",
    "Bewaren als: CSV UTF-8",
)
A516 = Rule(
    "A516",
    "persoon-ontbreekt",
    _ERR,
    "Zonder nummer van de persoon weten we niet welke antwoorden bij elkaar horen.",
    ";A;B;C",
    "p1;A;B;C",
)
A517 = Rule(
    "A517",
    "onbekende-variant",
    _ERR,
    "Een toets heeft variant A en soms meer. Elke variant heeft een eigen volgorde.",
    "variant: D, terwijl de toets A en B heeft",
    "variant: B",
)
A518 = Rule(
    "A518",
    "scoreregels-kloppen-niet",
    _ERR,
    "Scoreregels zeggen hoeveel punten een antwoord krijgt: een regel per vraag en antwoord, met hele punten vanaf 0.",
    "item_id,response,item_score\nv1,A,een",
    "item_id,response,item_score\nv1,A,1\nv1,B,0",
)
A519 = Rule(
    "A519",
    "cesuurblad-klopt-niet",
    _ERR,
    "Een blad van Angoff of Hofstee heeft van elke beoordelaar alle getallen nodig. Typ een percentage als 60, niet als 0,6.",
    "Angoff: een leeg vakje, 120 procent, of overal 0,6",
    "Angoff: een getal van 0 tot en met 100 bij elke vraag",
)
A520 = Rule(
    "A520",
    "cijfers-met-twee-betekenissen",
    _ERR,
    "Een 1 kan het eerste antwoord in het boekje zijn, of dat in het bestand van de vraag. Het kan ook een punt zijn. "
    "In een boekje staan de antwoorden vaak in een andere volgorde. Wij raden niet.",
    "p1;1;3;2, zonder meer",
    "p1;A;C;B, of knm analyse antwoorden.csv --toets oefentoets-20-a --cells printed",
)
A521 = Rule(
    "A521",
    "formule-zonder-uitkomst-in-antwoorden",
    _ERR,
    "In deze cel staat een formule waarvan de uitkomst niet bewaard is. Voor ons lijkt zij leeg, en leeg telt als fout.",
    "=B2, gemaakt door een programma dat niet rekent",
    "A, of de formule na openen en bewaren in Excel",
)
RULES = (
    A501, A502, A503, A504, A505, A506, A507, A508, A509, A510, A511, A512, A513, A514, A515, A516, A517, A518,
    A519, A520, A521,
)  # fmt: skip
