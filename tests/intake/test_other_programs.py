"""Files as Moodle and QTI programs make them: small ones of our own, after the public documentation of Moodle and 1EdTech.

Each construct that the documentation names gets a verdict; what we cannot hold is named.
"""

from __future__ import annotations

import base64

import pytest

from builder.intake.draft import Wishes
from builder.intake.plan import Entry, Verdict
from builder.project import Project
from tests.intake.conftest import codes, messages, moodle, multichoice, png, verdicts
from tests.zips import zipped

READY, BAD, SKIPPED, THERE = Verdict.READY, Verdict.BAD, Verdict.SKIPPED, Verdict.THERE


def one(project: Project, name: str, data: bytes, wishes: Wishes | None = None) -> Entry:
    delivery, entries = verdicts(project, name, data, wishes)
    assert not delivery.refused, delivery.remarks
    assert len(entries) == 1
    return entries[0]


# ---------------------------------------------------------------- Moodle XML


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("essay", "een open vraag"),
        ("shortanswer", "een invulvraag"),
        ("numerical", "een rekenvraag"),
        ("matching", "een koppelvraag"),
        ("cloze", "een tekst met gaten"),
        ("ddwtos", "een sleepvraag"),
        ("ordering", "een volgordevraag"),
        ("pmatchjme", 'een vraag van de soort "pmatchjme"'),
    ],
)
def test_moodle_kinds_that_we_do_not_have(voorbeeld: Project, kind: str, said: str) -> None:
    entry = one(voorbeeld, "m.xml", moodle(multichoice().replace('type="multichoice"', f'type="{kind}"')))
    assert entry.verdict is BAD
    assert codes(entry) == ["I501"]
    assert f"Dit is {said}." in messages(entry)


def test_moodle_true_false(voorbeeld: Project) -> None:
    question = multichoice("De huurder leest de meter.", [("true", "100"), ("false", "0")])
    entry = one(voorbeeld, "m.xml", moodle(question.replace("multichoice", "truefalse")))
    assert [(choice.text, choice.right) for choice in entry.question.choices] == [
        ("Waar", True),
        ("Niet waar", False),
    ]


@pytest.mark.parametrize(
    ("answers", "more", "verdict", "said"),
    [
        ([("De huurder", "100"), ("De buurman", "50"), ("De postbode", "0")], "", READY, "deelpunten"),
        ([("De huurder", "100"), ("De buurman", "-33.33333"), ("De postbode", "0")], "", READY, "strafpunten"),
        ([("De huurder", "50"), ("De buurman", "50"), ("De dokter", "0")], "<single>false</single>", BAD, "2 antwoorden goed"),
        ([("De huurder", "90"), ("De buurman", "0"), ("De dokter", "0")], "", BAD, "krijgt alle punten"),
        ([("De huurder", "100"), ("De buurman", "100"), ("De dokter", "0")], "", BAD, "2 goede antwoorden"),
        ([("De huurder", "100"), ("De buurman", "0"), ("De dokter", "0")], "<single>false</single>", READY, "meer antwoorden kon kiezen"),
        ([("De huurder", "veel"), ("De buurman", "0"), ("De dokter", "0")], "", BAD, "geen goed antwoord"),
        ([("a", "100")] + [(f"Nee {number}", "0") for number in range(5)], "", BAD, "6 antwoorden"),
        ([], "", BAD, "geen antwoorden"),
    ],
)  # fmt: skip
def test_moodle_points(
    voorbeeld: Project, answers: list[tuple[str, str]], more: str, verdict: Verdict, said: str
) -> None:
    question = multichoice(answers=answers).replace("<single>true</single>", more or "<single>true</single>")
    entry = one(voorbeeld, "m.xml", moodle(question))
    assert entry.verdict is verdict, messages(entry)
    assert said in messages(entry)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            "<generalfeedback><text>Kijk in je contract.</text></generalfeedback>",
            "feedback bij de hele vraag",
        ),
        ("<correctfeedback><text>Goed.</text></correctfeedback>", "feedback bij goed of fout"),
        ("<hint format='html'><text>Denk aan de meter.</text></hint>", "tips"),
        ("<defaultgrade>3</defaultgrade>", "het aantal punten"),
    ],
)
def test_moodle_losses_are_named(voorbeeld: Project, more: str, said: str) -> None:
    entry = one(voorbeeld, "m.xml", moodle(multichoice(more=more)))
    assert entry.verdict is READY
    assert said in next(found.message for found in entry.findings if found.rule.code == "I520")


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("<p>Wie leest de <strong>meter</strong> af?</p>", "opmaak"),
        ("<p>Wie leest <a href='https://voorbeeld.nl'>de meter</a> af?</p>", "een link"),
        ("<p>Wie leest de meter af?</p><script>alert(1)</script>", "een script"),
        ("<p>Wie leest de meter af?</p><video src='x.mp4'></video>", "een film"),
        ("<table><tr><td>Wie leest</td><td>de meter af?</td></tr></table>", "een tabel"),
        ("<p>Wie leest de meter af?</p><math><mi>x</mi></math>", "een formule"),
    ],
)
def test_html_becomes_plain_text_and_what_falls_is_named(voorbeeld: Project, stem: str, said: str) -> None:
    entry = one(voorbeeld, "m.xml", moodle(multichoice(stem)))
    assert said in messages(entry)
    assert "<" not in entry.question.stem
    assert "alert" not in str(entry.item())
    assert "meter" in entry.question.stem


