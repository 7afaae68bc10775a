"""The GIFT file, read by gift-pegjs: every text question comes back as it was, pictures are named."""

from __future__ import annotations

import dataclasses
import json
import random
import subprocess
import unicodedata
from typing import Any

import html5lib
import pytest

from builder.export.gift import export
from builder.model.docent import DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from tests.conftest import ROOT
from tests.export.clients import flat
from tests.export.conftest import ARABIC, SPECIALS, TIGRINYA

Motley = tuple[Itembank, Toets]
NODE = ROOT / ".venv/bin/node"
CLIENT = ROOT / "node_modules/gift-pegjs"
READ = """
const {parse} = require(process.argv[1]);
process.stdout.write(JSON.stringify(parse(require('fs').readFileSync(0, 'utf8'))));
"""


def text_of(bank: Itembank, toets: Toets) -> str:
    artifacts, _ = export(bank, toets)
    assert [artifact.path for artifact in artifacts] == [f"docent/{toets.id}-gift.txt"]
    return artifacts[0].content.decode("utf-8")


@pytest.fixture(scope="module")
def text(motley: Motley) -> str:
    return text_of(*motley)


def read(text: str) -> list[dict[str, Any]]:
    if not CLIENT.is_dir() or not NODE.exists():
        pytest.skip("gift-pegjs is not installed: make test installs it")
    ran = subprocess.run(
        [NODE, "-e", READ, str(CLIENT)],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found


def kept(motley: Motley) -> list[DocentVraag]:
    return [vraag for vraag in teacher_view(*motley).vragen if not vraag.item.afbeeldingen]


def seen(text: dict[str, str]) -> str:
    """What a reader sees of HTML, on one line."""
    assert text["format"] == "html"
    fragment = text["text"].replace("<br>", " ").replace("</p>", " </p>").replace("</li>", " </li>")
    root = html5lib.parseFragment(fragment, namespaceHTMLElements=False)
    return " ".join("".join(root.itertext()).split())


def test_the_real_reader_sees_every_question_as_it_was(motley: Motley, text: str) -> None:
    about, *questions = read(text)
    assert about["type"] == "Description"
    for vraag, question in zip(kept(motley), questions, strict=True):
        assert question["type"] == "MC", vraag.item.id
        assert question["title"].startswith(vraag.item.id)
        context = vraag.gezien.context.replace("\n- ", "\n")
        assert seen(question["stem"]) == flat(f"{context} {vraag.gezien.stam}")
        assert [seen(choice["text"]) for choice in question["choices"]] == [
            flat(optie.gezien.tekst) for optie in vraag.opties
        ]
        assert [choice["isCorrect"] for choice in question["choices"]] == [
            optie.juist for optie in vraag.opties
        ]
        assert {choice["weight"] for choice in question["choices"]} == {None}
        assert [seen(choice["feedback"]) for choice in question["choices"]] == [
            flat(optie.toelichting) for optie in vraag.opties
        ]
        assert "nog niet door een mens beoordeeld" in seen(question["globalFeedback"])
        assert f"Vraag {vraag.item.id}, versie 1." in seen(question["globalFeedback"])


def test_a_real_toets_is_read(bank_of_voorbeeld: Itembank) -> None:
    found = read(text_of(bank_of_voorbeeld, bank_of_voorbeeld.toetsen["kleine-toets-a"]))
    assert [question["type"] for question in found] == ["Description", "MC", "MC"]


def test_the_label_and_the_explanation_come_first(text: str) -> None:
    assert text.startswith("// Wonen, werk & zorg: nr 1/2 <proef> (bonte-toets)\n")
    assert "// Oefenmateriaal. 20 van 20 vragen zijn nog niet door een mens beoordeeld.\n" in text
    about = read(text)[0]
    assert "Kies één antwoord & ga door." in seen(about["stem"])


def test_no_empty_line_inside_a_question_and_no_bom(text: str) -> None:
    assert not text.startswith("\ufeff")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert "$CATEGORY" not in [line[:9] for line in text.split("\n")]
    parts = text.strip("\n").split("\n\n")
    assert len(parts) == 2 + 15
    assert all(part.startswith("::") and part.endswith("\n}") for part in parts[2:])


def test_special_characters(text: str) -> None:
    found = {question["title"].split()[0]: question for question in read(text)[1:]}
    assert SPECIALS in seen(found["wonen-101"]["stem"])
    assert seen(found["wonen-105"]["choices"][0]["text"]) == ARABIC
    assert seen(found["wonen-105"]["choices"][1]["text"]) == TIGRINYA
    assert [seen(choice["text"]) for choice in found["wonen-108"]["choices"]] == [
        "%50% korting",
        "[html]tekst",
        "// geen opmerking",
        "=goed -> fout",
    ]
    assert [choice["isCorrect"] for choice in found["wonen-107"]["choices"]] == [False, True]


def test_any_mix_of_signs_comes_back(motley: Motley) -> None:
    bank, toets = motley
    dice = random.Random(5)
    parts = [
        "=",
        "~",
        "#",
        "{",
        "}",
        ":",
        "\\",
        "%50%",
        "%",
        "[",
        "]",
        "//",
        "->",
        "<",
        "&",
        "$",
        "n",
        " ",
        "tekst",
        "####",
    ]
    items, plekken = {}, []
    for number in range(200, 300):
        texts = ["x" + "".join(dice.choices(parts, k=8)) + "y" for _ in range(3)]
        texts.append("".join(dice.choices(parts, k=6)) + "z")
        name = f"wonen-{number}"
        opties = tuple(
            dataclasses.replace(optie, tekst=f"{text}{place}", toelichting=text)
            for place, (optie, text) in enumerate(zip(bank.items["wonen-001"].opties, texts[1:], strict=True))
        )
        items[name] = dataclasses.replace(
            bank.items["wonen-001"], id=name, stam=texts[0], context="", opties=opties
        )
        plekken.append(dataclasses.replace(toets.items[0], id=name, opties=(1, 2, 3)))
    bigger = dataclasses.replace(
        bank,
        items={**bank.items, **items},
        locations={**bank.locations, **dict.fromkeys(items, bank.locations["wonen-001"])},
    )
    found = read(text_of(bigger, dataclasses.replace(toets, items=tuple(plekken), varianten=())))[1:]
    for item, question in zip(items.values(), found, strict=True):
        assert seen(question["stem"]) == flat(item.stam)
        assert [seen(choice["text"]) for choice in question["choices"]] == [
            flat(optie.tekst) for optie in item.opties
        ]
        assert [seen(choice["feedback"]) for choice in question["choices"]] == [
            flat(optie.toelichting) for optie in item.opties
        ]


def test_what_is_lost_is_named(motley: Motley) -> None:
    found = export(*motley)[1]
    assert [(finding.rule.code, finding.location.path, finding.location.pointer) for finding in found] == [
        ("X514", "items/wonen/wonen-102.yaml", "/afbeelding"),
        ("X514", "items/gezondheid/gezondheid-102.yaml", "/afbeelding"),
        ("X514", "items/gezondheid/gezondheid-103.yaml", "/opties/0/afbeelding"),
        ("X512", "items/wonen/wonen-103.yaml", "/opties/3/vast"),
        ("X514", "items/wonen/wonen-106.yaml", "/afbeelding"),
        ("X514", "items/wonen/wonen-110.yaml", "/afbeelding"),
    ]
    assert all(name in str(found) for name in ("wonen-102", "gezondheid-103"))


def test_a_toets_of_pictures_gives_no_file(motley: Motley) -> None:
    bank, toets = motley
    only = dataclasses.replace(toets, items=tuple(plek for plek in toets.items if plek.id == "wonen-102"))
    artifacts, found = export(bank, only)
    assert artifacts == ()
    assert [finding.rule.code for finding in found] == ["X514"]


def test_same_input_same_bytes(motley: Motley, text: str) -> None:
    assert text_of(*motley) == text
