"""The toets as a QTI 3.0 package: manifest, test, one file per question, pictures as they are.

In: a toets and the bank. Out: one zip for the teacher (a package always holds the key). Choices are named
after their place in the item (A is its first option), so answers mean the same in every toets. Only
variant A: a player keeps or makes its own order. Scoring is `match_correct`, which every player knows.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from builder.artifacts import Artifact, zip_bytes
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.export.html_text import blocks, fill, one_line, xml_file
from builder.export.picture_files import PictureFile, as_it_is, picture_name
from builder.export.question_notes import LICENTIE, introduction, notes, tags
from builder.model.docent import DocentOptie, DocentToets, DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.kandidaat import LETTERS
from builder.model.toets import Toets

X513 = Rule(
    "X513",
    "qti-zonder-toelichting",
    Severity.ADVICE,
    "Een QTI-pakket rekent alleen goed en fout. De toelichting bij de antwoorden staat er niet in; daar is de sleutel voor.",
    "knm export oefentoets-a --to qti3",
    "knm export oefentoets-a --to qti3,pdf",
)
RULES = (X513,)

QTI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
METADATA = "http://ltsc.ieee.org/xsd/LOM"
MATCH_CORRECT = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"
_SCHEMA = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
WIDEST_STEM, WIDEST_OPTION = 480, 240


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the package, and a finding when a practice toets has explanations that it cannot hold."""
    view = teacher_view(bank, toets)
    files = [Artifact("test.xml", xml_file(_test(view)))]
    pictures: dict[str, list[PictureFile]] = {}
    for vraag in view.vragen:
        item, shown = _item(vraag)
        files.append(Artifact(_item_path(vraag), xml_file(item)))
        files.extend(Artifact(f"items/img/{picture.name}", picture.data) for picture in shown)
        pictures[vraag.item.id] = shown
    files.append(Artifact("imsmanifest.xml", xml_file(_manifest(view, pictures))))
    found: tuple[Diagnostic, ...] = ()
    # in an exam nobody wants the explanation, so there nothing is lost
    if toets.doel == "oefenen" and any(optie.toelichting for vraag in view.vragen for optie in vraag.opties):
        found = (
            Diagnostic(
                X513,
                bank.locate(toets.id, "items"),
                f"In het QTI-pakket van {toets.id} staat geen toelichting bij de antwoorden.",
                "Geef de docent ook de sleutel (pdf). Daar staat de toelichting wel in.",
            ),
        )
    return (Artifact(f"docent/{toets.id}-qti3.zip", zip_bytes(files)),), found


def _item_path(vraag: DocentVraag) -> str:
    return f"items/{vraag.item.id}.xml"


def _root(tag: str, namespace: str, schema: str, attributes: dict[str, str]) -> ET.Element:
    """Return a root with its namespace as the default one; its children are written without a prefix."""
    return ET.Element(
        tag,
        {
            "xmlns": namespace,
            "xmlns:xsi": _XSI,
            "xsi:schemaLocation": f"{namespace} {_SCHEMA}/{schema}",
            **attributes,
        },
    )


def _choice(optie: DocentOptie) -> str:
    return LETTERS[optie.plaats - 1]


def _item(vraag: DocentVraag) -> tuple[ET.Element, list[PictureFile]]:
    """Return the item file of a question, and the pictures that it shows."""
    item = vraag.item
    root = _root(
        "qti-assessment-item",
        QTI,
        "imsqti_asiv3p0_v1p0.xsd",
        {
            "identifier": item.id,
            "title": item.id,
            "adaptive": "false",
            "time-dependent": "false",
            _LANGUAGE: "nl-NL",
        },
    )
    declaration = ET.SubElement(
        root,
        "qti-response-declaration",
        {"identifier": "RESPONSE", "cardinality": "single", "base-type": "identifier"},
    )
    right = ET.SubElement(declaration, "qti-correct-response")
    for optie in vraag.opties:
        if optie.juist:
            ET.SubElement(right, "qti-value").text = _choice(optie)
    score = {"identifier": "SCORE", "cardinality": "single", "base-type": "float"}
    outcome = ET.SubElement(root, "qti-outcome-declaration", score)
    ET.SubElement(ET.SubElement(outcome, "qti-default-value"), "qti-value").text = "0"

    shown: list[PictureFile] = []
    body = ET.SubElement(root, "qti-item-body")
    if vraag.gezien.context:
        ET.SubElement(body, "div").extend(blocks(vraag.gezien.context))
    if vraag.gezien.afbeelding is not None:
        shown.append(as_it_is(vraag.gezien.afbeelding, picture_name(vraag), WIDEST_STEM))
        _image(ET.SubElement(body, "p"), shown[-1])
    interaction = ET.SubElement(
        body,
        "qti-choice-interaction",
        {"response-identifier": "RESPONSE", "max-choices": "1", "shuffle": "false"},
    )
    ET.SubElement(interaction, "qti-prompt").extend(blocks(vraag.gezien.stam))
    for optie in vraag.opties:
        fixed = {"fixed": "true"} if item.opties[optie.plaats - 1].vast else {}
        choice = ET.SubElement(interaction, "qti-simple-choice", {"identifier": _choice(optie), **fixed})
        if optie.gezien.tekst:
            fill(choice, optie.gezien.tekst)
        if optie.gezien.afbeelding is not None:
            shown.append(as_it_is(optie.gezien.afbeelding, picture_name(vraag, optie), WIDEST_OPTION))
            _image(choice, shown[-1])
    ET.SubElement(root, "qti-response-processing", {"template": MATCH_CORRECT})
    ET.indent(root)
    return root, shown


