"""Writing in the workshop over HTTP: five minutes, stopping half-way, a conflict, undo, throwing away."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime
from difflib import unified_diff
from threading import Timer

import pytest

from builder.loading.load import load
from builder.loading.read import parse
from tests.workshop.conftest import Answer, Client, Workshop, changed, form_in
from tests.workshop.test_guard import png

ITEM = "items/wonen/wonen-001"
FULL = {
    "indicator": "3.1.2-b",
    "stam": "Wie maakt de kapotte deur van een huurhuis?",
    "opties.0.tekst": "De verhuurder.",
    "opties.0.toelichting": "De verhuurder zorgt voor het huis.",
    "opties.1.tekst": "De gemeente.",
    "opties.1.toelichting": "De gemeente zorgt niet voor een huurhuis.",
    "opties.2.tekst": "De politie.",
    "opties.2.toelichting": "De politie maakt geen deuren.",
    "opties!juist": "0",
    "bronnen.0.id": "voorbeeldfolder",
}


def begun(client: Client, eindterm: str = "3.1.2", examen: str = "nee") -> str:
    """Begin a new item; returns its address without /bewerk/."""
    answer = client.send("/nieuw", [("examen", examen), ("eindterm", eindterm)])
    assert answer.status == 303, answer.text
    return answer.where.removeprefix("/bewerk/").partition("?")[0]


def filled(client: Client, path: str, changes: dict[str, str], page: Answer | None = None) -> Answer:
    page = page or client.get(f"/bewerk/{path}")
    return client.send(f"/bewerk/{path}", changed(form_in(page, f"/bewerk/{path}"), changes))


def data_of(workshop: Workshop, path: str) -> dict[str, object]:
    data, _, found = parse(f"{path}.yaml", (workshop.root / f"{path}.yaml").read_bytes())
    assert data is not None and not found
    return data


def test_a_new_item_in_one_form_goes_to_review(workshop: Workshop) -> None:
    client = workshop.client()
    client.send("/wie", [("code", "auteur-7")])
    path = begun(client)
    assert path == "items/wonen/wonen-004"
    assert data_of(workshop, path)["maker"] == "auteur-7"
    answer = filled(client, path, {**FULL, "doe": "stap:review"})
    assert (answer.status, answer.where) == (303, f"/stand/{path}")
    bank, found = load(workshop.desk.project)
    assert not found
    assert client.get(answer.where).says("Dit is naar review gestuurd. Een collega kijkt het nu na.")
    item = bank.items["wonen-004"]
    assert (item.status, item.maker, item.stam) == ("review", "auteur-7", FULL["stam"])
    text = (workshop.root / f"{path}.yaml").read_text(encoding="utf-8")
    assert "taalniveau: A2            # A1, A2 of B1" in text  # the comments of the template stay


def test_what_is_not_finished_is_saved_but_not_sent(workshop: Workshop) -> None:
    client = workshop.client()
    path = begun(client)
    answer = filled(client, path, {"stam": "Wie maakt de deur?", "doe": "stap:review"})
    assert answer.status == 200 and answer.says("deze stap kan nog niet")
    data = data_of(workshop, path)
    assert (data["status"], data["stam"]) == ("concept", "Wie maakt de deur?")
    assert not load(workshop.desk.project)[1]  # red, but it can be read: nobody else is bothered


def test_one_field_is_one_line(workshop: Workshop) -> None:
    client = workshop.client()
    before = (workshop.root / f"{ITEM}.yaml").read_text(encoding="utf-8")
    assert filled(client, ITEM, {"trefwoorden": "huur", "doe": "bewaar"}).status == 303
    middle = (workshop.root / f"{ITEM}.yaml").read_text(encoding="utf-8")
    assert filled(client, ITEM, {"stam": "Wie belt Amina dan?", "doe": "bewaar"}).status == 303
    after = (workshop.root / f"{ITEM}.yaml").read_text(encoding="utf-8")
    lines = [line for line in unified_diff(middle.splitlines(), after.splitlines(), n=0) if line[:1] in "+-"]
    assert len(lines) == 4 and before != middle
    assert filled(client, ITEM, {"doe": "bewaar"}).status == 303
    assert (workshop.root / f"{ITEM}.yaml").read_text(encoding="utf-8") == after


def test_findings_stand_at_the_field_and_in_the_summary_with_a_link(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get(f"/bewerk/{ITEM}")
    answer = filled(client, ITEM, {"indicator": "", "stam": "", "taalniveau": "B2", "doe": "kijk"}, page)
    assert answer.says("2 dingen moeten nog anders")
    assert '<a href="#v-taalniveau">Taalniveau</a>' in answer.text
    at_field = answer.text.partition('id="m-taalniveau"')[2].partition("</div>")[0]
    assert "kennen we niet" in at_field and "/regel/S104" in at_field
    rule = client.get("/regel/S104")
    assert rule.says("Niet zo") and rule.says("Taalniveau: B2") and "taalniveau:" not in rule.text


def said(answer: Answer) -> list[str]:
    """What the list of findings says must still change."""
    part = answer.text.partition("<h3>Dit moet nog</h3>")[2].partition("</ul>")[0]
    return [" ".join(re.sub(r"<[^>]+>", "", one).replace("&#34;", '"').split()) for one in part.split("</li>")[:-1]]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("gecontroleerd_op", "14-12-2026", 'Gecontroleerd op: Gecontroleerd op "14-12-2026" heeft niet de goede vorm. '
         "Schrijf jaar-maand-dag. Bedoel je 2026-12-14?"),
        ("gecontroleerd_op", "3 maart 2026", 'Gecontroleerd op: Gecontroleerd op "3 maart 2026" heeft niet de goede vorm. '
         "Schrijf jaar-maand-dag. Bedoel je 2026-03-03?"),
        ("gecontroleerd_op", "2026-02-30", "Gecontroleerd op: De datum 2026-02-30 staat niet op de kalender. "
         "Kijk naar de dag en de maand."),
        ("gecontroleerd_op", "gisteren", 'Gecontroleerd op: Gecontroleerd op "gisteren" heeft niet de goede vorm. '
         "Schrijf jaar-maand-dag, bijvoorbeeld 2026-05-12."),
        ("variant_van", "wonen-001", "Variant van: wonen-001 verwijst naar zichzelf. Noem een andere vraag."),
        ("variant_van", "de vorige", 'Variant van: Variant van "de vorige" heeft niet de goede vorm. '
         "Schrijf het thema, een streepje en drie cijfers, bijvoorbeeld wonen-014."),
        ("set", "Mijn Set", 'Set: Set "Mijn Set" heeft niet de goede vorm. '
         "Gebruik alleen kleine letters, cijfers en streepjes, bijvoorbeeld holocaust-in-drie."),
        ("vijanden", "wonen-002\nfout", None),
    ],
)  # fmt: skip
def test_a_field_of_the_wrong_form_hides_nothing_else(
    workshop: Workshop, field: str, value: str, told: str | None
) -> None:
    client = workshop.client()
    page = client.get(f"/bewerk/{ITEM}")
    spoiled = {"stam": "", "opties.1.toelichting": ""}
    before = said(filled(client, ITEM, {**spoiled, "doe": "kijk"}, page))
    assert len(before) == 2
    answer = filled(client, ITEM, {**spoiled, field: value, "doe": "kijk"}, page)
    after = said(answer)
    assert len(after) == 3 and set(before) < set(after)
    (new,) = set(after) - set(before)
    assert told is None or new == told
    assert "_" not in new and answer.says("3 dingen moeten nog anders.")
    assert not answer.says("Daarna kijken wij de rest na.")
    saved = filled(client, ITEM, {**spoiled, field: value, "doe": "bewaar"}, page)
    assert saved.status == 303 and len(said(client.get(saved.where))) == 3  # also when the file has it


def test_a_bron_that_is_not_there_hides_nothing_else(workshop: Workshop) -> None:
    client = workshop.client()
    path = begun(client)
    clean = said(filled(client, path, {"stam": "Wie?", "doe": "kijk"}))
    half = said(filled(client, path, {"stam": "Wie?", "bronnen.0.plaats": "bladzijde 2", "doe": "kijk"}))
    assert [one for one in half if one.startswith("Bron")] == ["Bron (bron 1): Kies hier een bron."]
    assert [one for one in clean if one not in half] == [one for one in clean if one.startswith("Bronnen: Vul")]
    assert len(clean) == len(half) > 5


def test_what_cannot_be_judged_yet_is_told(workshop: Workshop) -> None:
    client = workshop.client()
    file = workshop.root / f"{ITEM}.yaml"
    text = re.sub(r"\nstof: .*", "", file.read_text(encoding="utf-8"))
    file.write_text(re.sub(r"\nveroudert: .*", "", text), encoding="utf-8")
    assert client.get(f"/bewerk/{ITEM}").says("Daarna kijken wij de rest na.")


def test_the_hint_of_a_date_names_its_order(workshop: Workshop) -> None:
    page = workshop.client().get(f"/bewerk/{ITEM}")
    hint = page.text.partition('id="h-gecontroleerd_op">')[2].partition("</p>")[0]
    assert "Schrijf jaar-maand-dag, zoals 2026-05-12." in hint


def test_the_live_check_sends_only_what_changes(workshop: Workshop) -> None:
    client = workshop.client()
    sent = changed(
        form_in(client.get(f"/bewerk/{ITEM}"), f"/bewerk/{ITEM}"), {"stam": "Wie dan", "doe": "kijk"}
    )
    answer = client.send(f"/bewerk/{ITEM}", sent, {"HX-Request": "true"})
    assert "<form" not in answer.text and 'hx-swap-oob="true"' in answer.text
    assert 'id="nakijken"' in answer.text and "Uitleg C403" in answer.text


def test_hard_words_are_marked_and_the_rest_is_not(workshop: Workshop) -> None:
    client = workshop.client()
    answer = filled(client, ITEM, {"stam": "Wie belt u indien het huis brandt?", "doe": "kijk"})
    marked = answer.text.partition('class="gemarkeerd"')[2].partition("</p>")[0]
    assert "<mark>indien</mark>" in marked and "Wie belt u" in marked


def test_the_choice_of_an_eindterm_shows_what_is_there_and_what_is_needed(workshop: Workshop) -> None:
    page = workshop.client().get("/nieuw")
    assert page.says("3.1.2 (1 aanwezig) Je weet wat jij moet doen en wat de verhuurder moet doen.")
    file = workshop.root / "content/toetsmatrijzen/kleine-toets.yaml"
    text = file.read_text(encoding="utf-8")
    cell = "cellen:\n  - eindterm: 3.1.2\n    taalniveau: A2\n    min: 5\n"
    file.write_text(text.replace("cellen:\n", cell, 1), encoding="utf-8")
    assert workshop.client().get("/nieuw").says("3.1.2 (1 aanwezig, 5 nodig) Je weet wat jij moet doen")
    assert (
        workshop.client().get(f"/bewerk/{ITEM}").says("3.1.2 (0 aanwezig, 5 nodig) Je weet wat jij moet doen")
    )  # the others: it does not count itself


def test_a_question_that_is_being_written_does_not_count_itself(workshop: Workshop) -> None:
    """The live check judges a concept as if it were in review: the number of questions is still that of the bank."""
    client = workshop.client()
    client.send("/wie", [("code", "auteur-7")])
    path = begun(client)
    before = "3.1.2 (1 aanwezig) Je weet wat jij moet doen"
    assert client.get("/nieuw").says(before)
    assert client.get(f"/bewerk/{path}").says(before)
    checked = filled(client, path, {**FULL, "doe": "kijk"})
    assert checked.says("Dit kan naar review") or checked.says("Alle controles zijn goed")
    assert checked.says(before)
    assert filled(client, path, {**FULL, "doe": "stap:review"}).where == f"/stand/{path}"
    assert client.get("/nieuw").says("3.1.2 (2 aanwezig)") and client.get(f"/bewerk/{path}").says(before)


def test_nothing_is_chosen_at_birth(workshop: Workshop) -> None:
    client = workshop.client()
    client.send("/wie", [("code", "auteur-7")])
    path = begun(client)
    data = data_of(workshop, path)
    assert data["bronnen"] == [] and not any(optie["juist"] for optie in data["opties"])  # type: ignore[index, attr-defined]
    page = client.get(f"/bewerk/{path}")
    sent = dict(form_in(page, f"/bewerk/{path}"))
    assert "opties!juist" not in sent and sent["bronnen.0.id"] == ""
    for field, said in (
        ("opties", "Kies één goed antwoord. Nu is er geen antwoord goed. Kies bij één antwoord: Dit is het goede antwoord."),
        ("bronnen", "Vul de bron in. Waar staat dat dit antwoord klopt? Kies een bron uit de lijst."),
    ):  # fmt: skip
        at_field = Answer(200, {}, page.text.partition(f'id="m-{field}"')[2].partition("</div>")[0].encode())
        assert at_field.says(said)
    for view in ("kandidaat", "papier", "site"):  # it can be looked at all the same
        shown = client.get(f"/kijk/{view}/{path}")
        assert shown.status == 200 and "Er ging iets mis" not in shown.text, shown.text
    rest = {name: value for name, value in FULL.items() if name not in ("opties!juist", "bronnen.0.id")}
    stuck = filled(client, path, {**rest, "doe": "stap:review"}, page)
    assert stuck.status == 200 and stuck.says("deze stap kan nog niet") and stuck.says("Vul de bron in.")
    data = data_of(workshop, path)
    assert (data["status"], data["bronnen"], data["stam"]) == ("concept", [], FULL["stam"])
    assert not load(workshop.desk.project)[1]  # a concept that waits for a choice bothers nobody
    half = filled(client, path, {"bronnen.0.plaats": "bladzijde 2", "doe": "kijk"})
    assert half.says("Kies hier een bron.") and 'TODO"' not in half.text
    done = filled(client, path, {"opties!juist": "2", "bronnen.0.id": "voorbeeldfolder", "doe": "bewaar"})
    assert done.status == 303
    text = (workshop.root / f"{path}.yaml").read_text(encoding="utf-8")
    assert "bronnen:\n  - id: voorbeeldfolder\n" in text
    assert [optie["juist"] for optie in data_of(workshop, path)["opties"]] == [False, False, True]  # type: ignore[index, attr-defined]


def test_the_bronnen_of_an_eindterm_come_first(workshop: Workshop) -> None:
    client = workshop.client()
    client.send("/wie", [("code", "auteur-7")])
    path = begun(client)
    shown = client.get(f"/bewerk/{path}").text.partition('name="bronnen.0.id"')[2].partition("</select>")[0]
    first, _, others = shown.partition('<optgroup label="Andere bronnen">')
    bank = load(workshop.desk.project)[0]
    used = {bron.id for item in bank.items_for("3.1.2") for bron in item.bronnen}
    used |= {bron.id for les in bank.lessen.values() if "3.1.2" in les.eindtermen for bron in les.bronnen}
    assert '<optgroup label="Al gebruikt bij deze eindterm">' in first and used
    assert {name for name in bank.bronnen if f'value="{name}"' in first} == used
    assert {name for name in bank.bronnen if f'value="{name}"' in others} == set(bank.bronnen) - used


def test_stopping_half_way_loses_nothing(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get(f"/bewerk/{ITEM}")
    sent = changed(form_in(page, f"/bewerk/{ITEM}"), {"stam": "Halverwege", "doe": "kijk"})
    client.send(f"/bewerk/{ITEM}", sent, {"HX-Request": "true"})
    before = (workshop.root / f"{ITEM}.yaml").read_bytes()
    home = client.get("/")
    assert home.says("Nog niet bewaard") and home.says("Je kunt verder waar je was")
    again = client.get(f"/bewerk/{ITEM}")
    assert again.says("Dit had je getypt, maar nog niet bewaard") and "Halverwege" in again.text
    assert (workshop.root / f"{ITEM}.yaml").read_bytes() == before
    assert filled(client, ITEM, {"doe": "bewaar"}, again).status == 303
    assert data_of(workshop, ITEM)["stam"] == "Halverwege"
    assert not client.get("/").says("Nog niet bewaard")


def test_two_windows_on_one_draft_both_keep_their_text(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get(f"/bewerk/{ITEM}")
    one = changed(form_in(page, f"/bewerk/{ITEM}"), {"stam": "Uit het eerste venster", "doe": "kijk"})
    client.send(f"/bewerk/{ITEM}", one)
    two = changed(form_in(page, f"/bewerk/{ITEM}"), {"stam": "Uit het tweede venster", "doe": "kijk"})
    client.send(f"/bewerk/{ITEM}", two)
    choose = client.get(f"/bewerk/{ITEM}")
    assert choose.says("Ga verder met: Uit het eerste venster")
    assert choose.says("Ga verder met: Uit het tweede venster")


def test_a_check_that_is_still_on_its_way_is_no_other_window(workshop: Workshop) -> None:
    """Somebody types on while the computer is slow: the page still has the mark of before the check."""
    client = workshop.client()
    sent = form_in(client.get(f"/bewerk/{ITEM}"), f"/bewerk/{ITEM}")
    client.send(
        f"/bewerk/{ITEM}", changed(sent, {"stam": "Wie maakt", "doe": "kijk"}), {"HX-Request": "true"}
    )
    page = client.send(
        f"/bewerk/{ITEM}", changed(sent, {"stam": "Wie maakt de deur?", "doe": "erbij:bronnen"})
    )
    again = form_in(page, f"/bewerk/{ITEM}")
    client.send(f"/bewerk/{ITEM}", changed(again, {"doe": "kijk"}), {"HX-Request": "true"})
    (draft,) = workshop.desk.open.drafts(f"{ITEM}.yaml")
    assert draft.data["stam"] == "Wie maakt de deur?" and len(draft.data["bronnen"]) == 2
    client.send(f"/bewerk/{ITEM}", changed(again, {"doe": "bewaar"}))
    assert workshop.desk.open.drafts() == []


def test_a_check_that_comes_after_its_form_makes_no_second_draft(workshop: Workshop) -> None:
    """Somebody presses a button within half a second: the check of that page arrives last."""
    client = workshop.client()
    sent = form_in(client.get(f"/bewerk/{ITEM}"), f"/bewerk/{ITEM}")
    typed = changed(sent, {"stam": "Wie maakt de deur?", "volg": "4"})
    page = client.send(f"/bewerk/{ITEM}", changed(typed, {"doe": "erbij:bronnen"}))
    late = client.send(f"/bewerk/{ITEM}", changed(typed, {"doe": "kijk"}), {"HX-Request": "true"})
    assert (late.status, late.body) == (204, b"")
    (draft,) = workshop.desk.open.drafts(f"{ITEM}.yaml")
    assert draft.data["stam"] == "Wie maakt de deur?" and len(draft.data["bronnen"]) == 2
    again = form_in(page, f"/bewerk/{ITEM}")
    assert client.send(f"/bewerk/{ITEM}", changed(again, {"doe": "bewaar"})).status == 303
    late = client.send(f"/bewerk/{ITEM}", changed(again, {"doe": "kijk"}), {"HX-Request": "true"})
    assert late.status == 204 and workshop.desk.open.drafts() == []


def test_an_older_check_of_a_page_does_not_go_over_a_newer_one(workshop: Workshop) -> None:
    client = workshop.client()
    sent = form_in(client.get(f"/bewerk/{ITEM}"), f"/bewerk/{ITEM}")
    for stam, number, status in (("Wie maakt de deur?", "9", 200), ("Wie maakt", "7", 204)):
        check = changed(sent, {"stam": stam, "volg": number, "doe": "kijk"})
        assert client.send(f"/bewerk/{ITEM}", check, {"HX-Request": "true"}).status == status
    (draft,) = workshop.desk.open.drafts(f"{ITEM}.yaml")
    assert draft.data["stam"] == "Wie maakt de deur?"


def test_a_page_that_lost_its_answers_keeps_one_draft_of_its_own(workshop: Workshop) -> None:
    """Two pages on one draft: the second one is kept apart once, not again at each check."""
    client = workshop.client()
    page = client.get(f"/bewerk/{ITEM}")
    sent = form_in(page, f"/bewerk/{ITEM}")
    client.send(f"/bewerk/{ITEM}", changed(sent, {"stam": "Van de een", "doe": "kijk"}))
    other = changed(sent, {"blad": "0123456789abcdef"})
    for number, stam in enumerate(("Van de", "Van de ander", "Van de ander?"), 1):
        check = changed(other, {"stam": stam, "volg": str(number), "doe": "kijk"})
        assert client.send(f"/bewerk/{ITEM}", check, {"HX-Request": "true"}).status == 200
    texts = sorted(draft.data["stam"] for draft in workshop.desk.open.drafts())
    assert texts == ["Van de ander?", "Van de een"]


def test_drafts_to_choose_from_say_when_they_were_kept(workshop: Workshop) -> None:
    client = workshop.client()
    sent = form_in(client.get(f"/bewerk/{ITEM}"), f"/bewerk/{ITEM}")
    for stam in ("Uit het eerste", "Uit het tweede"):
        client.send(f"/bewerk/{ITEM}", changed(sent, {"stam": stam, "doe": "kijk"}))
    folder = workshop.root / ".knm/concepten"
    for file in folder.glob("*.json"):
        moment = datetime(2026, 5, 12, 13 if "eerste" in file.read_text(encoding="utf-8") else 9, 5)
        os.utime(file, (moment.timestamp(), moment.timestamp()))
    choose = client.get(f"/bewerk/{ITEM}")
    assert choose.says("Ga verder met: Uit het eerste bewaard op 12 mei 2026, 13.05 uur")
    assert choose.text.index("Uit het eerste") < choose.text.index("Uit het tweede")  # the newest first


def test_a_conflict_with_oneself_says_so_and_shows_words(workshop: Workshop) -> None:
    client = workshop.client()
    here, there = client.get(f"/bewerk/{ITEM}"), client.get(f"/bewerk/{ITEM}?nieuw=ja")
    assert filled(client, ITEM, {"opties.0.tekst": "De bakker.", "doe": "bewaar"}, there).status == 303
    answer = filled(client, ITEM, {"opties.0.tekst": "De slager.", "opties!juist": "2", "doe": "bewaar"}, here)
    assert answer.status == 409 and answer.says("Je hebt dit zelf net veranderd")
    assert answer.says("jij, in een ander venster") and not answer.says("Een collega")
    assert answer.says("Tekst van het antwoord (antwoord 1)")
    assert answer.says("Dit is het goede antwoord (antwoord 3)")
    shown = answer.text.partition("<tbody")[2].partition("</tbody>")[0]
    assert "De slager." in shown and "De bakker." in shown
    assert "{" not in shown and "[" not in shown and "True" not in shown
    client.send("/wie", [("code", "auteur-12")])  # whoever else works here now, it was a colleague
    assert filled(client, ITEM, {"opties.0.tekst": "De slager.", "doe": "bewaar"}, here).says(
        "Een collega heeft dit net veranderd"
    )


def test_a_large_picture_is_named_at_its_field_and_the_text_stays(workshop: Workshop) -> None:
    client = workshop.client()
    sent = form_in(client.get(f"/bewerk/{ITEM}"), f"/bewerk/{ITEM}")
    typed = changed(sent, {"stam": "Getypt?", "doe": "plaatje:afbeelding"})
    raw = png() + b"\0" * 7_300_000
    page = client.send_file(f"/bewerk/{ITEM}", typed, "plaatje!afbeelding", "deur.png", raw)
    assert page.status == 200 and page.says("Het plaatje is 7,3 MB. Ten hoogste 5 MB kan.")
    assert page.says("ten hoogste 5 MB. Waar") and "Getypt?" in page.text


def test_an_empty_field_is_named(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get(f"/bewerk/{begun(client)}")
    at_field = page.text.partition('id="m-opties-1-tekst"')[2].partition("</div>")[0]
    assert "Vul dit in: Tekst van het antwoord (antwoord 2)." in at_field


def test_a_save_waits_for_a_verb_and_then_keeps_the_text(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder.locking import held
    from builder.workshop import store

    monkeypatch.setattr(store, "PATIENCE", 0.2)
    client = workshop.client()
    before = (workshop.root / f"{ITEM}.yaml").read_bytes()
    sent = changed(form_in(client.get(f"/bewerk/{ITEM}"), f"/bewerk/{ITEM}"), {"stam": "Wie maakt de deur?"})
    with held(workshop.root):
        page = client.send(f"/bewerk/{ITEM}", changed(sent, {"doe": "bewaar"}))
    assert page.says("is knm al bezig met een andere opdracht.") and page.says("Wat je typte, staat er nog.")
    assert (workshop.root / f"{ITEM}.yaml").read_bytes() == before
    assert workshop.desk.open.drafts()[0].data["stam"] == "Wie maakt de deur?"
    again = form_in(page, f"/bewerk/{ITEM}")
    assert client.send(f"/bewerk/{ITEM}", changed(again, {"doe": "bewaar"})).status == 303
    assert "stam: Wie maakt de deur?" in (workshop.root / f"{ITEM}.yaml").read_text(encoding="utf-8")
    with held(workshop.root / "build"):  # a long build keeps nobody from saving
        sent = changed(
            form_in(client.get(f"/bewerk/{ITEM}"), f"/bewerk/{ITEM}"), {"stam": "Wie maakt de stoep?"}
        )
        assert client.send(f"/bewerk/{ITEM}", changed(sent, {"doe": "bewaar"})).status == 303


def test_a_conflict_shows_both_texts_and_loses_neither(workshop: Workshop) -> None:
    client = workshop.client()
    mine = client.get(f"/bewerk/{ITEM}")
    file = workshop.root / f"{ITEM}.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Wie belt Amina?", "Wie belt Amina eerst?"), encoding="utf-8"
    )
    theirs = file.read_bytes()
    answer = filled(client, ITEM, {"stam": "Wie belt zij?", "doe": "bewaar"}, mine)
    assert answer.status == 409 and file.read_bytes() == theirs
    assert answer.says("Wie belt zij?") and answer.says("Wie belt Amina eerst?")
    kept = changed(form_in(answer, f"/kies/{ITEM}"), {"kies": "mijn"})
    page = client.get(client.send(f"/kies/{ITEM}", kept).where)
    assert "Wie belt zij?" in page.text and file.read_bytes() == theirs
    assert filled(client, ITEM, {"doe": "bewaar"}, page).status == 303
    assert data_of(workshop, ITEM)["stam"] == "Wie belt zij?"
    client.send(f"/terugdraaien/{ITEM}", [("x", "")])
    assert file.read_bytes() == theirs


def test_the_text_of_the_other_can_be_taken(workshop: Workshop) -> None:
    client = workshop.client()
    mine = client.get(f"/bewerk/{ITEM}")
    file = workshop.root / f"{ITEM}.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Wie belt Amina?", "Wie belt Amina eerst?"), encoding="utf-8"
    )
    answer = filled(client, ITEM, {"stam": "Wie belt zij?", "doe": "bewaar"}, mine)
    taken = changed(form_in(answer, f"/kies/{ITEM}"), {"kies": "ander"})
    page = client.get(client.send(f"/kies/{ITEM}", taken).where)
    assert "Wie belt Amina eerst?" in page.text and not client.get("/").says("Nog niet bewaard")


def test_undo_gives_the_very_bytes_back(workshop: Workshop) -> None:
    client = workshop.client()
    before = (workshop.root / f"{ITEM}.yaml").read_bytes()
    filled(client, ITEM, {"stam": "Anders?", "doe": "bewaar"})
    assert (workshop.root / f"{ITEM}.yaml").read_bytes() != before
    answer = client.send(f"/terugdraaien/{ITEM}", [("x", "")])
    assert client.get(answer.where).says("Teruggedraaid")
    assert (workshop.root / f"{ITEM}.yaml").read_bytes() == before


def test_an_entry_comes_goes_and_moves_and_typed_text_stays(workshop: Workshop) -> None:
    client = workshop.client()
    page = filled(client, ITEM, {"stam": "Getypt?", "doe": "erbij:opties"})
    assert "Antwoord 4" in page.text and "Getypt?" in page.text
    page = filled(client, ITEM, {"opties.3.tekst": "Een vierde.", "doe": "omhoog:opties.3"}, page)
    assert dict(form_in(page, f"/bewerk/{ITEM}"))["opties.2.tekst"] == "Een vierde."
    page = filled(client, ITEM, {"doe": "weg:opties.2"}, page)
    assert "Een vierde." not in dict(form_in(page, f"/bewerk/{ITEM}")).values()
    assert "Getypt?" in page.text


def test_a_picture_is_sent_named_described_and_taken_away(workshop: Workshop) -> None:
    client = workshop.client()
    path = begun(client)
    sent = changed(
        form_in(client.get(f"/bewerk/{path}"), f"/bewerk/{path}"), {**FULL, "doe": "plaatje:afbeelding"}
    )
    page = client.send_file(f"/bewerk/{path}", sent, "plaatje!afbeelding", "deur.png", png(300, 200))
    assert page.says("Het plaatje staat erbij")
    assert dict(form_in(page, f"/bewerk/{path}"))["stam"] == FULL["stam"]  # what was typed stays
    shown = client.get("/plaatje/items/wonen/wonen-004.png")
    assert shown.status == 200 and shown.headers["content-type"] == "image/png"
    answer = filled(client, path, {"afbeelding.alt": "Een deur met een gat.", "doe": "stap:review"}, page)
    assert answer.status == 303
    bank, found = load(workshop.desk.project)
    assert not found and bank.picture("wonen-004", "wonen-004.png").width == 300
    page = filled(client, path, {"doe": "leeg:afbeelding"})
    assert filled(client, path, {"doe": "bewaar"}, page).status == 303
    assert "afbeelding" not in data_of(workshop, path)


def test_a_picture_as_an_answer_needs_no_text(workshop: Workshop) -> None:
    client = workshop.client()
    path = begun(client)
    page = client.get(f"/bewerk/{path}")
    for place in range(3):
        sent = changed(form_in(page, f"/bewerk/{path}"), {"doe": f"plaatje:opties.{place}.afbeelding"})
        page = client.send_file(
            f"/bewerk/{path}", sent, f"plaatje!opties.{place}.afbeelding", "a.png", png(90 + place, 60)
        )
    alts = {f"opties.{place}.afbeelding.alt": f"Plaatje nummer {place}." for place in range(3)}
    assert filled(client, path, {**alts, "doe": "bewaar"}, page).status == 303
    opties = data_of(workshop, path)["opties"]
    assert isinstance(opties, list)
    assert [optie["afbeelding"]["bestand"] for optie in opties] == [
        f"wonen-004-{letter}.png" for letter in "abc"
    ]
    assert not any("tekst" in optie for optie in opties)


def test_a_picture_that_is_not_fit_is_refused_and_the_text_stays(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get(f"/bewerk/{ITEM}")
    sent = changed(form_in(page, f"/bewerk/{ITEM}"), {"stam": "Getypt?", "doe": "plaatje:afbeelding"})
    page = client.send_file(
        f"/bewerk/{ITEM}",
        sent,
        "plaatje!afbeelding",
        "x.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    )
    assert page.says("Het plaatje kan niet") and "Getypt?" in page.text
    at_field = page.text.partition('id="v-afbeelding"')[2].partition("</fieldset>")[0]
    assert "Het plaatje kan niet" in at_field.partition('id="z-afbeelding"')[2]  # where the page jumps to
    assert 'formaction="#z-afbeelding"' in at_field
    none = filled(client, ITEM, {"doe": "plaatje:opties.1.afbeelding"})
    assert "Kies eerst een bestand." in none.text.partition('id="z-opties-1-afbeelding"')[2].partition("</p>")[0]
    assert "<details open><summary>Meer bij antwoord 2" in none.text
    assert not list((workshop.root / "items/wonen").glob("wonen-001*.svg"))


def test_thrown_away_and_put_back_and_the_number_is_not_used_again(workshop: Workshop) -> None:
    client = workshop.client()
    path = begun(client)
    before = (workshop.root / f"{path}.yaml").read_bytes()
    sent = form_in(client.get(f"/bewerk/{path}"), f"/weg/{path}")
    home = client.get(client.send(f"/weg/{path}", sent).where)
    assert home.says("wonen-004 is weggegooid. Was dat niet de bedoeling?")
    assert home.text.index("Was dat niet de bedoeling") < home.text.index('class="kaarten"')  # in sight
    assert not (workshop.root / f"{path}.yaml").exists()
    assert begun(client) == "items/wonen/wonen-005"
    client.send("/zet-terug", form_in(home, "/zet-terug"))
    assert (workshop.root / f"{path}.yaml").read_bytes() == before
    assert client.send(f"/weg/{ITEM}", [("basis", "x")]).status == 409  # in review: it is not thrown away


def test_an_approved_text_that_changes_is_a_new_concept(workshop: Workshop) -> None:
    client = workshop.client()
    path = "items/gezondheid/gezondheid-003"
    assert data_of(workshop, path)["status"] == "gepubliceerd"
    filled(client, path, {"trefwoorden": "brief", "doe": "bewaar"})
    data = data_of(workshop, path)
    assert (data["status"], data["versie"]) == ("gepubliceerd", 1)  # nobody reads a trefwoord
    filled(client, path, {"stam": "Hoe heet de brief van de huisarts?", "doe": "bewaar"})
    data = data_of(workshop, path)
    assert (data["status"], data["versie"]) == ("concept", 2)
    assert data["beoordelingen"]


def test_a_file_that_cannot_be_kept_is_only_shown(workshop: Workshop) -> None:
    file = workshop.root / f"{ITEM}.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            "\n  - id: voorbeeldfolder\n    plaats: bladzijde 1\n", "\n  - { id: voorbeeldfolder }\n", 1
        ),
        encoding="utf-8",
    )
    before = file.read_bytes()
    client = workshop.client()
    page = client.get(f"/bewerk/{ITEM}")
    assert page.says("Je kunt het hier alleen lezen")
    assert page.text.count('value="bewaar"') == 1  # only the one that Enter would press
    answer = filled(client, ITEM, {"stam": "Anders?", "doe": "bewaar"}, page)
    assert answer.status == 409 and file.read_bytes() == before


def test_a_lesson_has_the_same_form(workshop: Workshop) -> None:
    client = workshop.client()
    path = "content/lessen/gezondheid/praten-met-de-huisarts"
    before = (workshop.root / f"{path}.yaml").read_text(encoding="utf-8")
    page = client.get(f"/bewerk/{path}")
    assert filled(client, path, {"doe": "bewaar"}, page).status == 303
    assert (workshop.root / f"{path}.yaml").read_text(encoding="utf-8") == before
    assert filled(client, path, {"titel": "Bij de huisarts", "doe": "bewaar"}).status == 303
    after = (workshop.root / f"{path}.yaml").read_text(encoding="utf-8")
    lines = [line for line in unified_diff(before.splitlines(), after.splitlines(), n=0) if line[:1] in "+-"]
    assert lines[2:] == ["-titel: Praten met de huisarts", "+titel: Bij de huisarts"]
    answer = client.send("/nieuw-les", [("naam", "Een huis huren"), ("eindterm", "3.1.2")])
    assert answer.where == "/bewerk/content/lessen/wonen/een-huis-huren"
    assert client.get(answer.where).status == 200


def test_the_parts_of_a_lesson_are_folded_until_they_need_something(workshop: Workshop) -> None:
    client = workshop.client()
    path = "content/lessen/gezondheid/praten-met-de-huisarts"
    page = client.get(f"/bewerk/{path}")
    parts = re.findall(r'<details class="groep"( open)?><summary><h2>([^<]+)', page.text)
    assert ("", "Voor de docent") in parts and not any(opened for opened, _ in parts)
    red = filled(client, path, {"doelen.0.tekst": "", "doe": "kijk"}, page)
    parts = re.findall(r'<details class="groep"( open)?><summary><h2>([^<]+)', red.text)
    assert (" open", "Doelen en woorden") in parts and ("", "Bronnen") in parts  # what has a finding is open
    page = filled(client, path, {"doe": "erbij:bronnen"})
    assert '<details class="groep" open><summary><h2>Bronnen' in page.text  # and where one was at work


def test_what_came_along_in_the_form_cannot_change_the_history(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get(f"/bewerk/{ITEM}")
    sent = form_in(page, f"/bewerk/{ITEM}")
    came = json.loads(dict(sent)["van"])
    forged = json.dumps({**came, "status": "gepubliceerd", "beoordelingen": [], "id": "wonen-999"})
    before = data_of(workshop, ITEM)
    assert (
        client.send(f"/bewerk/{ITEM}", changed(sent, {"van": forged, "stam": "X?", "doe": "bewaar"})).status
        == 303
    )
    after = data_of(workshop, ITEM)
    assert {name: after.get(name) for name in ("id", "status", "beoordelingen")} == {
        name: before.get(name) for name in ("id", "status", "beoordelingen")
    }


def test_a_new_bron_can_be_chosen(workshop: Workshop) -> None:
    client = workshop.client()
    page = client.get("/bron")
    full = {"titel": "Huren in Nederland", "maker": "Rijksoverheid", "adres": "https://huren.example/deur"}
    assert client.send("/bron", changed(form_in(page, "/bron"), {**full, "id": "Huren!"})).says(
        "Geef de bron een korte naam"
    )
    assert client.send("/bron", changed(form_in(page, "/bron"), {**full, "id": "voorbeeldfolder"})).says(
        "Er is al een bron"
    )
    wrong = client.send(
        "/bron", changed(form_in(page, "/bron"), {**full, "id": "huren", "gezien.op": "gisteren"})
    )
    assert wrong.says("gisteren") and "Huren in Nederland" in wrong.text  # what was typed stays
    file = workshop.root / "content/bronnen.yaml"
    before = file.read_text(encoding="utf-8")
    done = client.send("/bron", changed(form_in(page, "/bron"), {**full, "id": "huren"}))
    assert done.says("Huren in Nederland staat nu in de lijst")
    assert file.read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    assert filled(client, ITEM, {"bronnen.0.id": "huren", "doe": "bewaar"}).status == 303
    bank, found = load(workshop.desk.project)
    assert not found and bank.items["wonen-001"].bronnen[0].id == "huren"


def test_a_file_that_cannot_be_read_is_shown_with_the_reason(workshop: Workshop) -> None:
    file = workshop.root / f"{ITEM}.yaml"
    file.write_text('id: wonen-001\nstam: "Wie belt u\n', encoding="utf-8")
    before = file.read_bytes()
    client = workshop.client()
    assert client.get("/").says("Nog niet goed")
    page = client.get(f"/bewerk/{ITEM}")
    assert (
        page.status == 200
        and page.says("Dit bestand is niet te lezen")
        and page.says("aanhalingsteken ontbreekt")
    )
    assert client.send(f"/bewerk/{ITEM}", [("doe", "bewaar"), ("stam", "x")]).status == 409
    assert file.read_bytes() == before


def test_what_was_typed_is_thrown_away_and_put_back_with_its_question(workshop: Workshop) -> None:
    client = workshop.client()
    path = begun(client)
    page = client.get(f"/bewerk/{path}")
    sent = changed(form_in(page, f"/bewerk/{path}"), {"stam": "Wie maakt de deur?", "doe": "kijk"})
    assert client.send(f"/bewerk/{path}", sent, {"HX-Request": "true"}).status == 200
    home = client.get(client.send(f"/weg/{path}", form_in(page, f"/weg/{path}")).where)
    assert not home.says("Nog niet bewaard") and not workshop.desk.open.drafts()
    back = client.send("/zet-terug", form_in(home, "/zet-terug"))
    assert dict(form_in(client.get(back.where), f"/bewerk/{path}"))["stam"] == "Wie maakt de deur?"
    (draft,) = workshop.desk.open.drafts()
    assert draft.path == f"{path}.yaml"


def test_a_fresh_page_hears_where_the_last_letters_of_the_page_before_it_are(workshop: Workshop) -> None:
    """Reloading asks for the page before the last letters are sent."""
    client = workshop.client()
    sent = form_in(client.get(f"/bewerk/{ITEM}"), f"/bewerk/{ITEM}")
    check = changed(sent, {"stam": "Wie maakt de deur?", "volg": "9", "doe": "kijk"})
    asked = f"/getypt/{ITEM}?blad={dict(sent)['blad']}&volg=9"
    late = Timer(0.3, client.send, (f"/bewerk/{ITEM}", check, {"HX-Request": "true"}))
    late.start()
    answer = client.ask("GET", asked)  # before they come
    late.join()
    fresh = form_in(client.get(f"/bewerk/{ITEM}?venster={json.loads(answer.text)['venster']}"), f"/bewerk/{ITEM}")
    assert dict(fresh)["stam"] == "Wie maakt de deur?"
    assert json.loads(answer.text)["stand"] == dict(fresh)["stand"]
    client.send(f"/bewerk/{ITEM}", changed(fresh, {"doe": "bewaar"}))
    assert client.ask("GET", asked).status == 204  # they are in the question now


def test_what_a_colleague_judged_shows_the_way_instead_of_a_button_that_is_refused(workshop: Workshop) -> None:
    client = workshop.client()
    file = workshop.root / f"{ITEM}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("status: review", "status: concept"), encoding="utf-8")
    page = client.get(f"/bewerk/{ITEM}")
    assert "Gooi dit weg" not in page.text and page.says("Iemand heeft dit al beoordeeld.")
    assert f'Laat het vervallen bij <a href="/stand/{ITEM}">Stand en geschiedenis</a>' in page.text
    assert client.send(f"/weg/{ITEM}", [("basis", "x")]).says("Laat het vervallen bij Stand en geschiedenis.")
    file.write_text(file.read_text(encoding="utf-8").partition("beoordelingen:")[0], encoding="utf-8")
    assert client.get(f"/bewerk/{ITEM}").says("Gooi dit weg")
