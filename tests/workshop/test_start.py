"""`knm start` itself: a process that listens on this computer only, says where, and stops without a word."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def started(folder: Path, *more: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from builder.cli import main; main()", "start", "--no-browser", *more],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_opens_here_only_and_stops_quietly(bank_folder: Path) -> None:
    shutil.copytree(ROOT / "site/templates", bank_folder / "site/templates")
    left = bank_folder / "items/wonen/.wonen-001.yaml.abc.nieuw"
    left.write_text("half", encoding="utf-8")
    process = started(bank_folder)
    assert process.stdout is not None and process.stderr is not None
    try:
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/begin\?sleutel=\S+)", line)
        assert found, line + process.stderr.read()
        port, address = int(found[1]), found[2]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", address)
        answer = connection.getresponse()
        assert answer.status == 303
        answer.read()
        cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        connection.request("GET", "/", headers={"Cookie": cookie})
        assert "Wat wil je doen?" in connection.getresponse().read().decode()
        outside = socket.gethostbyname_ex(socket.gethostname())[2]
        for other in (one for one in outside if not one.startswith("127.")):
            with pytest.raises(OSError):
                socket.create_connection((other, port), timeout=2).close()
        assert not left.exists()
        busy = started(bank_folder, "--port", str(port))
        _, error = busy.communicate(timeout=60)
        assert busy.returncode == 2 and "is bezet" in error and "Traceback" not in error
    finally:
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=30)
    assert "Traceback" not in error and error.strip() == ""


def test_a_draft_is_there_again_after_a_restart(bank_folder: Path) -> None:
    """Killed in the middle of writing: the next start has the text that was checked last."""
    from tests.workshop.conftest import Client, changed, form_in

    def client_of(process: subprocess.Popen[str]) -> Client:
        assert process.stdout is not None
        found = re.search(r":(\d+)(/begin\?sleutel=(\S+))", process.stdout.readline())
        assert found
        return Client(int(found[1]), f"knm_werkplaats_{found[1]}={found[3]}")

    item = "items/wonen/wonen-001"
    first = started(bank_folder)
    client = client_of(first)
    client.send("/wie", [("code", "auteur-7")])
    sent = changed(
        form_in(client.get(f"/bewerk/{item}"), f"/bewerk/{item}"), {"stam": "Nog niet af", "doe": "kijk"}
    )
    client.send(f"/bewerk/{item}", sent, {"HX-Request": "true"})
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = started(bank_folder)
    try:
        assert "Nog niet af" in client_of(second).get(f"/bewerk/{item}").text
    finally:
        second.send_signal(signal.SIGINT)
        second.communicate(timeout=30)


def test_outside_a_project_it_says_so(tmp_path: Path) -> None:
    process = started(tmp_path)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 2 and "Hier is nog geen bank." in error


def test_a_secret_folder_in_the_project_is_refused(bank_folder: Path) -> None:
    (bank_folder / "geheim").mkdir()
    process = started(bank_folder, KNM_BESLOTEN="geheim")
    _, error = process.communicate(timeout=60)
    assert process.returncode == 2 and "De besloten map ligt in dit openbare project" in error
