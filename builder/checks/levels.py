"""Which taalniveau a text must keep that names none of its own: by kind of page and by kind of text. Only here.

In: an address of the site, or the bank. Out: the level. Items and handouts name theirs, and a hand-written page may
(`taalniveau` at its top). Everything else is for teachers, at B1, or for learners, at A2. It measures nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.checks import texts
from builder.checks.texts import Text
from builder.model.itembank import Itembank

LEARNERS = "A2"
TEACHERS = "B1"


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page of the site: its addresses (from the root, without `.html`) and the level that it must keep."""

    name: str
    addresses: re.Pattern[str]
    level: str


def _kind(name: str, level: str, addresses: str) -> PageKind:
    return PageKind(name, re.compile(addresses), level)


# The first that fits is the one. What a learner reads or gets on paper comes first; a new page is for teachers.
PAGE_KINDS = (
    _kind("les voor cursisten", LEARNERS, r"lessen/[^/]+/[^/]+/cursist"),
    _kind("oefenen", LEARNERS, r"oefenen/index"),
    _kind("brief aan cursisten", LEARNERS, r"bezoeken/brief"),
    _kind("hulp en informatie", LEARNERS, r"veiligheid/(index|kaartjes)"),
    _kind("voor docenten en auteurs", TEACHERS, r".+"),
)


def page_kind(address: str) -> PageKind:
    """Return the kind of a page. `address` is its path from the root of the site, without ending."""
    return next(kind for kind in PAGE_KINDS if kind.addresses.fullmatch(address))


def levelled_texts(bank: Itembank) -> Iterator[tuple[Text, str]]:
    """Yield each text that has no level of its own, with the level that it must keep.

    Left out, because they do have one: items, handouts and what a teacher says aloud. Answers to a handout are for
    the teacher. What is `vervallen`, the official texts and what others said are left in peace.
    """
    for les in bank.lessen.values():
        if les.status != "vervallen":
            for text in texts.les_texts(les):
                if not text.quoted and (text.path[0] != "handouts" or text.path[-1] == "antwoord"):
                    yield text, TEACHERS
    for text in (*texts.begrip_texts(bank), *texts.overview_texts(bank)):
        yield text, TEACHERS
    groups = [wegwijs.groep for wegwijs in bank.wegwijzer.values()]
    for text in texts.handreiking_texts(bank):
        if text.document == "wegwijzer" and groups[int(text.path[1])] != "docent":
            yield text, LEARNERS
        elif not text.quoted and text.path[0] != "je_kunt_zeggen":
            yield text, TEACHERS
