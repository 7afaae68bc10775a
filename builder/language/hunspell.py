"""The two files of a Hunspell dictionary, as far as the Dutch one of OpenTaal uses them.

In: the text of an .aff and of a .dic file, in UTF-8 with flags of two characters. Out: the grammar, and the words
with their flags. It judges no word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

Flags = frozenset[str]
NO_FLAGS: Flags = frozenset()


@dataclass(frozen=True, slots=True)
class Affix:
    """One line SFX or PFX: `flag` lets a root lose `strip` and gain `add`; the form has `flags` of its own."""

    flag: str
    strip: str
    add: str
    fits: re.Pattern[str] | None
    crosses: bool
    flags: Flags


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the .aff file says, as far as we use it."""

    suffixes: Mapping[str, tuple[Affix, ...]]
    prefixes: Mapping[str, tuple[Affix, ...]]
    heads: tuple[int, ...]
    tails: tuple[int, ...]
    rules: tuple[tuple[str, ...], ...]
    patterns: tuple[tuple[str, str, str, str], ...]
    names: Mapping[str, str]
    inward: tuple[tuple[str, str], ...] = ()
    outward: tuple[tuple[str, str], ...] = ()

    def flag(self, name: str) -> str:
        """Return the flag with this meaning, or one that no word has."""
        return self.names.get(name, "\0")


@lru_cache(maxsize=10_000)
def flags_of(text: str) -> Flags:
    """Return the flags that are written one after the other."""
    return frozenset(text[place : place + 2] for place in range(0, len(text), 2))


def read_grammar(aff: str) -> Grammar:
    """Return what an .aff file says."""
    suffixes: dict[str, list[Affix]] = {}
    prefixes: dict[str, list[Affix]] = {}
    crosses: dict[str, bool] = {}
    rules: list[tuple[str, ...]] = []
    patterns: list[tuple[str, str, str, str]] = []
    names: dict[str, str] = {}
    converted: dict[str, list[tuple[str, str]]] = {"ICONV": [], "OCONV": []}
    for line in aff.splitlines():
        parts = line.partition("#")[0].split()
        if len(parts) < 2:
            continue
        kind = parts[0]
        if kind in ("SFX", "PFX"):
            if len(parts) >= 4 and parts[2] in ("Y", "N") and parts[3].isdigit():
                crosses[parts[1]] = parts[2] == "Y"
            elif len(parts) >= 4:
                table = suffixes if kind == "SFX" else prefixes
                affix = _affix(kind, parts, crosses.get(parts[1], True))
                table.setdefault(affix.add, []).append(affix)
        elif kind == "COMPOUNDRULE" and parts[1].startswith("("):
            rules.append(tuple(re.findall(r"\(([^)]+)\)", parts[1])))
        elif kind == "CHECKCOMPOUNDPATTERN" and len(parts) >= 3:
            tail, _, left = parts[1].partition("/")
            head, _, right = parts[2].partition("/")
            patterns.append((tail, left, head, right))
        elif kind in converted and len(parts) == 3:
            converted[kind].append((parts[1], parts[2]))
        elif len(parts) == 2:
            names[kind] = parts[1]
    return Grammar(
        {add: tuple(rows) for add, rows in suffixes.items()},
        {add: tuple(rows) for add, rows in prefixes.items()},
        tuple(sorted({len(add) for add in prefixes})),
        tuple(sorted({len(add) for add in suffixes})),
        tuple(rules),
        tuple(patterns),
        names,
        tuple(converted["ICONV"]),
        tuple(converted["OCONV"]),
    )


def _affix(kind: str, parts: Sequence[str], crosses: bool) -> Affix:
    add, _, flags = parts[3].partition("/")
    condition = parts[4] if len(parts) > 4 else "."
    pattern = f"{condition}$" if kind == "SFX" else f"^{condition}"
    return Affix(
        parts[1],
        "" if parts[2] == "0" else parts[2],
        "" if add == "0" else add,
        None if condition == "." else re.compile(pattern),
        crosses,
        flags_of(flags),
    )


def read_words(dic: str, grammar: Grammar) -> dict[str, str]:
    """Return the words of a .dic file with their flags."""
    alone = {grammar.flag("ONLYINCOMPOUND"), grammar.flag("KEEPCASE")}
    words: dict[str, str] = {}
    for line in dic.split("\n")[1:]:
        word, _, flags = line.partition("/")
        if not word:
            continue
        if word in words:  # the same word again with other flags: it may do what either may
            other, both = flags_of(words[word]), flags_of(flags)
            words[word] = "".join(sorted((other | both) - (alone - (other & both))))
        else:
            words[word] = flags
    return words
