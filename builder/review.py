"""Reviewing items and lessons: a sheet without key for a second reader, and what that reader found as data.

In: the bank, ids, answers. Out: plain data for a sheet, or an entry for `beoordelingen` with its objections.
The sheet is blind: made from the candidate's view, which has no place for a key. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from builder.dutch import meant
from builder.model.digest import item_digest, les_digest
from builder.model.itembank import Itembank
from builder.model.kandidaat import LETTERS, candidate_question
from builder.model.les import Les
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
    "R-21": "Verraadt geen ander item; bij een variant staat dat het een variant is.",
}

OWN_ANSWER = "R-02"  # only for who answered as the key says

# For a les: in the order in which a reader works. Sources: the didactic rules of the handreiking.
VINKJES_LES: dict[str, str] = {
    "LR-01": "Ik las eerst wat de cursist krijgt, en beantwoordde de controlevragen zonder sleutel.",
    "LR-02": "De controlevragen vragen wat de les leert. De sleutels kloppen.",
    "LR-03": "De doelen horen bij de eindtermen en passen in de tijd.",
    "LR-04": "De bronnen zeggen dit ook, vandaag.",
    "LR-05": "De taal past bij het taalniveau: korte zinnen, gewone woorden.",
    "LR-06": "Een docent kan dit morgen geven: stappen, tijd en materiaal zijn duidelijk.",
    "LR-07": "Namen en rollen zijn gevarieerd. Geen stereotype. Groepen zijn precies benoemd.",
    "LR-08": "Elk beeld dient het doel. Beschrijving, maker en licentie kloppen.",
    "LR-09": "Vooraf is gezegd wat er komt. Weggaan mag, zonder uitleg.",
    "LR-10": "Niemand hoeft over zichzelf te vertellen. Niemand staat in het licht.",
    "LR-11": "Begin en einde zijn veilig. Het slot gaat over nu, niet over het ergste beeld.",
    "LR-12": "De docent leest waar zijn grens ligt, en naar wie hij verwijst.",
    "LR-13": "Bij een kwetsende opmerking grijpt de docent in, en praat hij daarna.",
    "LR-14": "Eén mens met een naam staat voorop. Ook het leven ervoor en erna telt.",
    "LR-15": "De woorden zijn uitgelegd, zoals kamp, schuld, helper en omstander.",
    "LR-16": "Het was geen lot: mensen kozen. Er is niet één simpel waarom.",
    "LR-17": "Leed wordt niet vergeleken of op volgorde gezet.",
    "LR-18": "Geen naspelen, geen schokkend beeld, geen spel of rekenen met slachtoffers.",
    "LR-19": "Bij een beeld van daders staat wie het maakte, en waarom.",
    "LR-20": "Feiten zijn geen mening. Er wordt niet over gestemd.",
}
_SENSITIVE = ("LR-09", "LR-10", "LR-11", "LR-12", "LR-13")
_HOLOCAUST = ("LR-14", "LR-15", "LR-16", "LR-17", "LR-18", "LR-19", "LR-20")
_HOLOCAUST_TERM = "5.1.2"


@dataclass(frozen=True, slots=True)
class LesReading:
    """What a reader of a les gave: a letter for each control question, and the verdict."""

    les: str
    beoordelaar: str
    antwoorden: Mapping[str, str] = field(default_factory=dict)
    rol: str = "vakinhoud"
    soort: str = "mens"
    oordeel: str = "goed"
    vinkjes: tuple[str, ...] = ()
    opmerkingen: str = ""
    digest: str = ""


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
    said += _objections(item.id, reading, VINKJES, "R-01 tot en met R-21")
    if letter in tuple(letters) and not agrees(bank, reading):
        said += _other_answer(item.id, reading)
    if said:
        return {}, tuple(said)
    data = _begin(reading, item.versie, digest, datum)
    data["antwoord"] = letters.index(letter) + 1
    return _end(data, reading), ()


def _other_answer(name: str, reading: Reading) -> list[str]:
    """Return what a reader cannot say whose answer is not the key."""
    said = []
    if OWN_ANSWER in reading.vinkjes:
        said.append(f"{name}: je antwoord is niet de sleutel. Haal het vinkje bij {OWN_ANSWER} weg.")
    if reading.soort == "mens" and reading.oordeel == "goed" and not reading.opmerkingen.strip():
        said.append(f"{name}: je antwoord is niet de sleutel. Schrijf een opmerking: waarom toch goed?")
    return said


def ticks_of(les: Les) -> dict[str, str]:
    """Return the lines of the list that hold for a les: more for a sensitive one, and for the Holocaust."""
    about = _HOLOCAUST_TERM in les.eindtermen
    return {
        code: text
        for code, text in VINKJES_LES.items()
        if (les.gevoelig or code not in _SENSITIVE) and (about or code not in _HOLOCAUST)
    }


def control_questions(bank: Itembank, les: Les) -> tuple[str, ...]:
    """Return the ids of the control questions that a reader can answer: those that are in the bank and hold."""
    return tuple(name for name in dict.fromkeys(les.controlevragen) if name in bank.items)


def les_entry(bank: Itembank, reading: LesReading, datum: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the entry for `beoordelingen` of a les, and every objection in Dutch (then do not write it)."""
    les = bank.lessen.get(reading.les)
    if les is None:
        return {}, (f"Les {reading.les} bestaat niet, of heeft nog fouten. Kijk eerst met `knm check`.",)
    digest = les_digest(bank, les)
    said = []
    if set(reading.antwoorden) != set(control_questions(bank, les)):
        said.append(f"{les.id}: beantwoord eerst elke controlevraag, zonder sleutel.")
    if reading.digest and reading.digest != digest:
        said.append(f"{les.id}: de les is veranderd terwijl je las. Lees haar opnieuw.")
    if reading.beoordelaar == les.maker:
        said.append(f"{les.id}: dit is je eigen les. Een collega beoordeelt haar.")
    said += _objections(les.id, reading, ticks_of(les), "de lijst bij deze les")
    if said:
        return {}, tuple(said)
    data = _begin(reading, les.versie, digest, datum)
    told = " ".join([*told_answers(bank, reading.antwoorden), reading.opmerkingen.strip()]).strip()
    return _end(data, replace(reading, opmerkingen=told)), ()


