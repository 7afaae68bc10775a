"""Long lists in pages of a hundred: which rows stand where. It makes no page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
PER_PAGE = 100


def cut(rows: Sequence[T]) -> list[Sequence[T]]:
    """Return the rows by the page they stand on; there is always one page."""
    return [rows[start : start + PER_PAGE] for start in range(0, len(rows), PER_PAGE)] or [rows]


def in_pages(folder: str, rows: Sequence[T]) -> tuple[list[str], list[Sequence[T]]]:
    """Return the paths of the pages of a list, at least one, and their rows: index, lijst-2, lijst-3."""
    pages = cut(rows)
    names = ["index", *(f"lijst-{number}" for number in range(2, len(pages) + 1))]
    return [f"{folder}/{name}" for name in names], pages


def part(paths: Sequence[str], here: str) -> str:
    """Return what a page of a long list adds to its title: nothing on the first, then `, deel 2`."""
    number = paths.index(here) + 1
    return f", deel {number}" if number > 1 else ""
