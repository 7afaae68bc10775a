"""What the workshop says: short sentences, "je", no words that blame or frighten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from builder.rulebook import RULES
from builder.workshop import examples, saying
from builder.workshop.fields import form_of
from builder.workshop.screens import TEMPLATES
from tests.conftest import ROOT, CopiedProject

FORBIDDEN = re.compile(
    r"\b(ongeldige?|invalid|fout opgetreden|helaas|gelieve|error|mislukt|verplicht veld|klik hier|dient te|indien)\b|!(?!=)",
    re.IGNORECASE,
)
YOU = re.compile(r"\b(u|uw)\b")


def of_templates(files: Iterable[Path] = tuple(TEMPLATES.glob("*.html"))) -> Iterator[tuple[str, str]]:
    for file in sorted(files):
        text = re.sub(r"\{#.*?#\}", " ", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"<!doctype html>", " ", text)
        text = re.sub(r"\{%.*?%\}", "|", text, flags=re.DOTALL)
        text = re.sub(r"\{\{.*?\}\}", "iets", text, flags=re.DOTALL)
        text = re.sub(r"</?(strong|em|a|span)\b[^>]*>", "", text)
        for part in re.split(r"<[^>]*>|\|", text):
            plain = " ".join(part.split())
            if plain:
                yield file.name, plain


def of_modules() -> Iterator[tuple[str, str]]:
    files = [*sorted((ROOT / "builder/workshop").glob("*.py")), ROOT / "builder/cli_workshop.py"]
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                text = "".join(
                    part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "iets"
                    for part in node.values
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                text = node.value
            else:
                continue
            if re.search(r"[a-z]{2,}[.?]( |$|\n)", text) and " " in text and "<" not in text:
                yield file.name, " ".join(text.split())


def of_scripts() -> Iterator[tuple[str, str]]:
    for file in sorted((TEMPLATES / "static").glob("*.js")):
        if file.name.endswith(".min.js"):
            continue
        for text in re.findall(r'"([^"\n]*)"', file.read_text(encoding="utf-8")):
            if re.search(r"[a-z]{2,}[.?]( |$)", text) and " " in text:
                yield file.name, " ".join(text.split())


TEXTS = [*of_templates(), *of_modules(), *of_scripts()]


def test_there_are_texts_to_look_at() -> None:
    said = {text for _, text in TEXTS}
    assert "Sluit je dit venster? Wat je typte, is bewaard." in said
    assert any(text.startswith("De werkplaats antwoordt niet.") for text in said)
    assert "Dit is je eigen iets. Een collega keurt haar goed." in said
    assert len(said) > 150


@pytest.mark.parametrize(("place", "text"), sorted(set(TEXTS)))
def test_a_text_is_short_and_kind(place: str, text: str) -> None:
    assert not FORBIDDEN.search(text)
    assert not YOU.search(text)
    for sentence in re.split(r"(?<=[.?:;])\s+", text):
        assert len(sentence.split()) <= 18, sentence


# Words of the terminal and of a file: nobody meets those on a form.
OF_A_FILE = re.compile(r"`|\bknm (?!start\b|opnieuw\b)[a-z]|--[a-z]|\b[a-z]+/[a-z]+\.yaml|: (true|false)\b|\b[a-z]+_[a-z]+: ")
# Rules about what the workshop never shows: lists and pages, series and toetsen, and files that cannot be read.
NOT_HERE = re.compile(r"[RAX]|C5(05|06|61)|M4|L2(01|02|13|14|18|19)|S10[2389]|S111|V6(15|3)|C33|C316|L217")


def test_an_example_of_a_rule_is_in_words(bank_project: CopiedProject) -> None:
    schemas = bank_project.schemas
    names = examples.called([*form_of(schemas, "les"), *form_of(schemas, "item")])
    shown = {rule.code: examples.shown(rule, names) for rule in RULES}
    assert not [code for code, both in shown.items() if code[0] != "A" and OF_A_FILE.search("\n".join(both))]
    assert not [code for code, (wrong, right) in shown.items() if bool(wrong) != bool(right)]
    assert shown["C403"][0] == "De vraag zelf: De hoofdstad van Nederland is …"
    assert shown["C301"][0] == "Drie antwoorden, en geen ervan is het goede."
    assert shown["C311"][1].endswith("Dit is het goede antwoord: nee\n  Waarom: Een apotheek geeft medicijnen.")
    assert len([code for code, (wrong, _) in shown.items() if code[0] == "C" and not wrong]) < 12


def test_what_a_finding_tells_to_do_can_be_done_here() -> None:
    told = re.compile(r"(?:fout|waarschuwing|advies) ([A-Z]\d+) .*\n +→ (.*)")
    left = {
        code: hint
        for folder in sorted((ROOT / "tests/diagnostics").iterdir())
        for code, hint in told.findall((folder / "expected.txt").read_text(encoding="utf-8"))
        if not NOT_HERE.match(code) and code not in saying.ON_SCREEN and OF_A_FILE.search(saying.here(hint))
    }
    assert not left


def test_a_remark_of_a_reader_names_the_field_as_the_screen_does() -> None:
    known = {"stam": "De vraag zelf", "opties": "Antwoorden"}
    assert saying.remark("stam: Te vaag. opties: Twee zijn goed. Let op de stam: kort.", known) == (
        "De vraag zelf: Te vaag. Antwoorden: Twee zijn goed. Let op de stam: kort."
    )
