"""Bezoeken in the workshop, over HTTP: who may ask, what may come in, and what is on disk afterwards."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from click.testing import CliRunner

from builder import sheets
from builder.checks.context import Context
from builder.cli import main
from builder.office import Properties
from builder.visits import proposals
from builder.visits.nouns import Bezoek
from builder.visits.read_request import read_request
from builder.visits.verify import verify
from builder.visits.workbook import request_sheets
from builder.workshop.desk import Desk
from builder.workshop.solving import Jobs, Werk
from builder.workshop.store import Refusal
from tests.conftest import CopiedProject
from tests.visits import pilot
from tests.visits.requests import large
from tests.visits.test_personal import everything, marked
from tests.workshop.conftest import Answer, Client, Workshop, changed, form_in, opened, place_pilot
from tests.workshop.test_start import started

TODAY = pilot.TODAY
PLAN = "/bezoeken/pilot"
BOARD = f"{PLAN}/voorstel-001"


@pytest.fixture
def workshop(bank_project: CopiedProject) -> Iterator[Workshop]:
    yield from opened(Desk(bank_project, None, Context()), TODAY.isoformat())


def folder(workshop: Workshop) -> Path:
    return workshop.root / "bezoeken" / "pilot"


def give(client: Client, content: bytes, name: str = "pilot", file: str = "groepen.xlsx") -> Answer:
    return client.send_file("/bezoeken", [("naam", name)], "bestand", file, content)


def wait(client: Client, plan: str = PLAN) -> str:
    """Wait for the search to end; return where the page then goes."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        answer = client.ask("GET", f"{plan}/stand", headers={"HX-Request": "true"})
        if found := re.search(r'data-naar="([^"]+)"', answer.text):
            return found[1]
        time.sleep(0.1)
    raise AssertionError("the search did not end")


def search(client: Client, seconds: str = "30") -> str:
    assert client.send(f"{PLAN}/plan", [("seconden", seconds)]).where == PLAN
    return wait(client)


def made(workshop: Workshop) -> Client:
    """A plan with one proposal, and who looks at it."""
    place_pilot(workshop)
    return workshop.client()


def step(client: Client, kind: str, groep: str, place: str = "", seen: int = 0, board: str = BOARD) -> Answer:
    sent = [("soort", kind), ("groep", groep), ("stand", str(seen)), ("plek", place)]
    return client.send(f"{board}/zet", sent)


def visits_in(workshop: Workshop, number: str) -> dict[str, Bezoek]:
    request, _ = read_request("plan.xlsx", (folder(workshop) / number / "plan.xlsx").read_bytes())
    assert request is not None
    assert not verify(request, TODAY, request.bezoeken, request.bezoeken)
    return {visit.groep: visit for visit in request.bezoeken}


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


# ---- who may ask

POSTS = (
    "/bezoeken", "/bezoeken-voorbeeld", f"{PLAN}/rekenblad", f"{PLAN}/plan", f"{PLAN}/stop",
    *(f"{BOARD}/{name}" for name in ("zet", "terug", "weg", "bewaar", "opnieuw", "akkoord", "vaststellen")),
)  # fmt: skip
GETS = (
    "/bezoeken", "/bezoeken-sjabloon", PLAN, f"{PLAN}/rekenblad", f"{PLAN}/stand", f"{PLAN}/vergelijk", BOARD,
    f"{BOARD}/groep?groep=B1", f"{BOARD}/vrij?groep=B1", f"{BOARD}/zip", f"{BOARD}/bestand/plan.xlsx",
)  # fmt: skip


