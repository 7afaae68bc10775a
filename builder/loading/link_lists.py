"""Every document gets its name, and the lists that all others refer to are looked at: eindtermen, bronnen, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cattrs

from builder.diagnostics import Diagnostic, Location
from builder.loading.document import Document
from builder.loading.link_rules import (
    L201,
    L202,
    L215,
    L218,
    L219,
)
from builder.loading.linking import PVT, State, link_bronnen
from builder.loading.recalled import Changed, KnownDocument
from builder.loading.suggesting import meant
from builder.model.eindterm import Eindterm, Eindtermen, Thema
from builder.model.item import Item
from builder.model.les import Les
from builder.model.lesmateriaal import Lesmateriaal
from builder.model.lijsten import Begrip, Bron, Domeinwoorden, Kernwaarde, Reeks, Wegwijs
from builder.model.locatie import Locatie
from builder.model.moment import LastigMoment
from builder.model.statistiek import Statistiek
from builder.model.toets import Toets, Toetsmatrijs

_CONVERTER = cattrs.Converter(forbid_extra_keys=True, detailed_validation=False)
_TYPES: dict[str, type[Any]] = {
    "eindtermen": Eindtermen,
    "item": Item,
    "les": Les,
    "toetsmatrijs": Toetsmatrijs,
    "toets": Toets,
    "lesmateriaal": Lesmateriaal,
    "locatie": Locatie,
    "lastig-moment": LastigMoment,
    "statistiek": Statistiek,
}
_LIST_TYPES: dict[str, tuple[str, type[Any]]] = {
    "bronnen": ("bronnen", Bron),
    "begrippen": ("begrippen", Begrip),
    "domeinwoorden": ("themas", Domeinwoorden),
    "reeksen": ("reeksen", Reeks),
    "wegwijzer": ("wegwijzer", Wegwijs),
    "kernwaarden": ("kernwaarden", Kernwaarde),
}


def is_misnamed(document: Document | KnownDocument) -> bool:
    """Tell whether the id of a document is not the name of its file."""
    if isinstance(document, KnownDocument):  # else it would not have been kept
        return False
    return "id" in document.data and document.data["id"] != _stem(document)


def _stem(document: Document | KnownDocument) -> str:
    return document.path.rpartition("/")[2].removesuffix(".yaml")


def identify(state: State, document: Document | KnownDocument) -> None:
    """Give a document its place under its name, as a typed value."""
    if isinstance(document, KnownDocument):
        if _is_first(state, document, document.name):
            state.objects["item"].put_later(document.name, _LaterItem(document))
        return
    if document.kind in _LIST_TYPES:
        state.documents[document.kind] = document
        key, type_ = _LIST_TYPES[document.kind]
        for index, data in enumerate(document.data[key]):
            value = _CONVERTER.structure(data, type_)
            name = data["thema"] if document.kind == "domeinwoorden" else data["id"]
            if name in state.objects[document.kind]:
                state.report(
                    L202, document.kind, (key, index), f'"{name}" staat er twee keer in.', "Haal er één weg."
                )
            else:
                state.objects[document.kind].put(name, value)
        return
    value = _CONVERTER.structure(document.data, _TYPES[document.kind])
    if document.kind == "eindtermen":
        state.documents["eindtermen"] = document
        state.objects["eindtermen"].put("eindtermen", value)
        return
    own: str = document.data["id"]
    if not _is_first(state, document, own):
        return
    state.objects[document.kind].put(own, value)
    stem = _stem(document)
    if stem != own:
        state.report(
            L201,
            own,
            ("id",),
            f"Het bestand heet {stem}.yaml, maar het id is {own}.",
            "Maak ze gelijk: verander het id of de naam van het bestand.",
        )
        state.broken.add(stem)


def _is_first(state: State, document: Document | KnownDocument, own: str) -> bool:
    """Give a document its name; report it when another has that name already."""
    first = state.documents.get(own)
    if first is None:
        state.documents[own] = document
        return True
    state.found.append(
        Diagnostic(
            L202,
            document.locate("id"),
            f"{own} bestaat al, in {first.path}.",
            "Geef dit bestand een ander, nieuw nummer of een andere naam.",
        )
    )
    state.broken.add(_stem(document))
    return False


@dataclass(frozen=True, slots=True)
class _LaterItem:
    """An item that is known to hold, read and typed when somebody asks for it."""

    document: KnownDocument

    def make(self) -> Item:
        """Return the item. Raises `Changed` when its file is no longer what it was."""
        try:
            return _CONVERTER.structure(self.document.data, Item)
        except (
            Exception
        ) as error:  # kept by another than us: what it is does not matter, reading anew says it
            raise Changed(self.document.path) from error


def fixed_lists(state: State) -> None:
    """One finding for a list that is not there, instead of one for each reference to it."""
    for name, what in (("eindtermen", "de eindtermen"), ("bronnen", "de bronnen")):
        if name in state.documents or name in state.broken:
            continue
        if not state.is_closed("content/"):
            state.found.append(
                Diagnostic(
                    L219,
                    Location(f"content/{name}.yaml"),
                    f"Het bestand met {what} is er niet. Verwijzingen ernaar zijn nu niet gecontroleerd.",
                    f"Zet content/{name}.yaml terug op zijn plaats.",
                )
            )
        state.broken.add(name)


def eindterm_tables(
    state: State, eindtermen: Eindtermen | None
) -> tuple[dict[str, Thema], dict[str, Eindterm]]:
    """Return the themas by slug and the eindtermen by number; their numbers must fit together."""
    themas: dict[str, Thema] = {}
    terms: dict[str, Eindterm] = {}
    for t, thema in enumerate(eindtermen.themas if eindtermen else ()):
        here: tuple[str | int, ...] = ("themas", t)
        if thema.slug in themas:
            state.report(
                L202,
                "eindtermen",
                (*here, "slug"),
                f'Thema "{thema.slug}" staat er twee keer in.',
                "Haal er één weg.",
            )
        themas[thema.slug] = thema
        for h, handeling in enumerate(thema.handelingen):
            at = (*here, "handelingen", h)
            if handeling.nummer.partition(".")[0] != thema.nummer:
                _misnumbered(state, (*at, "nummer"), f"Handeling {handeling.nummer}", f"thema {thema.nummer}")
            for e, term in enumerate(handeling.eindtermen):
                place = (*at, "eindtermen", e)
                if handeling.nummer.partition(".")[0] != thema.nummer:
                    pass  # the number of the handeling itself is wrong, which has been said
                elif term.nummer.rpartition(".")[0] != handeling.nummer:
                    _misnumbered(
                        state, (*place, "nummer"), f"Eindterm {term.nummer}", f"handeling {handeling.nummer}"
                    )
                if term.nummer in terms:
                    state.report(
                        L202,
                        "eindtermen",
                        (*place, "nummer"),
                        f"Eindterm {term.nummer} staat er twee keer in.",
                        "Haal er één weg, of verbeter het nummer.",
                    )
                terms[term.nummer] = term
                for i, indicator in enumerate(term.indicatoren):
                    if indicator.code != f"{term.nummer}-{'abcdefghijklmnopqrstuvwxyz'[i]}":
                        _misnumbered(
                            state,
                            (*place, "indicatoren", i, "code"),
                            f"Indicator {indicator.code}",
                            f"plaats {i + 1} van eindterm {term.nummer}",
                        )
    return themas, terms


def _misnumbered(state: State, path: tuple[str | int, ...], what: str, where: str) -> None:
    state.report(
        L218, "eindtermen", path, f"{what} staat onder {where}. Dat past niet.", "Verbeter het nummer."
    )


def link_list_of(state: State, kind: str, rows: list[Begrip | Wegwijs | Kernwaarde]) -> None:
    """Link the bronnen of each row of a list."""
    for index, row in enumerate(rows):
        link_bronnen(state, kind, row.bronnen, kind, index)


def themas_of_words(state: State, themas: dict[str, Thema]) -> None:
    """The thema of each word is there."""
    for index, begrip in enumerate(state.objects["begrippen"].values()):
        if themas and begrip.thema and begrip.thema not in (*themas, PVT):
            state.report(
                L215,
                "begrippen",
                ("begrippen", index, "thema"),
                f'Thema "{begrip.thema}" bestaat niet.',
                meant(begrip.thema, [*themas, PVT], "Kies"),
            )
