"""What looks like data about people, in the head of a column or in a cell.

In: text. Out: what it looks like, in Dutch, or an empty text. It knows no sheet; a plan never needs a person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from builder.bsn import is_bsn

_CONTACT = "contactgegevens van mensen"
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
    (r"e-?mail|\bmobiel|whatsapp|06-nummer", _CONTACT),
    (r"\badres\b|woonadres|huisnummer", "adressen van mensen"),
    (r"nationaliteit|herkomst|afkomst|land van|geboorteland|etnisch|verblijfs", "de afkomst van mensen"),
    (r"geloof|religie|godsdienst|levensbeschouw|kerk\b|moskee", "het geloof van mensen"),
    (
        r"trauma|gezondheid|ziekte|medisch|medicijn|diagnose|psych|ptss|beperking van",
        "de gezondheid van mensen",
    ),
    (r"\bgeslacht\b|gender|seksue", "het geslacht van mensen"),
)
# A count of people is what a plan asks; the same words without "aantal" announce people themselves.
_BARE_HEADS: tuple[tuple[str, str], ...] = (
    (
        r"\b(cursist(en)?|deelnemer|leerling(en)?|student(en)?|docent(en)?|leraar|trainer|na(am|men)|persoon|personen|contact)\b",
        "namen van mensen",
    ),
    (r"opmerking|notitie|bijzonderhe|toelichting|aantekening", "losse opmerkingen over mensen"),
)
_COUNTS = re.compile(r"\b(aantal|hoeveel|per)\b")
_PHONE_HEAD = re.compile(r"telefoon|\btel\b")
_CELLS: tuple[tuple[str, str], ...] = (
    # only the sign before the @ matters: looking for all of them costs the square of the length
    (r"[\w.+-]@[\w-]+\.[\w.-]+", "een e-mailadres"),
    (r"\bgeb(oren|\.)? ?(op )?\d{1,2}[-/ ]", "een geboortedatum"),
    (r"\b(mevr(ouw)?|meneer|dhr|mw)\b\.? ?\w", "de naam van een mens"),
    (r"(?<!\d)06[- ]?\d{8}(?!\d)|(?<!\d)\+31[- ]?6[- ]?\d{8}(?!\d)", "een mobiel nummer"),
)
_ABOUT: tuple[tuple[str, str], ...] = (
    (
        r"\b(moslims?|islamiti\w*|islam|christen\w*|katholiek\w*|hindoes?|hindoeïs\w*|boeddhis\w*|jezidi\w*|joods\w*|jood|joden|bidt|bidden|hoofddoek\w*)\b",
        "een woord over geloof",
    ),
    (
        r"\b(\w*trauma\w*|ptss|depressie\w*|depressief|psychose\w*|psychisch\w*|marteling\w*|gemarteld\w*|zwanger\w*|ziek|ziekte\w*|zieke|kanker|hiv|aids|epilepsie|diabetes|suikerziekte|autis\w*|adhd|medicijn\w*|medicatie|therapie|dementie|verslaafd\w*|mishandel\w*|verkracht\w*|nachtmerrie\w*|paniekaanval\w*|angststoornis\w*)\b",
        "een woord over gezondheid",
    ),
    (r"\b(komt|komen|kwam|afkomstig|gevlucht) uit\b", "een woord over afkomst"),
    (r"\b(hij|zij) (is|heeft|moet|kan|wil|mag)\b|\b(haar|zijn) (man|vrouw|zoon|dochter)\b", "iets over één mens"),
)  # fmt: skip
_PLAIN = re.compile(r"[€\d.,:;/% +-]*|ja|nee|x|waar|onwaar")


def in_head(title: str, place: bool) -> str:
    """Return what kind of personal data this column would hold; the sheet of a place may have a telephone."""
    plain = " ".join(title.casefold().replace("_", " ").split())
    found = _first(_HEADS, plain)
    if not found and not _COUNTS.search(plain):
        found = _first(_BARE_HEADS, plain)
        # the telephone of somebody is no name
        found = _CONTACT if found and _PHONE_HEAD.search(plain) else found
    return found or (_CONTACT if not place and _PHONE_HEAD.search(plain) else "")


def _first(patterns: tuple[tuple[str, str], ...], text: str) -> str:
    return next((what for pattern, what in patterns if re.search(pattern, text)), "")


def is_free_text(text: str) -> bool:
    """Tell whether a cell holds words, which may be about anybody; a number, a date or ja cannot."""
    return not _PLAIN.fullmatch(text.strip().casefold().removesuffix(" 00:00:00"))


@lru_cache(maxsize=4096)
def in_cell(text: str, about_people: bool) -> str:
    """Return what personal data stands in this cell, never the text itself.

    In a sheet about groups also belief, health and origin count: `about_people`.
    """
    plain = " ".join(text.casefold().split())
    for pattern, what in (*_CELLS, *(_ABOUT if about_people else ())):
        if re.search(pattern, plain):
            return what
    if any(is_bsn(number) for number in re.findall(r"(?<!\d)\d{9}(?!\d)", plain)):
        return "een burgerservicenummer"
    return ""
