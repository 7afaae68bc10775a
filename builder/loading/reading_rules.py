"""What reading can find wrong, R001-R016, and the limits it holds a file to.

The rules stand apart from the code that emits them (`read.py`, `composing.py`), because both need them.
"""

from __future__ import annotations

from builder.diagnostics import Rule, Severity

MAX_BYTES = 256 * 1024
MAX_DEPTH = 40
MAX_VALUES = 30_000  # the largest list of ours holds ten thousand in 167 kB
MAX_PICTURE_BYTES = 2 * 1024 * 1024
MEDIA_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")

R001 = Rule(
    "R001",
    "niet-te-openen",
    Severity.ERROR,
    "Het programma moet elk bestand kunnen openen. Anders mist er misschien een vraag zonder dat iemand het ziet.",
    "Een bestand of map zonder leesrecht.",
    "Een bestand dat je zelf kunt openen.",
)
R002 = Rule(
    "R002",
    "te-groot",
    Severity.ERROR,
    "Een vraag of les is een paar kB. Een bestand boven 256 kB is bijna altijd een vergissing en kan het programma vertragen.",
    "Een YAML-bestand van 300 kB.",
    "Eén vraag per bestand; plaatjes als eigen bestand ernaast.",
)
R003 = Rule(
    "R003",
    "geen-utf-8",
    Severity.ERROR,
    "Alle bestanden zijn UTF-8. Dan komen ë, € en Arabische letters overal goed aan.",
    "Een bestand dat is bewaard als Latin-1 of Windows-1252.",
    "Hetzelfde bestand, in je editor bewaard als UTF-8.",
)
R004 = Rule(
    "R004",
    "bom",
    Severity.ADVICE,
    "Een BOM is een onzichtbaar teken aan het begin van een bestand. Wij lezen het bestand, maar andere programma's struikelen erover.",
    'Bewaard als "UTF-8 met BOM".',
    'Bewaard als "UTF-8".',
)
R005 = Rule(
    "R005",
    "tab",
    Severity.ERROR,
    "YAML springt in met spaties. Een tab is voor het programma geen inspringing.",
    "opties:\n⇥- tekst: Ja",
    "opties:\n  - tekst: Ja",
)
R006 = Rule(
    "R006",
    "yaml",
    Severity.ERROR,
    "Het bestand is geen goede YAML. Dan kan het programma er niets uit lezen.",
    'stam: "Wie belt u',
    'stam: "Wie belt u?"',
)
R007 = Rule(
    "R007",
    "dubbele-sleutel",
    Severity.ERROR,
    "Staat een veld er twee keer, dan zou één van de twee teksten stil verdwijnen.",
    "stam: Wie belt u?\nstam: Wat doet u?",
    "stam: Wie belt u?",
)
R008 = Rule(
    "R008",
    "verwijzing-in-yaml",
    Severity.ERROR,
    "Verwijzingen binnen YAML (* en &) maken een bestand lastig te lezen en kunnen het programma laten vastlopen.",
    "context: *zelfde",
    "context: De hele tekst, gewoon uitgeschreven.",
)
R009 = Rule(
    "R009",
    "leeg",
    Severity.ERROR,
    "In een leeg bestand staat geen vraag. Misschien is het bewaren mislukt.",
    "(een bestand zonder inhoud)",
    "id: wonen-014\n…",
)
R010 = Rule(
    "R010",
    "geen-velden",
    Severity.ERROR,
    "Een document is een rij velden met een naam. Een losse tekst of lijst kunnen we niet plaatsen.",
    "- Wie belt u?",
    "stam: Wie belt u?",
)
R011 = Rule(
    "R011",
    "meer-documenten",
    Severity.ERROR,
    "In één bestand staat één document. Een regel met --- begint een tweede; dat zouden we niet zien.",
    "id: wonen-014\n---\nid: wonen-015",
    "Twee bestanden: wonen-014.yaml en wonen-015.yaml.",
)
R012 = Rule(
    "R012",
    "symlink",
    Severity.ERROR,
    "Een verwijzing naar een bestand elders kan iets naar buiten brengen dat daar niet hoort.",
    "items/wonen/wonen-014.yaml → /elders/geheim.yaml",
    "Het bestand zelf, in deze map.",
)
R013 = Rule(
    "R013",
    "vreemde-plaats",
    Severity.ERROR,
    "Aan de map ziet het programma wat voor document het is. Op een andere plaats wordt het niet gelezen.",
    "items/wonen-014.yaml",
    "items/wonen/wonen-014.yaml",
)
R014 = Rule(
    "R014",
    "sleutel-geen-tekst",
    Severity.ERROR,
    "De naam van een veld is een woord. Een getal of een lijst als naam kennen we niet.",
    "1: Wie belt u?",
    "stam: Wie belt u?",
)
R015 = Rule(
    "R015",
    "soort-aangegeven",
    Severity.ERROR,
    "Een uitroepteken vóór een waarde geeft in YAML een soort aan. Dat gebruiken wij niet, want het kan een programma iets laten uitvoeren.",
    "stam: !!python/name:os.system",
    'stam: "!! zo schrijf je uitroeptekens"',
)
R016 = Rule(
    "R016",
    "te-diep",
    Severity.ERROR,
    f"Een document is ten hoogste {MAX_DEPTH} lagen diep. Dieper is een vergissing, of bedoeld om het programma te laten vastlopen.",
    "[[[[[[[[…]]]]]]]]",
    "opties:\n  - tekst: Ja",
)
RULES = (
    R001, R002, R003, R004, R005, R006, R007, R008, R009, R010, R011, R012, R013, R014, R015, R016,
)  # fmt: skip
