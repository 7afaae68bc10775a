"""Who appears in the questions, and how fair their form is: counts over the whole bank, for authors.

In: the bank. Out: counts. Gender is read from the words themselves (zij, hij, moeder, buurman …), never from
a name or a profession alone; what the words do not tell is counted as unknown. It decides nothing: a person reads the table.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builder.language import read, together
from builder.model.item import Item
from builder.model.lifecycle import is_public

# Words that tell the gender of the person they are about.
_FEMALE = frozenset(
    "zij ze haar vrouw moeder dochter zus oma tante buurvrouw vriendin meisje mevrouw oudtante lerares".split()
)
_MALE = frozenset("hij hem zijn man vader zoon broer opa oom buurman vriend jongen meneer".split())
_ROLES = (
    "agent", "ambtenaar", "apotheker", "arts", "baas", "begeleider", "burgemeester", "buurman", "buurvrouw",
    "collega", "conducteur", "directeur", "docent", "dochter", "huisarts", "huurder", "kind", "klant", "leraar",
    "lerares", "leerling", "makelaar", "moeder", "notaris", "ouder", "ouders", "patiënt", "rechter", "student",
    "tandarts", "vader", "verhuurder", "verpleegkundige", "vluchteling", "werkgever", "werknemer", "winkelier",
    "zoon",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Genders:
    """How often the words say: a woman, a man, or neither."""

    vrouw: int = 0
    man: int = 0
    onbekend: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """The counts. Rates are shares between 0 and 1; `words` are words a candidate reads per item."""

    items: int
    rollen: Mapping[str, Genders]
    personen: Genders
    sleutelplaatsen: Mapping[int, int]
    langste_is_sleutel: float
    kans_langste: float
    woorden: Mapping[str, tuple[int, int, int]]


def balance(items: Iterable[Item]) -> Balance:
    """Return the counts over the items that are public and in use."""
    used = [item for item in items if is_public(item) and item.status != "vervallen"]
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    people: Counter[str] = Counter()
    places: Counter[int] = Counter()
    longest = 0
    chance = 0.0
    compared = 0
    loads: dict[str, list[int]] = defaultdict(list)
    for item in used:
        seen = together([item.context, item.stam, *(optie.tekst for optie in item.opties)])
        loads[item.taalniveau].append(sum(len(sentence.words) for sentence in read(seen).sentences))
        told = [word.lower() for word in re.findall(r"[\wéëïöü]+", f"{item.context} {item.stam}")]
        gender = _gender(told)
        if gender != "onbekend" or item.context:
            people[gender] += 1
        for role in dict.fromkeys(word for word in told if word in _ROLES):
            roles[role][_gender([role])] += 1
        if item.sleutel is None:
            continue
        places[item.sleutel + 1] += 1
        lengths = [len(optie.tekst) for optie in item.opties]
        if all(lengths):
            compared += 1
            most = max(lengths)
            longest += lengths[item.sleutel] == most and lengths.count(most) == 1
            chance += (1 / len(lengths)) if lengths.count(most) == 1 else 0
    return Balance(
        items=len(used),
        rollen={role: _genders(roles[role]) for role in sorted(roles)},
        personen=_genders(people),
        sleutelplaatsen=dict(sorted(places.items())),
        langste_is_sleutel=longest / compared if compared else 0.0,
        kans_langste=chance / compared if compared else 0.0,
        woorden={
            level: (min(found), sorted(found)[len(found) // 2], max(found))
            for level, found in sorted(loads.items())
        },
    )


def _gender(words: Iterable[str]) -> str:
    found = {"vrouw" if word in _FEMALE else "man" for word in words if word in _FEMALE | _MALE}
    return found.pop() if len(found) == 1 else "onbekend"


def _genders(found: Mapping[str, int]) -> Genders:
    return Genders(found.get("vrouw", 0), found.get("man", 0), found.get("onbekend", 0))
