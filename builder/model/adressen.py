"""Addresses that belong to a les. They come from knm.toml; what is empty is left out everywhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Adressen:
    """The full web address of the page of a les, that of its page for learners, and where remarks go."""

    lespagina: str = ""
    cursistpagina: str = ""
    contact_mail: str = ""
