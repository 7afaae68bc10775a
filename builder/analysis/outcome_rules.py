"""The rules of the outcome (codes A601 and on): what an analysis could not do, and what a question shows.

In: nothing. Out: the rules. A6 0x is about the analysis as a whole, A611 and on about a question.
"""

from __future__ import annotations

from builder.diagnostics import Rule, Severity

_ERR, _WARN, _ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE

A601 = Rule(
    "A601",
    "weinig-personen",
    _ADVICE,
    "Met weinig personen beslist het toeval mee. De cijfers zijn dan indicatief: kijk, maar trek nog geen conclusie.",
    "12 personen",
    "50 personen of meer; voor het Rasch-model liefst 200 of meer",
)
A602 = Rule(
    "A602",
    "vraag-zonder-spreiding",
    _ADVICE,
    "Als iedereen hetzelfde scoort, zegt een vraag niets over verschillen. Zij telt niet mee in alfa.",
    "Een vraag die alle 40 personen goed hebben.",
    "Een vraag die 30 van de 40 personen goed hebben.",
)
A603 = Rule(
    "A603",
    "rasch-niet-te-schatten",
    _ADVICE,
    "Het Rasch-model zet vragen op één schaal. Dat kan alleen als personen verschillen en toetsen vragen delen.",
    "Twee toetsen zonder een vraag die in allebei staat.",
    "Twee toetsen met tien vragen die in allebei staan.",
)
A604 = Rule(
    "A604",
    "groep-te-klein-voor-vergelijking",
    _ADVICE,
    "Een verschil tussen groepen is pas goed te zien met minstens 100 personen per groep.",
    "40 mannen en 300 vrouwen",
    "150 mannen en 150 vrouwen",
)
A605 = Rule(
    "A605",
    "vraag-niet-afgenomen",
    _WARN,
    "De vraag hoort bij de toets, maar niemand kreeg haar. Er zijn dan geen cijfers.",
    "Een toets van 20 vragen, met antwoorden op 19 vragen.",
    "Antwoorden op alle 20 vragen.",
)
A606 = Rule(
    "A606",
    "anker-is-verschoven",
    _WARN,
    "Ankervragen moeten in beide toetsen even moeilijk zijn. Een anker dat verschuift, verschuift de cesuur mee.",
    "Een anker dat 1,2 logit makkelijker is geworden.",
    "Ankers die minder dan 0,5 logit verschillen.",
)
A607 = Rule(
    "A607",
    "geen-groepen-om-te-vergelijken",
    _ERR,
    "Voor een vergelijking zijn twee groepen nodig. Het kenmerk moet in het bestand staan.",
    "--dif groep, terwijl iedereen groep 1 heeft",
    "--dif groep=1, met personen in groep 1 en 2",
)
A608 = Rule(
    "A608",
    "cesuur-niet-te-bepalen",
    _ERR,
    "Een cesuur ligt tussen de laagste en de hoogste score, en oordelen moeten elkaar kunnen raken.",
    "--cesuur 60 bij een toets van 40 punten",
    "--cesuur 26 bij een toets van 40 punten",
)
A611 = Rule(
    "A611",
    "sleutel-lijkt-fout",
    _WARN,
    "Sterke kandidaten kiezen vaker een ander antwoord dan de sleutel. Vaak klopt de sleutel niet, of zijn er twee goede antwoorden.",
    "Afleider B hangt meer samen met de score dan de sleutel A.",
    "Alleen de sleutel hangt samen met een hoge score.",
)
A612 = Rule(
    "A612",
    "vraag-te-moeilijk",
    _WARN,
    "Minder personen hebben het goed dan met gokken. De vraag is te moeilijk, of misleidt.",
    "20% goed bij drie antwoorden",
    "60% goed bij drie antwoorden",
)
A613 = Rule(
    "A613",
    "vraag-heel-makkelijk",
    _ADVICE,
    "Bijna iedereen heeft het goed. De vraag onderscheidt dan weinig. Dat mag, als elke kandidaat dit moet weten.",
    "99% goed",
    "85% goed",
)
A614 = Rule(
    "A614",
    "vraag-onderscheidt-niet",
    _WARN,
    "Wie de vraag goed heeft, scoort op de rest niet hoger. Dan meet de vraag iets anders, of wordt er gegokt.",
    "rir 0,03",
    "rir 0,35",
)
A615 = Rule(
    "A615",
    "vraag-onderscheidt-weinig",
    _ADVICE,
    "De vraag hangt maar weinig samen met de rest van de toets.",
    "rir 0,15",
    "rir 0,35",
)
A616 = Rule(
    "A616",
    "afleider-trekt-sterke-kandidaten",
    _ADVICE,
    "Een fout antwoord wordt juist door sterke kandidaten gekozen. Misschien is het ook waar, of slim bedacht.",
    "Afleider C: rar 0,12",
    "Afleider C: rar -0,20",
)
A617 = Rule(
    "A617",
    "afleider-wordt-niet-gekozen",
    _ADVICE,
    "Bijna niemand kiest dit antwoord. Dan is het geen echte keuze, en is gokken makkelijker.",
    "Afleider C: 1% kiest hem",
    "Afleider C: 15% kiest hem",
)
A618 = Rule(
    "A618",
    "vraag-vaak-overgeslagen",
    _ADVICE,
    "Veel personen gaven geen antwoord. De vraag is onduidelijk, of de tijd was om.",
    "18% gaf geen antwoord",
    "2% gaf geen antwoord",
)
A619 = Rule(
    "A619",
    "vraag-past-niet-bij-rasch",
    _ADVICE,
    "De antwoorden zijn grilliger dan het Rasch-model verwacht. Lees de vraag na; bij een enkele vraag hoeft het niets te zijn.",
    "infit 1,35",
    "infit tussen 0,9 en 1,1",
)
A620 = Rule(
    "A620",
    "vraag-werkt-anders-per-groep",
    _WARN,
    "Bij gelijke totaalscore heeft de ene groep de vraag vaker goed dan de andere. Kijk of dat met het onderwerp te maken heeft.",
    "Klasse C: delta -2,1",
    "Klasse A: delta 0,3",
)
RULES = (
    A601, A602, A603, A604, A605, A606, A607, A608, A611, A612, A613, A614, A615, A616, A617, A618, A619, A620,
)  # fmt: skip