def test_only_this_browser_from_a_page_of_the_workshop(workshop: Workshop) -> None:
    client = made(workshop)
    before = snapshot(workshop.root)
    outside = Client(workshop.port)
    for address in GETS:
        assert outside.ask("GET", address).status == 403
        assert client.ask("GET", address, headers={"Host": "kwaad.example"}).status == 421
    sent = [("groep", "B1"), ("soort", "afgezegd"), ("stand", "0"), ("regel", "B1")]
    for address in POSTS:
        assert outside.send(address, sent).status == 403
        assert client.send(address, sent, {"Host": "kwaad.example"}).status == 421
        for headers in (
            {"Origin": "https://kwaad.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
        ):
            assert client.send(address, sent, headers).status == 403
        assert client.ask("GET", address).status in (200, 405, 404, 409)  # looking changes nothing
    assert snapshot(workshop.root) == before


@pytest.mark.parametrize(
    "name",
    [
        "..", "../../knm", "%2e%2e", "..%2f..%2fknm", "%2fetc", "pilot%2f..", "pilot/..%2f..", "PILOT", ".klad", "pilot%00",
        "voorstel-002", "weg", "pilot%5c..",
    ],
)  # fmt: skip
def test_a_name_in_an_address_leads_nowhere_else(workshop: Workshop, name: str) -> None:
    client = made(workshop)
    (workshop.root / "voorstel-002").mkdir()
    before = snapshot(workshop.root)
    for address in (
        f"/bezoeken/{name}",
        f"/bezoeken/{name}/voorstel-002",
        f"{PLAN}/{name}",
        f"{BOARD}/bestand/{name}",
    ):
        assert client.ask("GET", address).status in (303, 400, 404, 409), address
        assert client.ask("GET", address).where in ("", "/", PLAN), address
    for address in (
        f"/bezoeken/{name}/plan",
        f"/bezoeken/{name}/voorstel-001/vaststellen",
        f"{PLAN}/{name}/zet",
    ):
        assert client.send(address, [("groep", "B1")]).status in (400, 404, 405, 409), address
    assert snapshot(workshop.root) == before


def test_a_link_to_elsewhere_is_not_followed(workshop: Workshop, tmp_path: Path) -> None:
    client = made(workshop)
    secret = tmp_path / "elders"
    secret.mkdir()
    (secret / "geheim.txt").write_text("kanarie", encoding="utf-8")
    (workshop.root / "bezoeken" / "elders").symlink_to(secret)
    (folder(workshop) / "voorstel-009").symlink_to(secret)
    (folder(workshop) / "voorstel-001" / "agenda" / "geheim.txt").symlink_to(secret / "geheim.txt")
    assert client.get("/bezoeken/elders").status == 409
    assert client.get(f"{PLAN}/voorstel-009").status == 409
    assert client.get(f"{BOARD}/bestand/agenda/geheim.txt").status == 409
    assert b"geheim.txt" not in client.get(BOARD).body
    assert "agenda/geheim.txt" not in " ".join(
        zipfile.ZipFile(io.BytesIO(client.get(f"{BOARD}/zip").body)).namelist()
    )


# ---- what comes in


def edited(cells: dict[str, object]) -> bytes:
    book = openpyxl.load_workbook(pilot.FILE)
    for where, value in cells.items():
        tab, _, cell = where.rpartition("!")
        book[tab][cell] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a>" + b" " * (80 * 1024 * 1024))
    return buffer.getvalue()


def test_faults_come_all_at_once_with_their_cell_and_nothing_is_kept(workshop: Workshop) -> None:
    client = workshop.client()
    answer = give(client, edited({"Groepen!D2": "veel", "Groepen!D3": "weinig", "Locaties!A3": ""}))
    assert answer.status == 422 and answer.says("Er is niets bewaard.")
    assert answer.says("Tabblad Groepen, rij 2, kolom D (Deelnemers)")
    assert answer.says("Tabblad Groepen, rij 3, kolom D (Deelnemers)")
    assert not (workshop.root / "bezoeken").exists()


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ({"Groepen!Z1": "Geboortedatum"}, "leeftijd"),
        ({"Groepen!Z1": "Naam deelnemer"}, "namen van mensen"),
        ({"Groepen!A2": "noor@voorbeeld.nl"}, "e-mailadres"),
        ({"Groepen!A3": "groep met trauma"}, "gezondheid"),
        ({"Groepen!AC1": "Cursisten", "Groepen!AC2": "Fatima El Amrani"}, "namen van mensen"),
        ({"Groepen!AC1": "Groepslid", "Groepen!AC2": "Fatima El Amrani"}, "Tekst kan over mensen gaan."),
        ({"Groepen!D2": "Fatima El Amrani"}, "deze tekst is geen heel getal"),
    ],
)
def test_personal_data_is_refused_with_why_and_never_kept(
    workshop: Workshop, cells: dict[str, object], word: str
) -> None:
    client = workshop.client()
    answer = give(client, edited(cells))
    assert answer.status == 422 and answer.says(word)
    assert "Amrani" not in answer.text and "noor@" not in answer.text
    assert not (workshop.root / "bezoeken").exists()
    assert give(client, pilot.FILE.read_bytes()).status == 303
    before = (folder(workshop) / "groepen.xlsx").read_bytes()
    again = client.send_file(f"{PLAN}/rekenblad", [], "bestand", "nieuw.xlsx", edited(cells))
    assert again.status == 422 and again.says(word) and again.says("Het oude blijft staan")
    assert (folder(workshop) / "groepen.xlsx").read_bytes() == before


