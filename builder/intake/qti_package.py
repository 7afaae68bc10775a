"""What is in a QTI package: which files are questions, in which order, and what the manifest says of each.

In: an archive that was found safe. Out: the name of the package and its entries. It reads no question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import dirname, normpath
from typing import Any
from urllib.parse import unquote

from builder.intake.delivery import Stop
from builder.intake.opening import MAX_PART, Archive, local, parse_xml
from builder.intake.plain_text import tidy
from builder.intake.rules import I401, I402, I408

MAX_QUESTIONS = 2000
_ITEM = re.compile(rb"<(?:[A-Za-z0-9_]+:)?(?:qti-assessment-item|assessmentItem)[\s/>]")
_OLD = re.compile(rb"<(?:[A-Za-z0-9_]+:)?questestinterop[\s/>]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A question in a package: its file, and the keywords and descriptions that the manifest has of it."""

    path: str
    keywords: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()


def contents(archive: Archive) -> tuple[str, tuple[Entry, ...]]:
    """Return the identifier of the package and its questions. Raises `Stop` when there are none."""
    manifests = sorted(
        (name for name in archive.names if name.rpartition("/")[2].lower() == "imsmanifest.xml"), key=len
    )
    package = ""
    entries: list[Entry] = []
    order: list[str] = []
    if manifests:
        root = parse_xml(archive.read(manifests[0]))
        package = tidy(root.get("identifier", ""))[:100]
        entries, order = _listed(archive, root, dirname(manifests[0]))
    if not entries:  # no manifest, or one that forgot its items
        found = sorted(
            name for name in archive.names if name.lower().endswith(".xml") and name not in manifests
        )
        entries = [Entry(name) for name in found if _ITEM.search(archive.read(name, MAX_PART)[:4000])]
    if not entries:
        _refuse_old(archive)
        raise Stop(I408, "In dit pakket staat geen enkele vraag.", "Kijk of dit het goede pakket is.")
    if len(entries) > MAX_QUESTIONS:
        raise Stop(
            I402, f"Er staan {len(entries)} vragen in. Ten hoogste {MAX_QUESTIONS} kan.", "Verdeel ze."
        )
    places = {path: place for place, path in reversed(list(enumerate(order)))}
    return package, tuple(sorted(entries, key=lambda entry: places.get(entry.path, len(places))))


def _refuse_old(archive: Archive) -> None:
    for name in archive.names:
        if name.lower().endswith((".xml", ".qti")) and _OLD.search(archive.read(name, MAX_PART)[:4000]):
            raise Stop(
                I401,
                "Dit is QTI 1.2. Dat lezen we niet.",
                "Exporteer de vragen als QTI 2.1 of QTI 3, of als Moodle XML.",
            )


def _listed(archive: Archive, root: Any, base: str) -> tuple[list[Entry], list[str]]:
    """Return the items that the manifest lists, and the order in which its first test names them."""
    entries: dict[str, Entry] = {}
    tests: list[str] = []
    for resource in root.iter():
        if local(resource) != "resource":
            continue
        kind = resource.get("type", "").lower()
        files = [part.get("href", "") for part in resource if local(part) == "file"]
        path = _path(base, resource.get("href", "") or (files[0] if files else ""))
        if not path:
            continue
        if "item_xml" in kind or "imsqti_apipitem" in kind:
            entries.setdefault(path, Entry(path, *_about(resource)))
        elif "test_xml" in kind or "assessment_xml" in kind:
            tests.append(path)
    order: list[str] = []
    for test in tests[:1]:
        if not archive.has(test):
            continue
        try:
            tree = parse_xml(archive.read(test))
        except Stop:
            continue  # the order is a nicety; the questions are there
        for element in tree.iter():
            if local(element) in ("qti-assessment-item-ref", "assessmentItemRef"):
                order.append(_path(dirname(test), element.get("href", "")))
    return list(entries.values()), order


def _path(base: str, href: str) -> str:
    """Return the path in the package, or "" for one that leads outside."""
    path = normpath(f"{base}/{unquote(href)}" if base else unquote(href)) if href else ""
    return "" if path.startswith(("/", "..")) or path == "." else path


def _about(resource: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    keywords, descriptions = [], []
    for element in resource.iter():
        name = local(element)
        if name == "keyword":
            keywords.append(tidy(" ".join("".join(element.itertext()).split())))
        elif name == "description" and local(element.getparent()) == "general":
            descriptions.append(tidy(" ".join("".join(element.itertext()).split())))
    return tuple(filter(None, keywords)), tuple(filter(None, descriptions))
