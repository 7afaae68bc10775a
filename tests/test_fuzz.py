"""Whatever comes in: no traceback, at most 2 seconds and 200 MB for 256 KB. Short here, long with `make audit`.

Every reader meets a list of what is meant to hurt it, and random inputs: good files with pieces changed, repeated and
cut, and noise. Each is read in a process of its own (`bounded.py`). What was once found stands in `FOUND`.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, VOORBEELDBANK
from tests.visits import pilot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")

LARGE = 256 * 1024
SECONDS = 2.0
ITEM = (VOORBEELDBANK / "items/wonen/wonen-001.yaml").read_bytes()
LES = (VOORBEELDBANK / "content/lessen/gezondheid/praten-met-de-huisarts.yaml").read_bytes()
SVG = (VOORBEELDBANK / "items/wonen/wonen-002.svg").read_bytes()
CSV = "persoon;wonen-001;gezondheid-001;wonen-002;gezondheid-002\n" + "".join(f"p{n};A;B;C;A\n" for n in range(12))
TEXT = "De gemeente stuurt u een brief. U moet binnen zes weken antwoorden, omdat u anders geen geld krijgt.\n"
QTI = """<assessmentResult xmlns="http://www.imsglobal.org/xsd/imsqti_result_v3p0"><context sourcedId="p1"/>
<itemResult identifier="wonen-001" datestamp="2026-01-01T00:00:00" sessionStatus="final"><responseVariable
identifier="RESPONSE" cardinality="single" baseType="identifier"><candidateResponse><value>A</value></candidateResponse>
</responseVariable></itemResult></assessmentResult>"""


class Reader:
    """The process of `bounded.py`."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "invoer"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bounded"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.targets: list[str] = json.loads(self.process.stdout.readline())

    def meet(self, target: str, name: str, content: bytes) -> dict[str, Any]:
        """Return seconds and error of one reading."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.file.write_bytes(content)
        self.process.stdin.write(json.dumps({"target": target, "name": name, "file": str(self.file)}) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    found = Reader(tmp_path_factory.mktemp("lezer"))
    yield found
    assert found.process.stdin is not None
    found.process.stdin.close()
    assert found.process.wait(30) == 0


def judge(reader: Reader, target: str, name: str, content: bytes) -> None:
    told = reader.meet(target, name, content)
    assert told["error"] == "", told["error"]
    assert told["seconds"] <= SECONDS, f"{told['seconds']:.1f} s for {len(content)} bytes"


# What is meant to hurt


def filled(piece: str | bytes, head: str | bytes = b"", tail: str | bytes = b"", size: int = LARGE) -> bytes:
    """Return `head`, as many pieces as fit, and `tail`."""
    one, first, last = (part.encode() if isinstance(part, str) else part for part in (piece, head, tail))
    return first + one * ((size - len(first) - len(last)) // len(one)) + last


def numbered(piece: str, head: str = "", size: int = LARGE) -> bytes:
    """Return `head` and pieces with a number at `%d`, until it is large."""
    parts, length, number = [head], len(head), 0
    while length + len(piece) + 8 < size:
        parts.append(piece.replace("%d", str(number)))
        length += len(parts[-1])
        number += 1
    return "".join(parts).encode()


Made = bytes | Callable[[], bytes]


def content_of(made: Made) -> bytes:
    """Return the bytes; what costs much to make is made when it is met, not by everybody who reads this file."""
    return made if isinstance(made, bytes) else made()


@cache
def book(rows: Callable[[Any], object]) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "Groepen"
    rows(made.active)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def rezipped(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return buffer.getvalue()


def _sheet(change: Callable[[bytes], bytes]) -> Made:
    """Return the worked example with another first sheet."""
    sheet = "xl/worksheets/sheet1.xml"
    return cache(lambda: rezipped(pilot.FILE.read_bytes(), lambda name, data: change(data) if name == sheet else data))


def _far(sheet: Any) -> None:
    sheet["XFD1048576"] = "x"


def _wide(sheet: Any) -> None:
    for column in range(1, 16385):
        sheet.cell(1, column, "Groep")


def _long(sheet: Any) -> None:
    sheet.append(["persoon", "wonen-001"])
    for _ in range(20_000):
        sheet.append(["p1", "A"])


def _heads(sheet: Any) -> None:
    sheet.append(["Groep"] * 50)
    for _ in range(400):
        sheet.append(["x" * 300] * 50)


YAML_HURTS = {
    "deep lists": filled("["),
    "deep maps": filled("{a: "),
    "deep dashes": filled("- "),
    "deep keys": "".join(f"{' ' * n}a:\n" for n in range(700)).encode(),
    "many keys": numbered("k%d: 1\n"),
    "one key many times": filled("a: 1\n"),
    "many items": filled("- a\n", "opties:\n"),
    "many options": filled("  - {tekst: a, juist: true}\n", "id: wonen-001\nopties:\n"),
    "many anchors": numbered("- &a%d x\n"),
    "many aliases": filled("- *a\n", "a: &a [b]\nc:\n"),
    "many documents": filled("---\na: 1\n"),
    "many tags": filled("- !!x a\n"),
    "one long word": filled("x", "a: "),
    "one long key": filled("x", b"", ": 1"),
    "a long number": filled("9", "versie: "),
    "a long exponent": filled("9", "versie: 1e"),
    "only colons": filled(":"),
    "only quotes": filled('"'),
    "only single quotes": filled("'"),
    "an open quote": filled("a b ", 'stam: "'),
    "escapes": filled("\\x41", 'stam: "', '"'),
    "only percent": filled("%"),
    "only spaces": filled(" ", b"", "a"),
    "only tabs": filled("\t"),
    "only lines": filled("\n", b"", "a"),
    "only comments": filled("# a\n"),
    "a comment after each": filled("- a # b\n", "opties:\n"),
    "only question marks": filled("? "),
    "only pipes": filled("|\n"),
    "block of lines": filled("  een regel\n", "stam: |\n"),
    "folded lines": filled("  een regel\n", "stam: >\n"),
    "noise": bytes(range(256)) * 1024,
    "wide letters": filled("😀", "stam: "),
    "line separators": filled("\u2028", "stam: "),
    "returns": filled("\r", "stam: a"),
    "half pairs": filled(b"\xed\xa0\x80", b"stam: "),
    "wrong in every row": filled("  - tekst: [a]\n    juist: misschien\n", "id: wonen-001\nopties:\n"),
    "unknown in every row": numbered("onbekend%d: 1\n", "id: wonen-001\n"),
}
TEXT_HURTS = {
    "one word": filled("a"),
    "one word with a dash": filled("a-"),
    "one word with points": filled("a."),
    "apostrophes": filled("'a"),
    "short words": filled("a "),
    "no points": filled("de gemeente stuurt een brief "),
    "sentences": filled(TEXT),
    "one long compound": filled("verzekering"),
    "compounds": filled("arbeidsongeschiktheidsverzekeringsmaatschappij "),
    "numbers": filled("1234567890 "),
    "one number": filled("9"),
    "numbers with signs": filled("1.2,3-4/5 "),
    "dates": filled("12-05-2026 "),
    "brackets": filled("("),
    "markup": filled("**[a](b)** "),
    "open markup": filled("**["),
    "stars": filled("*"),
    "underscores": filled("_"),
    "backticks": filled("`"),
    "hashes": filled("#"),
    "lists": filled("- a\n"),
    "lines": filled("\n"),
    "spaces": filled(" "),
    "dots": filled("."),
    "dots and spaces": filled(". "),
    "questions": filled("?!"),
    "commas": filled("a, "),
    "subordinate": filled("omdat hij zegt dat zij denkt dat "),
    "passive": filled("er wordt door de gemeente een brief gestuurd "),
    "capitals": filled("Den Haag "),
    "capitals only": filled("DE GEMEENTE "),
    "abbreviations": filled("d.w.z. "),
    "addresses": filled("https://a.nl/b?c=d "),
    "arabic": filled("العربية "),
    "no spaces": filled("語"),
    "accents": filled("e\u0301"),
    "joiners": filled("👩\u200d👩\u200d👧 "),
    "soft hyphens": filled("a\u00ad"),
    "controls": bytes(range(32)) * 8192,
    "citations": filled("[bron:a] "),
    "quotes": filled("\u201ca\u2019 "),
    "tables": filled("| a | b |\n"),
    "html": filled("<b>a</b>"),
    "open tags": filled("<"),
}
ANSWER_HURTS: dict[str, dict[str, Made]] = {
    "a.csv": {
        "columns": filled(";", "persoon"),
        "columns with names": numbered("v%d;", "persoon;"),
        "rows": filled("p1;A;B;C;A\n", CSV),
        "rows of one": filled("a\n", CSV),
        "wide rows": filled(";" * 2000 + "\n", CSV),
        "long format": numbered("p%d;wonen-001;A\n", "persoon;item;optie\n"),
        "an open quote": filled("a;", CSV + '"'),
        "quotes": filled('"'),
        "quoted lines": filled('"a\n";', CSV),
        "nulls": filled("\0"),
        "tabs": filled("\t"),
        "commas": filled(","),
        "one cell": filled("x", "persoon;wonen-001\np1;"),
        "names": filled("Jan Jansen;A;A;A;A\n", CSV),
        "mail": numbered("jan%d@school.nl;A;A;A;A\n", CSV),
        "numbers": numbered("%d;1;0;1;0\n", CSV),
        "utf-16": CSV.encode("utf-16") * 200,
        "noise": bytes(range(256)) * 1024,
        "heads": filled("persoon;", "persoon"),
        "moodle": filled("Vraag 1;Antwoord 1;", "Achternaam;Voornaam;"),
        "wrong letters": filled("p1;Z;Z;Z;Z\n", CSV),
    },
    "a.xml": {
        "deep": filled("<a>"),
        "deep and closed": b"<a>" * 30_000 + b"</a>" * 30_000,
        "bomb": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
        + b"".join(b'<!ENTITY c%d "%s">' % (n, (b"&c%d;" % (n - 1) if n else b"&b;") * 10) for n in range(12))
        + b"]><a>&c11;</a>",
        "attributes": numbered(' a%d=""', "<a", LARGE - 2) + b"/>",
        "items": QTI.replace("<itemResult", "<x/>" * 60_000 + "<itemResult").encode()[:LARGE],
        "many results": (QTI.partition("<itemResult")[0] + QTI[QTI.index("<itemResult") : -20] * 500).encode()[:LARGE],
        "good": QTI.encode(),
    },
    "a.xlsx": {
        "far cell": lambda: book(_far),
        "wide": lambda: book(_wide),
        "long": lambda: book(_long),
        "text": lambda: book(_heads),
        "no workbook": filled("PK\x03\x04"),
        "cut": pilot.FILE.read_bytes()[:3000],
    },
}  # fmt: skip
BOMB = _sheet(lambda data: data.replace(b"</sheetData>", b"<row><c/></row>" * 2_000_000 + b"</sheetData>"))  # fmt: skip
BOOK_HURTS: dict[str, Made] = {
    "far cell": lambda: book(_far),
    "wide": lambda: book(_wide),
    "long": lambda: book(_long),
    "text": lambda: book(_heads),
    "good": pilot.FILE.read_bytes(),
    "cut": pilot.FILE.read_bytes()[:-500],
    "rows without end": BOMB,
    "an empty sheet": _sheet(lambda data: b""),
    "no xml": _sheet(lambda data: filled("<")),
    "deep xml": _sheet(lambda data: filled("<row>")),
    "an entity": _sheet(
        lambda data: data.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/passwd">]><worksheet', 1),
    ),
    "numbers without end": _sheet(lambda data: data.replace(b"<v>", b"<v>9e9")),
    "merged": _sheet(
        lambda data: data.replace(
            b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    ),
    "a size that is not so": _sheet(
        lambda data: data.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    ),
    "noise": bytes(range(256)) * 1024,
    "nothing": b"",
}  # fmt: skip
_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320"><rect width="480" height="320" fill="#fff"/>'
SVG_SIZE = 199 * 1024  # more is refused at once
PICTURE_HURTS = {
    "a.svg": {
        "deep": filled("<g>", _OPEN, size=SVG_SIZE),
        "deep and closed": (_OPEN + "<g>" * 28_000 + "</g>" * 28_000 + "</svg>").encode(),
        "shapes": filled('<rect width="1"/>', _OPEN, "</svg>", SVG_SIZE),
        "wrong shapes": filled("<a/>", _OPEN, "</svg>", SVG_SIZE),
        "unknown shapes": numbered("<a%d/>", _OPEN, SVG_SIZE) + b"</svg>",
        "attributes": numbered(' a%d="url(x"', _OPEN + "<g", SVG_SIZE) + b"/></svg>",
        "path": filled("M0 0", _OPEN + '<path d="', '"/></svg>', SVG_SIZE),
        "urls": filled("url( ", _OPEN + '<path fill="', '"/></svg>', SVG_SIZE),
        "box": filled("0", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ', ' 1"/>', SVG_SIZE),
        "box of points": filled("0 ", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="', '"/>', SVG_SIZE),
        "width": filled("9", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="', '"/></svg>', 999),
        "open tags": filled("<", size=SVG_SIZE),
        "questions": filled("<?", _OPEN, size=SVG_SIZE),
        "encodings": filled("encoding = ", _OPEN, size=SVG_SIZE),
        "names": filled("x", _OPEN + "<", "/></svg>", SVG_SIZE),
        "spaces of names": numbered(' xmlns:a%d="b"', "<svg", SVG_SIZE) + b"/>",
        "bomb": b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaa">]><svg>&a;</svg>',
        "unknown letters": b'<?xml version="1.0" encoding="utf-7"?><svg/>',
        "nothing": b"",
        "large": filled("<g/>", _OPEN, "</svg>"),
    },
    "a.png": {
        "noise": filled("\x89PNG\r\n\x1a\n"),
        "cut": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00",
        "large": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff",
    },
}  # fmt: skip
# What a random run found, by reader and name of the file. It stays here.
FOUND: dict[str, list[tuple[str, bytes]]] = {}

HURTS: list[tuple[str, str, str, Made]] = [
    *(("yaml", "items/wonen/wonen-001.yaml", name, content) for name, content in YAML_HURTS.items()),
    *(("yaml", "content/lessen/wonen/a.yaml", f"les, {name}", YAML_HURTS[name]) for name in ("many items", "many keys")),
    *(("tidy", "items/wonen/wonen-001.yaml", name, content) for name, content in YAML_HURTS.items()),
    *(("language", "a.txt", name, content) for name, content in TEXT_HURTS.items()),
    *(("answers", file, name, content) for file, given in ANSWER_HURTS.items() for name, content in given.items()),
    *((target, "a.xlsx", name, content) for target in ("visits", "evaluation") for name, content in BOOK_HURTS.items()),
    *(("picture", file, name, content) for file, given in PICTURE_HURTS.items() for name, content in given.items()),
    *(
        ("intake", file, name, content)
        for file, given in {**ANSWER_HURTS, "a.txt": TEXT_HURTS, "a.json": YAML_HURTS, "b.xlsx": BOOK_HURTS}.items()
        for name, content in given.items()
        if (ROOT / "builder" / "intake").is_dir()
    ),
    *((target, file, f"found {n}", content) for target, given in FOUND.items() for n, (file, content) in enumerate(given)),
]  # fmt: skip


@pytest.mark.parametrize("target", sorted({hurt[0] for hurt in HURTS}))
def test_what_is_meant_to_hurt(reader: Reader, target: str) -> None:
    bad = []
    for one, file, name, content in HURTS:
        if one == target:
            told = reader.meet(one, file, content_of(content))
            if told["error"] or told["seconds"] > SECONDS:
                bad.append(f"{file}, {name}: {told['seconds']:.1f} s {told['error']}")
    assert bad == []


def test_every_reader_is_met(reader: Reader) -> None:
    assert {hurt[0] for hurt in HURTS} == set(reader.targets)


def test_the_limits_are_felt(reader: Reader) -> None:
    """A reader that raises, eats memory, never ends or takes its process along is seen, and the next one is well."""
    assert reader.meet("faulty", "memory", b"")["error"] == "more than 200 MB"
    assert reader.meet("faulty", "time", b"") == {"seconds": 4, "error": "never ends"}
    assert "ended with" in reader.meet("faulty", "end", b"")["error"]
    assert "ValueError: raises" in reader.meet("faulty", "raises", b"")["error"]
    assert reader.meet("picture", "a.svg", SVG)["error"] == ""


# What chance makes of good files

PIECES = st.sampled_from(
    [b"\n", b" ", b"\t", b":", b"- ", b"[", b"{", b'"', b"'", b"<", b">", b"&", b";", b",", b"*", b"\0", b"\xff",
     "é".encode(), "😀".encode(), b"9" * 30, b"-1", b"1e999", b"NaN", b"=1+1", b"]]>", b"<!--", b"%", b"\r", b"|"]
) | st.binary(max_size=6)  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES, st.integers(1, 400)), max_size=8)
Edits = list[tuple[float, int, bytes, int]]


def edited(content: bytes, edits: Edits) -> bytes:
    """Return the content with pieces cut out and others put in, some of them many times."""
    for place, cut, piece, times in edits:
        at = int(place * len(content))
        content = content[:at] + piece * times + content[at + cut :]
    return content[:LARGE]


SEEDS: dict[str, list[tuple[str, bytes]]] = {
    "yaml": [("items/wonen/wonen-001.yaml", ITEM), ("content/lessen/gezondheid/a.yaml", LES)],
    "tidy": [("items/wonen/wonen-001.yaml", ITEM)],
    "language": [("a.txt", TEXT.encode() * 3)],
    "answers": [("a.csv", CSV.encode()), ("a.xml", QTI.encode())],
    "visits": [("a.xlsx", pilot.FILE.read_bytes())],
    "evaluation": [("a.xlsx", pilot.FILE.read_bytes())],
    "picture": [("a.svg", SVG)],
}
SHORT = {"yaml": 60, "tidy": 40, "language": 40, "answers": 60, "visits": 20, "evaluation": 15, "picture": 60}


def chance(reader: Reader, target: str, examples: int) -> None:
    """Let chance change good files, until one breaks the reader; hypothesis makes it small."""

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.sampled_from(SEEDS[target]), EDITS, st.integers(0, 30))
    def look(seed: tuple[str, bytes], edits: Edits, member: int) -> None:
        name, content = seed
        if name.endswith(".xlsx") and member:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = archive.namelist()
            chosen = names[member % len(names)]
            made = rezipped(content, lambda inner, data: edited(data, edits) if inner == chosen else data)
        else:
            made = edited(content, edits)
        judge(reader, target, name, made)

    look()


@pytest.mark.parametrize("target", SEEDS)
def test_what_chance_makes_of_good_files(reader: Reader, target: str) -> None:
    chance(reader, target, SHORT[target])


@pytest.mark.audit
@pytest.mark.parametrize("target", SEEDS)
def test_what_chance_makes_of_good_files_for_long(reader: Reader, target: str) -> None:
    chance(reader, target, SHORT[target] * 100)
