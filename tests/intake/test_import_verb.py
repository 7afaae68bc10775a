"""`knm import` and `knm template`: dry by default, nothing overwritten, whole or not at all, the same again says so."""

from __future__ import annotations

import ast
import base64
import hashlib
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from builder import admission, artifacts
from builder.loading.load import load
from builder.project import find_project
from tests.conftest import ROOT
from tests.intake.conftest import GOOD, HEAD, moodle, multichoice, png
from tests.verbs import knm

TODAY = ("--today", "2026-11-25")
SECOND = (
    "2;3.2.1;;In welke bak gaat een oude krant?;De bak voor papier;;De bak voor glas;;De bak voor eten;;A"
)
WRONG = "3;3.1.2;;Wie maakt de deur?;De verhuurder;;De buurman;;De postbode;;"


@pytest.fixture
def inbox(bank_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files that came in; the command runs in the bank."""
    monkeypatch.chdir(bank_folder)
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def snapshot(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def put(folder: Path, name: str, *rows: str) -> Path:
    file = folder / name
    file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return file


def test_dry_by_default(inbox: Path, bank_folder: Path) -> None:
    file = put(inbox, "v.csv", GOOD, WRONG)
    before = snapshot(bank_folder), snapshot(inbox)
    result = knm("import", file, *TODAY)
    assert (snapshot(bank_folder), snapshot(inbox)) == before
    assert result.exit_code == 1
    assert "Regel 2: klaar. Wordt wonen-004, bij eindterm 3.1.2." in result.output
    assert "fout I503  Regel 3, kolom K: er is geen goed antwoord gekozen." in result.output
    assert "v.csv (CSV), 2 vragen: 1 klaar, 1 kan nog niet." in result.output
    assert "Er is nog niets veranderd." in result.output


def test_write_adds_and_changes_nothing_that_was_there(inbox: Path, bank_folder: Path) -> None:
    file = put(inbox, "v.csv", GOOD, WRONG, SECOND)
    before = snapshot(bank_folder)
    result = knm("import", file, "--write", *TODAY)
    assert result.exit_code == 1
    after = snapshot(bank_folder)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"items/wonen/wonen-004.yaml", "items/wonen/wonen-005.yaml"}
    bank, found = load(find_project(bank_folder))
    assert not found
    assert bank.item("wonen-004").status == "concept"
    assert bank.item("wonen-005").stam == "In welke bak gaat een oude krant?"
    assert knm("check", *TODAY).exit_code == 0
    assert sorted(path.name for path in inbox.iterdir()) == ["v-terug.xlsx", "v.csv"]


def test_the_same_file_again(inbox: Path, bank_folder: Path) -> None:
    file = put(inbox, "v.csv", GOOD, SECOND)
    assert knm("import", file, "--write", *TODAY).exit_code == 0
    before = snapshot(bank_folder)
    result = knm("import", file, "--write", *TODAY)
    assert result.exit_code == 0
    assert "2 staan er al" in result.output
    assert snapshot(bank_folder) == before
    # the answers in another order, other spaces and capitals: still the same question
    shuffled = "9;3.1.2;;Wie  leest de METER af?;De postbode;;De huurder;;De buurman;;B"
    assert "staat er al, als wonen-004" in knm("import", put(inbox, "w.csv", shuffled), *TODAY).output
    # another text under its own number: named, and never written over
    changed = GOOD.replace("Wie leest de meter af?", "Wie leest de gasmeter af?")
    result = knm("import", put(inbox, "x.csv", changed), "--write", *TODAY)
    assert "I510" in result.output
    assert "staat er al als wonen-004, maar anders: de vraag." in result.output
    assert snapshot(bank_folder) == before
    # the same number from somebody else, for another question
    other = "1;4.1.1;;Waar koop je een bril?;Bij de opticien;;Bij de bakker;;Bij de slager;;A"
    assert "klaar. Wordt gezondheid-004" in knm("import", put(inbox, "y.csv", other), *TODAY).output


def test_the_same_question_twice_in_one_file(inbox: Path) -> None:
    output = knm("import", put(inbox, "v.csv", GOOD, "7" + GOOD[1:]), *TODAY).output
    assert "Regel 3: staat er al, als wonen-004." in output
    bad = GOOD.replace("De buurman", "De huurder")
    output = knm("import", put(inbox, "w.csv", bad, bad), *TODAY).output
    assert "2 kunnen nog niet" in output
    assert "staat eerder in dit bestand ook" in output


def test_numbers_are_never_given_twice_and_none_is_left_open(inbox: Path, bank_folder: Path) -> None:
    (bank_folder / "items/wonen/wonen-007.png").write_bytes(png())  # left by something that was killed
    equal = GOOD.replace("De buurman", "De huurder")
    assert "Wordt wonen-008" in knm("import", put(inbox, "v.csv", equal, SECOND), *TODAY).output


def test_a_write_that_fails_leaves_whole_questions(
    inbox: Path, bank_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = artifacts.create_file

    def full(target: Path, content: bytes) -> bool:
        if target.name == "wonen-005.yaml":
            raise artifacts.WriteError("wonen-005.yaml is niet geschreven. De schijf is vol.")
        return real(target, content)

    monkeypatch.setattr(admission, "create_file", full)
    result = knm("import", put(inbox, "v.csv", GOOD, SECOND), "--write", *TODAY)
    assert result.exit_code == 2
    assert "De schijf is vol. Klaar zijn er 1." in result.output
    bank, found = load(find_project(bank_folder))
    assert not found
    assert "wonen-004" in bank.items
    monkeypatch.setattr(admission, "create_file", real)
    output = knm("import", inbox / "v.csv", "--write", *TODAY).output
    assert "1 klaar, 1 staat er al" in output


def test_a_file_that_appeared_meanwhile_is_not_overwritten(
    inbox: Path, bank_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = admission.judged

    def meanwhile(*arguments: object) -> object:
        entries = real(*arguments)  # type: ignore[arg-type]
        (bank_folder / "items/wonen/wonen-004.yaml").write_text("van een collega", encoding="utf-8")
        return entries

    monkeypatch.setattr(admission, "judged", meanwhile)
    result = knm("import", put(inbox, "v.csv", GOOD), "--write", *TODAY)
    assert result.exit_code == 2
    assert "is er intussen al" in result.output
    assert (bank_folder / "items/wonen/wonen-004.yaml").read_text(encoding="utf-8") == "van een collega"


def test_pictures_lie_beside_their_item(inbox: Path, bank_folder: Path) -> None:
    (inbox / "meter.jpg").write_bytes(png(form="JPEG"))
    head = f"{HEAD};Plaatje;Beschrijving van het plaatje"
    (inbox / "v.csv").write_text(f"{head}\n{GOOD};meter.jpg;Een meter.\n", encoding="utf-8")
    free = ("--picture-maker", "redactie", "--picture-licence", "CC0 1.0")
    assert knm("import", inbox / "v.csv", "--write", *free, *TODAY).exit_code == 0
    bank, found = load(find_project(bank_folder))
    assert not found
    assert bank.picture("wonen-004", "wonen-004.png").media_type == "image/png"
    assert bank.item("wonen-004").afbeelding is not None


def test_what_cannot_go_in_comes_back_beside_the_file(inbox: Path) -> None:
    stem = '<p>Wie leest de meter af?</p><img src="data:image/png;base64,{}" alt="Een meter.">'
    (inbox / "m.xml").write_bytes(
        moodle(multichoice(stem.format(base64.b64encode(png()).decode()), tags="huis"))
    )
    assert knm("import", inbox / "m.xml", "--write", *TODAY).exit_code == 1
    assert sorted(path.name for path in inbox.iterdir()) == ["m-terug-1.png", "m-terug.xlsx", "m.xml"]
    first = (inbox / "m-terug.xlsx").read_bytes()
    knm("import", inbox / "m.xml", "--write", *TODAY)
    assert (inbox / "m-terug.xlsx").read_bytes() == first
    assert (inbox / "m-terug-2.xlsx").exists()
    assert (inbox / "m-terug-2-1.png").exists()
    # mended there, read again from there: the picture is found beside it
    book = openpyxl.load_workbook(io.BytesIO(first))
    heads = [cell.value for cell in book["Vragen"][1]]
    for title, text in (
        ("Eindterm", "3.1.2"),
        ("Maker van het plaatje", "redactie"),
        ("Licentie van het plaatje", "CC0 1.0"),
    ):
        book["Vragen"].cell(2, heads.index(title) + 1).value = text
    book.save(inbox / "m-terug.xlsx")
    result = knm("import", inbox / "m-terug.xlsx", *TODAY)
    assert result.exit_code == 0, result.output
    assert "1 klaar" in result.output


def test_what_is_written_is_tidy(inbox: Path) -> None:
    """Keys stand in the fixed order and there is nothing to mend."""
    head = f"{HEAD};Gevoelig;Trefwoorden;Bron;Geschreven door"
    (inbox / "v.csv").write_text(f"{head}\n{GOOD};ja;meter, huis;voorbeeldfolder;machine\n", encoding="utf-8")
    assert knm("import", inbox / "v.csv", "--write", *TODAY).exit_code == 0
    assert "Er is niets te herstellen." in knm("check", "items/wonen/wonen-004.yaml", "--fix").output


def test_withdrawn_and_secret_questions_stay_out(inbox: Path, bank_folder: Path) -> None:
    right = json.loads(
        (ROOT / "tests/diagnostics/I511-vraag-is-geheim/right.json").read_text(encoding="utf-8")
    )
    items = [
        {**right["items"][0], "status": status, "stam": f"Wie leest {status}?"}
        for status in ("vervallen", "geheim")
    ]
    (inbox / "t.json").write_text(json.dumps({"vorm": 1, "items": items}), encoding="utf-8")
    before = snapshot(bank_folder)
    output = knm("import", inbox / "t.json", "--write", *TODAY).output
    assert "overgeslagen. Deze vraag is vervallen." in output
    assert "I511" in output
    assert snapshot(bank_folder) == before


def test_wishes_for_all_questions(inbox: Path, bank_folder: Path) -> None:
    file = put(inbox, "v.csv", GOOD.replace("3.1.2", ""))
    wishes = ("--eindterm", "3.2.1", "--taalniveau", "A1", "--herkomst", "machine", "--maker", "docent")
    assert knm("import", file, "--write", *wishes, *TODAY).exit_code == 0
    item = load(find_project(bank_folder))[0].item("wonen-004")
    assert (item.eindterm, item.taalniveau, item.herkomst, item.maker) == ("3.2.1", "A1", "machine", "docent")


def test_the_verdicts_as_json(inbox: Path) -> None:
    file = put(inbox, "v.csv", GOOD, WRONG)
    data = json.loads(knm("import", file, "--format", "json", *TODAY).output)
    assert data["aantallen"] == {"klaar": 1, "staat er al": 0, "kan nog niet": 1, "overgeslagen": 0}
    wrong = data["vragen"][1]["bevindingen"][0]
    assert (wrong["code"], wrong["plaats"], wrong["regel"], wrong["kolom"], wrong["veld"]) == (
        "I503", "Regel 3, kolom K", 3, 11, "/opties",
    )  # fmt: skip
    (inbox / "x.pdf").write_bytes(b"%PDF-1.7")
    data = json.loads(knm("import", inbox / "x.pdf", "--format", "json", *TODAY).output)
    assert (data["gelezen"], data["bevindingen"][0]["code"]) == (False, "I401")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "bestaat-niet.xlsx"), "bestaat niet"),
        (("import", "."), "geen bestand"),
        (("import", "knm.toml", "--eindterm", "9.9.9"), "Eindterm 9.9.9 bestaat niet"),
        (("import", "knm.toml", "--today", "gisteren"), "geen datum"),
    ],
)
def test_wrong_use_is_a_sentence(inbox: Path, words: tuple[str, ...], said: str) -> None:
    result = knm(*words)
    assert result.exit_code == 2
    assert said in result.output


def test_a_huge_file_is_not_read(inbox: Path) -> None:
    with (inbox / "groot.xml").open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    result = knm("import", inbox / "groot.xml", *TODAY)
    assert result.exit_code == 2
    assert "209,7 MB" in result.output


def test_the_template_never_overwrites(inbox: Path) -> None:
    assert knm("template", "xlsx", "--out", inbox / "t.xlsx", *TODAY).exit_code == 0
    first = (inbox / "t.xlsx").read_bytes()
    result = knm("template", "xlsx", "--out", inbox / "t.xlsx", *TODAY)
    assert result.exit_code == 2
    assert "bestaat al" in result.output
    assert knm("template", "xlsx", "--out", inbox / "u.xlsx", *TODAY).exit_code == 0
    assert (inbox / "u.xlsx").read_bytes() == first


# ---------------------------------------------------------------- words

FORBIDDEN = re.compile(
    r"ongeldig|invalid|\berror\b|fout opgetreden|helaas|gelieve|\bu\b|\buw\b|verplicht|!", re.IGNORECASE
)
FILES = [
    *sorted((ROOT / "builder/intake").glob("*.py")),
    ROOT / "builder/cli_intake.py",
    ROOT / "builder/admission.py",
]


def sentences(file: Path) -> list[str]:
    """Every Dutch sentence in the strings of a module; what is filled in counts as one word."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inside = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    texts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            texts.append(
                "".join(part.value if isinstance(part, ast.Constant) else "iets" for part in node.values)
            )
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and not {id(node)} & (docs | inside)
        ):
            texts.append(node.value)
    return [
        part
        for text in texts
        if " " in text and text.rstrip().endswith((".", "?"))
        for part in re.split(r"(?<=[.?:])\s+", text)
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_sentence_is_short_and_plain(file: Path) -> None:
    for sentence in sentences(file):
        assert len(sentence.split()) <= 18, sentence
        assert not FORBIDDEN.search(sentence), sentence


def test_there_are_sentences_to_look_at() -> None:
    assert sum(len(sentences(file)) for file in FILES) > 200


def test_the_template_takes_a_name_and_only_that_of_a_workbook(inbox: Path) -> None:
    assert knm("template", "xlsx", inbox / "mijn.xlsx", *TODAY).exit_code == 0
    assert (inbox / "mijn.xlsx").read_bytes()[:2] == b"PK"
    for words in (("--out", inbox / "vragen.csv"), (inbox / "vragen",)):
        result = knm("template", "xlsx", *words, *TODAY)
        assert result.exit_code == 2 and "eindigt niet op .xlsx" in result.output
        assert not Path(words[-1]).exists()
    both = knm("template", "xlsx", inbox / "a.xlsx", "--out", inbox / "b.xlsx", *TODAY)
    assert both.exit_code == 2 and "Noem één bestand" in both.output
    assert not (inbox / "a.xlsx").exists() and not (inbox / "b.xlsx").exists()
