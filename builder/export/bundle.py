"""The bundle of a toets: everything the exporters made, with LEESMIJ.txt and manifest.json beside it.

In: a toets, the bank, names of formats. Out: artifacts in `kandidaat/`, `oefenen/` and `docent/`, and what did
not fit. LEESMIJ says in plain Dutch what each file is for; the manifest says it to a program. It knows no format.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Severity
from builder.dutch import dutch_date
from builder.export import EXPORTERS
from builder.export.leesmij import KINDS, grouped, heading, kind_of, manifest, text_file
from builder.export.question_notes import LICENTIE
from builder.model.digest import print_code
from builder.model.docent import variants
from builder.model.itembank import Itembank
from builder.model.kandidaat import candidate_view
from builder.model.toets import Toets

_FOLDERS = {
    "kandidaat": "Voor de kandidaten. Hierin staat nergens een antwoord.",
    "oefenen": "Om zelf mee te oefenen. De antwoorden zitten in het bestand, maar je ziet ze pas na het antwoorden. Gebruik dit niet voor een examen.",
    "docent": "Alleen voor de docent. Hierin staan de antwoorden.",
}


def bundle(
    bank: Itembank, toets: Toets, formats: Sequence[str] = tuple(EXPORTERS)
) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the bundle of a toets in these formats, sorted by path, and every finding once."""
    made: list[Artifact] = []
    found: list[Diagnostic] = []
    for name in formats:
        artifacts, objections = EXPORTERS[name](bank, toets)
        made.extend(artifacts)
        found.extend(objections)
    findings = tuple(dict.fromkeys(found))  # two formats may meet the same picture
    made.sort(key=lambda artifact: artifact.path)
    made.append(Artifact("LEESMIJ.txt", _read_me(bank, toets, made, findings)))
    made.append(Artifact("manifest.json", _manifest(bank, toets, made)))
    return tuple(sorted(made, key=lambda artifact: artifact.path)), findings


def _codes(bank: Itembank, toets: Toets) -> Mapping[str, str]:
    return {variant: print_code(candidate_view(bank, toets, variant)) for variant in variants(toets)}


def _read_me(bank: Itembank, toets: Toets, made: Sequence[Artifact], findings: Sequence[Diagnostic]) -> bytes:
    view = candidate_view(bank, toets)
    codes = _codes(bank, toets)
    lines = [
        *heading(toets.titel, "="),
        "",
        f"Toets {toets.id}, editie {toets.editie}, van {dutch_date(toets.datum)}. Doel: {toets.doel}.",
        f"{len(toets.items)} vragen" + (f", {toets.minuten} minuten." if toets.minuten else "."),
        "",
        "Code op het papier: "
        + (
            codes["A"]
            if len(codes) == 1
            else ", ".join(f"variant {name} {code}" for name, code in codes.items())
        )
        + ".",
        "Gebruik boekje, antwoordblad en sleutel alleen samen als zij dezelfde code hebben.",
    ]
    if view.label:
        lines += ["", view.label]
    for folder, explanation in _FOLDERS.items():
        mine = [artifact.path for artifact in made if artifact.path.startswith(f"{folder}/")]
        if mine:
            lines += ["", *heading(f"Map {folder}"), explanation, ""]
            lines += [f"  {path.partition('/')[2]}: {_kind(path, toets)}" for path in mine]
    if findings:
        lines += ["", *heading("Wat niet past")]
        lines += [f"  {sentence}" for sentence in grouped(bank, (plek.id for plek in toets.items), findings)]
    lines += [
        "",
        *heading("Licentie"),
        f"{LICENTIE}. Je mag dit kopiëren en veranderen, als je de maker noemt: redactie knm.",
        *_other_licences(bank, toets),
        "De versie van elke vraag en een controlegetal van elk bestand staan in manifest.json.",
        "",
    ]
    return text_file(lines)


def _other_licences(bank: Itembank, toets: Toets) -> list[str]:
    """Return a line for each maker whose pictures may be used under another licence, with the questions."""
    found: dict[tuple[str, str], list[str]] = {}
    for plek in toets.items:
        for picture in bank.item(plek.id).afbeeldingen:
            if picture.licentie != LICENTIE:
                found.setdefault((picture.licentie, picture.maker), []).append(plek.id)
    return [
        f"Plaatjes van {maker}, licentie {licentie}: {', '.join(dict.fromkeys(ids))}."
        for (licentie, maker), ids in sorted(found.items())
    ]


def _kind(path: str, toets: Toets) -> str:
    name = path.rpartition("/")[2]
    for variant in toets.varianten:
        stem, dot, ending = name.rpartition(".")
        tail = f"-{variant.code.lower()}"
        if stem.endswith(tail) and f"{stem.removesuffix(tail)}{dot}{ending}" != f"{toets.id}{dot}{ending}":
            return _kind(f"{stem.removesuffix(tail)}{dot}{ending}", toets) + f", variant {variant.code}"
    return kind_of(name, KINDS) or "een bestand"


def _manifest(bank: Itembank, toets: Toets, made: Sequence[Artifact]) -> bytes:
    about: dict[str, Any] = {
        "toets": toets.id,
        "titel": toets.titel,
        "doel": toets.doel,
        "datum": toets.datum,
        "editie": toets.editie,
        "codes": dict(_codes(bank, toets)),
        "label": candidate_view(bank, toets).label,
        "licentie": LICENTIE,
        "items": [
            {"id": plek.id, "versie": plek.versie, "digest": plek.digest, "status": bank.item(plek.id).status}
            for plek in toets.items
        ],
    }
    return manifest(about, made)


def blocks(findings: Sequence[Diagnostic]) -> bool:
    """Tell whether a finding keeps the bundle from being used: an error does, a loss that is named does not."""
    return any(finding.rule.severity is Severity.ERROR for finding in findings)
