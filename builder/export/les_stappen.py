"""What belongs to which step of a les: its words and its pictures, as a presentation shows them.

In: a les, and its pictures. Out: these, per step, in the order in which they are needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from builder.model.kandidaat import Plaatje
from builder.model.les import Les, Stap, Woord

# Words about the cursist that would not be right after "Je kunt".
_THIRD_PERSON = re.compile(r"\b(?:hij|zij|ze|zijn(?= \w)|haar|hem|zich|hun|hen)\b", re.IGNORECASE)
_GOAL = "De cursist kan "


def words_per_step(les: Les) -> list[list[Woord]]:
    """Return the words of the les by the step that uses each first.

    A word that no step uses goes with the word before it.
    """
    steps: list[list[Woord]] = [[] for _ in les.stappen]
    place = 0
    for woord in les.woorden:
        core = re.sub(r"^(?:de|het|een) ", "", woord.woord.lower())
        found = _first_mention(les.stappen, core)
        place = place if found is None else found
        steps[place].append(woord)
    return steps


def _first_mention(stappen: Sequence[Stap], text: str) -> int | None:
    pattern = re.compile(rf"\b{re.escape(text)}\b", re.IGNORECASE)
    for place, stap in enumerate(stappen):
        if pattern.search(f"{stap.titel}\n{stap.docent}\n{stap.cursisten}"):
            return place
    return None


def pictures_per_step(les: Les, shown: Iterable[tuple[str, Plaatje]]) -> list[list[tuple[str, Plaatje]]]:
    """Return the pictures by step: where its material names one (each time), else where the teacher's text does.

    The name of a picture is the end of its file name. What is named nowhere goes with the first step that uses
    a handout, else with the first step.
    """
    steps: list[list[tuple[int, tuple[str, Plaatje]]]] = [[] for _ in les.stappen]
    for title, plaatje in shown:
        stem = plaatje.path.rpartition("/")[2].rpartition(".")[0]
        name = stem.removeprefix(les.id).strip("-").replace("-", " ").lower()
        places = _naming(name, [stap.materiaal for stap in les.stappen])
        if not places:
            places = _naming(name, [stap.docent for stap in les.stappen])[:1]
        if not places:
            places = _naming("werkblad", [f"{stap.materiaal} {stap.docent}" for stap in les.stappen])[:1] or [
                (0, 0)
            ]
        for place, order in places:
            steps[place].append((order, (title, plaatje)))
    return [[found for _, found in sorted(step, key=lambda pair: pair[0])] for step in steps]


def _naming(name: str, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return which texts name something, and where in them."""
    found = [
        (place, re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)) for place, text in enumerate(texts)
    ]
    return [(place, match.start()) for place, match in found if match and name]


def for_learners(goals: Sequence[str]) -> list[str]:
    """Return the goals as said to a learner: `Je kunt …`; all or none, as words about the cursist allow."""
    rest = [goal.removeprefix(_GOAL) for goal in goals]
    if any(text == goal or _THIRD_PERSON.search(text) for text, goal in zip(rest, goals, strict=True)):
        return list(goals)
    return [f"Je kunt {text}" for text in rest]


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
