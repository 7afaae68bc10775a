"""Files from outside, made small; a bank to read them into; the motley toets for the way back."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from builder.admission import judged
from builder.intake import reading
from builder.intake.delivery import Delivery
from builder.intake.draft import Wishes
from builder.intake.plan import Entry
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.project import Project
from tests.conftest import CopiedProject, copy_of_the_voorbeeldbank
from tests.export.conftest import motley  # noqa: F401  (a fixture)

DAY = date(2026, 11, 25)
HEAD = "Jouw nummer;Eindterm;Situatie;Vraag;Antwoord A;Uitleg A;Antwoord B;Uitleg B;Antwoord C;Uitleg C;Goed antwoord"
GOOD = "1;3.1.2;;Wie leest de meter af?;De huurder;;De buurman;;De postbode;;A"


def png(width: int = 30, height: int = 20, colour: str = "#aa0000", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, form)
    return out.getvalue()


def moodle(*questions: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>").encode()


def multichoice(
    stem: str = "Wie leest de meter af?",
    answers: Iterable[tuple[str, str]] = (("De huurder", "100"), ("De buurman", "0"), ("De postbode", "0")),
    more: str = "",
    tags: str = "eindterm 3.1.2",
    files: str = "",
) -> str:
    listed = "".join(
        f'<answer fraction="{points}" format="html"><text><![CDATA[{text}]]></text><feedback><text/></feedback></answer>'
        for text, points in answers
    )
    return (
        '<question type="multichoice"><name><text>Meter</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text>{files}</questiontext>'
        f"<single>true</single>{more}{listed}<tags><tag><text>{tags}</text></tag></tags></question>"
    )


def codes(entry: Entry) -> list[str]:
    return [found.rule.code for found in entry.findings]


def messages(entry: Entry) -> str:
    return " ".join(found.message for found in entry.findings)


def verdicts(
    project: Project,
    name: str,
    data: bytes,
    wishes: Wishes | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> tuple[Delivery, tuple[Entry, ...]]:
    """Read a file into a bank as `knm import` does, without writing."""
    bank, _ = load(project)
    delivery = reading.read(name, data, (beside or {}).get)
    return delivery, judged(project, bank, delivery, len(data), wishes or Wishes(), DAY)


@pytest.fixture(scope="session")
def voorbeeld(tmp_path_factory: pytest.TempPathFactory) -> CopiedProject:
    """The voorbeeldbank, for tests that do not write."""
    return copy_of_the_voorbeeldbank(tmp_path_factory.mktemp("intake") / "bank")


@pytest.fixture(scope="session")
def empty_project(tmp_path_factory: pytest.TempPathFactory) -> CopiedProject:
    """A bank with eindtermen and bronnen, and no question."""
    project = copy_of_the_voorbeeldbank(tmp_path_factory.mktemp("leeg") / "bank")
    for folder in ("items", "content/toetsen", "content/lessen", "content/toetsmatrijzen"):
        shutil.rmtree(project.root / folder)
    return project


@pytest.fixture(scope="session")
def voorbeeld_bank(voorbeeld: CopiedProject) -> Itembank:
    return load(voorbeeld)[0]


def as_json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)
