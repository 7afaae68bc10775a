"""The official eindtermen: thema › handeling › eindterm › indicator, with our own plain summary."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model.lijsten import Gezien


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; `code` is our own, the official text has none."""

    code: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Eindterm:
    """One of the 78 eindtermen: official text, our summary, its indicators; `kort` is our title for lists, at most 40 signs."""

    nummer: str
    tekst: str
    samenvatting: str
    indicatoren: tuple[Indicator, ...] = ()
    kort: str = ""


@dataclass(frozen=True, slots=True)
class Handeling:
    """A cruciale handeling with its eindtermen."""

    nummer: str
    titel: str
    eindtermen: tuple[Eindterm, ...]


@dataclass(frozen=True, slots=True)
class Thema:
    """One of the eight themas; `slug` is its name in folders, ids and addresses."""

    nummer: str
    slug: str
    titel: str
    omschrijving: str
    samenvatting: str
    handelingen: tuple[Handeling, ...]

    @property
    def eindtermen(self) -> tuple[Eindterm, ...]:
        """All eindtermen of this thema, in the official order."""
        return tuple(term for handeling in self.handelingen for term in handeling.eindtermen)


@dataclass(frozen=True, slots=True)
class Eindtermen:
    """The whole official list, with where and when it was seen."""

    bron: str
    versie: str
    gezien: Gezien
    praktijksituaties: tuple[str, ...]
    algemene_redzaamheid: tuple[str, ...]
    themas: tuple[Thema, ...]
    let_op: str = ""
    indicatorcodes: str = ""