def test_paragraphs_lists_and_entities(voorbeeld: Project) -> None:
    html = "<p>Sara leest:</p><ul><li>&euro;&nbsp;5</li><li>caf&eacute; &amp; <em>bar</em></li></ul><ol><li>een</li><li>twee</li></ol><p>Wie&nbsp;leest<br>de meter af?</p>"
    question = one(voorbeeld, "m.xml", moodle(multichoice(html))).question
    assert question.context == "Sara leest:\n- € 5\n- café & bar\n1. een\n2. twee"
    assert question.stem == "Wie leest\nde meter af?"


def test_moodle_pictures(voorbeeld: Project) -> None:
    content = base64.b64encode(png()).decode()
    stem = '<p>Hier hangt een meter.</p><p><img src="@@PLUGINFILE@@/de%20meter.png" alt="Een meter."></p><p>Wie leest hem af?</p>'
    file = f'<file name="de meter.png" path="/" encoding="base64">{content}</file>'
    free = Wishes(picture_maker="redactie", picture_licentie="CC BY 4.0")
    entry = one(voorbeeld, "m.xml", moodle(multichoice(stem, files=file)), free)
    data, files = entry.item()
    assert (data["context"], data["stam"]) == ("Hier hangt een meter.", "Wie leest hem af?")
    assert data["afbeelding"] == {
        "bestand": f"{data['id']}.png", "alt": "Een meter.", "maker": "redactie", "licentie": "CC BY 4.0",
    }  # fmt: skip
    assert list(files) == [f"{data['id']}.png"]
    assert "licentie" in messages(one(voorbeeld, "m.xml", moodle(multichoice(stem, files=file))))
    assert "zit niet in dit bestand" in messages(one(voorbeeld, "m.xml", moodle(multichoice(stem)), free))
    broken = file.replace(content, "geen base64!")
    assert "beschadigd" in messages(one(voorbeeld, "m.xml", moodle(multichoice(stem, files=broken)), free))
    inline = f'<p>Wie leest de meter af?</p><img src="data:image/png;base64,{content}">'
    entry = one(voorbeeld, "m.xml", moodle(multichoice(inline)), free)
    assert entry.item()[0]["afbeelding"]["alt"].startswith("TODO")
    two = stem + '<img src="@@PLUGINFILE@@/b.png" alt="Nog een.">'
    assert "een vraag heeft bij ons één plaatje" in messages(
        one(
            voorbeeld,
            "m.xml",
            moodle(multichoice(two, files=file + file.replace("de meter.png", "b.png"))),
            free,
        )
    )
    far = stem + '<img src="https://voorbeeld.nl/b.png" alt="Ver weg."><img src="https://voorbeeld.nl/c.png">'
    said = messages(one(voorbeeld, "m.xml", moodle(multichoice(far, files=file)), free))
    assert 'Het plaatje "b.png" staat op een ander adres, niet in dit bestand.' in said and '"c.png"' in said
    assert "één plaatje" not in said and "plaatje(s)" not in said


