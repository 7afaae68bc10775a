"""The toets as Moodle XML: questions for the question bank, with pictures, tags and an idnumber.

In: a toets and the bank. Out: two files for the teacher with the same questions. One leaves the category
to the teacher who imports, the other makes a category per thema. First comes a "description" with the
label, the explanation and the time. Only variant A: Moodle makes orders of its own.
"""

from __future__ import annotations

import base64
from xml.etree import ElementTree as ET

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.export.html_text import blocks, clean, fill, html, inner_html, one_line, xml_file
from builder.export.picture_files import PictureFile, Pictures, png_pictures, shown_size
from builder.export.question_notes import fixed_place, introduction, notes, tags, thema_title, title
from builder.model.docent import DocentOptie, DocentToets, DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import Plaatje
from builder.model.toets import Toets

LONGEST_TAG = 50
WIDEST_STEM, WIDEST_OPTION = 480, 240


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the two Moodle files, and a finding for what Moodle may do otherwise."""
    view = teacher_view(bank, toets)
    pictures, refused = png_pictures(bank, view)
    if refused:
        return (), refused
    found = tuple(
        fixed_place(
            bank,
            vraag,
            "Moodle",
            "In het bestand staat schudden uit. Laat het in Moodle bij deze vraag ook uit.",
        )
        for vraag in view.vragen
        if any(optie.vast for optie in vraag.item.opties)
    )
    made = (
        Artifact(f"docent/{toets.id}-moodle.xml", _quiz(bank, view, pictures, False)),
        Artifact(f"docent/{toets.id}-moodle-met-categorie.xml", _quiz(bank, view, pictures, True)),
    )
    return made, found


def _quiz(bank: Itembank, view: DocentToets, pictures: Pictures, categories: bool) -> bytes:
    quiz = ET.Element("quiz")
    category = ""
    if categories:
        _category(quiz, "$course$/top/KNM", view)
    quiz.append(_description(view))
    for vraag in view.vragen:
        path = f"$course$/top/KNM/{clean(thema_title(bank, vraag)).replace('/', '//')}"
        if categories and path != category:
            _category(quiz, path, None)
            category = path
        quiz.append(_question(vraag, pictures))
    ET.indent(quiz)
    return xml_file(quiz)


def _category(quiz: ET.Element, path: str, view: DocentToets | None) -> None:
    question = ET.SubElement(quiz, "question", {"type": "category"})
    _text(ET.SubElement(question, "category"), path)
    if view is not None:
        about = f"{one_line(view.gezien.titel)}\n" + "\n".join(introduction(view))
        _html(question, "info", html(about))


def _description(view: DocentToets) -> ET.Element:
    question = ET.Element("question", {"type": "description"})
    _text(ET.SubElement(question, "name"), title(view.gezien.titel, view.gezien.id))
    _html(question, "questiontext", "".join(html(sentence) for sentence in introduction(view)))
    _plain(question, "defaultgrade", "0")
    _plain(question, "penalty", "0")
    _plain(question, "idnumber", view.gezien.id)
    return question


def _question(vraag: DocentVraag, pictures: Pictures) -> ET.Element:
    question = ET.Element("question", {"type": "multichoice"})
    item = vraag.item
    _text(ET.SubElement(question, "name"), title(f"{item.id} {item.stam}", item.id))
    stem = ET.Element("div")
    if vraag.gezien.context:
        stem.extend(blocks(vraag.gezien.context))
    file = pictures.get((item.id, 0))
    if file is not None and vraag.gezien.afbeelding is not None:
        _image(ET.SubElement(stem, "p"), vraag.gezien.afbeelding, file, WIDEST_STEM)
    stem.extend(blocks(vraag.gezien.stam))
    _html(question, "questiontext", inner_html(stem), file)
    _html(question, "generalfeedback", "".join(html(sentence) for sentence in notes(vraag)))
    for name, value in (
        ("defaultgrade", "1"),
        ("penalty", "0.3333333"),
        ("hidden", "0"),
        ("idnumber", item.id),
        ("single", "true"),
        ("shuffleanswers", "false"),
        ("answernumbering", "ABCD"),
        ("showstandardinstruction", "0"),
    ):
        _plain(question, name, value)
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _html(question, name, "")
    for optie in vraag.opties:
        question.append(_answer(optie, pictures.get((item.id, optie.plaats))))
    tagged = ET.SubElement(question, "tags")
    for tag in tags(vraag):
        _text(ET.SubElement(tagged, "tag"), one_line(tag, LONGEST_TAG))
    return question


def _answer(optie: DocentOptie, file: PictureFile | None) -> ET.Element:
    answer = ET.Element("answer", {"fraction": "100" if optie.juist else "0", "format": "html"})
    shown = ET.Element("div")
    if optie.gezien.tekst:
        fill(shown, optie.gezien.tekst)
    if file is not None and optie.gezien.afbeelding is not None:
        _image(shown, optie.gezien.afbeelding, file, WIDEST_OPTION)
    _text(answer, inner_html(shown))
    if file is not None:
        _file(answer, file)
    _html(answer, "feedback", html(optie.toelichting) if optie.toelichting else "")
    return answer


def _image(parent: ET.Element, picture: Plaatje, file: PictureFile, widest: int) -> None:
    width, height = shown_size(picture, widest)
    source = {"src": f"@@PLUGINFILE@@/{file.name}", "alt": one_line(file.alt, 1000)}
    ET.SubElement(parent, "img", {**source, "width": str(width), "height": str(height)})


def _html(parent: ET.Element, name: str, content: str, file: PictureFile | None = None) -> None:
    element = ET.SubElement(parent, name, {"format": "html"})
    _text(element, content)
    if file is not None:
        _file(element, file)


def _file(parent: ET.Element, file: PictureFile) -> None:
    attributes = {"name": file.name, "path": "/", "encoding": "base64"}
    ET.SubElement(parent, "file", attributes).text = base64.b64encode(file.data).decode("ascii")


def _plain(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, name).text = value


def _text(parent: ET.Element, value: str) -> None:
    ET.SubElement(parent, "text").text = value
