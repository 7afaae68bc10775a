"""The report in all its forms: what stands in it, the same bytes again, and nothing about a person."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pikepdf
import pypdfium2
import pytest
from openpyxl import load_workbook

from builder.analysis import charts, flags, report_html, report_json, report_pdf, report_xlsx, tables
from builder.analysis.analyse import Analysis, Wishes, analyse
from builder.analysis.catalogue import from_rules
from builder.analysis.classical import per_form
from builder.analysis.dexter import dexter
from builder.analysis.flags import Limits
from builder.analysis.nouns import SKIPPED, Vraag
from builder.analysis.read_answers import read_answers
from builder.analysis.table import read_table
from builder.analysis.told import Settings
from builder.analysis.words import number, percent
from tests.analysis.made import from_scores, simulated
from tests.analysis.verbal import verbal

EVIL = '<b>"A&B"</b> $x$ #let {{ 1 }} <script>alert(1)</script>'


def lettered(seed: int = 1, persons: int = 120, items: int = 6) -> Analysis:
    """An analysis of three-choice questions: the key of v02 is wrong, of v03 nobody takes C."""
    import numpy as np

    random = np.random.default_rng(seed)
    right = simulated(np.linspace(-1, 1, items), persons, seed)
    answers = from_scores(right.tolist())
    chosen = np.where(right == 1, 0, random.integers(1, 3, right.shape)).astype(np.int8)
    chosen[:, 2] = np.where(right[:, 2] == 1, 1, random.choice([0, 2], persons))
    chosen[:, 3] = np.minimum(chosen[:, 3], 1)
    chosen[::9, 5] = SKIPPED
    vragen = tuple(
        Vraag(
            f"v{n:02}", ("A", "B", "C"), (1, 0, 0), 1, "0" * 64, f"Vraag {n}? {EVIL}", ("goed", EVIL, "fout")
        )
        for n in range(items)
    )
    answers = replace(
        answers,
        vragen=vragen,
        chosen=chosen,
        properties={"groep": tuple("ab"[n % 2] for n in range(persons))},
    )
    wishes = Wishes(
        "proef", "Proef", "2026-11-25", dif="groep", cesuur=4, angoff=[[0.5] * items, [0.6] * items],
        hofstee=[(2, 5, 10, 90)],
    )  # fmt: skip
    return analyse(answers, wishes, ("Een opmerking.",), ("v99",))


@pytest.fixture(scope="module")
def done() -> Analysis:
    return lettered()


def test_flags_say_what_and_why(done: Analysis) -> None:
    found = {(flag.item, flag.rule.code): flag for flag in done.flags}
    assert ("v02", "A611") in found and ("v03", "A617") in found and ("v05", "A618") in found
    assert found["v02", "A611"].colour == "rood" and not found["v02", "A611"].unsure
    assert "kiezen eerder B" in found["v02", "A611"].message
    assert "Niemand kiest antwoord C" in found["v03", "A617"].message
    assert done.flags[0].item == "v02"
    for flag in done.flags:
        for sentence in re.split(
            r"(?<=[.?!]) ", re.sub(r'\("[^"]*.*"\)', "", flag.message) + " " + flag.hint
        ):
            assert len(sentence.split()) <= 18, sentence


def test_a_number_never_reads_as_the_limit_that_it_misses() -> None:
    assert flags._under(0.1964, 0.2) == "0,196" and flags._under(0.19996, 0.2) == "0,19996"
    assert flags._under(0.12, 0.2) == "0,12" and flags._above(0.0041) == "0,004"


def test_questions_have_their_number_on_paper(done: Analysis) -> None:
    order = tuple(item.vraag.id for item in reversed(done.items))
    numbered = replace(done, wishes=replace(done.wishes, order=order))
    assert (numbered.number_of("v05"), numbered.name_of("v02")) == ("1", "v02, vraag 4")
    assert done.number_of("v05") == "" and done.name_of("v05") == "v05"
    page = Page(report_html.html(numbered).decode())
    assert "v02 vraag 4, versie 1" in " ".join(page.text.split())
    book = load_workbook(io.BytesIO(report_xlsx.xlsx(numbered)))
    assert [row[1].value for row in book["Vragen"].iter_rows(min_row=2)] == [str(n) for n in range(6, 0, -1)]
    assert tables.item_grid(numbered).head[:2] == ("Vraag", "Nr")


def test_limits_can_be_moved(done: Analysis) -> None:
    strict = flags.find(done.items, Limits(rir_oranje=0.99), {}, None)
    assert {flag.item for flag in strict if flag.rule.code in ("A614", "A615")} == {
        f"v{n:02}" for n in range(6)
    }
    assert flags.find(done.items, Limits(none=1000), {}, None) == ()


def test_below_fifty_nothing_is_red() -> None:
    small = lettered(persons=40)
    assert small.unsure and small.flags
    assert {flag.colour for flag in small.flags} == {"oranje"}
    assert all(flag.unsure for flag in small.flags)
    assert "A601" in {one.rule.code for one in small.found}
    assert lettered(persons=9).flags == ()


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def test_the_page_is_whole_and_asks_nothing_of_others(done: Analysis) -> None:
    content = report_html.html(done).decode()
    page = Page(content)
    assert page.count("script") == 0
    assert not [
        a for _, attrs in page.tags for name, a in attrs.items() if name in ("src", "style", "onclick")
    ]
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", content)
    policy = [attrs["content"] for tag, attrs in page.tags if "http-equiv" in attrs]
    assert policy and (policy[0] or "").startswith("default-src 'none'; style-src 'sha256-")
    assert page.count("svg") == 1 + len(done.items)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for tag, attrs in page.tags:
        if tag == "svg":
            assert attrs["role"] == "img"
            assert all(name in ids for name in (attrs["aria-labelledby"] or "").split())
        if tag == "a":
            assert (attrs["href"] or "").removeprefix("#") in ids
        if tag == "th":
            assert attrs.get("scope") in ("col", "row")
    # a table behind each chart, with a caption
    assert page.count("figure") == page.count("svg") and page.count("caption") == page.count("table")
    assert EVIL in page.text and "<script>alert" not in content


def test_every_flag_and_number_is_on_the_page(done: Analysis) -> None:
    page = Page(report_html.html(done).decode())
    text = " ".join(page.text.split())
    for flag in done.flags:
        assert " ".join(flag.message.split()) in text and flag.hint in text
    for item in done.items:
        assert f"rit {number(item.rit)} · rir {number(item.rir)}" in text
    for line in (*tables.summary(done), *tables.standard_lines(done), *tables.about(done)):
        assert " ".join(line.split()) in text
    assert "v99 staat in het bestand, maar niemand kreeg haar" in text
    assert "Angoff: 3,30 punten volgens 2 beoordelaars" in text
    assert "Hofstee: " in text


def test_the_pdf_is_accessible_and_says_the_same(done: Analysis) -> None:
    content = report_pdf.pdf(done)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked and document.Root.Lang == "nl-NL"
        meta = document.open_metadata()
        assert meta.get("pdfuaid:part") == "1" and meta.get("pdfaid:part") == "2"
    text = (
        "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
        .replace("\r\n", " ")
        .replace("\n", " ")
    )
    for item in done.items:
        assert f"rir {number(item.rir)}" in text
    assert "Let op deze vragen" in text and "alert(1)" in text


def test_the_workbook_holds_all_digits(done: Analysis) -> None:
    book = load_workbook(io.BytesIO(report_xlsx.xlsx(done)))
    assert book.sheetnames == [
        "In het kort", "Let op", "Vragen", "Antwoorden", "Toetsen", "Verdeling", "Groepen", "Rasch", "Cesuur",
        "Vaardigheid", "Uitleg",
    ]  # fmt: skip
    rows = [[cell.value for cell in row] for row in book["Vragen"].iter_rows()]
    at = {name: place for place, name in enumerate(rows[0])}
    for row, item in zip(rows[1:], done.items, strict=True):
        assert row[at["Vraag"]] == item.vraag.id and row[at["n"]] == item.n
        assert row[at["rir"]] == pytest.approx(item.rir, abs=1e-14)
    (form,) = done.forms
    toetsen = [[cell.value for cell in row] for row in book["Toetsen"].iter_rows()]
    assert toetsen[1][toetsen[0].index("Alfa")] == pytest.approx(form.alpha, abs=1e-14)
    evil = [cell.value for cell in book["Antwoorden"]["C"]]
    assert EVIL in evil and all(cell.data_type != "f" for row in book["Antwoorden"] for cell in row)


def test_the_same_answers_give_the_same_bytes() -> None:
    for make in (report_html.html, report_pdf.pdf, report_xlsx.xlsx, report_json.as_json):
        assert make(lettered()) == make(lettered())  # type: ignore[operator]
    assert [one.content for one in dexter(lettered())] == [one.content for one in dexter(lettered())]


def test_json_has_all_digits_and_no_person(done: Analysis) -> None:
    text = report_json.as_json(done)
    data = json.loads(text)
    assert data["vragen"][0]["rit"] == done.items[0].rit
    assert data["toetsen"][0]["alpha"] == done.forms[0].alpha
    assert not re.search(r'"p[0-9]+"', text)


def test_no_report_names_a_person(done: Analysis) -> None:
    named = replace(done, answers=replace(done.answers, personen=tuple(f"zx{n}q" for n in range(120))))
    assert b"zx1q" not in report_html.html(named)
    assert "zx1q" not in report_json.as_json(named)
    book = load_workbook(io.BytesIO(report_xlsx.xlsx(named)))
    assert not [
        c
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for c in row
        if c and "zx1q" in str(c)
    ]


def test_what_dexter_gets_gives_the_same_numbers_again() -> None:
    """Read our own export back as dexter does: the numbers must not change."""
    answers = verbal()
    done = analyse(answers, Wishes("agressie", "Agressie", "2026-11-25"))
    files = {one.path: one.content for one in dexter(done)}
    assert set(files) == {
        f"dexter/{name}" for name in ("rules.csv", "design.csv", "responses.csv", "dexter.R", "persons.csv")
    }
    rules, _ = read_table("rules.csv", files["dexter/rules.csv"])
    assert rules is not None
    catalogue, wrong = from_rules(rules)
    assert catalogue is not None and not wrong
    again = read_answers(
        [("responses.csv", files["dexter/responses.csv"])],
        catalogue,
        Settings(rules=True, missing="not-administered"),
    )
    assert not again.found and again.answers is not None
    (one,), _ = per_form(answers)
    (two,), _ = per_form(again.answers)
    assert replace(two, name=one.name) == one
    persons = list(csv.DictReader(io.StringIO(files["dexter/persons.csv"].decode())))
    assert {row["gender"] for row in persons} == {"Male", "Female"} and len(persons) == 316


def test_dexter_knows_each_booklet_and_file_that_the_script_names(done: Analysis) -> None:
    """`add_response_data` stops at a booklet that is not in the design, and at a response without a rule."""
    files = {one.path.removeprefix("dexter/"): one.content.decode() for one in dexter(done)}
    script = files.pop("dexter.R")
    assert set(re.findall(r'"([a-z]+\.csv)"', script)) == set(files) and "PERSONS" not in script
    rows = {name: list(csv.DictReader(io.StringIO(text))) for name, text in files.items()}
    design = [(row["booklet_id"], row["item_id"]) for row in rows["design.csv"]]
    assert len(set(design)) == len(design)
    assert {(row["booklet_id"], row["item_id"]) for row in rows["responses.csv"]} == set(design)
    assert [int(row["item_position"]) for row in rows["design.csv"]] == list(range(1, len(done.items) + 1))
    known = {(row["item_id"], row["response"]) for row in rows["rules.csv"]}
    assert {(row["item_id"], row["response"]) for row in rows["responses.csv"]} <= known
    bare = replace(done, answers=replace(done.answers, properties={}))
    (script,) = (one.content.decode() for one in dexter(bare) if one.path.endswith(".R"))
    assert "persons" not in script.casefold()


def test_a_skipped_answer_goes_to_dexter_as_one_that_scores_nothing(done: Analysis) -> None:
    files = {one.path: one.content.decode() for one in dexter(done)}
    assert "v05,leeg,0" in files["dexter/rules.csv"]
    assert files["dexter/responses.csv"].count("v05,leeg") == len(range(0, 120, 9))


def test_a_chart_without_groups_is_left_out_and_lines_are_told_apart() -> None:
    _, (items,) = per_form(from_scores([[1, 0], [0, 1], [1, 1]]))
    assert charts.option_chart(items[0]) is None
    chart = charts.option_chart(lettered().items[0])
    assert chart is not None
    svg = chart.svg()
    dashes = re.findall(r"\.l(\d)\{[^}]*?(?:stroke-dasharray:([\d ]+))?\}", charts.PRINT_STYLE)
    assert len({dash for _, dash in dashes}) == len(dashes) == 5
    assert {'class="lijn l0"', 'class="lijn l1"', 'class="lijn l2"'} <= set(
        re.findall(r'class="lijn l\d"', svg)
    )
    assert [row[0] for row in chart.rows] == ["A (goed)", "B", "C", "Personen"]
    assert sum(int(cell) for cell in chart.rows[-1][1:]) == 120


def test_a_long_test_has_a_chart_that_fits() -> None:
    (form,), _ = per_form(from_scores(simulated([0.0] * 150, 80, 1).tolist()))
    chart = charts.spread_chart(form, 75, 0)
    assert chart.svg().count("<rect") <= 60
    assert sum(int(row[1]) for row in chart.rows) == 80


def test_words() -> None:
    assert [number(value) for value in (None, 0.126, -0.004, -1.5)] == [
        "n.v.t.",
        "0,13",
        "0,00",
        "\u22121,50",
    ]
    assert [percent(value) for value in (0.0, 0.001, 0.5, 0.999, 1.0)] == ["0%", "<1%", "50%", ">99%", "100%"]


@pytest.mark.parametrize("table", [[[1, 0, 1]], [[1, 1]] * 30, [[0, 0]] * 30, [[1], [0]] * 20])
def test_thin_data_still_gives_every_report(table: list[list[int]]) -> None:
    done = analyse(from_scores(table), Wishes("klein", "Klein", "2026-11-25", cesuur=1))
    for make in (report_html.html, report_pdf.pdf, report_xlsx.xlsx, report_json.as_json):
        assert make(done)  # type: ignore[operator]
