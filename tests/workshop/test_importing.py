"""Questions from Excel and other programs in the workshop: nothing before it is asked, then the good ones, the rest back."""

from __future__ import annotations

import io
import zipfile

import pytest

from builder import sheets
from builder.loading.load import load
from builder.workshop.holding import MOST, Holding, Sent
from builder.workshop.store import Refusal
from tests.intake.conftest import moodle, multichoice, png
from tests.workshop.conftest import Answer, Client, Workshop
from tests.zips import zipped

HEAD = "Eindterm;Vraag;Antwoord A;Uitleg A;Antwoord B;Uitleg B;Antwoord C;Uitleg C;Goed antwoord;Bron"
GOOD = (
    "3.1.2;Wie leest de meter van het water af?;De huurder.;Dat doet hij zelf.;De politie.;Die helpt bij gevaar.;"
    "De bakker.;Die bakt brood.;A;voorbeeldfolder"
)
BAD = "3.1.2;Wie betaalt de huur van een woning?;De huurder.;Ja.;De school.;Nee.;De bakker.;Nee.;;voorbeeldfolder"
MADE = "items/wonen/wonen-004.yaml"


def sent(client: Client, data: bytes, name: str = "vragen.csv", **given: str) -> Answer:
    return client.send_file("/inlezen", [("x", ""), *given.items()], "bestand", name, data)


def table(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def then(client: Client, page: Answer, doe: str) -> Answer:
    """Press a button under the verdict."""
    return client.send("/inlezen", [*hidden(page), ("doe", doe)])


def hidden(page: Answer) -> list[tuple[str, str]]:
    part = page.text.partition('<form method="post" action="/inlezen"><input')[2].partition("</form>")[0]
    names = [bit.partition('"')[0] for bit in part.split('name="')[1:]]
    values = [bit.partition('"')[0] for bit in part.split('value="')[1:]]
    return [(name, value) for name, value in zip(names, values, strict=True) if name != "doe"]


def files(workshop: Workshop) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in workshop.root.rglob("*") if file.is_file()}


def test_the_verdict_comes_first_and_then_the_good_ones(workshop: Workshop) -> None:
    client = workshop.client()
    before = files(workshop)
    page = sent(client, table(GOOD, BAD))
    assert page.says("CSV, 2 vragen: 1 klaar, 1 kan nog niet. Er is nog niets veranderd.")
    assert page.says("Regel 2: klaar. Wordt wonen-004.") and page.says("Wie leest de meter van het water af?")
    assert page.says("Regel 3: kan nog niet.") and page.says("Moet nog. Regel 3, kolom I:")
    assert files(workshop) == before
    done = then(client, page, "neem")
    assert done.says("Bewaard als concept: 1 vraag.") and done.says("Is nu wonen-004.")
    assert f'href="/bewerk/{MADE[:-5]}"' in done.text
    bank, found = load(workshop.desk.project)
    assert not found and bank.items["wonen-004"].status == "concept"
    assert bank.items["wonen-004"].maker == "auteur-9"  # who works here
    again = sent(client, table(GOOD, BAD))
    assert again.says("Regel 2: staat er al. Dat is wonen-004.") and "Neem de goede" not in again.text
    assert then(client, done, "neem").says("Er was niets nieuws.")  # the button twice: no second item
    assert len(list(workshop.root.glob("items/wonen/*.yaml"))) == len(bank.items_for("3.1.2")) + sum(
        item.thema == "wonen" and item.eindterm != "3.1.2" for item in bank.items.values()
    )


def test_the_bad_ones_come_back_as_a_workbook_that_can_be_mended(workshop: Workshop) -> None:
    client = workshop.client()
    before = files(workshop)
    page = sent(client, table(GOOD, BAD), "mijn vragen.csv")
    back = then(client, page, "terug")
    assert back.headers["content-disposition"] == 'attachment; filename="mijn_vragen-terug.xlsx"'
    with zipfile.ZipFile(io.BytesIO(back.body)) as archive:
        assert any("comments" in name for name in archive.namelist())  # the notes on the cells
    assert files(workshop) == before
    second = sent(client, back.body, "mijn vragen-terug.xlsx")
    assert second.says("Excel, 1 vraag: 1 kan nog niet.") and second.says(
        "Wie betaalt de huur van een woning?"
    )
    assert then(client, page, "terug").body == back.body
    good = sent(client, table(GOOD))
    assert "Download wat nog niet kan" not in good.text
    assert then(client, good, "terug").says("Er is niets om terug te geven")


def test_the_template_is_read_by_ourselves_and_is_empty(workshop: Workshop) -> None:
    client = workshop.client()
    book = client.get("/inlezen-sjabloon")
    assert book.headers["content-disposition"] == 'attachment; filename="vragen.xlsx"'
    assert "Vragen" in [sheet.name for sheet in sheets.read(book.body)]
    answer = sent(client, book.body, "vragen.xlsx")
    assert answer.says("Er is niets ingelezen.") and answer.status == 200


