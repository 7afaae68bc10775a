"""What the product is made of, and that making it twice gives the same: hashes, licences, SBOM, byte-identical builds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_crash import make_project
from tests.zips import files_of

LOCKS = ("product", "test", "sbom")
_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[\w.!+-]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE
)


def pins(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return the packages of a lock: name → version and hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {
        found["name"]: (found["version"], frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", found["rest"])))
        for found in _PIN.finditer(text)
    }


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "KNM_TOOLS_PYTHON": sys.executable}
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_locked_with_hashes(name: str) -> None:
    found = pins(name)
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert len(found) == len(lines) > 25, "a line of the lock is no package with a version"
    assert [package for package, (_, hashes) in found.items() if not hashes] == []


def test_pip_chooses_nothing_when_it_installs_a_lock() -> None:
    """A lock is whole. A pip that resolves it all the same breaks set-up on the day a younger release appears."""
    lines = [line for name in ("setup", "sbom") for line in (ROOT / ".ci" / name).read_text("utf-8").splitlines()]
    hashed = [line for line in lines if "--require-hashes" in line]
    assert len(hashed) >= 2
    assert [line for line in hashed if "--no-deps" not in line] == []


def test_every_dependency_is_in_the_lock() -> None:
    wanted = re.search(r"^dependencies = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text("utf-8"), re.M | re.S)
    assert wanted is not None
    names = re.findall(r'"([A-Za-z0-9_.-]+)', wanted[1])
    assert len(names) > 20
    assert [name for name in names if re.sub(r"[-_.]+", "-", name.lower()) not in pins("product")] == []


def test_the_licences_of_the_product_are_known_and_none_is_gpl(tmp_path: Path) -> None:
    told = run("sh", ".ci/check-licences", "requirements/product.txt", str(tmp_path / "lijst.csv"))
    assert told.returncode == 0, told.stdout + told.stderr
    listed = (tmp_path / "lijst.csv").read_text(encoding="utf-8").lower().replace("_", "-").replace(".", "-")
    assert [name for name in pins("product") if f'"{name.replace(".", "-")}"' not in listed] == []


@pytest.mark.parametrize(
    ("package", "said"),
    [("citolab-qti-convert==1", "GPL"), ("er-is-niets-met-deze-naam==1", "is geen licentie bekend")],
)
def test_a_package_that_may_not_be_in_the_product_is_seen(tmp_path: Path, package: str, said: str) -> None:
    lock = tmp_path / "slot.txt"
    lock.write_text(f"{package}\n", encoding="utf-8")
    told = run("sh", ".ci/check-licences", str(lock), str(tmp_path / "lijst.csv"))
    assert told.returncode != 0
    assert said in told.stdout + told.stderr


@pytest.mark.audit
def test_the_list_of_parts_is_that_of_the_lock(tmp_path: Path) -> None:
    """The SBOM holds every package of the product, with version and hashes, and is the same every time."""
    for name in ("een.json", "twee.json"):
        told = run("sh", ".ci/sbom", str(tmp_path / name))
        assert told.returncode == 0, told.stdout + told.stderr
    content = (tmp_path / "een.json").read_bytes()
    assert content == (tmp_path / "twee.json").read_bytes()
    data = json.loads(content)
    assert (data["bomFormat"], data["metadata"]["component"]["name"]) == ("CycloneDX", "knm")
    parts = {
        part["name"]: (
            part["version"],
            frozenset(
                found["content"]
                for place in part["externalReferences"]
                for found in place.get("hashes", ())
                if found["alg"] == "SHA-256"
            ),
        )
        for part in data["components"]
    }
    assert parts == pins("product")


EVERYTHING = """
import sys
from builder.cli import main
day = ["--today", "2026-11-25"]
for words in (
    ["build", *day],
    ["analyse", "antwoorden.csv", "--toets", "kleine-toets-a", "--to", "html,pdf,xlsx,json,dexter", "--write", *day],
    ["visits", "plan", "groepen.xlsx", "--out", "build/bezoeken", "--today", "2026-08-03"],
    ["assemble", "kleine-toets", "--name", "nieuw", "--out", "build/nieuw", "--variants", "1", *day],
):
    try:
        main(words)
    except SystemExit as error:
        assert error.code in (0, None, 1), (words, error.code)
"""


def test_two_builds_of_one_commit_are_the_same_bytes(tmp_path: Path) -> None:
    """In another folder, time zone and language, with other hashes of Python, other rights, other dates on the files."""
    first, second = tmp_path / "een" / "bank", tmp_path / "twee" / "map met spaties" / "kopie"
    first.parent.mkdir()
    second.parent.mkdir(parents=True)
    make_project(first)
    rows = ["persoon;wonen-001;gezondheid-001;wonen-002;gezondheid-002"]
    rows += [f"p{n};{'ABC'[n % 3]};{'BCA'[n * 7 % 3]};{'CAB'[n // 3 % 3]};{'ABC'[n * n % 3]}" for n in range(80)]
    (first / "antwoorden.csv").write_text("\n".join(rows), encoding="utf-8")
    shutil.copytree(first, second, copy_function=shutil.copyfile)
    for path in second.rglob("*"):
        os.utime(path, (946_684_800, 946_684_800))
    common = {**os.environ, "PYTHONPATH": str(ROOT)}
    common.pop("SOURCE_DATE_EPOCH", None)
    worlds = (
        (first, {"TZ": "Pacific/Auckland", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, 0o022),
        (second, {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "2"}, 0o077),
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", EVERYTHING], cwd=folder, env={**common, **world}, umask=mask,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for folder, world, mask in worlds
    ]  # fmt: skip
    said = [process.communicate()[0] for process in runs]
    assert [process.returncode for process in runs] == [0, 0], said
    made = [
        {
            path: content
            for path, content in files_of(folder).items()
            if path.startswith(("build/", "content/")) and not path.startswith("build/.")
        }
        for folder in (first, second)
    ]
    names = set(made[0])
    assert {"build/site/index.html", "build/handreiking-knm.zip", "build/toetsen/kleine-toets-a.zip"} <= names
    assert {"build/analyse/kleine-toets-a/kleine-toets-a.pdf", "build/bezoeken/voorstel-001/plan.xlsx"} <= names
    assert "build/nieuw/nieuw-a.yaml" in names
    assert names == set(made[1])
    assert sorted(name for name in names if made[0][name] != made[1][name]) == []
