"""The toets as a QTI 2.1 package, for Canvas and older players: made from our QTI 3 package by another program.

In: a toets and the bank. Out: one zip for the teacher, or a sentence when the program is not there. The program
is `qti-convert` (Citolab, GPL): it is called when the user has it and is no part of knm. What it says is lost
is passed on. The package is packed again by us, with fixed dates; what is in it is the program's.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from builder.artifacts import Artifact, zip_bytes
from builder.diagnostics import Diagnostic, Location, Rule, Severity
from builder.export import qti3
from builder.model.itembank import Itembank
from builder.model.toets import Toets

PROGRAM = "qti-convert"
SECONDS: float = 120

X518 = Rule(
    "X518",
    "qti21-weggelaten",
    Severity.ADVICE,
    "Een QTI 2.1-pakket maakt knm met een ander programma, qti-convert van Citolab. Staat dat niet op de computer, dan blijft dit pakket weg.",
    "knm export oefentoets-a --to qti21 (zonder qti-convert)",
    "pipx install citolab-qti-convert, en dan knm export oefentoets-a --to qti21",
)
X519 = Rule(
    "X519",
    "qti21-bewaart-niet-alles",
    Severity.ADVICE,
    "QTI 2.1 is ouder dan QTI 3. Wat daar niet in past, noemt het programma dat het omzet.",
    "Een instructie met use=instructions past niet in QTI 2.1.",
    "Gebruik QTI 3 als het andere programma dat kan lezen.",
)
RULES = (X518, X519)
_WARNING = re.compile(r"warning \[(?P<code>[^\]]+)\] (?:(?P<file>\S+): )?(?P<text>.+)")


def program() -> str | None:
    """Return where qti-convert is, or None."""
    return shutil.which(PROGRAM)


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the package and what it cannot hold; without the program, or when it fails, only a finding."""
    where = bank.locate(toets.id, "items")
    found = program()
    if found is None:
        return (), (
            Diagnostic(
                X518,
                where,
                f"Er is geen QTI 2.1-pakket van {toets.id}: het programma qti-convert is er niet.",
                "Wil je het pakket, bijvoorbeeld voor Canvas? Typ: pipx install citolab-qti-convert.",
            ),
        )
    (package,), lost = qti3.export(bank, toets)
    with tempfile.TemporaryDirectory(prefix="knm-qti21-") as folder:
        source, target = Path(folder, "qti3.zip"), Path(folder, "qti21.zip")
        source.write_bytes(package.content)
        try:
            ran = subprocess.run(
                [found, "downgrade", str(source), str(target)],
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=SECONDS,
                check=False,
            )
            why = "" if ran.returncode == 0 else f"het stopte met code {ran.returncode}"
            files = [] if why else _files(target)
        except subprocess.TimeoutExpired:
            why = f"het was na {SECONDS} seconden nog bezig"
        except (OSError, zipfile.BadZipFile):
            why = "het maakte geen goede zip"
    if why:
        return (), (
            Diagnostic(
                X518,
                where,
                f"Er is geen QTI 2.1-pakket van {toets.id}: qti-convert kon het niet maken ({why}).",
                "Gebruik het QTI 3-pakket, of kijk of er een nieuwere qti-convert is.",
            ),
        )
    artifact = Artifact(f"docent/{toets.id}-qti21.zip", zip_bytes(files))
    return (artifact,), (*lost, *_losses(toets, where, ran.stderr))


def _files(target: Path) -> list[Artifact]:
    with zipfile.ZipFile(target) as package:
        return [
            Artifact(name, package.read(name))
            for name in sorted(package.namelist())
            if not name.endswith("/")
        ]


def _losses(toets: Toets, where: Location, said: str) -> tuple[Diagnostic, ...]:
    """Return what the program said is lost: one finding for each kind of loss, with its own words."""
    kinds: dict[str, list[str]] = {}
    for match in filter(None, map(_WARNING.fullmatch, said.splitlines())):
        kinds.setdefault(match["text"], []).append(match["file"] or "het pakket")
    return tuple(
        Diagnostic(
            X519,
            where,
            f"In het QTI 2.1-pakket van {toets.id} past niet alles. qti-convert zegt over "
            f"{', '.join(dict.fromkeys(files))}: “{text}”",
            "Kijk of dit voor jouw programma telt. In het QTI 3-pakket staat alles.",
        )
        for text, files in kinds.items()
    )
