"""What a cell means is never guessed: digits, a column that nobody filled in, a sheet of another toets, a name."""

from __future__ import annotations

import dataclasses
import datetime
import io
import time
import zipfile
from collections.abc import Callable

import pytest

from builder import report, sheets
from builder.analysis.catalogue import Catalogue, from_bank
from builder.analysis.nouns import ABSENT, NOT_REACHED, SKIPPED
from builder.analysis.paper import toets_of_file
from builder.analysis.read_answers import Reading, read_answers
from builder.analysis.table import read_table
from builder.analysis.template import answer_sheets
from builder.analysis.told import Settings
from builder.model.itembank import Itembank
from builder.office import Properties
from tests.analysis.conftest import ITEMS, TOETS, codes, lines, workbook
from tests.analysis.test_reading import (
    HEAD,
    NAMES,
    QTI3,
    TRUE,
    matrix,
    moodle,
    practice_file,
    printed,
    qti,
    wide,
)

Read = Callable[..., Reading]
NUMBERED = ["persoon", *(f"Vraag {n}" for n in range(1, len(ITEMS) + 1))]


def in_digits(bank: Itembank, head: list[str]) -> str:
    """The answers of TRUE with 1, 2, 3 for the letters of the booklet."""
    rows = [[f"p{n}", *printed(places, bank)] for n, places in enumerate(TRUE, start=1)]
    return lines(head, *[[{"A": 1, "B": 2, "C": 3}.get(cell, cell) for cell in row] for row in rows])


@pytest.mark.parametrize("head", [HEAD, NUMBERED])
def test_digits_are_asked_about_and_each_answer_settles_it(
    reading: Read, bank: Itembank, head: list[str]
) -> None:
    # the question matters only because the booklet has another order than the file
    assert any(list(plek.opties) != sorted(plek.opties) for plek in bank.toetsen[TOETS].items)
    text = in_digits(bank, head)
    asked = reading(text)
    assert codes(asked) == ["A520"] and asked.answers is None
    assert "--cells printed" in asked.found[0].hint and "--cells places" in asked.found[0].hint
    paper = reading(text, cells="printed")
    assert codes(paper) == [] and matrix(paper.answers) == TRUE
    assert paper.notes == ("De cijfers en letters zijn gelezen zoals gedrukt in het boekje: 1 is A.",)
    file = reading(text, cells="places")
    assert codes(file) == [] and matrix(file.answers) != TRUE
    assert "plaats in het bestand van de vraag" in file.notes[0]


def test_digits_by_hand_in_a_long_table_are_asked_about_too(reading: Read) -> None:
    for head in ("antwoord", "optie"):
        text = lines(["persoon", "item", head], *[["p1", item, n % 3 + 1] for n, item in enumerate(ITEMS)])
        assert codes(reading(text)) == ["A520"], head
    letters = lines(["persoon", "item", "optie"], *[["p1", item, "A"] for item in ITEMS])
    assert codes(reading(letters)) == ["A520"]  # in this column a letter is as unsure as a number


def test_without_a_toets_digits_are_asked_about_and_the_toets_is_named(bank: Itembank) -> None:
    everything, _ = from_bank(bank, None)
    text = lines(HEAD, ["p1", 1, 2, 3, 1]).encode()
    found = read_answers([("a.csv", text)], everything, Settings())
    assert codes(found) == ["A520"] and "--cells printed --toets TOETS" in found.found[0].hint
    assert codes(read_answers([("a.csv", text)], everything, Settings(cells="printed"))) == ["A511"]
    assert codes(read_answers([("a.csv", text)], everything, Settings(cells="places"))) == []


