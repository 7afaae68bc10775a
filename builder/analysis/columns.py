"""What each column of a table is for, told by its head.

In: the head of a table and what the user said of columns. Out: roles, or findings. It looks at no cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from builder.analysis.rules import A503, A504
from builder.analysis.table import Table
from builder.diagnostics import Diagnostic

# Heads as they are compared: small letters and digits only. The first of each list is the one we advise.
_NAMES: dict[str, tuple[str, ...]] = {
    "persoon": (
        "persoon", "person", "personid", "persoonid", "persoonsnummer", "pseudoniem", "kandidaat", "kandidaatnummer",
        "kandidaatid", "candidate", "candidateid", "deelnemer", "deelnemernummer", "deelnemerid", "cursist",
        "cursistnummer", "cursistid", "leerling", "leerlingid", "leerlingnummer", "student", "studentid",
        "studentnummer", "respondent", "id", "idnumber", "idnummer", "nummer", "nr", "code",
    ),
    "toets": ("toets", "toetsid", "test", "testid", "boekje", "booklet", "bookletid", "formulier", "form"),
    "variant": ("variant", "toetsvariant"),
    "item": ("item", "itemid", "vraag", "vraagid", "question", "questionid", "opgave"),
    "antwoord": ("antwoord", "letter", "answer", "response", "respons", "keuze", "gekozen"),
    "optie": ("optie", "plaats", "option", "choice"),
    "score": ("score", "itemscore", "punten", "goed", "correct", "points"),
    "versie": ("versie", "itemversie", "version"),
    "digest": ("digest", "vingerafdruk"),
}  # fmt: skip
_ROLE_OF = {name: role for role, names in _NAMES.items() for name in names}
_NUMBERED = re.compile(
    r"(?:vraag|v|question|q|item|opgave|antwoord|response)?[ ._-]*0*([1-9][0-9]{0,2})\.?", re.IGNORECASE
)
_MOODLE = re.compile(r"(?:response|respons|antwoord|reactie)\s+([1-9][0-9]{0,2})", re.IGNORECASE)
# What Moodle puts beside the answers, in English and Dutch: read over, nothing is missing without it.
_MOODLE_EXTRA = re.compile(
    r"(?:question|vraag|right answer|juiste? antwoord|goede antwoord)\s+[0-9]+|(?:grade|cijfer|mark|punten)/[0-9.,]+"
    r"|state|status|started(?: on)?|completed|time taken|duration|gestart(?: op)?|begonnen op|voltooid|afgerond"
    r"|(?:gebruikte|benodigde|verstreken) tijd|institution|instituut|instelling|department|afdeling",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by role (place from 0), those with answers by what their head says, and the rest.

    `layout` is wide, long or moodle. `answers` holds (place, item id, number in the toets): one of the two.
    """

    layout: str
    roles: dict[str, int]
    answers: tuple[tuple[int, str, int], ...] = ()
    properties: tuple[tuple[int, str], ...] = ()
    dropped: tuple[int, ...] = ()


def plain(head: str) -> str:
    """Return a head as it is compared: small letters and digits."""
    return re.sub(r"[^a-z0-9]", "", head.casefold())