def test_what_is_kept_of_a_workbook_is_what_was_read(workshop: Workshop) -> None:
    """A comment, the maker and a sheet of ours with words in it stay on the computer of the coordinator."""
    client, content = workshop.client(), marked()
    assert "Amrani" in everything(content)
    assert give(client, content).status == 303
    kept = (folder(workshop) / "groepen.xlsx").read_bytes()
    assert client.send_file(f"{PLAN}/rekenblad", [], "bestand", "nieuw.xlsx", content).status == 303
    assert (folder(workshop) / "groepen.xlsx").read_bytes() == kept == client.get(f"{PLAN}/rekenblad").body
    for file in (workshop.root / "bezoeken").rglob("*"):
        assert file.is_dir() or "Amrani" not in everything(file.read_bytes()), file


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"geen excel", b"\x00" * 1000, bomb()], ids=["zip", "text", "zeros", "bomb"]
)
def test_what_is_no_workbook_gets_a_sentence(workshop: Workshop, content: bytes) -> None:
    start = time.monotonic()
    answer = give(workshop.client(), content)
    assert answer.status == 422 and answer.says("Excel-bestand")
    assert answer.says("Download het rekenblad en vul het in.") and "knm visits" not in answer.text
    assert time.monotonic() - start < 60
    assert not (workshop.root / "bezoeken").exists()


def test_what_is_too_large_is_refused(workshop: Workshop) -> None:
    answer = give(workshop.client(), b"PK" + b"\x01" * (3 * 1024 * 1024))
    assert answer.status == 409 and answer.says("Ten hoogste 2 MB")
    assert not (workshop.root / "bezoeken").exists()


@pytest.mark.parametrize("name", ["bezoeken", "voorstel-001", "..", "///", "éé" * 40, "<b>"])
def test_a_name_becomes_a_folder_or_is_refused(workshop: Workshop, name: str) -> None:
    answer = give(workshop.client(), pilot.FILE.read_bytes(), name)
    there = [path.name for path in (workshop.root / "bezoeken").glob("*")]
    if answer.status == 303:
        assert len(there) == 1 and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", there[0]) and len(there[0]) <= 60
    else:
        assert answer.status == 409 and there == []
    assert [path.name for path in workshop.root.iterdir() if path.is_dir()].count("bezoeken") <= 1


def test_a_name_that_is_in_use_is_refused_and_without_a_name_the_file_gives_it(workshop: Workshop) -> None:
    client = workshop.client()
    assert give(client, pilot.FILE.read_bytes()).where == PLAN
    assert give(client, pilot.FILE.read_bytes()).says("Er is al een plan met de naam pilot.")
    assert (
        give(client, pilot.FILE.read_bytes(), "", "Groepen van Zwolle.xlsx").where
        == "/bezoeken/groepen-van-zwolle"
    )
    assert client.send("/bezoeken", [("naam", "x")]).says("Kies eerst een rekenblad.")


def test_names_from_the_workbook_are_shown_as_text(workshop: Workshop) -> None:
    client = workshop.client()
    bad = "<img src=x onerror=alert(1)> & 'A' \"B\""
    request = pilot.request()
    groups = tuple(replace(one, naam=bad) if one.naam == "B1" else one for one in request.groepen)
    content = sheets.write(request_sheets(replace(request, groepen=groups)), Properties("x", "knm", TODAY))
    assert give(client, content).status == 303
    assert search(client) == BOARD
    for address in (BOARD, f"{BOARD}?beeld=maand", f"{BOARD}/groep?groep={quote(bad)}"):
        answer = client.get(address)
        assert answer.status == 200 and b"<img src=x" not in answer.body and b"onerror=alert" in answer.body


def test_the_template_and_the_example(workshop: Workshop) -> None:
    client = workshop.client()
    sheet = client.get("/bezoeken-sjabloon")
    assert sheet.headers["content-disposition"] == 'attachment; filename="bezoeken.xlsx"'
    assert {"Groepen", "Locaties", "Uitleg"} <= set(openpyxl.load_workbook(io.BytesIO(sheet.body)).sheetnames)
    assert client.send("/bezoeken-voorbeeld", []).where == "/bezoeken/voorbeeld"
    assert client.send("/bezoeken-voorbeeld", []).where == "/bezoeken/voorbeeld"
    shown = client.get("/bezoeken/voorbeeld")
    assert shown.says("Er zijn 10 groepen en 4 locaties.") and shown.says(
        "Museum D: de prijs is niet bekend."
    )


# ---- searching


