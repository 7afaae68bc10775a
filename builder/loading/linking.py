"""What linking gathers, and how a reference is followed: to an eindterm, a bron, a document, a picture.

In: a name and the place where it stands. Out: nothing, or a finding in the state. It opens no file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from builder import pictures as picture_rules
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.loading.document import FOLDERS, Document, PictureFile
from builder.loading.link_rules import (
    L203,
    L205,
    L206,
    L207,
    L208,
    L209,
    L211,
    L220,
    L221,
)
from builder.loading.recalled import KnownDocument, KnownPicture
from builder.loading.shelf import Shelf
from builder.loading.suggesting import meant
from builder.model.eindterm import Eindterm
from builder.model.itembank import Picture

PVT = "pvt"


@dataclass(slots=True)
class State:
    """What linking gathers; local to one call of `link`."""

    pictures: Mapping[str, PictureFile | KnownPicture]
    broken: set[str]
    closed: tuple[str, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)
    documents: dict[str, Document | KnownDocument] = field(default_factory=dict)
    objects: dict[str, Shelf[Any]] = field(default_factory=lambda: defaultdict(Shelf))
    checked: Shelf[Picture] = field(default_factory=Shelf)
    used: set[str] = field(default_factory=set)

    def report(
        self, rule: Rule, name: str, path: tuple[str | int, ...], message: str, hint: str = ""
    ) -> None:
        """Add a finding at a place in the document called `name`; an error puts the document aside."""
        self.found.append(Diagnostic(rule, self.documents[name].locate(*path), message, hint))
        if rule.severity is Severity.ERROR:
            self.broken.add(name)

    def knows(self, kind: str, name: str) -> bool:
        """Tell whether a name exists, or may exist: in a broken document, or in a folder that stayed closed."""
        if name in self.objects[kind] or name in self.broken:
            return True
        return self.is_closed(home(kind, name)) or (
            kind == "les" and any(folder.startswith("content/lessen/") for folder in self.closed)
        )

    def is_closed(self, folder: str) -> bool:
        """Tell whether a folder, or one around it, could not be read."""
        return any(folder.startswith(closed) for closed in self.closed)


def home(kind: str, name: str) -> str:
    """Return the folder in which the document `name` of this kind belongs."""
    if kind == "item":
        return f"items/{name.rpartition('-')[0]}/"
    folders = {"les": "lessen", **{found: folder for folder, found in FOLDERS.items()}}
    return f"content/{folders[kind]}/" if kind in folders else "content/"


def link_eindterm(
    state: State, name: str, path: tuple[str | int, ...], nummer: str, terms: dict[str, Eindterm]
) -> None:
    """Report an eindterm that is not there."""
    if nummer in terms or "eindtermen" in state.broken:
        return
    state.report(
        L203,
        name,
        path,
        f"Eindterm {nummer} bestaat niet.",
        meant(nummer, sorted(terms), "Kies") or "Kijk in content/eindtermen.yaml welke er zijn.",
    )


def link_bronnen(state: State, name: str, bronnen: Iterable[Any], *path: str | int) -> None:
    """Report each bron that is not there; `path` is where the list stands."""
    if "bronnen" in state.broken:
        return
    for index, verwijzing in enumerate(bronnen):
        if verwijzing.id not in state.objects["bronnen"]:
            unknown_bron(state, name, (*path, "bronnen", index, "id"), verwijzing.id)


def unknown_bron(state: State, name: str, path: tuple[str | int, ...], bron: str) -> None:
    """Report this bron."""
    state.report(
        L205,
        name,
        path,
        f'Bron "{bron}" staat niet in content/bronnen.yaml.',
        f"{meant(bron, sorted(state.objects['bronnen']), 'Kies')} Een nieuwe bron zet je daar eerst bij.".strip(),
    )


_REFERENCES = {
    "les": (L211, "De les"),
    "lesmateriaal": (L220, "Het lesmateriaal"),
    "lastig-moment": (L221, "Het lastige moment"),
}


def link_reference(state: State, name: str, path: tuple[str | int, ...], kind: str, other: str) -> None:
    """Report a reference to a document of this kind that is not there."""
    if state.knows(kind, other):
        return
    rule, what = _REFERENCES[kind]
    hint = meant(other, sorted(state.objects[kind]), "Kies") or "Haal deze verwijzing weg."
    state.report(rule, name, path, f'{what} "{other}" bestaat niet.', hint)


def link_item_reference(state: State, name: str, path: tuple[str | int, ...], other: str) -> None:
    """Report an item that is not there, or that refers to itself."""
    if other == name:
        state.report(L206, name, path, f"{name} verwijst naar zichzelf.", "Noem een andere vraag.")
    elif not state.knows("item", other):
        state.report(
            L206,
            name,
            path,
            f"Vraag {other} bestaat niet.",
            meant(other, sorted(set(state.objects["item"]) - {name}), "Kies")
            or "Kies een vraag die er is, of haal dit weg.",
        )


def link_picture(state: State, name: str, bestand: str, path: tuple[str | int, ...]) -> None:
    """Look at a picture that a document names: beside it, there, and fit."""
    folder = state.documents[name].path.rpartition("/")[0]
    if "/" in bestand or "\\" in bestand or bestand in (".", "..") or bestand.startswith("~"):
        state.report(
            L208,
            name,
            path,
            f'Het plaatje "{bestand}" ligt in een andere map.',
            f"Zet het plaatje in {folder} en noem alleen de bestandsnaam.",
        )
        return
    full = f"{folder}/{bestand}"
    state.used.add(full)
    if full in state.checked:
        return
    file = state.pictures.get(full)
    if isinstance(file, KnownPicture):  # known to be fit
        state.checked.put_later(full, file)
        return
    if file is None:
        if bestand in state.broken:  # it is there, but reading refused it and said so
            state.broken.add(name)
            return
        near = [other.rpartition("/")[2] for other in state.pictures if other.startswith(f"{folder}/{name}")]
        hint = f"Zet het bestand in {folder}, of haal het veld afbeelding weg."
        if close := get_close_matches(bestand, near, 1, 0.6):
            hint = f'Bedoelde je "{close[0]}"? {hint}'
        state.report(L207, name, path, f"Het plaatje {bestand} is er niet.", hint)
        return
    if file.refused:
        state.report(
            L209,
            name,
            path,
            f"Het plaatje {bestand} kan zo niet: {file.refused}.",
            "Verbeter het plaatje en bewaar het.",
        )
        return
    inspected = picture_rules.inspect(bestand, file.data)
    for problem in inspected.problems:
        state.report(
            L209,
            name,
            path,
            f"Het plaatje {bestand} kan zo niet: {problem}.",
            "Verbeter het plaatje en bewaar het.",
        )
    if not inspected.problems:
        fit = Picture(full, file.data, inspected.media_type, inspected.width, inspected.height)
        state.checked.put(full, fit)
