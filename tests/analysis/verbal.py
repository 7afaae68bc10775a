"""The verbal aggression data (316 persons, 24 questions), read by our own reader; it is not in this repository."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from builder.analysis.catalogue import from_rules
from builder.analysis.nouns import Answers
from builder.analysis.read_answers import read_answers
from builder.analysis.table import read_table
from builder.analysis.told import Settings

FOLDER = Path(os.environ.get("KNM_TESTDATA", "")) / "statistiek"


def verbal() -> Answers:
    """The answers with scores 0, 1 and 2. Skips the test where the data are not."""
    if not (FOLDER / "verbAggrData.csv").is_file():
        pytest.skip("KNM_TESTDATA has no statistiek: set it to the folder with the test data")
    rules, wrong = read_table("verbAggrRules.csv", (FOLDER / "verbAggrRules.csv").read_bytes())
    assert rules is not None and not wrong
    catalogue, wrong = from_rules(rules)
    assert catalogue is not None and not wrong
    data = ("verbAggrData.csv", (FOLDER / "verbAggrData.csv").read_bytes())
    found = read_answers([data], catalogue, Settings(rules=True, properties=("gender",), drop=("anger",)))
    assert found.answers is not None and not found.found
    return found.answers


def binary(answers: Answers) -> Answers:
    """The same answers, where any score above 0 is 1."""
    vragen = tuple(
        replace(vraag, scores=tuple(min(1, score) for score in vraag.scores)) for vraag in answers.vragen
    )
    return replace(answers, vragen=vragen)