def test_a_plan_is_what_the_command_makes(workshop: Workshop, tmp_path: Path) -> None:
    client = workshop.client()
    give(client, pilot.FILE.read_bytes())
    assert search(client) == BOARD
    there = {
        file.relative_to(folder(workshop)).as_posix()
        for file in (folder(workshop) / "voorstel-001").rglob("*")
    }
    out = tmp_path / "uit"
    words = ["visits", "plan", str(pilot.FILE), "--out", str(out), "--today", TODAY.isoformat()]
    assert CliRunner().invoke(main, words).exit_code == 1
    assert there == {file.relative_to(out).as_posix() for file in (out / "voorstel-001").rglob("*")}
    for path in sorted(there):
        if (out / path).is_file():
            assert (folder(workshop) / path).read_bytes() == (out / path).read_bytes(), path
    # and the command goes on where the workshop stopped, and the other way round
    again = [
        "visits",
        "replan",
        str(folder(workshop) / "voorstel-001"),
        "--cancel",
        "C extra",
        "--today",
        TODAY.isoformat(),
    ]
    assert CliRunner().invoke(main, again).exit_code == 1
    shown = client.get(f"{PLAN}/voorstel-002")
    assert shown.says("C extra heeft afgezegd") and shown.says("Nieuw: er is nu een plaats.")
    assert client.get(PLAN).says("voorstel-002")


def test_the_page_of_a_proposal_tells_all(workshop: Workshop) -> None:
    shown = made(workshop).get(BOARD)
    for words in (
        "6 van 10 groepen hebben een bezoek.",
        "Kosten: € 3.470,90 (niet overal bekend: vervoer) van € 6.000,00. Er is nog ten hoogste € 2.529,10.",
        "Aantal onbekend, gerekend met 1 groep per dagdeel: Huis C.",
        "Reistijd is een schatting: rechte lijn maal 1,3.",
        "Week 41: 5 oktober 2026 tot en met 11 oktober 2026",
        "Beste van 60 mogelijkheden: vroegste week en minste bezwaren.",
        "Er zijn te weinig plaatsen bij Museum A. Ook C extra heeft dit nodig.",
        "1 plaats en 1 gids meer bij Museum A, wo 11 november 2026, ochtend",
        "Een groep en een gids meer op wo bij Museum A: 1 groep meer",
    ):
        assert shown.says(words), words
    month = workshop.client().get(f"{BOARD}?beeld=maand&dag=2026-11-01")
    assert month.says("November 2026") and month.says("C extra 10.00 Museum A")
    assert workshop.client().get(f"{BOARD}?beeld=anders&dag=gisteren").status == 200


def test_stop_gives_the_best_so_far_with_its_gap_and_pages_keep_working(workshop: Workshop) -> None:
    client = workshop.client()
    content = sheets.write(request_sheets(large(120, 10, 120)), Properties("Groot", "knm", date(2026, 7, 1)))
    assert give(client, content).status == 303
    assert client.send(f"{PLAN}/plan", [("seconden", "600")]).where == PLAN
    busy = client.get(PLAN)
    assert busy.says("We zijn bezig") and 'hx-trigger="every 1s"' in busy.text
    assert client.send(f"{PLAN}/plan", []).says("In dit plan zijn we al bezig.")
    assert client.get("/bezoeken").status == 200  # nothing waits for it
    assert client.send(f"{PLAN}/stop", []).where == PLAN
    assert client.get(PLAN).says("We stoppen met zoeken.")
    start = time.monotonic()
    assert wait(client) == BOARD
    assert time.monotonic() - start < 60
    told = proposals.story(folder(workshop) / "voorstel-001")
    assert told is not None and not told.bewezen and 0 < told.marge <= 1
    shown = client.get(BOARD)
    assert shown.says("Het zoeken stopte op tijd. Een ander plan kan hoogstens")
    request, _ = read_request("plan.xlsx", (folder(workshop) / "voorstel-001/plan.xlsx").read_bytes())
    assert request is not None and request.bezoeken and not verify(request, TODAY, request.bezoeken)


def test_progress_says_something_only_when_there_is_news(workshop: Workshop) -> None:
    client = workshop.client()
    content = sheets.write(request_sheets(large(120, 10, 120)), Properties("Groot", "knm", date(2026, 7, 1)))
    give(client, content)
    client.send(f"{PLAN}/plan", [("seconden", "600")])
    client.send(f"{PLAN}/stop", [])
    script = {"HX-Request": "true"}
    seen = set()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = client.ask("GET", f"{PLAN}/stand", headers=script)
        if "data-naar" in answer.text:
            break
        address = re.search(r'hx-get="([^"]+)"', answer.text)
        assert address is not None
        same = client.ask("GET", address[1].replace("&amp;", "&"), headers=script)
        seen.add(same.status)
    assert 204 in seen  # what is on the page already is not told again
    assert client.ask("GET", f"{PLAN}/stand").where == BOARD  # without a program: a link that goes on


