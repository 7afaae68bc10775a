"""Which questions of a delivery are in the bank already, and which changed since.

In: the items of a bank. Out: for a draft the item that it is, if any. A question is known by where it was read from, by
the id that it says it has, and by its words. Order of options, spaces and pictures do not count. It changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from builder.intake.draft import TODO_ALT, Draft
from builder.model.item import Item

SAME_QUESTION = 60.0  # of 100: below this, two stems under one name are two questions


@dataclass(frozen=True, slots=True)
class Match:
    """The item that a draft is: its id, and which parts differ (none when it is the same)."""

    id: str
    differs: tuple[str, ...] = ()


def _flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _alt(alt: str) -> str:
    return "" if alt == TODO_ALT else _flat(alt[:400])


def _content(stem: str, context: str, picture: str | None, opties: Iterable[tuple[str, str, bool]]) -> str:
    """Return the digest of the words of a question: what makes it this question and no other."""
    parts = [
        _flat(stem),
        _flat(context),
        None if picture is None else _alt(picture),
        sorted([_flat(text), _alt(alt), right] for text, alt, right in opties),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(slots=True)
class Shelf:
    """The questions that are there, found by content, origin and id."""

    items: Mapping[str, Item]
    by_content: dict[str, str] = field(default_factory=dict)
    by_origin: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fill the look-ups; a withdrawn item counts too, its id is never given again."""
        for name, item in self.items.items():
            opties = [
                (optie.tekst, optie.afbeelding.alt if optie.afbeelding else "", optie.juist)
                for optie in item.opties
            ]
            key = _content(item.stam, item.context, item.afbeelding.alt if item.afbeelding else None, opties)
            self.by_content.setdefault(key, name)
            for origin in {item.ingelezen_uit, f"knm {name}"} - {""}:
                self.by_origin.setdefault(origin, []).append(name)

    def find(self, draft: Draft) -> Match | None:
        """Return the item that this draft is, or None when it is new."""
        data = draft.data
        same = self.by_content.get(content_of(draft))
        if same is not None:
            return Match(same)
        names = self.by_origin.get(data.get("ingelezen_uit", ""), [])
        likest = max(names, key=lambda name: (_likeness(draft, self.items[name]), name), default=None)
        if likest is None or _likeness(draft, self.items[likest]) < SAME_QUESTION:
            return None
        return Match(likest, _differences(data, self.items[likest]))


def content_of(draft: Draft) -> str:
    """Return the digest of the words of a draft."""
    data = draft.data
    opties = [
        (optie.get("tekst", ""), optie.get("afbeelding", {}).get("alt", ""), optie["juist"])
        for optie in data["opties"]
    ]
    picture = draft.question.picture
    return _content(data["stam"], data.get("context", ""), picture.alt if picture else None, opties)


def _likeness(draft: Draft, item: Item) -> float:
    return float(fuzz.ratio(_flat(draft.data["stam"]), _flat(item.stam)))


def _differences(data: Mapping[str, Any], item: Item) -> tuple[str, ...]:
    found = []
    if _flat(data["stam"]) != _flat(item.stam):
        found.append("de vraag")
    if _flat(data.get("context", "")) != _flat(item.context):
        found.append("de situatie")
    texts = [sorted(_flat(text) for text in side) for side in (
        [optie.get("tekst", "") for optie in data["opties"]], [optie.tekst for optie in item.opties],
    )]  # fmt: skip
    if texts[0] != texts[1]:
        found.append("de antwoorden")
    right = [{_flat(text) for text in side} for side in (
        [optie.get("tekst", "") for optie in data["opties"] if optie["juist"]],
        [optie.tekst for optie in item.opties if optie.juist],
    )]  # fmt: skip
    if right[0] != right[1] and texts[0] == texts[1]:
        found.append("het goede antwoord")
    return tuple(found) or ("het plaatje of de beschrijving ervan",)
