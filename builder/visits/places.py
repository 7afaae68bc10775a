"""Where a Dutch place lies: the centres of 1,960 places, from GeoNames (CC BY 4.0).

In: a name, with its province in brackets when several places have it. Out: latitude and longitude, or what else it
may have meant. It is an estimate: the centre of a place is not the door of a school.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from rapidfuzz import process

from builder.visits.nouns import Punt


@cache
def _known() -> Mapping[str, tuple[tuple[str, str, Punt], ...]]:
    text = resources.files("builder.visits").joinpath("data/plaatsen.tsv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, str, Punt]]] = {}
    for line in text.splitlines():
        if line.startswith(("#", "plaats\t")) or not line:
            continue
        name, province, latitude, longitude = line.split("\t")
        found.setdefault(_key(name), []).append((name, province, (float(latitude), float(longitude))))
    return {key: tuple(places) for key, places in found.items()}


def find_place(name: str) -> Punt | tuple[str, ...]:
    """Return the point of a place, or (no text at all when there is none) the names that it may have meant."""
    match = re.fullmatch(r"(.+?)\s*\((.+)\)", name.strip())
    bare, province = (match[1], match[2].casefold()) if match else (name, "")
    places = _known().get(_key(bare), ())
    fitting = [place for place in places if not province or _key(place[1]).startswith(_key(province))]
    if len(fitting) == 1:
        return fitting[0][2]
    if places:
        return tuple(f"{place} ({where})" for place, where, _ in places)
    near = process.extract(_key(bare), list(_known()), limit=2, score_cutoff=80)
    return tuple(_known()[key][0][0] for key, _, _ in near)


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9à-ÿ]", "", name.casefold().replace("st.", "sint"))
