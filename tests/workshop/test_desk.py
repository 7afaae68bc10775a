"""The bank with unsaved text in it: the same findings as when the file had been written."""

from __future__ import annotations

import pytest

from builder import checks
from builder.checks.context import Context
from builder.loading.load import load
from builder.project import Project
from builder.workshop.desk import Desk
from builder.workshop.fields import form_of
from builder.workshop.views import form_view
from tests.conftest import ITEM, ITEM_PATH, ROOT, VOORBEELDBANK, CopiedProject

PICTURE = (VOORBEELDBANK / "items/wonen/wonen-002.svg").read_bytes()
WITH_PICTURE = ITEM.replace(
    "opties:",
    "afbeelding:\n  bestand: wonen-004.svg\n  alt: Een bak.\n  maker: redactie\n  licentie: CC BY 4.0\nopties:",
    1,
)
VARIANTS = {
    "good": ITEM,
    "level": ITEM.replace("taalniveau: A2", "taalniveau: B2"),
    "no key": ITEM.replace("juist: true", "juist: false"),
    "two keys": ITEM.replace("juist: false", "juist: true"),
    "unknown": ITEM.replace("eindterm: 3.1.2", "eindterm: 9.9.9"),
    "source": ITEM.replace("voorbeeldfolder", "van-horen-zeggen"),
    "todo": ITEM.replace("Wat gebeurt er als je de huur niet betaalt?", "TODO"),
    "twin": (VOORBEELDBANK / "items/wonen/wonen-001.yaml")
    .read_text("utf-8")
    .replace("wonen-001", "wonen-004"),
    "hard": ITEM.replace("Wat gebeurt er", "Indien de huurder in gebreke blijft, wat wordt er dan gedaan"),
    "yaml": ITEM.replace("stam: ", 'stam: "'),
    "empty": "\n",
    "picture": WITH_PICTURE,
    "secret": ITEM.replace("status: review", "status: geheim"),
}


@pytest.mark.parametrize("name", sorted(VARIANTS))
@pytest.mark.parametrize("there", [True, False])
def test_unsaved_text_is_judged_as_if_it_was_saved(
    bank_project: CopiedProject, name: str, there: bool
) -> None:
    desk = Desk(bank_project, None, Context())
    raw = VARIANTS[name].encode()
    file = bank_project.root / ITEM_PATH
    if there:
        file.write_text(ITEM.replace("een boete", "een kaart"), encoding="utf-8")
    more = {"items/wonen/wonen-004.svg": PICTURE} if name == "picture" else {}
    judged = desk.judge_raw(ITEM_PATH, raw, more)
    file.write_bytes(raw)
    for path, content in more.items():
        (bank_project.root / path).write_bytes(content)
    bank, found = load(bank_project)
    saved = [
        one
        for one in (*found, *checks.check(bank))
        if one.location.path == ITEM_PATH and one.rule.code not in ("C316", "L217")
    ]
    assert sorted(judged.findings, key=repr) == sorted(saved, key=repr)
    assert judged.bank.items.get("wonen-004") == bank.items.get("wonen-004")
    assert judged.bank.broken == bank.broken
    assert bool(judged.findings) == (name not in ("good", "picture"))


def test_a_change_on_disk_is_seen_at_once(bank_project: CopiedProject) -> None:
    desk = Desk(bank_project, None, Context())
    assert "wonen-004" not in desk.bank().items
    file = bank_project.root / ITEM_PATH
    file.write_text(ITEM, encoding="utf-8")
    assert desk.bank().items["wonen-004"].stam.startswith("Wat gebeurt er")
    assert desk.bank() is desk.bank()
    file.unlink()
    assert "wonen-004" not in desk.bank().items


def test_each_finding_has_a_place_in_the_form(bank_project: CopiedProject) -> None:
    desk = Desk(bank_project, None, Context())
    (bank_project.root / ITEM_PATH).write_text(ITEM, encoding="utf-8")
    text = desk.document(ITEM_PATH)
    assert text.data is not None
    spoiled = {**text.data, "taalniveau": "B2", "gecontroleerd_op": "2026-02-30", "trefwoorden": ["a", "a"]}
    findings = desk.judge(text, spoiled).findings
    groups = form_of(bank_project.schemas, "item")
    form = form_view(groups, spoiled, "item", desk.bank(), findings)
    assert {message.name for message in form.messages} == {"taalniveau", "gecontroleerd_op", "trefwoorden"}
    at_rows = [message for row in form.all_rows() for message in row.messages]
    assert sorted(at_rows, key=repr) == sorted(form.messages, key=repr)


@pytest.mark.parametrize("step", [120, pytest.param(30, marks=pytest.mark.audit)])
def test_what_is_asked_about_one_document_is_all_there_is_to_say_of_it(step: int) -> None:
    """On the real bank: the quick look of the workshop and the whole check agree."""
    bank, _ = load(Project(ROOT))
    whole = checks.check(bank, Context())
    names = [*list(bank.items)[::step], *list(bank.lessen)[:: step // 9], *list(bank.momenten)[:1], *list(bank.toetsen)[:1]]
    for name in names:
        path = bank.locations[name].path
        asked = [one for one in checks.check(bank, Context(), only=name) if one.location.path == path]
        assert asked == [one for one in whole if one.location.path == path], name
