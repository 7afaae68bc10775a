"""A lastig moment: something hard that happens in a lesson, and what to do, always in the same form."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.lijsten import Bronverwijzing, Herkomst, Licentie


@dataclass(frozen=True, slots=True)
class Feit:
    """A fact with its sources."""

    tekst: str
    bronnen: tuple[Bronverwijzing, ...]


@dataclass(frozen=True, slots=True)
class LeesMeer:
    """A way to read on: the id of a bron, of a les or of another moment; or only a text."""

    tekst: str
    bron: str = ""
    les: str = ""
    moment: str = ""


@dataclass(frozen=True, slots=True)
class LastigMoment:
    """One moment, as its YAML file has it. `eerst`, `grens` and `daarna` hold Markdown."""

    id: str
    versie: int
    titel: str
    situatie: str
    eerst: str
    je_kunt_zeggen: tuple[str, ...]
    feiten: tuple[Feit, ...]
    grens: str
    daarna: str
    bijgewerkt_op: str
    licentie: Licentie
    herkomst: Herkomst
    maker: str
    uitspraken: tuple[str, ...] = ()
    lees_meer: tuple[LeesMeer, ...] = ()
    trefwoorden: tuple[str, ...] = ()
