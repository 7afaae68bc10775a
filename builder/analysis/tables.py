"""The tables of a report as plain texts and numbers, the same for the page, the paper and the spreadsheet.

In: an analysis. Out: heads and rows. It knows no format.
"""

from __future__ import annotations

from dataclasses import dataclass

from builder.analysis.analyse import Analysis
from builder.analysis.classical import FormStat
from builder.analysis.gather import ALL
from builder.analysis.words import count, interval, number, percent, reliability

# Each word of the report, explained for who is no psychometrician.
WORDS = (
    ("p", "Het deel dat de vraag goed heeft. Hoe hoger, hoe makkelijker."),
    ("p'", "Hetzelfde, met gokken eraf getrokken. 0 is zoveel als gokken, 1 is iedereen goed."),
    ("sleutel", "Het goede antwoord."),
    ("afleider", "Een fout antwoord waaruit je kunt kiezen."),
    ("sd", "Hoe ver scores uit elkaar liggen."),
    ("rit", "De samenhang van de vraag met de hele toets, van -1 tot 1."),
    ("rat", "De samenhang van een antwoord met de hele toets."),
    ("rir", "De samenhang van de vraag met de rest van de toets. Boven 0,20 is goed, onder 0,10 niet."),
    (
        "rar",
        "De samenhang van een antwoord met de rest van de toets. Bij een afleider hoort een getal onder 0.",
    ),
    ("alfa", "Hoe betrouwbaar de toets meet, van 0 tot 1."),
    ("lambda-2", "Een andere maat voor hetzelfde. Nooit lager dan alfa."),
    (
        "SEM",
        "De meetfout. Bij twee van de drie personen ligt de score minder dan één SEM van hun echte niveau.",
    ),
    ("b", "De moeilijkheid op de Rasch-schaal. 0 is gemiddeld, hoger is moeilijker."),
    ("infit", "Hoe grillig de antwoorden zijn. 1 is zoals verwacht."),
    ("cesuur", "De laagste score waarmee iemand slaagt."),
    (
        "delta",
        "Het verschil tussen twee groepen bij gelijke score. Klasse A is klein, of kan toeval zijn. "
        "Klasse C is groot: 1,5 of meer, en zeker groter dan 1. Klasse B zit daartussen.",
    ),
    ("95%", "Het bereik waarin het echte getal zeer waarschijnlijk ligt."),
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, a head and rows of texts."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def overview(form: FormStat) -> tuple[tuple[str, str], ...]:
    """Return the key figures of a form with their names."""
    return (
        ("Personen", str(form.n)),
        ("Vragen", str(form.items)),
        ("Hoogste score die kan", str(form.most)),
        ("Gemiddelde", number(form.mean)),
        ("Standaardafwijking (sd)", number(form.sd)),
        ("Gemiddelde p", number(form.mean_p, 3)),
        *((("Gemiddelde p, vragen met spreiding", number(form.mean_p_varied, 3)),) if form.flat else ()),
        ("Gemiddelde rit", number(form.mean_rit, 3)),
        ("Gemiddelde rir", number(form.mean_rir, 3)),
        ("Alfa", number(form.alpha, 3)),
        ("Alfa, 95%", interval(form.alpha_interval)),
        ("Lambda-2", number(form.lambda2, 3)),
        ("Meetfout (SEM)", number(form.sem)),
    )


def summary(analysis: Analysis) -> tuple[str, ...]:
    """Return what matters most, in sentences."""
    form = analysis.main_form
    red = len({flag.item for flag in analysis.flags if flag.colour == "rood"})
    amber = len(
        {flag.item for flag in analysis.flags} - {f.item for f in analysis.flags if f.colour == "rood"}
    )
    made = [
        (
            f"{count(form.n, 'persoon gaf', 'personen gaven')} antwoord. "
            if form.name == ALL
            else f"{count(form.n, 'persoon maakte', 'personen maakten')} {form.name}. "
        )
        + f"Gemiddeld {number(form.mean, 1)} van {count(form.most, 'punt', 'punten')}.",
        reliability(form.alpha, form.alpha_interval, form.items, form.n, analysis.wishes.limits.few),
    ]
    if form.sem is not None:
        made.append(
            f"De meetfout is {number(form.sem, 1)} punt. Ongeveer zoveel kan een score door toeval hoger of lager zijn."
        )
    looks = [count(red, "rode vraag", "rode vragen")] if red else []
    looks += [count(amber, "oranje vraag", "oranje vragen")] if amber else []
    if looks:
        made.append(f"Kijk eerst naar {', en daarna naar '.join(looks)}.")
    elif form.n >= analysis.wishes.limits.none:
        made.append("Geen enkele vraag valt op.")
    if analysis.unsure:
        made.append(
            "Er zijn weinig personen. Alle cijfers zijn indicatief: kijk, maar trek nog geen conclusie."
        )
    if analysis.misclassified is not None:
        wrong = analysis.misclassified.false_pass + analysis.misclassified.false_fail
        made.append(
            f"Bij cesuur {analysis.misclassified.cesuur} krijgt naar schatting {percent(wrong)} een verkeerde uitslag."
        )
    return tuple(made)


def item_grid(analysis: Analysis) -> Grid:
    """Return one row per question over all forms."""
    colours: dict[str, str] = {}
    for flag in analysis.flags:
        colours[flag.item] = "rood" if "rood" in (flag.colour, colours.get(flag.item)) else "oranje"
    with_b = analysis.calibration is not None
    head = ["Vraag", "Let op", "n", "p", "p 95%", "p'", "rit", "rir", "rir 95%", "Leeg"]
    head += ["b", "se", "infit"] if with_b else []
    head[1:1] = ["Nr"] if analysis.wishes.order else []
    rows = []
    for item in analysis.items:
        row = [
            item.vraag.id,
            *([analysis.number_of(item.vraag.id)] if analysis.wishes.order else []),
            colours.get(item.vraag.id, ""),
            str(item.n),
            number(item.p),
            interval(item.p_interval),
            number(item.p_corrected),
            number(item.rit),
            number(item.rir),
            interval(item.rir_interval),
            percent((item.skipped + item.not_reached) / item.n),
        ]
        if analysis.calibration is not None:
            found, fit = analysis.calibration.of(item.vraag.id), analysis.fits.get(item.vraag.id)
            row += [
                number(found.b if found else None),
                number(found.se if found else None),
                number(fit.infit if fit else None),
            ]
        rows.append(tuple(row))
    caption = (
        "Alle vragen, over alle toetsen samen" if len(analysis.forms) > 1 else "Alle vragen met hun cijfers"
    )
    return Grid(caption, tuple(head), tuple(rows))


def cut_grid(analysis: Analysis) -> Grid:
    """Return which share passes at each cesuur that somebody could get."""
    form = analysis.main_form
    rows = [row for row in analysis.cuts if row.cesuur > 0 and (row.persons or row.passing not in (0.0, 1.0))]
    return Grid(
        f"{form.name}: wat elke cesuur doet",
        ("Cesuur", "Personen met deze score", "Slaagt", "Zakt"),
        tuple((str(r.cesuur), str(r.persons), percent(r.passing), percent(1 - r.passing)) for r in rows),
    )


def standard_lines(analysis: Analysis) -> tuple[str, ...]:
    """Return what each method says about the cesuur, in sentences."""
    made = []
    if analysis.equated is not None:
        found = analysis.equated
        sure = f" (meetfout {number(found.se)})" if found.se is not None else ""
        made.append(
            f"Cesuur {found.old_cut} van {found.old} komt hier overeen met {number(found.exact)}{sure}: "
            f"cesuur {found.cesuur}. Er zijn {len(found.anchors)} ankervragen."
        )
        if found.exact_without_drifted is not None:
            made.append(f"Zonder de ankers die verschoven, wordt het {number(found.exact_without_drifted)}.")
    if analysis.angoff is not None:
        sure = (
            f", met meetfout {number(analysis.angoff.se)} over beoordelaars"
            if analysis.angoff.se is not None
            else ""
        )
        made.append(
            f"Angoff: {number(analysis.angoff.cesuur)} punten volgens "
            f"{count(len(analysis.angoff.totals), 'beoordelaar', 'beoordelaars')}{sure}."
        )
    if (
        analysis.hofstee is not None
        and analysis.hofstee.cesuur is not None
        and analysis.hofstee.failing is not None
    ):
        whole = int(analysis.hofstee.cesuur + 0.5)
        passing = next((row.passing for row in analysis.cuts if row.cesuur == whole), 0.0)
        made.append(
            f"Hofstee: {number(analysis.hofstee.cesuur)} punten. "
            f"In hele punten is de cesuur {whole}. Dan zakt {percent(1 - passing)}."
        )
    if analysis.misclassified is not None:
        found_wrong = analysis.misclassified
        made.append(
            f"Bij cesuur {found_wrong.cesuur} slaagt naar schatting {percent(found_wrong.false_pass)} ten onrechte, "
            f"en zakt {percent(found_wrong.false_fail)} ten onrechte."
        )
    return tuple(made)


def doubt_grid(analysis: Analysis) -> Grid | None:
    """Return the totals near the cesuur with the chance that the outcome is wrong."""
    if analysis.misclassified is None:
        return None
    rows = tuple(
        (
            str(row.total),
            "geslaagd" if row.total >= analysis.misclassified.cesuur else "gezakt",
            str(row.persons),
            percent(row.wrong),
        )
        for row in analysis.misclassified.near
    )
    return Grid(
        "Scores rond de cesuur", ("Score", "Uitslag", "Personen", "Kans dat de uitslag niet klopt"), rows
    )


def ability_grid(analysis: Analysis) -> Grid | None:
    """Return the ability that belongs to each total, None when it is not known."""
    if not analysis.abilities:
        return None
    rows = tuple((str(total), number(ability), number(error)) for total, ability, error in analysis.abilities)
    return Grid("Van score naar vaardigheid (Rasch)", ("Score", "Vaardigheid", "Meetfout"), rows)


def about(analysis: Analysis) -> tuple[str, ...]:
    """Return how it was computed, in sentences."""
    limits = analysis.wishes.limits
    made = [
        "Overgeslagen telt als fout. Niet voorgelegd telt niet mee.",
        "Leeg is overgeslagen en niet bereikt samen. Niet bereikt: leeg tot het einde, na de eerste lege vraag.",
        "Over meer toetsen is elk cijfer gewogen met het aantal personen, zoals in dexter van Cito. De sd is die van alle personen samen.",
        *(
            ("De letters van de antwoorden zijn die in de bank. In het boekje kan de volgorde anders zijn.",)
            if any(item.vraag.options and item.vraag.teksten for item in analysis.items)
            else ()
        ),
        "De bereiken van 95%: Wilson voor p, Fisher voor rir, Bonett voor alfa.",
        f"Rood of oranje bij: rir onder {number(limits.rir_rood)} of {number(limits.rir_oranje)}, p onder gokken of boven "
        f"{number(limits.p_hoog)}, een afleider onder {percent(limits.aandeel)}, meer dan {percent(limits.overgeslagen)} leeg.",
        "Bij een lage p of rir: rood alleen als toeval het niet verklaart. Dan ligt het hele bereik van 95% onder de grens.",
        f"Onder {limits.few} personen is alles indicatief. Onder {limits.none} personen kleuren we niets.",
    ]
    if analysis.calibration is not None:
        made.append("Rasch: conditionele maximum likelihood. De moeilijkheden zijn samen 0.")
        if analysis.main_form.n < 200:
            made.append("Met minder dan 200 personen zijn de Rasch-moeilijkheden grof.")
    if analysis.model_test is not None:
        found = analysis.model_test
        made.append(
            f"Andersen-toets: {number(found.value, 1)} bij {found.freedom} vrijheidsgraden, kans {number(found.p, 3)}. "
            + ("Het model past niet goed." if found.p < 0.01 else "Het model past.")
        )
    return (*made, *analysis.notes)
