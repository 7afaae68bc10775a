"""QTI results (assessmentResult, version 3 or 2) → a table with a row per answer.

In: the bytes of an XML file: one result, or several inside one element. Out: a long table of our own, or
findings. Choices of our packages are named after their place in the item (A is its first option). Outside
entities are never read.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from builder.analysis.rules import A501, A502, A507
from builder.analysis.table import Table
from builder.diagnostics import Diagnostic, Location

MAX_XML = 50 * 1024 * 1024
_ANSWER = re.compile(r"[A-D]")


def is_xml(content: bytes) -> bool:
    """Tell whether these bytes start as XML does."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def read_qti(
    name: str, content: bytes, toets: str, otherwise: str
) -> tuple[Table | None, tuple[Diagnostic, ...]]:
    """Return the answers as a table with persoon, toets, item and optie (empty: skipped).

    `otherwise`: who it is when the file does not say; never the name of the file, which may be that of a person.
    """
    at = Location(name)
    if len(content) > MAX_XML:
        return None, (Diagnostic(A501, at, f"{name} is groter dan 50 MB.", "Geef de bestanden apart."),)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        message = f"{name} is geen goed XML-bestand (regel {line})."
        hint = "Haal het resultaat opnieuw uit je toetsprogramma."
        return None, (Diagnostic(A501, Location(name, line), message, hint),)
    results = [node for node in root.iter() if _tag(node) == "assessmentResult"]
    if not results:
        hint = "Nodig is een bestand met assessmentResult, het resultaat van een afname."
        return None, (Diagnostic(A501, at, f"{name} bevat geen QTI-resultaten.", hint),)
    rows: list[list[str]] = []
    lines: list[int] = []
    found: list[Diagnostic] = []
    for number, result in enumerate(results, start=1):
        person = _person(result) or (f"{otherwise}-{number}" if len(results) > 1 else otherwise)
        test = next((node.get("identifier", "") for node in result if _tag(node) == "testResult"), "")
        latest: dict[str, tuple[tuple[str, str], Any]] = {}
        for node in result:
            if _tag(node) != "itemResult" or node.get("sessionStatus") in ("initial", "pendingSubmission"):
                continue
            item = node.get("identifier", "")
            stamp = (node.get("datestamp", ""), node.get("sequenceIndex", "").zfill(6))
            if item not in latest or stamp > latest[item][0]:  # of several attempts the last one counts
                latest[item] = (stamp, node)
        for item, (_, node) in latest.items():
            answer = _answer(node)
            if answer is None:
                message = f"Bij {item} staat geen enkel gekozen antwoord A, B, C of D."
                hint = "Wij lezen keuzevragen uit pakketten van `knm export --to qti3`."
                found.append(Diagnostic(A507, Location(name, node.sourceline or 1), message, hint))
                continue
            rows.append([person, toets or test, item, answer])
            lines.append(node.sourceline or 1)
    if not rows and not found:
        return None, (Diagnostic(A502, at, f"In {name} staan geen antwoorden."),)
    if found:
        return None, tuple(found)
    return Table(name, ("persoon", "toets", "item", "optie"), rows, lines, source="qti"), ()


def _tag(node: Any) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _person(result: Any) -> str:
    """Return the pseudonym of the candidate, empty when the file has none."""
    for node in result:
        if _tag(node) == "context":
            return str(node.get("sourcedId") or node.get("sourcedID") or "")
    return ""


def _answer(node: Any) -> str | None:
    """Return the chosen letter, "" when nothing was chosen, None when it is no single choice."""
    for variable in node:
        if _tag(variable) != "responseVariable" or variable.get("identifier") in (
            "numAttempts",
            "duration",
            "completionStatus",
        ):
            continue
        values = [
            (value.text or "").strip()
            for part in variable
            if _tag(part) == "candidateResponse"
            for value in part
            if _tag(value) == "value"
        ]
        values = [value for value in values if value]
        if not values:
            return ""
        return values[0] if len(values) == 1 and _ANSWER.fullmatch(values[0]) else None
    return ""
