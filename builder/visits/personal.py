"""What looks like data about people, in the head of a column or in a cell.

In: text. Out: what it looks like, in Dutch, or an empty text. It knows no sheet; a plan never needs a person.
"""

from __future__ import annotations

import re

from builder.bsn import is_bsn

_HEADS: tuple[tuple[str, str], ...] = (
    (
        r"\b(voor|achter|roep|familie)na(am|men)\b|na(am|men) (van )?(de )?(deelnemer|cursist|docent|leerling)",
        "namen van mensen",
    ),
    (
        r"(deelnemers?|cursisten?|docent|contact|leerling(en)?)[ -]?(naam|namen|lijst|persoon)",
        "namen van mensen",
    ),
    (r"geboorte|geb\. ?dat|leeftijd|\bleeft", "de leeftijd van mensen"),
    (r"\bbsn\b|burgerservice|v-?nummer|paspoort|\biban\b|rekeningnummer", "nummers van mensen"),
    (r"e-?mail|\bmobiel|whatsapp|06-nummer", "contactgegevens van mensen"),
    (r"\badres\b|woonadres|huisnummer", "adressen van mensen"),
    (r"nationaliteit|herkomst|afkomst|land van|geboorteland|etnisch|verblijfs", "de afkomst van mensen"),
    (r"geloof|religie|godsdienst|levensbeschouw|kerk\b|moskee", "het geloof van mensen"),
    (
        r"trauma|gezondheid|ziekte|medisch|medicijn|diagnose|psych|ptss|beperking van",
        "de gezondheid van mensen",
    ),
    (r"\bgeslacht\b|gender|seksue", "het geslacht van mensen"),
)
_PHONE_HEAD = re.compile(r"telefoon|\btel\b")
_CELLS: tuple[tuple[str, str], ...] = (
    # only the sign before the @ matters: looking for all of them costs the square of the length
    (r"[\w.+-]@[\w-]+\.[\w.-]+", "een e-mailadres"),
    (r"\bgeb(oren|\.)? ?(op )?\d{1,2}[-/ ]", "een geboortedatum"),
    (r"(?<!\d)06[- ]?\d{8}(?!\d)|(?<!\d)\+31[- ]?6[- ]?\d{8}(?!\d)", "een mobiel nummer"),
)
_WORDS = re.compile(
    r"\b(moslims?|islamitisch\w*|christen\w*|hindoes?|joods\w*|trauma\w*|getraumatiseerd\w*|ptss|depressie\w*|psychose\w*|marteling\w*)\b"
)


def in_head(title: str, place: bool) -> str:
    """Return what kind of personal data this column would hold; the sheet of a place may have a telephone."""
    plain = " ".join(title.casefold().replace("_", " ").split())
    for pattern, what in _HEADS:
        if re.search(pattern, plain):
            return what
    return "telefoonnummers van mensen" if not place and _PHONE_HEAD.search(plain) else ""


def in_cell(text: str, about_people: bool) -> str:
    """Return what personal data stands in this cell; in a sheet about groups also belief and health."""
    plain = text.casefold()
    for pattern, what in _CELLS:
        if re.search(pattern, plain):
            return what
    if any(is_bsn(number) for number in re.findall(r"(?<!\d)\d{9}(?!\d)", plain)):
        return "een burgerservicenummer"
    found = _WORDS.search(plain) if about_people else None
    return f'het woord "{found[0]}", over geloof of gezondheid' if found else ""
