"""The glossary in parts: on which page a word stands, with its table and its cards to print.

In: the words of the bank and the themas. Out: parts in the order of the themas, each with words in the order of the
alphabet and short enough for one page. A word without a thema stands at the end; no word is left out or shown twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from builder.model.eindterm import Thema
from builder.model.lijsten import Begrip

PER_PART = 40
PER_SHEET = 8  # cards on one A4: two beside each other, four rows
# Empty columns that a person fills in; the last one is for any other language.
TALEN = ("Arabisch", "Tigrinya", "Turks", "Oekraïens", "Engels", "Mijn taal")
_OTHER = "andere-woorden"


@dataclass(frozen=True, slots=True)
class Deel:
    """A part of the glossary: words of one thema; `nummer` of `aantal` when they fill more than one page."""

    thema: str
    titel: str
    nummer: int
    aantal: int
    begrippen: tuple[Begrip, ...]

    @property
    def naam(self) -> str:
        """Return what tells this part from the others in an address: geschiedenis, geschiedenis-2."""
        return self.thema + (f"-{self.nummer}" if self.nummer > 1 else "")

    @property
    def pad(self) -> str:
        """Return the page with the explanations, without ending."""
        return f"over/begrippen-{self.naam}"

    @property
    def tabel(self) -> str:
        """Return the page with the table to print, without ending."""
        return f"over/woordkaarten-{self.naam}"

    @property
    def kaartjes(self) -> str:
        """Return the page with the cards to cut out, without ending."""
        return f"over/woordkaarten-{self.naam}-kaartjes"

    @property
    def kop(self) -> str:
        """Return the title with its number when there are more parts."""
        return self.titel + (f" ({self.nummer} van {self.aantal})" if self.aantal > 1 else "")

    @property
    def vellen(self) -> tuple[tuple[Begrip, ...], ...]:
        """Return the cards by sheet of paper."""
        return tuple(
            self.begrippen[start : start + PER_SHEET] for start in range(0, len(self.begrippen), PER_SHEET)
        )


def parts(begrippen: Iterable[Begrip], themas: Sequence[Thema], pvt: str) -> tuple[Deel, ...]:
    """Return the glossary in parts; `pvt` is the title for words of the participatieverklaring."""
    titles = {thema.slug: thema.titel for thema in themas} | {"pvt": pvt}
    groups: dict[str, list[Begrip]] = {name: [] for name in (*titles, _OTHER)}
    for begrip in sorted(begrippen, key=_by_alphabet):
        groups[begrip.thema if begrip.thema in titles else _OTHER].append(begrip)
    titles[_OTHER] = "Andere woorden"
    return tuple(
        Deel(name, titles[name], nummer, -(-len(words) // PER_PART), tuple(words[start : start + PER_PART]))
        for name, words in groups.items()
        for nummer, start in enumerate(range(0, len(words), PER_PART), start=1)
    )


def places(delen: Iterable[Deel]) -> Mapping[str, str]:
    """Return the page, without ending, on which each word is explained, by the id of the word."""
    return {begrip.id: deel.pad for deel in delen for begrip in deel.begrippen}


def by_letter(delen: Iterable[Deel]) -> Iterator[tuple[str, list[tuple[Begrip, str]]]]:
    """Yield each first letter with its words and their pages; what is not a letter comes under #."""
    found: dict[str, list[tuple[Begrip, str]]] = {}
    words = [(begrip, deel.pad) for deel in delen for begrip in deel.begrippen]
    for begrip, pad in sorted(words, key=lambda word: _by_alphabet(word[0])):
        first = _plain(begrip.woord)[:1].upper()
        found.setdefault(first if first.isalpha() else "#", []).append((begrip, pad))
    yield from found.items()


def _by_alphabet(begrip: Begrip) -> tuple[str, str]:
    return _plain(begrip.woord), begrip.id


def _plain(word: str) -> str:
    """Return a word without capitals and accents, so that é stands with e."""
    return "".join(sign for sign in normalize("NFD", word.casefold()) if sign.isalnum() or sign == " ")
