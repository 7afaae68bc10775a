"""QTI 2.0-2.2 and 3.0 → questions: a package (zip) or one item. Made after 1EdTech's public specifications.

In: an archive or the root of one item. Out: questions; an interaction that we do not have is named. Names of version 2
and 3 are read as one (`simpleChoice`, `qti-simple-choice`). Pictures come out of the package only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from posixpath import dirname, normpath
from typing import Any
from urllib.parse import unquote

from builder.intake.delivery import Choice, Delivery, Picture, Question, Remark, Spot, Stop
from builder.intake.opening import Archive, local, parse_xml
from builder.intake.plain_text import Plain, from_element, tidy
from builder.intake.qti_package import Entry, contents
from builder.intake.rules import I405, I501
from builder.intake.wording import (
    ANSWER_INSTEAD,
    losses,
    missing,
    outside,
    picture_in,
    right_answers,
    weights,
)
from builder.repicture import MAX_BYTES

_KINDS = {
    "textentryinteraction": "een invulvraag",
    "extendedtextinteraction": "een open vraag",
    "matchinteraction": "een koppelvraag",
    "associateinteraction": "een koppelvraag",
    "orderinteraction": "een volgordevraag",
    "gapmatchinteraction": "een sleepvraag",
    "graphicgapmatchinteraction": "een sleepvraag",
    "inlinechoiceinteraction": "een tekst met keuzelijsten",
    "hotspotinteraction": "een vraag waarbij je op een plaatje klikt",
    "selectpointinteraction": "een vraag waarbij je op een plaatje klikt",
    "hottextinteraction": "een vraag waarbij je in een tekst klikt",
    "sliderinteraction": "een vraag met een schuif",
    "uploadinteraction": "een vraag waarbij je een bestand inlevert",
    "drawinginteraction": "een vraag waarbij je tekent",
    "mediainteraction": "een vraag bij geluid of film",
    "custominteraction": "een vraag die alleen in één programma werkt",
    "portablecustominteraction": "een vraag die alleen in één programma werkt",
}
Find = Callable[[str], Picture]


def read_package(archive: Archive) -> Delivery:
    """Return the questions of a package, in the order of its test or manifest."""
    package, entries = contents(archive)
    made = []
    for number, entry in enumerate(entries, start=1):
        try:
            root = parse_xml(archive.read(entry.path))
        except KeyError:
            made.append(_lost(number, entry, "Dit bestand staat in de lijst, maar zit niet in het pakket."))
            continue
        except Stop as stop:
            made.append(_lost(number, entry, stop.remark.message))
            continue
        made.append(question(root, number, entry, package, _finder(archive, entry.path)))
    return Delivery("QTI", tuple(made))


def read_item(root: Any) -> Delivery:
    """Return the one question of an item file on its own; its pictures are not there."""
    return Delivery("QTI", (question(root, 1, Entry("item"), "", outside),))


def _lost(number: int, entry: Entry, message: str) -> Question:
    spot = Spot(1, 1, f"Vraag {number} ({entry.path[:80]})")
    return Question(f"Vraag {number}", spot, remarks=(Remark(I405, "", message, "Maak het pakket opnieuw."),))


def _finder(archive: Archive, item: str) -> Find:
    """Return the function that finds a picture: its address counts from the item file."""

    def find(src: str) -> Picture:
        path = unquote(src.partition("?")[0].partition("#")[0])
        if re.match(r"[a-z][a-z0-9+.-]*:|/", path, re.IGNORECASE):
            return outside(src)
        full = normpath(f"{dirname(item)}/{path}" if dirname(item) else path)
        if not archive.has(full):
            return outside(src)
        name = full.rpartition("/")[2]
        try:
            return Picture(name, archive.read(full, MAX_BYTES))
        except Stop as stop:
            return Picture(name, problem=stop.remark.message)

    return find


def named(element: Any) -> str:
    """Return the name of an element as both versions share it: simplechoice."""
    return local(element).removeprefix("qti-").replace("-", "").lower()


def attribute(element: Any, name: str) -> str:
    """Return an attribute by the name that both versions share: responseidentifier."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].replace("-", "").lower() == name:
            return str(value)
    return ""


def _all(root: Any, name: str) -> list[Any]:
    return [element for element in root.iter() if named(element) == name]


def question(root: Any, number: int, entry: Entry, package: str, find: Find) -> Question:
    """Return one item as a question."""
    identifier = tidy(attribute(root, "identifier"))[:100]
    title = tidy(attribute(root, "title"))
    said = f"Vraag {number} ({entry.path[:80]})" if entry.path != "item" else f"Vraag {number}"
    spot = Spot(max(1, root.sourceline or 1), 1, said)
    body = next(iter(_all(root, "itembody")), None)
    remarks: list[Remark] = []
    found = (
        [element for element in body.iter() if named(element).endswith("interaction")]
        if body is not None
        else []
    )
    choosing = [element for element in found if named(element) == "choiceinteraction"]
    if body is None or len(found) != 1 or not choosing:
        return _other_kind(number, spot, body, found)
    interaction = choosing[0]
    prompts = _all(interaction, "prompt")
    rubrics = [
        element
        for element in body.iter()
        if named(element) in ("rubricblock", "templateblock", "feedbackblock")
    ]
    before = from_element(body, [interaction, *rubrics])
    prompt = from_element(prompts[0]) if prompts else Plain()
    plains = [before, prompt]
    paragraphs = list(before.paragraphs)
    stem = prompt.text or (paragraphs.pop() if paragraphs else "")
    lost: list[str] = []
    choices, lines = _choices(root, interaction, find, remarks, plains, lost)
    places = {pointer: Spot(line, 1, f"{said}, regel {line}") for pointer, line in lines.items()}
    lost += _left_behind(root, body, rubrics)
    pictures = Plain(pictures=[*before.pictures, *prompt.pictures])
    if any(named(element) in ("assessmentstimulusref", "include") for element in root.iter()):
        remarks.append(missing("", ["een tekst uit een ander bestand"]))
    return Question(
        name=f"Vraag {number}",
        spot=spot,
        stem=stem,
        context="\n\n".join(paragraphs),
        picture=picture_in(pictures, find, "/afbeelding", remarks),
        choices=choices,
        origin=f"qti {package}/{identifier}"[:200] if identifier and package else "",
        own_id=identifier if re.fullmatch(r"[a-z]+-[0-9]{3}", identifier) else "",
        tags=entry.keywords,
        hints=(identifier, title, *entry.descriptions),
        notes=entry.descriptions,
        remarks=(*remarks, *losses("", plains, lost)),
        spots=places,
    )


