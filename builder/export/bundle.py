"""The bundle of a toets: everything the exporters made, with LEESMIJ.txt and manifest.json beside it.

In: a toets, the bank, names of formats. Out: artifacts in `kandidaat/`, `oefenen/` and `docent/`, and what did
not fit. LEESMIJ says in plain Dutch what each file is for; the manifest says it to a program. It knows no format.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Severity
from builder.export import EXPORTERS
from builder.model.digest import print_code
from builder.model.docent import variants
from builder.model.itembank import Itembank
from builder.model.kandidaat import candidate_view
from builder.model.toets import Toets
from builder.templating import dutch_date

LICENTIE = "CC BY 4.0"
_FOLDERS = {
    "kandidaat": "Voor de kandidaten. Hierin staat nergens een antwoord.",
    "oefenen": "Om zelf mee te oefenen. De antwoorden zitten in het bestand, maar je ziet ze pas na het antwoorden. Gebruik dit niet voor een examen.",
    "docent": "Alleen voor de docent. Hierin staan de antwoorden.",
}
# What a file is, by the end of its name without the letter of a variant; the longest that fits counts.
_KINDS = {
    "-boekje.pdf": "het boekje met de vragen, om te printen",
    "-boekje-groot.pdf": "het boekje in grote letters",
    "-antwoordblad.pdf": "het antwoordblad, om te printen",
    "-sleutel.pdf": "de goede antwoorden met uitleg",
    "-nakijkblad.pdf": "een blad om snel mee na te kijken",
    "-boekje.docx": "het boekje voor Word; je kunt het veranderen",
    "-sleutel.docx": "de goede antwoorden voor Word",
    "-vragenlijst.xlsx": "alle vragen in een tabel, om na te lopen",
    "-kahoot.xlsx": "de vragen voor Kahoot; wij hebben dit niet in Kahoot zelf geprobeerd",
    "-quizlet.txt": "de vragen voor Quizlet; plak de tekst bij Importeren",
    "-bord.pptx": "één vraag per dia, voor het bord; het antwoord staat in de notities",
    "-qti3.zip": "de vragen als QTI 3, voor toetsprogramma's zoals TAO",
    "-qti21.zip": "de vragen als QTI 2.1, voor Canvas en oudere programma's",
    "-moodle.xml": "de vragen voor Moodle",
    "-moodle-met-categorie.xml": "de vragen voor Moodle, met een eigen categorie",
    "-gift.txt": "de vragen als GIFT, ook voor Moodle; zonder plaatjes",
    ".json": "alle gegevens, voor programma's",
    ".h5p": "oefenen met H5P",
    "-oefenen.html": "oefenen op telefoon of computer; werkt zonder internet",
}

# Rules that say: this question is not in that file.
_MISSES = {
    "X514": "GIFT-bestand",
    "X516": "H5P-bestand",
    "X542": "Kahoot-bestand",
    "X543": "Quizlet-bestand",
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
    made.append(Artifact("LEESMIJ.txt", _read_me(bank, toets, made, findings).encode("utf-8")))
    made.append(Artifact("manifest.json", _manifest(bank, toets, made)))
    return tuple(sorted(made, key=lambda artifact: artifact.path)), findings


def _codes(bank: Itembank, toets: Toets) -> Mapping[str, str]:
    return {variant: print_code(candidate_view(bank, toets, variant)) for variant in variants(toets)}


def _read_me(bank: Itembank, toets: Toets, made: Sequence[Artifact], findings: Sequence[Diagnostic]) -> str:
    view = candidate_view(bank, toets)
    codes = _codes(bank, toets)
    lines = [
        toets.titel,
        "=" * len(toets.titel),
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
            lines += ["", f"Map {folder}", "-" * (4 + len(folder)), explanation, ""]
            lines += [f"  {path.partition('/')[2]}: {_kind(path, toets)}" for path in mine]
    if findings:
        lines += ["", "Wat niet past", "-------------"]
        lines += [f"  {sentence}" for sentence in _grouped(bank, toets, findings)]
    lines += [
        "",
        "Licentie",
        "--------",
        f"{LICENTIE}. Je mag dit kopiëren en veranderen, als je de maker noemt: redactie knm.",
        *_other_licences(bank, toets),
        "De versie van elke vraag en een controlegetal van elk bestand staan in manifest.json.",
        "",
    ]
    return "\r\n".join(lines)  # Kladblok on an old Windows shows these lines well


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


def _grouped(bank: Itembank, toets: Toets, findings: Sequence[Diagnostic]) -> list[str]:
    """Return the findings as sentences; the questions that miss the same file share one."""
    names = {bank.locations[plek.id].path: plek.id for plek in toets.items}
    missing: dict[str, list[str]] = {}
    rest = []
    for finding in findings:
        file = _MISSES.get(finding.rule.code)
        item_id = names.get(finding.location.path)
        if file and item_id:
            missing.setdefault(file, []).append(item_id)
        else:
            rest.append(finding.message)
    grouped = [
        f"Niet in het {file}: {', '.join(dict.fromkeys(ids))}. Een plaatje of een lange tekst past daar niet."
        for file, ids in missing.items()
    ]
    return [*grouped, *dict.fromkeys(rest)]


def _kind(path: str, toets: Toets) -> str:
    name = path.rpartition("/")[2]
    for variant in toets.varianten:
        stem, dot, ending = name.rpartition(".")
        tail = f"-{variant.code.lower()}"
        if stem.endswith(tail) and f"{stem.removesuffix(tail)}{dot}{ending}" != f"{toets.id}{dot}{ending}":
            return _kind(f"{stem.removesuffix(tail)}{dot}{ending}", toets) + f", variant {variant.code}"
    fitting = [end for end in _KINDS if name.endswith(end)]
    return _KINDS[max(fitting, key=len)] if fitting else "een bestand"


def _manifest(bank: Itembank, toets: Toets, made: Sequence[Artifact]) -> bytes:
    data: dict[str, Any] = {
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
        "bestanden": [
            {
                "pad": artifact.path,
                "bytes": len(artifact.content),
                "sha256": hashlib.sha256(artifact.content).hexdigest(),
            }
            for artifact in made
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def blocks(findings: Sequence[Diagnostic]) -> bool:
    """Tell whether a finding keeps the bundle from being used: an error does, a loss that is named does not."""
    return any(finding.rule.severity is Severity.ERROR for finding in findings)
