"""The rules of reading a workbook with groups and places (codes V601 and on).

In: nothing. Out: the rules, with what `knm explain` tells of each. The stages that emit them import them here.
"""

from __future__ import annotations

from builder.diagnostics import Rule, Severity


def _rule(
    code: str, name: str, why: str, wrong: str, right: str, severity: Severity = Severity.ERROR
) -> Rule:
    return Rule(code, name, severity, why, wrong, right)


V601 = _rule(
    "V601",
    "geen-rekenblad",
    "Een plan begint met een rekenblad in Excel-vorm. Dit bestand kunnen we niet openen.",
    "groepen.xlsx is een foto met een andere naam",
    "groepen.xlsx, gemaakt met `knm visits template`",
)
V602 = _rule(
    "V602",
    "tabblad-ontbreekt",
    "Zonder groepen, locaties en instellingen kan er geen plan zijn.",
    "een bestand zonder tabblad Locaties",
    "de tabbladen Groepen, Locaties en Instellingen",
)
V603 = _rule(
    "V603",
    "kolom-ontbreekt",
    "Deze kolom is nodig. Zonder de kop weten we niet wat er in een cel staat.",
    "Groepen zonder kolom Deelnemers",
    "een kolom Deelnemers, met een getal in elke rij",
)
V604 = _rule(
    "V604",
    "kolom-onbekend",
    "We lezen alleen kolommen die we kennen. Wat erin staat, telt niet mee.",
    "een kolom Deelnmers",
    "een kolom Deelnemers",
    Severity.WARNING,
)
V605 = _rule(
    "V605",
    "persoonsgegevens",
    "Voor een plan zijn aantallen genoeg. Namen, geloof, afkomst en gezondheid van mensen horen hier niet. "
    "Zo kan een bestand dat rondgaat niemand schaden.",
    "een kolom Geboortedatum, of een e-mailadres in een cel",
    "een kolom Deelnemers met een getal",
)
V606 = _rule(
    "V606",
    "cel-leeg",
    "Deze cel is nodig om te kunnen plannen. We raden nooit.",
    "Deelnemers: leeg",
    "Deelnemers: 14",
)
V607 = _rule(
    "V607",
    "cel-niet-te-lezen",
    "We begrijpen niet wat in deze cel staat. Een verkeerd getal geeft een verkeerd plan.",
    "Deelnemers: een stuk of tien",
    "Deelnemers: 10",
)
V608 = _rule(
    "V608",
    "niet-in-de-lijst",
    "In deze kolom kan maar een paar woorden. Een ander woord betekent voor ons niets.",
    "Taalniveau: B2",
    "Taalniveau: B1+",
)
V609 = _rule(
    "V609",
    "dubbele-naam",
    "Een naam wijst één groep of locatie aan. Bij twee dezelfde namen weet niemand wie er gaat.",
    "twee rijen met A2 ochtend",
    "A2 ochtend 1 en A2 ochtend 2",
)
V610 = _rule(
    "V610",
    "naam-onbekend",
    "Deze rij verwijst naar een groep, locatie of regio die er niet is.",
    "Begeleiders, Locatie: Musuem A",
    "Begeleiders, Locatie: Museum A",
)
V611 = _rule(
    "V611",
    "plaats-onbekend",
    "Uit de plaats schatten we de reistijd. Kennen we de plaats niet, dan is er geen schatting.",
    "Plaats: Zwole",
    "Plaats: Zwolle, of 8011, of coördinaten, of een rij in Reistijden",
)
V612 = _rule(
    "V612",
    "formule-zonder-uitkomst",
    "In deze cel staat een formule waarvan de uitkomst niet bewaard is.",
    "=B2*2, gemaakt door een programma dat niet rekent",
    "28, of de formule na openen en bewaren in Excel",
)
V613 = _rule(
    "V613",
    "niets-ingevuld",
    "Er staat geen enkele groep of locatie in. Dan valt er niets te plannen.",
    "Groepen met alleen de kop",
    "Groepen met ten minste één rij",
)
V614 = _rule(
    "V614",
    "waarden-botsen",
    "Twee waarden kunnen niet samen waar zijn, of een waarde kan niet bestaan.",
    "Vanaf 1-12-2026, tot en met 1-10-2026",
    "Vanaf 1-10-2026, tot en met 1-12-2026",
)
V615 = _rule(
    "V615",
    "locatie-onvolledig",
    "Van deze locatie is iets niet bekend. Wij vullen het niet in. Tot je het navraagt, telt de locatie niet mee.",
    "Groepen per dagdeel: leeg",
    "Groepen per dagdeel: 1",
    Severity.WARNING,
)
V616 = _rule(
    "V616",
    "vast-bezoek-breekt-een-regel",
    "Een bezoek dat vast staat of voorbij is, laten we staan. Past het niet bij de regels, dan moet je dat weten.",
    "een vast bezoek op een dag dat de locatie dicht is",
    "een vast bezoek op een dag dat de locatie open is",
    Severity.WARNING,
)
V617 = _rule(
    "V617",
    "papier-lukt-niet",
    "Een naam met een teken dat ons lettertype niet heeft, zou op papier wegvallen. Dat papier maken we dan niet.",
    "Groep ✈",
    "Groep luchthaven",
    Severity.WARNING,
)
V618 = _rule(
    "V618",
    "telt-niet-mee",
    "Dit is ingevuld, maar hoort bij geen enkele groep. Het plan wordt er niet anders van.",
    "Gesloten dagen: vakantieregio zuid, en geen groep in zuid",
    "Gesloten dagen: vakantieregio noord, en een groep in noord",
    Severity.WARNING,
)
RULES: tuple[Rule, ...] = (
    V601,
    V602,
    V603,
    V604,
    V605,
    V606,
    V607,
    V608,
    V609,
    V610,
    V611,
    V612,
    V613,
    V614,
    V615,
    V616,
    V617,
    V618,
)
