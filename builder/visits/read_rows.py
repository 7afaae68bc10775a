"""One sheet of a workbook to rows of values: heads, cells, settings; what looks like a person is refused.

In: a sheet as text and its columns. Out: a dict per row (`rij` is its number, `heel` tells that all of it could be read)
and findings. It knows no other sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from builder import sheets
from builder.visits import columns, personal, rules
from builder.visits.columns import NAAM_INSTELLINGEN, Kolom, Tabblad
from builder.visits.faults import Faults
from builder.visits.settings_columns import GEWICHTEN, INSTELLINGEN
from builder.visits.values import CellFault, parse

Row = dict[str, Any]
_OF_GROUPS = ("Groepen", "Bezoeken", "Verslag", "Kennis")
# "Joods Museum" says nothing of who visits it.
_NAMES_OF_PLACES = ("aanbieder", "plaats", "locatie", "locaties")


def refuse_others(found: Sequence[sheets.ReadSheet], known: Collection[str], faults: Faults) -> None:
    """Tell of sheets that are not ours and hold something; told by number, for a name may be that of a person."""
    ours = {name.casefold() for name in known}
    for number, sheet in enumerate(found, start=1):
        if sheet.name.strip().casefold() not in ours and any(any(row) for row in sheet.rows):
            faults.add(
                rules.V605,
                str(number),
                0,
                0,
                "dit tabblad kennen we niet. Zo'n lijst kan over mensen gaan.",
                "Tel van links. Haal dit tabblad weg en bewaar de lijst ergens anders.",
            )


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
    made = []
    told = _unread(tab, sheet, faults)
    titles = {place: kolom for kolom, place in places.items()}
    for number, cells in enumerate(sheet.rows[1:], start=2):
        if not any(cells) or cells[0].strip().casefold().startswith(columns.VOORBEELD):
            continue
        about_group = tab.naam in _OF_GROUPS or cells[0].strip().casefold() == "groep"
        row: Row = {"rij": number}
        whole = complete
        people: set[int] = set()
        for place, text in enumerate(cells, start=1):
            kolom = titles.get(place)
            about = about_group and (kolom is None or kolom.veld not in _NAMES_OF_PLACES)
            what = personal.in_cell(text, about) if text and place not in told else ""
            if what:
                faults.add(
                    rules.V605,
                    tab.naam,
                    number,
                    place,
                    f"hier staat {what}.",
                    "Haal het weg. Een plan heeft alleen aantallen nodig.",
                    kolom.titel if kolom else "",
                )
                whole = False
                people.add(place)
        for kolom, place in places.items():
            text = cells[place - 1].strip() if place <= len(cells) else ""
            if place in people:
                continue
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
        for one in (fault, *fault.others):
            rule = rules.V608 if one.in_list else rules.V607
            faults.add(rule, tab.naam, row, place, str(one), one.hint, kolom.titel)
        return None


def _heads(tab: Tabblad, heads: Sequence[str], faults: Faults) -> Mapping[Kolom, int]:
    """Return which column stands where; tell of heads that are double or missing."""
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


def _unread(tab: Tabblad, sheet: sheets.ReadSheet, faults: Faults) -> set[int]:
    """Tell of columns that we do not know, and return those that are refused as a whole.

    A head is never repeated: in a sheet without a head the first row is already about somebody.
    """
    heads = sheet.rows[0] if sheet.rows else ()
    known = {kolom.titel.casefold(): kolom for kolom in tab.kolommen}
    titled = {place for place, head in enumerate(heads, start=1) if head.strip()}
    ours = {place for place in titled if " ".join(heads[place - 1].split()).casefold() in known}
    words = {
        place
        for row in sheet.rows[1:]
        if row and not row[0].strip().casefold().startswith(columns.VOORBEELD)
        for place, text in enumerate(row, start=1)
        if place not in ours and personal.is_free_text(text)
    }
    refused = set()
    for place in sorted((titled | words) - ours):
        plain = " ".join(heads[place - 1].split()).casefold() if place in titled else ""
        what = personal.in_head(plain, tab.naam == "Locaties")
        near = get_close_matches(plain, list(known), 1, 0.7)
        meant = f"Bedoelde je {known[near[0]].titel}? " if near else ""
        rename = f"{meant}Haal hem weg of geef hem een naam uit het tabblad Uitleg."
        if what:
            message = f"deze kolom lijkt te gaan over {what}."
            refused.add(place)
            faults.add(rules.V605, tab.naam, 1, place, message, "Haal de hele kolom weg. Voor een plan zijn aantallen genoeg.")  # fmt: skip
        elif place in words:
            refused.add(place)
            message = "in deze kolom staat tekst, en we kennen de kolom niet. Tekst kan over mensen gaan."
            faults.add(rules.V605, tab.naam, 1, place, message, rename)
        else:
            faults.add(rules.V604, tab.naam, 1, place, "deze kolom kennen we niet. Hij telt niet mee.", rename)  # fmt: skip
    return refused


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
        what = personal.in_cell(text, kolom is None or kolom.veld in ("alternatief", "beslisser"))
        beside = next(
            (place for place, cell in enumerate(cells[3:], start=4) if personal.is_free_text(cell)), 0
        )
        if beside:
            faults.add(
                rules.V605,
                NAAM_INSTELLINGEN,
                number,
                beside,
                "hier staat tekst die we niet kennen. Tekst kan over mensen gaan.",
                "Haal het weg.",
            )
        if what:
            faults.add(
                rules.V605,
                NAAM_INSTELLINGEN,
                number,
                2,
                f"hier staat {what}.",
                "Schrijf een functie, geen mens.",
                kolom.titel if kolom else "",
            )
        elif kolom is None:
            near = get_close_matches(name.casefold(), list(known), 1, 0.7)
            meant = f"Bedoelde je {known[near[0]].titel}?" if near else "Kijk in het tabblad Uitleg."
            faults.add(rules.V610, NAAM_INSTELLINGEN, number, 1, "deze instelling kennen we niet.", meant)
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