def test_a_moodle_course_export(voorbeeld: Project) -> None:
    category = (
        '<question type="category"><category><text>$course$/top/KNM/Wonen 3.1.2</text></category></question>'
    )
    text = '<question type="description"><name><text>Lees dit</text></name><questiontext><text>Veel succes.</text></questiontext></question>'
    numbered = multichoice("Waar hangt de meter?", tags="huis", more="<idnumber>Q17</idnumber>")
    _, entries = verdicts(voorbeeld, "m.xml", moodle(category, text, numbered, multichoice(tags="huis")))
    assert [entry.verdict for entry in entries] == [SKIPPED, READY, READY]
    data, _ = entries[1].item()
    assert data["eindterm"] == "3.1.2"
    assert data["ingelezen_uit"] == "moodle Q17"
    assert data["trefwoorden"] == ["huis"]
    assert [entry.id for entry in entries] == ["", "wonen-004", "wonen-005"]


def test_the_eindterm_is_found_where_it_stands(voorbeeld: Project) -> None:
    for tag in ("eindterm 3.1.2", "Eindterm: 3.1.2", "3.1.2", "KNM 3.1.2", "indicator 3.1.2-a", "3.1.2-a"):
        entry = one(voorbeeld, "m.xml", moodle(multichoice(tags=tag)))
        assert entry.verdict is READY, (tag, messages(entry))
        assert entry.item()[0].get("indicator", "") == ("3.1.2-a" if "-a" in tag else "")
    for tag in ("1.3.1.2", "3.1.2.4", "13.1.2", "9.9.9", "huis", "3.1.2 en 4.1.1"):
        assert one(voorbeeld, "m.xml", moodle(multichoice(tags=tag))).verdict is BAD, tag
    assert (
        one(voorbeeld, "m.xml", moodle(multichoice(tags="huis")), Wishes(eindterm="3.2.1")).item()[0][
            "eindterm"
        ]
        == "3.2.1"
    )


# ---------------------------------------------------------------- GIFT

GIFT = """\
// a comment before everything
$CATEGORY: $course$/top/Wonen 3.1.2

// [id:vraag-1] [tag:meter] [tag:met \\] haak]
::Meter lezen::Wie leest de meter af? {
  =De huurder#Ja\\: de huurder.
  ~De buurman#Nee
  ~De postbode
  ####Kijk in je contract.
}

Waar hangt de meter?{~In de tuin =In de meterkast ~Op het dak}

De meter hangt in {~de tuin =de meterkast ~de slaapkamer} van het huis.

::Waar::De huurder leest de meter.{TRUE#Toch wel.#Goed zo.}

::Open::Wat doe je als de meter stuk is? {}

::Kort::Hoe heet de kast? {=meterkast =de meterkast}

::Koppel::Wat hoort bij wat? {=licht -> stroom =koken -> gas =kraan -> water}

::Getal::Hoeveel meters? {#3:1}

::Deel::Wie betaalt de stroom? {=De huurder ~%50%De buurman ~%-100%De postbode}

::Twee::Wie wonen hier? {~%50%Sara ~%50%Ali ~De postbode}

Dit is alleen een tekst.

::Leeg binnen::Wie meet het gas? {
  =De huurder
  ~De buurman

  ~De dokter
}

[html]<p>Hoeveel is 2 \\< 3 \\\\ en 5 \\= 5\\{x\\}?</p>{=a\\~b ~c\\#d ~[plain]<e>}

::Los::Wie sluit deze accolade niet? {=Sara ~Ali
"""