def assign(
    table: Table, items: Collection[str], drop: Collection[str], properties: Collection[str], loose: bool
) -> tuple[Columns | None, tuple[Diagnostic, ...]]:
    """Return what each column is for. `loose`: a column that nothing is known of is a question."""
    found = list(_twice(table))
    known = {item.casefold(): item for item in items}
    gone = {plain(name) for name in drop}
    kept = {plain(name): name for name in properties}
    roles: dict[str, int] = {}
    answers: list[tuple[int, str, int]] = []
    about: list[tuple[int, str]] = []
    dropped: list[int] = []
    unknown: list[int] = []
    moodle = [
        (place, int(match[1])) for place, head in enumerate(table.head) if (match := _MOODLE.fullmatch(head))
    ]
    is_moodle = bool(moodle) and _has_texts(table, [place for place, _ in moodle])
    numbers = dict(moodle) if is_moodle else {}
    for place, head in enumerate(table.head):
        name = plain(head)
        role = _ROLE_OF.get(name)
        if name in gone or (not head and _is_empty(table, place)):
            dropped.append(place)
        elif name in kept:
            about.append((place, kept[name]))
        elif place in numbers:
            answers.append((place, "", numbers[place]))
        elif is_moodle and _MOODLE_EXTRA.fullmatch(head):
            continue
        elif head.casefold() in known:
            answers.append((place, known[head.casefold()], 0))
        elif role is not None and role not in roles:
            roles[role] = place
        elif (match := _NUMBERED.fullmatch(head)) and not loose:
            answers.append((place, "", int(match[1])))
        elif loose and head:
            answers.append((place, head, 0))
        else:
            unknown.append(place)
    is_long = "item" in roles and any(role in roles for role in ("antwoord", "optie", "score"))
    layout = "moodle" if is_moodle else "long" if is_long else "wide"
    if layout == "long":
        unknown += [place for place, _, _ in answers]
        answers = []
    elif not answers:
        return None, (_no_layout(table),)
    else:
        # in a wide table these names say nothing; `versie` and `digest` belong to a single answer
        unknown += [
            roles.pop(role)
            for role in ("item", "antwoord", "optie", "score", "versie", "digest")
            if role in roles
        ]
    beyond = max((len(row) for row in table.rows), default=0)
    unknown += [place for place in range(len(table.head), beyond) if not _is_empty(table, place)]
    found += [_unknown(table, place, known) for place in sorted(unknown)]
    return Columns(layout, roles, tuple(answers), tuple(about), tuple(dropped)), tuple(found)


def _has_texts(table: Table, places: Sequence[int]) -> bool:
    """Tell whether the cells hold texts of options; single letters are answers typed by hand."""
    return any(place < len(row) and len(row[place].strip()) > 1 for row in table.rows for place in places)


def _is_empty(table: Table, place: int) -> bool:
    return not any(place < len(row) and row[place].strip() for row in table.rows)


def _twice(table: Table) -> list[Diagnostic]:
    seen: dict[str, int] = {}
    found = []
    for place, head in enumerate(table.head):
        if head and head.casefold() in seen:
            message = f'De kop "{head}" staat er twee keer.'
            hint = "Geef elke kolom een eigen kop, of haal er één weg."
            found.append(Diagnostic(A504, table.at(-1, place), message, hint))
        seen.setdefault(head.casefold(), place)
    return found


def _no_layout(table: Table) -> Diagnostic:
    shown = ", ".join(f'"{head}"' for head in table.head[:6])
    message = f"In {table.name} herkennen we de kop niet: {shown}."
    hint = (
        "Gebruik een kolom per vraag (wonen-001 of Vraag 1), of de kolommen persoon, item en antwoord. "
        "`knm template antwoorden TOETS` maakt een leeg blad."
    )
    return Diagnostic(A503, table.at(-1), message, hint)


def _unknown(table: Table, place: int, known: dict[str, str]) -> Diagnostic:
    head = table.head[place] if place < len(table.head) else ""
    if not head:
        message = f"Kolom {place + 1} heeft geen kop, maar er staat wel iets in."
        return Diagnostic(A504, table.at(-1, place), message, "Geef de kolom een kop, of haal haar weg.")
    near = get_close_matches(head.casefold(), [*known, *_ROLE_OF], 1, 0.75)
    meant = f" Bedoelde je {known.get(near[0], near[0])}?" if near else ""
    message = f'De kolom "{head}" kennen we niet.{meant}'
    hint = (
        f'Niet nodig? Gebruik --drop "{head}". Is het een kenmerk, zoals groep? Gebruik --property "{head}".'
    )
    return Diagnostic(A504, table.at(-1, place), message, hint)
