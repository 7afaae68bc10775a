"""What a cell with an answer means: a letter or number as printed, a place in the item, a score, or nothing.

In: a question, the kind of cells, the printed order. Out: a dictionary from text to code. It reads no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from builder.analysis.nouns import ABSENT, SKIPPED, Cells, Vraag
from builder.model.kandidaat import LETTERS

UNDECIDED = -9  # an empty cell of which nobody said whether it was skipped or not administered
EMPTY = -10  # an empty cell of who made the toets: skipped, unless the whole column is empty
_SKIPPED = ("-", "–", "—", ".", "LEEG", "OVERGESLAGEN", "BLANCO", "BLANK", "SKIPPED", "GEEN ANTWOORD")
_ABSENT = ("NVT", "N.V.T.", "N.V.T", "NA", "N/A", "NIET VOORGELEGD", "NIET-VOORGELEGD", "NOT ADMINISTERED")
_YES, _NO = (
    ("JA", "TRUE", "WAAR", "GOED", "YES", "JUIST", "RIGHT", "CORRECT"),
    ("NEE", "FALSE", "ONWAAR", "FOUT", "NO", "WRONG"),
)
_WHOLE = re.compile(r"(-?[0-9]+)[.,]0+")
SKIP_TEXTS = frozenset(_SKIPPED) | frozenset(_ABSENT) | {""}
# Excel reads 3-4 as a date, and makes 1,2E+11 of a long number.
_MONTHS = "jan|feb|mrt|maa|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec"
_DATE = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[ T][0-9:.]+)?|[0-9]{{1,2}}[-/][0-9]{{1,2}}[-/](?:[0-9]{{2}}|[0-9]{{4}})"
    rf"|[0-9]{{1,4}}-(?:{_MONTHS})\.?(?:-[0-9]{{2,4}})?|(?:{_MONTHS})\.?-[0-9]{{1,4}}|[0-9](?:[.,][0-9]+)?E\+?[0-9]+",
    re.IGNORECASE,
)


def was_mangled(text: str) -> bool:
    """Tell whether Excel made a date or a rounded number of what stood here."""
    return bool(_DATE.fullmatch(text))


def tidy(cell: str) -> str:
    """Return a cell as it is looked up: capitals, no spaces around it, 1,0 as 1."""
    text = " ".join(cell.split()).upper()
    match = _WHOLE.fullmatch(text)
    return match[1] if match else text


def kind_of(texts: Iterable[str]) -> Cells | None:
    """Return what these cells must be (of `tidy`, blank ones left out), or None when both places and scores fit.

    Raises ValueError with the odd ones when letters and numbers stand side by side.
    """
    seen = {text for text in texts if text not in SKIP_TEXTS}
    letters = {text for text in seen if len(text) == 1 and text.isalpha()}
    numbers = {text for text in seen if text.isdigit()}
    words = {text for text in seen if text in _YES or text in _NO}
    if letters and (numbers or words):
        raise ValueError(", ".join(sorted(numbers | words)[:3]))
    if letters or not seen:
        return "letters"
    if "0" in numbers or words:
        return "scores"
    if numbers - {"1"}:
        return "places"
    return None if numbers else "letters"


def codes_of(vraag: Vraag, kind: Cells, printed: tuple[int, ...], empty: int) -> dict[str, int]:
    """Return what each text (of `tidy`) means. `printed`: places (from 1) of the options as printed, may be empty."""
    codes: dict[str, int] = {"": empty}
    codes.update(dict.fromkeys(_SKIPPED, SKIPPED))
    codes.update(dict.fromkeys(_ABSENT, ABSENT))
    if kind in ("letters", "printed") and printed:
        codes.update({LETTERS[index]: place - 1 for index, place in enumerate(printed)})
        if kind == "printed":
            codes.update({str(index): place - 1 for index, place in enumerate(printed, start=1)})
    elif kind in ("letters", "printed", "places"):
        codes.update({str(index + 1): index for index in range(len(vraag.labels))})
        codes.update({LETTERS[index]: index for index in range(min(len(vraag.labels), len(LETTERS)))})
    elif kind == "scores":
        codes.update({label: index for index, label in enumerate(vraag.labels)})
        if vraag.most == 1:
            codes.update(dict.fromkeys(_YES, vraag.scores.index(1)))
            codes.update(dict.fromkeys(_NO, vraag.scores.index(0)))
    else:
        codes.update({tidy(label): index for index, label in enumerate(vraag.labels)})
    return codes


def as_scores(vraag: Vraag) -> Vraag:
    """Return the question when only scores are known: its responses are the scores from 0 to the most."""
    from dataclasses import replace

    scores = tuple(range(vraag.most + 1))
    return replace(vraag, labels=tuple(map(str, scores)), scores=scores, teksten=(), options=False)
