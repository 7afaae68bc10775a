"""What the answers can be about: questions with their scoring, and the printed order in each toets.

In: the bank, or a file with scoring rules. Out: a `Catalogue`. It knows no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from builder.analysis.nouns import Vraag
from builder.analysis.rules import A513, A518
from builder.analysis.table import Table
from builder.diagnostics import Diagnostic
from builder.model.digest import item_digest, print_code
from builder.model.docent import variants
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.kandidaat import LETTERS, candidate_view
from builder.model.toets import Toets

MAX_SCORE = 20
# The places of a printed toets: item id and the order of its options (places from 1).
Order = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Questions by id, printed orders by (toets, variant), print codes by toets, and ids that are not asked here."""

    vragen: Mapping[str, Vraag]
    orders: Mapping[tuple[str, str], Order] = field(default_factory=dict)
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()

    @property
    def toetsen(self) -> frozenset[str]:
        """The names of the toetsen that are known."""
        return frozenset(toets for toets, _ in self.orders)

    def of_toets(self, name: str) -> frozenset[str]:
        """Return the item ids of a toets."""
        return frozenset(item for item, _ in self.orders[name, "A"])


def from_bank(bank: Itembank, chosen: Toets | None) -> tuple[Catalogue, tuple[Diagnostic, ...]]:
    """Return what the bank knows: of the chosen toets only, else of all items and toetsen."""
    found = []
    if chosen is None:
        vragen = {item.id: vraag_of(bank, item) for item in bank.items.values() if item.sleutel is not None}
        toetsen = list(bank.toetsen.values())
    else:
        vragen, toetsen = {}, [chosen]
        for place, plek in enumerate(chosen.items):
            if plek.id not in bank.items or bank.items[plek.id].sleutel is None:
                continue
            vraag = vraag_of(bank, bank.items[plek.id])
            if plek.digest != vraag.digest:
                at = bank.locate(chosen.id, "items", place)
                message = f"Vraag {plek.id} is veranderd nadat toets {chosen.id} is gemaakt."
                hint = "We rekenen met het goede antwoord van nu. Kijk of dat ook toen gold."
                found.append(Diagnostic(A513, at, message, hint))
            vragen[plek.id] = replace(vraag, versie=plek.versie, digest=plek.digest)
    orders: dict[tuple[str, str], Order] = {}
    codes = {}
    for toets in toetsen:
        if any(plek.id not in bank.items for plek in toets.items):
            continue
        orders[toets.id, "A"] = tuple((plek.id, plek.opties) for plek in toets.items)
        for variant in toets.varianten:
            orders[toets.id, variant.code] = tuple((plek.id, plek.opties) for plek in variant.items)
        if chosen is not None:
            codes[toets.id] = frozenset(
                print_code(candidate_view(bank, toets, code)) for code in variants(toets)
            )
    return Catalogue(vragen, orders, codes, frozenset(bank.items) - set(vragen)), tuple(found)


def vraag_of(bank: Itembank, item: Item) -> Vraag:
    """Return an item as a question: its options are A, B, C in the order of the file."""
    return Vraag(
        id=item.id,
        labels=tuple(LETTERS[: len(item.opties)]),
        scores=tuple(int(optie.juist) for optie in item.opties),
        versie=item.versie,
        digest=item_digest(bank, item),
        stam=item.stam,
        teksten=tuple(
            optie.tekst or (f"Plaatje: {optie.afbeelding.alt}" if optie.afbeelding else "")
            for optie in item.opties
        ),
    )


def from_rules(table: Table) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    """Return the catalogue of a table with scoring rules as dexter has them: item_id, response, item_score."""
    heads = [head.casefold() for head in table.head]
    wanted = ("item_id", "response", "item_score")
    if missing := [name for name in wanted if name not in heads]:
        message = f"In {table.name} ontbreken deze kolommen: {', '.join(missing)}."
        return None, (
            Diagnostic(A518, table.at(-1), message, "Nodig zijn: item_id, response en item_score."),
        )
    at = [heads.index(name) for name in wanted]
    found = []
    scores: dict[str, dict[str, int]] = {}
    for number, row in enumerate(table.rows):
        item, response, score = (row[place].strip() if place < len(row) else "" for place in at)
        if not item or not response:
            found.append(Diagnostic(A518, table.at(number), "In deze regel ontbreekt item_id of response."))
        elif not score.isdigit() or int(score) > MAX_SCORE:
            message = (
                f'Score "{score}" bij {item} kan niet. Gebruik een heel getal van 0 tot en met {MAX_SCORE}.'
            )
            found.append(Diagnostic(A518, table.at(number, at[2]), message))
        elif response in scores.get(item, {}):
            message = f'Antwoord "{response}" staat twee keer bij {item}.'
            found.append(Diagnostic(A518, table.at(number, at[1]), message, "Haal er één regel weg."))
        else:
            scores.setdefault(item, {})[response] = int(score)
    for item, rules in scores.items():
        if len(rules) > 100:
            message = f"{item} heeft meer dan 100 verschillende antwoorden."
            found.append(Diagnostic(A518, table.at(-1), message, "Voeg antwoorden samen die hetzelfde zijn."))
    if found:
        return None, tuple(found)
    return Catalogue(
        {item: Vraag(item, tuple(rules), tuple(rules.values())) for item, rules in scores.items()}
    ), ()
