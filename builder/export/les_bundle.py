"""All downloads of a les: what the exporters made, and one zip of it with LEESMIJ.txt and manifest.json.

In: a les, the bank, addresses. Out: artifacts in `cursist/`, `docent/` and `vragen/`, the zip, and what did not fit.
`excerpt` gives the part of the bank that all this is made of; `digest` its fingerprint. Nothing else can
change a download, because the exporters get nothing else.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from builder.artifacts import Artifact, zip_bytes
from builder.diagnostics import Diagnostic
from builder.dutch import dutch_date
from builder.export import LESSON_EXPORTERS
from builder.export.leesmij import KINDS, grouped, heading, kind_of, manifest, text_file
from builder.export.les_vragen import question_form
from builder.model.adressen import Adressen
from builder.model.digest import item_digest, les_digest
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.lifecycle import lesson_label, unapproved_label

_FOLDERS = {
    "cursist": "Voor de cursisten. Hierin staat nergens een antwoord.",
    "docent": "Voor jou als docent. Hierin staan ook de antwoorden.",
    "vragen": "De controlevragen voor andere programma's. Hierin staan de antwoorden. Geef dit niet aan cursisten.",
}
_KINDS = {
    **KINDS,
    "-docentblad.pdf": "alles over de les op papier; de antwoorden staan achterin, op eigen bladzijden",
    "-docentblad.docx": "het docentblad voor Word; je kunt het veranderen",
    "-antwoorden.pdf": "alleen de antwoorden",
    "-presentatie.pptx": "de presentatie; wat jij zegt, staat in de notities",
}


def bundle(
    bank: Itembank, les: Les, adressen: Adressen
) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the downloads of a les, sorted by path, the zip of all of them, and every finding once."""
    part = excerpt(bank, les)
    made: list[Artifact] = []
    found: list[Diagnostic] = []
    for exporter in LESSON_EXPORTERS.values():
        artifacts, objections = exporter(part, les, adressen)
        made.extend(artifacts)
        found.extend(objections)
    findings = tuple(dict.fromkeys(found))
    made.sort(key=lambda artifact: artifact.path)
    inside = [*made, Artifact("LEESMIJ.txt", _read_me(part, les, made, findings))]
    inside.append(Artifact("manifest.json", _manifest(part, les, inside)))
    whole = zip_bytes(Artifact(f"{les.id}/{artifact.path}", artifact.content) for artifact in inside)
    return (*made, Artifact(f"{les.id}-alles.zip", whole)), findings


def excerpt(bank: Itembank, les: Les) -> Itembank:
    """Return the bank with only what the downloads of this les may show."""
    toets = question_form(bank, les)
    # a question that may not be practised is told nowhere, not even by its number
    items = {plek.id: bank.items[plek.id] for plek in toets.items} if toets else {}
    follow = {stap.les: bank.lessen[stap.les] for stap in les.verder if stap.les in bank.lessen}
    cited = {verwijzing.id for verwijzing in les.bronnen}
    cited |= {verwijzing.id for item in items.values() for verwijzing in item.bronnen}
    wanted = {*les.eindtermen, *(item.eindterm for item in items.values())}
    slugs = {les.thema, *(item.thema for item in items.values())}
    slugs |= {bank.thema_of(nummer).slug for nummer in wanted if bank.has_eindterm(nummer)}
    themas = tuple(thema for thema in bank.themas if thema.slug in slugs)
    shown = [(les.id, les.afbeeldingen), *((item.id, item.afbeeldingen) for item in items.values())]
    pictures = [bank.picture(name, found.bestand) for name, afbeeldingen in shown for found in afbeeldingen]
    kept: dict[str, Any] = {
        "eindtermen": bank.eindtermen and dataclasses.replace(bank.eindtermen, themas=themas),
        "bronnen": {name: bank.bronnen[name] for name in sorted(cited & bank.bronnen.keys())},
        "reeksen": {place.id: bank.reeksen[place.id] for place in les.reeks if place.id in bank.reeksen},
        "items": items,
        # of the next one only the title is told
        "lessen": {
            name: dataclasses.replace(les, id=name, titel=found.titel) for name, found in follow.items()
        }
        | {les.id: les},
        "pictures": {picture.path: picture for picture in pictures},
        "broken": frozenset(),
        "locations": {name: bank.locations[name] for name in (les.id, *items)},
        "_themas": {thema.slug: thema for thema in themas},
        "_eindtermen": {term.nummer: term for thema in themas for term in thema.eindtermen},
    }
    # whatever else a bank holds, now or later, is not for a les
    rest: dict[str, Any] = {
        field.name: {} for field in dataclasses.fields(bank) if isinstance(getattr(bank, field.name), Mapping)
    }
    return dataclasses.replace(bank, **{**rest, **kept})


