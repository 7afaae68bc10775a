"""Reviewing: a sheet without key for a second reader, and what that reader found as data.

In: the bank, ids, answers. Out: plain data for a sheet, or an entry for `beoordelingen` with its objections.
The sheet is blind: made from the candidate's view, which has no place for a key. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from builder.dutch import meant
from builder.model.digest import item_digest
from builder.model.itembank import Itembank
from builder.model.kandidaat import LETTERS, candidate_question
from builder.model.lijsten import Oordeel, Rol, SoortBeoordeling

VINKJES: dict[str, str] = {
    "R-01": "Ik heb de vraag eerst zelf beantwoord, zonder sleutel.",
    "R-02": "Mijn antwoord is de sleutel.",
    "R-03": "De bron zegt dit ook, vandaag.",
    "R-04": "De vraag hoort bij deze eindterm en bij dit niveau.",
    "R-05": "Dit is de moeite waard om te weten.",
    "R-06": "Kennis, geen mening of houding.",
    "R-07": "De vraag is te begrijpen zonder de antwoorden.",
    "R-08": "Geen (dubbele) ontkenning, geen altijd of nooit.",
    "R-09": "Geen overbodige tekst.",
    "R-10": "Eén antwoord is goed; de andere zijn echt fout.",
    "R-11": "De foute antwoorden zijn geloofwaardig.",
    "R-12": "Even lang, zelfde vorm, geen hints.",
    "R-13": "Taal is makkelijker dan de kennis: korte zinnen, gewone woorden.",
    "R-14": "Geen kennis nodig van een streek, beroep, geloof of generatie.",
    "R-15": "Niemand wordt onnodig geraakt tijdens een examen.",
    "R-16": "Namen en rollen zijn gevarieerd; geen stereotype.",
    "R-17": "Groepen juist en precies benoemd.",
    "R-18": "Holocaust: sober, feitelijk, mensen met een naam, geen daderstaal zonder uitleg, geen vergelijking van leed.",
    "R-19": "Wet en geloof: vraag gaat over de wet; geen oordeel over geloof nodig.",
    "R-20": "Beeld: nodig, leesbaar in grijs, alt-tekst zonder antwoord, licentie.",
    "R-21": "Verraadt geen ander item; varianten zijn als zodanig gemerkt.",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gave: the letter of the answer (A is the first option in the file), and the verdict."""

    item: str
    antwoord: str
    beoordelaar: str
    rol: str = "toets-taal"
    soort: str = "mens"
    oordeel: str = "goed"
    vinkjes: tuple[str, ...] = ()
    opmerkingen: str = ""
    digest: str = ""


def sheet(bank: Itembank, ids: Sequence[str]) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return per item what a blind reader needs, in the order of `ids`, and a sentence per unknown id."""
    rows: list[dict[str, Any]] = []
    objections = []
    for name in dict.fromkeys(ids):
        if name not in bank.items:
            objections.append(unknown_item(bank, name))
            continue
        item = bank.items[name]
        vraag = candidate_question(bank, item, len(rows) + 1)
        rows.append(
            {
                "item": item.id,
                "versie": item.versie,
                "digest": item_digest(bank, item),
                "eindterm": item.eindterm,
                "eindterm_tekst": bank.eindterm(item.eindterm).tekst,
                "taalniveau": item.taalniveau,
                "context": vraag.context,
                "stam": vraag.stam,
                "afbeelding": vraag.afbeelding.alt if vraag.afbeelding else "",
                "opties": {
                    optie.letter: optie.tekst
                    or f"Plaatje: {optie.afbeelding.alt if optie.afbeelding else ''}"
                    for optie in vraag.opties
                },
            }
        )
    return rows, tuple(objections)


def sheet_text(rows: Sequence[dict[str, Any]]) -> str:
    """Return the sheet as plain text to read or print."""
    parts = []
    for row in rows:
        lines = [f"{row['item']} (eindterm {row['eindterm']}, {row['taalniveau']})"]
        lines += [
            text for text in (row["context"], row["afbeelding"] and f"[Plaatje: {row['afbeelding']}]") if text
        ]
        lines.append(row["stam"])
        lines += [f"  {letter}  {text}" for letter, text in row["opties"].items()]
        lines.append("  Antwoord: …    Opmerking: …")
        parts.append("\n".join(lines))
    ticks = "\n".join(f"  [ ] {code} {text}" for code, text in VINKJES.items())
    return "\n\n".join([*parts, f"Kijk per vraag:\n{ticks}"])


def unknown_item(bank: Itembank, name: str) -> str:
    """Return the sentence about an item that is not there."""
    if name in bank.broken:
        return f"Vraag {name} heeft nog fouten. Kijk eerst met `knm check`."
    return f"Vraag {name} bestaat niet. {meant(name, bank.items)}".rstrip()


def entry(bank: Itembank, reading: Reading, datum: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the entry for `beoordelingen`, and every objection in Dutch (then do not write it)."""
    if reading.item not in bank.items:
        return {}, (unknown_item(bank, reading.item),)
    item = bank.items[reading.item]
    digest = item_digest(bank, item)
    letter = reading.antwoord.strip().upper()
    letters = LETTERS[: len(item.opties)]
    said = []
    if letter not in tuple(letters):
        said.append(
            f"{item.id}: antwoord {reading.antwoord or '(leeg)'} is er niet. Kies uit {', '.join(letters)}."
        )
    if reading.digest and reading.digest != digest:
        said.append(f"{item.id}: de vraag is veranderd sinds het reviewblad. Maak een nieuw blad.")
    if reading.beoordelaar == item.maker:
        said.append(f"{item.id}: dit is je eigen vraag. Een collega beoordeelt haar.")
    for value, allowed, name in (
        (reading.rol, get_args(Rol), "rol"),
        (reading.soort, get_args(SoortBeoordeling), "soort"),
        (reading.oordeel, get_args(Oordeel), "oordeel"),
    ):
        if value not in allowed:
            said.append(
                f"{item.id}: {name} {value or '(leeg)'} kennen we niet. Kies uit {', '.join(allowed)}."
            )
    for tick in reading.vinkjes:
        if tick not in VINKJES:
            said.append(f"{item.id}: vinkje {tick} kennen we niet. Kies uit R-01 tot en met R-21.")
    if reading.oordeel in ("terug", "niet gebruiken") and not reading.opmerkingen.strip():
        said.append(
            f"{item.id}: schrijf bij {reading.oordeel} een opmerking. Dan weet de auteur wat er beter kan."
        )
    if not reading.beoordelaar:
        said.append(f"{item.id}: vul in wie beoordeelt. Gebruik een code, geen echte naam.")
    if said:
        return {}, tuple(said)
    data: dict[str, Any] = {
        "soort": reading.soort,
        "rol": reading.rol,
        "beoordelaar": reading.beoordelaar,
        "datum": datum,
        "versie": item.versie,
        "digest": digest,
    }
    if reading.vinkjes:
        data["vinkjes"] = sorted(dict.fromkeys(reading.vinkjes))
    data["antwoord"] = letters.index(letter) + 1
    data["oordeel"] = reading.oordeel
    if reading.opmerkingen.strip():
        data["opmerkingen"] = reading.opmerkingen.strip()
    return data, ()


def agrees(bank: Itembank, reading: Reading) -> bool:
    """Tell whether the reader's answer is the key."""
    item = bank.items[reading.item]
    return item.sleutel is not None and LETTERS[item.sleutel] == reading.antwoord.strip().upper()
