"""What the papers of a les have in common: their names, both forms of a sheet, and what is said when one fails.

In: a les and a sheet. Out: artifacts, or a finding at the first text that holds a character without a letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cattrs import unstructure

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.export.pdf import X501
from builder.export.picture_files import X511, as_png
from builder.export.sheet import Sheet
from builder.export.sheet_pdf import as_pdf
from builder.export.sheet_word import as_word
from builder.model.cursist import Cursistblad
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje
from builder.model.les import Les
from builder.typesetting import TypesettingError

Made = tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]
LARGE_LETTERS = {"alfa": 14, "A1": 14}  # points, for who has just learned to read


def sheet_names(les_id: str, levels: Sequence[str]) -> list[str]:
    """Return the name of each handout; a second one of the same taalniveau gets a number."""
    names: list[str] = []
    for place, level in enumerate(levels):
        number = levels[: place + 1].count(level)
        names.append(f"{les_id}-werkblad-{level.lower()}{f'-{number}' if number > 1 else ''}")
    return names


def names_of(les_id: str, bladen: Sequence[Cursistblad]) -> list[str]:
    """Return the name of each handout of a les."""
    return sheet_names(les_id, [blad.taalniveau for blad in bladen])


def papers(bank: Itembank, les: Les, name: str, sheet: Sheet, word: bool = True) -> Made:
    """Return a sheet as PDF and Word under this name (folder and all), or why that is not possible."""
    try:
        made = [Artifact(f"{name}.pdf", as_pdf(sheet))]
        if word:
            made.append(Artifact(f"{name}.docx", as_word(sheet)))
    except TypesettingError as error:
        return (), (refused(bank, les, name.rpartition("/")[2], error),)
    return tuple(made), ()


def refused(bank: Itembank, les: Les, name: str, error: TypesettingError) -> Diagnostic:
    """Return the finding for a paper that could not be made."""
    path: tuple[str | int, ...] = ("titel",)
    hint = "Kijk of een tekst of plaatje in deze les iets bijzonders heeft."
    where = bank.locate(les.id, *path)
    if error.characters:
        hint = "Schrijf deze tekens in woorden, of haal ze weg."
        documents = [(les.id, unstructure(les))]
        documents += [
            (name, unstructure(bank.items[name])) for name in les.controlevragen if name in bank.items
        ]
        for document_id, data in documents:
            held = next(_holders(data, set(error.characters), ()), None)
            if held is not None:
                where = bank.locate(document_id, *held)
                break
    return Diagnostic(X501, where, f"{name} van les {les.id} kan niet gemaakt worden. {error}.", hint)


def unfit_pictures(bank: Itembank, les: Les, shown: Sequence[tuple[Plaatje, tuple[str | int, ...]]]) -> Made:
    """Return a finding for each picture of the les that cannot become a PNG; no artifacts."""
    found = []
    for plaatje, path in shown:
        try:
            as_png(plaatje, "plaatje")
        except TypesettingError as error:
            message = f"Van een plaatje van les {les.id} kan geen PNG gemaakt worden. {error}."
            hint = "Sla het plaatje opnieuw op, bijvoorbeeld met Inkscape als gewone SVG."
            found.append(Diagnostic(X511, bank.locate(les.id, *path), message, hint))
    return (), tuple(found)


def _holders(value: Any, signs: set[str], path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Yield the path to each text that holds one of the signs."""
    if isinstance(value, str) and signs & set(value):
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _holders(inner, signs, (*path, key))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _holders(inner, signs, (*path, place))
