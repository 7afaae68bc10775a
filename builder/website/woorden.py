"""Words of the glossary inside a text: the first time on a page, a word shows what it means.

In: HTML that is safe already, the glossary, and where each word stands. Out: the same HTML with links. A link has the
first sentence as its title, so a mouse shows it at once and a keyboard or phone goes to the word itself. A word in
capitals only, such as DUO, is found in capitals only: "in duo's" is another word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from builder.model.lijsten import Begrip
from builder.templating import inert

_TAG = re.compile(r"(<[^>]+>)")
_SENTENCE = re.compile(r"(?<=[.?]) (?=[A-Z])")  # the first one says what a word means; the page tells more


class Uitleg:
    """The glossary for one page: it remembers which words were explained already."""

    def __init__(self, begrippen: Iterable[Begrip], adres: Callable[[Begrip], str]) -> None:
        """Take the glossary and what gives the address of a word as seen from this page."""
        self._adres = adres
        self._left = {begrip.woord.casefold(): begrip for begrip in begrippen}
        self._words: re.Pattern[str] | None = None  # most pages need none

    def in_html(self, html: Markup) -> Markup:
        """Return the HTML with the words that were not explained yet as links; links and headings stay."""
        if not self._left:
            return html
        if self._words is None:
            self._words = _pattern(self._left)
        inside = 0
        parts = []
        for part in _TAG.split(str(html)):
            if part.startswith("<"):
                if re.match(r"<(a|strong|h\d|summary)\b", part):
                    inside += 1
                elif re.match(r"</(a|strong|h\d|summary)\b", part):
                    inside -= 1
                parts.append(part)
            else:
                parts.append(part if inside else self._words.sub(self._link, part))
        return Markup("".join(parts))

    def _link(self, match: re.Match[str]) -> str:
        begrip = self._left.pop(match[0].casefold(), None)
        if begrip is None:
            return match[0]
        return str(
            Markup('<a class="knm-begrip" href="{}" title="{}">{}</a>').format(
                inert(self._adres(begrip)),
                inert(_SENTENCE.split(begrip.uitleg, maxsplit=1)[0]),
                Markup(match[0]),
            )
        )


def _pattern(words: Mapping[str, Begrip]) -> re.Pattern[str]:
    """Return what finds any of these words, the longest first: "Tweede Wereldoorlog" before "oorlog"."""
    found = "|".join(
        f"(?-i:{re.escape(begrip.woord)})" if begrip.woord.isupper() else re.escape(word)
        for word, begrip in sorted(words.items(), key=lambda pair: len(pair[0]), reverse=True)
    )
    return re.compile(rf"(?<![\w-])(?:{found})(?![\w-])", re.IGNORECASE)