def test_killed_in_the_middle_of_a_search_nothing_is_lost_and_nothing_is_half(bank_folder: Path) -> None:
    def client_of(process: subprocess.Popen[str]) -> Client:
        assert process.stdout is not None
        found = re.search(r":(\d+)(/begin\?sleutel=(\S+))", process.stdout.readline())
        assert found
        return Client(int(found[1]), f"knm_werkplaats_{found[1]}={found[3]}")

    content = sheets.write(request_sheets(large(120, 10, 120)), Properties("Groot", "knm", date(2026, 7, 1)))
    first = started(bank_folder, "--today", TODAY.isoformat())
    client = client_of(first)
    give(client, content)
    client.send(f"{PLAN}/plan", [("seconden", "600")])
    assert client.get(PLAN).says("We zijn bezig")
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert [path.name for path in (bank_folder / "bezoeken/pilot").iterdir()] == ["groepen.xlsx"]
    second = started(bank_folder, "--today", TODAY.isoformat())
    try:
        client = client_of(second)
        shown = client.get(PLAN)
        assert shown.says("Er zijn 120 groepen en 10 locaties.") and not shown.says("We zijn bezig")
        client.send(f"{PLAN}/plan", [("seconden", "600")])
        client.send(f"{PLAN}/stop", [])
        assert wait(client) == BOARD
    finally:
        second.send_signal(signal.SIGINT)
        second.communicate(timeout=30)


def test_one_search_at_a_time_and_a_crash_in_it_is_told() -> None:
    jobs, gate = Jobs(), Werk(1, 1.0)

    def slow(work: Werk) -> str:
        work.stop.wait(20)
        return "voorstel-001"

    jobs.start("pilot", gate, slow)
    with pytest.raises(Refusal, match="al bezig"):
        jobs.start("pilot", Werk(1, 1.0), slow)
    other = Werk(1, 1.0)
    jobs.start("ander", other, lambda work: 1 / 0)  # type: ignore[arg-type,return-value]
    jobs.stop("pilot")
    until = time.monotonic() + 10
    while (gate.bezig or other.bezig) and time.monotonic() < until:
        time.sleep(0.01)
    assert gate.klaar == "voorstel-001"
    assert other.zinnen() == [
        "Er ging iets mis in het programma zelf. Je rekenblad en je voorstellen zijn er nog."
    ]
    jobs.start("pilot", Werk(1, 1.0), lambda work: "voorstel-002")


# ---- moving


def test_a_move_is_shown_first_and_done_only_when_confirmed(workshop: Workshop) -> None:
    client = made(workshop)
    before = snapshot(folder(workshop))
    asked = client.get(f"{BOARD}/groep?groep=B1&plek={quote('2026-10-08|ochtend|Huis C')}")
    assert asked.says("Dit kan. Het bezoek kost € 475,10. Dat is € 115,10 meer dan nu.")
    assert asked.says("Van het budget blijft ten hoogste € 2.414,00 over.") and asked.says("Er is nog niets veranderd.")
    assert asked.says("gerekend met 1 groep per dagdeel")
    piece = client.ask(
        "GET", f"{BOARD}/groep?groep=B1&dag=2026-10-08&dagdeel=ochtend", headers={"HX-Request": "true"}
    )
    assert (
        "<html" not in piece.text
        and piece.text.count("Dit kan.") == 2
        and piece.text.count("Dit kan niet.") == 2
    )
    assert snapshot(folder(workshop)) == before
    # the form in the answer is what confirms
    done = client.send(f"{BOARD}/zet", form_in(piece, f"{BOARD}/zet")[:4])
    assert done.status == 303
    shown = client.get(done.where)
    assert shown.says(
        "Klad. B1 gaat naar Museum A, do 8 oktober 2026, ochtend. voorstel-001 zelf verandert niet."
    )
    assert visits_in(workshop, "voorstel-001")["B1"].dag == date(2026, 10, 6)
    assert client.send(f"{BOARD}/bewaar", []).where == PLAN
    assert wait(client) == f"{PLAN}/voorstel-002"
    old, new = visits_in(workshop, "voorstel-001"), visits_in(workshop, "voorstel-002")
    assert (new["B1"].dag, new["B1"].vast, new["B1"].volgnummer) == (date(2026, 10, 8), True, 1)
    assert {name: new[name] for name in new if name != "B1"} == {
        name: old[name] for name in old if name != "B1"
    }
    shown = client.get(f"{PLAN}/voorstel-002")
    assert shown.says("Jij koos deze plek.") and shown.says("Er is niet opnieuw gezocht.")
    assert not client.get(BOARD).says("zelf verandert niet")  # the draft became a proposal
    event = (folder(workshop) / "voorstel-002/agenda/groep-b1.ics").read_text(encoding="utf-8")
    assert "SEQUENCE:1" in event and "20261008T100000" in event


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (
            "2026-10-06|ochtend|Museum A",
            "Museum A is dan vol: er kan 1 groep tegelijk. Daar gaat dan A avond.",
        ),
        ("2026-11-03|ochtend|Museum A", "nieuwe zaal"),
        ("2026-10-05|ochtend|Museum A", "Op ma niet open voor groepen."),
        ("2027-10-05|ochtend|Museum A", "Buiten de periode van het plan."),
        ("2026-10-08|ochtend|Kamp B", "185 minuten reizen (schatting), hoogstens 90."),
        ("2026-10-08|ochtend|Museum D", "Hoeveel groepen per dagdeel kunnen, is niet bekend."),
        ("2026-10-08|avond|Museum A", "Kies eerst een plek."),
        ("gisteren|ochtend|Museum A", "Kies eerst een plek."),
        ("2026-10-08|ochtend|Museum Z", "Kies eerst een plek."),
        ("2026-10-08", "Kies eerst een plek."),
        ("", "Kies eerst een plek."),
    ],
)
def test_what_cannot_be_is_refused_in_words(workshop: Workshop, place: str, why: str) -> None:
    client = made(workshop)
    answer = step(client, "verplaats", "B1", place)
    assert answer.status == 409 and answer.says(why) and answer.says("Er is niets veranderd.")
    assert not (folder(workshop) / ".klad").exists()


