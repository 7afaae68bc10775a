"""Nothing secret leaves: canary words in all that must stay inside, and every byte of all that was written searched.

What is searched is not a list of names: it is every file that is there after running every verb and was not there
before, what was printed, and what stayed in the folders for temporary files and caches. So a new verb or exporter is
covered without being named here (a verb without a run fails). `inside.py` does the looking; that it can find a word is
proven first.
"""

from __future__ import annotations

import dataclasses
import gzip
import io
import os
import random
import shutil
import stat
import tempfile
import zipfile
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import openpyxl
import pikepdf
import pptx
import pytest
import typst
import yaml
from click.testing import CliRunner
from PIL import Image, PngImagePlugin

from builder import links
from builder.cli import main
from builder.export.bundle import bundle
from builder.loading.load import load
from builder.model.digest import item_digest
from builder.model.itembank import Itembank
from builder.project import Project
from builder.website.plugin import build_site
from tests.conftest import ITEM, ROOT, VOORBEELDBANK, copy_of_the_site
from tests.inside import words_in
from tests.test_crash import ALIKE, CASES
from tests.visits import pilot
from tests.zips import files_of

DAY = "2026-11-25"
TODAY = ("--today", DAY)
TOETS = "kleine-toets-a"
LES = "praten-met-de-huisarts"

# One word for each thing that must stay inside. Small letters and digits, so that no escape can change them.
UITLEG = "kanarietoelichting"
ANTWOORD = "kanarieantwoord"
OPMERKING = "kanarieopmerking"
GEHEIM = "kanariegeheim"
KLUIS = "kanariekluis"
WORDS = (UITLEG, ANTWOORD, OPMERKING, GEHEIM, KLUIS)


def option_word(item: str, place: int) -> str:
    """The word in the text of one option: right or wrong, each must be seen as often as the others."""
    return f"kanarie{item.replace('-', '')}{'abcd'[place]}"


# The search can find a word


