"""Where a Dutch place lies: the centres of 1,960 places and of 3,946 postcode areas, from GeoNames (CC BY 4.0).

In: a name, with its province in brackets when several places have it, or the four digits of a postcode. Out: latitude
and longitude, or what else it may have meant. It is an estimate: the centre of a place is not the door of a school.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from rapidfuzz import process

from builder.visits.nouns import Punt

_POSTCODE = re.compile(r"([1-9][0-9]{3})(?:\s*[A-Za-z]{2})?")


@cache
def _areas() -> Mapping[str, Punt]:
    text = resources.files("builder.visits").joinpath("data/postcodes.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line[:1].isdigit()]
    return {code: (float(latitude), float(longitude)) for code, latitude, longitude in rows}


def is_postcode(name: str) -> bool:
    """Tell whether this is a postcode, or the first two or three digits of one."""
    return bool(_POSTCODE.fullmatch(name.strip())) or bool(re.fullmatch(r"[1-9][0-9]{1,2}", name.strip()))


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
    """Return the point of a place, or (no text at all when there is none) the names that it may have meant.

    Of a postcode only the four digits count: its area is about a quarter of a town, or a village with its fields.
    """
    if (code := _POSTCODE.fullmatch(name.strip())) is not None:
        return _areas().get(code[1], ())
    if is_postcode(name):
        return ()
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
