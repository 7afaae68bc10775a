"""The toets as an H5P question set, to practise with: content only, the host has the libraries.

In: a toets and the bank. Out: one package under `oefenen/`. It shows the key to whoever opens the page source,
so an exam or a secret question gets none. A picture stands above the stem; a question with pictures as
options is left out and named. Only variant A.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from builder.artifacts import Artifact, zip_bytes
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.export.html_text import html, one_line, short_html
from builder.export.picture_files import PictureFile, png_pictures
from builder.export.question_notes import introduction, notes
from builder.model.docent import DocentToets, DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.lifecycle import is_public
from builder.model.lijsten import Afbeelding, Licentie
from builder.model.toets import Toets

X515 = Rule(
    "X515",
    "h5p-alleen-om-te-oefenen",
    Severity.ADVICE,
    "In een H5P-bestand staan de goede antwoorden. Iedereen kan ze in de bron van de pagina lezen. Voor een examen mag dat niet.",
    "doel: examen",
    "doel: oefenen",
)
X516 = Rule(
    "X516",
    "h5p-zonder-plaatjes-als-antwoord",
    Severity.ADVICE,
    "Een meerkeuzevraag van H5P heeft alleen tekst als antwoord. Een vraag met plaatjes als antwoord laten we daarom weg.",
    "opties:\n  - afbeelding:\n      bestand: wonen-002-a.svg",
    "opties:\n  - tekst: Een huis met een tuin",
)
RULES = (X515, X516)

QUESTION_SET, MULTI_CHOICE, IMAGE = "H5P.QuestionSet 1.20", "H5P.MultiChoice 1.16", "H5P.Image 1.1"
# Old versions on purpose: a host that is not up to date has these, or a newer minor version.
LIBRARIES = (QUESTION_SET, MULTI_CHOICE, "H5P.Question 1.5", "H5P.JoubelUI 1.3")
_NAMESPACE = uuid.UUID("b7d0a6f1-3c5e-5b7e-9a39-6f1f2f0b6f5d")
_LICENCES: dict[Licentie, dict[str, str]] = {
    "CC BY 4.0": {"license": "CC BY", "licenseVersion": "4.0"},
    "CC BY-SA 4.0": {"license": "CC BY-SA", "licenseVersion": "4.0"},
    "CC0 1.0": {"license": "CC0 1.0"},
    "publiek domein": {"license": "PD"},
}


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the package, or none with the reason."""
    if refusal := _refusal(bank, toets):
        return (), (refusal,)
    view = teacher_view(bank, toets)
    pictures, refused = png_pictures(bank, view)
    if refused:
        return (), refused
    kept, found = [], []
    for vraag in view.vragen:
        place = next((at for at, optie in enumerate(vraag.item.opties) if optie.afbeelding is not None), None)
        if place is None:
            kept.append(vraag)
        else:
            found.append(
                Diagnostic(
                    X516,
                    bank.locate(vraag.item.id, "opties", place, "afbeelding"),
                    f"Vraag {vraag.item.id} heeft plaatjes als antwoord en staat niet in het H5P-bestand.",
                    "Gebruik Moodle XML of QTI voor deze vraag.",
                )
            )
    if not kept:
        return (), tuple(found)
    shown = {vraag.item.id: pictures.get((vraag.item.id, 0)) for vraag in kept}
    files = [
        Artifact("h5p.json", _json(_about(view, any(shown.values())))),
        Artifact("content/content.json", _json(_content(view, kept, shown))),
        *(
            Artifact(f"content/images/{picture.name}", picture.data)
            for picture in shown.values()
            if picture is not None
        ),
    ]
    return (Artifact(f"oefenen/{toets.id}.h5p", zip_bytes(files)),), tuple(found)


def _refusal(bank: Itembank, toets: Toets) -> Diagnostic | None:
    """Return why this toets may not become a package that shows its key, None when it may."""
    hint = "Maak voor oefenen een eigen toets met doel: oefenen."
    if toets.doel == "examen":
        message = (
            f"Toets {toets.id} is een examen en krijgt geen H5P: iedereen kan er de antwoorden in lezen."
        )
        return Diagnostic(X515, bank.locate(toets.id, "doel"), message, hint)
    for place, plek in enumerate(toets.items):
        if not is_public(bank.item(plek.id)):
            message = f"Vraag {plek.id} is geheim. Daarom krijgt toets {toets.id} geen H5P: iedereen kan er de antwoorden in lezen."
            return Diagnostic(X515, bank.locate(toets.id, "items", place, "id"), message, hint)
    return None


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _id(name: str) -> str:
    """Return the same UUID for the same thing, always."""
    return str(uuid.uuid5(_NAMESPACE, name))


def _about(view: DocentToets, with_pictures: bool) -> dict[str, Any]:
    libraries = (*LIBRARIES, IMAGE) if with_pictures else LIBRARIES
    return {
        "title": one_line(view.gezien.titel),
        "language": "nl",
        "defaultLanguage": "nl",
        "mainLibrary": QUESTION_SET.partition(" ")[0],
        "embedTypes": ["div"],
        **_LICENCES["CC BY 4.0"],
        "authorComments": " ".join(introduction(view)),
        "authors": [{"name": "knm", "role": "Author"}],
        "preloadedDependencies": [_dependency(library) for library in libraries],
    }


def _dependency(library: str) -> dict[str, str | int]:
    name, _, version = library.partition(" ")
    major, _, minor = version.partition(".")
    return {"machineName": name, "majorVersion": int(major), "minorVersion": int(minor)}


