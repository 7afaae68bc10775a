"""Bronnen and freshness: the date is passed in, pages are read too, and a fact about the Holocaust has its bron."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builder import checks
from builder.checks import freshness, sources
from builder.checks.context import Context
from builder.diagnostics import Diagnostic
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.model.lijsten import Uitzondering
from builder.model.pagina import Pagina
from tests.conftest import VOORBEELDBANK, CopiedProject, copy_of_the_voorbeeldbank

SEEN = date(2026, 11, 25)  # when the bronnen of the voorbeeldbank were seen


@pytest.fixture(scope="module")
def bank() -> Itembank:
    return load(CopiedProject(VOORBEELDBANK))[0]


def with_item(bank: Itembank, **changes: Any) -> Itembank:
    item = replace(bank.items["wonen-001"], **changes)
    return replace(bank, items={item.id: item}, lessen={})


def told(found: Any) -> list[tuple[str, str]]:
    return [(finding.rule.code, finding.location.pointer) for finding in found]


def fresh(bank: Itembank, today: date | None) -> list[tuple[str, str]]:
    looked = {name: freshness.looked(bank, item) for name, item in bank.items.items()}
    return told(freshness.findings(bank, Context(today=today), looked))


def test_a_concept_about_examenstof_asks_for_a_bron(bank: Itembank) -> None:
    bare = with_item(bank, status="concept", bronnen=())
    assert told(sources.check(bare)) == [("C501", "/bronnen")]
    assert told(sources.check(with_item(bank, status="concept"))) == []
    assert told(sources.check(with_item(bank, status="concept", bronnen=(), stof="verdieping"))) == []
    # From review on it is the error C310, and one finding is enough.
    assert told(sources.check(with_item(bank, status="review", bronnen=()))) == []


@pytest.mark.parametrize(
    ("veroudert", "looked", "today", "expected"),
    [
        ("jaarlijks", "2025-11-25", "2026-11-25", []),
        ("jaarlijks", "2025-11-24", "2026-11-25", [("C502", "/gecontroleerd_op")]),
        ("halfjaarlijks", "2026-05-25", "2026-11-25", []),
        ("halfjaarlijks", "2026-05-24", "2026-11-25", [("C502", "/gecontroleerd_op")]),
        ("halfjaarlijks", "2025-08-31", "2026-02-28", []),
        ("halfjaarlijks", "2025-08-31", "2026-03-01", [("C502", "/gecontroleerd_op")]),
        ("jaarlijks", "2024-02-29", "2025-02-28", []),
        ("niet", "1999-01-01", "2026-11-25", []),
        ("jaarlijks", "2030-01-01", "2026-11-25", []),
    ],
)
def test_what_changes_is_looked_at_in_time(
    bank: Itembank, veroudert: str, looked: str, today: str, expected: list[tuple[str, str]]
) -> None:
    changed = replace(with_item(bank, veroudert=veroudert, gecontroleerd_op=looked), bronnen={})
    assert fresh(changed, date.fromisoformat(today)) == expected


def test_without_a_date_of_its_own_the_day_on_which_the_bron_was_seen_counts(bank: Itembank) -> None:
    changed = with_item(bank, veroudert="halfjaarlijks", gecontroleerd_op="")
    changed = replace(
        changed, bronnen={n: replace(b, gecontroleerd_op="") for n, b in changed.bronnen.items()}
    )
    assert fresh(changed, date(2027, 5, 25)) == []
    assert fresh(changed, date(2027, 5, 26)) == [("C502", "/veroudert")]
    assert fresh(replace(changed, bronnen={}), date(2040, 1, 1)) == []
    for status in ("concept", "vervallen"):
        gone = with_item(bank, veroudert="jaarlijks", gecontroleerd_op="2001-01-01", status=status)
        assert fresh(replace(gone, bronnen={}), SEEN) == []


def test_a_bron_is_looked_at_each_year(bank: Itembank) -> None:
    assert fresh(replace(bank, items={}), date(2027, 11, 25)) == []
    old = fresh(replace(bank, items={}), date(2027, 11, 26))
    assert old == [("C503", "/bronnen/1/gecontroleerd_op")]


def test_no_date_is_no_finding_and_no_complaint_about_an_exception(bank: Itembank) -> None:
    old = with_item(bank, veroudert="jaarlijks", gecontroleerd_op="2001-01-01")
    assert fresh(old, None) == []
    waived = with_item(
        bank,
        veroudert="jaarlijks",
        gecontroleerd_op="2001-01-01",
        uitzonderingen=(Uitzondering("C502", "De nieuwe regeling komt pas in maart."),),
    )
    for context in (None, Context(), Context(today=SEEN)):
        assert {f.rule.code for f in checks.check(waived, context)} & {"C390", "C502"} == set()
    current = replace(
        waived, items={"wonen-001": replace(waived.items["wonen-001"], gecontroleerd_op="2026-11-01")}
    )
    assert "C390" in {f.rule.code for f in checks.check(current, Context(today=SEEN))}


@pytest.mark.parametrize(
    "sentence",
    [
        "Anne Frank is geboren in Frankfurt.",
        "Zij dook onder op 6 juli 1942.",
        "Er woonden ongeveer 140.000 Joden.",
        "De nazi's vermoordden ongeveer zes miljoen Joden.",
        "Tienduizenden mensen staakten.",
        "In het kamp zaten honderden kinderen uit Vught.",
        "Een op de vier is 25 procent.",
        "Vanuit Westerbork gingen mensen naar Sobibor.",
    ],
)
def test_a_sentence_with_a_fact(sentence: str) -> None:
    if sentence.startswith("Vanuit"):
        assert sources.states_a_fact(sentence)
    assert [text for _, text in sources.facts_without_bron(sentence)] == [sentence]
    assert list(sources.facts_without_bron(f"{sentence[:-1]} [bron:a].")) == []
    assert list(sources.facts_without_bron(f"{sentence} [bron:a]")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "De nazi's vervolgden de Joden in Nederland.",
        "Geef de groep 5 minuten.",
        "Les 1 duurt 45 minuten.",
        "Gebruik werkblad 2 of het werkblad voor A2.",
        "Dit hoort bij eindterm 5.1.2.",
        "Wat weet je van Anne Frank?",
        "Praat over de Tweede Wereldoorlog en de Holocaust.",
        "Begin met een kop koffie.",
        "1. Zeg wat je gaat doen.",
        "# Anne Frank in 1942",
        "| 1942 | Anne Frank |",
        "",
    ],
)
def test_a_sentence_without_one(sentence: str) -> None:
    assert list(sources.facts_without_bron(sentence)) == []


def test_a_bron_covers_its_paragraph_up_to_there() -> None:
    text = (
        "Anne Frank is geboren in 1929. Zij dook onder in 1942 [bron:a]. In 1944 pakte de politie haar op.\n\n"
        "- In 1933 ging zij naar Amsterdam. [bron:b]\n- In 1947 kwam het boek.\n\n"
        "1. In 1945 was de oorlog voorbij.\n"
    )
    found = list(sources.facts_without_bron(text))
    assert [sentence for _, sentence in found] == [
        "In 1944 pakte de politie haar op.",
        "In 1947 kwam het boek.",
        "In 1945 was de oorlog voorbij.",
    ]
    assert all(text[place:].lstrip("-1. ").startswith(sentence[:20]) for place, sentence in found)


def holocaust_les(bank: Itembank, **changes: Any) -> list[Diagnostic]:
    les = bank.lessen["praten-met-de-huisarts"]
    doel = replace(les.doelen[0], eindtermen=("5.1.2",))
    les = replace(les, **{"doelen": (doel,), "gevoelig": True, **changes})
    return list(sources.check(replace(bank, items={}, lessen={les.id: les})))


def test_the_block_for_the_teacher_names_its_bronnen(bank: Itembank) -> None:
    fact = "Anne Frank is geboren in 1929."
    assert told(holocaust_les(bank, docent=fact)) == [("C504", "/docent")]
    assert told(holocaust_les(bank, docent=f"{fact} [bron:voorbeeldfolder]")) == []
    assert told(holocaust_les(bank, docent=fact, gevoelig=False)) == []
    assert told(holocaust_les(bank, docent=fact, status="vervallen")) == []
    assert told(holocaust_les(bank, docent=fact, doelen=bank.lessen["praten-met-de-huisarts"].doelen)) == []


def test_learner_texts_lean_on_the_list_of_the_les(bank: Itembank) -> None:
    les = bank.lessen["praten-met-de-huisarts"]
    stap = replace(les.stappen[0], docent="In 1940 kwam het leger.")
    changes = {"docent": "Lees dit.", "stappen": (stap, *les.stappen[1:])}
    assert told(holocaust_les(bank, **changes)) == []
    assert ("C504", "/stappen/0/docent") in told(holocaust_les(bank, **changes, bronnen=()))


def page_project(tmp_path: Path, text: str, name: str = "holocaust/een.md") -> CopiedProject:
    project = copy_of_the_voorbeeldbank(tmp_path / "bank")
    page = project.root / "site/pages" / name
    page.parent.mkdir(parents=True)
    page.write_bytes(text.encode() if isinstance(text, str) else text)
    return project


def on_page(tmp_path: Path, text: str, name: str = "holocaust/een.md") -> list[tuple[str, int, int]]:
    bank, found = load(page_project(tmp_path, text, name))
    everything = [*found, *sources.check(bank)]
    return [(f.rule.code, f.location.line, f.location.column) for f in everything]


FRONT = "---\ntitle: Een mens\ntaalniveau: B1\nbronnen:\n  - voorbeeldfolder\n---\n"


def test_a_page_is_read_with_its_fields_and_its_lines(tmp_path: Path) -> None:
    bank, found = load(page_project(tmp_path, FRONT + "# Kop\n\nTekst.\n"))
    assert not found
    assert bank.paginas == {
        "site/pages/holocaust/een.md": Pagina(
            "site/pages/holocaust/een.md",
            "# Kop\n\nTekst.\n",
            7,
            "Een mens",
            "B1",
            ("voorbeeldfolder",),
        )
    }
    at = bank.locate("site/pages/holocaust/een.md", "taalniveau")
    assert (at.path, at.line, at.column, at.pointer) == ("site/pages/holocaust/een.md", 3, 13, "/taalniveau")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FRONT + "Anne Frank is geboren in 1929 [bron:voorbeeldfolder].\n", []),
        (FRONT + "Kop\n\nEen zin. Anne Frank is geboren in 1929.\n", [("C504", 9, 10)]),
        (FRONT + "Zie [bron:voorbeeldregeling] hier.\n", [("C505", 7, 5)]),
        (FRONT + "Zie [bron:bestaat-niet] hier.\n", [("C505", 7, 5)]),
        (FRONT + "Schrijf `[bron:naam]` achter de zin.\n\n```\n[bron:ook]\n```\n", []),
        (FRONT.replace("voorbeeldfolder", "bestaat-niet"), [("C505", 5, 5)]),
        (FRONT.replace("B1", "C2"), [("C506", 3, 13)]),
        ("# Geen velden\n\nGewone tekst.\n", []),
        ("---\n\n# Een streep is geen begin van velden\n", []),
        ("---\n---\nTekst.\n", []),
        ("---\ntitle: [\n---\nTekst.\n", [("R006", 3, 1)]),
        ("---\nbronnen: voorbeeldfolder\n---\nZie [bron:voorbeeldfolder].\n", []),
        ("", []),
    ],
)
def test_findings_on_a_page(tmp_path: Path, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert on_page(tmp_path, text) == expected


def test_facts_are_only_listed_in_the_holocaust_part(tmp_path: Path) -> None:
    assert on_page(tmp_path, FRONT + "Anne Frank is geboren in 1929.\n", "over/een.md") == []


def test_windows_line_ends_and_a_bom_change_no_place(tmp_path: Path) -> None:
    text = "\ufeff" + (FRONT + "Een zin. Anne Frank is geboren in 1929.\n").replace("\n", "\r\n")
    assert on_page(tmp_path, text) == [("C504", 7, 10)]


def test_a_page_that_is_no_utf8_is_one_finding(tmp_path: Path) -> None:
    project = page_project(tmp_path, FRONT)
    (project.root / "site/pages/holocaust/een.md").write_bytes(b"# Caf\xe9\n")
    bank, found = load(project)
    assert [f.rule.code for f in found] == ["R003"]
    assert bank.paginas == {}


def test_a_page_behind_a_symlink_is_not_read(tmp_path: Path) -> None:
    project = page_project(tmp_path, FRONT)
    page = project.root / "site/pages/holocaust/een.md"
    page.rename(tmp_path / "elders.md")
    page.symlink_to(tmp_path / "elders.md")
    bank, found = load(project)
    assert [f.rule.code for f in found] == ["R012"]
    assert bank.paginas == {}
