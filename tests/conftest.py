"""What every test may use: a copy of the voorbeeldbank, Chromium, `--update-golden`, and no silent skips in CI."""

from __future__ import annotations

import gc
import os
import re
import shutil
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from builder import sealed
from builder.export import qti21
from builder.loading import known
from builder.project import Project
from tests.rewriting import rewrite_a_share
from tests.templates import keep_compiled

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
QTI_CONVERT = ROOT / ".venv/bin/qti-convert"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
VOORBEELDBANK = ROOT / "tests" / "voorbeeldbank"

# One more good question for the voorbeeldbank, in no toets and no les: a test may spoil it.
ITEM_PATH = "items/wonen/wonen-004.yaml"
ITEM = """\
id: wonen-004
versie: 1
status: review
eindterm: 3.1.2
indicator: 3.1.2-b
stof: examenstof
taalniveau: A2
abstractieniveau: verband
beheersing: begrijpen
soort: meerkeuze
stam: Wat gebeurt er als je de huur niet betaalt?
opties:
  - tekst: Je krijgt een brief van de verhuurder.
    juist: true
    toelichting: De verhuurder vraagt eerst in een brief om de huur.
  - tekst: Je krijgt een prijs van de gemeente.
    juist: false
    toelichting: De gemeente geeft geen prijs. Je moet de huur alsnog betalen.
  - tekst: Je krijgt een boete van de politie.
    juist: false
    toelichting: De politie gaat hier niet over. De verhuurder wil zijn geld hebben.
bronnen:
  - id: voorbeeldfolder
    plaats: bladzijde 1
veroudert: niet
herkomst: mens
maker: auteur
beoordelingen:
  - soort: automatisch
    rol: toets-taal
    beoordelaar: blinde-lezer
    datum: '2026-11-25'
    versie: 1
    digest: f80faa4d40ac12e8d1d81b2ffcc481d37e3e3237f769fc0ad73dc9809362adc6
    antwoord: 1
    oordeel: goed
"""


@dataclass(frozen=True)
class CopiedProject(Project):
    """A bank in a folder of its own that uses the schemas of the repository (they are compiled once)."""

    @property
    def schemas(self) -> Path:
        """The schemas of the repository."""
        return ROOT / "schemas"

    @property
    def cache(self) -> Path:
        """One place for all tests of a run: what is made from the same content is made once."""
        return _CACHE


_FOLDER = tempfile.TemporaryDirectory(prefix="knm-tests-")
_CACHE = Path(_FOLDER.name)


def copy_of_the_voorbeeldbank(target: Path) -> CopiedProject:
    """Copy the voorbeeldbank into `target` (which must not exist) and return it as a project."""
    shutil.copytree(VOORBEELDBANK, target)
    return CopiedProject(target)


_OWN_PAGES = {
    "holocaust": "Holocaust",
    "wet-en-geloof": "Wet en geloof",
    "zelfbeschikking": "Zelfbeschikking",
}


def copy_of_the_site(target: Path) -> None:
    """Put the source of the site beside a bank, without the pages that lean on the lessons of our own bank."""
    shutil.copytree(ROOT / "site", target / "site", ignore=shutil.ignore_patterns(*_OWN_PAGES))
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for title in _OWN_PAGES.values():  # its line in the menu, and the deeper lines under it
        nav, found = re.subn(rf"^( +)- {title}:\n(?:\1 +.*\n)+", "", nav, flags=re.MULTILINE)
        assert found == 1
    (target / "mkdocs.yml").write_text(nav, encoding="utf-8")
    overview = target / "site/templates/handreiking.md.j2"
    lines = overview.read_text(encoding="utf-8").splitlines(keepends=True)
    ours = [line for line in lines if not any(f"'{name}/index.html'" in line for name in _OWN_PAGES)]
    overview.write_text("".join(ours), encoding="utf-8")
    index = target / "site/templates/index.md.j2"
    text = index.read_text(encoding="utf-8")
    index.write_text(re.sub(r" Begin bij <a [^\n]*holocaust/index[^\n]*</a>\.", "", text), encoding="utf-8")


@pytest.fixture(autouse=True, scope="session")
def without_programs_of_the_user() -> Generator[None, None, None]:
    """What a test or a fixture sees never depends on qti-convert being on the PATH; a test that wants it says so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(qti21, "program", lambda: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def templates_are_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_compiled(compiled_templates(tmp_path_factory))


def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the compiled templates, the same for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sjablonen"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser() -> Generator[Browser, None, None]:
    """One headless Chromium for all tests; a test makes its own context in it, and closes that."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: KNM_APT=1 make test installs it")
    from playwright.sync_api import sync_playwright  # most runs need no browser

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def bank_project(tmp_path: Path) -> CopiedProject:
    """A valid bank that a test may change."""
    return copy_of_the_voorbeeldbank(tmp_path / "bank")


@pytest.fixture
def bank_folder(bank_project: CopiedProject) -> Path:
    """The same bank with its own copy of the schemas: a folder in which `knm` itself can run."""
    shutil.copytree(ROOT / "schemas", bank_project.root / "schemas")
    return bank_project.root


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what came out as the new expectation, instead of comparing",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are written anew."""
    return bool(request.config.getoption("--update-golden"))


# A worker takes a file at a time, in this order: the longest ones first, so that none of them is the last one running.
LONGEST = (
    "test_crash", "browser/test_paper", "test_secrecy", "test_fuzz", "browser/test_workshop_keeping", "test_workshop",
    "test_bezoeken", "browser/test_site", "workshop/test_visits", "test_real_site", "test_hostile", "browser/", "visits/",
    "workshop/", "export/",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((at for at, name in enumerate(LONGEST) if name in item.nodeid), len(LONGEST))

    items.sort(key=place)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "may_skip: this test may be skipped, even in CI")
    rewrite_a_share(config)


def pytest_collection_finish() -> None:
    """Leave the thousands of tests and all modules out of every later collecting of garbage."""
    gc.collect()
    gc.freeze()


def _forbidden_in_ci(longrepr: object) -> str | None:
    """In CI a skip is a failure: a missing program or data folder must not look like a proof."""
    if not os.environ.get("CI"):
        return None
    reason = longrepr[2] if isinstance(longrepr, tuple) else longrepr
    return f"Skipped, which CI does not allow: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    result = yield
    if result.skipped and not hasattr(result, "wasxfail") and not item.get_closest_marker("may_skip"):
        said = _forbidden_in_ci(result.longrepr)
        if said:
            result.outcome = "failed"
            result.longrepr = said
    return result


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    result = yield
    if result.skipped:
        said = _forbidden_in_ci(result.longrepr)
        if said:
            result.outcome = "failed"
            result.longrepr = said
    return result


@pytest.fixture
def small_banks_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep something of small banks too, also of files that were written a moment ago."""
    monkeypatch.setattr(known, "LEAST", 1)
    monkeypatch.setattr(known, "MARGIN", -1_000_000_000_000)
    monkeypatch.setattr(sealed, "FEW", 0)