def test_undo_pin_and_throwing_the_draft_away(workshop: Workshop) -> None:
    client = made(workshop)
    assert step(client, "vast", "B3").status == 303
    assert step(client, "verplaats", "B1", "2026-10-08|ochtend|Museum A", 1).status == 303
    assert step(client, "los", "B3", seen=1).says("Het klad is net veranderd in een ander venster.")
    assert step(client, "los", "B3", seen=2).status == 303
    assert client.get(BOARD).says("Alle 3 wijzigingen")
    for number in (2, 1, 0):
        assert "klaar=terug" in client.send(f"{BOARD}/terug", []).where
        assert (
            len(json.loads((folder(workshop) / ".klad/voorstel-001.json").read_text())["stappen"]) == number
            if number
            else True
        )
    assert client.send(f"{BOARD}/terug", []).says("Er is niets om terug te draaien.")
    assert client.send(f"{BOARD}/bewaar", []).says("Er is nog niets veranderd.")
    step(client, "vast", "B3")
    assert client.get(client.send(f"{BOARD}/weg", []).where).says("Het klad is weg.")
    for kind, group in (("vast", "B2"), ("iets", "B3"), ("vast", "Weg"), ("afgezegd", "B2")):
        assert step(client, kind, group).status == 409
    assert step(client, "vast", "B3", seen=7).status == 409
    assert sorted(path.name for path in folder(workshop).iterdir()) == [
        ".klad",
        "groepen.xlsx",
        "voorstel-001",
    ]


def test_a_draft_is_there_again_after_a_restart_and_a_spoiled_one_hurts_nobody(
    workshop: Workshop, bank_project: CopiedProject
) -> None:
    client = made(workshop)
    step(client, "verplaats", "B1", "2026-10-08|ochtend|Museum A")
    again = next(opened_again(bank_project))
    assert again.client().get(BOARD).says("Klad. B1 gaat naar Museum A")
    file = folder(workshop) / ".klad/voorstel-001.json"
    for spoiled in (
        "{",
        "[]",
        '{"stappen": [{"soort": "verplaats"}]}',
        '{"stappen": [{"soort": "weg", "groep": "", "locatie": "", "dag": "", "dagdeel": ""}]}',
    ):
        file.write_text(spoiled, encoding="utf-8")
        assert client.get(BOARD).status == 200


def opened_again(project: CopiedProject) -> Iterator[Workshop]:
    from builder.workshop.plans import Plans  # the same folder, by a workshop that knows nothing yet

    plans = Plans(project.root, lambda: TODAY.isoformat())
    assert plans.steps("pilot", "voorstel-001")
    yield from opened(Desk(project, None, Context()), TODAY.isoformat())


def test_calling_off_and_planning_again_gives_the_place_to_who_waits(workshop: Workshop) -> None:
    client = made(workshop)
    shown = client.get(f"{BOARD}/groep?groep={quote('C extra')}")
    assert shown.says("De plek past ook voor C laat.") and shown.says(
        "Kosteloos afzeggen kan tot en met wo 4 november 2026."
    )
    assert step(client, "afgezegd", "C extra").status == 303
    assert client.send(f"{BOARD}/opnieuw", [("seconden", "10")]).where == PLAN
    assert wait(client) == f"{PLAN}/voorstel-002"
    shown = client.get(f"{PLAN}/voorstel-002")
    assert shown.says("De groep heeft afgezegd.") and shown.says("Nieuw: er is nu een plaats.")
    assert visits_in(workshop, "voorstel-002")["C extra"].afgezegd
    event = (folder(workshop) / "voorstel-002/agenda/groep-c-extra.ics").read_text(encoding="utf-8")
    assert "STATUS:CANCELLED" in event
    # a group that called off can have a place again after all
    free = json.loads(client.get(f"{PLAN}/voorstel-002/vrij?groep={quote('C extra')}").body)
    assert free == []  # C laat has it now
    assert client.get(f"{PLAN}/voorstel-002/groep?groep={quote('C extra')}").says(
        "Er is nu geen vrije plek voor C extra."
    )


