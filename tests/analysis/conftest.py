"""The voorbeeldbank, read once, and ways to make files with answers."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

import pytest
from openpyxl import Workbook

from builder.analysis.catalogue import Catalogue, from_bank
from builder.analysis.read_answers import Reading, read_answers
from builder.analysis.told import Settings
from builder.loading.load import load
from builder.model.itembank import Itembank
from tests.conftest import copy_of_the_voorbeeldbank

TOETS = "kleine-toets-a"
# the toets in printed order, with the letter of the key in variant A
ITEMS = ("wonen-001", "gezondheid-001", "wonen-002", "gezondheid-002")


@pytest.fixture(scope="package")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Itembank:
    loaded, found = load(copy_of_the_voorbeeldbank(tmp_path_factory.mktemp("analysis") / "bank"))
    assert not found
    return loaded


@pytest.fixture(scope="package")
def catalogue(bank: Itembank) -> Catalogue:
    made, found = from_bank(bank, bank.toetsen[TOETS])
    assert not found
    return made


@pytest.fixture(scope="package")
def reading(catalogue: Catalogue) -> Callable[..., Reading]:
    """Read files about the little toets: texts or bytes, one or more."""

    def read(*contents: str | bytes, name: str = "antwoorden.csv", **settings: object) -> Reading:
        files = [
            (name if number == 1 else f"{number}-{name}", text.encode() if isinstance(text, str) else text)
            for number, text in enumerate(contents, start=1)
        ]
        return read_answers(files, catalogue, Settings(**{"toets": TOETS, **settings}))  # type: ignore[arg-type]

    return read


def codes(found: Reading) -> list[str]:
    return [finding.rule.code for finding in found.found]


def lines(*rows: Sequence[object], sign: str = ";") -> str:
    return "".join(sign.join(map(str, row)) + "\n" for row in rows)


def workbook(rows: Iterable[Sequence[object]]) -> bytes:
    made = Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
