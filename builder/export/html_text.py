"""Plain text of the bank as HTML: paragraphs, line breaks, lists, and nothing that acts as markup.

In: plain text. Out: elements, or HTML as text. Only a serializer escapes here, once. It knows no item.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from xml.etree import ElementTree as ET

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def clean(text: str) -> str:
    """Return the text in NFC, with `\\n` as the only line end and without characters that XML forbids."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_XML.sub("", text)


def one_line(text: str, most: int = 255) -> str:
    """Return the text on one line for a title, cut at `most` characters."""
    line = " ".join(clean(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def blocks(text: str, lists: bool = True) -> list[ET.Element]:
    """Return the text as paragraphs: an empty line parts them, a line end stays one.

    Two or more lines that start with a dash become a list, unless `lists` is False.
    """
    made: list[ET.Element] = []
    for paragraph in re.split(r"\n[ \t]*\n", clean(text).strip("\n")):
        for is_list, lines in _runs(paragraph.split("\n"), lists):
            if is_list:
                element = ET.Element("ul")
                for line in lines:
                    _say(ET.SubElement(element, "li"), [line.lstrip()[1:].strip()])
            else:
                element = ET.Element("p")
                _say(element, lines)
            made.append(element)
    return made


def fill(parent: ET.Element, text: str, lists: bool = True) -> ET.Element:
    """Put the text in `parent`: bare when it is one line, else as blocks. Returns `parent`."""
    parts = blocks(text, lists)
    if len(parts) == 1 and parts[0].tag == "p" and not len(parts[0]) and not parts[0].attrib:
        parent.text = parts[0].text
    else:
        parent.extend(parts)
    return parent


def inner_html(parent: ET.Element) -> str:
    """Return what stands in `parent` as HTML."""
    whole = ET.tostring(parent, encoding="unicode", method="html")
    return whole[whole.index(">") + 1 : whole.rindex("</")]


def html(text: str, lists: bool = True) -> str:
    """Return the text as HTML paragraphs."""
    parent = ET.Element("div")
    parent.extend(blocks(text, lists))
    return inner_html(parent)


def short_html(text: str, lists: bool = True) -> str:
    """Return the text as HTML, without a paragraph around it when it is one line."""
    return inner_html(fill(ET.Element("div"), text, lists))


def xml_file(root: ET.Element) -> bytes:
    """Return the element as an XML file in UTF-8."""
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"
    )


def _runs(lines: list[str], lists: bool) -> Iterator[tuple[bool, list[str]]]:
    """Part lines in lists and ordinary text; a single line with a dash is no list."""
    dashed = [lists and re.match(r"\s*[-•] +\S", line) is not None for line in lines]
    run: list[str] = []
    was_list = False
    for place, line in enumerate(lines):
        beside = (place and dashed[place - 1]) or (place + 1 < len(lines) and dashed[place + 1])
        is_list = bool(dashed[place] and beside)
        if run and is_list != was_list:
            yield was_list, run
            run = []
        run.append(line)
        was_list = is_list
    if run:
        yield was_list, run


def _say(element: ET.Element, lines: list[str]) -> None:
    element.text = lines[0]
    for line in lines[1:]:
        ET.SubElement(element, "br").tail = line
    if any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in "".join(lines)):
        element.set("dir", "auto")
