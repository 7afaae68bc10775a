"""What readers of other programs' files share: stem and situation parted, losses said once, pictures found.

In: plain texts with pictures in them. Out: the parts of a question and remarks. It knows no format.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote

from builder.intake.delivery import Picture, Remark
from builder.intake.plain_text import Plain, from_html, from_text, tidy
from builder.intake.rules import I503, I520, I521

KINDS = {
    "essay": "een open vraag",
    "shortanswer": "een invulvraag",
    "numerical": "een rekenvraag",
    "calculated": "een rekenvraag",
    "calculatedsimple": "een rekenvraag",
    "calculatedmulti": "een rekenvraag",
    "matching": "een koppelvraag",
    "match": "een koppelvraag",
    "cloze": "een tekst met gaten",
    "multianswer": "een tekst met gaten",
    "ddwtos": "een sleepvraag",
    "ddimageortext": "een sleepvraag",
    "ddmarker": "een sleepvraag",
    "ordering": "een volgordevraag",
    "gapselect": "een tekst met keuzelijsten",
    "randomsamatch": "een willekeurige koppelvraag",
    "random": "een willekeurige vraag",
}
ANSWER_INSTEAD = "Maak er een vraag van met drie antwoorden, of laat haar weg."
READ_IT = "Lees de vraag na. Is zij zo nog te beantwoorden?"
Find = Callable[[str], Picture]


def auto(text: str, form: str) -> Plain:
    """Return a text by its Moodle format: html, plain, markdown or moodle (which holds some of each)."""
    if form in ("plain", "plain_text"):
        return from_text(text)
    marked = re.search(r"</?[a-zA-Z][^>]*>|&(?:[a-zA-Z]+|#[0-9]+|#x[0-9a-fA-F]+);", text) is not None
    if form == "html" or marked:
        if form != "html":
            text = re.sub(r"\n\s*\n", "<p>", text).replace("\n", "<br>")
        return from_html(text) if marked else from_text(" ".join(text.split()))
    made = from_text(text)
    if form == "markdown" and re.search(r"[*_`#]", text):
        made.lost.append("opmaak met tekens zoals *")
    return made


def parted(plain: Plain) -> tuple[str, str]:
    """Return situation and stem: what stands before the picture, or all but the last paragraph, is situation."""
    paragraphs = plain.paragraphs
    if not paragraphs:
        return "", ""
    cut = len(paragraphs) - 1
    if plain.pictures and 0 < plain.pictures[0].before < len(paragraphs):
        cut = plain.pictures[0].before
    elif plain.pictures and plain.pictures[0].before == 0:
        cut = 0 if len(paragraphs) == 1 else cut
    return "\n\n".join(paragraphs[:cut]), "\n\n".join(paragraphs[cut:])


def picture_in(plain: Plain, find: Find, pointer: str, remarks: list[Remark]) -> Picture | None:
    """Return the picture of a text; each other one is named as missing, with why."""
    if not plain.pictures:
        return None
    seen = plain.pictures[0]
    found, *others = (_embedded(one.src) or find(one.src) for one in plain.pictures)
    refused = list(dict.fromkeys(other.problem for other in others if other.problem))
    remarks += [Remark(I521, pointer, problem, READ_IT) for problem in refused]
    number = sum(not other.problem for other in others)
    if number:
        what = "1 ander plaatje" if number == 1 else f"{number} andere plaatjes"
        remarks.append(missing(pointer, [f"{what} (een vraag heeft bij ons één plaatje)"]))
    return Picture(found.name, found.data, seen.alt or found.alt, found.maker, found.licentie, found.problem)


def _embedded(src: str) -> Picture | None:
    """Return the picture that is written out in its own address (data:image/png;base64,…)."""
    match = re.match(r"data:image/([a-z+]+);base64,", src)
    if not match:
        return None
    ending = "svg" if match[1].startswith("svg") else match[1]
    return decoded(f"plaatje.{ending}", src[match.end() :])


def decoded(name: str, content: str) -> Picture:
    """Return a picture from base64."""
    name = tidy(name)
    try:
        return Picture(name, base64.b64decode("".join(content.split()), validate=True))
    except (binascii.Error, ValueError):
        return Picture(name, problem=f'De inhoud van het plaatje "{name[:60]}" is beschadigd.')


def outside(src: str) -> Picture:
    """Return a picture that is not in the file at all."""
    name = tidy(unquote(src.partition("?")[0].rpartition("/")[2]))[:60] or "zonder naam"
    if re.match(r"[a-z]+:|//", src, re.IGNORECASE):
        return Picture(name, problem=f'Het plaatje "{name}" staat op een ander adres, niet in dit bestand.')
    return Picture(name, problem=f'Het plaatje "{name}" zit niet in dit bestand.')


def losses(pointer: str, plains: Iterable[Plain], more: Sequence[str] = ()) -> list[Remark]:
    """Return the remarks about what could not be kept: one for what does no harm, one for what may be needed."""
    lost = list(dict.fromkeys([*(word for plain in plains for word in plain.lost), *more]))
    needed = list(dict.fromkeys(word for plain in plains for word in plain.needed))
    made = [Remark(I520, pointer, f"Niet meegekomen: {', '.join(lost)}.")] if lost else []
    return [*made, *([missing(pointer, needed)] if needed else [])]


def missing(pointer: str, needed: Sequence[str]) -> Remark:
    """Return the remark that something stayed behind that may be needed to answer."""
    return Remark(
        I521,
        pointer,
        f"Weggebleven: {', '.join(needed)}.",
        READ_IT,
    )


def weights(percents: Iterable[float], multiple: bool) -> list[str]:
    """Return in words what was special about the points of the answers."""
    given = list(percents)
    said = []
    if any(0 < percent < 100 for percent in given):
        said.append("deelpunten")
    if any(percent < 0 for percent in given):
        said.append("strafpunten")
    if multiple and sum(percent > 0 for percent in given) == 1:
        said.append("dat je meer antwoorden kon kiezen")
    return said


def right_answers(percents: Sequence[float], multiple: bool, remarks: list[Remark]) -> list[bool]:
    """Return which answers are right by their points; what is not one right answer is remarked on."""
    if multiple and sum(percent > 0 for percent in percents) > 1:
        remarks.append(
            Remark(
                I503,
                "/opties",
                f"Hier zijn {sum(percent > 0 for percent in percents)} antwoorden goed.",
                "Maak er een vraag van met één goed antwoord, of verdeel haar in meer vragen.",
            )
        )
        return [percent > 0 for percent in percents]
    if 0 < max(percents, default=0) < 100 and not multiple:
        remarks.append(
            Remark(
                I503,
                "/opties",
                "Geen enkel antwoord krijgt alle punten. Wij weten niet welk antwoord goed is.",
                "Geef in het andere programma één antwoord 100%.",
            )
        )
        return [False] * len(percents)
    if multiple:
        return [percent > 0 for percent in percents]
    return [percent >= 100 for percent in percents]