def test_nothing_is_asked_when_the_booklet_has_the_order_of_the_file(
    bank: Itembank, catalogue: Catalogue
) -> None:
    straight = {
        key: tuple((item, tuple(sorted(places))) for item, places in order)
        for key, order in catalogue.orders.items()
    }
    same = dataclasses.replace(catalogue, orders=straight)
    text = lines(HEAD, ["p1", 1, 2, 3, 1]).encode()
    found = read_answers([("a.csv", text)], same, Settings(toets=TOETS))
    assert codes(found) == [] and matrix(found.answers) == [[0, 1, 2, 0]]


def test_who_knows_what_it_wrote_is_not_asked(reading: Read, bank: Itembank) -> None:
    for found, said in (
        (reading(practice_file(bank, TRUE[0])), "oefenpagina"),
        (reading(moodle(bank), drop=NAMES), "Moodle"),
        (reading(qti(TRUE[0], "p1", QTI3), name="a.xml"), "QTI"),
        (reading(wide(bank)), "De letters zijn gelezen zoals gedrukt in het boekje."),
        (reading(lines(HEAD, ["p1", 1, 0, 1, 1])), "als scores: 1 is goed, 0 is fout."),
    ):
        assert codes(found) == [] and len(found.notes) == 1 and said in found.notes[0]


def test_two_files_that_were_read_in_two_ways_are_told_by_number(reading: Read, bank: Itembank) -> None:
    found = reading(wide(bank), practice_file(bank, TRUE[0]), practice_file(bank, TRUE[1]))
    assert codes(found) == []
    assert found.notes == (
        "Bestand 1: de letters zijn gelezen zoals gedrukt in het boekje.",
        "Bestand 2 en 3: de antwoorden zijn gelezen zoals de oefenpagina ze bewaart.",
    )


def test_without_a_bank_every_cell_is_a_score(bank: Itembank) -> None:
    found = read_answers([("a.csv", b"persoon,v1,v2\n1,1,1\n2,1,1\n")], Catalogue({}), Settings(bank=False))
    assert codes(found) == [] and found.answers is not None
    assert found.answers.scores_in(0).tolist() == [[1, 1], [1, 1]]
    letters = read_answers([("a.csv", b"persoon,v1\n1,A\n")], Catalogue({}), Settings(bank=False))
    assert codes(letters) == ["A507"]


def typed(bank: Itembank, cells: str = "ABC-") -> bytes:
    """The typing sheet with the answers of TRUE, in other signs when asked."""
    made, told = answer_sheets(bank, bank.toetsen[TOETS], 3)
    signs = dict(zip("ABC-", cells, strict=True))
    rows = tuple(
        (row[0], "A", *(signs[cell] for cell in printed(places, bank)))
        for row, places in zip(made.rows, TRUE, strict=True)
    )
    day = Properties("t", "k", datetime.date(2026, 5, 12))
    return sheets.write((dataclasses.replace(made, rows=rows), told), day)


def test_digits_on_our_typing_sheet_come_from_a_booklet(reading: Read, bank: Itembank) -> None:
    found = reading(typed(bank, "123-"), name="a.xlsx")
    assert codes(found) == [] and matrix(found.answers) == TRUE
    assert "boekje: 1 is A" in found.notes[0]


def test_a_typing_sheet_of_another_toets_is_refused(bank: Itembank, catalogue: Catalogue) -> None:
    other = dataclasses.replace(bank.toetsen[TOETS], id="andere-toets-b")
    bank_of_two = dataclasses.replace(bank, toetsen={**bank.toetsen, other.id: other})
    chosen, _ = from_bank(bank_of_two, other)
    files = [("a.xlsx", typed(bank))]
    found = read_answers(files, chosen, Settings(toets=other.id))
    assert codes(found) == ["A511"] and found.answers is None
    assert TOETS in found.found[0].message and other.id in found.found[0].message
    # without a choice the sheet itself says which toets it is
    everything, _ = from_bank(bank_of_two, None)
    found = read_answers(files, everything, Settings())
    assert codes(found) == [] and matrix(found.answers) == TRUE
    assert found.answers is not None and found.answers.toetsen == (TOETS,)
    # a toets that is not there is told once
    without = from_bank(dataclasses.replace(bank, toetsen={other.id: other}), None)[0]
    assert codes(read_answers(files, without, Settings())) == ["A511"]


