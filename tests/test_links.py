"""`knm links` against a server of our own: every answer a server can give, and no internet at all."""

from __future__ import annotations

import http.server
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from builder import links
from builder.cli import main
from builder.links import Adres, Oordeel
from builder.loading.load import load
from builder.project import Project
from tests.conftest import ROOT

ASKED: list[tuple[str, str]] = []


class Server(http.server.BaseHTTPRequestHandler):
    """Answers as its path says."""

    def answer(self) -> None:
        ASKED.append((self.command, self.path))
        port = self.server.server_address[1]  # type: ignore[attr-defined]
        moved = {
            "/verhuisd": "/goed",
            "/elders": f"http://localhost:{port}/goed",
            "/elders-en-weg": f"http://localhost:{port}/weg",
            "/rond": "/rond",
            "/naar-een-bestand": "file:///etc/hostname",
            "/naar-zichzelf-met-anker": "/goed#hier",
        }
        if self.path in moved:
            self.send_response(302)
            self.send_header("Location", moved[self.path])
        elif self.path == "/alleen-get":
            self.send_response(501 if self.command == "HEAD" else 200)
        elif self.path == "/traag":
            time.sleep(30)
            self.send_response(200)
        else:
            statuses = {"/goed": 200, "/weg": 404, "/verboden": 403, "/kapot": 500, "/caf%C3%A9": 200}
            self.send_response(statuses.get(self.path, 418))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Quiet(http.server.ThreadingHTTPServer):
    """Says nothing when a caller went away."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    made = Quiet(("127.0.0.1", 0), Server)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()


@pytest.fixture(autouse=True)
def without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "*")
    ASKED.clear()


def closed() -> str:
    """An address at which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}/niemand"


@pytest.mark.parametrize(
    ("path", "oordeel", "status"),
    [
        ("/goed", Oordeel.GOED, 200),
        ("/café", Oordeel.GOED, 200),
        ("/alleen-get", Oordeel.GOED, 200),
        ("/verhuisd", Oordeel.VERHUISD, 200),
        ("/naar-zichzelf-met-anker", Oordeel.VERHUISD, 200),
        ("/elders", Oordeel.ANDERE_HOST, 200),
        ("/elders-en-weg", Oordeel.WEG, 404),
        ("/weg", Oordeel.WEG, 404),
        ("/verboden", Oordeel.GEWEIGERD, 403),
        ("/kapot", Oordeel.FOUT, 500),
        ("/rond", Oordeel.FOUT, 302),
        ("/naar-een-bestand", Oordeel.FOUT, 302),
    ],
)
def test_each_answer_has_its_judgement(server: str, path: str, oordeel: Oordeel, status: int) -> None:
    outcome = links.look(server + path, 5)
    assert (outcome.oordeel, outcome.status) == (oordeel, status)
    assert bool(outcome.uitleg) == (oordeel is not Oordeel.GOED)


def test_head_first_and_get_only_when_needed(server: str) -> None:
    links.look(f"{server}/goed", 5)
    assert ASKED == [("HEAD", "/goed")]
    ASKED.clear()
    links.look(f"{server}/alleen-get", 5)
    assert ASKED == [("HEAD", "/alleen-get"), ("GET", "/alleen-get")]


def test_another_host_is_named(server: str) -> None:
    outcome = links.look(f"{server}/elders", 5)
    assert outcome.naar.startswith("http://localhost:")
    assert outcome.naar.endswith("/goed")


def test_www_and_https_are_no_other_host() -> None:
    assert links._host("http://www.museum.example/a") == links._host("https://museum.example/b")
    assert links._host("http://museum.example:8080/") != links._host("http://museum.example/")


def test_a_slow_server_does_not_hold_us_up(server: str) -> None:
    start = time.monotonic()
    outcome = links.look(f"{server}/traag", 0.3)
    assert time.monotonic() - start < 15
    assert outcome.oordeel is Oordeel.ONBEREIKBAAR
    assert outcome.uitleg == "geeft geen antwoord op tijd"


def test_nobody_at_home() -> None:
    outcome = links.look(closed(), 2)
    assert (outcome.oordeel, outcome.uitleg) == (Oordeel.ONBEREIKBAAR, "de server weigert de verbinding")


@pytest.mark.parametrize("nonsense", ["http://", "http://[::1/", "http://x y/", "http://a:poort/"])
def test_a_strange_address_is_no_traceback(nonsense: str) -> None:
    assert links.look(nonsense, 1).oordeel is Oordeel.ONBEREIKBAAR


