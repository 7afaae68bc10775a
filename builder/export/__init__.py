"""The way out: what a toets or a les becomes in other programs and on paper.

In: a toets or les, and the bank. Out: artifacts, and findings about what did not fit. Every exporter stands in
`EXPORTERS` (of a toets) or `LESSON_EXPORTERS` (of a les); none shuffles or scores.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Rule
from builder.export import (
    docx,
    gift,
    h5p,
    html,
    json_format,
    large_print,
    les_docent,
    les_pptx,
    les_vragen,
    les_werkblad,
    moodle,
    pdf,
    picture_files,
    qti3,
    qti21,
    question_notes,
    quiz_text,
    slides,
    xlsx,
)
from builder.model.adressen import Adressen
from builder.model.itembank import Itembank
from builder.model.les import Les
from builder.model.toets import Toets

Exporter = Callable[[Itembank, Toets], tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]]
LessonExporter = Callable[[Itembank, Les, Adressen], tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]]

EXPORTERS: Mapping[str, Exporter] = {
    "pdf": pdf.export,
    "pdf-groot": large_print.export,
    "html": html.export,
    "docx": docx.export,
    "xlsx": xlsx.export,
    "quizlet": quiz_text.export,
    "pptx": slides.export,
    "qti3": qti3.export,
    "qti21": qti21.export,
    "moodle": moodle.export,
    "gift": gift.export,
    "h5p": h5p.export,
    "json": json_format.export,
}
LESSON_EXPORTERS: Mapping[str, LessonExporter] = {
    "werkblad": les_werkblad.export,
    "docent": les_docent.export,
    "pptx": les_pptx.export,
    "vragen": les_vragen.export,
}
RULES: tuple[Rule, ...] = (
    *pdf.RULES,
    *html.RULES,
    *picture_files.RULES,
    *question_notes.RULES,
    *qti3.RULES,
    *qti21.RULES,
    *gift.RULES,
    *h5p.RULES,
    *xlsx.RULES,
    *quiz_text.RULES,
)
