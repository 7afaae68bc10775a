"""What our own exporters said about a question, read back: Bron, Plaatje, which question it was.

In: sentences and tags. Out: fields of an item, and what was no word of ours. The words are those of
`export/question_notes.py`; the tests of the round trip hold the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.model.lijsten import Bron

_ITEM_ID = r"[a-z]+-[0-9]{3}"
_EINDTERM = r"[1-9]\.[1-9][0-9]?\.[1-9][0-9]?"
_ABOUT = re.compile(rf"Vraag ({_ITEM_ID}), versie [0-9]+\. Eindterm ({_EINDTERM})\.")
_TAGS = (
    (re.compile(rf"eindterm:? ?({_EINDTERM})", re.IGNORECASE), "eindterm"),
    (re.compile(rf"indicator:? ?({_EINDTERM}-[a-z])", re.IGNORECASE), "indicator"),
    (re.compile(r"(?:taal)?niveau:? ?(A1|A2|B1)", re.IGNORECASE), "taalniveau"),
    (re.compile(r"(examenstof|verdieping)", re.IGNORECASE), "stof"),
    (re.compile(r"(concreet|verloop|verband|begrip)", re.IGNORECASE), "abstractieniveau"),
    (re.compile(r"(onthouden|begrijpen|toepassen)", re.IGNORECASE), "beheersing"),
    (re.compile(r"(gevoelig)", re.IGNORECASE), "gevoelig"),
    (re.compile(rf"vraag ({_ITEM_ID})", re.IGNORECASE), "id"),
    (re.compile(rf"({_EINDTERM})", re.IGNORECASE), "eindterm"),
    (re.compile(rf"({_EINDTERM}-[a-z])", re.IGNORECASE), "indicator"),
)
_OURS = re.compile(r"knm|versie [0-9]+|nog niet beoordeeld", re.IGNORECASE)
_NUMBER = re.compile(rf"(?<![0-9.])({_EINDTERM})(-[a-z]\b)?(?![0-9.]*[0-9])")


@dataclass(slots=True)
class Said:
    """What was recognised. `pictures` are pairs of maker and licence; `rest` is what was not ours."""

    fields: dict[str, str] = field(default_factory=dict)
    bronnen: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def from_tags(tags: Iterable[str], themas: Iterable[str]) -> Said:
    """Return what the tags say; the first of a kind counts, the others are words like any other."""
    said = Said()
    known = {thema.lower() for thema in themas}
    for tag in tags:
        word = " ".join(tag.split())
        if not word or _OURS.fullmatch(word) or word.lower() in known:
            continue
        for pattern, name in _TAGS:
            match = pattern.fullmatch(word)
            if match:
                value = match[1].upper() if name == "taalniveau" else match[1].lower()
                if said.fields.setdefault(name, value) != value and name in ("eindterm", "id"):
                    said.rest.append(word)
                break
        else:
            said.rest.append(word)
    return said


def numbers_in(text: str) -> tuple[str, ...]:
    """Return all that looks like an eindterm or indicator in a text, each once."""
    return tuple(dict.fromkeys(match[1] + (match[2] or "") for match in _NUMBER.finditer(text)))


def is_ours(notes: Sequence[str]) -> bool:
    """Tell whether these sentences come from our own exporter."""
    return any(_ABOUT.search(note) for note in notes)


def from_notes(notes: Sequence[str], bronnen: Mapping[str, Bron]) -> Said:
    """Return what the sentences of our exporter say. Call it only when `is_ours`."""
    said = Said()
    for note in notes:
        if match := _ABOUT.search(note):
            said.fields.update(id=match[1], eindterm=match[2])
        elif note.startswith("Bron: "):
            said.bronnen.extend(_bronnen(note.removeprefix("Bron: ").removesuffix("."), bronnen))
        elif note.startswith("Plaatje: "):
            for part in note.removeprefix("Plaatje: ").removesuffix(".").split("; "):
                maker, comma, licentie = part.rpartition(", ")
                if comma:
                    said.pictures.append((maker, licentie))
    return said


def _bronnen(text: str, bronnen: Mapping[str, Bron]) -> list[tuple[str, str]]:
    """Return id and place of each bron; one that is not known keeps its own words as id."""
    starts = sorted(
        (
            (", ".join(part for part in (bron.titel, bron.maker) if part), name)
            for name, bron in bronnen.items()
        ),
        key=lambda pair: -len(pair[0]),
    )
    found = []
    while text:
        for start, name in starts:
            if start and text.startswith(start) and text[len(start) :][:2] in ("", ", ", "; "):
                place, _, text = text[len(start) :].removeprefix(", ").partition("; ")
                found.append((name, place))
                break
        else:
            part, _, text = text.partition("; ")
            found.append((part, ""))
    return found
