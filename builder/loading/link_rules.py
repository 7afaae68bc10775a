"""What linking can find wrong: rules L201-L221. They stand apart because the modules that link share them."""

from __future__ import annotations

from builder.diagnostics import Rule, Severity

ERR = Severity.ERROR
L201 = Rule(
    "L201",
    "id-is-niet-de-bestandsnaam",
    ERR,
    "Aan de bestandsnaam vind je een vraag terug. Daarom is het nummer gelijk aan de naam van het bestand.",
    "wonen-014.yaml met id: wonen-041",
    "wonen-014.yaml met id: wonen-014",
)
L202 = Rule(
    "L202",
    "dubbele-naam",
    ERR,
    "Een nummer of naam hoort bij één ding. Anders weet niemand welke bedoeld is.",
    "Twee bestanden met id: wonen-014",
    "wonen-014 en wonen-015",
)
L203 = Rule(
    "L203",
    "onbekende-eindterm",
    ERR,
    "Elke vraag en elke les hoort bij een officiële eindterm. Dit nummer staat niet in de lijst.",
    "eindterm: 3.1.12",
    "eindterm: 3.1.2",
)
L204 = Rule(
    "L204",
    "onbekende-indicator",
    ERR,
    "De indicator hoort bij de eindterm van dezelfde vraag.",
    "eindterm: 5.1.2\nindicator: 5.1.2-z",
    "eindterm: 5.1.2\nindicator: 5.1.2-a",
)
L205 = Rule(
    "L205",
    "onbekende-bron",
    ERR,
    "Een bron staat eerst in content/bronnen.yaml. Dan kan een lezer haar terugvinden.",
    "bronnen:\n  - id: van-horen-zeggen",
    "bronnen:\n  - id: regeling-inburgering-2021",
)
L206 = Rule(
    "L206",
    "onbekende-vraag",
    ERR,
    "Er wordt naar een vraag verwezen die er niet is.",
    "controlevragen:\n  - wonen-999",
    "controlevragen:\n  - wonen-014",
)
L207 = Rule(
    "L207",
    "plaatje-ontbreekt",
    ERR,
    "Het plaatje ligt naast het bestand waarin het genoemd wordt.",
    "bestand: huis.svg (maar het bestand is er niet)",
    "bestand: wonen-014.svg, in dezelfde map als wonen-014.yaml",
)
L208 = Rule(
    "L208",
    "plaatje-buiten-de-map",
    ERR,
    "Een plaatje van buiten de map kan iets naar buiten brengen wat daar niet hoort.",
    "bestand: ../../geheim.png",
    "bestand: wonen-014.png",
)
L209 = Rule(
    "L209",
    "plaatje-past-niet",
    ERR,
    "Een plaatje moet overal veilig en goed te zien zijn: op papier, op een telefoon, in het donker.",
    "Een SVG met een script, met losse letters of zonder achtergrond.",
    "Een SVG met alleen vormen, op een eigen achtergrond.",
)
L210 = Rule(
    "L210",
    "verkeerde-map",
    ERR,
    "Vragen en lessen staan in de map van hun thema. Zo vind je ze terug.",
    "items/wonen/werk-003.yaml",
    "items/werk/werk-003.yaml",
)
L211 = Rule(
    "L211",
    "onbekende-les",
    ERR,
    "Er wordt naar een les verwezen die er niet is.",
    "les: holocaust-les-99",
    "les: holocaust-een-mens-en-een-plaats",
)
L212 = Rule(
    "L212",
    "plaats-in-de-reeks",
    ERR,
    "Een reeks staat in content/reeksen.yaml, en op elke plaats van een reeks staat één les.",
    "reeks:\n  - id: onbekende-reeks\n    les: 1",
    "reeks:\n  - id: holocaust-in-drie\n    les: 1",
)
L213 = Rule(
    "L213",
    "onbekende-matrijs",
    ERR,
    "De toets noemt een toetsmatrijs die er niet is.",
    "matrijs: bestaat-niet",
    "matrijs: oefentoets-20",
)
L214 = Rule(
    "L214",
    "volgorde-past-niet",
    ERR,
    "De volgorde van de opties noemt elke optie van de vraag één keer. Een variant heeft dezelfde vragen.",
    "opties: [1, 2] bij een vraag met drie opties",
    "opties: [2, 1, 3]",
)
L215 = Rule(
    "L215",
    "onbekend-thema",
    ERR,
    "De acht thema's staan in content/eindtermen.yaml.",
    "thema: huizen",
    "thema: wonen",
)
L216 = Rule(
    "L216",
    "set-met-verschillende-context",
    ERR,
    "Vragen in één set horen bij dezelfde tekst. Die tekst moet dan ook gelijk zijn.",
    "Twee vragen met set: huurbrief en een andere context.",
    "Twee vragen met set: huurbrief en dezelfde context.",
)
L217 = Rule(
    "L217",
    "plaatje-niet-gebruikt",
    Severity.ADVICE,
    "Dit plaatje wordt nergens genoemd. Misschien is het vergeten, of mag het weg.",
    "wonen-014-oud.svg, dat in geen bestand staat",
    "wonen-014.svg, genoemd bij wonen-014",
)
L218 = Rule(
    "L218",
    "nummer-past-niet-in-de-lijst",
    ERR,
    "Een eindterm staat onder de handeling en het thema waarvan het nummer komt.",
    "Eindterm 5.1.2 onder handeling 5.2",
    "Eindterm 5.1.2 onder handeling 5.1",
)
L219 = Rule(
    "L219",
    "lijst-ontbreekt",
    ERR,
    "Elke vraag verwijst naar een eindterm en naar een bron. Zonder die twee lijsten is niets na te kijken.",
    "Een bank zonder content/bronnen.yaml.",
    "Een bank met content/eindtermen.yaml en content/bronnen.yaml.",
)
L220 = Rule(
    "L220",
    "onbekend-lesmateriaal",
    ERR,
    "Bij een plek hoort materiaal dat in de inventaris staat. Dit staat er niet in.",
    "lesmateriaal:\n  - bestaat-niet",
    "lesmateriaal:\n  - een-naam-en-een-gezicht",
)
L221 = Rule(
    "L221",
    "onbekend-moment",
    ERR,
    "Er wordt verwezen naar een lastig moment dat er niet is.",
    "lees_meer:\n  - tekst: Ook dit\n    moment: bestaat-niet",
    "lees_meer:\n  - tekst: Ook dit\n    moment: ontkenning",
)
RULES = (
    L201, L202, L203, L204, L205, L206, L207, L208, L209, L210, L211, L212, L213, L214, L215, L216, L217, L218,
    L219, L220, L221,
)  # fmt: skip