def _image(parent: ET.Element, picture: PictureFile) -> None:
    ET.SubElement(
        parent,
        "img",
        {
            "src": f"img/{picture.name}",  # relative to the item file
            "alt": one_line(picture.alt, 1000),
            "width": str(picture.width),
            "height": str(picture.height),
        },
    )


def _title(view: DocentToets) -> str:
    return one_line(" – ".join(part for part in (view.gezien.titel, view.gezien.label) if part), 1000)


def _test(view: DocentToets) -> ET.Element:
    seen = view.gezien
    root = _root(
        "qti-assessment-test",
        QTI,
        "imsqti_asiv3p0_v1p0.xsd",
        {"identifier": f"toets-{seen.id}", "title": _title(view)},
    )
    total = {"identifier": "SCORE_TOTAL", "cardinality": "single", "base-type": "float"}
    outcome = ET.SubElement(root, "qti-outcome-declaration", total)
    ET.SubElement(ET.SubElement(outcome, "qti-default-value"), "qti-value").text = "0"
    part = ET.SubElement(
        root,
        "qti-test-part",
        {"identifier": "deel-1", "navigation-mode": "nonlinear", "submission-mode": "individual"},
    )
    if seen.minuten is not None:
        ET.SubElement(part, "qti-time-limits", {"max-time": str(seen.minuten * 60)})
    section = ET.SubElement(
        part,
        "qti-assessment-section",
        {"identifier": "vragen", "title": one_line(seen.titel, 1000), "visible": "true"},
    )
    ET.SubElement(section, "qti-ordering", {"shuffle": "false"})
    rubric = ET.SubElement(section, "qti-rubric-block", {"use": "instructions", "view": "candidate"})
    content = ET.SubElement(rubric, "qti-content-body")
    for sentence in introduction(view):
        content.extend(blocks(sentence))
    for vraag in view.vragen:
        ET.SubElement(
            section,
            "qti-assessment-item-ref",
            {"identifier": vraag.item.id, "href": _item_path(vraag), "category": vraag.item.thema},
        )
    processing = ET.SubElement(root, "qti-outcome-processing")
    total_value = ET.SubElement(processing, "qti-set-outcome-value", {"identifier": "SCORE_TOTAL"})
    ET.SubElement(
        ET.SubElement(total_value, "qti-sum"), "qti-test-variables", {"variable-identifier": "SCORE"}
    )
    ET.indent(root)
    return root


def _manifest(view: DocentToets, pictures: dict[str, list[PictureFile]]) -> ET.Element:
    seen = view.gezien
    root = _root(
        "manifest",
        PACKAGE,
        "imsqtiv3p0_imscpv1p2_v1p0.xsd",
        {"identifier": f"pakket-{seen.id}"},
    )
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "QTI Package"
    ET.SubElement(metadata, "schemaversion").text = "3.0.0"
    _lom(metadata, seen.id, _title(view), introduction(view), ("knm",), seen.editie)
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    test = _resource(resources, "res-test", "imsqti_test_xmlv3p0", "test.xml")
    for vraag in view.vragen:
        ET.SubElement(test, "dependency", {"identifierref": f"res-{vraag.item.id}"})
    for vraag in view.vragen:
        item = vraag.item
        resource = _resource(resources, f"res-{item.id}", "imsqti_item_xmlv3p0", _item_path(vraag))
        about = ET.Element("metadata")
        resource.insert(0, about)
        _lom(about, item.id, item.id, notes(vraag), tags(vraag), item.versie)
        for picture in pictures[item.id]:
            ET.SubElement(resource, "dependency", {"identifierref": _picture_id(picture)})
    for shown in pictures.values():
        for picture in shown:
            _resource(resources, _picture_id(picture), "webcontent", f"items/img/{picture.name}")
    ET.indent(root)
    return root


def _picture_id(picture: PictureFile) -> str:
    return f"img-{picture.name.replace('.', '-')}"


def _resource(resources: ET.Element, name: str, kind: str, href: str) -> ET.Element:
    resource = ET.SubElement(resources, "resource", {"identifier": name, "type": kind, "href": href})
    ET.SubElement(resource, "file", {"href": href})
    return resource


def _lom(
    parent: ET.Element,
    entry: str,
    title: str,
    about: tuple[str, ...],
    words: tuple[str, ...],
    version: int,
) -> None:
    """Add the metadata of one thing: which it is, what is said of it, its version and its licence."""
    lom = ET.SubElement(parent, "lom", {"xmlns": METADATA})
    general = ET.SubElement(lom, "general")
    identifier = ET.SubElement(general, "identifier")
    ET.SubElement(identifier, "catalog").text = "knm"
    ET.SubElement(identifier, "entry").text = entry
    _string(general, "title", title)
    ET.SubElement(general, "language").text = "nl"
    for sentence in about:
        _string(general, "description", sentence)
    for word in words:
        _string(general, "keyword", word)
    _string(ET.SubElement(lom, "lifeCycle"), "version", str(version))
    _string(ET.SubElement(lom, "rights"), "description", LICENTIE)


def _string(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(ET.SubElement(parent, name), "string", {"language": "nl"}).text = one_line(value, 1000)
