"""Handouts and teacher's sheets: nothing leaks, all blocks in order, answers last, accessible, for real programs."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from docx.oxml.ns import qn

from builder.export import LESSON_EXPORTERS
from builder.export.les_docent import export as docent
from builder.export.les_papier import sheet_names
from builder.export.les_werkblad import export as werkblad
from builder.export.les_werkblad import qr_code
from builder.export.rich_text import LONG_GAP, SHORT_GAP
from builder.model.adressen import Adressen
from builder.model.itembank import Itembank
from builder.model.les import Les
from tests.export.clients import squeezed, text_of, through_libreoffice, word_of
from tests.export.lessons import (
    LES,
    NOWHERE,
    SIGNS,
    SOMEWHERE,
    alts_of,
    made,
    motley_les,
    only,
    with_les,
)
from tests.zips import unzipped

BLOCKS = [
    "In het kort",
    "Doelen",
    "Woorden",
    "Voor jou als docent",
    "Veilig beginnen",
    "Stappen",
    "Makkelijker en moeilijker",
    "Dit hoor je soms",
    "Veilig afsluiten",
    "Controlevragen",
    "Verder",
    "Downloads",
    "Bronnen en licentie",
    "Klopt er iets niet?",
    "Antwoorden bij de werkbladen",
    "Antwoorden bij de controlevragen",
]


@pytest.fixture(scope="module")
def les(bank_of_voorbeeld: Itembank) -> Les:
    return motley_les(bank_of_voorbeeld)


@pytest.fixture(scope="module")
def files(bank_of_voorbeeld: Itembank, les: Les) -> dict[str, bytes]:
    return made(bank_of_voorbeeld, les, SOMEWHERE)


def headings(content: bytes, style: str = "Heading 1") -> list[str]:
    return [line.text for line in word_of(content).paragraphs if line.style and line.style.name == style]


def test_names_and_folders(bank_of_voorbeeld: Itembank, les: Les) -> None:
    assert LESSON_EXPORTERS["werkblad"] is werkblad
    assert LESSON_EXPORTERS["docent"] is docent
    paths = [artifact.path for artifact in werkblad(bank_of_voorbeeld, les, NOWHERE)[0]]
    assert paths == [
        f"cursist/{LES}-werkblad-{name}.{ending}"
        for name in ("alfa", "a2", "a2-2")
        for ending in ("pdf", "docx")
    ]
    paths = [artifact.path for artifact in docent(bank_of_voorbeeld, les, NOWHERE)[0]]
    assert paths == [
        f"docent/{LES}-{name}" for name in ("antwoorden.pdf", "docentblad.docx", "docentblad.pdf")
    ]
    assert sheet_names("x", ["A1", "A2", "A1"]) == ["x-werkblad-a1", "x-werkblad-a2", "x-werkblad-a1-2"]


def test_the_blocks_stand_in_the_order_of_the_page(files: dict[str, bytes]) -> None:
    assert headings(only(files, "docentblad.docx")) == BLOCKS
    text = text_of(only(files, "docentblad.pdf")).replace("\f", "\n")
    at = 0
    for name in BLOCKS:
        at = text.index(f"\n{name}\n", at)


def test_what_a_les_lacks_has_no_heading(bank_of_voorbeeld: Itembank, les: Les) -> None:
    bare = dataclasses.replace(
        les,
        gevoelig=False,
        inhoudswaarschuwing="",
        veilig_beginnen="",
        veilig_afsluiten="",
        dit_hoor_je_soms=(),
        controlevragen=(),
        verder=(),
        handouts=les.handouts[:1],
        materiaal=(),
        reeks=(),
    )
    files = made(bank_of_voorbeeld, bare)
    assert headings(only(files, "docentblad.docx")) == [
        name for name in BLOCKS if not re.match("Veilig|Dit hoor|Controle|Verder|Antwoorden|Klopt", name)
    ]
    assert not [path for path in files if "antwoorden" in path or path.startswith("vragen/")]


def test_answers_begin_on_a_page_of_their_own(files: dict[str, bytes]) -> None:
    for name, head in (("docentblad.pdf", 0), ("antwoorden.pdf", 1)):
        pages = text_of(only(files, name)).split("\f")
        (first,) = [
            place for place, page in enumerate(pages) if "\nAntwoorden bij de werkbladen\n" in f"\n{page}"
        ]
        assert ("Antwoorden bij de werkbladen" in pages[first].split("\n")[0]) or head
        told = "\f".join(pages[first:])
        for answer in ("Bijvoorbeeld: ik slaap slecht.", "(goed)", "Amina zegt ja"):
            assert answer in told
            assert answer not in "\f".join(pages[:first]), answer
    body = [element for element in word_of(only(files, "docentblad.docx")).element.body.iter(qn("w:br"))]
    assert [element.get(qn("w:type")) for element in body].count("page") == 1


def test_a_handout_holds_its_text_gaps_and_lines(files: dict[str, bytes], les: Les) -> None:
    blad = les.handouts[-1]
    for ending in ("pdf", "docx"):
        content = only(files, f"werkblad-a2-2.{ending}")
        text = (
            text_of(content)
            if ending == "pdf"
            else "\n".join(line.text or "" for line in word_of(content).element.body.iter(qn("w:t")))
        )
        for wanted in (
            blad.titel,
            "Werkblad A2",
            *(deel.kop for deel in blad.delen),
            SIGNS,
            "Een regel uit een brief",
        ):
            assert squeezed(wanted) in squeezed(text), (ending, wanted)
        assert squeezed(f"{SHORT_GAP} Amina belt") in squeezed(text)
        assert squeezed(f"Amina zegt {LONG_GAP}") in squeezed(text)
        assert "(…)" not in text
    document = word_of(only(files, "werkblad-a2-2.docx"))
    # beside a picture a line is half as long, and two stand for one
    asked = sum(deel.schrijfregels for deel in blad.delen)
    assert asked <= len(list(document.element.body.iter(qn("w:pBdr")))) <= 2 * asked


def test_in_word_a_picture_stands_beside_its_text(files: dict[str, bytes]) -> None:
    body = word_of(only(files, "werkblad-a2-2.docx")).element.body
    (row,) = [row for row in body.iter(qn("w:tr")) if "Kies:" in "".join(row.itertext())]
    left, right = row.iter(qn("w:tc"))
    assert "Kies:" in "".join(left.itertext()) and next(left.iter(qn("w:drawing")), None) is None
    assert next(right.iter(qn("w:drawing")), None) is not None
    assert not "".join(text.text or "" for text in right.iter(qn("w:t")))
    assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None  # it stays on one page


def test_a_line_to_write_on_is_away_from_the_credits(files: dict[str, bytes]) -> None:
    pdf = pypdfium2.PdfDocument(only(files, "werkblad-a2.pdf"))
    page = pdf[len(pdf) - 1]
    text = page.get_textpage()
    at = text.get_text_range().index("Tekst: redactie")
    top = text.get_charbox(at)[3]
    lines = [one.get_bounds()[1] for one in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
    above = [low for low in lines if low > top]
    assert above and min(above) - top > 3 * 72 / 25.4, (top, above)  # 3 mm


def test_who_has_just_learned_to_read_gets_larger_letters(files: dict[str, bytes]) -> None:
    sizes = [
        word_of(only(files, f"werkblad-{level}.docx")).styles["Body Text"].font.size.pt  # type: ignore[union-attr]
        for level in ("alfa", "a2")
    ]
    assert sizes == [14, 12]


def test_citations_are_numbers_of_the_list_of_sources(files: dict[str, bytes], les: Les) -> None:
    text = squeezed(text_of(only(files, "docentblad.pdf")))
    assert squeezed("De huisarts is de eerste hulp bij ziekte en bij zorgen [1].") in text
    assert squeezed("1. Folder over huren en hulp vragen") in text
    assert "[bron:" not in text


@pytest.mark.parametrize("adressen", [NOWHERE, SOMEWHERE])
def test_a_qr_code_only_with_an_address(bank_of_voorbeeld: Itembank, les: Les, adressen: Adressen) -> None:
    for path, content in made(bank_of_voorbeeld, les, adressen).items():
        if not path.startswith("cursist/"):
            assert "QR-code" not in content.decode("latin-1"), path
            continue
        if path.endswith(".docx"):
            images = [data for name, data in unzipped(content).items() if name.startswith("word/media/")]
            seen = [_code(data) for data in images]
        else:
            page = pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil()
            seen = [code.text for code in zxingcpp.read_barcodes(page)]
        assert [text for text in seen if text] == [text for text in [adressen.cursistpagina] if text], path


def _code(data: bytes) -> str:
    from PIL import Image

    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(data)).convert("L"))
    return found[0].text if found else ""


def test_a_long_address_is_a_code_too() -> None:
    address = "https://school.example/" + "les/" * 60 + "?a=é&b=%20"
    assert _code(qr_code(address).data) == address


def test_the_label_is_on_every_page(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith(".pdf"):
            for page in text_of(content).split("\f"):
                assert "Deze les is nog niet door een mens beoordeeld." in page, path
        elif path.endswith(".docx"):
            footer = word_of(content).sections[0].footer
            assert "Deze les is nog niet door een mens beoordeeld." in footer.paragraphs[-1].text, path


def test_an_approved_les_has_no_label_but_its_questions_do(bank_of_voorbeeld: Itembank, les: Les) -> None:
    files = made(bank_of_voorbeeld, dataclasses.replace(les, status="gepubliceerd"))
    for path, content in files.items():
        if path.endswith(".pdf"):
            text = text_of(content)
            assert "Deze les is nog niet" not in text, path
            assert ("vragen zijn nog niet door een mens beoordeeld" in text) == path.startswith("docent/")


def test_papers_are_accessible_and_archivable(files: dict[str, bytes], les: Les) -> None:
    kamer = les.handouts[0].delen[0].afbeelding
    assert kamer is not None
    for path, content in files.items():
        if not path.endswith(".pdf"):
            continue
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert str(pdf.Root.Lang) == "nl-NL", path
            assert bool(pdf.Root.MarkInfo.Marked), path
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle), path
            metadata = pdf.Root.Metadata.read_bytes().decode("utf-8")
            assert "<pdfuaid:part>1</pdfuaid:part>" in metadata, path
            assert "<pdfaid:part>2</pdfaid:part>" in metadata, path
            assert "2026-11-25" in metadata, path
            alts = alts_of(pdf)
            if path.startswith("cursist/"):
                wanted = [f"QR-code naar de pagina van deze les: {SOMEWHERE.cursistpagina}", kamer.alt]
                assert alts == wanted, path
            width, height = (float(side) for side in pdf.pages[0].MediaBox[2:])
            assert (round(width), round(height)) == (595, 842), path  # A4


def test_pictures_in_word_have_their_alt_text(files: dict[str, bytes], les: Les) -> None:
    kamer = les.handouts[0].delen[0].afbeelding
    assert kamer is not None
    document = word_of(only(files, "werkblad-alfa.docx"))
    assert [entry.get("descr") for entry in document.element.iter(qn("wp:docPr"))][1:] == [kamer.alt]
    assert document.core_properties.language == "nl-NL"
    assert str(document.core_properties.modified)[:10] == "2026-11-25"


def test_arabic_runs_from_right_to_left(files: dict[str, bytes]) -> None:
    body = word_of(only(files, "werkblad-a2-2.docx")).element.body
    (line,) = [p for p in body.iter(qn("w:p")) if "مرحبا" in "".join(t.text or "" for t in p.iter(qn("w:t")))]
    assert line.pPr.find(qn("w:bidi")) is not None


def test_word_has_no_cell_without_a_paragraph(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith(".docx"):
            body = word_of(content).element.body
            for cell in body.iter(qn("w:tc")):
                assert cell[-1].tag == qn("w:p"), path
            assert body[-2].tag == qn("w:p"), path
            tables = [place for place, element in enumerate(body) if element.tag == qn("w:tbl")]
            # two tables in a row would become one in Word
            assert not [place for place in tables if place + 1 in tables], path


@pytest.mark.slow
def test_libreoffice_opens_and_prints_it(files: dict[str, bytes], les: Les, tmp_path: Path) -> None:
    office = {path.rpartition("/")[2]: content for path, content in files.items() if path.endswith(".docx")}
    texts = through_libreoffice(office, tmp_path)
    assert len(texts) == 4
    for name, text in texts.items():
        for page in text.split("\f"):
            assert "Oefenmateriaal." in page, name
            assert re.search(r"bladzijde \d+ van \d+", page), name
        whole = squeezed(text.replace("\x02", "-"))  # a hyphen at the end of a line
        said = [line.text for line in word_of(office[name]).paragraphs if "مرحبا" not in line.text]
        for line in said:
            for piece in re.split(r"[\t_]+", line):  # lines to write on are cut by the edge of the page
                assert squeezed(piece) in whole, name
    docentblad = squeezed(texts[f"{LES}-docentblad.docx"])
    at = 0
    for name in BLOCKS:
        at = docentblad.index(squeezed(name), at)
    for stap in les.stappen:
        assert squeezed(stap.docent) in docentblad


def test_a_sign_without_a_letter_is_told_where_it_stands(bank_of_voorbeeld: Itembank, les: Les) -> None:
    deel = dataclasses.replace(les.handouts[1].delen[1], tekst="Kies ✓ of ✗")
    handouts = (
        les.handouts[0],
        dataclasses.replace(les.handouts[1], delen=(les.handouts[1].delen[0], deel)),
    )
    spoiled = dataclasses.replace(les, handouts=handouts)
    bank = with_les(bank_of_voorbeeld, spoiled)
    artifacts, found = werkblad(bank, spoiled, NOWHERE)
    assert [artifact.path for artifact in artifacts] == [
        f"cursist/{LES}-werkblad-alfa.pdf",
        f"cursist/{LES}-werkblad-alfa.docx",
    ]
    (finding,) = found
    assert finding.rule.code == "X501"
    assert finding.location.pointer == "/handouts/1/delen/1/tekst"
    assert "✓" in finding.message and "werkblad-a2" in finding.message


def test_a_sign_in_a_question_is_told_there(bank_of_voorbeeld: Itembank, les: Les) -> None:
    item = bank_of_voorbeeld.items["gezondheid-002"]
    opties = tuple(dataclasses.replace(optie, toelichting="✓") for optie in item.opties)
    bank = dataclasses.replace(
        bank_of_voorbeeld,
        items={
            **bank_of_voorbeeld.items,
            item.id: dataclasses.replace(item, opties=opties, beoordelingen=()),
        },
    )
    # without a blind reading of this text the question is not there, so neither is the sign
    assert not docent(with_les(bank, les), les, NOWHERE)[1]
    spoiled = dataclasses.replace(les, docent="Kies ✓")
    (finding,) = docent(with_les(bank_of_voorbeeld, spoiled), spoiled, NOWHERE)[1]
    assert finding.location.pointer == "/docent"