def test_the_toets_is_read_from_the_sheet_without_reading_all_of_it(bank: Itembank) -> None:
    assert toets_of_file(typed(bank)) == TOETS
    above = f"Kleine toets ({TOETS}), editie 1, code 222222"
    assert toets_of_file(f"{above};;\n\npersoon;wonen-001\n".encode()) == TOETS
    for other in (
        wide(bank).encode(),
        b"PK\x03\x04stuk",
        b"",
        b"\xff\xfe\x00",
        workbook([["persoon", "v1"]]),
    ):
        assert toets_of_file(other) == ""


def test_a_column_that_nobody_filled_in_is_asked_about(reading: Read) -> None:
    rows = [["p1", "A", "", "A", "C"], ["p2", "B", "", "A", ""]]
    found = reading(lines(HEAD, *rows))
    assert codes(found) == ["A510"] and "gezondheid-001" in found.found[0].message
    assert "niemand" in found.found[0].message and "--missing skipped" in found.found[0].hint
    # what one person left open is skipped, as before
    assert [row[1] for row in matrix(reading(lines(HEAD, *rows), missing="skipped").answers)] == [SKIPPED] * 2
    left = reading(lines(HEAD, *rows), missing="not-administered")
    assert [row[1] for row in matrix(left.answers)] == [ABSENT] * 2
    assert left.nobody == ("gezondheid-001",)
    assert matrix(left.answers)[1][3] in (SKIPPED, NOT_REACHED)
    # a dash says that it was asked
    assert codes(reading(lines(HEAD, ["p1", "A", "-", "A", "C"], ["p2", "B", "", "A", "B"]))) == []


def test_a_question_that_was_nvt_for_everybody_is_told(reading: Read) -> None:
    found = reading(lines(HEAD, ["p1", "A", "nvt", "A", "C"], ["p2", "B", "nvt", "A", "B"]))
    assert codes(found) == []
    assert found.nobody == ("gezondheid-001",)
    # a line that is not there says no more than one with nvt
    rows = [["p1", item, "nvt" if item == ITEMS[1] else "A"] for item in ITEMS]
    rows += [["p2", item, "A"] for item in ITEMS if item != ITEMS[1]]
    found = reading(lines(["persoon", "item", "antwoord"], *rows))
    assert codes(found) == [] and found.nobody == ("gezondheid-001",)
    loose = read_answers(
        [("a.csv", b"persoon,v1,v2\n1,1,nvt\n2,0,nvt\n")], Catalogue({}), Settings(bank=False)
    )
    assert loose.nobody == ("v2",)


def test_a_formula_without_its_outcome_is_no_skipped_answer(reading: Read, bank: Itembank) -> None:
    rows: list[list[str]] = [HEAD, *[[f"p{n}", *"ABAC"] for n in range(9)]]
    rows[3][2] = '=IF(1=1,"A","B")'
    found = reading(workbook(rows), name="a.xlsx")
    assert codes(found) == ["A521"] and found.answers is None
    assert (found.found[0].location.line, found.found[0].location.column) == (4, 3)
    for row in rows[1:]:
        row[2] = "=B2"
    many = reading(workbook(rows), name="a.xlsx")
    assert codes(many) == ["A521"] * 5 and "Dit staat er 9 keer." in many.found[0].message
    # with its outcome it is read
    assert read_table("a.xlsx", with_outcome(workbook([["a", "b"], ["1", "=A2"]]), "1"))[0] is not None


