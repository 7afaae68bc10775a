"""The cards for Quizlet: one line a card, one tab, the right answer behind it, pictures named."""

from __future__ import annotations

import dataclasses

from builder.export import EXPORTERS
from builder.export.quiz_text import export
from builder.model.docent import teacher_view
from builder.model.itembank import Itembank
from builder.model.toets import Toets
from builder.office import fit_text

Motley = tuple[Itembank, Toets]


def test_one_line_a_card(motley: Motley) -> None:
    assert EXPORTERS["quizlet"] is export
    bank, toets = motley
    artifacts, found = export(bank, toets)
    assert [artifact.path for artifact in artifacts] == ["docent/bonte-toets-quizlet.txt"]
    text = artifacts[0].content.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    cards = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    assert {len(card) for card in cards} == {2}
    left_out = {finding.message.split()[1] for finding in found}
    assert left_out == {"wonen-102", "gezondheid-102", "gezondheid-103", "wonen-106", "wonen-110"}
    assert {finding.rule.code for finding in found} == {"X543"}
    assert all(finding.location.line > 1 and "afbeelding" in finding.location.pointer for finding in found)
    wanted = [vraag for vraag in teacher_view(bank, toets).vragen if vraag.item.id not in left_out]
    for card, vraag in zip(cards, wanted, strict=True):
        right = next(optie for optie in vraag.opties if optie.juist)
        assert card[1] == " ".join(fit_text(right.gezien.tekst).split())
        assert card[0].endswith(" ".join(fit_text(vraag.gezien.stam).split()))


def test_an_exam_is_not_made_for_quizlet(motley: Motley) -> None:
    bank, toets = motley
    artifacts, found = export(bank, dataclasses.replace(toets, doel="examen"))
    assert artifacts == ()
    assert "voor een examen" in found[0].message


def test_a_toets_of_pictures_only_gives_no_file(motley: Motley) -> None:
    bank, toets = motley
    pictures = tuple(plek for plek in toets.items if plek.id == "wonen-102")
    artifacts, found = export(bank, dataclasses.replace(toets, items=pictures, varianten=()))
    assert artifacts == ()
    assert len(found) == 1


def test_same_toets_gives_same_bytes(motley: Motley) -> None:
    assert export(*motley) == export(*motley)
