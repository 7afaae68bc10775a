"""Our own exports, read back: the same item, but for what a format cannot hold, and that is listed here."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import pytest
from cattrs import unstructure

from builder.export import EXPORTERS
from builder.intake import reading
from builder.intake.draft import Wishes
from builder.intake.plan import Entry, Verdict, plan
from builder.loading.load import load
from builder.model.item import Item
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from tests.conftest import CopiedProject
from tests.intake.conftest import verdicts

Motley = tuple[Itembank, Toets]

# What never comes back, in any format: it belongs to the old question or to the old bank.
NEVER = {"id", "versie", "status", "reden", "vervangen_door", "vijanden", "variant_van", "gebruik", "beoordelingen",
         "uitzonderingen", "set", "soort", "ingelezen_uit"}  # fmt: skip
# What one format cannot hold. `toelichting` is that of the answers, `volgorde` the order of the answers in the file
# of the item (these two write the order of the toets), `vast` an answer that keeps its place.
LOST: Mapping[str, set[str]] = {
    "json": set(),
    "moodle": {"veroudert", "gecontroleerd_op", "herkomst", "maker", "vast", "volgorde"},
    "qti3": {"veroudert", "gecontroleerd_op", "herkomst", "maker", "toelichting"},
    "gift": {
        "veroudert", "gecontroleerd_op", "herkomst", "maker", "vast", "volgorde", "trefwoorden", "indicator", "stof",
        "taalniveau", "abstractieniveau", "beheersing", "gevoelig", "afbeelding",
    },
}  # fmt: skip
FILES = {"json": ".json", "moodle": "-moodle.xml", "qti3": "-qti3.zip", "gift": "-gift.txt"}


def read_back(motley: Motley, project: CopiedProject, form: str) -> dict[str, Entry]:
    artifacts, _ = EXPORTERS[form](*motley)
    artifact = next(artifact for artifact in artifacts if artifact.path.endswith(FILES[form]))
    # without the checks: the motley toets is full of what they rightly find
    delivery = reading.read(artifact.path, artifact.content)
    assert not delivery.refused
    entries = plan(delivery, len(artifact.content), load(project)[0], Wishes(), ())
    return {entry.question.own_id: entry for entry in entries if entry.verdict is not Verdict.SKIPPED}


def flat(text: str) -> str:
    """The text as every format keeps it: NFC, single spaces; an empty line and a line end count as one."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def plain(value: Any) -> Any:
    if isinstance(value, str):
        return flat(value)
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items() if part not in (None, "", [], (), False)}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def without(data: dict[str, Any], form: str) -> dict[str, Any]:
    lost = LOST[form]
    kept = {key: value for key, value in plain(data).items() if key not in NEVER | lost}
    kept["opties"] = [
        {
            key: {name: part for name, part in value.items() if name != "bestand"}
            if key == "afbeelding"
            else value
            for key, value in optie.items()
            if key not in lost
        }
        for optie in kept["opties"]
    ]
    if "afbeelding" in kept:
        kept["afbeelding"] = {key: value for key, value in kept["afbeelding"].items() if key != "bestand"}
    if form != "json":  # alt texts and places in a bron stand on one line there
        kept["bronnen"] = [
            {key: " ".join(part.split()) for key, part in bron.items()} for bron in kept["bronnen"]
        ]
    if "volgorde" in lost:
        kept["opties"].sort(key=lambda optie: str(sorted(optie.items())))
    return kept


def expected(item: Item, form: str) -> dict[str, Any]:
    return without(unstructure(item), form)


@pytest.mark.parametrize("form", sorted(FILES))
def test_every_item_comes_back_the_same(motley: Motley, empty_project: CopiedProject, form: str) -> None:
    bank, toets = motley
    found = read_back(motley, empty_project, form)
    wanted = [bank.item(plek.id) for plek in toets.items]
    if form == "gift":
        wanted = [item for item in wanted if not item.afbeeldingen]
    assert set(found) == {item.id for item in wanted}
    for item in wanted:
        entry = found[item.id]
        told = [(one.rule.code, one.message) for one in entry.findings]
        assert entry.verdict is Verdict.READY, (item.id, told)
        data, _ = entry.item()
        assert without(data, form) == expected(item, form), item.id
        assert data["ingelezen_uit"] == f"knm {item.id}"
        assert data["status"] == "concept"


@pytest.mark.parametrize("form", ["json", "qti3"])
def test_drawings_come_back_byte_for_byte(motley: Motley, empty_project: CopiedProject, form: str) -> None:
    bank, _ = motley
    found = read_back(motley, empty_project, form)
    drawings = 0
    for name, entry in found.items():
        _, files = entry.item()
        for afbeelding, (file, content) in zip(bank.item(name).afbeeldingen, files.items(), strict=True):
            if file.endswith(".svg"):
                assert content == bank.picture(name, afbeelding.bestand).data
                drawings += 1
    assert drawings >= 8


@pytest.mark.parametrize("form", ["json", "moodle", "qti3"])
def test_every_picture_comes_along(motley: Motley, empty_project: CopiedProject, form: str) -> None:
    bank, _ = motley
    for name, entry in read_back(motley, empty_project, form).items():
        assert len(entry.item()[1]) == len(bank.item(name).afbeeldingen)


@pytest.mark.parametrize("form", sorted(FILES))
def test_in_its_own_bank_every_question_is_there_already(form: str, voorbeeld: CopiedProject) -> None:
    bank, _ = load(voorbeeld)
    artifacts, _ = EXPORTERS[form](bank, bank.toetsen["kleine-toets-a"])
    artifact = next(artifact for artifact in artifacts if artifact.path.endswith(FILES[form]))
    _, entries = verdicts(voorbeeld, artifact.path, artifact.content)
    kept = [entry for entry in entries if entry.verdict is not Verdict.SKIPPED]
    assert kept
    assert {entry.verdict for entry in kept} == {Verdict.THERE}
    assert all(entry.id == entry.question.own_id for entry in kept)


def test_what_json_leaves_behind_is_named(
    motley: Motley, empty_project: CopiedProject, voorbeeld: CopiedProject
) -> None:
    bank, _ = load(voorbeeld)
    artifacts, _ = EXPORTERS["json"](bank, bank.toetsen["kleine-toets-a"])
    _, entries = verdicts(empty_project, "toets.json", artifacts[0].content)
    first = next(entry for entry in entries if entry.question.own_id == "wonen-001")
    told = [found.message for found in first.findings if found.rule.code == "I520"]
    assert told == ["Blijft bij de oude vraag: de beoordelingen, de vijanden."]
