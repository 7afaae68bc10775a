"""The example of a rule → the same example as somebody sees it on a form, or nothing when it is about a file.

In: the example as it stands in a file, and what fields are called. Out: lines with labels. A rule has one example, for
who writes YAML; who fills in a form has never seen a key of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from builder.diagnostics import Rule
from builder.workshop.fields import Field, Group
from builder.workshop.saying import here

# What the keys of an example are called, where a form has another name for the place or none.
_WORDS = {
    "stam": "De vraag zelf",
    "context": "Situatie vóór de vraag",
    "opties": "Antwoorden",
    "tekst": "Tekst",
    "toelichting": "Waarom",
    "goed": "Goed antwoord",
    "fout": "Fout antwoord",
    "antwoord": "Antwoord",
    "juist": "Dit is het goede antwoord",
    "vast": "Blijft op zijn plaats bij het schudden",
    "id": "Naam",
    "bronnen": "Bronnen",
    "status": "Status",
    "doel": "Doel",
}
# Where more than the words of the fields is another.
_OTHERWISE = {
    "C301": ("Drie antwoorden, en geen ervan is het goede.", "Drie antwoorden. Eén ervan is het goede."),
    "C302": ("Twee antwoorden zijn het goede.", "Drie antwoorden. Eén ervan is het goede."),
    "C315": ("De lezer koos zonder sleutel antwoord A, maar het goede antwoord is B.",
             "Een vraag waarbij de lezer zonder sleutel hetzelfde koos."),
    "C420": ("De vraag zelf: Waar vraag je huurtoeslag aan?\nGoed antwoord: Bij de Dienst Toeslagen",
             "Een fout antwoord dat ook op de vraag lijkt, of een ander woord in de vraag."),
    "C442": ("De vraag zelf: Wie belt Sara <b>niet</b>?", "De vraag zelf: Wie belt Sara?"),
    "C526": ("De vraag zelf: Hoeveel Joden uit Nederland vermoordden de nazi's?\nGoed antwoord: 102.000",
             "De vraag zelf: Wat deden de nazi's met de meeste Joden uit Nederland?"),
}  # fmt: skip
_LINE = re.compile(r"(?P<before>\s*(?:- )?)(?P<key>[a-z_]+):(?P<value>(?: .*)?)")
_INSIDE = re.compile(r"(?<=· )(goed|fout): ")
_VALUES = {"true": "ja", "false": "nee", "[]": "(leeg)"}
# What nobody meets on a form: commands, files, signs of YAML.
_OF_A_FILE = re.compile(r"\bknm\b|\.yaml|`|: (true|false)\b|\b[Bb]estand:|[a-z]_[a-z]|\[\[|!!|^\d+:|---|⇥|→|\bpipx\b|: [*\"'\[]")


def called(groups: Iterable[Group]) -> dict[str, str]:
    """Return what the keys of these forms are called, by the last part of each."""
    return {one.name: one.label for group in groups for one in _flat(group.fields)}


def _flat(fields: Iterable[Field]) -> Iterator[Field]:
    for one in fields:
        yield one
        yield from _flat(one.fields)


def shown(rule: Rule, names: Mapping[str, str]) -> tuple[str, str]:
    """Return the wrong and the right example of a rule in words; two empty texts when it is about the file itself."""
    if rule.code in _OTHERWISE:
        return _OTHERWISE[rule.code]
    if rule.code.startswith("R") or rule.code == "S103":
        return "", ""
    wrong, right = (_in_words(here(text), {**names, **_WORDS}) for text in (rule.wrong, rule.right))
    return (wrong, right) if wrong and right else ("", "")


def _in_words(text: str, names: Mapping[str, str]) -> str:
    made = []
    for line in text.split("\n"):
        found = _LINE.fullmatch(line)
        if found is not None:
            if found["key"] not in names:
                return ""
            value = found["value"].strip()
            line = f"{found['before']}{names[found['key']]}: {_VALUES.get(value, value)}".rstrip()
        made.append(_INSIDE.sub(lambda one: f"{names[one[1]].lower()}: ", line))
    words = "\n".join(made)
    return "" if _OF_A_FILE.search(words) else words
