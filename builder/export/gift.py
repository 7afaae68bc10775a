"""The toets as GIFT: a text file with questions that Moodle and other programs can read.

In: a toets and the bank. Out: one file for the teacher. GIFT has no pictures, so a question with a picture
is left out and named. It has no idnumber either: id and version stand in the notes. Only variant A.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.artifacts import Artifact
from builder.diagnostics import Diagnostic, Rule, Severity
from builder.export.html_text import html, one_line, short_html
from builder.export.question_notes import fixed_place, introduction, notes, title
from builder.model.docent import DocentToets, DocentVraag, teacher_view
from builder.model.itembank import Itembank
from builder.model.toets import Toets

X514 = Rule(
    "X514",
    "gift-zonder-plaatje",
    Severity.ADVICE,
    "GIFT is alleen tekst. Een vraag met een plaatje is zonder dat plaatje een andere vraag; daarom laten we haar weg.",
    "stam: Wat ziet u hier?\nafbeelding:\n  bestand: wonen-002.svg",
    "stam: Wie betaalt de huur?",
)
RULES = (X514,)


def export(bank: Itembank, toets: Toets) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Return the GIFT file (none when every question has a picture), and what it could not hold."""
    view = teacher_view(bank, toets)
    found: list[Diagnostic] = []
    kept: list[DocentVraag] = []
    for vraag in view.vragen:
        if vraag.item.afbeeldingen:
            found.append(_left_out(bank, vraag))
            continue
        kept.append(vraag)
        if any(optie.vast for optie in vraag.item.opties):
            found.append(
                fixed_place(
                    bank,
                    vraag,
                    "GIFT",
                    "Zet na het importeren het schudden van de antwoorden uit bij deze vraag.",
                )
            )
    if not kept:
        return (), tuple(found)
    text = "\n\n".join([_comment(view), _description(view), *(_question(vraag) for vraag in kept)]) + "\n"
    return (Artifact(f"docent/{toets.id}-gift.txt", text.encode("utf-8")),), tuple(found)


def _left_out(bank: Itembank, vraag: DocentVraag) -> Diagnostic:
    item = vraag.item
    path: tuple[str | int, ...] = ("afbeelding",)
    if item.afbeelding is None:
        place = next(place for place, optie in enumerate(item.opties) if optie.afbeelding is not None)
        path = ("opties", place, "afbeelding")
    return Diagnostic(
        X514,
        bank.locate(item.id, *path),
        f"Vraag {item.id} heeft een plaatje en staat niet in het GIFT-bestand.",
        "Gebruik Moodle XML of QTI voor een toets met plaatjes.",
    )


def _comment(view: DocentToets) -> str:
    said = [f"{view.gezien.titel} ({view.gezien.id})", *introduction(view)]
    return "\n".join(f"// {one_line(sentence, 1000)}" for sentence in said)


def _description(view: DocentToets) -> str:
    """Return a text without a question: a description, which Moodle shows above the questions."""
    content = "".join(html(sentence) for sentence in introduction(view))
    return f"::{_safe(title(view.gezien.titel, view.gezien.id))}::[html]{_safe(content)}"


def _question(vraag: DocentVraag) -> str:
    return "\n".join(_lines(vraag))


def _lines(vraag: DocentVraag) -> Iterator[str]:
    item = vraag.item
    content = html(vraag.gezien.context) if vraag.gezien.context else ""
    content += html(vraag.gezien.stam)
    yield f"::{_safe(title(f'{item.id} {item.stam}', item.id))}::[html]{_safe(content)}{{"
    for optie in vraag.opties:
        sign = "=" if optie.juist else "~"
        said = f"#{_safe(_inline(optie.toelichting))}" if optie.toelichting else ""
        yield f"\t{sign}{_safe(_inline(optie.gezien.tekst))}{said}"
    yield f"\t####{_safe(''.join(html(sentence) for sentence in notes(vraag)))}"
    yield "}"


def _inline(text: str) -> str:
    """Return an option or its feedback as HTML. A `%` or `[` in front would be read as a weight or a format."""
    content = short_html(text)
    return f"&#{ord(content[0])};{content[1:]}" if content.startswith(("%", "[")) else content


def _safe(text: str) -> str:
    """Escape what GIFT reads as a sign. A backslash becomes an HTML reference: no reader unescapes that."""
    return re.sub(r"([~=#{}:])", r"\\\1", text.replace("\\", "&#92;").replace("\n", " "))
