"""Everything from outside is hostile: whatever comes in, a sentence comes out, soon and in little memory."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from builder import yaml_writing
from builder.admission import picture_beside
from builder.intake import reading
from builder.intake.draft import Wishes
from builder.intake.plan import plan
from builder.loading.read import parse
from builder.model.itembank import Itembank
from builder.project import Project
from builder.repicture import Studio, Unfit
from tests.conftest import ROOT
from tests.intake.conftest import GOOD, HEAD, messages, moodle, multichoice, png, verdicts
from tests.intake.test_other_programs import GIFT, QTI3, choice2, qti2
from tests.intake.test_table import HEADS, ROW, workbook
from tests.zips import zipped

QUARTER = 256 * 1024


def refusal(name: str, data: bytes) -> str:
    delivery = reading.read(name, data)
    assert delivery.refused
    assert len(delivery.remarks) == 1
    told = delivery.remarks[0]
    assert told.message.endswith(".")
    return f"{told.rule.code} {told.message}"


# ---------------------------------------------------------------- zip


@pytest.mark.parametrize(
    "name",
    ["../x.xml", "a/../../x.xml", "/etc/x.xml", "C:x.xml", "a\\..\\x.xml", "\\\\server\\x.xml", "a\nb.xml"],
)
def test_a_name_that_leads_outside(name: str) -> None:
    assert refusal("p.zip", zipped({"a.xml": "<x/>", name: "<x/>"})).startswith("I403")


def test_links_passwords_doubles_and_odd_packing() -> None:
    link = zipfile.ZipInfo("a.xml")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "verwijzing" in refusal("p.zip", out.getvalue())
    locked = bytearray(zipped({"a.xml": "<x/>"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "wachtwoord" in refusal("p.zip", bytes(locked))
    with pytest.warns(UserWarning):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.xml", "<x/>")
            archive.writestr("a.xml", "<y/>")
    assert "twee keer" in refusal("p.zip", out.getvalue())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", "<x/>")
    assert "ongewone manier" in refusal("p.zip", out.getvalue())


def test_a_zip_bomb_is_never_unpacked() -> None:
    bomb = zipped({f"{number}.xml": b"0" * 2_000_000 for number in range(40)})
    assert len(bomb) < QUARTER
    start = time.process_time()
    assert refusal("p.zip", bomb).startswith("I402")
    assert time.process_time() - start < 0.5
    many = zipped({f"{number}.xml": "" for number in range(3001)})
    assert "3001 bestanden" in refusal("p.zip", many)


def test_a_zip_that_lies_about_its_size() -> None:
    honest = zipped({"item.xml": b"<assessmentItem>" + b" " * 900_000})
    place = honest.index(b"PK\x01\x02") + 24
    liar = honest[:place] + (20).to_bytes(4, "little") + honest[place + 4 :]
    assert refusal("p.zip", liar)[:4] in ("I405", "I408")


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_half_a_zip(cut: int) -> None:
    assert refusal("p.zip", zipped({"a.xml": QTI3})[:-cut]).startswith("I405")


# ---------------------------------------------------------------- XML

BOMB = (
    '<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "head",
    [BOMB, OUTSIDE, '<!DOCTYPE quiz SYSTEM "http://voorbeeld.nl/x.dtd">', "<!-- x --><?y z?>" + OUTSIDE],
)
def test_entities_are_refused_in_every_encoding(head: str, encoding: str) -> None:
    text = f"{head}<quiz><question><x>&i;</x></question></quiz>"
    assert refusal("m.xml", text.encode(encoding)).startswith("I404")


def test_entities_in_a_package_and_in_a_workbook(voorbeeld: Project) -> None:
    _, entries = verdicts(
        voorbeeld,
        "p.zip",
        zipped({"item.xml": OUTSIDE.replace("quiz", "assessmentItem") + qti2(choice2()).partition("?>")[2]}),
    )
    assert "DOCTYPE" in messages(entries[0])
    good = workbook(HEADS, ROW)
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"):
        bad = {
            **parts,
            name: OUTSIDE.encode() + parts[name].partition(b"?>")[2]
            if parts[name].startswith(b"<?")
            else OUTSIDE.encode() + parts[name],
        }
        assert refusal("v.xlsx", zipped(bad)).startswith("I404"), name


def test_a_doctype_inside_the_text_of_a_question_is_text(voorbeeld: Project) -> None:
    _, entries = verdicts(
        voorbeeld, "m.xml", moodle(multichoice("<!DOCTYPE html><p>Wie leest de meter af?</p>"))
    )
    assert entries[0].question.stem == "Wie leest de meter af?"


def test_xml_that_is_deep_or_wide_or_claims_an_odd_encoding() -> None:
    assert refusal("m.xml", b"<quiz>" + b"<a>" * 50_000).startswith("I405")
    assert refusal("m.xml", b"<quiz>" + b"<a/>" * 200_001 + b"</quiz>").startswith("I402")
    for claim in ("utf-7", "cp037", "rot13", "x" * 30):
        data = f'<?xml version="1.0" encoding="{claim}"?><quiz><question type="essay"/></quiz>'.encode()
        assert not reading.read("m.xml", data).refused
    assert refusal("m.xml", b"<quiz>\xff\xfe\x00</quiz>").startswith("I405")


# ---------------------------------------------------------------- text in questions


def test_nothing_of_a_script_or_a_bidi_trick_gets_in(voorbeeld: Project) -> None:
    stem = '<p onclick="x()">Wie leest\u202e de\u200b meter\u0007 af?</p><script>x()</script><style>p{}</style><svg onload="x()"><text>y</text></svg>'
    _, entries = verdicts(voorbeeld, "m.xml", moodle(multichoice(stem.replace("\u0007", ""))))
    assert entries[0].item()[0]["stam"] == "Wie leest de meter af?"
    row = GOOD.replace("meter", "me\u001b[31mter")
    _, entries = verdicts(voorbeeld, "v.csv", f"{HEAD}\n{row}".encode())
    assert "\u001b" not in json.dumps(entries[0].item()[0], ensure_ascii=False)


@pytest.mark.parametrize("depth", [100, 5_000, 60_000])
def test_deep_html(voorbeeld: Project, depth: int) -> None:
    start = time.process_time()
    verdicts(voorbeeld, "m.xml", moodle(multichoice("<div>" * depth + "Wie leest de meter af?")))
    assert time.process_time() - start < 5


def test_names_of_files_beside_stay_beside(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "geheim.png").write_bytes(b"x")
    (tmp_path / "in/goed.png").write_bytes(b"y")
    (tmp_path / "in/link.png").symlink_to(tmp_path / "geheim.png")
    (tmp_path / "in/map.png").mkdir()
    (tmp_path / "in/sleutel.txt").write_bytes(b"z")
    os.mkfifo(tmp_path / "in/pijp.png")
    folder = tmp_path / "in"
    assert picture_beside(folder, "goed.png") == b"y"
    for name in (
        "../geheim.png",
        str(tmp_path / "geheim.png"),
        "link.png",
        "map.png",
        "sleutel.txt",
        "pijp.png",
        "weg.png",
        "x\0.png",
        "a" * 300 + ".png",
        "..",
        "",
    ):
        assert picture_beside(folder, name) is None, name


# ---------------------------------------------------------------- pictures


def test_pictures_are_made_anew() -> None:
    out = io.BytesIO()
    picture = Image.new("RGB", (40, 20), "#00aa00")
    exif = picture.getexif()
    exif[0x0112], exif[0x010E] = 6, "Thuis, Dorpsstraat 1"
    picture.save(out, "JPEG", exif=exif, comment=b"geheim")
    made = Studio(1000).fit("foto.jpg", out.getvalue())
    assert made.suffix == "png"
    assert b"Dorpsstraat" not in made.data
    assert b"geheim" not in made.data
    assert Image.open(io.BytesIO(made.data)).size == (20, 40)  # turned upright
    again = Studio(1000).fit("foto.png", made.data)
    assert again.data == made.data  # so that reading it again changes nothing
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    shown = Image.open(io.BytesIO(Studio(1000).fit("x.png", out.getvalue()).data))
    assert (shown.mode, shown.getpixel((0, 0))) == ("RGB", (255, 255, 255))
    assert max(Image.open(io.BytesIO(Studio(1000).fit("x.png", png(3000, 1000)).data)).size) == 1600


def bomb_png(width: int, height: int) -> bytes:
    """A PNG of one colour: some kilobytes on disk, a gigabyte when opened."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(b"\0" * (width + 1) * min(height, 2000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.png", bomb_png(30_000, 30_000), "te groot"),
        ("x.png", bomb_png(4000, 3000)[:-30], "beschadigd"),
        ("x.png", b"", "leeg"),
        ("x.png", b"geen plaatje", "geen PNG"),
        ("x.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "beschadigd"),
        ("x.tif", b"II*\0" + b"0" * 100, "geen PNG"),
        (
            "x.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x</script></svg>',
            "script",
        ),
        ("x.svg", f"{BOMB}<svg/>".encode(), "DOCTYPE"),
        ("x.png", b'<svg onload="x()"/>', "kan niet"),
        ("x.png", b"0" * (5 * 1024 * 1024 + 1), "Ten hoogste"),
    ],
    ids=range(10),
)
def test_pictures_that_are_not_fit(name: str, data: bytes, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        Studio(1000).fit(name, data)


def test_many_huge_pictures_in_a_small_file() -> None:
    studio = Studio(1000)
    start = time.process_time()
    with pytest.raises(Unfit, match="samen te groot"):
        for number in range(100):
            studio.fit("x.png", png(3000, 3000, f"#0000{number:02x}"))
    assert time.process_time() - start < 5


# ---------------------------------------------------------------- sheets


def test_a_cell_in_the_last_row_and_column_of_excel(voorbeeld: Project) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Vragen"
    for row in (HEADS, ROW):
        sheet.append(list(row))
    sheet["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    start = time.process_time()
    assert refusal("v.xlsx", out.getvalue()).startswith("I402")
    assert time.process_time() - start < 3


def test_formulas_never_get_in(voorbeeld: Project) -> None:
    for formula in ('=HYPERLINK("http://voorbeeld.nl")', "=cmd|'/c calc'!A0", "=1+1"):
        row = [*ROW]
        row[4] = formula
        _, entries = verdicts(voorbeeld, "v.xlsx", workbook(HEADS, tuple(row)))
        assert "formule" in messages(entries[0])
        assert entries[0].id == ""


# ---------------------------------------------------------------- limits on time and memory

CHILD = """
import resource, sys, time
from pathlib import Path
from builder.intake import reading
from builder.intake.draft import Wishes
from builder.intake.plan import plan
from builder.loading.load import load
from builder.project import find_project
bank = load(find_project(Path(sys.argv[1])))[0]
data = Path(sys.argv[2]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
entries = plan(reading.read(sys.argv[2], data), len(data), bank, Wishes(), ())
print(len(entries), time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def _rows() -> bytes:
    return "\n".join([HEAD, *(GOOD.replace("meter", f"meter {number}") for number in range(2000))]).encode()[:QUARTER]


def _with_pictures() -> bytes:
    colours = [png(1600, 1200, f"#00{number:02x}00") for number in range(20)]
    pictures = [
        multichoice(
            f'<p>Wie is {place}?</p><img src="@@PLUGINFILE@@/a.png" alt="x">',
            files=f'<file name="a.png" encoding="base64">{base64.b64encode(data).decode()}</file>',
        )
        for place, data in enumerate(colours)
    ]
    return moodle(*pictures)[: QUARTER * 4]


def _many_gift() -> bytes:
    return "\n\n".join(f"::v{n}::Wie leest meter {n}? {{=a{n} ~b ~c}}" for n in range(5000)).encode()[:QUARTER]


def _many_qti() -> bytes:
    return zipped({f"{n}.xml": qti2(choice2(f"<prompt>Wie leest {n}?</prompt>")) for n in range(250)})


# Inputs of at most 256 kB, each made to cost as much as it can; only the one that is wanted is made.
BIG: dict[str, Callable[[], bytes]] = {
    "rijen.csv": _rows,
    "aanhalingstekens.csv": lambda: (HEAD + "\n" + '"' * QUARTER).encode()[:QUARTER],
    "vragen.gift": _many_gift,
    "accolades.gift": lambda: (b"{" * 100_000 + b"=~#" * 50_000)[:QUARTER],
    "schuin.gift": lambda: b"\\" * QUARTER,
    "moodle.xml": lambda: moodle(*(multichoice(f"<b>Wie {n}?</b>") for n in range(250)))[:QUARTER],
    "plaatjes.xml": _with_pictures,
    "diep.xml": lambda: moodle(*[multichoice("<div>" * 20_000)] * 2),
    "klein.xml": lambda: moodle(multichoice("&amp;" * 40_000)),
    "items.zip": _many_qti,
    "leeg.zip": lambda: zipped({f"{n}.xml": b" " * 20_000 for n in range(2500)})[:QUARTER],
    "lijst.json": lambda: (b'{"vorm": 1, "items": [' + b"{}," * 80_000 + b"{}]}")[:QUARTER],
    "lagen.json": lambda: b"[" * QUARTER,
    "cijfers.json": lambda: b'{"vorm": 1, "items": [' + b"9" * 200_000 + b"]}",
    "werkblad.xlsx": lambda: workbook(HEADS, *[ROW] * 1900),
}


@pytest.mark.parametrize("name", sorted(BIG))
def test_a_quarter_megabyte_takes_two_seconds_and_200_mb_at_most(
    name: str, tmp_path: Path, voorbeeld: Project
) -> None:
    folder = tmp_path / "bank"
    folder.mkdir()
    for part in ("content", "items", "knm.toml"):
        (folder / part).symlink_to(voorbeeld.root / part)
    (folder / "schemas").symlink_to(ROOT / "schemas")
    file = tmp_path / name
    file.write_bytes(BIG[name]())
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    _, seconds, megabytes = map(float, ran.stdout.split())
    assert seconds <= 2, f"{seconds:.2f} s"
    assert megabytes <= 200, f"{megabytes:.0f} MB"


# ---------------------------------------------------------------- anything at all

SEEDS = {
    "v.csv": f"{HEAD}\n{GOOD}\n".encode(),
    "m.xml": moodle(multichoice(), multichoice("<p>a</p><img src='x.png'>", files='<file name="x.png">eA==</file>')),
    "v.gift": GIFT.encode(),
    "i.xml": QTI3.encode(),
    "p.zip": zipped({"item.xml": qti2(choice2())}),
    "v.xlsx": workbook(HEADS, ROW),
    "t.json": json.dumps(
        {"vorm": 1, "items": [{"id": "wonen-001", "stam": "a", "opties": [{"tekst": "b", "juist": True}], "bronnen": [{"id": "x"}],
         "trefwoorden": ["a"], "afbeelding": {"bestand": "x.png", "alt": "y"}}], "plaatjes": [{"item": "wonen-001", "bestand": "x.png", "inhoud": "eA=="}],
         "bronnen": [{"id": "x", "titel": "y"}]}
    ).encode(),
}  # fmt: skip
RUNS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def never_a_traceback(name: str, data: bytes, bank: Itembank) -> None:
    delivery = reading.read(name, data)
    entries = plan(delivery, len(data), bank, Wishes(eindterm="3.1.2"), ())
    assert delivery.refused or len(entries) == len(delivery.questions) > 0
    for entry in entries:
        for found in entry.findings:
            assert found.diagnostic(name).message.encode("utf-8")  # no half letters
            assert found.spot.line >= 1


@RUNS
@given(name=st.sampled_from([*SEEDS, "zonder"]), data=st.binary(max_size=2000))
def test_random_bytes(voorbeeld_bank: Itembank, name: str, data: bytes) -> None:
    never_a_traceback(name, data, voorbeeld_bank)


@RUNS
@given(
    name=st.sampled_from(sorted(SEEDS)),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 12)), min_size=1, max_size=8
    ),
)
def test_damaged_files(voorbeeld_bank: Itembank, name: str, edits: list[tuple[float, bytes, int]]) -> None:
    data = SEEDS[name]
    for where, put, gone in edits:
        place = int(where * len(data))
        data = data[:place] + put + data[place + gone :]
    never_a_traceback(name, data, voorbeeld_bank)


@RUNS
@given(st.lists(st.lists(st.text(max_size=20), max_size=11), max_size=5))
def test_random_rows(voorbeeld_bank: Itembank, rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADS, *rows])
    never_a_traceback("v.csv", out.getvalue().encode("utf-8", "surrogatepass"), voorbeeld_bank)


_NAMES = st.sampled_from(
    "quiz question questiontext text answer feedback file tags tag name single assessmentItem itemBody prompt simpleChoice "
    "choiceInteraction responseDeclaration correctResponse value mapping mapEntry modalFeedback p img table li object".split()
)
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["type", "fraction", "format", "identifier", "src", "alt", "cardinality", "responseIdentifier", "mappedValue", "mapKey", "href"]),
    st.sampled_from(["", "multichoice", "100", "-1e999", "nan", "inf", "html", "RESPONSE", "A", "../x", "data:image/png;base64,x", "image/png"]),
    max_size=3,
)  # fmt: skip


@st.composite
def _xml(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(_NAMES)
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in draw(_ATTRIBUTES).items())
    inner = escape(draw(st.text(st.characters(min_codepoint=32, max_codepoint=0x2000), max_size=12)))
    if depth < 4:
        inner += "".join(draw(st.lists(_xml(depth + 1), max_size=3)))
    return f"<{name}{attributes}>{inner}</{name}>"


@RUNS
@given(st.sampled_from(["quiz", "assessmentItem", "qti-assessment-item"]), st.lists(_xml(), max_size=4))
def test_random_xml(voorbeeld_bank: Itembank, root: str, parts: list[str]) -> None:
    never_a_traceback("x.xml", f"<{root}>{''.join(parts)}</{root}>".encode(), voorbeeld_bank)


@RUNS
@given(st.text(alphabet="{}=~#:%\\/-> \n[]htmlTRUEF$CATEGORY1.5a", max_size=200))
def test_random_gift(voorbeeld_bank: Itembank, text: str) -> None:
    never_a_traceback("v.gift", text.encode(), voorbeeld_bank)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["id", "stam", "opties", "tekst", "juist", "bronnen", "afbeelding", "bestand", "trefwoorden", "eindterm", "soort", "vijanden"]),
        inner, max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@RUNS
@given(st.lists(_JSON, max_size=4), _JSON, _JSON)
def test_random_json(
    voorbeeld_bank: Itembank, items: list[object], pictures: object, bronnen: object
) -> None:
    data = json.dumps({"vorm": 1, "items": items, "plaatjes": pictures, "bronnen": bronnen})
    never_a_traceback("t.json", data.encode(), voorbeeld_bank)


@settings(RUNS, max_examples=25)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=6, max_size=6))
def test_any_words_give_an_item_that_loads_or_a_message(voorbeeld: Project, words: list[str]) -> None:
    rows = [["1", "3.1.2", words[0], words[1], words[2], words[3], words[4], "", words[5], "", "A"]]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADS, *rows])
    delivery, entries = verdicts(voorbeeld, "v.csv", out.getvalue().encode())
    for entry in entries:
        if entry.id:
            data, _ = entry.item()
            read, _, found = parse("items/wonen/x.yaml", yaml_writing.dump(data, "x").encode())
            assert (read, found) == (data, [])
        else:
            assert entry.findings
    assert entries or delivery.refused


def test_what_gets_in_reads_back_as_it_was(voorbeeld: Project) -> None:
    """Words that YAML or our reader could take for something else stay text."""
    odd = [
        "no",
        "12:30",
        "~",
        "null",
        "1_000",
        "0x1F",
        "- x",
        "a: b",
        "#x",
        "'",
        '"',
        "*x",
        "&x",
        "!x",
        "%x",
        "@x",
        "`x",
        "1e3",
        "TRUE",
        "=",
        "| x",
        "[x",
        "{x",
    ]
    row = GOOD.split(";")
    lines = [HEAD]
    for number, text in enumerate(odd):
        cells = [*row]
        cells[3], cells[4] = f"Wat staat hier bij nummer {number}?", text
        lines.append(";".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    _, entries = verdicts(voorbeeld, "v.csv", "\n".join(lines).encode())
    for entry, text in zip(entries, odd, strict=True):
        assert entry.id, (text, messages(entry))
        data, _ = entry.item()
        read, _, found = parse("items/wonen/x.yaml", yaml_writing.dump(data, "x").encode())
        assert not found
        assert read == data
        assert data["opties"][0]["tekst"] == text
