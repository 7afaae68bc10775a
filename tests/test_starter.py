"""What people install: the wheel is whole, and the zip works for somebody who has nothing else.

The dependencies of the wheel are those of the test environment, through variables that pip and Python know
themselves (PIP_NO_DEPS, PYTHONPATH): nothing is fetched here. Nothing is tried on Windows or a Mac.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from builder import beginning
from tests.conftest import ROOT
from tests.workshop.conftest import Client

RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}


def _packing() -> ModuleType:
    spec = importlib.util.spec_from_file_location("packing", ROOT / ".ci" / "packing.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


packing = _packing()


@pytest.fixture(scope="module")
def wheel() -> tuple[str, bytes]:
    return packing.build_wheel()


@pytest.fixture(scope="module")
def starter(wheel: tuple[str, bytes]) -> bytes:
    return packing.starter_zip(packing.starter_files(*wheel))


def unpacked(starter: bytes, folder: Path) -> Path:
    """Unpack as an ordinary unzip does, with the modes, in a folder with a space in its name."""
    target = folder / "Mijn map"
    with zipfile.ZipFile(BytesIO(starter)) as archive:
        for info in archive.infolist():
            os.chmod(archive.extract(info, target), info.external_attr >> 16 & 0o777)
    return target / packing.INSIDE


def environment(**more: str) -> dict[str, str]:
    """The test environment, without its variables for the checkout and with its packages for the wheel."""
    own = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "KNM_"))
    }
    packages = sysconfig.get_path("purelib")
    offline = {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PYTHONPATH": packages, "KNM_PYTHON": sys.executable}
    return {**own, **offline, **more}


def test_the_wheel_has_every_file_of_the_source(wheel: tuple[str, bytes]) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "builder").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "builder/templates/workshop/static/htmx-LICENSE.txt" in wanted
    bank = beginning.files(ROOT)
    assert {"knm.toml", "content/eindtermen.yaml", "schemas/item.schema.json"} <= bank.keys()
    assert not [name for name in bank if name.startswith(("items/", "content/lessen/"))]
    wanted |= {f"builder/templates/lege-bank/{name}": raw for name, raw in bank.items()}
    with zipfile.ZipFile(BytesIO(wheel[1])) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if name.startswith("builder/")}
        licences = [name.rpartition("/")[2] for name in archive.namelist() if "/licenses/" in name]
    assert found == wanted
    assert sorted(licences) == ["LICENSE", "LICENSE-content"]


def test_the_same_source_gives_the_same_bytes(wheel: tuple[str, bytes], starter: bytes) -> None:
    again = packing.build_wheel()
    assert again == wheel
    assert packing.starter_zip(packing.starter_files(*again)) == starter


def test_names_that_windows_takes(starter: bytes) -> None:
    with zipfile.ZipFile(BytesIO(starter)) as archive:
        names = archive.namelist()
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9_./+-]+", name), name
        assert len(name) <= 120, name
        for part in name.rstrip("/").split("/"):
            assert part.partition(".")[0].lower() not in RESERVED, name
            assert not part.endswith((".", " ")) and part not in ("", ".."), name


def test_line_ends_and_modes(starter: bytes) -> None:
    with zipfile.ZipFile(BytesIO(starter)) as archive:
        files = {info.filename.partition("/")[2]: (info, archive.read(info)) for info in archive.infolist()}
    for name in ("start.cmd", "LEESMIJ.txt", "LICENSE.txt"):
        raw = files[name][1]
        assert raw.count(b"\r\n") == raw.count(b"\n") > 10, name
    for name in ("start.cmd", "LEESMIJ.txt", "start.sh", "start.command"):
        assert files[name][1].isascii(), name  # cmd.exe and Notepad read other signs in their own way
    for name in ("start.sh", "start.command", "programma/start.py"):
        assert b"\r" not in files[name][1], name
    runnable = {name for name, (info, _) in files.items() if info.external_attr >> 16 & 0o111}
    assert runnable == {"start.sh", "start.command"}
    jumps = set(re.findall(r"goto (\w+)", files["start.cmd"][1].decode()))
    assert jumps == set(re.findall(r"^:(\w+)", files["start.cmd"][1].decode(), re.MULTILINE))


def test_the_locked_versions_go_along(starter: bytes) -> None:
    lock = (ROOT / "requirements/product.txt").read_text(encoding="utf-8")
    pins = packing.versions().decode().splitlines()
    assert len(pins) == len(re.findall(r"^\S+==", lock, re.MULTILINE)) > 30
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[^\w.-]", line)[0].replace(".", "-") for line in project["dependencies"]}
    assert wanted <= {pin.partition("==")[0] for pin in pins}


@pytest.mark.slow
def test_the_first_start_and_the_first_item(starter: bytes, tmp_path: Path) -> None:
    folder = unpacked(starter, tmp_path)
    with (folder / "fouten.txt").open("w") as errors:
        for turn in ("first", "second"):
            process = subprocess.Popen(
                [folder / "start.command", "--no-browser"],
                cwd=tmp_path,
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )
            assert process.stdout is not None
            try:
                said = ""
                while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/begin\?sleutel=(\S+)\s", said)):
                    line = process.stdout.readline()
                    assert line, said + (folder / "fouten.txt").read_text()
                    said += line
                assert ("De eerste keer" in said) == ("De map bank is gemaakt" in said) == (turn == "first")
                client = Client(int(found[1]), f"knm_werkplaats_{found[1]}={found[2]}")
                if turn == "first":
                    client.send("/wie", [("code", "auteur-7")])
                    assert client.send("/nieuw", [("eindterm", "3.1.2"), ("examen", "nee")]).status == 303
                assert "wonen-001" in client.get("/bewerk/items/wonen/wonen-001").text
                assert client.get("/kijk/site/items/wonen/wonen-001").status == 200
                assert client.get("/vast/knm.css").status == client.get("/vast/htmx.min.js").status == 200
            finally:
                os.killpg(process.pid, signal.SIGINT)
                rest, _ = process.communicate(timeout=60)
            assert process.returncode == 0 and "De werkplaats is dicht." in rest
    assert (folder / "bank/items/wonen/wonen-001.yaml").is_file()
    assert len(list(folder.glob(".venv/lib/python3*/site-packages/builder/cli.py"))) == 1
    assert (folder / "fouten.txt").read_text() == ""


def run(folder: Path, **more: str) -> tuple[int, str]:
    done = subprocess.run(
        ["sh", folder / "start.sh", "--no-browser"], env=environment(**more), capture_output=True, text=True
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout


def test_what_fails_is_said(starter: bytes, tmp_path: Path) -> None:
    folder = unpacked(starter, tmp_path)
    mine = folder / "bank"
    mine.mkdir()
    code, said = run(folder, PIP_NO_DEPS="0")  # nowhere to get the dependencies
    assert code == 1 and "De onderdelen zijn niet opgehaald" in said and "Heb je internet?" in said
    assert list(mine.iterdir()) == []  # somebody's own bank is never touched
    assert not (folder / ".venv/knm-versie.txt").exists()  # so the next start tries again
    (folder / "programma/extra.whl").write_bytes(b"")
    code, said = run(folder)
    assert code == 1 and "Pak de zip opnieuw uit" in said
    shutil.rmtree(folder / "programma")
    code, said = run(folder)
    assert code == 1 and "De map programma ontbreekt" in said


def test_without_a_python_it_says_what_to_install(starter: bytes, tmp_path: Path) -> None:
    folder = unpacked(starter, tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/dirname").symlink_to(shutil.which("dirname") or "")
    old = tmp_path / "bin/python3"  # one that is too old says no to the question
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        [shutil.which("sh") or "sh", folder / "start.sh"],
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and "Python 3.11 of nieuwer is hier niet gevonden." in done.stdout