def _content(
    view: DocentToets, kept: list[DocentVraag], shown: dict[str, PictureFile | None]
) -> dict[str, Any]:
    said = list(introduction(view))
    if len(kept) < len(view.vragen):
        said.append(f"In dit bestand staan {len(kept)} van de {len(view.vragen)} vragen.")
    return {
        "introPage": {
            "showIntroPage": True,
            "title": short_html(one_line(view.gezien.titel), lists=False),
            "introduction": "".join(html(sentence, lists=False) for sentence in said),
            "startButtonText": "Begin",
        },
        "progressType": "textual",
        "passPercentage": 50,
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "questions": [_question(vraag, shown[vraag.item.id]) for vraag in kept],
        "endGame": {
            "showResultPage": True,
            "showSolutionButton": True,
            "showRetryButton": True,
            "noResultMessage": "Klaar",
            "message": "Uw resultaat:",
            "scoreBarLabel": "U hebt @score van de @total punten",
            "overallFeedback": [{"from": 0, "to": 100}],
            "solutionButtonText": "Bekijk de antwoorden",
            "retryButtonText": "Opnieuw",
            "finishButtonText": "Klaar",
            "submitButtonText": "Inleveren",
            "showAnimations": False,
            "skippable": False,
            "skipButtonText": "Video overslaan",
        },
        "override": {"checkButton": True},
        "texts": {
            "prevButton": "Vorige vraag",
            "nextButton": "Volgende vraag",
            "finishButton": "Klaar",
            "submitButton": "Inleveren",
            "textualProgress": "Vraag @current van @total",
            "jumpToQuestion": "Vraag %d van %total",
            "questionLabel": "Vraag",
            "readSpeakerProgress": "Vraag @current van @total",
            "unansweredText": "Nog geen antwoord",
            "answeredText": "Beantwoord",
            "currentQuestionText": "Deze vraag",
            "navigationLabel": "Vragen",
            "questionSetInstruction": "Kies een vraag",
        },
    }


def _question(vraag: DocentVraag, picture: PictureFile | None) -> dict[str, Any]:
    item = vraag.item
    stem = html(vraag.gezien.context, lists=False) if vraag.gezien.context else ""
    params: dict[str, Any] = {
        "question": stem + html(vraag.gezien.stam, lists=False),
        "answers": [
            {
                "text": short_html(optie.gezien.tekst, lists=False),
                "correct": optie.juist,
                "tipsAndFeedback": {
                    "tip": "",
                    "chosenFeedback": short_html(optie.toelichting, lists=False) if optie.toelichting else "",
                    "notChosenFeedback": "",
                },
            }
            for optie in vraag.opties
        ],
        "overallFeedback": [{"from": 0, "to": 100}],
        "behaviour": _BEHAVIOUR,
        "UI": _WORDS,
        "confirmCheck": {
            "header": "Klaar?",
            "body": "Wilt u uw antwoord laten nakijken?",
            "cancelLabel": "Nee, terug",
            "confirmLabel": "Ja",
        },
        "confirmRetry": {
            "header": "Opnieuw?",
            "body": "Wilt u de vraag opnieuw maken?",
            "cancelLabel": "Nee, terug",
            "confirmLabel": "Ja",
        },
    }
    if picture is not None and item.afbeelding is not None:
        params["media"] = {"type": _image(item.id, item.afbeelding, picture), "disableImageZooming": False}
    return {
        "library": MULTI_CHOICE,
        "params": params,
        "subContentId": _id(item.id),
        "metadata": {
            "contentType": "Multiple Choice",
            "title": f"{item.id}, versie {item.versie}",
            **_LICENCES["CC BY 4.0"],
            "licenseExtras": " ".join(notes(vraag)),
        },
    }


def _image(item_id: str, afbeelding: Afbeelding, picture: PictureFile) -> dict[str, Any]:
    return {
        "library": IMAGE,
        "params": {
            "contentName": "Plaatje",
            "alt": one_line(picture.alt, 1000),
            "decorative": False,
            "file": {
                "path": f"images/{picture.name}",
                "mime": picture.media_type,
                "width": picture.width,
                "height": picture.height,
            },
        },
        "subContentId": _id(f"{item_id} plaatje"),
        "metadata": {
            "contentType": "Image",
            "title": picture.name,
            "authors": [{"name": one_line(afbeelding.maker), "role": "Author"}],
            **_LICENCES[afbeelding.licentie],
        },
    }


_BEHAVIOUR = {
    "type": "single",
    "singlePoint": True,
    "randomAnswers": False,
    "enableRetry": True,
    "enableSolutionsButton": True,
    "enableCheckButton": True,
    "showSolutionsRequiresInput": True,
    "confirmCheckDialog": False,
    "confirmRetryDialog": False,
    "autoCheck": False,
    "passPercentage": 100,
    "showScorePoints": False,
}
_WORDS = {
    "checkAnswerButton": "Nakijken",
    "submitAnswerButton": "Inleveren",
    "showSolutionButton": "Toon het antwoord",
    "tryAgainButton": "Opnieuw",
    "tipsLabel": "Toon de tip",
    "scoreBarLabel": "U hebt :num van de :total punten",
    "tipAvailable": "Er is een tip",
    "feedbackAvailable": "Er is uitleg",
    "readFeedback": "Lees de uitleg voor",
    "wrongAnswer": "Fout antwoord",
    "correctAnswer": "Goed antwoord",
    "shouldCheck": "Dit was het goede antwoord",
    "shouldNotCheck": "Dit was niet het goede antwoord",
    "noInput": "Kies eerst een antwoord",
    "a11yCheck": "Kijk het antwoord na. Er staat bij wat goed en fout is.",
    "a11yShowSolution": "Toon het antwoord. Het goede antwoord wordt aangewezen.",
    "a11yRetry": "Maak de vraag opnieuw. Uw antwoord gaat weg.",
}
