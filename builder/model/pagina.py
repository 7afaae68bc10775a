"""A pagina: one hand-written Markdown page of the site, with the fields at its top that the checks use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pagina:
    """One page under `site/pages`. `tekst` is what follows the front matter; it starts at line `regel`.

    `taalniveau` and `bronnen` are what the author wrote there, not yet judged (empty when left out).
    """

    pad: str
    tekst: str
    regel: int
    titel: str = ""
    taalniveau: str = ""
    bronnen: tuple[str, ...] = ()