def with_outcome(content: bytes, value: str) -> bytes:
    """The workbook as a program that computes would have saved it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                assert b"</f>" in part
                part = part.replace(b"<v></v>", b"").replace(b"<v />", b"").replace(b"<v/>", b"")
                part = part.replace(b"</f>", f"</f><v>{value}</v>".encode())
            target.writestr(name, part)
    return made.getvalue()


PERSONS = {
    "initials": ["F. Amrani", "A. Haddad", "J. Jansen", "P. de Vries"],
    "small letters": ["fatima", "ahmed", "jan", "piet"],
    "capitals": ["FATIMA", "AHMED", "JAN", "PIET"],
    "last name first": ["Amrani, F.", "de Vries, P.", "Haddad, A.", "Bos, E."],
    "some have a number": ["fatima", "ahmed", "jan", "p4"],
}


@pytest.mark.parametrize("case", PERSONS)
def test_names_of_persons_in_many_forms_are_refused(reading: Read, case: str) -> None:
    found = reading(lines(HEAD, *[[name, *"ABAC"] for name in PERSONS[case]]))
    assert codes(found) == ["A505"]
    text = report.as_text(found.found)
    assert not any(name in text for name in PERSONS[case])


@pytest.mark.parametrize(
    "given",
    [["p1", "p2", "p3"], ["1", "2", "3"], ["A", "B", "C"], ["k-7", "groen 12", "x9"], ["p1", "p2", "fatima"]],
)
def test_pseudonyms_are_not(reading: Read, given: list[str]) -> None:
    assert codes(reading(lines(HEAD, *[[name, *"ABAC"] for name in given]))) == []


FIRST = ["Fatima", "Ahmed", "Jan", "Piet", "Els", "Mo", "Ali", "Tess", "Kim", "Bo"]


def test_a_property_that_each_person_has_alone_is_no_group(reading: Read) -> None:
    def with_property(values: list[str]) -> list[str]:
        rows = [[f"p{n}", *"ABAC", value] for n, value in enumerate(values)]
        return codes(reading(lines([*HEAD, "groep"], *rows), properties=("groep",)))

    assert with_property(FIRST) == ["A505"]
    assert with_property([name.lower() for name in FIRST]) == ["A505"]
    assert with_property([f"{name[0]}. {name}sen" for name in FIRST]) == ["A505"]
    assert with_property(["ochtend", "avond"] * 5) == []
    assert with_property(["Den Haag", "Utrecht", "Zwolle"] * 4) == []
    assert with_property([f"{n}a" for n in range(10)]) == []
    assert with_property(["ochtend", "avond"]) == []  # two persons: each alone, and still a group


def test_a_property_in_a_long_table_is_counted_per_person(reading: Read) -> None:
    rows = [[f"p{n}", item, "A", name] for n, name in enumerate(FIRST) for item in ITEMS]
    text = lines(["persoon", "item", "antwoord", "groep"], *rows)
    assert codes(reading(text, properties=("groep",))) == ["A505"]
    shared = lines(["persoon", "item", "antwoord", "groep"], *[[*row[:3], "avond"] for row in rows])
    assert codes(reading(shared, properties=("groep",))) == []


@pytest.mark.parametrize(
    "text", ["A." + "a" * 20_000 + "1", "a" * 20_000 + "1", "a b " * 5_000 + "1", "A. " * 9_000 + "1"]
)
def test_a_cell_made_to_keep_us_busy_does_not(reading: Read, text: str) -> None:
    start = time.process_time()
    reading(lines([*HEAD, "groep"], *[[f"p{n}", *"ABAC", text] for n in range(6)]), properties=("groep",))
    assert time.process_time() - start < 1


def test_the_name_of_a_teacher_is_a_name_however_few_there_are(reading: Read) -> None:
    for names in (["J. Jansen", "M. Bakker"], ["Fatima", "Jan"]):
        rows = [[f"p{n}", *"ABAC", names[n % 2]] for n in range(8)]
        found = reading(lines([*HEAD, "docent"], *rows), properties=("docent",))
        assert codes(found) == ["A505"], names
