"""The eindtermen in the bank are the official ones, to the letter."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from builder.loading.load import load
from builder.project import find_project

ROOT = Path(__file__).resolve().parents[1]


def test_texts_equal_the_official_list() -> None:
    folder = os.environ.get("KNM_TESTDATA")
    if not folder:
        assert "CI" not in os.environ, "KNM_TESTDATA is not set"
        pytest.skip("KNM_TESTDATA is not set")
    official = json.loads((Path(folder) / "eindtermen/eindtermen-knm.json").read_text(encoding="utf-8"))
    bank, _ = load(find_project(ROOT))
    ours = [
        (
            thema.titel,
            thema.omschrijving,
            handeling.titel,
            term.nummer,
            term.tekst,
            *(i.tekst for i in term.indicatoren),
        )
        for thema in bank.themas
        for handeling in thema.handelingen
        for term in handeling.eindtermen
    ]
    theirs = [
        (
            thema["titel"],
            thema["omschrijving"],
            handeling["titel"],
            term["nummer"],
            term["tekst"],
            *term["indicatoren"],
        )
        for thema in official["themas"]
        for handeling in thema["handelingen"]
        for term in handeling["eindtermen"]
    ]
    assert ours == theirs


def test_counts() -> None:
    bank, _ = load(find_project(ROOT))
    handelingen = [handeling for thema in bank.themas for handeling in thema.handelingen]
    terms = [term for handeling in handelingen for term in handeling.eindtermen]
    assert (len(bank.themas), len(handelingen), len(terms)) == (8, 27, 78)
    assert sum(len(term.indicatoren) for term in terms) == 176


def test_the_real_bank_has_no_errors() -> None:
    bank, found = load(find_project(ROOT))
    assert [finding for finding in found if finding.rule.severity == "error"] == []
    assert bank.items and bank.lessen