def test_a_change_that_is_not_agreed_goes_back(workshop: Workshop) -> None:
    client = made(workshop)
    old = visits_in(workshop, "voorstel-001")
    closed = {"Gesloten dagen!A5": "locatie", "Gesloten dagen!B5": "Huis C", "Gesloten dagen!C5": "2026-10-05", "Gesloten dagen!D5": "2026-10-05", "Gesloten dagen!E5": "liever niet"}  # fmt: skip
    book = openpyxl.load_workbook(folder(workshop) / "voorstel-001/plan.xlsx")
    for where, value in closed.items():
        tab, _, cell = where.rpartition("!")
        book[tab][cell] = value
    row = next(row for row in book["Bezoeken"].iter_rows(min_row=2) if row[0].value == "B3")
    row[2].value = "2026-10-06"  # somebody moved it by hand, and B1 too
    buffer = io.BytesIO()
    book.save(buffer)
    assert client.send_file(f"{PLAN}/rekenblad", [], "bestand", "plan.xlsx", buffer.getvalue()).where == PLAN
    assert client.get(PLAN).says("Er staan al 6 bezoeken in")
    assert search(client) == f"{PLAN}/voorstel-002"
    assert (
        step(client, "verplaats", "B1", "2026-10-08|ochtend|Museum A", board=f"{PLAN}/voorstel-002").status
        == 303
    )
    client.send(f"{PLAN}/voorstel-002/bewaar", [])
    assert wait(client) == f"{PLAN}/voorstel-003"
    printed = (folder(workshop) / "voorstel-003/overzicht.html").read_text(encoding="utf-8")
    assert "Blijft staan: vast." not in printed and printed.count("Jij koos deze plek.") == 2  # in the plan, and who moves
    shown = client.get(f"{PLAN}/voorstel-003")
    agree = f"{PLAN}/voorstel-003/akkoord"
    sent = form_in(shown, agree)
    assert sent == [("regel", "B1"), ("akkoord", "B1")]
    assert client.send(agree, sent).says("Je gaat met elke wijziging akkoord.")
    assert client.send(agree, [("regel", "B1")]).where == PLAN
    assert wait(client) == f"{PLAN}/voorstel-004"
    new = visits_in(workshop, "voorstel-004")["B1"]
    assert (new.locatie, new.dag, new.dagdeel) == (old["B1"].locatie, old["B1"].dag, old["B1"].dagdeel)
    assert new.volgnummer == 2
    shown = client.get(f"{PLAN}/voorstel-004")
    assert shown.says("Terug op deze plek: je ging niet akkoord met de wijziging.")
    printed = (folder(workshop) / "voorstel-004/overzicht.html").read_text(encoding="utf-8")
    assert "Jij koos deze plek." not in shown.text + printed


def test_a_published_proposal_stays_as_it_is(workshop: Workshop) -> None:
    client = made(workshop)
    assert client.send(f"{BOARD}/vaststellen", []).status == 303
    before = snapshot(folder(workshop) / "voorstel-001")
    assert client.send(f"{BOARD}/vaststellen", []).says("voorstel-001 was al vastgesteld.")
    assert not client.get(BOARD).says("Veranderd na het vaststellen")
    step(client, "verplaats", "B1", "2026-10-08|ochtend|Museum A")
    client.send(f"{BOARD}/bewaar", [])
    wait(client)
    client.send(f"{BOARD}/opnieuw", [("seconden", "10")])
    wait(client)
    assert snapshot(folder(workshop) / "voorstel-001") == before
    assert client.get(PLAN).says("vastgesteld") and client.get(BOARD).says("vastgesteld")
    assert proposals.names_in(folder(workshop)) == ("voorstel-001", "voorstel-002", "voorstel-003")


def test_a_change_after_publishing_is_told_on_the_board(workshop: Workshop) -> None:
    client = made(workshop)
    client.send(f"{BOARD}/vaststellen", [])
    (folder(workshop) / "voorstel-001/overzicht.html").write_text("anders", encoding="utf-8")
    told = "Veranderd na het vaststellen: overzicht.html is veranderd. Zet de bestanden terug."
    assert client.get(BOARD).says(told) and client.send(f"{BOARD}/vaststellen", []).says(told)


