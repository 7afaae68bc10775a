"""Handing in without git, what a hostile zip gets, and making a toets."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest

from builder.export import EXPORTERS
from builder.loading.load import load
from builder.workshop import submissions
from builder.workshop.composing import FORMATS
from builder.workshop.store import Refusal
from tests.conftest import ITEM
from tests.workshop.conftest import Answer, Workshop, changed, form_in
from tests.workshop.test_editing import data_of
from tests.workshop.test_guard import SVG, huge_png, png
from tests.zips import zipped

PATH = "items/wonen/wonen-002"  # with a picture


def packed(workshop: Workshop) -> bytes:
    answer = workshop.client().send(f"/inzending/{PATH}", [("x", "")])
    assert answer.headers["content-disposition"] == 'attachment; filename="inzending-wonen-002.zip"'
    return answer.body


def received(workshop: Workshop, raw: bytes) -> Answer:
    return workshop.client().send_file("/ontvang", [("x", "")], "zip", "inzending.zip", raw)


def test_there_and_back(workshop: Workshop) -> None:
    raw = packed(workshop)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.namelist() == [
            "LEESMIJ.txt",
            "controle.txt",
            "manifest.json",
            "wonen-002.svg",
            "wonen-002.yaml",
        ]
        assert archive.read("controle.txt").decode().strip()
    assert packed(workshop) == raw  # same input, same bytes
    before, _ = load(workshop.desk.project)
    answer = received(workshop, raw)
    assert answer.says("Het nieuwe nummer is wonen-004") and answer.says(
        "Oude beoordelingen zijn niet meegekomen"
    )
    after, found = load(workshop.desk.project)
    assert not found
    old, new = before.items["wonen-002"], after.items["wonen-004"]
    assert (new.status, new.versie, new.beoordelingen) == ("concept", 1, ())
    assert (new.stam, new.opties, new.maker) == (old.stam, old.opties, old.maker)
    assert new.afbeelding is not None and new.afbeelding.bestand == "wonen-004.svg"
    assert data_of(workshop, PATH)["status"] == old.status  # the one that was there is as it was


GOOD = ITEM.encode()
BAD: dict[str, bytes] = {
    "slip": zipped({"wonen-004.yaml": GOOD, "../../knm.toml": b"x"}),
    "absolute": zipped({"wonen-004.yaml": GOOD, "/etc/passwd": b"x"}),
    "backslash": zipped({"wonen-004.yaml": GOOD, "..\\knm.toml": b"x"}),
    "folder": zipped({"items/wonen-004.yaml": GOOD}),
    "program": zipped({"wonen-004.yaml": GOOD, "start.exe": b"MZ"}),
    "two": zipped({"wonen-004.yaml": GOOD, "wonen-005.yaml": GOOD}),
    "none": zipped({"manifest.json": b"{}"}),
    "many": zipped({f"a{number}.png": b"" for number in range(30)}),
    "bomb": zipped({"wonen-004.yaml": GOOD, "wonen-004.png": b"\0" * 40_000_000}),
    "large": zipped({"wonen-004.yaml": GOOD + b"#" * 300_000}),
    "aliases": zipped({"wonen-004.yaml": b"a: &a [x]\nb: [*a, *a]\n"}),
    "tag": zipped({"wonen-004.yaml": b"id: !!python/name:os.system x\n"}),
    "script": zipped({"wonen-004.yaml": GOOD, "wonen-004.svg": SVG.format("<script>1</script>").encode()}),
    "huge picture": zipped({"wonen-004.yaml": GOOD, "wonen-004.png": huge_png()}),
    "manifest": zipped({"wonen-004.yaml": GOOD, "manifest.json": b"[" * 100_000}),
    "kind": zipped({"wonen-004.yaml": GOOD, "manifest.json": b'{"soort": "bronnen"}'}),
    "name": zipped({"bronnen.yaml": GOOD}),
    "no eindterm": zipped({"wonen-004.yaml": GOOD.replace(b"3.1.2", b"9.9.9")}),
    "no thema": zipped({"huizen-004.yaml": GOOD}),
    "not a zip": b"PK\x03\x04 nee",
    "empty": b"",
    "cut off": zipped({"wonen-004.yaml": GOOD})[:-40],
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_zip_is_refused_with_a_sentence_and_leaves_nothing(workshop: Workshop, name: str) -> None:
    workshop.client()
    before = {file: file.read_bytes() for file in workshop.root.rglob("*") if file.is_file()}
    answer = received(workshop, BAD[name])
    assert answer.status == 409, answer.text
    assert "Traceback" not in answer.text and "Er ging iets mis" not in answer.text
    assert {file: file.read_bytes() for file in workshop.root.rglob("*") if file.is_file()} == before


def test_a_zip_that_lies_about_its_size_is_not_believed(workshop: Workshop) -> None:
    raw = bytearray(BAD["large"])
    size = len(GOOD) + 300_000
    honest = size.to_bytes(4, "little")
    assert raw.count(honest) == 2
    lying = bytes(raw).replace(honest, (100).to_bytes(4, "little"))
    with pytest.raises(Refusal):
        submissions.unpack(lying)


def test_a_zip_that_grows_is_refused_before_anything_of_it_is_read() -> None:
    grows = zipped(
        {"wonen-004.yaml": GOOD, **{f"wonen-004-{letter}.png": b"\0" * 4_000_000 for letter in "abcd"}}
    )
    assert len(grows) < 100_000
    with pytest.raises(Refusal, match="wordt te groot als hij open gaat"):
        submissions.unpack(grows)


def test_approvals_from_outside_do_not_count(workshop: Workshop) -> None:
    forged = GOOD.replace(b"soort: automatisch", b"soort: mens").replace(
        b"status: review", b"status: gepubliceerd"
    )
    answer = received(workshop, zipped({"wonen-004.yaml": forged, "wonen-004-los.png": png()}))
    assert answer.status == 200, answer.text
    data = data_of(workshop, "items/wonen/wonen-004")
    assert data["status"] == "concept" and "beoordelingen" not in data


# ---- a toets


def test_a_toets_of_ticked_questions(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get("/toets")
    assert tuple(FORMATS) == tuple(EXPORTERS) and len({name for name, _ in FORMATS.values()}) == len(FORMATS)
    sent = changed(form_in(page, "/toets"), {"naam": "Mijn toets", "titel": "Mijn toets", "minuten": "10"})
    none = client.send("/toets", sent)
    assert none.status == 409 and none.says("Kies ten minste één vraag")
    made = client.send("/toets", [*sent, ("vraag", "wonen-001"), ("vraag", "wonen-002")])
    assert made.where == "/toets?klaar=mijn-toets"
    bank, found = load(workshop.desk.project)
    assert not found and [plek.id for plek in bank.toetsen["mijn-toets"].items] == ["wonen-001", "wonen-002"]
    assert bank.toetsen["mijn-toets"].datum == date(2026, 11, 25).isoformat()
    assert client.send("/toets", [*sent, ("vraag", "wonen-001")]).says("bestaat al")
    page = client.get(made.where)
    assert page.says("Op papier, grote letters (PDF) Voor wie kleine letters slecht ziet.")
    packed_ = client.send("/toets-zip", [("toets", "mijn-toets"), ("vorm", "gift"), ("vorm", "json")])
    with zipfile.ZipFile(io.BytesIO(packed_.body)) as archive:
        names = archive.namelist()
    assert "mijn-toets/docent/mijn-toets-gift.txt" in names and "mijn-toets/LEESMIJ.txt" in names


def test_the_table_of_a_matrix_and_the_choice_of_the_machine(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get("/toets?matrijs=kleine-toets")
    assert page.says("Wat de matrijs vraagt") and "Alle vragen" in page.text
    sent = changed(form_in(page, "/toets"), {"naam": "gekozen", "doe": "kies"})
    answer = client.send("/toets", sent)
    assert answer.status == 303, answer.text
    bank, found = load(workshop.desk.project)
    assert not found and bank.toetsen["gekozen"].matrijs == "kleine-toets"


def test_a_matrix_that_lacks_questions_says_how_many(workshop: Workshop) -> None:
    file = workshop.root / "content/toetsmatrijzen/kleine-toets.yaml"
    text = file.read_text(encoding="utf-8")
    before, _ = load(workshop.desk.project)
    number = before.matrijzen["kleine-toets"].aantal
    file.write_text(text.replace(f"aantal: {number}", f"aantal: {number + 40}"), encoding="utf-8")
    page = workshop.client().get("/toets?matrijs=kleine-toets")
    assert page.says("te weinig") and "Laat de computer kiezen" not in page.text


@pytest.mark.parametrize(
    "sent",
    [
        [("naam", "../x")],
        [("naam", "")],
        [("naam", "a"), ("doel", "iets"), ("vraag", "wonen-001")],
        [("naam", "a"), ("doel", "oefenen"), ("vraag", "wonen-999")],
        [("naam", "a"), ("doel", "oefenen"), ("vraag", "wonen-001"), ("minuten", "veel")],
    ],
)
def test_a_toets_that_cannot_be_says_why(workshop: Workshop, sent: list[tuple[str, str]]) -> None:
    before = json.dumps(sorted(str(file) for file in workshop.root.rglob("*.yaml")))
    answer = workshop.client().send("/toets", sent)
    assert answer.status == 409
    assert json.dumps(sorted(str(file) for file in workshop.root.rglob("*.yaml"))) == before


def test_a_lesson_there_and_back(workshop: Workshop) -> None:
    path = "content/lessen/gezondheid/praten-met-de-huisarts"
    raw = workshop.client().send(f"/inzending/{path}", [("x", "")]).body
    answer = received(workshop, raw)
    assert answer.says("Het nieuwe nummer is praten-met-de-huisarts-2"), answer.text
    bank, found = load(workshop.desk.project)
    new = bank.lessen["praten-met-de-huisarts-2"]
    assert new.status == "concept" and not new.beoordelingen
    assert (
        all(one.bestand.startswith("praten-met-de-huisarts-2") for one in new.afbeeldingen)
        and new.afbeeldingen
    )
    assert not found and answer.says("De plaats in een reeks is niet meegekomen")
