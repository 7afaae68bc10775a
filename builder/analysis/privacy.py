"""Refuses what could tell who somebody is: names, e-mail addresses, citizen numbers, and the like.

In: a table and the columns that the user dropped. Out: findings, which never show a cell. A guess by
head and by content: it is a guard against accidents, not a proof that a file is anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from builder.analysis.columns import plain
from builder.analysis.rules import A505
from builder.analysis.table import Table
from builder.bsn import is_bsn
from builder.diagnostics import Diagnostic

_HEADS = re.compile(
    r"(?:voor|achter|roep|volledige|school|familie|gebruikers|meisjes)?na?am(?:en)?|voornamen|(?:first|last|full|sur|user|given|family)?names?"
    r"|(?:naam|name)(?:cursist|kandidaat|deelnemer|leerling|student|docent)|(?:cursist|kandidaat|deelnemer|leerling|student|docent)(?:en)?(?:naam|name)"
    r"|tussenvoegsels?|initialen|voorletters|e?mail(?:adres|address)?|bsn|burgerservicenummer|sofinummer|citizenservicenumber"
    r"|vnummer|crvnummer|geboorte(?:datum|dag|plaats|land)|geb(?:datum|dat)|dateofbirth|birth(?:date|day|place)?"
    r"|telefoon(?:nummer)?|mobiel(?:nummer)?|phone(?:number)?|mobile|adres|address|straat|street|huisnummer|postcode|zipcode"
    r"|woonplaats|ip(?:adres|address)?|paspoort(?:nummer)?|passport(?:number)?|iban|rekeningnummer|nationaliteit|nationality"
)
# one sign before the @ is enough: looking for all of them costs the square of the length
_MAIL = re.compile(r"[^\s@]@[^\s@.]+\.[^\s@]")
_WORDS = re.compile(r"[^\W\d_][^\W\d_'’-]+(?:[ .,'’-]+[^\W\d_][^\W\d_'’-]*)*\.?")
# F. Amrani, A.B. de Vries, or the initials behind: Amrani, F. Between two words stands a sign: no word is tried in two ways.
_LAST = r"[^\W\d_]{2,}(?:[ '’-]+[^\W\d_]+)*"
_INITIALS = re.compile(rf"(?:[^\W\d_]\. ?)+{_LAST}|{_LAST},? ?(?:[^\W\d_]\. ?)+")
_LOOK_AT = 2000
# Heads of columns about people who are no candidates: there a name is a name, however few there are.
_PEOPLE = re.compile(
    r"docent(?:e|en)?|lera(?:ar|res|ren)|leerkracht(?:en)?|trainer|coach|begeleiders?|teacher|tutor|mentor|contactpersoon|assistent"
)
_FEW = 12  # so many different values can be names of places or schools
_SOME = 5  # from so many persons on, a value that hardly anybody shares stands out


def check(
    table: Table, dropped: Collection[int], persons: int | None, answers: Collection[int]
) -> list[Diagnostic]:
    """Return a finding for each column that looks personal. `persons` is the column with pseudonyms."""
    found = []
    for place, head in enumerate(table.head):
        if place in dropped:
            continue
        what = _by_head(head)
        if not what and place not in answers:
            cells = [
                row[place].strip() for row in table.rows[:_LOOK_AT] if place < len(row) and row[place].strip()
            ]
            what = _by_content(cells, place == persons) or _names(head, cells)
            if not what and persons is not None and place != persons:
                what = _one_each(table, place, persons)
        elif not what and any(_MAIL.search(row[place]) for row in table.rows[:_LOOK_AT] if place < len(row)):
            what = "e-mailadressen"
        if what:
            hint = f'Haal de kolom weg, of gebruik --drop "{head}". Dan lezen wij haar niet.'
            if place == persons:
                hint += " De personen krijgen dan een volgnummer. Of gebruik nummers, zoals p001."
            message = f'In de kolom "{head}" lijken {what} te staan. Die mogen hier niet in.'
            found.append(Diagnostic(A505, table.at(-1, place), message, hint))
    return found


def _by_head(head: str) -> str:
    name = plain(head)
    if not _HEADS.fullmatch(name):
        return ""
    if "mail" in name:
        return "e-mailadressen"
    return "namen" if re.search(r"na?am|name", name) else "persoonsgegevens"


def _by_content(cells: Sequence[str], persons: bool) -> str:
    if any(_MAIL.search(cell) for cell in cells):
        return "e-mailadressen"
    numbers = [cell.replace(".", "").replace(" ", "") for cell in cells]
    nine = [number for number in numbers if re.fullmatch(r"[0-9]{9}", number)]
    # one number in eleven passes by chance; most of a column does not
    if nine and sum(map(is_bsn, nine)) > len(nine) / 2:
        return "burgerservicenummers"
    # a pseudonym has a digit, or is a single letter: what is written in letters only is mostly a name
    return "namen" if persons and sum(map(_only_letters, cells)) > len(cells) / 2 else ""


def _names(head: str, cells: Sequence[str]) -> str:
    """Tell of a property of which most cells look like the name of a person, and that is about people."""
    if not cells:
        return ""
    if _PEOPLE.fullmatch(plain(head)):
        named = [
            cell for cell in cells if _WORDS.fullmatch(cell) and cell[0].isupper() and not cell.isupper()
        ]
    else:
        named = [cell for cell in cells if _WORDS.fullmatch(cell) and _is_first_and_last(cell.split())]
    initials = [cell for cell in cells if _INITIALS.fullmatch(cell)]
    if initials and len(initials) + len(named) > len(cells) / 2:
        return "namen"
    if len(named) <= len(cells) / 2:
        return ""
    return "namen" if _PEOPLE.fullmatch(plain(head)) or len(set(named)) > _FEW else ""


def _one_each(table: Table, place: int, persons: int) -> str:
    """Tell of a property in letters of which most persons have one of their own: that is a name, and no group."""
    of: dict[str, str] = {}
    for row in table.rows[:_LOOK_AT]:
        if max(place, persons) < len(row) and row[place].strip():
            of.setdefault(row[persons].strip(), row[place].strip().casefold())
    values = set(of.values())
    if len(of) < _SOME or len(values) <= len(of) / 2 or sum(map(_only_letters, values)) <= len(values) / 2:
        return ""
    return "namen"


def _only_letters(cell: str) -> bool:
    return sum(sign.isalpha() for sign in cell) > 1 and not any(sign.isdigit() for sign in cell)


def _is_first_and_last(words: Sequence[str]) -> bool:
    """Tell whether there are at least two words, of which the first and the last start with a capital."""
    return len(words) > 1 and all(word[0].isupper() and not word.isupper() for word in (words[0], words[-1]))
