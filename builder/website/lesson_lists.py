"""The lists of lessons: by thema and title, in series, and by the day of their last change.

In: lessons and the bank. Out: rows for the templates. It makes no page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lijsten import TAALNIVEAUS, Reeks
from builder.website.lesson_pages import thema_title

LEVELS = ("alfa", *TAALNIVEAUS)


def alive(lessen: Iterable[Les]) -> list[Les]:
    """Return the lessons that are still given."""
    return [les for les in lessen if les.status != "vervallen"]


def by_title(bank: Itembank, lessen: Iterable[Les]) -> list[Les]:
    """Return lessons in the order of the themas, and by title in each; those of no thema last."""
    order = [thema.slug for thema in bank.themas]

    def place(les: Les) -> tuple[int, str, str]:
        return order.index(les.thema) if les.thema in order else len(order), les.titel, les.id

    return sorted(lessen, key=place)


def by_thema(bank: Itembank, lessen: Sequence[Les]) -> list[tuple[str, list[Les]]]:
    """Return lessons that stand in order in groups, with the title of each thema."""
    return [(thema_title(bank, slug), list(own)) for slug, own in groupby(lessen, lambda les: les.thema)]


def levels(lessen: Iterable[Les]) -> list[str]:
    """Return the levels of language for which there is a les, the easiest first."""
    there = {niveau for les in lessen for niveau in les.taalniveaus}
    return [niveau for niveau in LEVELS if niveau in there]


def series(bank: Itembank, lessen: Sequence[Les]) -> list[tuple[Reeks, list[tuple[int, Les]]]]:
    """Return each series with its numbered lessons; one of which nothing is there yet is left out."""
    found = [
        (
            reeks,
            sorted(
                ((place.les, les) for les in lessen for place in les.reeks if place.id == reeks.id),
                key=lambda pair: pair[0],
            ),
        )
        for reeks in bank.reeksen.values()
    ]
    return [pair for pair in found if pair[1]]


def by_day(lessen: Iterable[Les], most: int) -> list[tuple[str, list[Les]]]:
    """Return the `most` lessons that changed last, by the day of that change, newest first."""
    newest = sorted(lessen, key=lambda les: les.bijgewerkt_op, reverse=True)[:most]
    return [(day, list(mine)) for day, mine in groupby(newest, lambda les: les.bijgewerkt_op)]
