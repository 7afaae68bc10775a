"""Cuts a text into sentences by its lines and its punctuation.

In: text without markup. Out: the place of each sentence. A line is a unit, unless it is clearly the middle
of a wrapped paragraph: a text broken at 40 columns must not look easier than it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from builder.language.wordlists import word_set

_BULLET = re.compile(r"\s*(?:(?:[•*–—‣▪◦●○□☐✓✔-]|[A-Da-d][.)](?=\s)|\d{1,3}[.)](?=\s))\s*)+")
_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s++(?:[\"“„‘'«(\[]*[A-Z\u00c0-\u00d6\u00d8-\u00de0-9]|['’][st]\s))"
)
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_ABBREVIATIONS = word_set(
    "a.d.h.v. a.u.b. afb. art. bijv. blz. bv. ca. d.m.v. d.w.z. dhr. dr. drs. e.a. e.d. e.v. enz. etc. evt. excl. "
    "fam. i.p.v. i.v.m. incl. ing. ir. jl. m.a.w. m.b.t. m.i.v. m.u.v. max. mevr. min. mr. mw. nl. nr. nrs. o.a. "
    "o.b.v. o.l.v. o.v.v. p.p. pag. par. plm. prof. resp. st. t.a.v. t.b.v. t.g.v. t.o.v. tel. vgl. "
    "z.g. zgn. z.o.z."
)
# A line that ends in one of these goes on below: no option or heading ends so.
_GOES_ON = word_set(
    "de het een en of om te dat die als maar want omdat mijn jouw uw hun onze naar bij tot met deze dit"
)
_NARROWEST = 25  # columns: nobody wraps a text narrower
_RAGGED = 0.75  # a line of a paragraph in a proportional letter fills at least this part of the width

_Line = tuple[int, int, bool]  # start, end, whether a bullet was taken away


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every sentence, in order; a heading or an option is a sentence too."""
    for start, end in _units(text):
        yield from _sentences(text, start, end)


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the lines, those of a wrapped paragraph joined, without bullets and outer spaces."""
    block: list[_Line] = []
    place = 0
    for line in text.splitlines(keepends=True):
        start, end = place, place + len(line.rstrip())
        place += len(line)
        bullet = _BULLET.match(text, start, end)
        inside = bullet.end() if bullet else start + len(line) - len(line.lstrip())
        if inside >= end:
            yield from _joined(text, block)
            block = []
        else:
            block.append((inside, end, bool(bullet)))
    yield from _joined(text, block)


def _joined(text: str, block: list[_Line]) -> Iterator[tuple[int, int]]:
    """Yield the units of a block of lines. Lines of about one width may be a wrapped paragraph: a run."""
    if not block:
        return
    width = max(end - start for start, end, _ in block)
    run = block[:1]
    for line in block[1:]:
        if width >= _NARROWEST and not line[2] and _filled(text, run[-1], line) > _RAGGED * width:
            run.append(line)
        else:
            yield from _run(text, run, width)
            run = [line]
    yield from _run(text, run, width)


def _filled(text: str, line: _Line, following: _Line) -> int:
    """Return how long a line would be with the first word of the following one: over the width when wrapped."""
    start, end, _ = following
    return line[1] - line[0] + 1 + len(text[start : min(end, start + 60)].split(maxsplit=1)[0])


def _run(text: str, run: list[_Line], width: int) -> Iterator[tuple[int, int]]:
    """Yield the units of a run, joined where a sentence goes on, if there is a sign that the run is wrapped."""
    goes_on: list[bool] = []
    torn = lower = False
    for line, following in pairwise(run):
        start, end, _ = line
        tail = text[max(end - 60, start) : end].split()[-1].lower()
        is_open = not _CLOSED.search(tail) or tail in _ABBREVIATIONS
        capital = text[following[0]].isupper()
        goes_on.append(is_open and (not capital or _filled(text, line, following) > width))
        torn = torn or (is_open and (tail in _GOES_ON or tail.endswith(",")))
        lower = lower or (is_open and text[following[0]].islower())
    torn = torn or (lower and any(_END.search(text, start, end) for start, end, _ in run))
    unit = run[0][0]
    for (_, end, _), (start, _, _), joined in zip(run, run[1:], goes_on, strict=False):
        if not (torn and joined):
            yield unit, end
            unit = start
    yield unit, run[-1][1]


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _END.finditer(text, start, end):
        token = text[max(start, match.end() - 20) : match.end()].split()[-1].lstrip("(\"'“„‘«[")
        if token.lower() in _ABBREVIATIONS or (len(token) == 2 and token[0].isupper() and token[1] == "."):
            continue  # an abbreviation or an initial
        yield start, match.end()
        start = match.end()
    yield start, end