def test_every_gift_construct_has_a_verdict(voorbeeld: Project) -> None:
    delivery, entries = verdicts(voorbeeld, "v.gift", GIFT.encode())
    assert not delivery.refused
    kinds = [entry.verdict for entry in entries]
    assert kinds == [
        READY, READY, READY, READY, BAD, BAD, BAD, BAD, READY, BAD, SKIPPED, READY, READY, BAD,
    ], "\n".join(f"{entry.question.stem}: {messages(entry)}" for entry in entries)  # fmt: skip
    first = entries[0]
    assert first.item()[0]["ingelezen_uit"] == "gift vraag-1"
    assert first.item()[0]["trefwoorden"] == ["meter", "met ] haak"]
    assert first.question.choices[0].why == "Ja: de huurder."
    assert "feedback bij de hele vraag" in messages(first)
    assert first.question.spot.line == 5
    assert entries[2].question.stem == "De meter hangt in _____ van het huis."
    assert [choice.why for choice in entries[3].question.choices] == ["Goed zo.", "Toch wel."]
    assert [messages(entry).partition(".")[0] for entry in entries[4:8]] == [
        "Dit is een open vraag", "Dit is een invulvraag", "Dit is een koppelvraag", "Dit is een rekenvraag",
    ]  # fmt: skip
    assert "deelpunten, strafpunten" in messages(entries[8])
    assert "2 antwoorden goed" in messages(entries[9])
    assert len(entries[11].question.choices) == 3
    assert entries[12].question.stem.startswith("Hoeveel is 2")
    assert [choice.text for choice in entries[12].question.choices] == ["a~b", "c#d", "<e>"]
    assert "accolade" in messages(entries[13])


# ---------------------------------------------------------------- QTI


def qti2(
    body: str, declaration: str = "", name: str = "choice", more: str = "", space: str = "imsqti_v2p1"
) -> str:
    declared = declaration or (
        '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse>'
        "<value>ChoiceA</value></correctResponse></responseDeclaration>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<assessmentItem xmlns="http://www.imsglobal.org/xsd/{space}" '
        f'identifier="{name}" title="Meter 3.1.2" adaptive="false" timeDependent="false">{declared}'
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        f"<itemBody>{body}</itemBody>{more}"
        '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>'
    )


def choice2(prompt: str = "<prompt>Wie leest de meter af?</prompt>", more: str = 'maxChoices="1"') -> str:
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" {more}>{prompt}'
        '<simpleChoice identifier="ChoiceA">De huurder</simpleChoice>'
        '<simpleChoice identifier="ChoiceB" fixed="true">De buurman</simpleChoice>'
        '<simpleChoice identifier="ChoiceC">De postbode</simpleChoice></choiceInteraction>'
    )


def declaration(
    right: list[str],
    cardinality: str = "single",
    points: dict[str, int] | None = None,
    name: str = "RESPONSE",
) -> str:
    values = "".join(f"<value>{choice}</value>" for choice in right)
    correct = f"<correctResponse>{values}</correctResponse>" if right else ""
    entries = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in (points or {}).items()
    )
    mapping = f"<mapping>{entries}</mapping>" if points else ""
    return f'<responseDeclaration identifier="{name}" cardinality="{cardinality}">{correct}{mapping}</responseDeclaration>'


@pytest.mark.parametrize("space", ["imsqti_v2p0", "imsqti_v2p1", "imsqti_v2p2"])
def test_qti_2_choice(voorbeeld: Project, space: str) -> None:
    item = qti2("<p>Er is een brief.</p><div>De brief gaat over stroom.</div>" + choice2(), space=space)
    data, _ = one(voorbeeld, "item.xml", item.encode()).item()
    assert data["context"] == "Er is een brief.\n\nDe brief gaat over stroom."
    assert data["stam"] == "Wie leest de meter af?"
    assert [optie["juist"] for optie in data["opties"]] == [True, False, False]
    assert data["opties"][1]["vast"] is True
    assert data["eindterm"] == "3.1.2"


