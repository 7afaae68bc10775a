"""The one place that writes YAML: new documents, in block style, so that a change is one line.

In: plain data or a template with values. Out: text. It touches no disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

import yaml


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
