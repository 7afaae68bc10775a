"""Facts in lessons and hard moments about the Holocaust lead to a bron, and a reading is of the present text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from builder.checks import lesson_facts, lesson_readings
from builder.loading.load import load
from builder.model.digest import les_digest
from builder.model.itembank import Itembank
from builder.model.les import Les, Vervolg
from builder.model.lijsten import Beoordeling
from builder.model.moment import Feit
from builder.model.pagina import Pagina
from tests.conftest import VOORBEELDBANK, CopiedProject

FACT = "Op 6 juli 1942 dook Anne Frank onder."


@pytest.fixture(scope="module")
def bank() -> Itembank:
    return load(CopiedProject(VOORBEELDBANK))[0]


def holocaust(bank: Itembank, **changes: Any) -> Les:
    les = bank.lessen["praten-met-de-huisarts"]
    doel = replace(les.doelen[0], tekst="De cursist kan luisteren.", eindtermen=("5.1.2",))
    return replace(les, **{"doelen": (doel,), "gevoelig": True, **changes})


def told(bank: Itembank, les: Les, *others: Les) -> list[tuple[str, str]]:
    lessen = {one.id: one for one in (les, *others)}
    found = lesson_facts.check(replace(bank, items={}, lessen=lessen, momenten={}))
    return [(finding.rule.code, finding.location.pointer) for finding in found]


@pytest.mark.parametrize("field", ["woorden", "stappen", "dit_hoor_je_soms"])
def test_each_part_answers_for_its_own_facts(bank: Itembank, field: str) -> None:
    name = {"woorden": "voorbeeld", "stappen": "docent", "dit_hoor_je_soms": "antwoord"}[field]
    first, *rest = getattr(holocaust(bank), field)
    bare = replace(first, **{name: FACT})
    assert told(bank, holocaust(bank, **{field: (bare, *rest)})) == [("C507", f"/{field}/0/{name}")]
    sourced = replace(bare, bronnen=("voorbeeldfolder",))
    assert told(bank, holocaust(bank, **{field: (sourced, *rest)})) == []


def test_a_handout_leads_to_a_bron_or_is_made_up(bank: Itembank) -> None:
    handout = holocaust(bank).handouts[0]
    bare = replace(handout.delen[0], tekst=FACT, antwoord="In 1942.")

    def with_part(**changes: Any) -> list[tuple[str, str]]:
        delen = (replace(bare, **changes), *handout.delen[1:])
        return told(bank, holocaust(bank, handouts=(replace(handout, delen=delen),)))

    assert with_part() == [
        ("C507", "/handouts/0/delen/0/tekst"),
        ("C507", "/handouts/0/delen/0/antwoord"),
    ]
    assert with_part(tekst=f"{FACT} [bron:voorbeeldfolder]", antwoord="") == []
    assert with_part(bronnen=("voorbeeldfolder",)) == []
    assert with_part(verzonnen=True) == []
    assert with_part(bronnen=("een-andere",)) == [("C324", "/handouts/0/delen/0/bronnen/0")]


def test_what_introduces_may_name_what_a_part_with_a_bron_tells(bank: Itembank) -> None:
    first, *rest = holocaust(bank).stappen
    stap = replace(first, docent=FACT, bronnen=("voorbeeldfolder",))
    same = "We lezen over Anne in 1942."
    other = "We lezen over Margot in 1942."
    for field in ("samenvatting", "veilig_beginnen", "veilig_afsluiten"):
        assert told(bank, holocaust(bank, stappen=(stap, *rest), **{field: same})) == []
        assert told(bank, holocaust(bank, stappen=(stap, *rest), **{field: other})) == [("C507", f"/{field}")]
    # Without a bron at the step nothing is told yet.
    assert ("C507", "/samenvatting") in told(
        bank, holocaust(bank, stappen=(replace(stap, bronnen=()), *rest), samenvatting=same)
    )


def test_what_comes_next_may_name_what_the_next_les_tells(bank: Itembank) -> None:
    verder = (Vervolg("Daarna lees je over Margot.", les="een-andere-les"),)
    les = holocaust(bank, verder=verder)
    assert told(bank, les) == [("C507", "/verder/0/tekst")]
    next_one = replace(holocaust(bank), id="een-andere-les", titel="Over Margot", gevoelig=False)
    assert told(bank, les, next_one) == []


def test_only_lessons_about_the_holocaust_that_are_in_use(bank: Itembank) -> None:
    first, *rest = holocaust(bank).stappen
    stappen = (replace(first, docent=FACT), *rest)
    assert told(bank, holocaust(bank, stappen=stappen, gevoelig=False)) == []
    assert told(bank, holocaust(bank, stappen=stappen, status="vervallen")) == []
    assert told(bank, holocaust(bank, stappen=stappen, bronnen=())) == []  # C504 says that


def test_a_hard_moment_repeats_only_its_facts(bank: Itembank) -> None:
    moment = bank.momenten["niemand-zegt-iets"]

    def of(**changes: Any) -> list[str]:
        changed = replace(moment, **changes)
        found = lesson_facts.check(replace(bank, items={}, lessen={}, momenten={moment.id: changed}))
        return [finding.location.pointer for finding in found]

    assert of(je_kunt_zeggen=(FACT,)) == ["/je_kunt_zeggen/0"]
    assert of(je_kunt_zeggen=(FACT,), feiten=(Feit(FACT, moment.feiten[0].bronnen),)) == []
    assert of(feiten=(Feit(FACT, ()),)) == ["/feiten/0"]
    assert of(grens="Bij gevaar bel je 112.", uitspraken=("Dat was in 1933 in Berlijn.",)) == []


def test_a_row_of_a_table_holds_its_own_bron(bank: Itembank) -> None:
    text = "| Jaar | Wat |\n| --- | --- |\n| 1942 | Wij lezen over Anne Frank |\n| [5 Beelden](beelden.md) | uitleg |\n"

    def of(tekst: str) -> list[tuple[int, str]]:
        pagina = Pagina("site/pages/holocaust/tijdlijn.md", tekst, 1)
        found = lesson_facts.check(
            replace(bank, items={}, lessen={}, momenten={}, paginas={pagina.pad: pagina})
        )
        return [(finding.location.line, finding.rule.code) for finding in found]

    assert of(text) == [(3, "C507")]
    assert of(text.replace("Frank |", "Frank [bron:voorbeeldfolder] |")) == []


def reading(digest: str, beoordelaar: str = "tweede-lezer") -> Beoordeling:
    return Beoordeling(
        soort="automatisch", rol="gevoeligheid", beoordelaar=beoordelaar, datum="2026-03-03", versie=1,
        digest=digest, oordeel="goed",
    )  # fmt: skip


def test_a_reading_counts_for_the_text_that_was_read(bank: Itembank) -> None:
    les = bank.lessen["praten-met-de-huisarts"]

    def of(les: Les) -> list[str]:
        return [found.message for found in lesson_readings.check(replace(bank, lessen={les.id: les}))]

    read = replace(les, beoordelingen=(reading(les_digest(bank, les)),))
    assert of(les) == of(read) == []
    (message,) = of(replace(read, samenvatting="Een andere zin."))
    assert message == "De les is veranderd na de lezing van 3 maart 2026. Die lezing telt niet meer."
    assert of(replace(read, samenvatting="Een andere zin.", status="concept")) == []
    assert of(replace(read, versie=2, bijgewerkt_op="2026-11-26")) == []  # these say nothing about the text
    assert of(replace(les, beoordelingen=(reading("0" * 64, les.maker),))) == []  # a maker reads no own les


def test_which_bron_belongs_to_which_part_is_no_text(bank: Itembank) -> None:
    les = bank.lessen["praten-met-de-huisarts"]
    first, *rest = les.stappen
    labelled = replace(les, stappen=(replace(first, bronnen=("voorbeeldfolder",), verzonnen=True), *rest))
    assert les_digest(bank, labelled) == les_digest(bank, les)
    assert les_digest(bank, replace(les, bronnen=())) != les_digest(bank, les)
