"""The page of an eindterm: what it asks, its lessons and its questions. Its questions go on, a hundred to a page.

In: the bank, a thema, what the site shows, and the maker of a page. Out: artifacts.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence

from builder.artifacts import Artifact
from builder.model.eindterm import Eindterm, Handeling, Thema
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.usage import may_be_used
from builder.website.addresses import eindterm_path
from builder.website.paging import cut

SHORT = 40  # signs: what fits in a list to choose from, on a phone
# how our summaries begin: it says nothing about the subject
_OPENING = re.compile(r"^Je (?:weet(?: dat)?|kent|kunt) ")


def short_title(bank: Itembank, nummer: str) -> str:
    """Return what an eindterm is about in at most 40 signs: its `kort`, or else the beginning of its summary."""
    term = bank.eindterm(nummer)
    if term.kort:
        return term.kort
    first = _OPENING.sub("", term.samenvatting).partition(". ")[0].rstrip(".")
    cut_off = textwrap.shorten(first, SHORT, placeholder="…")
    return cut_off[:1].upper() + cut_off[1:]


def artifacts(
    bank: Itembank, thema: Thema, items: Sequence[Item], lessen: Sequence[Les], page: Callable[..., Artifact]
) -> Iterator[Artifact]:
    """Yield the pages of every eindterm of a thema."""
    for handeling in thema.handelingen:
        for term in handeling.eindtermen:
            yield from _pages(bank, term, handeling, thema, items, lessen, page)


def _pages(
    bank: Itembank,
    term: Eindterm,
    handeling: Handeling,
    thema: Thema,
    items: Sequence[Item],
    lessen: Sequence[Les],
    page: Callable[..., Artifact],
) -> Iterator[Artifact]:
    """Yield the page, and a page for each hundred questions more."""
    mine = [item for item in items if item.eindterm == term.nummer]
    path = eindterm_path(term.nummer)
    pages = cut(mine)
    paths = [path, *(f"{path}-vragen-{number}" for number in range(2, len(pages) + 1))]
    for here, shown in zip(paths, pages, strict=True):
        yield page(
            here,
            "eindterm",
            term=term,
            thema=thema,
            handeling=handeling,
            vragen=shown,
            aantal=len(mine),
            bladen=paths,
            te_oefenen=any(may_be_used(bank, item, "oefenen") for item in mine),
            bijbehorend=[les for les in lessen if term.nummer in les.eindtermen],
        )
