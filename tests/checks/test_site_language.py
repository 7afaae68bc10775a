"""Texts without a level of their own keep to that of their kind: fields of the bank, hand-written pages, templates, scripts."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builder import checks
from builder.checks import language, levels, site_language
from builder.checks.levels import LEARNERS, TEACHERS, page_kind
from builder.diagnostics import Diagnostic
from builder.export.html import GEVOELIG, TEKSTEN
from builder.language import Verdict
from builder.loading.load import load
from builder.loading.positions import LazyPositions
from builder.model.itembank import Itembank, Source
from builder.model.pagina import Pagina
from builder.rulebook import RULES
from builder.website import html_pages
from builder.website.oefenen import KEUZE
from builder.website.pages import Pages
from builder.website.plugin import site_input
from builder.workshop.screens import TEMPLATES
from tests.conftest import ROOT, VOORBEELDBANK, CopiedProject, copy_of_the_voorbeeldbank
from tests.running_text import blocks
from tests.workshop.test_texts import of_templates

HARD = "De formulieren dienen tijdig te worden ingeleverd."  # formal for everybody, passive for learners
LONG = " ".join(["Dit", *["heel"] * 35, "lang."])
TEACHER_ONLY = ["C454"]
LEARNER = ["C453", "C453"]
FOR_LEARNERS = {
    "cursist.md.j2",
    "kaartjes.md.j2",
    "oefenen.md.j2",
    "veiligheid.md.j2",
}  # templates of their pages
SENTENCE = re.compile(r" .*[a-z]{2,}[.?:](?: |$|\n)|[a-z]{2,}[.?:] ", re.DOTALL)


@pytest.fixture(scope="module")
def bank() -> Itembank:
    return load(CopiedProject(VOORBEELDBANK))[0]


def first(mapping: Any, **changes: Any) -> dict[str, Any]:
    """The documents of a kind, the first of them changed."""
    name, document = next(iter(mapping.items()))
    return {**mapping, name: replace(document, **changes)}


def told(found: Any) -> list[tuple[str, str]]:
    return [(finding.rule.code, finding.location.pointer) for finding in found]


def test_the_voorbeeldbank_keeps_to_its_levels(bank: Itembank) -> None:
    assert list(site_language.check(bank)) == []


@pytest.mark.parametrize(
    ("shelf", "changes", "pointer", "codes"),
    [
        ("lessen", {"docent": HARD}, "/docent", TEACHER_ONLY),
        ("lessen", {"samenvatting": HARD}, "/samenvatting", TEACHER_ONLY),
        ("lesmateriaal", {"samenvatting": HARD}, "/samenvatting", TEACHER_ONLY),
        ("locaties", {"voor_wie": HARD}, "/voor_wie", TEACHER_ONLY),
        ("momenten", {"situatie": HARD}, "/situatie", TEACHER_ONLY),
        ("begrippen", {"uitleg": HARD}, "/begrippen/0/uitleg", TEACHER_ONLY),
        ("reeksen", {"uitleg": HARD}, "/reeksen/0/uitleg", TEACHER_ONLY),
        ("kernwaarden", {"uitleg": HARD}, "/kernwaarden/0/uitleg", TEACHER_ONLY),
        ("wegwijzer", {"waarvoor": HARD}, "/wegwijzer/0/waarvoor", LEARNER),
        ("wegwijzer", {"waarvoor": HARD, "groep": "docent"}, "/wegwijzer/0/waarvoor", TEACHER_ONLY),
        ("lessen", {"docent": LONG}, "/docent", ["C453"]),
        ("lessen", {"docent": f"Iemand zegt: “{HARD}”"}, "/docent", []),
        ("momenten", {"uitspraken": (HARD,)}, "/uitspraken/0", []),
        ("momenten", {"je_kunt_zeggen": (HARD,)}, "/je_kunt_zeggen/0", []),  # measured beside the handouts
    ],
)
def test_a_hard_place_is_told_where_it_stands(
    bank: Itembank, shelf: str, changes: dict[str, Any], pointer: str, codes: list[str]
) -> None:
    changed = replace(bank, **{shelf: first(getattr(bank, shelf), **changes)})
    assert told(site_language.check(changed)) == [(code, pointer) for code in codes]


def test_the_official_text_of_an_eindterm_is_not_ours(bank: Itembank) -> None:
    assert bank.eindtermen is not None
    thema = bank.themas[0]
    hard = replace(bank.eindtermen, themas=(replace(thema, omschrijving=HARD), *bank.themas[1:]))
    assert list(site_language.check(replace(bank, eindtermen=hard))) == []
    ours = replace(bank.eindtermen, themas=(replace(thema, samenvatting=HARD), *bank.themas[1:]))
    assert told(site_language.check(replace(bank, eindtermen=ours))) == [("C454", "/themas/0/samenvatting")]


def of_page(bank: Itembank, text: str, level: str = "", path: str = "over/proef") -> list[Diagnostic]:
    pagina = Pagina(f"site/pages/{path}.md", text, 4, "Proef", level)
    return list(site_language.check(replace(bank, paginas={pagina.pad: pagina})))


def test_a_page_is_measured_at_its_own_level_with_line_and_column(bank: Itembank) -> None:
    text = f"# Proef\n\nGoed zo. {HARD}\n\n```\n{HARD}\n```\n\n> {HARD}\n"
    (formal,) = of_page(bank, text)
    assert (formal.rule.code, formal.location.line, formal.location.column) == ("C454", 6, 25)
    learners = ["C452", *LEARNER]  # as a whole it seems too hard too
    assert [finding.rule.code for finding in of_page(bank, text, LEARNERS)] == learners
    assert [finding.rule.code for finding in of_page(bank, text, path="bezoeken/brief")] == learners
    assert [finding.rule.code for finding in of_page(bank, text, "makkelijk")] == TEACHER_ONLY
    assert of_page(bank, text, path="besluiten/0001-x") == []


def test_a_page_for_learners_is_also_judged_as_a_whole(bank: Itembank) -> None:
    hard = (
        "De zorgverzekeraar vergoedt de noodzakelijke behandeling wanneer de verzekerde voldoende bijdraagt. "
        * 3
    )
    assert "C451" in [finding.rule.code for finding in of_page(bank, hard, LEARNERS)]
    assert of_page(bank, hard, TEACHERS) == []


def test_what_stands_beside_a_question_is_only_advice(bank: Itembank) -> None:
    item = bank.items["wonen-001"]
    opties = (replace(item.opties[0], toelichting=HARD), *item.opties[1:])
    found = language.check(replace(bank, items={item.id: replace(item, opties=opties)}, toetsen={}))
    assert [one for one in told(found) if "toelichting" in one[1]] == [("C454", "/opties/0/toelichting")] * 2


def test_a_look_at_one_document_leaves_the_others_alone(bank: Itembank) -> None:
    pagina = Pagina("site/pages/over/proef.md", HARD, 1)
    hard = replace(
        bank,
        locations={**bank.locations, pagina.pad: Source(pagina.pad, LazyPositions(""))},
        paginas={pagina.pad: pagina},
        lesmateriaal=first(bank.lesmateriaal, samenvatting=HARD),
    )
    ours = next(iter(bank.lesmateriaal))
    both = {hard.locate(ours).path, pagina.pad}
    assert {found.location.path for found in checks.check(hard)} >= both
    assert {found.location.path for found in checks.check(hard, only="wonen-001")}.isdisjoint(both)
    assert hard.locate(ours).path in {found.location.path for found in checks.check(hard, only=ours)}


def test_the_kind_of_a_page_and_its_level_stand_in_one_place() -> None:
    levels_of = {
        "lessen/geschiedenis/een-les/cursist": LEARNERS,
        "lessen/geschiedenis/een-les/index": TEACHERS,
        "lessen/index": TEACHERS,
        "veiligheid/kaartjes": LEARNERS,
        "veiligheid/meldcode": TEACHERS,
        "bezoeken/brief": LEARNERS,
        "oefenen/index": LEARNERS,
        "iets/nieuws": TEACHERS,
    }
    assert {address: page_kind(address).level for address in levels_of} == levels_of
    assert {kind.level for kind in levels.PAGE_KINDS} == {LEARNERS, TEACHERS}
    docs = (ROOT / "site/pages/auteurs/taalniveau.md").read_text(encoding="utf-8")
    assert [kind.name for kind in levels.PAGE_KINDS if kind.name not in docs] == []


def test_no_template_goes_unmeasured(tmp_path: Path) -> None:
    """A sentence at the end of every template of a page is among what is measured of every page that the program makes."""
    project = copy_of_the_voorbeeldbank(tmp_path / "bank")
    shutil.copytree(ROOT / "site/templates", tmp_path / "templates")
    for template in (tmp_path / "templates").glob("*.md.j2"):
        template.write_text(f"{template.read_text(encoding='utf-8')}\n\n<p>{HARD}</p>\n", encoding="utf-8")
    given = replace(
        site_input(project, load(project)[0]), templates=tmp_path / "templates", today=date(2026, 11, 25)
    )
    unseen, seen = [], 0
    for artifact in Pages(given).artifacts():
        if artifact.path.endswith(".md"):
            front, _, text = artifact.content.decode("utf-8").lstrip().removeprefix("---").partition("\n---")
            html = f"<article>{html_pages.body(text or front).html}</article>"
            seen += 1
            if HARD not in blocks(html, artifact.path.removesuffix(".md")):
                unseen.append(artifact.path)
    assert unseen == []
    assert seen > 60


def test_what_a_page_says_only_sometimes_is_measured_too() -> None:
    """Such as that there is no lesson yet: the site of our own bank does not show it."""
    said = list(of_templates((ROOT / "site/templates").iterdir()))
    assert ("eindterm.md.j2", "Bij deze eindterm is er nog geen les.") in said
    hard = []
    for name, text in said:
        level = LEARNERS if name in FOR_LEARNERS else TEACHERS
        found = site_language.measured(text, level, frozenset()).findings
        if ".js" not in text:  # the top of a page, for mkdocs
            hard += [(name, one.kind, text) for one in found if one.kind != "long-word"]
    assert hard == []
    assert {name for name, _ in said} >= FOR_LEARNERS


def test_what_the_practice_page_says_is_for_learners() -> None:
    said = [*TEKSTEN.values(), *KEUZE.values(), GEVOELIG]
    for text in said:
        found = site_language.measured(text, LEARNERS, frozenset()).findings
        assert [finding.kind for finding in found if finding.kind != "long-word"] == [], text
    whole = site_language.measured("\n".join(said), LEARNERS, frozenset())
    assert whole.verdict is Verdict.FITS, whole.line


def sentences_of(source: str) -> Iterator[str]:
    """The literals of a module that hold a sentence; what is filled in is "iets". Docstrings are in English."""
    tree = ast.parse(source)
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
            text = "".join(
                part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "iets"
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            text = node.value
        else:
            continue
        if SENTENCE.search(text):
            yield text


def hard(said: set[str]) -> set[str]:
    return {text for text in said if site_language.measured(text, TEACHERS, frozenset()).findings}


def test_what_the_program_says_is_for_teachers() -> None:
    """Messages, rules, the workshop, LEESMIJ, downloads and letters; those for learners are looked at more closely above."""
    said: set[str] = set()
    for file in (ROOT / "builder").rglob("*.py"):
        if file.parent.name != "language" and file.name != "columns.py":  # lists of words
            said |= set(sentences_of(file.read_text(encoding="utf-8")))
    wrong = {example for rule in RULES for example in (rule.wrong, rule.right)}
    assert len(said) > 2000
    assert hard(said - wrong) == set()
    assert hard(said) == {language.C451.wrong, language.C453.wrong}  # examples of what is hard


def test_what_scripts_and_templates_of_the_workshop_say_is_for_teachers() -> None:
    pages = [*TEMPLATES.parent.glob("html/*.html"), *ROOT.glob("site/overrides/*.html")]
    said = {text for _, text in of_templates([*TEMPLATES.glob("*.html"), *pages])}
    for file in (*ROOT.glob("site/overrides/assets/js/*.js"), *ROOT.glob("builder/templates/**/*.js")):
        if ".min." not in file.name:
            literals = re.findall(r'"((?:[^"\\\n]|\\.)*)"', file.read_text(encoding="utf-8"))
            said |= {text for text in literals if SENTENCE.search(text)}
    assert len(said) > 300
    assert "Alles gaat uit je mandje. Wil je dat?" in said
    assert hard(said) == set()
