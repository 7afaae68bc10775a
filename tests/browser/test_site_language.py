"""Every page of the site of our own bank keeps to the level of its kind, also what the program itself says on it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from builder.checks.language import known_words, words_of_thema
from builder.checks.levels import LEARNERS, PAGE_KINDS, TEACHERS, page_kind
from builder.checks.texts import all_texts, dutch_pages
from builder.language.markup import plain
from builder.loading.load import load
from builder.model.itembank import Itembank
from builder.project import Project
from tests.conftest import ROOT
from tests.running_text import Measuring, blocks

pytestmark = pytest.mark.slow

NO_ADDRESS = "404"  # of the theme


@pytest.fixture(scope="module")
def bank() -> Itembank:
    return load(Project(ROOT))[0]


@pytest.fixture(scope="module")
def measuring(bank: Itembank) -> Measuring:
    return Measuring(known_words(bank).union(*(words_of_thema(bank, thema.slug) for thema in bank.themas)))


@pytest.fixture(scope="module")
def pages(real_site: Path) -> dict[str, str]:
    """Every page of the site by address, without ending."""
    found = {
        file.relative_to(real_site).as_posix().removesuffix(".html"): file.read_text(encoding="utf-8")
        for file in real_site.rglob("*.html")
    }
    return {address: found[address] for address in sorted(found) if address != NO_ADDRESS}


def squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", plain(text).text)


def test_every_kind_of_page_is_on_the_site(pages: dict[str, str]) -> None:
    found = Counter(page_kind(address) for address in pages)
    assert set(found) == set(PAGE_KINDS)
    assert sum(found.values()) > 900


def test_no_page_is_harder_than_its_level(
    pages: dict[str, str], measuring: Measuring, bank: Itembank
) -> None:
    """What stands in the bank, `knm check` tells with its line; here is what templates, lists and code put around it."""
    ours = " ".join(squeezed(text.text) for text in all_texts(bank))
    ours += " " + " ".join(squeezed(pagina.tekst) for pagina in dutch_pages(bank))
    hard = [
        f"{address} ({page_kind(address).level}), {kind}: {sentence}"
        for address, page in pages.items()
        for kind, sentence in measuring.hard(page, address)
        if kind == "whole" or squeezed(sentence).strip() not in ours
    ]
    assert hard == []
    assert sum(len(block.split()) for block in measuring.seen[TEACHERS]) > 100_000
    assert sum(len(block.split()) for block in measuring.seen[LEARNERS]) > 500


@pytest.mark.parametrize(
    "address",
    [
        "index", "pvt/index", "routes/index", "bezoeken/index", "bezoeken/kamp-westerbork", "bezoeken/gids", "bezoeken/brief",
        "veiligheid/index", "veiligheid/kaartjes", "veiligheid/meldcode", "lessen/index", "auteurs/dekking", "auteurs/controles",
        "auteurs/regels-c4", "oefenen/index", "lessen/geschiedenis/holocaust-een-mens-en-een-plaats/cursist",
    ],
)  # fmt: skip
def test_a_hard_sentence_on_a_page_would_be_seen(pages: dict[str, str], address: str) -> None:
    page = pages[address]
    place = page.rindex("</article>" if "<article" in page else "</main>")
    end = "<p>De formulieren dienen <em>tijdig</em> te worden ingeleverd.</p>"
    before, after = (
        set(Measuring(frozenset()).hard(text, address)) for text in (page, page[:place] + end + page[place:])
    )
    assert ("formal-word", "De formulieren dienen tijdig te worden ingeleverd.") in after - before
    assert ("passive" in {kind for kind, _ in after - before}) is (page_kind(address).level == LEARNERS)


def test_what_is_no_running_text_of_ours_is_left_out() -> None:
    page = (
        "<nav>Menu van een site</nav><article><h1>Een <em>kop</em></h1><p>Wij zeggen dit<span class=knm-bron> [bron]</span>.</p>"
        "<table><tr><th>Een naam</th><td>Dit is een zin.</td></tr></table><pre>knm check</pre><p>Typ <code>knm</code> en kies.</p>"
        "<blockquote class=knm-officieel><p>Is op de hoogte.</p></blockquote><p lang=en>In English.</p><ul><li>Eén · twee</li></ul>"
        "<strong>Woord</strong><span>uitleg</span></article><footer>Voet</footer>"
    )
    assert blocks(page, "index") == [
        "Een kop", "Wij zeggen dit", ".", "Dit is een zin.", "Typ en kies.", "Eén", "twee", "Woord", "uitleg",
    ]  # fmt: skip
