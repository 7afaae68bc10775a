"""Documents → well-formed documents: JSON Schema decides, we word the finding.

In: documents and the folder with schemas. Out: the documents that hold and findings S101-S111.
jsonschema-rs says quickly whether a document holds; only when it does not, jsonschema names each fault
(`wording.py`). One validator per kind, made once and reused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from builder.diagnostics import Diagnostic
from builder.loading.document import KINDS, Document
from builder.loading.recalled import KnownDocument
from builder.loading.validate_rules import RULES

__all__ = ["RULES", "Schemas", "load_schemas", "validate"]


@dataclass(frozen=True, slots=True)
class Schemas:
    """The schemas by file name, and for each kind the compiled gate that says whether a document holds."""

    contents: dict[str, Any]
    gates: dict[str, Any]


@lru_cache(maxsize=4)
def load_schemas(folder: Path) -> Schemas:
    """Return the compiled schemas in `folder`. Raises OSError or ValueError when our schemas are damaged."""
    contents = {
        file.name: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.schema.json"))
    }
    quick = jsonschema_rs.Registry(
        [(f"json-schema:///{name}", content) for name, content in contents.items()]
    )
    gates = {
        kind: jsonschema_rs.Draft202012Validator(
            contents[f"{kind}.schema.json"], registry=quick, validate_formats=True
        )
        for kind in KINDS
    }
    return Schemas(contents, gates)


def validate(
    documents: Iterable[Document | KnownDocument], schemas: Schemas
) -> tuple[list[Document | KnownDocument], list[Diagnostic]]:
    """Return the documents that hold, and every finding about the others. What is known to hold is not asked again."""
    good: list[Document | KnownDocument] = []
    bad: list[Document] = []
    for document in documents:
        if isinstance(document, KnownDocument) or schemas.gates[document.kind].is_valid(document.data):
            good.append(document)
        else:
            bad.append(document)
    return good, _findings(bad, schemas) if bad else []


def _findings(bad: Iterable[Document], schemas: Schemas) -> list[Diagnostic]:
    from builder.loading import wording  # with jsonschema, which a bank without faults can do without

    validators: dict[str, Any] = {}
    found: list[Diagnostic] = []
    for document in bad:
        kind = document.kind
        if kind not in validators:
            validators[kind] = wording.validator_for(kind, schemas.contents)
        findings = list(wording.findings(document, validators[kind]))
        if not findings:  # the two validators must agree; if not, refusing without detail is the safe side
            findings = [
                wording.unnamed(document, tuple(error.instance_path))
                for error in schemas.gates[kind].iter_errors(document.data)
            ]
        found.extend(findings)
    return found
