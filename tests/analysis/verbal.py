"""The verbal aggression data (316 persons, 24 questions), read by our own reader; it is not in this repository.

Which test holds which published value (tolerance in brackets):

| value | test |
|---|---|
| alpha, lambda-2, mean, sd, SEM, mean p, rit and rir, maximum of 0/1/2 (1e-6) | test_classical.test_the_values_that_dexter_prints |
| mean, sd, p, rit, rir of five questions, 0/1/2 (1e-6) | test_classical.test_the_values_that_dexter_prints |
| alpha = KR-20, lambda-2, mean, sd, SEM of 0/1; p, rit, rir of five questions (1e-6) | test_classical.test_the_values_for_scores_of_one_point |
| Rasch b and se of five questions (5e-4), log likelihood (1e-3), b sums to 0 | test_rasch.test_difficulties_of_one_point |
| thresholds and errors as OPLM prints them (5e-4), log likelihood (5e-3) | test_rasch.test_thresholds_as_oplm_gives_them |
| Mantel-Haenszel alpha, delta, chi-square, p of two questions (1e-4) | test_rasch.test_mantel_haenszel_values |
"""

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
