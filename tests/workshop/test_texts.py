"""What the workshop says: short sentences, "je", no words that blame or frighten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from builder.workshop.screens import TEMPLATES
from tests.conftest import ROOT

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
