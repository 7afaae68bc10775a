"""What LEESMIJ.txt and manifest.json of every bundle have in common.

In: artifacts, findings, what a file is by the end of its name. Out: Dutch lines and bytes. It knows no toets and
no les.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.model.itembank import Itembank

# What a file with questions is, by the end of its name without the letter of a variant; the longest that fits counts.
KINDS = {
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


def kind_of(name: str, kinds: Mapping[str, str]) -> str:
    """Return what a file is, empty when no ending fits."""
    fitting = [end for end in kinds if name.endswith(end)]
    return kinds[max(fitting, key=len)] if fitting else ""


def grouped(bank: Itembank, item_ids: Iterable[str], findings: Sequence[Diagnostic]) -> list[str]:
    """Return the findings as sentences; the questions that miss the same file share one."""
    names = {bank.locations[item_id].path: item_id for item_id in item_ids}
    missing: dict[str, list[str]] = {}
    rest = []
    for finding in findings:
        file = _MISSES.get(finding.rule.code)
        item_id = names.get(finding.location.path)
        if file and item_id:
            missing.setdefault(file, []).append(item_id)
        else:
            rest.append(finding.message)
    together = [
        f"Niet in het {file}: {', '.join(dict.fromkeys(ids))}. Een plaatje of een lange tekst past daar niet."
        for file, ids in missing.items()
    ]
    return [*together, *dict.fromkeys(rest)]


def heading(text: str, line: str = "-") -> list[str]:
    """Return a heading with a line under it."""
    return [text, line * len(text)]


def text_file(lines: Iterable[str]) -> bytes:
    """Return the lines as a file; Kladblok on an old Windows shows these line ends well."""
    return "\r\n".join(lines).encode("utf-8")


def manifest(about: Mapping[str, Any], made: Iterable[Artifact]) -> bytes:
    """Return a manifest: what it is about, then every file with its size and SHA-256."""
    files = [
        {
            "pad": artifact.path,
            "bytes": len(artifact.content),
            "sha256": hashlib.sha256(artifact.content).hexdigest(),
        }
        for artifact in made
    ]
    return (json.dumps({**about, "bestanden": files}, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
