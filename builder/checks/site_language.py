"""Whether the texts for teachers, the overviews and the hand-written pages are as easy as their level says.

In: the bank. Out: findings that point at the words, at the line where they stand. Which level counts stands in
`levels`, the measuring in `builder/language`, and the rules (C451-C454) beside the check of items and handouts.
Pages that the program makes are measured as they stand on the site, by the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from builder import language
from builder.checks.language import known_words, place, whole, words_of_thema
from builder.checks.levels import LEARNERS, TEACHERS, levelled_texts, page_kind
from builder.checks.texts import documents, dutch_pages, page_location, without_code
from builder.diagnostics import Diagnostic
from builder.language import Judgement
from builder.model.itembank import Itembank
from builder.model.pagina import Pagina

_PAGES = "site/pages/"
# A teacher knows long words, and a full sentence that lists things: those are shown by `knm language`.
_TOLD = {
    TEACHERS: frozenset({"long-sentence", "passive", "formal-word"}),
    LEARNERS: frozenset(language.KINDS) - {"rare-word"},
}


def check(bank: Itembank) -> Iterator[Diagnostic]:
    """Yield the findings about every text that has no level of its own, and about every page in Dutch."""
    yield from check_documents(bank, frozenset(documents(bank)))


def check_documents(bank: Itembank, wanted: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the findings about these documents and pages: each needs nothing of the others."""
    words = known_words(bank).union(*(words_of_thema(bank, thema.slug) for thema in bank.themas))
    for text, level in levelled_texts(bank):
        if text.document not in wanted:
            continue
        judged = measured(text.text, level, words)
        if judged.findings or judged.verdict is not language.Verdict.FITS:
            at = bank.locate(text.document, *text.path)
            yield from whole(at, judged)
            yield from (place(at, text.text, finding) for finding in judged.findings)
    for pagina in dutch_pages(bank):
        if pagina.pad not in wanted:
            continue
        tekst = without_code(pagina.tekst)
        judged = measured(tekst, _level(pagina), words)
        yield from whole(page_location(pagina, 0), judged)
        for finding in judged.findings:
            yield place(page_location(pagina, finding.start), tekst, finding)


def measured(text: str, level: str, words: frozenset[str]) -> Judgement:
    """Return the judgement of a text, with the findings that matter to who reads at this level."""
    judged = language.judge(text, level, words)
    told = _TOLD.get(level, _TOLD[LEARNERS])
    return replace(judged, findings=tuple(finding for finding in judged.findings if finding.kind in told))


def _level(pagina: Pagina) -> str:
    """Return the level at the top of a page, or that of its kind; a wrong one is told elsewhere."""
    if pagina.taalniveau in language.LIMITS:
        return pagina.taalniveau
    return page_kind(pagina.pad.removeprefix(_PAGES).removesuffix(".md")).level