def test_pictures_come_beside_the_workbook(workshop: Workshop) -> None:
    client = workshop.client()
    rows = f"{HEAD};Plaatje;Beschrijving van het plaatje\n{GOOD};meter.png;Een meter.\n".encode()
    alone = sent(client, rows, plaatjemaker="redactie", plaatjelicentie="CC0 1.0")
    assert alone.says("kan nog niet") and alone.says("meter.png")
    mark = b"----grens"
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (mark, name, value)
        for name, value in ((b"plaatjemaker", b"redactie"), (b"plaatjelicentie", b"CC0 1.0"))
    ]
    for field, name, content in (
        (b"bestand", b"v.csv", rows), (b"plaatjes", b"los.png", png()), (b"plaatjes", b"meter.png", png(40, 30)),
    ):  # fmt: skip
        head = b'Content-Disposition: form-data; name="%s"; filename="%s"' % (field, name)
        parts.append(
            b"--%s\r\n%s\r\nContent-Type: application/octet-stream\r\n\r\n%s\r\n" % (mark, head, content)
        )
    body = b"".join([*parts, b"--%s--\r\n" % mark])
    page = client.ask("POST", "/inlezen", body, {"Content-Type": "multipart/form-data; boundary=----grens"})
    assert page.says("1 klaar"), page.text
    assert then(client, page, "neem").says("Bewaard als concept: 1 vraag.")
    bank, found = load(workshop.desk.project)
    assert not found and bank.picture("wonen-004", "wonen-004.png").width == 40


def test_what_is_wished_for_questions_that_do_not_say_it(workshop: Workshop) -> None:
    client = workshop.client()
    question = moodle(multichoice().replace("eindterm 3.1.2", "iets"))
    assert sent(client, question, "m.xml").says("kan nog niet")
    page = sent(client, question, "m.xml", eindterm="3.1.2", taalniveau="B1")
    assert page.says("1 klaar") and then(client, page, "neem").says("Bewaard als concept: 1 vraag.")
    item = load(workshop.desk.project)[0].items["wonen-004"]
    assert (item.eindterm, item.taalniveau) == ("3.1.2", "B1")
    odd = sent(client, question, "m.xml", taalniveau="C2")
    assert odd.status == 409 and odd.says("C2 kennen we niet. Kies uit A1, A2, B1.")
    assert sent(client, question, "m.xml", eindterm="9.9.9").says("Eindterm 9.9.9 bestaat niet")


HOSTILE: dict[str, tuple[str, bytes]] = {
    "pdf": ("v.pdf", b"%PDF-1.7"),
    "word": ("v.docx", zipped({"word/document.xml": b"<x/>"})),
    "slip": ("v.zip", zipped({"../../x.xml": b"<x/>"})),
    "entities": ("v.xml", b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>'),
    "empty": ("v.csv", b" "),
    "broken": ("v.xlsx", zipped({"xl/workbook.xml": b"<x"})),
    "name": ("../../knm.toml", b"%PDF"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_cannot_be_read_is_a_sentence_and_leaves_nothing(workshop: Workshop, name: str) -> None:
    client = workshop.client()
    before = files(workshop)
    answer = sent(client, HOSTILE[name][1], HOSTILE[name][0])
    assert answer.status == 200 and answer.says("Er is niets ingelezen."), answer.text
    assert "knm template" not in answer.text and "Er ging iets mis" not in answer.text
    assert files(workshop) == before


def test_texts_of_a_file_are_shown_as_text(workshop: Workshop) -> None:
    odd = GOOD.replace("Wie leest de meter van het water af?", "Wie <script>alert(1)</script> leest dit?")
    page = sent(workshop.client(), table(odd), '"><b>v.csv')
    assert "<script>alert" not in page.text and "&lt;script&gt;" in page.text and "<b>v" not in page.text


def test_numbers_of_secret_and_thrown_questions_are_not_given_again(with_secrets: Workshop) -> None:
    client = with_secrets.client()
    secret = with_secrets.desk.secret
    assert secret is not None
    client.send("/nieuw", [("examen", "ja"), ("eindterm", "3.1.2")])
    assert (secret.root / MADE).is_file()
    assert sent(client, table(GOOD)).says("Wordt wonen-005.")


def test_nothing_is_read_without_a_file_or_after_it_was_forgotten(workshop: Workshop) -> None:
    client = workshop.client()
    assert client.send("/inlezen", [("doe", "neem")]).says("Kies eerst een bestand.")
    gone = client.send("/inlezen", [("doe", "neem"), ("pak", "0" * 32)])
    assert gone.status == 409 and gone.says("Dit bestand hebben we niet meer. Kies het nog een keer.")
    nobody = Client(workshop.port).let_in()
    workshop.desk.open.write_note("ik", {})
    assert nobody.ask("GET", "/inlezen").where == "/?verder=/inlezen"
    assert client.send("/wie", [("code", "auteur-7"), ("verder", "/inlezen")]).where == "/inlezen"


def test_only_the_last_few_files_are_held() -> None:
    held = Holding()
    tokens = [held.keep(Sent("v.csv", bytes([number]))) for number in range(MOST + 1)]
    assert len(set(tokens)) == MOST + 1 and held.get(tokens[-1]).content == bytes([MOST])
    with pytest.raises(Refusal):
        held.get(tokens[0])
    assert held.keep(Sent("v.csv", b"x", {"a.png": b"1"})) != held.keep(Sent("v.csv", b"x", {"a.png": b"2"}))


def test_what_to_do_is_said_without_the_terminal(workshop: Workshop) -> None:
    client = workshop.client()
    rows = ["Vraag;Antwoord A;Antwoord B;Antwoord C;Goed antwoord;Bron",
            "Wie maakt de deur?;De bakker;De verhuurder;De slager;B;Een folder van de bakker"]  # fmt: skip
    answer = client.send_file("/inlezen", [], "bestand", "vragen.csv", "\n".join(rows).encode())
    assert answer.says('Vul de eindterm in (of een tag "eindterm 3.1.2"). Of kies hem hieronder')
    assert answer.says("Kies daar bij Bronnen: Maak een nieuwe bron.")
    assert "--eindterm" not in answer.text and "content/" not in answer.text
