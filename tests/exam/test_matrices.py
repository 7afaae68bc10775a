"""The matrices of the real bank: what each promises, whether or not there are items enough by now."""

from __future__ import annotations

import pytest

from builder.exam.plan import make_plan
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.toets import Toetsmatrijs
from builder.project import Project
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def bank() -> Itembank:
    return load(Project(ROOT))[0]


def terms_of(bank: Itembank) -> dict[str, int]:
    return {thema.slug: len(thema.eindtermen) for thema in bank.themas}


def test_the_practice_exam_follows_the_number_of_eindtermen(bank: Itembank) -> None:
    matrijs = bank.matrijzen["oefenexamen-knm"]
    terms = terms_of(bank)
    assert matrijs.aantal == 40 == sum(cel.min for cel in matrijs.cellen)
    assert [cel.thema for cel in matrijs.cellen] == list(terms)
    for cel in matrijs.cellen:
        assert cel.min == cel.max
        assert abs(cel.min - 40 * terms[cel.thema] / sum(terms.values())) < 1
    margins = {
        marge.taalniveau or marge.stof or marge.eindterm: (marge.min, marge.max) for marge in matrijs.marges
    }
    assert margins["examenstof"] == (40, None)
    assert margins["A1"] == (0, 4)
    assert margins["B1"] == (0, 0)
    assert "onze keuze" in matrijs.uitleg and "geen officiële verdeling" in matrijs.uitleg


def test_the_diagnosis_has_three_of_each_step(bank: Itembank) -> None:
    matrijs = bank.matrijzen["holocaust-diagnose"]
    assert matrijs.aantal == 12
    assert {cel.eindterm for cel in matrijs.cellen} == {"5.1.2"}
    assert [(cel.min, cel.max) for cel in matrijs.cellen] == [(3, 3)] * 4


def test_every_thema_has_a_matrix_over_all_its_handelingen(bank: Itembank) -> None:
    for thema in bank.themas:
        matrijs = bank.matrijzen[f"thema-{thema.slug}"]
        assert [cel.handeling for cel in matrijs.cellen] == [h.nummer for h in thema.handelingen]
        least, most = sum(cel.min for cel in matrijs.cellen), sum(cel.max or 99 for cel in matrijs.cellen)
        assert least <= matrijs.aantal <= most


def test_a_plan_can_be_made_of_each(bank: Itembank) -> None:
    for matrijs in bank.matrijzen.values():
        assert isinstance(matrijs, Toetsmatrijs)
        plan = make_plan(bank, matrijs)
        assert len(plan.demands) == 1 + len(matrijs.cellen) + len(matrijs.marges)
        assert all(len(short.sentence.split(". ")[0].split()) <= 18 for short in plan.shortages)
