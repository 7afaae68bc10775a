"""The downloads of a les on its page: where each file lies, what it is called, its type and size.

In: a les and the artifacts of its bundle. Out: artifacts under the page of the les, and rows for the template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.artifacts import Artifact
from builder.dutch import file_size
from builder.model.les import Les

GROEPEN = {
    "cursist": "Voor cursisten",
    "docent": "Voor jou als docent",
    "vragen": "Controlevragen, met antwoorden",
}
SOORTEN = {
    "docx": "Word",
    "pdf": "PDF",
    "pptx": "PowerPoint",
    "xlsx": "Excel",
    "zip": "zip",
    "xml": "XML",
    "txt": "tekst",
}
_NAMES = {
    "docentblad": "Docentblad",
    "antwoorden": "Antwoorden",
    "presentatie": "Presentatie",
    "vragen-moodle": "Vragen voor Moodle",
    "vragen-qti3": "Vragen als QTI 3",
    "vragen-kahoot": "Vragen voor Kahoot",
    "vragen-quizlet": "Vragen voor Quizlet",
    "vragen-bord": "Vragen voor het bord",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download: its path in the site, its name in words, type and size; `groep` is who it is for."""

    pad: str
    naam: str
    soort: str
    grootte: str
    groep: str

    @property
    def opschrift(self) -> str:
        """What stands on the link: `Werkblad A1 (Word, 180 kB)`."""
        return f"{self.naam} ({self.soort}, {self.grootte})"


def placed(folder: str, artifacts: Sequence[Artifact]) -> list[Artifact]:
    """Return the files of a bundle at their place: all side by side under the folder of the les."""
    return [
        Artifact(f"{folder}/downloads/{artifact.path.rpartition('/')[2]}", artifact.content)
        for artifact in artifacts
    ]


def listed(les: Les, folder: str, artifacts: Sequence[Artifact]) -> list[Download]:
    """Return the downloads as a page lists them: all in one first, then by who they are for, Word first."""
    rows = [
        Download(
            place.path,
            _name(les, artifact),
            SOORTEN[artifact.path.rpartition(".")[2]],
            file_size(len(artifact.content)),
            artifact.path.rpartition("/")[0],
        )
        for artifact, place in zip(artifacts, placed(folder, artifacts), strict=True)
    ]
    groups = ["", *GROEPEN]
    # the names of the programs are in an order of their own, handouts in that of their level
    names = list(_NAMES.values())

    def order(row: Download) -> tuple[int, int, str]:
        return groups.index(row.groep), names.index(row.naam) if row.naam in names else 0, row.naam

    return sorted(rows, key=order)


def _name(les: Les, artifact: Artifact) -> str:
    stem = artifact.path.rpartition("/")[2].rpartition(".")[0].removeprefix(f"{les.id}-")
    if stem == "alles":
        return "Alles downloaden"
    if stem.startswith("werkblad-"):
        level, _, number = stem.removeprefix("werkblad-").partition("-")
        return (
            f"Werkblad {level if level == 'alfa' else level.upper()}{f', nummer {number}' if number else ''}"
        )
    return _NAMES[stem]
