"""Reviewing a les: first as the learner gets it and without key, bound to the text, never one's own."""

from __future__ import annotations

import re

from builder import review
from builder.loading.load import load
from builder.workshop import standing
from tests.conftest import ROOT
from tests.workshop.conftest import Answer, Client, Workshop, changed, form_in
from tests.workshop.test_judging import as_somebody

LES = "content/lessen/gezondheid/praten-met-de-huisarts"
NAME = "praten-met-de-huisarts"
QUESTION = "gezondheid-002"
ITEM = f"items/gezondheid/{QUESTION}.yaml"


def answered(client: Client, letter: str) -> Answer:
    return client.send(f"/antwoord-les/{LES}", [(f"antwoord.{QUESTION}", letter)])


def judged(client: Client, letter: str = "", **given: str) -> Answer:
    """Read as a learner, answer the control question and give a verdict."""
    answered(client, letter or "A")
    page = client.get(f"/review-les/{LES}")
    sent = changed(form_in(page, f"/oordeel-les/{LES}"), {"oordeel": "goed", "rol": "vakinhoud", **given})
    return client.send(f"/oordeel-les/{LES}", [*sent, ("vinkje", "LR-01"), ("vinkje", "LR-09")])


def key_of(workshop: Workshop) -> str:
    key = workshop.desk.bank().items[QUESTION].sleutel
    assert key is not None
    return "ABCD"[key]


def swapped_key(workshop: Workshop) -> None:
    """Move the key of the control question to another answer, and change all that is said about the answers."""
    file = workshop.root / ITEM
    text = file.read_text(encoding="utf-8")
    text = text.replace("juist: true", "juist: nul").replace("juist: false", "juist: true", 1)
    text = re.sub(
        r"toelichting: .*", "toelichting: Iets heel anders.", text.replace("juist: nul", "juist: false")
    )
    file.write_text(text, encoding="utf-8")


def test_what_the_teacher_sees_comes_after_the_answers(workshop: Workshop) -> None:
    client = as_somebody(workshop.client(), "lezer-2")
    assert client.get("/review").says(NAME)
    page = client.get(f"/review-les/{LES}")
    assert page.says("Lees eerst wat de cursist krijgt") and f"/kijk/cursist/{LES}" in page.text
    learner = client.get(f"/kijk/cursist/{LES}")
    les = workshop.desk.bank().lessen[NAME]
    for shown in (page, learner):
        assert les.stappen[0].docent not in shown.text and les.docent[:40] not in shown.text
    assert les.handouts[0].delen[0].kop in learner.text
    swapped_key(workshop)  # whatever the key is: both pages are the same
    assert client.get(f"/review-les/{LES}").body == page.body
    assert client.get(f"/kijk/cursist/{LES}").body == learner.body


def test_every_control_question_is_answered_and_the_answers_stay(workshop: Workshop) -> None:
    client = as_somebody(workshop.client(), "lezer-2")
    assert client.send(f"/antwoord-les/{LES}", []).status == 409
    wrong = next(letter for letter in "ABC" if letter != key_of(workshop))
    answered(client, wrong)
    answered(client, key_of(workshop))  # the second time does not count
    page = client.get(f"/review-les/{LES}")
    assert page.says("Je koos anders dan de sleutel bij 1 van de 1 controlevragen.")
    assert page.says(f"jij koos {wrong}, de sleutel is {key_of(workshop)}")
    assert page.says("LR-09 Vooraf is gezegd") and not page.says(
        "LR-14"
    )  # sensitive, not about the Holocaust
    assert page.says("Vaststellen kan pas als ook iemand op gevoeligheid lette.")


def test_a_verdict_is_bound_to_the_text_and_seen_in_the_history(workshop: Workshop) -> None:
    client = as_somebody(workshop.client(), "lezer-2")
    file = workshop.root / f"{LES}.yaml"
    before = file.read_text(encoding="utf-8")
    said = {"bij.stappen": "Stap 2 is kort", "opmerkingen": "Mooie les."}
    assert judged(client, key_of(workshop), **said).status == 303
    assert file.read_text(encoding="utf-8").startswith(before)  # only something was added
    stand = standing.of(workshop.desk, NAME)
    entry = stand.history[0].entry
    assert (entry.beoordelaar, entry.soort, entry.rol, entry.oordeel) == (
        "lezer-2",
        "mens",
        "vakinhoud",
        "goed",
    )
    assert entry.vinkjes == ("LR-01", "LR-09") and entry.antwoord is None
    assert entry.opmerkingen == (
        "Alle controlevragen zonder sleutel goed beantwoord. stappen: Stap 2 is kort. Mooie les."
    )
    assert len(stand.approvals) == 1
    shown = client.get(f"/stand/{LES}")
    assert shown.says("In orde: LR-01, LR-09.") and shown.says("Mooie les.")
    assert not [one for one in load(workshop.desk.project)[1] if one.location.path == f"{LES}.yaml"]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("zorgen en verdriet", "verdriet en zorgen"), encoding="utf-8")
    assert standing.of(workshop.desk, NAME).approvals == ()


