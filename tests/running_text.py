"""The running text of a page of the site, block by block, and what is too hard in it for the level of the page.

Menu, footer, code, cells of tables without a sentence, and what others wrote are left out.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from builder import language
from builder.checks.levels import LEARNERS, page_kind
from builder.checks.site_language import measured

# No running text of ours: code, drawings, what a script fills, and the list of the headings of the page.
LEFT_OUT = frozenset("code pre script style svg nav template select textarea".split())
# What others wrote (official texts, titles of sources), and what `knm check` measures at a level of its own: handouts
# on the page of a learner, and the wegwijzer.
OTHERS = frozenset(
    "knm-van-anderen knm-officieel bron knm-bron knm-bronnen knm-bronnen-klein knm-wegwijzer".split()
)
HANDOUT = "knm-tekst"
INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em i kbd mark q s small span strong sub sup time u var wbr".split()
)
EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())


class _Blocks(HTMLParser):
    """Collects the blocks of text inside the elements `root`. An element with a class of its own is a block too."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.root, self.blocks, self.cells = root, [""], [False]
        self.inside = self.out = self.cell = 0  # how many of these are open
        self.ended = False  # whether an element ended just now: what follows at once is a block of its own
        self.open: list[
            tuple[str, bool, bool]
        ] = []  # its name, whether it is left out, whether it makes a block

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kinds = (given.get("class") or "").split()
        apart = tag not in INLINE or (tag == "span" and bool(kinds))
        self.apart(apart or self.ended)
        if tag in EMPTY:
            return
        out = tag in LEFT_OUT or (given.get("lang") or "nl")[:2] != "nl" or not OTHERS.isdisjoint(kinds)
        self.open.append((tag, out, apart))
        self.inside += tag == self.root
        self.out += out
        self.cell += tag in ("td", "th")

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _, _ in self.open):
            name, out, apart = self.open.pop()
            self.apart(apart)
            self.inside -= name == self.root
            self.out -= out
            self.cell -= name in ("td", "th")
            self.ended = True
            if name == tag:
                return

    def apart(self, really: bool) -> None:
        if really and self.blocks[-1]:
            self.blocks.append("")
            self.cells.append(False)

    def handle_data(self, data: str) -> None:
        self.ended = False
        if self.inside and not self.out:
            self.blocks[-1] += data
            self.cells[-1] = bool(self.cell)


def blocks(page: str, address: str) -> list[str]:
    """The blocks of running text of a page, in order, each on one line."""
    if address.endswith("/cursist"):
        page = re.sub(rf'<div class="{HANDOUT}">.*?</div>', "", page, flags=re.DOTALL)
    reader = _Blocks("article" if "<article" in page else "main")
    reader.feed(page)
    reader.close()
    return [
        piece
        for text, cell in zip(reader.blocks, reader.cells, strict=True)
        if not cell or re.search(r"[.!?](?=\s|$)", text)
        for piece in " ".join(text.split()).split(" · ")
        if piece
    ]


class Measuring:
    """Measures pages against the levels of their kinds. A block that stands on many pages is measured once."""

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words
        self.seen: dict[str | None, set[str]] = {}

    def hard(self, page: str, address: str) -> list[tuple[str, str]]:
        """The kind of each finding and the sentence that it is in; a long word by itself is none."""
        level = page_kind(address).level
        if level is None:
            return []
        found, seen = [], self.seen.setdefault(level, set())
        everything = blocks(page, address)
        for block in everything:
            if block not in seen and " " in block:
                seen.add(block)
                for finding in measured(block, level, self.words).findings:
                    if finding.kind not in ("long-word", "noun-style"):
                        found.append((finding.kind, _sentence(block, finding.start)))
        if level == LEARNERS:
            whole = measured(language.together(everything), level, self.words)
            if whole.verdict is language.Verdict.HARDER:
                found.append(("whole", whole.line))
        return found


def _sentence(block: str, place: int) -> str:
    """The sentence of a block in which a character stands."""
    mine = [one for one in language.read(block).sentences if one.start <= place < one.end]
    return block[mine[0].start : mine[0].end]