def _other_kind(number: int, spot: Spot, body: Any, found: list[Any]) -> Question:
    kinds = list(dict.fromkeys(_KINDS.get(named(element), "een andere soort vraag") for element in found))
    text = from_element(body).text[:2000] if body is not None else ""
    if not found:
        if text:
            return Question(f"Vraag {number}", spot, text, skipped="Dit is een tekst, geen vraag.")
        message = "Hierin staat geen vraag die wij kunnen lezen."
    elif len(found) > 1:
        message = f"Dit zijn {len(found)} vragen in één. Wij bewaren elke vraag apart."
    else:
        message = f"Dit is {kinds[0]}. Wij hebben alleen meerkeuzevragen."
    return Question(f"Vraag {number}", spot, text, remarks=(Remark(I501, "", message, ANSWER_INSTEAD),))


def _choices(
    root: Any, interaction: Any, find: Find, remarks: list[Remark], plains: list[Plain], lost: list[str]
) -> tuple[tuple[Choice, ...], dict[str, int]]:
    """Return the answers, and the line on which each stands."""
    response = attribute(interaction, "responseidentifier") or "RESPONSE"
    points, multiple, mapped = _points(root, response)
    explained = _explanations(root)
    elements = _all(interaction, "simplechoice")
    names = [attribute(element, "identifier") for element in elements]
    if (
        names and sorted(names) == list("ABCD")[: len(names)]
    ):  # our own packages name a choice after its place
        elements = [
            element for _, element in sorted(zip(names, elements, strict=True), key=lambda pair: pair[0])
        ]
        names = sorted(names)
    percents = [points.get(name, 0.0) for name in names]
    right = right_answers(percents, multiple and sum(percent > 0 for percent in percents) > 1, remarks)
    lost += weights(percents if mapped else [], False)
    if multiple and sum(percent > 0 for percent in percents) == 1:
        lost.append("dat je meer antwoorden kon kiezen")
    made = []
    lines = {}
    for place, (name, element) in enumerate(zip(names, elements, strict=True)):
        told = [inner for inner in element.iter() if named(inner) in ("feedbackinline", "feedbackblock")]
        text = from_element(element, told)
        whys = (
            [from_element(inner) for inner in told] or [explained[name]] if told or name in explained else []
        )
        plains += [text, *whys]
        picture = picture_in(text, find, f"/opties/{place}/afbeelding", remarks)
        why = "\n\n".join(part.text for part in whys if part.text)
        made.append(Choice(text.text, right[place], why, picture, attribute(element, "fixed") == "true"))
        lines[f"/opties/{place}"] = max(1, element.sourceline or 1)
    return tuple(made), lines


def _points(root: Any, response: str) -> tuple[Mapping[str, float], bool, bool]:
    """Return the points of each choice in percents, whether more may be chosen, and whether points were given apart."""
    for declaration in _all(root, "responsedeclaration"):
        if attribute(declaration, "identifier") != response:
            continue
        multiple = attribute(declaration, "cardinality") == "multiple"
        correct = [value for part in _all(declaration, "correctresponse") for value in _all(part, "value")]
        points = {tidy("".join(value.itertext())): 100.0 for value in correct}
        entries = {}
        for element in _all(declaration, "mapentry"):
            try:
                entries[attribute(element, "mapkey")] = float(attribute(element, "mappedvalue"))
            except ValueError:
                continue
        top = max(entries.values(), default=0.0)
        if not points and 0 < top < 1e9:
            points = {key: 100.0 * value / top for key, value in entries.items()}
        elif points:
            points |= (
                {
                    key: 100.0 * value / top
                    for key, value in entries.items()
                    if key not in points and 0 < top < 1e9
                }
                if not multiple
                else {}
            )
        return points, multiple, bool(entries)
    return {}, False, False


def _explanations(root: Any) -> dict[str, Plain]:
    """Return the modal feedback that belongs to one choice, by the identifier of the choice."""
    made: dict[str, Plain] = {}
    for element in root:
        if named(element) == "modalfeedback" and attribute(element, "showhide") != "hide":
            made.setdefault(attribute(element, "identifier"), from_element(element))
    return made


def _left_behind(root: Any, body: Any, rubrics: list[Any]) -> list[str]:
    names = {named(element) for element in root.iter()}
    choices = {attribute(element, "identifier") for element in _all(body, "simplechoice")}
    lost = []
    if any(
        attribute(element, "identifier") not in choices for element in _all(root, "modalfeedback")
    ) or "feedbackblock" in {named(element) for element in rubrics}:
        lost.append("feedback bij de hele vraag")
    if "rubricblock" in names:
        lost.append("een instructie voor de nakijker of de kandidaat")
    if "cataloginfo" in names:
        lost.append("woordhulp")
    if "templatedeclaration" in names:
        lost.append("wisselende getallen of woorden")
    return lost
