"""How an unsaved document will look: to a candidate, on paper, on the site.

In: a bank with the document in it. Out: plain data for a page, PNG, or HTML. What a candidate sees is made from
the types without a key, by the same code that makes booklet and site. It judges nothing.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape
from importlib.util import find_spec
from pathlib import Path

import markdown

from builder.export.pdf import paper_data, pictures_of
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.kandidaat import KandidaatToets, KandidaatVraag, candidate_question
from builder.model.les import Les
from builder.project import Project
from builder.typesetting import TypesettingError, to_pdf, to_png
from builder.website.addresses import item_path, les_path
from builder.website.pages import Pages, SiteInput

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PICTURE = re.compile(r'(<img[^>]* src=")([^"]+)(")')
_ON_PAPER = re.compile(r' style="--knm-[^"]*"')  # widths for paper; the policy of the workshop allows no style in a page
_LINK = re.compile(r'<a [^>]*href="[^"]*"')


def candidate(bank: Itembank, name: str) -> KandidaatVraag | None:
    """Return the question as a candidate sees it, None when it does not hold yet."""
    item = bank.items.get(name)
    return None if item is None else candidate_question(bank, item, 1)


def paper(bank: Itembank, name: str, day: date) -> tuple[bytes, ...] | str:
    """Return the pages of a booklet with this one question as PNG, or a sentence why not."""
    vraag = candidate(bank, name)
    if vraag is None:
        return NOT_YET
    toets = KandidaatToets(name, "Voorbeeld op papier", day.isoformat(), 1, "A", None, "", "", (vraag,))
    pictures = {picture.path: picture.data for picture in pictures_of(toets)}
    try:
        return to_png("boekje.typ", paper_data(toets), pictures, day, 110)
    except TypesettingError as error:
        return f"{error}. Schrijf dit in woorden."


def not_on_paper(text: str, day: date) -> str:
    """Return the signs of a title that our letters do not have, empty when it can be printed."""
    if text.isascii():
        return ""
    toets = KandidaatToets("titel", text, day.isoformat(), 1, "A", None, "", "", ())
    try:
        to_pdf("boekje.typ", paper_data(toets), {}, day)
    except TypesettingError as error:
        return error.characters
    return ""


NOT_YET = "Nog niet te laten zien. Los eerst op wat bij Nakijken rood is."


def for_learners(project: Project, bank: Itembank, name: str) -> str:
    """Return the page of a les for cursisten as HTML, or a sentence why not: made without any answer."""
    return on_the_site(project, bank, name, "cursist")


def on_the_site(project: Project, bank: Itembank, name: str, les_page: str = "index") -> str:
    """Return the page of the site with this item or les as HTML, or a sentence why not."""
    document: Item | Les | None = bank.items.get(name) or bank.lessen.get(name)
    if document is None:
        return f"<p>{escape(NOT_YET)}</p>"
    if not (project.site / "templates").is_dir():
        return "<p>In dit project staat geen site. Daarom is er hier niets te zien.</p>"
    pages = Pages(SiteInput(bank, (), {}, project.site / "templates", preview=True))
    wanted = item_path(name) if isinstance(document, Item) else f"{les_path(document)}/{les_page}"
    made = pages.page_of(document)
    text = _FRONT.sub("", made[f"{wanted}.md"].decode("utf-8"), count=1)
    body = markdown.markdown(text, extensions=["attr_list", "tables", "toc", "md_in_html"])
    depth = wanted.count("/")
    body = _PICTURE.sub(lambda match: f"{match[1]}/plaatje/{_from_root(match[2], depth)}{match[3]}", body)
    return _LINK.sub('<a href="#"', _ON_PAPER.sub("", body))


def _from_root(address: str, depth: int) -> str:
    """Return an address as seen from the root of the site."""
    return address.removeprefix("../" * depth)


def theme_style() -> bytes:
    """Return the style sheet of the site's theme, empty when it is not installed."""
    found = find_spec("material")
    if found is None or not found.submodule_search_locations:
        return b""
    folder = Path(next(iter(found.submodule_search_locations)))
    sheets = sorted(folder.glob("templates/assets/stylesheets/main.*.min.css"))
    return sheets[0].read_bytes() if sheets else b""
