"""Handing in without git, what a hostile zip gets, and making a toets."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

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
            "bronnen.json",
            "controle.txt",
            "manifest.json",
            "wonen-002.svg",
            "wonen-002.yaml",
        ]
        assert archive.read("controle.txt").decode().strip()
    assert packed(workshop) == raw  # same input, same bytes
    before, _ = load(workshop.desk.project)
    file = workshop.root / f"{PATH}.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("taalniveau: A1", "taalniveau: A2"), encoding="utf-8"
    )
    answer = received(workshop, raw)  # its number is of another question now
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


MINE = "items/wonen/wonen-004"


def file_of(workshop: Workshop, path: str = MINE) -> Path:
    return workshop.root / f"{path}.yaml"


def handed_in(workshop: Workshop, text: str, path: str = MINE) -> bytes:
    """The zip of a question with this text, made in this bank; the question itself is not left here."""
    file_of(workshop, path).write_text(text, encoding="utf-8")
    raw = workshop.client().send(f"/inzending/{path}", [("x", "")]).body
    file_of(workshop, path).unlink()
    return raw


def test_the_same_question_comes_once(workshop: Workshop) -> None:
    raw = handed_in(workshop, ITEM)
    assert received(workshop, raw).says("Ontvangen. De vraag is nu een concept in de bank.")
    files = sorted(file.name for file in workshop.root.glob("items/*/*"))
    again = received(workshop, raw)
    assert again.status == 200 and again.says("Deze vraag heb je al (wonen-004). Er is niets bewaard.")
    assert "Vervang mijn concept" not in again.text and "als nieuwe vraag" not in again.text
    assert sorted(file.name for file in workshop.root.glob("items/*/*")) == files
    # written here under another number, without any hand-in: it is the same question all the same
    file_of(workshop).rename(file_of(workshop, "items/wonen/wonen-007"))
    text = file_of(workshop, "items/wonen/wonen-007").read_text(encoding="utf-8")
    file_of(workshop, "items/wonen/wonen-007").write_text(text.replace("id: wonen-004", "id: wonen-007"))
    assert received(workshop, raw).says("Deze vraag heb je al (wonen-007)")


def answered(workshop: Workshop, page: Answer, doe: str) -> Answer:
    return workshop.client().send("/ontvang", [*form_in(page, "/ontvang"), ("doe", doe)])


def test_a_next_text_may_replace_a_concept_that_nobody_touched(workshop: Workshop) -> None:
    first = handed_in(workshop, ITEM)
    better = handed_in(workshop, ITEM.replace("een prijs van", "een boek van"))
    received(workshop, first)
    page = received(workshop, better)
    assert page.says("Je hebt al een eerdere versie van deze vraag (wonen-004). Dit is anders: antwoorden.")
    assert b"een prijs van" in file_of(workshop).read_bytes()  # nothing happens before it is asked
    done = answered(workshop, page, "vervang")
    assert done.says("Vervangen. Je concept heeft nu de tekst van je collega.")
    assert b"een boek van" in file_of(workshop).read_bytes()
    assert not file_of(workshop, "items/wonen/wonen-005").exists()
    assert received(workshop, better).says("Deze vraag heb je al (wonen-004)")
    workshop.client().send(f"/terugdraaien/{MINE}", [("x", "")])
    assert b"een prijs van" in file_of(workshop).read_bytes()  # and it can be undone


def test_a_next_text_can_be_taken_as_a_new_question(workshop: Workshop) -> None:
    received(workshop, handed_in(workshop, ITEM))
    kept = file_of(workshop).read_bytes()
    file_of(workshop).unlink()
    better = handed_in(workshop, ITEM.replace("een prijs van", "een boek van"))
    file_of(workshop).write_bytes(kept)
    done = answered(workshop, received(workshop, better), "nieuw")
    assert done.says("Het nieuwe nummer is wonen-005") and file_of(workshop).read_bytes() == kept


def test_a_concept_that_was_touched_is_never_replaced(workshop: Workshop) -> None:
    received(workshop, handed_in(workshop, ITEM))
    mine = file_of(workshop).read_text(encoding="utf-8").replace("een prijs van", "een kaart van")
    file_of(workshop).unlink()
    better = handed_in(workshop, ITEM.replace("een prijs van", "een boek van"))
    file_of(workshop).write_text(mine, encoding="utf-8")
    page = received(workshop, better)
    assert page.says("wonen-004 kwam uit dezelfde inzending. Je veranderde haar hier, dus zij blijft.")
    assert page.says("Het nieuwe nummer is wonen-005")
    assert file_of(workshop).read_text(encoding="utf-8") == mine
    # nor when somebody asks for it by hand, or when somebody is typing in it
    pak = workshop.client().send_file("/ontvang", [("doe", "vervang")], "zip", "inzending.zip", better)
    assert pak.says("Deze vraag heb je al (wonen-005)") or pak.status == 409
    assert file_of(workshop).read_text(encoding="utf-8") == mine


def test_a_question_of_another_bank_with_the_same_number_is_another_question(workshop: Workshop) -> None:
    received(workshop, handed_in(workshop, ITEM))
    kept = file_of(workshop).read_bytes()
    file_of(workshop).unlink()
    workshop.desk.open.write_note("bank", {"merk": "0123456789abcdef"})
    other = handed_in(workshop, ITEM.replace("een prijs van", "een boek van"))
    file_of(workshop).write_bytes(kept)
    assert received(workshop, other).says("Het nieuwe nummer is wonen-005")
    assert file_of(workshop).read_bytes() == kept


BRON = """  - id: huurwijzer
    titel: De huurwijzer
    maker: Huurbank
    adres: https://voorbeeld.nl/huur
    gezien:
      op: 2026-11-20
      hoe: live