def test_a_visit_of_a_published_proposal_that_moves_must_be_told(workshop: Workshop) -> None:
    client = made(workshop)
    address = f"{BOARD}/groep?groep=B1&plek={quote('2026-10-08|ochtend|Museum A')}"
    told = "Dit voorstel is vastgesteld: vertel de groep en de locatie wat er verandert."
    assert not client.get(address).says(told)
    client.send(f"{BOARD}/vaststellen", [])
    assert client.get(address).says(told)


def test_all_files_can_be_had_and_no_other(workshop: Workshop) -> None:
    client = made(workshop)
    there = sorted(
        path.relative_to(folder(workshop) / "voorstel-001").as_posix()
        for path in (folder(workshop) / "voorstel-001").rglob("*")
        if path.is_file()
    )
    with zipfile.ZipFile(io.BytesIO(client.get(f"{BOARD}/zip").body)) as archive:
        assert sorted(archive.namelist()) == [f"voorstel-001/{path}" for path in there]
    for path in there:
        answer = client.get(f"{BOARD}/bestand/{path}")
        assert answer.body == (folder(workshop) / "voorstel-001" / path).read_bytes()
        if path == "overzicht.html":
            assert "sandbox" in answer.headers["content-security-policy"]
        else:
            assert answer.headers["content-disposition"].startswith("attachment")
    for path in ("../groepen.xlsx", "..%2fgroepen.xlsx", "weg.xlsx", "agenda", ""):
        assert client.ask("GET", f"{BOARD}/bestand/{path}").status in (404, 409)


def test_two_proposals_beside_each_other(workshop: Workshop) -> None:
    client = made(workshop)
    assert client.get(f"{PLAN}/vergelijk").says("Er zijn nog geen twee voorstellen.")
    step(client, "verplaats", "B1", "2026-10-08|ochtend|Huis C")
    client.send(f"{BOARD}/bewaar", [])
    wait(client)
    shown = client.get(f"{PLAN}/vergelijk")
    assert shown.says(
        "B1 Museum A, di 6 oktober 2026, middag Huis C, do 8 oktober 2026, ochtend".replace(
            " Huis", "Huis"
        ).replace("B1 ", "B1")
    )
    assert shown.says("5 groepen hebben in beide hetzelfde bezoek.")
    assert client.get(f"{PLAN}/vergelijk?een=voorstel-001&ander=voorstel-001").says("Niemand.")
    assert client.get(f"{PLAN}/vergelijk?een=../x").status == 409


def test_a_workbook_that_somebody_spoiled_gets_a_sentence(workshop: Workshop) -> None:
    client = made(workshop)
    file = folder(workshop) / "voorstel-001/plan.xlsx"
    whole = file.read_bytes()
    file.write_bytes(b"PK kapot")
    assert client.get(BOARD).says("plan.xlsx klopt niet meer.") and client.get(PLAN).status == 200
    file.unlink()
    assert client.get(BOARD).says("plan.xlsx er niet meer")
    file.write_bytes(whole)
    (folder(workshop) / "voorstel-001/plan.json").write_bytes(b"{")
    assert client.get(BOARD).says("plan.json van dit voorstel is niet te lezen.")
    (folder(workshop) / "groepen.xlsx").write_bytes(b"kapot")
    assert client.get(PLAN).says("Dit rekenblad kunnen we niet meer lezen.")
    assert client.send(f"{PLAN}/plan", []).says("Het rekenblad heeft een fout.")


def test_proposals_of_the_command_in_the_folder_itself_are_shown(workshop: Workshop) -> None:
    out = workshop.root / "bezoeken"
    words = ["visits", "plan", str(pilot.FILE), "--out", str(out), "--today", TODAY.isoformat(), "--quick"]
    assert CliRunner().invoke(main, words).exit_code == 1
    client = workshop.client()
    assert client.get("/bezoeken").says("bezoeken 1 voorstel")
    assert client.get("/bezoeken/bezoeken").says("met de opdracht knm visits plan gemaakt")
    assert client.get("/bezoeken/bezoeken/voorstel-001").says("6 van 10 groepen")
    assert client.send("/bezoeken/bezoeken/plan", []).says("Geef eerst een rekenblad.")


def test_forms_can_be_sent_as_they_stand(workshop: Workshop) -> None:
    """What a browser without a program would send: every form of the page of a group."""
    client = made(workshop)
    shown = client.get(f"{BOARD}/groep?groep=B1")
    sent = form_in(shown, f"{BOARD}/groep#keuze")
    for wanted in ({"plek": dict(sent)["plek"]}, {"plek": "", "dag": "2026-10-08", "dagdeel": "middag"}):
        query = "&".join(f"{name}={quote(value)}" for name, value in changed(sent, wanted))
        assert client.get(f"{BOARD}/groep?{query}").says("kan dit?")
    assert client.get(f"{BOARD}/groep?groep=Weg").status == 409
    assert client.get(f"{BOARD}/groep").status == 409
