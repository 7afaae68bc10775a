"""The Jinja environments, for pages of the site and for pages in one file; every value is data, never markup.

In: a folder with templates. Out: an environment whose templates write Markdown with blocks of HTML in it, or HTML.
In Markdown, what `{{ … }}` prints is written so that neither HTML nor Markdown reads a command in it. Only Markdown
fields of a les go through `markdown_html`, which renders and then sanitises. It knows no document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import markdown
import nh3
from markupsafe import Markup

from builder.dutch import dutch_date

_ACTIVE = re.compile(r"[&<>\"'\\`*_{}\[\]#!|~^$@]")
# Only at the start of a line would these open a list, a heading or a definition.
_AT_START = re.compile(r"^(?:(\d+)([.)])|([-+=:]))")
_SPACES = re.compile(r"\s+")
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"}
_MARKDOWN = markdown.Markdown(extensions=["sane_lists"])  # making one costs as much as rendering a field
# Letters and signs in which Markdown and HTML read nothing, on one line: most fields, and there is nothing to render.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:?!'’‘“”„…()/%€–-])*(?<! )")
_CITATION = re.compile(
    r"\s?\[bron:([a-z0-9-]+)\]"
)  # the space before it belongs to it: print leaves both out

HTML = Path(__file__).parent / "templates" / "html"


def inert(value: object) -> Markup:
    """Return a value as text that HTML and Markdown show as it is; white space becomes one space."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup("")
    text = _SPACES.sub(" ", str(value))
    text = _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", text)
    return Markup(
        _AT_START.sub(
            lambda match: f"{match[1]}&#{ord(match[2])};" if match[1] else f"&#{ord(match[3])};", text
        )
    )


def lines(value: str) -> Markup:
    """Return plain text of several lines as HTML: a blank line starts a paragraph, a line end breaks."""
    blocks = [block for block in re.split(r"\n\s*\n", value.strip()) if block.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(
            Markup("<br>").join(inert(line) for line in block.split("\n") if line.strip())
        )
        for block in blocks
    )


def code_block(value: str) -> Markup:
    """Return text as a block of code, with its line ends and indentation."""
    text = "".join(f"&#{ord(char)};" if _ACTIVE.match(char) else char for char in value)
    return Markup(f"<pre><code>{text.replace(chr(10), '&#10;')}</code></pre>")


def markdown_html(text: str, cite: Callable[[str], Markup] | None = None) -> Markup:
    """Return a Markdown field as safe HTML; `cite` turns the id of a `[bron:id]` into a link."""
    html = _safe_html(text)
    if cite is not None:
        html = _CITATION.sub(lambda match: str(cite(match[1])), html)
    return Markup(html)


@lru_cache(maxsize=1 << 13)
def _safe_html(text: str) -> str:
    """Return a Markdown field as safe HTML. A les shows the same field on several pages and papers."""
    if _PLAIN.fullmatch(text):
        return f"<p>{text}</p>"
    html = nh3.clean(
        _MARKDOWN.reset().convert(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
    )
    # What Markdown in the page itself could still read: braces of attribute lists, ends of paragraphs, a heading.
    return html.replace("{", "&#123;").replace("}", "&#125;").replace("\n\n", "\n").replace("\n#", "\n&#35;")


def gaps(html: Markup) -> Markup:
    """Return HTML in which each `(…)` is a gap that shows as a line to write on when printed."""
    return Markup(str(html).replace("(…)", '<span class="knm-gat">(…)</span>'))


def script_json(data: object) -> str:
    """Return JSON that may stand inside a script element: no sign in it can end the element or a line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def html_environment(folder: Path = HTML) -> jinja2.Environment:
    """Return the environment for pages that are HTML themselves: what is printed is escaped, nothing may be lacking."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def environment(folder: Path, extra: Mapping[str, Any]) -> jinja2.Environment:
    """Return the environment for the templates in `folder`, with `extra` as global names."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=inert,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<#--",  # the usual one is Markdown's mark for the id of a heading
        comment_end_string="--#>",
        auto_reload=False,  # no template changes while pages are being made
    )
    made.filters.update(datum=dutch_date, gaten=gaps, regels=lines, code=code_block, md=markdown_html)
    made.globals.update(extra)
    return made
