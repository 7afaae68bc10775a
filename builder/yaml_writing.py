"""The one place that writes YAML: new documents, in block style, and changes in the text of a document.

In: plain data or a template with values; the text of a document and the data that it should hold. Out: text.
A change touches the lines of the fields that changed and no other. It touches no disk.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from importlib import resources
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

_FOREVER = 1 << 30  # columns: no text is ever folded


class CannotEdit(Exception):
    """The text of a document cannot be changed without touching more; the message is a Dutch sentence."""


class _Dumper(yaml.SafeDumper):
    """Block style, keys in the given order, short lists of numbers on one line, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    short = bool(data) and all(isinstance(value, int) for value in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=short)


_Dumper.add_representer(list, _list)


def dump(data: Mapping[str, Any], schema: str) -> str:
    """Return a document as YAML text; `schema` is the path of its schema from the file, for editors."""
    body = yaml.dump(dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return f"# yaml-language-server: $schema={schema}\n{body}"


def skeleton(kind: str, values: Mapping[str, str]) -> str:
    """Return the skeleton of a new item or les, with `values` filled in as quoted text where needed."""
    template = (resources.files("builder") / "templates" / "bronnen" / f"{kind}.yaml").read_text(
        encoding="utf-8"
    )
    for key, value in values.items():
        template = template.replace(f"<<{key}>>", value)
    return template


def add_to_list(text: str, key: str, entry: Mapping[str, Any]) -> str:
    """Return the text of a document with `entry` added at the end of its list `key`; the rest stays as it is.

    The list is made at the end of the document when it is not there. Raises ValueError when `key` stands
    there in another form than a block list (`key: [...]`).
    """
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    shown = yaml.dump([dict(entry)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    block = [f"  {line}" for line in shown.splitlines(keepends=True)]
    starts = [number for number, line in enumerate(lines) if line.startswith(f"{key}:")]
    if not starts:
        return "".join([*lines, f"{key}:\n", *block])
    start = starts[0]
    if lines[start].split("#")[0].strip() != f"{key}:":
        raise ValueError(f"{key} is not a block list")
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line.startswith((" ", "#", "- ")):
            break
        if line.strip() and not line.startswith("#"):
            end = number + 1
    if any(line.startswith("- ") for line in lines[start + 1 : end]):
        block = shown.splitlines(keepends=True)
    return "".join([*lines[:end], *block, *lines[end:]])


def edit(text: str, before: Mapping[str, Any], after: Mapping[str, Any], order: Sequence[str]) -> str:
    """Return the text of a document changed so that it holds `after` where it held `before`.

    Comments, order and the form of all that stays are kept: what did not change keeps its very lines. New
    fields of the document come in `order`. Raises `CannotEdit` when the library would write the untouched
    text otherwise than in where lines are folded, or finds something in it that it does not understand.
    """
    windows = "\r\n" in text
    unix = text.replace("\r\n", "\n")
    try:
        tree = _Trip(unix)
        same = tree.text()
        if same.split() != unix.split():
            raise CannotEdit(_READ_ONLY)
        _edit_map(tree.root, before, after, order)
        changed = tree.text()
    except (YAMLError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise CannotEdit(_READ_ONLY) from error
    made = _carried_over(unix.splitlines(True), same.splitlines(True), changed.splitlines(True))
    return made.replace("\n", "\r\n") if windows else made


_READ_ONLY = (
    "Dit bestand is zo geschreven dat wij het niet veilig kunnen veranderen. Je kunt het hier alleen lezen. "
    "Verander het in een editor, of vraag een collega om hulp."
)


class _Trip:
    """A document read so that it can be written as it was."""

    def __init__(self, text: str) -> None:
        """Read the text; lists in it are indented, or all of them are not."""
        self.yaml = YAML(typ="rt", pure=True)
        self.yaml.preserve_quotes = True
        self.yaml.width = _FOREVER
        self.yaml.allow_unicode = True
        flush = any(line.startswith("- ") for line in text.split("\n"))
        self.yaml.indent(mapping=2, sequence=2 if flush else 4, offset=0 if flush else 2)
        self.root: CommentedMap = self.yaml.load(text)
        if not isinstance(self.root, CommentedMap):
            raise CannotEdit(_READ_ONLY)

    def text(self) -> str:
        """Return the text of the document as it is now."""
        out = io.StringIO()
        self.yaml.dump(self.root, out)
        return out.getvalue()


def _carried_over(lines: Sequence[str], same: Sequence[str], changed: Sequence[str]) -> str:
    """Return `lines` with the changes from `same` to `changed`; where all three agree the first is kept.

    `same` is `lines` as the library writes it: only folded lines may differ.
    """
    home: dict[int, tuple[int, int]] = {}  # a line of `same` → the lines that it stands for
    for _, start, end, first, last in SequenceMatcher(None, lines, same, False).get_opcodes():
        equal = end - start == last - first
        for offset, number in enumerate(range(first, last)):
            home[number] = (start + offset, start + offset + 1) if equal else (start, end)
    out: list[str] = []
    done = 0  # lines of the original that are dealt with
    for tag, first, last, start, end in SequenceMatcher(None, same, changed, False).get_opcodes():
        if tag == "equal":
            stop = home[last - 1][1] if last else 0
            out.extend(lines[done:stop])
            done = max(done, stop)
            continue
        out.extend(changed[start:end])
        if last > first:
            done = max(done, home[last - 1][1])
    return "".join([*out, *lines[done:]])


def _edit_map(
    node: CommentedMap, before: Mapping[str, Any], after: Mapping[str, Any], order: Sequence[str]
) -> None:
    for key in [key for key in before if key not in after]:
        del node[key]
    for key, value in after.items():
        if key not in before:
            node.insert(_place(node, key, [*order, *after]), key, _made(value))
        elif value != before[key] or type(value) is not type(before[key]):
            node[key] = _edited(node[key], before[key], value)


def _place(node: CommentedMap, key: str, order: Sequence[str]) -> int:
    """Return where a new key comes: after the last one that stands before it in `order`."""
    earlier = set(order[: order.index(key)])
    return max((place for place, name in enumerate(node, 1) if name in earlier), default=0)


def _edited(node: Any, before: Any, after: Any) -> Any:
    if isinstance(node, CommentedMap) and isinstance(before, dict) and isinstance(after, dict):
        _edit_map(node, before, after, list(after))
        return node
    if isinstance(node, CommentedSeq) and isinstance(before, list) and isinstance(after, list):
        _edit_list(node, before, after)
        return node
    if isinstance(after, str) and "\n" not in after:
        for quoted in (SingleQuotedScalarString, DoubleQuotedScalarString):
            if isinstance(node, quoted):
                return quoted(after)
    return _made(after)


def _edit_list(node: CommentedSeq, before: Sequence[Any], after: Sequence[Any]) -> None:
    if len(before) == len(after):
        steps = [("replace", place, place + 1, place, place + 1) for place in range(len(after))]
    else:
        keys = [[json.dumps(value, sort_keys=True) for value in values] for values in (before, after)]
        steps = list(SequenceMatcher(None, keys[0], keys[1], False).get_opcodes())
    for tag, start, end, first, last in reversed(steps):
        if tag == "equal":
            continue
        shared = min(end - start, last - first)
        for offset in range(shared):
            old, new = before[start + offset], after[first + offset]
            if old != new or type(old) is not type(new):
                node[start + offset] = _edited(node[start + offset], old, new)
        for place in range(end - 1, start + shared - 1, -1):
            del node[place]
        if not before:  # written as [], which is no form for what has fields
            node.fa.set_block_style()
        for offset, value in enumerate(after[first + shared : last]):
            node.insert(start + shared + offset, _made(value))


def _made(value: Any) -> Any:
    """Return plain data as the library wants it: texts of several lines as a block, lists of numbers on a line."""
    if isinstance(value, dict):
        return CommentedMap((key, _made(part)) for key, part in value.items())
    if isinstance(value, list):
        made = CommentedSeq(_made(part) for part in value)
        if value and all(isinstance(part, int) for part in value):
            made.fa.set_flow_style()
        return made
    if isinstance(value, str) and "\n" in value:
        spaced = value[:1].isspace() or any(line.endswith((" ", "\t")) for line in value.split("\n"))
        return DoubleQuotedScalarString(value) if spaced else LiteralScalarString(value)
    if isinstance(value, str) and not value:
        return SingleQuotedScalarString("")
    return value