def test_without_internet_nothing_is_asked_of_the_others() -> None:
    asked: list[str] = []

    def nobody(adres: str, timeout: float) -> links.Uitslag:
        asked.append(adres)
        return links.Uitslag(adres, Oordeel.ONBEREIKBAAR)

    found = [Adres(f"https://school-{number}.example/", ()) for number in range(100)]
    assert links.look_all(found, 1, nobody) is None
    assert len(asked) == links.PROBED


def test_one_host_that_answers_is_internet(server: str) -> None:
    found = [Adres(closed(), ()), Adres(f"{server}/goed", ()), Adres(f"{server}/weg", ())]
    outcomes = links.look_all(found, 2)
    assert outcomes is not None
    assert [one.oordeel for one in outcomes] == [Oordeel.ONBEREIKBAAR, Oordeel.GOED, Oordeel.WEG]
    assert links.look_all([], 1) == ()


def test_every_place_with_an_address_is_known(bank_project: Project) -> None:
    page = bank_project.root / "site/pages/over/proef.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Proef\n\nZie [hier](https://voorbeeld.example/pagina#deel).\n", encoding="utf-8")
    bank, _ = load(bank_project)
    found = {one.adres: [f"{at.path}:{at.line}" for at in one.plaatsen] for one in links.addresses(bank)}
    assert found["https://voorbeeld.example/pagina"] == ["site/pages/over/proef.md:3"]
    assert found["https://voorbeeld.example/folder"] == ["content/bronnen.yaml:13"]
    assert set(found) >= {"https://voorbeeld.example/hulp", "https://voorbeeld.example/in-het-dorp"}


def test_the_real_bank_has_addresses_to_ask() -> None:
    found = links.addresses(load(Project(ROOT))[0])
    assert len(found) > 80
    assert all(one.plaatsen for one in found)


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Any:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(main, ["links", "--timeout", "2", *words])


def with_addresses(folder: Path, *addresses: str) -> None:
    """Let the bank name these addresses and no others."""
    for file in folder.rglob("*.yaml"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text(
            "".join(line for line in lines if not line.lstrip().startswith("adres:")), encoding="utf-8"
        )
    rows = "".join(
        f"  - id: proef-{number}\n    titel: Proef\n    maker: redactie\n    adres: {adres}\n"
        "    gezien:\n      op: 2026-11-25\n      hoe: kopie\n"
        for number, adres in enumerate(addresses)
    )
    with (folder / "content/bronnen.yaml").open("a", encoding="utf-8") as stream:
        stream.write(rows)


def test_the_verb_tells_what_is_wrong_and_where(
    server: str, bank_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_addresses(bank_folder, f"{server}/goed", f"{server}/weg", f"{server}/elders", f"{server}/verboden")
    told = run(bank_folder, monkeypatch)
    assert told.exit_code == 1
    lines = told.output.splitlines()
    assert lines[0].split() == ["weg", "404", f"{server}/weg"]
    assert "content/bronnen.yaml:" in told.output
    assert "→ http://localhost:" in told.output
    assert f"{server}/goed" not in told.output
    assert lines[-1] == "4 adressen nagekeken: goed 1, geweigerd 1, andere host 1, weg 1."
    assert f"{server}/goed" in run(bank_folder, monkeypatch, "--all").output


def test_the_exit_code_is_for_what_must_be_mended(
    server: str, bank_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_addresses(bank_folder, f"{server}/goed", f"{server}/elders")
    assert run(bank_folder, monkeypatch).exit_code == 0
    assert run(bank_folder, monkeypatch, "--strict").exit_code == 1
    rows = json.loads(run(bank_folder, monkeypatch, "--format", "json").output)
    assert [row["oordeel"] for row in rows] == ["andere host", "goed"]
    assert rows[0]["plaatsen"][0].startswith("content/bronnen.yaml:")


def test_without_internet_the_verb_says_so(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_addresses(bank_folder, closed(), closed())
    told = run(bank_folder, monkeypatch)
    assert told.exit_code == 3
    assert "Er is geen internet. Er is niets nagekeken" in told.output
    assert "Geprobeerd: 127.0.0.1:" in told.output
    assert "goed 0" not in told.output


def test_a_bank_without_addresses(bank_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_addresses(bank_folder)
    told = run(bank_folder, monkeypatch)
    assert told.exit_code == 0
    assert told.output == "Er staan geen internetadressen in de bank.\n"
