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
