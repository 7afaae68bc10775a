"""Reviewing: blind first, bound to the text, never one's own; and the steps of the life cycle."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from builder.checks.lifecycle import check as checks_of
from builder.cli import main
from builder.loading.load import load
from builder.model.usage import blind_reading, why_not
from builder.workshop import reviewing, standing
from builder.workshop.store import Refusal
from tests.conftest import ITEM, ITEM_PATH
from tests.workshop.conftest import Answer, Client, Workshop, changed, form_in
from tests.workshop.test_editing import data_of, filled

PATH = ITEM_PATH.removesuffix(".yaml")


@pytest.fixture
def bench(workshop: Workshop) -> Workshop:
    (workshop.root / ITEM_PATH).write_text(ITEM, encoding="utf-8")
    return workshop


def as_somebody(client: Client, code: str) -> Client:
    assert client.send("/wie", [("code", code)]).status == 303
    return client


def judged(client: Client, letter: str = "A", **given: str) -> Answer:
    """Answer the question blind and give a verdict."""
    client.send(f"/antwoord/{PATH}", [("antwoord", letter)])
    page = client.get(f"/review/{PATH}")
    sent = changed(form_in(page, f"/oordeel/{PATH}"), {"oordeel": "goed", "rol": "vakinhoud", **given})
    return client.send(
        f"/oordeel/{PATH}", [*sent, ("vinkje", "R-01"), ("vinkje", "R-02"), ("vinkje", "R-10")]
    )


def test_the_key_is_not_on_the_page_before_the_answer(bench: Workshop) -> None:
    client = as_somebody(bench.client(), "lezer-2")
    page = client.get(f"/review/{PATH}")
    assert page.says("Beantwoord eerst de vraag") and page.says("Je krijgt een prijs van de gemeente.")
    assert "toelichting" not in page.text.lower() and "verhuurder vraagt eerst" not in page.text
    # whatever the key is: the page is the same
    file = bench.root / ITEM_PATH
    swapped = (
        ITEM.replace("juist: true", "juist: nul")
        .replace("juist: false", "juist: true", 1)
        .replace("juist: nul", "juist: false")
    )
    file.write_text(swapped, encoding="utf-8")
    assert client.get(f"/review/{PATH}").body == page.body


def test_the_answer_stays_as_it_was_given(bench: Workshop) -> None:
    client = as_somebody(bench.client(), "lezer-2")
    assert client.send(f"/antwoord/{PATH}", []).status == 409
    client.send(f"/antwoord/{PATH}", [("antwoord", "C")])
    client.send(f"/antwoord/{PATH}", [("antwoord", "A")])
    page = client.get(f"/review/{PATH}")
    assert page.says("Jij koos C. Dat is niet de sleutel") and page.says(
        "De verhuurder vraagt eerst in een brief"
    )
    assert page.says("R-21 Verraadt geen ander item") and page.says("De computer zag hier niets.")


def test_a_verdict_is_bound_to_the_text(bench: Workshop) -> None:
    client = as_somebody(bench.client(), "lezer-2")
    before = (bench.root / ITEM_PATH).read_text(encoding="utf-8")
    answer = judged(client, "A", **{"bij.stam": "Duidelijk", "opmerkingen": "Mooie vraag."})
    assert answer.status == 303
    text = (bench.root / ITEM_PATH).read_text(encoding="utf-8")
    assert text.startswith(before)  # only something was added
    stand = standing.of(bench.desk, "wonen-004")
    entry = stand.history[0].entry
    assert (entry.beoordelaar, entry.soort, entry.oordeel, entry.antwoord) == ("lezer-2", "mens", "goed", 1)
    assert entry.vinkjes == ("R-01", "R-02", "R-10")
    assert entry.opmerkingen == "stam: Duidelijk. Mooie vraag."
    assert entry.datum == "2026-11-25" and len(stand.approvals) == 1
    assert client.get(f"/stand/{PATH}").says("De vraag zelf: Duidelijk. Mooie vraag.")
    other = as_somebody(bench.client(), "auteur-1")
    filled(other, PATH, {"stam": "Wat gebeurt er als je de huur vergeet?", "doe": "bewaar"})
    stand = standing.of(bench.desk, "wonen-004")
    assert not stand.approvals and not stand.history[0].current
    assert other.get(f"/stand/{PATH}").says("Dit gaat over een oudere tekst. Het telt niet meer mee.")


def test_a_wrong_answer_does_not_approve(bench: Workshop) -> None:
    client = as_somebody(bench.client(), "lezer-2")
    before = (bench.root / ITEM_PATH).read_bytes()
    client.send(f"/antwoord/{PATH}", [("antwoord", "B")])
    page = client.get(f"/review/{PATH}")
    assert page.says("Jij koos B. Dat is niet de sleutel. Dit vinkje kan dus niet.")
    assert page.text.partition('id="R-02"')[2].partition(">")[0].count("disabled") == 1
    assert "disabled" not in page.text.partition('id="R-03"')[2].partition(">")[0]
    assert page.says("Kies je toch Goed? Schrijf dan waarom. Het telt niet als goedkeuring.")
    sent = changed(form_in(page, f"/oordeel/{PATH}"), {"oordeel": "goed", "rol": "vakinhoud"})
    forced = client.send(f"/oordeel/{PATH}", [*sent, ("vinkje", "R-02"), ("opmerkingen", "Toch goed.")])
    assert forced.status == 409 and forced.says("Haal het vinkje bij R-02 weg")
    silent = client.send(f"/oordeel/{PATH}", [*sent, ("vinkje", "R-01")])
    assert silent.status == 409 and silent.says("waarom toch goed?")
    assert (bench.root / ITEM_PATH).read_bytes() == before
    told = changed(sent, {"opmerkingen": "B staat ook in de wet."})
    assert client.send(f"/oordeel/{PATH}", told).status == 303
    stand = standing.of(bench.desk, "wonen-004")
    assert stand.history[0].entry.antwoord == 2 and stand.approvals == ()
    shown = client.get(f"/stand/{PATH}")
    assert shown.says("0 goedkeuringen van mensen tellen")
    assert shown.says("Deze lezer koos een ander antwoord dan de sleutel. Het telt niet als goedkeuring.")
    assert "antwoord is niet de sleutel; telt niet als goedkeuring" in standing.text(bench.desk, "wonen-004")
    judged(as_somebody(bench.client(), "lezer-3"), "A", rol="toets-taal")
    assert len(standing.of(bench.desk, "wonen-004").approvals) == 1


def test_a_text_that_changes_while_it_is_read_asks_for_a_new_answer(bench: Workshop) -> None:
    client = as_somebody(bench.client(), "lezer-2")
    client.send(f"/antwoord/{PATH}", [("antwoord", "A")])
    page = client.get(f"/review/{PATH}")
    file = bench.root / ITEM_PATH
    file.write_text(ITEM.replace("een prijs van", "een boek van"), encoding="utf-8")
    sent = changed(form_in(page, f"/oordeel/{PATH}"), {"oordeel": "goed"})
    answer = client.send(f"/oordeel/{PATH}", sent)
    assert answer.status == 409 and answer.says("De vraag is veranderd terwijl je las")
    assert client.get(f"/review/{PATH}").says("Beantwoord eerst de vraag")


def test_nobody_approves_what_they_wrote_or_changed(bench: Workshop) -> None:
    maker = as_somebody(bench.client(), "auteur")
    assert maker.get(f"/review/{PATH}").says("Dit is je eigen vraag. Een collega keurt haar goed.")
    assert judged_refused(maker)
    helper = as_somebody(bench.client(), "helper-3")
    filled(helper, PATH, {"stam": "Wat gebeurt er als je de huur vergeet?", "doe": "bewaar"})
    assert helper.get(f"/review/{PATH}").says("Dit is je eigen vraag")
    assert helper.get("/review").says("Dit is je eigen vraag")


def judged_refused(client: Client) -> bool:
    answers = [
        client.send(f"/antwoord/{PATH}", [("antwoord", "A")]),
        client.send(f"/oordeel/{PATH}", [("oordeel", "goed"), ("rol", "vakinhoud")]),
    ]
    return all(answer.status == 409 for answer in answers)


def test_sending_back_needs_words_and_makes_it_a_concept(bench: Workshop) -> None:
    client = as_somebody(bench.client(), "lezer-2")
    answer = judged(client, "A", oordeel="terug")
    assert answer.status == 409 and answer.says("schrijf bij terug een opmerking")
    assert judged(client, "A", oordeel="terug", opmerkingen="De stam is te lang.").status == 303
    assert data_of(bench, PATH)["status"] == "concept"


def test_from_review_to_published_needs_two_people(bench: Workshop) -> None:
    first = as_somebody(bench.client(), "lezer-2")
    judged(first, "A")
    stuck = first.send(f"/stap/{PATH}", [("status", "vastgesteld")])
    assert stuck.status == 409 and stuck.says("toets-taal")
    judged(as_somebody(bench.client(), "lezer-3"), "A", rol="toets-taal")
    assert standing.of(bench.desk, "wonen-004").steps[0].why_not == ()
    assert first.send(f"/stap/{PATH}", [("status", "vastgesteld")]).status == 303
    assert first.send(f"/stap/{PATH}", [("status", "geheim")]).status == 409  # it was public
    assert first.send(f"/stap/{PATH}", [("status", "gepubliceerd")]).status == 303
    assert first.send(f"/stap/{PATH}", [("status", "geheim")]).status == 409
    bank, found = load(bench.desk.project)
    assert not found and bank.items["wonen-004"].status == "gepubliceerd"
    assert first.send(f"/stap/{PATH}", [("status", "vervallen")]).status == 409  # why?
    assert (
        first.send(f"/stap/{PATH}", [("status", "vervallen"), ("reden", "De wet is veranderd.")]).status
        == 303
    )
    data = data_of(bench, PATH)
    assert (data["status"], data["reden"]) == ("vervallen", "De wet is veranderd.")
    assert standing.of(bench.desk, "wonen-004").steps == ()


def test_the_way_back_makes_a_new_version(bench: Workshop) -> None:
    path = "items/gezondheid/gezondheid-003"
    client = as_somebody(bench.client(), "redactie-1")
    assert client.send(f"/stap/{path}", [("status", "concept")]).status == 303
    assert (data_of(bench, path)["status"], data_of(bench, path)["versie"]) == ("concept", 2)


def test_no_step_is_taken_that_is_not_there(bench: Workshop) -> None:
    text = bench.desk.document(ITEM_PATH)
    for wanted in ("gepubliceerd", "geheim", "review", "iets", ""):
        with pytest.raises(Refusal):
            reviewing.moved(bench.desk, text, wanted, "daarom", "lezer-2", "2026-11-25")


def test_status_on_the_command_line(bench: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    from tests.conftest import ROOT

    shutil.copytree(ROOT / "schemas", bench.root / "schemas")
    monkeypatch.chdir(bench.root)
    judged(as_somebody(bench.client(), "lezer-2"), "A")
    result = CliRunner().invoke(main, ["status", "wonen-004"])
    assert result.exit_code == 0, result.output
    assert "wonen-004: review, versie 1, gemaakt door auteur" in result.output
    assert "25 november 2026  goed (lezer-2, vakinhoud)" in result.output
    assert "Stel vast: kan nog niet" in result.output and "toets-taal" in result.output
    wrong = CliRunner().invoke(main, ["status", "wonen-00"])
    assert wrong.exit_code == 2 and "Bedoelde je wonen-0" in wrong.output


def test_undo_does_not_take_a_verdict_away(bench: Workshop) -> None:
    author = as_somebody(bench.client(), "auteur-1")
    filled(author, PATH, {"trefwoorden": "huur", "doe": "bewaar"})
    judged(as_somebody(bench.client(), "lezer-2"), "A")
    text = (bench.root / ITEM_PATH).read_bytes()
    answer = author.send(f"/terugdraaien/{PATH}", [("x", "")])
    assert answer.status == 409 and answer.says("Die halen we niet weg")
    assert (bench.root / ITEM_PATH).read_bytes() == text


def test_who_did_not_say_who_they_are_saves_nothing(bench: Workshop) -> None:
    """Else somebody could write first, choose a code then, and approve what they wrote."""
    client = Client(bench.port).let_in()
    assert client.ask("GET", "/nieuw").where == "/?verder=/nieuw"
    assert client.ask("GET", f"/bewerk/{PATH}").where == f"/?verder=/bewerk/{PATH}"
    before = (bench.root / ITEM_PATH).read_bytes()
    assert (
        client.send(
            f"/bewerk/{PATH}", [("stam", "Anders?"), ("venster", "0000000a"), ("doe", "bewaar")]
        ).status
        == 409
    )
    assert client.send("/nieuw", [("eindterm", "3.1.2")]).says("Vertel eerst wie je bent")
    assert (bench.root / ITEM_PATH).read_bytes() == before and not list(
        bench.root.glob("items/wonen/wonen-005*")
    )
    told = client.send("/wie", [("code", "auteur-7"), ("verder", f"/bewerk/{PATH}")])
    assert told.where == f"/bewerk/{PATH}"
    for odd in ("//kwaad.example", "https://kwaad.example", "/\\kwaad.example", "javascript:alert(1)"):
        assert client.send("/wie", [("code", "auteur-7"), ("verder", odd)]).where == "/"


def test_somebody_else_says_who_they_are_and_goes_back_to_the_same_page(bench: Workshop) -> None:
    client = Client(bench.port).let_in()
    assert client.get("/?verder=/nieuw").says("Vertel eerst wie je bent. Dan weten je collega's")
    assert not client.get("/").says("Vertel eerst wie je bent")
    client.send("/wie", [("code", "auteur-7")])
    assert client.get(f"/bewerk/{PATH}").says("Jij bent auteur-7. Ben jij dit niet?")
    here = f"/stand/{PATH}?a=b"
    asking = client.ask("GET", "/wie", headers={"Referer": f"http://127.0.0.1:{bench.port}{here}"})
    assert asking.says("Nu werkt hier auteur-7.")
    told = client.send("/wie", changed(form_in(asking, "/wie"), {"code": "lezer-2"}))
    assert told.where == here and client.get(here).says("Jij bent lezer-2.")
    outside = client.ask("GET", "/wie", headers={"Referer": "https://kwaad.example/nieuw"})
    assert dict(form_in(outside, "/wie"))["verder"] == ""


def test_the_blind_answers_of_people_bring_a_question_into_practice(bench: Workshop) -> None:
    unread = ITEM[: ITEM.index("beoordelingen:")]
    (bench.root / ITEM_PATH).write_text(unread, encoding="utf-8")
    first = as_somebody(bench.client(), "lezer-2")
    page = first.get("/toets")
    assert page.says("Deze vragen kun je niet kiezen: ") and page.says("1 vraag is nog niet blind gelezen")
    assert f'href="/stand/{PATH}"' in page.text and 'value="wonen-004"' not in page.text
    assert first.get("/toets?doel=examen").says("nog niet vastgesteld")
    judged(first, "A")
    judged(as_somebody(bench.client(), "lezer-3"), "A", rol="toets-taal")
    assert first.send(f"/stap/{PATH}", [("status", "vastgesteld")]).status == 303
    page = first.get("/toets")
    assert 'value="wonen-004"' in page.text and "blind gelezen" not in page.text
    sent = [("naam", "oefen-1"), ("doel", "oefenen"), ("vraag", "wonen-004")]
    assert first.send("/toets", sent).where == "/toets?klaar=oefen-1"
    bank, found = load(bench.desk.project)
    assert not found and blind_reading(bank, bank.items["wonen-004"]) is not None
    assert "C316" not in {one.rule.code for one in checks_of(bank)}


def test_a_person_who_answered_otherwise_keeps_a_question_out_of_practice(bench: Workshop) -> None:
    client = as_somebody(bench.client(), "lezer-2")
    assert 'value="wonen-004"' in client.get("/toets").text  # an automatic reading gave the key
    client.send(f"/antwoord/{PATH}", [("antwoord", "B")])
    sent = changed(form_in(client.get(f"/review/{PATH}"), f"/oordeel/{PATH}"), {"oordeel": "terug", "rol": "vakinhoud"})
    told = changed(sent, {"oordeel": "goed", "opmerkingen": "B kan ook."})
    assert client.send(f"/oordeel/{PATH}", told).status == 303
    page = client.get("/toets")
    assert 'value="wonen-004"' not in page.text
    assert page.says("1 vraag kreeg van de blinde lezer een ander antwoord")


def test_the_answer_of_the_maker_and_of_an_older_text_are_not_blind(bench: Workshop) -> None:
    human = ITEM.replace("soort: automatisch", "soort: mens")
    for text, told in (
        (human.replace("blinde-lezer", "auteur"), "nog niet blind gelezen"),
        (human.replace("huur niet", "huur nooit"), "nog niet blind gelezen"),
        (human.replace("    antwoord: 1\n", ""), "nog niet blind gelezen"),
        (human.replace("antwoord: 1", "antwoord: 2"), "gaf de blinde lezer een ander antwoord"),
        (human.replace("  - id: voorbeeldfolder\n    plaats: bladzijde 1\n", "").replace("bronnen:", "bronnen: []"),
         "mist een bron"),
        (human, ""),
    ):  # fmt: skip
        (bench.root / ITEM_PATH).write_text(text, encoding="utf-8")
        bank, _ = load(bench.desk.project)
        said = why_not(bank, bank.items["wonen-004"], "oefenen")
        assert told in said and bool(told) == bool(said), said
    # an automatic reading is still no approval of a person
    approved = ITEM.replace("status: review", "status: vastgesteld")
    (bench.root / ITEM_PATH).write_text(approved, encoding="utf-8")
    bank, _ = load(bench.desk.project)
    assert "C312" in {one.rule.code for one in checks_of(bank)}
