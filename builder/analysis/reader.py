"""One table on its way to the gathering: whose row it is, and what its cells mean.

In: a table with its columns, what can be asked, and what the user said. Out: rows and codes, or findings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

from builder.analysis.catalogue import Catalogue
from builder.analysis.cells import EMPTY, UNDECIDED, as_scores, codes_of, was_mangled
from builder.analysis.columns import Columns
from builder.analysis.gather import Gather, Row
from builder.analysis.nouns import Cells, Vraag
from builder.analysis.rules import A503, A507, A509, A511, A516, A517
from builder.analysis.table import Table
from builder.analysis.told import Settings, Told


@dataclass(slots=True)
class Reader:
    """One table on its way to the gathering."""

    table: Table
    columns: Columns
    catalogue: Catalogue
    settings: Settings
    gather: Gather
    told: Told
    kind: Cells = "letters"
    codes: dict[tuple[str, str, str], tuple[int, dict[str, int]]] = field(default_factory=dict)

    def cell(self, row: int, role: str) -> str:
        """Return the text in the column with this role, empty without one."""
        place = self.columns.roles.get(role)
        cells = self.table.rows[row]
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def whose(self, row: int, otherwise: str) -> tuple[int, str, str] | None:
        """Return the number of the row, its toets and variant; None when one of them is wrong."""
        person = self.cell(row, "persoon")
        if "persoon" not in self.columns.roles:
            person = otherwise
        place = self.columns.roles.get("persoon", 0)
        if not person:
            hint = "Geef elke persoon een eigen nummer, geen naam."
            self.told.say(A516, row, place, "", "In deze rij ontbreekt het nummer van de persoon.", hint)
            return None
        if was_mangled(person):
            message = f'Het nummer "{person}" is door Excel veranderd.'
            hint = "Maak de kolom eerst op als Tekst. Typ het nummer daarna opnieuw."
            self.told.say(A509, row, place, person, message, hint)
            return None
        toets, variant = self._toets(row), self.cell(row, "variant").upper() or "A"
        if toets is None:
            return None
        known = toets in self.catalogue.toetsen
        if known and (toets, variant) not in self.catalogue.orders:
            codes = ", ".join(sorted(code for name, code in self.catalogue.orders if name == toets))
            message = f'Toets {toets} heeft geen variant "{variant}".'
            self.told.say(A517, row, self.columns.roles["variant"], variant, message, f"Kies uit: {codes}.")
            return None
        cells = self.table.rows[row]
        places = {name: place for place, name in self.columns.properties}
        values = tuple(
            cells[places[name]].strip() if name in places and places[name] < len(cells) else ""
            for name in self.gather.properties
        )
        given = Row(person, toets, variant, self.table.at(row), values)
        number, wrong = self.gather.row(given, self.columns.layout == "long")
        if wrong is not None:
            self.told.found.append(wrong)
            return None
        if self.gather.rows[number].variant != variant:
            message = f"Persoon {person} heeft twee varianten van dezelfde toets."
            self.told.say(A517, row, self.columns.roles.get("variant", 0), person, message)
            return None
        return number, toets, variant

    def _toets(self, row: int) -> str | None:
        place = self.columns.roles.get("toets")
        named = self.cell(row, "toets")
        if place is None or not named:
            return self.settings.toets
        if self.settings.toets and named != self.settings.toets:
            message = f'In het bestand staat toets "{named}", maar je koos {self.settings.toets}.'
            self.told.say(A511, row, place, named, message, "Kies de toets die in het bestand staat.")
            return None
        if not self.settings.rules and self.settings.bank and named not in self.catalogue.toetsen:
            near = get_close_matches(named, sorted(self.catalogue.toetsen), 1, 0.5)
            meant = f" Bedoelde je {near[0]}?" if near else ""
            message = f'Toets "{named}" staat niet in de bank.{meant}'
            self.told.say(A511, row, place, named, message, 'Of haal de kolom weg met --drop "toets".')
            return None
        return named

    def meaning(self, toets: str, variant: str, item: str) -> tuple[int, dict[str, int]] | None:
        """Return the number of a question and what its cells mean; None when it does not belong here."""
        key = (toets, variant, item)
        if key not in self.codes:
            vraag = self.catalogue.vragen.get(item)
            printed: tuple[int, ...] = ()
            if (toets, variant) in self.catalogue.orders:
                orders = dict(self.catalogue.orders[toets, variant])
                if item not in orders:
                    return None
                printed = orders[item]
            if vraag is None:
                if self.settings.bank:
                    return None
                vraag = Vraag(item, ("0", "1"), (0, 1), options=False)
            if self.kind == "scores" and vraag.options:
                vraag = as_scores(vraag)
            number = self.gather.number_of.get(item)
            if number is not None and self.gather.vragen[number].options != vraag.options:
                message = "In het ene bestand staan gekozen antwoorden, in het andere alleen scores."
                self.told.say(A503, -1, 0, "", message, "Reken deze bestanden apart.")
                return None
            empty = EMPTY if printed else UNDECIDED
            self.codes[key] = (self.gather.vraag(vraag), codes_of(vraag, self.kind, printed, empty))
        return self.codes[key]

    def wrong_answer(self, row: int, column: int, item: str, text: str) -> None:
        """Tell of a text that is no answer to this question."""
        vraag = self.catalogue.vragen.get(item)
        letters = ", ".join(vraag.labels) if vraag else ""
        message = f'"{text}" is geen antwoord op {item}.'
        hint = (
            f"Kies uit: {letters}, of - voor overgeslagen."
            if letters
            else "Gebruik 0, 1 of - voor overgeslagen."
        )
        if len(text) > 1 and text.isalpha() and set(text.upper()) <= set("ABCD"):
            hint = "Twee antwoorden aangekruist? Vul dan - in. Dat telt als overgeslagen."
        self.told.say(A507, row, column, item, message, hint)
