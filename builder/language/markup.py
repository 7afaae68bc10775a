"""Takes the markup out of a text without losing the places.

In: text as an author wrote it (plain, HTML or Markdown). Out: the same text in which tags, Markdown marks,
citations and addresses are blank, with a way back from each place in it to the original. It knows no word.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from builder.language.wordlists import word_set

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,20})(?:[\s/][^<>]{0,2000})?>")
_BLOCKS = word_set(
    "address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr label legend li main nav ol option p pre section summary table td th tr ul"
)
_DROPPED = re.compile(r"<!--|<script\b|<style\b", re.IGNORECASE)
_CLOSERS = {
    "<!--": re.compile("-->"),
    "<script": re.compile(r"</script[^<>]{0,100}>", re.IGNORECASE),
    "<style": re.compile(r"</style[^<>]{0,100}>", re.IGNORECASE),
}
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,2000}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.(?:nl|com|org|eu)\b(?:/\S{0,500})?"
)
_HAS_ADDRESS = re.compile(r"://|www\.|@|\.(?:nl|com|org|eu)\b")
_HAS_MARKDOWN = re.compile(r"[*_`#|\[{~>]|!!!|\?\?\?")
_CITATION = re.compile(r"\[bron:[^\]\n]{0,200}\]")
_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,500})(\]\([^()\n]{0,1000}\))")
_FENCE = re.compile(r"^[ \t]{0,12}(?:`{3,}|~{3,})[^\n]{0,200}$", re.MULTILINE)
_ADMONITION = re.compile(r"^[ \t]{0,12}(?:!!!|\?\?\?\+?)[ \t]+[\w-]{1,40}", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{[:.#][^{}\n]{0,300}\}")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}(?=\s)", re.MULTILINE)
_QUOTE_LINE = re.compile(r"^[ \t]{0,12}((?:>[ \t]?)+)([^\n]*)", re.MULTILINE)
_TABLE_LINE = re.compile(r"^[ \t]{0,12}\|[^\n]*", re.MULTILINE)
_MARKS = re.compile(r"[*`~]+|(?<![^\W_])_+|_+(?![^\W_])")
_SHIFTING = re.compile(
    r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
    r"|[A-Za-zÀ-ÿ][\u0300-\u036f]{1,8}"
    r"|[\u00ad\u200b-\u200d\u2060\ufeff]+"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """Text without markup. `quoted` are the block quotes; `anchors` pairs a place here with one in the original."""

    text: str
    quoted: tuple[tuple[int, int], ...] = ()
    anchors: tuple[tuple[int, int], ...] = ()

    def original(self, place: int) -> int:
        """Return the place in the original text, in characters from its start."""
        if not self.anchors:
            return place
        here, there = self.anchors[bisect_right(self.anchors, (place, 1 << 60)) - 1]
        return there + place - here


def plain(text: str) -> Plain:
    """Return the text without HTML, Markdown, citations and addresses; nothing moves but entities and accents."""
    quoted: list[tuple[int, int]] = []
    if "<" in text:
        text = _without_html(text, quoted)
    if _HAS_ADDRESS.search(text):
        text = _ADDRESS.sub(_blank, text)
    if _HAS_MARKDOWN.search(text):
        text = _without_markdown(text, quoted)
    return _shifted(text, quoted) if _SHIFTING.search(text) else Plain(text, tuple(sorted(quoted)))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _without_html(text: str, quoted: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    done = 0
    closers = dict(_CLOSERS)
    for match in _DROPPED.finditer(text):
        kind = match[0].lower()
        if match.start() < done or kind not in closers:
            continue
        end = closers[kind].search(text, match.end())
        if end is None:
            del closers[kind]  # never closed: the rest is text
            continue
        pieces += [text[done : match.start()], " " * (end.end() - match.start())]
        done = end.end()
    text = "".join(pieces) + text[done:]
    opened: list[int] = []

    def tag(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name in ("blockquote", "q"):
            if match[0].startswith("</"):
                if opened:
                    quoted.append((opened.pop(), match.start()))
            else:
                opened.append(match.end())
        return ("\n" if name in _BLOCKS else " ") + " " * (len(match[0]) - 1)

    return _TAG.sub(tag, text)


def _without_markdown(text: str, quoted: list[tuple[int, int]]) -> str:
    text = _CITATION.sub(_blank, text)
    text = _LINK.sub(lambda match: " " * len(match[1]) + match[2] + " " * len(match[3]), text)
    for pattern in (_FENCE, _ADMONITION, _ATTRIBUTES, _HEADING):
        text = pattern.sub(_blank, text)

    def quote(match: re.Match[str]) -> str:
        quoted.append(match.span(2))
        return " " * (match.start(2) - match.start()) + match[2]

    text = _QUOTE_LINE.sub(quote, text)
    text = _TABLE_LINE.sub(lambda match: match[0].replace("|", "\n"), text)
    return _MARKS.sub(_mark, text)


def _mark(match: re.Match[str]) -> str:
    # A star at the start of a line is a bullet: the reading takes it away and starts a sentence there.
    text, start = match.string, match.start()
    if match[0] == "*" and text[match.end() : match.end() + 1] == " ":
        before = text[max(start - 40, 0) : start].rpartition("\n")
        if (before[1] or start <= 40) and not before[2].strip():
            return match[0]
    return _blank(match)


def _shifted(text: str, quoted: list[tuple[int, int]]) -> Plain:
    pieces: list[str] = []
    anchors = [(0, 0)]
    length = done = 0
    for match in _SHIFTING.finditer(text):
        if match[0][0] == "&":
            made = html.unescape(match[0])
        elif match[0][0].isalpha():
            made = unicodedata.normalize("NFC", match[0])
        else:
            made = ""
        if len(made) == len(match[0]):
            continue
        pieces += [text[done : match.start()], made]
        length += match.start() - done + len(made)
        done = match.end()
        anchors.append((length, done))
    pieces.append(text[done:])

    def moved(place: int) -> int:
        there = [anchor[1] for anchor in anchors]
        here, origin = anchors[bisect_right(there, place) - 1]
        return here + place - origin

    spans = tuple(sorted((moved(start), moved(end)) for start, end in quoted))
    return Plain("".join(pieces), spans, tuple(anchors))
