"""Moodle XML → questions, with the pictures that are inside it.

In: the bytes of an export of a Moodle question bank. Out: questions; a kind that we do not have is named. Made after
docs.moodle.org "Moodle XML format" and `question/format/xml/format.php`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from builder.intake.delivery import Choice, Delivery, Picture, Question, Remark, Spot, Stop
from builder.intake.notes import is_ours
from builder.intake.opening import local
from builder.intake.plain_text import Plain, tidy
from builder.intake.rules import I402, I408, I501
from builder.intake.wording import (
    ANSWER_INSTEAD,
    KINDS,
    auto,
    decoded,
    losses,
    outside,
    parted,
    picture_in,
    right_answers,
    weights,
)

MAX_QUESTIONS = 2000
_FEEDBACK = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read_moodle(root: Any) -> Delivery:
    """Return the questions under <quiz>."""
    made: list[Question] = []
    category = ""
    for element in root:
        if local(element) != "question":
            continue
        if len(made) >= MAX_QUESTIONS:
            raise Stop(
                I402, f"Er staan meer dan {MAX_QUESTIONS} vragen in.", "Verdeel ze over meer bestanden."
            )
        if element.get("type") == "category":
            category = _text(_child(element, "category"))
            continue
        made.append(_question(element, len(made) + 1, category))
    if not made:
        raise Stop(
            I408, "In dit Moodle-bestand staat geen enkele vraag.", "Kies bij het exporteren een categorie."
        )
    return Delivery("Moodle XML", tuple(made))


def _children(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element if local(child) == name)


def _child(element: Any, name: str) -> Any:
    return next(_children(element, name), None)


def _text(element: Any) -> str:
    """Return the raw text in <x><text>…</text></x>, or in <x> itself."""
    if element is None:
        return ""
    inner = _child(element, "text")
    return "".join((element if inner is None else inner).itertext())


def _plain(element: Any, default: str = "moodle") -> Plain:
    if element is None:
        return Plain()
    form = (
        element.get("format", default).replace("moodle_auto_format", "moodle").replace("plain_text", "plain")
    )
    return auto(_text(element), form)


def _files(element: Any) -> dict[str, Picture]:
    found: dict[str, Picture] = {}
    for file in _children(element, "file") if element is not None else ():
        name = file.get("name", "")
        if file.get("encoding", "base64") == "base64":
            found[name] = decoded(name, "".join(file.itertext()))
    return found


def _find(element: Any) -> Any:
    """Return the function that finds a picture of this text among its own files."""
    files = _files(element)

    def find(src: str) -> Picture:
        if src.startswith("@@PLUGINFILE@@/"):
            name = unquote(src.removeprefix("@@PLUGINFILE@@/").partition("?")[0]).rpartition("/")[2]
            if name in files:
                return files[name]
        return outside(src)

    return find


def _question(element: Any, number: int, category: str) -> Question:
    kind = tidy(element.get("type", ""))
    line = max(1, element.sourceline or 1)
    title = tidy(_plain(_child(element, "name")).text or _text(_child(element, "name")))
    name = f"Vraag {number}"
    spot = Spot(line, 1, f'{name} (regel {line}, "{title[:40]}")' if title else f"{name} (regel {line})")
    body = _child(element, "questiontext")
    plain = _plain(body)
    idnumber = tidy(_text(_child(element, "idnumber")))[:100]
    tags = (
        tuple(tidy(_text(tag)) for tag in _children(_child(element, "tags"), "tag"))
        if _child(element, "tags") is not None
        else ()
    )
    if kind == "description":
        return Question(name, spot, plain.text, skipped="Dit is een tekst, geen vraag.")
    remarks: list[Remark] = []
    spots = {"/stam": _at(body, spot), "/context": _at(body, spot), "/afbeelding": _at(body, spot)}
    context, stem = parted(plain)
    general = _plain(_child(element, "generalfeedback"))
    notes = tuple(line for part in general.paragraphs for line in part.split("\n"))
    lost = []
    if general.paragraphs and not is_ours(notes):
        lost.append("feedback bij de hele vraag")
    if any(_plain(_child(element, feedback)).paragraphs for feedback in _FEEDBACK):
        lost.append("feedback bij goed of fout")
    if any(True for _ in _children(element, "hint")):
        lost.append("tips")
    if _number(_text(_child(element, "defaultgrade")), 1) not in (0, 1):
        lost.append("het aantal punten")
    choices: tuple[Choice, ...] = ()
    plains = [plain]
    if kind in ("multichoice", "truefalse"):
        answers = list(_children(element, "answer"))
        spots |= {f"/opties/{place}": _at(answer, spot) for place, answer in enumerate(answers)}
        multiple = kind == "multichoice" and _text(_child(element, "single")).strip().lower() in (
            "false",
            "0",
        )
        percents = [_number(answer.get("fraction", "0"), 0) for answer in answers]
        right = right_answers(percents, multiple, remarks)
        lost += weights(percents, multiple)
        made = []
        for place, answer in enumerate(answers):
            said = _plain(answer, "html")
            why = _plain(_child(answer, "feedback"), "html")
            plains += [said, why]
            if why.pictures:
                lost.append("een plaatje in de uitleg")
            picture = picture_in(said, _find(answer), f"/opties/{place}/afbeelding", remarks)
            text = _yes_no(said.text) if kind == "truefalse" else said.text
            made.append(Choice(text, right[place], why.text, picture))
        choices = tuple(made)
    else:
        what = KINDS.get(kind, f'een vraag van de soort "{kind[:40]}"' if kind else "een vraag zonder soort")
        remarks.append(Remark(I501, "", f"Dit is {what}. Wij hebben alleen meerkeuzevragen.", ANSWER_INSTEAD))
        if kind in ("cloze", "multianswer"):
            context, stem = "", plain.text
    remarks += losses("", plains, lost)
    return Question(
        name=name,
        spot=spot,
        stem=stem,
        context=context,
        picture=picture_in(plain, _find(body), "/afbeelding", remarks),
        choices=choices,
        origin=f"moodle {idnumber}" if idnumber else "",
        own_id=idnumber if re.fullmatch(r"[a-z]+-[0-9]{3}", idnumber) else "",
        tags=tags,
        hints=(idnumber, category, title),
        notes=notes,
        remarks=tuple(remarks),
        spots=spots,
    )


def _at(element: Any, spot: Spot) -> Spot:
    if element is None or not element.sourceline:
        return spot
    number = spot.said.partition(" (")[0]
    return Spot(element.sourceline, 1, f"{number}, regel {element.sourceline}")


def _yes_no(text: str) -> str:
    return {"true": "Waar", "false": "Niet waar"}.get(text.lower(), text)


def _number(text: str, otherwise: float) -> float:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return otherwise
    return number if abs(number) < 1e6 else otherwise
