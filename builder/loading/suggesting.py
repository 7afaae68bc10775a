"""What an author may have meant, and a value as an author would recognise it: pieces of sentences for findings."""

from __future__ import annotations

import re
from typing import Any

from builder.dutch import nearest


def show(value: Any) -> str:
    """Return a value as an author would recognise it, cut to a readable length."""
    if value is None:
        return "niets"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "een lijst"
    if isinstance(value, dict):
        return "een groep velden"
    if isinstance(value, int | float):
        return f"het getal {value}"
    text = re.sub(r"\s+", " ", str(value))
    return f'"{text if len(text) <= 60 else text[:57] + "…"}"'


def meant(word: str, options: list[str], otherwise: str) -> str:
    """Return "Bedoelde je …?" when one option is near, else a list of what there is."""
    near = nearest(word, options) or nearest(word.lower(), [option.lower() for option in options])
    listed = _listed(options)
    if near:
        exact = next(option for option in options if option.lower() == near.lower())
        return f'Bedoelde je "{exact}"?' + (
            f" {otherwise} {listed}." if listed and 1 < len(options) <= 10 else ""
        )
    return f"{otherwise} {listed}." if listed else ""


def _listed(options: list[str]) -> str:
    if not options or len(options) > 40:
        return ""
    return options[0] if len(options) == 1 else f"{', '.join(options[:-1])} of {options[-1]}"
