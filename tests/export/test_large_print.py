"""The large-print booklet: the same questions and code, larger letters, nothing lost and no key."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pypdfium2

from builder.export import EXPORTERS
from builder.export.large_print import POINTS, export
from builder.export.pdf import export as ordinary
from builder.model.digest import print_code
from builder.model.itembank import Itembank
from builder.model.kandidaat import candidate_view
from builder.model.toets import Toets
from builder.office import fit_text, right_to_left
from tests.export.clients import squeezed, text_of

Motley = tuple[Itembank, Toets]


def made(bank: Itembank, toets: Toets) -> dict[str, bytes]:
    artifacts, found = export(bank, toets)
    assert not found
    return {artifact.path: artifact.content for artifact in artifacts}


def test_the_same_questions_and_the_same_code(motley: Motley) -> None:
    assert EXPORTERS["pdf-groot"] is export
    bank, toets = motley
    papers = made(bank, toets)
    assert list(papers) == [
        "kandidaat/bonte-toets-boekje-groot.pdf",
        "kandidaat/bonte-toets-boekje-groot-b.pdf",
    ]
    for variant, content in zip("AB", papers.values(), strict=True):
        view = candidate_view(bank, toets, variant)
        text = text_of(content)
        for page in text.split("\f"):
            assert f"code{print_code(view)}" in squeezed(page)
            assert "nogniet" in squeezed(page)
        whole = squeezed(text)
        at = 0
        for vraag in view.vragen:
            at = whole.index(f"Vraag{vraag.nummer}", at)
            for optie in vraag.opties:
                if not right_to_left(optie.tekst):
                    at = whole.index(squeezed(fit_text(optie.tekst)), at)


def test_letters_are_large(motley: Motley) -> None:
    def sizes(content: bytes) -> set[float]:
        found = set()
        for page in pypdfium2.PdfDocument(content):
            for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                found.add(round(thing.get_font_size() * thing.get_matrix().a, 1))
        return found

    large = made(*motley)["kandidaat/bonte-toets-boekje-groot.pdf"]
    small = next(a.content for a in ordinary(*motley)[0] if a.path.endswith("boekje.pdf"))
    assert float(POINTS) in sizes(large)
    assert min(sizes(large)) >= 15
    assert 12.0 in sizes(small)
    assert min(sizes(small)) >= 9


def test_it_is_accessible(motley: Motley) -> None:
    for path, content in made(*motley).items():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert str(pdf.Root.Lang) == "nl-NL", path
            assert bool(pdf.Root.MarkInfo.Marked), path
            metadata = pdf.Root.Metadata.read_bytes().decode("utf-8")
            assert "<pdfuaid:part>1</pdfuaid:part>" in metadata, path


def test_moving_the_key_changes_nothing(motley: Motley) -> None:
    bank, toets = motley
    items = dict(bank.items)
    for plek in toets.items:
        item = items[plek.id]
        assert item.sleutel is not None
        opties = tuple(
            dataclasses.replace(
                optie, juist=place == (item.sleutel + 1) % len(item.opties), toelichting="Anders"
            )
            for place, optie in enumerate(item.opties)
        )
        items[plek.id] = dataclasses.replace(item, opties=opties)
    assert made(bank, toets) == made(dataclasses.replace(bank, items=items), toets)


def test_a_character_without_a_letter_is_told(motley: Motley) -> None:
    bank, toets = motley
    item = dataclasses.replace(bank.items["wonen-101"], stam="Kies ✓?")
    artifacts, found = export(dataclasses.replace(bank, items={**bank.items, "wonen-101": item}), toets)
    assert artifacts == ()
    assert [finding.rule.code for finding in found] == ["X501"]
    assert found[0].message.startswith("Het boekje in grote letters van toets bonte-toets kan niet")