def test_qti_without_a_prompt_takes_the_last_paragraph(voorbeeld: Project) -> None:
    entry = one(voorbeeld, "item.xml", qti2("<p>Sara huurt.</p><p>Wie leest af?</p>" + choice2("")).encode())
    assert (entry.question.context, entry.question.stem) == ("Sara huurt.", "Wie leest af?")


QTI3 = """<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="meter-feedback" title="Meter"
  adaptive="false" time-dependent="false" xml:lang="nl">
  <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
    <qti-correct-response><qti-value>choiceB</qti-value></qti-correct-response>
  </qti-response-declaration>
  <qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier"/>
  <qti-item-body>
    <qti-rubric-block use="instructions" view="candidate"><qti-content-body><p>Kies.</p></qti-content-body></qti-rubric-block>
    <p><img src="img/meter.png" alt="Een meter."/></p>
    <qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
      <qti-prompt>Wie leest de meter af?</qti-prompt>
      <qti-simple-choice identifier="choiceA">De buurman
        <qti-feedback-inline outcome-identifier="FEEDBACK" identifier="choiceA" show-hide="show">Nee, die niet.</qti-feedback-inline>
      </qti-simple-choice>
      <qti-simple-choice identifier="choiceB">De huurder</qti-simple-choice>
    </qti-choice-interaction>
  </qti-item-body>
  <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
  <qti-modal-feedback outcome-identifier="FEEDBACK" identifier="choiceB" show-hide="show">
    <qti-content-body><p>Ja, de huurder.</p></qti-content-body></qti-modal-feedback>
  <qti-modal-feedback outcome-identifier="FEEDBACK" identifier="overall" show-hide="show">
    <qti-content-body><p>Klaar.</p></qti-content-body></qti-modal-feedback>
</qti-assessment-item>
"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="MANIFEST-1"><organizations/><resources>
<resource identifier="r2" type="imsqti_item_xmlv2p1" href="items/b.xml"><file href="items/b.xml"/></resource>
<resource identifier="r1" type="imsqti_item_xmlv3p0" href="items/a%20a.xml"><metadata><lom><general>
<keyword><string>3.1.2</string></keyword><keyword><string>meter</string></keyword></general></lom></metadata></resource>
<resource identifier="r3" type="imsqti_item_xmlv2p1" href="items/weg.xml"/>
<resource identifier="r5" type="imsqti_item_xmlv2p1" href="../../elders.xml"/>
<resource identifier="t" type="imsqti_test_xmlv2p1" href="test.xml"/></resources></manifest>
"""
TEST = '<assessmentTest><testPart><assessmentSection><assessmentItemRef href="items/a%20a.xml"/><assessmentItemRef href="items/b.xml"/></assessmentSection></testPart></assessmentTest>'


def test_a_package_of_two_versions(voorbeeld: Project) -> None:
    package = zipped(
        {"imsmanifest.xml": MANIFEST, "test.xml": TEST, "items/a a.xml": QTI3, "items/img/meter.png": png(),
         "items/b.xml": qti2(choice2("<prompt>Waar hangt de meter?</prompt>"), name="b")}
    )  # fmt: skip
    free = Wishes(picture_maker="redactie", picture_licentie="CC BY 4.0")
    _, entries = verdicts(voorbeeld, "pakket.zip", package, free)
    assert [entry.verdict for entry in entries] == [READY, READY, BAD], [messages(entry) for entry in entries]
    first, second, gone = entries
    data, files = first.item()
    assert data["ingelezen_uit"] == "qti MANIFEST-1/meter-feedback"
    assert data["trefwoorden"] == ["meter"]
    assert [optie["toelichting"] for optie in data["opties"]] == ["Nee, die niet.", "Ja, de huurder."]
    assert data["opties"][0]["tekst"] == "De buurman"
    assert len(files) == 1
    assert "feedback bij de hele vraag, een instructie" in messages(first)
    assert second.question.stem == "Waar hangt de meter?"
    assert "zit niet in het pakket" in messages(gone)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<extendedTextInteraction responseIdentifier="RESPONSE"/>', "een open vraag"),
        ('<p>De hoofdstad is <textEntryInteraction responseIdentifier="RESPONSE"/>.</p>', "een invulvraag"),
        ('<orderInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="A">a</simpleChoice></orderInteraction>', "een volgordevraag"),
        ('<hotspotInteraction responseIdentifier="RESPONSE"/>', "klikt"),
        ('<p><inlineChoiceInteraction responseIdentifier="RESPONSE"/></p>', "keuzelijsten"),
        ('<customInteraction responseIdentifier="RESPONSE"/>', "één programma"),
        (choice2() + choice2(), "2 vragen in één"),
    ],
)  # fmt: skip
def test_qti_kinds_that_we_do_not_have(voorbeeld: Project, body: str, said: str) -> None:
    entry = one(voorbeeld, "item.xml", qti2(body).encode())
    assert (entry.verdict, codes(entry)) == (BAD, ["I501"])
    assert said in messages(entry)


