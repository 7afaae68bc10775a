"""The booklet in large print, for candidates who need it: the same paper, the same code, larger letters.

In: a toets and the bank. Out: one PDF file per variant under `kandidaat/`, made from a `KandidaatToets`.
Answer sheet and key of the ordinary booklet go with it.
"""

from __future__ import annotations

from datetime import date

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic
from builder.export.pdf import paper_data, pictures_of, refused
from builder.model.docent import variants
from builder.model.itembank import Itembank
from builder.model.kandidaat import candidate_view
from builder.model.toets import Toets
from builder.typesetting import TypesettingError, to_pdf

POINTS = 20  # the ordinary booklet has 12


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the large-print booklet of every variant, and a finding when it could not be made."""
    made = []
    for variant in variants(toets):
        view = candidate_view(bank, toets, variant)
        pictures = {picture.path: picture.data for picture in pictures_of(view)}
        tail = "" if variant == "A" else f"-{variant.lower()}"
        data = {**paper_data(view), "letters": POINTS}
        try:
            content = to_pdf("boekje.typ", data, pictures, date.fromisoformat(toets.datum))
        except TypesettingError as error:
            return (), (refused(bank, toets, "boekje-groot", error),)
        made.append(Artifact(f"kandidaat/{toets.id}-boekje-groot{tail}.pdf", content))
    return tuple(made), ()
