"""YAML without anything special → data, in a third of the time of the C parser; of all else it says: not mine.

In: the bytes of a file. Out: the data and the text, or None. It reads only lines that can mean one thing: fields,
lists with a dash, and values on one line, without tabs, escapes, anchors, tags, comments behind a value, brackets or
texts over more lines. Whatever is not that, or is wrong, it leaves to `composing.py`, which reads all of YAML and
words the findings. So this module never decides that a file is wrong, and `tests/test_plain.py` holds it to giving
the same data as the C parser on whatever it accepts.
"""

from __future__ import annotations

import re
from sys import intern
from typing import Any

MOST_LINES = 7000  # three values a line at most: well under MAX_VALUES
MOST_LAYERS = 12
_PRINTABLE = bytes([0x0A, *range(0x20, 0x7F)])
# Beyond ASCII: what libyaml calls printable, without the other line ends of Unicode and the byte order mark.
_ODD_SIGN = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# Each line gives (indentation, dash, key, value, odd); a comment or an empty line gives nothing in any of them.
LINE = re.compile(
    r"""(?:\ *\#.*
      | (\ *)(-\ )?(?:([a-zA-Z_][a-zA-Z_0-9-]*):(?:\ (?!\ )|(?=\n|\Z)))?
        ([^\s\-?:,\[\]{}\#&*!|>'"%@`](?:.*[^\s:])?|"[^"\\\n]*"|'[^'\n]*(?:''[^'\n]*)*')?
      | (.+)
    )(?:\n|\Z)""",
    re.VERBOSE,
)
Line = tuple[str, str, str, str, str]
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
WORDS: dict[str, Any] = {"null": None, "~": None, "": None, "true": True, "false": False}
NUMBER_START = frozenset("0123456789+-")


def scalar(text: str) -> Any:
    """Return what a plain (unquoted) word means: null, a truth value, a number, or the text itself."""
    if text in WORDS:
        return WORDS[text]
    if text[0] in NUMBER_START and len(text) < 30:
        if _INT.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
    return text


def plain(raw: bytes) -> tuple[dict[str, Any], str] | None:
    """Return the data and the text of a file that holds plain YAML only, else None."""
    if raw.isascii():
        if raw.translate(None, _PRINTABLE):
            return None
        text = raw.decode("ascii")
    else:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if _ODD_SIGN.search(text):
            return None
    data = data_of(LINE.findall(text))
    return (data, text) if data else None


def data_of(lines: list[Line]) -> dict[str, Any] | None:
    """Return the data of these lines, None at the first that is not plain or not in its place.

    For the lines of a text of which every sign is printable, which only `plain` looks at.
    """
    root: dict[str, Any] = {}
    top: Any = root  # the innermost mapping or list that is open, and its column
    column = 0
    stack: list[tuple[int, Any]] = []  # those around it
    waiting: str | None = None  # the key of `top` whose value starts on a next line
    if len(lines) > MOST_LINES:
        return None
    for indent, dash, key, value, odd in lines:
        if odd:
            return None
        if not key and not dash:
            if value:
                return None
            continue
        here = len(indent)
        if waiting is not None:
            # A list may start in the column of its key; anything else that is not deeper leaves the key without value.
            if here < column or (here == column and not dash) or len(stack) >= MOST_LAYERS:
                return None
            fresh: Any = [] if dash else {}
            top[waiting] = fresh
            stack.append((column, top))
            top, column, waiting = fresh, here, None
        else:
            while column > here or (column == here and not dash and top.__class__ is list):
                if not stack:
                    return None
                column, top = stack.pop()
            if column != here or (top.__class__ is list) is not bool(dash):
                return None
        if dash:
            if key:
                fresh = {}
                top.append(fresh)
                stack.append((column, top))
                top, column = fresh, here + 2
            elif not value:
                return None
        key = intern(key)  # a bank of 100,000 items has 3.5 million keys, and 60 different ones
        if not value:
            if key in top or key in WORDS:
                return None
            waiting = key
            continue
        start = value[0]
        meaning: Any = value
        if start == '"':
            meaning = value[1:-1]
        elif start == "'":
            meaning = value[1:-1].replace("''", "'")
        elif ": " in value or " #" in value:
            return None
        elif start in NUMBER_START or value in WORDS:
            meaning = scalar(value)
        if not key:
            top.append(meaning)
        elif key in top or key in WORDS:
            return None
        else:
            top[key] = meaning
    return None if waiting is not None else root
