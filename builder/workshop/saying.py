"""A finding → what the screen says: the labels that an author sees, and no words of the terminal or the file.

In: a finding, and what each field on the screen is called. Out: a `Message`. Findings are worded once, for who writes
the file; here stands what is said otherwise to who sees a form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from builder.diagnostics import Diagnostic, Severity, place_in_words
from builder.workshop.forms import TODO

SEVERITIES = {Severity.ERROR: "fout", Severity.WARNING: "waarschuwing", Severity.ADVICE: "advies"}
_EMPTY_TEXT = "C314"
_MISSING = re.compile(r'ontbreekt het veld "([a-z_]+)"')
_NO_BRON = ("L205", "S105")
# What to do, where the rule speaks of the file.
ON_SCREEN = {
    "C301": "Kies bij één antwoord: Dit is het goede antwoord.",
    "C302": "Kies bij één antwoord: Dit is het goede antwoord.",
    "C310": "Kies een bron uit de lijst.",
    "L205": "Kies een bron uit de lijst. Staat zij er niet bij? Maak een nieuwe bron.",
}
_AT_FIELD = {"C311": "toelichting"}  # said of an option, but about one field of it
_STAYS = "Open bij elk antwoord Meer bij antwoord. Kies: Dit antwoord blijft op zijn plaats bij het schudden."
# Pieces of sentences about files and commands, and what one does here instead.
_HERE = (
    (r"Zet bij elk antwoord: vast: true\.", _STAYS),
    (r", met bij elk antwoord: vast: true\.", f". {_STAYS}"),
    (r"Zet er dan verzonnen: true bij\.", "Kies dan: Verzonnen."),
    (r"Zet het in content/domeinwoorden\.yaml\.", "Vraag de beheerder om het bij de goede woorden te zetten."),
    (r"Zet de bron eerst in content/bronnen\.yaml\.?", "Maak eerst een nieuwe bron."),
    (r"Zet de bron in content/bronnen\.yaml, en dan bij de vraag\.",
     "Open de vraag als zij is overgenomen. Kies daar bij Bronnen: Maak een nieuwe bron."),
    (r"Kijk in content/eindtermen\.yaml welke er zijn\.", "Kies een eindterm uit de lijst."),
    (r"of maak de vraag opnieuw met `knm new item` bij ([a-z-]+)\.", r"of maak een nieuwe vraag bij \1."),
    (r", of geef hem mee: --eindterm 3\.1\.2\.", ". Of kies hem hieronder, bij: Voor vragen waar het niet bij staat."),
    (r"Begin met `knm visits template`\.", "Download het rekenblad en vul het in. Geef het daarna hier."),
    (r"Maak een leeg rekenblad met `knm visits template` en", "Download een leeg rekenblad en"),
    (r"Vul een tekst in, of haal het veld weg( als het niet nodig is)?\.", r"Vul een tekst in, of laat dit leeg\1."),
    (r"van: knm template xlsx", "van deze pagina"),
    (r"knm template xlsx", "deze pagina"),
    (r"content/bronnen\.yaml", "de lijst met bronnen"),
    (r"Kijk in een goed voorbeeld hoe dit veld eruitziet\.", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """A finding as the screen says it: weight, code, sentences, and the field (name and label) where it belongs."""

    weight: str
    code: str
    text: str
    hint: str
    name: str
    label: str


def here(sentence: str) -> str:
    """Return a sentence with what one does in the workshop, where it speaks of files and commands."""
    for told, done in _HERE:
        sentence = re.sub(told, done, sentence)
    return sentence


def remark(said: str, known: Mapping[str, str]) -> str:
    """Return what a reader remarked with the labels of the fields: it is kept with their names in the file."""
    names = "|".join(map(re.escape, known))
    return re.sub(rf"(?:^|(?<=[.?!] ))({names}): ", lambda one: f"{known[one[1]]}: ", said)


def message(found: Diagnostic, known: Mapping[str, str]) -> Message:
    """Return a finding as the screen says it; `known` has what each field on the screen is called."""
    code, pointer = found.rule.code, found.location.pointer.lstrip("/")
    name = pointer.replace("/", ".")
    while name and name not in known:
        name = name.rpartition(".")[0]
    text, hint = found.message, here(ON_SCREEN.get(code, found.hint))
    if code.startswith("S") and name:
        raw = place_in_words(tuple(int(part) if part.isdigit() else part for part in pointer.split("/")))
        for said in (raw, raw.capitalize()):
            text = re.sub(rf"(?<!\S){re.escape(said)}(?= )", lambda _: known[name], text, count=1)
    if code == "S101" and (lacks := _MISSING.search(text)) and (inner := f"{name}.{lacks[1]}".lstrip(".")) in known:
        name, text, hint = inner, f"Vul dit in: {known[inner]}.", ""
    if name.startswith("bronnen.") and code in _NO_BRON and f'"{TODO}"' in text:
        text, hint = "Kies hier een bron.", ""
    if code in _AT_FIELD and f"{name}.{_AT_FIELD[code]}" in known:
        name = f"{name}.{_AT_FIELD[code]}"
    if code == _EMPTY_TEXT and name:
        text, hint = f"Vul dit in: {known[name]}.", ""
    return Message(SEVERITIES[found.rule.severity], code, here(text), hint, name, known.get(name, ""))