def told_answers(bank: Itembank, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a reader answered without key, as a sentence; nothing without control questions."""
    if not answers:
        return ()
    other = {name: letter for name, letter in answers.items() if not _is_key(bank, name, letter)}
    if not other:
        return ("Alle controlevragen zonder sleutel goed beantwoord.",)
    named = ", ".join(f"{name} ({letter})" for name, letter in other.items())
    return (f"Zonder sleutel anders beantwoord dan de sleutel: {named}.",)


def _is_key(bank: Itembank, name: str, letter: str) -> bool:
    key = bank.items[name].sleutel
    return key is not None and LETTERS[key] == letter


def _objections(name: str, reading: Reading | LesReading, ticks: Mapping[str, str], known: str) -> list[str]:
    """Return what is wrong with a verdict, whatever it is about."""
    said = [
        f"{name}: {what} {value or '(leeg)'} kennen we niet. Kies uit {', '.join(allowed)}."
        for value, allowed, what in (
            (reading.rol, get_args(Rol), "rol"),
            (reading.soort, get_args(SoortBeoordeling), "soort"),
            (reading.oordeel, get_args(Oordeel), "oordeel"),
        )
        if value not in allowed
    ]
    said += [
        f"{name}: vinkje {tick} kennen we niet. Kies uit {known}."
        for tick in reading.vinkjes
        if tick not in ticks
    ]
    if reading.oordeel in ("terug", "niet gebruiken") and not reading.opmerkingen.strip():
        said.append(
            f"{name}: schrijf bij {reading.oordeel} een opmerking. Dan weet de auteur wat er beter kan."
        )
    if not reading.beoordelaar:
        said.append(f"{name}: vul in wie beoordeelt. Gebruik een code, geen echte naam.")
    return said


def _begin(reading: Reading | LesReading, versie: int, digest: str, datum: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "soort": reading.soort,
        "rol": reading.rol,
        "beoordelaar": reading.beoordelaar,
        "datum": datum,
        "versie": versie,
        "digest": digest,
    }
    if reading.vinkjes:
        data["vinkjes"] = sorted(dict.fromkeys(reading.vinkjes))
    return data


def _end(data: dict[str, Any], reading: Reading | LesReading) -> dict[str, Any]:
    data["oordeel"] = reading.oordeel
    if reading.opmerkingen.strip():
        data["opmerkingen"] = reading.opmerkingen.strip()
    return data


def agrees(bank: Itembank, reading: Reading) -> bool:
    """Tell whether the reader's answer is the key."""
    item = bank.items[reading.item]
    return item.sleutel is not None and LETTERS[item.sleutel] == reading.antwoord.strip().upper()