"""
BRONNEN = "content/bronnen.yaml"


def with_own_bron(workshop: Workshop, bron: str = BRON) -> bytes:
    """The zip of a question with a bron that this bank then has no more."""
    list_ = workshop.root / BRONNEN
    before = list_.read_bytes()
    list_.write_bytes(before + bron.encode())
    raw = handed_in(workshop, ITEM.replace("voorbeeldfolder", "huurwijzer"))
    list_.write_bytes(before)
    return raw


def test_a_bron_comes_along(workshop: Workshop) -> None:
    raw = with_own_bron(workshop)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        (record,) = json.loads(archive.read("bronnen.json"))  # only what the question uses
    assert record["titel"] == "De huurwijzer"
    before = (workshop.root / BRONNEN).read_bytes()
    answer = received(workshop, raw)
    assert answer.says("Nieuwe bron erbij, huurwijzer: De huurwijzer, Huurbank, https://voorbeeld.nl/huur.")
    bank, found = load(workshop.desk.project)
    assert not found and bank.bronnen["huurwijzer"].maker == "Huurbank"
    assert bank.items["wonen-004"].bronnen[0].id == "huurwijzer"
    assert (workshop.root / BRONNEN).read_bytes().startswith(before)  # only something was added


def test_a_bron_that_is_here_otherwise_stays_and_is_told(workshop: Workshop) -> None:
    raw = with_own_bron(workshop)
    list_ = workshop.root / BRONNEN
    list_.write_bytes(list_.read_bytes() + BRON.replace("De huurwijzer", "Onze huurwijzer").encode())
    before = list_.read_bytes()
    answer = received(workshop, raw)
    assert answer.says("Bron huurwijzer staat hier al, maar anders. De onze blijft.")
    assert answer.says("Bij de afzender staat: De huurwijzer, Huurbank")
    assert list_.read_bytes() == before and file_of(workshop).exists()


def _with_records(records: object) -> bytes:
    text = ITEM.replace("voorbeeldfolder", "huurwijzer").encode()
    raw = records if isinstance(records, bytes) else json.dumps(records).encode()
    return zipped({"wonen-004.yaml": text, "bronnen.json": raw})


_RECORD = {"id": "huurwijzer", "titel": "T", "maker": "M", "gezien": {"op": "2026-11-20", "hoe": "live"}}
BAD_BRONNEN: dict[str, bytes] = {
    "no list": _with_records({"a": 1}),
    "no json": _with_records(b"[{"),
    "nested": _with_records(b"[" * 100_000),
    "deep": _with_records([{"id": "huurwijzer", "a": {"b": {"c": {"d": {"e": {}}}}}}]),
    "many": _with_records([_RECORD] * 61),
    "script": _with_records([{**_RECORD, "adres": "javascript:alert(1)"}]),
    "unknown field": _with_records([{**_RECORD, "status": "officieel"}]),
    "no title": _with_records([{"id": "huurwijzer"}]),
    "number": _with_records([{**_RECORD, "titel": 1e400}]),
    "half a sign": _with_records([{**_RECORD, "titel": "\ud800"}]),
    "not the one": _with_records([{**_RECORD, "id": "andere-bron"}]),
    "none": zipped({"wonen-004.yaml": ITEM.replace("voorbeeldfolder", "huurwijzer").encode()}),
}


@pytest.mark.parametrize("name", sorted(BAD_BRONNEN))
def test_a_bad_bron_is_refused_with_a_sentence_and_leaves_nothing(workshop: Workshop, name: str) -> None:
    workshop.client()
    before = {file: file.read_bytes() for file in workshop.root.rglob("*") if file.is_file()}
    answer = received(workshop, BAD_BRONNEN[name])
    assert answer.status == 409 and "Er ging iets mis" not in answer.text, answer.text
    assert {file: file.read_bytes() for file in workshop.root.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("file", ["vragen.xlsx", "vragen.csv", "vragen.gift", "zonder-naam"])
def test_a_workbook_at_the_wrong_door_is_shown_the_right_one(workshop: Workshop, file: str) -> None:
    raw = (
        zipped({"docProps/app.xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
        if "." not in file or "xlsx" in file
        else b"Vraag"
    )
    answer = workshop.client().send_file("/ontvang", [("x", "")], "zip", file, raw)
    assert answer.status == 409 and answer.says("Dat lees je in bij Vragen uit Excel")
    assert 'href="/inlezen"' in answer.text and "docProps" not in answer.text


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


def test_a_title_that_cannot_be_printed_is_refused_with_the_sign(workshop: Workshop) -> None:
    client = workshop.client()
    sent = [("naam", "mijn-toets"), ("titel", "Toets 😀 één"), ("doel", "oefenen"), ("vraag", "wonen-001")]
    answer = client.send("/toets", sent)
    assert answer.status == 409 and answer.says("Haal dit teken uit de titel: 😀.")
    assert answer.text.count("😀") == 2  # said once, and the title itself
    again = form_in(answer, "/toets")
    assert set(sent) <= set(again)  # all that was typed and ticked is still there
    made = client.send("/toets", changed(again, {"titel": "Toets één"}))
    assert made.where == "/toets?klaar=mijn-toets"
    page = client.get(made.where)
    assert '<a href="/bewerk/content/toetsen/mijn-toets">Toets één</a>' in page.text
    assert 'href="/bewerk/content/toetsen/mijn-toets"' in client.get("/?zoek=toets+%C3%A9%C3%A9n").text
    form = client.get("/bewerk/content/toetsen/mijn-toets")
    assert form.says("Toets mijn-toets") and "Toets één" in form.text


def test_what_cannot_be_printed_is_said_once_with_what_to_do(workshop: Workshop) -> None:
    client = workshop.client()
    client.send("/toets", [("naam", "oud"), ("titel", "Oud"), ("doel", "oefenen"), ("vraag", "wonen-001")])
    file = workshop.root / "content/toetsen/oud.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("titel: Oud", "titel: Oud 😀"), encoding="utf-8")
    answer = client.send("/toets-zip", [("toets", "oud"), ("vorm", "pdf")])
    assert answer.status == 409 and answer.says("Haal ze uit de titel van de toets.")
    assert answer.text.count("😀") == 1


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
