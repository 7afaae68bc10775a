"""A workshop on a copy of the voorbeeldbank, and a client that speaks HTTP to it over a real socket."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
import uvicorn

from builder.artifacts import Artifact, write_folder
from builder.checks.context import Context
from builder.renewal import Renewal
from builder.visits.bundle import bundle
from builder.visits.plan import make_plan
from builder.visits.solve import Opdracht
from builder.workshop.app import make_app
from builder.workshop.desk import Desk
from builder.workshop.session import Session
from tests.conftest import ROOT, CopiedProject
from tests.visits import pilot

TOKEN = "sleutel-van-de-test"
DAY = "2026-11-25"


@dataclass
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def where(self) -> str:
        return self.headers.get("location", "")

    def says(self, words: str) -> bool:
        plain = re.sub(r"<[^>]+>", "", self.text).replace("&#34;", '"').replace("&#39;", "'")
        return words in " ".join(plain.split())


class _Fields(HTMLParser):
    """What a browser would send of a form: names and values, in order."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.on = action, False
        self.sent: list[tuple[str, str]] = []
        self.area = self.select = ""
        self.first: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.on = a.get("action") == self.action
        if not self.on:
            return
        if tag == "input" and a.get("name") and a.get("type") != "file":
            if a.get("type") in ("radio", "checkbox") and "checked" not in a:
                return
            self.sent.append((a["name"], a.get("value", "")))
        elif tag == "textarea":
            self.area = a["name"]
            self.sent.append((self.area, ""))
        elif tag == "select":
            self.select, self.first = a["name"], None
        elif tag == "option" and self.select:
            if self.first is None:
                self.first = a.get("value", "")
            if "selected" in a:
                self.sent.append((self.select, a.get("value", "")))
                self.select = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.on = False
        elif tag == "textarea":
            if self.area:
                name, value = self.sent[-1]
                self.sent[-1] = (name, value.removeprefix("\n"))
            self.area = ""
        elif tag == "select":
            if self.select and self.first is not None:
                self.sent.append((self.select, self.first))
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[-1] = (self.area, self.sent[-1][1] + data)


def form_in(answer: Answer, action: str) -> list[tuple[str, str]]:
    """Return what the form with this address would send as it stands."""
    parser = _Fields(action)
    parser.feed(answer.text)
    assert parser.sent, f"no form for {action}"
    return parser.sent


def changed(sent: list[tuple[str, str]], changes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the form with other values; a name that was not sent comes at the end."""
    made = [(name, changes.get(name, value)) for name, value in sent]
    names = {name for name, _ in sent}
    return [*made, *((name, value) for name, value in changes.items() if name not in names)]


@dataclass
class Client:
    """A browser without a screen."""

    port: int
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        own = {"Cookie": self.cookie, **self.headers, **(headers or {})}
        if method == "POST" and "Origin" not in own:
            own["Origin"] = f"http://127.0.0.1:{self.port}"
        try:
            connection.request(method, address, body, {name: value for name, value in own.items() if value})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def get(self, address: str) -> Answer:
        answer = self.ask("GET", address.partition("#")[0])
        while answer.status == 303:
            answer = self.ask("GET", answer.where.partition("#")[0])
        return answer

    def send(
        self, address: str, sent: list[tuple[str, str]], headers: Mapping[str, str] | None = None
    ) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.ask("POST", address, urlencode(sent).encode(), kind)

    def send_file(
        self, address: str, sent: list[tuple[str, str]], name: str, file: str, data: bytes
    ) -> Answer:
        mark = b"----grens"
        parts = [
            b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
            % (mark, n.encode(), v.encode())
            for n, v in sent
        ]
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: application/octet-stream'
        parts.append(b"--%s\r\n%s\r\n\r\n%s\r\n--%s--\r\n" % (mark, head.encode(), data, mark))
        return self.ask(
            "POST",
            address,
            b"".join(parts),
            {"Content-Type": f"multipart/form-data; boundary={mark.decode()}"},
        )

    def let_in(self) -> Client:
        self.cookie = f"knm_werkplaats_{self.port}={TOKEN}"
        return self


@dataclass
class Workshop:
    desk: Desk
    port: int

    @property
    def root(self) -> Path:
        return self.desk.project.root

    def client(self) -> Client:
        """A browser that was let in; when nobody works here yet, auteur-9 does."""
        if not self.desk.open.note("ik"):
            self.desk.open.write_note("ik", {"code": "auteur-9"})
        return Client(self.port).let_in()


def opened(desk: Desk, day: str = DAY) -> Iterator[Workshop]:
    """Serve the workshop on a free port until the test is done, with the site in its project."""
    for folder in ("site/templates", "site/overrides/assets"):
        shutil.copytree(ROOT / folder, desk.project.root / folder, dirs_exist_ok=True)
    yield from served(desk, day=day)


def served(desk: Desk, behind: Renewal | None = None, day: str = DAY) -> Iterator[Workshop]:
    """Serve the workshop on a free port until the test is done."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    app = make_app(Session(desk, lambda: day, behind), TOKEN, port)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="error", access_log=False, lifespan="off", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.001)
    yield Workshop(desk, port)
    server.should_exit = True  # it stops at its next tick; nothing waits for that


@cache
def _pilot() -> tuple[Artifact, ...]:
    order = Opdracht(30.0)
    proposal = make_plan(pilot.request(), pilot.TODAY, order)
    return bundle(proposal, "voorstel-001", order)[0]


def place_pilot(workshop: Workshop) -> None:
    """Put the worked example there as a plan with one proposal, as the workshop or the command makes it."""
    folder = workshop.root / "bezoeken" / "pilot"
    write_folder(folder / "voorstel-001", _pilot())
    (folder / "groepen.xlsx").write_bytes(pilot.FILE.read_bytes())


@pytest.fixture
def workshop(bank_project: CopiedProject) -> Iterator[Workshop]:
    """A workshop without a secret bank."""
    yield from opened(Desk(bank_project, None, Context()))


@pytest.fixture
def with_secrets(bank_project: CopiedProject, tmp_path: Path) -> Iterator[Workshop]:
    """A workshop with a secret bank beside the project."""
    secret = tmp_path / "besloten"
    secret.mkdir()
    yield from opened(Desk(bank_project, secret, Context()))
