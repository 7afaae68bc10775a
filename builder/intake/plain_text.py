"""HTML from elsewhere → plain text as the bank has it, with the pictures in it and what could not be kept.

In: HTML (or plain text, or a piece of XML) by anybody. Out: paragraphs, pictures with their place, Dutch words for
what stayed behind. Nothing of the markup survives, so nothing in it can act. It opens no file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from builder.intake.opening import local

_BLOCKS = frozenset(
    "p div section article blockquote pre ul ol dl dt dd table thead tbody tr h1 h2 h3 h4 h5 h6 figure figcaption "
    "header footer main address form fieldset center prompt qti-prompt qti-content-body".split()
)
_LOOKS = frozenset("b strong i em u s strike del ins mark small big font sub sup tt code kbd".split())
_SILENT = frozenset("script style head title meta link template noscript".split())
# What a candidate may need to answer.
_NEEDED = {
    "audio": "geluid",
    "video": "een film",
    "iframe": "een andere pagina",
    "embed": "iets wat alleen in een ander programma werkt",
    "applet": "iets wat alleen in een ander programma werkt",
    "canvas": "een tekening van het programma",
    "svg": "een tekening in de tekst",
    "math": "een formule",
    "input": "een invulvak",
    "textarea": "een invulvak",
    "select": "een keuzelijst",
    "source": "",
    "track": "",
}
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
MAX_HTML = 200_000


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture met in a text: its address, its alt text, and how many paragraphs stood before it."""

    src: str
    alt: str
    before: int


@dataclass(slots=True)
class Plain:
    """What became of a text. `lost` does no harm; `needed` may be needed to answer."""

    paragraphs: list[str] = field(default_factory=list)
    pictures: list[Seen] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    needed: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as one: an empty line between paragraphs."""
        return "\n\n".join(self.paragraphs)


def tidy(text: str) -> str:
    """Return a text fit for the bank: NFC, single spaces, no sign that is not seen, lines and paragraphs kept."""
    text = (
        unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    )
    text = _UNSEEN.sub("", text).replace("\u2029", "\n\n")
    text = "".join(
        sign
        for sign in text
        if sign in "\n\t"
        or (unicodedata.category(sign) not in ("Cc", "Cs", "Co") and sign not in "\ufffe\uffff")
    )
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def from_html(html: str) -> Plain:
    """Return the HTML as plain text."""
    if len(html) > MAX_HTML:
        html = html[:MAX_HTML]
    if not re.search(r"[<&]", html):
        return from_text(html)
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(b"<div>" + html.encode("utf-8", "replace") + b"</div>", parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        root = None
    if root is None:
        return from_text(re.sub(r"<[^>]*>", " ", html))
    return from_element(root)


def from_text(text: str) -> Plain:
    """Return plain text as plain text: only made tidy."""
    return Plain([part for part in re.split(r"\n[ \t]*\n", tidy(text)) if part.strip()])


def from_element(root: Any, without: Iterable[Any] = ()) -> Plain:
    """Return an element of HTML or XML, except the elements `without`, as plain text."""
    made = Plain()
    writer = _Writer(made)
    skip = set(without)
    asleep: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element).removeprefix("qti-").lower()
        if event == "start":
            if asleep is None and (element in skip or _falls(made, writer, element, name)):
                asleep = element
            if asleep is None:
                writer.start(name)
                writer.say(element.text)
            continue
        if asleep is None:
            writer.end(name)
        elif asleep is element:
            asleep = None
        if asleep is None and element is not root:
            writer.say(element.tail)
    writer.flush()
    made.lost[:] = dict.fromkeys(made.lost)
    made.needed[:] = dict.fromkeys(part for part in made.needed if part)
    return made


def _falls(made: Plain, writer: _Writer, element: Any, name: str) -> bool:
    """Note a picture or what cannot be kept; tell whether all that is in the element is left out."""
    if name == "img":
        writer.flush()
        made.pictures.append(Seen(element.get("src", ""), tidy(element.get("alt", "")), len(made.paragraphs)))
        return True
    if name == "object":
        if element.get("type", "").startswith("image/"):
            writer.flush()
            alt = tidy("".join(element.itertext()))
            made.pictures.append(Seen(element.get("data", ""), alt, len(made.paragraphs)))
        else:
            made.needed.append("geluid of film")
        return True
    if name in _NEEDED:
        made.needed.append(_NEEDED[name])
        return True
    if name in _SILENT:
        if name == "script":
            made.lost.append("een script")
        return True
    if name in _LOOKS:
        made.lost.append("opmaak zoals vette letters")
    elif name == "a" and element.get("href"):
        made.lost.append("een link")
    elif name == "table":
        made.needed.append("een tabel (de tekst ervan is er nog)")
    return False


@dataclass(slots=True)
class _Writer:
    """Gathers text into lines and paragraphs. A list belongs to the paragraph before it."""

    made: Plain
    lines: list[str] = field(default_factory=lambda: [""])
    lists: list[int] = field(
        default_factory=list
    )  # for each list around: its last number, -1 when it has none

    def say(self, text: str | None) -> None:
        """Add text; only spaces between words count."""
        if text:
            self.lines[-1] += re.sub(r"[ \t\r\n\f]+", " ", text)

    def start(self, name: str) -> None:
        """Begin an element."""
        if name == "br":
            self.lines.append("")
        elif name in ("ul", "ol"):
            if not self.lists and self.made.paragraphs and not "".join(self.lines).strip():
                self.lines = [*self.made.paragraphs.pop().split("\n"), ""]
            self._fresh()
            self.lists.append(0 if name == "ol" else -1)
        elif name == "li":
            self._fresh()
            if self.lists and self.lists[-1] >= 0:
                self.lists[-1] += 1
                self.lines[-1] = f"{self.lists[-1]}. "
            else:
                self.lines[-1] = "- "
        elif name in ("td", "th"):
            self.lines[-1] += " | " if self.lines[-1].strip() else ""
        elif name == "tr":
            self._fresh()
        elif name in _BLOCKS and not self.lists:
            self.flush()

    def end(self, name: str) -> None:
        """End an element."""
        if name in ("ul", "ol") and self.lists:
            self.lists.pop()
            if not self.lists:
                self.flush()
        elif name in ("li", "tr"):
            self._fresh()
        elif name in _BLOCKS and not self.lists:
            self.flush()

    def _fresh(self) -> None:
        if self.lines[-1].strip():
            self.lines.append("")

    def flush(self) -> None:
        """End the paragraph, when there is anything in it."""
        text = tidy("\n".join(line.strip() for line in self.lines))
        lines = [line for line in text.split("\n") if line.strip() not in ("", "-")]
        if lines:
            self.made.paragraphs.append("\n".join(lines))
        self.lines = [""]
