"""`knm language` and `knm coverage`: their stable JSON, and wrong use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.balance import balance
from builder.cells import coverage_cells, matrix_cells
from builder.loading.load import load
from builder.project import Project
from tests.conftest import ROOT
from tests.verbs import knm

EASY = "De man loopt naar de winkel. Hij koopt brood en melk. Daarna gaat hij naar huis en eet hij met zijn kinderen."
HARD = (
    "Indien de huurder niet betaalt, wordt door de verhuurder een brief gestuurd waarin staat dat hij binnen "
    "tien dagen moet betalen omdat hij anders uit zijn huis gezet kan worden."
)


def test_language_as_json(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text(HARD, encoding="utf-8")
    data = json.loads(
        knm("language", str(tmp_path / "brief.txt"), "--level", "A2", "--format", "json").output
    )
    assert list(data) == ["level", "score", "probabilities", "words", "terms", "findings"]
    assert data["level"] == "B1 of moeilijker"
    for finding in data["findings"]:
        assert list(finding) == ["start", "end", "kind", "message", "suggestion"]
        assert 0 <= finding["start"] < finding["end"] <= len(HARD)
    kinds = {finding["kind"]: HARD[finding["start"] : finding["end"]] for finding in data["findings"]}
    assert kinds["formal-word"] == "Indien"


def test_language_in_words() -> None:
    result = knm("language", "--level", "A2", given=HARD)
    assert result.exit_code == 0
    assert "moeilijker dan A2" in result.output
    assert 'Schrijf "als" in plaats van "indien".' in result.output


def test_language_batch_keeps_the_order_and_the_length_rule() -> None:
    texts = [EASY, "Te kort.", HARD, ""]
    data = json.loads(knm("language", "--batch", given=json.dumps(texts)).output)
    assert len(data) == len(texts)
    assert [row["level"] for row in data] == ["A1", None, "B1 of moeilijker", None]


@pytest.mark.parametrize(
    "text", ["", "12 34 56", "مرحبا بالعالم", "ሰላም", "😀 😀", "<p>Hallo</p>", "woord " * 10_000]
)
def test_language_takes_any_text(text: str) -> None:
    assert knm("language", given=text).exit_code == 0


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("language", "bestaat-niet.txt"), None, "bestaat niet"),
        (("language", "--batch"), "geen json", "geen JSON"),
        (("language", "--batch"), "{}", "JSON-lijst"),
        (("language",), b"\xe9\xe9n", "UTF-8"),
    ],
)
def test_wrong_use_is_a_sentence(words: tuple[str, ...], given: str | bytes | None, said: str) -> None:
    result = knm(*words, given=given)
    assert result.exit_code == 2
    assert said in result.output


def test_coverage_cells_add_up(bank_project: Project) -> None:
    bank, _ = load(bank_project)
    cells = coverage_cells(bank)
    assert len(cells) == len(bank.eindterm_nummers()) * 12
    assert list(cells[0]) == [
        "eindterm",
        "taalniveau",
        "abstractieniveau",
        "nodig",
        "aanwezig",
        "in_review",
        "ontbreekt",
    ]
    assert all(cell["ontbreekt"] == max(0, cell["nodig"] - cell["aanwezig"]) for cell in cells)
    assert all(cell["in_review"] <= cell["aanwezig"] for cell in cells)
    assert sum(cell["aanwezig"] for cell in cells) > 0
    for cell in matrix_cells(bank):
        assert cell["ontbreekt"] == max(0, cell["nodig"] - cell["aanwezig"])


def test_coverage_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    output = knm("coverage").output
    assert "\n5.1.2 " in output
    data = json.loads(knm("coverage", "--format", "json").output)
    assert len(data["cells"]) == 78 * 12


def test_balance_counts_what_the_words_say(bank_project: Project) -> None:
    bank, _ = load(bank_project)
    counted = balance(bank.items.values())
    used = [item for item in bank.items.values() if item.status not in ("geheim", "vervallen")]
    assert counted.items == len(used)
    assert sum(counted.sleutelplaatsen.values()) == len(used)
    assert counted.personen.man >= 1  # gezondheid-002: "Hij denkt elke nacht aan zijn vader"
    assert 0 <= counted.langste_is_sleutel <= 1
    assert all(low <= middle <= high for low, middle, high in counted.woorden.values())
