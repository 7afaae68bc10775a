"""What can safely be mended by a machine in a document: spaces, line ends, quotation marks, order of keys, NFC.

In: the text of one YAML file and the order of its keys. Out: the tidied text and what was done, in Dutch.
It proves itself: a change is kept only when what is read afterwards is what should be read (the same data,
with straight quotation marks and single spaces); else the file stays as it was. It touches no disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from builder.loading.read import parse

# Marks that editors put in by themselves; our texts have straight ones.
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_KEY = re.compile(r"([a-z_]+):(?: |$)")


def tidy(
    path: str, data: bytes, order: Sequence[str], straight: bool = True
) -> tuple[bytes, tuple[str, ...]]:
    """Return the tidied bytes of a document and what was done; the same bytes when nothing could be done.

    `order` is the wanted order of the keys. `straight` says whether curly quotation marks are made straight
    (not in official texts).
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data, ()
    before, _, wrong = parse(path, text.removeprefix("\ufeff").encode("utf-8"))
    if before is None or wrong:
        return data, ()
    done: list[str] = []
    steps: list[tuple[str, Callable[[str], str]]] = [
        ("onzichtbaar teken aan het begin weg", lambda value: value.removeprefix("\ufeff")),
        ("regeleinden gelijk", lambda value: value.replace("\r\n", "\n").replace("\r", "\n")),
        ("letters met accent als één teken (NFC)", lambda value: unicodedata.normalize("NFC", value)),
        ("spaties aan het eind van regels weg", _no_trailing_spaces),
        ("dubbele spaties weg", _single_spaces),
        ("velden in de vaste volgorde", lambda value: _in_order(value, order)),
    ]
    if straight:
        steps.insert(3, ("aanhalingstekens recht", lambda value: value.translate(_CURLY)))
    for name, step in steps:
        fresh = step(text)
        if fresh == text:
            continue
        after, _, found = parse(path, fresh.encode("utf-8"))
        if not found and _plain(after, straight) == _plain(before, straight):
            text = fresh
            done.append(name)
    return text.encode("utf-8"), tuple(done)


def _plain(value: Any, straight: bool) -> Any:
    """Return data as it should read after tidying, so that before and after can be compared."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        if straight:
            text = text.translate(_CURLY)
        return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    if isinstance(value, dict):
        return {key: _plain(part, straight) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part, straight) for part in value]
    return value


def _no_trailing_spaces(text: str) -> str:
    return "\n".join(line.rstrip(" ") for line in text.rstrip("\n").split("\n")) + "\n"


def _single_spaces(text: str) -> str:
    return "\n".join(re.sub(r"(?<=\S) {2,}(?=[^\s#])", " ", line) for line in text.split("\n"))


def _in_order(text: str, order: Sequence[str]) -> str:
    """Return the text with its top-level keys in order; a comment stays above the key that follows it."""
    head: list[str] = []
    blocks: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for line in text.splitlines(keepends=True):
        key = _KEY.match(line)
        if key:
            blocks.append((key[1], [*waiting, line]))
            waiting = []
        elif line.startswith("#"):
            (waiting if blocks else head).append(line)
        elif blocks:
            blocks[-1][1].extend([*waiting, line])
            waiting = []
        else:
            head.append(line)
    if waiting and blocks:
        blocks[-1][1].extend(waiting)
    places = {key: place for place, key in enumerate(order)}
    blocks.sort(key=lambda block: places.get(block[0], len(places)))
    return "".join([*head, *(line for _, lines in blocks for line in lines)])
