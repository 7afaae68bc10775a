"""The linked bank: every document that held, by id, and where each value stands in its file.

In: what `loading/link.py` puts together. Out: look-ups. It reads no file: positions are asked from the
`Positions` object that reading left for each document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from builder.diagnostics import Location, pointer_of
from builder.model.eindterm import Eindterm, Eindtermen, Thema
from builder.model.item import Item
from builder.model.les import Les
from builder.model.lesmateriaal import Lesmateriaal
from builder.model.lijsten import Begrip, Bron, Kernwaarde, Reeks, Wegwijs
from builder.model.locatie import Locatie
from builder.model.moment import LastigMoment
from builder.model.pagina import Pagina
from builder.model.statistiek import Statistiek
from builder.model.toets import Toets, Toetsmatrijs


class Positions(Protocol):
    """Where the values of one document stand."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the text of the document, in hexadecimals."""
        ...

    def at(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Return line and column (from 1) of the value at `path`, or of its nearest parent that exists."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a document came from."""

    path: str
    positions: Positions


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked picture: path from the root, its bytes, media type and size in pixels."""

    path: str
    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Itembank:
    """Everything that loaded well. `broken` holds the ids of documents that exist but did not hold."""

    eindtermen: Eindtermen | None
    bronnen: Mapping[str, Bron]
    begrippen: Mapping[str, Begrip]
    domeinwoorden: Mapping[str, tuple[str, ...]]
    reeksen: Mapping[str, Reeks]
    items: Mapping[str, Item]
    lessen: Mapping[str, Les]
    matrijzen: Mapping[str, Toetsmatrijs]
    toetsen: Mapping[str, Toets]
    pictures: Mapping[str, Picture]
    broken: frozenset[str]
    locations: Mapping[str, Source]
    _themas: Mapping[str, Thema]
    _eindtermen: Mapping[str, Eindterm]
    paginas: Mapping[str, Pagina] = field(default_factory=dict)
    lesmateriaal: Mapping[str, Lesmateriaal] = field(default_factory=dict)
    locaties: Mapping[str, Locatie] = field(default_factory=dict)
    momenten: Mapping[str, LastigMoment] = field(default_factory=dict)
    wegwijzer: Mapping[str, Wegwijs] = field(default_factory=dict)
    kernwaarden: Mapping[str, Kernwaarde] = field(default_factory=dict)
    statistieken: Mapping[str, Statistiek] = field(default_factory=dict)

    @property
    def themas(self) -> tuple[Thema, ...]:
        """The themas in official order (empty when eindtermen.yaml did not hold)."""
        return self.eindtermen.themas if self.eindtermen else ()

    def item(self, item_id: str) -> Item:
        """Return the item with this id. Raises KeyError when there is none."""
        return self.items[item_id]

    def thema(self, slug: str) -> Thema:
        """Return the thema with this slug. Raises KeyError when there is none."""
        return self._themas[slug]

    def eindterm(self, nummer: str) -> Eindterm:
        """Return the eindterm with this number. Raises KeyError when there is none."""
        return self._eindtermen[nummer]

    def has_eindterm(self, nummer: str) -> bool:
        """Tell whether there is an eindterm with this number."""
        return nummer in self._eindtermen

    def eindterm_nummers(self) -> tuple[str, ...]:
        """All numbers of eindtermen, in official order."""
        return tuple(self._eindtermen)

    def thema_of(self, nummer: str) -> Thema:
        """Return the thema of an eindterm. Raises KeyError when there is none."""
        return next(thema for thema in self.themas if thema.nummer == nummer.partition(".")[0])

    def items_for(self, nummer: str) -> tuple[Item, ...]:
        """All items of one eindterm, sorted by id."""
        return tuple(item for item in self.items.values() if item.eindterm == nummer)

    def picture(self, document_id: str, bestand: str) -> Picture:
        """Return the picture `bestand` that lies beside the document. Raises KeyError when it is unfit."""
        folder = self.locations[document_id].path.rpartition("/")[0]
        return self.pictures[f"{folder}/{bestand}"]

    def locate(self, document_id: str, *path: str | int) -> Location:
        """Return where a value of a document stands, for a diagnostic."""
        source = self.locations[document_id]
        line, column = source.positions.at(path)
        return Location(source.path, line, column, pointer_of(path))