def test_another_answer_than_the_key_is_told(workshop: Workshop) -> None:
    client = as_somebody(workshop.client(), "lezer-2")
    wrong = next(letter for letter in "ABC" if letter != key_of(workshop))
    judged(client, wrong)
    told = standing.of(workshop.desk, NAME).history[0].entry.opmerkingen
    assert told == f"Zonder sleutel anders beantwoord dan de sleutel: {QUESTION} ({wrong})."


def test_a_les_or_question_that_changes_while_it_is_read_asks_to_be_read_again(workshop: Workshop) -> None:
    client = as_somebody(workshop.client(), "lezer-2")
    answered(client, "A")
    sent = changed(
        form_in(client.get(f"/review-les/{LES}"), f"/oordeel-les/{LES}"),
        {"oordeel": "goed", "rol": "vakinhoud"},
    )
    swapped_key(workshop)
    answer = client.send(f"/oordeel-les/{LES}", sent)
    assert answer.status == 409 and answer.says("De les is veranderd terwijl je las.")
    assert client.get(f"/review-les/{LES}").says("Lees eerst wat de cursist krijgt")


def test_nobody_approves_their_own_les(workshop: Workshop) -> None:
    writer = as_somebody(workshop.client(), "auteur-7")
    writer.send("/nieuw-les", [("eindterm", "3.1.2"), ("naam", "een-huis-huren")])
    path = "content/lessen/wonen/een-huis-huren"
    assert "maker: auteur-7\n" in (workshop.root / f"{path}.yaml").read_text(encoding="utf-8")
    form = form_in(writer.get(f"/bewerk/{LES}"), f"/bewerk/{LES}")
    writer.send(f"/bewerk/{LES}", changed(form, {"groepsvorm": "in tweetallen", "doe": "bewaar"}))
    answer = writer.get(f"/review-les/{LES}")
    assert answer.status == 409 and answer.says("Dit is je eigen les. Een collega keurt haar goed.")
    bank = workshop.desk.bank()
    own = review.LesReading(NAME, bank.lessen[NAME].maker, {QUESTION: "A"})
    assert any("je eigen les" in said for said in review.les_entry(bank, own, "2026-11-25")[1])


def test_sending_back_needs_words_and_makes_it_a_concept(workshop: Workshop) -> None:
    client = as_somebody(workshop.client(), "lezer-2")
    assert judged(client, oordeel="terug").says("schrijf bij terug een opmerking")
    assert judged(client, oordeel="terug", opmerkingen="Het slot is te zwaar.").status == 303
    assert workshop.desk.bank().lessen[NAME].status == "concept"


def test_a_les_is_approved_when_somebody_read_it_for_sensitivity_too(workshop: Workshop) -> None:
    client = workshop.client()
    for who, rol in (("lezer-2", "vakinhoud"), ("lezer-3", "toets-taal")):
        judged(as_somebody(client, who), rol=rol)
    assert client.get(f"/stand/{LES}").says("ontbreekt goedkeuring door een mens: gevoeligheid")
    judged(as_somebody(client, "lezer-4"), rol="gevoeligheid")
    assert client.send(f"/stap/{LES}", [("status", "vastgesteld")]).status == 303
    assert workshop.desk.bank().lessen[NAME].status == "vastgesteld"


def test_the_list_grows_with_the_subject(workshop: Workshop) -> None:
    from builder.project import Project

    bank, _ = load(Project(ROOT))
    lessons = bank.lessen.values()
    about = next(les for les in lessons if "5.1.2" in les.eindtermen and les.gevoelig)
    plain = next(les for les in lessons if "5.1.2" not in les.eindtermen and not les.gevoelig)
    assert list(review.ticks_of(about)) == list(review.VINKJES_LES)
    assert list(review.ticks_of(plain)) == list(review.VINKJES_LES)[:8]
    for text in review.VINKJES_LES.values():
        assert all(len(sentence.split()) <= 18 for sentence in re.split(r"(?<=[.?])\s+", text))
