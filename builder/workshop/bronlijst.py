"""The list of bronnen that all documents share: which records a document uses, and new ones at its end.

In: the desk, a document, or records from a form or from outside. Out: records, or the bytes of the list with more in it.
A record from outside is held to the schema like any other. It writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder import yaml_writing
from builder.diagnostics import Diagnostic, Severity
from builder.loading.read import parse
from builder.workshop import forms
from builder.workshop.desk import Desk
from builder.workshop.store import Refusal

PATH = "content/bronnen.yaml"
MOST = 60  # records in one zip
_DEEPEST = 4
_ODD = "De bronnen in deze zip zijn niet te lezen. Vraag om een nieuwe zip. Er is niets bewaard."

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Longer:
    """The list as it stands, the list with more records, and what is wrong with those (errors only)."""

    before: bytes
    after: bytes
    findings: tuple[Diagnostic, ...]


def known(desk: Desk) -> tuple[bytes, list[Record]]:
    """Return the list as it stands: its bytes and its records. Raises `Refusal` when it cannot be read."""
    raw = desk.open.read(PATH)
    data = parse(PATH, raw)[0] if raw is not None else None
    if raw is None or data is None or not isinstance(data.get("bronnen"), list):
        raise Refusal("De lijst met bronnen is niet te lezen. Kijk eerst met `knm check`.")
    return raw, [record for record in data["bronnen"] if isinstance(record, dict)]


def longer(desk: Desk, records: Sequence[Record]) -> Longer:
    """Return the list with these records at its end. Raises `Refusal` when it cannot hold them."""
    raw, had = known(desk)
    text = raw.decode("utf-8-sig")
    try:
        for record in records:
            text = yaml_writing.add_to_list(text, "bronnen", record)
    except ValueError:
        raise Refusal(
            "De lijst met bronnen heeft een andere vorm. Zet de bron er in een editor bij."
        ) from None
    fresh = text.encode("utf-8")
    read_back = parse(PATH, fresh)[0]
    if read_back is None or read_back.get("bronnen") != [*had, *records]:
        raise Refusal("Deze tekst kunnen wij niet bewaren. Maak haar eenvoudiger.")
    found = tuple(
        one
        for one in desk.judge_raw(PATH, fresh).findings
        if one.rule.severity is Severity.ERROR and _place(one) >= len(had)
    )
    return Longer(raw, fresh, found)


def _place(found: Diagnostic) -> int:
    """Return which record a finding is about, -1 when about none."""
    parts = found.location.pointer.split("/")
    return int(parts[2]) if len(parts) > 2 and parts[1] == "bronnen" and parts[2].isdigit() else -1


def names_in(data: Any) -> Iterator[str]:
    """Yield the ids of the bronnen that a document names, whichever kind it is."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "bronnen" and isinstance(value, list):
                for one in value:
                    name = one.get("id") if isinstance(one, Mapping) else one
                    if isinstance(name, str):
                        yield name
            yield from names_in(value)
    elif isinstance(data, list):
        for part in data:
            yield from names_in(part)


def used_in(desk: Desk, data: Mapping[str, Any]) -> list[Record]:
    """Return the records of the bronnen that a document uses, in the order of the list."""
    wanted = set(names_in(data))
    return [record for record in known(desk)[1] if record.get("id") in wanted] if wanted else []


def from_outside(raw: bytes) -> tuple[Record, ...]:
    """Return the records of a zip from outside, its texts cleaned. Raises `Refusal`."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        raise Refusal(_ODD) from None
    if not isinstance(found, list) or len(found) > MOST or not all(isinstance(one, dict) for one in found):
        raise Refusal(_ODD)
    return tuple(_plain(one, 0) for one in found)


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise Refusal(_ODD)
    if isinstance(value, dict):
        return {forms.clean(key, True): _plain(part, depth + 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part, depth + 1) for part in value]
    if isinstance(value, str):
        return forms.clean(value, True)
    if isinstance(value, bool) or value is None or (isinstance(value, int) and abs(value) < 10**9):
        return value
    raise Refusal(_ODD)


def told(record: Mapping[str, Any]) -> str:
    """Return a record as a person reads it: title, maker, address."""
    parts = [str(record[key]) for key in ("titel", "maker", "adres") if record.get(key)]
    return ", ".join(part if len(part) <= 120 else f"{part[:119]}…" for part in parts)