@pytest.mark.parametrize(
    ("declared", "verdict", "said"),
    [
        (declaration(["ChoiceA", "ChoiceB"], "multiple"), BAD, "2 antwoorden goed"),
        (declaration(["ChoiceA"], "multiple"), READY, "meer antwoorden kon kiezen"),
        (
            declaration([], "single", {"ChoiceA": 2, "ChoiceB": 1, "ChoiceC": -1}),
            READY,
            "deelpunten, strafpunten",
        ),
        (declaration([]), BAD, "geen goed antwoord"),
        (declaration(["ChoiceA"], name="ANDERS"), BAD, "geen goed antwoord"),
        (declaration(["Weg"]), BAD, "geen goed antwoord"),
    ],
)
def test_qti_scoring(voorbeeld: Project, declared: str, verdict: Verdict, said: str) -> None:
    entry = one(voorbeeld, "item.xml", qti2(choice2(), declared).encode())
    assert entry.verdict is verdict, messages(entry)
    assert said in messages(entry)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("q.xml", b"<questestinterop/>", "QTI 1.2"),
        ("q.zip", zipped({"imsmanifest.xml": "<manifest><resources/></manifest>", "a.xml": "<questestinterop/>"}), "QTI 1.2"),
        ("q.xml", b"<manifest/>", "hele zip"),
        ("q.zip", zipped({"a.xml": "<x/>"}), "geen enkele vraag"),
        ("q.zip", zipped({"a.txt": "x"}), "geen vragen die wij kunnen lezen"),
        ("q.docx", zipped({"word/document.xml": "<x/>"}), "Word"),
        ("q.h5p", zipped({"h5p.json": "{}"}), "H5P"),
        ("q.ods", zipped({"content.xml": "<x/>"}), "LibreOffice"),
        ("q.mbz", zipped({"moodle_backup.xml": "<x/>"}), "back-up van Moodle"),
        ("q.xls", b"\xd0\xcf\x11\xe0" + b"0" * 50, "oud Office-bestand"),
        ("q.xml", b"<quiz></quiz>", "geen enkele vraag"),
        ("q.xml", b"<html><p>x</p></html>", "webpagina"),
        ("q.xml", b"<rss/>", "geen bestand met vragen"),
        ("q.txt", b"zomaar een tekst", "Wij weten niet"),
        ("q.json", b'{"items": []}', "niet door knm gemaakt"),
        ("q.json", b'{"vorm": 9, "items": [1]}', "nieuwere knm"),
        ("q.json", b'{"vorm": 1, "items": []}', "geen enkele vraag"),
        ("q.json", b'{"vorm": 1,', "geen goede JSON"),
        ("leeg.csv", b" \n", "leeg"),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_called_by_its_name(
    voorbeeld: Project, name: str, data: bytes, said: str
) -> None:
    delivery, entries = verdicts(voorbeeld, name, data)
    assert delivery.refused
    assert entries == ()
    told = delivery.remarks[0]
    assert said in f"{told.message} {told.hint}"
