"""Reading answers: every layout gives the same matrix, and every mistake gets a sentence with a place."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from builder import report, sheets
from builder.analysis.catalogue import Catalogue, from_bank, from_rules
from builder.analysis.nouns import ABSENT, NOT_REACHED, SKIPPED, Answers
from builder.analysis.read_answers import Reading, read_answers
from builder.analysis.table import read_table
from builder.analysis.template import answer_sheets
from builder.analysis.told import Settings
from builder.diagnostics import Severity
from builder.export.html import export as practice_page
from builder.model.itembank import Itembank
from builder.model.kandidaat import key_letters
from builder.office import Properties
from tests.analysis.conftest import ITEMS, TOETS, codes, lines, workbook

Read = Callable[..., Reading]
S, N, X = SKIPPED, NOT_REACHED, ABSENT
# What three persons chose, as places (from 0) in the items, in the order of ITEMS.
TRUE = [[0, 1, 0, 1], [2, 0, 0, S], [S, 1, S, N]]


def matrix(answers: Answers | None) -> list[list[int]]:
    """The codes in the order of ITEMS."""
    assert answers is not None
    at = {vraag.id: place for place, vraag in enumerate(answers.vragen)}
    return [[int(row[at[item]]) if item in at else X for item in ITEMS] for row in answers.chosen]


def printed(places: list[int], bank: Itembank, variant: str = "A") -> list[str]:
    """The letters on paper, in the order of the variant, of places in the items."""
    toets = bank.toetsen[TOETS]
    order = toets.items if variant == "A" else toets.varianten[0].items
    of = dict(zip(ITEMS, places, strict=True))
    return ["ABC"[plek.opties.index(of[plek.id] + 1)] if of[plek.id] >= 0 else "-" for plek in order]


def wide(bank: Itembank, sign: str = ";", empty: str = "-") -> str:
    rows = [[f"p{n}", *printed(places, bank)] for n, places in enumerate(TRUE, start=1)]
    shown = [[empty if cell == "-" else cell for cell in row] for row in rows]
    return lines(["persoon", *ITEMS], *shown, sign=sign)


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("empty", ["-", "", "overgeslagen"])
def test_wide(reading: Read, bank: Itembank, sign: str, empty: str) -> None:
    found = reading(wide(bank, sign, empty))
    assert codes(found) == []
    assert matrix(found.answers) == TRUE
    assert found.answers is not None
    assert found.answers.personen == ("p1", "p2", "p3")
    assert [form.name for form in found.answers.forms] == [TOETS]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_at_the_start_are_no_part_of_the_head(reading: Read, bank: Itembank, encoding: str) -> None:
    assert matrix(reading(wide(bank).encode(encoding)).answers) == TRUE


def test_excel_separator_line_and_windows_line_ends(reading: Read, bank: Itembank) -> None:
    assert matrix(reading("sep=;\r\n" + wide(bank).replace("\n", "\r\n")).answers) == TRUE


def test_latin_1_is_read_and_told(reading: Read, bank: Itembank) -> None:
    text = wide(bank).replace("p1", "p-é")
    found = reading(text.encode("latin-1"))
    assert codes(found) == ["A515"]
    assert found.answers is not None and found.answers.personen[0] == "p-é"
    assert matrix(found.answers) == TRUE


def test_small_letters_spaces_and_other_order_of_columns(reading: Read, bank: Itembank) -> None:
    rows = [[f"p{n}", *reversed(printed(places, bank))] for n, places in enumerate(TRUE, start=1)]
    text = lines(["Persoon ", *reversed(ITEMS)], *[[f" {cell.lower()} " for cell in row] for row in rows])
    # what is left open at the end is judged by the order of the toets, not by that of the columns
    assert matrix(reading(text).answers) == TRUE


def test_by_number_of_the_question_and_by_variant(reading: Read, bank: Itembank) -> None:
    rows = [
        ["p1", "A", *printed(TRUE[0], bank)],
        ["p2", "b", *printed(TRUE[1], bank, "B")],
    ]
    found = reading(lines(["nr", "variant", "Vraag 1", "Vraag 2", "Vraag 3", "Vraag 4"], *rows))
    assert codes(found) == []
    assert matrix(found.answers) == TRUE[:2]
    assert found.answers is not None and len(found.answers.forms) == 1


def test_long(reading: Read, bank: Itembank) -> None:
    rows = [
        [f"p{n}", item, letter]
        for n, places in enumerate(TRUE, start=1)
        for item, letter in zip(ITEMS, printed(places, bank), strict=True)
    ]
    assert matrix(reading(lines(["person_id", "item_id", "response"], *rows)).answers) == TRUE


def test_xlsx_wide_and_long(reading: Read, bank: Itembank) -> None:
    rows = [[f"p{n}", *printed(places, bank)] for n, places in enumerate(TRUE, start=1)]
    assert matrix(reading(workbook([["persoon", *ITEMS], *rows]), name="a.xlsx").answers) == TRUE
    long = [
        [n, item, place + 1 if place >= 0 else None]
        for n, places in enumerate(TRUE, start=1)
        for item, place in zip(ITEMS, places, strict=True)
    ]
    content = workbook([["persoon", "item", "optie"], *long])
    assert matrix(reading(content, name="a.xlsx", cells="places").answers) == TRUE
    assert codes(reading(content, name="a.xlsx")) == ["A520"]


def test_scores_with_a_decimal_comma(reading: Read) -> None:
    found = reading(lines(["persoon", *ITEMS], ["p1", "1,0", "0,0", "1", "-"], ["p2", "0", "1", "1", "nvt"]))
    assert codes(found) == []
    assert matrix(found.answers) == [[1, 0, 1, S], [0, 1, 1, X]]
    assert found.answers is not None
    assert not any(vraag.options for vraag in found.answers.vragen)
    assert [form.name for form in found.answers.forms] == [TOETS, f"{TOETS} (deel 2)"]


def test_half_points_are_refused(reading: Read) -> None:
    assert codes(reading(lines(["persoon", *ITEMS], ["p1", "0,5", "0", "1", "1"]))) == ["A507"]


def practice_file(bank: Itembank, places: list[int], **change: str) -> str:
    """The file that the button of the practice page makes."""
    toets = bank.toetsen[TOETS]
    rows = []
    for plek, place in zip(toets.items, places, strict=True):
        right = "ja" if place == bank.item(plek.id).sleutel else "nee"
        answer = [place + 1, right] if place >= 0 else ["", ""]
        rows.append([TOETS, change.get("digest", plek.digest), plek.id, 1, *answer])
    return "\ufeff" + lines(["toets", "digest", "item", "versie", "optie", "goed"], *rows).replace(
        "\n", "\r\n"
    )


def test_the_practice_page_still_writes_what_we_read(bank: Itembank) -> None:
    (artifact,), _ = practice_page(bank, bank.toetsen[TOETS])
    assert '["toets", "digest", "item", "versie", "optie", "goed"]' in artifact.content.decode()


def test_practice_files_are_one_person_each(reading: Read, bank: Itembank) -> None:
    found = reading(*(practice_file(bank, places) for places in TRUE), toets="")
    assert codes(found) == []
    assert matrix(found.answers) == TRUE
    assert found.answers is not None
    assert found.answers.personen == ("bestand-001", "bestand-002", "bestand-003")


def test_a_practice_file_of_another_text_is_told_and_kept_apart(reading: Read, bank: Itembank) -> None:
    found = reading(practice_file(bank, TRUE[0], digest="0" * 64))
    assert codes(found) == ["A513"] * 4
    assert found.answers is not None
    assert {vraag.digest for vraag in found.answers.vragen} == {"0" * 64}


def test_a_practice_file_that_contradicts_the_key_stops(reading: Read, bank: Itembank) -> None:
    text = practice_file(bank, TRUE[0]).replace("1;ja", "1;nee", 1)
    assert codes(reading(text)) == ["A512"]


def test_two_persons_in_one_practice_file(reading: Read, bank: Itembank) -> None:
    text = practice_file(bank, TRUE[0])
    assert set(codes(reading(text + text.partition("\n")[2]))) == {"A514"}


def moodle(bank: Itembank, more: str = "", with_text: bool = False, shuffled: bool = False) -> str:
    def shown(item: str, place: int) -> str:
        if place < 0:
            return "-"
        optie = bank.item(item).opties[place]
        return optie.tekst or f"[{optie.afbeelding.alt}]" if optie.afbeelding else f"{optie.tekst} "

    order = list(reversed(ITEMS)) if shuffled else list(ITEMS)
    head = ["Last name", "First name", "Email address", "Status", "Started", "Completed", "Grade/10.00"]
    for number in range(1, 5):
        head += [f"Question {number}"] * with_text + [f"Response {number}"]
    rows = [head]
    for n, places in enumerate(TRUE, start=1):
        row = ["Jansen", f"Sara{n}", f"sara{n}@example.org", "Finished", "1 May 2026", "1 May 2026", "5,00"]
        of = dict(zip(ITEMS, places, strict=True))
        for item in order:
            if with_text:
                texts = "; ".join(o.tekst or "[plaatje]" for o in bank.item(item).opties)
                row.append(f"{bank.item(item).stam}: {texts}")
            row.append(shown(item, of[item]))
        rows.append(row)
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows) + more


NAMES = ("Last name", "First name", "Email address")


def test_moodle_is_refused_while_names_are_in_it(reading: Read, bank: Itembank) -> None:
    found = reading(moodle(bank))
    assert codes(found) == ["A505"] * 3
    text = report.as_text(found.found)
    assert "Jansen" not in text and "Sara" not in text and "@" not in text
    assert '--drop "First name"' in text


@pytest.mark.parametrize(("with_text", "shuffled"), [(False, False), (True, False), (True, True)])
def test_moodle(reading: Read, bank: Itembank, with_text: bool, shuffled: bool) -> None:
    found = reading(moodle(bank, "", with_text, shuffled), drop=NAMES)
    assert codes(found) == []
    assert matrix(found.answers) == TRUE
    assert found.answers is not None and found.answers.personen == ("p0001", "p0002", "p0003")


def test_moodle_in_dutch_with_an_attempt_under_way(reading: Read, bank: Itembank) -> None:
    text = moodle(bank, '"X","Y","y@example.org","In uitvoering","1 mei","-","-","-","-","-","-"\n')
    for english, dutch in [
        ("Last name", "Achternaam"), ("First name", "Voornaam"), ("Email address", "E-mailadres"),
        ("Response", "Antwoord"), ("Started", "Gestart op"), ("Completed", "Voltooid"), ("Grade", "Cijfer"),
        ("Finished", "Voltooid"),
    ]:  # fmt: skip
        text = text.replace(english, dutch)
    found = reading(text, drop=("Achternaam", "voornaam", "E-mailadres"))
    assert codes(found) == []
    assert matrix(found.answers) == TRUE
    assert found.notes[-1] == "1 poging in Moodle is niet af. Die telt niet mee."


def test_moodle_second_attempt_and_unknown_text(reading: Read, bank: Itembank) -> None:
    second = moodle(bank).splitlines()[1]
    assert codes(reading(moodle(bank, second + "\n"), drop=NAMES)) == ["A508"]
    found = reading(moodle(bank).replace("De verhuurder", "De huisbaas"), drop=NAMES)
    assert codes(found) == ["A507"]


def qti(places: list[int], person: str, namespace: str) -> str:
    items = "".join(
        f'<itemResult identifier="{item}" datestamp="2026-05-12T10:00:0{n}" sessionStatus="final">'
        '<responseVariable identifier="RESPONSE" cardinality="single" baseType="identifier"><candidateResponse>'
        + (f"<value>{'ABC'[place]}</value>" if place >= 0 else "")
        + "</candidateResponse></responseVariable>"
        '<outcomeVariable identifier="SCORE" cardinality="single" baseType="float"><value>1</value></outcomeVariable>'
        "</itemResult>"
        for n, (item, place) in enumerate(zip(ITEMS, places, strict=True))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><assessmentResult xmlns="{namespace}"><context sourcedId="{person}"/>'
        f'<testResult identifier="{TOETS}" datestamp="2026-05-12T10:00:00"/>{items}</assessmentResult>'
    )


QTI3 = "http://www.imsglobal.org/xsd/imsqti_result_v3p0"


@pytest.mark.parametrize("namespace", [QTI3, "http://www.imsglobal.org/xsd/imsqti_result_v2p1"])
def test_qti_results(reading: Read, namespace: str) -> None:
    files = [qti(places, f"p{n}", namespace) for n, places in enumerate(TRUE, start=1)]
    found = reading(*files, name="resultaat.xml", toets="")
    assert codes(found) == []
    assert matrix(found.answers) == TRUE


def test_qti_several_in_one_file_and_the_last_attempt_counts(reading: Read) -> None:
    whole = "<all>" + "".join(qti(p, f"p{n}", QTI3).partition("?>")[2] for n, p in enumerate(TRUE)) + "</all>"
    assert matrix(reading(whole, name="r.xml").answers) == TRUE
    later = qti([1, 1, 1, 1], "p1", QTI3).replace("2026-05-12T10", "2026-05-13T10")
    inside = later[later.index("<itemResult") : later.index("</assessmentResult>")]
    once = qti(TRUE[0], "p1", QTI3).replace("</assessmentResult>", inside + "</assessmentResult>")
    assert matrix(reading(once, name="r.xml").answers) == [[1, 1, 1, 1]]


@pytest.mark.parametrize(
    "content", ["<a><b></a>", "<a/>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>']
)
def test_qti_that_is_none(reading: Read, content: str) -> None:
    assert codes(reading(content, name="r.xml")) == ["A501"]


def test_the_typing_sheet_is_read_as_it_was_made(reading: Read, bank: Itembank) -> None:
    made, told = answer_sheets(bank, bank.toetsen[TOETS], 3)
    assert all(word not in str(made) for word in ("juist", "goed"))
    filled = [
        (row[0], code, *printed(places, bank, code))
        for row, places, code in zip(made.rows, TRUE, "ABA", strict=True)
    ]
    import dataclasses

    content = sheets.write(
        (dataclasses.replace(made, rows=tuple(filled)), told),
        Properties("t", "k", datetime.date(2026, 5, 12)),
    )
    found = reading(content, name="a.xlsx")
    assert codes(found) == []
    # person 2 had variant B, in which another question stands last
    assert matrix(found.answers) == TRUE
    assert "".join(key_letters(bank, bank.toetsen[TOETS])) not in str(made.above)


def test_a_typing_sheet_of_a_changed_toets_is_told(reading: Read, bank: Itembank) -> None:
    text = "Toets X, editie 1, code 222222\n\n" + wide(bank)
    assert codes(reading(text)) == ["A513"]


def test_rows_that_nobody_filled_in_are_no_persons(reading: Read, bank: Itembank) -> None:
    found = reading(wide(bank) + "p4;;;;\np5\n")
    assert matrix(found.answers) == TRUE
    assert found.notes[1:] == ("In bestand 1 zijn 2 rijen zonder antwoord. Zij tellen niet mee.",)
    found = reading(wide(bank) + "p4;;;;\n")
    assert found.notes[1:] == ("In bestand 1 is 1 rij zonder antwoord. Die telt niet mee.",)
    # who handed in nothing at all is a person
    assert reading(wide(bank) + "p4;-;-;-;-\n").answers.personen[-1] == "p4"  # type: ignore[union-attr]


def test_two_moodle_reports_are_different_persons(reading: Read, bank: Itembank) -> None:
    found = reading(moodle(bank), moodle(bank), drop=NAMES)
    assert codes(found) == []
    assert matrix(found.answers) == TRUE + TRUE


def test_a_file_name_is_no_pseudonym(reading: Read) -> None:
    text = qti(TRUE[0], "x", QTI3).replace('<context sourcedId="x"/>', "<context/>")
    found = reading(text, name="Sara Jansen.xml")
    assert found.answers is not None and found.answers.personen == ("bestand-001",)
    # what is noted goes along in the report
    bare = lines(ITEMS, [*"ABAC"], [*"BBAC"])
    noted = reading(bare, name="Sara Jansen.csv").notes
    assert len(noted) == 2 and not any("Sara" in note for note in noted)


def test_our_example_of_qti_results_is_what_the_standard_says() -> None:
    folder = Path(os.environ.get("KNM_TESTDATA", "")) / "qti3-xsd"
    if not folder.is_dir():
        pytest.skip("KNM_TESTDATA has no qti3-xsd: set it to the folder with the official files")

    class Flat(etree.Resolver):
        """All schemas lie in one folder, whatever address they name."""

        def resolve(self, url: str, public_id: str, context: object) -> object:
            file = folder / url.rpartition("/")[2]
            return self.resolve_filename(str(file), context) if file.is_file() else None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Flat())
    schema = etree.XMLSchema(etree.parse(str(folder / "imsqti_resultv3p0_v1p0.xsd"), parser))
    schema.assertValid(etree.fromstring(qti(TRUE[2], "p1", QTI3).encode()))


def test_not_administered_is_not_skipped(reading: Read, bank: Itembank) -> None:
    found = reading(lines(["persoon", *ITEMS], ["p1", "A", "nvt", "A", "-"], ["p2", "A", "B", "A", "B"]))
    assert codes(found) == []
    assert matrix(found.answers)[0][1] == X and matrix(found.answers)[0][3] == S
    assert found.answers is not None and len(found.answers.forms) == 2


def test_a_missing_line_is_never_silent(reading: Read) -> None:
    rows = [["p1", item, "A"] for item in ITEMS] + [["p2", item, "A"] for item in ITEMS[:3]]
    text = lines(["persoon", "item", "antwoord"], *rows)
    found = reading(text)
    assert codes(found) == ["A510"]
    assert "gezondheid-002" in found.found[0].message and "p2" in found.found[0].message
    assert matrix(reading(text, missing="skipped").answers)[1][3] == S
    assert matrix(reading(text, missing="not-administered").answers)[1][3] == X


def test_who_is_missing_is_listed(reading: Read) -> None:
    rows = [[f"p{n}", item, "A"] for n in range(9) for item in (ITEMS if n > 6 else ITEMS[:3])]
    found = reading(lines(["persoon", "item", "antwoord"], *rows))
    assert [one.message for one in found.found] == [
        "Bij 7 personen is niets ingevuld bij gezondheid-002: p0, p1, p2, p3, p4 en nog 2."
    ]


def test_a_question_that_nobody_took(reading: Read, bank: Itembank) -> None:
    rows = [["p1", *"ABA"], ["p2", *"BBA"]]
    found = reading(lines(["persoon", *ITEMS[:3]], *rows))
    assert codes(found) == []
    assert found.nobody == ("gezondheid-002",)


def test_without_a_toets_letters_have_no_meaning(bank: Itembank) -> None:
    catalogue, _ = from_bank(bank, None)
    text = lines(["persoon", *ITEMS], ["p1", *"ABAC"]).encode()
    found = read_answers([("a.csv", text)], catalogue, Settings())
    assert codes(found) == ["A511"]
    placed = read_answers([("a.csv", text)], catalogue, Settings(cells="places"))
    assert matrix(placed.answers) == [[0, 1, 0, 2]]
    # an empty cell is not decided without a toets
    text = lines(["persoon", *ITEMS], ["p1", "A", "", "A", "C"]).encode()
    assert codes(read_answers([("a.csv", text)], catalogue, Settings(cells="places"))) == ["A510"]


def test_several_toetsen_in_one_file(bank: Itembank, catalogue: Catalogue) -> None:
    everything, _ = from_bank(bank, None)
    rows = [["p1", TOETS, *"ABAC"], ["p2", "bestaat-niet", *"ABAC"]]
    text = lines(["persoon", "toets", *ITEMS], *rows).encode()
    assert codes(read_answers([("a.csv", text)], everything, Settings())) == ["A511"]
    assert codes(read_answers([("a.csv", text)], catalogue, Settings(toets=TOETS))) == ["A511"]


RULES = "item_id,response,item_score\nv1,a,0\nv1,b,2\nv1,c,1\nv2,x,1\nv2,y,0\n"


def test_scoring_rules_as_dexter_has_them() -> None:
    table, _ = read_table("regels.csv", RULES.encode())
    assert table is not None
    made, wrong = from_rules(table)
    assert made is not None and not wrong
    settings = Settings(rules=True, properties=("geslacht",))
    text = lines(["person_id", "geslacht", "v1", "v2"], [1, "m", "b", "x"], [2, "v", "a", "y"], sign=",")
    found = read_answers([("a.csv", text.encode())], made, settings)
    assert codes(found) == []
    assert found.answers is not None
    assert found.answers.scores_in(0).tolist() == [[2, 1], [0, 0]]
    assert found.answers.properties == {"geslacht": ("m", "v")}
    wrong_text = text.replace("b,x", "q,x").encode()
    assert codes(read_answers([("a.csv", wrong_text)], made, settings)) == ["A507"]


@pytest.mark.parametrize(
    "text",
    [
        "item_id,response\nv1,a\n",
        "item_id,response,item_score\nv1,a,een\n",
        "item_id,response,item_score\nv1,a,1\nv1,a,0\n",
        "item_id,response,item_score\n,a,1\n",
    ],
)
def test_wrong_scoring_rules(text: str) -> None:
    table, _ = read_table("regels.csv", text.encode())
    assert table is not None
    made, wrong = from_rules(table)
    assert made is None and {finding.rule.code for finding in wrong} == {"A518"}


HEAD = ["persoon", *ITEMS]
GOOD = ["p1", *"ABAC"]
WRONG = {
    "empty": (b"", ["A502"]),
    "only spaces": (b" \n\n ", ["A502"]),
    "only a head": (lines(HEAD), ["A502"]),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(50), ["A501"]),
    "an old Excel file": (b"\xd0\xcf\x11\xe0" + bytes(50), ["A501"]),
    "a broken workbook": (b"PK\x03\x04" + bytes(50), ["A501"]),
    "bytes": (bytes(range(256)) * 4, ["A501"]),
    "a head in another language": (lines(["Nutzer", "Aufgabe", "Reaktion"], ["p1", "wonen-001", "A"]), ["A503"]),
    "no head": (lines(GOOD, GOOD), ["A503"]),
    "a column too many": (lines([*HEAD, "leeftijd"], [*GOOD, "33"]), ["A504"]),
    "a typing error in a head": (lines(["persoon", "woonen-001", *ITEMS[1:]], GOOD), ["A504"]),
    "a column without a head": (lines(HEAD, [*GOOD, "iets"]), ["A504"]),
    "two columns alike": (lines([*HEAD, "wonen-001"], [*GOOD, "A"]), ["A504"]),
    "names by head": (lines(["Naam", *HEAD], ["x", *GOOD]), ["A505"]),
    "names by content": (lines(HEAD, ["Sara", *"ABAC"], ["Mo de Vries", *"ABAC"]), ["A505"]),
    "e-mail by content": (lines(HEAD, ["a@b.nl", *"ABAC"]), ["A505"]),
    "citizen numbers by content": (lines(HEAD, ["111222333", *"ABAC"]), ["A505"]),
    "names of teachers": (lines([*HEAD, "docent"], [*GOOD, "Jan de Vries"], ["p2", *"ABAC", "Mo Bakker"]), ["A504", "A505"]),
    "a birth date": (lines([*HEAD, "Geboortedatum"], [*GOOD, "1990-01-01"]), ["A505"]),
    "an unknown question": (lines(["persoon", "item", "antwoord"], ["p1", "wonen-01", "A"]), ["A506"]),
    "a question of another toets": (lines([*HEAD, "wonen-003"], [*GOOD, "A"]), ["A506"]),
    "a number too high": (lines(["persoon", "Vraag 1", "Vraag 5"], ["p1", "A", "B"]), ["A506"]),
    "a letter too far": (lines(HEAD, ["p1", *"EBAC"]), ["A507"]),
    "two letters": (lines(HEAD, ["p1", "AB", "B", "A", "C"]), ["A503", "A507"]),
    "letters and numbers": (lines(HEAD, ["p1", "A", "1", "A", "C"]), ["A503"]),
    "only ones": (lines(HEAD, ["p1", *"1111"]), ["A520"]),
    "a person twice": (lines(HEAD, GOOD, GOOD), ["A508"]),
    "an id that became a date": (lines(HEAD, ["2026-04-03", *"ABAC"], ["3-apr", *"ABAC"]), ["A509", "A509"]),
    "an id that was rounded": (lines(HEAD, ["1,2E+11", *"ABAC"]), ["A509"]),
    "no person": (lines(HEAD, ["", *"ABAC"]), ["A516"]),
    "a variant too far": (lines([*HEAD, "variant"], [*GOOD, "D"]), ["A517"]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_bad_input_gets_a_sentence(reading: Read, case: str) -> None:
    content, wanted = WRONG[case]
    found = reading(content)
    assert set(codes(found)) <= set(wanted) and codes(found)
    assert found.answers is None
    for finding in found.found:
        assert finding.message.endswith((".", "?")) and "Traceback" not in finding.message
        assert max(len(part.split()) for part in finding.message.replace("?", ".").split(".")) <= 18


def test_forty_columns_of_which_two_are_unknown(reading: Read) -> None:
    head = ["persoon", *ITEMS, *(f"kenmerk{n}" for n in range(33)), "kolom x", "kolom y"]
    assert len(head) == 40
    properties = tuple(f"kenmerk{n}" for n in range(33))
    text = lines(head, [*GOOD, *"1" * 35])
    found = reading(text, properties=properties)
    assert codes(found) == ["A504", "A504"]
    assert [finding.location.column for finding in found.found] == [39, 40]
    assert codes(reading(text, properties=properties, drop=("kolom x", "Kolom Y"))) == []


def test_all_mistakes_at_once_each_told_once(reading: Read) -> None:
    rows = [[f"p{n}", "E", "B", "Q", "C"] for n in range(30)] + [["", *"ABAC"], ["p1", *"ABAC"]]
    found = reading(lines(HEAD, *rows))
    assert codes(found) == ["A507", "A507", "A516", "A508"]
    assert "Dit staat er 30 keer." in found.found[0].message


def test_a_column_of_drop_that_is_not_there(reading: Read) -> None:
    assert codes(reading(lines(HEAD, GOOD), drop=("naam",), properties=("groep",))) == ["A504", "A504"]


def test_names_in_a_property_are_refused_and_places_are_not(reading: Read) -> None:
    names = [
        f"{first} {last}"
        for first in ("Sara", "Mo", "Noor", "Daan")
        for last in ("Bakker", "de Wit", "Smit", "Vos")
    ]
    head = [*HEAD, "klas"]
    found = reading(
        lines(head, *[[f"p{n}", *"ABAC", name] for n, name in enumerate(names)]), properties=("klas",)
    )
    assert codes(found) == ["A505"] and "Sara" not in report.as_text(found.found)
    towns = ["Den Haag", "Bergen op Zoom", "Alphen aan den Rijn", "Utrecht"]
    found = reading(lines(head, *[[f"p{n}", *"ABAC", towns[n % 4]] for n in range(16)]), properties=("klas",))
    assert codes(found) == []


@pytest.mark.parametrize(
    "rows",
    [[GOOD], [["p1", *"BBAB"], ["p2", *"BBAB"]], [["p1", *"CCBC"], ["p2", *"CCBC"]], [["p1", *"----"]]],
)
def test_one_person_all_right_all_wrong_and_nothing_filled_in_can_be_read(
    reading: Read, rows: list[list[str]]
) -> None:
    found = reading(lines(HEAD, *rows))
    assert not [f for f in found.found if f.rule.severity is Severity.ERROR]
    assert found.answers is not None and len(found.answers.personen) == len(rows)


def test_numbers_of_nine_digits_that_are_no_citizen_numbers(reading: Read) -> None:
    rows = [[str(100000000 + 7 * n), *"ABAC"] for n in range(40)]
    assert codes(reading(lines(HEAD, *rows))) == []
