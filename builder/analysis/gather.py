"""Gathers answers from any number of files into one matrix, and judges what is missing.

In: answers one by one, with where they stood. Out: `Answers`, or findings. It knows no layout of a file.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder.analysis.catalogue import Order
from builder.analysis.cells import EMPTY, UNDECIDED
from builder.analysis.nouns import ABSENT, NOT_REACHED, SKIPPED, Answers, Form, Missing, Vraag
from builder.analysis.rules import A501, A502, A508, A510, A514
from builder.diagnostics import Diagnostic, Location

MAX_CELLS = 400_000_000  # persons × questions: one byte each
_NO_CELL = -8
_NAMED = 5  # persons who are named when something is missing
_HINT = (
    "Vul - in voor overgeslagen en nvt voor niet voorgelegd. Of kies voor alles tegelijk: "
    "--missing skipped of --missing not-administered."
)
ALL = "alle vragen"  # the name of the form when no toets is known


@dataclass(slots=True)
class Row:
    """A person in a toets: where the row stood, and which printed order was used."""

    person: str
    toets: str
    variant: str
    at: Location
    properties: tuple[str, ...] = ()


@dataclass(slots=True)
class Gather:
    """What was read so far; local to one call of `read_answers`."""

    orders: Mapping[tuple[str, str], Order]
    properties: tuple[str, ...] = ()
    source: str = ""
    file: int = 1  # the number of the file that is being read
    read_as: dict[str, list[int]] = field(default_factory=dict)
    vragen: list[Vraag] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    number_of: dict[str, int] = field(default_factory=dict)
    row_of: dict[tuple[str, str], int] = field(default_factory=dict)
    _row: array[int] = field(default_factory=lambda: array("i"))
    _item: array[int] = field(default_factory=lambda: array("i"))
    _code: array[int] = field(default_factory=lambda: array("b"))

    def vraag(self, vraag: Vraag) -> int:
        """Return the number of a question, as it was first met."""
        number = self.number_of.setdefault(vraag.id, len(self.vragen))
        if number == len(self.vragen):
            self.vragen.append(vraag)
        return number

    def row(self, row: Row, again: bool) -> tuple[int, Diagnostic | None]:
        """Return the number of a row. A person met before is a mistake unless `again` (one answer per line)."""
        key = (row.person, row.toets)
        known = self.row_of.get(key)
        if known is None:
            self.row_of[key] = len(self.rows)
            self.rows.append(row)
            return len(self.rows) - 1, None
        if again:
            return known, None
        first = self.rows[known].at
        message = f"Deze persoon staat er al in: {first.path}, regel {first.line}."
        hint = "Haal één rij weg. Twee pogingen? Kies er dan één, liefst de eerste."
        return known, Diagnostic(A508, row.at, message, hint)

    def put(self, row: int, item: int, code: int) -> None:
        """Add one answer."""
        self._row.append(row)
        self._item.append(item)
        self._code.append(code)

    def put_row(self, row: int, items: list[int], codes: list[int]) -> None:
        """Add the answers of a whole row."""
        self._row.extend([row] * len(items))
        self._item.extend(items)
        self._code.extend(codes)

    def finish(self, missing: Missing) -> tuple[Answers | None, tuple[Diagnostic, ...], tuple[str, ...]]:
        """Return the answers, the findings, and the questions of a toets that nobody was given."""
        rows, vragen = len(self.rows), len(self.vragen)
        at = self.rows[0].at if self.rows else Location(self.source)
        if not len(self._row):
            return None, (Diagnostic(A502, at, "Er zijn geen antwoorden gevonden."),), ()
        if rows * vragen > MAX_CELLS:
            message = f"{rows} personen bij {vragen} vragen is te veel voor één keer."
            return None, (Diagnostic(A501, at, message, "Reken per toets."),), ()
        row, item = np.frombuffer(self._row, dtype=np.int32), np.frombuffer(self._item, dtype=np.int32)
        chosen = np.full((rows, vragen), _NO_CELL, dtype=np.int8)
        chosen[row, item] = np.frombuffer(self._code, dtype=np.int8)
        found = self._doubles(row, item)
        labels, label_of = np.unique(np.array([r.toets for r in self.rows]), return_inverse=True)
        nobody: list[str] = []
        for number, label in enumerate(labels.tolist()):
            mine = np.flatnonzero(label_of == number)
            found += self._judge(chosen, mine, label, missing, nobody)
        if found:
            return None, tuple(found), ()
        nobody += [
            vraag.id
            for vraag, given in zip(self.vragen, (chosen != ABSENT).any(axis=0), strict=True)
            if not given
        ]
        self._mark_not_reached(chosen)
        return self._answers(chosen, labels.tolist(), label_of), (), tuple(dict.fromkeys(nobody))

    def _doubles(self, row: NDArray[np.int32], item: NDArray[np.int32]) -> list[Diagnostic]:
        places = row.astype(np.int64) * len(self.vragen) + item
        values, counts = np.unique(places, return_counts=True)
        double = values[counts > 1]
        found = []
        for place in double[:50].tolist():
            person, vraag = self.rows[place // len(self.vragen)], self.vragen[place % len(self.vragen)]
            message = f"Bij {vraag.id} staat voor persoon {person.person} meer dan één antwoord."
            hint = "Laat één antwoord staan. Heeft elke persoon een eigen nummer?"
            found.append(Diagnostic(A514, person.at, message, hint))
        if len(double) > 50:
            message = f"Dit komt nog {len(double) - 50} keer voor."
            found.append(Diagnostic(A514, self.rows[int(double[50]) // len(self.vragen)].at, message))
        return found

    def _judge(
        self,
        chosen: NDArray[np.int8],
        mine: NDArray[np.intp],
        label: str,
        missing: Missing,
        nobody: list[str],
    ) -> list[Diagnostic]:
        """Decide about empty and missing cells in the rows of one toets; say what cannot be decided."""
        part = chosen[mine]
        taken = ((part != _NO_CELL) & (part != ABSENT)).any(axis=0)
        if (label, "A") in self.orders:
            wanted = {item for item, _ in self.orders[label, "A"]}
            nobody += [
                item
                for item, _ in self.orders[label, "A"]
                if item not in self.number_of or not taken[self.number_of[item]]
            ]
            expected = taken & np.array([vraag.id in wanted for vraag in self.vragen])
        else:
            expected = taken
        lacking = (part == _NO_CELL) & expected
        # a question that was left empty by everybody was perhaps not asked at all
        answered = ((part != _NO_CELL) & (part != ABSENT) & (part != EMPTY)).any(axis=0)
        open_cells = lacking | (part == UNDECIDED) | ((part == EMPTY) & ~answered)
        part[(part == EMPTY) & answered] = SKIPPED
        part[part == _NO_CELL] = ABSENT
        if not open_cells.any() or missing:
            part[open_cells] = SKIPPED if missing == "skipped" else ABSENT
            chosen[mine] = part
            return []
        found = []
        for place in np.flatnonzero(open_cells.any(axis=0)).tolist():
            people = np.flatnonzero(open_cells[:, place])
            one = self.rows[int(mine[people[0]])]
            many = f"Bij {len(people)} personen" if len(people) > 1 else f"Bij persoon {one.person}"
            if not answered[place]:
                message = f"Bij {self.vragen[place].id} vulde niemand iets in. Was deze vraag er niet bij?"
                found.append(Diagnostic(A510, one.at, message, _HINT))
                continue
            names = [self.rows[int(mine[person])].person for person in people[:_NAMED]]
            rest = len(people) - len(names)
            listed = f": {', '.join(names)}{f' en nog {rest}' if rest else ''}" if len(people) > 1 else ""
            message = f"{many} is niets ingevuld bij {self.vragen[place].id}{listed}."
            found.append(Diagnostic(A510, one.at, message, _HINT))
        return found

    def _mark_not_reached(self, chosen: NDArray[np.int8]) -> None:
        """Mark what was left open at the end: after the last answer, the first is skipped and the rest not reached."""
        keys = [(row.toets, row.variant) for row in self.rows]
        for key in dict.fromkeys(keys):
            mine = np.array([place for place, one in enumerate(keys) if one == key])
            order = [self.number_of[item] for item, _ in self.orders.get(key, ()) if item in self.number_of]
            order = order or list(range(len(self.vragen)))
            cells = np.ix_(mine, np.array(order))
            part = chosen[cells]
            asked = part != ABSENT
            rank = np.cumsum(asked, axis=1)  # the how-manieth question that was asked
            last = np.max(np.where(part >= 0, rank, 0), axis=1, keepdims=True)
            part[(part == SKIPPED) & (rank > last + 1)] = NOT_REACHED
            chosen[cells] = part

    def _answers(self, chosen: NDArray[np.int8], labels: list[str], label_of: NDArray[np.intp]) -> Answers:
        """Divide the rows in forms: the same toets and the same questions."""
        given = chosen != ABSENT
        packed = np.packbits(given, axis=1)
        keys: dict[tuple[int, bytes], int] = {}
        form_of = np.empty(len(self.rows), dtype=np.int32)
        for place in range(len(self.rows)):
            form_of[place] = keys.setdefault((int(label_of[place]), packed[place].tobytes()), len(keys))
        sizes = np.bincount(form_of, minlength=len(keys))
        first = {number: int(np.argmax(form_of == number)) for number in range(len(keys))}
        order = sorted(keys.items(), key=lambda entry: (entry[0][0], -int(sizes[entry[1]]), first[entry[1]]))
        forms: list[Form] = []
        renumber = np.full(len(keys), -1, dtype=np.int32)
        seen: dict[int, int] = {}
        empty = 0
        for (label, _), number in order:
            asked = set(np.flatnonzero(given[first[number]]).tolist())
            if not asked:
                empty += int(sizes[number])
                continue
            seen[label] = seen.get(label, 0) + 1
            name = labels[label] or ALL
            printed = [
                self.number_of[item]
                for item, _ in self.orders.get((labels[label], "A"), ())
                if item in self.number_of
            ]
            vragen = [vraag for vraag in printed if vraag in asked] + sorted(asked - set(printed))
            renumber[number] = len(forms)
            forms.append(Form(name if seen[label] == 1 else f"{name} (deel {seen[label]})", tuple(vragen)))
        if empty:
            who = "1 persoon kreeg" if empty == 1 else f"{empty} personen kregen"
            counted = "Die telt" if empty == 1 else "Zij tellen"
            self.notes.append(f"{who} geen enkele vraag voorgelegd. {counted} niet mee.")
        keep = renumber[form_of] >= 0
        rows: list[Any] = [row for row, kept in zip(self.rows, keep, strict=True) if kept]
        return Answers(
            vragen=tuple(self.vragen),
            personen=tuple(row.person for row in rows),
            forms=tuple(forms),
            form_of=renumber[form_of][keep],
            chosen=chosen[keep],
            properties={
                name: tuple(row.properties[place] for row in rows)
                for place, name in enumerate(self.properties)
            },
            toetsen=tuple(label for label in labels if (label, "A") in self.orders),
        )
