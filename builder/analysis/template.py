"""Empty sheets to type in: answers from paper, and the judgements for a cesuur.

In: a toets of the bank. Out: sheets for `sheets.write`. What they ask is what `read_answers` and
`standard_sheets` read. The sheet for answers holds no key.
"""

from __future__ import annotations

from builder.model.digest import print_code
from builder.model.docent import variants
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje, candidate_view, key_letters
from builder.model.toets import Toets
from builder.sheets import Column, Sheet

PERSONS = 60


def answer_sheets(bank: Itembank, toets: Toets, persons: int = PERSONS) -> tuple[Sheet, ...]:
    """Return the sheet to type the answers of a toets from paper, and the sheet that explains it."""
    codes = variants(toets)
    views = {code: candidate_view(bank, toets, code) for code in codes}
    printed = ", ".join(
        f"code {print_code(view)}" + (f" (variant {code})" if len(codes) > 1 else "")
        for code, view in views.items()
    )
    columns = [Column("Persoon", 12)]
    if len(codes) > 1:
        columns.append(Column("Variant", 9, codes))
    for number in range(len(toets.items)):
        letters = {optie.letter for view in views.values() for optie in view.vragen[number].opties}
        columns.append(Column(f"Vraag {number + 1}", 7, (*sorted(letters), "-")))
    empty = ("",) * (len(columns) - 1)
    rows = tuple((f"p{number:03}", *empty) for number in range(1, persons + 1))
    above = (f"{toets.titel} ({toets.id}), editie {toets.editie}, {printed}",)
    sheet = Sheet("Antwoorden", tuple(columns), rows, above, head_row=3, frozen=1)
    told = (
        "Typ per persoon één rij. Gebruik een nummer, nooit een naam.",
        "Houd zelf bij welk nummer bij wie hoort. Bewaar die lijst op een andere plaats.",
        "Vul de letter in die de persoon aankruiste, zoals gedrukt in het boekje.",
        "Niets aangekruist of twee antwoorden aangekruist? Vul een streepje in: -.",
        "Haal rijen weg die je niet gebruikt.",
        *(
            ("Vul bij Variant de letter in die op het boekje staat. Leeg telt als A.",)
            if len(codes) > 1
            else ()
        ),
        f"Klaar? Typ: knm analyse antwoorden.xlsx --toets {toets.id}",
    )
    return sheet, Sheet("Uitleg", (Column("Zo vul je dit in", 90),), tuple((line,) for line in told))


def angoff_sheets(bank: Itembank, toets: Toets, judges: int) -> tuple[Sheet, ...]:
    """Return the sheet on which judges estimate, per question, how many of 100 borderline candidates get it right."""
    hint = "Van 100 kandidaten die net slagen: hoeveel hebben dit goed? Typ 60, geen 0,6 en geen 60%."
    people = tuple(Column(f"Beoordelaar {n}", 13, hint=hint, between=(0, 100)) for n in range(1, judges + 1))
    rows: list[tuple[str | int, ...]] = []
    for vraag, key in zip(candidate_view(bank, toets).vragen, key_letters(bank, toets), strict=True):
        options = "\n".join(f"{one.letter}. {_shown(one.tekst, one.afbeelding)}" for one in vraag.opties)
        stam = "\n".join(part for part in (_shown("", vraag.afbeelding), vraag.stam) if part)
        rows.append((vraag.nummer, vraag.item_id, vraag.context, stam, options, key, *("",) * judges))
    told = (
        "Denk aan 100 kandidaten die net genoeg kunnen om te slagen.",
        "Hoeveel van hen beantwoorden deze vraag goed? Vul een getal in van 0 tot en met 100.",
        "Typ 60. Typ geen 0,6 en geen 60%.",
        "Met gokken heeft al een deel het goed: bij drie antwoorden ongeveer 33.",
        "Werk eerst alleen. Praat daarna samen over grote verschillen, en pas aan als je wilt.",
        f"Klaar? Typ: knm analyse ANTWOORDEN --toets {toets.id} --angoff dit-blad.xlsx",
    )
    columns = (
        Column("Nr", 5), Column("Item", 18), Column("Situatie", 32), Column("Vraag", 40), Column("Antwoorden", 44),
        Column("Goed", 6), *people,
    )  # fmt: skip
    above = ("Op dit blad staan de goede antwoorden. Geef het niet aan cursisten.",)
    sheet = Sheet("Angoff", columns, tuple(rows), above, head_row=3, frozen=2)
    return sheet, Sheet("Uitleg", (Column("Zo vul je dit in", 90),), tuple((line,) for line in told))


def _shown(text: str, picture: Plaatje | None) -> str:
    return text if picture is None else f"[Plaatje: {picture.alt}]{f' {text}' if text else ''}"


HOFSTEE = (
    "Laagste cesuur",
    "Hoogste cesuur",
    "Laagste percentage gezakt",
    "Hoogste percentage gezakt",
)


def hofstee_sheets(toets: Toets, judges: int) -> tuple[Sheet, ...]:
    """Return the sheet on which judges give the lowest and highest cesuur and share of failing that they accept."""
    most = len(toets.items)
    columns = (
        Column("Beoordelaar", 14),
        *(Column(title, 16, between=(0, limit)) for title, limit in zip(HOFSTEE, (most, most, 100, 100), strict=True)),
    )  # fmt: skip
    rows = tuple((f"b{number}", "", "", "", "") for number in range(1, judges + 1))
    told = (
        f"De toets heeft {most} vragen. De cesuur is de laagste score waarmee iemand slaagt.",
        "Laagste cesuur: ook als niemand zakt, is dit het minste wat iemand moet kunnen.",
        "Hoogste cesuur: wie dit haalt, slaagt zeker. Ook als veel mensen zakken.",
        "Laagste en hoogste percentage gezakt: wat je nog aanvaardt. Typ 30, geen 0,3 en geen 30%.",
        f"Klaar? Typ: knm analyse ANTWOORDEN --toets {toets.id} --hofstee dit-blad.xlsx",
    )
    sheet = Sheet("Hofstee", columns, rows, frozen=1)
    return sheet, Sheet("Uitleg", (Column("Zo vul je dit in", 90),), tuple((line,) for line in told))