def digest(bank: Itembank, les: Les, adressen: Adressen) -> str:
    """Return the SHA-256 (64 hex digits) of all that the downloads of this les are made of.

    Where things stand in their files is left out: it is told in findings only.
    """
    part = dataclasses.replace(excerpt(bank, les), locations={})
    known = json.dumps(_plain([part, les, adressen]), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it, with the names of its fields and the digests of bytes."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value


def _labels(bank: Itembank, les: Les) -> list[str]:
    toets = question_form(bank, les)
    of_items = unapproved_label([bank.items[plek.id] for plek in toets.items]) if toets else ""
    return [label for label in (lesson_label(les), of_items) if label]


def _read_me(bank: Itembank, les: Les, made: Sequence[Artifact], findings: Sequence[Diagnostic]) -> bytes:
    lines = [
        *heading(les.titel, "="),
        "",
        f"Les {les.id}, versie {les.versie}, bijgewerkt op {dutch_date(les.bijgewerkt_op)}.",
        f"{les.minuten} minuten. Taalniveau {' en '.join(les.taalniveaus)}.",
    ]
    if les.gevoelig:
        lines += ["", f"{les.inhoudswaarschuwing} Lees eerst Veilig beginnen op het docentblad."]
    labels = _labels(bank, les)
    if labels:
        lines += ["", *labels]
    for folder, explanation in _FOLDERS.items():
        mine = [
            artifact.path.partition("/")[2] for artifact in made if artifact.path.startswith(f"{folder}/")
        ]
        if mine:
            lines += ["", *heading(f"Map {folder}"), explanation, ""]
            lines += [f"  {name}: {explain(les, name)}" for name in mine]
    if findings:
        lines += ["", *heading("Wat niet past")]
        lines += [f"  {sentence}" for sentence in grouped(bank, bank.items, findings)]
    lines += [
        "",
        *heading("Licentie"),
        f"{les.licentie}. Je mag dit kopiëren en veranderen, als je de maker noemt: redactie knm.",
        "Een controlegetal van elk bestand staat in manifest.json.",
        "",
    ]
    return text_file(lines)


def explain(les: Les, name: str) -> str:
    """Return what a download is, in Dutch."""
    stem, _, ending = name.removeprefix(f"{les.id}-").rpartition(".")
    if stem.startswith("werkblad-"):
        level = stem.removeprefix("werkblad-").replace("-", ", nummer ")
        level = level if level.startswith("alfa") else level.upper().replace("NUMMER", "nummer")
        how = "voor Word; je kunt het veranderen" if ending == "docx" else "om te printen"
        return f"het werkblad voor niveau {level}, {how}"
    return kind_of(name, _KINDS)


def _manifest(bank: Itembank, les: Les, made: Sequence[Artifact]) -> bytes:
    about = {
        "les": les.id,
        "titel": les.titel,
        "versie": les.versie,
        "bijgewerkt_op": les.bijgewerkt_op,
        "digest": les_digest(bank, les),
        "status": les.status,
        "label": " ".join(_labels(bank, les)),
        "licentie": les.licentie,
        "items": [
            {"id": item.id, "versie": item.versie, "digest": item_digest(bank, item), "status": item.status}
            for item in bank.items.values()
        ],
    }
    return manifest(about, made)