def _zip(*files: tuple[str, bytes], comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def _saved(save: Callable[[Any], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def _pdf(text: str = "niets") -> bytes:
    source = '#set page(width: 8cm)\n#set text(hyphenate: true, lang: "nl")\n' + text
    made = typst.compile(source.encode("utf-8"), ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def _pdf_changed(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(_pdf())) as pdf:
        change(pdf)
        return _saved(lambda buffer: pdf.save(buffer))


def _xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = GEHEIM


def _split_docx() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run(GEHEIM[:6]).bold = True
    paragraph.add_run(GEHEIM[6:])
    return _saved(document.save)


def _docx_property() -> bytes:
    document = docx.Document()
    document.core_properties.comments = GEHEIM
    return _saved(document.save)


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.create_sheet("verborgen").sheet_state = "hidden"
    book["verborgen"]["Z99"] = GEHEIM
    return _saved(book.save)


def _pptx() -> bytes:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    slide.notes_slide.notes_text_frame.text = GEHEIM
    return _saved(slides.save)


def _png() -> bytes:
    information = PngImagePlugin.PngInfo()
    information.add_text("Comment", GEHEIM, zip=False)
    return _saved(lambda buffer: Image.new("1", (1, 1)).save(buffer, "PNG", pnginfo=information))


PLANTED: dict[str, Callable[[], tuple[str, bytes]]] = {
    "name of a file": lambda: (f"map/{GEHEIM}.txt", b""),
    "text": lambda: ("a.txt", f"een {GEHEIM.upper()} hier".encode()),
    "utf-16": lambda: ("a.txt", GEHEIM.encode("utf-16")),
    "json with escapes": lambda: ("a.json", "".join(f"\\u{ord(letter):04x}" for letter in GEHEIM).encode()),
    "html comment": lambda: ("a.html", f"<p>niets</p><!-- {GEHEIM} -->".encode()),
    "html attribute": lambda: ("a.html", f'<img alt="{GEHEIM}">'.encode()),
    "html in parts": lambda: ("a.html", f"<p>{GEHEIM[:4]}<b>{GEHEIM[4:9]}</b>&shy;{GEHEIM[9:]}</p>".encode()),
    "address": lambda: ("a.html", ("".join(f"%{ord(letter):02x}" for letter in GEHEIM)).encode()),
    "script": lambda: ("data/a.js", f'var KNM=["{GEHEIM}"];'.encode()),
    "base64": lambda: ("a.xml", b"<file>" + b64encode(f"<svg><desc>{GEHEIM}</desc></svg>".encode()) + b"</file>"),
    "zip": lambda: ("a.zip", _zip(("b.txt", GEHEIM.encode()))),
    "name in a zip": lambda: ("a.zip", _zip((f"{GEHEIM}/b.txt", b"")),),
    "comment of a zip": lambda: ("a.zip", _zip(comment=GEHEIM.encode())),
    "zip in a zip in a zip": lambda: ("a.zip", _zip(("b.zip", _zip(("c.h5p", _zip(("d.json", GEHEIM.encode()))))))),
    "gzip": lambda: ("a.gz", gzip.compress(GEHEIM.encode())),
    "pdf text": lambda: ("a.pdf", _pdf(GEHEIM)),
    "pdf text over two lines": lambda: ("a.pdf", _pdf(f"#set page(width: 52pt, margin: 2pt)\n{GEHEIM[:7]}-?{GEHEIM[7:]}")),
    "pdf information": lambda: ("a.pdf", _pdf_changed(lambda pdf: pdf.docinfo.__setitem__("/Subject", GEHEIM))),
    "pdf xmp": lambda: ("a.pdf", _pdf_changed(_xmp)),
    "pdf attachment": lambda: (
        "a.pdf", _pdf_changed(lambda pdf: pdf.attachments.__setitem__("b.zip", _zip(("c.txt", GEHEIM.encode())))),
    ),
    "docx in two runs": lambda: ("a.docx", _split_docx()),
    "docx properties": lambda: ("a.docx", _docx_property()),
    "xlsx hidden sheet": lambda: ("a.xlsx", _xlsx()),
    "pptx notes": lambda: ("a.pptx", _pptx()),
    "png comment": lambda: ("a.png", _png()),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_the_search_finds_a_word_in(kind: str) -> None:
    name, content = PLANTED[kind]()
    assert {word for _, word in words_in(name, content, WORDS)} == {GEHEIM}


def test_the_search_finds_nothing_where_nothing_is() -> None:
    for name, content in (("a.pdf", _pdf("kanarie geheel")), ("a.zip", _zip(("b.txt", b"kanarie")))):
        assert list(words_in(name, content, WORDS)) == []


# A bank full of canaries


def _changed(file: Path, change: Callable[[dict[str, Any]], object]) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _mark_item(item: dict[str, Any]) -> None:
    for place, optie in enumerate(item["opties"]):
        optie["toelichting"] += f" {UITLEG}."
        if "tekst" in optie:
            optie["tekst"] += f" {option_word(item['id'], place)}"
    read = {"soort": "mens", "rol": "vakinhoud", "beoordelaar": "lezer-1", "datum": DAY, "versie": item["versie"],
            "digest": "0" * 64, "oordeel": "goed na kleine wijziging"}  # fmt: skip
    item["beoordelingen"] = [*item.get("beoordelingen", []), read]
    for one in item["beoordelingen"]:
        one["opmerkingen"] = f"Dit is een {OPMERKING}."


def _mark_lesson(les: dict[str, Any]) -> None:
    les["bijgewerkt_op"] = str(les["bijgewerkt_op"])
    for blad in les["handouts"]:
        for deel in blad["delen"]:
            if "antwoord" in deel:
                deel["antwoord"] += f" {ANTWOORD}"
    les["beoordelingen"] = [
        {
            "soort": "mens", "rol": "vakinhoud", "beoordelaar": "lezer-1", "datum": DAY, "versie": 1,
            "digest": "0" * 64, "oordeel": "terug", "opmerkingen": f"Dit is een {OPMERKING}.",
        }
    ]  # fmt: skip


def secret_item(item_id: str) -> dict[str, Any]:
    """A good question that is secret: its words may be nowhere."""
    item: dict[str, Any] = yaml.safe_load(ITEM)
    item |= {"id": item_id, "status": "geheim", "context": f"Hier is een {GEHEIM}.", "stam": f"Wat is een {GEHEIM}?"}
    for optie in item["opties"]:
        optie["tekst"] += f" {GEHEIM}"
        optie["toelichting"] += f" {GEHEIM}"
    item["trefwoorden"] = [GEHEIM]
    item["beoordelingen"][0]["opmerkingen"] = f"{OPMERKING} {GEHEIM}"
    return item


def _right_digests(root: Path) -> None:
    """Let every reading and toets be about the texts as they are now."""
    bank, _ = load(Project(root))
    digests = {item.id: item_digest(bank, item) for item in bank.items.values()}
    for item in bank.items.values():
        _changed(
            root / bank.locations[item.id].path,
            lambda data: [one.update(digest=digests[data["id"]]) for one in data["beoordelingen"]],
        )
    for file in root.glob("content/toetsen/*.yaml"):
        _changed(file, lambda data: [plek.update(digest=digests[plek["id"]]) for plek in data["items"]])


def make_bank(root: Path, mistake: bool = False) -> None:
    """A project with canaries; with `mistake` a secret question lies in the public bank, with an exam that uses it."""
    shutil.copytree(VOORBEELDBANK, root)
    shutil.copytree(ROOT / "schemas", root / "schemas")
    copy_of_the_site(root)
    real = (ROOT / "content/bronnen.yaml").read_text(encoding="utf-8")
    with (root / "content/bronnen.yaml").open("a", encoding="utf-8") as stream:
        stream.write(real.partition("bronnen:\n")[2])
    (root / "items/wonen/wonen-004.yaml").write_text(ITEM, encoding="utf-8")
    other = ITEM.replace("wonen-004", "wonen-007").replace("Wat gebeurt er als je", "Wat volgt er als iemand")
    (root / "items/wonen/wonen-007.yaml").write_text(other, encoding="utf-8")
    for file in root.glob("items/*/*.yaml"):
        _changed(file, _mark_item)
    _changed(root / f"content/lessen/gezondheid/{LES}.yaml", _mark_lesson)
    vault = root.parent / KLUIS
    (vault / "items/wonen").mkdir(parents=True, mode=0o700)
    (vault / "items/wonen/wonen-900.yaml").write_text(yaml.safe_dump(secret_item("wonen-900")), encoding="utf-8")
    (root / "knm.toml").write_text(
        f'site_adres = "https://school.example/knm/"\ncontact_mail = ""\nbesloten = "../{KLUIS}"\n', encoding="utf-8"
    )
    if mistake:
        for name in ("wonen-005", "wonen-006"):
            text = yaml.safe_dump(secret_item(name)).replace("opties:", "opties:   ", 1)  # something to mend
            (root / f"items/wonen/{name}.yaml").write_text(text, encoding="utf-8")
        exam = {
            "id": "geheim-examen", "titel": "Examen", "doel": "examen", "datum": DAY, "editie": 1,
            "items": [{"id": "wonen-005", "versie": 1, "digest": "0" * 64, "opties": [2, 1, 3]}],
        }  # fmt: skip
        (root / "content/toetsen/geheim-examen.yaml").write_text(yaml.safe_dump(exam), encoding="utf-8")
    _right_digests(root)


# Every verb, with what it needs. A verb that is not here and not in IDLE fails the suite.

ANSWERS = "antwoorden.csv"
RUNS: dict[str, Sequence[Sequence[str]]] = {
    "check": [(), ("--format", "json"), ("--format", "github"), ("--fix",)],
    "explain": [(), ("C301",)],
    "links": [("--timeout", "0.1")],
    "language": [("brief.txt",)],
    "coverage": [(), ("--format", "json")],
    "review sheet": [("--thema", "wonen"), ("--thema", "wonen", "--format", "json"), ("gezondheid-001",)],
    "review record": [("wonen-001", "--antwoord", "A", "--beoordelaar", "lezer-9", "--opmerkingen", OPMERKING, *TODAY)],
    "visits template": [("leeg.xlsx",)],
    "visits plan": [("groepen.xlsx", "--out", "uit", "--today", "2026-08-03", "--quick", "--seconds", "1")],
    "visits replan": [("uit/voorstel-001", "--today", "2026-08-03", "--quick", "--seconds", "1")],
    "visits publish": [("uit/voorstel-001", "--today", "2026-08-03")],
    "visits form": [("uit/voorstel-001", "--out", "formulieren", "--today", "2026-12-24")],
    "visits report": [("formulieren/verslag.xlsx", "--out", "verslag", "--today", "2026-12-24")],
    "visits checks": [("pilot", "3.1.2", "--number", "1", *TODAY)],
    "template antwoorden": [(TOETS, "antwoorden.xlsx")],
    "template angoff": [(TOETS, "angoff.xlsx")],
    "template hofstee": [(TOETS, "hofstee.xlsx")],
    "analyse": [
        (ANSWERS, "--toets", TOETS, "--to", "html,pdf,xlsx,json,dexter", "--cesuur", "2", "--write", *TODAY),
        (ANSWERS, "--toets", TOETS, "--format", "json", "--out", "nog-een", *TODAY),
    ],
    "new item": [("wonen", "3.1.2")],
    "new les": [("wonen", "een-huis-huren", "3.1.2", *TODAY)],
    "toets new": [("met-de-hand", "--items", "wonen-001,wonen-002", *TODAY)],
    "toets verify": [(TOETS,)],
    "plan": [("kleine-toets",), ("kleine-toets", "--format", "json")],
    "assemble": [("kleine-toets", "--name", "nieuw", "--variants", "1", *TODAY)],
    "toets diff": [(TOETS, "nieuw-a")],
    "toets swap": [(TOETS, "wonen-001")],
    "toets variant": [(TOETS, "--name", "met-variant")],
    "toets vernieuw": [(TOETS, "--name", "tweede-editie", *TODAY)],
    "export": [(TOETS,), (TOETS, "--out", "elders")],
    "build": [TODAY],
    # of other days: only when they are there
    "status": [("wonen-001",)],
    "import": [("gift.txt", "--eindterm", "3.1.2", "--taalniveau", "A2", "--herkomst", "mens", *TODAY)],
    "template xlsx": [("--out", "vragen.xlsx", *TODAY)],
    "template lijst": [("--out", "lijst.xlsx", *TODAY)],
}  # fmt: skip
# more, when a secret question lies in the public bank
MISTAKES: dict[str, Sequence[Sequence[str]]] = {
    "review sheet": [("wonen-005",)],
    "toets verify": [("geheim-examen",)],
    "toets diff": [(TOETS, "geheim-examen")],
    "toets swap": [("geheim-examen", "wonen-005")],
    "template antwoorden": [("geheim-examen", "examen.xlsx")],
    "check": [("items/wonen/wonen-005.yaml",)],
}
LATER = {"template lijst"}
IDLE = {"serve": "shows what build makes, with concepts: see the preview below", "start": "has its own proof of secrecy"}


def verbs(group: Any = main, before: tuple[str, ...] = ()) -> Iterator[str]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from verbs(command, (*before, name))
        else:
            yield " ".join((*before, name))


def test_every_verb_has_a_run() -> None:
    known = set(verbs())
    assert known - RUNS.keys() - IDLE.keys() == set(), "let these run in RUNS, so that what they write is searched"
    assert RUNS.keys() - known - LATER == set()


@dataclass
class Yard:
    """A folder in which everything ran: the bank, what stood there before, and what was said."""

    root: Path
    before: dict[str, bytes] = field(default_factory=dict)
    said: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    codes: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)
    writers: set[str] = field(default_factory=set)

    @property
    def made(self) -> Mapping[str, bytes]:
        """Every file that is new. One that was there is a source: it may hold what its author wrote."""
        return {path: content for path, content in files_of(self.root.parent).items() if path not in self.before}

    def found(self, words: Sequence[str] = WORDS) -> Iterator[tuple[str, str]]:
        """Yield (place, word) in all that was written and said."""
        for path, content in self.made.items():
            yield from words_in(path, content, words)
        for (verb, _), text in self.said.items():
            yield from words_in(f"said/{verb}", text.encode("utf-8"), words)


def _stamps(folder: Path) -> set[tuple[str, int, int]]:
    return {
        (str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*") if path.is_file()
    }


def _went_on(file: Path) -> None:
    """Fill in that every visit went on, with two people."""
    book = openpyxl.load_workbook(file)
    sheet = book["Verslag"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 1).value:
            for name, value in (("Ging door", "ja"), ("Aanwezig", 2)):
                sheet.cell(row, columns[name]).value = value
    book.save(file)


def run_everything(folder: Path, mistake: bool, patch: pytest.MonkeyPatch) -> Yard:
    """Run every verb in a bank full of canaries; temporary files and caches go to folders that are searched too."""
    root = folder / "bank"
    make_bank(root, mistake)
    dice = random.Random(4)
    items = ["wonen-001", "gezondheid-001", "wonen-002", "gezondheid-002"]
    rows = [["persoon", *items], *([f"p{n}", *(dice.choice("ABC") for _ in items)] for n in range(80))]
    (root / ANSWERS).write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    (root / "brief.txt").write_text("Beste buurman, ik woon hier al lang.", encoding="utf-8")
    (root / "gift.txt").write_text("::Een:: Wie belt u bij brand? {=112 ~De buren ~De winkel}\n", encoding="utf-8")
    shutil.copy(pilot.FILE, root / "groepen.xlsx")
    yard = Yard(root, files_of(folder))
    patch.chdir(root)
    for name in ("tmp", "home", "cache"):
        (folder / name).mkdir()
    patch.setenv("TMPDIR", str(folder / "tmp"))
    patch.setattr(tempfile, "tempdir", None)
    patch.setenv("HOME", str(folder / "home"))
    patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    patch.delenv("SOURCE_DATE_EPOCH", raising=False)
    patch.setattr(links, "look_all", lambda *_, **__: None)  # no test asks the internet
    known = set(verbs())
    for verb, runs in RUNS.items():
        for words in [*(runs if verb in known else ()), *(MISTAKES.get(verb, ()) if mistake else ())]:
            if verb == "visits report":
                _went_on(root / words[0])
            before = _stamps(folder)
            result = CliRunner().invoke(main, [*verb.split(), *words])
            if _stamps(folder) != before:
                yard.writers.add(verb)
            assert result.exception is None or isinstance(result.exception, SystemExit), (verb, result.exception)
            yard.said[verb, tuple(words)] = f"{result.stdout}\n{result.stderr}"
            yard.codes[verb, tuple(words)] = result.exit_code
    return yard


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    with pytest.MonkeyPatch.context() as patch:
        yield run_everything(tmp_path_factory.mktemp("dicht"), False, patch)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    """The same with a secret question in the public bank, which is a mistake; the site is made all the same."""
    with pytest.MonkeyPatch.context() as patch:
        yard = run_everything(tmp_path_factory.mktemp("open"), True, patch)
        bank, _ = load(Project(yard.root))
        project = dataclasses.replace(Project(yard.root))
        build_site(project, bank, date.fromisoformat(DAY), yard.root / "build/site")
        yield yard


# Where a word may be


def learner_sees(place: str) -> bool:
    """Tell whether a place is for candidates or learners: by its folder, or by the name of the page or worksheet."""
    parts = place.replace("!", "/").split("/")
    return any(
        part in ("kandidaat", "cursist") or part.startswith(("cursist.", "cursist-")) or "-werkblad" in part
        for part in parts
    )


def may_be(place: str, word: str) -> bool:
    """The rules: who may read what. Everything that is not named here is forbidden."""
    if word == UITLEG:
        return not learner_sees(place) and not place.startswith("said/review sheet")
    if word == ANTWOORD:
        parts = place.replace("!", "/").split("/")
        lesson = bool(place.startswith("bank/build/") and LES in place and {"index.html", "print.html"} & set(parts))
        to_author = place.startswith(("said/check", "said/build"))
        # the downloads of a les lie together in one folder of the site: there the name tells whose they are
        of_teacher = "docent" in parts or any(part.startswith((f"{LES}-antwoorden.", f"{LES}-docentblad.")) for part in parts)
        return not learner_sees(place) and (lesson or to_author or of_teacher)
    # a secret question and the folder it lies in: nowhere; a remark: only in the author's own lines around a mend
    return word == OPMERKING and place == "said/check"


def test_no_word_is_where_it_may_not_be(yard: Yard) -> None:
    found = list(yard.found())
    assert [hit for hit in found if not may_be(*hit)] == []
    # the bank was full of them: they are where a teacher should find them
    seen = {word for _, word in found}
    assert seen == {UITLEG, ANTWOORD}
    ends = {place.partition("!")[0].rpartition(".")[2] for place, word in found if word == UITLEG}
    assert ends >= {"pdf", "html", "docx", "xlsx", "pptx", "zip", "xml", "txt", "h5p", "json", "js"}


def test_what_is_for_learners_is_known_by_its_name_too(yard: Yard) -> None:
    """In the zip of a les a folder says whose a file is; on the site only its name does."""
    zips = [content for path, content in yard.made.items() if path.endswith(f"/{LES}-alles.zip")]
    assert zips
    for content in zips:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if "/cursist/" in name]
        assert names
        assert [name for name in names if not learner_sees(name.rpartition("/")[2])] == []


def test_everything_ran(yard: Yard) -> None:
    bad = {verb for (verb, _), code in yard.codes.items() if code}
    assert bad <= {"links", "visits plan", "visits replan", "import"}  # no internet; groups left out; questions to mend
    formats = {path.partition("/docent/")[0] for path in yard.made if "/docent/" in path}
    assert f"bank/build/toetsen/{TOETS}" in formats
    assert sum(path.startswith("bank/build/site/") for path in yard.made) > 50
    assert "bank/uit/voorstel-001/plan.xlsx" in yard.made
    assert "bank/verslag/verslag.html" in yard.made


def test_every_verb_that_writes_is_killed_in_the_proof_of_crashes(yard: Yard) -> None:
    assert yard.writers >= {"build", "export", "analyse", "new item", "visits plan", "review record"}
    assert yard.writers - CASES.keys() - ALIKE.keys() - LATER == set(), "add a case to test_crash.py"
    assert set(ALIKE.values()) <= CASES.keys()


def test_nothing_stays_in_the_folders_for_temporary_files(yard: Yard, spoiled: Yard) -> None:
    for one in (yard, spoiled):
        assert [path for path in one.made if path.startswith(("tmp/", "home/"))] == []
        left = [path for path in one.made if ".nieuw" in path or ".oud" in path]
        assert left == []


def test_a_secret_question_in_the_public_bank_is_nowhere(spoiled: Yard) -> None:
    assert spoiled.codes["build", TODAY] == 1, "build makes nothing while a secret question lies open"
    assert {path.split("/")[3].removesuffix(".zip") for path in spoiled.made if "build/toetsen/" in path} == {TOETS}
    assert "(geheim)" in spoiled.said["toets swap", ("geheim-examen", "wonen-005")]
    found = [hit for hit in spoiled.found() if not may_be(*hit)]
    assert found == []
    # the number of the question may be told to its author, never to a reader
    numbers = [place for path, content in spoiled.made.items() for place, _ in words_in(path, content, ("wonen005",))]
    assert [place for place in numbers if not place.startswith("bank/content/")] == []


@pytest.mark.parametrize("preview", [False, True])
def test_also_not_in_the_live_preview(spoiled: Yard, preview: bool) -> None:
    from builder.website.pages import Pages
    from builder.website.plugin import site_input

    project = Project(spoiled.root)
    bank, _ = load(project)
    for artifact in Pages(site_input(project, bank, preview)).artifacts():
        hits = list(words_in(artifact.path, artifact.content, (GEHEIM, OPMERKING, KLUIS, "wonen005")))
        assert hits == [], hits


def test_an_exam_with_secret_questions_is_closed_to_others(spoiled: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """The only thing that may hold them: the bundle of that exam, asked for by name, and only for its owner."""
    monkeypatch.chdir(spoiled.root)
    mask = os.umask(0o022)
    try:
        result = CliRunner().invoke(main, ["export", "geheim-examen", "--out", str(spoiled.root.parent / "examen/a")])
        sheet = ["p;wonen-005", *(f"p{n};{'ABC'[n % 3]}" for n in range(40))]
        (spoiled.root / "examen.csv").write_text("\n".join(sheet).replace("p;", "persoon;", 1), encoding="utf-8")
        out = str(spoiled.root.parent / "examen/rapport")
        asked = ["analyse", "examen.csv", "--toets", "geheim-examen", "--out", out, *TODAY]
        analysed = CliRunner().invoke(main, asked)
    finally:
        os.umask(mask)
    assert result.exit_code == 0, result.output
    assert analysed.exit_code == 0, analysed.output
    made = spoiled.root.parent / "examen"
    hits = [hit for path, content in files_of(made).items() for hit in words_in(path, content, WORDS)]
    assert {word for _, word in hits} == {GEHEIM}
    places = {place.replace("a.zip!geheim-examen", "a").partition("!")[0] for place, _ in hits}
    assert {place.split("/")[1] for place in places} <= {"kandidaat", "docent"} | {
        path.split("/")[1] for path in files_of(made) if path.startswith("rapport/")
    }
    assert not [path for path in files_of(made) if "oefenen" in path]
    if os.name == "posix":
        for path in (made / "a", made / "a.zip", made / "rapport", *made.glob("*/**/*")):
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode == (0o700 if path.is_dir() else 0o600), path
    shutil.rmtree(made)
    (spoiled.root / "examen.csv").unlink()


# What a candidate gets does not depend on the key


def key_moved(bank: Itembank) -> Itembank:
    """The same bank with another right option, other explanations, other remarks, other answers of handouts."""
    items = {}
    for item in bank.items.values():
        right = -1 if item.sleutel is None else item.sleutel  # a concept may have none yet: then it gets one
        opties = tuple(
            dataclasses.replace(optie, juist=place == (right + 1) % len(item.opties), toelichting=f"Anders {place}")
            for place, optie in enumerate(item.opties)
        )
        said = tuple(dataclasses.replace(one, opmerkingen="Heel anders") for one in item.beoordelingen)
        items[item.id] = dataclasses.replace(item, opties=opties, beoordelingen=said, trefwoorden=("anders",))
    lessen = {}
    for les in bank.lessen.values():
        bladen = tuple(
            dataclasses.replace(
                blad,
                delen=tuple(
                    dataclasses.replace(deel, antwoord="Heel anders") if deel.antwoord else deel for deel in blad.delen
                ),
            )
            for blad in les.handouts
        )
        lessen[les.id] = dataclasses.replace(les, handouts=bladen)
    return dataclasses.replace(bank, items=items, lessen=lessen)


def test_the_key_changes_no_byte_for_candidates(yard: Yard) -> None:
    bank, _ = load(Project(yard.root))
    other = key_moved(bank)
    for toets in (bank.toetsen[TOETS],):
        before, after = (
            {artifact.path: artifact.content for artifact in bundle(one, toets)[0]} for one in (bank, other)
        )
        seen = [path for path in before if learner_sees(path)]
        assert len(seen) >= 4
        assert [path for path in seen if before[path] != after.get(path)] == []
        assert {path for path in after if learner_sees(path)} == set(seen)
        changed = [path for path in before if path.startswith("docent/") and before[path] != after[path]]
        assert changed, "the key moved, so a file of the teacher must differ"


def test_the_key_changes_no_page_of_a_learner(yard: Yard, tmp_path: Path) -> None:
    """Made whole, as on the site: also the name and the number of the pages, and every download for learners."""
    bank, _ = load(Project(yard.root))
    made = []
    for name, one in (("voor", bank), ("na", key_moved(bank))):
        target = tmp_path / name
        build_site(Project(yard.root), one, date.fromisoformat(DAY), target)
        made.append({path: content for path, content in files_of(target).items() if learner_sees(path)})
    assert made[0]
    assert made[0].keys() == made[1].keys()
    assert [path for path in made[0] if made[0][path] != made[1][path]] == []


def test_a_candidate_sees_every_option_as_often(yard: Yard) -> None:
    """The right option stands nowhere once more: not in a title, an alt text or a name."""
    bank, _ = load(Project(yard.root))
    options = {
        item.id: [option_word(item.id, place) for place, optie in enumerate(item.opties) if optie.tekst]
        for item in bank.items.values()
    }
    every = [word for words in options.values() for word in words]
    counted = 0
    for path, content in yard.made.items():
        if learner_sees(path):
            seen = Counter(word for _, word in words_in(path, content, every))
            for item_id, words in options.items():
                assert len({seen[word] for word in words}) <= 1, (path, item_id, seen)
            counted += seen.total()
    assert counted > 12


def test_a_file_that_was_closed_stays_closed(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb that writes in a file of its owner keeps its rights."""
    if os.name != "posix":
        pytest.skip("rights of files are of POSIX")
    monkeypatch.chdir(yard.root)
    file = yard.root / "items/gezondheid/gezondheid-003.yaml"
    file.chmod(0o600)
    words = ["gezondheid-003", "--antwoord", "A", "--beoordelaar", "lezer-8", *TODAY]
    assert CliRunner().invoke(main, ["review", "record", *words]).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_bytes(file.read_bytes().replace(b"\n", b"  \n", 1))
    assert CliRunner().invoke(main, ["check", "--fix", "--write"]).exit_code == 0
    assert b"  \n" not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_written_follows_the_mask_of_the_user(tmp_path: Path) -> None:
    """Who works with umask 077 gets no file or folder that others can read."""
    if os.name != "posix":
        pytest.skip("rights of files are of POSIX")
    from builder.artifacts import Artifact, create_file, write_file, write_folder

    mask = os.umask(0o077)
    try:
        write_folder(tmp_path / "map", [Artifact("a/b.txt", b"x")])
        write_file(tmp_path / "c.txt", b"x")
        create_file(tmp_path / "d.txt", b"x")
    finally:
        os.umask(mask)
    for path in tmp_path.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_closed_folder_stays_closed_when_it_is_made_anew(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("rights of files are of POSIX")
    from builder.artifacts import Artifact, write_folder

    write_folder(tmp_path / "map", [Artifact("a.txt", b"x")])
    (tmp_path / "map").chmod(0o700)
    write_folder(tmp_path / "map", [Artifact("a.txt", b"y")])
    assert stat.S_IMODE((tmp_path / "map").stat().st_mode) == 0o700


def test_a_word_with_signs_is_escaped_not_hidden() -> None:
    """The looking does not stop at the signs of XML: a word between them is a word."""
    text = escape(f"<b>{GEHEIM}</b>").encode()
    assert {word for _, word in words_in("a.xml", text, WORDS)} == {GEHEIM}
