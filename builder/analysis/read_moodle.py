"""The report "Responses" of a Moodle quiz → a table with a row per answer.

In: the table of the report and the questions of the toets. Out: a long table of our own, or findings.
Moodle writes the text of the chosen option, so each text is looked up among the options of its question.
Questions are matched by their text when the report has it, else by number. It never keeps a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from builder.analysis.catalogue import Catalogue
from builder.analysis.columns import Columns
from builder.analysis.nouns import Vraag
from builder.analysis.rules import A506, A507, A508, A511
from builder.analysis.table import Table
from builder.analysis.told import Told
from builder.diagnostics import Diagnostic
from builder.dutch import count

_QUESTION = re.compile(r"(?:question|vraag)\s+([0-9]+)", re.IGNORECASE)
_DONE = re.compile(r"(?:completed|voltooid|afgerond)(?: op)?", re.IGNORECASE)
_STATE = re.compile(r"state|status", re.IGNORECASE)
_FINISHED = {"finished", "voltooid", "beëindigd", "afgerond", "klaar", "beeindigd"}


@dataclass(frozen=True, slots=True)
class Attempts:
    """The long table that was made, and what to tell about attempts that do not count."""

    table: Table | None
    found: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()


def read_moodle(table: Table, columns: Columns, catalogue: Catalogue, toets: str, start: int = 0) -> Attempts:
    """Return the answers as a table with persoon, toets, item and optie. `start`: persons that were read before."""
    if toets not in catalogue.toetsen:
        hint = "Zeg welke toets in Moodle stond, met --toets."
        return Attempts(None, (Diagnostic(A511, table.at(-1), "Dit is een rapport van Moodle.", hint),))
    told = Told(table)
    order = [catalogue.vragen[item] for item, _ in catalogue.orders[toets, "A"] if item in catalogue.vragen]
    texts = {
        int(match[1]): place for place, head in enumerate(table.head) if (match := _QUESTION.fullmatch(head))
    }
    rows: list[list[str]] = []
    lines: list[int] = []
    seen: dict[tuple[str, ...], int] = {}
    unfinished = 0
    for row, cells in enumerate(table.rows):
        if not _is_finished(table, cells):
            unfinished += 1
            continue
        person = _person(cells, columns, start + len(seen) + 1)
        # who it is, is only compared here, to find a second attempt; it goes nowhere
        who = tuple(cells[place] for place in columns.dropped if place < len(cells) and cells[place])
        if who and who in seen:
            hint = "Kies in Moodle één poging per gebruiker, of haal de latere rij weg."
            message = f"Dit lijkt dezelfde persoon als in regel {table.lines[seen[who]]}."
            told.found.append(Diagnostic(A508, table.at(row), message, hint))
            continue
        seen[who or (str(row),)] = row
        for place, _, number in columns.answers:
            vraag = _question(cells, texts.get(number), number, order)
            if vraag is None:
                message = f"Vraag {number} van Moodle hoort niet bij toets {toets}."
                told.say(A506, row, place, str(number), message, "Kijk of je de goede toets koos.")
                continue
            text = cells[place] if place < len(cells) else ""
            option = _option(vraag, text)
            if option is None:
                near = get_close_matches(_plain(text), [_plain(one) for one in vraag.teksten], 1, 0.6)
                hint = f'Bedoelt Moodle "{near[0]}"? Is de tekst veranderd? ' if near else ""
                message = f'"{_short(text)}" is geen antwoord op {vraag.id}.'
                told.say(A507, row, place, vraag.id, message, f"{hint}Kijk of de goede toets is gekozen.")
                continue
            rows.append([person, toets, vraag.id, option, *_kept(cells, columns)])
            lines.append(table.lines[row])
    notes = (
        (
            f"{count(unfinished, 'poging in Moodle is', 'pogingen in Moodle zijn')} niet af. "
            f"{'Die telt' if unfinished == 1 else 'Zij tellen'} niet mee.",
        )
        if unfinished
        else ()
    )
    found = tuple(told.all())
    if found:
        return Attempts(None, found, notes)
    head = ("persoon", "toets", "item", "optie", *(name for _, name in columns.properties))
    return Attempts(replace(table, head=head, rows=rows, lines=lines, source="moodle"), (), notes)


def _kept(cells: Sequence[str], columns: Columns) -> list[str]:
    return [cells[place] if place < len(cells) else "" for place, _ in columns.properties]


def _person(cells: Sequence[str], columns: Columns, number: int) -> str:
    place = columns.roles.get("persoon")
    given = cells[place].strip() if place is not None and place < len(cells) else ""
    return given or f"p{number:04}"


def _is_finished(table: Table, cells: Sequence[str]) -> bool:
    """Tell whether an attempt was handed in; the row with averages and attempts under way were not."""
    for place, head in enumerate(table.head):
        text = cells[place].strip().casefold() if place < len(cells) else ""
        if _STATE.fullmatch(head):
            return text in _FINISHED
        if _DONE.fullmatch(head) and text in ("", "-"):
            return False
    return True


def _question(cells: Sequence[str], text_at: int | None, number: int, order: list[Vraag]) -> Vraag | None:
    """Return the question that a column is about: by its text, else by its number."""
    if text_at is not None and text_at < len(cells) and cells[text_at].strip():
        shown = _plain(cells[text_at])
        fitting = [vraag for vraag in order if _plain(vraag.stam) in shown]
        fitting = [
            vraag for vraag in fitting if all(_plain(text) in shown for text in vraag.teksten if text)
        ] or fitting
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            return None
    return order[number - 1] if number <= len(order) else None


def _option(vraag: Vraag, text: str) -> str | None:
    """Return the place of the option with this text, "" for no answer, None for another text."""
    shown = _plain(text)
    if shown in ("", "-"):
        return ""
    fitting = [place for place, one in enumerate(vraag.teksten, start=1) if _plain(one) == shown]
    return str(fitting[0]) if len(fitting) == 1 else None


def _plain(text: str) -> str:
    """Return a text as it is compared: Moodle shows a picture as [alt], and makes one space of many."""
    text = unicodedata.normalize("NFC", text).casefold().strip()
    text = re.sub(r"^plaatje: ", "", re.sub(r"^\[(.*)\]$", r"\1", text))
    return " ".join(text.split()).rstrip(".")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"
