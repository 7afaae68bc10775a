"""One sheet of a workbook to rows of values: heads, cells, settings; what looks like a person is refused.

In: a sheet as text and its columns. Out: a dict per row (`rij` is its number, `heel` tells that all of it could be read)
and findings. It knows no other sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from builder import sheets
from builder.visits import columns, personal, rules
from builder.visits.columns import NAAM_INSTELLINGEN, Kolom, Tabblad
from builder.visits.faults import Faults
from builder.visits.settings_columns import GEWICHTEN, INSTELLINGEN
from builder.visits.values import CellFault, parse

Row = dict[str, Any]


def read_tab(
    tab: Tabblad, sheet: sheets.ReadSheet | None, faults: Faults, blocked: set[tuple[str, int, int]]
) -> list[Row]:
    """Return the rows of a sheet; `blocked` are cells of which a finding was told already."""
    if sheet is None:
        if tab.nodig:
            faults.add(
                rules.V602,
                tab.naam,
                0,
                0,
                "dit tabblad is er niet.",
                "Maak een leeg rekenblad met `knm visits template` en neem het tabblad over.",
            )
        return []
    heads = sheet.rows[0] if sheet.rows else ()
    places = _heads(tab, heads, faults)
    complete = all(kolom in places for kolom in tab.kolommen if kolom.nodig)
    people = tab.naam in ("Groepen", "Bezoeken")
    made = []
    for number, cells in enumerate(sheet.rows[1:], start=2):
        if not any(cells) or cells[0].strip().casefold().startswith(columns.VOORBEELD):
            continue
        about_group = people or (bool(cells) and cells[0].strip().casefold() == "groep")
        row: Row = {"rij": number}
        whole = complete
        for place, text in enumerate(cells, start=1):
            what = personal.in_cell(text, about_group) if text else ""
            if what:
                faults.add(
                    rules.V605,
                    tab.naam,
                    number,
                    place,
                    f"hier staat {what}.",
                    "Haal het weg. Een plan heeft alleen aantallen nodig.",
                    heads[place - 1] if place <= len(heads) else "",
                )
                whole = False
        for kolom, place in places.items():
            text = cells[place - 1].strip() if place <= len(cells) else ""
            if not text:
                if kolom.nodig and (tab.naam.casefold(), number, place) not in blocked:
                    faults.add(
                        rules.V606,
                        tab.naam,
                        number,
                        place,
                        "deze cel is leeg.",
                        f"{kolom.uitleg} Bijvoorbeeld: {kolom.voorbeeld}.",
                        kolom.titel,
                    )
                whole = whole and not kolom.nodig
                continue
            value = _value(tab, kolom, number, place, text, faults)
            if value is None:
                whole = False
            else:
                row[kolom.veld] = value
        row["heel"] = whole
        made.append(row)
    if tab.nodig and not made:
        faults.add(
            rules.V613,
            tab.naam,
            0,
            0,
            "hier is nog niets ingevuld.",
            f"Vul ten minste één rij in. {tab.wat}",
        )
    return made


def _value(tab: Tabblad, kolom: Kolom, row: int, place: int, text: str, faults: Faults) -> Any:
    try:
        return parse(kolom.soort, text, kolom.keuzes)
    except CellFault as fault:
        rule = rules.V608 if fault.in_list else rules.V607
        faults.add(rule, tab.naam, row, place, str(fault), fault.hint, kolom.titel)
        return None


def _heads(tab: Tabblad, heads: Sequence[str], faults: Faults) -> Mapping[Kolom, int]:
    """Return which column stands where; tell of heads that are unknown, missing or about people."""
    known = {kolom.titel.casefold(): kolom for kolom in tab.kolommen}
    places: dict[Kolom, int] = {}
    for place, head in enumerate(heads, start=1):
        plain = " ".join(head.split()).casefold()
        if plain in known:
            if known[plain] in places:
                faults.add(
                    rules.V609,
                    tab.naam,
                    1,
                    place,
                    "deze kolom staat er twee keer.",
                    "Haal er een weg. We weten niet welke je bedoelt.",
                    head,
                )
            places.setdefault(known[plain], place)
        elif plain:
            what = personal.in_head(head, tab.naam == "Locaties")
            if what:
                faults.add(
                    rules.V605,
                    tab.naam,
                    1,
                    place,
                    f"deze kolom lijkt te gaan over {what}.",
                    "Haal de hele kolom weg. Voor een plan zijn aantallen genoeg.",
                    head,
                )
                continue
            near = get_close_matches(plain, list(known), 1, 0.7)
            meant = f"Bedoelde je {known[near[0]].titel}? " if near else ""
            faults.add(
                rules.V604,
                tab.naam,
                1,
                place,
                "deze kolom kennen we niet. Hij telt niet mee.",
                f"{meant}Haal hem weg of geef hem een naam uit het tabblad Uitleg.",
                head,
            )
    for kolom in tab.kolommen:
        if kolom.nodig and kolom not in places:
            faults.add(
                rules.V603,
                tab.naam,
                1,
                0,
                f"de kolom {kolom.titel} is er niet.",
                f"Zet {kolom.titel} boven een kolom. {kolom.uitleg}",
            )
    return places


def read_settings(sheet: sheets.ReadSheet | None, faults: Faults) -> Row | None:
    """Return the settings that were filled in, or None when the period is not known."""
    if sheet is None:
        faults.add(
            rules.V602,
            NAAM_INSTELLINGEN,
            0,
            0,
            "dit tabblad is er niet.",
            "Maak een leeg rekenblad met `knm visits template` en neem het tabblad over.",
        )
        return None
    known = {kolom.titel.casefold(): kolom for kolom in (*INSTELLINGEN, *GEWICHTEN)}
    tab = Tabblad(NAAM_INSTELLINGEN, INSTELLINGEN)
    made: Row = {"gewichten": {}}
    seen: set[str] = set()
    for number, cells in enumerate(sheet.rows, start=1):
        name = " ".join(cells[0].split()) if cells else ""
        if not name or name in columns.INSTELLING_KOLOMMEN or name.casefold().startswith(columns.VOORBEELD):
            continue
        kolom = known.get(name.casefold())
        text = cells[1].strip() if len(cells) > 1 else ""
        what = personal.in_cell(text, False)
        if what:
            faults.add(
                rules.V605,
                NAAM_INSTELLINGEN,
                number,
                2,
                f"hier staat {what}.",
                "Schrijf een functie, geen mens.",
                name,
            )
        elif kolom is None:
            near = get_close_matches(name.casefold(), list(known), 1, 0.7)
            meant = f"Bedoelde je {known[near[0]].titel}?" if near else "Kijk in het tabblad Uitleg."
            faults.add(
                rules.V610, NAAM_INSTELLINGEN, number, 1, f"de instelling {name} kennen we niet.", meant
            )
        elif kolom.veld in seen and kolom in INSTELLINGEN:
            faults.add(
                rules.V609,
                NAAM_INSTELLINGEN,
                number,
                1,
                f"{name} staat er twee keer.",
                "Haal er een weg.",
            )
        elif text:
            value = _value(tab, kolom, number, 2, text, faults)
            if value is not None:
                (made if kolom in INSTELLINGEN else made["gewichten"])[kolom.veld] = value
            seen.add(kolom.veld)
    for kolom in INSTELLINGEN:
        if kolom.nodig and kolom.veld not in seen:
            faults.add(
                rules.V606,
                NAAM_INSTELLINGEN,
                0,
                0,
                f"{kolom.titel} is leeg.",
                f"{kolom.uitleg} Bijvoorbeeld: {kolom.voorbeeld}.",
            )
    return made if {"van", "tot"} <= set(made) else None
